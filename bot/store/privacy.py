"""Deleting a member: the rows at once, the bot's messages after them, and no bytes left behind."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, Row, delete, desc, exists, func, literal_column, select, update

from bot.kinds import Kind
from bot.store import coaching as talks
from bot.store import places, sharing_ends
from bot.store.base import Room, reads, writes
from bot.store.upsert import insert
from bot.store.values import Who
from bot.tables import (
    audits,
    centers,
    check_ins,
    coaching,
    deliveries,
    erasures,
    exports,
    journeys,
    members,
    notes,
    series,
)

TRIES = 5
A_DAY = 86400
FILE = "file:"
# Every table with rows of a member. Steps go with their journeys.
OF_A_MEMBER = (deliveries, check_ins, series, notes, journeys, exports, coaching, members)


@dataclass(frozen=True)
class Erasure:
    """One message of the bot that is to go. ``ts`` is empty while it has to be looked for by its ``mark``."""

    team: str
    channel: str
    ts: str
    mark: str
    in_thread: str | None
    noted_as: str = ""  # what stands in the channel's place, where that would name a member

    @property
    def file(self) -> str:
        """The id of a file that is to go, with the message it was shared in; empty for every other message."""
        return self.mark.removeprefix(FILE) if self.mark.startswith(FILE) else ""


class Privacy(Room):
    @writes
    def delete(self, connection: Connection, who: Who) -> int:
        """Forgets a member. What is left are the places of the bot's messages, without a name; how many."""
        return self._delete(connection, who, posts_too=True)

    @writes
    def delete_for(
        self, connection: Connection, who: Who, *, now: datetime, action: str, with_all_others: bool = False
    ) -> int:
        """The same from outside Slack, which leaves a trace: what was done, and a pseudonym of whom."""
        self._audit(connection, who, action, now)
        return self._delete(connection, who, posts_too=with_all_others)

    @writes
    def audit(self, connection: Connection, who: Who, action: str, *, now: datetime) -> None:
        """Notes that somebody outside Slack had to do with a member's rows."""
        self._audit(connection, who, action, now)

    @writes
    def forget_deleted(self, connection: Connection, *, now: datetime, most: int) -> int:
        """Noes whose deletion cannot be undone any more, with their threads and what was put together with them."""
        due = (journeys.c.delete_at <= int(now.timestamp())) & journeys.c.delete_at.is_not(None)
        found = connection.execute(select(journeys).where(due).limit(most)).all()
        for row in found:
            its = (journeys.c.team_id == row.team_id) & (journeys.c.user_id == row.user_id)
            connection.execute(update(journeys).where(its & (journeys.c.merged_into == row.id)).values(
                delete_at=row.delete_at, merged_into=None))  # fmt: skip
            self._delete_thread(connection, row)
            connection.execute(delete(journeys).where(its & (journeys.c.id == row.id)))
        return len(found)

    @writes
    def begin_counting(self, connection: Connection, *, now: datetime) -> None:
        """Whose last sign nobody noted yet counts from now."""
        unknown = members.c.active_at.is_(None)
        connection.execute(update(members).where(unknown).values(active_at=int(now.timestamp()) // A_DAY * A_DAY))

    @writes
    def forget_unused(self, connection: Connection, *, now: datetime, most: int) -> int:
        """Forgets members without a sign for as long as their career center keeps them, messages included. How many.

        Whoever still has a check-in to come is not cut off.
        """
        kept = func.coalesce(centers.c.retention_days, literal_column("180", Integer)) * A_DAY
        planned = exists(
            select(deliveries.c.id).where(
                (deliveries.c.team_id == members.c.team_id) & (deliveries.c.user_id == members.c.user_id)
                & deliveries.c.state.in_(("planned", "sending"))
            )
        )  # fmt: skip
        unused = (
            select(members.c.team_id, members.c.user_id)
            .select_from(members.outerjoin(centers, centers.c.team_id == members.c.team_id))
            .where((members.c.active_at + kept < int(now.timestamp())) & ~planned).limit(most)
        )  # fmt: skip
        found = connection.execute(unused).all()
        for row in found:
            self._delete(connection, Who(row.team_id, row.user_id))
        return len(found)

    @reads
    def erasures(self, connection: Connection, *, limit: int) -> list[Erasure]:
        """What is to go next. A parent waits for its replies: deleted before them, it leaves a gravestone."""
        alone = erasures.c.is_reply | ~_reply_waits()
        query = select(erasures).where(alone & (erasures.c.tries < TRIES)).order_by(desc(erasures.c.is_reply))
        rows = connection.execute(query.limit(limit))
        return [self._erasure(row) for row in rows]

    @writes
    def erased(self, connection: Connection, gone: Erasure) -> None:
        connection.execute(delete(erasures).where(_is(gone)))

    @writes
    def not_erased(self, connection: Connection, there: Erasure) -> None:
        connection.execute(update(erasures).where(_is(there)).values(tries=erasures.c.tries + 1))

    @reads
    def waiting(self, connection: Connection) -> int:
        return connection.scalar(select(func.count()).select_from(erasures).where(erasures.c.tries < TRIES)) or 0

    def _delete(self, connection: Connection, who: Who, *, posts_too: bool = False) -> int:
        """What a member shared without a name goes from its channel when they delete it themselves, or when everybody
        goes. Else a post that is gone at that moment would tell whose it was; it is not counted either.
        """
        sharing_ends.forget(connection, self._vault, who, posts_too=posts_too)
        shared = talks.shared(who.team, talks.of_member(connection, who))
        count = self._note_messages(connection, who, shared)
        connection.execute(delete(deliveries).where(shared))
        for table in OF_A_MEMBER:
            mine = (table.c.team_id == who.team) & (table.c.user_id == who.user)
            connection.execute(delete(table).where(mine))
        return count

    def _delete_thread(self, connection: Connection, journey: Row[Any]) -> None:
        """Its messages, and whatever was still to be sent or drawn about it."""
        about = (deliveries.c.subject == journey.id) | deliveries.c.subject.startswith(f"{journey.id}/")
        of_threads = deliveries.c.kind.in_([Kind.PARENT, Kind.CARD, Kind.PARENT_REDRAW, Kind.CARD_REDRAW])
        its = (deliveries.c.team_id == journey.team_id) & (deliveries.c.user_id == journey.user_id) & about & of_threads
        places.note(connection, self._vault, its)
        connection.execute(delete(deliveries).where(its))

    def _erasure(self, row: Any) -> Erasure:
        there = self._vault.open(row.sealed_channel)
        place = (row.team_id, row.channel if there is None else there, row.ts, row.mark, row.in_thread)
        return Erasure(*place, noted_as="" if there is None else row.channel)

    def _audit(self, connection: Connection, who: Who, action: str, now: datetime) -> None:
        entry = {"team_id": who.team, "id": secrets.token_hex(8), "at": int(now.timestamp()), "action": action}
        connection.execute(insert(connection, audits).values(**entry, subject=self._vault.pseudonym(*who)))

    def _note_messages(self, connection: Connection, who: Who, shared: Any) -> int:
        """``shared``: what stands where others read it too, because the member sent it there."""
        mine = (deliveries.c.team_id == who.team) & (deliveries.c.user_id == who.user)
        return places.note(connection, self._vault, mine | shared) + self._note_files(connection, who)

    def _note_files(self, connection: Connection, who: Who) -> int:
        mine = (exports.c.team_id == who.team) & (exports.c.user_id == who.user) & exports.c.files.is_not(None)
        channel = select(members.c.dm).where((members.c.team_id == who.team) & (members.c.user_id == who.user))
        files = [file for listed in connection.scalars(select(exports.c.files).where(mine)) for file in listed.split()]
        place = {"team_id": who.team, "channel": connection.scalar(channel) or "", "ts": "", "is_reply": False}
        for file in files:
            row = insert(connection, erasures).values(**place, mark=f"{FILE}{file}")
            connection.execute(row.on_conflict_do_nothing())
        return len(files)


def _reply_waits() -> Any:
    """Whether a reply under this message is still to go."""
    reply = erasures.alias("reply")
    under_it = (reply.c.team_id == erasures.c.team_id) & (reply.c.channel == erasures.c.channel)
    under_it &= (reply.c.in_thread == erasures.c.ts) & reply.c.is_reply & (reply.c.tries < TRIES)
    return exists(select(reply.c.ts).where(under_it).correlate(erasures))


def _is(one: Erasure) -> Any:
    return (
        (erasures.c.team_id == one.team) & (erasures.c.channel == (one.noted_as or one.channel))
        & (erasures.c.ts == one.ts) & (erasures.c.mark == one.mark)
    )  # fmt: skip
