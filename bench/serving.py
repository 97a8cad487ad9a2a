"""CPU of the interface's answers over made-up items: `python -m bench.serving --items 10000`.

Requests come as a reader makes them: choose a filter, then zoom and pan; each window asked for is new. The whole
application answers, in this process; unpacking and the client's own work are not counted.
"""

import argparse
import asyncio
import gc
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from urllib.parse import urlencode

from fastapi import FastAPI

from app.db.engine import open_engine
from app.db.migrate import migrate
from app.settings import Settings
from app.web.app import build_app
from bench.synthetic import COUNTRIES, DAYS, FIRST_DAY, SEED, WORDS, add_items

FIGURE = 1_200  # pixels; half of it more on both sides is asked for
MOVES = 12  # zooms and pans under one choice
CHOICES: tuple[tuple[tuple[str, str], ...], ...] = (
    (),
    (("country", "RU"),),
    (("kind", "troops"),),
    (("country", "DE"), ("country", "FR")),
    (("q", "convoy"),),
    (("modality", "denied"),),
    (("kind", "statement"), ("country", "UA")),
    (("country", "-RU"), ("kind", "-statement"), ("sort", "newest")),
    (("q", '"the border" OR convoy NOT talks'),),
    (("from", "2022-02-10"), ("to", "2022-02-24"), ("sort", "reported")),
)


def windows(chance: random.Random, count: int) -> Iterator[str]:
    """Addresses of lanes, by choice; zooms are spread evenly over powers of two, from the whole crisis to a week."""
    for _ in range(count):
        choice = chance.choice(CHOICES)
        for _ in range(MOVES):
            shown = int(DAYS * 2 ** -chance.uniform(0, 5.4))
            middle = FIRST_DAY + timedelta(chance.randrange(DAYS))
            ends = [("a", middle - timedelta(shown)), ("b", middle + timedelta(shown)), ("w", 2 * FIGURE)]
            yield f"/api/v1/lanes?{urlencode([*choice, *ends])}"


SWAP = [(b"hx-request", b"true"), (b"hx-target", b"div#results")]


async def answered(app: FastAPI, address: str, headers: Sequence[tuple[bytes, bytes]] = ()) -> tuple[float, int]:
    """CPU milliseconds and bytes of one answer."""
    path, _, query = address.partition("?")
    size = 0

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        nonlocal size
        if message["type"] == "http.response.start":
            assert message["status"] == 200, (address, message)
        size += len(bytes(message.get("body", b"")))  # type: ignore[call-overload]

    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},  # from this version on nobody listens for a disconnect
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"localhost"), (b"accept-encoding", b"gzip"), *headers],
        "scheme": "http",
        "server": ("localhost", 8000),
        "http_version": "1.1",
    }
    began = time.process_time()
    await app(scope, receive, send)  # type: ignore[arg-type]
    return 1000 * (time.process_time() - began), size


async def measure(
    app: FastAPI,
    name: str,
    addresses: list[str],
    *,
    limit: str = "",
    headers: Sequence[tuple[bytes, bytes]] = (),
) -> None:
    """Ask for everything once and print the figures, with what they should stay under."""
    found = [await answered(app, address, headers) for address in addresses]
    times = sorted(spent for spent, _ in found)
    p50, p95 = (times[int(len(times) * share)] for share in (0.5, 0.95))
    largest = max(size for _, size in found) / 1000
    beside = f"  (limit {limit})" if limit else ""
    print(f"{name:42} p50 {p50:7.1f}  p95 {p95:7.1f}  most {times[-1]:7.1f} ms of CPU, {largest:5.0f} kB{beside}")


async def run(app: FastAPI) -> None:
    """All measurements, the first answers of a generation apart: they read all items."""
    gc.freeze()  # as the site does when it starts
    chance = random.Random(SEED)
    whole = f"/api/v1/lanes?a={FIRST_DAY}&b={date(2022, 7, 31)}&w={2 * FIGURE}"
    await answered(app, "/about")  # imports and templates
    await answered(app, "/api/v1/articles?limit=1")
    await measure(app, "items, first of a generation", ["/api/v1/items?limit=1"], limit="")
    await measure(app, "lanes, first of a generation", [whole], limit="")
    await measure(app, "lanes, zooming and panning", list(windows(chance, 40)), limit="p95 30")
    await measure(app, "lanes, all days, another choice", [f"{whole}&country={code}" for code in ("UA", "US", "BY")])
    await measure(app, "items, 50", [f"/api/v1/items?{urlencode(choice)}" for choice in CHOICES] * 4)
    await measure(app, "facets", [f"/api/v1/facets?{urlencode(choice)}" for choice in CHOICES] * 4)
    pages = ["/", *(f"/?{urlencode(choice)}" for choice in CHOICES)]
    await answered(app, "/")
    await measure(app, "timeline page", pages * 4, limit="p95 60")
    await measure(app, "timeline page, the part that changes", pages * 4, headers=SWAP)
    await measure(app, "timeline page, choices never made before", list(new_choices(chance, 60)))
    maps = ["/map", *(f"/map?{urlencode(choice)}" for choice in CHOICES)]
    moved = [f"/map?view={view}" for view in ("30,50,2000", "31,49,1000", "20,52,4000", "0,0,40000")]
    await measure(app, "map, first of a generation", ["/map"])
    await measure(app, "map, choices and views not drawn before", maps[1:] + moved)
    await measure(app, "map", (maps + moved) * 4, limit="p95 60")
    ledgers = ["/troops", *(f"/troops?{urlencode(choice)}" for choice in CHOICES)]
    await measure(app, "troop ledger, first of a generation", ["/troops"])
    await measure(app, "troop ledger", ledgers * 4)
    await measure(app, "items.csv, all", ["/items.csv"])


def new_choices(chance: random.Random, count: int) -> Iterator[str]:
    """Addresses of pages under filters that no one has asked for yet."""
    for _ in range(count):
        pairs = [("country", chance.choice(list(COUNTRIES))), ("country", f"-{chance.choice(list(COUNTRIES))}")]
        pairs += [("q", " ".join(chance.choices(WORDS, k=2)))] if chance.random() < 0.5 else []
        first = FIRST_DAY + timedelta(chance.randrange(DAYS))
        yield f"/?{urlencode([*pairs, ('from', first), ('to', first + timedelta(chance.randrange(90)))])}"


def main() -> None:
    """Make the items and measure."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--database", help="an SQLite URL that stays; items are only made where it has none")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(arguments.database or f"sqlite:///{folder}/timeline.sqlite3")
        migrate(engine)
        with engine.connect() as conn:
            is_empty = conn.exec_driver_sql("SELECT count(*) FROM items").scalar_one() == 0
        if is_empty:
            add_items(engine, arguments.items)
        settings = Settings(host="127.0.0.1", edit_password=None, site_title=None)
        asyncio.run(run(build_app(settings, engine)))
        engine.dispose()


if __name__ == "__main__":
    main()
