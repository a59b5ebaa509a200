"""Private answers to what somebody shared without a name: relayed both ways, with no name on either side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, exists, select, update

from bot import batches
from bot.kinds import Kind
from bot.store import members, queue, sharing_ends, unnamed
from bot.store.base import Room, reads, writes
from bot.store.sharing import is_muted
from bot.store.upsert import inserted
from bot.store.values import Who
from bot.tables import deliveries, sharing, sharing_notes, sharing_talks

IN_A_ROW = 3  # notes of one side that the other has not answered


@dataclass(frozen=True)
class SharedNote:
    """One note on its way. ``words`` are empty once it was sent; ``to_author``: by who answered the post."""

    id: str
    talk: str
    share: str
    to_author: bool
    words: str


class SharingTalks(Room):
    """Somebody who answers a post has one talk with its author, named by a pseudonym of the two."""

    @writes
    def answer(self, connection: Connection, who: Who, share: str, note: str, words: str, *, now: datetime) -> str:
        """To the author of a post. Empty when it is on its way, else why not: over, own, muted, note_enough."""
        if refused := self._closed(connection, who, share, now):
            return refused
        members.ensure(connection, who)
        talk = self._name(who, share)
        row = {"team_id": who.team, "id": talk, "share": share, "ended": False,
               "sealed_reader": self._vault.seal(who.user)}  # fmt: skip
        inserted(connection, sharing_talks, row)
        return self._add(connection, who.team, talk, note, words, to_author=True, now=now)

    @writes
    def go_on(self, connection: Connection, who: Who, talk: str, note: str, words: str, *, now: datetime) -> str:
        """From either side to the other. Empty, or why not."""
        row = self._of(connection, who, talk)
        if row is None or is_muted(connection, who.team, self._vault.pseudonym("muted", *who), now):
            return "over" if row is None else "muted"
        to_author = self._vault.open(row.sealed_reader) == who.user
        return self._add(connection, who.team, talk, note, words, to_author=to_author, now=now)

    @reads
    def may_answer(self, connection: Connection, who: Who, share: str, *, now: datetime) -> str:
        """Empty where an answer to this post would go out, else why not."""
        return self._closed(connection, who, share, now)

    @reads
    def may_go_on(self, connection: Connection, who: Who, talk: str) -> str:
        return "" if self._of(connection, who, talk) else "over"

    @writes
    def end(self, connection: Connection, who: Who, talk: str) -> bool:
        """By either side: nothing more comes from there, and what is on its way does not arrive."""
        if self._of(connection, who, talk) is None:
            return False
        connection.execute(update(sharing_talks).where(_is(who.team, talk)).values(ended=True))
        those = (sharing_notes.c.team_id == who.team) & (sharing_notes.c.talk == talk)
        written = connection.scalars(select(sharing_notes.c.id).where(those)).all()
        queue.cancel(
            connection, who.team, [queue.delivery_id(Kind.SHARING_NOTE, each) for each in written], why="ended"
        )
        return True

    @writes
    def show_staff(self, connection: Connection, who: Who, talk: str, name: str, words: str, *, now: datetime) -> bool:
        """What the other one wrote, by whoever got it. Staff can mute who that was, and see neither of the two."""
        row = self._of(connection, who, talk)
        if row is None:
            return False
        writer = row.sealed_author if self._vault.open(row.sealed_reader) == who.user else row.sealed_reader
        shown = batches.later(now, batches.TO_STAFF, self._vault.pseudonym("to staff", who.team, name))
        facts = {
            "team_id": who.team, "id": name, "state": "reported", "shown_at": int(shown.timestamp()),
            "sealed_author": writer, "sealed_text": self._vault.seal(words),
            "ends_at": sharing_ends.unread_at(connection, self._vault, who.team, shown),
        }  # fmt: skip
        return inserted(connection, sharing, facts)

    @reads
    def find(self, connection: Connection, team: str, note: str) -> SharedNote | None:
        query = (
            select(sharing_notes, sharing_talks.c.share)
            .join(sharing_talks, (sharing_talks.c.team_id == sharing_notes.c.team_id)
                  & (sharing_talks.c.id == sharing_notes.c.talk))
            .where((sharing_notes.c.team_id == team) & (sharing_notes.c.id == note) & ~sharing_talks.c.ended)
        )  # fmt: skip
        row = connection.execute(query).first()
        words = self._vault.open(row.sealed_words) if row else None
        return SharedNote(row.id, row.talk, row.share, row.to_author, words) if row and words else None

    @writes
    def wipe(self, connection: Connection) -> None:
        """The words of what was sent are with whom they were for, and no longer here."""
        its = (deliveries.c.team_id == sharing_notes.c.team_id) & (deliveries.c.subject == sharing_notes.c.id)
        waits = exists().where(
            its & (deliveries.c.kind == Kind.SHARING_NOTE) & deliveries.c.state.in_(sharing_ends.UNDER_WAY)
        )
        sent = sharing_notes.c.sealed_words.is_not(None) & ~waits
        connection.execute(update(sharing_notes).where(sent).values(sealed_words=None))

    def _name(self, who: Who, share: str) -> str:
        return self._vault.pseudonym("talk", who.team, share, who.user)

    def _closed(self, connection: Connection, who: Who, share: str, now: datetime) -> str:
        its = (sharing.c.team_id == who.team) & (sharing.c.id == share)
        post = connection.execute(select(sharing).where(its).with_for_update(read=True)).first()
        if post is None or post.state not in ("approved", "posted") or post.sealed_author is None:
            return "over"
        if self._vault.open(post.sealed_author) == who.user:
            return "own"
        if is_muted(connection, who.team, self._vault.pseudonym("muted", *who), now):
            return "muted"
        ended = _is(who.team, self._name(who, share)) & sharing_talks.c.ended
        return "over" if connection.execute(select(sharing_talks.c.id).where(ended)).first() else ""

    def _of(self, connection: Connection, who: Who, talk: str) -> Row[Any] | None:
        """A talk that goes on, if they are one of the two."""
        query = (
            select(sharing_talks, sharing.c.sealed_author)
            .join(sharing, (sharing.c.team_id == sharing_talks.c.team_id) & (sharing.c.id == sharing_talks.c.share))
            .where(_is(who.team, talk) & ~sharing_talks.c.ended)
        )
        row = connection.execute(query).first()
        if row is None or row.sealed_author is None:
            return None
        return row if who.user in map(self._vault.open, (row.sealed_reader, row.sealed_author)) else None

    def _add(
        self, connection: Connection, team: str, talk: str, note: str, words: str, *, to_author: bool, now: datetime
    ) -> str:
        those = (sharing_notes.c.team_id == team) & (sharing_notes.c.talk == talk)
        told = connection.execute(select(sharing_notes).where(those).order_by(sharing_notes.c.place)).all()
        if any(each.id == note for each in told):
            return ""
        if len(told) >= IN_A_ROW and all(each.to_author == to_author for each in told[-IN_A_ROW:]):
            return "note_enough"
        row = {"team_id": team, "id": note, "talk": talk, "to_author": to_author, "place": len(told) + 1,
               "sealed_words": self._vault.seal(words)}  # fmt: skip
        if inserted(connection, sharing_notes, row):
            self._send(connection, team, talk, note, to_author=to_author, now=now)
        return ""

    def _send(self, connection: Connection, team: str, talk: str, note: str, *, to_author: bool, now: datetime) -> None:
        share = connection.scalar(select(sharing_talks.c.share).where(_is(team, talk))) or ""
        address = unnamed.to_author(share) if to_author else unnamed.to_reader(talk)
        zone = sharing_ends.days_of(connection, self._vault, team).zone
        drawn = self._vault.pseudonym("to a person", team, note)
        due = batches.by_day(batches.later(now, batches.TO_A_PERSON, drawn), zone)
        queue.post(connection, Who(team, address), Kind.SHARING_NOTE, [note], due=[due])


def _is(team: str, talk: str) -> Any:
    return (sharing_talks.c.team_id == team) & (sharing_talks.c.id == talk)
