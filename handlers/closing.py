"""The end of an installation, told to each member once."""

from __future__ import annotations

from bot.grammar import COMMANDS
from bot.store.values import Row
from bot.tools import Skip, Tools
from messages import closing as words
from messages.blocks import Message


async def compose(row: Row, tools: Tools) -> Message | Skip:
    """Drawn from the day that stands now; one that was announced for another day has its own."""
    day = await tools.store.closing.day()
    if day is None or not row.subject.endswith(day.isoformat()):
        return Skip("another_day")
    member = await tools.store.members.find(row.who)
    locale, operator = tools.library.locale(member.locale), tools.settings.operator_name
    return words.notice(locale, day=day, operator=operator, command=COMMANDS[-1])
