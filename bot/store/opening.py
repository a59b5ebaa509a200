"""Journeys as rows, opened."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row

from bot.exceptions import UnknownJourney
from bot.steps import Stage, State, Step
from bot.store.journey_queries import FIND
from bot.store.values import Journey, Who, moment
from bot.vault import Vault


def find(connection: Connection, vault: Vault, who: Who, journey: str) -> Journey:
    """Raises UnknownJourney when it is not the member's own."""
    asked = who._asdict() | {"journey": journey}
    rows = connection.execute(FIND, asked).all()
    if not rows:
        raise UnknownJourney
    states = {Step(each.step): State(each.state) for each in rows}
    return opened(vault, who, rows[0], {step: states[step] for step in Step})


def opened(vault: Vault, who: Who, row: Row[Any], states: dict[Step, State]) -> Journey:
    return Journey(
        id=row.id, who=who, stage=Stage(row.stage), company=vault.open(row.sealed_company),
        role=vault.open(row.sealed_role), left_out=row.left_out, started=moment(row.started_at),
        removed=row.removed_at is not None, short=row.short, states=states, happened_on=row.happened_on,
    )  # fmt: skip
