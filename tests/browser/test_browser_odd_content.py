"""Content that stretches the pages: a long article, hundreds of items on a day, long names, right-to-left text."""

from collections.abc import Iterator
from datetime import date

import pytest
from browsing import Running, started
from playwright.sync_api import Locator, expect
from sqlalchemy import Engine
from store_samples import Article

from app.db.engine import open_engine
from app.db.migrate import migrate
from app.domain.items import Actor
from app.domain.vocabulary import ActorKind, StatementKind
from app.services.importing import create_upload
from app.settings import DATABASE_NAME

pytestmark = pytest.mark.browser

ROUNDS = 260
LONG_NAME = "Maximiliana Featherstonehaugh-Cholmondeley-Marjoribanks-Wolfeschlegelsteinhausen"
HEBREW = "השלום אפשרי גם עכשיו"
SPEAKER, ROLE, PLACE = "נפתלי בנט", "ראש הממשלה", "ירושלים"
QUOTE_BEGIN, QUOTE_END = "קרוב", "גם בשנת 2022"
QUOTE = f"השלום {QUOTE_BEGIN} מאוד {QUOTE_END}!"
MEETING = "הפגישה 17 נערכה"
TITLE_BEGIN = "مفاوضات في جنيف"
RIGHT_TO_LEFT = Article(
    f"{QUOTE} said.\n{MEETING} today.",
    title=f"{TITLE_BEGIN} 2022?",
    published=date(2022, 2, 17),
    url="https://example.org/talks",
    actors=(Actor(name=SPEAKER, kind=ActorKind.PERSON, role=ROLE),),
)
RIGHT_TO_LEFT.statement(QUOTE, SPEAKER, kind=StatementKind.DIRECT, speaker_role=ROLE, venue=PLACE, date="2022-02-17")
RIGHT_TO_LEFT.event(MEETING, "17", place=PLACE, actors=(SPEAKER,), date="2022-02-17")
LONG = "Envoys tell of every round\n20220215\n" + "\n".join(
    f"Foreign Minister Sergey Lavrov said on Tuesday that round {n} of the long talks in Geneva had ended without a "
    f"result for either of the two delegations."
    for n in range(1, ROUNDS + 1)
)
ODD = f"""Ministers speak in many tongues
20220216
"The port is open to every ship," Foreign Minister {LONG_NAME} said on Wednesday.
"{HEBREW}," Prime Minister Naftali Bennett said in Jerusalem on Wednesday.
{"Unbreakable" * 30} was the word that Foreign Minister Annalena Baerbock said on Wednesday that nobody could read.
"""


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The site with a long and an odd article, read by its own worker, and one whose items were made by hand."""
    folder = tmp_path_factory.mktemp("odd")
    engine = open_engine(f"sqlite:///{folder}/{DATABASE_NAME}")
    migrate(engine)
    RIGHT_TO_LEFT.store(engine)
    engine.dispose()

    def fill(engine: Engine) -> None:
        create_upload(engine, [("long.txt", LONG.encode()), ("odd.txt", ODD.encode())])

    with started(folder, fill) as site:
        site.wait_until_read()
        yield site


def address_of(open_page, odd: Running, title: str) -> str:
    """Where the article is, found in the list as a reader finds it."""
    page = open_page("/articles", site=odd)
    return page.get_by_role("link", name=title).get_attribute("href")


def test_an_article_of_five_thousand_words_opens_at_its_sentence(open_page, odd: Running) -> None:
    assert len(LONG.split()) > 5_000
    address = address_of(open_page, odd, "Envoys tell of every round")
    page = open_page(address, site=odd)
    assert page.get_by_text(f"round {ROUNDS} of the long talks").first.is_visible()
    page.goto(f"/?q=%22round+{ROUNDS - 5}%22")
    page.locator(".card-link").first.click()
    sentence = page.locator("#source .lit").first
    sentence.wait_for()
    box, pane = sentence.bounding_box(), page.locator("#source").bounding_box()
    assert box
    assert pane
    assert pane["y"] <= box["y"] <= pane["y"] + pane["height"], "the pane has been scrolled to the sentence"
    page.goto(f"{address}?view=coverage")
    assert page.locator(".coverage .gave").count() >= ROUNDS


def test_a_day_of_hundreds_shows_few_cards_and_all_on_request(open_page, odd: Running) -> None:
    page = open_page("/", site=odd)
    day = page.locator("#day-2022-02-15")
    assert int(day.locator(".group-count").inner_text().removesuffix(" items")) >= ROUNDS
    assert day.locator(".card:visible").count() <= 9
    day.locator("summary", has_text="more from 15 Feb").click()
    assert day.locator(".card:visible").count() > 9
    assert page.get_by_role("link", name="Show more").is_visible()


@pytest.mark.parametrize("width", [1440, 360])
def test_long_names_and_words_stay_on_the_page(open_page, odd: Running, width: int) -> None:
    assert len(LONG_NAME) >= 80
    article = address_of(open_page, odd, "Ministers speak in many tongues")
    page = open_page("/", site=odd, width=width)
    page.goto("/actors?name=Featherstonehaugh")
    actor = page.locator(".directory h2 a").first.get_attribute("href")
    assert actor
    for path in (
        "/?from=2022-02-16&to=2022-02-16",
        article,
        f"{article}?view=coverage",
        "/actors",
        actor,
        "/map",
        "/troops",
    ):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.goto(actor)
    assert "Wolfeschlegelsteinhausen" in page.get_by_role("heading", level=1).inner_text()


X_OF = """(place, text) => {
  const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode, at = node.data.indexOf(text);
    if (at < 0 || !node.parentElement.checkVisibility()) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + text.length);
    return range.getBoundingClientRect().x;
  }
  return null;
}"""


def expect_from_left_to_right(place: Locator, *texts: str) -> None:
    """The texts stand beside each other in this order as the eye sees them, whatever order they have in the page."""
    expect(place).to_be_visible()
    found = [place.evaluate(X_OF, text) for text in texts]
    assert None not in found, f"{texts} at {found}"
    assert found == sorted(found), f"{texts} at {found}"


def test_text_from_right_to_left_keeps_its_order_and_that_of_its_neighbours(open_page, odd: Running) -> None:
    """Words of a Hebrew sentence run from the right, its last mark stands left; names, places and numbers stay put."""
    page = open_page("/?q=%D7%94%D7%A9%D7%9C%D7%95%D7%9D&kind=statement", site=odd)
    card = page.get_by_role("article").filter(has_text=f"{QUOTE_END}!")
    expect_from_left_to_right(card.get_by_role("heading"), "!", QUOTE_END, QUOTE_BEGIN)
    expect_from_left_to_right(card.locator(".byline"), SPEAKER, ROLE, PLACE)
    row = page.locator("#filters label").filter(has_text=SPEAKER)
    expect_from_left_to_right(row, SPEAKER, "1")
    chip = page.get_by_role("list", name="Active filters").get_by_role("link").filter(has_text="השלום")
    expect_from_left_to_right(chip, "“", "השלום")

    card.get_by_role("link").first.click()
    pane = page.get_by_role("complementary", name="Source")
    expect_from_left_to_right(pane.get_by_role("heading"), "?", TITLE_BEGIN)
    expect_from_left_to_right(pane.get_by_role("group", name="Article"), "!", QUOTE_END, QUOTE_BEGIN)
    pane.get_by_role("link", name="The whole article").click()
    expect_from_left_to_right(page.get_by_role("heading", level=1), "?", TITLE_BEGIN)
    expect_from_left_to_right(page.locator(".article-text").first, "!", QUOTE_END, QUOTE_BEGIN)
    page.goto("/actors")
    expect_from_left_to_right(page.get_by_role("listitem").filter(has_text=SPEAKER), SPEAKER, "1")
    page.goto("/?kind=diplomatic&from=2022-02-17&to=2022-02-17")
    expect_from_left_to_right(page.get_by_role("article").locator(".byline"), PLACE, "example.org")
