"""Events: sent only when subscribed, again when not acknowledged, each envelope with an id of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.sandbox.kinds import Json, random_id
from bot.sandbox.receipts import Receipt

_REASONS = {"timeout": "http_timeout", "connection_failed": "connection_failed"}
Deliver = Callable[[str, Json, Mapping[str, str]], Awaitable[Receipt]]


class Events:
    """Delivered in the background, in the order they happened as far as starting goes; unordered after that."""

    def __init__(self, deliver: Deliver, delays: Sequence[float]) -> None:
        self._deliver = deliver
        self._delays = delays
        self._tasks: set[asyncio.Task[None]] = set()
        self._on_the_way = 0
        self._landed = asyncio.Event()
        self.sent: list[Json] = []

    def send(self, envelope: Json) -> None:
        self.sent.append(envelope)
        self._start(envelope)

    def send_again(self, envelope: Json) -> None:
        """The same event once more without any retry header, as happens now and then (bolt-js issue 2487)."""
        self._start(envelope)

    def _start(self, envelope: Json) -> None:
        self._on_the_way += 1
        task = asyncio.get_running_loop().create_task(self._until_taken(envelope))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _until_taken(self, envelope: Json) -> None:
        receipt = await self._once(envelope, {})
        for number, delay in enumerate(self._delays, start=1):
            if receipt.ok or receipt.headers.get("x-slack-no-retry") == "1":
                return
            await asyncio.sleep(delay)
            self._on_the_way += 1
            reason = _REASONS.get(receipt.error or "", "http_error")
            receipt = await self._once(envelope, {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason})

    async def _once(self, envelope: Json, headers: Mapping[str, str]) -> Receipt:
        try:
            return await self._deliver("event", envelope, headers)
        finally:
            self._on_the_way -= 1
            self._landed.set()

    async def settle(self) -> None:
        """Until no delivery is on the way; one that waits for its next try does not count."""
        await asyncio.sleep(0)
        while self._on_the_way:
            self._landed.clear()
            await self._landed.wait()

    async def close(self) -> None:
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def envelope(event: Json, whose: Json, *, token: str, at: float) -> Json:
    """``whose``: team, enterprise, app, bot_user, org_wide. What concerns a whole org has no team."""
    team, enterprise = whose["team"], whose["enterprise"]
    envelope: Json = {
        "token": token, "team_id": team, "context_team_id": team, "context_enterprise_id": enterprise,
        "api_app_id": whose["app"], "event": event, "type": "event_callback", "event_id": random_id("Ev"),
        "event_time": int(at),
        "authorizations": [
            {"enterprise_id": enterprise, "team_id": team, "user_id": whose["bot_user"], "is_bot": True,
             "is_enterprise_install": whose["org_wide"]}
        ],
        "is_ext_shared_channel": False, "event_context": random_id("4-"),
    }  # fmt: skip
    return envelope | ({"enterprise_id": enterprise} if enterprise else {})


def farewell(bot_user: str) -> tuple[Json, Json]:
    """What is still told after the app was taken out."""
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [bot_user]}}
    return revoked, {"type": "app_uninstalled"}
