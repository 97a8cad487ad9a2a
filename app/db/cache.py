"""What is read once for each state of the database, and kept in memory until the state changes."""

from collections.abc import Callable
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Transaction, select

from app.db.models import site

_seen: WeakKeyDictionary[Transaction, int] = WeakKeyDictionary()


def generation(conn: Connection) -> int:
    """How often what the site shows has changed: the same number, the same pages.

    A transaction that only reads asks once, and so has one generation throughout.
    """
    transaction = conn.get_transaction()
    seen = _seen.get(transaction) if transaction else None
    if seen is None:
        seen = int(conn.execute(select(site.c.value).where(site.c.key == "generation")).scalar_one())
        if transaction and not conn.get_execution_options().get("write_lock"):
            _seen[transaction] = seen
    return seen


class ByGeneration[T]:
    """The value that `read` gives at the database's present generation; one database, any number of threads."""

    def __init__(self, read: Callable[[Connection], T]) -> None:
        self._read = read
        self._lock = Lock()
        self._kept: tuple[int, T] | None = None

    def get(self, conn: Connection) -> T:
        """The value for what the connection sees, read only where the generation is another than the last time."""
        now = generation(conn)
        kept = self._kept
        if kept is None or kept[0] != now:
            with self._lock:  # one thread reads, the others wait for it
                kept = self._kept
                if kept is None or kept[0] != now:
                    self._kept = kept = (now, self._read(conn))
        return kept[1]


class ByDatabase[T]:
    """The same for any number of databases of a process, as long as their engines are in use."""

    def __init__(self, read: Callable[[Connection], T]) -> None:
        self._read = read
        self._kept: WeakKeyDictionary[Engine, ByGeneration[T]] = WeakKeyDictionary()

    def get(self, conn: Connection) -> T:
        """The value for what the connection sees, one for all threads."""
        kept = self._kept.get(conn.engine)
        if kept is None:
            kept = self._kept.setdefault(conn.engine, ByGeneration(self._read))
        return kept.get(conn)
