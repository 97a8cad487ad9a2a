"""The filters in a browser: what is left out, no match, slow and failed answers, the sheet on a phone, the menu."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

TIMELINE = re.compile(r"^[^/]+//[^/]+/(\?.*)?$")


def test_not_is_seen_by_pointing_and_keeps_the_count_in_view(open_page) -> None:
    page = open_page("/")
    row = page.locator(".tick-row", has_text="Russia").first
    out = row.get_by_role("checkbox", name="Leave out Russia")
    expect(out).to_have_css("opacity", "0")
    row.hover()
    expect(out).to_have_css("opacity", "1")
    count, box = row.locator(".tick-count").bounding_box(), out.bounding_box()
    assert count
    assert box
    assert box["x"] + box["width"] <= count["x"] + count["width"] - 20
    out.check()
    expect(page).to_have_url(re.compile(r"\?country=-RU$"))
    expect(page.locator(".chip")).to_have_text(re.compile("not Russia"))


@pytest.mark.parametrize("js", [True, False])
def test_no_match_offers_what_would_match(open_page, js: bool) -> None:
    page = open_page("/?country=RU&q=nothing&from=2022-01-01&to=2022-12-31", js=js)
    expect(page.get_by_role("heading", name="No item matches")).to_be_visible()
    expect(page.locator("#from")).to_have_value("2022-01-01")
    expect(page.get_by_role("checkbox", name=re.compile("^Russia"))).to_be_checked()
    way = page.locator(".ways li").first
    number = re.search(r"(\d+) item", way.inner_text())
    assert number
    way.get_by_role("link", name="Without “nothing”").click()
    expect(page).to_have_url(re.compile(r"\?country=RU&from=2022-01-01&to=2022-12-31$"))
    expect(page.locator(".counts strong")).to_have_text(number[1])
    expect(page.locator("#q")).to_have_value("")


def test_open_groups_and_their_scroll_outlive_a_change(open_page, crisis) -> None:
    page = open_page("/", site=crisis)
    page.locator("#facet-precision > summary").click()
    page.locator("#more-actor > summary").click()
    filters = page.locator("#filters")
    filters.evaluate("element => { element.scrollTop = 300; }")
    page.get_by_role("checkbox", name=re.compile("^Planned")).check()
    expect(page).to_have_url(re.compile("modality=planned"))
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator("#facet-precision")).to_have_attribute("open", "")
    expect(page.locator("#more-actor")).to_have_attribute("open", "")
    assert filters.evaluate("element => element.scrollTop") > 100


def test_the_focus_is_not_lost_with_the_last_chip(open_page) -> None:
    page = open_page("/?country=RU")
    page.locator(".chip").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator("#counts")).to_be_focused()


def test_what_takes_long_is_shown_and_what_does_not_is_not(open_page) -> None:
    page = open_page("/")
    busy = page.locator("#busy")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(TIMELINE, hold)
    page.get_by_role("checkbox", name=re.compile("^Statements")).check()
    expect(busy).to_have_class(re.compile("is-busy"))
    assert busy.evaluate("element => getComputedStyle(element).visibility") == "hidden"  # not yet: it may be quick
    expect(busy).to_have_css("visibility", "visible")
    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    for route in held:
        route.continue_()
    expect(page).to_have_url(re.compile("kind=statement"))
    expect(busy).to_have_css("visibility", "hidden")
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")


def test_what_failed_can_be_tried_again(open_page, console_errors: list[str]) -> None:
    page = open_page("/")
    cards = page.locator(".card").count()
    page.route(TIMELINE, lambda route: route.abort())
    page.get_by_role("checkbox", name=re.compile("^Statements")).check()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The site does not answer.")
    expect(page.locator(".card")).to_have_count(cards)
    page.unroute(TIMELINE)
    alert.get_by_role("button", name="Try again").click()
    expect(page).to_have_url(re.compile(r"\?kind=statement$"))
    expect(alert).to_be_empty()
    page.route(TIMELINE, lambda route: route.abort())
    page.locator(".chip").click()
    expect(alert).to_contain_text("does not answer")
    page.unroute(TIMELINE)
    alert.get_by_role("button", name="Try again").click()
    expect(page.locator(".chip")).to_have_count(0)
    assert any("ERR_FAILED" in error for error in console_errors)
    console_errors.clear()


def opened_sheet(page: Page) -> None:
    page.get_by_role("button", name="Filters", exact=True).click()
    expect(page.locator("#filters")).to_be_visible()


def test_the_sheet_keeps_the_focus_and_gives_it_back(open_page) -> None:
    page = open_page("/", width=360, height=640, touch=True)
    opened_sheet(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        where = "document.activeElement === document.body || document.activeElement.closest('#filters') !== null"
        assert page.evaluate(where)
    page.get_by_role("checkbox", name=re.compile("^Statements")).check()
    expect(page.get_by_role("button", name=re.compile(r"^Show \d+ item"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"\?kind=statement$"))
    expect(page.locator(".list")).to_have_js_property("inert", value=True)
    page.get_by_role("checkbox", name="Leave out Russia").check()
    expect(page).to_have_url(re.compile(r"kind=statement&country=-RU$"))
    expect(page.get_by_role("dialog", name="Filters")).to_have_attribute("aria-modal", "true")
    page.keyboard.press("Escape")
    expect(page.locator("#filters")).to_be_hidden()
    expect(page.locator(".filters-button")).to_be_focused()
    expect(page.locator(".filters-button")).to_have_attribute("data-count", "2")
    expect(page.locator(".list")).to_have_js_property("inert", value=False)


def test_the_sheet_has_room_for_a_thumb(open_page) -> None:
    page = open_page("/", width=360, height=640, touch=True)
    opened_sheet(page)
    for target in page.locator(".tick-row:visible label, .tick-row:visible .tick-out").all():
        box = target.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 44
        assert box["x"] + box["width"] <= 360


@pytest.mark.parametrize("js", [True, False])
def test_the_menu_of_a_tablet_opens_without_a_mouse(open_page, js: bool) -> None:
    page = open_page("/", width=768, height=1024, touch=True, js=js)
    menu = page.get_by_role("navigation", name="Site")
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link", name="Timeline")).to_be_focused()
    menu.get_by_role("link", name="Help").tap()
    expect(page).to_have_url(re.compile("/help$"))


def test_the_colours_are_told_as_they_change(open_page) -> None:
    page = open_page("/")
    page.get_by_role("button", name="Colours: system").click()
    expect(page.locator("#status")).to_have_text("Colours: light")
    expect(page.get_by_role("button", name="Colours: light")).to_be_visible()
