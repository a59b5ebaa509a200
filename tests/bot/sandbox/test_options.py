"""The command line: what cannot be done is one sentence and an exit code that is not 0."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.bot.sandbox.processes import COMMAND, PATIENCE, environment, sandbox


async def refused(*options: str) -> str:
    """The sentence. The command must end by itself, with exit code 2."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND, "--no-open", *options, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE,
        env=environment(),
    )  # fmt: skip
    _, said = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert process.returncode == 2
    return said.decode()


async def test_what_cannot_be_done_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "there.jsonl").write_text("mine")
    asked = {
        "there.jsonl is there already": ("--bare", "--journal", str(tmp_path / "there.jsonl")),
        "nowhere.jsonl cannot be read as a journal": ("--bare", "--replay", str(tmp_path / "nowhere.jsonl")),
        "there.jsonl cannot be read as a manifest": ("--bare", "--manifest", str(tmp_path / "there.jsonl")),
        "they need --bare": ("--redirect-url", "http://bot.example"),
    }
    all_said = await asyncio.gather(*(refused(*options) for options in asked.values()))
    for sentence, said in zip(asked, all_said, strict=True):
        assert sentence in said and said.count("\n") == 1, said
    assert (tmp_path / "there.jsonl").read_text() == "mine"


async def test_a_bot_that_calls_what_nobody_knows_fails_the_run() -> None:
    async with sandbox(stderr=asyncio.subprocess.PIPE) as running:
        bot = AsyncWebClient(
            token=running.environment["SLACK_BOT_TOKEN"], base_url=running.environment["SLACK_API_URL"]
        )
        with pytest.raises(SlackApiError, match="unknown_method"):
            await bot.api_call("chat.postMesage")
        assert await running.ends() == 2
        assert running.process.stderr is not None
        assert b"nobody here knows: chat.postMesage" in await running.process.stderr.read()


async def test_an_app_that_is_not_installed_gets_no_token() -> None:
    async with sandbox("--oauth") as running:
        assert "SLACK_BOT_TOKEN" not in running.environment
        assert running.environment["SLACK_AUTHORIZE_URL"] == f"{running.url}/oauth/v2/authorize"
        assert not (await running.state())["installed"]
        assert await running.ends() == 0
