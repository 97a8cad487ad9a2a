"""Troop claims: whose forces, how many, doing what, where, and who says so."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from app.domain.items import Statement, TroopClaim
from app.domain.source import SourceText
from app.domain.vocabulary import ActorKind, Modality, Movement, Polarity
from app.extraction.findings import Mention, Mentions, Parsed, PlaceMention
from app.extraction.grammar import (
    agent_of,
    ancestors,
    body_start,
    child,
    children,
    clause_verb,
    first_conjunct,
    is_passive,
    prepositions_of,
    subject_of,
)
from app.extraction.modality import Reading, matches, read_modality
from app.extraction.quantities import Quantity, read_quantity
from app.extraction.roles import Parties
from app.extraction.triggers import QUANTITIES
from app.knowledge import Knowledge
from app.knowledge.forces import DEPLOY, Force, Forces

LOCATIVE = frozenset(
    "in at near on to into toward towards from outside inside around along across over through within off close".split()
)
STILL = frozenset({"in", "at", "near", "on", "along", "around", "inside", "across", "close", "outside", "within"})
NEAR = frozenset({"near", "around", "outside", "close to", "next to", "beyond"})
SIDE = frozenset({"punct", "advcl", "relcl", "parataxis", "acl"})
BESIDES = frozenset(
    "including with amid despite after before during as according following since because like such except".split()
)
USUAL_TIMES, USUAL_SHARE = (
    2,
    0.6,
)  # how often, and how much more than others, before a country's forces are "the troops"
REPORTS = frozenset(
    "assessment estimate report image photo picture video footage data analyst analysis intelligence satellite official figure".split()
)
VAGUE_PRESENCE = frozenset({"be", "have", "show", "see", "include", "hold", "keep", "use", "depict", "contain"})
PLAIN = frozenset({"forces", "military", "reserves", "btgs"})
COUNTED_UNITS = frozenset({"regiment", "brigade", "battalion", "division", "fleet"})
PART = frozenset(
    {
        "prep",
        "dobj",
        "advmod",
        "prt",
        "npadvmod",
        "xcomp",
        "dative",
        "oprd",
        "attr",
        "aux",
        "auxpass",
        "neg",
        "nsubj",
        "nsubjpass",
        "agent",
    }
)
LEADING = frozenset({"nsubj", "nsubjpass", "csubj", "aux", "auxpass", "dobj"})
SEEN = frozenset(
    {
        "show",
        "see",
        "report",
        "spot",
        "observe",
        "include",
        "depict",
        "contain",
        "watch",
        "film",
        "place",
        "put",
        "estimate",
        "involve",
    }
)
STATES = frozenset({ActorKind.COUNTRY, ActorKind.ORGANISATION, ActorKind.PERSON})


@dataclass(frozen=True, slots=True)
class _Claim:
    """A force noun with the word that tells what it does; the tokens are the claim's span."""

    noun: Token
    force: Force
    predicate: Token
    kind: str
    start: int
    end: int
    quantity: Quantity | None


