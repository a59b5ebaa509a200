"""What changes while a message is being drawn: it must not be settled, or sent, with older facts."""

from collections.abc import Awaitable, Callable

import pytest

from bot.kinds import Kind
from bot.sandbox.slack import Slack
from bot.store.values import Row
from messages.blocks import Message
from tests.living import LivingBot


async def test_a_press_while_the_parent_is_being_drawn_is_not_lost(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()
    await slack.presses("Show all steps")
    await bot.settles()
    meanwhile(bot, Kind.PARENT_REDRAW, lambda: slack.presses("Done"))  # newest: another card
    await slack.presses("Done")
    await bot.settles()
    parent = slack.dm("maya")[0]
    assert parent.text.count("☑") == 2, parent.text


async def test_stop_while_the_parent_is_being_written_is_not_lost(slack: Slack, bot: LivingBot) -> None:
    meanwhile(bot, Kind.PARENT, lambda: slack.types("/rejected stop"))
    await slack.types("/rejected Initech")
    await bot.settles()
    parent = slack.dm("maya")[0]
    assert slack.ephemerals("maya")[-1].text.startswith("Done. No more check-ins")
    assert "Check-ins are off." in parent.text, parent.text


async def test_stop_before_the_parent_is_drawn_anew_is_not_lost(
    slack: Slack, bot: LivingBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The member was read with the row, and the same second may have begun both redraws."""
    await slack.types("/rejected Initech")
    await bot.settles()
    sender, waiting = bot.onward.delivery._sender, [1]
    begin = sender._begin

    async def late(row: Row, channel: str) -> Row | None:
        if row.kind is Kind.PARENT_REDRAW and waiting:
            waiting.pop()
            await slack.types("/rejected stop")
        return await begin(row, channel)

    monkeypatch.setattr(sender, "_begin", late)
    await slack.presses("Done")
    await bot.settles()
    parent = slack.dm("maya")[0]
    assert not waiting and "Check-ins are off." in parent.text, parent.text


def meanwhile(bot: LivingBot, kind: Kind, happens: Callable[[], Awaitable[object]]) -> None:
    """Once, when the first message of that kind has been drawn and not been sent."""
    sender = bot.onward.delivery._sender
    compose, waiting = sender.compose, [happens]

    async def slow(row: Row) -> Message | str:
        message = await compose(row)
        if row.kind is kind and waiting:
            await waiting.pop()()
        return message

    sender.compose = slow
