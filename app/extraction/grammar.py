"""Reading the parse: small questions about a clause that every step asks, answered from spaCy's dependency labels."""

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj", "dative", "oprd"})
CLAUSES = frozenset({"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "parataxis", "csubj", "csubjpass"})
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
RELATIVES = frozenset({"who", "which", "that", "whom"})
LONGEST_DATELINE = 24  # tokens
DATELINE = re.compile(
    r"""(?:(?:ST\.\ )?[A-Z][A-Z'’/-]{2,}(?:\ [A-Z][A-Z.'’-]+)*            # KYIV; MOSCOW AP
           (?:,\ [A-Z0-9][\w.'’]*(?:\ [A-Z0-9][\w.'’]*)*)*,?    # , Ukraine; , Dec 25
           (?:\ \([A-Z][\w ./]*\))?\ ?(?:--|[–—]|-(?=\ ))\ ?    # (AP) --
         | \((?:[A-Z]{2,5}|Reuters|Xinhua|Interfax)\)\ ?(?:(?:--|[–—-])\ ?)?  # (CNN)
        )(?=["“‘'(]?[A-Z0-9])""",
    re.VERBOSE,
)
STATES_OF_DOERS = frozenset({"engage", "involve"})
SUBJECT_CONTROL = frozenset({"use", "promise"})  # whose subject, not object, does the infinitive: "use it to strike"
SIDE_CLAUSES = frozenset({"advcl", "relcl", "parataxis"})


def having(doc: Doc, attribute: str, values: Iterable[str]) -> list[int]:
    """The tokens whose attribute ("LEMMA", "LOWER", "POS", "DEP"...) has one of the values, in order.

    Reads the whole text's attributes at once, which a loop over tokens does ten times slower.
    """
    wanted = {doc.vocab.strings[value] for value in values}
    return [i for i, value in enumerate(doc.to_array(attribute).tolist()) if value in wanted]


def children(token: Token, *labels: str) -> list[Token]:
    """The token's children that carry one of the dependency labels, in order."""
    return [child for child in token.children if child.dep_ in labels]


def is_inverted_condition(clause: Token) -> bool:
    """Whether a clause is a condition without "if": "should it attack", "had they known"."""
    first = clause.left_edge
    subject = child(clause, "nsubj", "nsubjpass")
    inverted = first.lower_ in ("should", "had", "were") and first.head == clause and first.dep_ in ("aux", "auxpass")
    return inverted and subject is not None and subject.i > first.i and not clause.sent.text.rstrip().endswith("?")


def child(token: Token, *labels: str) -> Token | None:
    """The first child with one of the labels, or None."""
    return next((found for found in token.children if found.dep_ in labels), None)


def conjuncts(token: Token) -> list[Token]:
    """The token and what is coordinated with it to its right: "Russia, Belarus and Armenia" from "Russia"."""
    found = [token]
    for other in token.children:
        if other.dep_ == "conj":
            found += conjuncts(other)
        elif other.dep_ == "appos" and other.i > token.i and any(c.dep_ == "conj" for c in other.children):
            found += [c for c in conjuncts(other) if c != other]
    return found


def first_conjunct(token: Token) -> Token:
    """The first of the words that the token is coordinated with; the token itself where it is the first."""
    while token.dep_ == "conj" and token.head != token:
        token = token.head
    return token


def is_passive(verb: Token) -> bool:
    """True of "was sent", "being sent", and of a participle that follows its noun: "troops sent to the border".

    Not of "is engaged in", whose subject does it.
    """
    if verb.lemma_ in STATES_OF_DOERS and not child(verb, "agent") and any(c.lower_ == "in" for c in verb.children):
        return False
    if any(c.dep_ in ("nsubjpass", "auxpass", "csubjpass") for c in verb.children):
        return True
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not child(verb, "nsubj", "aux"):
        return is_passive(first_conjunct(verb))
    return verb.tag_ == "VBN" and verb.dep_ in ("advcl", "amod") and child(verb, "nsubj", "dobj", "aux") is None


def subject_of(verb: Token) -> Token | None:
    """The grammatical subject of the verb, also where the sentence shares or leaves it: "agreed to meet and signed".

    Infinitives take the subject of their governing verb, or its object ("urged Russia to withdraw"); participles and
    relative clauses the noun that they modify. None where the sentence names none.
    """
    seen: set[int] = set()
    while verb.i not in seen:
        seen.add(verb.i)
        found = child(verb, *SUBJECTS)
        if found is not None:
            if found.lower_ in RELATIVES:
                if verb.dep_ == "relcl":
                    return verb.head
                if verb.dep_ == "ccomp" and verb.head.dep_ == "relcl":  # "the troops that officials said were leaving"
                    return verb.head.head
            return found
        head = verb.head
        if verb.dep_ in ("advcl", "conj") and (marker := misread_marker(verb)) is not None:
            return child(marker, "pobj")
        if verb.tag_ == "VB" and verb.dep_ in ("acl", "relcl") and (head.lemma_, head.dep_) == ("position", "pobj"):
            verb = head.head.head if head.head.head != head.head else head  # "was in a position to strike"
            continue
        if verb.dep_ in ("relcl", "acl"):
            if verb.dep_ == "acl" and verb.tag_ == "VB" and head.dep_ in ("dobj", "attr"):
                owner = possessor_of(head)  # "its decision to withdraw", "made a promise to withdraw"
                if owner is not None:
                    return owner
                verb = head.head
                continue
            return head
        if verb.dep_ in ("xcomp", "ccomp"):
            controls = head.lemma_ not in SUBJECT_CONTROL and (verb.dep_ == "xcomp" or verb.tag_ == "VB")
            controlled = child(head, "dobj", "dative") if controls else None
            if controlled is not None and controlled.i < verb.i:
                return controlled
            verb = head
        elif verb.dep_ in ("conj", "advcl", "dep"):
            verb = head
        elif verb.dep_ in ("pcomp", "prep", "prt") and head != verb:
            verb = head.head if head.dep_ == "prep" else head
        else:
            return None
    return None


def misread_marker(verb: Token) -> Token | None:
    """The "after" or "before" that the parse ties to a clause's subject alone: "came after leaders, meeting in Rome,
    agreed"; None where it did not."""
    if verb.dep_ == "conj" and child(verb.head, "cc") is not None:
        return None
    finite = verb.tag_ in ("VBD", "VBP", "VBZ") and child(verb, *SUBJECTS, "mark", "advmod") is None
    beside = [c for c in children(verb.head, "advcl", "conj") if c.i > verb.i]
    if not finite and not (verb.tag_ == "VBG" and any(misread_marker(c) is not None for c in beside)):
        return None
    for prep in verb.head.children:
        noun = child(prep, "pobj") if prep.dep_ == "prep" and prep.lower_ in ("after", "before", "since") else None
        if noun is not None and verb.head.i < noun.i < verb.i and noun.pos_ in ("NOUN", "PROPN"):
            return prep
    return None


def agent_of(verb: Token) -> Token | None:
    """The doer of a passive: "shelled by Russia"."""
    by = child(verb, "agent") or next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "by"), None)
    return child(by, "pobj") if by is not None else None


