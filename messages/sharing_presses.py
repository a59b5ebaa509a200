"""The buttons of what is shared without a name: of its author, of who answers, and of staff, who see neither."""

from __future__ import annotations

from dataclasses import dataclass

from messages.press import Press


class OpenSharing(Press, id="sharing.open"):
    """The form, with what the presser has shared and can take back."""


@dataclass(frozen=True)
class OnShared(Press, id=""):
    share: str


class TakeBackShared(OnShared, id="sharing.take_back"):
    """The author's own."""


class ShareAgain(OnShared, id="sharing.again"):
    """The form with the words that staff sent back."""


class ReplyPrivately(OnShared, id="sharing.reply"):
    """Under the post, for everybody."""


@dataclass(frozen=True)
class OnNote(Press, id=""):
    """``talk`` is one of the talks about a post; either side of it may press."""

    talk: str


class AnswerNote(OnNote, id="sharing.answer"): ...


class EndTalk(OnNote, id="sharing.end"):
    """Nothing more comes from there."""


class ShowStaff(OnNote, id="sharing.show_staff"):
    """What the other one wrote, so that staff can mute whoever it was."""


# staff


class OpenQueue(Press, id="sharing_queue.open"): ...


class Approve(OnShared, id="sharing_queue.approve"): ...


class OpenSendBack(OnShared, id="sharing_queue.open_send_back"): ...


class MuteAuthor(OnShared, id="sharing_queue.mute"):
    """Whoever wrote it, without anybody seeing who that is."""


class LeaveShown(OnShared, id="sharing_queue.leave"):
    """Nothing is done about an answer that somebody showed them."""


class NextShared(OnShared, id="sharing_queue.next"):
    """Leaves this one for later."""
