"""Every modal: a class with its callback id and what it carries; the field names live with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar, Self

from messages.blocks import Block, plain

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
        """The form from a submitted view; a field this version does not know is left out."""
        carried = json.loads(view.get("private_metadata") or "{}")
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in carried.items() if name in known})


def answer(view: Mapping[str, Any], name: str) -> str | None:
    """What the member gave in the field ``name``: text, the chosen option's value or a date; None when empty."""
    given = view["state"]["values"].get(name, {}).get(name, {})
    chosen = given.get("selected_option") or {}
    return given.get("value") or chosen.get("value") or given.get("selected_date") or None


@dataclass(frozen=True)
class Rejection(Form, id="rejected.begin"):
    """Company, role and stage, all optional; opened by the shortcut and by Home."""


@dataclass(frozen=True)
class CheckInTimes(Form, id="preferences.check_in_times"):
    """Hour of day and time zone of a member's check-ins."""


@dataclass(frozen=True)
class Reading(Form, id="talk.reading"):
    """A modal that is only read: someone to talk to, who can see this."""
