"""Whom a phrase names: surnames, offices, repeated descriptions and pronouns, resolved within one article."""

from collections.abc import Sequence
from datetime import date

from app.domain.source import SourceText
from app.domain.vocabulary import ActorKind
from app.extraction.findings import Mention, Parsed, QuotedSpan
from app.extraction.names import surname
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
        self.people: dict[str, list[Referent]] = {}  # by surname
        self.referents: dict[str, Referent] = {}
        self.by_phrase: dict[int, Referent] = {}  # by head
        self.history: list[tuple[Phrase, Referent]] = []

    def mentions(self) -> list[Mention]:
        for phrase in self.phrases:
            if phrase.kind is PhraseKind.PERSON:
                self._introduce(phrase)
        pronouns = Pronouns(
            self.layout, self.phrases, self.knowledge.report_verbs.verbs, lambda phrase: self._person(phrase).referent
        )
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
        )

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
                referent.office = self._office(known)
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
        return (
            f"{known.name.rsplit(' ', 1)[0]} {surname(written)}"
            if surname(written)[:4] == surname(known.name)[:4]
            else known.name
        )

    def _learn(self, referent: Referent, phrase: Phrase) -> None:
        referent.gender = referent.gender or phrase.gender
        referent.country = referent.country or phrase.country
        if phrase.title:
            referent.titles.add(phrase.title.lower())
            self._learn_role(referent, phrase.title)
            if referent.country is None:
                found = self.actors.office_of(phrase.title)
                of = next((of for _, of in found if of is not None and len(found) == 1), None)
                if of is not None and len(of) == 2:
                    referent.country = of

    def _learn_role(self, referent: Referent, title: str | None) -> None:
        """Take the article's title for a role; of a known holder only one as it stands before names."""
        if referent.role is None and title and (referent.office is None or self._is_official(title)):
            referent.role = title

    def _is_official(self, title: str) -> bool:
        return title.rsplit(maxsplit=1)[-1][:1].isupper() and not title.isupper() and bool(self.actors.office_of(title))

    def _office(self, known: KnownActor) -> str | None:
        role = known.role_at(self.day)
        return self.actors.office_name(role) if role is not None else None

    def _resolved(self, phrase: Phrase) -> Resolution:
        match phrase.kind:
            case PhraseKind.PERSON:
                return self._person(phrase)
            case PhraseKind.BODY:
                return Resolution(self._body(phrase), SURE)
            case PhraseKind.COUNTRY:
                return Resolution(self._country(phrase), SURE)
            case _:
                return self._description(phrase)

    def _person(self, phrase: Phrase) -> Resolution:
        if phrase.known is not None:
            return Resolution(self.referents[phrase.known.id], SURE)
        if phrase.name in self.referents:
            return Resolution(self.referents[phrase.name], SURE)
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
                return Resolution(best, LIKELY, tuple(r.name for r in bearers))
            return Resolution(best, SURE)
        known = self.actors.called(last, self.day)
        if known is not None:
            referent = Referent(
                self._canonical(known, phrase.name),
                ActorKind.PERSON,
                known.country,
                key=known.id,
                gender=known.gender,
                known=known,
            )
            referent.office = self._office(known)
            self.referents[known.id] = referent
            self.people.setdefault(last, []).append(referent)
            self._learn(referent, phrase)
            return Resolution(referent, LIKELY)
        referent = Referent(phrase.name, ActorKind.PERSON, phrase.country, gender=phrase.gender)
        self.referents[phrase.name] = referent
        self.people.setdefault(last, []).append(referent)
        self._learn(referent, phrase)
        return Resolution(referent, LIKELY)

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
                self._learn_role(named.referent, phrase.title)
                named.referent.country = named.referent.country or phrase.country
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
                role=phrase.title if phrase.person and not phrase.plural else None,
            )
            self.referents[key] = referent
        return Resolution(referent, LIKELY if phrase.kind is PhraseKind.DESCRIPTION else UNSURE)

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
        titled = [
            r
            for r in people
            if any(o.id in names for t in r.titles for o, _ in self.actors.office_of(t)) or self._holds(r, names)
        ]
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
            if any(country in office.leads or office.id == "president" for office, _ in self.actors.office_of(title)):
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
            referent = Referent(
                known.name, ActorKind.PERSON, known.country, key=known.id, gender=known.gender, known=known
            )
            referent.office = self._office(known)
            self.referents[known.id] = referent
            self.people.setdefault(surname(known.name), []).append(referent)
        return referent

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
