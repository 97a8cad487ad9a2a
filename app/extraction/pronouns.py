"""Whom a pronoun stands for: gender and number, subjects and speakers first, and the nearest before the far."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from spacy.tokens import Token

from app.domain.vocabulary import ActorKind
from app.extraction.grammar import SUBJECTS, body_start
from app.extraction.names import surname
from app.extraction.phrases import (
    GENDER,
    LIKELY,
    NOBODY,
    UNSURE,
    Layout,
    Phrase,
    PhraseKind,
    Referent,
    Resolution,
)
from app.knowledge.report_verbs import ReportVerb


class Pronouns:
    """Resolves the pronouns of one article; `named` tells whom a phrase with a person's name stands for."""

    def __init__(
        self,
        layout: Layout,
        phrases: Sequence[Phrase],
        verbs: Mapping[str, ReportVerb],
        named: Callable[[Phrase], Referent | None],
    ) -> None:
        self.layout, self.phrases, self.verbs, self.named = layout, phrases, verbs, named
        self.shuffled = self._is_shuffled()

    def resolve(self, phrase: Phrase, history: Sequence[tuple[Phrase, Referent]]) -> Resolution:
        """Whom the pronoun stands for, given who has been mentioned before it, in order."""
        gender = GENDER.get(phrase.name)
        if self.shuffled and gender is not None and not self._here_before(phrase, gender, history):
            return self._elsewhere(phrase, gender)
        scores: dict[int, float] = {}
        byid: dict[int, Referent] = {}
        here, paragraph = self.layout.sentence[phrase.head], self.layout.paragraph[phrase.head]
        matrix, told = self._matrix(phrase.head), self._told(phrase.head)
        for earlier, referent in reversed(history):
            distance = here - self.layout.sentence[earlier.head]
            if distance > 12 and scores:
                break
            if not self._agrees(phrase.name, gender, referent):
                continue
            token = self.layout.doc[earlier.head]
            score = 4.0 - distance - 0.25 * (paragraph - self.layout.paragraph[earlier.head])
            score += self._prominence(token, matrix) + 0.25 * min(referent.full_mentions, 4)
            if earlier.head in told:  # whoever the words are about is not who says them, unless they are their subject
                own = token.head.head == self.layout.doc[phrase.head].head
                score += 0.75 if own and token.dep_ in SUBJECTS else -2.5
            if self.layout.in_quote[earlier.head] and not self.layout.in_quote[phrase.head]:
                score -= 2.5
            if gender is not None and referent.gender is None:
                score -= 0.75
            if gender is not None and not referent.full_mentions and referent.noun:
                score -= 3.0  # described, not named
            if id(referent) not in scores or score > scores[id(referent)]:
                scores[id(referent)] = score
                byid[id(referent)] = referent
        if not scores:
            return self._later(gender)
        ranked = sorted(scores, key=lambda i: -scores[i])
        near = [byid[i].name for i in ranked if scores[ranked[0]] - scores[i] <= 1]
        if len(near) == 1:
            return Resolution(byid[ranked[0]], 0.9)
        margin = scores[ranked[0]] - scores[ranked[1]]
        return Resolution(byid[ranked[0]], 0.75 if margin > 0.4 else 0.6, tuple(near[:4]))

    def _prominence(self, antecedent: Token, matrix: int) -> float:
        """How much its place in its sentence makes a name the one that a pronoun goes on with."""
        if antecedent.dep_ in ("compound", "nmod"):  # "the Holm campaign"
            return -1.0
        if antecedent.dep_ == "poss":
            return -0.5
        if antecedent.dep_ not in ("nsubj", "nsubjpass", "ROOT"):
            return 0.0
        verb = antecedent.head
        is_side = verb.dep_ in ("ccomp", "advcl", "relcl")
        speaks = 0.75 if not is_side and verb.lemma_.lower() in self.verbs else 0.0
        main = 0.25 if verb.dep_ == "ROOT" else -0.5 if is_side else 0.0
        return 1.5 + speaks + main + (1.5 if verb.i == matrix else 0.0)

    # articles whose paragraphs stand in another order than they were written

    def _is_shuffled(self) -> bool:
        """Whether the dateline stands late, or most people are named in full only after their surname alone."""
        for number, (start, end) in enumerate(self.layout.paragraphs):
            if number > 2 and start < end and body_start(self.layout.doc, start) > start:
                return True
        full: dict[str, int] = {}
        names = [p for p in self.phrases if p.kind is PhraseKind.PERSON]
        for phrase in names:
            if " " in phrase.name:
                full.setdefault(surname(phrase.name), self.layout.paragraph[phrase.head])
        early = {p.name for p in names if " " not in p.name and self.layout.paragraph[p.head] < full.get(p.name, -1)}
        again = {p.name for p in names if " " not in p.name}
        return len(early) >= 3 and len(early) * 2 > len(again)

    def _here_before(self, phrase: Phrase, gender: str, history: Sequence[tuple[Phrase, Referent]]) -> bool:
        """Whether the pronoun's paragraph has named somebody before it whom it may stand for."""
        return any(
            self.layout.paragraph[p.head] == self.layout.paragraph[phrase.head]
            and self._agrees(phrase.name, gender, r)
            and not self.layout.in_quote[p.head]
            for p, r in history
        )

    def _elsewhere(self, phrase: Phrase, gender: str) -> Resolution:
        """Whoever another paragraph introduces in words like this one's, first those who are not quoted there."""
        contents = [self._content(number) for number in range(len(self.layout.paragraphs))]
        frequency = Counter(word for words in contents for word in words)
        here = contents[self.layout.paragraph[phrase.head]]
        scored: dict[str, tuple[float, Referent]] = {}
        for other in self.phrases:
            if (
                other.kind is not PhraseKind.PERSON
                or self.layout.paragraph[other.head] == self.layout.paragraph[phrase.head]
            ):
                continue
            referent = self.named(other)
            if referent is None or not self._agrees(phrase.name, gender, referent):
                continue
            number = self.layout.paragraph[other.head]
            start, end = self.layout.paragraphs[number]
            token = self.layout.doc[other.head]
            score = sum(2 / frequency[word] for word in here & contents[number]) + (1.0 if " " in other.name else 0.0)
            score += 1.0 if token.dep_ == "nsubj" and token.head.lemma_.lower() in self.verbs else 0.0
            score -= (
                2.0
                if self.layout.in_quote[start + 1] or sum(self.layout.in_quote[start:end]) > (end - start) / 3
                else 0.0
            )
            score -= 0.5 if referent.gender is None else 0.0
            if referent.name not in scored or score > scored[referent.name][0]:
                scored[referent.name] = (score, referent)
        if not scored:
            return NOBODY
        ranked = sorted(scored.values(), key=lambda pair: -pair[0])
        candidates = tuple(r.name for _, r in ranked[:3])
        sure = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 1
        return Resolution(ranked[0][1], 0.65 if sure else 0.45, () if len(ranked) == 1 else candidates)

    def _content(self, paragraph: int) -> set[str]:
        start, end = self.layout.paragraphs[paragraph]
        return {t.lemma_.lower() for t in self.layout.doc[start:end] if t.pos_ in ("NOUN", "ADJ") and not t.ent_type_}

    def _told(self, pronoun: int) -> range:
        """The tokens before the pronoun that its verb reports: "Holm would win, she said"."""
        token = self.layout.doc[pronoun]
        if token.dep_ != "nsubj" or token.head.lemma_.lower() not in self.verbs:
            return range(0)
        content = [c for c in token.head.children if c.dep_ == "ccomp" and c.i < pronoun]
        return range(content[0].left_edge.i, content[-1].right_edge.i + 1) if content else range(0)

    def _matrix(self, pronoun: int) -> int:
        """The verb above the one that the pronoun is the subject of, whose subject it goes on with; -1 for none."""
        verb = self.layout.doc[pronoun].head
        if verb.dep_ == "advcl" and verb.head.i < pronoun:  # "Holm left after he had spoken"
            return verb.head.i
        while verb.dep_ in ("ccomp", "conj", "xcomp", "advcl") and verb.head.i != verb.i:
            if verb.dep_ == "ccomp":
                return verb.head.i if verb.head.lemma_.lower() in self.verbs else -1
            verb = verb.head
        return -1

    def _agrees(self, pronoun: str, gender: str | None, referent: Referent) -> bool:
        if gender is not None:
            return referent.kind is ActorKind.PERSON and not referent.plural and referent.gender in (None, gender)
        if pronoun in ("they", "them", "their"):
            return referent.plural or referent.kind in (ActorKind.GROUP, ActorKind.ORGANISATION)
        return referent.kind in (ActorKind.ORGANISATION, ActorKind.COUNTRY) and not referent.plural

    def _later(self, gender: str | None) -> Resolution:
        """The only one, or the nearest, that the article names after the pronoun."""
        if gender is None:
            return NOBODY
        found = (self.named(other) for other in self.phrases if other.kind is PhraseKind.PERSON)
        people = list({id(r): r for r in found if r is not None and r.full_mentions and r.gender == gender}.values())
        if len(people) == 1:
            return Resolution(people[0], LIKELY)
        return Resolution(people[0], UNSURE, tuple(r.name for r in people[:4])) if people else NOBODY
