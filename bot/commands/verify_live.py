"""``verify-live``: holds this version against the real Slack, where only it can tell."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Annotated

import aiohttp
import typer
from slack_sdk.web.async_client import AsyncWebClient

from bot import settings
from bot.commands.live_probes import Result, delivery, gallery, installation
from bot.commands.manifest import read_manifest
from bot.exceptions import Refusal
from bot.gallery import ROOMS, Picture
from bot.gallery.walk import Wish, walk
from bot.slack_errors import FAILURES, judge
from messages.library import Library, WordsError

SIGNS = {True: "ok  ", False: "FAIL", None: "note"}
NO_TOKEN = "SLACK_BOT_TOKEN is missing: set it to the token of a workspace you may post in, then run this again."
LEFT_OUT = "delivery was left out: name yourself with --member U…, and a few messages go to you and away again"
TIME_OUT = 30


def command(
    member: Annotated[str, typer.Option(help="Your own member id: the one whose direct messages are used.")] = "",
    words_dir: Annotated[
        Path | None, typer.Option(envvar="WORDS_DIR", help="A folder of words laid over ours.")
    ] = None,
    room: Annotated[str, typer.Option(help="Only this room of the gallery, such as cards or home.")] = "",
    every: Annotated[bool, typer.Option("--every", help="Every state, which takes hours.")] = False,
) -> None:
    """Asks Slack about the token, every message and how it delivers. Exit code 1 when something is wrong."""
    token, base_url = _token()
    if room and room not in ROOMS:
        raise Refusal(f"There is no room “{room}” in the gallery; there are {', '.join(ROOMS)}.")
    pictures = _pictures(_words(words_dir), Wish(room, every=every))
    if asyncio.run(_verify(token, base_url, pictures, member)):
        raise typer.Exit(1)


def _token() -> tuple[str, str]:
    # A signing secret is what requests are checked with, and none comes in here.
    chosen = settings.read(slack_signing_secret="nothing is heard")
    if chosen.slack_bot_token is None:
        raise Refusal(NO_TOKEN)
    return chosen.slack_bot_token.get_secret_value(), chosen.slack_api_url


def _words(words_dir: Path | None) -> Library:
    try:
        return Library.load(words_dir)
    except WordsError as wrong:
        raise Refusal(f"The words are not in order: {wrong.findings[0]}") from None


def _pictures(library: Library, wish: Wish) -> Iterator[Picture]:
    for locale in library.locales.values():
        yield from (picture for _, picture in walk(locale, wish))


async def _verify(token: str, base_url: str, pictures: Iterator[Picture], member: str) -> int:
    """How many things are wrong."""
    wrong = 0
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIME_OUT)) as session:
        client = AsyncWebClient(token=token, base_url=base_url, session=session, retry_handlers=[], timeout=TIME_OUT)
        probes = [installation(client, read_manifest()), gallery(client, pictures)]
        for probe in [*probes, delivery(client, member)] if member else probes:
            wrong += await _tell(probe)
    if not member:
        typer.echo(f"{SIGNS[None]}  {LEFT_OUT}")
    return wrong


async def _tell(probe: AsyncIterator[Result]) -> int:
    wrong = 0
    try:
        async for result in probe:
            typer.echo(f"{SIGNS[result.fine]}  {result.words}")
            wrong += result.fine is False
    except FAILURES as failure:
        typer.echo(f"{SIGNS[False]}  {probe.__name__}: Slack answered {judge(failure).error}")  # type: ignore[attr-defined]
        wrong += 1
    return wrong
