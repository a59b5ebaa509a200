"""Workspaces are met together before their check-ins go out: thousands of them are not asked for one by one."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event

from bot import settings
from bot.clock import Clock
from bot.pace import Pace
from bot.store import Store
from bot.workspaces import Workspaces

ADOPTED: dict[str, Any] = {
    "bot_user_id": "UBOT", "bot_id": "BBOT", "scopes": frozenset({"chat:write"}), "zone": None, "country": None,
}  # fmt: skip
CHOSEN = settings.read(slack_bot_token="xoxb-1", slack_signing_secret="s", database_url="sqlite:///unused.db")


async def test_who_was_met_is_known_and_who_may_not_be_written_to_is_not(store: Store) -> None:
    for team in ("T1", "T2", "T3"):
        await store.workspaces.adopt(team, token=f"xoxb-{team}", **ADOPTED)
    await store.workspaces.stop("T3", token="xoxb-T3", why="token_revoked")
    workspaces = Workspaces(CHOSEN, store, Clock(), Pace(), lambda *_: None)
    asked: list[str] = []
    event.listen(store.database.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    await workspaces.meet(["T1", "T2", "T3", "T4"])
    assert len(asked) == 1
    found = [await workspaces.find(team) for team in ("T1", "T2")]
    assert len(asked) == 1 and [each.token for each in found if each] == ["xoxb-T1", "xoxb-T2"]
    assert await workspaces.find("T3") is None and await workspaces.find("T4") is None
    await store.workspaces.stop("T1", token="xoxb-T1", why="token_revoked")
    await workspaces.meet(["T1"])
    assert await workspaces.find("T1") is None


async def test_of_many_workspaces_only_the_latest_are_kept_in_memory(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspaces = Workspaces(CHOSEN, store, Clock(), Pace(), lambda *_: None)
    monkeypatch.setattr("bot.workspaces.MANY", 3)
    for team in ("T1", "T2", "T3"):
        await store.workspaces.adopt(team, token=f"xoxb-{team}", **ADOPTED)
        await workspaces.find(team)
    monkeypatch.setattr("bot.workspaces.FRESH", 0.0)
    await store.workspaces.adopt("T4", token="xoxb-T4", **ADOPTED)
    assert len(workspaces._known) == 3 and await workspaces.find("T4") and len(workspaces._known) == 0


async def test_however_many_are_met_the_statements_are_few(store: Store) -> None:
    """PostgreSQL's driver keeps a hundred prepared ones."""
    asked: set[str] = set()
    event.listen(store.database.engine, "before_cursor_execute", lambda *said: asked.add(said[2]))
    for many in range(1, 51):
        await store.workspaces.find_all([f"T{number}" for number in range(many)])
    assert len(asked) <= 6
