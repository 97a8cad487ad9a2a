"""Statements: their spans, kinds, speakers, force, audience and relays."""

from datetime import date

import pytest
from spacy.language import Language

from app.domain.items import Statement
from app.domain.source import SourceText
from app.domain.vocabulary import Polarity, StatementKind
from app.extraction.actors import find_actors
from app.extraction.attribution import find_statements
from app.extraction.language import parse
from app.extraction.quotes import find_quotes
from app.knowledge import load_knowledge

DIRECT, INDIRECT, MIXED = StatementKind.DIRECT, StatementKind.INDIRECT, StatementKind.MIXED


def statements(nlp: Language, *paragraphs: str, url: str | None = None) -> list[Statement]:
    source = SourceText(title="", paragraphs=paragraphs, published=date(2022, 2, 15), url=url)
    parsed = parse(source, nlp)
    quoted = find_quotes(parsed)
    mentions = find_actors(parsed, source, quoted, load_knowledge())
    return find_statements(parsed, source, quoted, mentions, load_knowledge())


@pytest.mark.parametrize(
    ("text", "kind", "speaker", "content", "why"),
    [
        ('"We will wait," Kari Solberg said.', DIRECT, "Kari Solberg", "We will wait,", "cue after the quote"),
        ('"We will wait," said Kari Solberg.', DIRECT, "Kari Solberg", "We will wait,", "subject after the verb"),
        ('Kari Solberg said: "We will wait."', DIRECT, "Kari Solberg", "We will wait.", "cue before, with a colon"),
        ('"We will wait." — Kari Solberg', DIRECT, "Kari Solberg", "We will wait.", "a dash and the name"),
        (
            '"We will wait," Kari Solberg, 70, told the paper\'s Lars Holm.', DIRECT, "Kari Solberg", "We will wait,",
            "the subject where the parse gives the verb an object alone",
        ),
        (
            '"We will wait," Kari Solberg, now 81 and retired to Oslo, said.', DIRECT, "Kari Solberg", "We will wait,",
            "a verb of the speaker's description is no verb of the sentence",
        ),
        ('“We will wait,”Kari Solberg said.', DIRECT, "Kari Solberg", "We will wait,", "no space after the mark"),
        ('“We will wait.”― Kari Solberg', DIRECT, "Kari Solberg", "We will wait.", "nor before the dash"),
        (
            '"What I know is that we will wait," Kari Solberg said.',
            DIRECT, "Kari Solberg", "What I know is that we will wait,", "a quote that begins with What",
        ),
        (
            "An old captain of the ferry, Kari Solberg, said the port was closed.",
            INDIRECT, "Kari Solberg", "the port was closed", "a description that the name follows",
        ),
        (
            "Another harbour pilot, Kari Solberg of the pilots' union, said the port was closed.",
            INDIRECT, "Kari Solberg", "the port was closed", "a description of no office",
        ),
        (
            "Kari Solberg is the only captain to have promised to stay.",
            INDIRECT, "Kari Solberg", "to stay", "the subject that is said to be the one",
        ),
        ("Kari Solberg seemed to imply the port was closed.", INDIRECT, "Kari Solberg", "the port was closed", "seems"),
        (
            "A study by the magazine Havnenytt says that the port is closed.",
            INDIRECT, "Havnenytt", "the port is closed", "a document's maker by name",
        ),
        (
            "The port was closed, said Kari Solberg, chief of the port authority, and a pilot who has sailed there.",
            INDIRECT, "Kari Solberg", "The port was closed", "one person with two descriptions",
        ),
        ("Kari Solberg said that the port was closed.", INDIRECT, "Kari Solberg", "the port was closed", "that-clause"),
        ("Kari Solberg said the port was closed.", INDIRECT, "Kari Solberg", "the port was closed", "without that"),
        ("The port was closed, Kari Solberg said.", INDIRECT, "Kari Solberg", "The port was closed", "clause first"),
        (
            "They warned Sweden last Sunday of great harm should it close the port.",
            INDIRECT, None, "great harm should it close the port", "a condition without if is no content alone",
        ),
        ("The port was closed, according to NATO.", INDIRECT, "NATO", "The port was closed", "according to, last"),
        ("According to NATO, the port was closed.", INDIRECT, "NATO", "the port was closed", "according to, first"),
        ("Kari Solberg warned of a long winter.", INDIRECT, "Kari Solberg", "a long winter", "a preposition's noun"),
        ("Norway vowed to keep the port open.", INDIRECT, "Norway", "to keep the port open", "an infinitive"),
        (
            "Norway urged Sweden to open the port.",
            INDIRECT, "Norway", "Sweden to open the port", "an infinitive with the one urged",
        ),
        ("Russia denied it had closed the port.", INDIRECT, "Russia", "it had closed the port", "the denied content"),
        (
            'Kari Solberg said the port was "closed for good."',
            MIXED, "Kari Solberg", 'the port was "closed for good."', "quoted words inside a reported clause",
        ),
        (
            'Kari Solberg said that "the port is closed and will stay closed."',
            DIRECT, "Kari Solberg", "the port is closed and will stay closed.", "a whole clause in one pair of marks",
        ),
        (
            "Kari Solberg issued a statement saying the port was closed.",
            INDIRECT, "Kari Solberg", "the port was closed", "a statement speaks for whoever issued it",
        ),
        (
            "Kari Solberg said the port was closed, sparking fears of a shortage.",
            INDIRECT, "Kari Solberg", "the port was closed", "the consequence is the narrator's",
        ),
        (
            "Satellite images taken by Planet Labs show that the port is empty.",
            INDIRECT, "Planet Labs", "the port is empty", "images speak for whoever took them",
        ),
        (
            "Norway called on Sweden to open the port.",
            INDIRECT, "Norway", "Sweden to open the port", "called on somebody to do it",
        ),
        (
            "Norway called for the cranes to be moved by Friday.",
            INDIRECT, "Norway", "the cranes to be moved by Friday", "called for something to be done",
        ),
        (
            "Kari Solberg called Erik Lindqvist unfit for office.",
            INDIRECT, "Kari Solberg", "Erik Lindqvist unfit for office", "called somebody something",
        ),
        (
            "Kari Solberg said the port was closed because the ice was thick.",
            INDIRECT, "Kari Solberg", "the port was closed because the ice was thick", "the reason is the speaker's",
        ),
        (
            "Kari Solberg announced steps to reopen the port.",
            INDIRECT, "Kari Solberg", "steps to reopen the port", "the purpose belongs to its noun",
        ),
        (
            "Kari Solberg said the port was closed — a decision that she had fought for years.",
            INDIRECT, "Kari Solberg", "the port was closed", "the remark behind the dash is the narrator's",
        ),
        (
            "Trade is growing while wages fall, according to NATO.",
            INDIRECT, "NATO", "Trade is growing while wages fall", "what stands before its source is whole",
        ),
        (
            'According to NATO, "the port is closed and will stay closed."',
            DIRECT, "NATO", "the port is closed and will stay closed.", "a source before the quote",
        ),
        (
            "Back in Oslo, Kari Solberg said, the port stood empty.",
            INDIRECT, "Kari Solberg", "the port stood empty", "an aside behind an adverb",
        ),
        (
            "Kari Solberg used her speech to call for a new port.",
            INDIRECT, "Kari Solberg", "a new port", "a speech is used to say something",
        ),
        (
            "Kari Solberg went on to say that the port was closed.",
            INDIRECT, "Kari Solberg", "the port was closed", "went on to say",
        ),
        (
            "Kari Solberg admitted taking money from the port.",
            INDIRECT, "Kari Solberg", "taking money from the port", "admitted doing something",
        ),
        (
            "Kari Solberg thanked Sweden for keeping the port open.",
            INDIRECT, "Kari Solberg", "Sweden for keeping the port open", "thanked somebody for something",
        ),
        (
            "Satellite images show a long queue at the port.",
            INDIRECT, "satellite images", "a long queue at the port", "images show",
        ),
        ("Kari Solberg: The port is closed.", INDIRECT, "Kari Solberg", "The port is closed", "as transcripts do"),
        (
            "Norway's threat to close the port worries Sweden.",
            INDIRECT, "Norway", "to close the port", "a noun with an infinitive",
        ),
    ],
)  # fmt: skip
def test_a_statement_has_its_content_and_speaker(
    nlp: Language, text: str, kind: StatementKind, speaker: str, content: str, why: str
) -> None:
    found = [(s.kind, s.speaker, s.text) for s in statements(nlp, text)]
    assert found == [(kind, speaker, content)], why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Kari Solberg did not say when the port would open.", "nothing was said"),
        ("Kari Solberg declined to say when the port would open.", "nothing was said"),
        ('The film "The Long Winter" opens today.', "a title"),
        ('The so-called "winter line" is closed.', "a scare quote"),
        ("The move suggests that the port may close.", "no person, body or document speaks"),
        ("Kari Solberg hopes that the port will open.", "a hope is no statement"),
        ("Kari Solberg showed little interest in the port.", "a person who shows something says nothing"),
        ("Kari Solberg tweeted using her own account.", "what is done is not what is said"),
        ("Tell the sailors that the port is closed.", "a command to the reader"),
        ("It goes without saying that the port is closed.", "nobody says it"),
        ("A group called Open Harbours is raising money.", "a name is given, nothing is said"),
        ("Norway called an emergency meeting to discuss the port.", "a meeting was called"),
        ("Closing the port encourages Sweden to build its own.", "an act does not speak"),
    ],
)
def test_what_is_no_statement(nlp: Language, text: str, why: str) -> None:
    assert statements(nlp, text) == [], why


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Norway said the port was closed.", Polarity.ASSERTS),
        ("Norway denied the port was closed.", Polarity.DENIES),
        ("Norway demanded that the port be opened.", Polarity.DEMANDS),
        ("Norway threatened to close the port.", Polarity.THREATENS),
        ("Norway warned that the port would close.", Polarity.WARNS),
        ("Norway asked whether the port was closed.", Polarity.ASKS),
        ("Norway promised to open the port.", Polarity.PROMISES),
        ("Norway called for a new port.", Polarity.DEMANDS),
        ("Norway called on Sweden to open the port.", Polarity.DEMANDS),
        ("Norway called the port a disgrace.", Polarity.ASSERTS),
        ("Kari Solberg told Erik Lindqvist to leave the port.", Polarity.DEMANDS),
        ("Kari Solberg told Erik Lindqvist that the port was closed.", Polarity.ASSERTS),
        ("Norway asked Sweden to open the port.", Polarity.DEMANDS),
        ("Norway's threat to close the port worries Sweden.", Polarity.THREATENS),
        ('"Why is the port closed?" Kari Solberg said.', Polarity.ASKS),
    ],
)
def test_the_verb_gives_the_force(nlp: Language, text: str, polarity: Polarity) -> None:
    assert [s.polarity for s in statements(nlp, text)] == [polarity]


