"""A headline for an event, made of its parts: who, what, whom, where, true to its modality."""

from dataclasses import dataclass

from spacy.tokens import Token

from app.domain.vocabulary import ActorKind, EventCategory, ItemKind, Modality
from app.extraction.grammar import agent_of, child, is_negated, is_passive, objects_of, subject_of
from app.extraction.modality import Reading, match_words
from app.extraction.roles import Party, Roles
from app.extraction.triggers import Trigger

LONGEST = 90
FAMILY_NAME_FIRST = frozenset({"CN", "KP", "KR", "VN", "TW", "KH", "HU"})
LONGEST_OBJECT = 6
NAMES = frozenset({"NORP", "GPE", "PERSON", "ORG", "LOC"})
NOUN_VERBS: dict[EventCategory, tuple[str, str]] = {  # the verb and preposition that a noun's event is told with
    EventCategory.MEET: ("hold", "with"),
    EventCategory.TALK: ("hold", "with"),
    EventCategory.NEGOTIATE: ("hold", "with"),
    EventCategory.VISIT: ("make", "to"),
    EventCategory.AGREE: ("reach", "with"),
    EventCategory.EXERCISE: ("conduct", "near"),
    EventCategory.ATTACK: ("carry out", "against"),
    EventCategory.DEPLOY: ("carry out", "near"),
    EventCategory.WITHDRAW: ("begin", "from"),
    EventCategory.EVACUATE: ("order", "from"),
    EventCategory.AID: ("send", "to"),
    EventCategory.SANCTION: ("impose", "on"),
    EventCategory.PROPOSE: ("make", "to"),
    EventCategory.DEMAND: ("put", "on"),
}


@dataclass(frozen=True, slots=True)
class Parts:
    """What a headline is made of."""

    trigger: Trigger
    reading: Reading
    roles: Roles
    category: EventCategory
    modality: Modality
    place: str | None = None
    relation: str | None = None
    according_to: str | None = None


def headline(parts: Parts) -> str:
    """The event in one line of at most 90 characters: "Scholz planned to meet Putin in Moscow"."""
    who = _forces(parts) or _names(parts.roles.sources) or _subject(parts)
    what = _noun_phrase(parts) if parts.trigger.is_noun and parts.reading.intent is None else _verb_phrase(parts, who)
    where = (
        "of"
        if parts.relation == "of" and what.endswith(("city", "town", "village", "port", "region"))
        else _locative(parts)
    )
    where = "" if f" {what}".endswith(f" {where}") else where
    place = f"{where} {parts.place}".strip() if parts.place and parts.place not in f"{who} {what}" else ""
    source = f", {parts.according_to} says" if parts.modality is Modality.ALLEGED and parts.according_to else ""
    if source and parts.according_to == who:
        source = ""
    for pieces in ((who, what, place + source), (who, what, place), (who, what, "")):
        line = " ".join(
            piece for piece in (p.strip() if not p.startswith(",") else p for p in pieces) if piece
        ).replace(" ,", ",")
        if len(line) <= LONGEST:
            break
    return _cut(line[:1].upper() + line[1:])


def short_name(party: Party) -> str:
    """A person's family name, else the name as it is."""
    words = party.name.split()
    if party.kind is not ActorKind.PERSON or len(words) < 2:
        return party.name
    if not all(word[:1].isupper() for word in words):
        return party.name
    if party.country in FAMILY_NAME_FIRST and len(words) <= 3:
        return words[0] if party.country in ("CN", "KP", "KR", "TW") else party.name
    return words[-1]


def _names(parties: tuple[Party, ...]) -> str:
    names = list(dict.fromkeys(short_name(p) for p in parties))[:3]
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1] if names else ""


def _forces(parts: Parts) -> str:
    """ "Russian troops", where the sentence has them act for their country."""
    carrier, sources = parts.reading.carrier, parts.roles.sources
    if (
        parts.category.kind is not ItemKind.MILITARY
        or len(sources) != 1
        or carrier.pos_ != "VERB"
        or is_passive(carrier)
    ):
        return ""
    subject = subject_of(carrier)
    named = subject is not None and subject.i == sources[0].at and subject.pos_ == "NOUN"
    return _words(subject) if named and subject is not None else ""


def _subject(parts: Parts) -> str:
    """The sentence's own words for the doer where nobody is named."""
    carrier = parts.reading.carrier
    if carrier.pos_ not in ("VERB", "AUX") or is_passive(carrier):
        return ""
    subject = subject_of(carrier)
    return _words(subject) if subject is not None and subject.pos_ in ("NOUN", "PROPN") else ""


