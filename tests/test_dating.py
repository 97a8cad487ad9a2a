"""Which date governs a statement, an event, a troop claim: by the sentence, by what it belongs to, or by default."""

from dataclasses import replace
from datetime import date

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from app.domain.items import Event, Statement, TroopClaim
from app.domain.source import SourceText
from app.domain.vocabulary import EventCategory, Modality, StatementKind
from app.extraction.dating import date_claims, date_events, date_statements
from app.extraction.findings import Parsed
from app.extraction.language import parse
from app.extraction.times import find_times

TUESDAY = date(2022, 2, 15)


def article(*paragraphs: str, published: date | None = TUESDAY) -> SourceText:
    return SourceText(title="", paragraphs=paragraphs, published=published)


def statement(source: SourceText, cue: str, content: str, speaker: str = "", mention: str = "") -> Statement:
    start, cue_start = source.text.index(content), source.text.index(cue)
    return Statement(
        paragraph=source.paragraph_at(start),
        start=start,
        end=start + len(content),
        text=content,
        kind=StatementKind.INDIRECT,
        cue=cue,
        cue_start=cue_start,
        speaker=speaker or None,
        speaker_mention=mention or None,
    )


def said(nlp: Language, source: SourceText, *statements: Statement) -> list[Statement]:
    parsed = parse(source, nlp)
    return date_statements(parsed, source, find_times(parsed, source), list(statements))


def test_what_is_relayed_was_said_on_the_day_of_the_relay(nlp: Language) -> None:
    source = article("Norway said it sank , the agency reported Monday .")
    tree = (  # as the parse has it where it takes "said" for the main verb
        ("Norway", "nsubj", 1, "NNP"), ("said", "ROOT", 1, "VBD"), ("it", "nsubj", 3, "PRP"),
        ("sank", "ccomp", 1, "VBD"), (",", "punct", 7, ","), ("the", "det", 6, "DT"), ("agency", "nsubj", 7, "NN"),
        ("reported", "ccomp", 1, "VBD"), ("Monday", "npadvmod", 7, "NNP"), (".", "punct", 1, "."),
    )  # fmt: skip
    words, labels, heads, tags = (list(column) for column in zip(*tree, strict=True))
    lemmas = ["say" if word == "said" else word for word in words]
    pos = ["VERB" if tag == "VBD" else "NOUN" for tag in tags]
    doc = Doc(nlp.vocab, words=words, deps=labels, heads=heads, tags=tags, lemmas=lemmas, pos=pos)
    parsed = Parsed(doc, ((0, len(doc)),))
    relayed = replace(statement(source, "said", "it sank"), via="NTB")
    for told, day in ((relayed, "2022-02-14"), (replace(relayed, via=None), "2022-02-15")):
        assert date_statements(parsed, source, find_times(parsed, source), [told])[0].date == day


@pytest.mark.parametrize(
    ("text", "cue", "content", "expected", "why"),
    [
        ("The minister said Monday that the port is open.",
         "said", "the port is open", "2022-02-14", "beside the verb"),
        ("On Sunday the minister said the port was open.", "said", "the port was open", "2022-02-13", "in front"),
        ("The minister said in a statement on Monday that the port is open.",
         "said", "the port is open", "2022-02-14", "in a phrase of the verb"),
        ("The minister said the port will open on Friday.",
         "said", "the port will open on Friday", "2022-02-15", "the content's day is not the saying's"),
        ("The minister warned Monday of delays, telling reporters that the port is full.",
         "telling", "the port is full", "2022-02-14", "a participle has its main verb's day"),
        ("The minister said the port is open.", "said", "the port is open", "2022-02-15", "the day's news"),
        ("The minister says the port is open.",
         "says", "the port is open", "2022-02-15", "the day's news, in the present"),
        ("The minister has said the port is open.", "said", "the port is open", None, "a perfect names no day"),
        ("The minister has repeatedly said the port is open.", "said", "the port is open", None, "a habit"),
        ("The minister repeatedly said the port was open.", "said", "the port was open", None, "a habit in the past"),
        ("The minister continued to warn that the port is full.", "warn", "the port is full", None, "what goes on"),
        ("The minister denies that the port is closed.", "denies", "the port is closed", None, "a standing position"),
        ("The images show that the port is closed.", "show", "the port is closed", None, "a document's view"),
        ("The minister said last week that the port was open.", "said", "the port was open", None, "a week is no day"),
        ("The minister said earlier this month that the port was open.",
         "said", "the port was open", None, "nor is a month"),
        ("The report came a day after the minister said the port was open.",
         "said", "the port was open", "2022-02-14", "counted from the main clause"),
    ],
)  # fmt: skip
def test_the_day_of_a_saying(nlp: Language, text: str, cue: str, content: str, expected: str | None, why: str) -> None:
    source = article(text)
    (found,) = said(nlp, source, statement(source, cue, content))
    assert found.date == expected, (why, found.date_rule)
    assert found.date_rule


