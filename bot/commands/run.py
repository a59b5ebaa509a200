"""``run`` and ``work``: a built bot until it is told to stop.

``run`` listens (HTTP always, Socket Mode where an app token is set) and sends. On PostgreSQL, on as many machines as
there are: ``run --no-scheduler`` listens and sends what it was just asked for, ``work`` sends everything else.
"""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from dataclasses import replace
from typing import Annotated

import typer
from aiohttp import web

from bot import failpoints, settings
from bot import log as logging
from bot.app import Onward, build
from bot.clock import Clock, MovableClock
from bot.exceptions import Refusal
from bot.log import log
from bot.pace import Pace
from bot.settings import Settings
from bot.socket import Sockets
from bot.web import runner

# SQLite's one writer gives Python up at every statement; by default a busy loop lets it wait 5 ms to get it back.
SQLITE_SWITCH_SECONDS = 0.0002
# New objects after which Python looks for cycles among them; by default 700, which is less than one request makes.
COLLECT_AFTER = 10_000
WORKER_SWEEP = 1.0  # seconds: who only sends is not woken by a commit, and somebody may wait for a thread


NO_SCHEDULER = typer.Option("--no-scheduler", help="Listen, and leave the check-ins to `work`. PostgreSQL only.")
AFTER_RESTORE = typer.Option(
    "--after-restore", help="Once after a backup was put back: looks into Slack before it sends what looks unsent."
)


def command(
    no_scheduler: Annotated[bool, NO_SCHEDULER] = False, after_restore: Annotated[bool, AFTER_RESTORE] = False
) -> None:
    """Runs the bot: commands and buttons come in, threads and check-ins go out."""
    _start(listening=True, sending=not no_scheduler, after_restore=after_restore)


def work(after_restore: Annotated[bool, AFTER_RESTORE] = False) -> None:
    """Only sends, beside any number of `run --no-scheduler`. PostgreSQL only."""
    _start(listening=False, sending=True, after_restore=after_restore)


def _start(*, listening: bool, sending: bool, after_restore: bool) -> None:
    chosen = settings.read()
    settings.refuse_forgetful_disk(chosen)
    if chosen.on_sqlite and not (listening and sending):
        raise Refusal("DATABASE_URL is a SQLite file, which one process owns: use `run` alone, or PostgreSQL.")
    logging.start()
    share_python(chosen)
    asyncio.run(run(chosen, listening=listening, sending=sending, after_restore=after_restore))


def share_python(chosen: Settings) -> None:
    """How often threads take turns. Those of PostgreSQL wait for the server: more turns are a third more work."""
    if chosen.on_sqlite:
        sys.setswitchinterval(SQLITE_SWITCH_SECONDS)


async def run(chosen: Settings, *, listening: bool = True, sending: bool = True, after_restore: bool = False) -> None:
    """Until SIGTERM or Ctrl-C. Raises Refusal when the bot cannot start as it is set up."""
    if chosen.in_sandbox and chosen.sandbox_fail_at:
        failpoints.arm(chosen.sandbox_fail_at)
    clock = MovableClock() if chosen.in_sandbox else Clock()
    pace = Pace() if listening else replace(Pace(), sweep=WORKER_SWEEP)
    onward = build(chosen, clock=clock, pace=pace.times(chosen.pace_factor))
    if after_restore:
        await onward.tools.store.restored(now=int(clock.unix()))
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopped.set)
    await onward.open(sending=sending)
    doors = await _listen(onward) if listening else None
    socket = await _connect(onward) if listening else None
    _leave_what_stays()
    log.info("onward_runs", port=chosen.port if doors else None, socket_mode=socket is not None, sending=sending)
    await stopped.wait()
    await asyncio.gather(_hear_no_more(socket, doors), onward.delivery.close())
    await onward.close()


def _leave_what_stays() -> None:
    """Everything made by now lives until the end: to look through it takes up to 80 ms, in which nobody is answered."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


async def _hear_no_more(socket: Sockets | None, doors: web.AppRunner | None) -> None:
    """Requests under way are answered; the doors close behind them."""
    if socket:
        await socket.close()
    if doors:
        await doors.cleanup()


async def _listen(onward: Onward) -> web.AppRunner:
    doors = runner(onward)
    await doors.setup()
    host, port = onward.settings.host, onward.settings.port
    try:
        await web.TCPSite(doors, host, port).start()
    except OSError as taken:
        raise Refusal(f"PORT {port} on {host} cannot be used: {taken.strerror}.") from None
    return doors


async def _connect(onward: Onward) -> Sockets | None:
    token = onward.settings.slack_app_token
    if token is None:
        return None
    client, pace = onward.tools.workspaces.in_front, onward.delivery.pace
    sockets = Sockets(onward.bolt, client, token.get_secret_value(), pace)
    await sockets.open()
    onward.socket = sockets.is_connected
    return sockets
