"""The words every room of the sandbox shares: a JSON object, and Slack's way to say no."""

from __future__ import annotations

import secrets
import string
from typing import Any

Json = dict[str, Any]
_LETTERS = string.ascii_letters + string.digits


class ApiError(Exception):
    """Slack's ``{"ok": false, "error": …}``."""

    def __init__(self, error: str, **details: Any) -> None:
        super().__init__(error)
        self.error = error
        self.details = details

    def as_slack(self) -> Json:
        return {"ok": False, "error": self.error, **self.details}


def invalid_arguments(*messages: str) -> ApiError:
    return ApiError("invalid_arguments", response_metadata={"messages": list(messages)})


class HandsError(AssertionError):
    """The person cannot do that: there is no such button, no such member, no open modal."""


def random_word(length: int) -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(length))


def random_id(prefix: str) -> str:
    return prefix + "".join(secrets.choice(string.ascii_uppercase + string.digits) for _ in range(10))
