"""The queries against the plain answer: many made-up items, and the same questions asked of a list in memory."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, event
from store_samples import ACTORS, Article

from app.db import queries
from app.db.engine import reading
from app.db.facets import SHOWN
from app.db.index_reading import CLOSED, _grouped, _Pairs, index_of
from app.db.rows import Cursor, ItemRow
from app.domain.edtf import interval, parse_edtf
from app.domain.errors import BadRequest
from app.domain.filters import Facet, Filters
from app.domain.items import Actor
from app.domain.vocabulary import (
    ActorKind,
    DocumentStatus,
    EventCategory,
    ItemKind,
    Modality,
    Movement,
    Outcome,
    Polarity,
    Precision,
)
from app.services.importing import create_upload, import_file

DAY = date(2022, 2, 1)
BODY_SLUGS = {"EU": "european-union"}
WORDS = ("bridge", "harbour", "convoy", "border", "summit")


def many_articles(count: int, *, seed: int = 5) -> list[Article]:
    """Articles of six items each: four kinds, days, months, intervals and no date, with ties."""
    chance = random.Random(seed)
    articles = []
    for number in range(count):
        lines = [
            f"Item {number}.{line} told of the {chance.choice(WORDS)} and 5,000 troops and the meeting there, he said."
            for line in range(6)
        ]
        article = Article(
            "\n".join(lines),
            title=f"Article {number}",
            published=DAY + timedelta(days=number % 9),
            url=f"https://news{number % 3}.example/{number}",
            actors=(*ACTORS, Actor(name="OSCE", kind=ActorKind.ORGANISATION, key="osce", sector="IGO")),
        )
        for line in lines:
            words = line.removesuffix(", he said.")
            days = sorted(DAY + timedelta(days=chance.randrange(6)) for _ in range(2))
            when = chance.choice([days[0].isoformat(), str(interval(*days)), "2022-02", "2021", None])
            who = chance.sample(["Anna Berg", "Ivo Cerny", "Alliance", "OSCE"], 2)
            where = chance.choice([(), ("DE",), ("DE", "CZ"), ("UA",), ("EU", "UA")])
            place = chance.choice([None, "Minsk", "Vienna"])
            match chance.randrange(4):
                case 0:
                    article.statement(
                        words,
                        who[0],
                        speaker_country=where[0] if where else None,
                        date=when,
                        polarity=chance.choice(list(Polarity)),
                    )
                case 1:
                    article.claim(
                        words, date=when, claimed_by=who[0], force_country=where[0] if where else None, low=5000
                    )
                case 2:
                    article.event(words, "meeting", date=when, actors=tuple(who), countries=where, place=place)
                case _:
                    article.event(
                        words,
                        "told",
                        date=when,
                        actors=(who[0],),
                        countries=where,
                        category=EventCategory.DEPLOY,
                        modality=chance.choice(list(Modality)),
                    )
        articles.append(article)
    return articles


def order(item: ItemRow) -> tuple[date, date, int]:
    assert item.date
    return item.date.earliest, item.date.latest, item.id


def in_order(items: list[ItemRow], filters: Filters) -> list[ItemRow]:
    if filters.by_report:
        return sorted(items, key=lambda item: (item.reported_on, item.id), reverse=filters.newest_first)
    dated = sorted((item for item in items if item.date), key=order, reverse=filters.newest_first)
    return dated + sorted((item for item in items if not item.date), key=lambda item: item.id)


def has(item: ItemRow) -> dict[Facet, set[str]]:
    """The values that an item has of each facet."""
    certainty = Modality.DENIED if item.polarity is Polarity.DENIES else item.modality
    bodies = {BODY_SLUGS[code] for code in item.countries if code in BODY_SLUGS}
    bodies |= {actor.slug for actor in item.actors if actor.slug == "osce"}
    return {
        Facet.KIND: {item.kind},
        Facet.CATEGORY: {item.category} if item.category else set(),
        Facet.COUNTRY: set(item.countries),
        Facet.ORGANISATION: bodies,
        Facet.ACTOR: {actor.slug for actor in item.actors},
        Facet.PLACE: {item.place} if item.place else set(),
        Facet.OUTLET: {item.outlet} if item.outlet else set(),
        Facet.MODALITY: {certainty} if certainty else set(),
        Facet.POLARITY: {item.polarity} if item.polarity else set(),
        Facet.PRECISION: {item.date.precision if item.date else Precision.NONE},
    }


def shown(item: ItemRow, filters: Filters, *, but: Facet | None = None) -> bool:
    return all(
        (
            all(
                (not filters.chosen(facet) or values & set(filters.chosen(facet)))
                and not values & set(filters.left_out(facet))
                for facet, values in has(item).items()
                if facet is not but
            ),
            not filters.first or (item.date is not None and item.date.latest >= filters.first),
            not filters.last or (item.date is not None and item.date.earliest <= filters.last),
            not filters.text or filters.text in item.text,
        )
    )


CHOICES = [
    Filters(),
    Filters(kinds=(ItemKind.STATEMENT,)),
    Filters(kinds=(ItemKind.MILITARY, ItemKind.TROOPS), newest_first=True),
    Filters(countries=("DE",)),
    Filters(countries=("CZ", "UA"), kinds=(ItemKind.DIPLOMATIC,)),
    Filters(actors=("anna-berg",)),
    Filters(actors=("anna-berg", "alliance"), countries=("UA",), newest_first=True),
    Filters(actors=("nobody",), countries=("XX",)),
    Filters(modalities=(Modality.DENIED, Modality.PLANNED)),
    Filters(first=date(2022, 2, 3)),
    Filters(last=date(2022, 2, 2), newest_first=True),
    Filters(first=date(2022, 2, 4), last=date(2022, 2, 4)),
    Filters(first=date(2030, 1, 1)),
    Filters(by_report=True),
    Filters(by_report=True, newest_first=True, kinds=(ItemKind.STATEMENT,)),
    Filters(organisations=("european-union", "osce")),
    Filters(places=("Minsk",)),
    Filters(outlets=("news1.example",), excluded=((Facet.COUNTRY, "DE"),)),
    Filters(excluded=((Facet.ACTOR, "anna-berg"), (Facet.KIND, "troops"), (Facet.PRECISION, "none"))),
    Filters(countries=("UA",), excluded=((Facet.COUNTRY, "EU"), (Facet.PLACE, "nowhere"))),
    Filters(polarities=(Polarity.DENIES, Polarity.WARNS)),
    Filters(precisions=(Precision.MONTH, Precision.NONE), newest_first=True),
    Filters(categories=(EventCategory.DEPLOY,), excluded=((Facet.ORGANISATION, "european-union"),)),
    Filters(text="harbour"),
    Filters(text="harbour", actors=("alliance",), kinds=(ItemKind.TROOPS,), first=DAY, last=date(2022, 2, 28)),
]


@pytest.fixture
def filled(engine: Engine) -> Engine:
    for article in many_articles(20):
        article.store(engine)
    return engine


def pages(engine: Engine, filters: Filters, limit: int) -> list[ItemRow]:
    items: list[ItemRow] = []
    after: Cursor | None = None
    with reading(engine) as conn:
        while True:
            page = queries.timeline_items(conn, filters, limit=limit, after=after)
            assert len(page.items) == limit or page.next is None
            items += page.items
            if page.next is None:
                return items
            after = Cursor.decode(page.next.encode())


def test_pages_filters_and_counts_agree_with_a_plain_list(filled: Engine) -> None:
    everything = pages(filled, Filters(), 1_000)
    assert len(everything) == 120
    assert len({item.kind for item in everything}) == 4
    assert {item.date.precision for item in everything if item.date} == set(Precision) - {Precision.NONE}
    for filters in CHOICES:
        wanted = in_order([item for item in everything if shown(item, filters)], filters)
        for limit in (1_000, 7, len(wanted) or 1):
            assert [item.id for item in pages(filled, filters, limit)] == [item.id for item in wanted], filters
        with reading(filled) as conn:
            counts = queries.count_items(conn, filters)
            facets = queries.facet_counts(conn, filters)
            days = queries.day_counts(conn, filters)
        assert counts.items == len(wanted)
        assert counts.articles == len({item.document_id for item in wanted})
        assert counts.total == 120
        for facet, values in facets.items():
            out = set(filters.left_out(facet))
            listed = [has(item)[facet] for item in everything if shown(item, filters, but=facet)]
            found = Counter(value for of in listed for value in of if value in out or not of & out)
            kept = {*filters.chosen(facet), *filters.left_out(facet)}
            unlisted = {Facet.COUNTRY: {"EU"}, Facet.ACTOR: {"osce"}}.get(facet, set()) - kept
            assert {value.value: value.count for value in values if value.count} == {
                value: count for value, count in found.items() if value not in unlisted
            }
            assert {value.value for value in values if value.selected} == set(filters.chosen(facet))
            assert {value.value for value in values if value.excluded} == set(filters.left_out(facet))
            if facet not in CLOSED:
                assert [value.count for value in values] == sorted((each.count for each in values), reverse=True)
        assert [value.value for value in facets[Facet.KIND]] == list(ItemKind)
        by_day = Counter(
            (item.date.earliest, item.kind)
            for item in wanted
            if item.date and item.date.precision in {Precision.DAY, Precision.RANGE}
        )
        assert {(day.day, day.kind): day.count for day in days} == by_day
        assert [day.day for day in days] == sorted(day.day for day in days)


def test_the_actor_facet_shows_the_commonest_and_keeps_the_chosen(engine: Engine) -> None:
    names = [f"Delegate {number:02}" for number in range(SHOWN[Facet.ACTOR] + 10)]
    text = "\n".join(f"{name} met others and met again {number}." for number, name in enumerate(names))
    described = (*ACTORS, *(Actor(name=name, kind=ActorKind.PERSON) for name in names))
    article = Article(text, actors=described)
    for number, name in enumerate(names):
        extra = names[:3] if number else []
        article.event(f"{name} met others and met again {number}", "met", actors=(name, *extra, "Germany"))
    article.store(engine)
    chosen = Filters(actors=(names[-1].lower().replace(" ", "-"),))
    with reading(engine) as conn:
        usual, kept = (queries.facet_counts(conn, each)[Facet.ACTOR] for each in (Filters(), chosen))
    assert len(usual) == SHOWN[Facet.ACTOR]
    assert [value.label for value in usual[:3]] == names[:3]
    assert "Germany" not in {value.label for value in usual}, "countries have a facet of their own"
    assert len(kept) == SHOWN[Facet.ACTOR] + 1
    assert [(value.label, value.selected) for value in kept if value.selected] == [(names[-1], True)]


def test_country_labels_are_names_where_one_is_known(engine: Engine) -> None:
    article = Article("The envoys met in peace.").event("The envoys met", "met", countries=("DE", "UA", "ZZ"))
    article.store(engine)
    with reading(engine) as conn:
        labels = {value.value: value.label for value in queries.facet_counts(conn, Filters())[Facet.COUNTRY]}
    assert labels == {"DE": "Germany", "UA": "Ukraine", "ZZ": "ZZ"}


def test_an_item_comes_with_all_that_was_found(engine: Engine) -> None:
    text = "Berg said the talks went on.\nOn Monday they met. They met for an hour.\nBerlin counts 5,000 troops."
    article = (
        Article(text, url="https://www.news.example/1")
        .statement(
            "the talks went on",
            "Anna Berg",
            cue="said",
            polarity=Polarity.DENIES,
            speaker_role="Minister",
            speaker_country="DE",
            via="Alliance",
            candidates=("Ivo Cerny",),
            date="2022-02-15",
            date_rule="S8",
            confidence=0.5,
            venue="a hall",
        )
        .event(
            "they met",
            "met",
            actors=("Anna Berg", "Ivo Cerny"),
            source="DE",
            target="CZ",
            countries=("CZ", "DE"),
            headline="Berg met Cerny",
        )
        .event(
            "They met for an hour",
            "met",
            same_as=0,
            date="2022-02-14",
            date_rule="'Monday'",
            actors=("Alliance",),
            place="Minsk",
            lat=53.9,
            lon=27.6,
        )
        .claim(
            "Berlin counts 5,000 troops",
            quantity="5000",
            low=5000,
            high=10**30,
            claimed_by="Germany",
            force_country="RU",
            movement=Movement.BUILDUP,
        )
    )
    document_id = article.store(engine)
    with reading(engine) as conn:
        statement, event_item, again, claim = queries.document_items(conn, document_id)
        document = queries.document(conn, document_id)
        mentions = queries.item_mentions(conn, event_item.id)
        assert queries.item(conn, statement.uid) == statement
        assert queries.item(conn, "nothing") is None
        assert queries.document(conn, 10_000) is None
        assert queries.document_items(conn, 10_000) == ()
    assert document is not None
    for item in (statement, event_item, again, claim):
        assert document.text[item.start : item.end] == item.text
        assert item.outlet == "news.example"
        assert item.reported_on == date(2022, 2, 15)
    assert statement.speaker is not None
    assert statement.speaker.name == "Anna Berg"
    assert (statement.speaker_role, statement.polarity, statement.modality) == ("Minister", Polarity.DENIES, None)
    assert [actor.name for actor in statement.actors] == ["Anna Berg", "Alliance"]
    assert [actor.name for actor in statement.candidates] == ["Ivo Cerny"]
    assert statement.countries == ("DE",)
    assert statement.details["venue"] == "a hall"
    assert statement.headline == "Anna Berg: The talks went on"
    assert (statement.date, statement.date_rule, statement.confidence) == (parse_edtf("2022-02-15"), "S8", 0.5)

    assert event_item.id == again.id, "mentions of one happening are one item"
    assert (event_item.mentions, event_item.text, again.text) == (2, "they met", "They met for an hour")
    assert [mention.text for mention in mentions] == ["they met", "They met for an hour"]
    assert (event_item.date, event_item.date_rule) == (parse_edtf("2022-02-14"), "'Monday'")
    assert (event_item.place, event_item.lat) == ("Minsk", 53.9)
    assert [actor.name for actor in event_item.actors] == ["Anna Berg", "Ivo Cerny", "Alliance"]
    assert event_item.countries == ("DE", "CZ")
    assert (event_item.kind, event_item.category) == (ItemKind.DIPLOMATIC, EventCategory.MEET)

    assert (claim.quantity, claim.low, claim.high) == ("5000", 5000, None), "a number too large for a column"
    assert claim.claimant is not None
    assert claim.claimant.name == "Germany"
    assert claim.countries == ("RU", "DE")
    assert claim.date is None
    assert document.counts == {ItemKind.STATEMENT: 1, ItemKind.DIPLOMATIC: 1, ItemKind.TROOPS: 1}


def test_articles_are_listed_newest_first_and_searched(engine: Engine) -> None:
    for number in range(7):
        published = None if number == 3 else DAY + timedelta(days=number // 2)
        Article(
            f"Text {number} stands here.",
            title=f"100% of {number}",
            published=published,
            url=f"https://n{number}.example/",
        ).store(engine) if published else import_file(engine, b"100% of 3\nText 3 stands here.", filename="three.txt")
    seen = []
    after: Cursor | None = None
    with reading(engine) as conn:
        while True:
            page = queries.documents(conn, limit=2, after=after)
            seen += [row.title[-1] for row in page.documents]
            assert all(row.text == "" for row in page.documents)
            if page.next is None:
                break
            after = Cursor.decode(page.next.encode())
        assert [row.title for row in queries.documents(conn, text="n5.exam").documents] == ["100% of 5"]
        assert [row.title for row in queries.documents(conn, text="THREE").documents] == ["100% of 3"]
        assert len(queries.documents(conn, text="0% of").documents) == 7
        assert queries.documents(conn, text="0_").documents == ()
    assert seen == ["6", "5", "4", "2", "1", "0", "3"]


def test_an_upload_tells_what_became_of_each_file(engine: Engine) -> None:
    Article("Text one is here.", title="One").store(engine)
    article = Article("They met on Monday.", title="Two").event("They met", "met")
    uid = create_upload(
        engine,
        [
            ("two.txt", article.file),
            ("copy.txt", b"Another title\nText one is here."),
            ("x.pdf", b"%PDF-1"),
            ("undated.txt", b"Three\nText."),
        ],
    )
    with reading(engine) as conn:
        upload = queries.upload(conn, uid)
        assert queries.upload(conn, "nothing") is None
    assert upload is not None
    assert [(file.filename, file.outcome) for file in upload.files] == [
        ("two.txt", Outcome.FOUND),
        ("copy.txt", Outcome.ALREADY_KNOWN),
        ("x.pdf", Outcome.FAILED),
        ("undated.txt", Outcome.NEEDS_DATE),
    ]
    two, copy, pdf, undated = upload.files
    assert two.document is not None
    assert (two.document.status, two.items_found) == (DocumentStatus.PENDING, 0)
    assert copy.document is not None
    assert copy.document.title == "One"
    assert pdf.document is None
    assert "PDF" in pdf.message
    assert undated.document is not None
    assert undated.document.status is DocumentStatus.NEEDS_DATE


def test_the_site_is_named_from_its_commonest_countries_and_months(engine: Engine) -> None:
    with reading(engine) as conn:
        empty = queries.site(conn)
    assert (empty.title, empty.items, empty.first_day, empty.has_demo) == ("Crisis timeline", 0, None, False)
    for number in range(12):
        when = (
            "1999-03-01" if number == 11 else f"202{1 + number % 2}-{12 if number % 2 == 0 else '01'}-0{number % 9 + 1}"
        )
        article = Article(f"The envoys met for time {number}.", published=DAY)
        article.event(
            "The envoys met",
            "met",
            date=when,
            countries=("DE", "FR") if number else ("UA",),
        )
        article.store(engine)
    with reading(engine) as conn:
        named = queries.site(conn)
        assert queries.site(conn, title="Ours").title == "Ours"
    assert named.title == "Germany and France"
    assert named.months == (date(2021, 12, 1), date(2022, 1, 1))
    assert (named.first_day, named.last_day) == (date(1999, 3, 1), date(2022, 1, 8))
    assert (named.documents, named.items, named.pending, named.failed) == (12, 12, 0, 0)
    assert named.generation > empty.generation


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(*arguments: object) -> None:
        statements.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def test_no_query_is_asked_more_often_where_there_are_more_rows(engine: Engine) -> None:
    reads: dict[str, Callable[[Connection], object]] = {
        "timeline": lambda conn: queries.timeline_items(conn, Filters(text="troops", countries=("DE", "UA"))),
        "facets": lambda conn: queries.facet_counts(conn, Filters(kinds=(ItemKind.STATEMENT,))),
        "counts": lambda conn: queries.count_items(conn, Filters(countries=("DE",))),
        "days": lambda conn: queries.day_counts(conn, Filters()),
        "documents": queries.documents,
        "items": lambda conn: queries.document_items(conn, 1),
        "upload": lambda conn: queries.upload(conn, uids[-1]),
        "site": queries.site,
    }
    measured = []
    uids = []
    articles = many_articles(24)
    for some, files in ((articles[:4], 2), (articles[4:], 40)):
        for article in some:
            article.store(engine)
        uids.append(create_upload(engine, [(f"{number}.txt", articles[0].file) for number in range(files)]))
        counts = {}
        with reading(engine) as conn, counted(engine) as statements:
            index_of(conn)
        counts["the index of all items"] = len(statements)
        for name, read in reads.items():
            with reading(engine) as conn, counted(engine) as statements:
                read(conn)
            counts[name] = len([statement for statement in statements if statement != "BEGIN"])
        measured.append(counts)
    assert all(measured[1][name] <= few for name, few in measured[0].items())
    assert max(measured[1].values()) <= 10


@pytest.mark.parametrize(
    "value", ["", "x", "-1", "1-2", "20220101-20220102", "20220199-20220102-1", "1" * 40, "٣", "1-1-1-1", "'"]
)
def test_a_cursor_that_is_none_is_a_bad_request(value: str) -> None:
    with pytest.raises(BadRequest):
        Cursor.decode(value)


def test_cursors_survive_the_way_through_a_url() -> None:
    for cursor in (Cursor(date(987, 1, 2), date(2022, 2, 15), 7), Cursor(None, None, 3)):
        assert Cursor.decode(cursor.encode()) == cursor
    assert replace(Cursor(None, None, 3), id=4).encode() == "4"


def test_an_item_that_came_while_the_index_was_read_is_left_out() -> None:
    values = ("here", "gone", "too late")
    pairs = _Pairs(values, np.arange(3), np.array([1, 2, 9]))
    found = _grouped(pairs, np.array([-1, 0, -1]), {value: value for value in values})
    assert found.counts(np.array([True])).tolist() == [1, 0, 0]
