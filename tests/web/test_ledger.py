"""The troop ledger: which claims it has, what it says of them, its chart and its table."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from html import unescape
from typing import Any

import pytest
from conftest import Site
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from store_samples import ACTORS, Article

from app.db import queries
from app.db.claims import OWN_WORDS, ClaimChoice, ledger_claims
from app.db.engine import reading
from app.db.rows import ItemRow
from app.domain.edtf import parse_edtf
from app.domain.filters import Filters
from app.domain.items import Actor
from app.domain.vocabulary import ActorKind, ItemKind, Modality, Movement, Part
from app.web.views.claim_chart import Chart, Plot, chart, scale
from app.web.views.claim_marks import Lane, Mark
from app.web.views.labels import NARROW, WIDE, Spot, label_rows, place_labels
from app.web.views.ledger import possessive
from bench.synthetic import add_items

TEXT = (
    "Berlin counts 30,000 troops at the border. Ivo Cerny spoke of 10,000 to 20,000 troops. "
    "Some 4 ships arrived. Berg denied that 90,000 troops had gathered. More than 50,000 troops are there. "
    "Another 3,000 troops were sent. Forces moved."
)


def number(quantity: str, low: int | None, high: int | None, **more: Any) -> dict[str, Any]:
    return {"quantity": quantity, "low": low, "high": high, "date": "2022-02-15", "force_country": "RU", **more}


@pytest.fixture
def claims(empty: Engine) -> tuple[ItemRow, ...]:
    """Seven claims: a number, a range, ships, one denied, an open one, one of troops added, and one of no number."""
    article = (
        Article(TEXT)
        .claim("Berlin counts 30,000 troops", **number("30000", 30_000, 30_000))
        .claim("10,000 to 20,000 troops", **number("10000-20000", 10_000, 20_000, claimed_by="Ivo Cerny"))
        .claim("Some 4 ships", "ships", **number("~4", 4, 4, unit="ships", force_country=None))
        .claim(
            "90,000 troops had gathered",
            **number("90000", 90_000, 90_000, claimed_by="Anna Berg", modality=Modality.DENIED),
        )
        .claim("More than 50,000 troops", **number(">50000", 50_001, None, claimed_by="Anna Berg", date="2022-02-16"))
        .claim("Another 3,000 troops", **number("3000", 3_000, 3_000, added=True, movement=Movement.BUILDUP))
        .claim("Forces moved", "Forces", force_country="RU", date="2022-02-17")
    )
    article.store(empty)
    with reading(empty) as conn:
        return queries.timeline_items(conn, Filters(kinds=(ItemKind.TROOPS,))).items


def drawn(rows: tuple[ItemRow, ...]) -> Chart:
    found = chart(rows)
    assert found
    return found


def plot(rows: tuple[ItemRow, ...], lane: Lane) -> Plot:
    return next(each for panel in drawn(rows).panels for each in panel.plots if each.lane is lane)


def quantified(rows: tuple[ItemRow, ...], quantity: str) -> ItemRow:
    return next(row for row in rows if row.quantity == quantity)


def by_figure(found: Plot) -> dict[str, Mark]:
    return {mark.figure: mark for mark in found.marks}


def test_totals_additions_and_other_things_stand_apart(claims: tuple[ItemRow, ...]) -> None:
    """What comes on top is no total, and ships are no heads: neither stands on the scale of those in place."""
    assert set(by_figure(plot(claims, Lane.PLACE))) == {"30k", "10–20k", "90k", ">50k"}
    assert plot(claims, Lane.PLACE).scale
    moving, other = plot(claims, Lane.MOVE), plot(claims, Lane.OTHER)
    assert (set(by_figure(moving)), moving.scale) == ({"3k"}, ())
    assert (set(by_figure(other)), other.scale) == ({"~4 ships"}, ())
    assert moving.marks[0].label
    assert "added" in moving.marks[0].label.plain


def test_the_chart_has_a_panel_for_each_force(claims: tuple[ItemRow, ...]) -> None:
    """The most claimed about comes first; nobody's forces last."""
    assert [panel.force.name if panel.force else None for panel in drawn(claims).panels] == ["Russia", None]


def test_higher_numbers_stand_higher(claims: tuple[ItemRow, ...]) -> None:
    """A range reaches from its lowest to its highest number, a single number is a point, an open one has an arrow."""
    marks = by_figure(plot(claims, Lane.PLACE))
    assert marks["90k"].y < marks[">50k"].y < marks["30k"].y < marks["10–20k"].top < marks["10–20k"].y
    assert marks["30k"].height == 0
    assert (marks[">50k"].open, marks["30k"].open) == ("up", "")


