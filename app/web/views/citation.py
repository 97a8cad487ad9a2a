"""An item as a citation: the article's words, who says it and when, the article, the link."""

from app.db.rows import ItemRow
from app.domain.vocabulary import ItemKind, StatementKind
from app.web.views import words
from app.web.views.cards import bare, tidy


def citation(row: ItemRow, permalink: str) -> str:
    """The item as one line of text, ready for a footnote; what the article does not give is left out."""
    told = _told(row)
    quoted = " ".join(filter(None, (row.details.get("lead"), bare(tidy(row.text)))))
    return f"“{quoted}” {f'— {told}. ' if told else ''}{_source(row)} {permalink}"


def attribution(row: ItemRow) -> str:
    """Who says it and when, and the article, without the words themselves: what a shared link tells below its title."""
    told = _told(row)
    return f"{told[0].upper()}{told[1:]}. {_source(row)}" if told else _source(row)


def _told(row: ItemRow) -> str:
    return ", ".join([*_who(row), *([words.fuzzy(row.date)] if row.date else [])])


def _source(row: ItemRow) -> str:
    published = words.day(row.published) if row.published else "no date"
    return f"In: {', '.join(filter(None, (f'“{row.document_title}”', row.outlet, published)))}."


def _who(row: ItemRow) -> list[str]:
    if row.kind is not ItemKind.STATEMENT:
        return [f"according to {row.claimant.name}"] if row.claimant else []
    if row.speaker is None:
        return ["speaker not named"]
    role = row.speaker_role or row.speaker.role
    named = row.speaker.name if not role or role in row.speaker.name else f"{row.speaker.name} ({role})"
    return [named if row.statement_kind is StatementKind.DIRECT else f"{named}, as reported"]
