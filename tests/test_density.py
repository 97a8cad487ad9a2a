"""The lanes against the plain answer, on both databases: many made-up items, and the same asked of a list in memory."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import ColumnElement, Connection, Engine, delete, event, update

from app.db import queries
from app.db.actors import actor_page
from app.db.cache import ByGeneration
from app.db.density import scale_of
from app.db.engine import reading, writing
from app.db.index_reading import index_of
from app.db.models import items
from app.db.rows import ItemRow
from app.domain.filters import Filters
from app.domain.vocabulary import HEADCOUNT_UNITS, ItemKind, Modality, Precision
from app.services.generation import advance_generation
from app.web.api.lane_models import Lane, LaneDay, Lanes, Level
from app.web.api.lanes import LANES, MOST_PILLS, lanes, level, read_drawing
from app.web.views.claims import claim, figure
from bench.synthetic import DAYS, add_items

NUMBER = 400
FIRST, LAST = date(2022, 2, 10), date(2022, 3, 20)
DEPTHS = (Level.WEEKS, Level.MARKS, Level.LABELS)  # by pixels alone
WIDTHS = {Level.WEEKS: 200, Level.MARKS: 600, Level.LABELS: 3000}
CHOICES = [
    Filters(),
    Filters(kinds=(ItemKind.STATEMENT, ItemKind.MILITARY)),
    Filters(countries=("RU",), first=date(2022, 2, 24)),
    Filters(modalities=(Modality.DENIED,)),
    Filters(text="convoy", kinds=(ItemKind.TROOPS,)),
    Filters(actors=("nobody",)),
]
KINDS = {"diplomatic": "diplomatic", "military": "troops", "troops": "troops", "statement": "statements"}
ROOMS = {Level.MARKS: {"diplomatic": 7, "troops": 8, "statements": 8}, Level.LABELS: dict.fromkeys(LANES, 12)}
STACKS = (ItemKind.DIPLOMATIC, ItemKind.STATEMENT, "value", ItemKind.TROOPS, ItemKind.MILITARY)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    add_items(engine, NUMBER)
    with writing(engine) as connection:
        connection.execute(update(items).where(items.c.id % 3 == 0).values(details={"added": True}))
    return engine


@pytest.fixture
def conn(filled: Engine) -> Iterator[Connection]:
    with reading(filled) as connection:
        yield connection


def ask(conn: Connection, filters: Filters, depth: Level, first: date = FIRST, last: date = LAST) -> Lanes:
    drawing = read_drawing(conn)
    width = WIDTHS[depth] * ((last - first).days + 1) / ((LAST - FIRST).days + 1)
    found = lanes(conn, drawing, filters, first, last, width)
    assert lanes(conn, drawing, filters, first, last, width) == found  # from memory the same
    return found


def shown(conn: Connection, filters: Filters) -> list[ItemRow]:
    """The dated items of the window under the filters but their dates, by id."""
    all_days = replace(filters, first=None, last=None)
    rows = queries.timeline_items(conn, all_days, limit=2 * NUMBER).items
    touching = (row for row in rows if row.date and row.date.earliest <= LAST and row.date.latest >= FIRST)
    return sorted(touching, key=lambda row: row.id)


def day_of(row: ItemRow) -> date | None:
    return row.date.earliest if row.date and row.date.earliest == row.date.latest else None


def has_value(row: ItemRow) -> bool:
    highest = row.high if row.high is not None else row.low
    is_headcount = row.unit in HEADCOUNT_UNITS and not (row.quantity or "").endswith("%")
    return is_headcount and (highest or 0) >= 20_000 and "added" not in row.details


@pytest.mark.parametrize("filters", CHOICES, ids=lambda filters: str(CHOICES.index(filters)))
@pytest.mark.parametrize("depth", DEPTHS)
def test_lanes_are_what_a_list_says(conn: Connection, filters: Filters, depth: Level) -> None:
    rows = shown(conn, filters)
    found = ask(conn, filters, depth)
    assert (found.first, found.last, found.level) == (FIRST, LAST, depth)
    assert [lane.name for lane in found.lanes] == list(LANES)
    for lane in found.lanes:
        own = [row for row in rows if KINDS[row.kind] == lane.name]
        assert lane.count == len(own)
        on_days = [row for row in own if day_of(row)]
        check_pills(lane, [row for row in own if not day_of(row)])
        if depth is Level.WEEKS:
            assert lane.days == []
            check_bars(lane, on_days, 7)
        else:
            assert lane.bars == []
            assert [day.day for day in lane.days] == sorted({day_of(row) for row in on_days})
            for day in lane.days:
                check_day(day, [row for row in on_days if day_of(row) == day.day], depth, ROOMS[depth][lane.name])


def check_day(day: LaneDay, rows: list[ItemRow], depth: Level, room: int) -> None:
    stacks = {stack: [row for row in rows if ("value" if has_value(row) else row.kind) == stack] for stack in STACKS}
    rails = (ItemKind.TROOPS, ItemKind.MILITARY) if depth is Level.MARKS else ()
    railed = [row for kind in rails for row in stacks.pop(kind)]
    marked = [row for own in stacks.values() for row in own]
    fitting = [row for own in stacks.values() for row in (own if len(own) <= room else own[: room - 1])]
    assert day.count == len(rows)
    assert f"from={day.day}&to={day.day}" in day.href
    assert [mark.uid for mark in day.marks] == [row.uid for row in fitting]
    assert [mark.label for mark in day.marks] == [row.headline[:1].upper() + row.headline[1:] for row in fitting]
    assert [mark.mentions for mark in day.marks] == [row.mentions for row in fitting]
    assert [mark.claimed is not None for mark in day.marks] == [has_value(row) for row in fitting]
    assert [bool(mark.figure) for mark in day.marks] == [bool(row.quantity) for row in fitting]
    added = ["added" in row.details and bool(row.quantity) for row in fitting]
    assert [" more " in mark.figure for mark in day.marks] == added
    assert day.rest == len(marked) - len(fitting)
    assert {rail.kind: rail.count for rail in day.rail} == Counter(row.kind for row in railed)


def check_bars(lane: Lane, rows: list[ItemRow], length: int) -> None:
    def begin(row: ItemRow) -> date:
        day = day_of(row)
        assert day
        return day - timedelta(day.weekday() if length == 7 else 0)

    assert {bar.first: bar.count for bar in lane.bars} == Counter(begin(row) for row in rows)
    assert [bar.first for bar in lane.bars] == sorted(bar.first for bar in lane.bars)
    for bar in lane.bars:
        assert bar.last == bar.first + timedelta(length - 1)
        own = [row for row in rows if begin(row) == bar.first]
        assert bar.kinds == Counter(row.kind for row in own)
        numbers = [bound for row in own if has_value(row) for bound in (row.low, row.high) if bound]
        assert (bar.low, bar.high) == (min(numbers, default=None), max(numbers, default=None))


def put_on(conn: Connection, day: date, which: ColumnElement[bool]) -> None:
    """Move items to one day."""
    there = {"date": str(day), "date_earliest": day, "date_latest": day, "date_precision": Precision.DAY}
    conn.execute(update(items).where(which).values(there))
    advance_generation(conn)


def test_where_marks_would_hide_most_days_are_bars(filled: Engine) -> None:
    with writing(filled) as conn:
        put_on(conn, date(2022, 2, 24), items.c.date_precision == Precision.DAY)
    with reading(filled) as conn:
        rows = shown(conn, Filters())
        found = lanes(conn, read_drawing(conn), Filters(), FIRST, LAST, 600)
        assert found.level is Level.DAYS
        for lane in found.lanes:
            assert lane.days == []
            check_bars(lane, [row for row in rows if KINDS[row.kind] == lane.name and day_of(row)], 1)
        assert lanes(conn, read_drawing(conn), Filters(), FIRST, LAST, 3000).level is Level.LABELS
        assert lanes(conn, read_drawing(conn), Filters(actors=("nobody",)), FIRST, LAST, 600).level is Level.MARKS


def check_pills(lane: Lane, rows: list[ItemRow]) -> None:
    groups = Counter((row.kind, str(row.date)) for row in rows)
    assert sum(pill.count for pill in lane.pills) + lane.pills_rest == len(rows)
    assert len(lane.pills) == min(MOST_PILLS, len(groups))
    for pill in lane.pills:
        row = next(row for row in rows if row.uid == pill.uid)
        assert row.date
        assert (pill.edtf, pill.count) == (row.date.edtf, groups[row.kind, row.date.edtf])
        assert (pill.first, pill.last) == (max(row.date.earliest, FIRST), min(row.date.latest, LAST))
        assert pill.begins_before == (row.date.earliest < FIRST)
        assert pill.ends_after == (row.date.latest > LAST)


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_smaller_window_is_a_part_of_the_larger(conn: Connection, depth: Level) -> None:
    drawing = read_drawing(conn)
    small = (FIRST + timedelta(9), LAST - timedelta(9))
    width = {Level.WEEKS: 3, Level.MARKS: 20, Level.LABELS: 60}[depth]
    inside = lanes(conn, drawing, Filters(), *small, width * ((small[1] - small[0]).days + 1))
    whole = lanes(conn, drawing, Filters(), FIRST, LAST, width * ((LAST - FIRST).days + 1))
    alone = lanes(conn, read_drawing(conn), Filters(), *small, width * ((small[1] - small[0]).days + 1))
    assert inside == alone
    for part, lane in zip(inside.lanes, whole.lanes, strict=True):
        assert part.days == [day for day in lane.days if small[0] <= day.day <= small[1]]


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("filters", [Filters(), Filters(countries=("RU",))])
def test_a_margin_is_drawn_and_not_counted(conn: Connection, filters: Filters, depth: Level) -> None:
    drawing = read_drawing(conn)
    pixels = WIDTHS[depth] / ((LAST - FIRST).days + 1)
    wide = (FIRST - timedelta(10), LAST + timedelta(10))
    alone, whole = (lanes(conn, drawing, filters, a, b, pixels * ((b - a).days + 1)) for a, b in ((FIRST, LAST), wide))
    found = lanes(conn, drawing, filters, FIRST, LAST, pixels * ((LAST - FIRST).days + 1), 10)
    for lane, counted, drawn in zip(found.lanes, alone.lanes, whole.lanes, strict=True):
        assert lane.count == counted.count < drawn.count
        assert (lane.bars, lane.days, lane.pills) == (drawn.bars, drawn.days, drawn.pills)


def test_a_margin_ends_with_the_calendar(conn: Connection) -> None:
    assert lanes(conn, read_drawing(conn), Filters(), date(1, 1, 3), date.max, 600, 100).lanes


def test_a_wide_day_has_room_for_more(filled: Engine) -> None:
    day = date(2022, 2, 24)
    with writing(filled) as conn:
        put_on(conn, day, items.c.id <= 60)
    with reading(filled) as conn:
        drawing = read_drawing(conn)
        narrow, wide = (lanes(conn, drawing, Filters(), day, day, width) for width in (200, 1200))
    for one, other in zip(narrow.lanes, wide.lanes, strict=True):
        assert [each.count for each in one.days] == [each.count for each in other.days]
        assert sum(each.rest for each in other.days) == 0
    assert any(each.rest for lane in narrow.lanes for each in lane.days)


@pytest.mark.parametrize(("width", "depth"), [(69, "weeks"), (70, "marks"), (479, "marks"), (480, "labels")])
def test_pixels_a_day_decide_the_level(width: float, depth: str) -> None:
    assert level(date(2022, 2, 1), date(2022, 2, 10), width) == depth


@pytest.mark.parametrize(
    ("quantity", "low", "high", "shown"),
    [
        ("169000-190000", 169_000, 190_000, "169–190k"),
        ("900000-1100000", 900_000, 1_100_000, "900k–1.1m"),
        (">100000", 100_001, 100_001, ">100k"),
        (">=30000", 30_000, 30_000, "≥30k"),
        ("~126500", 120_000, 133_000, "~126k"),
        ("127499", 127_499, 127_499, "127k"),
        ("999999", 999_999, 999_999, "1m"),
        ("10000s", 20_000, 90_000, "20–90k"),
        ("", 2_500_000_000, 2_500_000_000, "2,500m"),
    ],
)
def test_numbers_in_little_room(quantity: str, low: int, high: int, shown: str) -> None:
    assert figure(quantity, low, high) == shown


@pytest.mark.parametrize(
    ("quantity", "unit", "force", "shown"),
    [
        (">130000", "troops", "RU", ">130,000 Russian troops"),
        ("169000-190000", "personnel", "", "169,000–190,000 personnel"),
        ("<=8500", "", "US", "≤8,500 U.S. troops"),
        ("40000", "troops", "NATO", "40,000 NATO troops"),
        ("10%", "ground forces", "", "10% of ground forces"),
        ("100s", "tanks", "UA", "Hundreds of Ukrainian tanks"),
        ("", "troops", "RU", ""),
    ],
)
def test_numbers_with_their_unit_and_whose_they_are(quantity: str, unit: str, force: str, shown: str) -> None:
    assert claim(quantity, unit, force) == shown


@pytest.mark.parametrize(
    ("quantity", "unit", "force", "shown"),
    [
        ("<=7000", "troops", "RU", "≤7,000 more Russian troops"),
        ("100s", "tanks", "UA", "Hundreds more Ukrainian tanks"),
        ("10%", "ground forces", "", "10% more ground forces"),
        ("", "troops", "RU", ""),
    ],
)
def test_numbers_on_top_of_what_was_there_say_so(quantity: str, unit: str, force: str, shown: str) -> None:
    assert claim(quantity, unit, force, is_added=True) == shown


def test_claims_say_who_claims_them_or_else_whose_troops_they_are(conn: Connection) -> None:
    rows = {row.uid: row for row in shown(conn, Filters(kinds=(ItemKind.TROOPS,)))}
    troops = ask(conn, Filters(), Level.LABELS).lanes[1]
    marks = [mark for day in troops.days for mark in day.marks if mark.claimed]
    for mark in marks:
        assert mark.claimed
        force = rows[mark.uid].force_country
        whose = mark.claimant or (f"of {force}" if force else "")
        assert mark.claimed.figure.partition(" ")[2] == whose
        assert mark.label[0] == mark.label[0].upper()
    assert any(mark.claimant for mark in marks)
    weeks = ask(conn, Filters(), Level.WEEKS).lanes[1].bars
    for bar in weeks:
        highest = [mark.claimed.figure for mark in marks if mark.claimed and mark.claimed.high == bar.high]
        assert bar.figure in highest if bar.high else bar.figure == ""
    assert any(bar.figure for bar in weeks)


@pytest.mark.parametrize(
    ("numbers", "scale"),
    [
        ([], 50_000),
        ([20_000], 50_000),
        ([100_000, 190_000], 200_000),
        ([130_000] * 19 + [5_000_000], 200_000),
        ([210_000], 500_000),
        ([700_000], 1_000_000),
    ],
)
def test_the_scale_holds_nine_of_ten_numbers(numbers: list[int], scale: int) -> None:
    assert scale_of(numbers) == scale


@pytest.mark.parametrize("filters", [Filters(), Filters(countries=("RU",))])
def test_a_longer_window_asks_no_more_often(conn: Connection, filters: Filters) -> None:
    asked = []

    def note(*_details: object) -> None:
        asked.append(last)

    event.listen(conn, "before_cursor_execute", note)
    for last in (FIRST + timedelta(20), date(2022, 7, 30)):
        drawing = read_drawing(conn)
        index_of(conn)
        asked.clear()
        lanes(conn, drawing, filters, FIRST, last, 10 * ((last - FIRST).days + 1))
        assert len(asked) == 4  # intervals, and each lane’s marks; the index knows what the filters show
        lanes(conn, drawing, filters, FIRST, last, 10 * ((last - FIRST).days + 1))
        assert len(asked) == 4  # the same again asks nothing


def test_a_drawing_lasts_as_long_as_its_generation(filled: Engine) -> None:
    drawings = ByGeneration(read_drawing)
    with reading(filled) as conn:
        first = drawings.get(conn)
        assert drawings.get(conn) is first
        before = lanes(conn, first, Filters(), FIRST, LAST, 600)
    uid = next(day.marks[0].uid for day in before.lanes[0].days if day.marks)
    with writing(filled) as conn:
        conn.execute(delete(items).where(items.c.uid == uid))
        advance_generation(conn)
    with reading(filled) as conn:
        assert drawings.get(conn) is not first
        after = lanes(conn, drawings.get(conn), Filters(), FIRST, LAST, 600)
    assert after.lanes[0].count == before.lanes[0].count - 1
    assert uid not in {mark.uid for day in after.lanes[0].days for mark in day.marks}


def test_an_item_that_is_gone_in_between_is_left_out(filled: Engine) -> None:
    with reading(filled) as conn:
        drawing = read_drawing(conn)
    with writing(filled) as conn:
        conn.execute(delete(items))
    with reading(filled) as conn:
        found = lanes(conn, drawing, Filters(), FIRST, LAST, 600)
    assert not any(day.marks or day.rail for lane in found.lanes for day in lane.days)


def test_an_empty_database_has_empty_lanes(engine: Engine) -> None:
    with reading(engine) as conn:
        assert all(lane.count == 0 for lane in lanes(conn, read_drawing(conn), Filters(), FIRST, LAST, 600).lanes)


def test_actors_by_pages(conn: Connection) -> None:
    rows = queries.timeline_items(conn, Filters(), limit=2 * NUMBER).items
    counted = Counter(actor.slug for row in rows for actor in row.actors)
    seen: list[tuple[str, int]] = []
    after = None
    while True:
        page = actor_page(conn, limit=7, after=after)
        seen += [(actor.slug, count) for actor, count in page.actors]
        if (after := page.next) is None:
            break
    assert len(seen) == len({slug for slug, _ in seen}) > 7
    assert {slug: count for slug, count in seen if count} == counted
    name = page.actors[0][0].name
    assert [actor.name for actor, _ in actor_page(conn, name=name.upper()).actors] == [name]
    assert actor_page(conn, name="%").actors == ()


def test_made_up_items_are_the_same_each_time_and_skewed(conn: Connection) -> None:
    rows = queries.timeline_items(conn, Filters(), limit=2 * NUMBER).items
    assert len(rows) == NUMBER
    assert hashlib.sha256(" ".join(row.uid for row in rows).encode()).hexdigest().startswith("9ed6c68b5c55")
    [(_, busiest)] = Counter(day for row in rows if (day := day_of(row))).most_common(1)
    assert busiest > 4 * NUMBER / DAYS
