"""Somebody writes that they want to die: they see who listens, at once, and nothing is kept unless they say so."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from tests.handlers.test_check_ins import check_ins
from tests.handlers.test_database_trouble import locked
from tests.living import LivingBot
from tests.process import BotProcess

HEAVY = "I want to die, xylophone"
CARD, NOT_SAVED = "Thank you for telling me", "I have not saved what you wrote"
QUIET_LINES, MENU = "That sounds like a lot to carry", "I work with buttons"
MAYA = "U0MAYA00001"
# Her words, what was found in them, and what somebody might call that.
TELLING = (
    "xylophone", "to die", "suicid", "hopeless", "distress", "crisis", "strong", "heavy", "listening", "tier",
)  # fmt: skip


# in a form


async def test_the_form_answers_with_the_card_and_its_own_fields(slack: Slack, bot: LivingBot) -> None:
    await is_known(slack, bot)
    await sends_the_form(slack, stage="Final round")
    await bot.settles()
    modal = slack.modal("maya")
    assert modal is not None and modal.title == "Someone to talk to"
    in_order = (CARD, "988", "Call *911*", "findahelpline.com", NOT_SAVED)
    places = [said(modal.blocks).find(each) for each in in_order]
    assert -1 not in places and places == sorted(places)
    assert [modal.spec[name]["text"] for name in ("close", "submit")] == ["Discard", "Keep it"]
    assert modal.values["company"]["company"]["value"] == HEAVY
    assert modal.values["stage"]["stage"]["selected_option"]["value"] == "final_round"
    assert await rows(bot, "journeys") == [] and HEAVY not in str(slack.calls)


async def test_discard_leaves_nothing(slack: Slack, bot: LivingBot) -> None:
    await sends_the_form(slack)
    await slack.closes()
    await bot.settles()
    assert slack.modal("maya") is None and slack.dm("maya") == []
    assert await rows(bot, "journeys") == [] and await rows(bot, "deliveries") == []


async def test_keep_it_goes_on_once_and_asks_no_second_time(slack: Slack, bot: LivingBot) -> None:
    await sends_the_form(slack, stage="Final round")
    assert (await slack.submits({})).error is None
    await bot.settles()
    modal, parent = slack.modal("maya"), slack.dm("maya")[0]
    assert modal is not None and "Open your thread" in said(modal.blocks) and CARD not in said(modal.blocks)
    assert len(await rows(bot, "journeys")) == 1 and HEAVY in said(parent.blocks)
    assert "Final choices are often close" in parent.text


async def test_what_is_mended_before_keep_it_is_what_is_kept(slack: Slack, bot: LivingBot) -> None:
    await sends_the_form(slack)
    await slack.submits({"Company": "Initech"})
    await bot.settles()
    assert "Initech" in said(slack.dm("maya")[0].blocks) and HEAVY not in said(slack.dm("maya")[0].blocks)


async def test_a_form_without_heavy_words_is_answered_as_ever(slack: Slack, bot: LivingBot) -> None:
    await slack.uses_shortcut("I got a rejection")
    await slack.submits({"Company": "Suicide Prevention Network", "Role": "Crisis counsellor"})
    await bot.settles()
    assert len(slack.dm("maya")) == 2 and "paused" not in str(await bot.ledger())


async def test_a_locked_database_does_not_hold_back_the_card(slack: Slack, bot: LivingBot) -> None:
    await slack.uses_shortcut("I got a rejection")
    with locked(bot):
        await slack.submits({"Company": HEAVY})
    modal = slack.modal("maya")
    assert modal is not None and CARD in said(modal.blocks) and "No check-ins until" not in said(modal.blocks)


# after a command


async def test_after_the_command_the_card_comes_instead_of_a_thread(slack: Slack, bot: LivingBot) -> None:
    await is_known(slack, bot)
    told = await slack.types(f"/rejected {HEAVY}")
    await bot.settles()
    assert told.message is not None and told.message.ephemeral_to == MAYA
    assert CARD in told.text and "988" in told.text and NOT_SAVED in told.text and "xylophone" not in told.text
    assert await rows(bot, "journeys") == []
    await slack.presses("Start a new thread", ts=told.message.ts)
    await slack.submits({})
    await bot.settles()
    assert len(await rows(bot, "journeys")) == 1


async def test_where_the_country_is_not_known_yet_the_world_s_directory_stands_alone(
    slack: Slack, bot: LivingBot
) -> None:
    told = await slack.types(f"/rejected {HEAVY}")
    assert "findahelpline.com" in told.text and "988" not in told.text and "emergency number where you are" in told.text


async def test_an_employer_may_be_called_what_it_is_called(slack: Slack, bot: LivingBot) -> None:
    for name in ("Samaritans", "Suicide Squad Game Studio", "KMS", "Hopeless Records"):
        assert CARD not in (await slack.types(f"/rejected {name}")).text
    await bot.settles()
    assert len(await rows(bot, "journeys")) == 4


# check-ins


async def test_check_ins_are_quiet_for_a_week_and_then_come_again(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    told = await slack.types(f"/rejected {HEAVY}")
    assert "No check-ins until Wed 20 Jan" in told.text
    await bot.settles()
    await slack.advances("6d 20h")
    assert check_ins(slack) == []
    await slack.advances("1d")
    assert len(check_ins(slack)) == 1


@pytest.mark.parametrize("way", ["start", "Turn on"])
async def test_they_come_back_sooner_when_asked_for(slack: Slack, bot: LivingBot, way: str) -> None:
    await slack.types("/rejected Initech")
    await slack.says(HEAVY)
    await bot.settles()
    if way == "start":
        await slack.says("start")
    else:
        await slack.presses("Turn on", ts=answers(slack)[-1].ts)
    await bot.settles()
    await slack.advances("30h")
    assert len(check_ins(slack)) == 1


async def test_a_longer_pause_is_not_cut_short(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.types("/rejected pause 30 days")
    told = await slack.types(f"/rejected {HEAVY}")
    assert "No check-ins until Fri 12 Feb" in told.text


async def test_who_has_stopped_reads_nothing_about_check_ins(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected stop")
    told = await slack.types(f"/rejected {HEAVY}")
    await slack.says(HEAVY)
    await bot.settles()
    assert "heck-in" not in told.text + answers(slack)[-1].text and "Turn on" not in said(answers(slack)[-1].blocks)


# in the chat


async def test_the_chat_answers_with_the_card(slack: Slack, bot: LivingBot) -> None:
    await slack.says(HEAVY)
    await bot.settles()
    (card,) = answers(slack)
    assert CARD in card.text and "988" in card.text and "Call *911*" in card.text and "xylophone" not in card.text
    assert "It stays in this chat, as Slack keeps it." in card.text and MENU not in card.text
    assert (await slack.presses("Someone to talk to", ts=card.ts)).error is None
    assert slack.modal("maya") is not None


async def test_the_card_comes_although_the_menu_was_shown_a_moment_ago(slack: Slack, bot: LivingBot) -> None:
    for words in ("hello?", "are you there?", "this job search is killing me", HEAVY, HEAVY, "hello?"):
        await slack.says(words)
        await bot.settles()
    assert [first for first in (MENU, QUIET_LINES, CARD) for each in answers(slack) if first in each.text] == [
        MENU, QUIET_LINES, CARD,
    ]  # fmt: skip
    assert len(answers(slack)) == 3
    await slack.advances("11m")
    await slack.says(HEAVY)
    await bot.settles()
    assert len(answers(slack)) == 4 and CARD in answers(slack)[-1].text


async def test_worry_about_somebody_else_is_answered_as_such(slack: Slack, bot: LivingBot) -> None:
    await slack.says("I'm worried about a friend who wants to die")
    await bot.settles()
    (answer,) = answers(slack)
    assert "good that you care about them" in answer.text and "988" in answer.text and CARD not in answer.text
    assert [each["paused_until"] for each in await rows(bot, "members")] == [None]


async def test_after_a_restart_the_plain_menu_still_offers_people(slack: Slack, bot: LivingBot) -> None:
    slack.fault("chat.postMessage", "http_500_before")
    await slack.says(HEAVY)
    await slack.settles()
    await bot.stop()
    await bot.start()
    await slack.until(lambda: answers(slack), timeout=20)
    assert MENU in answers(slack)[0].text and "Someone to talk to" in said(answers(slack)[0].blocks)


@pytest.mark.parametrize(("words", "answer"), [(HEAVY, CARD), ("hello", MENU)])
async def test_an_event_sent_again_is_answered_once(slack: Slack, bot: LivingBot, words: str, answer: str) -> None:
    with locked(bot):
        await slack.says(words)
        await slack.until(lambda: [each for each in slack.platform.journal.entries() if each.status == 500], timeout=10)
    await slack.until(lambda: answers(slack), timeout=10)
    await slack.sends_event_again("message")
    await bot.settles()
    assert [answer in each.text for each in answers(slack)] == [True]


async def test_edits_deletions_bots_and_files_are_taken_as_they_are(slack: Slack, bot: LivingBot) -> None:
    place = slack.platform.dm_of(MAYA).id
    slack.platform.post(Message(place, slack.clock.ts(), MAYA, HEAVY, bot_id="B0SOMEBODY"))
    slack.platform.post(Message(place, slack.clock.ts(), MAYA, HEAVY, subtype="channel_topic"))
    written = await slack.says("hello")
    before = slack.platform.workspace.as_slack(written)
    written.text = HEAVY
    slack.platform.redrawn(written, before)
    slack.platform.remove(written)
    await bot.settles()
    assert [MENU in each.text for each in answers(slack)] == [True]
    slack.platform.post(Message(place, slack.clock.ts(), MAYA, HEAVY, subtype="file_share"))
    slack.platform.post(Message(place, slack.clock.ts(), MAYA, "", subtype="file_share"))
    await bot.settles()
    assert [CARD in each.text for each in answers(slack)] == [False, True]


async def test_delete_forgets_what_was_held_too(slack: Slack, bot: LivingBot) -> None:
    await slack.says(HEAVY)
    await bot.settles()
    tools = bot.onward.tools
    assert tools.held.get((slack.team_id, MAYA, "said"), now=tools.clock.now())
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    assert tools.held.get((slack.team_id, MAYA, "said"), now=tools.clock.now()) is None


# nothing at rest, nothing reported


async def test_no_file_no_log_and_no_number_knows_of_it(slack: Slack, tmp_path: Path) -> None:
    bot = BotProcess(slack, tmp_path, SANDBOX_PACE="30")
    await bot.start()
    await slack.types("/rejected Initech")
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=30)
    await sends_the_form(slack)
    assert "Discard" in json.dumps(slack.modal("maya").spec)  # type: ignore[union-attr]
    while_open = files(tmp_path)
    await slack.closes()
    await slack.types(f"/rejected {HEAVY}")
    await slack.says(f"{HEAVY}, I feel hopeless, my friend is suicidal")
    await slack.until(lambda: [each for each in slack.dm("maya") if CARD in each.text], timeout=30)
    told = await bot.metrics()
    assert await bot.stop() == 0
    everything = while_open + files(tmp_path) + told.encode()
    assert MAYA.encode() in everything and b"onward_deliveries_total" in everything  # so that the look is worth it
    assert not found(TELLING, everything)


async def test_the_rows_are_those_of_a_pause_and_any_other_words(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech", "maya")
    await slack.says(HEAVY, "maya")
    await slack.types("/rejected Initech", "sam")
    await slack.types("/rejected pause 7 days", "sam")
    await slack.says("what a long Wednesday", "sam")
    await bot.settles()
    heavy, plain = [await everything_about(bot, slack, member) for member in ("maya", "sam")]
    assert "direct_messages.menu" in str(heavy["deliveries"]) and len(heavy["members"]) == 1
    assert {name: sorted(map(shape, found)) for name, found in heavy.items()} == {
        name: sorted(map(shape, found)) for name, found in plain.items()
    }


# what the tests ask


async def sends_the_form(slack: Slack, stage: str = "") -> None:
    await slack.uses_shortcut("I got a rejection")
    given = {"Company": HEAVY} | ({"How far did it get?": stage} if stage else {})
    assert (await slack.submits(given)).error is None


async def is_known(slack: Slack, bot: LivingBot) -> None:
    """Once something was sent to her, the bot knows her time zone."""
    await slack.says("hello")
    await bot.settles()


def answers(slack: Slack) -> list[Message]:
    """What the bot wrote in the chat beside threads and check-ins."""
    firsts = (CARD, QUIET_LINES, MENU, "good that you care")
    return [each for each in slack.dm("maya") if each.user != MAYA and any(first in each.text for first in firsts)]


def said(blocks: Iterable[Any]) -> str:
    return json.dumps(list(blocks), ensure_ascii=False)


async def rows(bot: LivingBot, table: str) -> list[dict[str, Any]]:
    found = await bot.onward.tools.store.database.read(
        lambda connection: connection.execute(text(f"SELECT * FROM {table}")).mappings().all()
    )
    return [dict(each) for each in found]


async def everything_about(bot: LivingBot, slack: Slack, member: str) -> dict[str, list[dict[str, Any]]]:
    names = [each["name"] for each in await rows(bot, "sqlite_master") if each["type"] == "table"]
    user = next(each.id for each in slack.platform.workspace.users.values() if each.name == member)
    mine = [each["id"] for each in await rows(bot, "journeys") if each["user_id"] == user]
    every = {name: await rows(bot, name) for name in names}
    return {
        name: [each for each in found if each.get("user_id") == user or each.get("journey_id") in mine]
        for name, found in every.items()
    }  # fmt: skip


def shape(row: dict[str, Any]) -> list[str]:
    """What kind of row it is: every word as it stands, ids and zones as such, moments to the day."""
    return [f"{name}={_kind_of(name, row[name])}" for name in sorted(row)]


def _kind_of(name: str, value: Any) -> Any:
    if isinstance(value, int):
        return value // 86400 if value > 86400 else value
    return (
        value if value is None or name in ("kind", "state", "reason") else re.sub(r"[A-Za-z0-9_=.-]{7,}", "id", value)
    )


def found(words: Iterable[str], where: bytes) -> list[str]:
    return [word for word in words if word.lower() in where.decode("latin-1").lower()]


def files(folder: Path) -> bytes:
    """The database with its write-ahead log, the bot's log and whatever else lies beside them."""
    return b"".join(each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file())
