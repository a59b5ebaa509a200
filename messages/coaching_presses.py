"""The buttons of a talk with a coach."""

from __future__ import annotations

from dataclasses import dataclass

from messages.press import Press


class OpenCoaching(Press, id="coaching.open"):
    """The form in which a member asks."""


class OpenContact(Press, id="coaching.contact"):
    """The form that asks the counselor to get in touch."""


@dataclass(frozen=True)
class OnTalk(Press, id=""):
    talk: str


class Claim(OnTalk, id="coaching.claim"): ...


class Answered(OnTalk, id="coaching.answered"): ...


class CloseTalk(OnTalk, id="coaching.close"): ...


class TakeBack(OnTalk, id="coaching.take_back"):
    """The member's own, under the receipt."""
