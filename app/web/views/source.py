"""An item's evidence: its sentence in the article, how it was read, and where else it is told."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from app.db.rows import ActorRow, DocumentRow, ItemRow, MentionRow
from app.domain.filters import Filters
from app.domain.vocabulary import ActorKind, ActorPart, ItemKind, Precision
from app.web import urls
from app.web.views import words
from app.web.views.badges import SPEAKER_UNSURE, others_who_fit
from app.web.views.cards import Card, capital, card, code, cut, occasion, tidy
from app.web.views.citation import attribution, citation
from app.web.views.reading import Marked, Paragraph, paragraphs

LONGEST_TITLE = 90
QUOTED = re.compile(r"(?<!\w)'(.+?)'(?!\w)")


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of an item's provenance; `note` says what the value means. `links` are its parts that have pages."""

    name: str
    value: str
    note: str = ""
    links: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An item in its article. The links keep the timeline's choice; `earlier` and `later` are its neighbours there."""

    card: Card
    outlet: str
    published: str
    title: str
    document_id: int
    words: int
    paragraphs: tuple[Paragraph, ...]
    facts: tuple[Fact, ...]
    earlier: str | None
    later: str | None
    query: str
    close_href: str
    page_href: str
    permalink: str
    citation: str
    description: str

    @property
    def headline(self) -> str:
        """What the item says, short enough for a page's title."""
        text = cut(self.card.summary, LONGEST_TITLE)
        return text[:1].upper() + text[1:]


def marked(items: Sequence[ItemRow]) -> list[Marked]:
    """The article's items as stretches of its text."""
    return [Marked(item.uid, item.kind, item.start, item.end, card(item).summary) for item in items]


def source(
    row: ItemRow,
    document: DocumentRow,
    items: Sequence[ItemRow],
    filters: Filters,
    *,
    base: str,
    besides: Sequence[ItemRow] = (),
) -> Source:
    """The item in its article; `items` are the article's, one a mention, in the order of the text.

    `base` is the site's own address, with its last slash, for links that leave the site; `besides` are the items that
    the same words tell.
    """
    current = Marked(row.uid, row.kind, row.start, row.end, "")
    order = list(dict.fromkeys(item.uid for item in items))
    at = order.index(row.uid) if row.uid in order else None
    query = urls.href("", filters)
    permalink = f"{base}items/{row.uid}"
    return Source(
        card=card(row),
        outlet=document.outlet or document.source_file or "Article",
        published=words.short_day(document.published, with_year=True) if document.published else "no date",
        title=document.title,
        document_id=document.id,
        words=document.words,
        paragraphs=tuple(paragraphs(document.text, marked(items), current)),
        facts=(*facts(row), *_besides(besides, query)),
        earlier=order[at - 1] if at else None,
        later=order[at + 1] if at is not None and at + 1 < len(order) else None,
        query=query,
        close_href=urls.href("/", filters),
        page_href=urls.href(f"/items/{row.uid}", filters),
        permalink=permalink,
        citation=citation(row, permalink),
        description=attribution(row),
    )


def excerpt(parts: Sequence[Paragraph], around: int = 1) -> tuple[Paragraph, ...]:
    """The paragraphs with the chosen item and so many before and after them."""
    numbers = [part.number for part in parts if part.has_current]
    if not numbers:
        return tuple(parts)
    return tuple(part for part in parts if numbers[0] - around <= part.number <= numbers[-1] + around)


def facts(row: ItemRow) -> list[Fact]:
    """How the item was read, line by line; only what the article gives."""
    detail = {key: str(value) for key, value in row.details.items() if value and isinstance(value, str | int)}
    lines = [Fact("Kind", words.KINDS[row.kind])]
    if row.category:
        plover = detail.get("plover")
        lines.append(
            Fact("Type", words.CATEGORIES[row.category], f"{plover} in PLOVER’s scheme of events" if plover else "")
        )
    lines.append(Fact("Date", words.fuzzy(row.date), _rule(row)))
    lines += _reported(row.reported_on or row.published, row.date.earliest if _is_day(row) and row.date else None)
    lines += _who(row, detail)
    if row.kind is ItemKind.TROOPS:
        lines += _forces(row)
    if row.place:
        lines.append(Fact("Place", row.place))
    if row.modality:
        lines.append(Fact("Certainty", words.MODALITIES[row.modality], words.MODALITY_MEANINGS[row.modality]))
    if said := detail.get("according_to"):
        lines.append(Fact("According to", said, links=_pages((row.claimant,)) if row.claimant else ()))
    for key, name in (("trigger", "Told by the words"), ("cue", "Reporting word")):
        if key in detail:
            lines.append(Fact(name, f"“{detail[key]}”"))
    confidence = words.confidence(row.confidence)
    lines.append(Fact("Confidence", f"{confidence} ({row.confidence:.2f})", CONFIDENCE[confidence]))
    lines.append(Fact("Known here since", words.day(row.learnt_at.date())))
    return lines


