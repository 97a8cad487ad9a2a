"""People by name: who is named in full in one article, and whom a surname or a given name stands for there."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from app.domain.vocabulary import ActorKind
from app.extraction.names import SUFFIXES, surname
from app.extraction.phrases import LIKELY, SURE, Phrase, PhraseKind, Referent, Resolution
from app.knowledge.actors import Actors, KnownActor

SHORTEST_NICKNAME = 3


class People:
    """The people that one article names; `day` is its date, by which offices have their holders."""

    def __init__(self, phrases: Iterable[Phrase], actors: Actors, day: date | None) -> None:
        self.actors, self.day = actors, day
        self.referents: dict[str, Referent] = {}  # by the known actor's id, else by name
        self.by_surname: dict[str, list[Referent]] = {}
        named = [phrase for phrase in phrases if phrase.kind is PhraseKind.PERSON]
        for phrase in named:
            if phrase.known is None and " " in phrase.name:
                phrase.known = actors.spelled(phrase.name, phrase.country)
        self.usual = usual_names([p.name for p in named if p.known is None], actors.genders)
        for phrase in named:
            self._introduce(phrase)

    def all(self) -> Iterator[Referent]:
        """Everybody named or known so far."""
        for bearers in self.by_surname.values():
            yield from bearers

    def resolve(self, phrase: Phrase) -> Resolution:
        """Whom a phrase with a person's name stands for."""
        if phrase.known is not None:
            return Resolution(self.referents[phrase.known.id], SURE)
        name = self.usual.get(phrase.name, phrase.name)
        if name in self.referents:
            return Resolution(self.referents[name], SURE)
        last = surname(name)
        bearers = self._bearers(last, phrase)
        titled = self._titled(last, phrase)
        if titled is not None and not any(r.known is titled or r.titles & _titles(phrase) for r in bearers):
            bearers = [self.known(titled)]  # "President Holm" where only his wife is named in full
        if bearers:
            best = max(bearers, key=lambda r: r.full_mentions)
            self._learn(best, phrase)
            if len(bearers) > 1:
                return Resolution(best, LIKELY, tuple(r.name for r in bearers))
            return Resolution(best, SURE)
        called = self.actors.called(last, self.day)
        if called is not None and phrase.gender in (None, called.gender):
            referent = self.known(called)
            self._learn(referent, phrase)
            return Resolution(referent, LIKELY)
        country = phrase.country or self.actors.country_of(phrase.title or "", last)
        referent = Referent(name, ActorKind.PERSON, country, gender=phrase.gender)
        self._add(name, referent)
        self._learn(referent, phrase)
        return Resolution(referent, LIKELY)

    def known(self, actor: KnownActor) -> Referent:
        """The referent of somebody in the knowledge files."""
        referent = self.referents.get(actor.id)
        if referent is None:
            referent = Referent(
                actor.name, ActorKind.PERSON, actor.country, key=actor.id, gender=actor.gender, known=actor,
                office=self._office(actor),
            )  # fmt: skip
            self._add(actor.id, referent)
        return referent

    def describe(self, referent: Referent, title: str | None, country: str | None) -> None:
        """Learn what the article says that the person is: a title becomes the role, unless an office is known."""
        if referent.role is None and title and (referent.office is None or self._is_official(title)):
            referent.role = title
        referent.country = referent.country or country

    def _add(self, key: str, referent: Referent) -> None:
        self.referents[key] = referent
        self.by_surname.setdefault(surname(referent.name), []).append(referent)

    def _introduce(self, phrase: Phrase) -> None:
        """Learn a person from a full name."""
        if " " not in phrase.name and phrase.known is None:
            return
        name = self.usual.get(phrase.name, phrase.name)
        if phrase.known is not None:
            referent = self.known(phrase.known)
        elif name in self.referents:
            referent = self.referents[name]
        else:
            referent = Referent(name, ActorKind.PERSON)
            self._add(name, referent)
        referent.full_mentions += 1
        self._learn(referent, phrase)

    def _bearers(self, name: str, phrase: Phrase) -> list[Referent]:
        """Those named in full who may be meant by a surname, or by a given name alone."""
        bearers = self.by_surname.get(name, [])
        if not bearers:  # "Hillary", or a family name that comes first: "Xi"
            bearers = [r for r in self.all() if r.name.split()[0] == name]
        if phrase.gender:
            bearers = [r for r in bearers if r.gender in (None, phrase.gender)]
        return list(bearers)

    def _titled(self, name: str, phrase: Phrase) -> KnownActor | None:
        """The known bearer of the surname who holds the office of the title before it."""
        offices = {office.id for office, _ in self.actors.office_of(phrase.title or "")}
        if not offices:
            return None
        bearers = ((actor, actor.role_at(self.day)) for actor in self.actors.by_surname.get(name, ()))
        found = [actor for actor, role in bearers if role is not None and role.office in offices]
        return found[0] if len(found) == 1 else None

    def _learn(self, referent: Referent, phrase: Phrase) -> None:
        referent.gender = referent.gender or phrase.gender
        referent.country = referent.country or phrase.country
        if not phrase.title:
            return
        referent.titles.add(phrase.title.lower())
        self.describe(referent, phrase.title, None)
        if referent.country is None:
            found = self.actors.office_of(phrase.title)
            of = next((of for _, of in found if of is not None and len(found) == 1), None)
            if of is not None and len(of) == 2:
                referent.country = of

    def _is_official(self, title: str) -> bool:
        return title.rsplit(maxsplit=1)[-1][:1].isupper() and not title.isupper() and bool(self.actors.office_of(title))

    def _office(self, known: KnownActor) -> str | None:
        role = known.role_at(self.day)
        return self.actors.office_name(role) if role is not None else None