def objects_of(verb: Token) -> list[Token]:
    """The objects of the verb with their coordinates; of a passive, its subject."""
    if is_passive(verb):
        subject = subject_of(verb)
        return conjuncts(subject) if subject is not None else []
    found = []
    for thing in children(verb, "dobj", "obj"):
        if thing.lower_ in RELATIVES and verb.dep_ == "relcl":
            found.append(verb.head)  # "the weapons that Kyiv had asked for"
        else:
            found += conjuncts(thing)
    if not found and verb.dep_ == "relcl" and not any(c.lower_ in ("where", "when", "whose") for c in verb.children):
        what = verb.head  # "the proposals that Russia presented"
        subject = child(verb, "nsubj")
        if subject is not None and subject.lower_ not in RELATIVES:
            found = [what]
    return found


def prepositions_of(token: Token) -> Iterator[tuple[Token, Token]]:
    """Every (preposition, its noun) of the token, nested ones too: "from Belarus into Ukraine"."""
    for prep in token.children:
        if prep.dep_ in ("prep", "agent", "dative") and prep.pos_ in ("ADP", "SCONJ", "VERB", "ADV"):
            yield from _preposition(prep)


def _preposition(prep: Token) -> Iterator[tuple[Token, Token]]:
    for inner in prep.children:
        if inner.dep_ == "pobj":
            for noun in conjuncts(inner):
                yield prep, noun
        elif inner.dep_ == "prep" or (inner.dep_ == "conj" and inner.pos_ == "ADP"):  # "from behind", "on and around"
            yield from _preposition(inner)


