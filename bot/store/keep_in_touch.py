"""The one note about keeping in touch with people from a thread: asked for on its card, a check-in beside all series.

``check_ins.journey_id`` says which thread it is about. What moves or ends check-ins moves and ends it too, so
``schedule.replan`` calls the one here. The promised time of its row is kept through all of that: no earlier day.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from bot import keep_in_touch, plan
from bot.calendars import DAY, Calendar
from bot.exceptions import UnknownJourney
from bot.kinds import Kind
from bot.series import Purpose
from bot.steps import Step
from bot.store import leases, queue, thread_rows
from bot.store.schedule_queries import ADD, LAST_NUMBER, every
from bot.store.values import Who, moment
from bot.tables import check_ins, deliveries, journeys

DROPPED, MOVED = "dropped", "replanned"
COMES_BACK = ("superseded", "too_late")  # why one that was skipped finds another day
STILL_FITS = timedelta(days=30)  # so long after its day it may come back, after Turn on or Undo
COUNTED = ("planned", "sending", "sent", "unknown")
NEAR_ENOUGH = timedelta(days=14)

Found = Any  # a row of SQLAlchemy's


def asked(connection: Connection, who: Who, journey: str) -> bool:
    """Whether the member wants it, or had it."""
    found = [row for row in _newest(every(connection, who)) if row.journey_id == journey]
    return any(row.reason != DROPPED for row in found)


def when(connection: Connection, who: Who, journey: str) -> datetime | None:
    """When it is due; None where none is planned."""
    found = [row for row in _newest(every(connection, who)) if row.journey_id == journey and row.state == "planned"]
    return moment(found[0].due_at) if found else None


def first(connection: Connection, who: Who) -> datetime | None:
    """When the first one is due, of all that are planned."""
    planned = [row.due_at for row in _newest(every(connection, who)) if row.state == "planned"]
    return moment(min(planned)) if planned else None


def ask(connection: Connection, who: Who, series: str, journey: str, calendar: Calendar, now: datetime) -> None:
    """Plans it, unless it was asked for already or three months have passed."""
    began = connection.scalar(select(journeys.c.started_at).where(_thread(who, journey)))
    if began is None:
        raise UnknownJourney
    first, last = (calendar.day_of(moment(began) + days) for days in (keep_in_touch.FIRST, keep_in_touch.LAST))
    due = _due(connection, who, calendar, max(first, calendar.day_of(now) + DAY), now)
    if calendar.day_of(due) > last or asked(connection, who, journey):
        return
    _add(connection, who, series, journey, due)
    thread_rows.redraw_cards(connection, who, journey, [Step.DONT_DWELL], now)


def drop(connection: Connection, who: Who, journey: str, now: datetime) -> None:
    """Not wanted after all. One that was sent stays where it is."""
    for row in _newest(every(connection, who)):
        if row.journey_id == journey:
            queue.cancel(connection, who.team, [row.delivery], why=DROPPED)
            thread_rows.redraw_cards(connection, who, journey, [Step.DONT_DWELL], now)


def take_along(connection: Connection, who: Who, journey: str, into: str) -> list[Step]:
    """A no that is put together with another brings its note, unless that one has its own. Which cards say so.

    It stays there when the two are taken apart again: one was asked for, and one comes.
    """
    if not asked(connection, who, journey) or asked(connection, who, into):
        return []
    mine = (check_ins.c.team_id == who.team) & (check_ins.c.user_id == who.user)
    connection.execute(update(check_ins).where(mine & (check_ins.c.journey_id == journey)).values(journey_id=into))
    return [Step.DONT_DWELL]


def snooze(connection: Connection, who: Who, series: str, journey: str, calendar: Calendar, until: date,
           now: datetime) -> None:  # fmt: skip
    """Once more, on that day or the first that fits."""
    _add(connection, who, series, journey, _due(connection, who, calendar, until, now))


def replan(connection: Connection, who: Who, rows: list[Found], calendar: Calendar | None, paused_until: date | None,
           now: datetime, *, why: str) -> None:  # fmt: skip
    """Makes the planned ones what the facts say now. ``rows``: every check-in of theirs. Without a calendar nothing may
    be planned at all.
    """
    for row in _newest(rows):
        if row.state == "planned" and (calendar is None or row.began is None or row.removed_at is not None):
            queue.cancel(connection, who.team, [row.delivery], why=why)
        elif calendar is not None and row.began is not None and row.removed_at is None:
            _move_or_bring_back(connection, who, row, calendar, paused_until, now, why)


def _move_or_bring_back(
    connection: Connection, who: Who, row: Found, calendar: Calendar, paused_until: date | None, now: datetime, why: str
) -> None:
    promised = moment(row.promised_at)
    earliest = max(calendar.day_of(promised), paused_until or date.min)
    if row.state == "planned" and (row.due_at > now.timestamp() or why != MOVED):
        _move(connection, who, row, _due(connection, who, calendar, earliest, now, beside=row.id))
    ended = row.state == "cancelled" and row.reason != DROPPED
    if (ended or (row.state == "skipped" and row.reason in COMES_BACK)) and now < promised + STILL_FITS:
        _add(connection, who, row.series_id, row.journey_id, _due(connection, who, calendar, earliest, now))


def _due(
    connection: Connection, who: Who, calendar: Calendar, earliest: date, now: datetime, *, beside: str = ""
) -> datetime:
    taken = [calendar.day_of(at) for at in _others(connection, who, now, beside)]
    return keep_in_touch.day_for(calendar, earliest, taken, now=now, spread=plan.spread(f"{who.team}/{who.user}"))


def _others(connection: Connection, who: Who, now: datetime, beside: str) -> Iterable[datetime]:
    mine = (deliveries.c.team_id == who.team) & (deliveries.c.user_id == who.user)
    near = deliveries.c.due_at > int((now - NEAR_ENOUGH).timestamp())
    counted = near & (deliveries.c.kind == Kind.CHECK_IN) & deliveries.c.state.in_(COUNTED)
    query = select(deliveries.c.due_at, deliveries.c.sent_at).where(mine & counted & (deliveries.c.subject != beside))
    return [moment(row.sent_at or row.due_at) for row in connection.execute(query)]


def _newest(rows: list[Found]) -> list[Found]:
    """One row a thread: the latest of it. ``began`` is None where the thread is gone."""
    about_threads = sorted((row for row in rows if row.journey_id), key=lambda row: row.number)
    return list({row.journey_id: row for row in about_threads}.values())


def _thread(who: Who, journey: str) -> Any:
    return (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user) & (journeys.c.id == journey)


def _move(connection: Connection, who: Who, row: Found, due: datetime) -> None:
    unix = int(due.timestamp())
    if unix != row.due_at:
        ours = (deliveries.c.team_id == who.team) & (deliveries.c.id == row.delivery)
        connection.execute(update(deliveries).where(ours).values(due_at=unix, promised_at=unix))
        leases.expect(connection, who.team, unix)


def _add(connection: Connection, who: Who, series: str, journey: str, due: datetime) -> None:
    check_in = secrets.token_hex(8)
    fresh = {
        "team_id": who.team, "id": check_in, "series_id": series, "user_id": who.user,
        "purpose": Purpose.keep_in_touch, "number": (connection.scalar(LAST_NUMBER, who._asdict()) or 0) + 1,
        "journey_id": journey,
    }  # fmt: skip
    connection.execute(ADD, [fresh])
    queue.post(connection, who, Kind.CHECK_IN, [check_in], due=[due])