def test_a_mark_shows_whose_word_it_is(claims: tuple[ItemRow, ...]) -> None:
    """The article's own words have another shape than a claim; what is denied and what is planned, another look."""
    marks = by_figure(plot(claims, Lane.PLACE))
    assert (marks["30k"].shape, marks["30k"].side) == ("own", "")
    assert (marks[">50k"].shape, marks[">50k"].side) == ("claim", "DE")
    assert (marks["90k"].look, marks[">50k"].look) == ("denied", "")
    assert marks["90k"].name == "15 February 2022: 90,000 troops, claimed by Anna Berg, Germany, denied"
    planned = replace(claims[0], modality=Modality.PLANNED)
    assert drawn((planned,)).panels[0].plots[0].marks[0].look == "planned"


def test_the_line_goes_through_what_was_highest_so_far(claims: tuple[ItemRow, ...]) -> None:
    """Denied numbers and bounds from above are no records, however high."""
    found = plot(claims, Lane.PLACE)
    assert [mark.figure for mark in found.records] == ["30k", ">50k"]
    assert found.rising.startswith(f"M{found.records[0].x} {found.records[0].top}")
    one = plot(tuple(replace(row, quantity="30000", low=30_000, high=30_000) for row in claims[:3]), Lane.PLACE)
    assert one.rising == ""


def test_claims_of_a_side_that_say_the_same_are_one_mark(claims: tuple[ItemRow, ...]) -> None:
    twice = (claims[0], replace(claims[0], uid="other", movement=Movement.EXERCISE))
    (mark,) = plot(twice, Lane.PLACE).marks
    assert mark.name.endswith("told 2 times")
    assert plot(twice, Lane.PLACE).count == 2


def test_one_huge_number_does_not_flatten_the_others() -> None:
    assert scale([90_000, 120_000, 190_000]) == (200_000, 50_000)
    assert scale([250_000]) == (300_000, 100_000)
    assert scale([1]) == (1, 1)
    assert scale([*range(100_000, 190_001, 10_000), 2_000_000]) == (200_000, 50_000)


def test_the_chart_takes_any_days(claims: tuple[ItemRow, ...]) -> None:
    """One claim, claims at the ends of the calendar, and one far from all others, which stands in the table only."""
    assert plot(claims[:1], Lane.PLACE).marks[0].x == pytest.approx(50, abs=15)
    for day in (date.min, date.max):
        assert drawn((replace(claims[0], date=parse_edtf(day.isoformat())),)).panels
    far = replace(claims[0], date=parse_edtf("1914-08-01"))
    assert drawn((*claims, far)).beyond == 1
    assert chart([replace(row, date=None) for row in claims]) is None


def test_a_month_is_drawn_as_long_as_it_is(claims: tuple[ItemRow, ...]) -> None:
    vague = replace(claims[0], date=parse_edtf("2022-02"))
    lengths = {mark.day: mark.span for mark in plot((vague, quantified(claims, ">50000")), Lane.PLACE).marks}
    assert lengths["February 2022"] > 50
    assert lengths["16 Feb 2022"] == 0


def test_no_words_cover_others_at_any_width() -> None:
    """Where the chart is narrow fewer have words, and at every width between none stand on each other."""
    days = [1 + 98 * n / 23 for n in range(24)]
    spots = [Spot(x, 40 + 20 * (n % 4), 40 + 20 * (n % 4), ("169–190k", "United States")) for n, x in enumerate(days)]
    placed = place_labels(spots, range(len(spots)), 240)
    assert any(narrow for narrow, _ in placed)
    assert sum(narrow is not None for narrow, _ in placed) < sum(any(labels) for labels in placed)
    for width in (NARROW, 700, 900, WIDE, 1400):
        boxes = []
        for spot, (narrow, wide) in zip(spots, placed, strict=True):
            label = narrow or (wide if width >= WIDE else None)
            if label is None:
                continue
            x = spot.x * width / 100 + label.dx
            left = {"start": x, "end": x - spot.width, "middle": x - spot.width / 2}[label.anchor]
            assert 0 <= left <= left + spot.width <= width
            boxes.append((left, left + spot.width, spot.top + label.dy))
        for n, (left, right, base) in enumerate(boxes):
            assert not any(left < b and a < right and abs(base - y) < 13 for a, b, y in boxes[:n]), width


def test_rows_have_words_for_as_many_as_fit() -> None:
    spots = [Spot(50 + n / 10, 0, 0, ("7k", "US, added")) for n in range(9)]
    placed = label_rows(spots, range(9), 4)
    assert sorted(row for row, label in placed if label) == [0, 1, 2, 3]
    assert len(placed) == 9