def _besides(rows: Sequence[ItemRow], query: str) -> Iterator[Fact]:
    links = tuple(
        (words.CATEGORIES[each.category] if each.category else words.KIND[each.kind], f"/items/{each.uid}{query}")
        for each in rows
    )
    if links:
        yield Fact("Also told", ", ".join(text for text, _ in links), "By the same words; one card has both.", links)


CONFIDENCE = {
    "high": "The sentence fits a rule that is seldom wrong.",
    "fair": "The sentence fits a rule, but part of it had to be inferred.",
    "low": "The rules disagree or had little to go on: check the sentence.",
}


def _is_day(row: ItemRow) -> bool:
    return row.date is not None and row.date.precision is Precision.DAY


def _rule(row: ItemRow) -> str:
    if row.date_rule:
        return QUOTED.sub("“\\1”", capital(row.date_rule))
    return "" if row.date else "The article gives no date for this, so none is shown."


def _reported(reported: date | None, happened: date | None) -> list[Fact]:
    if reported is None:
        return []
    after = (reported - happened).days if happened else 0
    return [Fact("Reported", words.day(reported), f"{words.counted(after, 'day')} later" if after > 0 else "")]


def _who(row: ItemRow, detail: dict[str, str]) -> list[Fact]:
    lines = []
    if row.kind is ItemKind.STATEMENT:
        if row.speaker:
            written = detail.get("speaker_mention")
            note = f"In the text: “{tidy(written)}”" if written and tidy(written) != row.speaker.name else ""
            lines.append(Fact("Speaker", row.speaker.name, note, _pages((row.speaker,))))
        else:
            lines.append(Fact("Speaker", "not named", "" if row.candidates else "The article names nobody."))
        if others := others_who_fit(row):
            names = ", ".join(actor.name for actor in others)
            lines.append(Fact("It may also be" if row.speaker else "One of", names, SPEAKER_UNSURE, _pages(others)))
        if row.speaker_role or (row.speaker and row.speaker.role):
            lines.append(Fact("Role", row.speaker_role or (row.speaker.role if row.speaker else "") or ""))
        if row.countries and not (row.speaker and row.speaker.kind is ActorKind.COUNTRY):
            lines.append(_countries("Speaks for", row))
        if row.polarity:
            how = words.STATEMENT_KINDS[row.statement_kind] if row.statement_kind else ""
            lines.append(Fact("Force", words.POLARITIES[row.polarity], how))
    elif row.kind is ItemKind.TROOPS:
        if row.claimant:
            lines.append(Fact("Claimed by", row.claimant.name, links=_pages((row.claimant,))))
        else:
            lines.append(Fact("Claimed by", "the article itself", "No other source is named for it."))
    else:
        for name, part in (("By", ActorPart.PARTY), ("Towards", ActorPart.TARGET)):
            if found := tuple(actor for actor in row.actors if actor.part is part):
                lines.append(Fact(name, ", ".join(actor.name for actor in found), links=_pages(found)))
    if "via" in detail:
        relaying = tuple(actor for actor in row.actors if actor.name == detail["via"])
        lines.append(Fact("Relayed by", detail["via"], links=_pages(relaying)))
    if "audience" in detail:
        lines.append(Fact("Said to", detail["audience"]))
    if "venue" in detail:
        lines.append(Fact("Occasion", occasion(detail["venue"])))
    if row.kind is not ItemKind.STATEMENT and row.countries:
        lines.append(_countries("Countries", row))
    return lines


def _countries(name: str, row: ItemRow) -> Fact:
    called = [code(value).name for value in row.countries]
    links = tuple((text, f"/countries/{value}") for text, value in zip(called, row.countries, strict=True))
    return Fact(name, ", ".join(called), links=links)


def _pages(actors: Sequence[ActorRow]) -> tuple[tuple[str, str], ...]:
    return tuple((actor.name, f"/actors/{actor.slug}") for actor in actors)


def _forces(row: ItemRow) -> list[Fact]:
    lines = []
    figure, meaning = words.quantity(row.quantity)
    if figure:
        lines.append(Fact("Number", f"{meaning.lower()} {figure} {row.unit or ''}".strip().replace("between ", "")))
    else:
        lines.append(Fact("Number", "not given"))
    if row.force_country:
        lines.append(Fact("Forces of", code(row.force_country).name))
    if row.movement:
        lines.append(Fact("Movement", words.MOVEMENTS[row.movement]))
    return lines


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in an article that tells of the item."""

    document_id: int
    title: str
    outlet: str
    published: str
    text: str
    is_shown: bool


def mentions(rows: Sequence[MentionRow], row: ItemRow) -> tuple[Mention, ...]:
    """Every telling of the item; `is_shown` is the one whose sentence the page shows."""
    return tuple(
        Mention(
            document_id=each.document_id,
            title=each.document_title,
            outlet=each.outlet or "",
            published=words.day(each.published) if each.published else "no date",
            text=tidy(each.text),
            is_shown=(each.document_id, each.start) == (row.document_id, row.start),
        )
        for each in rows
    )
