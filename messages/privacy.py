"""Who can see this, written from the table of facts, and how to make it go away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from messages import blocks, presses
from messages.blocks import Message, escape
from messages.facts import Fact, Reader, told
from messages.forms import Reading
from messages.locale import Locale


@dataclass(frozen=True)
class House:
    """Who runs this bot, and how long they keep what nobody uses: ``days`` after a member's last sign."""

    operator: str
    contact: str | None = None
    days: int = 180
    center: str = ""  # what staff of a career center set for everybody


def who(locale: Locale, facts: Sequence[Fact], house: House, *, command: str) -> Message:
    """Fact for fact who could read it. It names the command, so it is an ephemeral answer or a view."""
    lines = [
        locale.phrase("privacy.who_you"), *_readers(locale, facts, house), locale.phrase("privacy.who_slack"),
        locale.phrase("privacy.who_kept"), locale.phrase("privacy.who_long", days=house.days),
        locale.phrase("privacy.who_delete", command=command), locale.phrase("privacy.facts_intro"),
        "\n".join(told(locale, fact) for fact in facts),
    ]  # fmt: skip
    if house.center:
        lines.append(house.center)
    if house.contact:
        lines.append(locale.phrase("privacy.contact", contact=escape(house.contact)))
    return Message("\n".join(lines), tuple(map(blocks.section, lines)))


def view(locale: Locale, shown: Message) -> dict[str, Any]:
    return Reading().view(
        title=locale.phrase("privacy.view_title"), blocks=list(shown.blocks), close=locale.phrase("labels.close")
    )


def ask_to_delete(locale: Locale) -> Message:
    line = locale.phrase("privacy.delete_ask")
    return Message(line, (blocks.section(line), blocks.actions(delete_button(locale))))


def delete_button(locale: Locale, *, style: str | None = "danger") -> blocks.Element:
    """It asks once, because it cannot be undone."""
    sure = blocks.confirm(
        locale.phrase("privacy.delete_confirm_title"), locale.phrase("privacy.delete_confirm"),
        locale.phrase("labels.delete"), locale.phrase("labels.cancel"), style="danger",
    )  # fmt: skip
    return presses.DeleteAll().button(locale.phrase("labels.delete"), style=style) | {"confirm": sure}


def copy_asked(locale: Locale, *, anything: bool = True) -> Message:
    line = locale.phrase("export.asked" if anything else "export.nothing")
    return Message(line, (blocks.section(line),))


def copy_page(locale: Locale, shown: Message) -> dict[str, Any]:
    """The same, opened on Home."""
    return Reading().view(
        title=locale.phrase("export.view_title"), blocks=list(shown.blocks), close=locale.phrase("labels.close")
    )


def copy_part(locale: Locale, text: str, number: int, of: int) -> Message:
    """A part of the copy where no files may be sent. What it holds stays out of the text that notifications show."""
    intro = [locale.phrase("export.as_text")] if number == 1 else []
    line = "\n".join([*intro, locale.phrase("export.part", number=number, of=of)])
    return Message(line, (blocks.section(line), blocks.preformatted(text)))


def deleted(locale: Locale, *, operator: str) -> Message:
    """The receipt, with what stays elsewhere."""
    lines = [locale.phrase("privacy.deleted"), locale.phrase("privacy.deleted_elsewhere", operator=escape(operator))]
    return Message("\n".join(lines), tuple(map(blocks.section, lines)))


def receipt(locale: Locale, shown: Message) -> dict[str, Any]:
    """The same where no message was pressed that could turn into it."""
    return Reading().view(
        title=locale.phrase("privacy.deleted_title"), blocks=list(shown.blocks), close=locale.phrase("labels.close")
    )


def _readers(locale: Locale, facts: Sequence[Fact], house: House) -> list[str]:
    shared = any(Reader.STAFF in fact.readers for fact in facts)
    staff = [] if shared else [locale.phrase("privacy.who_staff")]
    return [*staff, locale.phrase("privacy.who_operator", operator=escape(house.operator))]
