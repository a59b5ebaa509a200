"""A member's check-ins as rows: facts in, ``plan.check_ins`` asked, and the planned deliveries made to agree.

Everything that may move a check-in (a new no, a stage, a zone, Stop, a snooze, an interview) writes its fact and then
calls ``replan`` in the same transaction. There is no other way to plan one.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, desc, func, insert, select, update

from bot import plan
from bot.calendars import Calendar, find_zone
from bot.kinds import Kind
from bot.plan import Planned, Purpose, Sent, Series, Tempo
from bot.steps import Stage, closest
from bot.store import queue
from bot.store.values import Who, moment
from bot.tables import check_ins, deliveries, journeys, members, series, workspaces

LONGEST = timedelta(days=21)
RECENT = timedelta(days=14)
MOVED = "replanned"
SUPERSEDED = "superseded"
OUT_OF_OUR_HANDS = ("sending", "sent", "unknown", "skipped", "failed")

Facts = Any  # a row of SQLAlchemy's


def replan(connection: Connection, who: Who, now: datetime, *, why: str = MOVED) -> None:
    """Makes the planned check-ins what the facts say now. ``why`` is noted on those that fall away.

    One that is due already is left to the sender, unless the member has just asked for something else.
    """
    current = latest(connection, who)
    if current is None:
        return
    planned = [row for row in _rows(connection, who, current.id) if row.state == "planned"]
    overdue = [row for row in planned if row.due_at <= now.timestamp() and why == MOVED]
    wanted = _wanted(connection, who, current, overdue, now)
    waiting = {Purpose(row.purpose): row for row in planned if wanted is None or row not in overdue}
    for each in wanted or ():
        if row := waiting.pop(each.purpose, None):
            _move(connection, who, row, each)
        else:
            _add(connection, who, current.id, each)
    queue.cancel(connection, who.team, [row.delivery for row in waiting.values()], why=why)
    redraw_parents(connection, who, current, now)


def add_no(connection: Connection, who: Who, *, stage: Stage, now: datetime) -> None:
    """Another no: it joins the series that still runs, or begins one. Either way there is one series a member."""
    current = latest(connection, who)
    if current is not None and _runs(connection, who, current, now):
        tone = closest([Stage(current.stage), stage])
        write(connection, who, current.id, newest_at=int(now.timestamp()), stage=tone)
    else:
        begin(connection, who, stage=stage, now=now)


def take_up_again(connection: Connection, who: Who, now: datetime) -> None:
    """After Turn on: the latest series goes on where its dates allow, or a recent no begins a new one."""
    current = latest(connection, who)
    if current is None or current.ended or moment(current.started_at) + LONGEST < now:
        stages = _recent_stages(connection, who, now)
        if stages:
            begin(connection, who, stage=closest(stages), now=now)
    replan(connection, who, now)


def begin(connection: Connection, who: Who, *, stage: Stage, now: datetime) -> None:
    unix = int(now.timestamp())
    connection.execute(
        insert(series).values(
            team_id=who.team, id=secrets.token_hex(8), user_id=who.user, started_at=unix, newest_at=unix, stage=stage,
            tempo=Tempo.usual,
        )
    )  # fmt: skip


def write(connection: Connection, who: Who, series_id: str, **facts: Any) -> None:
    ours = (series.c.team_id == who.team) & (series.c.id == series_id)
    connection.execute(update(series).where(ours).values(**facts))


def latest(connection: Connection, who: Who) -> Facts | None:
    mine = (series.c.team_id == who.team) & (series.c.user_id == who.user)
    return connection.execute(select(series).where(mine).order_by(desc(series.c.started_at)).limit(1)).first()


def settle_stage(connection: Connection, who: Who, now: datetime) -> None:
    """After a stage was chosen, or a thread removed or brought back: the noes that are left set the tone."""
    current = latest(connection, who)
    if current is None:
        return
    stages = _stages_since(connection, who, current.started_at)
    if not stages and not current.ended:
        write(connection, who, current.id, ended="removed")
    if stages:
        write(connection, who, current.id, stage=closest(stages))
        if current.ended == "removed":
            write(connection, who, current.id, ended=None)
    replan(connection, who, now, why=MOVED if stages else "removed")


def redraw_parents(connection: Connection, who: Who, current: Facts, now: datetime) -> None:
    """The parents show the dates, so they are drawn anew when dates move. One not posted yet draws them anyway."""
    shown = (journeys.c.user_id == who.user) & (journeys.c.started_at >= current.started_at)
    mine = (journeys.c.team_id == who.team) & shown & journeys.c.removed_at.is_(None)
    for journey in connection.scalars(select(journeys.c.id).where(mine)).all():
        parent = queue.delivery_id(Kind.PARENT, journey)
        posted = (deliveries.c.team_id == who.team) & (deliveries.c.id == parent) & (deliveries.c.state != "planned")
        if connection.execute(select(deliveries.c.id).where(posted)).first():
            queue.redraw(connection, who, Kind.PARENT_REDRAW, journey, edits=parent, due=now)


def upcoming(connection: Connection, who: Who) -> list[tuple[Purpose, datetime]]:
    """The member's planned check-ins in order, as they stand."""
    current = latest(connection, who)
    rows = _rows(connection, who, current.id) if current is not None else []
    return [(Purpose(row.purpose), moment(row.due_at)) for row in rows if row.state == "planned"]


