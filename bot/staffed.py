"""Only staff come in here: stands before every press and form of the career center, and asks the store each time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.exceptions import NotStaff
from bot.store.values import Member
from bot.tools import Tools


async def staff_only(member: Member, tools: Tools, next: Callable[[], Awaitable[None]]) -> None:
    """A listener's middleware. Raises NotStaff: what was drawn for staff, or forged, proves nothing."""
    if not await tools.store.staff.includes(member.who):
        raise NotStaff
    await next()
