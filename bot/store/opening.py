"""Journeys as rows, opened."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from bot.steps import Stage, State, Step
from bot.store.values import Journey, Who, moment
from bot.vault import Vault


def opened(vault: Vault, who: Who, row: Row[Any], states: dict[Step, State]) -> Journey:
    return Journey(
        id=row.id, who=who, stage=Stage(row.stage), company=vault.open(row.sealed_company),
        role=vault.open(row.sealed_role), left_out=row.left_out, started=moment(row.started_at),
        removed=row.removed_at is not None, short=row.short, states=states, happened_on=row.happened_on,
    )  # fmt: skip
