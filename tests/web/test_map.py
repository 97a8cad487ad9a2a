"""The map: its projections, its outlines, which piece of the world it shows, and its page."""

import re
from html import unescape

import numpy as np
import pytest
from conftest import Site
from fastapi.testclient import TestClient
from sqlalchemy import Engine, update

from app.db.engine import writing
from app.db.models import items
from app.db.places import PlaceCount
from app.domain.filters import Facet, Filters
from app.domain.vocabulary import ItemKind
from app.knowledge.country_names import country_in
from app.web import urls
from app.web.maps.disputes import DISPUTES
from app.web.maps.frame import SHEETS, WIDE, Sheet, frame_around, frame_of, whole_world
from app.web.maps.ground import ground
from app.web.maps.joining import Joined
from app.web.maps.outlines import land_at, land_near, outlines
from app.web.maps.projection import around, distance, world
from app.web.maps.regions import is_broad
from app.web.maps.view import Step, View
from app.web.views.map import MapView, map_view
from app.web.views.rings import Mark
from app.web.views.shell import Shell

KYIV, MOSCOW, WASHINGTON, SUVA, APIA = (
    (30.52, 50.45),
    (37.62, 55.75),
    (-77.04, 38.9),
    (178.44, -18.14),
    (-171.76, -13.83),
)


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (*KYIV, "Ukraine"),
        (*MOSCOW, "Russia"),
        (34.4, 45.3, "Crimea"),  # apart from both, to be drawn dashed
        (-179.9, 67.0, "Russia"),  # beyond the date line
        (20.9, 42.6, "Kosovo"),
        (34.3, 43.4, None),  # the Black Sea
    ],
)
def test_a_point_lies_in_its_land(lon: float, lat: float, name: str | None) -> None:
    """Points are found in outlines, also in those that are disputed or cross the date line."""
    land = land_at(lon, lat)
    assert (land.name if land else None) == name


@pytest.mark.parametrize(
    ("lon", "lat", "name"),
    [
        (74.8, 34.1, "Kashmir"),  # Srinagar, which the atlas has in India
        (74.3, 35.9, "Kashmir"),  # Gilgit, in Pakistan
        (79.5, 35.2, "Kashmir"),  # Aksai Chin, in China
        (77.2, 28.6, "India"),  # Delhi
        (77.2, 31.1, "India"),  # Shimla, south of it
        (94.7, 28.2, "Arunachal Pradesh"),
        (35.75, 33.0, "Golan Heights"),
        (35.5, 32.9, "Israel"),  # Safed, west of the Jordan
        (41.0, 43.0, "Abkhazia"),
        (42.7, 42.27, "Georgia"),  # Kutaisi
        (44.0, 42.25, "South Ossetia"),
        (29.6, 46.84, "Transnistria"),  # Tiraspol
        (28.85, 47.0, "Moldova"),  # Chisinau
        (-13.2, 27.15, "Western Sahara"),  # Laayoune, which the atlas has in Morocco
        (-9.6, 30.4, "Morocco"),  # Agadir
        (-59.8, 5.0, "Essequibo"),
        (-57.5, 6.2, "Guyana"),
        (121.5, 25.03, "Taiwan"),
        (34.45, 31.5, "Palestine"),  # Gaza
        (45.3, 9.5, "Somaliland"),
        (145.8, 44.1, "Kuril Islands"),
        (142.7, 47.0, "Russia"),  # Sakhalin
    ],
)
def test_disputed_areas_are_lands_of_their_own(lon: float, lat: float, name: str) -> None:
    """Whoever holds them: the atlas draws possession, and a map that does so too would take a side."""
    land = land_at(lon, lat)
    assert land
    assert land.name == name
    assert (land.dispute is not None) == (name in {dispute.name for dispute in DISPUTES})


def test_each_disputed_area_is_somewhere_and_says_what_it_is() -> None:
    """No entry of the table is lost on the atlas, and each has its parties and a note."""
    areas = {land.name: land for land in outlines().lands if land.dispute}
    assert set(areas) == {dispute.name for dispute in DISPUTES}
    assert all(land.rings and land.dispute and land.dispute.parties and land.dispute.note for land in areas.values())