def _words(noun: Token) -> str:
    """The noun with what stands before it, without articles and counts of words beyond the longest."""
    kept = [
        t
        for t in noun.subtree
        if t.i <= noun.i and t.dep_ not in ("relcl", "acl", "punct", "predet", "cc", "conj", "case")
    ]
    kept = [t for t in kept if t.lower_ not in ("the", "its", "his", "their", "a", "an", "her")][-LONGEST_OBJECT:]
    words = [
        t.lower_ if t.is_sent_start and t.pos_ not in ("PROPN", "NUM") and t.ent_type_ not in NAMES else t.text
        for t in kept
    ]
    return " ".join(words).replace("$ ", "$").replace("€ ", "€").replace("£ ", "£").replace(" - ", "-")


def _verb_phrase(parts: Parts, who: str) -> str:
    reading = parts.reading
    verb = reading.carrier if reading.intent is not None else parts.trigger.token
    if verb.pos_ not in ("VERB", "AUX"):
        return f"{parts.category} {_names(parts.roles.targets)}".strip()
    if not who and is_passive(verb):
        return _passive(verb, parts)
    planner = reading.carrier if parts.modality is Modality.PLANNED and reading.carrier != verb else None
    done = _conjugate(verb, parts.modality, _is_plural(parts, who), planner)
    rest = _content(verb, parts) if reading.intent is not None else _rest(verb, parts)
    return " ".join(piece for piece in (done, rest) if piece)


def _called(thing: Token, party: Party | None, parts: Parts) -> str:
    """An object as a headline calls it: the parties' names, or its own words where it only describes somebody."""
    if thing.pos_ == "PRON" or (party is not None and party.kind is not ActorKind.GROUP):
        return _names(parts.roles.targets)
    return _words(thing)


def _is_plural(parts: Parts, who: str) -> bool:
    sources = parts.roles.sources
    if len(sources) == 1:
        return sources[0].name.endswith("s") and sources[0].kind is ActorKind.GROUP
    return len(sources) > 1 or who.endswith("s")


def _rest(verb: Token, parts: Parts) -> str:
    """What follows the verb, in the order of the text: its particles, whom or what, and whom a preposition names."""
    pieces: dict[float, str] = {}
    named = {t.at: t for t in parts.roles.targets}
    words = match_words(verb, parts.trigger.words) or []
    for thing in [] if is_passive(verb) and not parts.roles.sources else objects_of(verb)[:1]:
        pieces[max(thing.i, verb.i + 0.5)] = _called(thing, named.get(thing.i), parts)
    for word in words:
        pieces[word.i] = pieces.get(word.i) or word.text
        noun = child(word, "pobj")
        if noun is not None and noun not in words:
            said = short_name(named[noun.i]) if noun.i in named else _words(noun)
            pieces[noun.i] = "" if parts.place and (said in parts.place or parts.place in said) else said
            if not pieces[noun.i] or (parts.place and word.lower_ == parts.relation):
                pieces.pop(word.i)
                pieces.pop(noun.i)
    below = child(verb, "xcomp")
    if parts.trigger.frame.complement and below is not None:
        things = objects_of(below)
        negated = "not " if is_negated(below) else ""
        pieces[below.i] = f"{negated}to {below.lemma_} {_words(things[0]) if things else ''}".strip()
    if not pieces and parts.roles.mutual and set(parts.roles.targets).isdisjoint(parts.roles.sources):
        return _names(parts.roles.targets)
    return " ".join(piece for _, piece in sorted(pieces.items()) if piece)


def _conjugate(verb: Token, modality: Modality, plural: bool, planner: Token | None = None) -> str:
    bare = verb.lemma_.lower()
    match modality:
        case Modality.PLANNED if (
            planner is not None and planner.tag_ in ("VBD", "VBZ", "VBP") and child(planner, "xcomp") is not None
        ):
            return f"{planner.lower_} to {bare}"
        case Modality.PLANNED:
            return f"to {bare}"
        case Modality.POSSIBLE:
            return f"may {bare}"
        case Modality.DENIED:
            return f"{'do' if plural else 'does'} not {bare}"
        case Modality.ALLEGED:
            return f"reportedly {_past(verb, plural)}"
        case _:
            return _past(verb, plural)