def test_one_record_a_reporting_verb(nlp: Language) -> None:
    found = statements(nlp, "Kari Solberg said the port was closed but warned that the road was mined.")
    assert [(s.cue, s.text) for s in found] == [("said", "the port was closed"), ("warned", "the road was mined")]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        (
            "If the strike goes on, Kari Solberg warned, the port will close.",
            ["If the strike goes on", "the port will close"], "a condition and what follows from it",
        ),
        (
            "The port is closed, Kari Solberg said, because the ice is thick.",
            ["The port is closed", "because the ice is thick"], "a reason",
        ),
        (
            "Only one ship sank, according to NATO, and there were no deaths.",
            ["Only one ship sank", "there were no deaths"], "a source in the middle",
        ),
        (
            "As the crowd grew, Kari Solberg said, the port was closed.",
            ["the port was closed"], "what went on meanwhile is the narrator's",
        ),
        (
            "The port was closed, Kari Solberg said on Monday, while the crowd grew.",
            ["The port was closed"], "so is what went on meanwhile behind the cue",
        ),
        (
            'Kari Solberg, who promised to open the port, said it was closed.',
            ["to open the port", "it was closed"], "the noun before a relative clause was not said",
        ),
    ],
)  # fmt: skip
def test_speech_that_its_cue_interrupts(nlp: Language, text: str, expected: list[str], why: str) -> None:
    assert [s.text for s in statements(nlp, text)] == expected, why


