"""What the sender asks about a member's check-ins, built once: it asks before every one that goes out.

A member is always found by an index of theirs: a workspace may have ten thousands of check-ins.
"""

from __future__ import annotations

from sqlalchemy import bindparam, desc, select

from bot.kinds import Kind
from bot.steps import State
from bot.store import queue
from bot.store.journey_queries import NEWEST_FIRST, SHOWN
from bot.store.schedule_queries import TEAM, USER, its_check_in
from bot.tables import check_ins, deliveries, journeys, notes, series, steps

its_series = (series.c.team_id == check_ins.c.team_id) & (series.c.id == check_ins.c.series_id)
its_delivery = (
    (check_ins.c.team_id == deliveries.c.team_id) & (check_ins.c.id == deliveries.c.subject)
    & (deliveries.c.kind == Kind.CHECK_IN)
)  # fmt: skip
its_steps = (steps.c.team_id == journeys.c.team_id) & (steps.c.journey_id == journeys.c.id)
its_notes = (notes.c.team_id == journeys.c.team_id) & (notes.c.journey_id == journeys.c.id)
mine = (deliveries.c.team_id == TEAM) & (deliveries.c.user_id == USER)
whole = (check_ins, deliveries.c.promised_at, series.c.stage, series.c.tempo, series.c.started_at)
since = journeys.c.started_at >= bindparam("since")

FIND = (
    select(*whole).join(deliveries, its_check_in()).join(series, its_series)
    .where((check_ins.c.team_id == TEAM) & (check_ins.c.user_id == USER) & (check_ins.c.id == bindparam("check_in")))
)  # fmt: skip
DUE = (
    select(*whole).select_from(deliveries).join(check_ins, its_delivery).join(series, its_series)
    .where(mine & (deliveries.c.state == "planned") & (deliveries.c.due_at <= bindparam("now")))
)  # fmt: skip
LAST_SENT = (
    select(deliveries.c.sent_at).where(mine & (deliveries.c.kind == Kind.CHECK_IN) & deliveries.c.sent_at.is_not(None))
    .order_by(desc(deliveries.c.sent_at)).limit(1)
)  # fmt: skip
NEWEST_JOURNEY = select(journeys.c.id).where(SHOWN).order_by(*NEWEST_FIRST).limit(1)
PLACE_OF_NEWEST = select(deliveries.c.channel, deliveries.c.ts).where(
    (deliveries.c.team_id == TEAM)
    & (deliveries.c.id == queue.delivery_id(Kind.PARENT, "") + NEWEST_JOURNEY.scalar_subquery())
    & deliveries.c.ts.is_not(None)
)  # fmt: skip
PLACE_OF = select(deliveries.c.channel, deliveries.c.ts).where(
    (deliveries.c.team_id == TEAM) & (deliveries.c.user_id == USER)
    & (deliveries.c.id == queue.delivery_id(Kind.PARENT, "") + bindparam("journey")) & deliveries.c.ts.is_not(None)
)  # fmt: skip
DONE_STEPS = select(steps.c.step).join(journeys, its_steps).where(SHOWN & since & (steps.c.state == State.DONE))
OPEN_STEPS = select(steps.c.step).join(journeys, its_steps).where(SHOWN & (steps.c.state == State.OPEN))
KEPT = select(notes.c.note).join(journeys, its_notes).where(SHOWN & since & (notes.c.user_id == USER))
APPLIED = (
    select(check_ins.c.id)
    .where((check_ins.c.team_id == TEAM) & (check_ins.c.series_id == bindparam("series")))
    .where((check_ins.c.user_id == USER) & (check_ins.c.answer == "applied")).limit(1)
)  # fmt: skip
