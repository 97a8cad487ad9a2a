"""A headline for an event: its own clause cut down to who did what to whom, where; true to the clause's modality.

Cutting the text's words keeps the grammar and the meaning that a sentence made anew would lose. Only where the
clause has no finite verb is one made.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from app.domain.vocabulary import ActorKind, EventCategory, Modality
from app.extraction.climb import Reading
from app.extraction.cutting import MEASURES, after, content, joined, phrase, text
from app.extraction.grammar import auxiliaries, child, first_conjunct, is_negated, is_passive, subject_of
from app.extraction.parties import Party
from app.extraction.roles import Roles
from app.extraction.triggers import Trigger

LONGEST = 90
FAMILY_NAME_FIRST = frozenset({"CN", "KP", "KR", "TW"})
WHOLE_NAME = frozenset({"VN", "KH", "HU"})  # writers there and abroad do not agree which name comes first
DOERS = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN", "CCONJ", "PART"})  # the words of a subject that names doers
PAIRS = frozenset({"two", "both", "sides", "pair", "leaders", "latter", "presidents", "ministers"})
BODIES = frozenset(
    {"Ministry", "House", "Department", "Council", "Technologies", "Union", "States", "Kingdom", "Korea"}
)
MANY = re.compile(r"\b(?:officials|sources|diplomats|experts|witnesses|officers|leaders|media)\b")
BETWEEN_THEM = re.compile(r" between (?:the )?(?:two|both) \w+")
CARRIES = frozenset(
    {"dobj", "obj", "xcomp", "nsubj", "nsubjpass", "attr", "conj", "pobj", "prep", "ccomp", "acl", "pcomp"}
)
DENIALS = frozenset({"deny", "reject", "refuse", "rule", "cancel", "dismiss", "exclude", "decline"})
SINGULAR = {"are": "is", "were": "was", "have": "has", "do": "does"}
WRITTEN_OUT = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have"}
TALKS = frozenset({EventCategory.MEET, EventCategory.TALK, EventCategory.NEGOTIATE})
STATES = {
    Modality.PLANNED: "planned",
    Modality.POSSIBLE: "possible",
    Modality.DENIED: "no",
    Modality.ALLEGED: "alleged",
}
HOLD = {
    Modality.PLANNED: ("to hold", "to hold"),
    Modality.POSSIBLE: ("may hold", "may hold"),
    Modality.DENIED: ("will not hold", "will not hold"),
    Modality.ALLEGED: ("reportedly holds", "reportedly hold"),
    Modality.HAPPENED: ("holds", "hold"),
}


@dataclass(frozen=True)
class Parts:
    """What a headline is made of."""

    trigger: Trigger
    reading: Reading
    roles: Roles
    category: EventCategory
    modality: Modality
    place: str | None = None
    according_to: str | None = None

    @cached_property
    def parties(self) -> tuple[Party, ...]:
        """Doers first, then those it is done to."""
        return (*self.roles.sources, *self.roles.targets)

    @cached_property
    def names(self) -> dict[int, str]:
        """What people, and whatever a pronoun stands for, are called, by token."""
        doc = self.trigger.token.doc
        called: dict[int, list[str]] = {}
        for p in self.parties:
            if p.kind is ActorKind.PERSON or doc[p.at].pos_ in ("PRON", "DET"):
                called.setdefault(p.at, []).append(short_name(p))
        return {at: " and ".join(dict.fromkeys(names)) for at, names in called.items()}  # "they" are several


def headline(parts: Parts) -> str:
    """The event in one line of at most 90 characters: "Scholz planned to meet with Putin in Moscow"."""
    token, carrier = parts.trigger.token, parts.reading.carrier
    is_carried = carrier.pos_ in ("VERB", "AUX") and _carries(carrier, token)
    if parts.trigger.is_noun and not is_carried:
        line = _noun_line(parts)
    else:
        line = _clause_line(parts, _governing(carrier if is_carried else token, parts))
    return _cut(line[:1].upper() + line[1:] if line else token.text)


def short_name(party: Party) -> str:
    """A person's family name, else the name as it is."""
    words = party.name.split()
    if party.kind is not ActorKind.PERSON or len(words) < 2 or not all(word[:1].isupper() for word in words):
        return party.name
    if party.country in FAMILY_NAME_FIRST:
        return words[0]
    return party.name if party.country in WHOLE_NAME else words[-1]


def _carries(verb: Token, token: Token) -> bool:
    """Whether the trigger is the verb, or hangs on it so that the verb's clause tells of it."""
    while token != verb:
        if token.dep_ not in CARRIES:  # the root's label is none of them
            return False
        token = token.head
    return True


