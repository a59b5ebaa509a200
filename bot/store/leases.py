"""Leases of workspaces: one process at a time sends the check-ins of one, which keeps neighbours and limits apart.

``next_due`` is never later than the workspace's first planned check-in. Whoever plans one holds the workspace's row in
share; whoever gives a lease back locks it first and recomputes after: so no insert is overlooked (PostgreSQL; SQLite
has one writer).
"""

from __future__ import annotations

from sqlalchemy import Connection, Integer, and_, bindparam, func, or_, select, update

from bot.store.base import Room, reads, writes
from bot.store.delivery_queries import is_check_in, waits
from bot.store.real_time import RealNow
from bot.tables import deliveries, workspaces

its = workspaces.c.team_id == bindparam("team")
is_ours = and_(its, workspaces.c.lease_owner == bindparam("owner"))
is_free = and_(
    workspaces.c.stopped.is_(None), workspaces.c.next_due <= bindparam("now"),
    workspaces.c.lease_until <= RealNow(), workspaces.c.paused_until <= RealNow(),
)  # fmt: skip
first_due = (
    select(func.min(deliveries.c.due_at))
    .where((deliveries.c.team_id == workspaces.c.team_id) & waits & is_check_in)
    .correlate(workspaces).scalar_subquery()
)  # fmt: skip

ANY_FREE = select(workspaces.c.team_id).where(is_free).limit(1)
FREE = (
    select(workspaces.c.team_id).where(is_free).order_by(workspaces.c.next_due).limit(bindparam("most", type_=Integer))
    .with_for_update(skip_locked=True)
)  # fmt: skip
CLAIM = (
    update(workspaces).where(workspaces.c.team_id.in_(FREE))
    .values(lease_until=RealNow() + bindparam("lease"), lease_owner=bindparam("owner"))
    .returning(workspaces.c.team_id, workspaces.c.next_due)
)  # fmt: skip
RENEW = update(workspaces).where(is_ours).values(lease_until=RealNow() + bindparam("lease"))
LOCK = select(workspaces.c.team_id).where(is_ours).with_for_update()
RELEASE = update(workspaces).where(is_ours).values(
    next_due=first_due, lease_until=0, lease_owner=None, paused_until=RealNow() + bindparam("pause")
)  # fmt: skip
SHARE = select(workspaces.c.next_due).where(its).with_for_update(read=True, key_share=True)
LOWER = update(workspaces).where(
    its & or_(workspaces.c.next_due.is_(None), workspaces.c.next_due > bindparam("due"))
).values(next_due=bindparam("due"))  # fmt: skip
REPAIR = update(workspaces).where(first_due < func.coalesce(workspaces.c.next_due, 2**62)).values(next_due=first_due)


def expect(connection: Connection, team: str, due: int) -> None:
    """A check-in of this workspace falls due then (Unix seconds, the app's time). In the planner's transaction."""
    known = connection.execute(SHARE, {"team": team}).first()
    if known is not None and (known.next_due is None or known.next_due > due):
        connection.execute(LOWER, {"team": team, "due": due})


class Leases(Room):
    """``owner`` names one claim, not one process: a lease that ran out is never mistaken for a newer one."""

    @reads
    def any_free(self, connection: Connection, *, now: int, real: int) -> bool:
        """Whether a claim would find something: an empty sweep writes nothing."""
        return connection.execute(ANY_FREE, {"now": now, "real": real}).first() is not None

    @writes
    def claim(
        self, connection: Connection, owner: str, *, now: int, real: int, lease: int, most: int
    ) -> dict[str, int]:
        """Workspaces with a check-in due, the most overdue first: their id, and when the first of them fell due."""
        asked = {"owner": owner, "now": now, "real": real, "lease": lease, "most": most}
        return {row.team_id: row.next_due for row in connection.execute(CLAIM, asked)}

    @writes
    def renew(self, connection: Connection, team: str, owner: str, *, real: int, lease: int) -> bool:
        """False when the lease ran out and somebody else has it."""
        asked = {"team": team, "owner": owner, "real": real, "lease": lease}
        return connection.execute(RENEW, asked).rowcount == 1

    @writes
    def release(self, connection: Connection, team: str, owner: str, *, real: int, pause: float = 0) -> None:
        """Given back; ``pause`` keeps everybody away for so many real seconds. Lost meanwhile: nothing happens."""
        asked = {"team": team, "owner": owner}
        if connection.execute(LOCK, asked).first() is not None:
            connection.execute(RELEASE, asked | {"real": real, "pause": round(pause)})

    @writes
    def repair(self, connection: Connection) -> int:
        """Puts right every ``next_due`` that is later than what waits. How many."""
        return connection.execute(REPAIR).rowcount

    @writes
    def take_over(self, connection: Connection, *, real: int, lease: int) -> None:
        """At the start on SQLite, where nobody else can hold a lease: those of the process before are void.

        No row is leased for longer than a lease from now, wherever the machine's clock stood when it was.
        """
        connection.execute(update(workspaces).values(lease_until=0, lease_owner=None, paused_until=0))
        ahead = (deliveries.c.state == "sending") & (deliveries.c.lease_until > real + lease)
        connection.execute(update(deliveries).where(ahead).values(lease_until=real + lease))
