"""Every modal: a class with its callback id and what it carries; the field names live with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, ClassVar, Self

from messages.blocks import Block, plain
from messages.press import OldPress

CARRIED_LENGTH = 3000


@dataclass(frozen=True)
class Form:
    """A modal that draws itself and reads itself back. Subclasses name their ``id`` once, as ``<noun>.<verb>``."""

    id: ClassVar[str]

    def __init_subclass__(cls, *, id: str) -> None:
        super().__init_subclass__()
        cls.id = id

    def view(self, *, title: str, blocks: list[Block], submit: str | None = None, close: str) -> dict[str, Any]:
        """The view as Slack wants it; without ``submit`` it only shows something."""
        carried = json.dumps(asdict(self), ensure_ascii=False)
        assert len(carried) <= CARRIED_LENGTH, f"{type(self).__name__} carries more than Slack keeps"
        view: dict[str, Any] = {
            "type": "modal", "callback_id": self.id, "private_metadata": carried, "title": plain(title),
            "close": plain(close), "blocks": blocks,
        }  # fmt: skip
        return view | {"submit": plain(submit)} if submit else view

    @classmethod
    def read(cls, view: Mapping[str, Any]) -> Self:
        """The form from a submitted view; a field this version does not know is left out.

        Raises OldPress when it is not one of ours any more.
        """
        known = {each.name for each in fields(cls)}
        try:
            carried = json.loads(view.get("private_metadata") or "{}")
            return cls(**{name: value for name, value in carried.items() if name in known})
        except (TypeError, ValueError, AttributeError, RecursionError) as unreadable:
            raise OldPress from unreadable


def answer(view: Mapping[str, Any], name: str) -> str | None:
    """What the member gave in the field ``name``: text, the chosen option's value, a date, a time,
    a channel's or a member's id; None when empty.
    """
    given = _given(view, name)
    chosen = given.get("selected_option") or {}
    names = ("selected_date", "selected_time", "selected_conversation", "selected_user")
    picked = next((given[name] for name in names if given.get(name)), None)
    return given.get("value") or chosen.get("value") or picked


def people(view: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The ids of the members chosen in the field ``name``."""
    return tuple(map(str, _given(view, name).get("selected_users") or ()))


def ticked(view: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The values of the boxes that are ticked in the field ``name``."""
    return tuple(str(each.get("value")) for each in _given(view, name).get("selected_options") or ())


def filled(view: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """What was written or picked, by field; what is empty or only spaces is left out."""
    given = {name: (answer(view, name) or "").strip() for name in names}
    return {name: words for name, words in given.items() if words}


def _given(view: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = view["state"]["values"].get(name, {}).get(name, {})
    return found


@dataclass(frozen=True)
class Rejection(Form, id="rejected.begin"):
    """Company, role and stage, all optional. ``home``: opened there, so Home is drawn anew once it was sent."""

    home: bool = False


@dataclass(frozen=True)
class Several(Form, id="several.tell"):
    """Several noes at once: one a line, or only how many."""


@dataclass(frozen=True)
class Situation(Form, id="situations.choose"):
    """Boxes that change the words of one thread's cards, and are kept nowhere."""

    journey: str


@dataclass(frozen=True)
class CheckInTimes(Form, id="preferences.check_in_times"):
    """Hour of day and time zone of a member's check-ins, and the country whose holidays are left out."""

    home: bool = False


@dataclass(frozen=True)
class CenterPage(Form, id="center.page"):
    """Everything the career center set, to read; each part has a form of its own."""


@dataclass(frozen=True)
class CenterPart(Form, id="center.change"):
    """One part of it, to change."""

    part: str


@dataclass(frozen=True)
class ChannelPostForm(Form, id="channel_posts.change"):
    """The words of one weekly post."""

    slot: str


@dataclass(frozen=True)
class AskCoach(Form, id="coaching.ask"):
    """What to talk about, and what may go along. ``stage`` and ``plan`` are what could be added, in words."""

    stage: str = ""
    plan: str = ""


@dataclass(frozen=True)
class SendToCoach(Form, id="coaching.send"):
    """The preview. ``words`` is exactly what will be sent, by name; Slack alone holds it until then."""

    helper: str
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AskContact(Form, id="coaching.contact_me"):
    """The wish that the counselor gets in touch, and nothing else."""


@dataclass(frozen=True)
class StaffForm(Form, id="staff.name"):
    """Who is staff."""


@dataclass(frozen=True)
class Reading(Form, id="talk.reading"):
    """A modal that is only read: someone to talk to, who can see this."""


@dataclass(frozen=True)
class StepDone(Form, id="thread.settle"):
    """What a step's tool made, to read and copy; submitting it settles the step."""

    journey: str
    step: str


@dataclass(frozen=True)
class Reflection(Form, id="reflection.answer"):
    """The three questions. ``stage`` says which ones; it is the thread's when the form was opened."""

    journey: str
    stage: str = "none"


@dataclass(frozen=True)
class Plan(Form, id="plans.make"):
    """One next step. ``check_in`` is the one it was opened from, if it was."""

    journey: str
    check_in: str = ""


@dataclass(frozen=True)
class Feedback(Form, id="feedback.note"):
    """What to take along from an answer somebody got."""

    journey: str


@dataclass(frozen=True)
class ChangeEntry(Form, id="history.change"):
    """Company, role, stage and day of a no. ``page`` is the one of the history it was opened on."""

    journey: str
    page: int = 0


@dataclass(frozen=True)
class JoinEntries(Form, id="history.join"):
    """One no told twice: which other one is the same."""

    journey: str
    page: int = 0


@dataclass(frozen=True)
class Draft(Form, id="drafts.write"):
    """The facts of a draft, by name: those typed for it and for others before it. Slack alone holds them.

    ``email`` is one of ``emails.EMAILS``; ``question`` says whether one question goes along.
    """

    journey: str
    step: str
    stage: str
    email: str
    facts: dict[str, str] = field(default_factory=dict)
    question: bool = False


@dataclass(frozen=True)
class Drafted(Draft, id="drafts.finish"):
    """A written draft, to read and copy; submitting it settles what it covers. ``copy`` names its copy in the DM."""

    copy: str = ""
