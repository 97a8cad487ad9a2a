"""The views' own rules: the URL, dates in words, marks in a text, the overview; odd input never breaks a page."""

from datetime import date, timedelta

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from app.db.rows import DayCount
from app.domain.edtf import parse_edtf
from app.domain.filters import Facet, Filters
from app.domain.vocabulary import EventCategory, ItemKind, Modality, Part, Polarity, Precision
from app.web import urls
from app.web.views import words
from app.web.views.overview import Overview, overview
from app.web.views.reading import Marked, coverage, paragraphs, sentence_around

ODD = [
    "kind=nothing", "kind=", "country=%00", "actor=" + "x" * 5000, "q=%00", "q=%22%22", "q=%22unclosed", "q=*",
    "q=a+OR+", "q=NEAR(",
    "q=%F0%9F%92%A3", "q=%ff%fe", "from=2022-02-31", "from=99999-01-01", "from=0001-01-01&to=9999-12-31",
    "from=2022-02-20&to=2022-02-10", "to=tomorrow", "modality=x", "sort=sideways",
    "kind=-", "kind=--troops", "country=-", "place=%2B", "precision=-none&polarity=-asks",
    "outlet=-x&outlet=x", "actor=-liz-truss&actor=Truss", "item=%2e%2e%2fetc",
    "with=&with=XX&with=nobody", "part=x&part=party&actor=nobody", "category=meet&category=x", "seen=%3Cb%3E",
    "kind=troops&kind=troops", "&&&=", "q=" + "word+" * 400, "country=" + "&country=".join("AABBCCDD"), "as_of=2022",
]  # fmt: skip


@pytest.mark.parametrize("query", ODD)
def test_odd_addresses_show_a_page(client: TestClient, query: str) -> None:
    response = client.get(f"/?{query}", follow_redirects=True)
    assert response.status_code == 200
    swap = client.get(f"/?{query}", headers={"HX-Request": "true", "HX-Target": "div#results"})
    assert swap.status_code == 200


@pytest.mark.parametrize("after", ["x", "1-2", "20220210-20220210-x", "20229999-20220210-1", "-", "٣", "9" * 40])
def test_a_page_that_never_was_is_said(client: TestClient, after: str) -> None:
    for path in ("/", "/articles"):
        response = client.get(path, params={"after": after})
        assert response.status_code == 400
        assert "go back to the start" in response.text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    query=st.lists(
        st.tuples(
            st.sampled_from(["kind", "country", "actor", "q", "from", "to", "modality", "sort", "item", "seen"]),
            st.text(max_size=30),
        ),
        max_size=6,
    )
)
def test_no_address_breaks_the_timeline(client: TestClient, query: list[tuple[str, str]]) -> None:
    clean = [(key, value.encode("utf-8", "ignore").decode()) for key, value in query]
    assert client.get("/", params=clean).status_code in {200, 303}


FILTERS = st.builds(
    Filters,
    kinds=st.sets(st.sampled_from(ItemKind)).map(tuple),
    countries=st.sets(st.sampled_from(["RU", "UA", "EU"])).map(lambda found: tuple(sorted(found))),
    actors=st.sets(st.sampled_from(["liz-truss", "nato"])).map(lambda found: tuple(sorted(found))),
    organisations=st.sets(st.sampled_from(["nato", "european-union"])).map(lambda found: tuple(sorted(found))),
    places=st.sets(st.sampled_from(["near Kyiv", "-1 Radio", "+1"])).map(lambda found: tuple(sorted(found))),
    outlets=st.sets(st.sampled_from(["The “Post” & more"])).map(tuple),
    polarities=st.sets(st.sampled_from(Polarity)).map(tuple),
    precisions=st.sets(st.sampled_from(Precision)).map(tuple),
    excluded=st.sets(
        st.sampled_from([(Facet.KIND, "troops"), (Facet.COUNTRY, "BY"), (Facet.PLACE, "--"), (Facet.OUTLET, "+x")])
    ).map(lambda found: tuple(pair for facet in Facet for pair in found if pair[0] is facet)),
    by_report=st.booleans(),
    counterparts=st.sets(st.sampled_from(["UA", "nato"])).map(lambda found: tuple(sorted(found))),
    part=st.none() | st.sampled_from(Part),
    categories=st.sets(st.sampled_from(EventCategory)).map(tuple),
    text=st.sampled_from(["", "two words", "“quote” & more"]),
    first=st.none() | st.dates(date(2000, 1, 1), date(2010, 1, 1)),
    last=st.none() | st.dates(date(2011, 1, 1), date(2020, 1, 1)),
    modalities=st.sets(st.sampled_from(Modality)).map(tuple),
    newest_first=st.booleans(),
)


