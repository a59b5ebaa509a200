"""Another member's buttons and modals, and another workspace's, with their ids in them: nothing of theirs moves."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.people import User
from bot.sandbox.slack import Slack
from messages.library import Library
from tests.installing import Browser, town
from tests.living import LivingBot
from tests.security import rows
from tests.security.attacks import FORMS, PRESSES, carried, drawn_forms, press, submission

MAYA = "U0MAYA00001"
BROKEN = Library.load().locale("en").phrase("sentences.broken")


@dataclass
class Scene:
    """Maya has a thread, check-ins and kept words; somebody else knows all her ids."""

    bot: LivingBot
    victim: Slack
    attacker: Slack
    user: User
    folder: Path

    def known(self) -> dict[str, str]:
        with sqlite3.connect(self.folder / "onward.db") as database:
            (journey,) = database.execute(
                "SELECT id FROM journeys WHERE team_id = ? AND user_id = ?", (self.victim.team_id, MAYA)
            ).fetchone()
            (check_in,) = database.execute(
                "SELECT id FROM check_ins WHERE team_id = ? ORDER BY number", (self.victim.team_id,)
            ).fetchone()
        return {
            "journey": journey, "check_in": check_in, "step": "be_professional", "note": "plan", "stage": "interview",
            "email": "thanks_interview", "option": journey, "part": "channel", "user": MAYA, "copy": "x",
        }  # fmt: skip

    def hers(self) -> dict[str, set[rows.Row]]:
        return rows.of(rows.every(self.folder), self.victim.team_id, MAYA)

    def seen(self) -> list[tuple[str, str]]:
        return [(each.ts, each.text) for each in self.victim.dm("maya")]


async def a_thread_with_words(slack: Slack) -> None:
    await slack.types("/rejected Initech, Analyst")
    await slack.settles()


@pytest.fixture(params=["another member", "another workspace"])
async def scene(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Scene]:
    """In the other workspace somebody has the very same member id."""
    async with town(tmp_path) as here, Browser(here.bot) as robin:
        for slack in (here.riverside, here.lakeside):
            assert (await robin.installs(slack)).status == 200
        await a_thread_with_words(here.riverside)
        await here.settles()
        other = here.riverside if request.param == "another member" else here.lakeside
        user = other.platform.workspace.user("sam" if request.param == "another member" else "maya")
        await other.types("/rejected Hooli", user.id)
        await here.settles()
        yield Scene(here.bot, here.riverside, other, user, tmp_path)


async def test_no_button_moves_what_belongs_to_somebody_else(scene: Scene) -> None:
    known, before, seen = scene.known(), scene.hers(), scene.seen()
    message = scene.attacker.dm(scene.user.id)[0]  # under a message of their own, with Maya's ids in the button
    for kind in PRESSES:
        payload = press(scene.attacker, scene.user, message, kind, known)
        receipt = await scene.attacker.sends("interaction", payload)
        assert receipt.status == 200, f"{kind.id}: {receipt.status}"
        await scene.bot.settles()
        assert scene.hers() == before, f"{kind.id} moved a row of Maya's"
        assert scene.seen() == seen, f"{kind.id} changed what Maya sees"
        told = [each.text for each in scene.attacker.ephemerals(scene.user.id)]
        assert not any(BROKEN in text for text in told), f"{kind.id} broke something instead of saying so in a sentence"
    assert rows.halves(scene.folder) == []
    print(f"buttons forged: {len(PRESSES)}, rows of others moved: 0")  # noqa: T201 - a figure to show


async def test_no_modal_writes_into_what_belongs_to_somebody_else(scene: Scene) -> None:
    known, before, seen, drawn = scene.known(), scene.hers(), scene.seen(), drawn_forms()
    tried = 0
    for kind in FORMS:
        view = drawn.get(str(kind.id)) or {"type": "modal", "callback_id": kind.id, "blocks": []}
        payload = submission(scene.attacker, scene.user, view, carried(kind, known))
        receipt = await scene.attacker.sends("interaction", payload)
        assert receipt.status == 200, f"{kind.id}: {receipt.status}"
        await scene.bot.settles()
        assert scene.hers() == before, f"{kind.id} moved a row of Maya's"
        assert scene.seen() == seen, f"{kind.id} changed what Maya sees"
        tried += 1
    assert rows.halves(scene.folder) == []
    print(f"modals forged: {tried}, rows of others moved: 0")  # noqa: T201 - a figure to show
