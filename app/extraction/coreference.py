"""Whom a phrase names: surnames, offices, repeated descriptions and pronouns, resolved within one article."""

from collections.abc import Sequence
from datetime import date

from app.domain.source import SourceText
from app.domain.vocabulary import ActorKind
from app.extraction.findings import Mention, Parsed, QuotedSpan
from app.extraction.grammar import SUBJECTS, child, conjuncts, first_conjunct
from app.extraction.names import joined_names
from app.extraction.people import People
from app.extraction.phrases import (
    GENDER,
    LIKELY,
    SURE,
    UNSURE,
    Layout,
    Phrase,
    PhraseKind,
    Referent,
    Resolution,
)
from app.extraction.pronouns import Pronouns
from app.knowledge import Knowledge
from app.knowledge.actors import KnownActor

TAKEN_UP = {"BUS": 3, "MED": 3, "IGO": 12}  # sectors whose bodies a bare noun takes up, and over how many sentences
NEVER = {"nato": ("bloc",), "european-union": ("alliance",)}


def resolve(
    phrases: Sequence[Phrase], parsed: Parsed, source: SourceText, quoted: Sequence[QuotedSpan], knowledge: Knowledge
) -> list[Mention]:
    """The phrases as mentions, each with the canonical name of whom it stands for, as far as the article tells."""
    return _Resolver(phrases, parsed, source.published, quoted, knowledge).mentions()