@given(FILTERS)
def test_an_address_reads_back_as_the_same_choice(filters: Filters) -> None:
    address = urls.href("/", filters)
    again = urls.read_filters(QueryParams(address.partition("?")[2]))
    for facet in Facet:
        out = set(filters.left_out(facet))
        assert set(again.chosen(facet)) == set(filters.chosen(facet)) - out
        assert set(again.left_out(facet)) == out
    assert (again.counterparts, again.part, again.text) == (filters.counterparts, filters.part, filters.text)
    assert (again.first, again.last) == (filters.first, filters.last)
    assert (again.newest_first, again.by_report) == (filters.newest_first, filters.by_report)
    if not any(set(filters.chosen(facet)) & set(filters.left_out(facet)) for facet in Facet):
        assert urls.href("/", again) == address
    assert urls.read_filters(QueryParams(urls.href("", again).partition("?")[2])) == again


def test_what_is_left_out_has_a_minus_in_the_address() -> None:
    query = QueryParams("country=-ru&country=UA&country=RU&kind=-troops&place=%2B-side&outlet=-")
    filters = urls.read_filters(query)
    assert (filters.countries, filters.places, filters.outlets) == (("UA",), ("-side",), ())
    assert filters.excluded == ((Facet.KIND, "troops"), (Facet.COUNTRY, "RU"))
    assert urls.href("/", filters) == "/?kind=-troops&country=UA&country=-RU&place=%2B-side"


def test_an_address_has_no_defaults() -> None:
    assert urls.href("/", Filters()) == "/"
    assert urls.href("/items/x", Filters(kinds=(ItemKind.TROOPS,)), item=None) == "/items/x?kind=troops"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2022-02-15", "15 February 2022"),
        ("2022-02", "February 2022"),
        ("2022", "2022"),
        ("2022-02-16/2022-02-17", "16–17 February 2022"),
        ("2022-01-30/2022-02-02", "30 January – 2 February 2022"),
        ("2021-12-30/2022-01-02", "30 December 2021 – 2 January 2022"),
        ("2022-01/2022-02", "January – February 2022"),
        ("2021/2022", "2021 – 2022"),
    ],
)
def test_dates_keep_their_precision_in_words(value: str, text: str) -> None:
    assert words.fuzzy(parse_edtf(value)) == text


@pytest.mark.parametrize(
    ("value", "figure", "meaning"),
    [
        (">100000", "100,000", "More than"),
        (">=7000", "7,000", "At least"),
        ("<=500", "500", "At most"),
        ("~30000", "30,000", "About"),
        ("169000-190000", "169,000–190,000", "Between"),
        ("70%", "70%", ""),
        ("1000s", "Thousands", ""),
        ("83", "83", ""),
        (None, "", ""),
    ],
)
def test_numbers_keep_their_meaning_in_words(value: str | None, figure: str, meaning: str) -> None:
    assert words.quantity(value) == (figure, meaning)


TEXT = "He came. “We, the U.S. team, saw 3.5 million,” said Mr. Fox. Then he left.\nA second paragraph. End"
SPANS = st.lists(st.tuples(st.integers(-5, 110), st.integers(-5, 110)), max_size=12)


@given(SPANS, st.none() | st.tuples(st.integers(0, 95), st.integers(0, 95)))
def test_marks_never_change_a_letter(spans: list[tuple[int, int]], chosen: tuple[int, int] | None) -> None:
    marks = [Marked(str(n), ItemKind.TROOPS, start, end, "") for n, (start, end) in enumerate(spans)]
    current = Marked("x", ItemKind.TROOPS, *chosen, "") if chosen else None
    found = list(paragraphs(TEXT, marks, current))
    assert "\n".join("".join(piece.text for piece in paragraph.pieces) for paragraph in found) == TEXT
    begun = [uid for paragraph in found for piece in paragraph.pieces for uid in piece.begun]
    assert len(begun) == len(set(begun))
    at = 0
    for paragraph in found:
        for piece in paragraph.pieces:
            if piece.item:
                assert piece.item.start <= at
                assert at + len(piece.text) <= piece.item.end
            at += len(piece.text)
        at += 1


def test_nested_items_open_the_inner_one() -> None:
    outer, inner = Marked("o", ItemKind.STATEMENT, 0, 20, ""), Marked("i", ItemKind.TROOPS, 5, 9, "")
    pieces = next(iter(paragraphs("x" * 30, [outer, inner]))).pieces
    assert [(piece.text, piece.item.uid if piece.item else None, piece.around) for piece in pieces] == [
        ("xxxxx", "o", None), ("xxxx", "i", ItemKind.STATEMENT), ("x" * 11, "o", None), ("x" * 10, None, None),
    ]  # fmt: skip


