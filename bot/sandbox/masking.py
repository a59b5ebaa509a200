"""What no journal may hold: tokens, secrets and codes that can be exchanged for one."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

MASK = "***"
_TOKEN = re.compile(r"\bx(?:ox[a-z]|app|oxe\.xox[a-z])-[\w.-]+")
_NAMES = {"token", "access_token", "refresh_token", "client_secret", "code", "signing_secret"}


def masked(value: Any, secrets: Collection[str]) -> Any:
    """A copy of any JSON value. Tokens are known by their shape, secrets by name or by what they are."""
    if isinstance(value, dict):
        return {
            name: MASK if name in _NAMES and isinstance(each, str) else masked(each, secrets)
            for name, each in value.items()
        }  # fmt: skip
    if isinstance(value, list | tuple):
        return [masked(each, secrets) for each in value]
    if not isinstance(value, str):
        return value
    for secret in secrets:
        value = value.replace(secret, MASK)
    return _TOKEN.sub(MASK, value)
