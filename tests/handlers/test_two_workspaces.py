"""Two workspaces install the app: each has its own token, settings and members, and one may leave."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.slack import Slack
from bot.store.installs import GRACE
from bot.tables import metadata
from tests.installing import Browser, Town, town


@pytest.fixture
async def both(tmp_path: Path) -> AsyncIterator[Town]:
    """Installed in both, and a thread of Maya's in each: the same member id, another person."""
    async with town(tmp_path) as opened, Browser(opened.bot) as robin:
        for slack, company in ((opened.riverside, "Initech"), (opened.lakeside, "Hooli")):
            assert (await robin.installs(slack)).status == 200
            assert (await slack.types(f"/rejected {company}")).ok
        await opened.settles()
        yield opened


def rows(bot_folder: Path, team: str) -> dict[str, int]:
    """How many rows each table holds of a workspace."""
    with sqlite3.connect(bot_folder / "onward.db") as database:
        counts = {
            table.name: database.execute(f"SELECT count(*) FROM {table.name} WHERE team_id = ?", (team,)).fetchone()[0]
            for table in metadata.sorted_tables if "team_id" in table.c
        }  # fmt: skip
    return {name: count for name, count in counts.items() if count}


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.glob("onward.db*"))


def check_ins(slack: Slack) -> int:
    return len([each for each in slack.dm("maya") if "Snooze" in each.buttons])


async def test_each_workspace_has_its_own_token_members_and_threads(both: Town) -> None:
    assert both.riverside.bot_token != both.lakeside.bot_token
    for slack, own, other in ((both.riverside, "Initech", "Hooli"), (both.lakeside, "Hooli", "Initech")):
        drawn = str([each.blocks for each in slack.dm("maya")])
        assert own in drawn and other not in drawn and len(slack.dm("maya")) == 2
        # A call with the other one's token would have landed there.
        assert slack.failures == [] and {each.method for each in slack.calls if not each.ok} == set()


async def test_what_a_member_sets_in_one_workspace_is_not_set_in_the_other(both: Town) -> None:
    await both.riverside.types("/rejected stop")
    await both.settles()
    await both.riverside.advances("30d")
    await both.settles()
    assert check_ins(both.riverside) == 0 and check_ins(both.lakeside) == 4


async def test_one_leaves_while_its_check_ins_are_due_and_the_other_notices_nothing(both: Town, tmp_path: Path) -> None:
    before = len(both.riverside.dm("maya"))
    assert (await both.bot.ledger())[("check_ins.check_in", "planned", "")] == 8
    await both.riverside.uninstalls()
    await both.settles()
    assert (await both.bot.ledger())[("check_ins.check_in", "cancelled", "app_uninstalled")] == 4
    kept = rows(tmp_path, both.lakeside.team_id)
    await both.lakeside.advances(GRACE.total_seconds() - 3600)
    await both.settles()
    await both.bot.onward.leaving.run()
    assert rows(tmp_path, both.riverside.team_id)["journeys"] == 1
    await both.lakeside.advances("2h")
    await both.settles()
    await both.bot.onward.leaving.run()
    assert rows(tmp_path, both.riverside.team_id) == {}
    await both.lakeside.advances("30d")
    await both.settles()
    assert len(both.riverside.dm("maya")) == before and check_ins(both.lakeside) == 4
    assert set(kept) <= rows(tmp_path, both.lakeside.team_id).keys() and both.lakeside.failures == []


async def test_no_byte_of_a_purged_workspace_stays_in_the_file(both: Town, tmp_path: Path) -> None:
    await both.riverside.uninstalls()
    await both.settles()
    await both.lakeside.advances(GRACE.total_seconds() + 60)
    await both.bot.onward.leaving.run()
    left = bytes_of(tmp_path)
    assert both.riverside.team_id.encode() not in left and both.lakeside.team_id.encode() in left


async def test_put_back_within_the_week_it_begins_anew_and_brings_nothing_by_itself(both: Town) -> None:
    await both.riverside.uninstalls()
    await both.settles()
    await both.lakeside.advances("1d")
    async with Browser(both.bot) as robin:
        assert (await robin.installs(both.riverside)).status == 200
    await both.settles()
    before = len(both.riverside.dm("maya"))
    await both.riverside.changes_profile("maya", tz="Europe/Berlin")
    await both.lakeside.advances(GRACE.total_seconds() + 86400)
    await both.settles()
    await both.bot.onward.leaving.run()
    assert len(both.riverside.dm("maya")) == before
    await both.riverside.types("/rejected Umbrella")
    await both.settles()
    assert len(both.riverside.dm("maya")) == before + 2
    await both.riverside.advances("30d")
    await both.settles()
    assert check_ins(both.riverside) == 4


async def test_news_of_an_old_install_change_nothing_for_the_new_one(both: Town) -> None:
    await both.riverside.uninstalls()
    await both.settles()
    await both.lakeside.advances("1h")
    async with Browser(both.bot) as robin:
        await robin.installs(both.riverside)
    for event in ("app_uninstalled", "tokens_revoked"):
        await both.riverside.sends_event_again(event)
    await both.settles()
    assert (await both.riverside.types("/rejected Umbrella")).text.startswith("I'm sorry")


@pytest.mark.parametrize("first", ["app_uninstalled", "tokens_revoked"])
async def test_both_events_of_an_uninstall_may_come_in_any_order_and_twice(both: Town, first: str) -> None:
    platform = both.riverside.platform
    events: dict[str, dict[str, Any]] = {
        "app_uninstalled": {"type": "app_uninstalled"},
        "tokens_revoked": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [platform.bot_user_id]}},
    }
    for each in (first, *events, *reversed(events)):
        platform.emit(each, events[each])
        await both.settles()
        assert not await both.bot.onward.tools.workspaces.find(both.riverside.team_id)
    assert both.riverside.failures == []
    assert (await both.bot.ledger())[("check_ins.check_in", "cancelled", "app_uninstalled")] == 4


async def test_a_revoked_token_of_a_member_is_none_of_ours(both: Town) -> None:
    event = {"type": "tokens_revoked", "tokens": {"oauth": ["U0MAYA00001"], "bot": []}}
    both.riverside.platform.emit("tokens_revoked", event)
    await both.settles()
    assert await both.bot.onward.tools.workspaces.find(both.riverside.team_id)


async def test_a_process_that_was_slow_to_hear_does_not_stop_the_new_install(both: Town) -> None:
    workspaces = both.bot.onward.tools.workspaces
    stale = await workspaces.client(both.riverside.team_id)
    assert stale is not None
    await both.riverside.uninstalls()
    await both.settles()
    await both.lakeside.advances("1h")
    async with Browser(both.bot) as robin:
        await robin.installs(both.riverside)
    await workspaces.lost(stale, both.riverside.team_id, why="token_revoked")
    assert await workspaces.find(both.riverside.team_id)
