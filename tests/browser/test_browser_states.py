"""The address is the state: reload, back and forward give the same page, and its parts tell the same numbers."""

import json
import re
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from difflib import unified_diff

import pytest
from browsing import MOST_SHIFT, Running, settle, shifts
from playwright.sync_api import Error, Page, expect

from app.services.processing import reprocess_all

pytestmark = pytest.mark.browser

SECONDS_TO_SETTLE = 10


def seen(page: Page) -> str:
    """The whole page as a screen reader has it: texts, links, what is ticked, chosen, typed and unfolded."""
    page.evaluate("() => document.activeElement.blur()")  # what has the focus or the mouse has more to tell
    page.mouse.move(0, 0)
    settle(page)
    expect(page.get_by_role("tooltip")).to_have_count(0)
    return re.sub(r"\n  - status.*", "", page.locator("body").aria_snapshot())  # without what has just been announced


def expect_seen(page: Page, before: str) -> None:
    """The page becomes what it was, to the letter."""
    now, deadline = "", time.monotonic() + SECONDS_TO_SETTLE
    while now != before and time.monotonic() < deadline:
        with suppress(Error):  # the page was being loaded
            now = seen(page)
    if now != before:
        pytest.fail("\n".join(unified_diff(before.splitlines(), now.splitlines(), "before", "now", lineterm="", n=1)))


def open_item(page: Page) -> None:
    page.get_by_role("article").nth(2).get_by_role("link").first.click()
    expect(page.get_by_role("complementary", name="Source")).to_be_visible()


def tick(page: Page) -> None:
    page.get_by_role("checkbox", name=re.compile("^Statements")).check()
    expect(page).to_have_url(re.compile("kind=statement"))


def leave_out(page: Page) -> None:
    page.get_by_role("checkbox", name="Leave out Russia").check(force=True)
    expect(page).to_have_url(re.compile("country=-RU"))


def search(page: Page) -> None:
    page.get_by_role("searchbox", name="Search the timeline").fill('"the border" NOT convoy')
    expect(page).to_have_url(re.compile("q=.*convoy"))


def find_nothing(page: Page) -> None:
    page.get_by_role("searchbox", name="Search the timeline").fill("nothing at all like this")
    expect(page.get_by_role("heading", name="No item matches")).to_be_visible()


def set_dates(page: Page) -> None:
    address = page.url
    page.get_by_role("slider", name=re.compile("^From")).press("PageUp")
    expect(page).not_to_have_url(address)


def sort(page: Page) -> None:
    page.get_by_label("Sort by").select_option("reported-newest")
    expect(page).to_have_url(re.compile("sort=reported-newest"))


def unfold(page: Page) -> None:
    page.get_by_text(re.compile(r"^Show \d+ more from")).first.click()


def darken(page: Page) -> None:
    page.get_by_role("button", name="Colours: system").click()
    page.get_by_role("button", name="Colours: light").click()
    expect(page.get_by_role("button", name="Colours: dark")).to_be_visible()


STEPS = (tick, leave_out, set_dates, search, open_item)


@pytest.mark.parametrize("reach", [open_item, tick, leave_out, search, find_nothing, set_dates, sort, unfold, darken])
def test_a_reload_changes_nothing(open_page, crisis: Running, reach: Callable[[Page], None]) -> None:
    page = open_page("/?from=2022-02-01&to=2022-03-31", site=crisis)
    settle(page)
    reach(page)
    before, address = seen(page), page.url
    page.reload()
    expect_seen(page, before)
    assert page.url == address


def test_a_reload_with_the_sheet_open_keeps_what_was_ticked(open_page, crisis: Running) -> None:
    page = open_page("/", site=crisis, width=390)
    page.get_by_role("button", name=re.compile("^Filters")).click()
    tick(page)
    leave_out(page)
    page.get_by_role("button", name=re.compile("^Show")).click()
    before = seen(page)
    page.get_by_role("button", name=re.compile("^Filters")).click()
    page.reload()
    expect_seen(page, before)


def test_three_pages_of_the_list_survive_a_reload_and_the_way_back(open_page, crisis: Running) -> None:
    page = open_page("/", site=crisis)
    cards = page.locator("[id^=card-]")
    for pages in (2, 3):
        before = cards.count()
        page.get_by_role("link", name="Show more", exact=True).click()
        expect(page).to_have_url(re.compile(f"pages={pages}"))
        expect(cards.nth(before)).to_be_attached()
    listed = cards.evaluate_all("cards => cards.map(card => card.id)")
    assert len(listed) == len(set(listed)) > 100
    page.reload()
    assert cards.evaluate_all("cards => cards.map(card => card.id)") == listed
    page.goto("/about")
    page.go_back()
    assert cards.evaluate_all("cards => cards.map(card => card.id)") == listed


