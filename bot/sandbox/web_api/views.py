"""views.*: modals and the Home tab."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.sandbox.block_kit import check_view
from bot.sandbox.block_kit.surfaces import VIEW_BYTES
from bot.sandbox.kinds import ApiError, Json, invalid_arguments
from bot.sandbox.platform import Platform
from bot.sandbox.triggers import Trigger
from bot.sandbox.views import View
from bot.sandbox.web_api import targets
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.registry import Method


def read_view(args: Arguments, kind: str) -> Json:
    view = args.parsed("view", invalid_arguments("[ERROR] must provide a valid JSON object [json-pointer:/view]"))
    return checked_view(view, kind)


def checked_view(view: object, kind: str) -> Json:
    """Also for views in an acknowledgement: what Slack refuses here it refuses there."""
    if not isinstance(view, Mapping):
        raise invalid_arguments("[ERROR] must provide an object [json-pointer:/view]")
    if len(json.dumps(view, separators=(",", ":")).encode()) > VIEW_BYTES:
        raise ApiError("view_too_large")
    complaints = check_view(view)
    if not complaints and view.get("type") != kind:
        complaints = ["[ERROR] must be a valid enum value [json-pointer:/view/type]"]
    if complaints:
        raise invalid_arguments(*complaints)
    return dict(view)


def _trigger(platform: Platform, args: Arguments) -> Trigger:
    name = args.text("trigger_id") or args.text("interactivity_pointer")
    if not name:
        raise invalid_arguments("[ERROR] missing required field: trigger_id")
    return platform.triggers.look(name)


def open_view(platform: Platform, args: Arguments) -> Json:
    trigger, spec = _trigger(platform, args), read_view(args, "modal")
    view = platform.views.open(trigger.user, spec, platform.workspace.next_drawing())
    trigger.used = True
    return _shown(platform, view)


def push(platform: Platform, args: Arguments) -> Json:
    """Needs a press inside a modal that is still open."""
    trigger, spec = _trigger(platform, args), read_view(args, "modal")
    if trigger.view_id is None:
        raise ApiError("not_found")
    view = platform.views.push(trigger.user, spec, platform.workspace.next_drawing())
    trigger.used = True
    return _shown(platform, view)


def update(platform: Platform, args: Arguments) -> Json:
    if args.given("view_id") == args.given("external_id"):
        raise invalid_arguments("[ERROR] must define either view_id or external_id")
    view = platform.views.find(args.text("view_id"), args.text("external_id"))
    if view is None:
        raise ApiError("not_found")
    spec = read_view(args, view.type)
    platform.views.unchanged(view, args.text("hash"))
    view.redraw(spec, platform.workspace.next_drawing())
    return _shown(platform, view)


def publish(platform: Platform, args: Arguments) -> Json:
    user = targets.user(platform, args.text("user_id"))
    if not platform.manifest.home_tab:
        raise ApiError("not_enabled")
    spec = read_view(args, "home")
    return _shown(platform, platform.views.publish(user.id, spec, platform.workspace.next_drawing(), args.text("hash")))


def _shown(platform: Platform, view: View) -> Json:
    platform.changes.happened()
    return {"view": platform.view_object(view)}


METHODS = (
    Method("views.open", open_view, None, "4", ("view",), ("trigger_id", "interactivity_pointer")),
    Method("views.push", push, None, "4", ("view",), ("trigger_id", "interactivity_pointer")),
    Method("views.update", update, None, "4", ("view",), ("view_id", "external_id", "hash")),
    Method("views.publish", publish, None, "4", ("user_id", "view"), ("hash",)),
)
