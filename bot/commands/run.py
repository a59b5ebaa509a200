"""``run``: a built bot until it is told to stop: HTTP always, Socket Mode where an app token is set."""

from __future__ import annotations

import asyncio
import signal
import sys

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot import log as logging
from bot import settings
from bot.app import Onward, build
from bot.clock import Clock, MovableClock
from bot.exceptions import Refusal
from bot.log import log
from bot.pace import Pace
from bot.settings import Settings
from bot.web import site

# A database thread gives Python up at every statement; by default a busy loop lets it wait 5 ms to get it back.
SWITCH_SECONDS = 0.0002


def command() -> None:
    """Runs the bot: commands and buttons come in, threads and check-ins go out."""
    chosen = settings.read()
    settings.refuse_forgetful_disk(chosen)
    logging.start()
    sys.setswitchinterval(SWITCH_SECONDS)
    asyncio.run(run(chosen))


async def run(chosen: Settings) -> None:
    """Until SIGTERM or Ctrl-C. Raises Refusal when the bot cannot start as it is set up."""
    clock = MovableClock() if chosen.in_sandbox else Clock()
    onward = build(chosen, clock=clock, pace=Pace().times(chosen.pace_factor))
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stopped.set)
    await onward.open()
    runner = await _listen(onward)
    socket = await _connect(onward)
    log.info("onward_runs", port=chosen.port, socket_mode=socket is not None)
    await stopped.wait()
    if socket:
        await socket.close_async()  # type: ignore[no-untyped-call]
    await runner.cleanup()
    await onward.close()


async def _listen(onward: Onward) -> web.AppRunner:
    runner = web.AppRunner(site(onward), access_log=None, shutdown_timeout=5)
    await runner.setup()
    host, port = onward.settings.host, onward.settings.port
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as taken:
        raise Refusal(f"PORT {port} on {host} cannot be used: {taken.strerror}.") from None
    return runner


async def _connect(onward: Onward) -> AsyncSocketModeHandler | None:
    token = onward.settings.slack_app_token
    if token is None:
        return None
    # The aiohttp client of the SDK: it has a staleness monitor, which the other one lacks.
    socket = AsyncSocketModeHandler(onward.bolt, token.get_secret_value(), web_client=onward.tools.workspaces.in_front)
    await socket.connect_async()  # type: ignore[no-untyped-call]
    return socket
