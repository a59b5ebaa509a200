"""What is said when somebody's words weigh much: the card, the two quiet lines, and how to help somebody else.

Fixed words for everybody, written to read well for whoever was only joking. What was written stays with Slack: a modal
gets its own inputs back, filled as they were, and nothing of it goes anywhere else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from messages import blocks, direct_messages, presses, talk
from messages.blocks import Block, Element, Message
from messages.crisis import Line
from messages.locale import Locale

ASKED = "listening.asked"  # the block that says: this modal has asked already
AS_DRAWN = {
    "value": "initial_value", "selected_option": "initial_option", "selected_options": "initial_options",
    "selected_date": "initial_date", "selected_time": "initial_time",
}  # fmt: skip


def instead(
    locale: Locale, view: Mapping[str, Any], lines: Sequence[Line], *, until: str = "", goes_out: bool = False
) -> dict[str, Any]:
    """The submitted modal with the card above its inputs. Closing it discards; sending it again keeps.

    ``until`` is the day to which check-ins are paused, empty where none were planned anyway. What ``goes_out`` to
    others can be changed, and is sent only without such a phrase.
    """
    said = [*_card(locale, lines), *_paused(locale, "listening.paused", until)]
    asked = blocks.section(locale.phrase("sharing.not_shared" if goes_out else "listening.not_saved"))
    submit = view["submit"] if goes_out else blocks.plain(locale.phrase("labels.keep"))
    return {
        "type": "modal", "callback_id": view["callback_id"], "private_metadata": view.get("private_metadata") or "",
        "title": blocks.plain(locale.phrase("talk.view_title")),
        "close": blocks.plain(locale.phrase("labels.discard")), "submit": submit,
        "blocks": [*map(blocks.section, said), asked | {"block_id": ASKED}, *_as_filled(view)],
    }  # fmt: skip


def has_asked(view: Mapping[str, Any]) -> bool:
    return any(block.get("block_id") == ASKED for block in view["blocks"])


def message(locale: Locale, lines: Sequence[Line], *, until: str = "") -> Message:
    """The card as a message, in answer to one that stays in the chat."""
    said = [*_card(locale, lines), *_paused(locale, "listening.paused_chat", until)]
    said.append(locale.phrase("listening.not_saved_chat"))
    turn_on = [presses.TurnOn().button(locale.phrase("labels.turn_on"))] if until else []
    return _message(locale, said, presses.ShowSteps().button(locale.phrase("labels.show_steps")), *turn_on)


def answer(locale: Locale, lines: Sequence[Line], *, until: str = "") -> Message:
    """The card in answer to a command, which nobody else has seen: the way to go on is a thread without those words."""
    said = [*_card(locale, lines), *_paused(locale, "listening.paused", until)]
    said.append(locale.phrase("listening.not_saved_command"))
    return _message(locale, said, presses.Begin().button(locale.phrase("labels.begin")))


def menu(locale: Locale, *, check_ins_on: bool) -> Message:
    """The two quiet lines over the doors that are always open."""
    return direct_messages.menu(locale, said="listening.soft", check_ins_on=check_ins_on)


def for_someone_else(locale: Locale, lines: Sequence[Line]) -> Message:
    return _message(locale, _for_them(locale, lines))


def soft_offer(locale: Locale) -> tuple[Block, ...]:
    """The two quiet lines, to stand at the end of whatever is shown next."""
    return _message(locale, [locale.phrase("listening.soft")]).blocks


def offer_for_someone_else(locale: Locale, lines: Sequence[Line]) -> tuple[Block, ...]:
    return for_someone_else(locale, lines).blocks


def _card(locale: Locale, lines: Sequence[Line]) -> list[str]:
    opening, near = (locale.phrase(f"listening.{each}") for each in ("card", "near"))
    return [opening, *_lines(locale, lines), near]


def _for_them(locale: Locale, lines: Sequence[Line]) -> list[str]:
    return [locale.phrase("listening.someone_else"), *_lines(locale, lines)]


def _lines(locale: Locale, lines: Sequence[Line]) -> list[str]:
    """The country's own, then the emergency number, and the world's directory last; alone, it stands first."""
    near = lines[:-1] or lines
    emergency = talk.emergency(locale, lines) or [locale.phrase("listening.local_emergency")]
    elsewhere = [talk.line(locale, each) for each in lines[len(near) :]]
    return [*(talk.line(locale, each) for each in near), *emergency, *elsewhere]


def _paused(locale: Locale, key: str, until: str) -> list[str]:
    return [locale.phrase(key, day=until)] if until else []


def _message(locale: Locale, said: Sequence[str], *buttons: Element) -> Message:
    open_page = presses.Talk().button(locale.phrase("labels.talk"), style="primary")
    return Message("\n".join(said), (*map(blocks.section, said), blocks.actions(open_page, *buttons)))


def _as_filled(view: Mapping[str, Any]) -> list[Block]:
    """Every block that took something, with what was put into it."""
    values = view["state"]["values"]
    return [_filled(block, values[block["block_id"]]) for block in view["blocks"] if block.get("block_id") in values]


def _filled(block: Block, given: Mapping[str, Mapping[str, Any]]) -> Block:
    drawn = dict(block)
    for place in ("element", "accessory"):
        if place in block:
            drawn[place] = _filled_element(block[place], given)
    if "elements" in block:
        drawn["elements"] = [_filled_element(each, given) for each in block["elements"]]
    return drawn


def _filled_element(element: Element, given: Mapping[str, Mapping[str, Any]]) -> Element:
    state = given.get(element.get("action_id", ""))
    if state is None:
        return element
    empty = {name: value for name, value in element.items() if not name.startswith("initial_")}
    return empty | {AS_DRAWN[name]: value for name, value in state.items() if name in AS_DRAWN and value}
