"""Every endpoint and every kind of payload, bent out of shape: refused or answered, no crash, no half a write."""

from __future__ import annotations

import asyncio
import copy
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from yarl import URL

from bot.sandbox import payloads
from bot.sandbox.bot_door import FORM, encoded
from bot.sandbox.events import envelope
from bot.sandbox.kinds import Json
from bot.sandbox.slack import Slack
from tests.living import LivingBot
from tests.security import rows
from tests.security.attacks import FORMS, PRESSES, carried, drawn_forms, press, submission

QUICKLY = settings(
    max_examples=300, deadline=None, derandomize=True, database=None, phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)  # fmt: skip

STRANGE: tuple[Any, ...] = (
    None, True, False, 0, -1, 2**63, 1e308, "", " ", "\x00", "x" * 10_000, "🦄", "\u202e", "null", "{}", "[]", "{",
    "../", "<!channel>", "T0RIVERSIDE", "U0MAYA00001", "'; DROP TABLE members; --", [], {}, [[]], [None], {"": None},
    {"id": None}, {"id": {"id": []}}, ["x"] * 500, {"type": "x", "value": 7},
)  # fmt: skip
STRANGE_JSON = st.sampled_from(STRANGE) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4), max_leaves=8,
)  # fmt: skip


class Counts(Counter[str]):
    def told(self, what: str) -> None:
        outcomes = ", ".join(f"{name} {number}" for name, number in sorted(self.items()))
        print(f"{what}: {self.total()} inputs tried ({outcomes}), unhandled 0, partial writes 0")  # noqa: T201


