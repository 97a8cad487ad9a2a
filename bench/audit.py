"""Lighthouse over the demo site's pages, on a desktop and on a phone: `make audit`.

Lighthouse comes from npm, pinned, into `.tools/audit`. Each figure stands beside its limit; the exit code tells whether
all are kept. Scores of performance need an idle machine: the best of three runs counts.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.settings import ROOT
from bench.site import CHROMIUM_FLAGS, chromium, demo_site

LIGHTHOUSE = "lighthouse@13.5.0"
TOOLS = ROOT / ".tools/audit"
PATHS = ("/", "/map", "/troops", "/actors/vladimir-putin", "/articles/1")
LIMITS = {"desktop": 98, "phone": 95}
CATEGORIES = ("performance", "accessibility", "best-practices")
RUNS = 3
LARGEST_LOAD = 250  # kilobytes, of the timeline
MOST_SHIFT = 0.02


def install() -> Path:
    """Lighthouse's own command, fetched where it is missing. Raises SystemExit without npm."""
    command = TOOLS / "node_modules/.bin/lighthouse"
    if not command.exists():
        if not shutil.which("npm"):
            raise SystemExit("The audit needs Node.js and npm.")
        TOOLS.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            ["npm", "install", "--prefix", TOOLS, "--no-fund", "--no-audit", "--loglevel=error", LIGHTHOUSE], check=True
        )
    return command


def report(command: Path, address: str, form: str) -> Mapping[str, Any] | None:
    """One run's report; None where the browser failed to record it, as it does now and then on a busy machine."""
    finished = subprocess.run(
        [
            command,
            address,
            "--quiet",
            "--output=json",
            f"--only-categories={','.join(CATEGORIES)}",
            f"--chrome-flags={' '.join(('--headless=new', *CHROMIUM_FLAGS))}",
            *(["--preset=desktop"] if form == "desktop" else []),
        ],
        env={**os.environ, "CHROME_PATH": chromium()},
        stdout=subprocess.PIPE,
        check=False,
    )
    if finished.returncode:
        return None
    found: Mapping[str, Any] = json.loads(finished.stdout)
    return found


def main() -> int:
    """Print a line a page and form; 1 where a limit is not kept."""
    command = install()
    kept = True
    with demo_site() as base:
        for form, limit in LIMITS.items():
            for path in PATHS:
                runs = [run for _ in range(RUNS) if (run := report(command, base + path, form))]
                if not runs:
                    raise SystemExit(f"Lighthouse could not record {path}: see above.")
                best = max(runs, key=lambda run: run["categories"]["performance"]["score"] or 0)
                scores = {name: round(100 * (best["categories"][name]["score"] or 0)) for name in CATEGORIES}
                audits = best["audits"]
                shift = audits["cumulative-layout-shift"]["numericValue"]
                weight = audits["total-byte-weight"]["numericValue"] / 1024
                failing = [audit["id"] for audit in audits.values() if audit.get("score") == 0]
                told = " ".join(f"{name} {score}" for name, score in scores.items())
                print(
                    f"{form:8} {path:26} {told} (limit {limit})"
                    f"  shift {shift:.3f} (limit {MOST_SHIFT})  {weight:.0f} KB"
                    f"{f' (limit {LARGEST_LOAD})' if path == '/' else ''}"
                    f"  first paint {audits['first-contentful-paint']['displayValue']}"
                    f"{'  failing: ' + ', '.join(failing) if failing else ''}",
                    flush=True,
                )
                kept &= min(scores.values()) >= limit and shift < MOST_SHIFT
                kept &= path != "/" or weight <= LARGEST_LOAD
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
