"""From the start of the process to ready, against importing the libraries it stands on."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

from benchmarks.commands import free_port, ready, start
from benchmarks.contest import ROOT, Figures, rounds, table
from benchmarks.databases import Databases
from benchmarks.fake_slack import fake_slack
from benchmarks.sizes import Size

LIBRARIES = (
    "slack_bolt.async_app, slack_bolt.adapter.socket_mode.aiohttp, aiohttp.web, sqlalchemy.dialects.sqlite, "
    "alembic.command, apscheduler.schedulers.asyncio, cryptography.fernet, holidays, prometheus_client, "
    "pydantic_settings, structlog, typer"
)


def run(databases: Databases, size: Size) -> None:
    with fake_slack(latency=0) as fake:
        seen = rounds(size.rounds, "starting", lambda _: _round(databases, fake.api))
    table(
        "Start to ready",
        ("importing the libraries", "ready, fresh SQLite file", "ready, the same file again", "ready ÷ importing"),
        [[f"{seen['imports']:.2f} s", f"{seen['fresh']:.2f} s", f"{seen['again']:.2f} s", f"{seen['ratio']:.2f}"]],
    )


def _round(databases: Databases, api: str) -> Figures:
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {LIBRARIES}"], check=True, cwd=ROOT)
    imports = time.perf_counter() - began
    url = f"sqlite:///{databases.folder}/starting.db"
    fresh, again = asyncio.run(_start(api, url)), asyncio.run(_start(api, url))
    databases.drop(url)
    return {"imports": imports, "fresh": fresh, "again": again, "ratio": again / imports}


async def _start(api: str, url: str) -> float:
    port = free_port()
    began = time.perf_counter()
    process = start("onward", api, url, port)
    try:
        await ready(f"http://127.0.0.1:{port}", process)
        return time.perf_counter() - began
    finally:
        process.terminate()
        process.wait()
