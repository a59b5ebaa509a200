"""Installs: a workspace or an org lets the app in, and takes it out again. Then nothing is sent, and its rows go."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, func, or_, select, tuple_, update

from bot.kinds import Kind
from bot.store import queue, staff
from bot.store.base import Room, reads, writes
from bot.store.members import first_time
from bot.store.upsert import insert
from bot.store.values import Install, Who
from bot.tables import deliveries, metadata, series, workspaces

# Slack's developer policy allows 14 business days. A week lets somebody who removed the app by mistake come back.
GRACE = timedelta(days=7)
ROWS_AT_ONCE = 500  # in one write, so that nobody waits for it
GONE = "app_uninstalled"
NO_TEAM = ""  # before Slack has said whose it is


class Installs(Room):
    """``now`` is the app's time. An org's install is a row under the org's id, whose token its workspaces share."""

    @writes
    def install(self, connection: Connection, granted: Install, *, once: str, now: datetime) -> bool:
        """A token that Slack just gave us; whoever installed gets a welcome. False when ``once`` was used before."""
        if not first_time(connection, NO_TEAM, once, now):
            return False
        settle(connection, granted.team)
        facts = {
            "sealed_token": self._vault.seal(granted.token), "bot_user_id": granted.bot_user_id,
            "bot_id": granted.bot_id, "scopes": ",".join(sorted(granted.scopes)), "org": None,
            "sealed_installer": self._vault.seal(granted.installer), "installed_at": int(now.timestamp()),
            "stopped": None, "purge_at": None,
        }  # fmt: skip
        _write(connection, granted.team, facts, only_new={"zone": granted.zone, "country": granted.country})
        if granted.installer and not granted.org_wide:
            who = Who(granted.team, granted.installer)
            staff.name_first(connection, who, now)
            queue.post(connection, who, Kind.WELCOME, [granted.installer], due=[now])
        return True

    @writes
    def join(self, connection: Connection, team: str, org: str, *, now: datetime) -> None:
        """A workspace of an org is heard from for the first time, or again: the org's token serves it."""
        served = connection.execute(select(workspaces).where(workspaces.c.team_id == org)).first()
        if served is None or served.stopped:
            return
        settle(connection, team)
        facts = {
            "org": org, "sealed_token": None, "bot_user_id": served.bot_user_id, "bot_id": served.bot_id,
            "installed_at": int(now.timestamp()), "stopped": None, "purge_at": None,
        }  # fmt: skip
        _write(connection, team, facts, only_new={"zone": served.zone, "country": served.country})

    @writes
    def uninstall(self, connection: Connection, team: str, *, at: int, now: datetime) -> list[str]:
        """The app was removed or its token taken back: no token any more, and a day on which the rows go.

        Of an org's install that holds for all its workspaces. ``at`` is when Slack says it happened: news of an
        install before the present one change nothing. Whose it was.
        """
        here = or_(workspaces.c.team_id == team, workspaces.c.org == team)
        present = func.coalesce(workspaces.c.installed_at, 0) <= at
        purge_at = func.coalesce(workspaces.c.purge_at, int((now + GRACE).timestamp()))
        gone = {"stopped": GONE, "sealed_token": None, "sealed_installer": None, "purge_at": purge_at}
        left = update(workspaces).where(here & present).values(**gone).returning(workspaces.c.team_id)
        return list(connection.scalars(left))

    @writes
    def cancel_some(self, connection: Connection, team: str) -> int:
        """What was still to be sent there will not be. How many; call it until that is 0."""
        waiting = (deliveries.c.team_id == team) & (deliveries.c.state == "planned")
        some = select(deliveries.c.id).where(waiting).limit(ROWS_AT_ONCE)
        its = (deliveries.c.team_id == team) & deliveries.c.id.in_(some)
        return connection.execute(update(deliveries).where(its).values(state="cancelled", reason=GONE)).rowcount

    @reads
    def gone(self, connection: Connection) -> list[str]:
        """Workspaces without the app whose rows are still there."""
        return list(connection.scalars(select(workspaces.c.team_id).where(workspaces.c.purge_at.is_not(None))))

    @writes
    def purge_some(self, connection: Connection, team: str, *, now: datetime) -> int:
        """Some rows of a workspace whose day has come, its own row last. How many; call it until that is 0.

        The app back meanwhile, nothing happens.
        """
        due = (workspaces.c.team_id == team) & (workspaces.c.purge_at <= int(now.timestamp()))
        if connection.execute(select(workspaces.c.team_id).where(due).with_for_update()).first() is None:
            return 0
        for table in _its_tables():
            if gone := _delete_some(connection, table, team):
                return gone
        return connection.execute(delete(workspaces).where(due)).rowcount


def settle(connection: Connection, team: str) -> None:
    """Before an install begins anew: nothing that was planned for the one before it may still go out."""
    before = connection.execute(select(workspaces.c.stopped).where(workspaces.c.team_id == team)).first()
    if before is None or before.stopped != GONE:
        return
    its = deliveries.c.team_id == team
    for state, becomes in (("planned", "cancelled"), ("sending", "unknown")):
        ended = update(deliveries).where(its & (deliveries.c.state == state))
        connection.execute(ended.values(state=becomes, reason=GONE))
    running = (series.c.team_id == team) & series.c.ended.is_(None)
    connection.execute(update(series).where(running).values(ended=GONE))


def _write(connection: Connection, team: str, facts: Mapping[str, Any], *, only_new: Mapping[str, Any]) -> None:
    row = insert(connection, workspaces).values(team_id=team, **facts, **only_new)
    connection.execute(row.on_conflict_do_update(index_elements=["team_id"], set_=dict(facts)))


def _its_tables() -> list[Table]:
    """Every table with rows of a workspace, those that hang on others first."""
    return [table for table in reversed(metadata.sorted_tables) if "team_id" in table.c and table is not workspaces]


def _delete_some(connection: Connection, table: Table, team: str) -> int:
    key = tuple_(*table.primary_key.columns)
    some = select(*table.primary_key.columns).where(table.c.team_id == team).limit(ROWS_AT_ONCE)
    return connection.execute(delete(table).where(key.in_(some))).rowcount
