"""The map by mouse, fingers and keys, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.web.maps.view import View

pytestmark = pytest.mark.browser

DRAWN = "document.querySelector('.map-sheet.wide .land').getAttribute('d')"


def sheet(page: Page) -> dict[str, float]:
    """Where the drawing stands on the screen."""
    box = page.locator(".map-sheet:visible").bounding_box()
    assert box
    return dict(box)


def middle(page: Page) -> tuple[float, float]:
    """The middle of the drawing."""
    box = sheet(page)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def shown(page: Page) -> View:
    """What the drawing says that it shows."""
    view = View.read(page.locator(".map-sheet:visible").get_attribute("data-view") or "")
    assert view
    return view


def test_a_drag_moves_the_map_and_its_address(open_page) -> None:
    """The drawing follows the mouse, then the server draws what is in view; back undoes it."""
    page = open_page("/map")
    before, drawn = shown(page), page.evaluate(DRAWN)
    x, y = middle(page)
    page.mouse.move(x, y + 120)
    page.mouse.down()
    page.mouse.move(x - 200, y + 120, steps=4)
    assert "translate(-200px, 0px)" in (page.locator(".map-plane").first.get_attribute("style") or "")
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"/map\?view=[-0-9.%C]+$"))
    expect(page.locator(".is-asking")).to_have_count(0)
    after = shown(page)
    assert after.lon > before.lon
    assert after.km == pytest.approx(before.km, rel=0.01)
    assert page.evaluate(DRAWN) != drawn
    page.go_back()
    expect(page).to_have_url(re.compile(r"/map$"))
    expect(page.locator(".map-sheet.wide")).to_have_attribute("data-view", before.written())
    page.reload()
    assert shown(page) == before


def test_control_and_the_wheel_zoom_where_the_pointer_is(open_page) -> None:
    """A plain wheel scrolls the page, as everywhere."""
    page = open_page("/map", height=700)
    before = shown(page)
    page.mouse.move(*middle(page))
    page.mouse.wheel(0, 200)
    expect(page).to_have_url(re.compile(r"/map$"))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -100)
    page.keyboard.up("Control")
    expect(page).to_have_url(re.compile("view="))
    assert shown(page).km == pytest.approx(before.km / 2**0.5, rel=0.05)


def test_keys_move_the_map_while_it_has_the_focus(open_page) -> None:
    """Arrows, plus, minus and zero; the focus stays where it was."""
    page = open_page("/map")
    before = shown(page)
    page.locator("#map-frame").focus()
    page.keyboard.press("+")
    expect(page.locator(".map-sheet.wide")).not_to_have_attribute("data-view", before.written())
    closer = shown(page)
    assert closer.km == pytest.approx(before.km / 2, abs=1)
    assert page.evaluate("document.activeElement.id") == "map-frame"
    page.keyboard.press("ArrowRight")
    expect(page.locator(".map-sheet.wide")).not_to_have_attribute("data-view", closer.written())
    assert shown(page).lon > closer.lon
    page.keyboard.press("0")
    expect(page).to_have_url(re.compile(r"/map$"))


def test_two_fingers_zoom_on_a_phone(open_page) -> None:
    """Pinching makes the phone's own drawing closer, and one finger leaves scrolling to the page."""
    page = open_page("/map", width=390, height=844, touch=True)
    before = shown(page)
    box = sheet(page)
    x, y = box["x"] + 190, box["y"] + 150
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]})

    touch("touchStart", (x - 40, y), (x + 40, y))
    for reach in (50, 60, 70, 80):
        touch("touchMove", (x - reach, y), (x + reach, y))
    touch("touchEnd")
    expect(page).to_have_url(re.compile("view="))
    assert shown(page).km == pytest.approx(before.km / 2, rel=0.1)
    assert page.locator("#map-frame").evaluate("(frame) => getComputedStyle(frame).touchAction") == "pan-y"


def test_a_ring_tells_its_places_when_pointed_at(open_page) -> None:
    """The card has the items by kind, for the mouse and for the keyboard."""
    page = open_page("/map")
    ring = page.locator(".map-sheet.wide .ring").first
    ring.hover()
    tip = page.locator(".map-tip")
    expect(tip).to_be_visible()
    expect(tip).to_contain_text(re.compile(r"\d+ (diplomatic move|military move|troop claim)"))
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_filters_change_the_map_in_place(open_page) -> None:
    """A kind, dates, and their chips; the address says all of it."""
    page = open_page("/map")
    page.locator(".map-kinds a").first.click()
    expect(page).to_have_url(re.compile(r"kind="))
    page.locator("#from").fill("2030-01-01")
    expect(page).to_have_url(re.compile(r"from=2030-01-01"))
    expect(page.get_by_role("heading", name="No place to show")).to_be_visible()
    page.get_by_role("link", name="Clear all", exact=True).click()
    expect(page).to_have_url(re.compile(r"/map$"))
    expect(page.locator("#map")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390, 360])
def test_all_of_it_works_without_javascript(open_page, width: int) -> None:
    """Links move the map, the form filters it, and each place is in reach: no ring is cut off."""
    page = open_page("/map", width=width, js=False)
    for ring in page.locator(".map-sheet:visible .ring").all():
        box, name = ring.locator(".disc").bounding_box(), ring.get_attribute("aria-label")
        assert box, name
        assert box["x"] >= 0, name
        assert box["x"] + box["width"] <= width, name
    for name in ("Closer", "To the east", "Wider"):
        page.get_by_role("link", name=name).click()
        expect(page).to_have_url(re.compile(r"view=.*#map"))
    page.goto("/map")
    if width < 860:
        page.get_by_role("button", name="Dates, country").click()
    page.locator("#from").fill("2022-01-01")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"/map\?from=2022-01-01$"))


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (768, 1024), (390, 844), (360, 800)])
def test_map_and_controls_are_in_sight(open_page, width: int, height: int) -> None:
    """Nobody scrolls to reach the buttons, and names stay on the map."""
    page = open_page("/map", width=width, height=height)
    box = page.locator("#map-closer").bounding_box()
    assert box
    assert box["y"] + box["height"] < height
    frame = page.locator("#map-frame").bounding_box()
    assert frame
    for name in page.locator(".map-sheet:visible .ring:not(.unnamed) .ring-name").all():
        text = name.bounding_box()
        assert text
        assert text["x"] >= frame["x"] - 4
        assert text["x"] + text["width"] <= frame["x"] + frame["width"] + 4
