"""Who can see this, and how to make it go away."""

from __future__ import annotations

from typing import Any

from messages import blocks, presses
from messages.blocks import Message, escape
from messages.forms import Reading
from messages.locale import Locale

LINES = ("who_you", "who_staff", "who_operator", "who_slack", "who_kept", "who_ticked", "who_delete")


def who(locale: Locale, *, operator: str, contact: str | None, command: str) -> Message:
    """Field for field who could read it. It names the command, so it is an ephemeral answer or a view."""
    values = {"operator": escape(operator), "command": command}
    lines = [locale.phrase(f"privacy.{key}", **values) for key in LINES]
    if contact:
        lines.append(locale.phrase("privacy.contact", contact=escape(contact)))
    return Message("\n".join(lines), tuple(map(blocks.section, lines)))


def view(locale: Locale, shown: Message) -> dict[str, Any]:
    return Reading().view(
        title=locale.phrase("privacy.view_title"), blocks=list(shown.blocks), close=locale.phrase("labels.close")
    )


def ask_to_delete(locale: Locale) -> Message:
    line = locale.phrase("privacy.delete_ask")
    sure = blocks.confirm(
        locale.phrase("privacy.delete_confirm_title"), locale.phrase("privacy.delete_confirm"),
        locale.phrase("labels.delete"), locale.phrase("labels.cancel"), style="danger",
    )  # fmt: skip
    button = presses.DeleteAll().button(locale.phrase("labels.delete"), style="danger") | {"confirm": sure}
    return Message(line, (blocks.section(line), blocks.actions(button)))


def deleted(locale: Locale, *, operator: str) -> Message:
    """The receipt, with what stays elsewhere."""
    lines = [locale.phrase("privacy.deleted"), locale.phrase("privacy.deleted_elsewhere", operator=escape(operator))]
    return Message("\n".join(lines), tuple(map(blocks.section, lines)))
