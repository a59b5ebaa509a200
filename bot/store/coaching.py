"""Talks that members asked a coach for: sent, claimed, answered, closed, taken back, and forgotten after two weeks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, or_, select, update

from bot.kinds import Kind
from bot.store import members, queue
from bot.store.base import Room, reads, writes
from bot.store.upsert import inserted
from bot.store.values import Who, moment
from bot.tables import coaching, deliveries

KEPT = timedelta(days=14)
LINGERS = timedelta(days=1)  # after which nothing is left but the bot's own words in Slack
RUNNING = ("open", "claimed", "answered")
WAITING = ("open", "claimed")
AT_ONCE = 20
SHARED = (Kind.COACHING, Kind.COACHING_REDRAW)


@dataclass(frozen=True)
class Talk:
    """``words`` are exactly what the member chose to share, by name; empty once it is over."""

    id: str
    who: Who
    helper: str
    place: str
    kind: str
    words: Mapping[str, str]
    state: str
    taken_by: str | None
    asked: datetime
    late: datetime

    @classmethod
    def of(
        cls, name: str, who: Who, helper: str, place: str, words: Mapping[str, str] | None, *,
        asked: datetime, late: datetime,
    ) -> Talk:  # fmt: skip
        """A new one. Without words it is the wish to be contacted, which goes to the counselor."""
        kind = "counselor" if words is None else "coach"
        return cls(name, who, helper, place, kind, words or {}, "open", None, asked, late)


class Coaching(Room):
    """A talk is named by whoever asks for it, so that a form that is sent twice asks once."""

    @writes
    def ask(self, connection: Connection, talk: Talk, *, now: datetime) -> bool:
        """Remembered, posted, and with a receipt for the member. False when it was asked already."""
        members.ensure(connection, talk.who)
        row = {
            "team_id": talk.who.team, "id": talk.id, "user_id": talk.who.user, "helper": talk.helper,
            "place": talk.place, "kind": talk.kind, "state": talk.state, "asked_at": int(talk.asked.timestamp()),
            "late_at": int(talk.late.timestamp()), "sealed_words": self._vault.seal(json.dumps(dict(talk.words))),
        }  # fmt: skip
        if not inserted(connection, coaching, row):
            return False
        queue.post(connection, Who(talk.who.team, talk.place), Kind.COACHING, [talk.id], due=[now])
        queue.post(connection, talk.who, Kind.COACHING_RECEIPT, [talk.id], due=[now])
        queue.post(connection, talk.who, Kind.COACHING_LATE, [f"{talk.id}/late"], due=[talk.late])
        return True

    @reads
    def find(self, connection: Connection, team: str, talk: str) -> Talk | None:
        row = connection.execute(select(coaching).where(_is(team, talk))).first()
        return self._talk(row) if row else None

    @reads
    def running(self, connection: Connection, who: Who) -> list[Talk]:
        """Those of a member that nobody closed or took back, the newest first."""
        mine = (coaching.c.team_id == who.team) & (coaching.c.user_id == who.user) & coaching.c.state.in_(RUNNING)
        rows = connection.execute(select(coaching).where(mine).order_by(coaching.c.asked_at.desc()))
        return [self._talk(row) for row in rows]

    @writes
    def move(self, connection: Connection, team: str, talk: str, state: str, *, by: str, now: datetime) -> bool:
        """A coach claims, has answered, or closes. False when it is past that, so that an old press changes nothing."""
        before = {"claimed": ("open",), "answered": WAITING, "closed": RUNNING}[state]
        its = _is(team, talk) & coaching.c.state.in_(before)
        moved = connection.execute(update(coaching).where(its).values(state=state, taken_by=by)).rowcount == 1
        _redraw(connection, team, talk, now)
        return moved

    @writes
    def take_back(self, connection: Connection, who: Who, talk: str, *, now: datetime) -> bool:
        """By the member, at any time within the two weeks: what was shared goes from the row and from Slack."""
        its = _is(who.team, talk) & (coaching.c.user_id == who.user) & (coaching.c.state != "over")
        gone = update(coaching).where(its).values(state="withdrawn", sealed_words=None)
        if connection.execute(gone).rowcount != 1:
            return False
        unsent = [queue.delivery_id(Kind.COACHING, talk), queue.delivery_id(Kind.COACHING_LATE, f"{talk}/late")]
        queue.cancel(connection, who.team, unsent, why="taken_back")
        _redraw(connection, who.team, talk, now)
        return True

    @writes
    def helper_left(self, connection: Connection, who: Who, *, now: datetime) -> None:
        """A coach's account was closed: whoever waits for them is told, with the next door."""
        theirs = (coaching.c.team_id == who.team) & (coaching.c.helper == who.user) & coaching.c.state.in_(WAITING)
        waiting = connection.execute(select(coaching).where(theirs & coaching.c.place.contains(","))).all()
        for row in waiting:
            connection.execute(update(coaching).where(_is(who.team, row.id)).values(state="gone"))
            late = queue.delivery_id(Kind.COACHING_LATE, f"{row.id}/late")
            queue.cancel(connection, who.team, [late, queue.delivery_id(Kind.COACHING, row.id)], why="coach_gone")
            queue.post(connection, Who(who.team, row.user_id), Kind.COACHING_LATE, [f"{row.id}/gone"], due=[now])
            _redraw(connection, who.team, row.id, now)

    @writes
    def end_some(self, connection: Connection, *, now: datetime) -> bool:
        """What is two weeks old is over, its words gone; a day later the rows are. Whether there were any."""
        old = coaching.c.asked_at <= int((now - KEPT).timestamp())
        ended = connection.execute(select(coaching).where(old & (coaching.c.state != "over")).limit(AT_ONCE)).all()
        for row in ended:
            over = update(coaching).where(_is(row.team_id, row.id)).values(state="over", sealed_words=None)
            connection.execute(over)
            _redraw(connection, row.team_id, row.id, now)
        lingered = coaching.c.asked_at <= int((now - KEPT - LINGERS).timestamp())
        done = connection.execute(select(coaching).where(lingered & (coaching.c.state == "over")).limit(AT_ONCE)).all()
        for row in done:
            connection.execute(delete(deliveries).where(shared(row.team_id, [row.id])))
            connection.execute(delete(coaching).where(_is(row.team_id, row.id)))
        return bool(ended or done)

    def _talk(self, row: Any) -> Talk:
        words = json.loads(self._vault.open(row.sealed_words) or "{}")
        return Talk(
            row.id, Who(row.team_id, row.user_id), row.helper, row.place, row.kind, words, row.state, row.taken_by,
            moment(row.asked_at), moment(row.late_at),
        )  # fmt: skip


