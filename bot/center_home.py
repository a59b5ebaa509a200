"""The career center as staff see it: its line on Home, and its page as it stands."""

from __future__ import annotations

from typing import Any

from bot.center import COLUMNS, SEALED, Center, Feature, plain
from bot.sharing import waiting
from bot.store.values import Member
from bot.tools import Tools
from messages import center_page
from messages.blocks import Block
from messages.center_page import Standing
from messages.locale import Locale

# What each optional scope is for, in the order in which the page says what is lacking.
OPTIONAL = {"join": "channels:join", "look": "channels:history", "look_private": "groups:history"}
FOR_COACHES = {"group": "mpim:write", "look_group": "mpim:history"}


async def for_staff(member: Member, locale: Locale, tools: Tools) -> list[Block]:
    """What is added to the Home of somebody of staff; nothing for anybody else."""
    return center_page.home(locale) if await tools.store.staff.includes(member.who) else []


async def draw_page(team: str, locale: Locale, tools: Tools) -> dict[str, Any]:
    center = await tools.store.centers.find(team)
    return center_page.page(locale, facts_of(center), await _standing(team, center, tools))


def facts_of(center: Center) -> dict[str, Any]:
    """What is set, as JSON holds it: the words know no more than that."""
    return plain(center, (*COLUMNS, *SEALED))


async def _standing(team: str, center: Center, tools: Tools) -> Standing:
    channel = center.channel or ""
    wanted = OPTIONAL | ({} if Feature.COACH in center.off else FOR_COACHES)
    lacks = [name for name, scope in wanted.items() if not await tools.workspaces.can(team, scope)]
    shares = center.has(Feature.SUPPORT)
    return Standing(
        staff=await tools.store.staff.of(team), trouble=await tools.store.staff.trouble(team, channel) or "",
        has_posted=await tools.store.staff.has_posted(team, channel), paused=center.paused, lacks=lacks,
        shares=shares, shared=await waiting(team, tools) if shares else None,
    )  # fmt: skip
