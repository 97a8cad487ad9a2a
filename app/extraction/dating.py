"""Which date governs a finding: the day a statement was said, an event took place, a claim was as of.

First the date that the sentence ties to it, then the date of what it is counted from or belongs to; without one, the
publication day only where a thing is told as the day's news; else none, with the reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from spacy.tokens import Token

from app.domain.edtf import FuzzyDate, parse_edtf
from app.domain.items import Event, Statement, TimeExpression, TroopClaim
from app.domain.source import SourceText
from app.domain.vocabulary import EventCategory, Modality, Precision
from app.extraction.date_ties import TiedDate
from app.extraction.findings import Parsed
from app.extraction.tense import Tense, finite_verb, preceding, saying_above, tense_of, verb_words
from app.extraction.text_dates import TextDates
from app.extraction.timex.periods import in_words

_OF_THE_WEEK = 7  # days around the publication within which a speaker's one named day holds for the rest that they said


@dataclass(frozen=True, slots=True)
class _Dating:
    """An EDTF date and why, or None and why not. `by_default` tells that nothing in the text gave it."""

    date: str | None
    rule: str
    by_default: bool = False


def date_statements(
    parsed: Parsed, source: SourceText, times: list[TimeExpression], statements: list[Statement]
) -> list[Statement]:
    """The statements with the day each was said, or null with the reason."""
    dates = TextDates(parsed, source, times)
    found = [_statement(s, dates, source) for s in statements]
    found = _by_context(source, dates, statements, found)
    return [replace(s, date=d.date, date_rule=d.rule) for s, d in zip(statements, found, strict=True)]


def date_events(
    parsed: Parsed, source: SourceText, times: list[TimeExpression], events: list[Event], statements: list[Statement]
) -> list[Event]:
    """The events with the date each took or takes place, or null with the reason. The statements must be dated."""
    dates = TextDates(parsed, source, times)
    found = [_not_ahead(e, _event(e, dates, source, statements), source) for e in events]
    return [replace(e, date=d.date, date_rule=d.rule) for e, d in zip(events, found, strict=True)]


def date_claims(
    parsed: Parsed,
    source: SourceText,
    times: list[TimeExpression],
    claims: list[TroopClaim],
    statements: list[Statement],
) -> list[TroopClaim]:
    """The troop claims with the day that each is as of, or null with the reason. The statements must be dated."""
    dates = TextDates(parsed, source, times)
    found = [_claim(c, dates, source, statements) for c in claims]
    return [replace(c, date=d.date, date_rule=d.rule) for c, d in zip(claims, found, strict=True)]


def _not_ahead(event: Event, dating: _Dating, source: SourceText) -> _Dating:
    """No day after the article for what it tells as done: such a day belongs to another clause of the sentence."""
    is_done = event.modality in (Modality.HAPPENED, Modality.ALLEGED)
    if not is_done or dating.date is None or source.published is None:
        return dating
    if parse_edtf(dating.date).earliest <= source.published:
        return dating
    return _Dating(None, "told as done, but the day named lies after the article")


def _published(source: SourceText, why: str) -> _Dating:
    if source.published is None:
        return _Dating(None, "neither the text nor the file gives a date", by_default=True)
    return _Dating(
        source.published.isoformat(), f"{why}: the publication day, {in_words(source.published)}", by_default=True
    )


# Statements

_PRONOUNS = frozenset(["he", "she", "it", "they"])
_SAYING_NOW = frozenset(["say", "tell", "report", "announce", "warn", "add", "note", "state", "write", "quote"])
_STANDING = frozenset(["show", "assess", "estimate", "believe", "find", "think", "place", "see", "judge", "consider"])
_HABITS = frozenset(
    [
        "repeatedly",
        "often",
        "consistently",
        "always",
        "long",
        "regularly",
        "frequently",
        "routinely",
        "constantly",
        "continually",
        "previously",
    ]
)
_GOING_ON = frozenset(["continue", "keep", "tend"])


def _statement(statement: Statement, dates: TextDates, source: SourceText) -> _Dating:
    cue = dates.token(statement.cue_start)
    if cue is None:
        return _published(source, "no reporting verb")
    counted = dates.counted(cue)
    if counted:
        when, rule = counted
        return _Dating(when.edtf, rule) if when and when.precision is Precision.DAY else _Dating(None, rule)
    reported_before = tense_of(finite_verb(cue)) is Tense.PLUPERFECT  # not on the day of the report of it
    tied = dates.governing(cue, closed=range(statement.start, statement.end), saying=not reported_before)
    tied = tied or dates.occasion(cue) or dates.before(cue, continued=False)
    if tied is None and statement.via is not None:
        tied = dates.relayed(cue)
    if tied:
        return _said_at(tied, source)
    undated = _undated_saying(cue, source)
    if undated.by_default and _is_pronoun(statement) and (before := dates.before(cue, continued=True)):
        return _said_at(before, source)
    return undated


def _said_at(tied: TiedDate, source: SourceText) -> _Dating:
    if tied.when and tied.when.precision is Precision.DAY:
        return _Dating(tied.when.edtf, f"said on the day named: {tied.rule}")
    return _Dating(None, f"said '{source.text[tied.start : tied.end]}', which names no single day")


def _undated_saying(cue: Token, source: SourceText) -> _Dating:
    verb = finite_verb(cue)
    habit = _habit(cue) or _habit(verb)
    if habit:
        return _Dating(None, f"told as said more than once ('{habit}'), on no named day")
    lemma, tense = cue.lemma_.lower(), tense_of(verb)
    if cue.tag_ == "NNS" and cue.dep_ in ("pobj", "dobj"):
        return _Dating(None, f"'{cue.text}' are more than one saying, on no named day")
    if lemma in _STANDING:
        return _Dating(None, f"'{cue.text}' gives a standing view, of no named day")
    says_now = lemma in _SAYING_NOW and tense is Tense.PRESENT
    if says_now or tense in (Tense.PAST, Tense.NONE) or cue.lower_ in ("according", "per"):
        return _published(source, f"'{cue.text}' without a date, as the day's news")
    return _Dating(None, f"'{verb_words(verb)}' names no day")


def _habit(verb: Token) -> str | None:
    """The words that make a habit of the saying: "repeatedly", "continued to warn"."""
    if verb.lemma_ in _GOING_ON:
        return str(verb.text)
    for child in verb.children:
        if child.dep_ == "advmod" and child.lower_ in _HABITS:
            return str(child.text)
    if verb.dep_ == "xcomp" and verb.head.lemma_ in _GOING_ON:
        return f"{verb.head.text} to {verb.text}"
    return None


def _is_pronoun(statement: Statement) -> bool:
    return (statement.speaker_mention or "").lower() in _PRONOUNS


def _by_context(
    source: SourceText, dates: TextDates, statements: Sequence[Statement], found: Sequence[_Dating]
) -> list[_Dating]:
    """Give statements that nothing dates the date of the same speaker's words right before ("he said"), or the one day
    near the publication on which the article heard that speaker, or the day of the matter that they go on with, or the
    one day that the article tells of."""
    days: dict[str, set[str]] = {}
    for statement, dating in zip(statements, found, strict=True):
        if dating.date and not dating.by_default:
            for heard in filter(None, (statement.speaker, statement.via)):  # who relays it spoke that day too
                days.setdefault(heard, set()).add(dating.date)
    result: list[_Dating] = []
    told: dict[int, _Dating] = {}
    for statement, dating in zip(statements, found, strict=True):
        before = statements[len(result) - 1] if result else None
        speaker = statement.speaker
        if not dating.by_default:
            result.append(dating)
        elif before and speaker and _goes_on(before, statement):
            earlier = result[-1]
            result.append(earlier if earlier.by_default else _after(earlier, "with the speaker's words before"))
        else:
            heard_on = _heard(speaker, days.get(speaker, set()), source) if speaker else None
            result.append(heard_on or _told_with(statement, dates, source, told) or dating)
        told[statement.cue_start] = result[-1]
    yesterday = _one_day_before(result, dates, source)
    if yesterday:
        return [
            yesterday if d.by_default and _is_told(s, dates) else d for s, d in zip(statements, result, strict=True)
        ]
    return result


def _told_with(
    statement: Statement, dates: TextDates, source: SourceText, told: Mapping[int, _Dating]
) -> _Dating | None:
    """The past day near the publication that a main clause before names for the matter that the statement goes on with:
    "They spoke on Thursday. The aide said ..."; None of what is said in the present.

    `told` has the dates of the statements before, by their cues' offsets.
    """
    cue = dates.token(statement.cue_start)
    if cue is None or source.published is None or not _is_told(statement, dates):
        return None
    for sentence in dates.matter_before(cue):
        tied, own = dates.governing(sentence.root, saying=True), told.get(sentence.root.idx)
        if tied and tied.when and tied.when.precision is Precision.DAY:
            found = _Dating(tied.when.edtf, tied.rule)
        elif own and own.date and not own.by_default:
            found = own
        else:
            continue
        return _after(found, "the day of what is told before") if _is_near(found, source.published) else None
    return None


def _after(dating: _Dating, why: str) -> _Dating:
    """The same date for what follows; a row of them gives the reason once."""
    return dating if dating.rule.startswith(why) else _Dating(dating.date, f"{why}: {dating.rule}")


def _is_near(dating: _Dating, published: date) -> bool:
    return dating.date is not None and 0 <= (published - date.fromisoformat(dating.date)).days <= _OF_THE_WEEK


def _one_day_before(found: Sequence[_Dating], dates: TextDates, source: SourceText) -> _Dating | None:
    """The eve of the publication, where the article dates at least two statements, all of them to it, and names no
    other day near the publication: it tells yesterday's news."""
    if source.published is None:
        return None
    eve = source.published - timedelta(1)
    said_on = [d.date for d in found if d.date and not d.by_default]
    if len(said_on) < 2 or set(said_on) != {eve.isoformat()}:
        return None
    if dates.days_near(source.published, _OF_THE_WEEK) != {eve}:
        return None
    return _Dating(eve.isoformat(), f"the one day on which the article heard anyone: {in_words(eve)}")


