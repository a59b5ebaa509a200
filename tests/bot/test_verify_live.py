"""`python -m bot verify-live`, held against the local Slack: what it says, and that it leaves nothing behind."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.journal import Call
from bot.sandbox.slack import Slack
from tests.living import ROOMY

ROOT = Path(__file__).parents[2]
MAYA = "U0MAYA00001"
MOST_S = 120
LOOKS = ("conversations.history", "conversations.replies")


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack.open(rates=ROOMY) as slack:
        yield slack
        assert not slack.unknown_methods


async def verify(slack: Slack | None, folder: Path, *arguments: str) -> tuple[int, str, str]:
    """As an operator runs it, somewhere without an .env. Exit code and what it printed."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SLACK_")}
    if slack:
        environment |= {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_API_URL": slack.api_url}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "verify-live", *arguments, cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT)},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, wrong = await asyncio.wait_for(process.communicate(), MOST_S)
    assert process.returncode is not None
    return process.returncode, out.decode(), wrong.decode()


def left_in(slack: Slack) -> list[Any]:
    """Everything the app has written that is still there, in whatever conversation."""
    workspace = slack.platform.workspace
    return [each for told in workspace.messages.values() for each in told if each.user == slack.bot_user_id]


def calls(slack: Slack, method: str) -> list[Call]:
    return [each for each in slack.calls if each.method == method]


async def test_where_all_is_well_it_says_so_and_leaves_nothing_behind(slack: Slack, tmp_path: Path) -> None:
    slack.fault("chat.postMessage", "history_lag", seconds=2, count=3)
    code, told, wrong = await verify(slack, tmp_path, "--room", "home", "--member", MAYA)
    assert (code, wrong) == (0, "") and "FAIL" not in told, told
    assert f"all {len(slack.platform.scopes)} scopes are granted" in told
    assert all(f"{where}: its metadata reads back after" in told for where in LOOKS)
    assert re.search(r"conversations\.history: its metadata reads back after [12]\.\d s", told), told
    assert "client_msg_id does not de-duplicate" in told
    assert "everything written was deleted" in told
    assert len(calls(slack, "chat.postMessage")) == len(calls(slack, "chat.delete")) == 4
    assert {each.args["channel"] for each in calls(slack, "chat.postMessage")} == {slack.platform.dm_of(MAYA).id}
    assert left_in(slack) == []
    assert len(calls(slack, "blocks.validate")) > 10


async def test_without_a_member_it_writes_nothing(slack: Slack, tmp_path: Path) -> None:
    code, told, _ = await verify(slack, tmp_path, "--room", "home")
    assert code == 0 and "delivery was left out" in told
    assert calls(slack, "chat.postMessage") == [] and calls(slack, "conversations.open") == []


async def test_what_slack_would_not_take_is_named(slack: Slack, tmp_path: Path) -> None:
    slack.fault("blocks.validate", "invalid_blocks")
    code, told, _ = await verify(slack, tmp_path, "--room", "home")
    assert code == 1
    assert told.count("FAIL") == 1 and "FAIL  blocks.validate: home" in told
    assert "json-pointer:/blocks/0/type" in told


async def test_a_probe_that_fails_in_the_middle_still_cleans_up(slack: Slack, tmp_path: Path) -> None:
    slack.fault("conversations.replies", "error:fatal_error")
    code, told, _ = await verify(slack, tmp_path, "--room", "home", "--member", MAYA)
    assert code == 1 and "FAIL  delivery: Slack answered fatal_error" in told
    assert left_in(slack) == []


async def test_a_scope_that_was_not_granted_is_named(tmp_path: Path) -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    manifest["oauth_config"]["scopes"]["bot"].remove("users:read")
    async with Slack.open(rates=ROOMY, manifest=manifest) as slack:
        code, told, _ = await verify(slack, tmp_path, "--room", "home")
    assert code == 1 and "FAIL  manifest: the token lacks users:read." in told


async def test_without_a_token_it_says_what_to_set(tmp_path: Path) -> None:
    code, told, wrong = await verify(None, tmp_path)
    assert (code, told) == (2, "")
    assert wrong.startswith("SLACK_BOT_TOKEN is missing") and wrong.count("\n") == 1


async def test_a_room_that_is_not_there_is_named(slack: Slack, tmp_path: Path) -> None:
    code, _, wrong = await verify(slack, tmp_path, "--room", "cellar")
    assert code == 2 and "no room “cellar”" in wrong
