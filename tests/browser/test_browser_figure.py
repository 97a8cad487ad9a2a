"""The timeline's figure under mouse, keyboard and thumbs: one state with the address, the form and the list."""

import re
from datetime import date, timedelta

import pytest
from browsing import MOST_SHIFT, settle, shifts, violations
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

CLIMAX = "2022-02-24"
WEEKS, DAYS, MARKS, LABELS = "/", "/?from=2022-01-15&to=2022-04-15", "/?country=HU", "/?from=2022-02-18&to=2022-02-27"

# The texts of the figure that its left or right edge cuts, and pairs of texts of a lane that cover each other.
CUT_TEXTS = """() => {
  const plot = document.querySelector(".lane-plot").getBoundingClientRect();
  const texts = [...document.querySelectorAll(".plot text")];
  return texts.filter((text) => text.checkVisibility({visibilityProperty: true})).filter((text) => {
    const {left, right} = text.getBoundingClientRect();
    return left < plot.left - 1 && right > plot.left + 1 || left < plot.right - 1 && right > plot.right + 1;
  }).map((text) => text.textContent);
}"""
COVERED_TEXTS = """() => [...document.querySelectorAll(".lane")].flatMap((lane) => {
  const texts = [...lane.querySelectorAll(".mark:not(.pill) text")];
  const boxes = texts.map((text) => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([one, a], n) => boxes.slice(n + 1)
    .filter(([, b]) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
    .map(([other]) => `${one} / ${other}`));
})"""
FIGURES = (WEEKS, DAYS, MARKS, "/?country=GB&from=2022-02-01&to=2022-03-15", LABELS)


@pytest.fixture
def show(open_page, crisis):
    """Opens a page of the crisis and waits until the lanes are drawn."""

    def show(path: str = "/", **more: object) -> Page:
        page = open_page(path, site=crisis, **more)
        drawn(page)
        return page

    return show


def drawn(page: Page) -> None:
    expect(page.locator(".lane-count").first).to_have_text(re.compile("item"))


def window(page: Page) -> tuple[str, str]:
    """The days that the brush's handles stand on."""
    handles = page.get_by_role("slider")
    expect(handles).to_have_count(2)
    first, last = handles.all()
    return first.get_attribute("data-day") or "", last.get_attribute("data-day") or ""


def expect_window(page: Page, first: str, last: str) -> None:
    """The brush, the form, the address and the list agree on the days."""
    handles = page.get_by_role("slider")
    expect(handles.first).to_have_attribute("data-day", first)
    expect(handles.last).to_have_attribute("data-day", last)
    expect(page).to_have_url(re.compile(f"from={first}&to={last}"))
    expect(page.locator("#from")).to_have_value(first)
    expect(page.locator("#to")).to_have_value(last)


def drag(page: Page, place: Locator, start: float, end: float, y: float = 30) -> None:
    """Drag from one share of the place's width to another."""
    box = place.bounding_box()
    assert box
    page.mouse.move(box["x"] + start * box["width"], box["y"] + y)
    page.mouse.down()
    page.mouse.move(box["x"] + end * box["width"], box["y"] + y, steps=8)
    page.mouse.up()


def number(text: str | None) -> int:
    return int(re.sub(r"\D", "", text or "0"))


def test_the_brush_the_list_and_the_lanes_are_in_step(show) -> None:
    page = show()
    drag(page, page.locator(".overview-chart"), 0.45, 0.6)
    expect(page).to_have_url(re.compile("from=2022-0"))
    first, last = window(page)
    expect_window(page, first, last)
    assert date.fromisoformat(first) < date(2022, 2, 24) < date.fromisoformat(last)
    expect(page.locator(".chip")).to_have_count(1)
    kinds = page.locator("#facet-kind .tick-count")
    counts = page.locator(".lane-count")
    expect(counts.first).to_have_text(f"{kinds.first.inner_text()} items")
    expect(counts.last).to_have_text(f"{kinds.last.inner_text()} items")
    shown = page.get_by_role("group", name=re.compile("in three lanes"))
    expect(shown).to_have_attribute("aria-label", re.compile("^[0-9,]+ items in three lanes, .* 2022 to .* 2022"))

    page.reload()
    drawn(page)
    assert window(page) == (first, last)
    page.go_back()
    expect(page).to_have_url(re.compile("/$"))
    drawn(page)
    assert window(page) != (first, last)
    page.go_forward()
    expect_window(page, first, last)
    page.locator(".chip").click()
    expect(page).to_have_url(re.compile("/$"))
    assert window(page)[0] < first