def _is_told(statement: Statement, dates: TextDates) -> bool:
    """True of "said", false of "says"."""
    cue = dates.token(statement.cue_start)
    return cue is not None and tense_of(finite_verb(cue)) is Tense.PAST


def _goes_on(before: Statement, statement: Statement) -> bool:
    """True where a pronoun tells that the speaker of the statement before goes on, in its paragraph or the next."""
    near = statement.paragraph - before.paragraph <= 1
    return near and before.speaker == statement.speaker and _is_pronoun(statement)


def _heard(speaker: str, days: set[str], source: SourceText) -> _Dating | None:
    if len(days) != 1 or source.published is None:
        return None
    day = date.fromisoformat(next(iter(days)))
    if abs((day - source.published).days) > _OF_THE_WEEK:
        return None
    return _Dating(day.isoformat(), f"the day on which the article heard {speaker}: {in_words(day)}")


# Events

_COMMUNICATIVE = frozenset(
    {
        EventCategory.ACCUSE,
        EventCategory.DENY,
        EventCategory.DEMAND,
        EventCategory.PROPOSE,
        EventCategory.REJECT,
        EventCategory.THREATEN,
    }
)
_DIPLOMATIC = frozenset(  # done on a day of their own, which a pluperfect puts before what is told
    {
        EventCategory.MEET,
        EventCategory.TALK,
        EventCategory.VISIT,
        EventCategory.NEGOTIATE,
        EventCategory.AGREE,
        EventCategory.PROPOSE,
    }
)
_TOLD = frozenset({Tense.PAST, Tense.PLUPERFECT})


