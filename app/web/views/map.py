"""The map: rings with counts where items are placed, on outlines that are projected for wherever that is."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from app.db.places import PlaceCount
from app.db.rows import FacetValue
from app.domain.filters import Facet, Filters
from app.domain.vocabulary import ItemKind
from app.knowledge.chosen import known_places
from app.knowledge.country_names import country_in, country_name
from app.web import urls
from app.web.maps.frame import SHEETS, WIDE, Frame, Sheet, frame_around, frame_of
from app.web.maps.ground import Ground, code_of, ground, middle_of
from app.web.maps.outlines import land_near
from app.web.maps.regions import is_broad
from app.web.maps.view import Step, View
from app.web.views import words
from app.web.views.facets import Chip, chips
from app.web.views.place_list import PlaceLine, place_lines
from app.web.views.rings import Mark, Name, Spot, drawn_marks
from app.web.views.shell import Shell

STEP = 0.5  # of the shorter side, a move to the side
CLOSER = 2.0
LINES, MOST_LINES = 60, 120  # places in the list, and with those behind "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The map on one sheet, of which a page shows the one that fits it.

    `view` is what it shows, as an address has it; `globe` is the globe's radius as a share of the sheet's width.
    """

    sheet: Sheet
    ground: Ground
    marks: tuple[Mark, ...]
    names: tuple[Name, ...]
    view: str
    globe: float
    beyond: int

    @property
    def places(self) -> frozenset[str]:
        """The names of the places on it."""
        return frozenset().union(*(mark.places for mark in self.marks))


@dataclass(frozen=True, slots=True)
class Button:
    """A move of the map; without an address there is nothing more to see that way."""

    name: str
    text: str
    href: str | None


