"""What each request of the control API takes, and the sentence for one that takes something else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.sandbox.kinds import HandsError, Json

_TEXT, _TRUTH, _NUMBER, _OBJECT = (str,), (bool,), (int, float), (dict,)
_WHOLE = (int,)
_KINDS = {
    _WHOLE: "a number",
    _TEXT: "a text",
    _TRUTH: "true or false",
    _NUMBER: "a number",
    _OBJECT: "an object",
    (list,): "a list",
}
_WHERE = dict.fromkeys(("channel", "ts", "view_id", "block_id", "value"), _TEXT)
_NAMED = {"as": _TEXT, "label": _TEXT, "action_id": _TEXT}


@dataclass(frozen=True)
class Body:
    """``takes`` maps names to kinds (None is anything); of each group in ``needs`` one must be there."""

    takes: Mapping[str, tuple[type, ...] | None] = field(default_factory=dict)
    needs: tuple[tuple[str, ...], ...] = ()


BODIES = {
    "type": Body({"as": _TEXT, "channel": _TEXT, "text": _TEXT, "thread_ts": _TEXT}, (("text",),)),
    "say": Body({"as": _TEXT, "channel": _TEXT, "text": _TEXT, "thread_ts": _TEXT}, (("text",),)),
    "press": Body(_NAMED | _WHERE, (("label", "action_id"),)),
    "choose": Body(_NAMED | _WHERE | {"option": None}, (("label", "action_id"), ("option",))),
    "suggest": Body(_NAMED | _WHERE | {"text": _TEXT}, (("label", "action_id"),)),
    "submit": Body({"as": _TEXT, "values": _OBJECT, "view_id": _TEXT}),
    "close": Body({"as": _TEXT, "all": _TRUTH, "view_id": _TEXT}),
    "open_home": Body({"as": _TEXT, "tab": _TEXT}),
    "shortcut": Body({"as": _TEXT, "callback_id": _TEXT, "ts": _TEXT}, (("callback_id",),)),
    "profile": Body({"user": _TEXT, "changes": _OBJECT}, (("user",),)),
    "channel": Body(
        {"as": _TEXT, "do": _TEXT, "channel": _TEXT, "name": _TEXT, "member": _TEXT, "members": (list,),
         "private": _TRUTH}, (("do",), ("channel", "name")),
    ),
    "invite": Body({"as": _TEXT, "channel": _TEXT}, (("channel",),)),
    "uninstall": Body(),
    "reload": Body({"as": _TEXT}),
    "clock": Body(
        {"advance": (str, int, float), "until": _TEXT, "next": _TRUTH}, (("advance", "until", "next"),)
    ),
    "fault": Body(
        {"method": _TEXT, "kind": _TEXT, "count": _WHOLE, "retry_after": _NUMBER, "seconds": _NUMBER,
         "channel": _TEXT, "block": _TEXT, "team": _TEXT}, (("method",), ("kind",)),
    ),
    "socket/refresh": Body(),
    "connect": Body({"request_url": _TEXT, "clock_url": _TEXT, "redirect_url": _TEXT}, (("request_url",),)),
    "reset": Body(),
}  # fmt: skip


def check(action: str, body: Json) -> None:
    """Raises HandsError. A null counts as left out, but for an option: choosing nothing takes the choice away."""
    promised = BODIES[action]
    if strange := sorted(set(body) - set(promised.takes)):
        known = ", ".join(promised.takes) or "nothing"
        raise HandsError(f"{action} does not know {', '.join(strange)}; it takes {known}")
    for names in promised.needs:
        if not any(name in body if promised.takes[name] is None else body.get(name) is not None for name in names):
            raise HandsError(f"{action} needs {' or '.join(names)}")
    for name, value in body.items():
        kinds = promised.takes[name]
        if kinds and value is not None and not _is(value, kinds):
            raise HandsError(f"{name} of {action} must be {_KINDS.get(kinds, 'a text or a number')}, not {value!r}")


def _is(value: object, kinds: tuple[type, ...]) -> bool:
    """True is no number here."""
    return isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool))