def find_troop_claims(
    parsed: Parsed,
    source: SourceText,
    mentions: Mentions,
    places: Sequence[PlaceMention],
    statements: Sequence[Statement],
    knowledge: Knowledge,
) -> list[TroopClaim]:
    """Every troop claim of the text, in order, undated.

    Asserted, announced or alleged; not what may be, not arms given away, not the dead and wounded.
    """
    known = knowledge.forces
    found: list[TroopClaim] = []
    parties = Parties(mentions, knowledge)
    usual = _usual_country(parsed, parties, known)
    for claim in _claims(parsed, parties, knowledge):
        reading = read_modality(claim.predicate, knowledge.event_verbs)
        if not _asserted(reading):
            continue
        place, where = _place_of(claim, places, known)
        if claim.quantity is None and place is None and claim.predicate.lemma_ in VAGUE_PRESENCE:
            continue
        statement = _statement_at(claim.predicate, statements) or _statement_at(claim.noun, statements)
        if statement is not None and statement.polarity is Polarity.DENIES:
            statement = None  # what stands beside a denial is the paper's own
        country = _force_country(claim, parties, statement, places, found, parsed, usual)
        if country is None and claim.quantity is None and place is None and not _has_doer(claim, parties):
            continue
        doc = parsed.doc
        first = max(claim.start, body_start(doc, parsed.paragraphs[parsed.paragraph_of(claim.noun.i)][0]))
        start, end = doc[first].idx, doc[claim.end].idx + len(doc[claim.end])
        movement = _movement(claim, place)
        claimed_by = statement.speaker if statement is not None else _reporter(claim, parties)
        modality = reading.modality
        if modality is Modality.HAPPENED and claimed_by is not None:
            modality = Modality.ALLEGED
        found.append(
            TroopClaim(
                paragraph=parsed.paragraph_of(claim.noun.i),
                start=start,
                end=end,
                text=source.text[start:end],
                anchor_start=claim.noun.idx,
                quantity=claim.quantity.text if claim.quantity else None,
                low=claim.quantity.low if claim.quantity else None,
                high=claim.quantity.high if claim.quantity else None,
                unit=claim.force.unit,
                movement=movement,
                force_country=country,
                place=where,
                lat=place.lat if place else None,
                lon=place.lon if place else None,
                claimed_by=claimed_by,
                modality=modality,
                confidence=_confidence(claim, country, place),
            )
        )
    return found


def _asserted(reading: Reading) -> bool:
    if reading.conditional or reading.feared or reading.wished:
        return False
    return reading.modality not in (Modality.POSSIBLE, Modality.DENIED)


def _claims(parsed: Parsed, parties: Parties, knowledge: Knowledge) -> Iterator[_Claim]:
    known = knowledge.forces
    last: _Claim | None = None
    for token in parsed.doc:
        if token.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ"):
            continue
        claim = (
            _force_claim(token, parties, known)
            or _movement_claim(token, parties, known)
            or _elliptic_claim(token, last, known)
        )
        if claim is None or (
            last is not None
            and token.i <= last.end
            and claim.quantity is None
            and claim.predicate in (last.predicate, last.noun)
        ):
            continue
        last = claim
        yield claim


def force_at(token: Token, parties: Parties, known: Forces) -> Force | None:
    """The force that the noun names, or None where it names none, or only modifies another noun."""
    if token.dep_ in ("compound", "amod", "nmod") and token.head.i > token.i and token.head.pos_ in ("NOUN", "PROPN"):
        return None
    if token.ent_type_ == "PERSON":
        return None
    lower, lemma = token.lower_, token.lemma_.lower().removesuffix("s")
    before = token.nbor(-1).lower_ if token.i > 0 else ""
    phrase = known.phrases.get((before, lower)) or known.phrases.get((before, lemma))
    if phrase is not None:
        return phrase
    force = known.nouns.get(lower) or known.nouns.get(token.lemma_.lower())
    if force is None or not force.needs_marker:
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
    if _country_in(token, parties):
        return True
    first = first_conjunct(token)
    if first != token and force_at(first, parties, known) is not None:  # "6,000 troops and 60 aircraft"
        return True
    verb = token.head
    if token.dep_ != "dobj" or child(token, "nummod") is None or verb.pos_ != "VERB":
        return False
    doer = subject_of(verb)
    return doer is not None and _doer_country(doer, parties) is not None