def test_the_part_between_the_handles_and_the_handles_can_be_dragged(show) -> None:
    page = show("/?from=2022-02-01&to=2022-02-28")
    chart = page.locator(".overview-chart")
    box = chart.bounding_box()
    left, right = (handle.bounding_box()["x"] - box["x"] for handle in page.get_by_role("slider").all())
    middle = (left + right) / 2 / box["width"]
    drag(page, chart, middle, middle + 0.1)
    expect(page).not_to_have_url(re.compile("from=2022-02-01"))
    first, last = window(page)
    expect_window(page, first, last)
    assert date.fromisoformat(last) - date.fromisoformat(first) == timedelta(27)
    right = page.get_by_role("slider").last.bounding_box()["x"] - box["x"]
    drag(page, chart, right / box["width"], right / box["width"] + 0.1)
    expect(page).not_to_have_url(re.compile(f"to={last}"))
    assert window(page)[0] == first
    assert window(page)[1] > last


def test_a_bar_is_still_a_link_to_its_days(show) -> None:
    page = show()
    page.locator(".bar", has=page.locator(".reach")).nth(21).click()
    expect(page).to_have_url(re.compile("from=2022-0.-..&to=2022-0"))
    expect(page.locator(".lane-plot")).to_have_attribute("data-level", "labels")


def test_dates_can_be_set_by_keys_alone(show) -> None:
    page = show("/?from=2022-02-10&to=2022-02-20")
    first = page.get_by_role("slider", name=re.compile("^From"))
    first.focus()
    expect(first).to_have_attribute("aria-valuetext", "10 February 2022")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("PageDown")
    expect_window(page, "2022-02-05", "2022-02-20")
    expect(first).to_be_focused()
    page.get_by_role("slider", name=re.compile("^To")).focus()
    page.keyboard.press("ArrowLeft")
    expect_window(page, "2022-02-05", "2022-02-19")
    page.locator("body").press("0")
    expect(page).to_have_url(re.compile("/$"))
    page.locator("body").press("+")
    expect(page).to_have_url(re.compile("from="))
    page.locator("body").press("-")
    expect(page).to_have_url(re.compile("/$"))


def test_the_list_follows_the_dates_typed(show) -> None:
    page = show()
    page.locator("#from").fill("2022-02-20")
    page.locator("#to").fill("2022-02-26")
    page.locator("#to").blur()
    expect_window(page, "2022-02-20", "2022-02-26")
    expect(page.locator(".lane-plot")).to_have_attribute("data-level", "labels")


def test_each_zoom_shows_as_much_as_fits(show) -> None:
    page = show(WEEKS)
    plot = page.locator(".lane-plot")
    expect(plot).to_have_attribute("data-level", "weeks")
    expect(page.locator(".lane-bar").first).to_have_attribute("aria-label", re.compile("item|move|claim"))
    seen = ["weeks"]
    for _ in range(5):
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(600)
        if (level := plot.get_attribute("data-level")) != seen[-1]:
            seen.append(level)
    assert (seen[0], seen[-1]) == ("weeks", "labels")
    assert {"days", "marks"} & set(seen)
    expect(page.locator(".mark text").first).to_be_visible()
    page.get_by_role("button", name="All dates").click()
    expect(plot).to_have_attribute("data-level", "weeks")
    expect(page.get_by_role("button", name="Zoom out")).to_have_attribute("aria-disabled", "true")
    page.goto(MARKS.replace("?", "?from=2022-02-01&to=2022-03-31&"))
    expect(plot).to_have_attribute("data-level", "marks")
    expect(page.locator(".stack").first).to_be_attached()


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", FIGURES)
def test_no_text_is_cut_or_covered(show, path: str, width: int) -> None:
    page = show(path, width=width)
    assert page.evaluate(CUT_TEXTS) == []
    assert page.evaluate(COVERED_TEXTS) == []


def test_numbers_without_room_are_told_for_several_days_together(show) -> None:
    page = show("/?country=GB&from=2022-02-01&to=2022-03-15", width=390)
    expect(page.locator(".lane-plot")).to_have_attribute("data-level", "marks")
    texts = page.locator(".mark.more text").all_text_contents()
    assert texts
    assert all(re.fullmatch(r"\+\d+", text) for text in texts)
    several = page.locator(".mark.more[aria-label*=' to ']").first
    expect(several).to_have_attribute("aria-label", re.compile(r"^\d+ more on \d+ \w+ 2022 to \d+ \w+ 2022$"))
    href = several.get_attribute("href") or ""
    first, last = re.findall(r"(?:from|to)=([0-9-]+)", href)
    assert first < last