def shared(team: str, talks: list[str]) -> Any:
    """What stands where others read it too: the rows of these talks in channels and group messages."""
    ids = [queue.delivery_id(kind, talk) for kind in SHARED for talk in talks]
    return (deliveries.c.team_id == team) & deliveries.c.id.in_(ids)


def of_member(connection: Connection, who: Who) -> list[str]:
    mine = (coaching.c.team_id == who.team) & (coaching.c.user_id == who.user)
    return list(connection.scalars(select(coaching.c.id).where(mine)))


def _redraw(connection: Connection, team: str, talk: str, now: datetime) -> None:
    """Both messages that show how it stands, where they were posted or are being posted."""
    ids = {queue.delivery_id(Kind.COACHING, talk): Kind.COACHING_REDRAW,
           queue.delivery_id(Kind.COACHING_RECEIPT, talk): Kind.COACHING_RECEIPT_REDRAW}  # fmt: skip
    posted = or_(deliveries.c.state == "sent", deliveries.c.state == "sending")
    rows = (deliveries.c.team_id == team) & deliveries.c.id.in_(list(ids)) & posted
    for row in connection.execute(select(deliveries.c.id, deliveries.c.user_id).where(rows)).all():
        queue.redraw(connection, Who(team, row.user_id), ids[row.id], talk, edits=row.id, due=now)


def _is(team: str, talk: str) -> Any:
    return (coaching.c.team_id == team) & (coaching.c.id == talk)
