"""``sandbox``: a whole Slack workspace and the bot in it, in a browser tab, with no Slack account."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import webbrowser
from typing import Annotated

import typer

from bot.sandbox.bot_process import BotDied, BotProcess
from bot.sandbox.slack import Slack

USUAL_PORT = 8765
PORTS_TRIED = 50


def sandbox(
    port: Annotated[int, typer.Option(help=f"Where to listen; unset: {USUAL_PORT} or the next free port.")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
    socket_mode: Annotated[bool, typer.Option("--socket-mode", help="The bot comes over Socket Mode.")] = False,
    bare: Annotated[bool, typer.Option("--bare", help="The workspace alone, for any bot.")] = False,
    request_url: Annotated[str, typer.Option(help="With --bare: where that bot takes requests.")] = "",
    chaos: Annotated[int, typer.Option(help="Every n-th call of the bot is answered with 429.")] = 0,
) -> None:
    """Try the bot on this machine: type /rejected, press the buttons, move the clock."""
    with contextlib.suppress(KeyboardInterrupt):
        code = asyncio.run(_serve(port, _wants_browser(no_open), socket_mode, bare, request_url, chaos))
        raise typer.Exit(code)


async def _serve(port: int, open_browser: bool, socket_mode: bool, bare: bool, request_url: str, chaos: int) -> int:
    ended = _ended_by_signal()
    async with contextlib.AsyncExitStack() as stack:
        slack = await _opened(stack, port, socket_mode)
        if slack is None:
            _say(f"Port {port} is taken. Choose another with --port, or leave it out.")
            return 1
        slack.platform.faults.chaos = slack.platform.chaos = chaos
        if bare:
            _print_environment(slack, socket_mode)
            if request_url:
                slack.connect(request_url)
        else:
            bot = BotProcess(slack, _say, socket_mode=socket_mode)
            stack.push_async_callback(bot.stop)
            slack.around_reset = bot.anew
            if not await _started(bot, ended):
                return 0 if ended.is_set() else 1
        _announce(slack.url, open_browser)
        await ended.wait()
    return 0


async def _started(bot: BotProcess, ended: asyncio.Event) -> bool:
    """False when the bot died, or when somebody ended the sandbox while it was still starting."""
    starting, ending = asyncio.ensure_future(bot.start()), asyncio.ensure_future(ended.wait())
    await asyncio.wait({starting, ending}, return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    if not starting.done():
        starting.cancel()
        await asyncio.gather(starting, return_exceptions=True)
        return False
    try:
        starting.result()
    except BotDied as died:
        _say(str(died))
        return False
    return True


async def _opened(stack: contextlib.AsyncExitStack, port: int, socket_mode: bool) -> Slack | None:
    """On the port that was asked for, else on the usual one or the next that is free."""
    ports = [port] if port else [*range(USUAL_PORT, USUAL_PORT + PORTS_TRIED), 0]
    for each in ports:
        with contextlib.suppress(OSError):
            return await stack.enter_async_context(Slack.open(port=each, socket_mode=socket_mode))
    return None


def _ended_by_signal() -> asyncio.Event:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        # Windows has no handlers in the loop; there Ctrl-C arrives as KeyboardInterrupt.
        with contextlib.suppress(NotImplementedError):
            loop.add_signal_handler(each, ended.set)
    return ended


def _announce(url: str, open_browser: bool) -> None:
    print(f"Onward sandbox: {url}/", flush=True)
    if open_browser:
        webbrowser.open(f"{url}/")


def _wants_browser(no_open: bool) -> bool:
    """Not for scripts, and not where there is no screen."""
    has_screen = sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    return not no_open and has_screen and sys.stdout.isatty()


def _print_environment(slack: Slack, socket_mode: bool) -> None:
    """What any other bot needs, ready to be pasted into a shell."""
    names = {
        "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url,
    }  # fmt: skip
    if socket_mode:
        names["SLACK_APP_TOKEN"] = slack.app_token
    for name, value in names.items():
        print(f"export {name}={value}")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
