"""Verbs and nouns that report speech, with the complements that hold what was said (`data/report_verbs.toml`)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.domain.vocabulary import Polarity
from app.knowledge.files import read_toml

COMPLEMENTS = frozenset(
    {
        "clause",
        "infinitive",
        "infinitive-to",
        "infinitive-on",
        "gerund",
        "object",
        "object-as",
        "object-complement",
        "whom-of",
    }
)
LISTS = ("documents", "occasions", "consequences")
PREPOSITIONS = frozenset({"of", "about", "against", "for", "on", "at", "to"})


@dataclass(frozen=True, slots=True)
class ReportVerb:
    """A reporting verb by its lemma: the complements that are content, and the force it gives the statement.

    `told` tells that its object is the audience ("told reporters"), not the content; `weak` that it reports only with a
    person, body, country or document as its subject ("the move suggests" does not), `shown` only with a document or
    image. `forces` gives the force that a complement has in place of `polarity`: told them is not told them to.
    `venue` is where one does it: tweeted.
    """

    lemma: str
    takes: frozenset[str]
    polarity: Polarity
    told: bool
    weak: bool
    shown: bool = False
    forces: Mapping[str, Polarity] = field(default_factory=dict)
    venue: str | None = None

    def force(self, complement: str) -> Polarity:
        """The force of what is said in the complement: "clause", "infinitive", or a preposition."""
        return self.forces.get(complement, self.polarity)


@dataclass(frozen=True, slots=True)
class ReportVerbs:
    """The reporting verbs by lemma, the force of nouns that hold a clause of speech, and three lists: documents that
    speak for their makers, occasions of speech ("in an interview"), and verbs whose participle tells a consequence.
    """

    verbs: Mapping[str, ReportVerb]
    nouns: Mapping[str, Polarity]
    documents: frozenset[str]
    occasions: frozenset[str]
    consequences: frozenset[str]


def load_report_verbs(*paths: Path) -> ReportVerbs:
    """Read the reporting verbs and nouns; an entry of a later file takes the place of the same word's.

    Raises ValueError, naming file and entry, for an unknown key, complement or polarity.
    """
    verbs: dict[str, ReportVerb] = {}
    nouns: dict[str, Polarity] = {}
    lists: dict[str, set[str]] = {table: set() for table in LISTS}
    for path in paths:
        content = read_toml(path)
        if unknown := set(content) - {"verbs", "nouns", *LISTS}:
            raise ValueError(f"{path}: unknown table {', '.join(sorted(unknown))}")
        for lemma, entry in content.get("verbs", {}).items():
            verbs[lemma] = _verb(f"{path}: {lemma}", lemma, entry)
        for lemma, entry in content.get("nouns", {}).items():
            if strange := set(entry) - {"polarity"}:
                raise ValueError(f"{path}: {lemma}: unknown key {', '.join(sorted(strange))}")
            nouns[lemma] = _polarity(f"{path}: {lemma}", entry.get("polarity"))
        for table in LISTS:
            lists[table].update(content.get(table, {}).get("names", ()))
    return ReportVerbs(verbs, nouns, *(frozenset(lists[table]) for table in LISTS))


def _verb(where: str, lemma: str, entry: dict[str, Any]) -> ReportVerb:
    if unknown := set(entry) - {"takes", "polarity", "forces", "told", "weak", "shown", "venue"}:
        raise ValueError(f"{where}: unknown key {', '.join(sorted(unknown))}")
    takes = frozenset(entry.get("takes", ()))
    if strange := takes - COMPLEMENTS - PREPOSITIONS:
        raise ValueError(f"{where}: unknown complement {', '.join(sorted(strange))}")
    forces: dict[str, Any] = entry.get("forces", {})
    if unheard := forces.keys() - COMPLEMENTS - PREPOSITIONS:
        raise ValueError(f"{where}: unknown complement {', '.join(sorted(unheard))}")
    return ReportVerb(
        lemma,
        takes,
        _polarity(where, entry.get("polarity")),
        told=bool(entry.get("told")),
        weak=bool(entry.get("weak")),
        shown=bool(entry.get("shown")),
        forces={complement: _polarity(where, force) for complement, force in forces.items()},
        venue=entry.get("venue"),
    )


def _polarity(where: str, name: str | None) -> Polarity:
    try:
        return Polarity(name or "asserts")
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from error
