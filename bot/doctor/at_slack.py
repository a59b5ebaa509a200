"""What Slack says about the tokens, and what its clock says about ours. Nothing is posted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.clock import Clock
from bot.doctor.finding import WRONG, Finding, note, ok, wrong
from bot.settings import Settings
from bot.skew import MOST, time_of
from bot.slack_errors import FAILURES, Verdict, judge

SECRET = re.compile(r"[0-9a-f]{32}")
AGAIN = "Install the app again (OAuth & Permissions), and copy the new token."
REACH = "Can this machine reach {url}? Look at its network, proxy and SLACK_API_URL."


async def of_token(chosen: Settings, client: AsyncWebClient, manifest: Mapping[str, Any]) -> AsyncIterator[Finding]:
    """Token, scopes and clock: one answer tells all three."""
    try:
        answer = await client.auth_test()
    except FAILURES as failure:
        yield _not_taken("token", failure, chosen, AGAIN)
        return
    yield ok("token", f"It is {answer.get('user')}'s, in {answer.get('team')}.")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield _scopes(headers.get("x-oauth-scopes", ""), manifest)
    yield _clock(time_of(headers))


async def of_installs(
    chosen: Settings, clients: Sequence[AsyncWebClient], manifest: Mapping[str, Any]
) -> AsyncIterator[Finding]:
    """The same for the workspaces that installed the app, each with a token of its own. None of them is named."""
    refused, lacking, headers = Counter[str](), 0, dict[str, str]()
    for client in clients:
        try:
            answer = await client.auth_test()
        except FAILURES as failure:
            if judge(failure).verdict is not Verdict.INSTALL_DEAD:
                yield _not_taken("token", failure, chosen, AGAIN)
                return
            refused[judge(failure).error] += 1
        else:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            lacking += _scopes(headers.get("x-oauth-scopes", ""), manifest).state == WRONG
    if not clients:
        yield note("token", "No workspace has installed the app yet, or the database cannot say.")
    elif refused:
        said = f"Slack refuses {refused.total()} of {len(clients)} workspaces' tokens ({', '.join(refused)})."
        yield wrong("token", said, "Somebody there has to install the app again; what is due there waits.")
    else:
        yield ok("token", f"Slack takes the tokens of {len(clients)} workspaces.")
    if lacking:
        said = f"{lacking} workspaces granted less than the manifest needs."
        yield wrong("scopes", said, "Somebody there has to install the app again, with every scope.")
    if headers:
        yield _clock(time_of(headers))


def _scopes(granted: str, manifest: Mapping[str, Any]) -> Finding:
    scopes = manifest["oauth_config"]["scopes"]
    missing = set(scopes["bot"]) - {each.strip() for each in granted.split(",")}
    optional = set(scopes.get("bot_optional", []))
    if needed := sorted(missing - optional):
        remedy = "Paste `python -m bot manifest` into the app's page, and install it again."
        return wrong("scopes", f"The token lacks {', '.join(needed)}.", remedy)
    if missing:
        return note("scopes", f"Not granted, and what needs them is left out: {', '.join(sorted(missing))}.")
    return ok("scopes", f"All {len(scopes['bot'])} of the manifest are granted.")


def _clock(theirs: float | None) -> Finding:
    if theirs is None:
        return note("clock", "Slack's answer told no time to compare with.")
    ahead = Clock().real() - theirs
    if abs(ahead) > MOST:
        way = "ahead of" if ahead > 0 else "behind"
        return wrong("clock", f"This machine is {abs(ahead):.0f} s {way} Slack.", "Set its clock; turn on NTP.")
    return ok("clock", f"It is within {max(1, round(abs(ahead)))} s of Slack's.")


def of_secret(chosen: Settings) -> Iterator[Finding]:
    """Only Slack knows the secret, so what can be told is whether it can be one at all."""
    if chosen.slack_signing_secret is None:
        return
    secret = chosen.slack_signing_secret.get_secret_value()
    if not SECRET.fullmatch(secret):
        yield wrong(
            "secret", "SLACK_SIGNING_SECRET does not look like one: those have 32 characters, 0-9 and a-f.",
            "Copy it from Basic Information, Signing Secret; it is no token.",
        )  # fmt: skip
    elif chosen.slack_client_secret and secret == chosen.slack_client_secret.get_secret_value():
        yield wrong("secret", "SLACK_SIGNING_SECRET is the client secret.", "Copy the one named Signing Secret.")
    else:
        yield ok("secret", "It looks like one.")


async def of_socket(chosen: Settings, client: AsyncWebClient) -> AsyncIterator[Finding]:
    if chosen.slack_app_token is None:
        return
    try:
        await client.apps_connections_open(app_token=chosen.slack_app_token.get_secret_value())
    except FAILURES as failure:
        yield _not_taken(
            "socket", failure, chosen,
            "Make an app-level token with connections:write (Basic Information), and turn Socket Mode on.",
        )  # fmt: skip
        return
    yield ok("socket", "Slack would open a socket.")


def _not_taken(check: str, failure: BaseException, chosen: Settings, remedy: str) -> Finding:
    judged = judge(failure)
    if judged.verdict in (Verdict.TRANSIENT, Verdict.AMBIGUOUS):
        return wrong(check, f"Slack cannot be reached ({judged.error}).", REACH.format(url=chosen.slack_api_url))
    if judged.verdict is Verdict.THROTTLED:
        return note(check, f"Slack asks to wait {judged.after:.0f} s; ask again then.")
    name = "SLACK_APP_TOKEN" if check == "socket" else "SLACK_BOT_TOKEN"
    return wrong(check, f"Slack refuses {name} ({judged.error}).", remedy)
