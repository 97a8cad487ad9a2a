"""The troop ledger in the browser: its chart at every width, by hand and by key, and its choices."""

from collections.abc import Iterator

import pytest
from browsing import Running, started, violations
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from app.services.importing import create_upload

pytestmark = pytest.mark.browser

LONG_NAME = "Maximiliana Featherstonehaugh-Cholmondeley-Marjoribanks-Wolfeschlegelsteinhausen"
ARTICLES = (
    "Russia has massed more than 90,000 troops near Ukraine, Ukrainian minister Oleksii Reznikov said Friday.",
    "Russia has massed more than 100,000 troops near Ukraine, U.S. Secretary of State Antony Blinken said on Friday.",
    "Russia has about 120,000 troops near Ukraine, British Foreign Secretary Liz Truss said on Friday.",
    "Russia has 130,000 troops near Ukraine, U.S. Secretary of State Antony Blinken said on Friday.",
    "Russia has between 169,000 and 190,000 troops near Ukraine, the U.S. Embassy said on Friday.",
    f"Russia has 150,000 troops near Ukraine, Colonel {LONG_NAME} said on Friday.",
    "Russia has added 7,000 troops near Ukraine, U.S. Secretary of State Antony Blinken said on Friday.",
    "Russia has moved 40 warships to the Black Sea, British Foreign Secretary Liz Truss said on Friday.",
    "Up to 8,500 U.S. troops were put on alert on Friday.",
)
WORDS = """() => [...document.querySelectorAll(".ledger-plots text, .ledger-down text")]
  .filter((text) => text.checkVisibility())
  .map((text) => [text.textContent.trim(), text.getBoundingClientRect()])
  .map(([text, {left, right, top, bottom}]) => [text, left, right, top, bottom])"""
SMALL = """() => [...document.querySelectorAll("#main a, #main select, #main summary, #main input:not([type=hidden])")]
  .filter((target) => target.checkVisibility() && !target.closest("td, th, p.quiet"))
  .filter((target) => target.getBoundingClientRect().height < 44).map((target) => target.outerHTML.slice(0, 90))"""