def test_choices_are_counted_beside_each_other(empty: Engine, claims: tuple[ItemRow, ...]) -> None:
    """Each count ignores its own choice and heeds the others."""
    of_russia = Filters(countries=("RU",), part=Part.FORCE)
    with reading(empty) as conn:
        found = ledger_claims(conn, ClaimChoice(filters=of_russia, claimant="DE", unit="troops"), limit=50)
    assert {row.quantity for row in found.rows} == {"90000", ">50000"}
    assert found.forces == {"RU": 2}
    assert found.claimants == {"DE": 2, "CZ": 1, OWN_WORDS: 3}
    assert found.units == {"troops": 2}
    assert len(claims) == 7


def test_of_many_claims_the_largest_are_shown(empty: Engine, claims: tuple[ItemRow, ...]) -> None:
    with reading(empty) as conn:
        found = ledger_claims(conn, ClaimChoice(filters=Filters()), limit=2)
    assert ([row.quantity for row in found.rows], found.total) == (["90000", ">50000"], len(claims))


def test_the_page_is_narrowed_by_its_address(site: Site, empty: Engine, claims: tuple[ItemRow, ...]) -> None:
    """The title says whose forces; each choice has a chip that takes it away and leaves the others."""
    client = site(empty)
    assert "ships" in table(client.get("/troops").text)
    page = client.get("/troops?country=RU&part=force&claimant=DE&from=2022-02-16&order=number").text
    assert "<h1>Claims about Russia’s forces</h1>" in page
    assert re.findall(r'class="number">([\d,]+)<', table(page)) == ["50,000"]
    chips = dict(re.findall(r'<a class="chip" href="([^"]+)">([^<]+)<span class="unseen"> \(remove', page))
    assert chips == {
        "/troops?country=RU&amp;part=force&amp;claimant=DE&amp;order=number": "from 16 Feb 2022",
        "/troops?country=RU&amp;part=force&amp;from=2022-02-16&amp;order=number": "Claimed by Germany",
    }
    assert '<option value="DE" selected>Germany (1)</option>' in page
    assert '<input type="hidden" name="country" value="RU">' in page
    assert re.findall(r'class="number">([\d,]+)<', table(client.get("/troops?claimant=own-words").text)) == [
        "30,000", "4", "3,000",
    ]  # fmt: skip
    assert "ships" in table(client.get("/troops?unit=ships").text)


def test_nothing_found_says_what_to_do(client: TestClient, site: Site, empty: Engine) -> None:
    page = client.get("/troops?country=FR&part=force&from=2022-02-01").text
    assert "No troop claim to show" in page
    assert "widen the dates" in page
    assert '<a class="button" href="/troops">All troop claims</a>' in page
    assert "No articles yet" in site(empty).get("/troops").text


def table(page: str) -> str:
    return page[page.index("<tbody>") :]


@pytest.mark.parametrize(
    ("order", "first", "head"),
    [
        ("", "30,000", "Date"),
        ("newest", "50,000", "Date"),
        ("number", "90,000", "Number"),
        ("claimant", "10,000–20,000", "Claimed by"),
        ("odd", "30,000", "Date"),
    ],
)
def test_the_table_has_an_order(
    site: Site, empty: Engine, claims: tuple[ItemRow, ...], order: str, first: str, head: str
) -> None:
    """By date either way, by number or by claimant; the head says which. What is no order is the usual one."""
    assert claims[0].date
    page = site(empty).get(f"/troops?order={order}").text
    assert re.findall(r'class="number">([\d,–]+)<', table(page))[0] == first
    ((sorted_by),) = re.findall(r'aria-sort="\w+"><a href="[^"]+">([^<]+)', page)
    assert sorted_by == head


def test_the_table_says_what_is_denied(site: Site, empty: Engine, claims: tuple[ItemRow, ...]) -> None:
    """The row is struck through, and a badge says it in words."""
    assert claims
    rows = re.findall(r'<tr id="card-\w+"( class="denied")?>(.*?)</tr>', site(empty).get("/troops").text, re.DOTALL)
    assert [("90,000" in row, "Denied" in row) for mark, row in rows if mark] == [(True, True)]


def test_downloads_have_what_is_shown(site: Site, empty: Engine, claims: tuple[ItemRow, ...]) -> None:
    assert claims
    client = site(empty)
    page = client.get("/troops?claimant=DE").text
    found = dict(re.findall(r'<a href="(/troops\.(?:csv|json)[^"]*)" download>(\w+)', page))
    assert found == {"/troops.csv?claimant=DE": "CSV", "/troops.json?claimant=DE": "JSON"}
    rows = list(csv.DictReader(io.StringIO(client.get("/troops.csv?claimant=DE").text)))
    assert {row["quantity"] for row in rows} == {"90000", ">50000"}
    assert len(client.get("/troops.json?claimant=DE").json()["items"]) == 2
    assert len(client.get("/troops.json").json()["items"]) == 7


