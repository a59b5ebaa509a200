"""What is kept is said: every column has its fact, and the privacy page is written from the same table."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from bot import facts
from bot.tables import metadata
from messages.facts import Shape, sheet
from messages.library import Library

ROOT = Path(__file__).parent.parent
COLUMNS = [f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns]
SAID = Counter(column for fact in facts.FACTS for column in fact.columns)
TO_MEND = "name it in a Fact of bot/facts.py, whose words stand under [facts] and [facts_why] in phrases.toml"


def test_every_column_is_said_to_members_once() -> None:
    unsaid = [column for column in COLUMNS if column not in SAID]
    assert not unsaid, f"{unsaid} are kept and nobody says so: {TO_MEND}"
    assert [column for column, times in SAID.items() if times > 1 or column not in COLUMNS] == []


def test_what_a_member_wrote_is_ciphertext_and_nothing_else_is_called_so() -> None:
    sealed = {column for column in COLUMNS if column.partition(".")[2].startswith("sealed_")}
    said = {column for fact in facts.FACTS if fact.shape is Shape.SEALED for column in fact.columns}
    assert sealed <= said
    assert all(
        any("sealed_" in column for column in fact.columns) for fact in facts.FACTS if fact.shape is Shape.SEALED
    )


def test_the_data_sheet_for_privacy_officers_is_written_from_the_table() -> None:
    """After a change: `.venv/bin/python -m bot content facts` prints it anew."""
    page = (ROOT / "docs/privacy.md").read_text(encoding="utf-8")
    words = Library.load().locale("en")
    assert sheet(words, facts.MEMBER, days=180) in page
    assert sheet(words, facts.WORKSPACE, days=180) in page
