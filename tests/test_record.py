"""What the demo articles yield is on record: a change of rules shows as items gained and lost."""

from difflib import unified_diff

import pytest

from app.domain.items import Extraction
from bench.record import RECORD, lines


def test_seeds_yield_what_is_on_record(seed_extractions: list[Extraction]) -> None:
    before = RECORD.read_text(encoding="utf-8").splitlines()
    now = [text for extraction in seed_extractions for text in lines(extraction)]
    changes = [
        row for row in unified_diff(before, now, "on record", "now", lineterm="", n=0) if not row.startswith("@@")
    ]
    if changes:
        gained = sum(row.startswith("+  ") for row in changes)
        lost = sum(row.startswith("-  ") for row in changes)
        pytest.fail(
            f"{gained} lines gained, {lost} lost (a changed item is both). If that is a gain, `make record`:\n"
            + "\n".join(changes),
            pytrace=False,
        )


def test_record_has_every_kind() -> None:
    text = RECORD.read_text(encoding="utf-8")
    for kind in ("statement", "event", "troop claim"):
        assert f"\n  {kind} " in text