@pytest.mark.parametrize("tinted", ["UA", "RU"])
def test_a_disputed_area_is_striped_where_either_party_is_tinted(tinted: str) -> None:
    """Crimea is in the tint's stripes whether Ukraine or Russia is tinted, and in neither's plain land."""
    crimea = (33.5, 45.2)
    drawn, other = (ground(WIDE.name, *crimea, 300, code) for code in (tinted, "PL"))
    assert drawn.claimed
    assert not other.claimed
    assert drawn.claimed in other.disputed
    assert any("Crimea" in note for note in drawn.notes)


def test_ports_belong_to_the_land_beside_them() -> None:
    """New York stands in the water on outlines this coarse; the Black Sea is nobody's."""
    assert (land := land_near(-74.01, 40.71))
    assert land.name == "United States of America"
    assert land_near(34.3, 43.4) is None


def test_no_outline_jumps_across_the_world() -> None:
    """What crosses the date line is cut there, else it would be drawn as a bar over the whole map."""
    assert all(np.abs(np.diff(ring.lons)).max() < 180 for land in outlines().lands for ring in land.rings)


def test_projections_agree_with_the_globe() -> None:
    """Around a place, distances from it come out right to a few percent; Equal Earth spans the known width."""
    x, y = around(*KYIV).forward(np.array([MOSCOW[0]]), np.array([MOSCOW[1]]))
    flat = float(np.hypot(x, y)[0]) * 6371
    globe = float(distance(*(np.array([each]) for each in (*MOSCOW, *KYIV)))[0])
    assert globe == pytest.approx(756, abs=5)
    assert flat == pytest.approx(globe, rel=0.01)
    right, _ = world().forward(np.array([180.0]), np.array([0.0]))
    assert float(right[0]) == pytest.approx(2.7066, abs=1e-3)


@pytest.mark.parametrize("point", [KYIV, SUVA, (60.0, 0.0), (140.0, -55.0), (100.0, 80.0)])
def test_projections_lead_back(point: tuple[float, float]) -> None:
    """What is drawn at a point of the plane is found there again."""
    for projection in (around(30, 45), around(-170, -20), world()):
        x, y = (float(part[0]) for part in projection.forward(np.array([point[0]]), np.array([point[1]])))
        assert projection.back(x, y) == pytest.approx(point, abs=1e-6)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_the_frame_holds_most_items_and_leaves_a_few_far_ones_out(sheet: Sheet) -> None:
    """A hundred items in Kyiv and Moscow are not shrunk for two in Washington."""
    frame = frame_of([KYIV, MOSCOW, WASHINGTON], [80, 20, 2], sheet)
    assert frame.point(*KYIV)
    assert frame.point(*MOSCOW)
    assert frame.point(*WASHINGTON) is None
    assert frame.km < 3_000


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
@pytest.mark.parametrize(
    "points", [[KYIV], [SUVA, APIA], [KYIV, SUVA, WASHINGTON], [], [(0.0, 89.9)], [(166.7, -77.8)]]
)
def test_any_points_make_a_frame(points: list[tuple[float, float]], sheet: Sheet) -> None:
    """One place, places on both sides of the date line, the whole world, none, the poles."""
    frame = frame_of(points, [1] * len(points), sheet)
    assert all(frame.point(*point) for point in points) or frame.is_world
    assert frame.shapes(outlines().points) is not None


def test_far_places_on_both_sides_of_the_date_line_are_shown_side_by_side() -> None:
    """Fiji and Samoa are neighbours: the frame is no wider than the sea between them."""
    assert frame_of([SUVA, APIA], [1, 1], WIDE).km < 2_000


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ukraine", "UA"),
        ("near Ukraine", "UA"),
        ("Ukraine’s borders", "UA"),
        ("the Polish border", "PL"),
        ("the border", None),
        ("", None),
    ],
)
def test_the_country_in_a_place(text: str, code: str | None) -> None:
    """Places that are no more than a country, or lie at its borders, are counted for it."""
    assert country_in(text) == code


@pytest.mark.parametrize("text", ["", "1,2", "nan,0,500", "0,0,-5", "200,0,500", "a,b,c", "0,0,inf"])
def test_odd_views_are_ignored(text: str) -> None:
    """An address that somebody mistyped shows the usual map."""
    assert View.read(text) is None


