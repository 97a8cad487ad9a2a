"""Places in the text, with their country and position where known, and the word that ties them to what is told."""

from spacy.tokens import Doc, Token

from app.extraction.findings import Parsed, PlaceMention
from app.extraction.grammar import child
from app.knowledge import Knowledge
from app.knowledge.places import Place

PLACE_TYPES = frozenset({"GPE", "LOC", "FAC"})
MISTAKEN_TYPES = frozenset(
    {"ORG", "PERSON", "PRODUCT", "NORP", "EVENT", "WORK_OF_ART"}
)  # what the model may call a rare place
BORDERS = frozenset({"border", "frontier"})
COMPASS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "southwestern"}
)
MAX_WORDS = 5


def find_places(parsed: Parsed, knowledge: Knowledge) -> list[PlaceMention]:
    """Every place mention of the text, in order: countries, cities, regions, seas, and borders of countries.

    A name counts only inside a named entity; of names that overlap, the longest counts.
    """
    doc, text, found = parsed.doc, parsed.doc.text, []
    at = 0
    while at < len(doc):
        token = doc[at]
        match = _longest(doc, text, at, knowledge) if token.ent_type_ or token.lower_ in COMPASS else None
        if match is None:
            border = _border_of(token, knowledge)
            if border is not None:
                found.append(border)
                at = border.end
                continue
            at += 1
            continue
        end, place = match
        found.append(_mention(doc, at, end, place, knowledge))
        at = max(found[-1].end, end)
    return found


def _longest(doc: Doc, text: str, start: int, knowledge: Knowledge) -> tuple[int, Place] | None:
    places, countries, begins = knowledge.places, knowledge.countries.by_name, doc[start].idx
    for end in range(min(len(doc), start + MAX_WORDS), start, -1):
        last = doc[end - 1]
        name = text[begins : last.idx + len(last)]
        if name not in places.cities and name not in places.own and name not in countries:
            continue
        if last.pos_ in ("ADP", "DET", "PUNCT") or (last.lower_ == "'s"):
            continue
        place = _known(name, [t for t in doc[start:end] if t.ent_type_], start, end, doc, knowledge)
        if place is not None:
            return end, place
    return None


def _known(name: str, entity: list[Token], start: int, end: int, doc: Doc, knowledge: Knowledge) -> Place | None:
    if not entity or not any(t.text[:1].isupper() for t in entity):
        return None
    types = {t.ent_type_ for t in entity}
    whole = not (
        end < len(doc)
        and doc[end].ent_iob_ == "I"
        and doc[end].ent_type_ not in PLACE_TYPES
        and doc[end].pos_ == "PROPN"
    )
    place = knowledge.places.own.get(name)
    if place is not None:
        begins = doc[start].ent_iob_ == "B" or doc[start - 1].lower_ == "the"
        inside_name = types <= {"PERSON", "ORG"} and not (begins and whole)  # "... for Security in Europe"
        return place if types & PLACE_TYPES or (types & MISTAKEN_TYPES and whole and not inside_name) else None
    if not types & PLACE_TYPES or not whole:
        return None
    country = knowledge.countries.by_name.get(name)
    if country is not None:
        return Place(country.name, country.code, None, None)
    if doc[start].ent_iob_ == "I" and doc[start - 1].lower_ != "the" and doc[start - 1].pos_ == "PROPN":
        return None
    return knowledge.places.find(name)


def _mention(doc: Doc, start: int, end: int, place: Place, knowledge: Knowledge) -> PlaceMention:
    head = doc[start:end].root
    noun = head.head
    if (capital := _capital(head, place.country, knowledge)) is not None:
        return PlaceMention(
            start, noun.i + 1, noun.i, capital.name, capital.country, capital.lat, capital.lon, _relation(noun)
        )
    if (
        noun.lemma_ in BORDERS
        and head.dep_ in ("poss", "compound", "nmod", "amod")
        and noun.i >= end
        and noun.i - end <= 3
    ):
        return PlaceMention(
            start,
            noun.i + 1,
            noun.i,
            doc[start : noun.i + 1].text,
            place.country,
            None,
            None,
            _relation(noun),
            place.disputed,
        )
    name = (
        place.name
        if place.lat is None or place.name in doc[start:end].text
        else doc[start:end].text.removeprefix("the ")
    )
    return PlaceMention(start, end, head.i, name, place.country, place.lat, place.lon, _relation(head), place.disputed)


def _border_of(token: Token, knowledge: Knowledge) -> PlaceMention | None:
    """ "the Ukrainian border", "the Ukrainian capital": an adjective of a country before a word for either."""
    noun = token.head
    if token.dep_ not in ("amod", "compound") or noun.i < token.i or noun.lemma_ not in BORDERS | {"capital"}:
        return None
    country = knowledge.countries.by_adjective.get(token.text)
    if country is None:
        return None
    capital = _capital(token, country.code, knowledge)
    if noun.lemma_ == "capital":
        if capital is None:
            return None
        return PlaceMention(
            token.i, noun.i + 1, noun.i, capital.name, country.code, capital.lat, capital.lon, _relation(noun)
        )
    return PlaceMention(
        token.i, noun.i + 1, noun.i, token.doc[token.i : noun.i + 1].text, country.code, relation=_relation(noun)
    )


def _capital(token: Token, country: str | None, knowledge: Knowledge) -> Place | None:
    """The capital that "Kenya's capital" and "the Kenyan capital" name, by the word for the country; not money."""
    noun, known = token.head, knowledge.countries.by_code.get(country or "")
    if known is None or noun.lemma_ != "capital" or token.dep_ not in ("poss", "amod", "compound") or noun.i < token.i:
        return None
    if noun.dep_ not in ("pobj", "nsubj", "nsubjpass", "dobj", "conj", "appos") or child(noun, "appos") is not None:
        return None
    found = knowledge.places.find(known.capitals[0]) if known.capitals else None
    return found if found is not None and found.country == country else None


def _relation(head: Token) -> str | None:
    """The preposition that governs the place, the outer ones too: "out of", "close to"."""
    while head.dep_ in ("conj", "appos") and head.head != head:
        head = head.head
    prep = head.head
    if head.dep_ != "pobj" or prep.pos_ not in ("ADP", "SCONJ", "ADV", "VERB"):
        return None
    outer = prep.head
    if prep.lower_ == "of" and outer.lemma_ in (
        "city",
        "town",
        "village",
        "port",
        "region",
        "capital",
        "border",
        "area",
        "outskirt",
        "north",
        "south",
        "east",
        "west",
    ):
        return _relation(outer) or prep.lower_
    if outer.pos_ in ("ADP", "ADV") and outer.i == prep.i - 1:
        return f"{outer.lower_} {prep.lower_}"
    return prep.lower_
