"""What changes while a message is being drawn: it must not be settled, or sent, with older facts."""

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
    sender = bot.onward.delivery._sender
    compose, pressed = sender.compose, list[int]()

    async def slow(row: Row) -> Message | str:
        message = await compose(row)
        if row.kind is Kind.PARENT_REDRAW and not pressed:
            pressed.append(1)
            await slack.presses("Done")  # newest: another card
        return message

    sender.compose = slow
    await slack.presses("Done")
    await bot.settles()
    parent = slack.dm("maya")[0]
    assert parent.text.count("☑") == 2, parent.text


async def test_stop_while_the_parent_is_being_written_is_not_lost(slack: Slack, bot: LivingBot) -> None:
    sender = bot.onward.delivery._sender
    compose, stopped = sender.compose, list[int]()

    async def slow(row: Row) -> Message | str:
        message = await compose(row)
        if row.kind is Kind.PARENT and not stopped:
            stopped.append(1)
            await slack.types("/rejected stop")
        return message

    sender.compose = slow
    await slack.types("/rejected Initech")
    await bot.settles()
    parent = slack.dm("maya")[0]
    assert stopped and "Check-ins are off." in parent.text, parent.text
