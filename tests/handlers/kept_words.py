"""What conversations about a member's own words share: the way to a card, a look for words where none may be."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from bot.sandbox.slack import Slack
from bot.store.values import Who
from tests.living import LivingBot

MAYA = Who("T0RIVERSIDE", "U0MAYA00001")
KEEP = ["Yes, keep this"]


async def deal_all(slack: Slack, bot: LivingBot, company: str = "Initech", stage: str = "") -> None:
    """A thread with every card on the table."""
    await slack.types(f"/rejected {company}")
    await bot.settles()
    if stage:
        await slack.chooses("How far did it get?", stage)
    await slack.presses("Show all steps")
    await bot.settles()


def shown(slack: Slack, user: str = "maya") -> str:
    """Everything in the open modal, as the person sees it."""
    modal = slack.modal(user)
    assert modal is not None
    return json.dumps(modal.blocks, ensure_ascii=False)


def lies_in(folder: Path, words: str) -> bool:
    """In the database, its write-ahead log, or whatever else lies beside it."""
    return any(words.encode() in each.read_bytes() for each in folder.iterdir() if each.is_file())


def sealed_in(folder: Path) -> list[str]:
    """The ciphertexts of all that is kept, to look for once it is gone."""
    with sqlite3.connect(folder / "onward.db") as database:
        return [row[0] for row in database.execute("SELECT sealed_words FROM notes")]
