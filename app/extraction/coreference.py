"""Whom a phrase names: surnames, offices, repeated descriptions and pronouns, resolved within one article."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.source import SourceText
from app.domain.vocabulary import ActorKind
from app.extraction.findings import Mention, Parsed, QuotedSpan
from app.extraction.names import surname
from app.knowledge import Knowledge
from app.knowledge.actors import KnownActor

GENDER = {"he": "male", "him": "male", "his": "male", "himself": "male", "she": "female", "her": "female", "hers": "female"}
PRONOUNS = frozenset({*GENDER, "they", "them", "their", "it", "its"})
DATELINE = re.compile(r"[A-Z][A-Z .,'’-]{2,40}(?: \(?(?:AP|AFP|UPI|CNN|Reuters|TASS|Interfax)\)?)? ?(?:--|—|–) ")
SURE, LIKELY, UNSURE = 0.95, 0.8, 0.55


class PhraseKind(StrEnum):
    """What a phrase is by its form."""

    PERSON = "person"
    BODY = "body"
    COUNTRY = "country"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"
    OTHER = "other"


@dataclass(slots=True)
class Phrase:
    """A noun phrase or pronoun that may name an actor, read but not yet resolved."""

    start: int
    end: int
    head: int
    kind: PhraseKind
    name: str
    title: str | None = None
    country: str | None = None
    gender: str | None = None
    plural: bool = False
    definite: bool = False
    known: KnownActor | None = None
    honorific: str | None = None
    words: frozenset[str] = frozenset()
    noun: str = ""
    person: bool = False
    place: bool = False
    possessor: int | None = None
    same_as: int | None = None  # the head of a phrase in apposition, which names the same one


@dataclass(slots=True, eq=False)
class Referent:
    """Somebody or something that the article speaks of, gathered from its mentions."""

    name: str
    kind: ActorKind
    country: str | None = None
    role: str | None = None
    key: str | None = None
    gender: str | None = None
    plural: bool = False
    known: KnownActor | None = None
    noun: str = ""
    words: frozenset[str] = frozenset()
    titles: set[str] = field(default_factory=set)
    full_mentions: int = 0


def resolve(
    phrases: Sequence[Phrase], parsed: Parsed, source: SourceText, quoted: Sequence[QuotedSpan], knowledge: Knowledge
) -> list[Mention]:
    """The phrases as mentions, each with the canonical name of whom it stands for, as far as the article tells."""
    return _Resolver(phrases, parsed, source.published, quoted, knowledge).mentions()


class _Resolver:
    def __init__(
        self, phrases: Sequence[Phrase], parsed: Parsed, day: date | None, quoted: Sequence[QuotedSpan], knowledge: Knowledge
    ) -> None:
        self.phrases = phrases
        self.phrase_at = {phrase.head: phrase for phrase in phrases}
        self.parsed = parsed
        self.doc = parsed.doc
        self.day = day
        self.knowledge = knowledge
        self.actors = knowledge.actors
        self.in_quote = [False] * len(self.doc)
        for span in quoted:
            self.in_quote[span.start : span.end] = [True] * (span.end - span.start)
        self.paragraph = [0] * len(self.doc)
        for number, (start, end) in enumerate(parsed.paragraphs):
            self.paragraph[start:end] = [number] * (end - start)
        self.sentence = [0] * len(self.doc)
        for number, sent in enumerate(self.doc.sents):
            self.sentence[sent.start : sent.end] = [number] * (sent.end - sent.start)
        self.people: dict[str, list[Referent]] = {}  # by surname
        self.referents: dict[str, Referent] = {}
        self.by_phrase: dict[int, Referent] = {}  # by head
        self.shuffled = False
        self.history: list[tuple[Phrase, Referent]] = []

    def mentions(self) -> list[Mention]:
        for phrase in self.phrases:
            if phrase.kind is PhraseKind.PERSON:
                self._introduce(phrase)
        self.shuffled = self._is_shuffled()
        found = []
        for phrase in self.phrases:
            referent, confidence, candidates = self._resolved(phrase)
            if referent is not None:
                self.by_phrase[phrase.head] = referent
                if not phrase.place:
                    self.history.append((phrase, referent))
            found.append(self._mention(phrase, referent, confidence, candidates))
        return found

    def _mention(self, phrase: Phrase, referent: Referent | None, confidence: float, candidates: tuple[str, ...]) -> Mention:
        if referent is None:
            kind = ActorKind.PERSON if phrase.name in GENDER else ActorKind.GROUP
            name, country, role, key = None, None, None, None
        else:
            kind, name, country, key = referent.kind, referent.name, referent.country, referent.key
            role = referent.role
            if phrase.place and phrase.kind is PhraseKind.COUNTRY:
                name = phrase.name
        return Mention(
            phrase.start, phrase.end, phrase.head, name, kind, country, role, key,
            candidates, phrase.kind is PhraseKind.PRONOUN, phrase.place, confidence,
        )  # fmt: skip

    # people by name

    def _introduce(self, phrase: Phrase) -> None:
        """Learn a person from a full name, or from a title and a surname."""
        if " " not in phrase.name and phrase.known is None:
            return
        known = phrase.known
        name = self._canonical(known, phrase.name) if known is not None else phrase.name
        referent = self.referents.get(known.id if known is not None else name)
        if referent is None:
            referent = Referent(name, ActorKind.PERSON, key=known.id if known else None, known=known)
            self.referents[known.id if known is not None else name] = referent
            if known is not None:
                referent.gender, referent.country = known.gender, known.country
                role = known.role_at(self.day)
                if role is not None:
                    referent.role = self.actors.offices[role.office].name
            last = surname(name)
            self.people.setdefault(last, []).append(referent)
            first = name.split()[0]
            if first != last:
                self.people.setdefault(first, [])
        referent.full_mentions += 1
        self._learn(referent, phrase)

    def _canonical(self, known: KnownActor, written: str) -> str:
        """The usual name; where spellings of the surname differ (Zelensky, Zelenskyy), as the article writes it."""
        if surname(written) == surname(known.name) or len(written.split()) < 2:
            return known.name
        return f"{known.name.rsplit(' ', 1)[0]} {surname(written)}" if surname(written)[:4] == surname(known.name)[:4] else known.name

    def _learn(self, referent: Referent, phrase: Phrase) -> None:
        referent.gender = referent.gender or phrase.gender
        referent.country = referent.country or phrase.country
        if phrase.title:
            referent.titles.add(phrase.title.lower())
            if referent.role is None:
                referent.role = phrase.title
            if referent.country is None:
                found = self.actors.office_of(phrase.title)
                of = next((of for _, of in found if of is not None and len(found) == 1), None)
                if of is not None and len(of) == 2:
                    referent.country = of

    def _resolved(self, phrase: Phrase) -> tuple[Referent | None, float, tuple[str, ...]]:
        match phrase.kind:
            case PhraseKind.PERSON:
                return self._person(phrase)
            case PhraseKind.BODY:
                return self._body(phrase), SURE, ()
            case PhraseKind.COUNTRY:
                return self._country(phrase), SURE, ()
            case PhraseKind.PRONOUN:
                return self._pronoun(phrase)
            case _:
                return self._description(phrase)

    def _person(self, phrase: Phrase) -> tuple[Referent | None, float, tuple[str, ...]]:
        if phrase.known is not None:
            return self.referents[phrase.known.id], SURE, ()
        if phrase.name in self.referents:
            return self.referents[phrase.name], SURE, ()
        last = surname(phrase.name)
        bearers = list(self.people.get(last, ()))
        if not bearers:  # a given name alone: "Hillary", or a family name that comes first: "Xi"
            bearers = [r for group in self.people.values() for r in group if r.name.split()[0] == last]
        if phrase.gender and len(bearers) > 1:
            bearers = [r for r in bearers if r.gender in (None, phrase.gender)] or bearers
        if bearers:
            best = max(bearers, key=lambda r: r.full_mentions)
            self._learn(best, phrase)
            if len(bearers) > 1:
                return best, LIKELY, tuple(r.name for r in bearers)
            return best, SURE, ()
        holders = [a for a in self.actors.by_surname.get(last, ()) if a.role_at(self.day) is not None]
        if len(holders) == 1:
            known = holders[0]
            referent = Referent(self._canonical(known, phrase.name), ActorKind.PERSON, known.country, key=known.id, gender=known.gender, known=known)
            role = known.role_at(self.day)
            referent.role = self.actors.offices[role.office].name if role else None
            self.referents[known.id] = referent
            self.people.setdefault(last, []).append(referent)
            self._learn(referent, phrase)
            return referent, LIKELY, ()
        referent = Referent(phrase.name, ActorKind.PERSON, phrase.country, gender=phrase.gender)
        self.referents[phrase.name] = referent
        self.people.setdefault(last, []).append(referent)
        self._learn(referent, phrase)
        return referent, LIKELY, ()

    # bodies and countries

    def _body(self, phrase: Phrase) -> Referent:
        known = phrase.known or self._known_body(phrase.name)
        key = known.id if known is not None else phrase.name
        referent = self.referents.get(key)
        if referent is None and known is None and " " not in phrase.name:
            longer = [r for r in self.referents.values() if r.kind is ActorKind.ORGANISATION and r.name.split()[0] == phrase.name]
            if len(longer) == 1:
                return longer[0]
        if referent is None:
            name = known.name if known is not None else phrase.name
            referent = Referent(
                name, ActorKind.ORGANISATION, known.country if known else phrase.country, key=known.id if known else None,
                known=known, noun=phrase.noun or name.split()[-1].lower(), words=phrase.words or frozenset(name.lower().split()),
            )  # fmt: skip
            self.referents[key] = referent
        referent.country = referent.country or phrase.country
        return referent

    def _known_body(self, name: str) -> KnownActor | None:
        for spelling in (name, name.replace("defence", "defense").title(), name.title()):
            found = self.actors.by_name.get(spelling) or self.actors.by_name.get(spelling.replace("Defence", "Defense"))
            if found is not None and found.kind is not ActorKind.PERSON:
                return found
        return None

    def _country(self, phrase: Phrase) -> Referent:
        country = self.knowledge.countries.by_code[phrase.country or ""]
        key = f"country {country.code}" if not (phrase.plural and phrase.name != country.name) else phrase.name
        referent = self.referents.get(key)
        if referent is None:
            kind = ActorKind.COUNTRY if key.startswith("country ") else ActorKind.GROUP
            referent = Referent(
                country.name if kind is ActorKind.COUNTRY else phrase.name, kind, country.code,
                key=country.code if kind is ActorKind.COUNTRY else None, plural=kind is ActorKind.GROUP,
            )  # fmt: skip
            self.referents[key] = referent
        return referent

    # descriptions

    def _description(self, phrase: Phrase) -> tuple[Referent | None, float, tuple[str, ...]]:
        if phrase.same_as is not None and (other := self.phrase_at.get(phrase.same_as)) is not None and other.head != phrase.head:
            found, confidence, candidates = self._resolved(other)
            if found is not None:
                found.role = found.role or phrase.title
                found.country = found.country or phrase.country
                return found, confidence, candidates
        owner = self._owner(phrase)
        country = phrase.country or (owner.country if owner is not None else None)
        if phrase.kind is PhraseKind.DESCRIPTION and phrase.person and not phrase.plural:
            found = self._office_holder(phrase, country)
            if found is not None:
                return found, LIKELY, ()
        if phrase.noun in ("spokesman", "spokeswoman", "spokesperson") and not phrase.plural:
            body = self._spoken_for(phrase)
            if body is not None:
                return body, LIKELY, ()
        if phrase.noun in ("ministry", "department") and owner is not None and owner.kind is ActorKind.PERSON:
            role = (owner.role or "").lower()
            if "minister" in role and owner.country:
                label = self.knowledge.countries.by_code[owner.country].label if owner.country in self.knowledge.countries.by_code else owner.country
                name = f"{label} {role.replace('minister', 'ministry').title()}"
                return self._body(Phrase(phrase.start, phrase.end, phrase.head, PhraseKind.BODY, name, country=owner.country)), LIKELY, ()
        if phrase.definite:
            earlier = self._same_description(phrase)
            if earlier is not None:
                return earlier, LIKELY, ()
        name = phrase.name
        if not name:
            return None, UNSURE, ()
        if not phrase.person and phrase.country is None and phrase.noun in ("media", "television", "police", "agency"):
            fuller = self._same_description(phrase)  # "state media" after "Kazakh state media"
            if fuller is not None and phrase.words and len(phrase.words) > (phrase.noun != "police"):
                return fuller, LIKELY, ()
        if owner is not None and owner.country and phrase.country is None and owner.kind is ActorKind.COUNTRY:
            country = owner.country
        if phrase.noun == "mayor" and not phrase.plural:
            name = self._mayor(phrase) or name
        if not phrase.person:
            known = self._known_body(name)
            if known is not None:
                return self._body(Phrase(phrase.start, phrase.end, phrase.head, PhraseKind.BODY, known.name, known=known)), SURE, ()
            if phrase.noun in ("ministry", "department"):
                name = " ".join(w if w.isupper() else w[:1].upper() + w[1:] for w in name.split()).replace("Defence", "Defense")
            if phrase.noun in ("government",) and country in self.knowledge.countries.by_code and len(phrase.words) == 1:
                return self._country(Phrase(phrase.start, phrase.end, phrase.head, PhraseKind.COUNTRY, "", country=country)), LIKELY, ()
        key = f"{name}#{'s' if phrase.plural else ''}"
        referent = self.referents.get(key)
        if referent is None:
            kind = ActorKind.GROUP if phrase.plural else ActorKind.PERSON if phrase.person else ActorKind.ORGANISATION
            referent = Referent(
                name, kind, country, gender=phrase.gender, plural=phrase.plural, noun=phrase.noun, words=phrase.words,
                role=phrase.title if phrase.person and not phrase.plural else None,
            )  # fmt: skip
            self.referents[key] = referent
        return referent, LIKELY if phrase.kind is PhraseKind.DESCRIPTION else UNSURE, ()

    def _owner(self, phrase: Phrase) -> Referent | None:
        return self.by_phrase.get(phrase.possessor) if phrase.possessor is not None else None

    def _mayor(self, phrase: Phrase) -> str | None:
        words = phrase.name.split()
        if "of" in words:
            return f"Mayor of {' '.join(words[words.index('of') + 1 :])}"
        if len(words) > 1:
            return None
        for i in range(phrase.start - 1, self.parsed.paragraphs[self.paragraph[phrase.start]][0] - 1, -1):
            place = self.phrase_at.get(i)
            if self.doc[i].ent_type_ == "GPE" or (place is not None and place.kind is PhraseKind.COUNTRY):
                return f"Mayor of {self.doc[i].text}"
        return None

    def _office_holder(self, phrase: Phrase, country: str | None) -> Referent | None:
        title = (phrase.title or "").lower()
        people = [r for group in self.people.values() for r in group]
        if phrase.noun == "leader" and country is not None:
            for referent in reversed(self._recent_people()):
                if referent.country == country and self._leads(referent, country):
                    return referent
            known = self.actors.leader(country, self.day)
            return self._known_person(known) if known is not None and phrase.words <= {"leader"} else None
        offices = self.actors.office_of(title)
        if not offices:
            return None
        if "former" in title.split():
            return None
        names = {office.id for office, _ in offices}
        titled = [r for r in people if any(o.id in names for t in r.titles for o, _ in self.actors.office_of(t)) or self._holds(r, names)]
        if country is not None:
            for referent in titled:
                if referent.country == country:
                    return referent
            for office, of in offices:
                if office.one and (known := self.actors.holder(office.id, of or country, self.day)):
                    return self._known_person(known)
            return None
        for office, of in offices:
            if of is not None and office.one and (known := self.actors.holder(office.id, of, self.day)):
                return self._known_person(known)
        if not phrase.definite:
            return None
        recent = [r for r in self._recent_people() if r in titled]
        if recent:
            return recent[-1]
        return titled[0] if len(titled) == 1 else None

    def _holds(self, referent: Referent, offices: set[str]) -> bool:
        if referent.known is None:
            return False
        role = referent.known.role_at(self.day)
        return role is not None and role.office in offices

    def _leads(self, referent: Referent, country: str) -> bool:
        for title in referent.titles:
            if any(country in office.leads or office.id in ("president",) for office, _ in self.actors.office_of(title)):
                return True
            if title.split()[-1:] == ["leader"]:
                return True
        if referent.known is not None:
            role = referent.known.role_at(self.day)
            return role is not None and country in self.actors.offices[role.office].leads
        return False

    def _known_person(self, known: KnownActor) -> Referent:
        referent = self.referents.get(known.id)
        if referent is None:
            referent = Referent(known.name, ActorKind.PERSON, known.country, key=known.id, gender=known.gender, known=known)
            role = known.role_at(self.day)
            referent.role = self.actors.offices[role.office].name if role else None
            self.referents[known.id] = referent
            self.people.setdefault(surname(known.name), []).append(referent)
        return referent

    def _recent_people(self) -> list[Referent]:
        return [r for _, r in self.history if r.kind is ActorKind.PERSON]

    def _spoken_for(self, phrase: Phrase) -> Referent | None:
        """The body that an unnamed spokesperson speaks for."""
        inside = [r for i in range(phrase.start, phrase.end) if (r := self.by_phrase.get(i)) is not None and i != phrase.head]
        inside += [self._body(p) for p in self.phrases if phrase.start <= p.start and p.end <= phrase.end and p.kind is PhraseKind.BODY and p.head != phrase.head]
        bodies = [r for r in inside if r.kind is ActorKind.ORGANISATION]
        return bodies[0] if bodies else None

    def _same_description(self, phrase: Phrase) -> Referent | None:
        """The latest one that was described with the same noun and at least these words: "the adviser"."""
        for _, referent in reversed(self.history):
            if referent.noun == phrase.noun and referent.plural == phrase.plural and phrase.words <= referent.words:
                if phrase.country is None or phrase.country == referent.country:
                    return referent
        if phrase.person and not phrase.plural:
            for referent in reversed(self._recent_people()):
                titles = [set(title.split()) for title in referent.titles]
                if any(phrase.words <= words for words in titles) and phrase.country in (None, referent.country):
                    return referent
        return None

    # pronouns

    def _pronoun(self, phrase: Phrase) -> tuple[Referent | None, float, tuple[str, ...]]:
        gender = GENDER.get(phrase.name)
        if self.shuffled and gender is not None and not self._here_before(phrase, gender):
            return self._elsewhere(phrase, gender)
        scores: dict[int, float] = {}
        byid: dict[int, Referent] = {}
        here, paragraph = self.sentence[phrase.head], self.paragraph[phrase.head]
        matrix = self._matrix(phrase.head)
        for earlier, referent in reversed(self.history):
            distance = here - self.sentence[earlier.head]
            if distance > 12 and scores:
                break
            if not self._agrees(phrase.name, gender, referent):
                continue
            score = 4.0 - distance - 0.5 * (paragraph - self.paragraph[earlier.head])
            token = self.doc[earlier.head]
            if token.dep_ in ("nsubj", "nsubjpass"):
                score += 1.5
                if token.head.lemma_.lower() in self.knowledge.report_verbs.verbs:
                    score += 0.75
                if token.head.dep_ == "ROOT":
                    score += 0.25
                if token.head.i == matrix:
                    score += 1.5
            if self.in_quote[earlier.head] and not self.in_quote[phrase.head]:
                score -= 2.5
            if token.dep_ == "poss":
                score -= 0.5
            if gender is not None and referent.gender is None:
                score -= 0.75
            if gender is not None and not referent.full_mentions and referent.noun:
                score -= 1.5  # described, not named
            if id(referent) not in scores or score > scores[id(referent)]:
                scores[id(referent)] = max(score, scores.get(id(referent), -99.0))
                byid[id(referent)] = referent
        if not scores:
            return self._later(phrase, gender)
        ranked = sorted(scores, key=lambda i: -scores[i])
        margin = scores[ranked[0]] - (scores[ranked[1]] if len(ranked) > 1 else -10.0)
        return byid[ranked[0]], 0.9 if margin > 1 else 0.75 if margin > 0.4 else 0.6, ()

    # articles whose paragraphs stand in another order than they were written

    def _is_shuffled(self) -> bool:
        """Whether the dateline stands late, or most people are named in full only after their surname alone."""
        for number, (start, end) in enumerate(self.parsed.paragraphs):
            if number > 2 and DATELINE.match(self.doc[start : min(end, start + 12)].text):
                return True
        full: dict[str, int] = {}
        names = [p for p in self.phrases if p.kind is PhraseKind.PERSON]
        for phrase in names:
            if " " in phrase.name:
                full.setdefault(surname(phrase.name), self.paragraph[phrase.head])
        early = {p.name for p in names if " " not in p.name and self.paragraph[p.head] < full.get(p.name, -1)}
        again = {p.name for p in names if " " not in p.name}
        return len(early) >= 3 and len(early) * 2 > len(again)

    def _here_before(self, phrase: Phrase, gender: str) -> bool:
        """Whether the pronoun's paragraph has named somebody before it whom it may stand for."""
        return any(
            self.paragraph[p.head] == self.paragraph[phrase.head] and self._agrees(phrase.name, gender, r) and not self.in_quote[p.head]
            for p, r in self.history
        )

    def _elsewhere(self, phrase: Phrase, gender: str) -> tuple[Referent | None, float, tuple[str, ...]]:
        """Whoever another paragraph introduces in words like this one's, first those who are not quoted there."""
        contents = [self._content(number) for number in range(len(self.parsed.paragraphs))]
        frequency = Counter(word for words in contents for word in words)
        here = contents[self.paragraph[phrase.head]]
        scored: dict[str, tuple[float, Referent]] = {}
        for other in self.phrases:
            if other.kind is not PhraseKind.PERSON or self.paragraph[other.head] == self.paragraph[phrase.head]:
                continue
            referent = self._person(other)[0]
            if referent is None or not self._agrees(phrase.name, gender, referent):
                continue
            number = self.paragraph[other.head]
            start, end = self.parsed.paragraphs[number]
            token = self.doc[other.head]
            score = sum(2 / frequency[word] for word in here & contents[number]) + (1.0 if " " in other.name else 0.0)
            score += 1.0 if token.dep_ == "nsubj" and token.head.lemma_.lower() in self.knowledge.report_verbs.verbs else 0.0
            score -= 2.0 if self.in_quote[start + 1] or sum(self.in_quote[start:end]) > (end - start) / 3 else 0.0
            score -= 0.5 if referent.gender is None else 0.0
            if referent.name not in scored or score > scored[referent.name][0]:
                scored[referent.name] = (score, referent)
        if not scored:
            return None, 0.0, ()
        ranked = sorted(scored.values(), key=lambda pair: -pair[0])
        candidates = tuple(r.name for _, r in ranked[:3])
        sure = len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 1
        return ranked[0][1], 0.65 if sure else 0.45, () if len(ranked) == 1 else candidates

    def _content(self, paragraph: int) -> set[str]:
        start, end = self.parsed.paragraphs[paragraph]
        return {t.lemma_.lower() for t in self.doc[start:end] if t.pos_ in ("NOUN", "ADJ") and not t.ent_type_}

    def _matrix(self, pronoun: int) -> int:
        """The reporting verb in whose clause the pronoun is the subject; -1 where there is none."""
        verb = self.doc[pronoun].head
        while verb.dep_ in ("ccomp", "conj", "xcomp", "advcl") and verb.head.i != verb.i:
            if verb.dep_ == "ccomp":
                return verb.head.i if verb.head.lemma_.lower() in self.knowledge.report_verbs.verbs else -1
            verb = verb.head
        return -1

    def _agrees(self, pronoun: str, gender: str | None, referent: Referent) -> bool:
        if gender is not None:
            return referent.kind is ActorKind.PERSON and not referent.plural and referent.gender in (None, gender)
        if pronoun in ("they", "them", "their"):
            return referent.plural or referent.kind in (ActorKind.GROUP, ActorKind.ORGANISATION)
        return referent.kind in (ActorKind.ORGANISATION, ActorKind.COUNTRY) and not referent.plural

    def _later(self, phrase: Phrase, gender: str | None) -> tuple[Referent | None, float, tuple[str, ...]]:
        """The only one, or the nearest, that the article names after the pronoun."""
        if gender is None:
            return None, 0.0, ()
        people = [r for r in self._people_in_order() if r.gender == gender]
        if len(people) == 1:
            return people[0], LIKELY, ()
        return (people[0], UNSURE, tuple(r.name for r in people[:4])) if people else (None, 0.0, ())

    def _people_in_order(self) -> Iterable[Referent]:
        return [r for r in self.referents.values() if r.kind is ActorKind.PERSON and r.full_mentions]