def _wanted(
    connection: Connection, who: Who, current: Facts, overdue: list[Facts], now: datetime
) -> tuple[Planned, ...] | None:
    """None where nothing may be planned at all: stopped, ended, deactivated, or the zone is not known."""
    row = connection.execute(_member(who)).first()
    zone = find_zone(row.zone) if row else None
    if row is None or zone is None or current.ended or not row.check_ins_on or row.deactivated or row.stopped:
        return None
    calendar = Calendar(zone=zone, country=row.country, hour=row.hour)
    paused_until = calendar.day_of(moment(row.paused_until)) if row.paused_until else None
    facts = _series(connection, who, current, overdue, paused_until)
    return plan.check_ins(facts, calendar, now=now, spread=plan.spread(f"{who.team}/{who.user}"))


def _member(who: Who) -> Any:
    return (
        select(
            func.coalesce(members.c.zone, workspaces.c.zone).label("zone"),
            func.coalesce(members.c.country, workspaces.c.country).label("country"),
            members.c.hour, members.c.check_ins_on, members.c.deactivated, members.c.paused_until,
            workspaces.c.stopped,
        )
        .select_from(members.outerjoin(workspaces, workspaces.c.team_id == members.c.team_id))
        .where((members.c.team_id == who.team) & (members.c.user_id == who.user))
    )  # fmt: skip


def _series(
    connection: Connection, who: Who, current: Facts, overdue: list[Facts], paused_until: date | None
) -> Series:
    rows = _rows(connection, who, current.id)
    begun = [row for row in rows if _is_out_of_our_hands(row)] + overdue
    return Series(
        started=moment(current.started_at),
        newest=moment(current.newest_at),
        stage=current.stage,
        tempo=Tempo(current.tempo),
        sent=tuple(Sent(Purpose(row.purpose), moment(row.sent_at or row.due_at)) for row in begun),
        chosen_at=moment(current.chosen_at) if current.chosen_at else None,
        interview_on=date.fromisoformat(current.interview_on) if current.interview_on else None,
        interview_asked=moment(current.interview_asked) if current.interview_asked else None,
        snoozed=Purpose(current.snoozed) if current.snoozed else None,
        snooze_until=date.fromisoformat(current.snooze_until) if current.snooze_until else None,
        unanswered=_unanswered([row for row in rows if row.state == "sent"]),
        paused_until=paused_until,
        earlier=_earlier(connection, who, current),
    )


def _earlier(connection: Connection, who: Who, current: Facts) -> tuple[datetime, ...]:
    """When check-ins of the series before this one went out, as far back as they could still be too close."""
    mine = (check_ins.c.team_id == who.team) & (check_ins.c.user_id == who.user) & (check_ins.c.series_id != current.id)
    recent = (deliveries.c.state == "sent") & (deliveries.c.sent_at > current.started_at - int(LONGEST.total_seconds()))
    query = select(deliveries.c.sent_at).join(check_ins, its_check_in()).where(mine & recent)
    return tuple(moment(at) for at in connection.scalars(query))


def _unanswered(sent: list[Facts]) -> int:
    count = 0
    for row in reversed(sent):
        if row.answer is not None:
            return count
        count += 1
    return count


def _rows(connection: Connection, who: Who, series_id: str) -> list[Facts]:
    ours = (check_ins.c.team_id == who.team) & (check_ins.c.series_id == series_id)
    query = select(
        check_ins.c.id, check_ins.c.purpose, check_ins.c.answer, deliveries.c.id.label("delivery"),
        deliveries.c.state, deliveries.c.reason, deliveries.c.due_at, deliveries.c.sent_at,
    ).join(deliveries, its_check_in())  # fmt: skip
    return list(connection.execute(query.where(ours).order_by(deliveries.c.due_at, check_ins.c.number)).all())


def its_check_in() -> Any:
    """What joins a delivery to its check-in."""
    its = queue.delivery_id(Kind.CHECK_IN, "") + check_ins.c.id
    return (deliveries.c.team_id == check_ins.c.team_id) & (deliveries.c.id == its)


def _is_out_of_our_hands(row: Facts) -> bool:
    """Sent, or lost for good. What only gave way to a newer one may find another day."""
    return row.state in OUT_OF_OUR_HANDS and row.reason != SUPERSEDED


def _runs(connection: Connection, who: Who, current: Facts, now: datetime) -> bool:
    if current.ended or moment(current.started_at) + LONGEST < now:
        return False
    rows = _rows(connection, who, current.id)
    return any(row.state == "planned" for row in rows) or not any(_is_out_of_our_hands(row) for row in rows)


def _move(connection: Connection, who: Who, row: Facts, planned: Planned) -> None:
    due = int(planned.due.timestamp())
    ours = (deliveries.c.team_id == who.team) & (deliveries.c.id == row.delivery)
    connection.execute(update(deliveries).where(ours).values(due_at=due, promised_at=due))


def _add(connection: Connection, who: Who, series_id: str, planned: Planned) -> None:
    mine = (check_ins.c.team_id == who.team) & (check_ins.c.user_id == who.user)
    number = connection.scalar(select(func.coalesce(func.max(check_ins.c.number), 0)).where(mine)) or 0
    fresh = secrets.token_hex(8)
    connection.execute(
        insert(check_ins).values(
            team_id=who.team, id=fresh, series_id=series_id, user_id=who.user, purpose=planned.purpose,
            number=number + 1,
        )
    )  # fmt: skip
    queue.post(connection, who, Kind.CHECK_IN, fresh, due=planned.due)


def _stages_since(connection: Connection, who: Who, unix: int) -> list[Stage]:
    mine = (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user) & journeys.c.removed_at.is_(None)
    found = connection.scalars(select(journeys.c.stage).where(mine & (journeys.c.started_at >= unix)))
    return [Stage(stage) for stage in found]


def _recent_stages(connection: Connection, who: Who, now: datetime) -> list[Stage]:
    return _stages_since(connection, who, int((now - RECENT).timestamp()))
