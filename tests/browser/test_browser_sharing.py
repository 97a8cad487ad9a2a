"""What leaves the page: its title, its link, a citation; and filters kept under a name."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

REFUSED = "Failed to load resource: the server responded with a status of 400 (Bad Request)"
QUOTE = "The door to talks is open"


def test_the_title_says_what_is_shown(open_page) -> None:
    page = open_page("/")
    page.locator("#filters").get_by_role("checkbox", name=re.compile("^Statements")).check()
    expect(page).to_have_title(re.compile("^Statements · "))
    page.locator(".card-link", has_text=QUOTE).first.click()
    expect(page).to_have_title(re.compile(f"^Antony Blinken: {QUOTE} · "))
    page.reload()
    expect(page).to_have_title(re.compile(f"^Antony Blinken: {QUOTE} · "))
    page.get_by_role("link", name="Close the source").click()
    expect(page).to_have_title(re.compile("^Statements · "))
    page.go_back()
    expect(page).to_have_title(re.compile("^Antony Blinken: "))
    page.go_back()
    expect(page).to_have_title(re.compile("^Statements · "))
    page.go_back()
    expect(page).not_to_have_title(re.compile("Statements|Blinken: "))


def rename_and_delete(page: Page, name: str, console_errors: list[str]) -> None:
    page.goto("/views")
    entry = page.locator(".saved-views li", has_text=name)
    expect(entry).to_contain_text("Troop claims")
    entry.get_by_role("textbox").fill(" ")
    entry.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("alert").filter(has_text="Give the view a name.")).to_be_visible()
    console_errors.remove(REFUSED)
    entry = page.locator(".saved-views li", has=page.get_by_role("link", name=name, exact=True))
    entry.get_by_role("textbox").fill(f"{name}, renamed")
    entry.get_by_role("button", name="Rename").click()
    page.get_by_role("link", name=f"{name}, renamed", exact=True).click()
    expect(page).to_have_url(re.compile(r"/\?kind=troops$"))
    page.goto("/views")
    page.get_by_role("link", name=f"Delete “{name}, renamed”").click()
    page.get_by_role("button", name="Delete the view").click()
    expect(page).to_have_url(re.compile("/views$"))
    expect(page.get_by_role("link", name=f"{name}, renamed", exact=True)).to_have_count(0)


@pytest.mark.parametrize("width", [1440, 390])
def test_filters_are_kept_under_a_name(open_page, console_errors: list[str], width: int) -> None:
    page, name = open_page("/", width=width), f"Troops at {width}"
    filters = page.locator("#filters")
    if width == 390:
        page.get_by_role("button", name=re.compile("^Filters")).click()
    filters.get_by_role("checkbox", name=re.compile("^Troop claims")).check()
    expect(page).to_have_url(re.compile(r"kind=troops"))
    filters.locator("summary", has_text="Saved views").click()
    filters.get_by_role("textbox", name="Name for these filters").fill(name)
    filters.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_title(re.compile(f"^{name} · "))
    if width == 390:
        page.get_by_role("button", name=re.compile("^Filters")).click()
    expect(filters.get_by_text(f"These filters are saved as “{name}”.")).to_be_visible()
    filters.get_by_role("checkbox", name=re.compile("^Statements")).check()
    expect(page).not_to_have_title(re.compile(name))
    filters.get_by_role("link", name=name, exact=True).click()
    expect(page).to_have_title(re.compile(f"^{name} · "))
    rename_and_delete(page, name, console_errors)


def test_filters_are_kept_under_a_name_without_javascript(open_page, console_errors: list[str]) -> None:
    page = open_page("/?kind=troops", js=False)
    page.locator("summary", has_text="Saved views").click()
    page.get_by_role("textbox", name="Name for these filters").fill(" ")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Give the view a name.")).to_contain_text("Troop claims")
    console_errors.remove(REFUSED)
    page.get_by_role("textbox", name="Name", exact=True).fill("Troops by forms alone")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page).to_have_url(re.compile(r"/\?kind=troops$"))
    expect(page.get_by_text("These filters are saved as “Troops by forms alone”.")).to_be_visible()
    rename_and_delete(page, "Troops by forms alone", console_errors)


@pytest.mark.parametrize("width", [1440, 390])
def test_a_citation_is_copied_where_the_browser_keeps_its_clipboard_closed(open_page, running, width: int) -> None:
    page = open_page("/?kind=troops", width=width)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".card-link").first.click()
    pane = page.locator("#source")
    expect(pane).to_have_attribute("data-item", re.compile(r"\w+"))
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('closed')); }")
    button = pane.get_by_role("button", name="Copy citation")
    button.click()
    expect(page.locator("#status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/items/{pane.get_attribute('data-item')}")
    pane.get_by_role("button", name="Copied").click()
    expect(button).to_be_visible()
