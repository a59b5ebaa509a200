"""The weekly posts of career centers: planned for the next chosen day, seen by staff before, edited or left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, false, func, or_, select, update

from bot.calendars import Calendar, find_zone
from bot.center import Center, Feature
from bot.kinds import Kind
from bot.posting import Slot, slots
from bot.store import queue, staff
from bot.store.base import Room, reads, writes
from bot.store.centers import read_center
from bot.store.upsert import insert
from bot.store.values import Who, moment
from bot.tables import centers, channel_posts, deliveries, workspaces

WITHDRAWN = "replanned"
PLANNED_ANEW = 6 * 3600  # seconds after which a center's posts are planned further


@dataclass(frozen=True)
class ChannelPost:
    """``text`` are staff's own words in place of the rotation's; ``state`` is its delivery's, empty without one."""

    slot: str
    text: str | None
    skipped: bool
    state: str
    due: datetime | None


class ChannelPosts(Room):
    """A slot is a day, ``YYYY-MM-DD``. One post a slot, whoever plans it and however often."""

    @writes
    def plan(self, connection: Connection, *, now: datetime) -> bool:
        """Plans the next posts of one center, where its settings changed or it was long ago. False: none is left."""
        its_place = workspaces.c.team_id == centers.c.team_id
        waiting = centers.c.plan_at <= int(now.timestamp())
        query = (
            select(centers.c.team_id, workspaces.c.zone, workspaces.c.country)
            .join(workspaces, its_place)
            .where(waiting)
            .limit(1)
        )
        row = connection.execute(query).first()
        if row is None:
            return False
        center = read_center(connection, self._vault, row.team_id)
        wanted = _wanted(center, row.zone, row.country, now)
        _withdraw(connection, row.team_id, wanted, now)
        for slot in wanted:
            self._plan(connection, row.team_id, center.channel or "", slot)
        again = int(now.timestamp()) + PLANNED_ANEW
        connection.execute(update(centers).where(centers.c.team_id == row.team_id).values(plan_at=again))
        return True

    @reads
    def find(self, connection: Connection, team: str, slot: str) -> ChannelPost | None:
        row = connection.execute(select(channel_posts).where(_its(team, slot))).first()
        if row is None:
            return None
        way = connection.execute(select(deliveries).where(_delivery(team, slot))).first()
        return ChannelPost(
            slot, self._vault.open(row.sealed_text), row.skipped, way.state if way else "",
            moment(way.due_at) if way else None,
        )  # fmt: skip

    @reads
    def upcoming(self, connection: Connection, team: str) -> str | None:
        """The slot that is planned next."""
        ours = (deliveries.c.team_id == team) & (deliveries.c.kind == Kind.WEEKLY) & (deliveries.c.state == "planned")
        slots = ours & ~deliveries.c.subject.contains("/")  # a dry run's subject says more than its slot
        found: str | None = connection.scalar(select(func.min(deliveries.c.subject)).where(slots))
        return found

    @writes
    def write(self, connection: Connection, team: str, slot: str, text: str | None, *, now: datetime) -> None:
        """Staff's own words; None brings the rotation's back."""
        self._set(connection, team, slot, {"sealed_text": self._vault.seal(text)}, now)

    @writes
    def skip(self, connection: Connection, team: str, slot: str, *, skipped: bool, now: datetime) -> None:
        self._set(connection, team, slot, {"skipped": skipped}, now)

    @writes
    def post_now(self, connection: Connection, team: str, slot: str, *, now: datetime) -> None:
        """It does not wait for its time. What is on its way already stays as it is."""
        soon = update(deliveries).where(_delivery(team, slot) & (deliveries.c.state == "planned"))
        connection.execute(soon.values(due_at=int(now.timestamp()), promised_at=int(now.timestamp())))
        self._set(connection, team, slot, {"skipped": False}, now)

    @writes
    def draw_again(self, connection: Connection, team: str, slot: str, *, now: datetime) -> None:
        _redraw(connection, team, slot, now)

    @writes
    def try_out(self, connection: Connection, who: Who, slot: str, *, once: str, now: datetime) -> None:
        """The post as a dry run in the asker's own messages."""
        queue.post(connection, who, Kind.WEEKLY, [f"{slot}/{once}"], due=[now])

    def _plan(self, connection: Connection, team: str, channel: str, slot: Slot) -> None:
        fresh = insert(connection, channel_posts).values(team_id=team, slot=slot.name)
        connection.execute(fresh.on_conflict_do_nothing())
        queue.post(connection, Who(team, channel), Kind.WEEKLY, [slot.name], due=[slot.post])
        _at(connection, _delivery(team, slot.name), slot.post, user_id=channel)
        for user in staff.everyone(connection, team):
            preview = f"{slot.name}/{user}"
            queue.post(connection, Who(team, user), Kind.PREVIEW, [preview], due=[slot.preview])
            _at(connection, _row(team, queue.delivery_id(Kind.PREVIEW, preview)), slot.preview)

    def _set(self, connection: Connection, team: str, slot: str, facts: dict[str, Any], now: datetime) -> None:
        connection.execute(update(channel_posts).where(_its(team, slot)).values(**facts))
        _redraw(connection, team, slot, now)


