"""Which scopes the app asks for, read from ``manifest.json``: the same list that Slack's page for the app holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

MANIFEST = Path(__file__).parent.parent / "manifest.json"


@dataclass(frozen=True)
class Scopes:
    """``asked`` goes into the address of an install; whoever installs may leave out what is ``optional``."""

    asked: tuple[str, ...]
    optional: frozenset[str]

    @property
    def needed(self) -> frozenset[str]:
        return frozenset(self.asked) - self.optional


def read() -> Scopes:
    scopes = json.loads(MANIFEST.read_text(encoding="utf-8"))["oauth_config"]["scopes"]
    return Scopes(tuple(scopes["bot"]), frozenset(scopes.get("bot_optional", ())))
