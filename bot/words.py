"""The words in use: the library as it was last read in good order, and read again when an operator edits a file.

A counselor mends a card and the next message says it anew. Words with a mistake in them are left on the table: the
bot goes on with those it has, and one line of the log says where the mistake is.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.log import log
from messages.library import Library, WordsError
from messages.locale import Locale

Look = frozenset[tuple[str, int, int]]


class Words:
    """Raises WordsError when the words it begins with cannot go out."""

    def __init__(self, words_dir: Path | None) -> None:
        self._folder = words_dir
        self._read = self._seen = _look(words_dir)
        self._library = Library.load(words_dir)

    @property
    def languages(self) -> list[str]:
        """The codes of every language there are words in."""
        return [each.code for each in self._library.locales.values()]

    def locale(self, code: str | None) -> Locale:
        """As ``Library.locale``, in the words of now."""
        return self._library.locale(code)

    @property
    def language_names(self) -> dict[str, str]:
        """The same, each with its name in itself."""
        return self._library.language_names

    async def read_again(self) -> None:
        """Takes up what was edited. A file that still changes from one look to the next is left to be finished."""
        if self._folder is None:
            return
        seen = await asyncio.to_thread(_look, self._folder)
        is_finished, self._seen = seen == self._seen, seen
        if is_finished and seen != self._read:
            await self._take_up(seen)

    async def _take_up(self, seen: Look) -> None:
        try:
            self._library = await asyncio.to_thread(Library.load, self._folder)
            log.info("words_changed")
        except WordsError as wrong:
            first, *more = wrong.findings
            log.error(
                "words_refused", file=first.file, line=first.line, what=first.what, remedy=first.remedy,
                more=len(more), kept="the words from before",
            )  # fmt: skip
        self._read = seen


def _look(folder: Path | None) -> Look:
    """Each file with its time and size, which an edit changes."""
    return frozenset(each for path in folder.rglob("*") if (each := _stamp(path))) if folder else frozenset()


def _stamp(path: Path) -> tuple[str, int, int] | None:
    try:
        stat = path.stat()
    except OSError:  # gone while we looked
        return None
    return str(path), stat.st_mtime_ns, stat.st_size
