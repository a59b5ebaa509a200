"""What the bot that runs here says, and whether PUBLIC_URL leads to it."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import AsyncIterator

import aiohttp
from slack_sdk.signature import SignatureVerifier

from bot.clock import Clock
from bot.doctor.finding import Finding, note, ok, wrong
from bot.settings import Settings

EVENTS = "/slack/events"
ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
REFUSED = re.compile(r'^onward_requests_total\{.*outcome="401".*\} ([1-9].*)$', re.MULTILINE)
TAKEN = re.compile(r'^onward_requests_total\{.*outcome="200".*\} ([1-9].*)$', re.MULTILINE)
REMEDIES = {
    "database": "See database, above.",
    "schema": "Run `python -m bot db upgrade`.",
    "slack": "Slack refused its token: install the app again, then start the bot with the new one.",
    "sweep": "Restart it; its log may say why the sweep is silent.",
    "clock": "Set this machine's clock; turn on NTP.",
    "socket": "It tries again by itself; its log says why. Is Socket Mode on, in the app's settings?",
}


async def of_doors(chosen: Settings, session: aiohttp.ClientSession) -> AsyncIterator[Finding]:
    here = f"http://{ANYWHERE.get(chosen.host, chosen.host)}:{chosen.port}"
    try:
        async with session.get(f"{here}/readyz") as answer:
            checks = await answer.json()
    except (aiohttp.ClientError, TimeoutError, ValueError, OSError):
        yield note("bot", f"None answers on port {chosen.port}, so only the set-up was looked at.")
    else:
        for finding in _of_readiness(checks):
            yield finding
        async for finding in _of_requests(chosen, session, here):
            yield finding
    if chosen.public_url and chosen.slack_signing_secret and not chosen.slack_app_token:
        yield await _of_address(chosen, session, chosen.public_url.rstrip("/"))


def _of_readiness(checks: dict[str, object]) -> list[Finding]:
    down = [name for name, fine in checks.items() if fine is False]
    if not down:
        return [ok("bot", "It runs and is ready.")]
    return [wrong("bot", f"It runs, but {name} is not in order.", REMEDIES.get(name, "See its log.")) for name in down]


async def _of_requests(chosen: Settings, session: aiohttp.ClientSession, here: str) -> AsyncIterator[Finding]:
    """Where the secret is wrong, every request was refused and none was taken."""
    token = chosen.metrics_token.get_secret_value() if chosen.metrics_token else ""
    async with session.get(f"{here}/metrics", headers={"Authorization": f"Bearer {token}"}) as answer:
        page = await answer.text()
    if REFUSED.search(page) and not TAKEN.search(page):
        yield wrong(
            "secret", "Since its start the bot has refused every request with a wrong signature.",
            "Copy SLACK_SIGNING_SECRET again from this app's Basic Information, and restart.",
        )  # fmt: skip


async def _of_address(chosen: Settings, session: aiohttp.ClientSession, address: str) -> Finding:
    """As Slack does it: a signed question with a word that must come back."""
    word = secrets.token_hex(8)
    lead = f"Lead {address}{EVENTS} to port {chosen.port} of this machine, with TLS."
    try:
        status, said = await _ask(chosen, session, address, word)
    except (aiohttp.ClientError, TimeoutError, OSError) as failure:
        return wrong("address", f"PUBLIC_URL does not answer ({type(failure).__name__}).", lead)
    if status == 200 and word in said:
        return ok("address", "PUBLIC_URL leads to this bot.")
    if status == 401:
        return wrong("address", "PUBLIC_URL leads to a bot with another signing secret.", "Restart it with this one.")
    return wrong("address", f"PUBLIC_URL leads somewhere else: it answers {status}.", lead)


async def _ask(chosen: Settings, session: aiohttp.ClientSession, address: str, word: str) -> tuple[int, str]:
    assert chosen.slack_signing_secret is not None
    body = json.dumps({"type": "url_verification", "challenge": word})
    at = str(int(Clock().real()))
    signed = SignatureVerifier(chosen.slack_signing_secret.get_secret_value()).generate_signature(
        timestamp=at, body=body
    )
    headers = {"Content-Type": "application/json", "X-Slack-Request-Timestamp": at, "X-Slack-Signature": signed or ""}
    async with session.post(f"{address}{EVENTS}", data=body, headers=headers) as answer:
        return answer.status, await answer.text(errors="replace")
