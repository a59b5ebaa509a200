"""What the sandbox knows of a Web API method before it runs it: scope, tier, token and arguments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.platform import Platform
from bot.sandbox.web_api.arguments import Arguments

Run = Callable[[Platform, Arguments], Json]


@dataclass(frozen=True)
class Method:
    """``token`` is "bot", "app" or "none"; ``scope`` what the bot needs whatever the arguments are."""

    name: str
    run: Run
    scope: str | None = None
    tier: str = "4"
    needed: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    token: str = "bot"


def require_scope(platform: Platform, scope: str) -> None:
    provided = platform.scopes
    if scope not in provided:
        raise ApiError("missing_scope", needed=scope, provided=",".join(provided))
