"""An operator edits the words while the bot runs: what it says next is new, and a slip changes nothing but the log."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, MutableMapping
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.exceptions import Refusal
from bot.sandbox.slack import Slack
from messages.library import Library
from tests.living import LivingBot
from tests.messages import pseudo

CARD = """+++
title = "Close the loop kindly"
seed_title = "Be Professional"
do = "Write two lines to a person who helped."
+++
{body}
You are welcome in Room 12.
"""
SECONDS = 20

Lines = list[MutableMapping[str, Any]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The operator's words: a line of help that says which edit it is from, to see when an edit is taken up."""
    (tmp_path / "words/en/cards/be_professional").mkdir(parents=True)
    signs(tmp_path / "words", "edit 1")
    return tmp_path / "words"


@pytest.fixture
async def bot(slack: Slack, tmp_path: Path, folder: Path) -> AsyncIterator[LivingBot]:
    bot = LivingBot(slack, tmp_path, words_dir=folder)
    await bot.start()
    yield bot
    await bot.stop()


@pytest.fixture
def said() -> Iterator[Lines]:
    """What the bot writes about itself."""
    with capture_logs() as lines:
        yield lines


def signs(folder: Path, sign: str) -> None:
    (folder / "en/phrases.toml").write_text(f'[help]\nintro = "`{{command}}` opens a thread, {sign}."', "utf-8")


def writes_card(folder: Path, body: str) -> Path:
    card = folder / "en/cards/be_professional/none.md"
    card.write_text(CARD.format(body=body), "utf-8")
    return card


def moves(folder: Path, elsewhere: Path) -> None:
    folder.rename(elsewhere)


async def until_it_says(slack: Slack, sign: str) -> None:
    async with asyncio.timeout(SECONDS):
        while f"opens a thread, {sign}." not in slack.ephemerals("maya")[-1].text:
            await slack.types("/rejected help")


async def until(slack: Slack, said: Lines, event: str) -> None:
    """Talks on: the alarm looks at the folder by itself."""
    async with asyncio.timeout(SECONDS):
        while event not in [each["event"] for each in said]:
            await slack.types("/rejected help")


async def first_card(slack: Slack, bot: LivingBot, company: str) -> str:
    await slack.types(f"/rejected {company}")
    await bot.settles()
    return [each for each in slack.dm("maya") if each.is_reply][-1].text


def openings(slack: Slack, user: str) -> list[str]:
    """The first line of every check-in."""
    return [each.text.split("\n")[0] for each in slack.dm(user) if not each.is_reply][1:]


async def test_the_next_thread_has_the_card_a_counselor_just_wrote(
    slack: Slack, bot: LivingBot, folder: Path, said: Lines
) -> None:
    assert "Room 12" not in await first_card(slack, bot, "Initech")
    writes_card(folder, "That is a hard message to get.")
    signs(folder, "edit 2")
    await slack.types("/rejected help")
    await until_it_says(slack, "edit 2")
    assert "That is a hard message to get. You are welcome in Room 12." in await first_card(slack, bot, "Hooli")


async def test_a_slip_leaves_the_words_as_they_were_and_says_once_where_it_is(
    slack: Slack, bot: LivingBot, folder: Path, said: Lines
) -> None:
    card = writes_card(folder, "Don't worry about it.")
    await until(slack, said, "words_refused")
    assert "Room 12" not in await first_card(slack, bot, "Initech")
    (line,) = [each for each in said if each["event"] == "words_refused"]
    assert (line["file"], line["line"]) == (str(card), 6)
    assert "“don't worry” is a banned phrase." in line["what"] and line["remedy"].startswith("Say what is true")
    writes_card(folder, "That is hard.")
    await until(slack, said, "words_changed")
    assert "That is hard. You are welcome in Room 12." in await first_card(slack, bot, "Hooli")
    heard = [each["event"] for each in said if each["event"].startswith("words_")]
    assert heard == ["words_refused", "words_changed"]


async def test_a_folder_that_is_gone_for_a_while_changes_nothing(
    slack: Slack, bot: LivingBot, folder: Path, said: Lines
) -> None:
    moves(folder, folder.with_name("elsewhere"))
    await until(slack, said, "words_refused")
    await slack.types("/rejected help")
    assert "edit 1" in slack.ephemerals("maya")[-1].text
    moves(folder.with_name("elsewhere"), folder)
    signs(folder, "edit 2")
    await until_it_says(slack, "edit 2")


async def test_a_bot_does_not_start_with_a_slip_in_its_words(slack: Slack, tmp_path: Path, folder: Path) -> None:
    card = writes_card(folder, "Don't worry about it.")
    with pytest.raises(Refusal) as refused:
        await LivingBot(slack, tmp_path, words_dir=folder).start()
    assert f"{card}:6: “body”: “don't worry” is a banned phrase. Say what is true" in str(refused.value)


async def test_the_reminder_and_the_quiet_ones_open_with_lines_of_their_own(
    slack: Slack, tmp_path: Path, folder: Path
) -> None:
    """Every line has one that stands in for it, so whichever comes up, it is told apart."""
    bank = [name.split(".", 1)[1] for name in Library.load().locale("en").texts if ":lines." in name]
    tables = {"reminder": "A small start is a start.", "quiet": "Nothing to do."}
    lines = [f"[{table}]\n" + "\n".join(f'{name} = "{said}"' for name in bank) for table, said in tables.items()]
    (folder / "en/encouragements.toml").write_text("\n".join(lines), "utf-8")
    bot = LivingBot(slack, tmp_path, words_dir=folder)
    await bot.start()
    for user in ("maya", "sam"):
        await slack.types("/rejected Initech", as_=user)
    await slack.advances("30h")
    await slack.presses("🙁 Rough", as_="sam")
    await slack.presses("One hello next week", as_="sam")
    await slack.advances("30d")
    _, third, reminder, last = openings(slack, "maya")
    assert reminder == tables["reminder"] and not {third, last} & set(tables.values())
    assert openings(slack, "sam")[-1] == tables["quiet"]
    await bot.stop()


async def test_a_member_reads_their_own_language_with_its_plurals(slack: Slack, tmp_path: Path, folder: Path) -> None:
    """Written for the occasion, in letters from right to left. What is not known of somebody yet is said in English."""
    pseudo.write_language(folder, "ar", pseudo.right_to_left, pseudo.RIGHT_TO_LEFT_MARK)
    slack.platform.workspace.user("maya").locale = "ar-EG"
    bot = LivingBot(slack, tmp_path, words_dir=folder)
    await bot.start()
    words = bot.onward.tools.library.locale("ar")
    await slack.types("/rejected Initech")
    await bot.settles()
    parent = slack.dm("maya")[0]
    assert parent.text.startswith(words.opening("none")) and "Four small steps" not in parent.text
    await slack.presses(words.phrase("labels.done"))
    await slack.advances("30d")
    last = [each for each in slack.dm("maya") if not each.is_reply][-1]
    title = words.card("be_professional", "none").title
    assert words.count("check_ins.day_14_steps", 1, steps=title) in last.text
    await bot.stop()