def test_a_view_is_read_as_it_was_written() -> None:
    """The links that move the map lead where they say."""
    view = View(30.5, 50.4, 1200)
    assert View.read(view.written()) == view


@pytest.mark.parametrize(
    "text", ["", "1,2,3", "a,b,c,wide", "0,0,0,wide", "0,0,nan,wide", "99,0,1,tall", "0,0,1,round"]
)
def test_odd_steps_are_ignored(text: str) -> None:
    """Only the page's own script writes them."""
    assert Step.read(text) is None


@pytest.mark.parametrize("sheet", ["wide", "tall"])
def test_steps_lead_where_they_point(sheet: str) -> None:
    """East is east, closer is closer, and there and back is where one was; the globe is the end of it."""
    view = View(30, 50, 2_000)
    assert view.after(Step(0.1, 0, 1, sheet)).lon > 35
    assert view.after(Step(0, 0, 2, sheet)) == View(30, 50, 1_000)
    assert view.after(Step(0, 0, 0.01, sheet)) == View(0, 0, 40_000)
    assert view.after(Step(0, 0, 0.01, sheet)).after(Step(0, 0, 2, sheet)).km <= 9_000
    near_the_date_line = View(179, -15, 2_000).after(Step(0.1, 0, 1, sheet))
    assert -180 <= near_the_date_line.lon < -170


def place(name: str, count: int, position: tuple[float, float] | None = None) -> PlaceCount:
    """A place with so many diplomatic moves; `position` is longitude and latitude."""
    at = (position[1], position[0]) if position else None
    return PlaceCount(name=name, position=at, counts={ItemKind.DIPLOMATIC: count})


def page(*places: PlaceCount, view: View | None = None) -> MapView:
    """The map of the places."""
    return map_view(
        places, 0, Filters(), view, shell=Shell(site_title="Site"), span="", kinds={}, facets={Facet.COUNTRY: ()}
    )


def marks(found: MapView, sheet: Sheet = WIDE) -> tuple[Mark, ...]:
    """The rings on one sheet."""
    return next(drawing.marks for drawing in found.drawings if drawing.sheet == sheet)


def test_near_rings_become_one_that_leads_to_the_items_of_all() -> None:
    """Two places of one town are one ring, which says how many others it adds, and which."""
    near = (KYIV[0] + 0.05, KYIV[1])
    found = marks(page(place("Kyiv", 9, KYIV), place("Boryspil", 1, near), place("Moscow", 5, MOSCOW)))
    assert [(mark.text, mark.count) for mark in found] == [("Kyiv +1", 10), ("Moscow", 5)]
    assert found[0].members == "Kyiv 9, Boryspil 1"
    assert [mark.href for mark in found] == ["/?place=Boryspil&place=Kyiv", "/?place=Moscow"]


def test_links_keep_the_filters_and_their_order() -> None:
    """They are what `href` would write, whatever signs the names have."""
    filters = Filters(kinds=(ItemKind.TROOPS,), places=("Minsk",), text="a=%00&b", excluded=((Facet.PLACE, "Riga"),))
    link = urls.href_of_values("/", filters, Facet.PLACE)
    for names in (("Kyiv",), ("Ukraine’s border", "-1 Bay"), ("a&b=c", "x")):
        assert link(names) == urls.href("/", filters.with_chosen(Facet.PLACE, names))


def test_what_is_known_to_the_country_only_stands_in_it_as_such() -> None:
    """ "Ukraine" and "near Ukraine" are one dashed ring somewhere in Ukraine, and the caption counts all."""
    found = page(
        place("Moscow", 5, MOSCOW),
        place("Kyiv", 5, KYIV),
        place("Ukraine", 3),
        place("near Ukraine", 1),
        place("the border", 2),
    )
    [whole] = [mark for mark in marks(found) if mark.is_whole]
    assert (whole.text, whole.count, whole.members) == ("Ukraine +1", 4, "Ukraine 3, near Ukraine 1")
    assert whole.href == "/?place=Ukraine&place=near+Ukraine"
    assert (found.placed, found.unplaced) == (14, 2)


