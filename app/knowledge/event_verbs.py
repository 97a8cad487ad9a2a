"""Verbs and nouns that tell of events: `event_verbs.toml`, its schema and its index."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from app.domain.vocabulary import EventCategory, Modality
from app.knowledge.files import read_toml

PLOVER_TYPES = frozenset(
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION"  # noqa: SIM905
    " MOBILIZE COERCE ASSAULT COMMENT".split()
)
KINDS_OF_THING = frozenset({"ACTOR", "PERSON", "COUNTRY"})


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFrame:
    """One way of telling an event; the file's head explains the fields."""

    category: EventCategory
    plover: str
    mode: str = ""
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    objects: frozenset[str] = frozenset()
    not_objects: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    complement: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    of_is: str = "target"
    modifiers: frozenset[str] = frozenset()
    to: tuple[str, ...] = ()
    reciprocal: bool = False
    communicative: bool = False
    moves: bool = False
    lasting: bool = False
    weight: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """What a governing word makes of the event below it ("agreed to"); `category` None keeps its own."""

    modality: Modality
    category: EventCategory | None = None
    plover: str | None = None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalityWords:
    """Words that tell that a thing is not, or not yet, or not surely so; the file says what each set is."""

    possible_adverbs: frozenset[str]
    alleged_adverbs: frozenset[str]
    possible_adjectives: frozenset[str]
    planned_adjectives: frozenset[str]
    alleged_adjectives: frozenset[str]
    denied_adjectives: frozenset[str]
    wishes: frozenset[str]
    demands: frozenset[str]
    claims: frozenset[str]
    judgements: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventWords:
    """Closed sets of words that several rules ask about; the file says what each is."""

    collections: frozenset[str]
    deadly: frozenset[str]
    inland: frozenset[str]
    echoes: frozenset[str]
    official: frozenset[str]


