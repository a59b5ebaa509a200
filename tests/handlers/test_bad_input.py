"""Names and buttons nobody should send: nothing comes alive, nothing is lost, and the member reads a clear sentence."""

import asyncio
import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from bot.sandbox import payloads
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from tests.living import LivingBot

# What is typed, and what may be seen of it as a name; None where nothing is left of it.
HOSTILE = {
    "a mention": ("<@U0SAM000001>", "<@U0SAM000001>"),
    "everybody": ("<!channel> @here", "<!channel> @here"),
    "a channel": ("<#C0GENERAL01|general>", "<#C0GENERAL01|general>"),
    "a link": ("<https://evil.example|Initech>", "<https://evil.example|Initech>"),
    "a bare link": ("https://evil.example", "https://evil.example"),
    "written as an entity": ("&amp;lt;!here&amp;gt;", "&lt;!here&gt;"),
    "markup": ("*Init* _ech_ ~co~ `code` > quote", "*Init* _ech_ ~co~ `code` > quote"),
    "an emoji name": (":fire: Initech", ":fire: Initech"),
    "emoji": ("🔥👩‍👩‍👧‍👦 Initech", "🔥👩‍👩‍👧‍👦 Initech"),
    "turned around": ("\u202eInitech\u2066\u200f", "Initech"),
    "control characters": ("Init\x00ech\x07\x1b[31m", "Init ech [31m"),
    "placeholders": ("{operator} %s {0}", "{operator} %s {0}"),
    "only spaces": ("   \t  ", None),
    "only commas": (",,,", ",,"),
}


@pytest.mark.parametrize(("typed", "seen"), HOSTILE.values(), ids=HOSTILE)
async def test_a_hostile_name_stays_a_name(slack: Slack, bot: LivingBot, typed: str, seen: str | None) -> None:
    answer = await types_raw(slack, f"{typed}, {typed}")
    await bot.settles()
    parent, card = slack.dm("maya")
    assert answer["text"].startswith("I'm sorry") and card.thread_ts == parent.ts
    named = [each["text"] for each in texts(parent.blocks) if seen and seen in each["text"]]
    assert named or not seen
    assert not [each for each in texts([*parent.blocks, *card.blocks]) if seen and seen in each["text"] and alive(each)]
    assert seen is None or not any(seen in each.text for each in slack.dm("maya"))
    assert slack.failures == []


@pytest.mark.parametrize("length", [101, 3000])
async def test_a_name_too_long_is_left_out_and_that_is_said(slack: Slack, bot: LivingBot, length: int) -> None:
    await slack.types(f"/rejected {'x' * length}, Analyst")
    await bot.settles()
    parent, _card = slack.dm("maya")
    assert "too long to keep" in parent.text and "too long to keep" in json.dumps(parent.blocks)
    assert "xxx" not in json.dumps(parent.blocks) and "Analyst" in json.dumps(parent.blocks)


async def test_a_name_in_the_form_is_as_harmless(slack: Slack, bot: LivingBot) -> None:
    await slack.uses_shortcut("I got a rejection")
    await slack.submits({"Company": "<!here> *Hooli*", "Role": "<@U0SAM000001>"})
    await bot.settles()
    drawn = [each for each in texts(slack.dm("maya")[0].blocks) if "Hooli" in each["text"]]
    assert drawn and not any(map(alive, drawn))


@pytest.mark.parametrize(
    "changed",
    [
        {"action_id": "thread.forgotten"},
        {"value": "not json"},
        {"value": '{"journey": 7, "step": null}'},
        {"value": '{"journey": "x"}'},
        {"value": "[]"},
    ],
    ids=["an unknown button", "no JSON", "other types", "a field less", "a list"],
)
async def test_an_old_button_says_so_and_changes_nothing(slack: Slack, bot: LivingBot, changed: dict[str, str]) -> None:
    before = await a_thread(slack, bot)
    await presses_raw(slack, "maya", before[1], button(before[1], "Done") | changed)
    await bot.settles()
    assert "This card is from an older version." in slack.ephemerals("maya")[-1].text
    assert drawn(slack) == [each.text for each in before] and slack.failures == []


@pytest.mark.parametrize("step", ["no_such_step", "ask_for_feedback"])
async def test_a_step_that_is_not_open_cannot_be_done(slack: Slack, bot: LivingBot, step: str) -> None:
    before = await a_thread(slack, bot)
    done = button(before[1], "Done")
    value = json.dumps(json.loads(done["value"]) | {"step": step})
    await presses_raw(slack, "maya", before[1], done | {"value": value})
    await bot.settles()
    assert drawn(slack) == [each.text for each in before] and slack.failures == []