@pytest.mark.parametrize(
    ("text", "kind", "content", "why"),
    [
        (
            'Kari Solberg said that in her town, "there is nobody left to work at the port."',
            MIXED, 'in her town, "there is nobody left to work at the port."', "the clause begins before the marks",
        ),
        (
            'Kari Solberg wrote to her followers, "The port is closed," and left.',
            DIRECT, "The port is closed,", "the narrator goes on after the marks",
        ),
    ],
)  # fmt: skip
def test_words_are_told_once(nlp: Language, text: str, kind: StatementKind, content: str, why: str) -> None:
    assert [(s.kind, s.text) for s in statements(nlp, text)] == [(kind, content)], why


def test_a_sentence_that_goes_on_with_quoted_words_is_the_speaker_s(nlp: Language) -> None:
    found = statements(
        nlp, '"The port is closed," Kari Solberg said. But "the bridge is open and will stay open" today.'
    )
    assert [(s.kind, s.speaker, s.text) for s in found] == [
        (DIRECT, "Kari Solberg", "The port is closed,"),
        (MIXED, "Kari Solberg", '"the bridge is open and will stay open" today'),
    ]


def test_an_abbreviation_ends_the_sentence_before_a_quote(nlp: Language) -> None:
    found = statements(nlp, '"The port is closed," Kari Solberg said in Naples, Fla. "It will open on Monday."')
    assert [(s.speaker, s.text) for s in found][1:] == [("Kari Solberg", "It will open on Monday.")]


