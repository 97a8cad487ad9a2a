"""What forces do: a noun for forces, the word that tells of their movement, and the span of both."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from app.domain.vocabulary import Movement
from app.extraction.findings import Parsed
from app.extraction.forces import country_in, counts, force_at, one_unit
from app.extraction.grammar import ancestors, child, children, first_conjunct, having, prepositions_of
from app.extraction.measures import counted_before, is_bare_number, measured, subject_force, told_number
from app.extraction.parties import Parties
from app.extraction.quantities import Quantity, read_quantity
from app.extraction.verb_phrases import matches
from app.knowledge.forces import Force, Forces

LOCATIVE = frozenset(
    "in at near on to into toward towards from outside inside around along across over through within off close".split()  # noqa: SIM905
)
SIDE = frozenset({"punct", "advcl", "relcl", "parataxis", "acl"})
BESIDES = frozenset(
    "including with amid despite after before during as according following since because like such except".split()  # noqa: SIM905
)
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
GOING_ON = frozenset({"begin", "start", "continue", "keep"})  # "continued to mass troops" is told whole
LEADING = frozenset({"nsubj", "nsubjpass", "csubj", "aux", "auxpass", "dobj"})


@dataclass(frozen=True, slots=True)
class Deed:
    """A force noun with the word that tells what it does; the tokens are the claim's span.

    `counted` is the noun for forces elsewhere where the deed's own word only measures them ("the figure").
    """

    noun: Token
    force: Force
    predicate: Token
    kind: str
    start: int
    end: int
    quantity: Quantity | None
    counted: Token | None = None


def find_deeds(parsed: Parsed, parties: Parties, known: Forces) -> Iterator[Deed]:
    """Every deed of forces in the text, in order."""
    last: Deed | None = None
    for i in having(parsed.doc, "POS", ("NOUN", "PROPN", "NUM", "ADJ")):
        token = parsed.doc[i]
        claim = (
            _force_claim(token, parties, known)
            or _movement_claim(token, parties, known)
            or _measure_claim(token, parsed, parties, known)
            or _elliptic_claim(token, last, parsed, known)
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


def _force_claim(token: Token, parties: Parties, known: Forces) -> Deed | None:
    force = force_at(token, parties, known)
    if force is None:
        return None
    quantity = read_quantity(token, known) or one_unit(token, force)
    first = first_conjunct(token) if token.dep_ == "conj" and token.head.pos_ in ("NOUN", "PROPN", "NUM") else token
    if first != token and quantity is None and force_at(first, parties, known) is not None:
        return None
    top = first  # the noun phrase's head: "thousands" of "thousands of troops"
    while (
        top.dep_ == "pobj"
        and top.head.lower_ == "of"
        and counts(top.head.head, known, parties.knowledge.event_verbs.words.collections)
    ):
        top = top.head.head
        quantity = quantity or read_quantity(top, known)
    if any(c.lemma_ in known.not_claim_nouns for c in (top.head, top.head.head) if c.pos_ == "NOUN"):
        return None
    grown = next(
        (known.movement_adjectives[c.lower_] for c in children(token, "amod") if c.lower_ in known.movement_adjectives),
        None,
    )
    if grown is not None and has_place(token, token):
        return Deed(token, force, top, grown, top.left_edge.i, right_end(top), quantity)
    for predicate in _predicates(token, first, top, known):
        kind = _kind(predicate, known)
        if kind is None:
            continue
        quantity = quantity or told_number(predicate, known)
        if any(c.lower_ == "how" for c in token.subtree):
            continue
        if predicate.lemma_ in ("number", "total") and quantity is None:
            count = child(predicate, "dobj", "attr", "nummod", "oprd")
            quantity = read_quantity(count, known) if count is not None else None
        if kind == Movement.PRESENT and quantity is None and not has_place(top, predicate):
            continue
        if (
            predicate.dep_ != "relcl"
            and _is_asked(predicate)
            and any(children(noun, "relcl") for noun in (token, first))
        ):
            continue  # "where the troops that left are now": only what the clause below tells
        start, end = _span(top, predicate)
        return Deed(token, force, predicate, kind, start, end, quantity)
    if quantity is not None and (telling := _telling_verb(top, known)) is not None:
        start, end = _span(top, telling)
        return Deed(token, force, telling, Movement.PRESENT, start, end, quantity)
    verb = top.head if top.dep_ in ("nsubj", "nsubjpass", "dobj") else None
    if verb is not None and verb.lemma_ in known.not_claim_verbs:
        return None
    shown = verb is not None and verb.lemma_ in known.report_verbs and not _is_bare(top)
    if (
        (quantity is not None or shown)
        and top.dep_ in ("pobj", "dobj", "nsubj", "appos", "ROOT", "conj")
        and has_place(top, top)
    ):
        return Deed(token, force, top, Movement.PRESENT, top.left_edge.i, right_end(top), quantity)
    return None


def _is_bare(noun: Token) -> bool:
    """True of "the troops", told of before."""
    return [c.lower_ for c in children(noun, "det", "amod", "compound", "nummod", "poss")] == ["the"]


def _predicates(token: Token, first: Token, top: Token, known: Forces) -> Iterator[Token]:
    """The words that may tell what they do: the verb that moves them, what is beside them, the verb that has them."""
    nouns = list(dict.fromkeys((token, first, top)))
    main: list[Token] = []
    head = top.head
    if top.dep_ in ("nsubj", "nsubjpass", "dobj"):
        main = list(_down(head))
    elif top.dep_ == "pobj" and head.lower_ in ("of", "by", "in") and head.head.pos_ == "NOUN":
        main = [head.head]
    elif top.dep_ == "pobj" and head.lower_ in ("with", "involving"):  # "held exercises with 6,000 troops"
        beside = [head.head, *children(head.head, "dobj"), *(noun for _, noun in prepositions_of(head.head))]
        main = [w for w in beside if _kind(w, known) == Movement.EXERCISE] or [
            w for w in beside if w.lemma_ in known.operations
        ]
    elif top.dep_ == "pobj" and head.head.pos_ == "VERB" and head.lower_ in ("in", "into"):
        main = [head.head] if _takes(head.head, head.lower_, known) else []
    yield from (word for word in main if _kind(word, known) not in (None, Movement.PRESENT))
    for noun in nouns:
        for clause in children(noun, "acl", "relcl"):
            yield from _down(clause)
    yield from main


def _is_asked(verb: Token) -> bool:
    """True of the verb of an indirect question: "where they were deployed"."""
    return verb.dep_ == "ccomp" and verb.left_edge.lower_ in ("where", "how", "why", "whether")


def _down(verb: Token) -> Iterator[Token]:
    """The verb, and the infinitives and participles that continue it: "began to withdraw"."""
    yield verb
    for below in children(verb, "xcomp", "ccomp"):
        if below.dep_ == "xcomp" or child(below, "nsubj") is None or child(below, "nsubj").lower_ in ("that", "which"):  # type: ignore[union-attr]
            yield from _down(below)


def _telling_verb(top: Token, known: Forces) -> Token | None:
    """The verb that only tells of the forces: "spoke of 5,000 troops", "involves 5,000 troops"."""
    head = top.head
    if top.dep_ == "dobj":
        return head if (head.lemma_,) in known.telling_verbs else None
    return head.head if top.dep_ == "pobj" and (head.head.lemma_, head.lower_) in known.telling_verbs else None


def _takes(verb: Token, preposition: str, known: Forces) -> bool:
    """True where forces stand behind the verb's preposition: "organized in battalions"."""
    return any(words == (preposition,) for words, _ in known.movement_verbs.get(verb.lemma_.lower(), ())) and (
        _kind(verb, known) == Movement.PRESENT
    )


