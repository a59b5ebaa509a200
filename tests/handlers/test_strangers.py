"""Requests that are not Slack's, or not what Slack would send: refused, never a 500, and nothing is written."""

import io
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.sandbox import payloads
from bot.sandbox.bot_door import FORM
from bot.sandbox.clock import machine_time
from bot.sandbox.kinds import Json
from bot.sandbox.signing import signed
from bot.sandbox.slack import Slack
from tests.living import LivingBot

JSON = "application/json"
TOO_OLD = 6 * 60  # seconds; Slack's own advice is to refuse what is older than five minutes

# What may come signed and all the same be nothing that Slack sends.
NONSENSE = {
    "bytes": (b"\x00\x01\x02\xfe\xff", FORM),
    "bytes as JSON": (b"\x00\x01\x02\xfe\xff", JSON),
    "words": (b"hello there", "text/plain"),
    "words as JSON": (b"hello there", JSON),
    "a form called a picture": (b"command=%2Frejected&team_id=T0RIVERSIDE&user_id=U0MAYA00001", "image/png"),
    "half a JSON": (b'{"type": "event_callback", "event": {', JSON),
    "a JSON list": (b"[1, 2, 3]", JSON),
    "a JSON number": (b"7", JSON),
    "a JSON null": (b"null", JSON),
    "a form with half a payload": (b"payload=%7B%22type%22", FORM),
    "a form whose payload is a list": (b"payload=[]", FORM),
    "a JSON deeper than anybody reads": (b"[" * 100_000, JSON),
    "nothing": (b"", FORM),
    "nothing as JSON": (b"", JSON),
    "a picture": (b"\x89PNG\r\n\x1a\n", "image/png"),
    "an event without an event": (b'{"type": "event_callback", "team_id": "T0RIVERSIDE"}', JSON),
    "a charset nobody has": (b"a=b", f"{FORM}; charset=klingon"),
}


@pytest.mark.parametrize(("body", "kind"), NONSENSE.values(), ids=NONSENSE)
async def test_nonsense_is_refused_and_nothing_is_kept(slack: Slack, bot: LivingBot, body: bytes, kind: str) -> None:
    receipt = await slack.sends("event", body, {"Content-Type": kind})
    assert receipt.status is not None and 400 <= receipt.status < 500
    assert await nothing_was_written(bot)


async def test_a_name_in_broken_utf8_still_opens_a_thread(slack: Slack, bot: LivingBot) -> None:
    form = urlencode(request(slack, "command") | {"text": "BROKEN"}).encode().replace(b"BROKEN", b"Init%FF%C3%28ech")
    assert (await slack.sends("command", form)).status == 200
    await bot.settles()
    assert len(slack.dm("maya")) == 2 and slack.failures == []


async def test_a_huge_body_is_refused_before_it_is_read(slack: Slack, bot: LivingBot) -> None:
    body, form = io.BytesIO(b"text=" + b"x" * 2 * 1024 * 1024), {"Content-Type": FORM}
    async with (
        aiohttp.ClientSession(headers=form) as session,
        session.post(f"{bot.url}/slack/events", data=body) as answer,
    ):
        assert answer.status == 413
    assert await nothing_was_written(bot)


@pytest.mark.parametrize(
    ("secret", "age", "sign"),
    [("f" * 32, 0, True), (None, TOO_OLD, True), (None, -TOO_OLD, True), (None, 0, False)],
    ids=["forged", "stale", "from the future", "unsigned"],
)
@pytest.mark.parametrize("kind", ["command", "interaction", "event"])
async def test_who_cannot_sign_is_not_let_in(
    slack: Slack, bot: LivingBot, kind: str, secret: str | None, age: int, sign: bool
) -> None:
    receipt = await slack.sends(kind, request(slack, kind), secret=secret, timestamp=machine_time() - age, sign=sign)
    assert receipt.status == 401 and await nothing_was_written(bot)


