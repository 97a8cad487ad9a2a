"""Every page in both themes and at all widths: accessible by axe's rules, still, and as wide as the screen."""

import re

import pytest
from browsing import MOST_SHIFT, go, settle, shifts, violations
from every_page import ERRORS
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SMALL_TARGETS = """() => {
  const targets = document.querySelectorAll("button, .button, .chip, .site-nav a, select, input:not([type=hidden])");
  return [...targets]
    .filter((target) => target.checkVisibility() && !["checkbox", "file"].includes(target.type))
    .filter((target) => target.getBoundingClientRect().height < 44)
    .map((target) => target.outerHTML.slice(0, 120));
}"""
MOVING = """() => [...document.querySelectorAll("*")].filter((element) => ["", "::before", "::after"].some((part) => {
  const style = getComputedStyle(element, part);
  const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0);
  return lasts(style.transitionDuration) || lasts(style.animationDuration) || style.scrollBehavior === "smooth";
})).map((element) => element.outerHTML.slice(0, 120))"""


def test_axe_sees_what_is_wrong(open_page) -> None:
    page = open_page("/login")
    page.evaluate("() => document.querySelector('main').append(document.createElement('button'))")
    page.evaluate("() => document.querySelector('h1').style.color = 'var(--hairline)'")
    found = "\n".join(violations(page))
    for each in ("light: button-name", "light: color-contrast", "dark: color-contrast"):
        assert each in found


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(open_page, paths: tuple[str, ...], width: int) -> None:
    page = open_page("/help", width=width)
    found = {}
    for path in (*paths, *ERRORS):
        go(page, path)
        if bad := violations(page):
            found[path] = bad
    assert not found


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_in_what_opens(open_page, width: int) -> None:
    page = open_page("/?kind=statement", width=width)
    if width == 390:
        page.get_by_role("button", name=re.compile("^Filters")).click()
        assert not violations(page)
        page.get_by_role("button", name=re.compile("^Show")).click()
        page.get_by_role("button", name="Menu").click()
        assert not violations(page)
        page.keyboard.press("Escape")
    for closed in page.locator("#filters summary").all():
        if closed.is_visible():
            closed.click()
    page.get_by_role("article").first.get_by_role("link").first.click()
    expect(page.get_by_role("complementary", name="Source")).to_be_visible()
    assert not violations(page)
    page.get_by_role("link", name="Close the source").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert not violations(page)


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_before_the_first_article(open_page, bare, width: int, console_errors: list[str]) -> None:
    page = open_page("/", site=bare, width=width)
    for path in ("/", "/articles", "/actors", "/countries", "/map", "/troops", "/views", "/about", "/login"):
        page.goto(path)
        assert not violations(page), path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert").last).not_to_be_empty()
    assert not violations(page)
    console_errors.clear()  # the browser reports the status of the answer
    page.get_by_label("Password").fill("secret")
    page.get_by_role("button", name="Sign in").click()
    page.goto("/")
    expect(page.get_by_role("link", name="Upload articles")).to_be_visible()
    assert not violations(page)


@pytest.mark.parametrize("width", [1440, 768, 390, 360])
def test_no_page_is_wider_than_the_screen_or_jumps_while_it_loads(
    open_page, paths: tuple[str, ...], width: int
) -> None:
    page = open_page("/help", width=width)
    wide, jumping = {}, {}
    for path in (*paths, *ERRORS):
        go(page, path)
        settle(page)
        if (moved := shifts(page))["sum"] >= MOST_SHIFT:
            jumping[path] = moved
        for now in (width, *([1100] if width == 768 else [])):
            page.set_viewport_size({"width": now, "height": 900})
            if (found := page.evaluate("document.documentElement.scrollWidth")) > now:
                wide[path, now] = found
    assert not wide
    assert not jumping


def test_targets_are_large_enough_for_thumbs(open_page, paths: tuple[str, ...]) -> None:
    page = open_page("/", width=390)
    small = {}
    for path in paths:
        page.goto(path)
        if found := page.evaluate(SMALL_TARGETS):
            small[path] = found
    assert not small


def test_nothing_moves_for_who_asks_for_less_motion(open_page, paths: tuple[str, ...]) -> None:
    page = open_page("/help")
    for path in paths:
        page.goto(path)
        assert page.evaluate(MOVING) == [], path
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(MOVING), "the test sees what moves"


def test_paper_gets_the_list_without_controls(open_page) -> None:
    page = open_page("/")
    page.emulate_media(media="print")
    for hidden in (".site-header", "#filters", ".order"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".card").first.is_visible()
