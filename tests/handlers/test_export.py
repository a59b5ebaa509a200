"""A copy of everything: as files to the member alone, or as text where files may not be sent."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest

from bot import facts, own_copy
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from tests.handlers.kept_words import KEEP, MAYA, deal_all
from tests.handlers.test_private import bots_own, no_row_and_no_byte
from tests.living import LivingBot

COMPANY, ROLE, ACT = "Zanzibarium", "Quokkaherder", "write to my uncle"


async def lives(slack: Slack, bot: LivingBot) -> None:
    """A member who used whatever is kept."""
    await deal_all(slack, bot, f"{COMPANY}, {ROLE}", "Final round")
    await slack.presses("Make my plan")
    await slack.submits({"act": ACT, "keep_it": KEEP})
    await slack.closes()
    await slack.advances("30h")
    await bot.settles()


async def gets_copy(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected export")
    await bot.onward.exporting.run()
    await bot.settles()


def files_of(slack: Slack, message: Message) -> dict[str, bytes]:
    kept = slack.platform.files
    return {each["name"]: kept[each["id"]].content or b"" for each in message.files}


def shared(slack: Slack) -> list[Message]:
    return [each for each in bots_own(slack) if each.files]


async def test_a_member_gets_everything_as_two_files(slack: Slack, bot: LivingBot) -> None:
    await lives(slack, bot)
    await gets_copy(slack, bot)
    assert "on its way" in slack.ephemerals("maya")[-1].text
    (message,) = shared(slack)
    files = files_of(slack, message)
    everything = json.loads(files["onward-copy.json"])
    assert everything["noes"][0]["company"] == COMPANY and everything["noes"][0]["role"] == ROLE
    assert everything["noes"][0]["stage"] == "final_round"
    assert everything["kept_words"][0]["words"]["act"] == ACT
    assert everything["check_ins"] and everything["messages"] and everything["settings"][0]["hour"] == "morning"
    rows = list(csv.reader(io.StringIO(files["onward-copy.csv"].decode("utf-8-sig"))))
    assert ["noes", "1", "company", COMPANY] in rows and ["kept_words", "1", "words.act", ACT] in rows
    assert COMPANY not in message.text


async def test_the_copy_has_a_part_for_every_fact_that_names_the_member(slack: Slack, bot: LivingBot) -> None:
    """Company and role stand with their no, so does the fingerprint; a place to be erased names nobody."""
    await lives(slack, bot)
    gathered = await bot.onward.tools.store.exports.gather(MAYA)
    said = {fact.key for fact in facts.MEMBER} - {"names", "fingerprint", "erasures"}
    assert gathered.keys() == said


async def test_pressed_twice_it_comes_once(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.types("/rejected export")
    await gets_copy(slack, bot)
    assert len(shared(slack)) == 1


async def test_where_there_is_nothing_it_says_so(slack: Slack, bot: LivingBot) -> None:
    await gets_copy(slack, bot)
    assert "Nothing is kept about you" in slack.ephemerals("maya")[-1].text and slack.dm("maya") == []


@pytest.mark.parametrize("fault", ["error:missing_scope", "error:file_uploads_disabled"])
async def test_where_files_may_not_be_sent_it_comes_as_text_and_says_why(
    slack: Slack, bot: LivingBot, fault: str
) -> None:
    await lives(slack, bot)
    slack.fault("files.getUploadURLExternal", fault)
    before = len(bots_own(slack))
    await gets_copy(slack, bot)
    parts = bots_own(slack)[before:]
    assert "not allowed to send files" in parts[0].text and COMPANY in str([each.blocks for each in parts])
    assert all(COMPANY not in each.text and ACT not in each.text for each in parts)
    assert shared(slack) == []


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
async def test_a_copy_that_does_not_get_through_comes_again(slack: Slack, bot: LivingBot, method: str) -> None:
    await slack.types("/rejected Initech")
    slack.fault(method, "http_500_before")
    await gets_copy(slack, bot)
    assert shared(slack) == []
    await bot.onward.tools.store.database.write(
        lambda connection: connection.exec_driver_sql("UPDATE exports SET retry_at = 0")
    )
    await bot.onward.exporting.run()
    assert len(shared(slack)) == 1


async def test_delete_takes_the_copy_along(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await lives(slack, bot)
    await gets_copy(slack, bot)
    assert shared(slack) and slack.platform.files
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    await slack.until(lambda: not bots_own(slack), timeout=20)
    await bot.onward.erasing.run()
    assert slack.platform.files == {}
    await no_row_and_no_byte(bot, tmp_path)


def test_a_spreadsheet_never_takes_a_name_for_a_formula() -> None:
    told = own_copy.as_csv({"noes": [{"company": "=HYPERLINK(1)", "role": "@me", "stage": "-1"}]}).decode("utf-8-sig")
    assert [row[3] for row in csv.reader(io.StringIO(told))][1:] == ["'=HYPERLINK(1)", "'@me", "'-1"]


def test_five_hundred_noes_fit_into_messages() -> None:
    noes: list[dict[str, Any]] = [{"company": "x" * 100, "role": "y" * 100} for _ in range(500)]
    parts = own_copy.as_parts({"noes": noes})
    assert all(len(part) <= own_copy.PART for part in parts)
    assert sum(part.count("x" * 100) for part in parts) == 500


# the operator's side


async def operator(bot: LivingBot, *arguments: str) -> tuple[int, str]:
    """``python -m bot`` beside the running bot, on its database and with its key file."""
    given = bot.settings()
    token, secret = given.slack_bot_token, given.slack_signing_secret
    assert token and secret
    environment = {
        "PATH": "/usr/bin:/bin", "DATABASE_URL": given.database_url, "SLACK_API_URL": given.slack_api_url,
        "SLACK_BOT_TOKEN": token.get_secret_value(), "SLACK_SIGNING_SECRET": secret.get_secret_value(),
    }  # fmt: skip
    pipe = asyncio.subprocess.PIPE
    how: dict[str, Any] = {"cwd": Path(__file__).parents[2], "env": environment, "stdout": pipe, "stderr": pipe}
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", *arguments, **how)
    out, err = await process.communicate()
    return process.returncode or 0, (out + err).decode()


async def test_what_an_operator_asks_for_goes_to_the_member_and_not_to_them(slack: Slack, bot: LivingBot) -> None:
    await lives(slack, bot)
    code, told = await operator(bot, "export", MAYA.user)
    assert code == 0 and COMPANY not in told and "member's own messages" in told
    await bot.onward.exporting.run()
    (message,) = shared(slack)
    assert "The people who run this bot asked me" in message.text
    everything = json.loads(files_of(slack, message)["onward-copy.json"])
    assert [each["action"] for each in everything["audits"]] == ["exported"]


async def test_printing_it_needs_a_flag_and_leaves_a_trace_the_member_can_read(slack: Slack, bot: LivingBot) -> None:
    await lives(slack, bot)
    code, told = await operator(bot, "export", MAYA.user, "--print")
    assert code == 0 and COMPANY in told and shared(slack) == []
    await gets_copy(slack, bot)
    everything = json.loads(files_of(slack, shared(slack)[0])["onward-copy.json"])
    assert [each["action"] for each in everything["audits"]] == ["printed"]


async def test_an_operator_deletes_a_member_messages_included(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await lives(slack, bot)
    code, told = await operator(bot, "delete", MAYA.user, "--yes")
    assert code == 0 and told.startswith("Deleted.")
    await slack.until(lambda: not bots_own(slack), timeout=20)
    await no_row_and_no_byte(bot, tmp_path)
    with sqlite3.connect(bot.database) as database:
        ((action, subject),) = database.execute("SELECT action, subject FROM audits")
    assert action == "deleted" and MAYA.user not in subject


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("export", "U0NOBODY"), "Nothing is kept about that member here.\n"),
        (("delete", "U0NOBODY", "--yes"), "Nothing is kept about that member here.\n"),
        (("export", "U0NOBODY", "--team", "T0NONE"), "--team must be one of the workspaces: T0RIVERSIDE.\n"),
    ],
)
async def test_a_slip_is_answered_in_one_sentence(
    slack: Slack, bot: LivingBot, arguments: tuple[str, ...], sentence: str
) -> None:
    assert await operator(bot, *arguments) == (2, sentence)
