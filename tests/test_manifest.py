"""What manifest.json asks of Slack is what the code uses, and the other way round."""

from __future__ import annotations

import ast
import inspect
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

ROOT = Path(__file__).parent.parent
MANIFEST: dict[str, Any] = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
FEATURES: dict[str, Any] = MANIFEST["features"]
SCOPES = set(MANIFEST["oauth_config"]["scopes"]["bot"])
EVENTS = set(MANIFEST["settings"]["event_subscriptions"]["bot_events"])

# Every Web API method the bot may call (design, section 6), and the scope it needs. All it reads is direct messages.
METHODS = {
    "auth.test": None,
    "auth.revoke": None,
    "apps.connections.open": None,  # with the app-level token of Socket Mode
    "oauth.v2.access": None,
    "team.info": "team:read",
    "users.info": "users:read",
    "conversations.open": "im:write",
    "conversations.history": "im:history",
    "conversations.replies": "im:history",
    "conversations.info": "im:read",
    "conversations.join": "channels:join",
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "files.delete": "files:write",  # a copy that was sent must go with everything else
    "chat.delete": "chat:write",
    "chat.getPermalink": None,
    "views.open": None,
    "views.push": None,
    "views.update": None,
    "views.publish": None,
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
}
# What they need besides, for what stands in channels and group conversations. A workspace may decline all of these.
ELSEWHERE = {
    "conversations.history": {"channels:history", "groups:history", "mpim:history"},
    "conversations.join": {"channels:join"},
    "conversations.open": {"mpim:write"},
}
# Methods that only a tool of the operator calls, in this module and in no other.
OPERATORS_OWN = {"blocks.validate": "bot/commands/live_probes.py", "users.list": "bot/commands/staff.py"}
# The scope without which Slack would not send an event; the others need none.
EVENT_SCOPES = {"message.im": "im:history", "user_change": "users:read"}


def sdk_methods() -> dict[str, set[str]]:
    """``chat_postMessage`` of the client is ``chat.postMessage`` on the wire; some call several."""
    called = {}
    for name, function in inspect.getmembers(AsyncWebClient, inspect.isfunction):
        called[name] = set(re.findall(r'self\.api_call\(\s*"([\w.]+)"', inspect.getsource(function)))
    return {name: wire for name, wire in called.items() if wire and "_" in name}


SDK = sdk_methods()


def calls(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', '')}"
        if isinstance(node, ast.Attribute):
            yield from ((method, where) for method in SDK.get(node.attr, ()))
        if isinstance(node, ast.Call) and re.fullmatch(r"(?!super\(\)).+\.api_call", ast.unparse(node.func)):
            said = node.args[0] if node.args else ast.Constant("nothing")
            yield (str(said.value) if isinstance(said, ast.Constant) else ast.unparse(said)), where


def called() -> dict[str, str]:
    """Each method the bot calls and one place where it does. The sandbox is a Slack: it answers, it does not call."""
    rooms = [*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]
    return {
        method: where for path in rooms if ROOT / "bot/sandbox" not in path.parents for method, where in calls(path)
    }


CALLED = called()


def test_every_command_is_declared_and_heard(front_desk: Any) -> None:
    assert front_desk.ids("command") == {each["command"] for each in FEATURES["slash_commands"]}


def test_every_shortcut_is_declared_and_heard(front_desk: Any) -> None:
    assert front_desk.ids("shortcut") == {each["callback_id"] for each in FEATURES["shortcuts"]}


def test_every_event_is_subscribed_and_heard(front_desk: Any) -> None:
    heard = front_desk.ids("event") | ({"message"} if front_desk.ids("message") else set())
    assert heard == {event.partition(".")[0] for event in EVENTS}


def test_the_bot_calls_only_the_methods_it_may() -> None:
    strange = [
        f"{method} in {where}" for method, where in CALLED.items()
        if method not in METHODS and where.partition(":")[0] != OPERATORS_OWN.get(method)
    ]  # fmt: skip
    assert not strange, f"not among the methods the bot may call (METHODS): {strange}"


def test_every_call_has_its_scope() -> None:
    needs = {method: METHODS.get(method) for method in CALLED}
    missing = [
        f"{method} in {CALLED[method]} needs {scope}" for method, scope in needs.items() if scope not in {None, *SCOPES}
    ]
    assert not missing, f"not in manifest.json: {missing}"


def test_every_event_has_its_scope() -> None:
    missing = {EVENT_SCOPES[event] for event in EVENTS & EVENT_SCOPES.keys()} - SCOPES
    assert not missing, f"events of manifest.json need {sorted(missing)}"


def test_every_scope_is_used() -> None:
    used = {METHODS.get(method) for method in CALLED} | {EVENT_SCOPES.get(event) for event in EVENTS}
    used |= {scope for method in CALLED for scope in ELSEWHERE.get(method, ())}
    used |= {"commands"} if FEATURES["slash_commands"] or FEATURES["shortcuts"] else set()
    assert not SCOPES - used, f"nothing in the code needs {sorted(SCOPES - used)}: ask for less"


def test_what_may_be_declined_is_asked_for_too() -> None:
    """Slack wants an optional scope in both lists."""
    assert set(MANIFEST["oauth_config"]["scopes"].get("bot_optional", [])) <= SCOPES


def test_what_the_private_threads_need_cannot_be_declined_and_the_rest_can() -> None:
    for_channels = {scope for scopes in ELSEWHERE.values() for scope in scopes}
    assert set(MANIFEST["oauth_config"]["scopes"]["bot_optional"]) == (for_channels | {"files:write"}) & SCOPES


def test_the_page_for_installing_says_what_each_scope_is_for() -> None:
    written = tomllib.loads((ROOT / "messages/locales/en/phrases.toml").read_text(encoding="utf-8"))
    assert written["pages"]["scopes"].keys() == SCOPES, "[pages.scopes] and manifest.json name different scopes"


def test_the_readme_says_what_each_scope_is_for() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\|\s*`([a-z.:]+)`\s*\|\s*(\S[^|]*?)\s*\|", readme, flags=re.MULTILINE))
    explained = {scope for scope in rows if ":" in scope or scope == "commands"} - {"connections:write"}
    assert explained == SCOPES, "the README's table of scopes and manifest.json name different scopes"


def test_every_address_is_the_one_door_of_the_bot() -> None:
    addresses = [each["url"] for each in FEATURES["slash_commands"]]
    addresses += [MANIFEST["settings"][each]["request_url"] for each in ("event_subscriptions", "interactivity")]
    assert {address.partition("example.org")[2] for address in addresses} == {"/slack/events"}


def test_no_address_is_named_that_nobody_answers() -> None:
    """Slack would send whoever installs the bot to a page that is not there."""
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").glob("*.py"))
    served = set(re.findall(r'router\.add_(?:get|post)\("([^"]+)"', code))
    named = set(re.findall(r'https://bot\.example\.org(/[^"]+)', json.dumps(MANIFEST)))
    assert named and not named - served, f"manifest.json names {sorted(named - served)}, which nothing serves"
