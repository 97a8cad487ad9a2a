"""The words that tell of an event: a verb with its particles, or a noun, and the frame of knowledge that they fill."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from app.domain.vocabulary import ActorKind
from app.extraction.findings import Mentions
from app.extraction.grammar import agent_of, child, children, is_passive, objects_of, prepositions_of, subject_of
from app.extraction.verb_phrases import match_words
from app.knowledge.event_verbs import EventFrame, EventVerbs

SPANS = frozenset({"period", "time", "hour", "day", "week", "month", "year", "decade"})
MODIFYING = frozenset({"compound", "amod", "nmod", "poss"})


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an event by a frame; `words` go with it, `strength` counts the conditions it met."""

    token: Token
    frame: EventFrame
    words: tuple[str, ...]
    strength: int

    @property
    def is_noun(self) -> bool:
        """True where a noun tells of the event."""
        return self.token.pos_ in ("NOUN", "PROPN")


def find_triggers(tokens: Iterable[Token], mentions: Mentions, known: EventVerbs) -> Iterator[Trigger]:
    """Every trigger among the tokens, in order; each token with the frame that asks most of it."""
    for token in tokens:
        pos = token.pos_
        if pos in ("VERB", "AUX"):
            options = known.verbs.get(token.lemma_.lower(), ())
            if not options or token.dep_ in ("aux", "auxpass", "compound"):
                continue
            if token.dep_ == "amod" and token.i < token.head.i and token.tag_ != "VBD":
                continue
            particle = child(token, "prt")
            if particle is not None:  # "back away" is not "back"
                options = tuple(option for option in options if particle.lower_ in option[0])
            found = _best(token, [(words, f) for words, f in options if _takes(token, words)], mentions, known)
        elif pos in ("NOUN", "PROPN"):
            options = known.nouns.get(token.lower_) or known.nouns.get(token.lemma_.lower(), ())
            if not options or (token.dep_ in MODIFYING and token.i < token.head.i and token.dep_ != "poss"):
                continue
            if pos == "PROPN" and (token.ent_type_ in ("PERSON", "ORG", "GPE") or token.text == "War"):
                continue  # a name; "the Cold War" is none of the article's
            found = _best(token, [(words, f) for words, f in options if _preceded(token, words)], mentions, known)
        else:
            continue
        if found is not None:
            yield found


def _takes(verb: Token, words: tuple[str, ...]) -> bool:
    """True where the verb takes the words, and the last of them does not lead to a time: "taken over two days"."""
    found = match_words(verb, words)
    if found is None:
        return False
    if found and found[-1].dep_ == "prt" and any(c.lemma_ in SPANS for c in children(verb, "dobj")):
        return False
    noun = child(found[-1], "pobj") if found else None
    return noun is None or not (noun.lemma_ in SPANS or any(t.ent_type_ in ("DATE", "TIME") for t in noun.subtree))


def _best(
    token: Token, options: list[tuple[tuple[str, ...], EventFrame]], mentions: Mentions, known: EventVerbs
) -> Trigger | None:
    best: Trigger | None = None
    for words, frame in options:
        strength = _strength(token, words, frame, mentions, known)
        if strength is not None and (best is None or strength > best.strength):
            best = Trigger(token, frame, words, strength)
    return best


def _strength(
    token: Token, words: tuple[str, ...], frame: EventFrame, mentions: Mentions, known: EventVerbs
) -> int | None:
    """How many conditions of the frame the token meets; None where it fails one."""
    strength = 2 * len(words)
    if token.pos_ in ("NOUN", "PROPN"):
        if frame.modifiers:
            beside = {c.lower_ for c in token.children} | {c.lemma_ for c in token.children}
            if not beside & frame.modifiers:
                return None
            strength += 1
        if frame.of:
            of = [noun for prep, noun in prepositions_of(token) if prep.lower_ in ("of", "by", "from")]
            if not any(
                is_any(t, frame.of, mentions, known) for t in (*of, *children(token, "compound", "poss", "amod"))
            ):
                return None
            strength += 2
        return strength
    things = _things(token, words)
    if frame.not_objects and any(is_any(t, frame.not_objects, mentions, known) for t in things):
        return None
    if frame.objects:
        if any(is_any(t, frame.objects, mentions, known) for t in things):
            strength += 3
        elif things or "" not in frame.objects:
            return None
    if frame.subjects:
        subject = agent_of(token) if is_passive(token) else subject_of(token)
        if subject is None or not is_any(subject, frame.subjects, mentions, known):
            return None
        strength += 3
    if frame.complement:
        attribute = child(token, "acomp") if token.lemma_ == "be" else None
        below = [c for c in children(attribute or token, "xcomp", "ccomp", "advcl") if c.tag_ in ("VB", "VBG")]
        if not any(c.lemma_ in frame.complement or "*" in frame.complement for c in below):
            return None
        strength += 1
    return strength


def _things(verb: Token, words: tuple[str, ...]) -> list[Token]:
    """The objects of the verb, with those of the prepositions that belong to it."""
    found = objects_of(verb)
    if words:
        found += [noun for prep, noun in prepositions_of(verb) if prep.lower_ in words]
    return found


def is_any(token: Token, wanted: frozenset[str], mentions: Mentions, known: EventVerbs) -> bool:
    """True where the noun, or what it counts ("dozens of activists"), is one of the wanted lemmas or kinds."""
    for noun in counted(token, known.words.collections):
        if noun.lemma_.lower() in wanted or noun.lower_ in wanted:
            return True
        if any(f"{c.lower_} {noun.lemma_}" in wanted for c in noun.children if c.dep_ in ("compound", "amod")):
            return True
        if not wanted & {"ACTOR", "PERSON", "COUNTRY"}:
            continue
        mention = mentions.at(noun.i)
        if mention is not None and mention.head != noun.i and noun.dep_ not in ("compound", "appos"):
            mention = None
        if mention is None:
            if "PERSON" in wanted and noun.ent_type_ == "PERSON":
                return True
            if "COUNTRY" in wanted and noun.ent_type_ == "GPE":
                return True
            continue
        if "ACTOR" in wanted:
            return True
        if "PERSON" in wanted and mention.kind is ActorKind.PERSON:
            return True
        if "COUNTRY" in wanted and (mention.kind is ActorKind.COUNTRY or mention.place):
            return True
    return False


def counted(noun: Token, collections: frozenset[str]) -> list[Token]:
    """The noun, and what it counts: "hundreds of troops", "some of its forces", "a swarm of helicopters"."""
    found = [noun]
    if noun.lemma_.lower() in collections or noun.like_num or noun.pos_ == "NUM":
        of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
        inner = child(of, "pobj") if of is not None else None
        if inner is not None:
            found += counted(inner, collections)
    return found


def _preceded(token: Token, words: tuple[str, ...]) -> bool:
    before = [t.lower_ for t in token.doc[max(token.sent.start, token.i - len(words)) : token.i]]
    return before == list(words)