def test_a_region_is_no_point() -> None:
    """Its ring is dashed as a country's is and says why, unless a town is in it, too."""
    east, donetsk = (37.8, 48.5), (37.8, 48.02)
    found = page(place("Kyiv", 9, KYIV), place("eastern Ukraine", 4, east), place("Black Sea", 1, (34.0, 43.4)))
    assert [(mark.text, mark.is_whole, mark.told) for mark in marks(found)] == [
        ("Kyiv", False, "9 diplomatic moves"),
        ("eastern Ukraine", True, "4 diplomatic moves; only the area is named"),
        ("Black Sea", True, "1 diplomatic move; only the area is named"),
    ]
    both = page(place("eastern Ukraine", 4, east), place("Donetsk", 2, donetsk), view=View(*east, 4_000))
    assert [(mark.text, mark.is_whole) for mark in marks(both)] == [("eastern Ukraine +1", False)]


def test_what_is_too_broad_for_a_point_is_named_beside_the_map() -> None:
    """No ring is invented for Europe; its items are a link away, and count as neither placed nor lost."""
    found = page(place("Kyiv", 9, KYIV), place("eastern Europe", 4, (25, 50)), place("the Middle East", 1, (43, 30)))
    assert [mark.text for mark in marks(found)] == ["Kyiv"]
    assert [(line.name, line.count, line.href) for line in found.broad] == [
        ("eastern Europe", 4, "/?place=eastern+Europe"),
        ("the Middle East", 1, "/?place=the+Middle+East"),
    ]
    assert (found.placed, found.unplaced) == (9, 0)
    assert not is_broad("Black Sea")


def test_what_lies_outside_the_map_is_counted_and_listed() -> None:
    """Nothing is lost: the caption has the number, the list has the place."""
    found = page(place("Kyiv", 90, KYIV), place("Washington", 2, WASHINGTON))
    assert found.drawings[0].beyond == 2
    assert [line.outside for line in found.lines] == [(), ("wide", "tall")]
    assert [line.code and line.code.code for line in found.lines] == ["UA", "US"]


