"""What can be looked at without Slack and without the database: settings, disk, words."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from bot import settings
from bot.doctor.finding import Finding, ok, refused, wrong
from bot.exceptions import Refusal
from bot.settings import Settings
from messages import library

LEAST_BYTES = 200 * 1024 * 1024  # a busy year of members is a tenth of it; a full disk stops everything


def of_disk(chosen: Settings) -> Iterator[Finding]:
    try:
        settings.refuse_forgetful_disk(chosen)
    except Refusal as refusal:
        yield refused("disk", refusal)
        return
    if chosen.sqlite_file is not None:
        yield _folder(chosen.sqlite_file.absolute().parent)


def _folder(folder: Path) -> Finding:
    if not folder.is_dir():
        return wrong("disk", f"There is no folder {folder}.", "Make it, or correct DATABASE_URL.")
    if not os.access(folder, os.W_OK):
        return wrong("disk", f"{folder} cannot be written to.", "Give it to the user the bot runs as.")
    free = shutil.disk_usage(folder).free
    if free < LEAST_BYTES:
        return wrong("disk", f"Only {free // 2**20} MB are free in {folder}.", "Make room, or move the database.")
    return ok("disk", f"{free // 2**20} MB are free beside the database.")


def of_words(words_dir: Path | None) -> Iterator[Finding]:
    found = list(library.findings(words_dir))
    for each in found:
        yield wrong("words", f"{each.file}:{each.line}: {each.what}", each.remedy)
    if not found:
        yield ok("words", "Every word is in order.")
