"""Parts of speech and lemmas from memory: a tagged word gets the same ones every time, unless its neighbours matter."""

from typing import Any, cast

from numpy import array
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler, Lemmatizer
from spacy.tokens import Doc, Token
from spacy.vocab import Vocab

MOST_WORDS = 100_000  # kept in mind, some 20 MB
OF_THE_WORD = frozenset({"TAG", "DEP", "LOWER", "ORTH", "TEXT"})
OF_NO_INTEREST = frozenset({"MORPH"})
REMEMBERED = frozenset({"POS", "LEMMA"})


def remember_attributes(nlp: Language) -> None:
    """Have a model's attribute ruler and lemmatizer asked once for each word with its tag and label.

    Parts of speech and lemmas stay what they were; morphology, which no step reads, is left out. Does nothing to a
    model without the two side by side, or whose lemmatizer looks at the sentence.
    """
    names, pair = nlp.pipe_names, ["attribute_ruler", "lemmatizer"]
    if not any(names[at : at + 2] == pair for at in range(len(names))):
        return
    lemmatizer = nlp.get_pipe("lemmatizer")
    if isinstance(lemmatizer, Lemmatizer) and lemmatizer.mode in ("rule", "lookup"):
        nlp.add_pipe("remembered_attributes", after="lemmatizer")
        nlp.select_pipes(disable=pair)


class RememberedAttributes:
    """The attribute ruler and the lemmatizer as one component that remembers what they gave to each tagged word."""

    def __init__(self, vocab: Vocab, ruler: AttributeRuler, lemmatizer: Lemmatizer) -> None:
        self.vocab, self.ruler, self.lemmatizer = vocab, ruler, lemmatizer
        self.known: dict[tuple[int, int, int], tuple[int, str]] = {}
        self.by_label = Matcher(vocab)  # the rules that ask for the word's label too
        self.by_neighbours = Matcher(vocab)  # those that ask or tell more than what is remembered
        for number, rule in enumerate(cast(list[dict[str, Any]], ruler.patterns)):
            asked = {attribute for pattern in rule["patterns"] for token in pattern for attribute in token}
            alone = all(len(pattern) == 1 for pattern in rule["patterns"]) and asked <= OF_THE_WORD
            if not (alone and set(rule["attrs"]) <= REMEMBERED | OF_NO_INTEREST):
                self.by_neighbours.add(str(number), rule["patterns"])
            elif "DEP" in asked:
                self.by_label.add(str(number), rule["patterns"])

    def __call__(self, doc: Doc) -> Doc:
        """Set part of speech and lemma of every token, as the two components do."""
        if self.by_neighbours(doc, allow_missing=True):
            return self.lemmatizer(self.ruler(doc))
        keys = [(word, tag, 0) for word, tag in doc.to_array(["ORTH", "TAG"]).tolist()]
        for _, i, _ in self.by_label(doc, allow_missing=True):
            keys[i] = (*keys[i][:2], doc[i].dep)
        known, strings = self.known, self.vocab.strings
        if len(known) > MOST_WORDS:
            known.clear()
        new = {key: doc[i] for i, key in enumerate(keys) if key not in known}
        if new:
            known.update(zip(new, self._asked(list(new.values())), strict=True))
        values = [(pos, strings.add(lemma)) for pos, lemma in map(known.__getitem__, keys)]
        return doc.from_array(["POS", "LEMMA"], array(values, "uint64"))  # type: ignore[arg-type]

    def _asked(self, tokens: list[Token]) -> list[tuple[int, str]]:
        """What the two components give to each token where it stands alone."""
        tags, labels = [t.tag_ for t in tokens], [t.dep_ for t in tokens]
        words = Doc(self.vocab, [t.text for t in tokens], tags=tags, deps=labels, heads=list(range(len(tokens))))
        if len(tokens) > 1 and self.by_neighbours(words, allow_missing=True):
            return [found for token in tokens for found in self._asked([token])]
        return [(word.pos, word.lemma_) for word in self.lemmatizer(self.ruler(words))]


@Language.factory("remembered_attributes")
def _remembered_attributes(nlp: Language, name: str) -> RememberedAttributes:  # noqa: ARG001
    ruler, lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
    return RememberedAttributes(nlp.vocab, cast(AttributeRuler, ruler), cast(Lemmatizer, lemmatizer))
