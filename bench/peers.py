"""Our figure beside vis-timeline and TimelineJS with the same items: `python -m bench.peers`.

Both come from npm, pinned, into `.tools/peers`, and are served with the same made-up items in a bare page of their own.
A drawing that is not done after two minutes is given up, and said to be.
"""

import argparse
import http.server
import json
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as GivenUp

from app.settings import ROOT
from bench.figure import gesture, pan, serving, zoom
from bench.site import opened_chromium

TOOLS = ROOT / ".tools/peers"
PACKAGES = ("vis-timeline@8.5.4", "@knight-lab/timelinejs@3.9.11")
SECONDS = 120
WIDTH, HEIGHT = 1440, 900
VIS_PANEL = ".vis-panel.vis-center"

VIS = """<!doctype html><meta charset="utf-8"><title>vis-timeline</title>
<link rel="stylesheet" href="node_modules/vis-timeline/styles/vis-timeline-graph2d.min.css">
<div id="figure"></div>
<script src="node_modules/vis-timeline/standalone/umd/vis-timeline-graph2d.min.js"></script>
<script>
fetch("items.json").then((answer) => answer.json()).then((items) => {
  const groups = [...new Set(items.map((item) => item.kind))].map((kind) => ({ id: kind, content: kind }));
  const shown = items.map((item, id) => (
    { id, group: item.kind, content: item.headline, start: item.date, type: "point" }
  ));
  const options = { height: "400px", zoomKey: "ctrlKey" };
  const figure = new vis.Timeline(document.getElementById("figure"), shown, groups, options);
  figure.on("changed", () => { document.body.dataset.drawn = "yes"; });
});
</script>"""
TIMELINE_JS = """<!doctype html><meta charset="utf-8"><title>TimelineJS</title>
<link rel="stylesheet" href="node_modules/@knight-lab/timelinejs/dist/css/timeline.css">
<div id="figure" style="width: 100%; height: 700px"></div>
<script src="node_modules/@knight-lab/timelinejs/dist/js/timeline.js"></script>
<script>
fetch("items.json").then((answer) => answer.json()).then((items) => {
  const events = items.map((item) => {
    const [year, month, day] = item.date.split("-").map(Number);
    return { start_date: { year, month, day }, text: { headline: item.headline }, group: item.kind };
  });
  const figure = new TL.Timeline("figure", { events }, { hash_bookmark: false, font: null });
  figure.on("loaded", () => { document.body.dataset.drawn = "yes"; });
});
</script>"""


def install() -> None:
    """Fetch both where they are missing. Raises SystemExit without npm."""
    if (TOOLS / "node_modules/vis-timeline").exists() and (TOOLS / "node_modules/@knight-lab").exists():
        return
    if not shutil.which("npm"):
        raise SystemExit("The comparison needs Node.js and npm.")
    TOOLS.mkdir(parents=True, exist_ok=True)
    options = ("--no-fund", "--no-audit", "--loglevel=error", "--legacy-peer-deps", "--ignore-scripts")
    subprocess.run(["npm", "install", "--prefix", TOOLS, *options, *PACKAGES], check=True)


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves a folder without a line for each request."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def bare_pages(items: Sequence[dict[str, Any]]) -> Iterator[str]:
    """The peers' pages over the items; gives their address."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "node_modules").symlink_to(TOOLS / "node_modules")
        Path(folder, "items.json").write_text(json.dumps(items))
        Path(folder, "vis.html").write_text(VIS)
        Path(folder, "timelinejs.html").write_text(TIMELINE_JS)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def measure(
    browser: Browser, name: str, address: str, drawn: str, acts: Sequence[tuple[str, Callable[[Page], object]]]
) -> None:
    """Print how long the first drawing takes, and the frames of each gesture."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.set_default_timeout(1000 * SECONDS)
    began = time.monotonic()
    try:
        page.goto(address, wait_until="commit")
        page.locator(drawn).first.wait_for(state="attached")
        print(f"{name:14} drawn after {1000 * (time.monotonic() - began):6.0f} ms", flush=True)
        for title, act in acts:
            print(f"{name:14} {title:5} {act(page)}", flush=True)
    except GivenUp:
        print(f"{name:14} given up after {SECONDS} s", flush=True)
    page.close()


def drag(page: Page, selector: str) -> object:
    """Drag a peer's figure to and fro."""
    box = page.locator(selector).first.bounding_box()
    assert box
    middle, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(middle, y)
    page.mouse.down()
    found = gesture(page, lambda now: page.mouse.move(middle + 300 * (abs((now + 0.5) % 2 - 1) * 2 - 1), y))
    page.mouse.up()
    return found


def turn(page: Page, selector: str) -> object:
    """Turn the wheel over a peer's figure to and fro, Ctrl held down."""
    box = page.locator(selector).first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.keyboard.down("Control")
    found = gesture(page, lambda now: page.mouse.wheel(0, 60 if now % 1 < 0.5 else -60))
    page.keyboard.up("Control")
    return found


def items_of(url: str) -> list[dict[str, Any]]:
    """What the site has, as far as it has a day."""
    with urllib.request.urlopen(f"{url}/items.json", timeout=SECONDS) as answer:
        found = json.load(answer)["items"]
    shown = [
        {"kind": each["kind"], "date": each.get("date"), "headline": each.get("headline") or each["text"]}
        for each in found
    ]
    return [each for each in shown if each["date"] and len(each["date"]) == len("2022-02-15")]


def main() -> None:
    """Measure all three at each size."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, nargs="*", default=[1_000, 10_000])
    arguments = parser.parse_args()
    install()
    with opened_chromium() as browser:
        for count in arguments.items:
            with serving(count) as url:
                shown = items_of(url)
                print(f"{count} items, {len(shown)} of them with a day", flush=True)
                measure(browser, "ours", url, ".lane-plot .mark", (("pan", pan), ("zoom", zoom)))
                with bare_pages(shown) as bare:
                    vis = [("pan", partial(drag, selector=VIS_PANEL)), ("zoom", partial(turn, selector=VIS_PANEL))]
                    measure(browser, "vis-timeline", f"{bare}/vis.html", "body[data-drawn]", vis)
                    knight = [("pan", partial(drag, selector=".tl-timenav"))]  # its wheel moves to the side only
                    measure(browser, "TimelineJS", f"{bare}/timelinejs.html", "body[data-drawn]", knight)


if __name__ == "__main__":
    main()
