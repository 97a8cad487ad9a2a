"""What a reader and an editor do, with and without JavaScript, by mouse, keyboard and thumb."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

SECTIONS = ["Timeline", "Map", "Troops", "Actors", "Countries", "Articles", "Upload", "About"]
MOST_TABS = 150
ARTICLE = """Poland moves soldiers to its border
20220211
https://example.org/poland-moves-soldiers
WARSAW - Polish President Andrzej Duda met Ukrainian President Volodymyr Zelensky in Warsaw on Friday.
"We will not leave Ukraine alone," Duda said after the meeting.
Russia has massed more than 130,000 troops near Ukraine, U.S. President Joe Biden said on Thursday.
Zelensky said that Ukraine wanted peace.
"""


@pytest.fixture
def article(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A new article as a file, another one for each test."""
    path = tmp_path / "poland.txt"
    path.write_text(f"{ARTICLE}This text was made for the test {request.node.name}.\n")
    return path


def upload(page: Page, article: Path) -> None:
    page.goto("/upload")
    page.locator("#files").set_input_files(article)
    page.get_by_role("button", name="Upload", exact=True).click()
    expect(page).to_have_url(re.compile(r"/uploads/\w+$"))


def test_a_new_file_becomes_items_that_lead_to_their_sentence(open_page, article: Path) -> None:
    page = open_page("/")
    upload(page, article)
    expect(page.locator("#outcomes")).to_contain_text("found in 1 new article", timeout=60_000)
    expect(page.locator(".file.done")).to_contain_text("Poland moves soldiers to its border")
    page.get_by_role("link", name="See the timeline").click()

    page.get_by_role("checkbox", name=re.compile("^Poland")).check()
    expect(page).to_have_url(re.compile(r"\?country=PL"))
    page.locator("#more-actor summary").click() if page.locator("#more-actor").count() else None
    page.get_by_role("checkbox", name=re.compile("^Andrzej Duda")).check()
    expect(page).to_have_url(re.compile(r"country=PL&actor=andrzej-duda"))
    expect(page.locator(".chip")).to_have_count(2)

    quote = page.locator(".card", has_text="We will not leave Ukraine alone").first
    quote.locator(".card-link").click()
    pane = page.locator("#source")
    expect(pane.locator(".lit").first).to_be_in_viewport()
    expect(pane.locator(".own").first).to_contain_text("We will not leave Ukraine alone")
    expect(pane).to_contain_text("Andrzej Duda")
    expect(quote).to_have_attribute("aria-current", "true")
    expect(page).to_have_url(re.compile(r"country=PL&actor=andrzej-duda&item=\w+"))

    page.reload()
    expect(page.locator("#source .own").first).to_contain_text("We will not leave Ukraine alone")
    expect(page.locator(".card[aria-current]")).to_have_count(1)
    page.go_back()
    expect(page).to_have_url(re.compile(r"actor=andrzej-duda$"))
    expect(page.get_by_role("heading", name="Contested")).to_be_visible()
    page.locator(".chip", has_text="Andrzej Duda").click()
    expect(page).to_have_url(re.compile(r"\?country=PL$"))
    expect(page.get_by_role("checkbox", name=re.compile("^Andrzej Duda"))).not_to_be_checked()
    expect(page.get_by_role("checkbox", name=re.compile("^Poland"))).to_be_checked()


def test_everything_works_without_javascript(open_page, article: Path, running) -> None:
    page = open_page("/", js=False)
    upload(page, article)
    running.wait_until_read()
    page.reload()
    expect(page.locator("#outcomes")).to_contain_text("found in 1 new article")
    page.get_by_role("link", name="See the timeline").click()

    page.get_by_role("checkbox", name=re.compile("^Poland")).check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile(r"/\?country=PL$"))
    actor = page.get_by_role("checkbox", name=re.compile("^Andrzej Duda"))
    if not actor.is_visible():
        page.locator("#more-actor summary").click()
    actor.check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page).to_have_url(re.compile(r"/\?country=PL&actor=andrzej-duda$"))

    page.locator(".card", has_text="We will not leave Ukraine alone").first.locator(".card-link").click()
    expect(page).to_have_url(re.compile(r"/items/\w+\?country=PL&actor=andrzej-duda$"))
    expect(page.locator(".lit").first).to_be_visible()
    expect(page.locator(".own").first).to_contain_text("We will not leave Ukraine alone")
    page.locator(".trail a").click()
    expect(page).to_have_url(re.compile(r"/\?country=PL&actor=andrzej-duda$"))
    page.locator(".bar").last.click()
    expect(page).to_have_url(re.compile(r"from=2022-\d\d-\d\d&to=2022-\d\d-\d\d"))


