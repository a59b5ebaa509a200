"""What came back from the bot for one delivery, or why nothing did."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.kinds import Json


@dataclass(frozen=True)
class Receipt:
    """``error`` is None when an answer came in time: "timeout", "connection_failed" or "not_connected" else."""

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0
    error: str | None = None

    @property
    def ok(self) -> bool:
        return self.error is None and self.status is not None and 200 <= self.status < 300

    @property
    def reason(self) -> str | None:
        return None if self.ok else self.error or f"http_{self.status}"

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    def parsed(self) -> Json | None:
        """The JSON object of the body; None when the body is something else."""
        try:
            found: Any = json.loads(self.body)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None
