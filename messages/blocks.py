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

NEWER = ("data_visualization",)
SECTION_LENGTH = 3000
BUTTON_LENGTH = 75
VALUE_LENGTH = 2000
NAME_LENGTH = 100
LABEL_LENGTH = 20  # in a chart
CHART_TITLE_LENGTH = 50


@dataclass(frozen=True)
class Message:
    """One message: ``text`` says everything (screen readers read only that), ``blocks`` show it."""

    text: str
    blocks: tuple[Block, ...] = ()

    def payload(self) -> dict[str, Any]:
        """The arguments of chat.postMessage and chat.update that carry the words."""
        return {"text": self.text, "blocks": list(self.blocks)}

    def plainer(self) -> dict[str, Any]:
        """The payload without the blocks that not every Slack draws; where there are none, the text alone."""
        classic = [each for each in self.blocks if each["type"] not in NEWER]
        return {"text": self.text} | ({"blocks": classic} if len(classic) < len(self.blocks) else {})


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


def written(*lines: str) -> list[Block]:
    """A member's own words to select and copy in one go: plain text, so nothing in them comes alive."""
    whole = "\n".join(lines)
    parts = [whole] if 0 < len(whole) <= SECTION_LENGTH else lines
    return [{"type": "section", "text": plain(shorten(each, SECTION_LENGTH))} for each in parts]


def preformatted(text: str) -> Block:
    """Words to select and paste as they are: a frame shows where they end, and nothing in them is marked up."""
    words = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [words]}


def bar_chart(title: str, series: str, points: Mapping[str, int]) -> Block:
    """One series of at most 20 points. Whatever it shows is said in words beside it, so long labels may end early."""
    data = [{"label": shorten(label, LABEL_LENGTH), "value": value} for label, value in points.items()]
    axis = {"categories": [point["label"] for point in data]}
    drawn = {"type": "bar", "series": [{"name": shorten(series, LABEL_LENGTH), "data": data}], "axis_config": axis}
    return {"type": "data_visualization", "title": shorten(title, CHART_TITLE_LENGTH), "chart": drawn}


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


def confirm(title: str, text: str, yes: str, no: str, *, style: str | None = None) -> Element:
    element: Element = {"title": plain(title), "text": plain(text), "confirm": plain(yes), "deny": plain(no)}
    return element | {"style": style} if style else element


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


def channel_select(action_id: str, placeholder: str, *, initial: str | None = None) -> Element:
    """Every channel the member can see, public or private, and none that is shared with others."""
    element: Element = {
        "type": "conversations_select", "action_id": action_id, "placeholder": plain(placeholder),
        "filter": {"include": ["public", "private"], "exclude_bot_users": True,
                   "exclude_external_shared_channels": True},
    }  # fmt: skip
    return element | {"initial_conversation": initial} if initial else element


def user_select(action_id: str, placeholder: str, *, initial: str | None = None) -> Element:
    element: Element = {"type": "users_select", "action_id": action_id, "placeholder": plain(placeholder)}
    return element | {"initial_user": initial} if initial else element


def users_select(action_id: str, placeholder: str, *, initial: Sequence[str] = ()) -> Element:
    element: Element = {"type": "multi_users_select", "action_id": action_id, "placeholder": plain(placeholder)}
    return element | {"initial_users": list(initial)} if initial else element


def number_input(action_id: str, *, least: int, most: int, initial: int) -> Element:
    return {
        "type": "number_input", "action_id": action_id, "is_decimal_allowed": False, "min_value": str(least),
        "max_value": str(most), "initial_value": str(initial),
    }  # fmt: skip


def url_input(action_id: str, *, initial: str = "") -> Element:
    element: Element = {"type": "url_text_input", "action_id": action_id}
    return element | {"initial_value": initial} if initial else element


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    """A small menu of what can be done with the thing beside it."""
    return {"type": "overflow", "action_id": action_id, "options": list(options)}


def datepicker(action_id: str, placeholder: str, *, initial: str | None = None) -> Element:
    """Days are ``YYYY-MM-DD``."""
    element: Element = {"type": "datepicker", "action_id": action_id, "placeholder": plain(placeholder)}
    return element | {"initial_date": initial} if initial else element


def timepicker(action_id: str, placeholder: str, *, initial: str | None = None) -> Element:
    """Times are ``HH:MM``."""
    element: Element = {"type": "timepicker", "action_id": action_id, "placeholder": plain(placeholder)}
    return element | {"initial_time": initial} if initial else element


def checkboxes(action_id: str, options: Sequence[Element], *, ticked: Sequence[str] = ()) -> Element:
    """Boxes that start without a tick but for the values in ``ticked``."""
    element: Element = {"type": "checkboxes", "action_id": action_id, "options": list(options)}
    initial = [each for each in options if each["value"] in ticked]
    return element | {"initial_options": initial} if initial else element


def text_input(
    action_id: str, *, placeholder: str = "", max_length: int = NAME_LENGTH, multiline: bool = False,
    initial: str | None = None,
) -> Element:  # fmt: skip
    element: Element = {"type": "plain_text_input", "action_id": action_id, "max_length": max_length}
    element |= {"placeholder": plain(placeholder)} if placeholder else {}
    element |= {"multiline": True} if multiline else {}
    return element | ({"initial_value": initial} if initial else {})


def field(label: str, element: Element, *, optional: bool = True, hint: str | None = None) -> Block:
    """An input of a modal; its block id is its action id, so that errors and values share one name."""
    block: Block = {
        "type": "input", "block_id": element["action_id"], "label": plain(label), "element": element,
        "optional": optional,
    }  # fmt: skip
    return block | {"hint": plain(hint)} if hint else block
