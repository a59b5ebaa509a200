"""A member's check-ins as rows: facts in, ``plan.check_ins`` asked, and the planned deliveries made to agree.

Everything that may move a check-in (a new no, a stage, a zone, Stop, a snooze, an interview) writes its fact and then
calls ``replan`` in the same transaction. There is no other way to plan one.
"""

from __future__ import annotations

import secrets
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select, update

from bot import plan
from bot.calendars import Calendar, find_zone
from bot.center import CheckInMode, quiet_days
from bot.kinds import Kind
from bot.plan import Planned, Purpose, Sent, Series, Tempo
from bot.steps import Stage, closest
from bot.store import keep_in_touch, leases, queue, thread_rows
from bot.store.schedule_queries import ADD, BEGIN, JOIN, LATEST, MEMBER, MOVE, every
from bot.store.values import Who, moment
from bot.tables import journeys, series

LONGEST = timedelta(days=21)
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
    rows, wish = every(connection, who), connection.execute(MEMBER, who._asdict()).first()
    if _plan(connection, who, current, rows, wish, now, why):
        thread_rows.redraw_parents(connection, who, current.started_at, now)


def add_no(connection: Connection, who: Who, *, stage: Stage, now: datetime, weekly: bool = False) -> None:
    """Another no: it joins the series that still runs, or begins one. Either way there is one series a member.

    ``weekly`` where it is one of many; what the member chose for the series stays. Who wants to be asked first, or
    belongs to a center that wants it so, has none until they say yes.
    """
    current, wish = latest(connection, who), connection.execute(MEMBER, who._asdict()).one()
    asked_first = wish.ask_first or wish.check_ins == CheckInMode.ASK
    tempo = Tempo.none if asked_first else Tempo.weekly if weekly else Tempo(wish.cadence)
    rows = every(connection, who) if current is not None else []
    if current is not None and _runs(current, rows, now):
        tone = closest([Stage(current.stage), stage])
        kept = tempo if current.tempo == Tempo.usual and tempo is not Tempo.none else current.tempo
        facts = {"at": int(now.timestamp()), "tone": tone, "kept": kept}
        current = connection.execute(JOIN, {"team": who.team, "series": current.id, **facts}).one()
        if _plan(connection, who, current, rows, wish, now, MOVED):
            thread_rows.redraw_parents(connection, who, current.started_at, now)
    else:
        fresh = begin(connection, who, stage=stage, now=now, tempo=tempo)
        _plan(connection, who, fresh, rows, wish, now, MOVED)  # its parent is not there yet


def begin(connection: Connection, who: Who, *, stage: Stage, now: datetime, tempo: Tempo = Tempo.usual) -> Facts:
    unix = int(now.timestamp())
    fresh = {
        "team_id": who.team, "id": secrets.token_hex(8), "user_id": who.user, "started_at": unix, "newest_at": unix,
        "stage": stage, "tempo": tempo,
    }  # fmt: skip
    return connection.execute(BEGIN, fresh).one()


def _plan(
    connection: Connection, who: Who, current: Facts, everything: list[Facts], wish: Facts | None, now: datetime,
    why: str,
) -> bool:  # fmt: skip
    """Of ``everything`` a member was promised the rows of the series, made to agree. Whether that changes what its
    parents show.
    """
    rows = of_series(everything, current.id)
    planned = [row for row in rows if row.state == "planned"]
    overdue = [row for row in planned if row.due_at <= now.timestamp() and why == MOVED]
    calendar, paused_until = _when(wish)
    facts = _series(current, rows, overdue, paused_until, _earlier(everything, current))
    wanted = _wanted(who, facts, calendar if not current.ended else None, now)
    waiting = {Purpose(row.purpose): row for row in planned if wanted is None or row not in overdue}
    missing = [each for each in wanted or () if each.purpose not in waiting]
    moved = [(waiting.pop(each.purpose), each) for each in wanted or () if each.purpose in waiting]
    moved = [(row, each) for row, each in moved if row.due_at != int(each.due.timestamp())]
    _move(connection, who, moved)
    _add(connection, who, current.id, missing, wish.last_number or 0 if wish and missing else 0)
    queue.cancel(connection, who.team, [row.delivery for row in waiting.values()], why=why)
    keep_in_touch.replan(connection, who, everything, calendar, paused_until, now, why=why)
    return bool(missing or moved or waiting) or wanted is None


def write(connection: Connection, who: Who, series_id: str, **facts: Any) -> None:
    ours = (series.c.team_id == who.team) & (series.c.id == series_id)
    connection.execute(update(series).where(ours).values(**facts))


def latest(connection: Connection, who: Who) -> Facts | None:
    return connection.execute(LATEST, who._asdict()).first()


