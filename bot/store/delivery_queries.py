"""What the sender asks the database, built once: it asks all day."""

from __future__ import annotations

from sqlalchemy import BigInteger, Integer, Text, and_, bindparam, func, literal_column, or_, select, update

from bot.kinds import CHECK_IN_RANK, Kind
from bot.store.real_time import RealNow
from bot.tables import deliveries, workspaces

parent = deliveries.alias("parent")
original = deliveries.alias("original")
joined = (
    deliveries.join(workspaces, workspaces.c.team_id == deliveries.c.team_id)
    .outerjoin(parent, and_(parent.c.team_id == deliveries.c.team_id, parent.c.id == deliveries.c.under))
    .outerjoin(original, and_(original.c.team_id == deliveries.c.team_id, original.c.id == deliveries.c.edits))
)

# Literal and spelled as in the partial indexes, so that they serve it however many check-ins are pending.
waits = deliveries.c.state == literal_column("'planned'")
of_a_thread = deliveries.c.rank < literal_column(str(CHECK_IN_RANK))
is_check_in = deliveries.c.rank == literal_column(str(CHECK_IN_RANK))
# A newer version may have planned kinds this code cannot draw: they are for others, and must stop nothing here.
known = deliveries.c.kind.in_([literal_column(f"'{kind}'") for kind in Kind])
# Planned, due, not waiting after a refusal, its workspace open, and what it hangs on already posted.
ready = and_(
    waits, known, deliveries.c.due_at <= bindparam("now"),
    deliveries.c.retry_at <= RealNow(), workspaces.c.stopped.is_(None),
    or_(deliveries.c.under.is_(None), parent.c.state == "sent"),
    or_(deliveries.c.edits.is_(None), original.c.state == "sent"),
)  # fmt: skip
rows = select(deliveries, parent.c.ts.label("thread_ts"), original.c.ts.label("edits_ts")).select_from(joined)
of_team = deliveries.c.team_id == bindparam("team")

# Workspaces that are left out: with everything, with posts, with redraws.
closed = or_(
    deliveries.c.team_id.in_(bindparam("to_all", (), expanding=True)),
    and_(deliveries.c.edits.is_(None), deliveries.c.team_id.in_(bindparam("to_posts", (), expanding=True))),
    and_(deliveries.c.edits.is_not(None), deliveries.c.team_id.in_(bindparam("to_redraws", (), expanding=True))),
)  # fmt: skip
# Grouped by whoever asks: a GROUP BY would walk every row of every member.
LANES = (
    select(deliveries.c.team_id, deliveries.c.user_id, deliveries.c.due_at).select_from(joined)
    .where(of_a_thread & ready & ~closed)
    .order_by(deliveries.c.due_at).limit(bindparam("most", type_=Integer))
)  # fmt: skip
NEXT_OF_MEMBER = (
    rows.where(of_team & (deliveries.c.user_id == bindparam("user")) & of_a_thread & ready)
    .order_by(deliveries.c.rank, deliveries.c.due_at, deliveries.c.id).limit(1)
)  # fmt: skip
# Two, so that whoever sends the first knows whether to come again.
NEXT_CHECK_INS = rows.where(of_team & is_check_in & ready).order_by(deliveries.c.due_at, deliveries.c.id).limit(2)
IN_DOUBT = rows.where(
    (deliveries.c.state == literal_column("'sending'")) & (deliveries.c.retry_at <= RealNow())
    & (deliveries.c.lease_until <= RealNow() - bindparam("after", type_=Integer)) & workspaces.c.stopped.is_(None)
    & known
).order_by(deliveries.c.retry_at, deliveries.c.lease_until).limit(bindparam("most", type_=Integer))  # fmt: skip
NEXT_DUE = select(func.min(deliveries.c.due_at)).select_from(joined).where(waits & workspaces.c.stopped.is_(None))
OLDEST_DUE = NEXT_DUE.where(deliveries.c.due_at <= bindparam("now"))

its = of_team & (deliveries.c.id == bindparam("delivery"))
_begins = update(deliveries).where(
    its & (deliveries.c.state == "planned") & (deliveries.c.attempts == bindparam("tries"))
    & (deliveries.c.due_at == bindparam("due"))
    & deliveries.c.token.is_not_distinct_from(bindparam("theirs", type_=Text))
).values(token=bindparam("mine"), channel=bindparam("there"), attempts=deliveries.c.attempts + 1)  # fmt: skip
BEGIN_REDRAW = _begins
BEGIN_POST = _begins.values(
    state="sending", tried_at=func.coalesce(deliveries.c.tried_at, RealNow()),
    lease_until=RealNow() + bindparam("lease", type_=Integer), looks=0,
)  # fmt: skip
SENT = update(deliveries).where(its & (deliveries.c.token == bindparam("mine"))).values(
    state="sent", sent_at=bindparam("now", type_=BigInteger), reason=bindparam("why", type_=Text),
    ts=func.coalesce(bindparam("its_ts", type_=Text), deliveries.c.ts),
)  # fmt: skip
