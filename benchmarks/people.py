"""Members with check-ins pending, made inside the database: a million of them in seconds.

Everybody was told no yesterday; the thread is posted, the account was looked up a moment ago. So many check-ins fall
due at each noon, one day after the other; all others two months later.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, create_engine, insert, literal_column, select, text
from sqlalchemy import table as named

from bot import calendars, settings
from bot.kinds import CHECK_IN_RANK, Kind
from bot.steps import State, Step
from bot.store.calendar_tables import FOLLOWED
from bot.store.leases import REPAIR
from bot.store.queue import delivery_id
from bot.tables import check_ins, deliveries, journeys, members, meta, series, steps, workspaces
from bot.vault import Vault

NOON = datetime(2027, 1, 12, 12, 0, tzinfo=UTC)  # a Tuesday; three business days follow
DAYS = 4
LATER = timedelta(days=60)
KEY = "QmVuY2htYXJrcyBvbmx5LCBub3QgYSBzZWNyZXQhISE="  # opens nothing but a benchmark's database


def chosen(database_url: str, api: str, **given: Any) -> settings.Settings:
    return settings.read(
        slack_bot_token="xoxb-1", slack_signing_secret="shh", slack_api_url=api, database_url=database_url,
        encryption_key=KEY, default_timezone="Etc/UTC", **given,
    )  # fmt: skip


def fill(database_url: str, *, teams: int, pending: int, due: int, slow: int = 0) -> None:
    """``due`` members at each noon, ``pending`` beside them; ``slow`` more in a throttled workspace."""
    engine, vault = create_engine(database_url), Vault([KEY])
    with engine.begin() as connection:
        for number in range(teams):
            adopt(connection, vault, f"T{number}", f"xoxb-{number}")
        if pending + due:
            add(connection, "U", pending + DAYS * due, f"'T' || (i % {teams})", *_at_noon(due))
        if slow:
            adopt(connection, vault, "TSLOW", "xoxb-slow")
            add(connection, "S", slow * DAYS, "'TSLOW'", *_at_noon(slow))
        settle(connection)
        connection.execute(text("ANALYZE"))
    engine.dispose()


def settle(connection: Connection) -> None:
    """As the bot leaves it: each workspace knows its first check-in, and all are planned by today's calendars."""
    connection.execute(REPAIR)
    connection.execute(insert(meta).values(name=FOLLOWED, value=calendars.version()))


def noes(database_url: str, many: int) -> None:
    """So many members of the first workspace who were told no just now, and whose check-ins are not planned yet."""
    engine = create_engine(database_url)
    with engine.begin() as connection:
        _number(connection, many + 1)
        whose, now = {"team_id": "'T0'", "user_id": "'N' || i"}, str(int(NOON.timestamp()))
        running = {"started_at": now, "newest_at": now, "stage": "'none'", "tempo": "'usual'"}
        _insert(connection, members, whose | {"dm": "'DN' || i", "zone": "'Etc/UTC'", "looked_up_at": now})
        _insert(connection, series, whose | running | {"id": "'sN' || i"})
    engine.dispose()


def adopt(connection: Connection, vault: Vault, team: str, token: str) -> None:
    facts = {"bot_user_id": "U", "bot_id": "B", "sealed_token": vault.seal(token), "zone": "Etc/UTC"}
    connection.execute(insert(workspaces).values(team_id=team, **facts))


def add(connection: Connection, prefix: str, many: int, team: str, due_at: str, looked_up: str) -> None:
    """So many members, numbered ``i`` from 0; the last three are SQL over it."""
    _number(connection, many)
    for table, facts in _facts(prefix, team, due_at, looked_up):
        _insert(connection, table, facts)


def _number(connection: Connection, many: int) -> None:
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {many - 1})"
    connection.execute(text("DROP TABLE IF EXISTS numbers"))
    connection.execute(text(f"CREATE TEMPORARY TABLE numbers AS {numbers} SELECT i FROM n"))


def _insert(connection: Connection, table: Table, facts: dict[str, str]) -> None:
    columns: list[Any] = [literal_column(expression).label(name) for name, expression in facts.items()]
    connection.execute(insert(table).from_select(list(facts), select(*columns).select_from(named("numbers"))))


def _at_noon(due: int) -> tuple[str, str]:
    noon, day = int(NOON.timestamp()), f"(i / {due})"
    later = f"{noon + int(LATER.total_seconds())} + (i % 86400)"
    return (
        f"CASE WHEN {day} < {DAYS} THEN {noon} + {day} * 86400 ELSE {later} END",
        f"CASE WHEN {day} < {DAYS} THEN {noon} + {day} * 86400 ELSE {noon} END",
    )


def _facts(prefix: str, team: str, due_at: str, looked_up: str) -> list[tuple[Table, dict[str, str]]]:
    began = int((NOON - timedelta(days=1)).timestamp())
    whose = {"team_id": team, "user_id": f"'{prefix}' || i"}
    parent = f"'{delivery_id(Kind.PARENT, '')}j{prefix}' || i"
    check_in = f"'{delivery_id(Kind.CHECK_IN, '')}c{prefix}' || i"
    channel = f"'D{prefix}' || i"
    running = {"started_at": str(began), "newest_at": str(began), "stage": "'none'", "tempo": "'usual'"}
    return [
        (members, whose | {"dm": channel, "zone": "'Etc/UTC'", "looked_up_at": looked_up}),
        (journeys, whose | {"id": f"'j{prefix}' || i", "stage": "'none'", "text_key": "'k'", "started_at": str(began)}),
        *(
            (steps, {"team_id": team, "journey_id": f"'j{prefix}' || i", "step": f"'{step}'", "state": f"'{state}'"})
            for step, state in zip(Step, (State.OPEN, State.WAITING, State.WAITING, State.WAITING), strict=True)
        ),
        (series, whose | running | {"id": f"'s{prefix}' || i"}),
        (check_ins, whose | {
            "id": f"'c{prefix}' || i", "series_id": f"'s{prefix}' || i", "purpose": "'day_1'", "number": "1",
        }),
        (deliveries, whose | {
            "id": parent, "kind": f"'{Kind.PARENT}'", "subject": f"'j{prefix}' || i", "rank": "0",
            "due_at": str(began), "promised_at": str(began), "state": "'sent'", "sent_at": str(began),
            "channel": channel, "ts": "'1800000000.' || i",
        }),
        (deliveries, whose | {
            "id": check_in, "kind": f"'{Kind.CHECK_IN}'", "subject": f"'c{prefix}' || i",
            "rank": str(CHECK_IN_RANK), "due_at": due_at, "promised_at": due_at, "state": "'planned'",
        }),
    ]  # fmt: skip