async def test_a_press_on_an_old_drawing_does_not_take_back_what_is_done(slack: Slack, bot: LivingBot) -> None:
    before = await a_thread(slack, bot)
    await slack.presses("Done", ts=before[1].ts)
    await bot.settles()
    done = deepcopy(slack.dm("maya"))
    await presses_raw(slack, "maya", before[1], button(before[1], "Not now"))
    await bot.settles()
    assert drawn(slack) == [each.text for each in done] and drawn(slack)[0].count("☑") == 1


async def test_a_stage_nobody_knows_is_an_old_card(slack: Slack, bot: LivingBot) -> None:
    before = await a_thread(slack, bot)
    menu, block = next(
        (element, block) for block in before[1].blocks for element in block.get("elements", [])
        if element["type"] == "static_select"
    )  # fmt: skip
    action = {"type": "static_select", "action_id": menu["action_id"], "block_id": block["block_id"]}
    await presses_raw(slack, "maya", before[1], action | {"selected_option": {"value": "abducted"}})
    await bot.settles()
    assert "older version" in slack.ephemerals("maya")[-1].text and drawn(slack) == [each.text for each in before]


async def test_a_double_click_deals_one_card(slack: Slack, bot: LivingBot) -> None:
    await a_thread(slack, bot)
    await asyncio.gather(slack.presses("Done"), slack.presses("Done"))
    await bot.settles()
    assert len(slack.dm("maya")) == 3 and slack.dm("maya")[0].text.count("☑") == 1


async def test_the_same_command_twice_at_once_is_one_thread(slack: Slack, bot: LivingBot) -> None:
    await asyncio.gather(*(slack.types("/rejected Initech") for _ in range(5)))
    await bot.settles()
    assert len(slack.dm("maya")) == 2


@pytest.mark.parametrize("label", ["Done", "Not now", "Show all steps", "Remove this"])
async def test_another_persons_button_changes_nothing(slack: Slack, bot: LivingBot, label: str) -> None:
    before = await a_thread(slack, bot)
    message = next(each for each in before if label in each.buttons)
    ledger = await bot.ledger()
    await presses_raw(slack, "sam", message, button(message, label))
    await bot.settles()
    assert drawn(slack) == [each.text for each in before] and await bot.ledger() == ledger
    assert "belongs to somebody else" in slack.ephemerals("sam")[-1].text
    assert slack.dm("sam") == [] and slack.failures == []


async def test_another_persons_check_in_cannot_be_stopped(slack: Slack, bot: LivingBot) -> None:
    await a_thread(slack, bot)
    await slack.advances_to_next()
    check_in = deepcopy(slack.dm("maya")[-1])
    await presses_raw(slack, "sam", check_in, button(check_in, "Stop"))
    assert "belongs to somebody else" in slack.ephemerals("sam")[-1].text and drawn(slack)[-1] == check_in.text
    await slack.advances("30d")
    assert len([each for each in slack.dm("maya") if "Snooze" in each.buttons]) == 4


async def a_thread(slack: Slack, bot: LivingBot) -> list[Message]:
    """As it stands now: the sandbox changes its own messages in place."""
    await slack.types("/rejected Initech")
    await bot.settles()
    return deepcopy(slack.dm("maya"))


def drawn(slack: Slack) -> list[str]:
    return [each.text for each in slack.dm("maya")]


def button(message: Message, label: str) -> dict[str, Any]:
    """The element as Slack would send it back."""
    found = (
        element | {"block_id": block.get("block_id", "b")}
        for block in message.blocks
        for element in block.get("elements", [])
        if element.get("text", {}) and element["type"] == "button" and element["text"]["text"] == label
    )
    return next(found)


async def presses_raw(slack: Slack, user: str, message: Message, action: dict[str, Any]) -> None:
    """A signed press with any load, by anybody: what the client would never offer."""
    who = slack.platform.workspace.user(user)
    receipt = await slack.sends("interaction", payloads.message_action(slack.platform, who, message, action))
    assert receipt.status == 200


async def types_raw(slack: Slack, text: str) -> dict[str, Any]:
    """A signed command exactly as given: the client would trim it."""
    place = slack.platform.workspace.channels["C0GENERAL01"]
    maya = slack.platform.workspace.user("maya")
    body = payloads.command(slack.platform, maya, place, "/rejected", text.encode("utf-8", "replace").decode())
    answer = (await slack.sends("command", body)).parsed()
    assert answer is not None
    return answer


def texts(node: Any) -> Iterator[dict[str, Any]]:
    """Every text object and rich text, wherever it stands."""
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from texts(each)


def alive(text: dict[str, Any]) -> bool:
    """Whether Slack would turn markup, mentions, links or emoji names in it into something."""
    return text.get("type") != "plain_text" or text.get("emoji") is not False
