"""What Slack's client checks in a modal before the bot hears of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from bot.sandbox.drawing import inputs
from bot.sandbox.kinds import Json
from bot.sandbox.values import field_of

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_URL = re.compile(r"https?://[^\s/]+\.?\S*")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
REQUIRED = "Please complete this required field."


def complaints(blocks: Iterable[Json], values: Json) -> dict[str, str]:
    """One sentence for each input block that is not filled in as it asks."""
    found: dict[str, str] = {}
    for block in inputs(blocks):
        element = block["element"]
        value = values[block["block_id"]][element["action_id"]][field_of(element)]
        complaint = _complaint(element, value, optional=bool(block.get("optional")))
        if complaint:
            found[block["block_id"]] = complaint
    return found


def _complaint(element: Json, value: object, *, optional: bool) -> str | None:
    if value in (None, "", []):
        return None if optional else REQUIRED
    if not isinstance(value, str):
        return None
    kind = element["type"]
    if kind == "plain_text_input":
        return _length(element, value)
    if kind == "email_text_input":
        return None if _EMAIL.fullmatch(value) else "Please enter a valid email address."
    if kind == "url_text_input":
        return None if _URL.fullmatch(value) else "Please enter a valid URL."
    return _number(element, value) if kind == "number_input" else None


def _length(element: Json, value: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(value) < least:
        return f"Please enter at least {least} characters."
    return f"Please enter no more than {most} characters." if len(value) > most else None


def _number(element: Json, value: str) -> str | None:
    if not _NUMBER.fullmatch(value) or ("." in value and not element.get("is_decimal_allowed")):
        return "Please enter a valid number."
    if "min_value" in element and float(value) < float(element["min_value"]):
        return f"Please enter a number of at least {element['min_value']}."
    if "max_value" in element and float(value) > float(element["max_value"]):
        return f"Please enter a number of at most {element['max_value']}."
    return None
