"""When a member last did something, kept to the day, so that whoever is gone can be forgotten.

Written once a day and beside the answer: nobody waits for it, and a locked database only means that it is noted later.
"""

from __future__ import annotations

import asyncio

from bot.exceptions import Busy
from bot.log import log
from bot.store.values import Member
from bot.tools import Tools

A_DAY = 86400
# Held so that the loop does not drop them before they are done.
UNDER_WAY: set[asyncio.Task[None]] = set()


def notice(member: Member, tools: Tools, *, at_home: bool = False) -> None:
    """Returns at once. Call it after what the member did is committed: on PostgreSQL both write the same row.

    ``at_home``: they opened Home, which is drawn anew for a while when something changes.
    """
    today = int(tools.clock.unix()) // A_DAY * A_DAY
    if member.active_at == today and (not at_home or member.home_at == today):
        return
    noting = asyncio.create_task(_note(member, tools, today, at_home=at_home))
    UNDER_WAY.add(noting)
    noting.add_done_callback(UNDER_WAY.discard)


async def _note(member: Member, tools: Tools, today: int, *, at_home: bool) -> None:
    try:
        # Asked first: a write of nothing would wait for a locked database, and whoever sends a form waits behind it.
        if at_home or await tools.store.members.is_unseen(member.who, today=today):
            await tools.store.members.seen(member.who, today=today, at_home=at_home)
    except Busy:
        log.warning("activity_waits", why="database")
