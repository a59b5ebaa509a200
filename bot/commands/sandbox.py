"""``sandbox``: a whole Slack workspace and the bot in it, in a browser tab, with no Slack account."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.preview import gallery_page
from bot.commands.screen import announce, ended_by_signal, wants_browser
from bot.exceptions import Refusal
from bot.sandbox.bot_process import BotDied, BotProcess
from bot.sandbox.casts import ARTS, ENGINEERING, HILLSIDE
from bot.sandbox.clock import SandboxClock
from bot.sandbox.kinds import HandsError
from bot.sandbox.manifest import Manifest
from bot.sandbox.replay import NoJournal, Replay, Story
from bot.sandbox.slack import Slack, UnknownMethods

USUAL_PORT = 8765
PORTS_TRIED = 50


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line."""

    port: int = 0
    open_browser: bool = False
    socket_mode: bool = False
    bare: bool = False
    request_url: str = ""
    redirect_url: str = ""
    manifest: Manifest | None = None
    installed: bool = True
    chaos: int = 0
    words_dir: Path | None = None
    journal: Path | None = None
    story: Story | None = None


def sandbox(  # noqa: PLR0913 - one parameter an option
    *,
    port: Annotated[int, typer.Option(help=f"Where to listen; unset: {USUAL_PORT} or the next free port.")] = 0,
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
    socket_mode: Annotated[bool, typer.Option("--socket-mode", help="The bot comes over Socket Mode.")] = False,
    bare: Annotated[bool, typer.Option("--bare", help="The workspace alone, for any bot.")] = False,
    request_url: Annotated[str, typer.Option(help="With --bare: where that bot takes requests.")] = "",
    chaos: Annotated[int, typer.Option(help="Every n-th call of the bot is answered with 429.")] = 0,
    words_dir: Annotated[
        Path | None, typer.Option(envvar="WORDS_DIR", help="A folder of words laid over ours.")
    ] = None,
    manifest: Annotated[Path | None, typer.Option(help="With --bare: that bot's manifest.json.")] = None,
    oauth: Annotated[bool, typer.Option("--oauth", help="The app is not installed yet.")] = False,
    redirect_url: Annotated[str, typer.Option(help="With --bare: one more redirect URL of that bot.")] = "",
    journal: Annotated[Path | None, typer.Option(help="Write every exchange to this new file.")] = None,
    replay: Annotated[Path | None, typer.Option(help="Do again what people did in this journal.")] = None,
) -> None:
    """Try the bot on this machine: type /rejected, press the buttons, move the clock."""
    with contextlib.suppress(KeyboardInterrupt):
        try:
            if not bare and (manifest or redirect_url):
                raise Refusal("--manifest and --redirect-url are for another bot: they need --bare.")
            asked = Asked(
                port, wants_browser(no_open), socket_mode, bare, request_url, redirect_url, _manifest(manifest),
                not oauth, chaos, words_dir, journal, Story.read(replay) if replay else None,
            )  # fmt: skip
            code = asyncio.run(_serve(asked))
        except (NoJournal, UnknownMethods) as wrong:
            raise Refusal(str(wrong)) from None
        raise typer.Exit(code)


def _manifest(path: Path | None) -> Manifest:
    try:
        return Manifest.read(path)
    except (OSError, ValueError) as wrong:
        raise Refusal(f"{path} cannot be read as a manifest: {wrong}") from None


async def _serve(asked: Asked) -> int:
    ended = ended_by_signal()
    async with contextlib.AsyncExitStack() as stack:
        slack = await _opened(stack, asked)
        if slack is None:
            _say(f"Port {asked.port} is taken. Choose another with --port, or leave it out.")
            return 1
        slack.platform.faults.chaos = slack.platform.world.chaos = asked.chaos
        if asked.journal:
            _record(slack, asked.journal)
        if not asked.installed:
            _neighbours(slack)
        if asked.bare:
            _print_environment(slack, asked)
            if asked.request_url:
                slack.connect(asked.request_url)
        else:
            bot = BotProcess(
                slack, _say, socket_mode=asked.socket_mode, words_dir=asked.words_dir, by_oauth=not asked.installed
            )
            stack.push_async_callback(bot.stop)
            slack.platform.world.around_reset = bot.anew
            if not await _started(bot, ended):
                return 0 if ended.is_set() else 1
        announce("Onward sandbox", f"{slack.url}/", asked.open_browser)
        if asked.story and not await _replayed(slack, asked.story, ended):
            return 0 if ended.is_set() else 1
        await ended.wait()
    return 0


def _neighbours(slack: Slack) -> None:
    """Somewhere else to install the app: one more workspace, and an org where the app may go into a whole one."""
    for cast in (HILLSIDE, *((ARTS, ENGINEERING) if slack.platform.manifest.org_deploy else ())):
        slack.opens_workspace(cast)


def _record(slack: Slack, journal: Path) -> None:
    try:
        slack.records(journal)
    except FileExistsError:
        raise Refusal(f"{journal} is there already. Choose another name, or move that file away.") from None
    except OSError as wrong:
        raise Refusal(f"The journal {journal} cannot be written: {wrong.strerror}.") from None


async def _replayed(slack: Slack, story: Story, ended: asyncio.Event) -> bool:
    """False when a step could not be done, or when somebody ended the sandbox before all were."""
    replaying = asyncio.ensure_future(_replay(slack, story))
    ending = asyncio.ensure_future(ended.wait())
    await asyncio.wait({replaying, ending}, return_when=asyncio.FIRST_COMPLETED)
    ending.cancel()
    if not replaying.done():
        replaying.cancel()
        await asyncio.gather(replaying, return_exceptions=True)
        return False
    try:
        replaying.result()
    except HandsError as not_done:
        _say(f"The replay stopped: {not_done}")
        return False
    print(f"Replayed {len(story.steps)} steps.", flush=True)
    return True


async def _replay(slack: Slack, story: Story) -> None:
    await slack.until_there_is_a_bot()
    await Replay(slack).run(story)


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


async def _opened(stack: contextlib.AsyncExitStack, asked: Asked) -> Slack | None:
    """On the port that was asked for, else on the usual one or the next that is free."""
    ports = [asked.port] if asked.port else [*range(USUAL_PORT, USUAL_PORT + PORTS_TRIED), 0]
    pages = [gallery_page(asked.words_dir)]
    for each in ports:
        opening = Slack.open(
            port=each, manifest=asked.manifest, socket_mode=asked.socket_mode, pages=pages, installed=asked.installed,
            clock=SandboxClock(datetime.fromtimestamp(asked.story.begins, UTC)) if asked.story else None,
        )  # fmt: skip
        with contextlib.suppress(OSError):
            slack = await stack.enter_async_context(opening)
            slack.platform.installs.redirect_urls += [asked.redirect_url] if asked.redirect_url else []
            return slack
    return None


def _print_environment(slack: Slack, asked: Asked) -> None:
    """What any other bot needs, ready to be pasted into a shell. Of an app that is not installed there is no token."""
    names = {"SLACK_BOT_TOKEN": slack.bot_token} if asked.installed else {
        "SLACK_CLIENT_ID": slack.client_id, "SLACK_CLIENT_SECRET": slack.client_secret,
        "SLACK_AUTHORIZE_URL": slack.authorize_url,
    }  # fmt: skip
    names |= {"SLACK_SIGNING_SECRET": slack.signing_secret, "SLACK_API_URL": slack.api_url}
    if asked.socket_mode:
        names["SLACK_APP_TOKEN"] = slack.app_token
    for name, value in names.items():
        print(f"export {name}={value}")


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
