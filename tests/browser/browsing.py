"""What browser tests do with a page: open it, wait until it stands still, look at it with axe and for jumps."""

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from every_page import ERRORS
from playwright.sync_api import Page, expect
from sqlalchemy import Engine

from app.db.engine import open_engine
from app.settings import DATABASE_NAME
from bench.site import articles_to_read, served

SECONDS_TO_READ = 90
MOST_SHIFT = 0.02  # of the screen, by which a page may jump
COUNT_SHIFTS = """
  window.shifts = [];
  window.note = (list) => window.shifts.push(...list.filter((entry) => !entry.hadRecentInput));
  window.shiftObserver = new PerformanceObserver((list) => window.note(list.getEntries()));
  window.shiftObserver.observe({type: "layout-shift", buffered: true});
"""
SHIFTS = """() => {
  window.note(window.shiftObserver.takeRecords());
  const sources = window.shifts.flatMap((entry) => entry.sources);
  const moved = sources.map(({node}) => node?.outerHTML?.slice(0, 120) ?? "text");
  return {sum: window.shifts.reduce((sum, entry) => sum + entry.value, 0), moved};
}"""
DRAWN = """async () => {
  await document.fonts.ready;
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
AXE = (Path(__file__).parent / "vendor/axe-4.14.1.min.js").read_text()
RUN_AXE = """async (colours) => {
  const all = {rules: {"target-size": {enabled: true}}};
  const found = await axe.run(colours ? {runOnly: ["color-contrast", "link-in-text-block"]} : all);
  return found.violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`));
}"""


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


def go(page: Page, path: str) -> None:
    """Open another page; the browser would report the status of an error page as a console error."""
    if path in ERRORS:
        page.route(f"**{path}", lambda route: route.fulfill(response=route.fetch(), status=200))
    page.goto(path)


def settle(page: Page) -> None:
    """Wait until the page is as it stays: fonts loaded, the timeline's lanes drawn."""
    counts = page.locator("#lanes .lane-count")
    if counts.count():
        expect(counts.first).to_have_text(re.compile("item"))
    page.evaluate(DRAWN)


def shifts(page: Page) -> dict[str, Any]:
    """How far the page jumped by itself since it was opened (cumulative layout shift), and what moved."""
    return page.evaluate(SHIFTS)


def violations(page: Page) -> list[str]:
    """What axe finds in the page as it stands, in both themes; in the dark nothing but the colours is another."""
    page.evaluate(AXE)
    found = []
    for theme, colours_alone in (("light", False), ("dark", True)):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        found += [f"{theme}: {each}" for each in page.evaluate(RUN_AXE, colours_alone)]
    page.emulate_media(color_scheme="light")
    return found