def test_search_answers_while_typing(open_page) -> None:
    page = open_page("/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("door", delay=30)
    expect(page).to_have_url(re.compile(r"\?q=door$"))
    expect(page.locator(".chip")).to_have_text(re.compile("“door”"))
    expect(page.locator("#q")).to_have_value("door")
    page.locator(".chip").click()
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator("#q")).to_have_value("")


def test_the_keyboard_alone(open_page) -> None:
    page = open_page("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    link = page.locator(".card-link").first
    expect(link).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#source-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Contested")).to_be_visible()
    expect(link).to_be_focused()
    page.keyboard.press("3")
    expect(page).to_have_url(re.compile(r"\?kind=troops$"))
    page.keyboard.press("3")
    expect(page).to_have_url(re.compile(r"/$"))
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Single-letter keys are on").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("3")
    page.wait_for_timeout(500)
    expect(page).to_have_url(re.compile(r"/$"))


def tab_to(page: Page, place: Locator) -> None:
    """Press Tab until the place has the focus, as who has no mouse does."""
    for _ in range(MOST_TABS):
        if place.evaluate("place => place === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach {place}")


def test_by_keys_alone_from_a_filter_to_the_source_and_back(open_page) -> None:
    page = open_page("/")
    tab_to(page, page.get_by_role("link", name="Skip to the content"))
    page.keyboard.press("Enter")

    handle = page.get_by_role("slider", name=re.compile("^To"))
    tab_to(page, handle)
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(re.compile(r"\?from=.*to="))
    expect(handle).to_be_focused()

    statements = page.get_by_role("checkbox", name=re.compile("^Statements"))
    tab_to(page, statements)
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("kind=statement&from="))
    chips = page.get_by_role("list", name="Active filters").get_by_role("link", name=re.compile("remove"))
    expect(chips).to_have_count(2)
    expect(statements).to_be_focused()
    filtered = page.url

    item = page.get_by_role("article").first.get_by_role("link").first
    tab_to(page, item)
    page.keyboard.press("Enter")
    pane = page.get_by_role("complementary", name="Source")
    expect(pane.get_by_role("heading")).to_be_focused()
    opened = pane.get_attribute("data-item")
    tab_to(page, pane.get_by_role("link", name="This item’s page"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/items/{opened}\?"))
    page.go_back()  # Alt+Left, which a browser without a window does not know
    expect(pane).to_have_attribute("data-item", opened or "")
    page.keyboard.press("Escape")
    expect(page).to_have_url(filtered)
    expect(page.get_by_role("complementary", name="Contested")).to_be_visible()
    expect(page.get_by_role("article").first).to_be_visible()

    chip = page.get_by_role("list", name="Active filters").get_by_role("link").first
    page.keyboard.press("Shift+Tab")
    tab_to(page, chip)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?from="))


def test_arrows_lead_through_the_items_of_an_open_article(open_page) -> None:
    page = open_page("/?kind=statement")
    page.locator(".card-link").nth(1).click()
    expect(page.locator("#source-title")).to_be_focused()
    first = page.locator("#source").get_attribute("data-item") or ""
    later = page.locator(".source-nav [rel=next]")
    following = (later.get_attribute("href") or "").partition("?")[0].rpartition("/")[2]
    page.keyboard.press("ArrowRight")
    expect(page.locator("#source")).to_have_attribute("data-item", following)
    expect(page.locator("#source-title")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#source")).to_have_attribute("data-item", first)


def test_arrows_walk_the_overview(open_page, many) -> None:
    page = open_page("/")
    bars = page.locator(".bar")
    page.locator(".bar[tabindex='0']").focus()
    page.keyboard.press("End")
    expect(bars.last).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(bars.nth(-2)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"from=2022-02-\d\d&to=2022-02-\d\d"))


def test_show_more_goes_on_and_keeps_the_focus(open_page, many) -> None:
    page = open_page("/")
    expect(page.locator(".card")).to_have_count(50)
    page.get_by_role("link", name="Show more").click()
    expect(page.locator(".card").nth(50)).to_be_attached()
    assert page.locator(".card").count() > 50
    expect(page.locator(".card-link:focus")).to_have_count(1)  # set once the swap has settled


def test_what_was_unfolded_survives_a_reload_and_the_way_back(open_page, many) -> None:
    page = open_page("/")
    page.get_by_role("link", name="Show more", exact=True).click()
    expect(page).to_have_url(re.compile(r"\?pages=2$"))
    cards = page.locator(".card")
    expect(cards.nth(50)).to_be_attached()
    number = cards.count()
    if page.locator(".rest > summary").count():
        page.locator(".rest > summary").first.click()
    unfolded = page.locator(".rest[open]").count()
    page.reload()
    expect(cards).to_have_count(number)
    expect(page.locator(".rest[open]")).to_have_count(unfolded)
    page.locator(".card-link").first.click()
    expect(page).to_have_url(re.compile(r"item=\w+&pages=2$"))
    page.goto("/about")
    page.go_back()
    expect(cards).to_have_count(number)
    expect(page.locator("#source-title")).to_be_visible()


def test_a_value_is_left_out_by_its_second_box(open_page, many) -> None:
    page = open_page("/")
    page.get_by_role("checkbox", name=re.compile("^Russia")).check()
    expect(page).to_have_url(re.compile(r"\?country=RU$"))
    page.get_by_role("checkbox", name="Leave out Russia").check(force=True)
    expect(page).to_have_url(re.compile(r"\?country=-RU$"))
    expect(page.get_by_role("checkbox", name=re.compile("^Russia"))).not_to_be_checked()
    expect(page.locator(".chip")).to_have_text(re.compile("not Russia"))
    page.get_by_label("Sort by").select_option("reported-newest")
    expect(page).to_have_url(re.compile(r"\?country=-RU&sort=reported-newest$"))


def test_an_actor_is_found_by_typing(open_page, many) -> None:
    page = open_page("/")
    page.get_by_label("Name of an actor").press_sequentially("lavr", delay=30)
    page.locator("#actor-found").get_by_role("checkbox", name=re.compile("^Sergey Lavrov")).check()
    expect(page).to_have_url(re.compile(r"\?actor=sergey-lavrov$"))
    expect(page.locator(".chip")).to_have_text(re.compile("Sergey Lavrov"))


def test_the_colours_are_remembered(open_page) -> None:
    page = open_page("/")
    button = page.get_by_role("button", name="Colours: system")
    button.click()
    page.get_by_role("button", name="Colours: light").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto("/about")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 23, 27)"


def test_on_a_phone_filters_are_a_sheet_and_the_source_fills_the_screen(open_page) -> None:
    page = open_page("/", width=390, height=844)
    filters = page.locator("#filters")
    expect(filters).to_be_hidden()
    page.get_by_role("button", name="Filters", exact=True).click()
    expect(filters).to_be_visible()
    filters.get_by_role("checkbox", name=re.compile("^Statements")).check()
    expect(page).to_have_url(re.compile(r"\?kind=statement$"))
    expect(filters).to_be_visible()
    filters.get_by_role("button", name=re.compile("^Show")).click()
    expect(filters).to_be_hidden()
    page.locator(".card-link").first.click()
    opened = page.locator("#source.is-open")
    expect(opened).to_be_visible()
    box = opened.bounding_box()
    assert box == {"x": 0, "y": 0, "width": 390, "height": 844}
    page.get_by_role("link", name="Close the source").click()
    expect(page.locator("#source.is-open")).to_have_count(0)


def test_an_undated_article_is_read_after_its_date_is_given(open_page, tmp_path: Path) -> None:
    path = tmp_path / "undated.txt"
    path.write_text("Envoys talk\nEnvoys from Russia and Ukraine met in Minsk on Wednesday.\n")
    page = open_page("/")
    upload(page, path)
    page.get_by_label("Published on").fill("2022-02-03")
    page.get_by_role("button", name="Set the date").click()
    expect(page.locator("#outcomes")).to_contain_text("found in 1 new article", timeout=60_000)


def test_an_item_that_is_gone_is_said_and_the_page_stays(open_page, running, console_errors: list[str]) -> None:
    page = open_page("/")
    cards = page.locator(".card").count()
    page.locator(".card-link").first.evaluate("link => link.setAttribute('hx-get', '/items/gone')")
    page.locator(".card-link").first.evaluate("link => htmx.process(link, true)")
    page.locator(".card-link").first.click()
    expect(page.get_by_role("alert")).to_contain_text("There is nothing here")
    expect(page.locator(".card")).to_have_count(cards)
    expect(page).to_have_url(f"{running.url}/")
    assert any("404" in error for error in console_errors)
    console_errors.clear()


def test_a_site_that_is_down_is_said(open_page, console_errors: list[str]) -> None:
    page = open_page("/")
    page.route("**/?*", lambda route: route.abort())
    page.get_by_role("checkbox", name=re.compile("^Statements")).check()
    expect(page.get_by_role("alert")).to_contain_text("does not answer")
    assert any("ERR_FAILED" in error for error in console_errors)
    console_errors.clear()


def test_the_demo_is_removed_after_a_question(open_page, running) -> None:
    page = open_page("/articles")
    page.get_by_role("link", name="Remove the demo articles").click()
    expect(page.get_by_role("heading", name="Remove the demo articles?")).to_be_visible()
    page.get_by_role("link", name="Keep it").click()
    expect(page).to_have_url(f"{running.url}/")
    expect(page.get_by_text("Demo articles are shown.")).to_be_visible()


def test_files_can_be_dropped(open_page) -> None:
    page = open_page("/upload")
    files = page.evaluate_handle(
        """() => {
          const dropped = new DataTransfer();
          for (const name of ["one.txt", "two.txt"]) dropped.items.add(new File(["Title"], name, {type: "text/plain"}));
          return dropped;
        }"""
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": files})
    expect(page.locator("#chosen li")).to_have_text([re.compile("^one.txt"), re.compile("^two.txt")])
    assert page.locator("#files").evaluate("input => input.files.length") == 2


def test_on_a_phone_the_menu_leads_to_every_page(open_page) -> None:
    page = open_page("/", width=360, height=640)
    menu = page.get_by_role("navigation", name="Site")
    expect(menu).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(menu.get_by_role("link")).to_have_text([*SECTIONS, "Help"])
    expect(menu.get_by_role("link", name="Timeline")).to_have_attribute("aria-current", "page")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    for section in SECTIONS:
        page.get_by_role("button", name="Menu").click()
        menu.get_by_role("link", name=section).click()
        expect(page.locator("nav a[aria-current]")).to_have_text(section)


@pytest.mark.parametrize("width", [1440, 1240, 1000, 860])
def test_the_header_carries_all_pages_in_one_row(open_page, width: int) -> None:
    page = open_page("/", width=width)
    links = page.get_by_role("navigation", name="Site").get_by_role("link")
    expect(links).to_have_text(SECTIONS)
    boxes = [each.bounding_box() for each in links.all()]
    assert len({box["y"] for box in boxes if box}) == 1
    search = page.locator("#q").bounding_box()
    assert search
    assert search["width"] >= 120
    assert page.locator(".site-header").bounding_box()["height"] < 60  # type: ignore[index]


def test_an_actor_is_found_and_its_numbers_lead_to_the_timeline(open_page) -> None:
    page = open_page("/actors")
    page.get_by_role("searchbox", name="Name").fill("blink")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/actors\?name=blink"))
    page.get_by_role("link", name="Antony Blinken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Antony Blinken")
    page.locator(".profile-section .card-link", has_text="The door to talks is open").first.click()
    expect(page).to_have_url(re.compile(r"/items/\w+$"))
    page.locator(".item-facts").get_by_role("link", name="Antony Blinken").click()
    number = page.locator(".stats a", has_text="Statements").locator("strong").text_content()
    page.locator(".stats a", has_text="Statements").click()
    expect(page.locator(".counts strong")).to_have_text(number or "")
    expect(page.locator(".chip")).to_have_text([re.compile("Statements"), re.compile("Antony Blinken")])
    page.go_back()
    page.locator(".bar").first.click()
    expect(page).to_have_url(re.compile(r"actor=antony-blinken&from="))


def test_link_and_citation_are_copied(open_page, running) -> None:
    page = open_page("/?kind=statement")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".card-link", has_text="The door to talks is open").first.click()
    pane = page.locator("#source")
    expect(pane).to_have_attribute("data-item", re.compile(r"\w+"))
    uid = pane.get_attribute("data-item")
    pane.get_by_role("button", name="Copy link").click()
    expect(page.locator("#status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{running.url}/items/{uid}"
    pane.get_by_role("button", name="Copy citation").click()
    expect(pane.get_by_role("button", name="Copied")).to_have_count(2)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“The door to talks is open” — Antony Blinken (")
    assert copied.endswith(f"{running.url}/items/{uid}")


def test_without_javascript_link_and_citation_are_text(open_page) -> None:
    page = open_page("/", js=False)
    page.locator(".card-link").first.click()
    expect(page.get_by_role("button", name="Copy link")).to_be_hidden()
    expect(page.locator("#permalink")).to_have_text(page.url)
    expect(page.locator("#citation")).to_contain_text(page.url)