def test_back_and_forward_pass_through_the_same_pages(open_page, crisis: Running) -> None:
    page = open_page("/", site=crisis)
    path = [(page.url, seen(page))]
    for step in STEPS:
        step(page)
        path.append((page.url, seen(page)))
    page.goto("/about")
    for address, before in reversed(path):
        page.go_back()
        expect(page).to_have_url(address)
        expect_seen(page, before)
    for address, before in path[1:]:
        page.go_forward()
        expect(page).to_have_url(address)
        expect_seen(page, before)


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def asked(site: Running, path: str) -> dict:
    with urllib.request.urlopen(f"{site.url}{path}") as answer:
        return json.load(answer)


def expect_in_step(page: Page, site: Running) -> None:
    """The list, the facets, the lanes, the overview and the interface tell the same number of items."""
    settle(page)
    query = page.url.partition("?")[2]
    told = asked(site, f"/api/v1/facets?{query}")["items"]
    expect(page.get_by_role("status").filter(has_text=" from ")).to_contain_text(
        re.compile(rf"^{told:,} (of [0-9,]+ )?items?\b")
    )
    assert sum(number(each) for each in page.locator("#facet-kind .tick-count").all_inner_texts()) == told
    assert sum(number(each) for each in page.locator(".lane-count").all_inner_texts()) == told
    lanes = page.get_by_role("group", name=re.compile("in three lanes"))
    expect(lanes).to_have_attribute("aria-label", re.compile(rf"^{told:,} items? in"))
    assert len(asked(site, f"/items.json?{query}")["items"]) == told


def test_brush_filters_list_lanes_and_interface_are_in_step(open_page, crisis: Running) -> None:
    page = open_page("/?from=2022-02-18&to=2022-02-27", site=crisis)
    expect_in_step(page, crisis)
    page.get_by_role("slider", name=re.compile("^To")).press("ArrowLeft")
    expect(page).to_have_url(re.compile("to=2022-02-26"))
    expect_in_step(page, crisis)
    page.get_by_role("checkbox", name=re.compile("^Ukraine")).check()
    expect(page).to_have_url(re.compile("country=UA"))
    expect_in_step(page, crisis)
    search(page)
    expect_in_step(page, crisis)
    while (more := page.get_by_role("link", name="Show more", exact=True)).count():
        pages = page.url
        more.click()
        expect(page).not_to_have_url(pages)
    listed = page.locator("[id^=card-]").count()
    assert listed == asked(crisis, f"/api/v1/facets?{page.url.partition('?')[2]}")["items"] > 0


@pytest.mark.parametrize("width", [1440, 390])
def test_a_filter_moves_nothing_above_the_list(open_page, crisis: Running, width: int) -> None:
    page = open_page("/", site=crisis, width=width)
    settle(page)
    places = [page.get_by_role("region", name="Timeline"), page.get_by_role("region", name="Items")]
    before = [place.bounding_box() for place in places]
    height = page.get_by_role("region", name="Timeline").bounding_box()["height"]
    search(page)
    settle(page)
    after = [place.bounding_box() for place in places]
    assert [(box["x"], box["y"]) for box in after] == [(box["x"], box["y"]) for box in before]
    assert page.get_by_role("region", name="Timeline").bounding_box()["height"] == height
    assert shifts(page)["sum"] < MOST_SHIFT, shifts(page)


PAPER = {"light": "rgb(251, 250, 247)", "dark": "rgb(21, 23, 27)"}


def test_the_theme_follows_the_system_until_one_is_chosen(open_page) -> None:
    page = open_page("/", theme="dark")

    def expect_theme(theme: str) -> None:
        expect(page.locator("body")).to_have_css("background-color", PAPER[theme])

    expect_theme("dark")
    page.emulate_media(color_scheme="light")
    expect_theme("light")
    page.get_by_role("button", name="Colours: system").click()
    page.emulate_media(color_scheme="dark")
    expect_theme("light")
    page.goto("/about")
    expect_theme("light")
    page.keyboard.press("t")
    expect_theme("dark")
    page.emulate_media(color_scheme="light")
    expect_theme("dark")
    page.keyboard.press("t")
    expect_theme("light")
    page.emulate_media(color_scheme="dark")
    expect_theme("dark")
    page.reload()
    expect_theme("dark")
    page.emulate_media(color_scheme="light")
    expect_theme("light")


def test_a_link_to_an_item_survives_reading_the_article_again(open_page, running: Running) -> None:
    page = open_page("/?q=%22door+to+talks%22")
    page.get_by_role("article").first.get_by_role("link").first.click()
    page.get_by_role("link", name="This item’s page").click()
    expect(page).to_have_url(re.compile(r"/items/\w+"))
    before = seen(page)
    assert reprocess_all(running.engine) > 0
    running.wait_until_read()
    page.reload()
    expect_seen(page, before)
