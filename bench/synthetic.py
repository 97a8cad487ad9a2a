"""Many made-up items for measurements: the same for the same number and seed, skewed as real coverage is.

Few days, countries, places and actors have most of the items: a crisis builds up, bursts on some days and fades; places
and actors follow Zipf's law. Everything goes in through SQLAlchemy Core, past the extraction that would take hours.
"""

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, insert, text

from app.db.engine import writing
from app.db.models import actor_names, actors, documents, item_actors, item_countries, items, mentions
from app.domain.edtf import FuzzyDate, day, interval, month
from app.domain.search import folded
from app.domain.vocabulary import (
    ActorKind,
    ActorPart,
    DocumentStatus,
    EventCategory,
    ItemKind,
    Modality,
    Movement,
    Polarity,
    Precision,
    StatementKind,
)
from app.knowledge.files import Files
from app.knowledge.places import load_places
from app.services.generation import advance_generation

SEED = 20220224
BATCH = 5_000
FIRST_DAY, DAYS = date(2021, 10, 1), 300
CLIMAX = 146  # days after the first one
ITEMS_AN_ARTICLE = 8
NOWHERE: dict[str, Any] = {"place": None, "lat": None, "lon": None}
WIDE_PLACES = ("Ukraine", "Russia", "near Ukraine", "Europe", "the border")
PLACES, PLACED = 300, 0.8  # how many, and the share of moves and claims that name one
LEARNT = datetime(2022, 8, 1, tzinfo=UTC)

KINDS = {ItemKind.STATEMENT: 46, ItemKind.DIPLOMATIC: 30, ItemKind.TROOPS: 13, ItemKind.MILITARY: 11}
COUNTRIES = {
    "RU": 40,
    "UA": 30,
    "US": 22,
    "DE": 9,
    "FR": 8,
    "GB": 8,
    "BY": 6,
    "EU": 6,
    "PL": 4,
    "TR": 3,
    "CN": 2,
    "HU": 1,
}
CATEGORIES = {
    ItemKind.DIPLOMATIC: (EventCategory.MEET, EventCategory.TALK, EventCategory.SANCTION, EventCategory.ACCUSE),
    ItemKind.MILITARY: (EventCategory.DEPLOY, EventCategory.EXERCISE, EventCategory.ATTACK, EventCategory.WITHDRAW),
}
SYLLABLES = ("ba", "do", "fe", "ga", "ko", "li", "mar", "nov", "pe", "ros", "sa", "tor", "ve", "zim")
WORDS = (
    "the", "border", "talks", "minister", "convoy", "exercise", "envoy", "summit", "troops", "pipeline", "sanctions",
    "ceasefire", "village", "army", "president", "demand", "answer", "warn", "bridge", "harbour", "garrison", "draft",
    "treaty", "guarantees", "observers", "airspace", "embassy", "call", "weekend",
)  # fmt: skip


def add_items(engine: Engine, count: int, *, seed: int = SEED) -> None:
    """Put so many items, with their articles and actors, into an empty, migrated database."""
    chance = random.Random(seed)
    number_of_articles = max(1, count // ITEMS_AN_ARTICLE)
    places = list(_places(random.Random(seed), count))
    people = _people(chance, max(20, count // 50))
    with writing(engine) as conn:
        published = _articles(conn, chance, number_of_articles)
        conn.execute(insert(actors), people)
        names = [
            {"actor_id": each["id"], **{key: each[key] for key in ("name", "slug", "learnt_at")}} for each in people
        ]
        conn.execute(insert(actor_names), names)
        weights = [1 / (rank + 1) for rank in range(len(people))]
        for begin in range(0, count, BATCH):
            numbers = range(begin + 1, min(begin + BATCH, count) + 1)
            chosen = iter(chance.choices(people, weights, k=2 * len(numbers)))
            made = [_item(chance, number, published, next(chosen), next(chosen)) for number in numbers]
            for each in made:
                is_statement = each["item"]["kind"] is ItemKind.STATEMENT
                each["item"] |= NOWHERE if is_statement else places[each["item"]["id"] - 1]
            _store(conn, made)
        advance_generation(conn)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as conn:
        conn.execute(text("ANALYZE"))


def _people(chance: random.Random, count: int) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    while len(found) < count:
        names = ("".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))).capitalize() for _ in range(2))
        name = " ".join(names)
        found[name] = {
            "id": len(found) + 1,
            "slug": name.lower().replace(" ", "-"),
            "name": name,
            "kind": ActorKind.PERSON,
            "country": _one(chance, COUNTRIES),
            "learnt_at": LEARNT,
        }
    return list(found.values())


def _places(chance: random.Random, count: int) -> Iterator[dict[str, Any]]:
    """Where so many items are; with a chance of its own, so that the rest of the items does not hang on it."""
    files = Files()
    cities = load_places(files.all("places.csv"), files.one("cities.csv")).cities
    near = sorted((name, city) for name, city in cities.items() if city[0] in COUNTRIES)
    found: list[dict[str, Any]] = [
        {"place": name, "lat": lat, "lon": lon}
        for name, (_, lat, lon) in chance.sample(near, PLACES - len(WIDE_PLACES))
    ]
    found[1:1] = [NOWHERE | {"place": name} for name in WIDE_PLACES]
    weights = [1 / (rank + 1) for rank in range(PLACES)]
    for place in chance.choices(found, weights, k=count):
        yield place if chance.random() < PLACED else NOWHERE


