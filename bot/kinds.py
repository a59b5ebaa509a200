"""Every kind of delivery, written once: what it is called in the ledger, and what the sender may do with it."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """``<noun>.<what>``; the noun's handlers hold its composer."""

    PARENT = "thread.parent"
    CARD = "thread.card"
    PARENT_REDRAW = "thread.parent_redraw"
    CARD_REDRAW = "thread.card_redraw"
    MENU = "direct_messages.menu"
    DRAFT = "drafts.copy"
    COPY = "privacy.copy"
    PATTERN = "pattern.chart"
    FOLD = "check_ins.fold"
    CHECK_IN = "check_ins.check_in"
    STAFF_NOTE = "staff.note"
    HELLO = "center.hello"
    WELCOME = "install.welcome"
    GUIDE = "guide.parent"
    GUIDE_CARD = "guide.card"
    WEEKLY = "channel_posts.weekly"
    PREVIEW = "channel_posts.preview"
    PREVIEW_REDRAW = "channel_posts.preview_redraw"
    STALL = "operators.stall"
    NUMBERS = "numbers.chart"
    CLOSING = "closing.notice"
    COACHING = "coaching.talk"
    COACHING_REDRAW = "coaching.talk_redraw"
    COACHING_RECEIPT = "coaching.receipt"
    COACHING_RECEIPT_REDRAW = "coaching.receipt_redraw"
    COACHING_LATE = "coaching.late"
    SHARING = "sharing.post"
    SHARING_REDRAW = "sharing.post_redraw"
    SHARING_LETTER = "sharing.letter"
    SHARING_NOTE = "sharing.note"

    @property
    def is_redraw(self) -> bool:
        """Redraws are idempotent: they may be repeated, and a newer one replaces an older."""
        return self in REDRAWS

    @property
    def was_asked_for(self) -> bool:
        """The member waits for it. If nobody can tell whether it arrived, it is posted once more."""
        return self not in UNASKED and not self.is_shared

    @property
    def is_shared(self) -> bool:
        """It stands where several people read: a channel or a group conversation. Never posted twice.

        No member's window holds it up, and staff are told when it cannot go. Sent to one member it is a dry run.
        """
        return self in SHARED

    @property
    def is_swept(self) -> bool:
        """It waits for its workspace's turn in the sweep, behind everything of a thread."""
        return self.rank == CHECK_IN_RANK

    @property
    def rank(self) -> int:
        """What goes first: a parent before its cards, everything of a thread before any check-in."""
        return RANKS.get(self, 2)


REDRAWS = {Kind.PARENT_REDRAW, Kind.CARD_REDRAW, Kind.FOLD, Kind.PREVIEW_REDRAW}
SHARED = {Kind.HELLO, Kind.WEEKLY, Kind.GUIDE, Kind.GUIDE_CARD, Kind.STALL}
REDRAWS |= {Kind.COACHING_REDRAW, Kind.COACHING_RECEIPT_REDRAW}
SHARED |= {Kind.COACHING, Kind.COACHING_REDRAW}
REDRAWS |= {Kind.SHARING_REDRAW}
SHARED |= {Kind.SHARING, Kind.SHARING_REDRAW}
UNASKED = {Kind.CHECK_IN, Kind.WELCOME, Kind.CLOSING, Kind.COACHING_LATE}
RANKS = {Kind.PARENT: 0, Kind.CARD: 1, Kind.CHECK_IN: 9}
CHECK_IN_RANK = RANKS[Kind.CHECK_IN]