def _force_claim(token: Token, parties: Parties, known: Forces) -> _Claim | None:
    force = force_at(token, parties, known)
    if force is None:
        return None
    quantity = read_quantity(token, known) or _one_unit(token, force)
    first = first_conjunct(token) if token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN", "NUM") else token
    if first != token and quantity is None and force_at(first, parties, known) is not None:
        return None
    top = first  # the noun phrase's head: "thousands" of "thousands of troops"
    while top.dep_ == "pobj" and top.head.lower_ == "of" and _counts(top.head.head, known):
        top = top.head.head
        quantity = quantity or read_quantity(top, known)
    if any(c.lemma_ in known.not_claim_nouns for c in (top.head, top.head.head) if c.pos_ == "NOUN"):
        return None
    grown = next(
        (known.movement_adjectives[c.lower_] for c in children(token, "amod") if c.lower_ in known.movement_adjectives),
        None,
    )
    if grown is not None and _has_place(token, token):
        return _Claim(token, force, top, grown, top.left_edge.i, _right(top), quantity)
    for predicate in _predicates(token, first, top, known):
        kind = _kind(predicate, known)
        if kind is None:
            continue
        if predicate.lemma_ in SEEN and quantity is None:  # "put the number of troops at 70,000"
            given = next((n for prep, n in prepositions_of(predicate) if prep.lower_ == "at" and n.pos_ == "NUM"), None)
            quantity = read_quantity(given, known) if given is not None else None
        if any(c.lower_ == "how" for c in token.subtree):
            continue
        if predicate.lemma_ in ("number", "total") and quantity is None:
            count = child(predicate, "dobj", "attr", "nummod", "oprd")
            quantity = read_quantity(count, known) if count is not None else None
        if kind == Movement.PRESENT and quantity is None and not _has_place(top, predicate):
            continue
        start, end = _span(top, predicate)
        return _Claim(token, force, predicate, kind, start, end, quantity)
    verb = top.head if top.dep_ in ("nsubj", "nsubjpass", "dobj") else None
    if verb is not None and verb.lemma_ in known.not_claim_verbs:
        return None
    shown = verb is not None and verb.lemma_ in SEEN
    if (
        (quantity is not None or shown)
        and top.dep_ in ("pobj", "dobj", "nsubj", "appos", "ROOT", "conj")
        and _has_place(top, top)
    ):
        return _Claim(token, force, top, Movement.PRESENT, top.left_edge.i, _right(top), quantity)
    return None


def _counts(noun: Token, known: Forces) -> bool:
    return (
        noun.lemma_.lower() in QUANTITIES
        or noun.like_num
        or noun.lower_ in known.fractions
        or noun.lower_ in known.vague
    )


def _one_unit(token: Token, force: Force) -> Quantity | None:
    """ "a new regiment" is one; "a force" tells no number."""
    article = any(c.lower_ in ("a", "an") for c in children(token, "det"))
    return Quantity("1", 1, 1) if article and token.tag_ in ("NN", "NNP") and force.unit in COUNTED_UNITS else None


def _predicates(token: Token, first: Token, top: Token, known: Forces) -> Iterator[Token]:
    """The words that may tell what the forces do: the verb that moves them, what is told beside them, the verb that has them."""
    nouns = list(dict.fromkeys((token, first, top)))
    main: list[Token] = []
    head = top.head
    if top.dep_ in ("nsubj", "nsubjpass", "dobj"):
        main = list(_down(head))
    elif top.dep_ == "pobj" and head.lower_ in ("of", "by", "in") and head.head.pos_ == "NOUN":
        main = [head.head]
    elif top.dep_ == "pobj" and head.lower_ in ("with", "involving"):  # "held exercises with 6,000 troops"
        main = [w for w in (head.head, *children(head.head, "dobj")) if _kind(w, known) == Movement.EXERCISE]
    yield from (word for word in main if _kind(word, known) not in (None, Movement.PRESENT))
    for noun in nouns:
        for clause in children(noun, "acl", "relcl"):
            yield from _down(clause)
    yield from main


def _down(verb: Token) -> Iterator[Token]:
    """The verb, and the infinitives and participles that continue it: "began to withdraw"."""
    yield verb
    for below in children(verb, "xcomp", "ccomp"):
        if below.dep_ == "xcomp" or child(below, "nsubj") is None or child(below, "nsubj").lower_ in ("that", "which"):  # type: ignore[union-attr]
            yield from _down(below)


def _kind(predicate: Token, known: Forces) -> str | None:
    lemma = predicate.lemma_.lower()
    if predicate.pos_ in ("NOUN", "PROPN"):
        return known.movement_nouns.get(lemma) or known.movement_nouns.get(predicate.lower_)
    if predicate.pos_ not in ("VERB", "AUX") or lemma in known.not_claim_verbs:
        return None
    for words, kind in known.movement_verbs.get(lemma, ()):
        if matches(predicate, words):
            return kind
    return None