def test_a_pronoun_goes_on_with_the_day_of_the_words_before(nlp: Language) -> None:
    source = article("The minister said on Sunday that the port was open.", "The ships can come, he added.")
    first = statement(source, "said", "the port was open", "Jan Novak", "The minister")
    second = statement(source, "added", "The ships can come", "Jan Novak", "he")
    assert [s.date for s in said(nlp, source, first, second)] == ["2022-02-13", "2022-02-13"]


def test_a_pronoun_s_standing_view_has_no_day(nlp: Language) -> None:
    source = article("The ministry spoke on Monday. It maintains that ships wait.")
    (found,) = said(nlp, source, statement(source, "maintains", "ships wait", "Ministry", "It"))
    assert found.date is None, found.date_rule


def test_a_speaker_heard_on_one_day_spoke_on_that_day(nlp: Language) -> None:
    source = article("The port is open, Novak said.", "Novak told reporters on Monday that ships wait.")
    first = statement(source, "said", "The port is open", "Jan Novak", "Novak")
    second = statement(source, "told", "ships wait", "Jan Novak", "Novak")
    assert [s.date for s in said(nlp, source, first, second)] == ["2022-02-14", "2022-02-14"]


def test_a_speaker_heard_long_ago_and_now_spoke_now(nlp: Language) -> None:
    source = article("The port is open, Novak said.", "On January 3 Novak said that ships waited.")
    first = statement(source, "said", "The port is open", "Jan Novak", "Novak")
    second = statement(source, "said that", "ships waited", "Jan Novak", "Novak")
    assert [s.date for s in said(nlp, source, first, second)] == ["2022-02-15", "2022-01-03"]


@pytest.mark.parametrize(
    ("paragraphs", "cue", "content", "expected", "why"),
    [
        (["The two spoke on Sunday. The aide said the port was open."],
         "said", "the port was open", "2022-02-13", "the sentence before names the day of the matter"),
        (["The two spoke on Sunday. The aide says the port is open."],
         "says", "the port is open", "2022-02-15", "but not of what is said now"),
        (["The two spoke on January 10. The aide said the port was open."],
         "said", "the port was open", "2022-02-15", "nor from long ago"),
        (["The two will speak on Sunday. The aide said the port was open."],
         "said", "the port was open", "2022-02-15", "nor from ahead"),
        (["The town got pumps from Riga on Sunday.", "The pumps came from Riga, the mayor said."],
         "said", "The pumps came from Riga", "2022-02-13", "the next paragraph on the same matter"),
        (["The town got pumps from Riga on Sunday.", "The school in Riga is closed, the mayor said."],
         "said", "The school in Riga is closed", "2022-02-15", "a name alone is not the same matter"),
        (["The council voted on Sunday for a new bridge. Traders were opposed.", "The mayor called it a mistake."],
         "called", "a mistake", "2022-02-13", "'it' takes up the paragraph before"),
        (["The officials drew a plan on Sunday. It is long.", "Ships wait, the officials said."],
         "said", "Ships wait", "2022-02-13", "those of whom the paragraph before tells"),
        (["Danish officials drew a plan on Sunday. It is long.", "Ships wait, Polish officials said."],
         "said", "Ships wait", "2022-02-15", "not others of the kind"),
        (["The mayor warned them in their latest call that ships wait.", "They spoke on Sunday for an hour."],
         "warned", "ships wait", "2022-02-13", "the day of the call"),
        (["In a call the mayor pleaded.", "The office said in a summary of the call that ships wait.",
          "Sunday's call was short."],
         "said", "ships wait", "2022-02-13", "a document on the occasion"),
    ],
)  # fmt: skip
def test_the_day_of_the_occasion(
    nlp: Language, paragraphs: list[str], cue: str, content: str, expected: str, why: str
) -> None:
    source = article(*paragraphs)
    (found,) = said(nlp, source, statement(source, cue, content))
    assert found.date == expected, (why, found.date_rule)