def places(part: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside a payload."""
    if path:
        yield path
    if isinstance(part, dict):
        for name, value in part.items():
            yield from places(value, (*path, name))
    elif isinstance(part, list):
        for number, value in enumerate(part[:3]):
            yield from places(value, (*path, number))


def bent(payload: Json, path: tuple[Any, ...], change: str, strange: Any) -> Json:
    """A copy with one thing replaced, removed or added."""
    changed = copy.deepcopy(payload)
    within: Any = changed
    for step in path[:-1]:
        within = within[step]
    if change == "replace":
        within[path[-1]] = strange
    elif change == "remove":
        del within[path[-1]]
    elif isinstance(within, list):
        within.append(strange)
    else:
        within[json.dumps(strange)[:20]] = strange
    return changed


class Requests:
    """One real payload of every kind: command, every button, every modal, shortcut, every event."""

    def __init__(self, slack: Slack) -> None:
        platform = slack.platform
        maya = platform.workspace.user("maya")
        place = platform.workspace.channels["C0GENERAL01"]
        message = slack.dm("maya")[0]
        known = {"journey": "0" * 16, "check_in": "0" * 16, "step": "be_professional", "note": "plan", "part": "hours"}
        drawn = drawn_forms()
        self.all: list[tuple[str, Json]] = [
            ("command", payloads.command(platform, maya, place, name, text))
            for name in ("/rejected", "/nextstep") for text in ("", "Initech, Analyst", "help", "settings", "stop")
        ]  # fmt: skip
        self.all += [("interaction", press(slack, maya, message, kind, known)) for kind in PRESSES]
        self.all += [
            (
                "interaction",
                submission(slack, maya, drawn.get(str(kind.id)) or _bare(str(kind.id)), carried(kind, known)),
            )
            for kind in FORMS
        ]
        self.all.append(("interaction", payloads.shortcut(platform, maya, "rejected.begin")))
        self.all += [("event", self._event(slack, event)) for event in self._events(slack)]

    def _events(self, slack: Slack) -> Iterator[Json]:
        maya, dm = slack.platform.workspace.user("maya"), slack.platform.dm_of("U0MAYA00001")
        yield {"type": "app_home_opened", "user": maya.id, "channel": dm.id, "tab": "home", "event_ts": "1.0"}
        yield {"type": "message", "channel_type": "im", "channel": dm.id, "user": maya.id, "text": "hi", "ts": "1.0"}
        yield {"type": "user_change", "user": maya.as_slack(slack.clock.now(), include_locale=True)}
        yield {"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}}
        yield {"type": "team_access_revoked", "team_ids": ["T0NOBODY"]}

    def _event(self, slack: Slack, event: Json) -> Json:
        whose: Json = {"team": slack.team_id, "enterprise": None, "org_wide": False}
        whose |= {"app": slack.app_id, "bot_user": slack.bot_user_id}
        return envelope(event, whose, token="x", at=slack.clock.unix())


def _bare(name: str) -> Json:
    return {"type": "modal", "callback_id": name, "blocks": []}


@pytest.fixture
async def requests(slack: Slack, bot: LivingBot, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Requests]:
    """Whatever a library would have to write about an exception is a fault."""
    await slack.types("/rejected Initech")
    await bot.settles()
    yield Requests(slack)
    assert not [each.getMessage() for each in caplog.records if "nhandled" in each.getMessage()]


async def answered(slack: Slack, kind: str, payload: Json) -> str:
    """The class of the status. An event that cannot be read may be asked for again; anything else gets an answer."""
    receipt = await slack.sends(kind, payload)
    assert receipt.error is None, f"{receipt.error}: {json.dumps(payload)[:500]}"
    assert receipt.status is not None
    assert receipt.status < 500, f"{receipt.status}: {json.dumps(payload)[:1500]}"
    return f"{receipt.status // 100}xx"


async def test_payloads_bent_in_one_place(slack: Slack, bot: LivingBot, requests: Requests, tmp_path: Path) -> None:
    counts = Counts()
    requests_of_a_kind = st.integers(0, len(requests.all) - 1)
    loop = asyncio.get_running_loop()
    tried: list[tuple[str, Json]] = []

    @QUICKLY
    @given(st.data())
    def choose(data: st.DataObject) -> None:
        kind, payload = requests.all[data.draw(requests_of_a_kind)]
        for _ in range(4):
            path = data.draw(st.sampled_from(list(places(payload))))
            change = data.draw(st.sampled_from(("replace", "replace", "remove", "add")))
            tried.append((kind, bent(payload, path, change, data.draw(STRANGE_JSON))))

    await loop.run_in_executor(None, choose)
    for kind, payload in tried:
        counts[await answered(slack, kind, payload)] += 1
    await bot.settles()
    assert rows.halves(tmp_path) == []
    counts.told("payloads bent in one place")


async def test_every_kind_as_it_is_and_with_each_strange_value_at_its_head(
    slack: Slack, bot: LivingBot, requests: Requests, tmp_path: Path
) -> None:
    counts = Counts()
    for kind, payload in requests.all:
        counts[await answered(slack, kind, payload)] += 1
    heads = {str(payload.get("type") or payload.get("command")): (kind, payload) for kind, payload in requests.all}
    for kind, payload in heads.values():
        for name in payload:
            for strange in STRANGE[::3]:
                counts[await answered(slack, kind, payload | {name: strange})] += 1
    await bot.settles()
    assert rows.halves(tmp_path) == []
    counts.told("every kind, strange at its head")


async def test_bytes_cut_doubled_and_changed(slack: Slack, bot: LivingBot, requests: Requests, tmp_path: Path) -> None:
    """Signed all the same: as if Slack's own words had been damaged on the way to its signature."""
    counts = Counts()
    for kind, payload in requests.all[::3]:
        raw, content_type = encoded(kind, payload)
        damaged = (
            raw[: len(raw) // 2], raw[:-1], raw + raw, raw[len(raw) // 3 :], raw.replace(b"%22", b"%00", 3),
            raw.replace(b":", b"\xff", 2), raw[:40] + b"\xc3\x28\xff" + raw[40:], b"&" + raw, b"payload=1&" + raw,
            raw + b"&payload=%7B%7D&command=%2Frejected&team_id=T1", raw.replace(b"{", b"[", 1), b"\xef\xbb\xbf" + raw,
        )  # fmt: skip
        for body in damaged:
            receipt = await slack.sends(kind, body, {"Content-Type": content_type})
            assert receipt.status is not None and receipt.status < 500, body[:300]
            counts[f"{receipt.status // 100}xx"] += 1
    await bot.settles()
    assert rows.halves(tmp_path) == []
    counts.told("bytes damaged")


async def test_without_slacks_signature_nothing_gets_in(
    slack: Slack, bot: LivingBot, requests: Requests, tmp_path: Path
) -> None:
    counts, before = Counts(), rows.every(tmp_path)
    for kind, payload in requests.all:
        for how in ({"sign": False}, {"secret": "0" * 32}, {"timestamp": 1.0}):
            receipt = await slack.sends(kind, payload, **how)
            assert receipt.status == 401, payload
            counts["401"] += 1
    await bot.settles()
    assert rows.every(tmp_path) == before
    counts.told("unsigned, forged or stale")


@pytest.mark.parametrize("deep", [50, 2_000, 50_000])
async def test_nested_as_deep_as_it_gets(slack: Slack, bot: LivingBot, tmp_path: Path, deep: int) -> None:
    for body in (b'{"a":' * deep, b"[" * deep + b"]" * deep, b'{"event":' * deep + b"1" + b"}" * deep):
        for kind, form in (("event", "application/json"), ("interaction", FORM)):
            raw = body if kind == "event" else b"payload=" + quote(body.decode()).encode()
            receipt = await slack.sends(kind, raw, {"Content-Type": form})
            assert receipt.status == 200 or 400 <= (receipt.status or 0) < 500
    await bot.settles()
    assert rows.every(tmp_path)["members"] == set()


PATHS = (
    "/", "/privacy", "/support", "/slack/events", "/slack/install", "/slack/oauth_redirect", "/healthz", "/readyz",
    "/metrics", "/_sandbox/clock", "/nothing", "//", "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/%00", "/%ff",
    "/slack/events/../../metrics", "/" + "a" * 6000, "/?" + "q=1&" * 1500, "/privacy/", "/*", "/;",
    "/.env", "/onward.db",
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "FOO")
HEADERS: tuple[dict[str, str], ...] = (
    {}, {"X-Forwarded-For": "127.0.0.1", "Forwarded": "for=127.0.0.1"}, {"Host": "evil.example"},
    {"Content-Type": "multipart/form-data; boundary=x"}, {"Cookie": "onward_install=" + "x" * 4000},
    {"Accept-Language": "\x80" * 40}, {"Content-Encoding": "gzip"}, {"Authorization": "Bearer " + "x" * 1000},
)  # fmt: skip


async def test_every_address_by_every_method(slack: Slack, bot: LivingBot, requests: Requests, tmp_path: Path) -> None:
    counts, before = Counts(), rows.every(tmp_path)
    async with aiohttp.ClientSession() as session:
        for path in PATHS:
            for method in METHODS:
                for number, headers in enumerate(HEADERS):
                    body = urlencode({"command": "/rejected"}).encode() if method in ("POST", "PUT") else None
                    url = URL(f"{bot.url}{path}", encoded=True)
                    async with session.request(
                        method, url, data=body, headers=headers, allow_redirects=False
                    ) as answer:
                        text = await answer.text()
                    assert answer.status < 500, (method, path[:60], number, answer.status)
                    assert "Traceback" not in text and "evil.example" not in text, (method, path[:60], number)
                    counts[f"{answer.status // 100}xx"] += 1
    await bot.settles()
    assert rows.every(tmp_path) == before
    counts.told("addresses and methods")