class _Resolver:
    def __init__(
        self,
        phrases: Sequence[Phrase],
        parsed: Parsed,
        day: date | None,
        quoted: Sequence[QuotedSpan],
        knowledge: Knowledge,
    ) -> None:
        self.phrases = phrases
        self.phrase_at = {phrase.head: phrase for phrase in phrases}
        self.parsed = parsed
        self.doc = parsed.doc
        self.day = day
        self.knowledge = knowledge
        self.actors = knowledge.actors
        self.layout = Layout(parsed, quoted)
        self.people = People(phrases, self.actors, day)
        self.referents: dict[str, Referent] = {}
        self.by_phrase: dict[int, Referent] = {}  # by head
        self.history: list[tuple[Phrase, Referent]] = []

    def mentions(self) -> list[Mention]:
        verbs = self.knowledge.report_verbs.verbs
        pronouns = Pronouns(self.layout, self.phrases, verbs, lambda phrase: self.people.resolve(phrase).referent)
        found = []
        for phrase in self.phrases:
            if phrase.kind is PhraseKind.PRONOUN:
                resolution = pronouns.resolve(phrase, self.history)
            else:
                resolution = self._resolved(phrase)
            if resolution.referent is not None:
                self.by_phrase[phrase.head] = resolution.referent
                if not phrase.place:
                    self.history.append((phrase, resolution.referent))
                self._note_together(phrase)
            found.append(self._mention(phrase, resolution))
        return found

    def _mention(self, phrase: Phrase, resolution: Resolution) -> Mention:
        referent = resolution.referent
        if referent is None:
            kind = ActorKind.PERSON if phrase.name in GENDER else ActorKind.GROUP
            name, country, role, key = None, None, None, None
        else:
            kind, name, country, key = referent.kind, referent.name, referent.country, referent.key
            role = referent.role or referent.office
            if phrase.place and phrase.kind is PhraseKind.COUNTRY:
                name = phrase.name
        each = referent.members if referent is not None else ()
        return Mention(
            phrase.start,
            phrase.end,
            phrase.head,
            name,
            kind,
            country,
            role,
            key,
            resolution.candidates,
            phrase.kind is PhraseKind.PRONOUN,
            phrase.place,
            resolution.confidence,
            tuple(self._mention(phrase, Resolution(member, resolution.confidence)) for member in each),
        )

    def _note_together(self, phrase: Phrase) -> None:
        """With the last of several joined subjects, remember them as those whom "they" may take up."""
        token = self.doc[phrase.head]
        first = first_conjunct(token)
        if first == token or first.dep_ not in SUBJECTS or child(token, "conj") is not None:
            return
        parts = [self.by_phrase.get(part.i) for part in conjuncts(first)]
        members = tuple(dict.fromkeys(part for part in parts if part is not None and not part.members))
        if len(members) < len(parts) or first.i not in self.phrase_at:
            return
        name = joined_names([member.name for member in members])
        group = self.referents.setdefault(name, Referent(name, ActorKind.GROUP, plural=True, members=members))
        self.history.append((self.phrase_at[first.i], group))

    def _resolved(self, phrase: Phrase) -> Resolution:
        match phrase.kind:
            case PhraseKind.PERSON:
                return self.people.resolve(phrase)
            case PhraseKind.BODY:
                return Resolution(self._body(phrase), SURE)
            case PhraseKind.COUNTRY:
                return Resolution(self._country(phrase), SURE)
            case _:
                return self._description(phrase)

    # bodies and countries

    def _body(self, phrase: Phrase) -> Referent:
        known = phrase.known or self._known_body(phrase.name)
        key = known.id if known is not None else phrase.name
        referent = self.referents.get(key)
        if referent is None and known is None and " " not in phrase.name:
            longer = [
                r
                for r in self.referents.values()
                if r.kind is ActorKind.ORGANISATION and r.name.split()[0] == phrase.name
            ]
            if len(longer) == 1:
                return longer[0]
        if referent is None and known is None and phrase.country is None:  # "the Defense Ministry" after Ukraine's
            fuller = (r for _, r in reversed(self.history) if r.name.endswith(f" {phrase.name}"))
            if (earlier := next(fuller, None)) is not None and earlier.kind is ActorKind.ORGANISATION:
                return earlier
        if referent is None:
            name = known.name if known is not None else phrase.name
            referent = Referent(
                name,
                ActorKind.ORGANISATION,
                known.country if known else phrase.country,
                key=known.id if known else None,
                known=known,
                noun=phrase.noun or name.split()[-1].lower(),
                words=phrase.words or frozenset(name.lower().split()),
            )
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
                country.name if kind is ActorKind.COUNTRY else phrase.name,
                kind,
                country.code,
                key=country.code if kind is ActorKind.COUNTRY else None,
                plural=kind is ActorKind.GROUP,
            )
            self.referents[key] = referent
        return referent

    # descriptions

    def _description(self, phrase: Phrase) -> Resolution:
        if (
            phrase.same_as is not None
            and (other := self.phrase_at.get(phrase.same_as)) is not None
            and other.head != phrase.head
        ):
            named = self._resolved(other)
            if named.referent is not None:
                self.people.describe(named.referent, phrase.title, phrase.country)
                return named
        owner = self._owner(phrase)
        country = phrase.country or (owner.country if owner is not None else None)
        if phrase.kind is PhraseKind.DESCRIPTION and phrase.person and not phrase.plural:
            found = self._office_holder(phrase, country)
            if found is not None:
                return Resolution(found, LIKELY)
        if phrase.noun in ("spokesman", "spokeswoman", "spokesperson") and not phrase.plural:
            body = self._spoken_for(phrase)
            if body is not None:
                return Resolution(body, LIKELY)
        if phrase.noun in ("ministry", "department") and owner is not None and owner.kind is ActorKind.PERSON:
            role = (owner.role or owner.office or "").lower()
            if "minister" in role and owner.country:
                label = (
                    self.knowledge.countries.by_code[owner.country].label
                    if owner.country in self.knowledge.countries.by_code
                    else owner.country
                )
                name = f"{label} {role.replace('minister', 'ministry').title()}"
                return Resolution(
                    self._body(
                        Phrase(phrase.start, phrase.end, phrase.head, PhraseKind.BODY, name, country=owner.country)
                    ),
                    LIKELY,
                )
        if phrase.definite:
            earlier = self._same_description(phrase)
            if earlier is not None:
                return Resolution(earlier, LIKELY)
            if phrase.words == {phrase.noun} and (body := self._body_before(phrase)) is not None:
                return Resolution(body, LIKELY)
        if phrase.plural and phrase.person and phrase.words == {phrase.noun} and phrase.start < phrase.head:
            fuller = self._same_description(phrase)  # "some officials" right after "Polish officials"
            if fuller is not None and fuller.country is not None and self._just_told(phrase, fuller):
                return Resolution(fuller, UNSURE)
        name = phrase.name
        if not name:
            return Resolution(None, UNSURE)
        if not phrase.person and phrase.country is None and phrase.noun in ("media", "television", "police", "agency"):
            fuller = self._same_description(phrase)  # "state media" after "Kazakh state media"
            if fuller is not None and phrase.words and len(phrase.words) > (phrase.noun != "police"):
                return Resolution(fuller, LIKELY)
        if owner is not None and owner.country and phrase.country is None and owner.kind is ActorKind.COUNTRY:
            country = owner.country
        if phrase.noun == "mayor" and not phrase.plural:
            name = self._mayor(phrase) or name
        if not phrase.person:
            known = self._known_body(name)
            if known is not None:
                return Resolution(
                    self._body(Phrase(phrase.start, phrase.end, phrase.head, PhraseKind.BODY, known.name, known=known)),
                    SURE,
                )
            if phrase.noun in ("ministry", "department"):
                name = " ".join(w if w.isupper() else w[:1].upper() + w[1:] for w in name.split()).replace(
                    "Defence", "Defense"
                )
            if phrase.noun == "government" and country in self.knowledge.countries.by_code and len(phrase.words) == 1:
                return Resolution(
                    self._country(
                        Phrase(phrase.start, phrase.end, phrase.head, PhraseKind.COUNTRY, "", country=country)
                    ),
                    LIKELY,
                )
        key = f"{name}#{'s' if phrase.plural else ''}"
        referent = self.referents.get(key)
        if referent is None:
            kind = ActorKind.GROUP if phrase.plural else ActorKind.PERSON if phrase.person else ActorKind.ORGANISATION
            referent = Referent(
                name,
                kind,
                country,
                gender=phrase.gender,
                plural=phrase.plural,
                noun=phrase.noun,
                words=phrase.words,
            )
            self.referents[key] = referent
        return Resolution(referent, LIKELY if phrase.kind is PhraseKind.DESCRIPTION else UNSURE)

    def _just_told(self, phrase: Phrase, referent: Referent) -> bool:
        """Whether the sentence, or the one before it in the paragraph, has named the referent."""
        here, paragraph = self.layout.sentence[phrase.head], self.layout.paragraph[phrase.head]
        return any(
            other is referent
            and here - self.layout.sentence[earlier.head] <= 1
            and self.layout.paragraph[earlier.head] == paragraph
            for earlier, other in self.history
        )

    def _body_before(self, phrase: Phrase) -> Referent | None:
        """The body named shortly before that a bare noun takes up: "the company", "the alliance"."""
        sector = self.actors.body_nouns.get(phrase.noun)
        if sector not in TAKEN_UP or phrase.plural:
            return None
        for earlier, referent in reversed(self.history):
            if self.layout.sentence[phrase.head] - self.layout.sentence[earlier.head] > TAKEN_UP[sector]:
                return None
            if earlier.kind is not PhraseKind.BODY or referent.kind is not ActorKind.ORGANISATION:
                continue
            if referent.known is not None:
                if referent.known.sector == sector and phrase.noun not in NEVER.get(referent.known.id, ()):
                    return referent
            elif sector != "IGO" and self.actors.body_nouns.get(referent.noun, sector) == sector:
                return referent
        return None

    def _owner(self, phrase: Phrase) -> Referent | None:
        return self.by_phrase.get(phrase.possessor) if phrase.possessor is not None else None

    def _mayor(self, phrase: Phrase) -> str | None:
        words = phrase.name.split()
        if "of" in words:
            return f"Mayor of {' '.join(words[words.index('of') + 1 :])}"
        if len(words) > 1:
            return None
        for i in range(phrase.start - 1, self.parsed.paragraphs[self.layout.paragraph[phrase.start]][0] - 1, -1):
            place = self.phrase_at.get(i)
            if self.doc[i].ent_type_ == "GPE" or (place is not None and place.kind is PhraseKind.COUNTRY):
                return f"Mayor of {self.doc[i].text}"
        return None

    def _office_holder(self, phrase: Phrase, country: str | None) -> Referent | None:
        title = (phrase.title or "").lower()
        if phrase.noun == "leader" and country is not None:
            for referent in reversed(self._recent_people()):
                if referent.country == country and self._leads(referent, country):
                    return referent
            known = self.actors.leader(country, self.day)
            return self.people.known(known) if known is not None and phrase.words <= {"leader"} else None
        offices = self.actors.office_of(title)
        if not offices:
            return None
        if "former" in title.split():
            return None
        names = {office.id for office, _ in offices}
        titled = [
            r
            for r in self.people.all()
            if any(o.id in names for t in r.titles for o, _ in self.actors.office_of(t)) or self._holds(r, names)
        ]
        if country is not None:
            for referent in titled:
                if referent.country == country:
                    return referent
            for office, of in offices:
                if office.one and (known := self.actors.holder(office.id, of or country, self.day)):
                    return self.people.known(known)
            return None
        for office, of in offices:
            if of is not None and office.one and (known := self.actors.holder(office.id, of, self.day)):
                return self.people.known(known)
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
            if any(country in office.leads or office.id == "president" for office, _ in self.actors.office_of(title)):
                return True
            if title.split()[-1:] == ["leader"]:
                return True
        if referent.known is not None:
            role = referent.known.role_at(self.day)
            return role is not None and country in self.actors.offices[role.office].leads
        return False

    def _recent_people(self) -> list[Referent]:
        return [r for _, r in self.history if r.kind is ActorKind.PERSON]

    def _spoken_for(self, phrase: Phrase) -> Referent | None:
        """The body that an unnamed spokesperson speaks for."""
        inside = [
            r for i in range(phrase.start, phrase.end) if (r := self.by_phrase.get(i)) is not None and i != phrase.head
        ]
        inside += [
            self._body(p)
            for p in self.phrases
            if phrase.start <= p.start and p.end <= phrase.end and p.kind is PhraseKind.BODY and p.head != phrase.head
        ]
        bodies = [r for r in inside if r.kind is ActorKind.ORGANISATION]
        return bodies[0] if bodies else None

    def _same_description(self, phrase: Phrase) -> Referent | None:
        """The latest one that was described with the same noun and at least these words: "the adviser"."""
        for _, referent in reversed(self.history):
            alike = referent.noun == phrase.noun and referent.plural == phrase.plural and phrase.words <= referent.words
            if alike and phrase.country in (None, referent.country):
                return referent
        if phrase.person and not phrase.plural:
            for referent in reversed(self._recent_people()):
                titles = [set(title.split()) for title in referent.titles]
                if any(phrase.words <= words for words in titles) and phrase.country in (None, referent.country):
                    return referent
        return None
