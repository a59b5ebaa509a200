"""What a member chose to keep of their own words: a game plan, a plan, one line of feedback. Ciphertext at rest."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, desc, select

from bot.exceptions import UnknownJourney
from bot.store.base import Room, reads, writes
from bot.store.upsert import insert
from bot.store.values import Note, NoteKind, Who, moment
from bot.tables import journeys, notes


class Notes(Room):
    """``keep`` checks that the journey is the member's own, and raises UnknownJourney when it is not."""

    @writes
    def keep(
        self, connection: Connection, who: Who, journey: str, kind: NoteKind, words: Mapping[str, str], *, now: datetime
    ) -> None:
        """Kept in place of what was kept before."""
        ours = (journeys.c.team_id == who.team) & (journeys.c.id == journey) & (journeys.c.user_id == who.user)
        if connection.execute(select(journeys.c.id).where(ours)).first() is None:
            raise UnknownJourney
        sealed = self._vault.seal(json.dumps(dict(words), ensure_ascii=False))
        fresh = {"user_id": who.user, "sealed_words": sealed, "kept_at": int(now.timestamp())}
        row = {"team_id": who.team, "journey_id": journey, "note": kind} | fresh
        key = [notes.c.team_id, notes.c.journey_id, notes.c.note]
        connection.execute(
            insert(connection, notes).values(**row).on_conflict_do_update(index_elements=key, set_=fresh)
        )

    @reads
    def find(self, connection: Connection, who: Who, journey: str, kind: NoteKind) -> Note | None:
        its = _mine(who) & (notes.c.journey_id == journey) & (notes.c.note == kind)
        row = connection.execute(select(notes).where(its)).first()
        return self._opened(who, row) if row else None

    @reads
    def newest(self, connection: Connection, who: Who, kind: NoteKind) -> Note | None:
        """The one kept last, of threads that were not removed."""
        shown = (journeys.c.team_id == notes.c.team_id) & (journeys.c.id == notes.c.journey_id)
        query = select(notes).join(journeys, shown).where(_mine(who) & (notes.c.note == kind))
        row = connection.execute(query.where(journeys.c.removed_at.is_(None)).order_by(desc(notes.c.kept_at))).first()
        return self._opened(who, row) if row else None

    @reads
    def recent(self, connection: Connection, who: Who, *, limit: int) -> list[Note]:
        """Everything kept, the latest first, of removed threads too, unless they are being deleted."""
        its = (journeys.c.team_id == notes.c.team_id) & (journeys.c.id == notes.c.journey_id)
        kept = select(notes).join(journeys, its).where(_mine(who) & journeys.c.delete_at.is_(None))
        rows = connection.execute(kept.order_by(desc(notes.c.kept_at)).limit(limit))
        return [self._opened(who, row) for row in rows]

    @writes
    def discard(self, connection: Connection, who: Who, journey: str, kind: NoteKind) -> None:
        connection.execute(delete(notes).where(_mine(who) & (notes.c.journey_id == journey) & (notes.c.note == kind)))

    def _opened(self, who: Who, row: Row[Any]) -> Note:
        words = json.loads(self._vault.open(row.sealed_words) or "{}")
        return Note(who, row.journey_id, NoteKind(row.note), words, moment(row.kept_at))


def _mine(who: Who) -> Any:
    return (notes.c.team_id == who.team) & (notes.c.user_id == who.user)
