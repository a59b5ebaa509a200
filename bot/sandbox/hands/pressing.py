"""Pressing buttons and choosing from menus, in messages, modals and Home."""

from __future__ import annotations

from typing import Any, Unpack

from bot.sandbox import payloads
from bot.sandbox.block_kit import check_options
from bot.sandbox.drawing import plain
from bot.sandbox.hands.choosing import choose_among, chosen
from bot.sandbox.hands.finding import Control, Where, find
from bot.sandbox.hands.person import Answer, Hands, answer_to
from bot.sandbox.journal import Failure
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.people import User
from bot.sandbox.values import field_of, holds_many, is_filled_in, value_of

_BUTTONS = {"button", "workflow_button", "icon_button", "feedback_buttons"}
_SHOWN = ("type", "action_id", "text", "value", "style", "placeholder", "url", "accessibility_label")
_EXTERNAL = {"external_select", "multi_external_select"}


class Pressing(Hands):
    async def presses(self, name: str | None, as_: str | None = None, **where: Unpack[Where]) -> Answer:
        """The newest button of that label (or action_id). A confirm dialog is answered with yes."""
        user = self._actor(as_)
        control = find(self.platform, user, user.id in self._at_home, name, _BUTTONS, where)
        done = _pressed(control, name, where.get("value"))
        self._notes("presses", user, self._spot(control) | ({"value": done["value"]} if done else {}))
        return await self._acts(user, control, done)

    async def chooses(self, name: str | None, option: Any, as_: str | None = None, **where: Unpack[Where]) -> Answer:
        """An option by its words or value, a date as 2026-12-24, a member or channel by name, a text as typed."""
        user = self._actor(as_)
        control = self._menu(user, name, where)
        choice = await self._choice(user, control, option)
        self._notes("chooses", user, {"option": option} | self._spot(control))
        if control.kind == "overflow":
            return await self._acts(user, control, {"selected_option": choice})
        values = control.values(user)
        values[control.block["block_id"]][control.element["action_id"]] = value_of(control.element, choice)
        self.platform.changes.happened()
        if control.block["type"] == "input" and not control.block.get("dispatch_action"):
            return Answer()
        return await self._acts(user, control, {field_of(control.element): choice})

    def _menu(self, user: User, name: str | None, where: Where) -> Control:
        control = find(self.platform, user, user.id in self._at_home, name, None, where)
        if control.kind != "overflow" and not is_filled_in(control.element):
            raise HandsError(f"{name!r} is a {control.kind}: nothing can be chosen from it")
        return control

    async def _choice(self, user: User, control: Control, option: Any) -> Any:
        """From an external select a person picks what the bot offers for the words they typed."""
        if control.kind not in _EXTERNAL or option in (None, "", []):
            return chosen(self.platform, control.element, option)
        several = option if isinstance(option, list) else [option]
        picked = [
            each if isinstance(each, dict) else choose_among(await self._offered(user, control, str(each)), each)
            for each in several
        ]  # fmt: skip
        return picked if holds_many(control.element) else picked[0]

    async def _acts(self, user: User, control: Control, done: Json) -> Answer:
        """Tells the bot. Nothing goes out while interactivity is switched off or the app is not installed."""
        if not self.platform.manifest.interactivity:
            return Answer("interactivity_is_off")
        if not self.platform.installed:
            return Answer("app_not_installed")
        action: Json = {name: control.element[name] for name in _SHOWN if name in control.element}
        action |= {"block_id": control.block["block_id"], "action_ts": self.platform.clock.ts()} | done
        if control.view is not None:
            payload = payloads.view_action(self.platform, user, control.view, action)
        else:
            assert control.message is not None
            control.values(user)
            payload = payloads.message_action(self.platform, user, control.message, action)
        return answer_to(await self.platform.deliver("interaction", payload))

    async def suggests(
        self, name: str | None, typed: str, as_: str | None = None, **where: Unpack[Where]
    ) -> list[Json]:
        """What an external select offers for what was typed (block_suggestion), wherever it stands."""
        user = self._actor(as_)
        control = self._menu(user, name, where)
        self._notes("suggests", user, {"typed": typed} | self._spot(control))
        return await self._offered(user, control, typed)

    async def _offered(self, user: User, control: Control, typed: str) -> list[Json]:
        """Fewer letters than ``min_query_length`` (three unless the app says otherwise) ask nobody."""
        if control.kind not in _EXTERNAL:
            raise HandsError(f"a {control.kind} has its own options; only an external select asks the bot for them")
        if len(typed) < control.element.get("min_query_length", 3):
            return []
        surface = control.view or control.message
        assert surface is not None
        ids = (control.block["block_id"], control.element["action_id"])
        payload = payloads.suggestion(self.platform, user, surface, *ids) | {"value": typed}
        receipt = await self.platform.deliver("options", payload)
        options = payloads.offered(receipt)
        if wrong := check_options(options):
            self.platform.failures.append(Failure("block_suggestion", wrong[0], receipt.status, receipt.text))
            return []
        return options

    def _spot(self, control: Control) -> Json:
        """Where a control stands, in words that mean the same in another workspace."""
        spot: Json = {"label": next(iter(control.words), None), "nth": control.nth}
        if control.view is not None:
            return spot | {"on": control.view.type}
        assert control.message is not None
        return spot | {"message": self._numbered(control.message)}


def _pressed(control: Control, name: str | None, value: str | None) -> Json:
    """Of a pair of feedback buttons the one that was meant."""
    if not control.sides:
        return {}
    by_value = [each for each in control.sides if each["value"] == value]
    by_words = [each for each in control.sides if plain(each["text"]) == name]
    side = [*by_value, *by_words, *control.sides][0]
    return {"value": side["value"], "text": side["text"]}
