"""What stands before words in the reporter's voice, so that they can be read alone; and the headline made of both."""

import pytest
from store_samples import Article

from app.domain.source import SourceText
from app.domain.vocabulary import Polarity, StatementKind
from app.services.found_items import FoundItem, found_items


def source_of(text: str) -> SourceText:
    return SourceText(title="", paragraphs=tuple(text.split("\n")))


def statement(text: str, words: str, cue: str, **more: object) -> FoundItem:
    article = Article(text).statement(words, "Anna Berg", cue=cue, **more)
    (item,) = found_items(article.extraction(source_of(text)))
    return item


@pytest.mark.parametrize(
    ("text", "words", "cue", "polarity", "lead"),
    [
        ("Berg rejected any part in it.", "any part in it", "rejected", "denies", "rejected"),
        ("Berg asked Moscow for calm.", "calm", "asked", "demands", "asked Moscow for"),
        ("Berg  called on\u00a0NATO to go.", "NATO to go", "called", "asserts", "called on"),  # on one line
        ("Berg denies that it will attack.", "it will attack", "denies", "denies", "denies that"),
        ("Berg did not rule out a war.", "a war", "rule", "asserts", "did not rule out"),
        ("Berg didn’t deny the plan.", "the plan", "deny", "asserts", "didn’t deny"),
        ("Berg said that it rained.", "it rained", "said", "asserts", ""),
        ("Berg insisted that it rained.", "it rained", "insisted", "asserts", ""),
        ("Berg said it would not go.", "it would not go", "said", "denies", ""),  # the words say it themselves
        ("It rained, Berg said.", "It rained", "said", "asserts", ""),
        ("Berg warned.\nWar is near.", "War is near", "warned", "warns", ""),  # of another paragraph
        (f"Berg urged {'very ' * 20}calm.", "calm", "urged", "demands", "urged …"),
    ],
)
def test_the_reporting_words_stand_before_what_would_be_misread_alone(
    text: str, words: str, cue: str, polarity: str, lead: str
) -> None:
    item = statement(text, words, cue, polarity=Polarity(polarity))
    assert (item.details["lead"] or "") == lead
    assert lead.removesuffix(" …") in " ".join(text.split())


def test_a_quote_has_no_words_before_it() -> None:
    item = statement("Berg rejected “any part in it”.", "any part in it", "rejected", kind=StatementKind.DIRECT)
    assert item.details["lead"] is None
    assert item.headline == "Anna Berg: any part in it"


def test_headlines_begin_with_a_capital_or_the_reporting_word() -> None:
    assert statement("Berg said that it rained.", "it rained", "said").headline == "Anna Berg: It rained"
    assert statement("Berg cited a threat.", "a threat", "cited").headline == "Anna Berg: cited a threat"
    text = "See the massed troops."
    (claim,) = found_items(Article(text).claim("the massed troops").extraction(source_of(text)))
    assert claim.headline == "The massed troops"
