"""A real Chromium against the real site: `crisis-timeline serve` with its worker, on a temporary database."""

import os
from collections.abc import Callable, Iterator

import pytest
from browsing import COUNT_SHIFTS, Running, started
from every_page import PAGES
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import Engine

from app.db import queries
from app.db.engine import reading
from app.domain.filters import Filters
from app.services.importing import create_upload, import_file
from app.services.saved_views import save_view
from bench.site import find_chromium, opened_chromium
from bench.synthetic import add_items

DEMO = """Envoys agree to meet in Vienna
20220118
VIENNA - Russian and American envoys agreed on Tuesday to meet in Vienna next week.
"The door to talks is open," U.S. Secretary of State Antony Blinken said in Washington on Tuesday.
Russia has massed more than 100,000 troops near Ukraine, Blinken said.
Kremlin spokesman Dmitry Peskov denied on Tuesday that Russia planned to attack Ukraine.
"""


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The site with a demo article that the worker has read."""

    def fill(engine: Engine) -> None:
        import_file(engine, DEMO.encode(), filename="demo.txt", is_demo=True)

    with started(tmp_path_factory.mktemp("site"), fill) as site:
        site.wait_until_read()
        yield site


@pytest.fixture(scope="session")
def crisis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The site with a crisis of 300 days: 4,000 made-up items, some 300 of them on its climax, 24 February 2022."""
    with started(tmp_path_factory.mktemp("crisis"), lambda engine: add_items(engine, 4_000)) as site:
        yield site


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, or another that is installed; without one the tests are skipped, but fail in CI."""
    if not find_chromium():
        if os.environ.get("CI"):
            pytest.fail("chromium is not installed")
        pytest.skip("chromium is not installed")
    with opened_chromium() as browser:
        yield browser


type OpenPage = Callable[..., Page]


@pytest.fixture
def console_errors() -> list[str]:
    """What the pages' consoles report; a test that expects an error takes it out."""
    return []


@pytest.fixture
def open_page(chromium: Browser, request: pytest.FixtureRequest, console_errors: list[str]) -> Iterator[OpenPage]:
    """Gives pages; a console error or an exception in any of them fails the test (so does what the CSP blocks)."""
    contexts: list[BrowserContext] = []

    def open_page(
        path: str = "/",
        *,
        site: Running | None = None,
        width: int = 1440,
        height: int = 900,
        theme: str = "light",
        js: bool = True,
        touch: bool = False,
    ) -> Page:
        context = chromium.new_context(
            base_url=(site or request.getfixturevalue("running")).url,
            has_touch=touch,
            viewport={"width": width, "height": height},
            color_scheme=theme,  # type: ignore[arg-type]
            java_script_enabled=js,
            reduced_motion="reduce",
            locale="en-GB",
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        page = context.new_page()
        page.on("console", lambda message: console_errors.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: console_errors.append(str(error)))
        page.add_init_script(COUNT_SHIFTS)
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not console_errors


@pytest.fixture(scope="session")
def paths(running: Running) -> tuple[str, ...]:
    """The addresses of all pages, with an item, an upload and a saved view that exist."""
    files = [("nothing.txt", b""), ("undated.txt", b"Title\nNobody knows when ministers met in Oslo on Monday.")]
    upload = create_upload(running.engine, files)
    save_view(running.engine, "Statements of Russia", "kind=statement&country=RU")
    with reading(running.engine) as conn:
        item = queries.timeline_items(conn, Filters(), limit=1).items[0].uid
    return tuple(page.format(item=item, upload=upload, actor="antony-blinken") for page in PAGES)


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The site before its first article, with a password for editors."""
    with started(tmp_path_factory.mktemp("bare"), lambda engine: None, EDIT_PASSWORD="secret") as site:
        yield site


@pytest.fixture(scope="session")
def many(running: Running) -> Running:
    """The site with sixteen more articles, enough for a second page of the list."""
    sentence = '"Round {n} of the talks on {topic} went well," Foreign Minister Sergey Lavrov said on Monday.'
    topics = ("gas", "missiles", "grain", "prisoners", "borders")
    files = [
        (
            f"{n}.txt",
            f"Talks, round {n}\n202202{n:02}\n" + "\n".join(sentence.format(n=n, topic=topic) for topic in topics),
        )
        for n in range(1, 17)
    ]
    create_upload(running.engine, [(name, text.encode()) for name, text in files])
    running.wait_until_read()
    return running
