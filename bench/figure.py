"""Frames per second of the timeline's figure under a moving hand: `python -m bench.figure --items 100000`.

A real Chromium pans and zooms the lanes of the real site over made-up items, as fast as the machine is and four times
slower; frames are those that the page itself gets. Beside them stands the CPU time of the page's main thread for a
frame, which other work on the machine changes less (Linux only). Needs chromium on the path.
"""

import argparse
import itertools
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page

from app.db.engine import open_engine
from app.db.migrate import migrate
from app.settings import DATABASE_NAME
from bench.site import opened_chromium, served
from bench.synthetic import add_items

GESTURE = 3.0  # seconds
SPANS = {
    "weeks": "",
    "days": "?from=2022-01-15&to=2022-04-15",
    "marks": "?country=HU&from=2022-01-15&to=2022-04-15",
    "labels": "?from=2022-02-18&to=2022-03-03",
}
COUNT_FRAMES = """() => {
  window.frames_ = [];
  const note = (now) => { window.frames_.push(now); window.counting = requestAnimationFrame(note); };
  window.counting = requestAnimationFrame(note);
}"""
STOP = "() => { cancelAnimationFrame(window.counting); return window.frames_; }"


@dataclass(frozen=True, slots=True)
class Frames:
    """How often a page could draw: mean frames a second, and the longest waits between two of them in milliseconds."""

    per_second: float
    p95: float
    longest: float
    cpu: float

    @staticmethod
    def of(times: list[float], cpu: float) -> "Frames":
        """From the moments of the frames and the CPU time of all, in milliseconds."""
        gaps = sorted(after - before for before, after in itertools.pairwise(times))
        return Frames(1000 * len(gaps) / (times[-1] - times[0]), gaps[int(len(gaps) * 0.95)], gaps[-1], cpu / len(gaps))

    def __str__(self) -> str:
        return (
            f"{self.per_second:5.1f} frames/s, p95 {self.p95:5.1f} ms, longest {self.longest:6.1f} ms; "
            f"{self.cpu:5.2f} ms of CPU a frame"
        )


@contextmanager
def serving(count: int) -> Iterator[str]:
    """The site over so many items; gives its address."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/{DATABASE_NAME}")
        migrate(engine)
        add_items(engine, count)
        engine.dispose()
        with served(Path(folder), SEED="0") as url:
            yield url


def cpu_ms(page: Page) -> float:
    """CPU time of the main threads of all pages so far; 0 where the system does not tell."""
    browser = page.context.browser
    assert browser
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    files = (Path(f"/proc/{each['id']}/task/{each['id']}/schedstat") for each in found if each["type"] == "renderer")
    return sum(int(file.read_text().split()[0]) / 1e6 for file in files if file.exists())


def gesture(page: Page, move: Callable[[float], None]) -> Frames:
    """Frames while `move` is called again and again with the seconds since the beginning."""
    page.evaluate(COUNT_FRAMES)
    before, began = cpu_ms(page), time.monotonic()
    while (now := time.monotonic() - began) < GESTURE:
        move(now)
    return Frames.of(page.evaluate(STOP), cpu_ms(page) - before)


def pan(page: Page) -> Frames:
    """Drag the lanes to and fro."""
    box = page.locator(".lane-plot").bounding_box()
    assert box
    middle, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - 8
    page.mouse.move(middle, y)
    page.mouse.down()
    found = gesture(page, lambda now: page.mouse.move(middle + 0.4 * box["width"] * _wave(now), y))
    page.mouse.up()
    return found


def zoom(page: Page) -> Frames:
    """Turn the wheel to and fro, Ctrl held down."""
    box = page.locator(".lane-plot").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100)
    page.keyboard.down("Control")
    found = gesture(page, lambda now: page.mouse.wheel(0, 12 if now % 1 < 0.5 else -12))
    page.keyboard.up("Control")
    return found


def _wave(seconds: float) -> float:
    """From -1 to 1 and back every two seconds."""
    return abs((seconds + 0.5) % 2 - 1) * 2 - 1


def measure(browser: Browser, url: str, slower: int) -> None:
    """Print the figures of all three levels, the processor slowed down so many times."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    cdp: CDPSession = page.context.new_cdp_session(page)
    for level, query in SPANS.items():
        for name, act in (("pan", pan), ("zoom", zoom)):
            page.goto(f"{url}/{query}")
            page.locator(f".lane-plot[data-level={level}]").wait_for()
            page.wait_for_timeout(500)
            marks = page.locator(".mark").count()
            cdp.send("Emulation.setCPUThrottlingRate", {"rate": slower})
            found = act(page)
            cdp.send("Emulation.setCPUThrottlingRate", {"rate": 1})
            print(f"{level:7} {name:5} {slower} x slower, {marks:5} marks: {found}", flush=True)
    page.close()


