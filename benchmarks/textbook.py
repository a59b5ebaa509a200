"""The bot most people would write first: synchronous Bolt, and one APScheduler job a check-in in its SQLAlchemy store.

``python -m benchmarks.textbook PORT API DATABASE_URL`` listens with the server that comes with Bolt.
"""

from __future__ import annotations

import pickle
import sys
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from slack_bolt import App
from slack_sdk import WebClient
from sqlalchemy import insert, text

AFTER = (1, 3, 7, 14)  # days
AT_ONCE = 10_000
STATE: dict[str, Any] = {}


def prepare(api: str, sent: Callable[[], object]) -> None:
    STATE["client"] = WebClient("xoxb-1", base_url=api)
    STATE["sent"] = sent


def check_in(channel: str) -> None:
    from benchmarks.senders import BLOCKS  # noqa: PLC0415

    client = STATE["client"]
    client.chat_getPermalink(channel=channel, message_ts="1800000000.1")
    client.chat_postMessage(channel=channel, text="A quick check-in.", blocks=BLOCKS)
    STATE["sent"]()


def scheduler(database_url: str, *, threads: int = 10, paused: bool = False) -> BackgroundScheduler:
    """As installed, but for a grace time: the default of one second drops whatever waits longer for its turn."""
    made = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=database_url)}, executors={"default": ThreadPoolExecutor(threads)},
        job_defaults={"misfire_grace_time": None}, timezone="UTC",
    )  # fmt: skip
    made.start(paused=paused)
    return made


def plan(made: BackgroundScheduler, number: int) -> None:
    """What its handler does after a no."""
    for days in AFTER:
        run = datetime.now(UTC) + timedelta(days=days)
        made.add_job(check_in, "date", run_date=run, args=[f"D{number}"])


def fill(made: BackgroundScheduler, pending: int) -> None:
    """So many jobs in two months, as its store would write them, but many at a time: one by one takes minutes."""
    store = made._jobstores["default"]
    first = made.add_job(check_in, "date", run_date=datetime.now(UTC) + timedelta(days=60), args=["D0"])
    state = first.__getstate__()
    for start in range(0, pending, AT_ONCE):
        rows = [_row(state, number) for number in range(start, min(pending, start + AT_ONCE))]
        with store.engine.begin() as connection:
            connection.execute(insert(store.jobs_t), rows)


def _row(state: dict[str, Any], number: int) -> dict[str, Any]:
    name, when = uuid.uuid4().hex, state["next_run_time"] + timedelta(seconds=number % 86400)
    state = state | {"id": name, "next_run_time": when, "args": (f"D{number}",)}
    return {"id": name, "next_run_time": when.timestamp(), "job_state": pickle.dumps(state, 5)}


def make_due(made: BackgroundScheduler, due: int, when: datetime) -> None:
    """So many of the pending ones fall due at that moment."""
    store = made._jobstores["default"]
    with store.engine.begin() as connection:
        ids = connection.scalars(text(f"SELECT id FROM apscheduler_jobs ORDER BY next_run_time DESC LIMIT {due}")).all()
        for each in ids:
            job = store._reconstitute_job(
                connection.scalar(text("SELECT job_state FROM apscheduler_jobs WHERE id = :id"), {"id": each})
            )
            job.trigger.run_date = job.next_run_time = when
            changed = {"id": each, "at": when.timestamp(), "state": pickle.dumps(job.__getstate__(), 5)}
            connection.execute(
                text("UPDATE apscheduler_jobs SET next_run_time = :at, job_state = :state WHERE id = :id"), changed
            )


def main(port: int, api: str, database_url: str) -> None:
    client = WebClient("xoxb-1", base_url=api)
    app = App(client=client, signing_secret="shh", token_verification_enabled=False)
    planning = scheduler(database_url)

    @app.command("/rejected")
    def rejected(ack: Any, command: dict[str, Any], client: WebClient) -> None:
        from benchmarks.floor import CARD, PARENT, POINTER  # noqa: PLC0415

        ack(POINTER)
        user = command["user_id"]
        client.users_info(user=user)
        channel = client.conversations_open(users=user)["channel"]["id"]
        parent = client.chat_postMessage(channel=channel, **PARENT)
        client.chat_postMessage(channel=channel, thread_ts=parent["ts"], **CARD)
        plan(planning, user)

    app.start(port=port, path="/slack/events", http_server_logger_enabled=False)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
