"""``doctor``: looks at the whole set-up and says what is wrong and what to do about it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated

import aiohttp
import typer
from slack_sdk.web.async_client import AsyncWebClient

from bot import settings
from bot.commands.live_probes import delivery
from bot.commands.manifest import read_manifest
from bot.doctor import at_slack, doors, house, records
from bot.doctor.finding import NOTE, OK, WRONG, Finding, ok, refused, wrong
from bot.exceptions import Busy, Refusal
from bot.settings import Settings
from bot.slack_errors import FAILURES, judge

SIGNS = {OK: "ok   ", WRONG: "FAULT", NOTE: "note "}
TIME_OUT = 10
PROBE = typer.Option("--probe", help="Also post to --member, look for it as the bot does, and delete it again.")
MEMBER = typer.Option(help="For --probe: your own member id, U….")
AS_JSON = typer.Option("--json", help="For machines.")


def command(
    probe: Annotated[bool, PROBE] = False,
    member: Annotated[str, MEMBER] = "",
    as_json: Annotated[bool, AS_JSON] = False,
) -> None:
    """Looks at settings, database, key, Slack and the bot that runs. Changes nothing. Exit code 1: a fault."""
    if probe and not member:
        raise Refusal("--probe posts to somebody: name yourself with --member U….")
    found = asyncio.run(findings(member if probe else ""))
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in found], ensure_ascii=False))
    else:
        for each in found:
            _tell(each)
    if any(each.state == WRONG for each in found):
        raise typer.Exit(1)


def _tell(finding: Finding) -> None:
    typer.echo(f"{SIGNS[finding.state]}  {finding.check:<9} {finding.said}")
    if finding.remedy:
        typer.echo(f"{'':<16} → {finding.remedy}")


async def findings(member: str = "") -> list[Finding]:
    """Everything that was looked at, in order. With a member's id also how Slack delivers."""
    chosen, faults = settings.examine()
    if chosen is None:
        return [refused("settings", each) for each in faults]
    return [ok("settings", "All of them can be read."), *[each async for each in _looks(chosen, member)]]


async def _looks(chosen: Settings, member: str) -> AsyncIterator[Finding]:
    for finding in (*house.of_disk(chosen), *house.of_words(chosen.words_dir), *at_slack.of_secret(chosen)):
        yield finding
    try:
        async for finding in records.of_records(chosen):
            yield finding
    except Busy:
        yield wrong("database", "It is locked.", "Is another program holding it, such as a copy that is being made?")
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=TIME_OUT)) as session:
        token = chosen.slack_bot_token.get_secret_value() if chosen.slack_bot_token else None
        client = _client(chosen, session, token)
        async for finding in _of_tokens(chosen, session, client):
            yield finding
        async for finding in at_slack.of_socket(chosen, client):
            yield finding
        async for finding in doors.of_doors(chosen, session):
            yield finding
        if member:
            async for finding in _probe(client, member):
                yield finding


async def _of_tokens(
    chosen: Settings, session: aiohttp.ClientSession, client: AsyncWebClient
) -> AsyncIterator[Finding]:
    if client.token:
        looks = at_slack.of_token(chosen, client, read_manifest())
    else:
        clients = [_client(chosen, session, each) for each in await records.tokens(chosen)]
        looks = at_slack.of_installs(chosen, clients, read_manifest())
    async for finding in looks:
        yield finding


def _client(chosen: Settings, session: aiohttp.ClientSession, token: str | None) -> AsyncWebClient:
    return AsyncWebClient(
        token=token, base_url=chosen.slack_api_url, session=session, retry_handlers=[], timeout=TIME_OUT
    )


async def _probe(client: AsyncWebClient, member: str) -> AsyncIterator[Finding]:
    states = {True: OK, False: WRONG, None: NOTE}
    try:
        async for result in delivery(client, member):
            yield Finding("delivery", states[result.fine], f"{result.words}.", "" if result.fine is not False else SLOW)
    except FAILURES as failure:
        yield wrong("delivery", f"Slack answered {judge(failure).error}.", "Is that a member of this workspace?")


SLOW = "Try again; if it stays so, a message in doubt would be `unknown` (docs/delivery.md)."
