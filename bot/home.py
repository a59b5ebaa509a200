"""App Home as it stands, for whichever door changed what a member may be looking at."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot import sharing, written
from bot.activity import A_DAY
from bot.answers import publish
from bot.center_home import for_staff
from bot.coaching import at_home
from bot.exceptions import Busy
from bot.log import log
from bot.steps import Stage
from bot.store.values import Journey, Member, NoteKind, Who
from bot.tools import Tools
from messages import home as words
from messages import plans
from messages.history import Item, Shelf, Undo
from messages.home import Checking, Standing, Waiting
from messages.locale import Locale

PATTERN_FROM = 5  # noes whose stage is known
LAST, TRIES = "home", 3
LOOKED_AT = 2 * A_DAY  # seconds for which an opened Home is kept fresh
AT_ONCE = 20  # Homes drawn anew in a minute because something on them passed
# Held so that the loop does not drop them before they are done.
UNDER_WAY: set[asyncio.Task[None]] = set()
LATE = 600  # seconds after which a check-in that should have gone out is looked at again


@dataclass(frozen=True)
class Drawn:
    """A Home as it was published last: the page of the history that is open, Slack's hash of it, and the time at which
    something on it passes by itself.
    """

    page: int | None = None
    hash: str | None = None
    until: float | None = None


@dataclass(frozen=True)
class Ahead:
    """When the next check-in comes, and the reminder of a hello that they asked for."""

    check_in: datetime | None
    hello: datetime | None

    @property
    def dates(self) -> list[datetime]:
        return [each for each in (self.check_in, self.hello) if each]


def is_home(body: Mapping[str, Any]) -> bool:
    """Whether it was pressed on Home."""
    return bool((body.get("view") or {}).get("type") == "home")


async def draw_home(
    client: AsyncWebClient, member: Member, locale: Locale, tools: Tools, *, pressed: Mapping[str, Any] | None = None,
    page: int | None = None,
) -> None:  # fmt: skip
    """``pressed`` is the Home somebody pressed on, ``page`` of the history is unfolded.

    Two presses at once both know the same Home. The second to publish is told so by Slack, and then draws anew from
    facts that are newer than what the first one drew.
    """
    seen = str(pressed["hash"]) if pressed and pressed.get("hash") else None
    if not await _publish(client, member, locale, tools, Drawn(page, seen)):
        await _publish(client, member, locale, tools, Drawn(page))


def redraw_home(client: AsyncWebClient, member: Member, tools: Tools) -> None:
    """After a change somewhere else, for who may be looking at it. Returns at once."""
    opened_here = tools.held.get((*member.who, LAST), now=tools.clock.now())  # perhaps before they were remembered
    if not opened_here and tools.clock.unix() - (member.home_at or 0) > LOOKED_AT:
        return
    drawing = asyncio.create_task(_redraw(client, member, tools))
    UNDER_WAY.add(drawing)
    drawing.add_done_callback(UNDER_WAY.discard)


async def redraw_passed(tools: Tools) -> None:
    """The chore: Homes of the last day on which nothing but time changed something. Others are drawn when opened."""
    now = tools.clock.now()
    passed = [key for key, drawn in tools.held.all_named(LAST, now=now) if (drawn.until or math.inf) <= now.timestamp()]
    for team, user, _ in passed[:AT_ONCE]:
        client = await tools.workspaces.client(team)
        if client is None:
            tools.held.drop((team, user, LAST))
        else:
            await _redraw(client, await tools.store.members.find(Who(team, user)), tools)


async def _redraw(client: AsyncWebClient, member: Member, tools: Tools) -> None:
    try:
        fresh = await tools.store.members.find(member.who)
        for _ in range(TRIES):
            last = tools.held.get((*member.who, LAST), now=tools.clock.now()) or Drawn()
            if await _publish(client, fresh, tools.library.locale(fresh.locale), tools, last):
                return
    except Busy:
        log.warning("home_waits", why="database")


async def _publish(
    client: AsyncWebClient, member: Member, locale: Locale, tools: Tools, last: Drawn
) -> bool:  # fmt: skip
    """In place of the last one. False where another one came between: then there are newer facts to draw."""
    member = await tools.store.members.find(member.who)
    ahead = await _ahead(member.who, tools)
    view = await _view(member, locale, tools, last.page, ahead)
    fresh = await publish(client, member.who.user, view, seen=last.hash)
    if fresh is not None:
        now = tools.clock.now()
        drawn = Drawn(last.page, fresh or None, _until(member, ahead, now.timestamp()))
        tools.held.put((*member.who, LAST), drawn, now=now)
    return fresh is not None


async def _ahead(who: Who, tools: Tools) -> Ahead:
    planned = await tools.store.check_ins.upcoming(who)
    return Ahead(planned[0][1] if planned else None, await tools.store.wishes.keeps_in_touch_next(who))


def _until(member: Member, ahead: Ahead, now: float) -> float | None:
    """When the next of them has gone out, or a pause is over; a little later where it is late."""
    gone = [max(at.timestamp(), now + LATE if at.timestamp() <= now else 0) for at in ahead.dates]
    paused = [member.paused_until] if member.paused_until and member.paused_until > now else []
    return min([*gone, *paused], default=None)


async def _view(member: Member, locale: Locale, tools: Tools, page: int | None, ahead: Ahead) -> dict[str, Any]:
    standing = await _standing(tools, member, locale, page, ahead)
    people = [*await at_home(member, locale, tools), *await sharing.at_home(member, locale, tools)]
    more = [*people, *await for_staff(member, locale, tools)]
    return words.home(locale, standing, operator=tools.settings.operator_name, more=more)


async def _standing(tools: Tools, member: Member, locale: Locale, page: int | None, ahead: Ahead) -> Standing:
    waiting = await tools.store.history.open_steps(member.who, most=words.MOST_STEPS + 1)
    stages = await tools.store.history.stages(member.who)
    plan = await tools.store.notes.newest(member.who, NoteKind.PLAN)
    newest, _ = await tools.store.history.page(member.who, 0)
    ends = await tools.store.closing.day()
    return Standing(
        waiting=[_waiting(locale, member, journey, step) for journey, step in waiting],
        checking=await _checking(tools, member, locale, ahead), has_threads=bool(newest),
        newest=newest[0].id if newest else "", plan=plans.lines(locale, plan.words) if plan else (),
        plan_of=plan.journey if plan else "", has_kept=bool(await tools.store.notes.recent(member.who, limit=1)),
        has_pattern=sum(stages.values()) >= PATTERN_FROM, shelf=await _shelf(tools, member, locale, page),
        undo=await _undo(tools, member, locale), closes=f"{locale.day(ends)} {ends.year}" if ends else "",
    )  # fmt: skip


def _waiting(locale: Locale, member: Member, journey: Journey, step: str) -> Waiting:
    title = locale.card(step, journey.stage).title
    return Waiting(journey.id, step, title, journey.name, written.happened(locale, member, journey))


async def _checking(tools: Tools, member: Member, locale: Locale, ahead: Ahead) -> Checking:
    today = written.day_in(member, tools.clock.now(), 0)
    paused = written.day_of(member, member.paused_until)
    interview = await tools.store.wishes.interview_on(member.who)
    return Checking(
        day=written.day(locale, member, ahead.check_in) if ahead.check_in else "", hour=written.hour(member),
        hello=written.day(locale, member, ahead.hello) if ahead.hello else "",
        on=member.check_ins_on, paused=locale.day(paused) if paused and paused > today else "",
        interview=locale.day(interview) if interview and interview >= today else "",
        none_here=member.none_here,
    )  # fmt: skip


async def _shelf(tools: Tools, member: Member, locale: Locale, page: int | None) -> Shelf | None:
    if page is None:
        return None
    found, more = await tools.store.history.page(member.who, max(page, 0))
    return Shelf([item(locale, member, each) for each in found], max(page, 0), more)


async def _undo(tools: Tools, member: Member, locale: Locale) -> Undo | None:
    last = await tools.store.history.undoable(member.who, now=tools.clock.now())
    if last is None:
        return None
    goes_on = written.day(locale, member, last.goes_at) if last.goes_at else ""
    return Undo(item(locale, member, last.journey), goes_on)


def item(locale: Locale, member: Member, journey: Journey) -> Item:
    """A no as the history shows it."""
    day, stage = written.happened(locale, member, journey), journey.stage or Stage.NONE
    return Item(journey.id, day, str(stage), journey.name)
