"""The works of others that the site rests on, with their licences; NOTICE has them in full."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a work or its licence."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Work:
    """What is used, whose it is under which licence, and where that can be read."""

    use: str
    credit: str
    links: tuple[Link, ...] = ()


WORKS = (
    Work(
        "Place names",
        "GeoNames, under CC BY 4.0; cities were selected and put into another form.",
        (
            Link("geonames.org", "https://www.geonames.org/"),
            Link("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ),
    ),
    Work("Map", "Natural Earth (public domain), by way of world-atlas (ISC); its borders are not this site’s opinion."),
    Work(
        "Offices and names",
        "Wikidata (CC0), the CIA World Factbook and the 1990 census of the United States (public domain).",
    ),
    Work("Language model", "spaCy and its English model en_core_web_md, © ExplosionAI (MIT)."),
    Work("Typefaces", "Source Serif 4, © Adobe, and Inter, © The Inter Project Authors (SIL Open Font License 1.1)."),
    Work(
        "Programs",
        "htmx (Zero-Clause BSD); FastAPI, Pydantic, SQLAlchemy, Alembic, Typer, Rich, structlog and pwdlib (MIT); "
        "Starlette, Jinja, Uvicorn, NumPy and threadpoolctl (BSD); python-multipart (Apache 2.0); psycopg (LGPL 3).",
    ),
)
