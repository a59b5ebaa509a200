"""Slack's signature: v0, HMAC-SHA256 over ``v0:timestamp:body`` (docs: "Verifying requests from Slack")."""

from __future__ import annotations

import hashlib
import hmac

from bot.sandbox.clock import machine_time


def signed(body: bytes, secret: str, timestamp: float | None = None) -> dict[str, str]:
    """The two headers. The time is the machine's: Slack's signatures do not follow a test clock."""
    moment = str(int(machine_time() if timestamp is None else timestamp))
    base = b":".join([b"v0", moment.encode(), body])
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": moment, "X-Slack-Signature": f"v0={digest}"}