def _articles(conn: Connection, chance: random.Random, count: int) -> list[date]:
    days = sorted(_any_day(chance) for _ in range(count))
    rows = (
        {
            "id": number,
            "uid": f"article{number}",
            "title": " ".join(chance.choices(WORDS, k=8)).capitalize(),
            "outlet": f"Paper {chance.randint(1, 40)}",
            "language": "en",
            "published": published,
            "text": " ".join(chance.choices(WORDS, k=200)),
            "sha256": "",
            "text_sha256": str(number),
            "status": DocumentStatus.DONE,
            "warnings": [],
            "words": 200,
            "learnt_at": LEARNT,
        }
        for number, published in enumerate(days, 1)
    )
    for batch in _batches(rows):
        conn.execute(insert(documents), batch)
    return days


def _any_day(chance: random.Random) -> date:
    """A day of the crisis: mostly its slow rise and fall, often the climax or one of a few other busy days."""
    match chance.random():
        case share if share < 0.06:
            offset = CLIMAX
        case share if share < 0.16:
            offset = CLIMAX + chance.choice((-14, -9, -5, -3, -2, -1, 1, 2, 3, 7))
        case _:
            offset = int(chance.triangular(0, DAYS - 1, CLIMAX))
    return FIRST_DAY + timedelta(offset)


def _date(chance: random.Random, published: date) -> FuzzyDate | None:
    when = published - timedelta(min(int(chance.expovariate(0.7)), 200))
    match chance.random():
        case share if share < 0.05:
            return None
        case share if share < 0.08:
            return month(when.year, when.month)
        case share if share < 0.14:
            return interval(when, when + timedelta(chance.randint(1, 10)))
    return day(when)


def _item(
    chance: random.Random, number: int, published: list[date], first: dict[str, Any], second: dict[str, Any]
) -> dict[str, Any]:
    article = chance.randrange(len(published))
    kind = _one(chance, KINDS)
    said = " ".join(chance.choices(WORDS, k=chance.randint(6, 18)))
    when = _date(chance, published[article])
    is_statement, is_troops = kind is ItemKind.STATEMENT, kind is ItemKind.TROOPS
    low = int(chance.lognormvariate(9.5, 1.6) // 100 * 100) + 100 if is_troops and chance.random() < 0.7 else None
    row = {
        "id": number,
        "uid": f"{chance.getrandbits(50):010x}{number:x}",
        "kind": kind,
        "category": None if is_statement or is_troops else chance.choice(CATEGORIES[kind]),
        "headline": f"{first['name']}: {said}"[:90] if is_statement else said[:90].capitalize(),
        "modality": None if is_statement else chance.choices(list(Modality), (70, 12, 8, 4, 6))[0],
        "polarity": chance.choices(list(Polarity), (60, 8, 8, 6, 10, 4, 4))[0] if is_statement else None,
        "statement_kind": chance.choice(list(StatementKind)) if is_statement else None,
        "date": when.edtf if when else None,
        "date_earliest": when.earliest if when else None,
        "date_latest": when.latest if when else None,
        "date_precision": when.precision if when else Precision.NONE,
        "date_rule": "made up",
        "reported_on": published[article],
        "learnt_at": LEARNT,
        "quantity": f"{low}" if low else None,
        "low": low,
        "high": low,
        "unit": "troops" if is_troops else None,
        "movement": chance.choice(list(Movement)) if is_troops else None,
        "force_country": "RU" if is_troops else None,
        "confidence": round(chance.uniform(0.4, 1), 2),
        "knowledge_hash": "",
        "details": {},
        "search_text": folded(said, first["name"]),
    }
    start = chance.randrange(1000)
    place = {"document_id": article + 1, "paragraph": 0, "start": start, "end": start + len(said), "anchor": start}
    part = {ItemKind.STATEMENT: ActorPart.SPEAKER, ItemKind.TROOPS: ActorPart.CLAIMANT}.get(kind, ActorPart.PARTY)
    parts = [(first, part)] if is_statement or first is second else [(first, part), (second, ActorPart.PARTY)]
    role = {ActorPart.SPEAKER: "speaker", ActorPart.CLAIMANT: "claimant"}.get(part, "source")
    countries = {(first["country"], role), (_one(chance, COUNTRIES), "party")}
    countries |= {(row["force_country"], "force")} if is_troops else set()
    return {
        "item": row,
        "mentions": [{"item_id": number, "text": said, **place}] * (2 if chance.random() < 0.1 else 1),
        "actors": [
            {"item_id": number, "actor_id": who["id"], "role": what, "position": n}
            for n, (who, what) in enumerate(parts)
        ],
        "countries": [
            {"item_id": number, "country": code, "role": what, "position": n}
            for n, (code, what) in enumerate(sorted(countries))
        ],
    }


def _store(conn: Connection, made: list[dict[str, Any]]) -> None:
    conn.execute(insert(items), [each["item"] for each in made])
    for table, name in ((mentions, "mentions"), (item_actors, "actors"), (item_countries, "countries")):
        conn.execute(insert(table), [row for each in made for row in each[name]])


def _one[T](chance: random.Random, weights: dict[T, int]) -> T:
    return chance.choices(list(weights), list(weights.values()))[0]


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    batch: list[dict[str, Any]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
