"""Threads: what a parent and a card are drawn from, each in one look."""

from __future__ import annotations

from sqlalchemy import Connection, select

from bot.series import Tempo
from bot.store import keep_in_touch, members, schedule
from bot.store.base import Room, reads
from bot.store.centers import read_center
from bot.store.journey_queries import NEWEST_FIRST, told_with
from bot.store.opening import find, opened
from bot.store.schedule_queries import every
from bot.store.thread_values import CardFacts, ParentFacts
from bot.store.values import Journey, Member, Who, moment
from bot.tables import journeys


class Threads(Room):
    """Both raise UnknownJourney when it is not the member's own. ``member``: as known a moment ago."""

    @reads
    def parent(self, connection: Connection, who: Who, journey: str, member: Member | None) -> ParentFacts:
        found, current = find(connection, self._vault, who, journey), schedule.latest(connection, who)
        rows = schedule.of_series(every(connection, who), current.id) if current is not None else []
        return ParentFacts(
            found, member or members.find(connection, who),
            names=self._names(connection, who, found),
            planned=[moment(row.due_at) for row in rows if row.state == "planned"],
            begun=any(row.state == "sent" for row in rows),
            waits_for_yes=current is not None and not current.ended and current.tempo == Tempo.none,
        )  # fmt: skip

    @reads
    def card(self, connection: Connection, who: Who, journey: str, member: Member | None) -> CardFacts:
        return CardFacts(
            find(connection, self._vault, who, journey), member or members.find(connection, who),
            center=read_center(connection, self._vault, who.team),
            keeps_in_touch=keep_in_touch.asked(connection, who, journey),
        )  # fmt: skip

    def _names(self, connection: Connection, who: Who, journey: Journey) -> list[str]:
        """Of all noes that came with this one, its own first; those without a name are left out."""
        if not journey.short:
            return [journey.name]
        its = told_with(who, journey.id) & journeys.c.removed_at.is_(None)
        rows = connection.execute(select(journeys).where(its).order_by(*NEWEST_FIRST))
        return [name for name in (opened(self._vault, who, row, {}).name for row in rows) if name]
