"""Which candidates are events: acts, told once; not wishes, positions, or echoes of what is told elsewhere."""

from dataclasses import replace

from spacy.tokens import Token

from app.domain.vocabulary import MILITARY_CATEGORIES, EventCategory, Modality, StatementKind
from app.extraction.candidates import Candidate
from app.extraction.climb import Reading
from app.extraction.findings import Parsed, PlaceMention
from app.extraction.grammar import auxiliaries, clause_bounds, clause_verb, objects_of, prepositions_of, subject_of
from app.knowledge.event_verbs import EventWords

TALKS = frozenset({EventCategory.MEET, EventCategory.TALK, EventCategory.NEGOTIATE})
ANAPHORIC = frozenset(
    {"the", "that", "this", "these", "those", "their", "such", "his", "her", "its", "any", "no", "both"}
)
UNNAMED_WEIGHT = 0.4  # a frame that means less by itself needs a named party


def is_salient(c: Candidate, words: EventWords) -> bool:
    """An act with a party or place of its own; not a wish, a fear, a condition, a standing position or an echo."""
    reading, frame = c.reading, c.trigger.frame
    if reading.conditional or reading.wished or (reading.feared and reading.modality is Modality.POSSIBLE):
        return False
    if not c.roles.sources and not c.roles.targets and c.place is None and not _has_unnamed_doer(c, words):
        return False
    if c.category is EventCategory.VISIT and c.place is not None and _is_at_home(c):
        return False
    if (frame.communicative or frame.plover == "SUPPORT") and not _is_act_of_words(c):
        return False
    if (
        c.modality is Modality.DENIED
        and c.category in MILITARY_CATEGORIES
        and not reading.cancelled
        and not is_dated(c.trigger.token)
    ):
        return False
    return not (c.trigger.is_noun and _is_echo(c, words))


def _is_at_home(c: Candidate) -> bool:
    """True of a leader in a city of his own country: no visit."""
    country = next((p.country for p in c.roles.sources if p.country), None)
    return (
        country is not None
        and c.place is not None
        and c.place.country == country
        and (c.trigger.token.lemma_ == "be" or all(t.country == country for t in c.roles.targets if t.country))
    )


def _has_unnamed_doer(c: Candidate, words: EventWords) -> bool:
    """True of the act that a sentence is about, done by or to somebody without a name: "gunmen stormed a school"."""
    verb = c.reading.carrier
    if (
        verb.pos_ != "VERB"
        or verb.dep_ not in ("ROOT", "conj")
        or c.trigger.frame.weight < UNNAMED_WEIGHT
        or c.modality is not Modality.HAPPENED
    ):
        return False
    subject = subject_of(verb)
    if (
        subject is not None
        and subject.lemma_ in words.echoes
        and any(c.lower_ in ("the", "this") for c in subject.children)
    ):
        return False  # "the attack struck at night" tells of the attack again
    nouns = [subject, *objects_of(verb)]
    return any(noun is not None and noun.pos_ in ("NOUN", "PROPN", "NUM") for noun in nouns)


def _is_act_of_words(c: Candidate) -> bool:
    """A demand, accusation or praise that is told as an act: by somebody, once, outside of direct speech."""
    word = c.reading.carrier
    if c.reading.modality is not Modality.HAPPENED or not c.roles.sources:
        return False
    if c.category is EventCategory.THREATEN and not c.roles.targets:
        return False
    if c.statement is not None and c.statement.kind is StatementKind.DIRECT:
        return False
    if word.pos_ not in ("VERB", "AUX"):
        return True
    if word.tag_ in ("VBZ", "VBP") and word.dep_ == "relcl":
        return False  # "who supports the president": a position
    if word.tag_ == "VBG" and any(a.lower_ == "been" for a in auxiliaries(word)):
        return False
    return word.tag_ in ("VBD", "VBZ", "VBP") or word.dep_ not in ("advcl", "acl", "pcomp", "xcomp")


def _is_echo(c: Candidate, words: EventWords) -> bool:
    """True of a noun that repeats what another sentence tells: "the talks", "amid the buildup"."""
    noun = c.trigger.token
    if _is_anaphoric(noun, c.reading, c.category):
        return True
    if (
        noun.dep_ == "pobj"
        and noun.head.lower_ in ("by", "in", "after", "during", "from")
        and noun.head.head.lemma_ in words.deadly
    ):
        return False  # "killed by shelling": the deaths tell of the act
    told_by = noun.dep_ in ("nsubj", "nsubjpass", "dobj", "ROOT", "attr") or c.reading.carrier != noun
    if told_by or c.category not in MILITARY_CATEGORIES:
        return False
    if (
        c.roles.sources
        and any(t.dep_ == "poss" for t in noun.children)
        and any(prep.lower_ == "of" for prep, _ in prepositions_of(noun))
    ):
        return False  # "North Korea's launch of a missile" names all of it
    return c.place is None and not _has_date(noun)