@pytest.mark.parametrize("width", [1440, 390])
def test_the_highest_claims_stand_by_value_at_the_widest_view(show, width: int) -> None:
    page = show(WEEKS, width=width)
    claims = page.get_by_role("link", name=re.compile("^Highest troop claim, .* 2022: .*k"))
    assert claims.count() > 10
    assert page.locator(".plot-scale span").all_inner_texts()[-1] == "0"
    values = claims.evaluate_all(
        "all => all.map((mark) => [mark.querySelector('text')?.textContent ?? '', mark.ariaLabel])"
    )
    assert any(text and text.split()[0] in name for text, name in values), "the key ones have their number beside them"


@pytest.mark.parametrize("width", [1440, 390])
def test_handles_cover_no_label(show, width: int) -> None:
    page = show("/?from=2022-02-21&to=2022-02-27", width=width)
    for step in range(8):
        handles = [box["x"] for each in page.get_by_role("slider").all() if (box := each.bounding_box())]
        labels = [box for each in page.locator(".overview .label:visible").all() if (box := each.bounding_box())]
        assert labels or step
        for box in labels:
            assert not any(box["x"] < x < box["x"] + box["width"] for x in handles), (step, box, handles)
        page.get_by_role("slider", name=re.compile("^To")).press("PageUp" if step % 2 else "ArrowRight")
        page.wait_for_timeout(150)


def test_a_filter_leaves_all_items_visible_as_a_pale_outline(show) -> None:
    page = show("/")
    expect(page.locator(".backdrop")).to_have_count(0)
    page.goto("/?q=nothing+at+all+like+this")
    expect(page.locator(".backdrop path")).to_be_attached()
    expect(page.locator(".overview .bar")).to_have_count(0)
    expect(page.locator(".overview-caption")).to_contain_text("Grey: all items")


def test_a_drag_pans_and_a_wheel_with_ctrl_zooms(show) -> None:
    page = show("/?from=2022-02-01&to=2022-02-28")
    plot = page.locator(".lane-plot")
    drag(page, plot, 0.7, 0.4, y=330)
    expect(page).not_to_have_url(re.compile("from=2022-02-01"))
    first, last = window(page)
    expect_window(page, first, last)
    assert first > "2022-02-01"
    assert date.fromisoformat(last) - date.fromisoformat(first) == timedelta(27)

    before = page.url
    page.mouse.wheel(0, 300)
    page.wait_for_timeout(500)
    assert page.url == before
    assert page.evaluate("scrollY") > 0
    page.evaluate("scrollTo(0, 0)")
    plot.hover(position={"x": 600, "y": 330})
    page.keyboard.down("Control")
    page.mouse.wheel(0, -240)
    page.keyboard.up("Control")
    expect(page).not_to_have_url(before)
    zoomed = window(page)
    expect_window(page, *zoomed)
    assert first < zoomed[0] < zoomed[1] < last
    plot.dblclick(position={"x": 600, "y": 330})
    expect(page).not_to_have_url(re.compile(f"from={zoomed[0]}"))


def test_the_keyboard_walks_from_mark_to_mark(show) -> None:
    page = show(LABELS)
    stops = page.locator(".mark[tabindex='0']")
    expect(stops).to_have_count(1)
    stops.focus()
    lane = "() => document.activeElement.closest('.lane').dataset.lane"
    seen = []
    for _ in range(40):
        page.keyboard.press("ArrowDown")
        seen.append(page.evaluate(lane))
        if seen[-1] == "statements":
            break
    assert list(dict.fromkeys(seen)) in (["diplomatic", "troops", "statements"], ["troops", "statements"])
    name = page.locator(".mark:focus").get_attribute("aria-label")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".mark:focus")).not_to_have_attribute("aria-label", name or "")
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_be_hidden()

    item = page.locator(".mark[aria-label*=' 22 February 2022'][href^='/items/']").first
    item.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#source-title")).to_be_focused()
    expect(page).to_have_url(re.compile("item="))
    expect(page.locator(".mark[aria-current]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Contested")).to_be_visible()
    expect(page.locator(".mark:focus")).to_have_count(1)
    expect(page.locator(".mark[aria-current]")).to_have_count(0)