def test_the_sentence_of_a_span_is_whole() -> None:
    at = TEXT.index("saw")
    start, end = sentence_around(TEXT, 0, TEXT.index("\n"), at, at + 3)
    assert TEXT[start:end] == "“We, the U.S. team, saw 3.5 million,” said Mr. Fox."


DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1)) | st.dates(date(2022, 1, 1), date(2022, 3, 1)) | st.dates()


def count(day: date, number: int = 1, kind: ItemKind = ItemKind.DIPLOMATIC) -> DayCount:
    return DayCount(day=day, kind=kind, count=number)


def figure_of(days: list[DayCount], filters: Filters | None = None) -> Overview | None:
    return overview(days, filters or Filters(), days)


def test_days_stay_in_their_place_under_a_filter() -> None:
    everything = [count(date(2022, 2, 1), 5), count(date(2022, 2, 20), 5), count(date(2022, 2, 24), 98)]
    whole, part, none = (overview(days, Filters(), everything) for days in (everything, everything[1:2], []))
    assert whole
    assert part
    assert none
    assert [part.bars[0].x] == [bar.x for bar in whole.bars if bar.href == part.bars[0].href]
    assert part.ticks == whole.ticks == none.ticks
    assert none.bars == ()


def test_what_filters_leave_out_stays_as_an_outline() -> None:
    everything = [count(date(2022, 2, 7), 1), count(date(2022, 2, 20), 2)]
    whole, part, none = (overview(days, Filters(), everything) for days in (everything, everything[1:], []))
    assert whole
    assert part
    assert none
    assert whole.backdrop == ""
    assert part.backdrop == none.backdrop
    assert none.backdrop.startswith("M0 58V37H1V58H2")
    assert none.backdrop.endswith("V16H14V58")


def test_the_axis_has_whole_weeks() -> None:
    figure = figure_of([count(date(2022, 2, 3), 5), count(date(2022, 3, 15), 5)])
    assert figure
    assert (figure.start, figure.end) == (date(2022, 1, 31), date(2022, 3, 20))
    assert (figure.first, figure.last) == (date(2022, 2, 3), date(2022, 3, 15))


def test_no_days_no_figure() -> None:
    assert figure_of([]) is None


def test_a_lone_day_has_days_around_it() -> None:
    figure = figure_of([count(date(2022, 2, 24), 98)])
    assert figure is not None
    assert len(figure.bars) == 1
    assert figure.bars[0].width < 10
    assert figure.bars[0].label == "24 Feb · 98"


def test_days_far_from_the_crisis_are_told_in_words() -> None:
    figure = figure_of([count(date(1994, 12, 5), 2), count(date(2022, 2, 10), 3), count(date(2022, 2, 24), 9)])
    assert figure is not None
    assert figure.first == date(2022, 2, 10)
    assert figure.earlier == ("2 items before 10 February 2022", "/?to=2022-02-09")
    assert figure.total == 12


@given(st.dictionaries(DAYS, st.integers(1, 500), min_size=1, max_size=60), DAYS)
def test_any_days_make_a_figure_that_fits(days: dict[date, int], chosen: date) -> None:
    figure = figure_of([count(day, number) for day, number in sorted(days.items())], Filters(first=chosen))
    assert figure is not None
    for bar in figure.bars:
        assert bar.x >= 0
        assert bar.x + bar.width <= 100.1
        assert min(segment.y for segment in bar.segments) >= 0
    beyond = sum(int(link[0].split()[0].replace(",", "")) for link in (figure.earlier, figure.later) if link)
    assert figure.total + beyond == sum(days.values())
    assert sum(1 for bar in figure.bars if bar.label) <= 3


@pytest.mark.parametrize(("length", "unit"), [(100, "day"), (600, "week"), (3000, "month")])
def test_long_crises_are_counted_by_week_or_month(length: int, unit: str) -> None:
    days = [count(date(2014, 1, 1) + timedelta(n), 1) for n in range(0, length, 20)]
    figure = figure_of(days)
    assert figure is not None
    assert figure.unit == unit


def test_coverage_tells_which_sentences_gave_items() -> None:
    """Each sentence stands once; an item over two sentences counts for both, and no letter but white space is lost."""
    text = "Mr. Lavrov spoke. “We wait. We hope,” he said. Nobody left.\nSnow fell."
    quote = Marked("q", ItemKind.STATEMENT, text.index("We wait"), text.index(",” he"), "")
    first, second = coverage(text, [quote])
    assert [sentence.text for sentence in first] == [
        "Mr. Lavrov spoke.",
        "“We wait.",
        "We hope,” he said.",
        "Nobody left.",
    ]
    assert [bool(sentence.items) for sentence in first] == [False, True, True, False]
    assert [(sentence.text, sentence.kinds) for sentence in second] == [("Snow fell.", ())]