def _movement_claim(noun: Token, parties: Parties, known: Forces) -> _Claim | None:
    """A movement told by a noun of its own: "Russia's military build-up on the border", "massive drills nearby"."""
    word = noun.lower_
    if noun.i >= 2 and noun.nbor(-1).text in ("-", "–"):
        word = f"{noun.nbor(-2).lower_}-{word}"
    kind = known.movement_nouns.get(word) or known.movement_nouns.get(noun.lemma_.lower())
    if kind is None or noun.pos_ != "NOUN" or (noun.dep_ == "compound" and noun.head.i > noun.i):
        return None
    if not any(
        c.lower_ in known.markers or c.lemma_ in known.nouns for c in children(noun, "amod", "compound", "nmod")
    ):
        return None
    carried = noun.dep_ in ("dobj", "nsubj", "nsubjpass") and noun.head.pos_ == "VERB"
    if not _has_place(noun, noun.head if carried else noun):
        return None
    if kind != Movement.EXERCISE and not _country_in(noun, parties):
        return None
    if any(
        h.lemma_ in ("restriction", "limit", "ban", "threat", "fear", "end", "halt") for h in list(ancestors(noun))[:3]
    ):
        return None
    start, end = _span(noun, noun.head) if carried else (noun.left_edge.i, _right(noun))
    return _Claim(noun, Force("troops", False), noun, kind, start, max(end, _followed_by_place(noun)), None)


def _elliptic_claim(token: Token, before: _Claim | None, known: Forces) -> _Claim | None:
    """A number without its noun, after a claim in the same sentence: "with six more in transit", "thousands added"."""
    if (
        before is None
        or before.noun.sent.start != token.sent.start
        or not (token.pos_ == "NUM" or token.lower_ in known.vague)
    ):
        return None
    if token.dep_ not in ("pobj", "nsubj", "nsubjpass", "dobj") or any(c.lower_ == "of" for c in token.children):
        return None
    quantity = read_quantity(token, known)
    moving = [noun for _, noun in prepositions_of(token)] + children(token, "acl")
    if token.dep_ in ("nsubj", "nsubjpass") and token.head.dep_ in ("pcomp", "advcl", "conj"):
        moving.append(token.head)
    predicate = next((word for word in moving if _kind(word, known) not in (None, Movement.PRESENT)), None)
    kind = _kind(predicate, known) if predicate is not None else None
    if predicate is None or kind is None or quantity is None:
        return None
    start, end = _span(token, predicate)
    return _Claim(token, before.force, predicate, kind, min(start, token.left_edge.i), end, quantity)


def _span(noun: Token, predicate: Token) -> tuple[int, int]:
    """The claim's first and last token: the noun phrase, its verb with subject and places, no side clauses."""
    left, right = noun.left_edge.i, _right(noun)
    if predicate == noun:
        return left, right
    if predicate.pos_ in ("NOUN", "PROPN"):
        return predicate.left_edge.i, max(right, _right(predicate))
    verb = predicate
    while verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX") and verb.head.i < verb.i and noun.i < verb.i:
        verb = verb.head
    for each in dict.fromkeys((verb, predicate)):
        left, right = min(left, each.i), max(right, each.i)
        for part in each.children:
            if part.dep_ in PART and not (part.dep_ == "prep" and part.lower_ in BESIDES):
                right = max(right, _right(part))
                if part.dep_ in LEADING:
                    left = min(left, part.left_edge.i)
    if predicate.dep_ in ("acl", "relcl"):
        left = noun.left_edge.i
    return left, right


def _right(token: Token) -> int:
    """The right end of the token's phrase without side clauses, closing marks, and what is told besides ("with six more")."""
    right = token.i
    for part in token.children:
        if part.i > token.i and part.dep_ not in SIDE and not (part.dep_ == "prep" and part.lower_ in BESIDES):
            right = max(right, _right(part))
    return right


