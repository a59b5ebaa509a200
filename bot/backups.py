"""The SQLite file as a whole: begun, copied while a bot writes to it, put back in its place.

A copy is of one moment: it is read inside one transaction, so whatever is committed meanwhile waits in the log and is
not in it. It holds no key.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from bot.exceptions import Refusal

PAGES = 512  # at a time: two megabytes, after which others get a turn
BREATH = 0.002  # seconds between two of them
OURS_ALONE = 0o600

Tell = Callable[[int, int], None]  # pages copied, pages in all


def begin(database: Path) -> None:
    """An empty file for its owner alone, where there is none yet; its log takes after it.

    Where it cannot be made nothing happens: whoever opens it says why.
    """
    with suppress(OSError):
        os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OURS_ALONE))


def take(source: Path, target: Path, tell: Tell = lambda _done, _all: None) -> None:
    """``target`` appears whole, checked and readable for its owner alone, or not at all. Raises Refusal."""
    if not source.exists():
        raise Refusal(f"There is no database {source} to copy.")
    if target.exists():
        raise Refusal(f"{target} is there already. Choose another name.")
    with _unfinished(target) as part:
        try:
            _copy(source, part, tell)
        except sqlite3.Error as failed:
            raise Refusal(f"{source} cannot be copied: {failed}.") from None


def set_aside(database: Path, aside: Path) -> None:
    """Moves a database out of the way, its log emptied into it. Raises Refusal while a process has it open."""
    try:
        with closing(sqlite3.connect(database, timeout=1, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")  # refused as long as anybody else holds it
    except sqlite3.OperationalError:
        raise Refusal(f"{database} is in use: stop the bot, then do this again.") from None
    except sqlite3.DatabaseError:
        pass  # damaged: that may be why a copy is put back
    database.rename(aside)
    for left in ("-wal", "-shm", "-journal"):
        database.with_name(database.name + left).unlink(missing_ok=True)


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """A file beside the target that becomes it once everything went well."""
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OURS_ALONE))
        yield part
        _to_disk(part)
        part.rename(target)
        _to_disk(target.parent)
    except OSError as failed:
        raise Refusal(f"{target} cannot be written: {failed.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)


def _copy(source: Path, part: Path, tell: Tell) -> None:
    with closing(sqlite3.connect(source, isolation_level=None)) as old, closing(sqlite3.connect(part)) as new:
        old.execute("BEGIN")
        old.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it sees this moment alone
        old.backup(new, pages=PAGES, progress=lambda _, left, all_: tell(all_ - left, all_), sleep=BREATH)
        old.execute("ROLLBACK")
        new.execute("PRAGMA journal_mode=DELETE")  # one file, no log beside it
        (said,) = new.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise Refusal(f"{source} is damaged ({said}): put a backup back.")


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
