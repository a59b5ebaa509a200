"""The forms of what is shared without a name."""

from __future__ import annotations

from dataclasses import dataclass

from messages.forms import Form


class ShareForm(Form, id="sharing.write"):
    """The words, and names to take out of them."""


@dataclass(frozen=True)
class ShareIt(Form, id="sharing.share"):
    """The preview. ``text`` is exactly what will be posted; Slack alone holds it until then."""

    text: str = ""


@dataclass(frozen=True)
class NoteForm(Form, id="sharing.note"):
    """A private answer: to the author of a post (``share``), or to the other one of a ``talk``."""

    share: str = ""
    talk: str = ""


@dataclass(frozen=True)
class SendBack(Form, id="sharing_queue.send_back"):
    """Why staff do not post it, chosen or written."""

    share: str
