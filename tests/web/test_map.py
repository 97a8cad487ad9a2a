"""The map: its projections, its outlines, which piece of the world it shows, and its page."""

import re

import numpy as np
import pytest
from conftest import Site
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from app.db.places import PlaceCount
from app.domain.filters import Filters
from app.domain.vocabulary import ItemKind
from app.knowledge.country_names import country_in
from app.web.maps.frame import HEIGHT, WIDTH, frame_around, frame_of, whole_world
from app.web.maps.outlines import land_at, outlines
from app.web.maps.projection import around, distance, world
from app.web.views.map import MapPage, map_page
from app.web.views.rings import View
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


def test_disputed_lands_say_what_is_disputed() -> None:
    """Each has a note, and lines around it that are drawn apart."""
    assert {land.name for land in outlines().lands if land.note} >= {"Crimea", "Kosovo", "Taiwan", "W. Sahara"}
    assert any(line.is_disputed for line in outlines().lines)


def test_no_outline_jumps_across_the_world() -> None:
    """What crosses the date line is cut there, else it would be drawn as a bar over the whole map."""
    assert all(np.abs(np.diff(ring.lons)).max() < 180 for land in outlines().lands for ring in land.rings)
    assert all(np.abs(np.diff(line.lons)).max(initial=0) < 180 for line in outlines().lines)


def test_projections_agree_with_the_globe() -> None:
    """Around a place, distances from it come out right to a few percent; Equal Earth spans the known width."""
    x, y = around(*KYIV).forward(np.array([MOSCOW[0]]), np.array([MOSCOW[1]]))
    flat = float(np.hypot(x, y)[0]) * 6371
    globe = float(distance(np.array([MOSCOW[0]]), np.array([MOSCOW[1]]), *KYIV)[0])
    assert globe == pytest.approx(756, abs=5)
    assert flat == pytest.approx(globe, rel=0.01)
    right, _ = world().forward(np.array([180.0]), np.array([0.0]))
    assert float(right[0]) == pytest.approx(2.7066, abs=1e-3)


def test_the_frame_holds_most_items_and_leaves_a_few_far_ones_out() -> None:
    """A hundred items in Kyiv and Moscow are not shrunk for two in Washington."""
    frame = frame_of([KYIV, MOSCOW, WASHINGTON], [80, 20, 2])
    assert frame.point(*KYIV)
    assert frame.point(*MOSCOW)
    assert frame.point(*WASHINGTON) is None
    assert frame.width_km < 3_000


@pytest.mark.parametrize("points", [[KYIV], [SUVA, APIA], [KYIV, SUVA, WASHINGTON], [], [(0.0, 89.9)]])
def test_any_points_make_a_frame(points: list[tuple[float, float]]) -> None:
    """One place, places on both sides of the date line, the whole world, none, the pole."""
    frame = frame_of(points, [1] * len(points))
    assert all(frame.point(*point) for point in points) or frame.is_world
    assert frame.shapes(outlines().land_points) is not None


def test_far_places_on_both_sides_of_the_date_line_are_shown_side_by_side() -> None:
    """Fiji and Samoa are neighbours: the frame is no wider than the sea between them."""
    assert frame_of([SUVA, APIA], [1, 1]).width_km < 3_000


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


def place(name: str, count: int, position: tuple[float, float] | None = None) -> PlaceCount:
    """A place with so many diplomatic moves; `position` is longitude and latitude."""
    at = (position[1], position[0]) if position else None
    return PlaceCount(name=name, position=at, counts={ItemKind.DIPLOMATIC: count})


def page(*places: PlaceCount, view: View | None = None) -> MapPage:
    """The map of the places."""
    return map_page(places, 0, Filters(), view, shell=Shell(site_title="Site"), span="")


def test_near_rings_become_one_that_leads_closer() -> None:
    """Two places of one town are one ring; a click on it zooms in, where a lone ring opens the timeline."""
    near = (KYIV[0] + 0.05, KYIV[1])
    found = page(place("Kyiv", 9, KYIV), place("Boryspil", 1, near), place("Moscow", 5, MOSCOW))
    assert [(mark.text, mark.count) for mark in found.marks] == [("Kyiv +1", 10), ("Moscow", 5)]
    assert found.marks[0].href.startswith("/map?view=")
    assert found.marks[1].href == "/?place=Moscow"


def test_what_is_known_to_the_country_only_stands_in_it_as_such() -> None:
    """ "Ukraine" and "near Ukraine" are one dashed ring somewhere in Ukraine, and the caption counts all."""
    found = page(
        place("Moscow", 5, MOSCOW),
        place("Kyiv", 5, KYIV),
        place("Ukraine", 3),
        place("near Ukraine", 1),
        place("the border", 2),
    )
    [whole] = [mark for mark in found.marks if mark.is_whole]
    assert (whole.text, whole.count) == ("Ukraine", 4)
    assert whole.href == "/?place=Ukraine&place=near+Ukraine"
    assert (found.placed, found.unplaced, found.beyond) == (14, 2, 0)


def test_what_lies_outside_the_map_is_counted_and_listed() -> None:
    """Nothing is lost: the caption has the number, the list has the place."""
    found = page(place("Kyiv", 90, KYIV), place("Washington", 2, WASHINGTON))
    assert found.beyond == 2
    assert [line.where for line in found.lines] == ["", "outside this map"]


def test_names_stay_clear_of_each_other() -> None:
    """Of two rings side by side, both names are shown, one of them not below."""
    found = page(place("Kyiv", 9, KYIV), place("Chernihiv", 8, (31.3, 51.5)), view=View(*KYIV, 2_000))
    assert all(mark.label for mark in found.marks)
    assert len({(mark.label.x, mark.label.y) for mark in found.marks if mark.label}) == 2


def test_the_drawing_stays_near_its_sheet() -> None:
    """No coordinate is far outside, however large the countries are."""
    for frame in (frame_around(*KYIV, 2_000), frame_around(179, 66, 2_000), whole_world()):
        points = np.concatenate(list(frame.shapes(outlines().land_points).values()))
        assert np.abs(points).max() <= 1.2 * max(WIDTH, HEIGHT)


def test_the_page_shows_the_places_of_what_is_chosen(client: TestClient) -> None:
    """The rings lead to the timeline under the same filters, with the place added."""
    shown = client.get("/map?kind=diplomatic").text
    assert 'href="/?kind=diplomatic&amp;place=Moscow"' in shown
    assert re.search(r"\d+ items? placed", shown)
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