@dataclass(frozen=True, slots=True)
class KindChoice:
    """A kind to show alone, or with the others again."""

    kind: ItemKind
    label: str
    count: int
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """All that a move or a filter changes; `kept` are the parameters that the form of filters carries on."""

    template: ClassVar[str] = "map/_view.html"
    drawings: tuple[Drawing, ...]
    tint: str
    buttons: tuple[Button, ...]
    lines: tuple[PlaceLine, ...]
    rest: tuple[PlaceLine, ...]
    number_of_places: int
    broad: tuple[PlaceLine, ...]
    kinds: tuple[KindChoice, ...]
    chips: tuple[Chip, ...]
    countries: tuple[FacetValue, ...]
    kept: tuple[tuple[str, str], ...]
    filters: Filters
    placed: int
    unplaced: int
    timeline_href: str
    clear_href: str
    span: str
    shell: Shell

    @property
    def has_dashed(self) -> bool:
        """Whether some ring tells of nothing finer than a country or an area."""
        return any(mark.is_whole for drawing in self.drawings for mark in drawing.marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """The whole page."""

    template: ClassVar[str] = "map/page.html"
    shell: Shell
    map: MapView


def map_view(
    places: Sequence[PlaceCount],
    unplaced: int,
    filters: Filters,
    view: View | None,
    *,
    shell: Shell,
    span: str,
    kinds: Mapping[ItemKind, int],
    facets: Mapping[Facet, Sequence[FacetValue]],
) -> MapView:
    """The map of the places under the filters; `unplaced` items name no place, `kinds` counts under other filters."""
    spots = list(_spots(places))
    tinted = _most_told(spots)
    drawings = tuple(_drawing(sheet, spots, filters, view, tinted) for sheet in SHEETS) if spots else ()
    on_map = sum(spot.total for spot in spots)
    broad = [place for place in places if is_broad(place.name)]
    frame = _framed(WIDE, spots, view)
    drawn = {drawing.sheet.name: drawing.places for drawing in drawings}
    lines = tuple(place_lines(places[:MOST_LINES], drawn, filters))
    shown = view.written() if view else None
    return MapView(
        drawings=drawings,
        tint=country_name(tinted) if any(each.ground.tinted or each.ground.claimed for each in drawings) else "",
        buttons=tuple(_buttons(filters, frame, is_moved=view is not None)) if spots else (),
        lines=lines[:LINES],
        rest=lines[LINES:],
        number_of_places=len(places),
        broad=tuple(place_lines(broad, {}, filters)),
        kinds=tuple(_kinds(kinds, filters, shown)),
        chips=tuple(chips(filters, facets, "/map", view=shown)),
        countries=tuple(each for each in facets[Facet.COUNTRY] if not (each.selected or each.excluded)),
        kept=tuple(urls.parameters(replace(filters, first=None, last=None), view=shown)),
        filters=filters,
        placed=on_map,
        unplaced=unplaced + sum(place.total for place in places) - on_map - sum(place.total for place in broad),
        timeline_href=urls.href("/", filters),
        clear_href=urls.href("/map", Filters(), view=shown),
        span=span,
        shell=shell,
    )


def _framed(sheet: Sheet, spots: Sequence[Spot], view: View | None) -> Frame:
    if view:
        return frame_around(view.lon, view.lat, view.km, sheet)
    at_points = [spot for spot in spots if not spot.code] or spots
    return frame_of([(spot.lon, spot.lat) for spot in at_points], [spot.total for spot in at_points], sheet)


def _drawing(sheet: Sheet, spots: Sequence[Spot], filters: Filters, view: View | None, tinted: str) -> Drawing:
    frame = _framed(sheet, spots, view)
    drawn = ground(sheet.name, frame.lon, frame.lat, frame.km, tinted)
    marks, names = drawn_marks(frame, drawn.areas, spots, filters)
    return Drawing(
        sheet=sheet,
        ground=drawn,
        marks=tuple(marks),
        names=tuple(names),
        view=View(frame.lon, frame.lat, frame.km).written(),
        globe=round(frame.scale / sheet.width, 6),
        beyond=sum(spot.total for spot in spots) - sum(mark.count for mark in marks),
    )


def _spots(places: Sequence[PlaceCount]) -> Iterator[Spot]:
    """What can be drawn: points, and one spot a country for places that are no more than it, or near its borders."""
    by_code: dict[str, list[PlaceCount]] = {}
    for place in places:
        if is_broad(place.name):
            continue
        if place.position:
            known = known_places().find(place.name)
            is_area = known is not None and known.is_broad
            yield Spot(place.position[1], place.position[0], (place,), place.total, is_area=is_area)
        elif code := country_in(place.name):
            by_code.setdefault(code, []).append(place)
    for code, found in by_code.items():
        if middle := middle_of(code):
            yield Spot(*middle, tuple(found), sum(place.total for place in found), code)


def _most_told(spots: Sequence[Spot]) -> str:
    """The code of the country with most of the items; what lies in a disputed area counts for nobody."""
    totals: Counter[str] = Counter()
    for spot in spots:
        land = None if spot.code else land_near(spot.lon, spot.lat)
        if code := spot.code or (land and code_of(land.name)):
            totals[code] += spot.total
    return totals.most_common(1)[0][0] if totals else ""


def _kinds(counts: Mapping[ItemKind, int], filters: Filters, shown: str | None) -> Iterator[KindChoice]:
    """The kinds that name places."""
    for kind in ItemKind:
        is_chosen = kind in filters.kinds
        if counts.get(kind) or is_chosen:
            kinds = tuple(each for each in ItemKind if (each in filters.kinds) != (each is kind))
            href = urls.href("/map", replace(filters, kinds=kinds), view=shown)
            yield KindChoice(kind, words.KINDS[kind], counts.get(kind, 0), href, is_chosen)


def _buttons(filters: Filters, frame: Frame, *, is_moved: bool) -> Iterator[Button]:
    side = STEP * frame.sheet.shorter / frame.scale
    steps = {
        "closer": Step(0, 0, CLOSER),
        "wider": Step(0, 0, 1 / CLOSER),
        "west": Step(-side, 0, 1),
        "north": Step(0, side, 1),
        "south": Step(0, -side, 1),
        "east": Step(side, 0, 1),
    }
    now = View(frame.lon, frame.lat, frame.km)
    for name, step in steps.items():
        then = now.after(step)
        href = None if then.written() == now.written() else urls.href("/map", filters, view=then.written())
        yield Button(name, {"closer": "Closer", "wider": "Wider"}.get(name, f"To the {name}"), href)
    yield Button("fit", "Show where most items are", urls.href("/map", filters) if is_moved else None)
