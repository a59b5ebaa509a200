"""The table of contents: which doors there are, and who composes which kind of delivery."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp

from bot.exceptions import UnknownJourney
from bot.kinds import Kind
from bot.store.values import Row
from bot.tools import Composers, Skip, Tools
from handlers import (
    center,
    channel_posts,
    check_in_dates,
    check_ins,
    closing,
    coaching,
    direct_messages,
    drafts,
    errors,
    feedback,
    guide,
    history,
    home,
    install,
    interview,
    keep_in_touch,
    members,
    numbers,
    operators,
    pattern,
    plans,
    preferences,
    privacy,
    reflection,
    rejected,
    several,
    sharing,
    sharing_notes,
    sharing_queue,
    situations,
    staff,
    talk,
    thread,
)
from messages.blocks import Message

# In this order Bolt asks them, one listener after the other, so what comes in crowds stands first: a no, then what is
# pressed in its thread. ``errors`` takes whatever is left.
DOORS = (
    rejected, thread, check_ins, check_in_dates, preferences, privacy, guide, several, situations, drafts, reflection,
    plans, feedback, keep_in_touch, talk, home, history, pattern, interview,
    center, channel_posts, coaching, sharing, sharing_notes, sharing_queue, staff, numbers,
    members, install, direct_messages, errors,
)  # fmt: skip

COMPOSERS: Composers = {
    Kind.PARENT: thread.compose_parent,
    Kind.PARENT_REDRAW: thread.compose_parent,
    Kind.CARD: thread.compose_card,
    Kind.CARD_REDRAW: thread.compose_card,
    Kind.CHECK_IN: check_ins.compose,
    Kind.FOLD: check_ins.compose_fold,
    Kind.MENU: direct_messages.compose,
    Kind.DRAFT: drafts.compose,
    Kind.STAFF_NOTE: staff.compose_note,
    Kind.HELLO: center.compose_hello,
    Kind.WELCOME: install.compose,
    Kind.STALL: operators.compose_stall,
    Kind.CLOSING: closing.compose,
    Kind.COPY: privacy.compose_copy,
    Kind.GUIDE: guide.compose,
    Kind.GUIDE_CARD: guide.compose_card,
    Kind.COACHING: coaching.compose,
    Kind.COACHING_REDRAW: coaching.compose,
    Kind.COACHING_RECEIPT: coaching.compose_receipt,
    Kind.COACHING_RECEIPT_REDRAW: coaching.compose_receipt,
    Kind.COACHING_LATE: coaching.compose_late,
    Kind.SHARING: sharing.compose,
    Kind.SHARING_REDRAW: sharing.compose,
    Kind.SHARING_LETTER: sharing.compose_letter,
    Kind.SHARING_NOTE: sharing_notes.compose,
    Kind.WEEKLY: channel_posts.compose,
    Kind.PREVIEW: channel_posts.compose_preview,
    Kind.PREVIEW_REDRAW: channel_posts.compose_preview,
    Kind.NUMBERS: numbers.compose,
    Kind.PATTERN: pattern.compose,
}


def register(app: AsyncApp) -> None:
    """Every door of the house."""
    for door in DOORS:
        door.register(app)


def composing(tools: Tools) -> Callable[[Row], Awaitable[Message | str]]:
    """What the sender calls: the composer of the row's kind. A string says why there is nothing to send."""

    async def compose(row: Row) -> Message | str:
        try:
            composed = await COMPOSERS[row.kind](row, tools)
        except UnknownJourney:
            return "gone"
        return composed.why if isinstance(composed, Skip) else composed

    return compose
