"""trigger_ids: good for one view, for as long as Slack is patient, for the person who set them off."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from bot.sandbox.kinds import ApiError, random_word


@dataclass
class Trigger:
    user: str
    born: float
    view_id: str | None = None
    used: bool = False


class Triggers:
    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._known: dict[str, Trigger] = {}

    def mint(self, user: str, view_id: str | None = None) -> str:
        name = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}.{random_word(32).lower()}"
        self._known[name] = Trigger(user, time.monotonic(), view_id)
        return name

    def knows(self, trigger_id: str) -> bool:
        return trigger_id in self._known

    def look(self, trigger_id: str) -> Trigger:
        """The trigger, if it can still be exchanged. ``use`` it only once the view itself was good."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            raise ApiError("invalid_trigger_id")
        if trigger.used:
            raise ApiError("exchanged_trigger_id")
        if time.monotonic() - trigger.born > self._patience:
            raise ApiError("expired_trigger_id")
        return trigger