type Phrases[T] = Mapping[str, tuple[tuple[tuple[str, ...], T], ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventVerbs:
    """The file, indexed: verbs by first word with the words that follow, nouns by last word with those before."""

    verbs: Phrases[EventFrame]
    nouns: Phrases[EventFrame]
    intent_verbs: Phrases[Intent]
    intent_nouns: Mapping[str, Intent]
    support: Phrases[str]
    occurs: Phrases[str]
    impends: Phrases[str]
    cancels: Phrases[str]
    averts: Phrases[str]
    modality: ModalityWords
    words: EventWords


def load_event_verbs(path: Path, force_nouns: Iterable[str]) -> EventVerbs:
    """Load the file; `@forces` in it stands for `force_nouns`.

    Raises ValueError, naming file and entry, for an unknown or missing key, group, category or type.
    """
    raw = read_toml(path)
    _all_of(path, "file", raw, {"groups", "frame", "intent", "support", "words", "modality"})
    groups = {name: frozenset(words) for name, words in raw["groups"].items()} | {"forces": frozenset(force_nouns)}
    groups = {name: _expand(path, f"group {name}", words, groups) for name, words in groups.items()}
    frames = [_frame(path, f"frame {n}", entry, groups) for n, entry in enumerate(raw["frame"], 1)]
    intents = [_intent(path, f"intent {n}", entry) for n, entry in enumerate(raw["intent"], 1)]
    _all_of(path, "support", raw["support"], {"verbs", "occurs", "impends", "cancels", "averts"})
    _all_of(path, "words", raw["words"], {f.name for f in fields(EventWords)})
    _all_of(path, "modality", raw["modality"], {f.name for f in fields(ModalityWords)})
    return EventVerbs(
        verbs=_by_first((phrase, frame) for frame in frames for phrase in frame.verbs),
        nouns=_by_last((phrase, frame) for frame in frames for phrase in frame.nouns),
        intent_verbs=_by_first((phrase, intent) for intent in intents for phrase in intent.verbs),
        intent_nouns={noun: intent for intent in reversed(intents) for noun in intent.nouns},
        support=_by_first((phrase, phrase) for phrase in raw["support"]["verbs"]),
        occurs=_by_first((phrase, phrase) for phrase in raw["support"]["occurs"]),
        impends=_by_first((phrase, phrase) for phrase in raw["support"]["impends"]),
        cancels=_by_first((phrase, phrase) for phrase in raw["support"]["cancels"]),
        averts=_by_first((phrase, phrase) for phrase in raw["support"]["averts"]),
        words=EventWords(**{name: frozenset(words) for name, words in raw["words"].items()}),
        modality=ModalityWords(**{name: frozenset(words) for name, words in raw["modality"].items()}),
    )


def _frame(path: Path, where: str, entry: dict[str, Any], groups: Mapping[str, frozenset[str]]) -> EventFrame:
    _only(path, where, entry, {f.name for f in fields(EventFrame)})
    if not entry.get("verbs") and not entry.get("nouns"):
        raise ValueError(f"{path}: {where}: has neither verbs nor nouns")
    if entry.get("plover") not in PLOVER_TYPES:
        raise ValueError(f"{path}: {where}: {entry.get('plover')!r} is no PLOVER type")
    values = dict(entry)
    values["category"] = _category(path, where, entry.get("category"))
    for name in ("objects", "not_objects", "subjects", "complement", "of", "modifiers"):
        values[name] = _expand(path, where, entry.get(name, ()), groups)
    for name in ("verbs", "nouns", "to"):
        values[name] = tuple(entry.get(name, ()))
    if values.get("of_is", "target") not in ("source", "target"):
        raise ValueError(f"{path}: {where}: of_is must be source or target")
    return EventFrame(**values)


def _intent(path: Path, where: str, entry: dict[str, Any]) -> Intent:
    _only(path, where, entry, {f.name for f in fields(Intent)})
    if not entry.get("verbs") and not entry.get("nouns"):
        raise ValueError(f"{path}: {where}: has neither verbs nor nouns")
    if entry.get("plover") is not None and entry["plover"] not in PLOVER_TYPES:
        raise ValueError(f"{path}: {where}: {entry['plover']!r} is no PLOVER type")
    try:
        modality = Modality(entry.get("modality", ""))
    except ValueError:
        raise ValueError(f"{path}: {where}: {entry.get('modality')!r} is no modality") from None
    return Intent(
        modality=modality,
        category=_category(path, where, entry["category"]) if "category" in entry else None,
        plover=entry.get("plover"),
        verbs=tuple(entry.get("verbs", ())),
        nouns=tuple(entry.get("nouns", ())),
    )


def _category(path: Path, where: str, value: Any) -> EventCategory:
    try:
        return EventCategory(value)
    except ValueError:
        raise ValueError(f"{path}: {where}: {value!r} is no category") from None


def _expand(path: Path, where: str, words: Iterable[str], groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    for word in words:
        if not word.startswith("@"):
            found.add(word)
        elif word[1:] in groups:
            found |= {w for w in groups[word[1:]] if not w.startswith("@")}
        else:
            raise ValueError(f"{path}: {where}: unknown group {word!r}")
    return frozenset(found)


def _only(path: Path, where: str, entry: Mapping[str, Any], known: set[str]) -> None:
    unknown = sorted(entry.keys() - known)
    if unknown:
        raise ValueError(f"{path}: {where}: unknown key {unknown[0]!r}")


def _all_of(path: Path, where: str, entry: Mapping[str, Any], needed: set[str]) -> None:
    _only(path, where, entry, needed)
    missing = sorted(needed - entry.keys())
    if missing:
        raise ValueError(f"{path}: {where}: {missing[0]!r} is missing")


def _by_first[T](pairs: Iterable[tuple[str, T]]) -> Phrases[T]:
    index: defaultdict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
    for phrase, value in pairs:
        first, *rest = (word for word in phrase.split() if word not in ("a", "an", "the"))
        index[first].append((tuple(rest), value))
    return {word: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for word, found in index.items()}


def _by_last[T](pairs: Iterable[tuple[str, T]]) -> Phrases[T]:
    index: defaultdict[str, list[tuple[tuple[str, ...], T]]] = defaultdict(list)
    for phrase, value in pairs:
        *before, last = phrase.split()
        index[last].append((tuple(before), value))
    return {word: tuple(sorted(found, key=lambda pair: -len(pair[0]))) for word, found in index.items()}
