"""What goes to the people who run the bot."""

from __future__ import annotations

from bot.store.values import Row
from bot.tools import Skip, Tools
from messages import operators as words
from messages.blocks import Message


async def compose_stall(row: Row, tools: Tools) -> Message | Skip:
    """Drawn when it can go: by then the rest may go again, and there is nothing to say."""
    waiting = int(tools.clock.unix()) - int(row.subject)
    if not await tools.store.deliveries.waits_since(int(row.subject)):
        return Skip("goes_again")
    return words.stall(tools.library.locale(None), waiting // 60)
