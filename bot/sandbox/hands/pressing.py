"""Pressing buttons and choosing from menus, in messages, modals and Home."""

from __future__ import annotations

from typing import Any

from bot.sandbox import payloads
from bot.sandbox.hands.choosing import chosen
from bot.sandbox.hands.finding import Control, find
from bot.sandbox.hands.person import Answer, Hands, answer_to
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.people import User
from bot.sandbox.values import field_of, is_filled_in, value_of

_BUTTONS = {"button", "workflow_button", "icon_button", "feedback_buttons"}
_SHOWN = ("type", "action_id", "text", "value", "style", "placeholder", "url", "accessibility_label")


class Pressing(Hands):
    async def presses(
        self, name: str, as_: str | None = None, *, channel: str | None = None, ts: str | None = None,
        view_id: str | None = None,
    ) -> Answer:  # fmt: skip
        """The newest button of that label (or action_id). A confirm dialog is answered with yes."""
        user = self._actor(as_)
        control = find(self.platform, user, user.id in self._at_home, name, kinds=_BUTTONS, channel=channel, ts=ts,
                       view_id=view_id)  # fmt: skip
        return await self._acts(user, control, _pressed(control, name))

    async def chooses(
        self, name: str, option: Any, as_: str | None = None, *, channel: str | None = None, ts: str | None = None,
        view_id: str | None = None,
    ) -> Answer:  # fmt: skip
        """An option by its words or value, a date as 2026-12-24, a member or channel by name, a text as typed."""
        user = self._actor(as_)
        control = self._menu(user, name, channel=channel, ts=ts, view_id=view_id)
        choice = chosen(self.platform, control.element, option)
        if control.kind == "overflow":
            return await self._acts(user, control, {"selected_option": choice})
        values = control.values(user)
        values[control.block["block_id"]][control.element["action_id"]] = value_of(control.element, choice)
        self.platform.changes.happened()
        if control.block["type"] == "input" and not control.block.get("dispatch_action"):
            return Answer()
        return await self._acts(user, control, {field_of(control.element): choice})

    def _menu(self, user: User, name: str, *, channel: str | None, ts: str | None, view_id: str | None) -> Control:
        control = find(self.platform, user, user.id in self._at_home, name, kinds=None, channel=channel, ts=ts,
                       view_id=view_id)  # fmt: skip
        if control.kind != "overflow" and not is_filled_in(control.element):
            raise HandsError(f"{name!r} is a {control.kind}: nothing can be chosen from it")
        return control

    async def _acts(self, user: User, control: Control, done: Json) -> Answer:
        """Tells the bot. Nothing goes out while the manifest has interactivity switched off."""
        if not self.platform.manifest.interactivity:
            return Answer("interactivity_is_off")
        action: Json = {name: control.element[name] for name in _SHOWN if name in control.element}
        action |= {"block_id": control.block["block_id"], "action_ts": self.platform.clock.ts()} | done
        if control.view is not None:
            payload = payloads.view_action(self.platform, user, control.view, action)
        else:
            assert control.message is not None
            control.values(user)
            payload = payloads.message_action(self.platform, user, control.message, action)
        return answer_to(await self.platform.deliver("interaction", payload))

    async def suggests(self, name: str, typed: str, as_: str | None = None) -> list[Json]:
        """What an external select offers for what was typed (block_suggestion)."""
        user = self._actor(as_)
        control = self._menu(user, name, channel=None, ts=None, view_id=None)
        if control.view is None:
            raise HandsError("only selects in modals and Home are asked for suggestions here")
        payload = payloads.suggestion(self.platform, user, control.view, control.block, control.element, typed)
        answered = (await self.platform.deliver("options", payload)).parsed() or {}
        found: list[Json] = answered.get("options", [])
        return found


def _pressed(control: Control, name: str) -> Json:
    """Of a pair of feedback buttons the one that was meant."""
    if control.kind != "feedback_buttons":
        return {}
    sides = (control.element["positive_button"], control.element["negative_button"])
    side = next((each for each in sides if each["text"]["text"] == name), sides[0])
    return {"value": side["value"], "text": side["text"]}