def test_the_day_goes_on_from_statement_to_statement(nlp: Language) -> None:
    source = article("The two spoke on Sunday. The aide said ships wait. The mayor added that the port was open.")
    first, second = statement(source, "said", "ships wait"), statement(source, "added", "the port was open")
    found = said(nlp, source, first, second)
    assert [s.date for s in found] == ["2022-02-13", "2022-02-13"]
    assert "what is told before" in found[1].date_rule


YESTERDAY = [
    "Novak said on Monday that ships wait.",
    "Smit said on Monday that ships left.",
    "The port is open, Weiss said.",
]


@pytest.mark.parametrize(
    ("more", "expected", "why"),
    [
        ("", "2022-02-14", "all that was said was said on the eve"),
        ("The vote was on Sunday.", "2022-02-15", "another day is named"),
        ("The vote is on Tuesday.", "2022-02-15", "the publication day is named"),
    ],
)
def test_an_article_of_yesterday_s_news(nlp: Language, more: str, expected: str, why: str) -> None:
    source = article(*YESTERDAY, *filter(None, [more]))
    statements = [
        statement(source, "said on Monday that ships wait", "ships wait", "Jan Novak"),
        statement(source, "said on Monday that ships left", "ships left", "Piet Smit"),
        statement(source, "said.", "The port is open", "Ada Weiss"),
    ]
    found = said(nlp, source, *statements)
    assert [s.date for s in found] == ["2022-02-14", "2022-02-14", expected], (why, found[-1].date_rule)


def test_without_any_date_there_is_none_and_the_rule_says_so(nlp: Language) -> None:
    source = article("The minister said the port is open.", published=None)
    (found,) = said(nlp, source, statement(source, "said", "the port is open"))
    assert (found.date, found.date_rule) == (None, "neither the text nor the file gives a date")


def happened(
    nlp: Language, text: str, trigger: str, modality: Modality = Modality.HAPPENED, published: date | None = TUESDAY
) -> Event:
    source = article(text, published=published)
    start = text.index(trigger)
    event = Event(
        paragraph=0,
        start=start,
        end=start + len(trigger),
        text=trigger,
        trigger=trigger,
        trigger_start=start,
        category=EventCategory.MEET,
        plover="",
        modality=modality,
    )
    parsed = parse(source, nlp)
    return date_events(parsed, source, find_times(parsed, source), [event], [])[0]