@pytest.fixture(scope="module")
def armies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The site with nine claims, a week apart."""

    def fill(engine: Engine) -> None:
        days = ("0107", "0114", "0121", "0128", "0204", "0211", "0218", "0225", "0304")
        files = [
            (f"{day}.txt", f"Claim of {day}\n2022{day}\n{text}\n".encode())
            for day, text in zip(days, ARTICLES, strict=True)
        ]
        create_upload(engine, files)

    with started(tmp_path_factory.mktemp("armies"), fill) as site:
        site.wait_until_read()
        yield site


def address(page: Page) -> str:
    return page.url.partition("/troops")[2]


@pytest.mark.parametrize("width", [1440, 1100, 1024, 900, 860, 768, 640, 390, 360])
def test_the_chart_fits_and_no_words_cover_others(open_page, armies: Running, width: int) -> None:
    page = open_page("/troops", site=armies, width=width)
    page.evaluate("document.fonts.ready")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("#ledger-chart").bounding_box()
    assert box
    words = page.evaluate(WORDS)
    assert len(words) >= 5
    for n, (text, left, right, top, bottom) in enumerate(words):
        assert box["x"] <= left < right <= box["x"] + box["width"], text
        assert top >= box["y"], text
        for other, a, b, c, d in words[:n]:
            assert min(right, b) - max(left, a) < 2 or min(bottom, d) - max(top, c) < 5, (text, other)


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_in_a_full_ledger(open_page, armies: Running, width: int) -> None:
    page = open_page("/troops", site=armies, width=width)
    assert page.locator(".mark").count() > 5
    assert violations(page) == []


def test_time_runs_down_on_a_phone(open_page, armies: Running) -> None:
    """Each claim is a row as high as a thumb, in the order of the days, and numbers compare across."""
    page = open_page("/troops?country=RU&part=force", site=armies, width=360)
    expect(page.locator(".ledger-plots")).to_be_hidden()
    rows = page.locator(".ledger-down section").first.locator("li")
    assert [text.split()[0] for text in rows.locator(".down-figure").all_inner_texts()] == [
        ">90k", ">100k", "~120k", "130k", "169–190k", "150k",
    ]  # fmt: skip
    at = [box["x"] for point in rows.locator(".point").all() if (box := point.bounding_box())]
    assert at == sorted(at)
    page.get_by_text("Narrow the claims").click()
    assert page.evaluate(SMALL) == []


def test_a_mark_and_its_row_light_each_other(open_page, armies: Running) -> None:
    page = open_page("/troops", site=armies)
    mark = page.locator(".ledger-plots .mark", has_text="130k")
    uid = mark.get_attribute("data-uid")
    mark.locator(".point").hover()
    expect(page.locator(f"#card-{uid}")).to_have_class("is-pointed")
    expect(page.locator("#mark-tip")).to_contain_text("Troop claim, 28 Jan 2022130,000 troopsAntony Blinken")
    faded = page.locator(".ledger-plots.has-side .mark:not(.of-side)")
    assert "UA" in faded.evaluate_all("marks => marks.map((mark) => mark.dataset.side)")
    assert "US" not in faded.evaluate_all("marks => marks.map((mark) => mark.dataset.side)")
    page.locator(f"#card-{uid} .ledger-who").hover()
    expect(mark).to_have_class("mark claim is-pointed")
    expect(page.locator("#mark-tip")).to_be_hidden()


def test_keys_reach_every_mark_and_open_its_item(open_page, armies: Running) -> None:
    page = open_page("/troops", site=armies)
    page.locator("#ledger-form button").focus()
    page.keyboard.press("Tab")
    focused = page.locator(".mark:focus-visible")
    expect(focused).to_have_attribute(
        "aria-label", ">90k UA, 7 January 2022: more than 90,000 troops, claimed by Oleksii Reznikov, Ukraine"
    )
    expect(page.locator("#mark-tip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#mark-tip")).to_be_hidden()
    uid = focused.get_attribute("data-uid")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/items/{uid}")


def test_a_choice_takes_effect_at_once(open_page, armies: Running) -> None:
    """What is not chosen is not in the address; going back takes the choice back."""
    page = open_page("/troops?order=number", site=armies)
    page.get_by_label("Claimed by", exact=True).select_option("GB")
    page.wait_for_url("**/troops?order=number&claimant=GB")
    assert page.locator("#ledger tbody tr").count() == 2
    page.get_by_role("link", name="Claimed by United Kingdom (remove)").click()
    assert address(page) == "?order=number"
    page.go_back()
    assert page.get_by_label("Claimed by", exact=True).input_value() == "GB"
    page.get_by_label("From", exact=True).fill("2022-02-25")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**from=2022-02-25")
    assert page.locator("#ledger tbody tr").count() == 1


def test_the_ledger_works_without_javascript(open_page, armies: Running) -> None:
    page = open_page("/troops", site=armies, js=False)
    page.get_by_label("Claimed by", exact=True).select_option("UA")
    page.get_by_role("button", name="Show").click()
    assert page.locator("#ledger tbody tr").count() == 1
    page.get_by_role("link", name="Largest first").or_(page.locator("thead a", has_text="Number")).first.click()
    assert "order=number" in address(page)
    page.locator("#ledger th a").last.click()
    assert "/items/" in page.url


def test_the_table_keeps_its_head_in_sight(open_page, armies: Running) -> None:
    page = open_page("/troops", site=armies, height=500)
    page.mouse.wheel(0, 5_000)
    page.locator("#ledger tbody tr").last.scroll_into_view_if_needed()
    head, row = (
        page.locator("#ledger thead th").first.bounding_box(),
        page.locator("#ledger tbody tr").first.bounding_box(),
    )
    assert head
    assert row
    assert 0 < head["y"] < 70
    assert row["y"] < head["y"]
