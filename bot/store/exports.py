"""A member's copy of everything that is kept about them: asked for, gathered, handed out."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, select, update

from bot.store import sharing_ends
from bot.store.base import Room, reads, writes
from bot.store.real_time import RealNow
from bot.store.upsert import insert
from bot.store.values import Who, moment
from bot.tables import audits, check_ins, coaching, deliveries, exports, journeys, members, notes, series, steps

TRIES = 5
Section = list[dict[str, Any]]


@dataclass(frozen=True)
class Export:
    """``files`` are Slack's ids of every file that may have been made for it; ``asked_by`` is member or operator."""

    who: Who
    id: str
    asked_by: str
    tries: int
    files: tuple[str, ...]


class Exports(Room):
    @writes
    def ask(self, connection: Connection, who: Who, *, by: str, now: datetime) -> bool:
        """One copy, on its way; one that waits already is enough. False where nothing is kept about that member."""
        if connection.execute(select(members.c.user_id).where(_of(members, who))).first() is None:
            return False
        waiting = _of(exports, who) & (exports.c.state == "planned")
        if connection.execute(select(exports.c.id).where(waiting)).first() is None:
            row = {"team_id": who.team, "id": secrets.token_hex(8), "user_id": who.user, "asked_by": by}
            connection.execute(
                insert(connection, exports).values(**row, asked_at=int(now.timestamp()), state="planned")
            )
        return True

    @writes
    def take(self, connection: Connection, *, real: int, lease: int) -> Export | None:
        """The next one, for whoever asks first; it comes again if nobody settles it."""
        ready = (exports.c.state == "planned") & (exports.c.retry_at <= RealNow()) & (exports.c.tries < TRIES)
        row = connection.execute(select(exports).where(ready).order_by(exports.c.asked_at), {"real": real}).first()
        if row is None:
            return None
        ours = _is(row.team_id, row.id) & ready
        taken = update(exports).where(ours).values(tries=exports.c.tries + 1, retry_at=RealNow() + lease)
        return _export(row) if connection.execute(taken, {"real": real}).rowcount == 1 else None

    @writes
    def announce(self, connection: Connection, export: Export, files: tuple[str, ...]) -> None:
        """Before the files can be seen: a deletion must know of them."""
        every = " ".join((*export.files, *files))
        connection.execute(update(exports).where(_is(export.who.team, export.id)).values(files=every))

    @writes
    def settle(self, connection: Connection, export: Export, state: str) -> None:
        """sent, as_text or failed."""
        connection.execute(update(exports).where(_is(export.who.team, export.id)).values(state=state))

    @reads
    def gather(self, connection: Connection, who: Who, *, to_member: bool = True) -> dict[str, Section]:
        """Everything that is kept about a member, opened, by the key of its fact. Times are ISO 8601 in UTC.

        What was shared without a name is handed to the member alone: for anybody else's eyes one line stands there,
        the same for everybody.
        """
        return {
            "ids": [{"team_id": who.team, "user_id": who.user, **_fields(_one(connection, members, who), ("dm",))}],
            "settings": [_fields(_one(connection, members, who), SETTINGS)],
            "activity": [_fields(_one(connection, members, who), ACTIVITY)],
            "noes": [self._no(connection, row) for row in _every(connection, journeys, who, "started_at")],
            "kept_words": [self._words(row) for row in _every(connection, notes, who, "kept_at")],
            "check_ins": [*_series(connection, who), *_answers(connection, who)],
            "messages": [_fields(row, MESSAGE) for row in _every(connection, deliveries, who, "due_at")],
            "coaching": [self._talk(row) for row in _every(connection, coaching, who, "asked_at")],
            "sharing": self._shared(connection, who) if to_member else [LEFT_OUT],
            "copies": [_fields(row, COPY) for row in _every(connection, exports, who, "asked_at")],
            "audits": [_fields(row, AUDIT) for row in self._audits(connection, who)],
        }

    def _no(self, connection: Connection, row: Row[Any]) -> dict[str, Any]:
        its = (steps.c.team_id == row.team_id) & (steps.c.journey_id == row.id)
        states = {each.step: each.state for each in connection.execute(select(steps).where(its))}
        names = {"company": self._vault.open(row.sealed_company), "role": self._vault.open(row.sealed_role)}
        return {"id": row.id, **names, **_fields(row, NO), "steps": states, "fingerprint": row.text_key}

    def _words(self, row: Row[Any]) -> dict[str, Any]:
        words = json.loads(self._vault.open(row.sealed_words) or "{}")
        return {"journey_id": row.journey_id, "kind": row.note, "kept_at": _iso(row.kept_at), "words": words}

    def _talk(self, row: Row[Any]) -> dict[str, Any]:
        return {**_fields(row, TALK), "words": json.loads(self._vault.open(row.sealed_words) or "{}")}

    def _shared(self, connection: Connection, who: Who) -> Section:
        return [
            {"state": row.state, "text": self._vault.open(row.sealed_text)}
            for row in sharing_ends.of_author(connection, self._vault, who)
            if row.state != "reported"
        ]

    def _audits(self, connection: Connection, who: Who) -> list[Row[Any]]:
        its = (audits.c.team_id == who.team) & (audits.c.subject == self._vault.pseudonym(*who))
        return list(connection.execute(select(audits).where(its).order_by(audits.c.at)))


