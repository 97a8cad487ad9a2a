"""A real Chromium against the real site: `crisis-timeline serve` with its worker, on a temporary database."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import Engine

from app.db.engine import open_engine
from app.services.importing import create_upload, import_file
from app.settings import DATABASE_NAME
from bench.site import articles_to_read, find_chromium, opened_chromium, served
from bench.synthetic import add_items

SECONDS_TO_READ = 90
DEMO = """Envoys agree to meet in Vienna
20220118
VIENNA - Russian and American envoys agreed on Tuesday to meet in Vienna next week.
"The door to talks is open," U.S. Secretary of State Antony Blinken said in Washington on Tuesday.
Russia has massed more than 100,000 troops near Ukraine, Blinken said.
Kremlin spokesman Dmitry Peskov denied on Tuesday that Russia planned to attack Ukraine.
"""


@dataclass(frozen=True)
class Running:
    """The running site."""

    url: str
    engine: Engine

    def wait_until_read(self) -> None:
        """Wait until the worker has read every article."""
        deadline = time.monotonic() + SECONDS_TO_READ
        while articles_to_read(self.url) != 0:
            if time.monotonic() > deadline:
                pytest.fail("the worker has not read the articles")
            time.sleep(0.1)


@contextmanager
def started(folder: Path, fill: Callable[[Engine], None], **settings: str) -> Iterator[Running]:
    """The site in a process of its own, on a database in the folder that `fill` puts something in."""
    with served(folder, SEED="0", **settings) as url:
        engine = open_engine(f"sqlite:///{folder}/{DATABASE_NAME}")
        try:
            fill(engine)
            yield Running(url, engine)
        finally:
            engine.dispose()


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
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not console_errors


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