def _past(verb: Token, plural: bool) -> str:
    """The verb as it stands where that is a past form, else in the present."""
    if verb.tag_ in ("VBD", "VBN"):
        return verb.lower_
    bare = verb.lemma_.lower()
    if bare == "be":
        return "were" if plural else "was"
    if plural:
        return bare
    if bare.endswith(("s", "sh", "ch", "x", "z", "o")):
        return bare + "es"
    if bare.endswith("y") and bare[-2:-1] not in "aeiou":
        return bare[:-1] + "ies"
    return bare + "s"


def _passive(verb: Token, parts: Parts) -> str:
    subject = subject_of(verb)
    what = (_words(subject) if subject is not None and subject.pos_ == "NOUN" else "") or _names(parts.roles.targets)
    done = {
        Modality.PLANNED: f"to be {verb.lower_}",
        Modality.POSSIBLE: f"may be {verb.lower_}",
        Modality.DENIED: f"not {verb.lower_}",
        Modality.ALLEGED: f"reportedly {verb.lower_}",
    }.get(parts.modality, verb.lower_)
    words = [
        w.text
        for w in match_words(verb, parts.trigger.words) or []
        if child(w, "pobj") is None or w.text != parts.relation
    ]
    agent = agent_of(verb)
    by = f"by {_words(agent)}" if agent is not None and agent.pos_ == "NOUN" else ""
    return " ".join(piece for piece in (what, done, *words, by) if piece)


def _content(verb: Token, parts: Parts) -> str:
    """What an intent is about: "agreed to continue talks"."""
    below = parts.trigger.token
    whom = _names(parts.roles.targets)
    direct = next((t for t in objects_of(verb) if t.pos_ in ("NOUN", "PROPN", "PRON")), None)
    asked = whom if direct is not None else ""
    if below.pos_ in ("VERB", "AUX"):
        things = objects_of(below)
        rest = _words(things[0]) if things else ""
        words = " ".join(w for w in parts.trigger.words if w in {t.lower_ for t in below.children})
        return " ".join(piece for piece in (asked, "to", below.lemma_, words, rest) if piece)
    return " ".join(piece for piece in (asked, _words(below)) if piece)


def _noun_phrase(parts: Parts) -> str:
    noun = parts.trigger.token
    verb, prep = NOUN_VERBS.get(parts.category, ("see", "with"))
    sources = parts.roles.sources
    first = noun.i
    while first > noun.left_edge.i and _describes(noun.doc[first - 1]):
        first -= 1
    words = noun.doc[first : noun.i + 1].text
    others = [t for t in parts.roles.targets if t not in sources]
    told = parts.place is not None and (
        (others[:1] and others[0].name in parts.place) or parts.category is EventCategory.VISIT
    )
    whom = f"{prep} {_names(tuple(others))}" if others and not told else ""
    if not sources:
        state = {
            Modality.PLANNED: "planned",
            Modality.POSSIBLE: "possible",
            Modality.DENIED: "denied",
            Modality.ALLEGED: "reported",
        }.get(parts.modality, "")
        state = "" if state in words.split() else state
        return " ".join(piece for piece in (state, words, whom) if piece)
    carrier = parts.reading.carrier
    plural = _is_plural(parts, "")
    carries = carrier != noun and subject_of(carrier) != noun and carrier.lemma_ not in ("be", "have", "continue")
    if carries and carrier.pos_ == "VERB" and parts.reading.intent is None and not is_passive(carrier):
        return " ".join(piece for piece in (_conjugate(carrier, parts.modality, plural), words, whom) if piece)
    base, _, rest = verb.partition(" ")
    phrase = {
        Modality.PLANNED: f"to {verb}",
        Modality.POSSIBLE: f"may {verb}",
        Modality.DENIED: f"{'do' if plural else 'does'} not {verb}",
        Modality.ALLEGED: f"reportedly {_third(base, plural)} {rest}".strip(),
    }.get(parts.modality, f"{_third(base, plural)} {rest}".strip())
    return " ".join(piece for piece in (phrase, words, whom) if piece)


def _describes(word: Token) -> bool:
    """True of a word before a noun that tells what kind it is, not whose or when."""
    return (
        word.dep_ not in ("det", "poss", "case", "predet")
        and word.ent_type_ not in (*NAMES, "DATE", "TIME")
        and word.text not in ",;:"
    )


def _third(verb: str, plural: bool) -> str:
    if plural:
        return verb
    return verb[:-1] + "ies" if verb.endswith("ry") else verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s")


def _locative(parts: Parts) -> str:
    relation = parts.relation or "in"
    return relation if relation not in ("of", "by", "with", "for") else "in"


def _cut(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    return line[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;") + "…"