def _followed_by_place(noun: Token) -> int:
    """The end of a place that stands right behind the noun, whatever the parse hangs it on; else the noun."""
    after = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    place = child(after, "pobj") if after.lower_ in LOCATIVE and after.pos_ == "ADP" else None
    return _right(place) if place is not None and place.ent_type_ not in ("DATE", "TIME") else noun.i


def _has_place(noun: Token, predicate: Token) -> bool:
    for holder in dict.fromkeys((noun, predicate)):
        if any(
            prep.lower_ in LOCATIVE and noun.ent_type_ not in ("DATE", "TIME") for prep, noun in prepositions_of(holder)
        ):
            return True
        if holder.pos_ != "VERB" and _followed_by_place(holder) > holder.i:
            return True
        if any(
            c.lower_ in ("nearby", "there", "abroad", "overseas", "north", "south", "east", "west")
            for c in holder.children
        ):
            return True
    return False


def _country_in(noun: Token, parties: Parties) -> str | None:
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
            country = _named_country(inner_noun, parties)
            if country:
                return country
        elif prep.lower_ == "from" and prep.head == noun:
            mention = parties.mentions.at(inner_noun.i)
            country = mention.country if mention is not None else _named_country(inner_noun, parties)
            if country:
                return country
    return None


def _named_country(noun: Token, parties: Parties) -> str | None:
    return next((p.country for p in parties.of(noun) if p.country), None)


def _force_country(
    claim: _Claim,
    parties: Parties,
    statement: Statement | None,
    places: Sequence[PlaceMention],
    before: Sequence[TroopClaim],
    parsed: Parsed,
    usual: str | None,
) -> str | None:
    """Whose forces: by the noun's own phrase, its verb's doer, the state that speaks of them, the claim before."""
    noun, predicate = claim.noun, claim.predicate
    if claim.force.unit == "separatist forces":
        place = next((p for p in places if claim.start <= p.start and p.end <= claim.end + 1 and p.country), None)
        if place is not None:
            return place.country
    holders = [noun]
    top = noun
    while (
        top.dep_ == "pobj" and top.head.lower_ in ("of", "by", "in") and top.head.head.pos_ in ("NOUN", "NUM", "PRON")
    ):
        top = top.head.head
        holders.append(top)
    while top.dep_ == "conj":
        top = top.head
        holders.append(top)
    for holder in holders:
        country = _country_in(holder, parties)
        if country:
            return country
    verbs = [predicate] if predicate.pos_ in ("VERB", "AUX") else []
    verbs += [clause_verb(h) for h in holders if h.dep_ == "pobj" and h.head.lower_ == "with"]
    verbs += [h.head for h in holders if h.dep_ in ("dobj", "nsubjpass") and h.head.pos_ == "VERB"]
    for verb in verbs:
        doer = agent_of(verb) if is_passive(verb) else subject_of(verb)
        if doer is not None and doer not in holders and not (verb.lemma_ in SEEN and doer.lemma_ in REPORTS):
            country = _doer_country(doer, parties)
            if country:
                return country
    own: Mention | None = parties.mentions.at(noun.i)
    if own is not None and own.head == noun.i and own.country and own.kind is not ActorKind.GROUP:
        return own.country
    paragraph = parsed.paragraph_of(noun.i)
    near = next((c.force_country for c in reversed(before) if c.paragraph == paragraph and c.force_country), None)
    if near is not None:
        return near
    if (
        statement is not None
        and statement.speaker_country
        and claim.kind in (Movement.WITHDRAW, Movement.EXERCISE)
        and "official" not in (statement.speaker or "")
    ):
        return statement.speaker_country
    return usual


def _has_doer(claim: _Claim, parties: Parties) -> bool:
    """True where a body without a country moves them: "the alliance's forces", "NATO sent troops"."""
    if claim.predicate.pos_ not in ("VERB", "AUX"):
        return False
    subject = subject_of(claim.predicate)
    return subject is not None and subject != claim.noun and bool(parties.of(subject))


