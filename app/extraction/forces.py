"""Nouns for armed forces: what they name, how many are counted, and whose they are."""

from collections import Counter

from spacy.tokens import Token

from app.domain.vocabulary import ActorKind
from app.extraction.findings import Parsed
from app.extraction.grammar import child, children, first_conjunct, prepositions_of, subject_of
from app.extraction.parties import Parties
from app.extraction.quantities import Quantity
from app.knowledge.forces import Force, Forces

USUAL_TIMES, USUAL_SHARE = (
    2,
    0.6,
)  # how often, and how much more than others, before a country's forces are "the troops"
PLAIN = frozenset({"forces", "military", "reserves", "btgs"})
COUNTED_UNITS = frozenset({"regiments", "brigades", "battalions", "battalion tactical groups", "divisions", "fleets"})
STATES = frozenset({ActorKind.COUNTRY, ActorKind.ORGANISATION, ActorKind.PERSON})


def force_at(token: Token, parties: Parties, known: Forces) -> Force | None:
    """The force that the noun names, or None where it names none, or only modifies another noun."""
    lower, lemma = token.lower_, token.lemma_.lower()
    before = token.nbor(-1).lower_ if token.i > 0 else ""
    phrase = known.phrases.get((before, lower)) or known.phrases.get((before, lemma.removesuffix("s")))
    force = phrase or known.nouns.get(lower) or known.nouns.get(lemma)
    if force is None or token.ent_type_ == "PERSON":
        return None
    if token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN"):
        return None
    if phrase is not None or not force.needs_marker:
        return force
    if lower == "force":  # "the force of the blast"
        return None
    if force.markers:
        return force if any(c.lower_ in force.markers for c in token.children) else None
    return force if lower in PLAIN or _is_military(token, parties, known) else None


def _is_military(token: Token, parties: Parties, known: Forces) -> bool:
    """True where a military word or a country stands beside the noun, or a state uses a number of them."""
    beside = children(token, "amod", "compound", "nmod")
    if any(c.lower_ in known.markers or c.lemma_ in known.markers or c.lemma_ in known.nouns for c in beside):
        return True
    if token.lower_ in ("men", "women"):
        return False
    if any(
        t.lower_ in ("military", "troop", "combat")
        for clause in children(token, "acl", "relcl")
        for t in clause.subtree
    ):
        return True
    if country_in(token, parties):
        return True
    first = first_conjunct(token)
    if first != token and force_at(first, parties, known) is not None:  # "6,000 troops and 60 aircraft"
        return True
    verb = token.head
    if token.dep_ == "nsubj" and any(noun.lemma_ in known.postures for _, noun in prepositions_of(verb)):
        return True  # "jets are on alert"
    if token.dep_ != "dobj" or child(token, "nummod") is None or verb.pos_ != "VERB":
        return False
    doer = subject_of(verb)
    return doer is not None and doer_country(doer, parties) is not None


def counts(noun: Token, known: Forces, collections: frozenset[str]) -> bool:
    """True of a word that only counts the forces behind it: "thousands of", "a swarm of"."""
    return (
        noun.lemma_.lower() in collections
        or noun.like_num
        or noun.lower_ in known.fractions
        or noun.lower_ in known.vague
    )


def one_unit(token: Token, force: Force) -> Quantity | None:
    """ "a new regiment" is one; "a force" tells no number."""
    article = any(c.lower_ in ("a", "an") for c in children(token, "det"))
    return Quantity("1", 1, 1) if article and token.tag_ in ("NN", "NNP") and force.unit in COUNTED_UNITS else None


def country_in(noun: Token, parties: Parties) -> str | None:
    """The country in the noun's own phrase: its adjective, whose it is, of whom."""
    for part in noun.children:
        if part.dep_ in ("amod", "poss", "compound", "nmod") and part.i < noun.i:
            mention = parties.mentions.at(part.i)
            if part.dep_ == "poss" and mention is not None and mention.country:
                return mention.country
            party = next((p for t in part.subtree if (p := parties.adjective(t)) is not None), None)
            if party is not None:
                return party.country
            inner = next(
                (m for m in parties.mentions.within(part.left_edge.i, part.right_edge.i + 1) if m.country), None
            )
            if inner is not None:
                return inner.country
    for prep, inner_noun in prepositions_of(noun):
        if prep.lower_ in ("of", "by"):
            country = named_country(inner_noun, parties)
            if country:
                return country
        elif prep.lower_ == "from" and prep.head == noun:
            mention = parties.mentions.at(inner_noun.i)
            country = mention.country if mention is not None else named_country(inner_noun, parties)
            if country:
                return country
    return None


def owner_by_name(noun: Token, known: Forces) -> str | None:
    """The country of the unit or alliance that the noun's phrase names: "Wagner fighters", "forces of the CSTO"."""
    end = noun.i
    for prep, inner in prepositions_of(noun):
        if prep.lower_ in ("of", "from"):
            end = max(end, inner.right_edge.i)
    words = f" {noun.doc[noun.left_edge.i : end + 1].text} ".replace("(", " ").replace(")", " ").replace("'s ", " ")
    return next((country for name, country in known.owners.items() if f" {name} " in words), None)


def is_separatist(noun: Token, known: Forces) -> bool:
    """True of rebels of the country where they are: "separatists", "separatist forces"."""
    for word in (noun, *children(noun, "amod", "compound", "nmod")):
        force = known.nouns.get(word.lemma_.lower()) or known.nouns.get(word.lower_)
        if force is not None and force.unit == "separatist forces":
            return True
    return False


def named_country(noun: Token, parties: Parties) -> str | None:
    return next((p.country for p in parties.of(noun) if p.country), None)


def doer_country(doer: Token, parties: Parties) -> str | None:
    mention = parties.mentions.at(doer.i)
    if mention is not None and mention.head == doer.i and mention.kind in STATES:
        return mention.country
    return country_in(doer, parties) or (named_country(doer, parties) if doer.pos_ == "PROPN" else None)


def usual_country(parsed: Parsed, parties: Parties, known: Forces) -> str | None:
    """The country whose forces the article speaks of most."""
    counts: Counter[str] = Counter()
    for token in parsed.doc:
        if token.pos_ in ("NOUN", "PROPN") and (
            token.lower_ in known.nouns or token.lemma_ in known.nouns or token.lemma_ in known.movement_nouns
        ):
            country = country_in(token, parties)
            if country:
                counts[country] += 1
    if not counts:
        return None
    country, times = counts.most_common(1)[0]
    return country if times >= USUAL_TIMES and times >= USUAL_SHARE * counts.total() else None
