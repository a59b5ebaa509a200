"""Talk to a coach: who there is to ask, where a question would stand, and by when an answer is promised."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bot.calendars import DAY, Calendar, find_zone
from bot.center import Center, Coach, Feature
from bot.store.coaching import Talk
from bot.store.values import Member
from bot.tools import Tools
from messages import coaching as words
from messages.blocks import Block, Element
from messages.coaching import Asked, Helper
from messages.locale import Locale

__all__ = ["Asked", "Talk"]

GROUP = "mpim:write"
MOST_RUNNING = 3  # talks of one member that nobody closed yet


async def coaches_for(member: Member, center: Center, tools: Tools) -> tuple[Coach, ...]:
    """Whom this member can ask; nobody where there is no coach, or no place for a question."""
    if Feature.COACH in center.off:
        return ()
    others = tuple(each for each in center.coaches if each.user != member.who.user)
    return others if center.coach_channel or await _groups(member, tools) else ()


async def has_counselor(member: Member, center: Center, tools: Tools) -> bool:
    """Whether somebody may be asked to contact them. Only where both are in the message: no channel reads it."""
    return center.counselor not in (None, member.who.user) and await _groups(member, tools)


async def doors(member: Member, locale: Locale, tools: Tools) -> list[Element]:
    """What stands on the page of people to talk to, where there is somebody to ask."""
    center = await tools.store.centers.find(member.who.team)
    coach = bool(await coaches_for(member, center, tools))
    return words.doors(locale, coach=coach, counselor=await has_counselor(member, center, tools))


async def at_home(member: Member, locale: Locale, tools: Tools) -> list[Block]:
    center = await tools.store.centers.find(member.who.team)
    return words.at_home(locale) if await coaches_for(member, center, tools) else []


async def find_helper(member: Member, user: str, tools: Tools) -> Helper | None:
    """The coach of that id, where this member can ask them now."""
    center = await tools.store.centers.find(member.who.team)
    return next((as_helper(each) for each in await coaches_for(member, center, tools) if each.user == user), None)


async def whom_was_asked(talk: Talk, tools: Tools) -> Helper:
    """As they are set up now; without a promise and a link where they are no coach any more."""
    coaches = (await tools.store.centers.find(talk.who.team)).coaches
    return next((as_helper(each) for each in coaches if each.user == talk.helper), Helper(talk.helper, ""))


async def may_help(member: Member, talk: Talk, tools: Tools) -> bool:
    """Whoever was asked, and in their place any other coach; never the member themselves."""
    coaches = {each.user for each in (await tools.store.centers.find(talk.who.team)).coaches}
    allowed = coaches | {talk.helper} if talk.kind == "coach" else {talk.helper}
    return member.who.user in allowed - {talk.who.user}


def as_helper(coach: Coach) -> Helper:
    return Helper(coach.user, coach.name, coach.days, coach.booking)


def to_be(member: Member, helper: str, place: str, chosen: Mapping[str, str] | None) -> Asked:
    """A talk as it would be, for the preview. Without words it is the wish to be contacted."""
    where = f"<#{place}>" if place and "," not in place else ""
    them = f"<@{member.who.user}>", f"<@{helper}>"
    return Asked("", *them, chosen or {}, place=where, to_counselor=chosen is None)


def asked(talk: Talk) -> Asked:
    """A talk as the words know it."""
    return Asked(
        talk.id, f"<@{talk.who.user}>", f"<@{talk.helper}>", talk.words, talk.state,
        f"<@{talk.taken_by}>" if talk.taken_by else "", "" if "," in talk.place else f"<#{talk.place}>",
        talk.kind == "counselor",
    )  # fmt: skip


async def place_of(member: Member, helper: str, center: Center, tools: Tools, *, alone: bool = False) -> str | None:
    """The two in a group message, or the coaches' channel where that is not allowed. None: there is no such place."""
    if await _groups(member, tools):
        return ",".join(sorted((member.who.user, helper)))
    return None if alone else center.coach_channel


def late_at(member: Member, center: Center, days: int, now: datetime) -> datetime:
    """The first morning after so many working days of the center, at the member's hour."""
    zone = find_zone(center.zone) or find_zone(member.zone) or find_zone("UTC")
    assert zone is not None, "UTC is among the zones"
    works = Calendar(zone=zone, country=center.country or member.country, quiet=center.quiet_days)
    day = works.day_of(now)
    for _ in range(days + 1):
        day = works.first_business_day(day + DAY)
    theirs = Calendar(zone=find_zone(member.zone) or zone, country=member.country, hour=member.hour, quiet=member.quiet)
    return theirs.at(theirs.first_business_day(day))


async def _groups(member: Member, tools: Tools) -> bool:
    return await tools.workspaces.can(member.who.team, GROUP)