def _has_date(noun: Token) -> bool:
    return any(t.ent_type_ in ("DATE", "TIME") for t in noun.subtree)


def is_dated(token: Token) -> bool:
    """True where the event's clause names a date."""
    verb = clause_verb(token)
    first, last = clause_bounds(verb)
    return any(t.ent_type_ in ("DATE", "TIME") for t in token.doc[first : last + 1])


def _is_anaphoric(noun: Token, reading: Reading, category: EventCategory) -> bool:
    """True of a bare "the talks", "their meeting", "the invasion": it repeats what another sentence tells."""
    determiner = next((c.lower_ for c in noun.children if c.dep_ in ("det", "poss")), None)
    if determiner is None and reading.carrier != noun:
        return False
    if determiner in ("a", "an", "another"):
        return False
    own = [c for c in noun.children if c.dep_ in ("amod", "compound", "nmod", "npadvmod", "acl", "relcl")]
    if determiner in ("their", "its", "his", "her") and not own and category in TALKS:
        return True
    if determiner not in ANAPHORIC and (determiner is not None or own):
        return False
    return not own and not any(True for _ in prepositions_of(noun))


def one_per_phrase(found: list[Candidate], words: EventWords) -> list[Candidate]:
    """Where a verb and its noun tell of one event ("launched an attack", "held talks"), one of them."""
    carried = {c.reading.carrier.i: c for c in found if c.trigger.is_noun and c.reading.carrier.i != c.trigger.token.i}
    deaths = {c.trigger.token.head.head.i for c in found if c.trigger.is_noun and c.category is EventCategory.ATTACK}
    kept = []
    for c in found:
        if c.category is EventCategory.OTHER and c.token.lemma_ in words.deadly and c.token.i in deaths:
            continue
        if not c.trigger.is_noun and c.token.i in carried and carried[c.token.i] is not c:
            other = carried[c.token.i]
            if other.trigger.token.head.i == c.token.i and other.category is not c.category and c.trigger.strength < 3:
                continue
        if c.trigger.is_noun:
            head = c.trigger.token.head
            verb = next((v for v in found if not v.trigger.is_noun and v.token.i in (head.i, head.head.i)), None)
            if verb is not None and verb.category is EventCategory.OTHER and verb.token.i in deaths:
                kept.append(
                    c
                    if c.roles.sources or c.roles.targets
                    else replace(c, roles=verb.roles, place=c.place or verb.place)
                )
                continue
            if (
                verb is not None
                and verb.trigger.frame.communicative
                and c.trigger.token.dep_ == "pobj"
                and c.category in TALKS
            ):
                continue  # "warned him in a call" tells of the warning
            if (
                verb is not None
                and verb is not c
                and c.trigger.token.dep_ in ("dobj", "pobj", "nsubjpass")
                and verb.trigger.strength >= 3
            ):
                continue
        kept.append(c)
    return kept


def without_repeats(found: list[Candidate], parsed: Parsed) -> list[Candidate]:
    """One mention a paragraph of what adds neither place, party nor modality to the one before."""
    kept: list[Candidate] = []
    for c in found:
        if (
            c.trigger.frame.lasting
            and not is_dated(c.token)
            and any(o.category is c.category and _same_sources(o, c) for o in kept)
        ):
            continue
        paragraph = parsed.paragraph_of(c.token.i)
        names = {p.name for p in (*c.roles.sources, *c.roles.targets)}
        repeated = False
        for other in kept:
            if (
                parsed.paragraph_of(other.token.i) != paragraph
                or other.category is not c.category
                or other.modality is not c.modality
            ):
                continue
            theirs = {p.name for p in (*other.roles.sources, *other.roles.targets)}
            if names <= theirs and not _adds_place(c.place, other.place):
                repeated = True
        if not repeated:
            kept.append(c)
    return kept


def _same_sources(a: Candidate, b: Candidate) -> bool:
    return {p.country for p in a.roles.sources} == {p.country for p in b.roles.sources}


def _adds_place(place: PlaceMention | None, other: PlaceMention | None) -> bool:
    """True where a place is finer or another than what was told: not "on Ukraine's borders" after "near Ukraine"."""
    if place is None or (other is not None and place.name == other.name):
        return False
    return other is None or place.lat is not None or place.country != other.country