def _kind(predicate: Token, known: Forces) -> str | None:
    lemma = predicate.lemma_.lower()
    if predicate.pos_ == "NOUN" and lemma in known.operations and lemma not in known.movement_nouns:
        return Movement.MOVE
    if predicate.pos_ in ("NOUN", "PROPN"):
        return known.movement_nouns.get(lemma) or known.movement_nouns.get(predicate.lower_)
    if predicate.pos_ not in ("VERB", "AUX") or lemma in known.not_claim_verbs:
        return None
    for words, kind in known.movement_verbs.get(lemma, ()):
        if matches(predicate, words):
            return kind
    return None


def _movement_claim(noun: Token, parties: Parties, known: Forces) -> Deed | None:
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
    if not has_place(noun, noun.head if carried else noun):
        return None
    if kind != Movement.EXERCISE and not country_in(noun, parties):
        return None
    if any(
        h.lemma_ in ("restriction", "limit", "ban", "threat", "fear", "end", "halt") for h in list(ancestors(noun))[:3]
    ):
        return None
    start, end = _span(noun, noun.head) if carried else (noun.left_edge.i, right_end(noun))
    return Deed(noun, Force("troops", False), noun, kind, start, max(end, followed_by_place(noun)), None)


def _measure_claim(noun: Token, parsed: Parsed, parties: Parties, known: Forces) -> Deed | None:
    """A number told of forces that stand elsewhere: "put the figure at 5,000", "they have a strength of 5,000"."""
    found = measured(noun, known)
    if found is None:
        return None
    number, verb = found
    if subject_force(noun, verb, parties, known) is not None:
        return None  # told by the forces' own noun
    quantity = read_quantity(number, known)
    counted = counted_before(noun, parsed.paragraphs[parsed.paragraph_of(noun.i)][0], parties, known)
    own = noun.lemma_ in known.strengths and country_in(noun, parties) is not None
    if quantity is None or (counted is None and not own):
        return None
    force = force_at(counted, parties, known) if counted is not None and not own else Force("troops", False)
    if force is None:
        return None
    start, end = _span(noun, verb)
    return Deed(
        noun, force, verb, Movement.PRESENT, min(start, noun.left_edge.i), max(end, number.i), quantity, counted
    )


