"""The demo articles: there for a first look, marked as such, and easily gone."""

from pathlib import Path

from sqlalchemy import Engine, select

from app.db.engine import insert_if_new, reading, writing
from app.db.models import documents, site
from app.services.articles import remove_articles
from app.services.generation import advance_generation
from app.services.importing import import_file

REMOVED = "demo_removed"


def load_demo(engine: Engine, seeds: Path) -> int:
    """Import a folder's articles as demo articles into a store that is empty and never had its demo removed.

    Returns how many; workers read them.
    """
    with reading(engine) as conn:
        removed = conn.execute(select(site.c.key).where(site.c.key == REMOVED)).first()
        if removed or conn.execute(select(documents.c.id).limit(1)).first():
            return 0
    articles = sorted(seeds.glob("*.txt"))
    for path in articles:
        import_file(engine, path.read_bytes(), filename=path.name, is_demo=True)
    return len(articles)


def remove_demo(engine: Engine) -> int:
    """Delete the demo articles and the items that only they tell of; returns how many articles."""
    with writing(engine) as conn:
        demo = list(conn.execute(select(documents.c.id).where(documents.c.is_demo)).scalars())
        if demo:
            remove_articles(conn, demo)
            conn.execute(insert_if_new(conn, site).values(key=REMOVED, value="yes"))
            advance_generation(conn)
    return len(demo)
