"""What the sender asks the database, built once: it asks all day."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, case, func, or_, select

from bot.kinds import CHECK_IN_RANK
from bot.tables import deliveries, workspaces

parent = deliveries.alias("parent")
original = deliveries.alias("original")
joined = (
    deliveries.join(workspaces, workspaces.c.team_id == deliveries.c.team_id)
    .outerjoin(parent, and_(parent.c.team_id == deliveries.c.team_id, parent.c.id == deliveries.c.under))
    .outerjoin(original, and_(original.c.team_id == deliveries.c.team_id, original.c.id == deliveries.c.edits))
)

# Planned, due, not waiting after a refusal, its workspace open, and what it hangs on already posted.
ready = and_(
    deliveries.c.state == "planned", deliveries.c.due_at <= bindparam("now"),
    deliveries.c.retry_at <= bindparam("real"), workspaces.c.stopped.is_(None),
    or_(deliveries.c.under.is_(None), parent.c.state == "sent"),
    or_(deliveries.c.edits.is_(None), original.c.state == "sent"),
)  # fmt: skip
is_check_in = deliveries.c.rank == CHECK_IN_RANK
lane = (deliveries.c.team_id, case((is_check_in, ""), else_=deliveries.c.user_id).label("lane"))
rows = select(deliveries, parent.c.ts.label("thread_ts"), original.c.ts.label("edits_ts")).select_from(joined)
in_order = (deliveries.c.rank, deliveries.c.due_at, deliveries.c.id)
of_team = deliveries.c.team_id == bindparam("team")

LANES = (
    select(*lane).select_from(joined).where(ready).group_by(*lane)
    .order_by(func.min(deliveries.c.rank), func.min(deliveries.c.due_at)).limit(bindparam("most"))
)  # fmt: skip
# Spelled so that the index on a member's rows serves it.
NEXT_OF_MEMBER = (
    rows.where(of_team & (deliveries.c.user_id == bindparam("user")) & ~is_check_in & ready)
    .order_by(*in_order).limit(1)
)  # fmt: skip
NEXT_CHECK_IN = rows.where(of_team & is_check_in & ready).order_by(*in_order).limit(1)
IN_DOUBT = rows.where(
    (deliveries.c.state == "sending") & (deliveries.c.lease_until <= bindparam("real"))
    & (deliveries.c.tried_at <= bindparam("settled")) & (deliveries.c.retry_at <= bindparam("real"))
).limit(bindparam("most"))  # fmt: skip
NEXT_DUE = (
    select(func.min(deliveries.c.due_at)).select_from(joined)
    .where((deliveries.c.state == "planned") & workspaces.c.stopped.is_(None))
)  # fmt: skip