def _elliptic_claim(token: Token, before: Deed | None, parsed: Parsed, known: Forces) -> Deed | None:
    """A number without its noun, after a claim: "with six more in transit", "and 300 to Oslo", "up from 60"."""
    if (
        before is None
        or not (is_bare_number(token) or token.lower_ in known.vague)
        or parsed.paragraph_of(before.noun.i) != parsed.paragraph_of(token.i)
        or (before.noun.sent != token.sent and before.noun.sent.end != token.sent.start)
    ):
        return None
    if any(c.lower_ == "of" and c.i > token.i for c in token.children):
        return None
    quantity = read_quantity(token, known)
    if quantity is None:
        return None
    if token.dep_ == "pobj" and token.head.lower_ == "from" and token.head.head.lower_ in ("up", "down"):
        start, end = token.left_edge.i, max(right_end(token), right_end(token.head))
        return Deed(token, before.force, before.predicate, Movement.PRESENT, start, end, quantity)
    moving = [noun for _, noun in prepositions_of(token)] + children(token, "acl")
    if token.dep_ in ("nsubj", "nsubjpass", "dobj", "conj") and token.head.pos_ == "VERB":
        moving.append(token.head)
    predicate = next((word for word in moving if _kind(word, known) not in (None, Movement.PRESENT)), None)
    kind = _kind(predicate, known) if predicate is not None else None
    if predicate is None or kind is None or token.dep_ not in ("pobj", "nsubj", "nsubjpass", "dobj", "conj"):
        return None
    if token.dep_ == "conj":  # "1,700 will go to Poland and 300 to Germany": the verb is left out
        start, end = token.left_edge.i, right_end(token)
    else:
        start, end = _span(token, predicate)
    return Deed(token, before.force, predicate, kind, min(start, token.left_edge.i), end, quantity)


def _span(noun: Token, predicate: Token) -> tuple[int, int]:
    """The claim's first and last token: the noun phrase, its verb with subject and places, no side clauses."""
    left, right = _left_end(noun), right_end(noun)
    if predicate == noun:
        return left, right
    if predicate.pos_ in ("NOUN", "PROPN"):
        return predicate.left_edge.i, max(right, right_end(predicate))
    verb = predicate
    while verb.dep_ == "xcomp" and verb.head.pos_ in ("VERB", "AUX") and verb.head.i < verb.i:
        if noun.i > verb.i and verb.head.lemma_ not in GOING_ON:
            break
        verb = verb.head
    for each in dict.fromkeys((verb, predicate)):
        left, right = min(left, each.i), max(right, each.i)
        for part in each.children:
            if part.dep_ in PART and not (part.dep_ == "prep" and part.lower_ in BESIDES):
                right = max(right, right_end(part))
                if part.dep_ in LEADING:
                    left = min(left, part.left_edge.i)
    if predicate.dep_ in ("acl", "relcl"):
        left = _left_end(noun)
    return left, right


def _left_end(noun: Token) -> int:
    """The left end of the noun's phrase without the question word or adverb that the parse ties to it."""
    left = noun.left_edge.i
    while left < noun.i and noun.doc[left].pos_ in ("SCONJ", "ADV") and noun.doc[left].head in (noun, noun.head):
        left += 1
    return left


def right_end(token: Token) -> int:
    """The right end of the token's phrase without side clauses, closing marks and additions ("with six more")."""
    right = token.i
    for part in token.children:
        if part.i > token.i and part.dep_ not in SIDE and not (part.dep_ == "prep" and part.lower_ in BESIDES):
            right = max(right, right_end(part))
    return right


def followed_by_place(noun: Token) -> int:
    """The end of a place that stands right behind the noun, whatever the parse hangs it on; else the noun."""
    after = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else noun
    place = child(after, "pobj") if after.lower_ in LOCATIVE and after.pos_ == "ADP" else None
    return right_end(place) if place is not None and place.ent_type_ not in ("DATE", "TIME") else noun.i


def has_place(noun: Token, predicate: Token) -> bool:
    for holder in dict.fromkeys((noun, predicate)):
        if any(
            prep.lower_ in LOCATIVE and noun.ent_type_ not in ("DATE", "TIME") for prep, noun in prepositions_of(holder)
        ):
            return True
        if holder.pos_ != "VERB" and followed_by_place(holder) > holder.i:
            return True
        if any(
            c.lower_ in ("nearby", "there", "abroad", "overseas", "north", "south", "east", "west")
            for c in holder.children
        ):
            return True
    return False
