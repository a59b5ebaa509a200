"""Weekly posts of a career center: the post itself, and the preview that staff get before it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from messages import blocks, lint, presses
from messages.blocks import Message
from messages.center_presses import EditPost, PostNow, SkipPost, UnskipPost, UsualPost
from messages.forms import ChannelPostForm
from messages.locale import Locale

LONGEST_POST = 600
ADDRESS = re.compile(r"(?<![<|])https?://[^\s<>|]+")


@dataclass(frozen=True)
class Preview:
    """``state`` is planned, skipped, sent or gone; ``place`` the channel as Slack marks it up; ``day`` is written."""

    slot: str
    text: str
    place: str
    day: str
    hour: str
    state: str = "planned"
    edited: bool = False


def post(locale: Locale, text: str, *, dry_run: bool) -> Message:
    """Short, and with a way to a private thread. Nobody is called by it."""
    above = [locale.phrase("center.dry_run")] if dry_run else []
    below = locale.phrase("channel_posts.private")
    buttons = blocks.actions(
        presses.Begin().button(locale.phrase("labels.begin")), presses.Talk().button(locale.phrase("labels.talk"))
    )
    drawn = (*map(blocks.small, above), blocks.section(linked(text)), blocks.small(below), buttons)
    return Message("\n".join([*above, linked(text), below]), drawn)


def preview(locale: Locale, shown: Preview) -> Message:
    """What goes out, when, and what can still be done about it. Nobody has to press anything."""
    line = locale.phrase(f"channel_posts.{shown.state}", place=shown.place, day=shown.day, hour=shown.hour)
    buttons = [press.button(label) for press, label in _buttons(locale, shown)]
    rows = [blocks.actions(*buttons)] if buttons else []
    text = linked(shown.text)
    return Message(f"{line}\n{text}", (blocks.section(line), blocks.section(text), *rows))


def form(locale: Locale, shown: Preview) -> dict[str, Any]:
    box = blocks.text_input("text", max_length=LONGEST_POST, multiline=True, initial=shown.text)
    usual = [blocks.actions(UsualPost(shown.slot).button(locale.phrase("labels.post_usual")))] if shown.edited else []
    return ChannelPostForm(shown.slot).view(
        title=locale.phrase("channel_posts.view_title"),
        blocks=[
            blocks.section(locale.phrase("channel_posts.about", place=shown.place, day=shown.day, hour=shown.hour)),
            blocks.field(locale.phrase("channel_posts.text_label"), box, optional=False),
            *usual,
        ],
        submit=locale.phrase("labels.save"), close=locale.phrase("labels.close"),
    )  # fmt: skip


def linked(text: str) -> str:
    """Addresses staff typed can be pressed. Slack makes nothing of text by itself here."""
    return ADDRESS.sub(r"<\g<0>>", text)


def flaw(locale: Locale, text: str) -> str:
    """What may not go out like this, in a sentence; empty when it may."""
    found = next(lint.flaws(text, longest=LONGEST_POST, banned=locale.banned), None)
    calls = next((each for each in ("@channel", "@here", "@everyone", "<!") if each in text), None)
    if calls:
        return locale.phrase("channel_posts.calls", what=calls)
    return f"{found.what} {found.remedy}" if found else ""


def _buttons(locale: Locale, shown: Preview) -> list[tuple[EditPost | PostNow | SkipPost | UnskipPost, str]]:
    edit = (EditPost(shown.slot), locale.phrase("labels.post_edit"))
    skip = (SkipPost(shown.slot), locale.phrase("labels.post_skip"))
    unskip = (UnskipPost(shown.slot), locale.phrase("labels.post_unskip"))
    now = (PostNow(shown.slot), locale.phrase("labels.post_now"))
    return {"planned": [edit, skip, now], "skipped": [unskip, now]}.get(shown.state, [])  # type: ignore[return-value]
