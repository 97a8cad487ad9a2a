"""What a reporting verb takes besides a clause: "vowed to leave", "accused Moscow of lying", "warned of an attack"."""

from spacy.tokens import Doc, Token

from app.extraction.clause_ends import ClauseEnds
from app.extraction.grammar import child, children
from app.extraction.speech import Cue, Form
from app.knowledge.report_verbs import ReportVerbs

type Stretch = tuple[int, int, Form]  # first token, end token

INFINITIVES = frozenset({"infinitive", "infinitive-to", "infinitive-on"})
JUDGEMENTS = frozenset({"whom-of", "object-as", "object-complement"})
PREDICATES = frozenset({"dobj", "nsubj", "dative", "oprd", "ccomp", "xcomp", "attr", "acomp"})
NO_CONTENT = frozenset({"it", "this", "that", "so", "what", "which", "himself", "herself", "themselves", "itself"})


class Complements:
    """Finds the infinitives, objects and prepositional phrases in which reporting verbs hold what was said."""

    def __init__(self, doc: Doc, ends: ClauseEnds, words: ReportVerbs) -> None:
        self.doc, self.ends, self.words = doc, ends, words

    def action(self, cue: Cue) -> Stretch | None:
        """What somebody vowed, asked or admitted to do, or doing."""
        verb, takes = cue.verb, cue.entry.takes
        gerund = next((c for c in verb.children if c.i > verb.i and c.dep_ == "xcomp" and c.tag_ == "VBG"), None)
        if (
            gerund is not None
            and verb.dep_ == "relcl"
            and child(verb, "dobj") is not None
            and gerund.right_edge == gerund
        ):
            return None  # "a plan that they deny having": what it has stands before
        if gerund is not None and "gerund" in takes:
            return gerund.left_edge.i, self.ends.of_clause(cue, gerund, gerund.right_edge.i + 1), Form.INFINITIVE
        if takes & INFINITIVES and (span := self.infinitive(cue)):
            return span[0], self.ends.extended(verb, span[1]), Form.INFINITIVE
        return None

    def phrase(self, cue: Cue) -> Stretch | None:
        """What somebody called, accused, warned of or denied: the object, with what is said of it."""
        verb, takes = cue.verb, cue.entry.takes
        if takes & JUDGEMENTS and (span := self._judgement(cue)):
            return span[0], self.ends.extended(verb, span[1]), Form.OBJECT
        days = [day for day in children(verb, "npadvmod") if day.ent_type_ == "DATE"]  # "warned her last week of a war"
        for prep in (*children(verb, "prep", "agent"), *(prep for day in days for prep in children(day, "prep"))):
            if prep.lower_ in takes and prep.i > verb.i and child(prep, "pobj", "pcomp"):
                start, end = self._prepositional(verb, prep)
                return start, self.ends.of_phrase(start, self.ends.extended(verb, end)), Form.PREPOSITION
        return self._object(cue) if "object" in takes and not cue.entry.told else None

    def _object(self, cue: Cue) -> Stretch | None:
        verb, thing = cue.verb, child(cue.verb, "dobj")
        if thing is None or thing.i < verb.i or child(verb, "dative") is not None:  # "denied them entry"
            return None
        if thing.pos_ not in ("NOUN", "PROPN", "NUM") or thing.lower_ in NO_CONTENT:
            return None
        if thing.lemma_.lower() in self.words.nouns and any(c.dep_ == "acl" for c in thing.children):
            return None
        start = thing.left_edge.i
        end = self.ends.of_phrase(start, self.ends.extended(verb, thing.right_edge.i + 1))
        return (start, end, Form.OBJECT) if end - start > 2 else None

    def infinitive(self, cue: Cue) -> tuple[int, int] | None:
        """The infinitive with the one who is asked to do it: "Sweden to open the port"; None where there is none."""
        verb = cue.verb
        clause = next(
            (c for c in verb.children if c.i > verb.i and c.dep_ in ("xcomp", "ccomp", "advcl") and is_infinitive(c)),
            None,
        )
        told = next((c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubj") and c.i > verb.i), None)
        takes = cue.entry.takes
        if clause is None:
            if (
                "infinitive" in takes
                and told is not None
                and told.right_edge.i + 1 < len(self.doc)
                and self.doc[told.right_edge.i + 1].lower_ == "to"
            ):
                return told.left_edge.i, verb.right_edge.i + 1
            return None
        start = clause.left_edge.i
        on = next((c for c in verb.children if c.dep_ == "prep" and c.lower_ == "on" and verb.i < c.i < clause.i), None)
        if on is not None and "on" in takes and told is None:
            start = on.i + 1
        elif self.doc[start].lower_ == "for" and self.doc[start].dep_ == "mark":
            start += 1
        elif "infinitive" not in takes and "infinitive-to" not in takes:
            return None
        elif told is not None and told.i < clause.i:
            start = told.left_edge.i
        return start, self.ends.of_clause(cue, clause, clause.right_edge.i + 1)

    def _judgement(self, cue: Cue) -> tuple[int, int] | None:
        """The object with what is said of it: "Moscow of lying", "the law much better", "the plan as a threat"."""
        verb = cue.verb
        thing = next((c for c in verb.children if c.dep_ in ("dobj", "nsubj", "dative") and c.i > verb.i), None)
        takes = cue.entry.takes
        if "whom-of" in takes:
            of = next(
                (c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("of", "for", "on") and c.i > verb.i),
                None,
            )
            if thing is None:
                return None
            if of is None:
                of = next((c for c in thing.children if c.dep_ == "prep" and c.lower_ in ("of", "for")), None)
            return (thing.left_edge.i, of.right_edge.i + 1) if of is not None else None
        if "object-as" in takes:
            as_ = next(
                (c for c in verb.children if c.dep_ in ("prep", "advcl") and c.lower_ == "as" and c.i > verb.i), None
            )
            if thing is None:
                return None
            as_ = as_ or next((c for c in thing.subtree if c.lower_ == "as" and c.dep_ == "prep"), None)
            return (thing.left_edge.i, as_.right_edge.i + 1) if as_ is not None else None
        parts = [c for c in verb.children if c.i > verb.i and c.dep_ in PREDICATES]
        if not parts:
            return None
        whole = len(parts) > 1 or verb.dep_ == "relcl" or child(parts[0], "nsubj") is not None
        return (parts[0].left_edge.i, parts[:2][-1].right_edge.i + 1) if whole else None

    def _prepositional(self, verb: Token, prep: Token) -> tuple[int, int]:
        end = prep.right_edge.i + 1
        if prep.lower_ in ("on", "for"):
            clause = next(
                (c for c in verb.children if c.i > prep.i and c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB"), None
            )
            if clause is not None:
                end = clause.right_edge.i + 1
        return prep.i + 1, end


def is_infinitive(clause: Token) -> bool:
    """Whether the clause is "to do" or "to be done"."""
    return clause.tag_ in ("VB", "VBN") and any(
        c.dep_ in ("aux", "auxpass") and c.lower_ == "to" for c in clause.children
    )