def test_a_quote_broken_by_its_cue_is_two_records_of_one_speaker(nlp: Language) -> None:
    found = statements(nlp, '"The port is closed," Kari Solberg said. "It will open on Monday."')
    assert [(s.text, s.speaker) for s in found] == [
        ("The port is closed,", "Kari Solberg"),
        ("It will open on Monday.", "Kari Solberg"),
    ]


def test_a_paragraph_that_begins_with_a_quote_goes_on_with_the_last_speaker(nlp: Language) -> None:
    found = statements(nlp, "Kari Solberg said the port was closed.", '"It will open on Monday. We are ready."')
    assert [s.speaker for s in found] == ["Kari Solberg", "Kari Solberg"]
    assert found[1].confidence < found[0].confidence


@pytest.mark.parametrize(
    ("paragraphs", "speaker", "why"),
    [
        (("Many asked why.", '"It will open on Monday."', "- Kari Solberg."), "Kari Solberg", "a signature below"),
        (
            ('Lars Holm responded: "Why now? We were at sea." Kari Solberg then wrote back.',),
            "Lars Holm", "the verb before the colon, not that of the sentence after the quote",
        ),
        (
            ("Kari Solberg said that critics had predicted a long winter.", '"It will open on Monday. We are ready."'),
            "Kari Solberg", "not those whose words the speaker tells",
        ),
    ],
)  # fmt: skip
def test_a_quote_is_his_whose_words_stand_by_it(
    nlp: Language, paragraphs: tuple[str, ...], speaker: str, why: str
) -> None:
    found = [s for s in statements(nlp, *paragraphs) if s.kind is DIRECT]
    assert [s.speaker for s in found] == [speaker], why


def test_all_of_those_with_whom_something_goes_speak(nlp: Language) -> None:
    text = "The talks ended on Friday, with Lars Holm, Erik Dahl and Kari Solberg all calling for a longer truce."
    (found,) = statements(nlp, text)
    assert (found.speaker, found.text) == ("Lars Holm, Erik Dahl and Kari Solberg", "a longer truce")


def test_a_few_quoted_words_alone_are_a_heading(nlp: Language) -> None:
    found = statements(nlp, '"The port is a hard place," Kari Solberg said.', '"A hard place."', "It rained all day.")
    assert [s.text for s in found] == ["The port is a hard place,"]


def test_relayed_speech_gives_both_records(nlp: Language) -> None:
    found = statements(nlp, "Sergey Lavrov said that Norway had warned that the port would close.")
    assert [(s.speaker, s.text) for s in found] == [
        ("Sergey Lavrov", "Norway had warned that the port would close"),
        ("Norway", "the port would close"),
    ]


def test_what_the_nameless_say_in_others_words_is_no_record_of_its_own(nlp: Language) -> None:
    found = statements(nlp, "Kari Solberg said that women who complained about the port had left.")
    assert [(s.speaker, s.text) for s in found] == [
        ("Kari Solberg", "women who complained about the port had left"),
    ]