def _clause_line(parts: Parts, verb: Token) -> str:
    trigger, doc = parts.trigger.token, verb.doc
    subject = subject_of(verb)
    who = _who(subject, parts) or _unparsed_subject(verb)
    group = _verb_group(verb, subject, who, parts)
    source = _source(parts, who)
    bare = f"{who} {group}".strip()
    whole = parts.modality is Modality.DENIED and _says_no(verb)
    pieces = [words for words in after(verb, parts.names, trigger, whole=whole) if text(words, doc)]
    pieces = pieces or [content(verb, parts.names, trigger)]
    room = LONGEST - len(source)
    is_long = len(joined(bare, pieces[0], doc, 2 * LONGEST)) > room
    if is_long and subject is not None and subject.lower_ not in PAIRS and who not in parts.names.values():
        bare = f"{_shorter(subject, who, parts)} {group}"
    line = bare
    for words in pieces:
        needed = any(i == trigger.i for i, _ in words)
        line = joined(line, words, doc, 2 * LONGEST if needed else room)
    if line == bare and parts.trigger.is_noun and subject is not None and subject == trigger:
        return _noun_line(parts)  # "the call lasted": nothing is told of it
    if parts.modality is Modality.DENIED and not _says_no(verb) and " not " not in f" {group} ":
        told_by = _short(parts.according_to or "")
        return f"{told_by} denies that {line}" if told_by and told_by not in who else f"Denied: {line}"
    return line + source


def _governing(verb: Token, parts: Parts) -> Token:
    """The finite verb that an infinitive or participle hangs on, both with one doer: "planned" of "planned to go".

    The words above carry what makes the event planned, refused or denied, so the headline keeps them.
    """
    top = verb
    for _ in range(3):
        if _is_finite(top) and (parts.modality is not Modality.DENIED or _says_no(top)):
            break
        below = first_conjunct(top)
        head = below.head
        if below.dep_ == "pcomp" and head.lower_ in ("with", "after", "before", "despite", "amid"):
            break  # told beside the clause above, not by it
        if below.dep_ in ("pcomp", "acl") and head.dep_ in ("prep", "dobj"):
            head = head.head
        elif below.dep_ not in ("xcomp", "ccomp"):
            break
        own = child(below, "nsubj", "nsubjpass") if below.dep_ == "ccomp" else None
        if head.pos_ not in ("VERB", "AUX") or (own is not None and own.pos_ != "PRON"):
            break
        top = head
    return top if top == verb or (_is_finite(top) and _same_doer(top, verb, parts)) else verb


def _same_doer(top: Token, verb: Token, parts: Parts) -> bool:
    subject, doers = subject_of(top), {p.at for p in parts.roles.sources}
    return subject is not None and (subject.i in doers or subject == subject_of(verb) or not doers)


def _says_no(verb: Token) -> bool:
    return is_negated(verb) or verb.lemma_ in DENIALS


def _is_finite(verb: Token) -> bool:
    if verb.tag_ in ("VBZ", "VBP") or (verb.tag_ == "VBD" and not is_passive(verb)):
        return True
    return any(auxiliary.tag_ in ("VBD", "VBZ", "VBP", "MD") for auxiliary in auxiliaries(verb))


def _who(subject: Token | None, parts: Parts) -> str:
    sources = parts.roles.sources
    if subject is None:
        return _names(sources)
    if subject.i in parts.names and child(subject, "conj") is None:
        return parts.names[subject.i]
    if subject.lower_ in ("we", "i") and parts.according_to:
        return _short(parts.according_to)
    if subject.pos_ in ("PRON", "DET"):
        return _names(sources)
    takes_up = all(c.dep_ in ("det", "nummod", "predet") for c in subject.children)  # not "Russian leaders"
    if subject.lower_ in PAIRS and takes_up and len({p.name for p in parts.parties}) > 1:
        return _names(parts.parties)
    words = text(phrase(subject, parts.names), subject.doc)
    words = words if "(" in words else words.rpartition(")")[2]  # what a dateline leaves: "(CNN)Russia"
    return f"The {words}" if words.lower() in PAIRS else words


def _unparsed_subject(verb: Token) -> str:
    """The noun phrase right before a sentence's finite verb that the parse hung elsewhere; "" where there is none.

    "At Hostomel near Kyiv, Russian forces and Ukrainian troops fought": they are taken for what Hostomel is near.
    """
    if verb.dep_ != "ROOT" or not _is_finite(verb):
        return ""
    start = end = min(token.i for token in (verb, *auxiliaries(verb)))
    while start > verb.sent.start and verb.doc[start - 1].pos_ in DOERS:
        start -= 1
    follows_comma = start > verb.sent.start and verb.doc[start - 1].text == ","
    return verb.doc[start:end].text if follows_comma and verb.doc[end - 1].pos_ in ("NOUN", "PROPN") else ""


def _shorter(subject: Token, who: str, parts: Parts) -> str:
    """The subject without what follows its noun: "some units" of "some units of the districts"."""
    if subject.lemma_ in MEASURES:
        return who
    words = [word for word in phrase(subject, parts.names) if word[0] <= subject.i]
    return text(words, subject.doc) or who


