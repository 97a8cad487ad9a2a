"""The real site in a process of its own, and the browser that looks at it: for tests, screenshots and measurements."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from app.settings import ROOT

SECONDS_TO_START = 90
OWN = ("DATABASE_URL", "EDIT_PASSWORD", "SITE_TITLE", "KNOWLEDGE_DIR", "SEED")  # of whoever runs us, not of the site
CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def find_chromium() -> str | None:
    """The path of the browser; None where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def chromium() -> str:
    """The path of the browser. Raises SystemExit, saying what to do, where there is none."""
    if found := find_chromium():
        return found
    raise SystemExit("No Chromium found: install the package chromium and try again.")


@contextmanager
def opened_chromium() -> Iterator[Browser]:
    """The browser, started without a window. Raises SystemExit where there is none."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


@contextmanager
def served(folder: Path, **settings: str) -> Iterator[str]:
    """Serve the site with its worker on the database in the folder; gives the address as soon as it answers.

    Raises RuntimeError with what the site said where it does not start.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if name not in OWN}
    chosen = {"HOST": "127.0.0.1", "PORT": str(port), "DATA_DIR": str(folder), **settings}
    url = f"http://127.0.0.1:{port}"
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "serve"], cwd=ROOT, env=inherited | chosen, stdout=log, stderr=log
        )
        try:
            deadline = time.monotonic() + SECONDS_TO_START
            while articles_to_read(url) is None:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"The site did not start:\n{(folder / 'log').read_text()}")
                time.sleep(0.1)
            yield url
        finally:
            process.terminate()
            process.wait(30)


def articles_to_read(url: str) -> int | None:
    """How many articles the site has still to read; None where it does not answer."""
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            return int(json.load(answer)["pending"])
    except OSError:
        return None


@contextmanager
def demo_site() -> Iterator[str]:
    """Serve the demo articles from a folder of their own; gives the address when all of them are read."""
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as url:
        while articles_to_read(url) != 0:
            time.sleep(0.2)
        yield url
