"""What members share without their name: looked at by staff, posted in a batch, taken back, and forgotten in time.

Whose it is can only be found by opening what is sealed. There are few of them at a time, so that is what is done.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, select, update

from bot import batches
from bot.kinds import Kind
from bot.numbers import COMMUNITY
from bot.store import members, queue, sharing_ends, staff
from bot.store.base import Room, reads, writes
from bot.store.centers import read_center
from bot.store.upsert import insert, inserted
from bot.store.values import Who, moment
from bot.tables import journeys, sharing, sharing_mutes

MOST_WAITING = 3  # posts of one member that nobody decided about yet
MUTED_DAYS = 30
FOR_STAFF = ("waiting", "reported")
WAITS = "sharing_waits"  # what a note to staff is about
A_DAY = 86400


@dataclass(frozen=True)
class Shared:
    """One post as the words know it; ``text`` is empty once it is over. It never says whose it is."""

    id: str
    text: str
    state: str
    ends: datetime
    reason: Mapping[str, str] = field(default_factory=dict)


class Sharing(Room):
    """A post is named after the form it was written in, so that a form that is sent twice shares once."""

    @reads
    def has_community(self, connection: Connection, team: str) -> bool:
        """Whether enough members ever used the bot here that nobody can be guessed; counted as the numbers are."""
        ever = select(journeys.c.user_id).where(journeys.c.team_id == team).distinct().limit(COMMUNITY).subquery()
        return (connection.scalar(select(func.count()).select_from(ever)) or 0) >= COMMUNITY

    @reads
    def is_used(self, connection: Connection) -> bool:
        """Whether there is anything anywhere whose time may come."""
        return any(connection.execute(select(each.c.team_id).limit(1)).first() for each in (sharing, sharing_mutes))

    @reads
    def by_day(self, connection: Connection, team: str, *, now: datetime) -> datetime:
        """Now, or when the day of that center begins."""
        return batches.by_day(now, sharing_ends.days_of(connection, self._vault, team).zone)

    @reads
    def may_share(self, connection: Connection, who: Who, *, now: datetime) -> str:
        """Empty where they may, else why not: ``muted`` or ``enough``."""
        return self._refused(connection, who, now)

    @writes
    def offer(self, connection: Connection, who: Who, share: str, text: str, *, now: datetime) -> str:
        """To staff, some time later. Empty, or why not; nothing is kept of when it was."""
        if connection.execute(select(sharing.c.id).where(_is(who.team, share))).first():
            return ""
        if refused := self._refused(connection, who, now):
            return refused
        members.ensure(connection, who)
        shown = batches.later(now, batches.TO_STAFF, self._vault.pseudonym("to staff", who.team, share))
        row = {
            "team_id": who.team, "id": share, "state": "waiting", "shown_at": int(shown.timestamp()),
            "sealed_author": self._vault.seal(who.user), "sealed_text": self._vault.seal(text),
            "ends_at": sharing_ends.unread_at(connection, self._vault, who.team, shown),
        }  # fmt: skip
        inserted(connection, sharing, row)
        return ""

    @reads
    def find(self, connection: Connection, team: str, share: str) -> Shared | None:
        row = connection.execute(select(sharing).where(_is(team, share))).first()
        return self._shared(row) if row else None

    @reads
    def own(self, connection: Connection, who: Who) -> list[Shared]:
        """Those of a member that they can still take back."""
        return [self._shared(row) for row in sharing_ends.of_author(connection, self._vault, who)]

    @reads
    def waiting(self, connection: Connection, team: str, *, now: datetime) -> list[Shared]:
        """What staff have to decide about, in an order that says nothing; answers that were shown to them, too."""
        those = (sharing.c.team_id == team) & sharing.c.state.in_(FOR_STAFF)
        shown = those & (sharing.c.shown_at <= int(now.timestamp()))
        return [self._shared(row) for row in connection.execute(select(sharing).where(shown).order_by(sharing.c.id))]

    @writes
    def approve(self, connection: Connection, team: str, share: str, *, now: datetime) -> bool:
        """It goes out later, in a batch. False where somebody has decided already, or it was taken back."""
        channel = read_center(connection, self._vault, team).channel
        zone = sharing_ends.days_of(connection, self._vault, team).zone
        drawn = self._vault.pseudonym("to the channel", team, share)
        due = batches.by_day(batches.later(now, batches.TO_THE_CHANNEL, drawn), zone)
        if channel is None or not _decide(connection, team, share, state="approved", ends_at=int(due.timestamp())):
            return False
        queue.post(connection, Who(team, channel), Kind.SHARING, [share], due=[due])
        return True

    @writes
    def send_back(
        self, connection: Connection, team: str, share: str, *, why: str, words: str = "", now: datetime
    ) -> bool:
        """With a kind reason, chosen or written."""
        return self._send_back(connection, team, share, {"why": why, "words": words}, now)

    @writes
    def mute(self, connection: Connection, team: str, share: str, *, now: datetime) -> bool:
        """It goes back, and whoever wrote it cannot share or answer for a while. Nobody sees who that is."""
        row = connection.execute(select(sharing).where(_is(team, share))).first()
        if row is None or not self._mute(connection, row, now):
            return False
        subject = self._subject(Who(team, self._vault.open(row.sealed_author) or ""))
        until = (int(now.timestamp()) // A_DAY + MUTED_DAYS + 1) * A_DAY
        muted = insert(connection, sharing_mutes).values(team_id=team, subject=subject, until=until)
        connection.execute(muted.on_conflict_do_update(index_elements=["team_id", "subject"], set_={"until": until}))
        return True

    @writes
    def leave(self, connection: Connection, team: str, share: str) -> bool:
        """An answer that was shown to staff, who see nothing to do about it."""
        its = _is(team, share) & (sharing.c.state == "reported")
        return connection.execute(delete(sharing).where(its)).rowcount == 1

    @writes
    def take_back(self, connection: Connection, who: Who, share: str) -> bool:
        """By whoever wrote it, at any time: out of the queue, out of the channel, and every answer with it."""
        row = connection.execute(select(sharing).where(_is(who.team, share)).with_for_update()).first()
        if row is None or row.state == "reported" or self._vault.open(row.sealed_author) != who.user:
            return False
        sharing_ends.drop(connection, self._vault, row, post_too=True)
        return True

    @writes
    def go_on(self, connection: Connection, *, now: datetime) -> bool:
        """Whatever its time has come for: unread, posted, over, or forgotten. Whether there was anything."""
        return sharing_ends.go_on(connection, self._vault, now)

    @writes
    def call_staff(self, connection: Connection, *, now: datetime) -> None:
        """On a working day, as long as something waits: one note a day to each of them."""
        those = sharing.c.state.in_(FOR_STAFF) & (sharing.c.shown_at <= int(now.timestamp()))
        for team in connection.scalars(select(sharing.c.team_id).where(those).distinct()).all():
            calendar = sharing_ends.days_of(connection, self._vault, team)
            center = read_center(connection, self._vault, team)
            if center.channel and calendar.allows(now):
                staff.tell(connection, team, f"{WAITS}/{center.channel}/{calendar.day_of(now)}", now)

    @writes
    def left(self, connection: Connection, who: Who) -> None:
        """Their account was closed: nobody can be reached there any more, and nothing tells that it was them."""
        sharing_ends.forget(connection, self._vault, who, posts_too=False)

    def _mute(self, connection: Connection, row: Row[Any], now: datetime) -> bool:
        if row.state != "reported":
            return self._send_back(connection, row.team_id, row.id, {"why": "muted"}, now)
        if not _decide(connection, row.team_id, row.id, was="reported", state="returned", sealed_text=None):
            return False
        sharing_ends.give_back(connection, self._vault, row, {"why": "shown"}, now)
        return True

    def _send_back(self, connection: Connection, team: str, share: str, reason: dict[str, str], now: datetime) -> bool:
        row = connection.execute(select(sharing).where(_is(team, share))).first()
        if row is None or not _decide(connection, team, share, state="returned"):
            return False
        sharing_ends.give_back(connection, self._vault, row, reason, now)
        return True

    def _refused(self, connection: Connection, who: Who, now: datetime) -> str:
        if is_muted(connection, who.team, self._subject(who), now):
            return "muted"
        waiting = [row for row in sharing_ends.of_author(connection, self._vault, who) if row.state == "waiting"]
        return "enough" if len(waiting) >= MOST_WAITING else ""

    def _subject(self, who: Who) -> str:
        return self._vault.pseudonym("muted", who.team, who.user)

    def _shared(self, row: Row[Any]) -> Shared:
        reason = json.loads(self._vault.open(row.sealed_reason) or "{}")
        text = self._vault.open(row.sealed_text) or ""
        return Shared(row.id, text, row.state, moment(row.ends_at), reason)


def is_muted(connection: Connection, team: str, subject: str, now: datetime) -> bool:
    its = (sharing_mutes.c.team_id == team) & (sharing_mutes.c.subject == subject)
    still = its & (sharing_mutes.c.until > int(now.timestamp()))
    return connection.execute(select(sharing_mutes.c.until).where(still)).first() is not None


def _decide(connection: Connection, team: str, share: str, *, was: str = "waiting", **facts: Any) -> bool:
    """The first one of staff counts."""
    waiting = _is(team, share) & (sharing.c.state == was)
    return connection.execute(update(sharing).where(waiting).values(**facts)).rowcount == 1


def _is(team: str, share: str) -> Any:
    return (sharing.c.team_id == team) & (sharing.c.id == share)