def settle_stage(connection: Connection, who: Who, now: datetime) -> None:
    """After a stage was chosen, or a thread removed or brought back: the noes that are left set the tone."""
    current = latest(connection, who)
    if current is None:
        return
    stages = stages_since(connection, who, current.started_at)
    if not stages and not current.ended:
        write(connection, who, current.id, ended="removed")
    if stages:
        write(connection, who, current.id, stage=closest(stages))
        if current.ended == "removed":
            write(connection, who, current.id, ended=None)
    replan(connection, who, now, why=MOVED if stages else "removed")


def upcoming(connection: Connection, who: Who) -> list[tuple[Purpose, datetime]]:
    """The member's planned check-ins in order, as they stand."""
    current = latest(connection, who)
    rows = of_series(every(connection, who), current.id) if current is not None else []
    return [(Purpose(row.purpose), moment(row.due_at)) for row in rows if row.state == "planned"]


def _wanted(who: Who, facts: Series, calendar: Calendar | None, now: datetime) -> tuple[Planned, ...] | None:
    """None where nothing may be planned at all, or the series has ended."""
    if calendar is None:
        return None
    return plan.check_ins(facts, calendar, now=now, spread=plan.spread(f"{who.team}/{who.user}"))


def calendar_of(connection: Connection, who: Who) -> Calendar | None:
    """The days on which the member may be written to; None where nothing may be planned."""
    return _when(connection.execute(MEMBER, who._asdict()).first())[0]


def _when(wish: Facts | None) -> tuple[Calendar | None, date | None]:
    """The member's calendar, None where nobody may write: stopped, deactivated, off here, or the zone is not known.
    And until when they want a pause.
    """
    zone = find_zone(wish.zone) if wish else None
    if wish is None or zone is None or not wish.check_ins_on or wish.deactivated or wish.stopped:
        return None, None
    if wish.check_ins == CheckInMode.OFF:
        return None, None
    quiet = quiet_days(wish.quiet or "")
    calendar = Calendar(zone=zone, country=wish.country, hour=wish.hour, quiet=quiet, weekends=wish.weekends)
    return calendar, calendar.day_of(moment(wish.paused_until)) if wish.paused_until else None


def _series(
    current: Facts, rows: list[Facts], overdue: list[Facts], paused_until: date | None, earlier: tuple[datetime, ...]
) -> Series:
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
        earlier=earlier,
        applied=(current.applied_at or 0) >= current.newest_at,
    )


def _earlier(everything: list[Facts], current: Facts) -> tuple[datetime, ...]:
    """When check-ins of the series before this one went out, as far back as they could still be too close."""
    since = current.started_at - int(LONGEST.total_seconds())
    sent = [row.sent_at for row in everything if row.state == "sent" and row.series_id != current.id]
    return tuple(moment(at) for at in sent if at > since)


def _unanswered(sent: list[Facts]) -> int:
    count = 0
    for row in reversed(sent):
        if row.answer is not None:
            return count
        count += 1
    return count


def of_series(everything: list[Facts], series_id: str) -> list[Facts]:
    """Without what is about one thread, which stands beside all series."""
    return [row for row in everything if row.series_id == series_id and row.journey_id is None]


def _is_out_of_our_hands(row: Facts) -> bool:
    """Sent, or lost for good. What only gave way to a newer one may find another day."""
    return row.state in OUT_OF_OUR_HANDS and row.reason != SUPERSEDED


def _runs(current: Facts, everything: list[Facts], now: datetime) -> bool:
    if current.ended or moment(current.started_at) + LONGEST < now:
        return False
    rows = of_series(everything, current.id)
    return any(row.state == "planned" for row in rows) or not any(_is_out_of_our_hands(row) for row in rows)


def _move(connection: Connection, who: Who, moved: list[tuple[Facts, Planned]]) -> None:
    if not moved:
        return
    to = [{"team": who.team, "delivery": row.delivery, "due": int(each.due.timestamp())} for row, each in moved]
    connection.execute(MOVE, to)
    leases.expect(connection, who.team, min(each["due"] for each in to))


def _add(connection: Connection, who: Who, series_id: str, missing: list[Planned], last: int) -> None:
    if not missing:
        return
    rows = [
        {
            "team_id": who.team, "id": secrets.token_hex(8), "series_id": series_id, "user_id": who.user,
            "purpose": each.purpose, "number": number,
        }
        for number, each in enumerate(missing, last + 1)
    ]  # fmt: skip
    connection.execute(ADD, rows)
    fresh, due = [str(row["id"]) for row in rows], [each.due for each in missing]
    queue.post(connection, who, Kind.CHECK_IN, fresh, due=due)


def stages_since(connection: Connection, who: Who, unix: int) -> list[Stage]:
    mine = (journeys.c.team_id == who.team) & (journeys.c.user_id == who.user) & journeys.c.removed_at.is_(None)
    found = connection.scalars(select(journeys.c.stage).where(mine & (journeys.c.started_at >= unix)))
    return [Stage(stage) for stage in found]
