"""Every name of the knowledge files, and where a text uses it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.knowledge.actors import Actors, KnownActor
from app.knowledge.countries import Countries, Country

WORD = re.compile(r"(?<![^\W_])[^\W_a-z][^\W_]*")


class NameKind(StrEnum):
    """What a known name stands for."""

    ACTOR = "actor"
    COUNTRY = "country"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of the knowledge files, and the actor or the country that it stands for."""

    name: str
    kind: NameKind
    actor: KnownActor | None = None
    country: Country | None = None

    @property
    def code(self) -> str | None:
        """The country's code, or that of the actor's country."""
        if self.country is not None:
            return self.country.code
        return self.actor.country if self.actor is not None else None


class NameIndex:
    """All known names by their first word, the longest first."""

    def __init__(self, actors: Actors, countries: Countries) -> None:
        self._by_word: dict[str, list[KnownName]] = {}
        names = [KnownName(name, NameKind.ACTOR, actor=a) for a in actors.actors for name in (a.name, *a.aliases)]
        for country in countries:
            own = (country.name, *country.names)
            names += [KnownName(name, NameKind.COUNTRY, country=country) for name in own]
            names += [KnownName(name, NameKind.PEOPLE, country=country) for name in country.people if name not in own]
            names += [KnownName(name, NameKind.CAPITAL, country=country) for name in country.capitals]
            shown = {*own, *country.people}
            names += [KnownName(a, NameKind.ADJECTIVE, country=country) for a in country.adjectives if a not in shown]
        for known in names:
            if word := WORD.match(known.name):
                self._by_word.setdefault(word[0], []).append(known)
        for entries in self._by_word.values():
            entries.sort(key=lambda known: -len(known.name))

    def find(self, text: str) -> Iterator[tuple[int, int, KnownName]]:
        """Every known name in the text with its offsets, in order; of names that overlap, the longest."""
        last = 0
        for word in WORD.finditer(text):
            at = word.start()
            if at < last:
                continue
            for known in self._by_word.get(word[0], ()):
                end = at + len(known.name)
                if text.startswith(known.name, at) and not (known.name[-1].isalnum() and text[end : end + 1].isalnum()):
                    yield at, end, known
                    last = end
                    break
