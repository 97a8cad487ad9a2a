"""Parts of speech and lemmas from memory: a tagged word gets the same ones every time, unless its neighbours matter."""

from collections.abc import Iterable
from typing import Any, cast

from numpy import array
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

MOST_WORDS = 100_000  # kept in mind, some 30 MB
OF_THE_WORD = frozenset({"TAG", "DEP", "LOWER", "ORTH", "TEXT", "IS_SPACE"})  # what a rule may ask of a remembered word
SET_ON_IT = frozenset({"POS", "LEMMA", "MORPH"})  # and what it may tell; no step reads the morphology


def remember_attributes(nlp: Language) -> None:
    """Have a model's attribute ruler and lemmatizer asked once for each word with its tag and label.

    Parts of speech and lemmas stay what they were; morphology is left out. Does nothing to a model without the two
    side by side, with rules of another kind, or whose lemmatizer looks at the sentence.
    """
    names, pair = nlp.pipe_names, ["attribute_ruler", "lemmatizer"]
    if not any(names[at : at + 2] == pair for at in range(len(names))):
        return
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    if not isinstance(lemmatizer, Lemmatizer) or lemmatizer.mode not in ("rule", "lookup"):
        return
    patterns = [pattern for rule in _rules(ruler) for pattern in rule["patterns"]]
    if all(OF_THE_WORD.issuperset(pattern[0]) and not any("OP" in token for token in pattern) for pattern in patterns):
        nlp.add_pipe("remembered_attributes", after="lemmatizer")
        nlp.select_pipes(disable=pair)


class RememberedAttributes:
    """The attribute ruler and the lemmatizer as one component that remembers what they gave to each tagged word."""

    def __init__(self, vocab: Vocab, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self.vocab, self.ruler, self.lemmatizer = vocab, ruler, lemmatizer
        # By word, tag and label: part of speech and lemma, or None where a rule for more than the word may begin
        self.known: dict[tuple[int, int, int], tuple[int, str] | None] = {}
        self.beginnings = Matcher(vocab)
        for number, rule in enumerate(_rules(ruler)):
            if any(len(pattern) > 1 for pattern in rule["patterns"]) or not set(rule["attrs"]) <= SET_ON_IT:
                self.beginnings.add(str(number), [pattern[:1] for pattern in rule["patterns"]])

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech and lemma of every token, as the two components do."""
        known, strings = self.known, self.vocab.strings
        if len(known) > MOST_WORDS:
            known.clear()
        keys = list(map(tuple, doc.to_array(["ORTH", "TAG", "DEP"]).tolist()))
        new = {key: doc[i] for i, key in enumerate(keys) if key not in known}
        if new:
            self._ask(new)
        values = [(found[0], strings.add(found[1])) for found in map(known.__getitem__, keys) if found is not None]
        if len(values) < len(doc):
            return self.lemmatizer(self.ruler(doc))
        return doc.from_array(["POS", "LEMMA"], array(values, "uint64"))  # type: ignore[arg-type]

    def _ask(self, tokens: dict[tuple[int, int, int], Token]) -> None:
        """Learn what the two components give to each token where it stands alone."""
        keys = list(tokens)
        beginning = {keys[i] for _, i, _ in self.beginnings(self._alone(tokens.values()), allow_missing=True)}
        self.known.update(dict.fromkeys(beginning))
        rest = [key for key in keys if key not in beginning]  # none of these minds its neighbours
        words = self.lemmatizer(self.ruler(self._alone(tokens[key] for key in rest)))
        self.known.update((key, (word.pos, word.lemma_)) for key, word in zip(rest, words, strict=True))

    def _alone(self, tokens: Iterable[Token]) -> Doc:
        rows = [(t.text, t.tag_, t.dep_) for t in tokens]
        words, tags, labels = ([row[column] for row in rows] for column in range(3))
        return Doc(self.vocab, words, tags=tags, deps=labels, heads=list(range(len(rows))))


def _rules(ruler: Any) -> list[dict[str, Any]]:
    return cast(list[dict[str, Any]], ruler.patterns)


@Language.factory("remembered_attributes")
def _remembered_attributes(nlp: Language, name: str) -> RememberedAttributes:  # noqa: ARG001
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    return RememberedAttributes(nlp.vocab, cast(AttributeRuler, ruler), cast(Lemmatizer, lemmatizer))
