"""What the rows of the crash matrix share: one check-in falls due, and in the end it is there once."""

from __future__ import annotations

from bot.sandbox.workspace import Message
from tests.crash.oracle import Oracle
from tests.crash.slack_process import SlackProcess
from tests.process import BotProcess

ARRIVES = 30.0  # seconds; settle, lease and look together are 6 at this pace


async def falls_due(slack: SlackProcess, bot: BotProcess, due: float) -> None:
    """It is that moment now, for Slack and for the bot, which nobody waits for."""
    slack.set_clock(due + 1)
    await bot.clock(due + 1)


def check_ins(slack: SlackProcess, member: str = "maya") -> list[Message]:
    return [each for each in slack.dm(member) if "Snooze" in each.buttons]


async def is_there_once(slack: SlackProcess, oracle: Oracle, *, sent: tuple[int, ...] = (3,)) -> None:
    """The check-in arrived, the row says so, and nothing is there twice."""
    await slack.until(lambda: check_ins(slack) and not oracle.unsettled(now=slack.unix()), timeout=ARRIVES)
    assert len(check_ins(slack)) == 1
    assert (oracle.twice(), oracle.lost()) == ([], [])
    assert oracle.states()["sent"] in sent and oracle.states()["unknown"] == 0
