"""Troop claims: whose forces, how many, doing what, where, and who says so."""

from collections.abc import Sequence

from spacy.tokens import Token

from app.domain.items import Statement, TroopClaim
from app.domain.source import SourceText
from app.domain.vocabulary import ActorKind, Modality, Movement, Polarity
from app.extraction.climb import Reading
from app.extraction.findings import Mention, Mentions, Parsed, PlaceMention
from app.extraction.forces import country_in, doer_country, is_separatist, owner_by_name, usual_country
from app.extraction.grammar import (
    agent_of,
    ancestors,
    body_start,
    child,
    children,
    clause_verb,
    is_passive,
    prepositions_of,
    subject_of,
)
from app.extraction.hearsay import statement_at
from app.extraction.measures import owner_before
from app.extraction.modality import read_modality
from app.extraction.movements import LOCATIVE, Deed, find_deeds, right_end
from app.extraction.parties import Parties
from app.knowledge import Knowledge
from app.knowledge.forces import DEPLOY, Forces

STILL = frozenset({"in", "at", "near", "on", "along", "around", "inside", "across", "close", "outside", "within"})
NOT_ASSERTING = frozenset({Polarity.DENIES, Polarity.DEMANDS, Polarity.ASKS})
COUNTING = ("amod", "det", "advmod", "quantmod")
ADDING = frozenset({"another", "additional", "extra", "further", "more"})
NEAR = frozenset({"near", "around", "outside", "close to", "next to", "beyond"})


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
    usual = usual_country(parsed, parties, known)
    for claim in find_deeds(parsed, parties, known):
        reading = read_modality(claim.predicate, knowledge.event_verbs)
        if not _asserted(reading):
            continue
        place, where = _place_of(claim, places, known)
        if claim.quantity is None and place is None and claim.predicate.lemma_ in known.vague_verbs:
            continue
        statement = statement_at(claim.predicate, statements) or statement_at(claim.noun, statements)
        claimed_by = _claimant(statement, known) if statement is not None else _reporter(claim, parties)
        if statement is not None and statement.polarity in NOT_ASSERTING:
            statement = claimed_by = None  # what stands beside a denial or a demand is the paper's own
        country = _force_country(claim, parties, statement, places, found, parsed, usual)
        if country is None and claim.quantity is None and place is None and not _has_doer(claim, parties):
            continue
        doc = parsed.doc
        first = max(claim.start, body_start(doc, parsed.paragraphs[parsed.paragraph_of(claim.noun.i)][0]))
        start, end = doc[first].idx, doc[claim.end].idx + len(doc[claim.end])
        movement = _movement(claim, place)
        quantity = claim.quantity.text if claim.quantity else None
        if any((c.start, c.end, c.quantity, c.movement) == (start, end, quantity, movement) for c in found):
            continue
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
                quantity=quantity,
                low=claim.quantity.low if claim.quantity else None,
                high=claim.quantity.high if claim.quantity else None,
                added=_is_added(claim),
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


def _claimant(statement: Statement, known: Forces) -> str | None:
    """Who stands for the statement; nobody for images of no one: "videos showed"."""
    name = statement.speaker or ""
    is_image = statement.speaker_country is None and " " not in name and name.lower().rstrip("s") in known.images
    return None if is_image else statement.speaker


def _asserted(reading: Reading) -> bool:
    if reading.conditional or reading.feared or reading.wished:
        return False
    return reading.modality not in (Modality.POSSIBLE, Modality.DENIED)


def _force_country(
    claim: Deed,
    parties: Parties,
    statement: Statement | None,
    places: Sequence[PlaceMention],
    before: Sequence[TroopClaim],
    parsed: Parsed,
    usual: str | None,
) -> str | None:
    """Whose forces: by the noun's own phrase, its verb's doer, the state that speaks of them, the claim before."""
    paragraph_start = parsed.paragraphs[parsed.paragraph_of(claim.noun.i)][0]
    noun, predicate, known = claim.noun, claim.predicate, parties.knowledge.forces
    if is_separatist(noun, known):
        place = next((p for p in places if claim.start <= p.start and p.end <= claim.end + 1 and p.country), None)
        if place is not None:
            return place.country
    top = claim.counted if claim.counted is not None and noun.lemma_ in known.counts else noun
    holders = [top]  # of "a British estimate" what it counts, not whose it is
    while (
        top.dep_ == "pobj" and top.head.lower_ in ("of", "by", "in") and top.head.head.pos_ in ("NOUN", "NUM", "PRON")
    ):
        top = top.head.head
        holders.append(top)
    while top.dep_ == "conj":
        top = top.head
        holders.append(top)
    for holder in holders:
        country = country_in(holder, parties) or owner_by_name(holder, known)
        if country:
            return country
    near = next((c.force_country for c in reversed(before) if c.paragraph == parsed.paragraph_of(noun.i)), None)
    if near is not None and (noun.pos_ == "NUM" or noun.lower_ in known.vague or claim.counted is not None):
        return near  # "six more in transit": of those just told of
    if claim.counted is not None:
        owner = country_in(claim.counted, parties)
        return owner or owner_before(claim.counted, paragraph_start, parties, known) or usual
    nameless = False
    verbs = [predicate] if predicate.pos_ in ("VERB", "AUX") else []
    verbs += [clause_verb(h) for h in holders if h.dep_ == "pobj" and h.head.lower_ == "with"]
    verbs += [h.head for h in holders if h.dep_ in ("dobj", "nsubjpass") and h.head.pos_ == "VERB"]
    for verb in verbs:
        doer = agent_of(verb) if is_passive(verb) else subject_of(verb)
        if (
            doer is not None
            and doer not in holders
            and not any(verb.lemma_ == words[0] for words in known.telling_verbs)
            and verb.lemma_ not in known.counting_verbs
            and not (verb.lemma_ in known.report_verbs and doer.lemma_ in known.report_nouns)
        ):
            country = doer_country(doer, parties) or owner_by_name(doer, known)
            if country:
                return country
            nameless = nameless or _is_body(doer, parties)
    own: Mention | None = parties.mentions.at(noun.i)
    if own is not None and own.head == noun.i and own.country and own.kind is not ActorKind.GROUP:
        return own.country
    if nameless:
        return None  # "NATO allies put forces on alert": nobody's whom the paragraph told of before
    guess = claim.quantity is not None and not _has_own_name(noun)
    if near is None and guess:
        near = owner_before(noun, paragraph_start, parties, known)
    if near is not None:
        return near
    if (
        statement is not None
        and statement.speaker_country
        and claim.kind in (Movement.WITHDRAW, Movement.EXERCISE)
        and "official" not in (statement.speaker or "")
    ):
        return statement.speaker_country
    if usual is not None or not guess:
        return usual
    speaker = statement.speaker_country if statement is not None else None
    return next((c.force_country for c in reversed(before) if c.force_country not in (None, speaker)), None)


