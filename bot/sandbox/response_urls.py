"""response_urls: five uses within thirty minutes, to answer a command or to change the message a button stands in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.kinds import random_word
from bot.sandbox.limits import RESPONSE_URL_SECONDS, RESPONSE_URL_USES
from bot.sandbox.workspace import Message


@dataclass
class ResponseUrl:
    user: str
    channel: str
    born: float
    message: Message | None = None
    thread_ts: str | None = None
    uses: int = 0


class ResponseUrls:
    """Kept by their path below /hooks/; the minutes run on the workspace's clock."""

    def __init__(self) -> None:
        self._known: dict[str, ResponseUrl] = {}

    def mint(self, kind: str, team: str, hook: ResponseUrl) -> str:
        path = f"{kind}/{team}/{len(self._known) + 1}/{random_word(24)}"
        self._known[path] = hook
        return f"/hooks/{path}"

    def use(self, path: str, now: float) -> ResponseUrl | str:
        """The address, counted as used once more, or why there is none any more."""
        hook = self._known.get(path)
        if hook is None:
            return "no_such_url"
        if now - hook.born > RESPONSE_URL_SECONDS:
            return "expired_url"
        if hook.uses >= RESPONSE_URL_USES:
            return "used_url"
        hook.uses += 1
        return hook