def first_drawing(browser: Browser, url: str) -> None:
    """Print how long the first lanes take from the start of a page whose files the browser has."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    times = []
    for _ in range(5):
        page.goto(url)
        page.locator(".mark").first.wait_for()
        times.append(page.evaluate("() => performance.now()"))
    paints = page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime")
    print(f"first paint {paints:.0f} ms, lanes drawn after {statistics.median(times):.0f} ms")


PAINTED = """(kind) => new Promise((done) => {
  performance.clearResourceTimings();
  const began = performance.now();
  const moments = {};
  document.addEventListener("htmx:before:swap", () => { moments.parsed = performance.now() - began; }, { once: true });
  document.addEventListener("htmx:after:swap", () => { moments.swapped = performance.now() - began; }, { once: true });
  new MutationObserver((_, observer) => {
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => {
      moments.painted = performance.now() - began;
      const list = performance.getEntriesByType("resource").find((each) => new URL(each.name).pathname === "/");
      moments.asked = list.requestStart - began;
      moments.answered = list.responseStart - began;
      moments.read = list.responseEnd - began;
      const lanes = new MutationObserver(() => { moments.lanes = performance.now() - began; });
      lanes.observe(document.querySelector(".lane-plot"), { childList: true, subtree: true });
      setTimeout(() => { lanes.disconnect(); done([moments, list.encodedBodySize, list.decodedBodySize]); }, 700);
    }));
  }).observe(document.querySelector(".counts"), { childList: true, characterData: true, subtree: true });
  document.getElementById(`f-kind-${kind}`).click();
})"""
STEPS = ("asked", "answered", "read", "parsed", "swapped", "painted")


def filter_to_painted(browser: Browser, url: str) -> None:
    """Print how long a tick in the filters takes until the list that it asks for is painted, and what takes so long."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(url)
    page.locator(".mark").first.wait_for()
    found, sizes = [], (0, 0)
    for kind in ("troops", "military", "statement", "troops", "military", "statement"):
        moments, *sizes = page.evaluate(PAINTED, kind)
        found.append(moments)
    times = [moments["painted"] for moments in found]
    print(f"filter to painted: median {statistics.median(times):.0f} ms, most {max(times):.0f} ms (limit 200)")
    spent = [
        (step, statistics.median(moments[step] - (moments[before] if before else 0) for moments in found))
        for before, step in itertools.pairwise(("", *STEPS))
    ]
    packed, unpacked = (size / 1000 for size in sizes)
    lanes = statistics.median(moments["lanes"] for moments in found if "lanes" in moments)
    steps = ", ".join(f"{step} {time:.0f}" for step, time in spent)
    print(
        f"  of these: {steps} ms; {packed:.0f} kB, unpacked {unpacked:.0f}; lanes drawn after {lanes:.0f} ms",
        flush=True,
    )
    page.close()


def main() -> None:
    """Start the site and the browser, and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=100_000)
    arguments = parser.parse_args()
    with serving(arguments.items) as url, opened_chromium() as browser:
        first_drawing(browser, url)
        filter_to_painted(browser, url)
        for slower in (1, 4):
            measure(browser, url, slower)


if __name__ == "__main__":
    main()