def _doer_country(doer: Token, parties: Parties) -> str | None:
    mention = parties.mentions.at(doer.i)
    if mention is not None and mention.head == doer.i and mention.kind in STATES:
        return mention.country
    return _country_in(doer, parties) or (_named_country(doer, parties) if doer.pos_ == "PROPN" else None)


def _usual_country(parsed: Parsed, parties: Parties, known: Forces) -> str | None:
    """The country whose forces the article speaks of most."""
    counts: Counter[str] = Counter()
    for token in parsed.doc:
        if token.pos_ in ("NOUN", "PROPN") and (
            token.lower_ in known.nouns or token.lemma_ in known.nouns or token.lemma_ in known.movement_nouns
        ):
            country = _country_in(token, parties)
            if country:
                counts[country] += 1
    if not counts:
        return None
    country, times = counts.most_common(1)[0]
    return country if times >= USUAL_TIMES and times >= USUAL_SHARE * counts.total() else None


def _movement(claim: _Claim, place: PlaceMention | None) -> Movement:
    if claim.kind != DEPLOY:
        if (
            claim.kind == Movement.WITHDRAW
            and claim.predicate.lemma_ in ("move", "leave", "depart")
            and (place is None or place.country is None)
        ):
            return Movement.MOVE  # out of barracks, not out of a country
        return Movement(claim.kind)
    preps = {prep.lower_ for holder in (claim.predicate, claim.noun) for prep, _ in prepositions_of(holder)}
    if preps & {"to", "into"}:
        future = any(c.lower_ in ("will", "would", "to") for c in children(claim.predicate, "aux"))
        return Movement.MOVE if future else Movement.ARRIVE
    if preps & STILL or any(
        c.lower_ in ("now", "already", "currently", "nearby", "there") for c in claim.predicate.children
    ):
        return Movement.PRESENT
    return Movement.ARRIVE


def _place_of(claim: _Claim, places: Sequence[PlaceMention], known: Forces) -> tuple[PlaceMention | None, str | None]:
    """The place in the claim, and how it reads; else the words of a place without a name ("the border")."""
    doc = claim.noun.doc
    inside = [
        p
        for p in places
        if claim.start <= p.start
        and p.end <= claim.end + 1
        and p.relation
        and p.relation.split()[-1] in LOCATIVE | {"of"}
    ]
    if inside:
        first = inside[0]
        name = f"{first.relation} {first.name}" if first.relation in NEAR else first.name
        return first, name
    for holder in dict.fromkeys((claim.predicate, claim.noun)):
        for prep, noun in prepositions_of(holder):
            if prep.lower_ in LOCATIVE and (
                noun.lemma_.lower() in known.places or noun.ent_type_ in ("GPE", "LOC", "FAC")
            ):
                words = doc[noun.left_edge.i : _right(noun) + 1].text
                return None, f"{prep.lower_} {words}" if prep.lower_ in NEAR else words
    return None, None


def _statement_at(token: Token, statements: Sequence[Statement]) -> Statement | None:
    inside = [s for s in statements if s.start <= token.idx < s.end]
    return min(inside, key=lambda s: s.end - s.start) if inside else None


def _reporter(claim: _Claim, parties: Parties) -> str | None:
    """Who reports what stands as an object of theirs: "Maxar reported increased activity"."""
    for head in ancestors(claim.noun):
        if head.pos_ == "VERB" and head.lemma_ in (
            "report",
            "estimate",
            "observe",
            "assess",
            "place",
            "put",
            "count",
            "say",
        ):
            subject = subject_of(head)
            if subject is not None and subject.i < claim.start:
                party = next(iter(parties.of(subject)), None)
                return party.name if party is not None else None
            return None
    return None


def _confidence(claim: _Claim, country: str | None, place: PlaceMention | None) -> float:
    value = 0.55 + (0.15 if claim.quantity else 0) + (0.1 if country else -0.1) + (0.1 if place else 0)
    return round(max(0.05, min(0.95, value)), 2)
