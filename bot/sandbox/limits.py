"""How fast an app may call and must answer, on real seconds. The numbers may be set; that there is a limit may not."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

RESPONSE_URL_USES = 5
RESPONSE_URL_SECONDS = 1800.0
SOCKET_CONNECTIONS = 10
RETRY_DELAYS = (0.0, 60.0, 300.0)


@dataclass(frozen=True)
class Rates:
    """Calls a minute by tier; posts a second in one channel, with the burst that is let through."""

    posts_a_second: float = 1.0
    post_burst: int = 5
    patience: float = 3.0  # seconds for an acknowledgement, and for a view from a trigger_id
    tiers: Mapping[str, int] = field(
        default_factory=lambda: {"1": 1, "2": 20, "3": 50, "4": 100, "special": 600}  # docs: "Rate limits"
    )


class Pace:
    """One bucket a method (and, for posts, a channel), refilled as real time goes by."""

    def __init__(self, rates: Rates) -> None:
        self._rates = rates
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def refuse(self, method: str, tier: str, channel: str) -> int | None:
        """None lets the call through; a number is the Retry-After in whole seconds."""
        if tier == "post":
            return self._take((method, channel), self._rates.posts_a_second, self._rates.post_burst)
        a_minute = self._rates.tiers[tier]
        return self._take((method, ""), a_minute / 60, a_minute)

    def _take(self, key: tuple[str, str], a_second: float, room: float) -> int | None:
        now = time.monotonic()
        left, since = self._buckets.get(key, (float(room), now))
        left = min(float(room), left + (now - since) * a_second)
        allowed = left >= 1
        self._buckets[key] = (left - 1 if allowed else left, now)
        return None if allowed else max(1, math.ceil((1 - left) / a_second))