def _names(parties: Iterable[Party]) -> str:
    names = list(dict.fromkeys(short_name(party) for party in parties))[:4]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _verb_group(verb: Token, subject: Token | None, who: str, parts: Parts) -> str:
    """The verb with its auxiliaries as they stand; one that fits the modality where it has no finite form."""
    plural = _is_plural(who, subject, parts)
    if not _is_finite(verb):
        return _made_finite(verb, plural, parts.modality)
    replaced = bool(who) and not plural and subject is not None and subject.pos_ in ("PRON", "DET")
    group = {*auxiliaries(verb), verb, *(part for part in verb.children if part.dep_ == "neg")}
    words = []
    for token in sorted(group, key=lambda t: t.i):
        word = WRITTEN_OUT.get(token.lower_, token.lower_)
        if word == "'s":
            word = "is" if verb.tag_ == "VBG" else "has"
        elif replaced and token.tag_ in ("VBP", "VBD"):
            word = SINGULAR.get(word, _present(token, plural=False) if token.tag_ == "VBP" else word)
        words.append(word)
    return " ".join(words)


def _made_finite(verb: Token, plural: bool, modality: Modality) -> str:
    done, bare = verb.tag_ == "VBN" or is_passive(verb), verb.lemma_.lower()
    match modality:
        case Modality.PLANNED:
            return f"to be {verb.lower_}" if done else f"to {bare}"
        case Modality.POSSIBLE:
            return f"may be {verb.lower_}" if done else f"may {bare}"
        case Modality.DENIED:
            return f"not {verb.lower_}"
        case _:
            return verb.lower_ if done else _present(verb, plural)


def _is_plural(who: str, subject: Token | None, parts: Parts) -> bool:
    if " and " in who:
        return True
    known = next((p for p in parts.roles.sources if short_name(p) == who), None)
    if known is not None:
        return known.kind is ActorKind.GROUP and who.endswith("s")
    return subject is not None and subject.tag_ in ("NNS", "NNPS")


def _present(verb: Token, plural: bool) -> str:
    bare = verb.lemma_.lower()
    if verb.tag_ == "VBD":
        return verb.lower_
    if bare in ("be", "have"):
        return {"be": ("is", "are"), "have": ("has", "have")}[bare][plural]
    if plural:
        return bare
    if bare.endswith(("s", "sh", "ch", "x", "z", "o")):
        return bare + "es"
    if bare.endswith("y") and bare[-2:-1] not in "aeiou":
        return bare[:-1] + "ies"
    return bare + "s"


def _noun_line(parts: Parts) -> str:
    noun = parts.trigger.token
    what = _inner(text(phrase(noun, parts.names), noun.doc), noun)
    inside = {token.i for token in noun.subtree}
    outside = [p for p in parts.parties if p.at not in inside and not p.place]
    who, doers = _names(outside), _names(p for p in parts.roles.sources if p.at not in inside)
    if parts.category is EventCategory.VISIT and parts.place and doers and parts.modality is Modality.HAPPENED:
        return f"{doers} on visit to {parts.place}"
    if parts.category in TALKS and doers and noun.dep_ in ("dobj", "dative") and noun.head.lemma_ in ("tell", "inform"):
        return f"{doers} {'speak' if ' and ' in doers else 'speaks'} to {what}"
    if parts.category in TALKS and who:
        what = BETWEEN_THEM.sub("", what) if " and " in who else what
        return f"{who} {HOLD[parts.modality][' and ' in who]} {what}"
    source = _source(parts, who)
    state = "" if parts.modality is Modality.ALLEGED and source else STATES.get(parts.modality, "")
    line = f"{state} {what}" if state and state not in what.lower().split() else what
    if parts.category is EventCategory.AGREE and " and " in who:
        return f"{line} between {who}"
    by = f" by {doers}" if doers else ""
    return line + (by if len(line + by + source) <= LONGEST else "") + source


def _inner(words: str, noun: Token) -> str:
    """The words as inside a sentence: without the capital that only the sentence's beginning gave them."""
    first = noun.doc[noun.left_edge.i]
    starts = first.is_sent_start and first.pos_ != "PROPN" and not first.ent_type_ and words.startswith(first.text)
    return words[:1].lower() + words[1:] if starts else words


def _source(parts: Parts, who: str) -> str:
    """Who says so, for what only one side says."""
    name = _short(parts.according_to or "")
    if not name or name in who or parts.modality not in (Modality.ALLEGED, Modality.POSSIBLE):
        return ""
    return f", {name} {'say' if MANY.search(name) else 'says'}"


def _short(name: str) -> str:
    """The last of two capitalised names that are no body's."""
    words = name.split()
    is_person = len(words) == 2 and all(word[:1].isupper() and word.isalpha() for word in words)
    return words[-1] if is_person and words[-1] not in BODIES else name


def _cut(line: str) -> str:
    if len(line) <= LONGEST:
        return line
    return line[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(",;") + "\u2026"
