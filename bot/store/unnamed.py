"""Deliveries to somebody whose id stands nowhere in the open: they carry an address, which is opened on sending."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from bot.tables import members, sharing, sharing_talks
from bot.vault import Vault

AUTHOR, READER = "author:", "reader:"  # whoever shared something, and whoever answered it


def to_author(share: str) -> str:
    return f"{AUTHOR}{share}"


def to_reader(talk: str) -> str:
    return f"{READER}{talk}"


def is_address(user: str) -> bool:
    """Slack's own ids have no colon."""
    return user.startswith((AUTHOR, READER))


def whom(connection: Connection, vault: Vault, team: str, address: str) -> str | None:
    """The member behind an address; None once nobody is."""
    kind, _, name = address.partition(":")
    column, of = (
        (sharing.c.sealed_author, sharing) if f"{kind}:" == AUTHOR else (sharing_talks.c.sealed_reader, sharing_talks)
    )
    return vault.open(connection.scalar(select(column).where((of.c.team_id == team) & (of.c.id == name))))


def chat(connection: Connection, vault: Vault, team: str, address: str) -> str | None:
    """The channel of their direct messages, where there is one."""
    user = whom(connection, vault, team, address)
    return connection.scalar(select(members.c.dm).where((members.c.team_id == team) & (members.c.user_id == user)))


def resolved(connection: Connection, vault: Vault, row: Any) -> dict[str, Any]:
    """What a row of the table says about whom it goes to and where, for whoever sends it now."""
    if not is_address(row.user_id):
        return {"user": row.user_id, "channel": row.channel}
    user = whom(connection, vault, row.team_id, row.user_id) or ""
    there = chat(connection, vault, row.team_id, row.user_id) if row.channel else None
    return {"user": user, "channel": there, "address": row.user_id}
