"""Time expressions: what each form of words means in an article of a given day, and what is no time at all."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language

from app.domain.edtf import parse_edtf
from app.domain.items import TimeExpression
from app.domain.source import SourceText
from app.extraction.language import parse
from app.extraction.times import find_times
from app.extraction.timex.periods import Period, Unit
from app.extraction.timex.words import count_of, feast, length_value

TUESDAY = date(2022, 2, 15)


def times(nlp: Language, text: str, published: date | None = TUESDAY) -> list[TimeExpression]:
    source = SourceText(title="", paragraphs=tuple(text.split("\n")), published=published)
    return find_times(parse(source, nlp), source)


def only(nlp: Language, text: str, published: date | None = TUESDAY) -> TimeExpression:
    found = times(nlp, text, published)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value", "edtf", "why"),
    [
        # weekdays
        ("The envoy spoke on Tuesday.", "2022-02-15", "2022-02-15", "the publication's weekday is that day"),
        ("The envoy spoke on Friday.", "2022-02-11", "2022-02-11", "a past verb looks back"),
        ("The envoy will speak on Friday.", "2022-02-18", "2022-02-18", "will looks ahead"),
        ("The envoy is expected to speak Friday.", "2022-02-18", "2022-02-18", "expected looks ahead"),
        ("A vote is scheduled for Monday.", "2022-02-21", "2022-02-21", "scheduled looks ahead"),
        ("The deadline was extended until Friday.", "2022-02-18", "2022-02-18", "until looks ahead"),
        ("The convoy could leave as soon as Thursday.", "2022-02-17", "2022-02-17", "as soon as looks ahead"),
        ("The ministers met last Tuesday.", "2022-02-08", "2022-02-08", "last is never the day itself"),
        ("The ministers meet next Tuesday.", "2022-02-22", "2022-02-22", "next is never the day itself"),
        ("The minister will appeal Monday's ruling.", "2022-02-14", "2022-02-14", "what is appealed is past"),
        ("For the day, the index fell.", "2022-02-15", "2022-02-15", "the day told of"),
        ("The loan runs through April.", "2022-04", "2022-04", "what lasts may last beyond the article"),
        ("Buses ran on Tuesday nights.", "XXXX-WXX-2TNI", None, "each week's"),
        ("The September 11th attacks shook it.", "2001-09-11", "2001-09-11", "a day known by its name"),
        ("It suits today's world.", "PRESENT_REF", None, "an age, not a day"),
        ("They are the leaders of tomorrow.", "FUTURE_REF", None, "nor this"),
        ("The plane left on Monday evening.", "2022-02-14TEV", "2022-02-14", "parts of the day"),
        ("He meets the staff every Monday.", "XXXX-WXX-1", None, "what recurs has no date"),
        # days of the month
        ("The talks began on Feb. 7.", "2022-02-07", "2022-02-07", "the nearest year"),
        ("The base was closed on December 20.", "2021-12-20", "2021-12-20", "the nearest year is the one before"),
        ("The drill will end on 20 February.", "2022-02-20", "2022-02-20", "day before month"),
        ("The base was closed on August 2.", "2021-08-02", "2021-08-02", "a past verb, though August is near ahead"),
        ("He was born on 3 March 1961.", "1961-03-03", "1961-03-03", "the date in full"),
        ("It fell on the 2nd of May, 1998.", "1998-05-02", "1998-05-02", "ordinals"),
        ("They agreed on Jan. 1, 2022, to wait.", "2022-01-01", "2022-01-01", "an abbreviation"),
        ("The log reads 2022-01-31 on its cover.", "2022-01-31", "2022-01-31", "ISO"),
        ("The form of 01/31/2022 is lost.", "2022-01-31", "2022-01-31", "month first"),
        ("The form of 31.01.2022 is lost.", "2022-01-31", "2022-01-31", "day first"),
        ("The drill ran Feb. 10-14 there.", "2022-02-10", "2022-02-10/2022-02-14", "a range in one"),
        # months, years and what holds them
        ("The fleet left in January.", "2022-01", "2022-01", "a month has a month's precision"),
        ("The fleet left in November.", "2021-11", "2021-11", "the last such month"),
        ("The fleet will leave in November.", "2022-11", "2022-11", "the next such month"),
        ("The fleet left in early March 2020.", "2020-03", "2020-03", "early is within the month"),
        ("The war began in 2014.", "2014", "2014", "a year"),
        ("The treaty of nineteen ninety-four holds.", "1994", "1994", "a year in words"),
        ("It was built in the 1990s.", "199", "1990/1999", "a decade"),
        ("It was built in the third quarter of 2021.", "2021-Q3", "2021-07/2021-09", "a quarter"),
        ("The troops came in the spring of 2021.", "2021-SP", "2021-03/2021-05", "a season"),
        ("The troops came in the winter of 2021.", "2021-WI", None, "a winter has two years"),
        # counted from the publication day
        ("The envoy spoke yesterday.", "2022-02-14", "2022-02-14", "yesterday"),
        ("The envoy speaks tomorrow night.", "2022-02-16TNI", "2022-02-16", "tomorrow"),
        ("They met last week.", "2022-W06", "2022-02-07/2022-02-13", "a week is Monday to Sunday"),
        ("They met this week.", "2022-W07", "2022-02-14/2022-02-15", "this week, so far as it has gone"),
        ("They will meet this week.", "2022-W07", "2022-02-15/2022-02-20", "this week, from now on"),
        ("They will meet next month.", "2022-03", "2022-03", "next month"),
        ("Trade fell so far this year.", "2022", "2022-01-01/2022-02-15", "the year to date"),
        ("They met three days ago.", "2022-02-12", "2022-02-12", "days are counted"),
        ("They met six weeks ago.", "2022-W01", "2022-01-03/2022-01-09", "weeks are as precise as weeks"),
        ("They met five years ago.", "2017", "2017", "years are as precise as years"),
        ("They will meet in three days.", "2022-02-18", "2022-02-18", "ahead"),
        # no dates
        ("He left after three days of questioning.", "P3D", None, "a length is never dated"),
        ("The flight took 5 1/2 hours.", "PT5H30M", None, "a length of hours"),
        ("Shipments of the last two months stopped.", "P2M", "2021-12-15/2022-02-15", "a length up to now is"),
        ("More arrived in recent days.", "PXD", None, "vague"),
        ("They will decide soon.", "FUTURE_REF", None, "ahead without a date"),
        ("The border is now closed.", "PRESENT_REF", None, "now"),
    ],
)
def test_an_expression_means(nlp: Language, text: str, value: str, edtf: str | None, why: str) -> None:
    found = only(nlp, text)
    assert (found.value, found.edtf) == (value, edtf), why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The rules may change.", "may is a verb"),
        ("The analyst Jan Kavan agreed.", "Jan is a name"),
        ("Theresa May agreed.", "May is a name"),
        ("The Russell 2000 index fell.", "2000 is part of a name"),
        ("Some 69 percent agreed.", "a share"),
        ("They will march on the capital.", "march is a verb"),
        ("The index closed at 1,950 points.", "a number"),
        ("He sat in the sun.", "the sun is no Sunday"),
        ("It is the 5th time.", "an ordinal of no month"),
        ("It was high noon for them.", "no hour"),
        ("He spoke then.", "nothing was named before"),
    ],
)
def test_what_is_no_time(nlp: Language, text: str, why: str) -> None:
    assert times(nlp, text) == [], why


@pytest.mark.parametrize(
    ("text", "values", "why"),
    [
        ("Talks began on Feb. 7. The same day, a bridge fell.", ["2022-02-07", "2022-02-07"], "the same day"),
        ("Talks began on Feb. 7. A day earlier, a bridge fell.", ["2022-02-07", "2022-02-06"], "a day earlier"),
        ("Talks began on Feb. 7. A week later they failed.", ["2022-02-07", "2022-02-14"], "a week later"),
        ("It opened in May 2014. The following month it burnt.", ["2014-05", "2014-06"], "the following month"),
        ("It will not be on Feb. 16th or the 17th.", ["2022-02-16", "2022-02-17"], "the month goes on"),
        ("It met on April 24 and 25.", ["2021-04-24", "2021-04-25"], "two days of a month"),
        ("It met on April 24 and 25 men came.", ["2021-04-24"], "a number of men is no day"),
        ("It ends on Feb. 20. Until then, talks go on.", ["2022-02-20", "2022-02-20"], "until then"),
        ("They met at 9 a.m. on Monday.", ["2022-02-14T09:00"], "an hour and its day are one"),
        ("The text was read Tuesday, it said Wednesday.", ["2022-02-15", "2022-02-16"], "a report is no earlier"),
    ],
)
def test_expressions_that_point_back(nlp: Language, text: str, values: list[str], why: str) -> None:
    assert [time.value for time in times(nlp, text)] == values, why


@pytest.mark.parametrize(
    ("text", "published", "value", "why"),
    [
        ("The base closed on Feb. 29.", date(2024, 3, 3), "2024-02-29", "a leap day"),
        ("The base closed on Friday.", date(2022, 1, 3), "2021-12-31", "over the year's end"),
        ("The base will close on Jan. 2.", date(2021, 12, 30), "2022-01-02", "over the year's end, ahead"),
        ("The base closed a month ago.", date(2022, 3, 31), "2022-02", "a month without a 31st"),
        ("They met last week.", date(2021, 1, 5), "2020-W53", "a year of 53 weeks"),
        ("They met yesterday.", date(1900, 1, 1), "1899-12-31", "the first day"),
        ("They meet tomorrow.", date(2100, 12, 31), "2101-01-01", "the last day"),
        ("They met on Good Friday.", date(2022, 4, 20), "2022-04-15", "a movable feast"),
    ],
)
def test_the_calendar_s_edges(nlp: Language, text: str, published: date, value: str, why: str) -> None:
    assert only(nlp, text, published).value == value, why


def test_a_day_that_does_not_exist_is_no_date(nlp: Language) -> None:
    assert all(time.edtf is None or "30" not in time.edtf for time in times(nlp, "The base closed on February 30."))


@pytest.mark.parametrize("text", ["on Tuesday", "yesterday", "last week", "in March", "on Feb. 7", "two days ago"])
def test_without_a_publication_date_nothing_relative_is_dated(nlp: Language, text: str) -> None:
    assert only(nlp, f"The base closed {text}.", None).edtf is None


def test_the_rule_tells_how_it_was_read(nlp: Language) -> None:
    assert (
        only(nlp, "The envoy spoke on Tuesday.").rule == "'Tuesday' in an article of Tuesday 15 February 2022: that day"
    )
    assert only(nlp, "The war began in 2014.").rule == "'2014': the year as named"


VOCABULARY = [
    *(
        "a",
        "the",
        "last",
        "next",
        "this",
        "every",
        "of",
        "in",
        "on",
        "until",
        "or",
        "and",
        "to",
        "so far",
        "will",
        "met",
        "scheduled",
    ),
    *(
        "Monday",
        "Fri.",
        "May",
        "March",
        "Feb.",
        "29",
        "31st",
        "2024",
        "1999",
        "'80s",
        "20th",
        "century",
        "12/31/99",
        "2021-02-30",
    ),
    *(
        "yesterday",
        "week",
        "weeks",
        "month",
        "quarter",
        "year",
        "half",
        "ago",
        "earlier",
        "later",
        "after",
        "hence",
        "first",
    ),
    *(
        "morning",
        "noon",
        "5 p.m.",
        "GMT",
        "Easter",
        "Thanksgiving",
        "fiscal",
        "three",
        "several",
        "decades",
        "spring",
        "9/11",
    ),
    *("nineteen ninety-four", "and a half", "year-earlier", "99999", "0", ",", ".", "(", ")", '"'),
]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.one_of(st.sampled_from(VOCABULARY), st.text(max_size=6)), max_size=30),
    published=st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 12, 31))),
)
def test_any_text_and_any_day(nlp: Language, words: list[str], published: date | None) -> None:
    text = " ".join(" ".join(words).split())
    source = SourceText(title="", paragraphs=(text,) if text else (), published=published)
    found = find_times(parse(source, nlp), source)
    for time in found:
        assert source.text[time.start : time.end] == time.text
        assert time.rule
        if time.edtf:
            assert parse_edtf(time.edtf).edtf == time.edtf
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("three", 3),
        ("twenty-one", 21),
        ("5 1/2", 5.5),
        ("two to three", 2),
        ("a couple of", 2),
        ("1,200", 1200),
        ("few", None),
    ],
)
def test_counts(words: str, count: float | None) -> None:
    assert count_of(words) == count


@pytest.mark.parametrize(
    ("count", "noun", "value"),
    [(3, "day", "P3D"), (2.5, "year", "P2Y6M"), (0.5, "hour", "PT30M"), (2, "decade", "P20Y"), (None, "week", "PXW")],
)
def test_lengths(count: float | None, noun: str, value: str) -> None:
    assert length_value(count, noun) == value


@pytest.mark.parametrize(
    ("unit", "at", "value", "first", "last"),
    [
        (Unit.WEEK, date(2021, 1, 1), "2020-W53", date(2020, 12, 28), date(2021, 1, 3)),
        (Unit.WEEKEND, date(2022, 2, 15), "2022-W07-WE", date(2022, 2, 19), date(2022, 2, 20)),
        (Unit.SEASON, date(2022, 1, 10), "2021-WI", date(2021, 12, 1), date(2022, 2, 28)),
        (Unit.HALF, date(2022, 7, 1), "2022-H2", date(2022, 7, 1), date(2022, 12, 31)),
        (Unit.CENTURY, date(1950, 5, 5), "19", date(1900, 1, 1), date(1999, 12, 31)),
    ],
)
def test_the_period_that_holds_a_day(unit: Unit, at: date, value: str, first: date, last: date) -> None:
    period = Period.holding(unit, at)
    assert (period.value, period.first, period.last) == (value, first, last)


@given(unit=st.sampled_from(Unit), at=st.dates(date(1000, 1, 1), date(3000, 1, 1)), count=st.integers(-9, 9))
def test_a_period_moved_there_and_back_is_the_same(unit: Unit, at: date, count: int) -> None:
    period = Period.holding(unit, at)
    assert period.shift(count).shift(-count) == period
    assert period.first <= period.last


@given(st.integers(1583, 4000))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    easter = feast("easter", year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)
