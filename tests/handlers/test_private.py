"""Private by default: what the bot writes about itself, what lies in its files, and what a deletion leaves."""

import asyncio
import sqlite3
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from tests.living import LivingBot
from tests.process import BotProcess

COMPANY, ROLE, SAID = "Zanzibarium", "Quokkaherder", "my-landlord-xylophone"
FASTER = "30"
# What may go wrong while a member's words are under way: each is written about, none of it in their words.
FAULTS = (
    ("chat.postMessage", "http_500_after"), ("chat.postMessage", "invalid_blocks"),
    ("chat.postMessage", "cut_before"), ("chat.update", "http_500_before"),
    ("chat.update", "error:invalid_blocks"), ("users.info", "http_500_before"), ("users.info", "error:missing_scope"),
    ("conversations.open", "http_500_before"), ("conversations.history", "error:channel_not_found"),
    ("views.open", "error:expired_trigger_id"), ("views.publish", "http_500_before"),
)  # fmt: skip


async def test_log_and_metrics_name_nobody_and_quote_nobody_whatever_fails(slack: Slack, tmp_path: Path) -> None:
    bot = BotProcess(slack, tmp_path, SANDBOX_PACE=FASTER)
    await bot.start()
    for method, kind in FAULTS:
        slack.fault(method, kind)
    await talks(slack)
    slack.fault("chat.postMessage", "error:msg_too_long")
    await slack.types(f"/rejected {COMPANY} Three")
    await says_until(slack, bot, "delivery_ended", "/rejected help")
    with locked(bot.database):
        await says_until(slack, bot, "handler_failed", f"/rejected {COMPANY} Two, {ROLE}")
        await slack.says(SAID)
    await slack.sends("command", b"command=%2Frejected&text=" + COMPANY.encode(), secret="f" * 32)
    await slack.sends("interaction", f'payload={{"type": "block_actions", "{COMPANY}"'.encode())
    await slack.advances("3d")
    told = await bot.metrics()
    assert await bot.stop() == 0
    written = bot.log.read_text()
    events = ("slack_refused", "handler_failed", "blocks_refused", "profile_not_read", "delivery_ended")
    assert not [event for event in events if event not in written]
    assert "onward_deliveries_total" in told and "onward_slack_errors_total" in told
    assert not found(secrets(slack), written + told)


async def test_a_token_slack_refuses_is_not_shown(slack: Slack, tmp_path: Path) -> None:
    bot = BotProcess(slack, tmp_path)
    await bot.start()
    slack.fault("chat.postMessage", "error:token_revoked")
    await slack.types(f"/rejected {COMPANY}, {ROLE}")
    await slack.until(lambda: [each for each in slack.calls if each.error == "token_revoked"])
    await slack.types(f"/rejected {COMPANY} Two")
    await bot.stop()
    assert "token_revoked" in bot.log.read_text()
    assert not found(secrets(slack), bot.log.read_text())


@pytest.mark.parametrize("way", ["command", "form"])
async def test_what_members_write_is_ciphertext_in_every_file(
    slack: Slack, bot: LivingBot, tmp_path: Path, way: str
) -> None:
    if way == "command":
        await slack.types(f"/rejected {COMPANY}, {ROLE}")
    else:
        await slack.uses_shortcut("I got a rejection")
        await slack.submits({"Company": COMPANY, "Role": ROLE})
    await slack.says(SAID)
    await bot.settles()
    assert COMPANY in str(bots_own(slack)[0].blocks)
    assert b"U0MAYA00001" in files(tmp_path)  # so that the look is worth something
    assert not found([COMPANY, ROLE, SAID, slack.bot_token, slack.signing_secret], files(tmp_path))
    await bot.onward.tools.store.database.shed_deleted_bytes()
    assert not found([COMPANY, ROLE, SAID, slack.bot_token], files(tmp_path))