def test_walking_past_the_edge_moves_the_window(show) -> None:
    page = show("/?from=2022-02-18&to=2022-02-21")
    page.locator(".mark[tabindex='0']").focus()
    page.keyboard.press("End")
    expect(page).not_to_have_url(re.compile("to=2022-02-21"))
    expect(page.locator(".mark:focus")).to_have_count(1)
    assert window(page)[1] > "2022-02-21"


def test_a_day_of_hundreds_of_items_tells_how_many_more(show) -> None:
    page = show(LABELS)
    more = page.locator(f".mark.more[href*='from={CLIMAX}'][href*='kind=statement']")
    expect(more).to_have_attribute("aria-label", re.compile(r"^\d+ more on 24 February 2022$"))
    hidden = number(more.locator("text").text_content())
    drawn_marks = page.locator(
        ".lane[data-lane=statements] .mark:not(.more):not(.pill)[aria-label*='24 February 2022']"
    )
    count = drawn_marks.count()
    assert hidden > 60
    more.click()
    expect(page).to_have_url(re.compile(f"kind=statement.*from={CLIMAX}&to={CLIMAX}"))
    expect(page.locator(".lane-count").last).to_have_text(re.compile(r"^\d+ items$"))
    assert number(page.locator(".lane-count").last.inner_text()) >= hidden + count
    assert window(page) == (CLIMAX, CLIMAX)


def test_filters_change_the_lanes(show) -> None:
    page = show(DAYS)
    before = page.locator(".lane-count").all_inner_texts()
    page.get_by_role("checkbox", name=re.compile("^Statements")).check()
    expect(page.locator(".lane-count").first).to_have_text("0 items")
    expect(page.locator(".lane-count").last).to_have_text(before[2])
    page.locator("#q").fill("nothing at all like this")
    expect(page.locator(".lane-state")).to_have_text(re.compile("No item matches"))
    page.goto(f"{page.url.partition('?')[0]}?from=1990-01-01&to=1990-01-31")
    expect(page.locator(".lane-state")).to_have_text(re.compile("No items in these days"))


def test_cards_and_marks_point_at_each_other(show) -> None:
    page = show("/?from=2022-02-10&to=2022-02-12")
    mark = page.locator(".mark[aria-label*=' 11 February 2022']").first
    uid = mark.get_attribute("data-uid")
    mark.hover()
    expect(page.get_by_role("tooltip")).to_contain_text(re.compile("February 2022"))
    expect(page.get_by_role("tooltip")).to_contain_text("Paper")
    card = page.locator(f"#card-{uid}")
    if card.count():
        expect(card).to_have_class(re.compile("is-pointed"))
        card.hover()
        expect(mark).to_have_class(re.compile("is-pointed"))
    mark.click()
    expect(page.locator("#source")).to_have_attribute("data-item", uid or "")
    expect(mark).to_have_attribute("aria-current", "true")


def test_lanes_that_fail_to_load_say_so_and_can_be_tried_again(show, console_errors: list[str]) -> None:
    page = show("/?from=2022-02-01&to=2022-02-28")
    page.route("**/api/v1/lanes*", lambda route: route.abort())
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".lane-state")).to_contain_text("could not be loaded")
    expect(page.get_by_role("button", name="Zoom in")).to_have_attribute("aria-disabled", "false")
    page.unroute("**/api/v1/lanes*")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".lane-state")).to_be_hidden()
    assert all("ERR_FAILED" in error for error in console_errors)
    console_errors.clear()


def test_lanes_come_back_with_the_connection(show, console_errors: list[str]) -> None:
    page = show("/?from=2022-02-01&to=2022-02-28")
    page.context.set_offline(True)
    page.get_by_role("button", name="Zoom in").click()
    expect(page.locator(".lane-state")).to_contain_text("There is no connection")
    page.context.set_offline(False)
    expect(page.locator(".lane-state")).to_be_hidden()
    assert all("ERR_INTERNET_DISCONNECTED" in error for error in console_errors)
    console_errors.clear()