def _is_body(doer: Token, parties: Parties) -> bool:
    """True of a doer with a name of its own but no country: "NATO", "the alliance's members"."""
    return doer.pos_ in ("NOUN", "PROPN") and any(
        p.country is None and p.kind in (ActorKind.ORGANISATION, ActorKind.GROUP) for p in parties.of(doer)
    )


def _has_own_name(noun: Token) -> bool:
    """True where a name without a country tells whose the forces are: "Hezbollah fighters", "European battalions"."""
    return any(c.ent_type_ in ("ORG", "NORP") or c.pos_ == "PROPN" for c in children(noun, "amod", "compound", "nmod"))


def _has_doer(claim: Deed, parties: Parties) -> bool:
    """True where a body without a country moves them: "the alliance's forces", "NATO sent troops"."""
    if claim.predicate.pos_ not in ("VERB", "AUX"):
        return False
    subject = subject_of(claim.predicate)
    return subject is not None and subject != claim.noun and bool(parties.of(subject))


def _is_added(claim: Deed) -> bool:
    """True of a number on top of what was there: "another 3,000", "added 7,000", "enlarge the army by 100,000"."""
    if claim.quantity is None:
        return False
    noun, predicate = claim.noun, claim.predicate
    if predicate.lemma_ == "add":
        return True
    around = [t for holder in (noun, *children(noun, "nummod")) for t in children(holder, *COUNTING)]
    if any(t.lower_ in ADDING and t.nbor().lower_ != "than" for t in around if t.i + 1 < len(t.doc)):
        return True
    return any(
        prep.lower_ == "by" and (inner.pos_ == "NUM" or children(inner, "nummod"))
        for prep, inner in prepositions_of(predicate)
    )


def _movement(claim: Deed, place: PlaceMention | None) -> Movement:
    if claim.kind != DEPLOY:
        if (
            claim.kind == Movement.WITHDRAW
            and claim.predicate.lemma_ in ("move", "leave", "depart")
            and _leaves_quarters(claim, place)
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


def _leaves_quarters(claim: Deed, place: PlaceMention | None) -> bool:
    """True of "left their barracks" and of leaving nowhere named; false of leaving a country."""
    left = children(claim.predicate, "dobj")
    if any(thing.lemma_ in ("barracks", "garrison", "base", "camp", "quarters") for thing in left):
        return True
    return (place is None or place.country is None) and not any(thing.ent_type_ == "GPE" for thing in left)


def _place_of(claim: Deed, places: Sequence[PlaceMention], known: Forces) -> tuple[PlaceMention | None, str | None]:
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
                words = doc[noun.left_edge.i : right_end(noun) + 1].text
                return None, f"{prep.lower_} {words}" if prep.lower_ in NEAR else words
    return None, None


def _reporter(claim: Deed, parties: Parties) -> str | None:
    """Who reports what stands as an object of theirs: "Maxar reported increased activity"."""
    known = parties.knowledge.forces
    reporting = known.reporting_verbs | {words[0] for words in known.telling_verbs}
    if claim.noun.lemma_ in known.counts and (owner := next(iter(parties.of(claim.noun)), None)) is not None:
        return owner.name  # "an earlier British estimate"
    for head in ancestors(claim.noun):
        if head.pos_ == "VERB" and head.lemma_ in known.report_verbs | reporting:
            subject = subject_of(head)
            if subject is None or subject.i > claim.noun.i:
                return None
            if subject.lemma_ in known.report_verbs and (teller := child(subject, "compound")) is not None:
                subject = teller  # "NATO estimates it involves", the verb read as a noun
            told = head == claim.predicate and (claim.counted is not None or claim.noun.dep_ == "pobj")
            if head.lemma_ not in reporting and subject.lemma_ not in known.report_nouns and not told:
                continue
            mention = parties.mentions.at(subject.i)
            if mention is not None and mention.head == subject.i and mention.name and mention.country:
                return mention.name
            party = next(iter(parties.of(subject)), None)
            is_nobody = party is None or (party.at == subject.i and subject.lemma_ in known.images)
            return party.name if party is not None and not is_nobody else None
    return None


def _confidence(claim: Deed, country: str | None, place: PlaceMention | None) -> float:
    value = 0.55 + (0.15 if claim.quantity else 0) + (0.1 if country else -0.1) + (0.1 if place else 0)
    return round(max(0.05, min(0.95, value)), 2)