def _event(event: Event, dates: TextDates, source: SourceText, statements: Sequence[Statement]) -> _Dating:
    token = dates.token(event.trigger_start)
    if token is None:
        return _Dating(None, "no date in the text")
    counted = dates.counted(token)
    if counted:
        when, rule = counted
        return _Dating(when.edtf if when else None, rule)
    own = next((s for s in statements if s.cue_start == token.idx), None)
    content = range(own.start, own.end) if own else None
    tied = dates.governing(token, closed=content) or dates.before(token, continued=False)
    is_open = event.modality in (Modality.PLANNED, Modality.POSSIBLE)
    if tied and tied.when and is_open and _is_past(tied.when, source) and not dates.is_own(token, tied):
        return _Dating(None, f"{event.modality.value}, but the day named lies before the article")
    if tied:
        if tied.when:
            return _Dating(tied.when.edtf, f"the date of its clause: {tied.rule}")
        return _Dating(None, f"'{source.text[tied.start : tied.end]}' names no day")
    if own and event.modality is Modality.HAPPENED:
        return _Dating(own.date, own.date_rule)
    if dates.counts_on(token):
        return _published(source, "another happening is counted from it")
    if event.modality not in (Modality.HAPPENED, Modality.ALLEGED):
        return _Dating(None, f"{event.modality.value}, for no named day")
    return _undated_event(event, token, dates, source, statements)


