"""What a career center set: read whole, changed part by part, each part's last version kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, select, update

from bot.center import COLUMNS, PARTS, SEALED, Center, plain, read
from bot.kinds import SHARED, Kind
from bot.steps import Step
from bot.store import queue, schedule, staff
from bot.store.base import Room, reads, writes
from bot.store.upsert import insert
from bot.store.values import Who
from bot.tables import centers, deliveries, members
from bot.vault import Vault

AT_ONCE = 20  # members whose check-ins follow a change in one transaction
COACH_GONE = "coach_gone"
MOVES_CHECK_INS = ("community", "quiet", "check_ins")


class Centers(Room):
    """A workspace without a row has the defaults, and no channel."""

    @reads
    def find(self, connection: Connection, team: str) -> Center:
        return read_center(connection, self._vault, team)

    @writes
    def change(self, connection: Connection, team: str, part: str, facts: Mapping[str, Any], *, now: datetime) -> None:
        """Writes one part. What it held before is its last version from now on."""
        was = read_center(connection, self._vault, team)
        becomes = replace(was, **facts)
        if plain(becomes, PARTS[part]) == plain(was, PARTS[part]):
            return
        self._write(connection, team, part, was, becomes, now)

    @writes
    def bring_back(self, connection: Connection, team: str, part: str, *, now: datetime) -> bool:
        """The last version of a part; what it replaces is the last version then. False where there is none."""
        was = read_center(connection, self._vault, team)
        earlier = self._before(connection, team).get(part)
        if earlier is None:
            return False
        self._write(connection, team, part, was, replace(was, **read(earlier)), now)
        return True

    @writes
    def pause(self, connection: Connection, team: str, *, paused: bool) -> None:
        """Nothing to any channel and no check-in, until staff go on. Threads members ask for still come."""
        _row(connection, team)
        connection.execute(update(centers).where(centers.c.team_id == team).values(paused=paused))

    @writes
    def follow(self, connection: Connection, *, now: datetime) -> bool:
        """Lets the check-ins of some members follow what staff changed. Whether there may be more of them.

        A few at a time, so that a large community holds up nobody's ``/rejected``.
        """
        waiting = select(centers.c.team_id, centers.c.replan_after).where(centers.c.replan_after.is_not(None)).limit(1)
        row = connection.execute(waiting).first()
        if row is None:
            return False
        those = and_(members.c.team_id == row.team_id, members.c.user_id > row.replan_after)
        users = connection.scalars(select(members.c.user_id).where(those).order_by(members.c.user_id).limit(AT_ONCE))
        followed = list(users)
        for user in followed:
            schedule.replan(connection, Who(row.team_id, user), now)
        after = followed[-1] if len(followed) == AT_ONCE else None
        connection.execute(update(centers).where(centers.c.team_id == row.team_id).values(replan_after=after))
        return True

    @writes
    def say_hello(self, connection: Connection, team: str, target: str, *, once: str, now: datetime) -> None:
        """Introduces itself in the channel, or as a dry run in somebody's own messages."""
        queue.post(connection, Who(team, target), Kind.HELLO, [f"{target}/{once}"], due=[now])

    @writes
    def share_guide(self, connection: Connection, team: str, target: str, *, once: str, now: datetime) -> None:
        """The guide and its four cards, in this order."""
        who, guide = Who(team, target), f"{target}/{once}"
        queue.post(connection, who, Kind.GUIDE, [guide], due=[now])
        cards, above = [f"{guide}/{step}" for step in Step], queue.delivery_id(Kind.GUIDE, guide)
        queue.post(connection, who, Kind.GUIDE_CARD, cards, due=[now] * len(cards), under=above)

    @writes
    def drop_helper(self, connection: Connection, who: Who, *, now: datetime) -> None:
        """The account of a coach or counselor was closed: members are offered the others, and staff are told once."""
        was = read_center(connection, self._vault, who.team)
        coaches = tuple(each for each in was.coaches if each.user != who.user)
        counselor = None if was.counselor == who.user else was.counselor
        if coaches == was.coaches and counselor == was.counselor:
            return
        for part, facts in (("coaches", {"coaches": coaches}), ("help", {"counselor": counselor})):
            becomes = replace(was, **facts)
            self._write(connection, who.team, part, was, becomes, now)
            was = becomes
        staff.tell(connection, who.team, f"{COACH_GONE}/{who.user}/{int(now.timestamp())}", now)

    @writes
    def try_again(self, connection: Connection, team: str, target: str) -> None:
        """What waits for this channel goes at once, and so does what waits for a group message."""
        waits = _waiting(team, deliveries.c.user_id == target) | _waiting(team, deliveries.c.user_id.contains(","))
        connection.execute(update(deliveries).where(waits).values(retry_at=0))

    def _before(self, connection: Connection, team: str) -> dict[str, Any]:
        sealed = connection.scalar(select(centers.c.sealed_before).where(centers.c.team_id == team))
        before: dict[str, Any] = json.loads(self._vault.open(sealed) or "{}")
        return before

    def _write(self, connection: Connection, team: str, part: str, was: Center, becomes: Center, now: datetime) -> None:
        before = self._before(connection, team) | {part: plain(was, PARTS[part])}
        facts = plain(becomes, COLUMNS) | {
            "sealed_more": self._vault.seal(json.dumps(plain(becomes, SEALED))),
            "sealed_before": self._vault.seal(json.dumps(before)), "plan_at": 0,
        }  # fmt: skip
        if part in MOVES_CHECK_INS:
            facts["replan_after"] = ""
        _row(connection, team)
        connection.execute(update(centers).where(centers.c.team_id == team).values(**facts))
        for old, new in ((was.channel, becomes.channel), (was.coach_channel, becomes.coach_channel)):
            if old and new and old != new:
                _move_along(connection, team, old, new)


def read_center(connection: Connection, vault: Vault, team: str) -> Center:
    row = connection.execute(select(centers).where(centers.c.team_id == team)).first()
    if row is None:
        return Center()
    more = json.loads(vault.open(row.sealed_more) or "{}")
    facts = read(more | {name: row._mapping[name] for name in COLUMNS})
    before = frozenset(json.loads(vault.open(row.sealed_before) or "{}"))
    return Center(**facts, paused=row.paused, undoable=before)


def _row(connection: Connection, team: str) -> None:
    connection.execute(insert(connection, centers).values(team_id=team).on_conflict_do_nothing())


def _waiting(team: str, its: Any) -> Any:
    shared = deliveries.c.kind.in_(sorted(SHARED))
    return (deliveries.c.team_id == team) & its & shared & (deliveries.c.state == "planned")


def _move_along(connection: Connection, team: str, old: str, new: str) -> None:
    """What waits for the old channel goes to the new one; replies stay with a parent that was posted."""
    parents = select(deliveries.c.id).where((deliveries.c.team_id == team) & (deliveries.c.state != "planned"))
    loose = deliveries.c.edits.is_(None) & (deliveries.c.under.is_(None) | deliveries.c.under.not_in(parents))
    connection.execute(
        update(deliveries).where(_waiting(team, deliveries.c.user_id == old) & loose).values(user_id=new, retry_at=0)
    )
