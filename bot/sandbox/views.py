"""Modals in their stack and the Home tab, one of each a person."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.drawing import kept
from bot.sandbox.kinds import ApiError, Json, random_id
from bot.sandbox.values import first_values

DEEPEST = 3
_OWN = (
    "type", "title", "submit", "close", "private_metadata", "callback_id", "external_id", "clear_on_close",
    "notify_on_close", "submit_disabled",
)  # fmt: skip


@dataclass
class View:
    """A view as drawn, and what the person has put into it."""

    id: str
    user: str
    spec: Json
    blocks: list[Json]
    hash: str
    values: Json
    root_view_id: str
    previous_view_id: str | None = None
    drawn: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    trouble: str | None = None

    @property
    def type(self) -> str:
        return str(self.spec["type"])

    @property
    def title(self) -> str:
        return str((self.spec.get("title") or {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        return str(self.spec.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        return str(self.spec.get("private_metadata", ""))

    def redraw(self, spec: Json, drawn: int) -> None:
        self.spec, self.blocks = spec, kept(spec.get("blocks", ()))
        self.values = first_values(self.blocks, self.values)
        self.hash, self.drawn, self.errors, self.trouble = new_hash(), drawn, {}, None

    def as_slack(self, team: str, app: str, bot: str) -> Json:
        """The whole view object; what the app left out is null, empty or false, as Slack fills it in."""
        shown: Json = {
            "id": self.id, "team_id": team, "type": self.type, "blocks": self.blocks, "private_metadata": "",
            "callback_id": "", "state": {"values": self.values}, "hash": self.hash, "title": None, "close": None,
            "submit": None, "clear_on_close": False, "notify_on_close": False,
            "previous_view_id": self.previous_view_id, "root_view_id": self.root_view_id,
            "app_id": app, "external_id": "", "app_installed_team_id": team,
            "bot_id": bot,
        }  # fmt: skip
        return shown | {name: self.spec[name] for name in _OWN if name in self.spec}


def new_hash() -> str:
    return f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"


class Views:
    """Every open view, found by id or by the app's own external_id."""

    def __init__(self) -> None:
        self.modals: dict[str, list[View]] = {}
        self.homes: dict[str, View] = {}

    def draw(self, user: str, spec: Json, drawn: int, below: View | None = None) -> View:
        self._unused_external_id(spec)
        blocks = kept(spec.get("blocks", ()))
        view_id = random_id("V")
        return View(
            view_id, user, spec, blocks, new_hash(), first_values(blocks), below.root_view_id if below else view_id,
            below.id if below else None, drawn,
        )  # fmt: skip

    def open(self, user: str, spec: Json, drawn: int) -> View:
        view = self.draw(user, spec, drawn)
        self.modals[user] = [view]
        return view

    def push(self, user: str, spec: Json, drawn: int) -> View:
        stack = self.modals.get(user) or []
        if not stack:
            raise ApiError("not_found")
        if len(stack) >= DEEPEST:
            raise ApiError("push_limit_reached")
        view = self.draw(user, spec, drawn, stack[-1])
        stack.append(view)
        return view

    def publish(self, user: str, spec: Json, drawn: int, hash: str | None) -> View:
        before = self.homes.get(user)
        if before is None:
            self.homes[user] = self.draw(user, spec, drawn)
            return self.homes[user]
        self.unchanged(before, hash)
        before.redraw(spec, drawn)
        return before

    def unchanged(self, view: View, hash: str | None) -> None:
        if hash and hash != view.hash:
            raise ApiError("hash_conflict")

    def top(self, user: str) -> View | None:
        stack = self.modals.get(user)
        return stack[-1] if stack else None

    def find(self, view_id: str | None, external_id: str | None = None) -> View | None:
        return next(
            (
                view for view in self._all()
                if (view_id and view.id == view_id) or (external_id and view.spec.get("external_id") == external_id)
            ),
            None,
        )  # fmt: skip

    def close(self, view: View) -> list[View]:
        """Closes one; ``clear_on_close`` of it takes the whole stack along. Answers what was closed, top first."""
        stack = self.modals.get(view.user, [])
        if view not in stack:
            return []
        gone = stack[::-1] if view.spec.get("clear_on_close") else [view]
        self.modals[view.user] = [each for each in stack if each not in gone]
        return gone

    def clear(self, user: str) -> list[View]:
        return self.modals.pop(user, [])[::-1]

    def _all(self) -> list[View]:
        return [view for stack in self.modals.values() for view in stack] + list(self.homes.values())

    def _unused_external_id(self, spec: Json) -> None:
        name: Any = spec.get("external_id")
        if name and self.find(None, name):
            raise ApiError("duplicate_external_id")