@pytest.mark.parametrize(
    ("text", "trigger", "modality", "expected", "why"),
    [
        ("The two met in Prague on Monday.", "met", "happened", "2022-02-14", "its own day"),
        ("The two met in Prague last week.", "met", "happened", "2022-02-07/2022-02-13", "a week is a range"),
        ("The fleet left in July 2014.", "left", "happened", "2014-07", "a month is a month"),
        ("The two will meet on Friday.", "meet", "planned", "2022-02-18", "the day that it is planned for"),
        ("Flights will stop from Monday up to and including 28 February.",
         "stop", "planned", "2022-02-21/2022-02-28", "a range of two expressions"),
        ("No landing is possible on Feb. 16th or the 17th.",
         "landing", "possible", "2022-02-16/2022-02-17", "either of two days"),
        ("The two met in Prague.", "met", "happened", "2022-02-15", "the day's news"),
        ("The two will meet in Prague.", "meet", "planned", None, "a plan without a day"),
        ("Troops have left the town.", "left", "happened", None, "a perfect names no day"),
        ("Troops left the town in recent days.", "left", "happened", None, "vague"),
        ("The agency said on Monday that troops had left.",
         "left", "happened", None, "the day of the report is not that of the event"),
        ("Last week, the airline said that it stopped its flights.",
         "stopped", "happened", "2022-02-07/2022-02-13", "a date in front governs all"),
        ("The two met Monday, a day after he visited Prague.",
         "visited", "happened", "2022-02-13", "counted from the main clause"),
        ("Novak met her in Prague, a day after he visited Vienna.",
         "visited", "happened", "2022-02-14", "counted from the publication"),
        ("Two days before the vote, ships left. The vote was on Monday.", "left", "happened", "2022-02-12", "a noun"),
        ("Two days before the vote, ships left.", "left", "happened", None, "a noun without a day"),
        ("On Monday he said that ships had left.", "left", "happened", None, "a day in front is the saying's alone"),
        ("Kyiv got helmets on Monday, not the arms it had asked for.", "asked", "happened", None, "before that day"),
        ("Relations cooled after July, when ships left.",
         "left", "happened", "2021-07", "a clause that hangs on the date"),
        ("The minister condemned Monday's strike.",
         "condemned", "happened", "2022-02-15", "the strike's day is not the verb's"),
        ("The minister condemned Monday's strike.", "strike", "happened", "2022-02-14", "but the strike's"),
        ("The minister had hosted the envoy in Rome.", "hosted", "happened", None, "before what is told"),
        ("The drafts, published on Feb. 3, would bar all drills.",
         "bar", "planned", None, "a past day in the subject is not that of a plan"),
        ("The envoys met on Feb. 10 in Geneva. Smit spoke at the Geneva meeting.",
         "meeting", "happened", "2022-02-10", "the one day of such an occasion"),
        ("Paris acted on Monday, a day after Rome froze funds and banned flights.",
         "banned", "happened", "2022-02-13", "coordinated with what is counted"),
        ("The texts came out a day after ministers of the European Union, meeting at a forum in Vienna, agreed on aid.",
         "agreed", "happened", "2022-02-14", "counted across an aside"),
        ("The country had gathered ships and was preparing a landing for the end of March.",
         "gathered", "happened", None, "a day ahead is not that of what is done"),
    ],
)  # fmt: skip
def test_the_date_of_an_event(
    nlp: Language, text: str, trigger: str, modality: str, expected: str | None, why: str
) -> None:
    found = happened(nlp, text, trigger, Modality(modality))
    assert found.date == expected, (why, found.date_rule)
    assert found.date_rule


def test_an_event_of_an_article_without_a_date_has_none(nlp: Language) -> None:
    assert happened(nlp, "The two met in Prague.", "met", published=None).date is None


def test_an_event_told_by_a_statement_s_verb_has_the_statement_s_date(nlp: Language) -> None:
    source = article("The minister has accused the town of theft.", "The minister accused the town of fraud.")
    content = statement(source, "accused the town of fraud", "the town of fraud")
    event = Event(
        paragraph=1, start=content.cue_start, end=content.end, text="", trigger="accused",
        trigger_start=content.cue_start, category=EventCategory.ACCUSE, plover="",
    )  # fmt: skip
    parsed = parse(source, nlp)
    times = find_times(parsed, source)
    dated = date_statements(parsed, source, times, [content])
    assert date_events(parsed, source, times, [event], dated)[0].date == "2022-02-15"


def claimed(nlp: Language, text: str, anchor: str) -> TroopClaim:
    source = article(text)
    at = text.index(anchor)
    claim = TroopClaim(paragraph=0, start=at, end=at + len(anchor), text=anchor, anchor_start=at)
    parsed = parse(source, nlp)
    return date_claims(parsed, source, find_times(parsed, source), [claim], [])[0]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Some 5,000 troops are near the border.", "2022-02-15", "as of the publication"),
        ("As of Saturday, 5,000 troops were near the border.", "2022-02-12", "as of a day"),
        ("The number of troops rose between January 7 and February 5.", "2022-02-05", "as of the last day of a range"),
        ("Some 5,000 troops are there, up from 2,000 on January 30.", "2022-02-15", "a day to compare with"),
        ("The country had moved 5,000 troops, as others had done on Sunday.", "2022-02-15", "others' day"),
        ("The country had 5,000 troops there in 2014.", "2014", "a background year"),
        ("Some 5,000 troops will leave on Friday.", "2022-02-15", "a plan is told today"),
    ],
)
def test_the_day_that_a_claim_is_as_of(nlp: Language, text: str, expected: str, why: str) -> None:
    found = claimed(nlp, text, "troops")
    assert found.date == expected, (why, found.date_rule)


@pytest.mark.parametrize("when", ["on January 30", "two weeks earlier", "last month"])
def test_a_number_to_compare_with_is_of_its_own_day(nlp: Language, when: str) -> None:
    found = claimed(nlp, f"Some 5,000 troops are there, up from 2,000 {when}.", "2,000")
    assert found.date is not None
    assert found.date < "2022-02-10", found.date_rule