async def test_delete_takes_rows_messages_and_bytes_and_nothing_follows(
    slack: Slack, bot: LivingBot, tmp_path: Path
) -> None:
    await talks(slack)
    await slack.advances_to_next()
    await slack.types(f"/rejected {COMPANY}", "sam")
    await bot.settles()
    before, deleted = bots_own(slack), slack.calls
    assert len(before) == 5 and any(each.is_reply for each in before)
    await slack.types("/rejected delete")
    assert bots_own(slack) == before
    await slack.presses("Delete everything")
    await slack.until(lambda: not bots_own(slack), timeout=20)
    await slack.advances("40d")
    assert bots_own(slack) == [] and len(slack.dm("sam")) > 2
    gone = [each.args["ts"] for each in slack.calls[len(deleted) :] if each.method == "chat.delete" and each.ok]
    parents = [each.ts for each in before if not each.is_reply]
    replies = [each.ts for each in before if each.is_reply]
    assert max(map(gone.index, replies)) < min(map(gone.index, parents)) and sorted(gone) == sorted(parents + replies)
    await no_row_and_no_byte(bot, tmp_path)


async def test_delete_while_a_post_is_in_doubt_takes_that_one_too(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    slack.fault("chat.postMessage", "cut_after")
    await slack.types(f"/rejected {COMPANY}")
    await slack.until(lambda: bots_own(slack))
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    await slack.until(lambda: not bots_own(slack), timeout=20)
    await slack.advances("30d")
    assert bots_own(slack) == []
    await no_row_and_no_byte(bot, tmp_path)


@pytest.mark.parametrize("kind", ["http_500_before", "http_500_after", "rate_limited", "cut_before"])
async def test_a_message_that_cannot_be_deleted_now_is_deleted_later(
    slack: Slack, bot: LivingBot, tmp_path: Path, kind: str
) -> None:
    await slack.types(f"/rejected {COMPANY}")
    await bot.settles()
    slack.fault("chat.delete", kind)
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    await slack.until(lambda: not slack.dm("maya"), timeout=20)
    await slack.advances("1d")
    await no_row_and_no_byte(bot, tmp_path)


async def talks(slack: Slack) -> None:
    """A member uses whatever takes words."""
    await slack.types(f"/rejected {COMPANY}, {ROLE}")
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=30)
    await slack.presses("Done")
    await slack.says(f"{SAID} at {COMPANY}")
    await slack.presses("Someone to talk to", ts=slack.dm("maya")[0].ts)
    if slack.modal("maya"):
        await slack.closes()
    await slack.opens_home()
    await slack.settles()


async def says_until(slack: Slack, bot: BotProcess, event: str, text: str) -> None:
    """Until the bot has written that line: only its file can tell."""
    async with asyncio.timeout(30):
        while event not in bot.log.read_text():
            assert (await slack.types(text)).ok


def bots_own(slack: Slack) -> list[Message]:
    return [each for each in slack.dm("maya") if each.user != "U0MAYA00001"]


def secrets(slack: Slack) -> list[str]:
    people = [user.id for user in slack.platform.workspace.users.values() if not user.is_bot]
    return [COMPANY, ROLE, SAID, slack.bot_token, slack.signing_secret, *people, "Maya"]


def found(words: Iterable[str], where: str | bytes) -> list[str]:
    text = where if isinstance(where, str) else where.decode("latin-1")
    return [word for word in words if word.lower() in text.lower()]


def files(folder: Path) -> bytes:
    """The database with its write-ahead log and whatever else lies beside it."""
    return b"".join(each.read_bytes() for each in sorted(folder.iterdir()) if each.is_file())


async def no_row_and_no_byte(bot: LivingBot, folder: Path) -> None:
    await bot.onward.erasing.run()
    await bot.onward.tools.store.prune(now=int(bot.onward.tools.clock.unix()))
    assert await bot.onward.tools.store.privacy.waiting() == 0
    assert not found(["U0MAYA00001", COMPANY], files(folder))


class locked:
    """Somebody else writes to the file."""

    def __init__(self, database: Path) -> None:
        self._other = sqlite3.connect(database, isolation_level=None)

    def __enter__(self) -> None:
        self._other.execute("BEGIN IMMEDIATE")

    def __exit__(self, *_: object) -> None:
        self._other.close()
