"""Every page in both themes and at all widths: accessible by axe's rules, and nothing wider than the screen."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

AXE = (Path(__file__).parent / "vendor/axe-4.14.1.min.js").read_text()
PAGES = (
    "/", "/?q=nothing+at+all", "/?kind=statement&country=US", "/?item={item}", "/items/{item}", "/articles",
    "/articles/1", "/articles/1?view=coverage", "/articles/1/delete", "/upload", "/uploads/{upload}",
    "/actors", "/actors?name=nobody", "/actors/antony-blinken", "/countries", "/countries/US",
    "/map", "/map?view=0,0,40000", "/troops", "/troops?country=RU&part=force",
    "/about", "/help", "/views", "/login", "/demo/remove", "/nosuch",
)  # fmt: skip
SMALL_TARGETS = """() => {
  const targets = document.querySelectorAll("button, .button, .chip, .site-nav a, select, input:not([type=hidden])");
  return [...targets]
    .filter((target) => target.checkVisibility() && !["checkbox", "file"].includes(target.type))
    .filter((target) => target.getBoundingClientRect().height < 44)
    .map((target) => target.outerHTML.slice(0, 120));
}"""


@pytest.fixture(scope="session")
def paths(running) -> tuple[str, ...]:
    """The addresses of all pages, with an item and an upload that exist."""
    from app.db import queries
    from app.db.engine import reading
    from app.domain.filters import Filters
    from app.services.importing import create_upload

    files = [("nothing.txt", b""), ("undated.txt", b"Title\nNobody knows when ministers met in Oslo on Monday.")]
    upload = create_upload(running.engine, files)
    with reading(running.engine) as conn:
        item = queries.timeline_items(conn, Filters(), limit=1).items[0].uid
    return tuple(page.format(item=item, upload=upload) for page in PAGES)


def go(page: Page, path: str) -> None:
    if path == "/nosuch":  # the browser would report its status as a console error
        page.route("**/nosuch", lambda route: route.fulfill(response=route.fetch(), status=200))
    page.goto(path)


def violations(page: Page) -> list[str]:
    page.evaluate(AXE)
    options = "{resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}"
    found = page.evaluate(f"async () => (await axe.run({options})).violations")
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(open_page, paths: tuple[str, ...], width: int, theme: str) -> None:
    page = open_page("/help", width=width, theme=theme)
    found = {}
    for path in paths:
        go(page, path)
        if bad := violations(page):
            found[path] = bad
    assert not found


def test_axe_finds_nothing_in_what_opens(open_page) -> None:
    page = open_page("/", width=390)
    page.get_by_role("button", name="Filters", exact=True).click()
    assert not violations(page)
    page = open_page("/")
    page.keyboard.press("?")
    assert not violations(page)


@pytest.mark.parametrize("width", [1440, 1100, 768, 390, 360])
def test_no_page_is_wider_than_the_screen(open_page, paths: tuple[str, ...], width: int) -> None:
    page = open_page("/help", width=width)
    for path in paths:
        go(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_targets_are_large_enough_for_thumbs(open_page, paths: tuple[str, ...]) -> None:
    page = open_page("/", width=390)
    for path in ("/", "/upload", "/articles"):
        page.goto(path)
        small = page.evaluate(SMALL_TARGETS)
        assert not small, path


def test_paper_gets_the_list_without_controls(open_page) -> None:
    page = open_page("/")
    page.emulate_media(media="print")
    for hidden in (".site-header", "#filters", ".order"):
        assert not page.locator(hidden).first.is_visible()
    assert page.locator(".card").first.is_visible()