def test_what_is_disputed_gets_no_country() -> None:
    """Neither a code in the list nor a country's tint."""
    found = page(place("Simferopol", 9, (34.1, 44.95)), place("Kyiv", 2, KYIV))
    assert [(line.code and line.code.code, line.note) for line in found.lines] == [(None, "disputed"), ("UA", "")]
    assert found.tint == "Ukraine"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_names_and_rings_stay_clear_of_each_other(sheet: Sheet) -> None:
    """Where many places stand close, rings join until none touch, and names that have no room are left out."""
    chance = np.random.default_rng(1)
    spots = [(float(lon), float(lat)) for lon, lat in chance.uniform((22, 45), (40, 53), (60, 2))]
    found = page(*(place(f"Place {n}", n + 1, at) for n, at in enumerate(spots)), view=View(31, 49, 1_300))
    drawing = next(each for each in found.drawings if each.sheet == sheet)
    boxes = []
    for mark in drawing.marks:
        x, y = mark.x * sheet.width / 100 / sheet.unit, mark.y * sheet.height / 100 / sheet.unit
        boxes.append((x - mark.radius, y - mark.radius, x + mark.radius, y + mark.radius))
        assert all(
            np.hypot(x - other.x * sheet.width / 100 / sheet.unit, y - other.y * sheet.height / 100 / sheet.unit)
            >= mark.radius + other.radius - 0.5
            for other in drawing.marks
            if other is not mark
        )
        if mark.label:
            start = {"start": 0.0, "middle": 0.5, "end": 1.0}[mark.label.anchor]
            wide = 6 * len(mark.text)
            boxes.append((x + mark.label.x - start * wide, y + mark.label.y - 9, 0, y + mark.label.y + 1))
            boxes[-1] = (boxes[-1][0], boxes[-1][1], boxes[-1][0] + wide, boxes[-1][3])
    assert sum(mark.count for mark in drawing.marks) + drawing.beyond == found.placed
    assert sum(mark.label is not None for mark in drawing.marks) > 5
    labels = [box for box in boxes if box[3] - box[1] == 10]
    assert not [
        (one, other)
        for one in labels
        for other in boxes
        if one is not other and one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


def test_the_drawing_stays_near_its_sheet() -> None:
    """No coordinate is far outside, however large the countries are."""
    for sheet in SHEETS:
        for frame in (frame_around(*KYIV, 2_000, sheet), frame_around(179, 66, 2_000, sheet), whole_world(sheet)):
            points = np.concatenate(list(frame.shapes(outlines().points).values()))
            assert np.abs(points).max() <= 1.3 * max(sheet.width, sheet.height)


def test_a_border_is_one_line_from_both_sides() -> None:
    """Outlines lose what would not be seen, and neighbours the same: nearly all points of Poland's are others', too."""
    frame = frame_around(19, 52, 1_500, WIDE)
    world_outlines = outlines()
    owners = [land.name for land in world_outlines.lands for _ in land.rings]
    points: dict[str, set[tuple[int, int]]] = {}
    for number, shape in frame.shapes(world_outlines.points).items():
        points.setdefault(owners[number], set()).update((x, y) for x, y in shape.tolist())
    others = set().union(*(own for name, own in points.items() if name != "Poland"))
    inland = {(x, y) for x, y in points["Poland"] if y > 250}  # the rest is coast
    assert len(inland) > 50
    assert len(inland & others) > 0.9 * len(inland)
    [land] = [land for land in world_outlines.lands if land.name == "Poland"]
    assert len(points["Poland"]) < 0.8 * sum(len(ring.lons) for ring in land.rings)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_name_stands_behind_the_buttons(sheet: Sheet) -> None:
    """A ring beside them has its name where one can read it."""
    view = View(25, 50, 1_900)
    frame = frame_around(view.lon, view.lat, view.km, sheet)
    left = sheet.width / sheet.unit - sheet.buttons[0]  # pixels
    x, y = (left - 20) * sheet.unit - sheet.width / 2, sheet.height / 2 - 40 * sheet.unit
    beside = frame.projection.back(x / frame.scale, y / frame.scale)
    found = page(place("Beside the buttons", 5, beside), view=view)
    [mark] = marks(found, sheet)
    assert mark.label
    assert mark.label.anchor == "end"


def test_the_caption_speaks_of_what_is_drawn() -> None:
    """Neither of dashes nor of a tint where there are none; a country that is out of view is said to be."""
    found = page(place("Kyiv", 9, KYIV), place("China", 1))
    assert (found.tint, found.has_dashed) == ("Ukraine", False)
    assert [line.outside for line in found.lines] == [(), ("wide", "tall")]
    far = page(place("Kyiv", 9, KYIV), place("China", 1), view=View(105, 35, 4_000))
    assert (far.tint, far.has_dashed) == ("", True)
    assert [line.outside for line in far.lines] == [("wide", "tall"), ()]


@pytest.mark.parametrize(
    ("places", "country", "note"),
    [
        ([("Taipei", (121.5, 25.03)), ("Taiwan Strait", (119.5, 24.5)), ("Beijing", (116.4, 39.9))], "China", "Taiwan"),
        ([("Gaza City", (34.45, 31.5)), ("Jerusalem", (35.2, 31.77))], "Egypt", "Golan"),
        ([("Khartoum", (32.53, 15.6)), ("El Fasher", (25.35, 13.63)), ("Abyei", (28.4, 9.6))], "Sudan", "Abyei"),
        ([("Caracas", (-66.9, 10.5)), ("Georgetown", (-58.16, 6.8))], "Venezuela", "Essequibo"),
        ([("Srinagar", (74.8, 34.1)), ("Lahore", (74.35, 31.55))], "Pakistan", "Kashmir"),
        ([("Suva", SUVA), ("Apia", APIA)], "Fiji", ""),
        ([("Longyearbyen", (15.6, 78.2)), ("Murmansk", (33.1, 68.97))], "Finland", ""),
        ([("Kyiv", KYIV), ("Suva", SUVA), ("Washington", WASHINGTON)], "Brazil", "Kashmir"),
    ],
    ids=["Taiwan Strait", "Israel", "Sudan", "Guyana", "Kashmir", "Pacific", "Arctic", "world"],
)
def test_any_crisis_gets_its_map(places: list[tuple[str, tuple[float, float]]], country: str, note: str) -> None:
    """With land, the names of countries, and what is disputed there."""
    found = page(*(place(name, 5, at) for name, at in places))
    drawing = found.drawings[0]
    assert drawing.ground.land
    assert sum(mark.count for mark in drawing.marks) == 5 * len(places)
    assert country in {name.text for name in drawing.names} or country == found.tint
    assert note in "; ".join(drawing.ground.notes)


@pytest.fixture(autouse=True)
def positions(request: pytest.FixtureRequest) -> None:
    """The sample articles' Moscow is known to lie where it does."""
    if "client" in request.fixturenames:
        with writing(request.getfixturevalue("engine")) as conn:
            conn.execute(update(items).where(items.c.place == "Moscow").values(lon=MOSCOW[0], lat=MOSCOW[1]))


def test_the_page_shows_the_places_of_what_is_chosen(client: TestClient) -> None:
    """The rings lead to the timeline under the same filters, with the place added."""
    shown = client.get("/map?kind=diplomatic").text
    assert 'href="/?kind=diplomatic&amp;place=Moscow"' in shown
    assert re.search(r"\d+ items? in view", shown)
    assert client.get("/map?view=30,50,1000").status_code == 200
    assert client.get("/map?view=what&kind=nonsense").status_code == 200


def test_a_map_without_places_says_so(client: TestClient, site: Site, empty: Engine) -> None:
    """No match is no error, and the first run says what to do."""
    assert "No place to show" in client.get("/map?place=Atlantis").text
    assert "No articles yet" in site(empty).get("/map").text


def test_the_map_as_data(client: TestClient) -> None:
    """The page's address with .json has the same places under the same filters."""
    found = client.get("/map.json?kind=diplomatic").json()
    assert "Moscow" in {place["name"] for place in found["places"]}
    assert all(set(place["items"]) == {"diplomatic"} for place in found["places"])


def test_a_move_is_answered_with_the_part_that_changes_and_its_address(client: TestClient) -> None:
    """The page's script sends how far the map was moved; the address that comes back says where that is."""
    asked = {"HX-Request": "true", "HX-Target": "div#map-view"}
    answer = client.get("/map?kind=diplomatic&view=30,50,2000&by=0,0,2,tall", headers=asked)
    assert "<html" not in answer.text
    assert answer.headers["HX-Push-Url"] == "/map?kind=diplomatic&view=30.00%2C50.00%2C1000"
    assert 'data-view="30.00,50.00,1000"' in answer.text


def test_the_forms_empty_fields_leave_the_address(client: TestClient) -> None:
    """A plain form sends all its fields; the address stays what it means."""
    answer = client.get("/map?kind=diplomatic&from=2022-02-01&to=&country=", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/map?kind=diplomatic&from=2022-02-01")


def test_what_is_set_stands_above_the_map_in_words(client: TestClient) -> None:
    """Chips name actors as people do, take themselves away, and leave the view as it is."""
    shown = unescape(client.get("/map?actor=liz-truss&from=2022-02-01&to=2022-02-20&view=30,50,2000").text)
    assert re.search(r'href="/map\?from=2022-02-01&to=2022-02-20&view=[^"]*">Liz Truss<', shown)
    assert "1 Feb – 20 Feb 2022</span></h1>" in shown
    [span] = re.findall(r'<h1>.*<span class="span">(.*)</span></h1>', client.get("/").text) or [""]
    assert span in client.get("/map").text


def test_kinds_that_name_no_place_are_not_offered(client: TestClient) -> None:
    """A kind that is chosen has its button all the same, to be taken away."""
    offered = set(re.findall(r'id="kind-(\w+)"', client.get("/map").text))
    with_kind = client.get("/map?kind=diplomatic").text
    assert set(re.findall(r'id="kind-(\w+)"', with_kind)) == offered | {"diplomatic"}
    placed = client.get("/map.json").json()["places"]
    assert offered == {kind for place in placed for kind in place["items"]}


def test_rings_at_the_edge_are_whole_and_apart() -> None:
    rings = Joined[int](lambda total: 10.0 + total, 200, 300)
    corners = [(0.0, 0.0), (200.0, 0.0), (199.0, 300.0), (3.0, 290.0), (198.0, 150.0), (190.0, 180.0)]
    for number, (x, y) in enumerate(corners):
        rings.add(x, y, 5 + number, number)
    rings.settle()
    for ring in rings.rings:
        assert ring.radius <= ring.x <= 200 - ring.radius
        assert ring.radius <= ring.y <= 300 - ring.radius
        assert not any(ring.touches(other) for other in rings.rings if other is not ring)
    assert sorted(member for ring in rings.rings for member in ring.members) == list(range(len(corners)))
