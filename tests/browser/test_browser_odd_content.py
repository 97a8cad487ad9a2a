"""Content that stretches the pages: a long article, hundreds of items on a day, long names, right-to-left text."""

from collections.abc import Iterator

import pytest
from browsing import Running, started
from sqlalchemy import Engine

from app.services.importing import create_upload

pytestmark = pytest.mark.browser

ROUNDS = 260
LONG_NAME = "Maximiliana Featherstonehaugh-Cholmondeley-Marjoribanks-Wolfeschlegelsteinhausen"
HEBREW = "השלום אפשרי גם עכשיו"
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
    """The site with a long and an odd article, read by its own worker."""

    def fill(engine: Engine) -> None:
        create_upload(engine, [("long.txt", LONG.encode()), ("odd.txt", ODD.encode())])

    with started(tmp_path_factory.mktemp("odd"), fill) as site:
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


def test_text_from_right_to_left_keeps_its_order(open_page, odd: Running) -> None:
    """The words of the quote stand from right to left, and the speaker's line from left to right."""
    page = open_page("/?q=Bennett", site=odd)
    quote = page.locator(".quote", has_text=HEBREW)
    assert HEBREW in quote.inner_text()
    first, last = (
        page.evaluate(
            """([word, text]) => {
              const node = document.evaluate(`//*[contains(@class, 'quote')]//text()[contains(., '${text}')]`, document,
                null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue;
              const range = document.createRange();
              const at = node.textContent.indexOf(word);
              range.setStart(node, at);
              range.setEnd(node, at + word.length);
              return range.getBoundingClientRect().x;
            }""",
            [word, HEBREW],
        )
        for word in (HEBREW.partition(" ")[0], HEBREW.rpartition(" ")[2])
    )
    assert first > last