def _titles(phrase: Phrase) -> set[str]:
    return {phrase.title.lower()} if phrase.title else set()


def usual_names(names: Sequence[str], genders: Mapping[str, str]) -> dict[str, str]:
    """Each full name of an article that names a person who has another there, to the one that is used.

    "Anna Maria Holm" and "Anna Holm" are one person, as are "Maria Holm" and "Minister Maria Holm" or "Pete Holm" and
    "Peter Holm"; "Peter A. Holm" and "Peter B. Holm" are two. `genders` holds the first names that are known.
    """
    counts = Counter(name for name in names if " " in name)
    alike: dict[str, list[str]] = {}
    for name in sorted(counts, key=lambda name: (-counts[name], len(name), name)):
        alike.setdefault(surname(name), []).append(name)
    usual: dict[str, str] = {}
    for bearers in alike.values():
        for number, name in enumerate(bearers):
            for other in bearers[:number]:
                if other not in usual and _is_one(name, other, genders):
                    usual[name] = other
                    break
    for shorter in list(counts):  # a double surname: "Vasquez Holm" after "Maria Vasquez Holm"
        if shorter.split()[0] not in genders and shorter not in usual:
            longer = [n for n in counts if n.endswith(f" {shorter}") and usual.get(n, n) != shorter]
            if len({usual.get(n, n) for n in longer}) == 1:
                usual[shorter] = usual.get(longer[0], longer[0])
    return usual


def _is_one(name: str, other: str, genders: Mapping[str, str]) -> bool:
    """Whether two full names with the same surname name one person."""
    one, two = _parts(name), _parts(other)
    if one[-1] != two[-1]:  # Jr. and Sr.
        return False
    if len(one) != len(two) and (name.endswith(f" {other}") or other.endswith(f" {name}")):
        return min(one, two, key=len)[0] in genders
    if len(one) == len(two) > 3 and one[1:] != two[1:]:
        return False  # other middle names
    first, second = one[0], two[0]
    if first == second:
        return True
    shorter, longer = sorted((first, second), key=len)
    known = {genders[n] for n in (first, second) if n in genders}
    return len(shorter) >= SHORTEST_NICKNAME and longer.startswith(shorter) and len(known) < 2


def _parts(name: str) -> list[str]:
    """The given names, the surname, and the suffix ("" for none)."""
    words = name.replace(",", "").split()
    suffix = words.pop().lower().rstrip(".") if len(words) > 1 and words[-1].lower() in SUFFIXES else ""
    return [*words, suffix]
