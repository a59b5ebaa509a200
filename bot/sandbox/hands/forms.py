"""Modals: filling them in, submitting and closing them, and what the bot's acknowledgement does to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.drawing import inputs, plain
from bot.sandbox.hands.choosing import chosen
from bot.sandbox.hands.person import TROUBLE, Answer, Hands, answer_to
from bot.sandbox.hands.validation import complaints
from bot.sandbox.journal import Failure
from bot.sandbox.kinds import ApiError, HandsError, Json
from bot.sandbox.people import User
from bot.sandbox.receipts import Receipt
from bot.sandbox.values import value_of
from bot.sandbox.views import View
from bot.sandbox.web_api.views import checked_view


class Forms(Hands):
    async def submits(
        self, values: Mapping[str, Any] | None = None, as_: str | None = None, *, view_id: str | None = None
    ) -> Answer:
        """``values`` by label, block_id or action_id. Slack checks the inputs itself before it asks the bot."""
        user = self._actor(as_)
        view = self._top(user, view_id)
        if "submit" not in view.spec:
            raise HandsError(f"the modal {view.title!r} has nothing to submit")
        self._notes("submits", user, {"values": {_label(view, name): each for name, each in (values or {}).items()}})
        self.fills(values or {}, as_)
        view.errors, view.trouble = complaints(view.blocks, view.values), None
        self.platform.changes.happened()
        if view.errors:
            return Answer("validation_failed", errors=view.errors)
        receipt = await self.platform.deliver("interaction", payloads.view_submission(self.platform, user, view))
        answer = self._submitted(user, view, receipt)
        self.platform.changes.happened()
        return answer

    def fills(self, values: Mapping[str, Any], as_: str | None = None) -> None:
        """Puts values into the top modal without submitting it. Inputs that dispatch are for ``chooses``."""
        view = self._top(self._actor(as_), None)
        for name, wanted in values.items():
            block = _input(view, name)
            element = block["element"]
            value = value_of(element, chosen(self.platform, element, wanted))
            view.values[block["block_id"]][element["action_id"]] = value

    def _top(self, user: User, view_id: str | None) -> View:
        view = self.platform.views.top(user.id)
        if view is None or view_id not in (None, view.id):
            raise HandsError(f"{user.real_name} has no such modal open")
        return view

    def _submitted(self, user: User, view: View, receipt: Receipt) -> Answer:
        if not receipt.ok:
            view.trouble = TROUBLE
            return answer_to(receipt)
        body = receipt.parsed() or {}
        try:
            errors = self._respond(user, view, body)
        except ApiError as refused:
            view.trouble = TROUBLE
            reason = f"{refused.error} {refused.details.get('response_metadata', '')}".strip()
            self.platform.failures.append(Failure("view_submission", reason, receipt.status, receipt.text))
            return answer_to(receipt, refused.error)
        if errors:
            return Answer("errors", seconds=receipt.seconds, status=receipt.status, errors=errors)
        return answer_to(receipt)

    def _respond(self, user: User, view: View, body: Json) -> dict[str, str]:
        """An empty acknowledgement closes this modal; a ``response_action`` does what it says."""
        views, drawn = self.platform.views, self.platform.workspace.next_drawing()
        action = body.get("response_action")
        if action == "errors":
            view.errors = _errors(view, body.get("errors"))
            return view.errors
        if action == "update":
            view.redraw(checked_view(body.get("view"), "modal"), drawn)
        elif action == "push":
            views.push(user.id, checked_view(body.get("view"), "modal"), drawn)
        elif action == "clear":
            views.clear(user.id)
        elif action is None:
            if view in views.modals.get(user.id, []):
                views.modals[user.id].remove(view)
        else:
            raise ApiError("invalid_response_action")
        return {}

    async def closes(self, as_: str | None = None) -> Answer:
        """Cancel: the top modal goes, with it all below when it says so. The bot hears only if it asked to."""
        user = self._actor(as_)
        view = self._top(user, None)
        self._notes("closes", user)
        gone = self.platform.views.close(view)
        self.platform.changes.happened()
        return await self._tell_closed(user, gone, cleared=bool(view.spec.get("clear_on_close")))

    async def closes_all(self, as_: str | None = None) -> Answer:
        """The X in the corner of a stack."""
        user = self._actor(as_)
        self._notes("closes_all", user)
        gone = self.platform.views.clear(user.id)
        self.platform.changes.happened()
        return await self._tell_closed(user, gone, cleared=True)

    async def _tell_closed(self, user: User, gone: list[View], *, cleared: bool) -> Answer:
        answer = Answer()
        for view in gone:
            if view.spec.get("notify_on_close"):
                payload = payloads.view_closed(self.platform, user, view, cleared=cleared)
                answer = answer_to(await self.platform.deliver("interaction", payload))
        return answer


def _input(view: View, name: str) -> Json:
    for block in inputs(view.blocks):
        if name in (plain(block["label"]), block["block_id"], block["element"]["action_id"]):
            return block
    labels = ", ".join(plain(block["label"]) for block in inputs(view.blocks))
    raise HandsError(f"the modal {view.title!r} has no input {name!r}; it has: {labels or 'none'}")


def _label(view: View, name: str) -> str:
    """What the input is called; its id where two are called the same."""
    block = _input(view, name)
    label = plain(block["label"])
    alike = [each for each in inputs(view.blocks) if plain(each["label"]) == label]
    return label if len(alike) == 1 else str(block["block_id"])


def _errors(view: View, errors: object) -> dict[str, str]:
    """Keys must be block_ids of inputs; Slack shows nothing but trouble for any other."""
    known = {block["block_id"] for block in inputs(view.blocks)}
    if not isinstance(errors, dict) or not errors or not set(errors) <= known:
        raise ApiError("invalid_errors_keys")
    return {str(name): str(words) for name, words in errors.items()}
