"""What ``schedule`` asks the database, built once: every ``/rejected`` asks it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, desc, func, insert, select, update

from bot.kinds import Kind
from bot.store import queue
from bot.store.values import Who
from bot.tables import centers, check_ins, deliveries, journeys, members, series, workspaces


def its_check_in() -> Any:
    """What joins a delivery to its check-in."""
    its = queue.delivery_id(Kind.CHECK_IN, "") + check_ins.c.id
    return (deliveries.c.team_id == check_ins.c.team_id) & (deliveries.c.id == its)


TEAM: BindParameter[str] = bindparam("team")
USER: BindParameter[str] = bindparam("user")
LATEST = (
    select(series).where((series.c.team_id == TEAM) & (series.c.user_id == USER))
    .order_by(desc(series.c.started_at)).limit(1)
)  # fmt: skip
# A member's own word counts first, then what the career center set, then the operator's default.
ZONE = func.coalesce(members.c.zone, centers.c.zone, workspaces.c.zone).label("zone")
COUNTRY = func.coalesce(members.c.country, centers.c.country, workspaces.c.country).label("country")
OF_THE_CENTER = (centers.c.check_ins, centers.c.quiet, centers.c.paused, centers.c.counseling)
IN_THEIR_PLACE = (
    members.outerjoin(workspaces, workspaces.c.team_id == members.c.team_id)
    .outerjoin(centers, centers.c.team_id == members.c.team_id)
)  # fmt: skip
LAST_NUMBER = (
    select(func.max(check_ins.c.number))
    .join(series, (series.c.team_id == check_ins.c.team_id) & (series.c.id == check_ins.c.series_id))
    .where((series.c.team_id == TEAM) & (series.c.user_id == USER))
)  # fmt: skip
MEMBER = (
    select(
        ZONE, COUNTRY, members.c.hour, members.c.weekends, members.c.check_ins_on, members.c.deactivated,
        members.c.paused_until, members.c.cadence, members.c.ask_first, workspaces.c.stopped, centers.c.check_ins,
        centers.c.quiet, LAST_NUMBER.scalar_subquery().label("last_number"),
    )
    .select_from(IN_THEIR_PLACE)
    .where((members.c.team_id == TEAM) & (members.c.user_id == USER))
)  # fmt: skip
# Every check-in of a member, in any series or beside them all. By their own deliveries, whose index leads to the few of
# them: a workspace may have ten thousands of check-ins.
EVERY = (
    select(
        check_ins.c.id, check_ins.c.purpose, check_ins.c.answer, check_ins.c.number, check_ins.c.series_id,
        check_ins.c.journey_id, deliveries.c.id.label("delivery"), deliveries.c.state, deliveries.c.reason,
        deliveries.c.due_at, deliveries.c.promised_at, deliveries.c.sent_at, journeys.c.started_at.label("began"),
        journeys.c.removed_at,
    )
    .select_from(deliveries)
    .join(check_ins, (check_ins.c.team_id == deliveries.c.team_id) & (check_ins.c.id == deliveries.c.subject))
    .outerjoin(journeys, (journeys.c.team_id == check_ins.c.team_id) & (journeys.c.id == check_ins.c.journey_id))
    .where((deliveries.c.team_id == TEAM) & (deliveries.c.user_id == USER) & (deliveries.c.kind == Kind.CHECK_IN))
    .order_by(deliveries.c.due_at, check_ins.c.number)
)  # fmt: skip
PARENTS_SINCE = select(journeys.c.id, deliveries.c.state).join(
    deliveries,
    (deliveries.c.team_id == journeys.c.team_id)
    & (deliveries.c.id == queue.delivery_id(Kind.PARENT, "") + journeys.c.id),
).where(
    (journeys.c.team_id == TEAM) & (journeys.c.user_id == USER) & journeys.c.removed_at.is_(None)
    & (journeys.c.started_at >= bindparam("since"))
)  # fmt: skip
ADD = insert(check_ins)
MOVE = (
    update(deliveries).where((deliveries.c.team_id == TEAM) & (deliveries.c.id == bindparam("delivery")))
    .values(due_at=bindparam("due"), promised_at=bindparam("due"))
)  # fmt: skip
# Another no: what the series is about from now on, and all of it as it is then.
JOIN = (
    update(series).where((series.c.team_id == TEAM) & (series.c.id == bindparam("series")))
    .values(newest_at=bindparam("at"), stage=bindparam("tone"), tempo=bindparam("kept")).returning(series)
)  # fmt: skip
BEGIN = insert(series).returning(series)


def every(connection: Connection, who: Who) -> list[Any]:
    return list(connection.execute(EVERY, who._asdict()).all())
