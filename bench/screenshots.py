"""Renew the README's pictures from the demo site, and the one that links to the site are shared with.

`make screenshots` does; `--all FOLDER` takes every page at every width instead.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser

from app.settings import ROOT
from bench.site import demo_site, opened_chromium

README = (  # file, path, width, height, theme
    ("timeline", "/", 1440, 1000, "light"),
    ("timeline-dark", "/?from=2022-02-10&to=2022-02-20", 1440, 1000, "dark"),
    ("map", "/map", 1440, 1000, "light"),
    ("troops", "/troops?country=RU&part=force", 1440, 1000, "light"),
    ("phone", "/", 390, 844, "light"),
)
SHARED = ROOT / "bench/share.html"
PATHS = {
    "timeline": "/",
    "filtered": "/?from=2022-02-10&to=2022-02-20",
    "no-match": "/?q=nothing+at+all",
    "map": "/map",
    "troops": "/troops",
    "actors": "/actors",
    "actor": "/actors/vladimir-putin",
    "country": "/countries/RU",
    "articles": "/articles",
    "article": "/articles/1",
    "coverage": "/articles/1?view=coverage",
    "upload": "/upload",
    "about": "/about",
}
WIDTHS = {1440: 960, 768: 1024, 390: 844, 360: 800}


def everything() -> Iterator[tuple[str, str, int, int, str]]:
    """Every page at every width in both themes."""
    for width, height in WIDTHS.items():
        for theme in ("light", "dark"):
            for name, path in PATHS.items():
                yield f"{name}-{width}-{theme}", path, width, height, theme


def take(browser: Browser, address: str, file: Path, width: int, height: int, theme: str) -> None:
    """One picture of what a visitor sees first."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=file)
    context.close()


def main() -> None:
    """Take the pictures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--all", type=Path, metavar="FOLDER", help="put every page at every width there instead")
    arguments = parser.parse_args()
    folder: Path = arguments.all or ROOT / "docs"
    folder.mkdir(parents=True, exist_ok=True)
    with demo_site() as base, opened_chromium() as browser:
        for name, path, width, height, theme in everything() if arguments.all else README:
            take(browser, base + path, folder / f"{name}.png", width, height, theme)
            print(folder / f"{name}.png")
        if not arguments.all:
            take(browser, SHARED.as_uri(), ROOT / "static/share.png", 1200, 630, "light")


if __name__ == "__main__":
    main()