async def test_a_changed_body_does_not_fit_its_signature(slack: Slack, bot: LivingBot) -> None:
    ours = urlencode(request(slack, "command")).encode()
    receipt = await slack.sends("command", ours + b"x", signed(ours, slack.signing_secret))
    assert receipt.status == 401 and await nothing_was_written(bot)


@pytest.mark.parametrize("header", ["not a number", "", "9" * 400, "-1"])
async def test_a_time_nobody_can_read_is_no_signature(slack: Slack, bot: LivingBot, header: str) -> None:
    receipt = await slack.sends("command", request(slack, "command"), {"X-Slack-Request-Timestamp": header})
    assert receipt.status is not None and 400 <= receipt.status < 500 and await nothing_was_written(bot)


async def test_a_get_is_no_request_of_slacks(slack: Slack, bot: LivingBot) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{bot.url}/slack/events") as answer:
        assert answer.status == 405


async def test_a_workspace_we_are_not_in_is_told_so_and_nothing_is_kept(slack: Slack, bot: LivingBot) -> None:
    receipt = await slack.sends("command", request(slack, "command") | {"team_id": "T0STRANGERS"})
    assert receipt.status == 200 and "not ready here yet" in slack.ephemerals("maya")[-1].text
    assert await nothing_was_written(bot)


async def test_slacks_own_checks_are_answered(slack: Slack, bot: LivingBot) -> None:
    assert await slack.connect(f"{bot.url}/slack/events", f"{bot.url}/_sandbox/clock")
    receipt = await slack.sends("command", {"ssl_check": "1", "token": "x"})
    assert receipt.status == 200 and await nothing_was_written(bot)


async def test_a_verification_nobody_signed_is_not_answered(slack: Slack, bot: LivingBot) -> None:
    asked = {"type": "url_verification", "challenge": "abc", "token": "x"}
    receipt = await slack.sends("event", asked, secret="f" * 32)
    assert receipt.status == 401 and "abc" not in receipt.text


async def test_an_event_that_comes_twice_has_one_effect(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.says("stop")
    await bot.settles()
    await slack.sends_event_again("message")
    await bot.settles()
    assert len([each for each in slack.dm("maya") if "No more check-ins" in each.text]) == 1


async def test_a_late_copy_of_stop_does_not_undo_start(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.says("stop")
    await bot.settles()
    said_stop = next(each for each in reversed(slack.events) if each["event"].get("text") == "stop")
    await slack.says("start")
    await bot.settles()
    slack.platform.events.send_again(said_stop)
    await bot.settles()
    assert (await bot.ledger())[("check_ins.check_in", "planned", "")] == 4


async def test_an_event_of_another_version_is_taken(slack: Slack, bot: LivingBot) -> None:
    known = {"type": "event_callback", "team_id": slack.team_id, "event_id": "Ev0NEW", "event_time": 1}
    receipt = await slack.sends("event", known | {"event": {"type": "moon_phase_changed", "user": "U0MAYA00001"}})
    assert receipt.status == 200


def request(slack: Slack, kind: str) -> Json:
    """One that would begin something if it were Slack's."""
    place, maya = slack.platform.workspace.channels["C0GENERAL01"], slack.platform.workspace.user("maya")
    if kind == "command":
        return payloads.command(slack.platform, maya, place, "/rejected", "Initech")
    if kind == "interaction":
        return payloads.shortcut(slack.platform, maya, "rejected.begin")
    event = {"type": "message", "channel_type": "im", "channel": "D0", "user": maya.id, "text": "stop", "ts": "1.0"}
    return {"type": "event_callback", "team_id": slack.team_id, "event_id": "Ev0", "event": event}


async def nothing_was_written(bot: LivingBot) -> bool:
    """No member, no journey, no delivery, no event."""
    await bot.settles()
    counts = "SELECT (SELECT count(*) FROM members) + (SELECT count(*) FROM journeys) + (SELECT count(*) FROM events)"
    database = bot.onward.tools.store.database
    rows = await database.read(lambda connection: connection.exec_driver_sql(counts).scalar())
    return await bot.ledger() == {} and rows == 0