@pytest.mark.parametrize(("order", "first"), [("", "30000"), ("newest", None), ("number", "90000")])
def test_downloads_have_the_tables_order(
    site: Site, empty: Engine, claims: tuple[ItemRow, ...], order: str, first: str | None
) -> None:
    assert claims
    client = site(empty)
    for path in re.findall(r'<a href="(/troops\.[^"]*)" download', client.get(f"/troops?order={order}").text):
        assert path.endswith(f"order={order}" if order else ("csv", "json"))
    rows = csv.DictReader(io.StringIO(client.get(f"/troops.csv?order={order}").text))
    told = client.get(f"/troops.json?order={order}").json()["items"]
    assert [row["uid"] for row in rows] == [item["uid"] for item in told]
    assert (told[0]["quantity"], len(told)) == (first, 7)


@pytest.mark.parametrize(
    ("chosen", "shown"),
    [
        ("claimant=DE&from=2022-02-16", "kind=troops&country=DE&part=claimant&from=2022-02-16"),
        ("claimant=CZ&unit=troops", "kind=troops&country=CZ&part=claimant"),
        ("claimant=own-words", "kind=troops"),
        ("country=RU&part=force&claimant=DE", "kind=troops&country=RU&part=force"),
    ],
)
def test_the_way_to_the_timeline_keeps_what_that_can_show(
    site: Site, empty: Engine, claims: tuple[ItemRow, ...], chosen: str, shown: str
) -> None:
    assert claims
    client = site(empty)
    (href,) = re.findall(r'<a href="([^"]*)">On the timeline<', client.get(f"/troops?{chosen}").text)
    assert unescape(href) == f"/?{shown}"
    assert client.get(unescape(href)).status_code == 200


def test_the_summary_tells_only_what_the_claims_bear_out(
    site: Site, empty: Engine, claims: tuple[ItemRow, ...]
) -> None:
    """How the highest number rose, from first to last; additions, denials and ships have no part in it."""
    assert claims
    client = site(empty)
    page = client.get("/troops").text
    assert "7 claims by 2 sides, 15–17 February 2022. The highest number of Russia’s forces said to be in place" in page
    assert "rose from 30,000 (an article, 15 February 2022) to more than 50,000 (Germany, 16 February 2022)." in (
        client.get("/troops?country=RU&part=force").text
    )
    assert "rose" not in client.get("/troops?unit=ships").text


def test_countries_take_their_article() -> None:
    assert [possessive(name) for name in ("Russia", "United States", "Netherlands")] == [
        "Russia’s", "the United States’", "the Netherlands’",
    ]  # fmt: skip


def test_odd_names_and_long_ones_stand_on_the_page(site: Site, empty: Engine) -> None:
    """A claimant without a country is a side by name; in the chart long names are cut, in the table they are whole."""
    long, hebrew = "Maximiliana " + "Featherstonehaugh" * 4, "דובר צבאי"
    people = tuple(Actor(name=name, kind=ActorKind.PERSON) for name in (long, hebrew))
    article = Article("One counts 30,000 troops. Two counts 40,000 troops.", actors=(*ACTORS, *people))
    article.claim("30,000 troops", **number("30000", 30_000, 30_000, claimed_by=long))
    article.claim("40,000 troops", **number("40000", 40_000, 40_000, claimed_by=hebrew))
    article.store(empty)
    page = site(empty).get("/troops").text
    assert f"<bdi>{long}</bdi>" in page
    assert f"<bdi>{hebrew}</bdi>" in page
    labels = re.findall(r"</tspan> ([^<]+)</text>", page)
    assert hebrew in labels
    assert max(map(len, labels)) <= 18
    slug = re.findall(r'<option value="([^"]+)">Maximiliana', page)[0]
    assert "40,000" not in table(site(empty).get(f"/troops?claimant={slug}").text)


def test_ten_thousand_items_have_their_cap_and_say_so(site: Site, empty: Engine) -> None:
    add_items(empty, 10_000)
    page = site(empty).get("/troops").text
    assert len(re.findall(r'<tr id="card-', page)) == 300
    assert "Chart and table have the 300 with the largest numbers" in page
    assert len(page) < 1_000_000


def test_the_articles_of_the_samples_are_in_the_ledger(client: TestClient) -> None:
    """Every claim leads to its item and to its place on the timeline."""
    page = client.get("/troops").text
    assert "169,000–190,000" in page
    assert 'href="/?kind=troops&amp;item=' in page
    assert {item["kind"] for item in client.get("/troops.json").json()["items"]} == {"troops"}
