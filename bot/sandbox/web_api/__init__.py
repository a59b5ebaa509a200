"""Slack's Web API: one module a family of methods, one door for all of them."""

from __future__ import annotations

from bot.sandbox.web_api import apps, channels, chat, conversations, files, install, people, reactions, scheduled, views
from bot.sandbox.web_api.registry import Method

FAMILIES = (apps, channels, chat, conversations, files, install, people, reactions, scheduled, views)


def methods() -> dict[str, Method]:
    """Every method the sandbox knows, by name."""
    return {method.name: method for family in FAMILIES for method in family.METHODS}