def possessor_of(noun: Token) -> Token | None:
    """Whose the noun is: "Russia's forces", "its forces"."""
    return child(noun, "poss")


def clause_verb(token: Token) -> Token:
    """The verb of the smallest clause that holds the token (the token itself where it heads one)."""
    while token.head != token:
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass", "amod", "compound"):
            return token
        token = token.head
    return token


def governor(verb: Token) -> Token | None:
    """The word that the verb's clause hangs on: "agreed" of "agreed to meet", "said" of "said it met", or None."""
    verb = first_conjunct(verb)
    if verb.dep_ in ("xcomp", "ccomp", "advcl", "acl", "relcl", "pcomp"):
        return verb.head
    return None


def is_negated(verb: Token) -> bool:
    """True of "did not withdraw", "never withdrew", "no longer", "neither"."""
    return any(c.dep_ == "neg" or c.lower_ in ("never", "neither", "hardly") for c in verb.children)


def auxiliaries(verb: Token) -> list[Token]:
    """The auxiliaries of the verb, taken from the verb that it is coordinated with where it has none of its own."""
    own = children(verb, "aux", "auxpass")
    if not own and verb.dep_ == "conj" and verb.head != verb and child(verb, *SUBJECTS) is None:
        return auxiliaries(verb.head)
    return own


def clause_bounds(verb: Token) -> tuple[int, int]:
    """The first and the last token (inclusive) of the verb's clause: its subtree without the side clauses at its ends,
    coordinated verbs with a subject of their own, or punctuation."""
    left, right = verb.i, verb.i
    for part in verb.children:
        if part.dep_ in ("punct", "cc", "mark") or (part.dep_ in SIDE_CLAUSES and part.pos_ in ("VERB", "AUX")):
            continue
        if part.dep_ == "conj" or (part.dep_ == "ccomp" and part.i < verb.i):
            continue
        edge_left, edge_right = part.left_edge.i, part.right_edge.i
        left, right = min(left, edge_left), max(right, edge_right)
    doc = verb.doc
    while right > verb.i and doc[right].is_punct and doc[right].text not in ('"', "”", "''"):
        right -= 1
    return left, right


def dateline_end(paragraph: str) -> int:
    """Where a paragraph's words begin behind a dateline ("MOSCOW, Dec 25 - ", "(CNN)"); 0 where it has none."""
    found = DATELINE.match(paragraph)
    return found.end() if found is not None else 0


def body_start(doc: Doc, start: int) -> int:
    """The first token of a paragraph behind its dateline, the start itself where it has none."""
    first = doc[start].text
    if first[0] != "(" and not first[:2].isupper():  # most paragraphs, told without a search
        return start
    opening = doc[start : min(start + LONGEST_DATELINE, len(doc))]
    end = doc[start].idx + dateline_end(opening.text)
    return next((token.i for token in opening if token.idx >= end), start)


def ancestors(token: Token) -> Iterator[Token]:
    """The heads above the token, nearest first."""
    while token.head != token:
        token = token.head
        yield token


def misread_subject(noun: Token) -> Token | None:
    """The subject of a verb that the parse takes for a noun: "..., state media reports"; None for a true noun."""
    if noun.dep_ != "ROOT" or noun.pos_ != "NOUN" or child(noun, "ccomp") is None:
        return None
    return next((c for c in noun.children if c.dep_ in ("compound", "amod", "nmod") and c.i == noun.i - 1), None)