def test_the_relay_is_kept_apart_from_the_speaker(nlp: Language) -> None:
    (found,) = statements(nlp, "Joe Biden told Vladimir Putin that the port was closed, according to the White House.")
    assert (found.speaker, found.audience, found.via) == ("Joe Biden", "Vladimir Putin", "White House")


@pytest.mark.parametrize(
    ("text", "audience", "venue"),
    [
        ("Kari Solberg told Sky News that the port was closed.", "Sky News", None),
        ("Kari Solberg warned Erik Lindqvist in a letter that the port would close.", "Erik Lindqvist", "letter"),
        ("Kari Solberg assured Sweden that the port was open.", "Sweden", None),
        ("Norway asked Sweden for help at the port.", "Sweden", None),
        ("Norway accused Sweden of closing the port.", None, None),
        ('Kari Solberg said in a video address: "The port is closed."', None, "video address"),
        ("Kari Solberg said in a speech to parliament that the port was closed.", "parliament", "speech"),
        ("Kari Solberg said in an interview with Sky News that the port was closed.", "Sky News", "interview"),
        (
            '"The port is closed," Kari Solberg told reporters at a news conference in Oslo.',
            "reporters", "news conference",
        ),
        ("Speaking at a news conference, Kari Solberg said the port was closed.", None, "news conference"),
        ("Kari Solberg said on CNN that the port was closed.", None, "CNN"),
        ('Kari Solberg wrote on Telegram: "The port is closed."', None, "Telegram"),
        ("Kari Solberg tweeted that the port was closed.", None, "Twitter"),
    ],
)  # fmt: skip
def test_audience_and_venue(nlp: Language, text: str, audience: str | None, venue: str | None) -> None:
    assert [(s.audience, s.venue) for s in statements(nlp, text)] == [(audience, venue)]


def test_media_that_cite_somebody_relay_the_words(nlp: Language) -> None:
    text = (
        "The port was closed, Norwegian state television reported on Monday, citing the country's Transport Ministry."
    )
    (found,) = statements(nlp, text)
    assert (found.speaker, found.via) == ("Transport Ministry", "Norwegian state television")
    (found,) = statements(nlp, "The port was closed, Kari Solberg said, citing the Transport Ministry.")
    assert (found.speaker, found.via) == ("Kari Solberg", None)


def test_two_speakers_are_named_together(nlp: Language) -> None:
    (found,) = statements(nlp, "Norway and Sweden said the port was closed.")
    assert (found.speaker, found.speakers) == ("Norway and Sweden", ("Norway", "Sweden"))


def test_those_who_are_named_among_the_speakers_are_told(nlp: Language) -> None:
    (found,) = statements(nlp, "Several captains, including Kari Solberg and Lars Holm, said the port was closed.")
    assert (found.speaker, found.speakers) == ("captains", ("Kari Solberg", "Lars Holm"))
    (found,) = statements(nlp, "Two old captains, Kari Solberg and Lars Holm, said the port was closed.")
    assert (found.speaker, found.speakers) == ("Kari Solberg and Lars Holm", ("Kari Solberg", "Lars Holm"))
    (found,) = statements(nlp, "Kari Solberg said the port was closed.")
    assert found.speakers == ()


def test_an_outlet_that_cites_itself_is_no_source(nlp: Language) -> None:
    text = "CNN has reported that the port was closed."
    assert statements(nlp, text, url="https://www.cnn.com/2022/02/15/port.html") == []
    assert [s.speaker for s in statements(nlp, text, url="https://www.example.org/port")] == ["CNN"]


def test_the_cue_stands_where_it_says(nlp: Language) -> None:
    text = "On Monday Kari Solberg said the port was closed."
    (found,) = statements(nlp, text)
    assert text[found.cue_start :].startswith("said")
    assert text[found.speaker_start : found.speaker_end] == found.speaker_mention == "Kari Solberg"


def test_an_unknown_pronoun_is_never_a_name(nlp: Language) -> None:
    (found,) = statements(nlp, '"The port is closed," he said.')
    assert found.speaker is None


def test_the_frame_of_who_relays_is_no_part_of_the_words(nlp: Language) -> None:
    text = "Norway said it had closed the port on Friday, Reuters reported on Monday."
    (found,) = statements(nlp, text)
    assert (found.speaker, found.via, found.text) == ("Norway", "Reuters", "it had closed the port on Friday")