def _is_past(when: FuzzyDate, source: SourceText) -> bool:
    return source.published is not None and when.latest < source.published


def _undated_event(
    event: Event, token: Token, dates: TextDates, source: SourceText, statements: Sequence[Statement]
) -> _Dating:
    verb = finite_verb(token)
    tense = tense_of(verb)
    if tense in _TOLD:
        saying = saying_above(verb)
        said = dates.governing(saying, saying=True) if saying is not None else None
        said_today = said and said.when and said.when.earliest == source.published
        if said and (tense is Tense.PLUPERFECT or not said_today):
            return _Dating(None, "told on a named day, but as of no named day")
        is_apart = verb.dep_ == "relcl" or (saying is None and event.category in _DIPLOMATIC)
        if tense is Tense.PLUPERFECT and is_apart:
            return _Dating(None, f"'{verb_words(verb)}' went before what is told, on no named day")
        if token.pos_ == "NOUN" and (since := preceding(token)):
            return _Dating(None, f"it went before what is told ('{since.text} ...'), on no named day")
        if token.pos_ == "NOUN" and (before := dates.only_occasion(token)) and before.when:
            return _Dating(before.when.edtf, f"the date that the article gives for '{token.text}': {before.rule}")
        background = dates.before(token, continued=True)
        if background and background.when and source.published and background.when.latest < source.published:
            return _Dating(background.when.edtf, f"the date that its paragraph tells of: {background.rule}")
        return _published(source, "told in the past tense, as the day's news")
    if tense is Tense.PRESENT and event.category in _COMMUNICATIVE:
        said_in = next((s for s in statements if s.start <= token.idx < s.end), None)
        if said_in and said_in.date:
            return _Dating(said_in.date, f"done by saying it: {said_in.date_rule}")
    return _Dating(None, f"'{verb_words(verb)}' names no day")


# Troop claims


def _claim(claim: TroopClaim, dates: TextDates, source: SourceText, statements: Sequence[Statement]) -> _Dating:
    token, published = dates.token(claim.anchor_start), source.published
    tied = dates.compared(token) or dates.governing(token) if token is not None else None
    when = tied.when if tied else None
    if tied and when and not (published and when.earliest > published):  # a plan's day is not the day of the claim
        if when.precision in (Precision.MONTH, Precision.YEAR):
            return _Dating(when.edtf, f"as of {tied.rule}")
        last = min(when.latest, published) if published else when.latest
        return _Dating(last.isoformat(), f"as of {tied.rule}")
    for statement in statements:
        if statement.start <= claim.anchor_start < statement.end and statement.date:
            return _Dating(statement.date, f"the day of the claim; {statement.date_rule}")
    return _published(source, "as of no named day")
