"""Workspaces: their token, their bot user, and whether Slack still lets us in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, update

from bot.store.base import Room, reads, writes
from bot.store.installs import settle
from bot.store.upsert import insert
from bot.store.values import Workspace
from bot.tables import workspaces

org = workspaces.alias("org")  # whose token serves a workspace that has none of its own
KNOWN = (
    select(
        workspaces.c.team_id, workspaces.c.bot_user_id, workspaces.c.bot_id, workspaces.c.zone, workspaces.c.country,
        workspaces.c.org,
        func.coalesce(org.c.sealed_token, workspaces.c.sealed_token).label("sealed_token"),
        func.coalesce(org.c.sealed_installer, workspaces.c.sealed_installer).label("sealed_installer"),
        func.coalesce(org.c.scopes, workspaces.c.scopes).label("scopes"),
        func.coalesce(workspaces.c.stopped, org.c.stopped).label("stopped"),
    )
    .select_from(workspaces.outerjoin(org, org.c.team_id == workspaces.c.org))
)  # fmt: skip
FIND = KNOWN.where(workspaces.c.team_id == bindparam("team"))
FIND_ALL = KNOWN.where(workspaces.c.team_id.in_(bindparam("teams", expanding=True)))


class WorkspaceRows(Room):
    @writes
    def adopt(
        self, connection: Connection, team: str, *, token: str, bot_user_id: str, bot_id: str, scopes: frozenset[str],
        zone: str | None, country: str | None,
    ) -> None:  # fmt: skip
        """A workspace whose token Slack accepted just now. It goes on where it stopped, but for an uninstall."""
        settle(connection, team)
        facts = {
            "sealed_token": self._vault.seal(token), "bot_user_id": bot_user_id, "bot_id": bot_id, "zone": zone,
            "country": country, "scopes": ",".join(sorted(scopes)), "org": None, "stopped": None, "purge_at": None,
        }  # fmt: skip
        adopt = insert(connection, workspaces).values(team_id=team, **facts)
        connection.execute(adopt.on_conflict_do_update(index_elements=["team_id"], set_=facts))

    @reads
    def find(self, connection: Connection, team: str) -> Workspace | None:
        row = connection.execute(FIND, {"team": team}).first()
        return self._opened(row) if row else None

    @reads
    def find_all(self, connection: Connection, teams: Collection[str]) -> list[Workspace]:
        """Those of them that there are."""
        # As many places as the next power of two: a statement for every number would push others out of the driver's
        # hundred prepared ones.
        places = [*teams, *[""] * ((1 << len(teams).bit_length()) - len(teams))]
        return [self._opened(row) for row in connection.execute(FIND_ALL, {"teams": places})]

    def _opened(self, row: Any) -> Workspace:
        return Workspace(
            team=row.team_id, bot_user_id=row.bot_user_id, bot_id=row.bot_id, token=self._vault.open(row.sealed_token),
            zone=row.zone, country=row.country, stopped=row.stopped, scopes=read_scopes(row.scopes),
            installer=self._vault.open(row.sealed_installer), org=row.org,
        )  # fmt: skip

    @reads
    def teams(self, connection: Connection) -> list[str]:
        return list(connection.scalars(select(workspaces.c.team_id)))

    @writes
    def stop(self, connection: Connection, team: str, *, token: str, why: str) -> None:
        """Slack refuses this token: nothing is sent until there is another. The rows wait.

        Where another one is there already, a process was only slow to hear of it, and nothing is stopped.
        """
        row = connection.execute(FIND, {"team": team}).first()
        if row is not None and self._vault.open(row.sealed_token) == token and row.stopped is None:
            connection.execute(update(workspaces).where(workspaces.c.team_id == team).values(stopped=why))


def read_scopes(listed: str | None) -> frozenset[str]:
    """Scopes as Slack and the table list them, with commas between."""
    return frozenset(each.strip() for each in (listed or "").split(",") if each.strip())