def swipe(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """One thumb on the screen, as the device reports it."""
    cdp = page.context.new_cdp_session(page)
    points = [(start[0] + (end[0] - start[0]) * n / 8, start[1] + (end[1] - start[1]) * n / 8) for n in range(9)]
    cdp.send(
        "Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": points[0][0], "y": points[0][1]}]}
    )
    for x, y in points[1:]:
        cdp.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y}]})
    cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_thumbs_pan_the_lanes_and_scroll_the_page(show) -> None:
    page = show("/?from=2022-02-01&to=2022-02-28", width=390, height=844, touch=True)
    box = page.locator(".lane-plot").bounding_box()
    y = box["y"] + 120
    swipe(page, (300, y), (120, y + 4))
    expect(page).not_to_have_url(re.compile("from=2022-02-01"))
    first, last = window(page)
    expect_window(page, first, last)
    assert first > "2022-02-01"
    swipe(page, (200, y), (204, y - 160))
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > 50
    assert window(page) == (first, last)


def test_a_swipe_runs_out_unless_motion_is_unwanted(show) -> None:
    page = show("/?from=2022-02-01&to=2022-02-28", width=390, height=844, touch=True)
    y = page.locator(".lane-plot").bounding_box()["y"] + 120
    reached = []
    for motion in ("reduce", "no-preference"):
        page.goto("/?from=2022-02-01&to=2022-02-28")
        drawn(page)
        page.emulate_media(reduced_motion=motion)
        swipe(page, (300, y), (200, y))
        expect(page).not_to_have_url(re.compile("from=2022-02-01"))
        reached.append(window(page)[0])
    assert reached[0] < reached[1]


def test_today_stands_on_the_axis(open_page, crisis) -> None:
    page = open_page("/about", site=crisis)
    page.add_init_script(
        "Date.now = () => Date.UTC(2022, 1, 22, 12); { const Real = Date; Date = class extends Real {"
        " constructor(...given) { given.length ? super(...given) : super(Real.now()); } }; }"
    )
    page.goto(LABELS)
    drawn(page)
    expect(page.locator(".today-text")).to_have_text("Today")
    assert "22 Feb" not in " ".join(page.locator(".plot .tick").all_text_contents())
    page.goto("/?from=2022-06-01&to=2022-06-10")
    drawn(page)
    expect(page.locator(".today-text")).to_have_count(0)


def test_two_thumbs_zoom(show) -> None:
    page = show("/?from=2022-02-01&to=2022-02-28", width=390, height=844, touch=True)
    box = page.locator(".lane-plot").bounding_box()
    y = box["y"] + 150
    cdp = page.context.new_cdp_session(page)
    for step in range(9):
        points = [{"x": 195 - 40 - 12 * step, "y": y, "id": 0}, {"x": 195 + 40 + 12 * step, "y": y, "id": 1}]
        cdp.send("Input.dispatchTouchEvent", {"type": "touchMove" if step else "touchStart", "touchPoints": points})
    cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(page).not_to_have_url(re.compile("from=2022-02-01"))
    first, last = window(page)
    expect_window(page, first, last)
    assert "2022-02-01" < first < last < "2022-02-28"


def test_without_javascript_there_is_the_overview_alone(open_page, crisis) -> None:
    page = open_page(LABELS, site=crisis, js=False)
    expect(page.locator(".overview .bar").first).to_be_visible()
    expect(page.locator(".overview .selection")).to_be_visible()
    for hidden in (".lanes", ".figure-bar", ".only-live"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".only-plain")).to_be_visible()


@pytest.mark.parametrize("width", [1440, 390])
def test_nothing_moves_while_the_page_loads(show, width: int) -> None:
    page = show(LABELS, width=width)
    settle(page)
    assert shifts(page)["sum"] < MOST_SHIFT


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_at_any_zoom(show, width: int) -> None:
    page = show(WEEKS, width=width)
    found = {}
    for path in (WEEKS, DAYS, MARKS, LABELS):
        page.goto(path)
        drawn(page)
        if bad := violations(page):
            found[path] = bad
    assert not found


def test_paper_gets_the_lanes_as_wide_as_it_is(show) -> None:
    page = show(LABELS)
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".figure-bar")).to_be_hidden()
    plot, picture = (page.locator(name).bounding_box() for name in (".lane-plot", ".plot"))
    assert plot["width"] <= 672
    assert picture["width"] == pytest.approx(2 * plot["width"], abs=1)
    assert page.evaluate(CUT_TEXTS) == []
    expect(page.locator(".mark.more").first).to_be_visible()
    expect(page.locator(".brush")).to_be_hidden()
    expect(page.locator(".overview .selection")).to_be_visible()
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(".figure-bar")).to_be_visible()
    assert page.locator(".lane-plot").bounding_box()["width"] > 1000