LEFT_OUT = {"left_out": "what was shared without a name, if anything, is in the member's own copy only"}
SETTINGS = (
    "zone", "zone_chosen", "hour", "weekends", "country", "locale", "locale_chosen", "cadence", "ask_first",
    "check_ins_on", "paused_until",
)  # fmt: skip
ACTIVITY = ("active_at", "home_at", "looked_up_at", "deactivated")
NO = ("stage", "started_at", "happened_on", "short", "left_out", "removed_at", "merged_into", "delete_at")
SERIES = (
    "started_at", "newest_at", "stage", "tempo", "chosen_at", "interview_on", "interview_asked", "snoozed",
    "snooze_until", "ended", "applied_at",
)  # fmt: skip
MESSAGE = ("kind", "state", "due_at", "sent_at", "reason", "channel", "ts")
TALK = ("kind", "helper", "state", "asked_at", "late_at")
COPY = ("asked_at", "asked_by", "state")
AUDIT = ("at", "action")
TIMES = ("_at", "_until")


def _series(connection: Connection, who: Who) -> Section:
    return [_fields(row, SERIES) for row in _every(connection, series, who, "started_at")]


def _answers(connection: Connection, who: Who) -> Section:
    return [_fields(row, ("purpose", "number", "answer", "journey_id")) for row in
            _every(connection, check_ins, who, "number")]  # fmt: skip


def _every(connection: Connection, table: Table, who: Who, order: str) -> list[Row[Any]]:
    return list(connection.execute(select(table).where(_of(table, who)).order_by(table.c[order])))


def _one(connection: Connection, table: Table, who: Who) -> Row[Any] | None:
    return connection.execute(select(table).where(_of(table, who))).first()


def _fields(row: Row[Any] | None, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _told(name, row._mapping[name]) for name in names} if row else {}


def _told(name: str, value: Any) -> Any:
    is_time = isinstance(value, int) and (name == "at" or name.endswith(TIMES))
    return _iso(value) if is_time and value else value


def _iso(unix: int) -> str:
    return moment(unix).isoformat()


def _of(table: Table, who: Who) -> Any:
    return (table.c.team_id == who.team) & (table.c.user_id == who.user)


def _is(team: str, export: str) -> Any:
    return (exports.c.team_id == team) & (exports.c.id == export)


def _export(row: Row[Any]) -> Export:
    return Export(Who(row.team_id, row.user_id), row.id, row.asked_by, row.tries + 1, tuple((row.files or "").split()))
