"""Actors and countries: the directories, and a page for each."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse
from sqlalchemy import Connection
from starlette.responses import Response

from app.db import profiles, queries
from app.db.cache import ByGeneration
from app.db.directory import Directory
from app.db.ties import Ties, actor_ties, country_ties
from app.domain.errors import NotFound
from app.domain.filters import Facet, Filters
from app.domain.vocabulary import ActorKind, ItemKind, Part
from app.knowledge.country_names import body_of_code
from app.knowledge.known_actors import known_profile
from app.web.deps import Here
from app.web.render import respond
from app.web.views.directory import actors_page, countries_page
from app.web.views.profiles import Told, actor_page, country_page

router = APIRouter()
LATEST = 4


@router.get("/actors")
def index(request: Request, here: Here) -> Response:
    """All actors with items; `name`, `kind` and `country` narrow the list, `page` leafs through it."""
    query = request.query_params
    name = " ".join(query.get("name", "").split())[:200]
    kind = next((each for each in ActorKind if each == query.get("kind")), None)
    country = query.get("country", "").upper()
    number = _page_number(query.get("page", ""))
    with here.reading() as conn:
        directory = _directory(request, conn)
        with_actors = [each for each in directory.countries if each.actors]
        country = country if any(each.code == country for each in with_actors) else ""
        found = directory.find_actors(name, kind=kind, country=country or None)
        page = actors_page(
            found,
            shell=here.shell(here.site(conn), "actors"),
            number=number,
            name=name,
            kind=kind,
            country=country,
            countries=with_actors,
            everybody=len(directory.actors),
        )
    return respond(page)


@router.get("/actors/{slug}")
def show(request: Request, here: Here, slug: str) -> Response:
    """An actor: who it is, what it said and did, and with whom."""
    with here.reading() as conn:
        found = profiles.actor(conn, slug)
        if found is None:
            raise NotFound("No actor of this name is known here. The directory of actors has everybody who is.")
        if found.row.slug != slug:
            return RedirectResponse(f"/actors/{found.row.slug}", status_code=301)
        parts = (Part.SPEAKER, Part.PARTY, Part.CLAIMANT)
        ties = _directory(request, conn).ties(slug, lambda: actor_ties(conn, found.row.id))
        told = _told(conn, Filters(actors=(slug,)), parts, ties)
        shell = here.shell(here.site(conn), "actors")
    known = known_profile(found.key) if found.key else None
    return respond(actor_page(found, known, told, shell=shell))


@router.get("/countries")
def countries(request: Request, here: Here) -> Response:
    """All countries and bodies with items; `name` narrows the list."""
    name = " ".join(request.query_params.get("name", "").split())[:200]
    with here.reading() as conn:
        directory = _directory(request, conn)
        found = directory.find_countries(name)
        shell = here.shell(here.site(conn), "countries")
    return respond(countries_page(found, shell=shell, name=name, everything=len(directory.countries)))


@router.get("/countries/{code}")
def country(request: Request, here: Here, code: str) -> Response:
    """A country or body: what it said and did, what is claimed of its forces, and its actors."""
    if code != code.upper():
        return RedirectResponse(f"/countries/{code.upper()}", status_code=301)
    with here.reading() as conn:
        directory = _directory(request, conn)
        entry = directory.country(code)
        if entry is None:
            if (slug := body_of_code(code)) and profiles.actor(conn, slug):
                return RedirectResponse(f"/actors/{slug}", status_code=303)
            raise NotFound("No item is about a country or body of this code. The list of countries has all that are.")
        parts = (Part.FORCE, Part.SPEAKER, Part.PARTY)
        ties = directory.ties(code, lambda: country_ties(conn, code))
        told = _told(conn, Filters(countries=(code,)), parts, ties)
        shell = here.shell(here.site(conn), "countries")
    people = [each for each in directory.find_actors(country=code) if each.kind is not ActorKind.COUNTRY]
    return respond(country_page(entry, people, told, shell=shell))


def _page_number(value: str) -> int:
    return max(1, int(value)) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _directory(request: Request, conn: Connection) -> Directory:
    known: ByGeneration[Directory] = request.app.state.directory
    return known.get(conn)


def _told(conn: Connection, own: Filters, parts: tuple[Part, ...], ties: Ties) -> Told:
    counted = queries.facet_counts(conn, own)[Facet.KIND]
    return Told(
        days=queries.day_counts(conn, own),
        all_days=queries.day_counts(conn, Filters()),
        kinds={ItemKind(each.value): each.count for each in counted},
        latest={
            part: queries.timeline_items(conn, replace(own, part=part, newest_first=True), limit=LATEST).items
            for part in parts
        },
        ties=ties,
    )
