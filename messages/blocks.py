"""The Block Kit shapes Onward uses, each made in one place, and the Message that carries them.

Limits are Slack's (docs.slack.dev, Block Kit reference): text of a section 3000 characters, header 150, button 75,
button value 2000, select option 75, 50 blocks a message, 100 a view.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Block = dict[str, Any]
Element = dict[str, Any]

SECTION_LENGTH = 3000
BUTTON_LENGTH = 75
VALUE_LENGTH = 2000
NAME_LENGTH = 100


@dataclass(frozen=True)
class Message:
    """One message: ``text`` says everything (screen readers read only that), ``blocks`` show it."""

    text: str
    blocks: tuple[Block, ...] = ()

    def payload(self) -> dict[str, Any]:
        """The arguments of chat.postMessage and chat.update that carry the words."""
        return {"text": self.text, "blocks": list(self.blocks)}


def escape(text: str) -> str:
    """Slack's three control characters made harmless; nothing else may be escaped (docs, formatting text)."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shorten(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1] + "…"


def plain(text: str, *, emoji: bool = False) -> Element:
    """Plain text. ``emoji`` stays off where a member's words are shown, so ``:name:`` stays as typed."""
    return {"type": "plain_text", "text": text, "emoji": emoji}


def mrkdwn(text: str) -> Element:
    return {"type": "mrkdwn", "text": shorten(text, SECTION_LENGTH), "verbatim": True}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text)}


def section(text: str, *, accessory: Element | None = None) -> Block:
    block: Block = {"type": "section", "text": mrkdwn(text)}
    return block | {"accessory": accessory} if accessory else block


def quoted(text: str) -> Block:
    """A member's own words, drawn so that no markup, mention or link in them comes alive."""
    return {"type": "context", "elements": [plain(text)]}


def small(text: str) -> Block:
    return {"type": "context", "elements": [mrkdwn(text)]}


def divider() -> Block:
    return {"type": "divider"}


def actions(*elements: Element) -> Block:
    return {"type": "actions", "elements": list(elements)}


def button(text: str, action_id: str, value: str, *, style: str | None = None, label: str | None = None) -> Element:
    """A button; ``label`` is what screen readers say where the text alone would not tell which one it is."""
    element: Element = {"type": "button", "text": plain(text), "action_id": action_id, "value": value}
    if style:
        element["style"] = style
    if label:
        element["accessibility_label"] = shorten(label, BUTTON_LENGTH)
    return element


def confirm(title: str, text: str, yes: str, no: str) -> Element:
    return {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(no)}


def option(text: str, value: str) -> Element:
    return {"text": plain(text), "value": value}


def select(action_id: str, placeholder: str, options: Sequence[Element], *, initial: str | None = None) -> Element:
    element: Element = {
        "type": "static_select", "action_id": action_id, "placeholder": plain(placeholder), "options": list(options),
    }  # fmt: skip
    chosen = next((each for each in options if each["value"] == initial), None)
    return element | {"initial_option": chosen} if chosen else element


def grouped_select(
    action_id: str, placeholder: str, groups: Mapping[str, Sequence[Element]], *, initial: str | None = None
) -> Element:
    element: Element = {
        "type": "static_select", "action_id": action_id, "placeholder": plain(placeholder),
        "option_groups": [{"label": plain(name), "options": list(options)} for name, options in groups.items()],
    }  # fmt: skip
    every = [each for options in groups.values() for each in options]
    chosen = next((each for each in every if each["value"] == initial), None)
    return element | {"initial_option": chosen} if chosen else element


def datepicker(action_id: str, placeholder: str) -> Element:
    return {"type": "datepicker", "action_id": action_id, "placeholder": plain(placeholder)}


def text_input(action_id: str, *, placeholder: str, max_length: int = NAME_LENGTH) -> Element:
    return {
        "type": "plain_text_input", "action_id": action_id, "placeholder": plain(placeholder), "max_length": max_length,
    }  # fmt: skip


def field(label: str, element: Element, *, optional: bool = True, hint: str | None = None) -> Block:
    """An input of a modal; its block id is its action id, so that errors and values share one name."""
    block: Block = {
        "type": "input", "block_id": element["action_id"], "label": plain(label), "element": element,
        "optional": optional,
    }  # fmt: skip
    return block | {"hint": plain(hint)} if hint else block