def _wanted(center: Center, usual_zone: str | None, usual_country: str | None, now: datetime) -> list[Slot]:
    zone = find_zone(center.zone or usual_zone)
    if zone is None or not center.has(Feature.WEEKLY):
        return []
    calendar = Calendar(zone=zone, country=center.country or usual_country, quiet=center.quiet_days)
    return slots(now, calendar, center.post_days)


def _withdraw(connection: Connection, team: str, wanted: Sequence[Slot], now: datetime) -> None:
    """What was planned for other days, and its previews: those that were seen say so. Dry runs go on."""
    posts = (deliveries.c.kind == Kind.WEEKLY) & ~deliveries.c.subject.contains("/")
    ours = (deliveries.c.team_id == team) & (posts | (deliveries.c.kind == Kind.PREVIEW))
    days = or_(false(), *(deliveries.c.subject.startswith(slot.name) for slot in wanted))
    waiting = ours & (deliveries.c.state == "planned") & ~days
    gone = connection.scalars(select(deliveries.c.subject).where(waiting & (deliveries.c.kind == Kind.WEEKLY))).all()
    connection.execute(update(deliveries).where(waiting).values(state="cancelled", reason=WITHDRAWN))
    for slot in gone:
        _redraw(connection, team, slot, now)


def _at(connection: Connection, its: Any, due: datetime, **facts: Any) -> None:
    """Moves what waits; what had been withdrawn waits again."""
    withdrawn = (deliveries.c.state == "cancelled") & (deliveries.c.reason == WITHDRAWN)
    waits = its & ((deliveries.c.state == "planned") | withdrawn)
    unix = int(due.timestamp())
    facts |= {"state": "planned", "reason": None, "due_at": unix, "promised_at": unix}
    connection.execute(update(deliveries).where(waits).values(**facts))


def _redraw(connection: Connection, team: str, slot: str, now: datetime) -> None:
    """Every preview that somebody may have seen. One that has not gone out draws what counts then."""
    previews = (deliveries.c.kind == Kind.PREVIEW) & deliveries.c.subject.startswith(f"{slot}/")
    seen = (deliveries.c.team_id == team) & previews & deliveries.c.state.in_(("sending", "sent"))
    for row in connection.execute(
        select(deliveries.c.id, deliveries.c.subject, deliveries.c.user_id).where(seen)
    ).all():
        queue.redraw(connection, Who(team, row.user_id), Kind.PREVIEW_REDRAW, row.subject, edits=row.id, due=now)


def _its(team: str, slot: str) -> Any:
    return (channel_posts.c.team_id == team) & (channel_posts.c.slot == slot)


def _delivery(team: str, slot: str) -> Any:
    return _row(team, queue.delivery_id(Kind.WEEKLY, slot))


def _row(team: str, delivery: str) -> Any:
    return (deliveries.c.team_id == team) & (deliveries.c.id == delivery)
