"""Workspaces: their token, their bot user, and whether Slack still lets us in."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from bot.store.base import Room, reads, writes
from bot.store.upsert import insert
from bot.store.values import Workspace
from bot.tables import deliveries, workspaces


class WorkspaceRows(Room):
    @writes
    def adopt(
        self, connection: Connection, team: str, *, token: str, bot_user_id: str, bot_id: str, scopes: frozenset[str],
        zone: str | None, country: str | None,
    ) -> None:  # fmt: skip
        """A workspace whose token Slack accepted just now. It may go on where it stopped."""
        facts = {
            "sealed_token": self._vault.seal(token), "bot_user_id": bot_user_id, "bot_id": bot_id, "zone": zone,
            "country": country, "scopes": ",".join(sorted(scopes)), "stopped": None,
        }  # fmt: skip
        adopt = insert(connection, workspaces).values(team_id=team, **facts)
        connection.execute(adopt.on_conflict_do_update(index_elements=["team_id"], set_=facts))

    @reads
    def find(self, connection: Connection, team: str) -> Workspace | None:
        row = connection.execute(select(workspaces).where(workspaces.c.team_id == team)).first()
        if row is None:
            return None
        return Workspace(
            team=team, bot_user_id=row.bot_user_id, bot_id=row.bot_id, token=self._vault.open(row.sealed_token),
            zone=row.zone, country=row.country, stopped=row.stopped, scopes=read_scopes(row.scopes),
            installer=self._vault.open(row.sealed_installer),
        )  # fmt: skip

    @reads
    def teams(self, connection: Connection) -> list[str]:
        return list(connection.scalars(select(workspaces.c.team_id)))

    @writes
    def stop(self, connection: Connection, team: str, *, why: str) -> None:
        """Slack refuses the token: nothing is sent until it is adopted again. The rows wait."""
        connection.execute(update(workspaces).where(workspaces.c.team_id == team).values(stopped=why))

    @writes
    def uninstall(self, connection: Connection, team: str) -> None:
        """The app was removed: the token goes, and so does everything that was still to be sent."""
        gone = {"stopped": "app_uninstalled", "sealed_token": None}
        connection.execute(update(workspaces).where(workspaces.c.team_id == team).values(**gone))
        waiting = (deliveries.c.team_id == team) & (deliveries.c.state == "planned")
        connection.execute(update(deliveries).where(waiting).values(state="cancelled", reason="app_uninstalled"))


def read_scopes(listed: str | None) -> frozenset[str]:
    """Scopes as Slack and the table list them, with commas between."""
    return frozenset(each.strip() for each in (listed or "").split(",") if each.strip())
