"""What only the real Slack can answer: whether it takes every message, and how it delivers.

This tool of the operator calls ``blocks.validate``; the bot itself never does. Whatever is posted goes to one member's
direct messages with the app, and is deleted again.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.clock import Clock
from bot.gallery import Picture
from bot.lookup import find
from bot.slack_errors import FAILURES, Verdict, judge

TURNED_AWAY_AT_MOST = 20  # times in a row
LOOK_EVERY = 0.5  # seconds
PATIENCE = 30.0  # seconds until a message that cannot be read back counts as lost; the bot settles after 90
MARK = "onward_probe"
WORDS = "A check of this installation. It goes away by itself."


@dataclass(frozen=True)
class Result:
    """``fine`` is None for a fact that is good to know and neither right nor wrong."""

    fine: bool | None
    words: str


async def installation(client: AsyncWebClient, manifest: Mapping[str, Any]) -> AsyncIterator[Result]:
    """Whose token this is, and whether it was given every scope the manifest asks for."""
    answer = await _patiently(client.auth_test)
    yield Result(True, f"auth.test: {answer['team']}, as {answer['user']}")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    granted = {each.strip() for each in headers.get("x-oauth-scopes", "").split(",")}
    asked = set(manifest["oauth_config"]["scopes"]["bot"])
    if missing := asked - granted:
        yield Result(False, f"manifest: the token lacks {', '.join(sorted(missing))}. Install the app again.")
    else:
        yield Result(True, f"manifest: all {len(asked)} scopes are granted")


async def gallery(client: AsyncWebClient, pictures: Iterable[Picture]) -> AsyncIterator[Result]:
    """Each picture that Slack would not take, and how many it would."""
    taken = 0
    for picture in pictures:
        try:
            await _patiently(partial(_asks_about, client, picture))
            taken += 1
        except FAILURES as failure:
            yield Result(False, f"blocks.validate: {picture.title}: {_why(failure)}")
    yield Result(taken > 0, f"blocks.validate: {taken} messages and views would be taken")


async def _asks_about(client: AsyncWebClient, picture: Picture) -> AsyncSlackResponse:
    name, payload = ("view", picture.payload) if picture.text is None else ("blocks", picture.payload["blocks"])
    # In the body: the SDK's own blocks_validate writes it into the address, which is too short for a long form.
    return await client.api_call("blocks.validate", data={name: json.dumps(payload)})


async def delivery(client: AsyncWebClient, member: str) -> AsyncIterator[Result]:
    """Posts into the member's direct messages, looks for it as the bot would, and deletes it, whatever happens."""
    opened = await _patiently(partial(client.conversations_open, users=member))
    room = _Room(client, str(opened["channel"]["id"]))
    try:
        async for result in room.probes():
            yield result
    finally:
        left = await room.clears()
    yield Result(not left, f"{left} messages could not be deleted" if left else "everything written was deleted")


class _Room:
    """One direct message, and what was written there."""

    def __init__(self, client: AsyncWebClient, channel: str) -> None:
        self._client, self._channel = client, channel
        self._written: list[str] = []

    async def probes(self) -> AsyncIterator[Result]:
        mark, began = secrets.token_hex(8), Clock().unix()
        parent = await self._posts(mark)
        yield await self._finds(mark, "conversations.history", None, began)
        reply = secrets.token_hex(8)
        await self._posts(reply, thread_ts=parent)
        yield await self._finds(reply, "conversations.replies", parent, began)
        same = secrets.token_hex(16)
        twice = {await self._posts(secrets.token_hex(8), client_msg_id=same) for _ in range(2)}
        told = "de-duplicates" if len(twice) == 1 else "does not de-duplicate"
        yield Result(None, f"client_msg_id {told}; the bot does not rely on it")

    async def _posts(self, mark: str, **more: str) -> str:
        metadata = {"event_type": MARK, "event_payload": {"id": mark}}
        post = partial(self._client.chat_postMessage, channel=self._channel, text=WORDS, metadata=metadata)
        answer = await _patiently(partial(post, **more))
        self._written.append(str(answer["ts"]))
        return self._written[-1]

    async def _finds(self, mark: str, where: str, parent: str | None, began: float) -> Result:
        posted = time.monotonic()
        while (waited := time.monotonic() - posted) < PATIENCE:
            if await find(self._client, self._channel, mark, thread_ts=parent, oldest=began - 60):
                return Result(True, f"{where}: its metadata reads back after {waited:.1f} s")
            await asyncio.sleep(LOOK_EVERY)
        return Result(False, f"{where}: its metadata does not read back within {PATIENCE:.0f} s")

    async def clears(self) -> int:
        """Deletes the newest first, so that no reply outlives its parent. How many are left."""
        left = 0
        for ts in sorted(set(self._written), reverse=True):
            try:
                await _patiently(partial(self._client.chat_delete, channel=self._channel, ts=ts))
            except FAILURES:
                left += 1
        return left


async def _patiently(call: Callable[[], Awaitable[AsyncSlackResponse]]) -> AsyncSlackResponse:
    """Waits as long as Slack asks. Raises what the SDK raises."""
    for _ in range(TURNED_AWAY_AT_MOST):
        try:
            return await call()
        except FAILURES as failure:
            judged = judge(failure)
            if judged.verdict is not Verdict.THROTTLED:
                raise
            await asyncio.sleep(judged.after)
    return await call()


def _why(failure: BaseException) -> str:
    """Slack's code, and where in the blocks."""
    answer = getattr(failure, "response", None)
    told = (answer.get("response_metadata") or {}).get("messages", []) if answer is not None else []
    return " ".join([judge(failure).error, *map(str, told)])
