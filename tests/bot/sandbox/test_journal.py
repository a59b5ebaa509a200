"""The journal as a file, and replay: what people did is done again in a fresh workspace, over real processes."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import SandboxClock
from bot.sandbox.kinds import HandsError
from bot.sandbox.replay import NoJournal, Replay, Step, Story
from bot.sandbox.slack import Slack
from tests.bot.sandbox.processes import Json, Sandbox, bot, sandbox
from tests.bot.sandbox.test_small_bolt_app import APP, MANIFEST, dms

FRIDAY = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)


def lines(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text().splitlines()]


async def test_every_exchange_is_a_line_with_its_time_and_place(
    slack: Slack, bolt_app: AsyncApp, serve: Any, client: AsyncWebClient, tmp_path: Path
) -> None:
    @bolt_app.command("/probe")
    async def probe(ack: Any, respond: Any) -> None:
        await ack(text="heard")
        await respond(text="and answered")

    await serve(bolt_app)
    slack.clock.set(FRIDAY)
    slack.records(tmp_path / "story.jsonl")
    await slack.types("/probe Initech", as_="sam")
    await slack.until(lambda: len(slack.ephemerals("sam")) == 2)
    await client.auth_test()
    written = lines(tmp_path / "story.jsonl")
    assert (written[0]["direction"], written[0]["time"][:16]) == ("begin", "2026-11-20T16:40")
    ways = [(each["direction"], each["what"], each["path"]) for each in written[1:]]
    assert ways[0] == ("by_hand", "types", None)
    assert set(ways[1:]) == {
        ("to_bot", "command", "/slack/events"),
        ("to_slack", "response_url", "/hooks/"),
        ("to_slack", "auth.test", "/api/auth.test"),
    }
    assert written[1]["request"] == {"as": "sam", "text": "/probe Initech", "channel": "general"}
    command = next(each for each in written[1:] if each["what"] == "command")
    assert command["request"]["text"] == "Initech" and command["response"] == "heard" and command["status"] == 200
    assert all(written[n]["at"] <= written[n + 1]["at"] for n in range(len(written) - 2))


async def test_neither_tokens_nor_secrets_are_written(
    slack: Slack, bolt_app: AsyncApp, serve: Any, client: AsyncWebClient, tmp_path: Path
) -> None:
    await serve(bolt_app)
    slack.records(tmp_path / "story.jsonl")
    await client.api_call("auth.test", data={"token": slack.bot_token})
    dm = (await client.conversations_open(users="U0MAYA00001"))["channel"]["id"]
    await client.chat_postMessage(channel=dm, text=f"mine is {slack.bot_token}, xoxb-1-2-3 and {slack.signing_secret}")
    await slack.types("/probe")
    await slack.sends("command", {"token": slack.platform.world.verification_token})
    written = (tmp_path / "story.jsonl").read_text()
    secrets = (
        slack.bot_token,
        slack.app_token,
        slack.signing_secret,
        slack.platform.world.verification_token,
        "xoxb-1",
    )
    assert not [each for each in secrets if each in written]
    assert "mine is ***, *** and ***" in written


async def test_a_journal_is_never_written_over(slack: Slack, tmp_path: Path) -> None:
    slack.records(tmp_path / "one.jsonl")
    with pytest.raises(FileExistsError):
        slack.records(tmp_path / "one.jsonl")


@pytest.mark.parametrize("text", ["", "words", '{"direction": "to_bot"}', '{"direction": "begin", "version": 99}'])
def test_what_is_no_journal_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "story.jsonl").write_text(text)
    with pytest.raises(NoJournal, match=r"story\.jsonl"):
        Story.read(tmp_path / "story.jsonl")


async def test_a_step_that_cannot_be_done_stops_the_replay(slack: Slack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sandbox.replay.PATIENCE_SECONDS", 0.05)
    step = Step(3, slack.clock.unix(), "presses", {"as": "maya", "label": "Done", "nth": 0, "on": "home"})
    with pytest.raises(HandsError, match=r"step 3 \(maya presses Done\): no home is open"):
        await Replay(slack).run(Story(slack.clock.unix(), (step,)))


async def lives(slack: Slack, client: AsyncWebClient) -> None:
    """A bit of everything a hand can do."""
    options = [{"text": {"type": "plain_text", "text": name}, "value": name} for name in ("early", "late")]
    menu: Json = {"type": "static_select", "options": options}
    button: Json = {"type": "button", "text": {"type": "plain_text", "text": "Done"}}
    blocks: list[Json] = [{"type": "actions", "elements": [button, menu]}, {"type": "actions", "elements": [button]}]
    dm = (await client.conversations_open(users="U0MAYA00001"))["channel"]["id"]
    for words in ("one", "two"):
        await client.chat_postMessage(channel=dm, text=words, blocks=blocks)


async def test_each_hand_is_done_again_on_the_same_thing(tmp_path: Path, manifest: Json) -> None:
    """The second button of the first message, although nobody gave it an id and its ids are others now."""
    heard: list[list[str]] = []
    for replays in (False, True):
        said: list[str] = []
        async with Slack.open(manifest=manifest, clock=SandboxClock(FRIDAY), retry_delays=()) as slack:
            client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
            await lives(slack, client)
            if replays:
                await Replay(slack).run(Story.read(tmp_path / "story.jsonl"))
            else:
                slack.records(tmp_path / "story.jsonl")
                await plays(slack)
            for entry in slack.platform.journal.entries("to_bot"):
                action = (entry.request.get("actions") or [{}])[0]
                words = entry.request.get("message", {}).get("text"), entry.request.get("event", {}).get("text")
                said.append(f"{entry.what} {words} {action.get('type')} {action.get('selected_option')}")
            said += [f"{each.text} {each.is_reply} {each.user}" for each in slack.messages()]
            said.append(f"{slack.platform.workspace.user('noor').tz} {slack.clock.now():%F %H}")
        heard.append(sorted(said))  # events are on their way all at once
    assert heard[0] == heard[1] and len(heard[0]) > 12


async def plays(slack: Slack) -> None:
    first = slack.dm("maya")[0]
    second_button = first.blocks[1]["block_id"]
    await slack.presses("Done", ts=first.ts, block_id=second_button)
    await slack.chooses(first.blocks[0]["elements"][1]["action_id"], "late", ts=first.ts)
    await slack.says("in a thread", thread_ts=first.ts)
    await slack.says("hello all", as_="sam", channel="#general")
    await slack.opens_home("noor")
    await slack.changes_profile("noor", tz="Asia/Tokyo")
    await slack.uses_shortcut("probe.message", ts=slack.messages("#general")[-1].ts)
    await slack.invites_the_bot("#general")
    await slack.advances("1d2h")
    await slack.says("a day later")
    await slack.uninstalls()
    await slack.settles()


async def story_of(running: Sandbox) -> None:
    """A conversation over a day, in a workspace of its own."""
    await running.post("type", text="/lunch soup", **{"as": "sam"})
    await running.until(dms)
    await running.post("press", label="Order", **{"as": "sam"})
    await running.until(lambda state: state["views"]["U0SAM000001"]["modals"])
    assert not (await running.post("submit", values={"How many?": "two"}, **{"as": "sam"}))["ok"]
    assert (await running.post("submit", values={"How many?": "2"}, **{"as": "sam"}))["ok"]
    await running.until(lambda state: dms(state)[0]["text"] == "2 ordered.")
    await running.post("clock", advance="1d")
    await running.post("say", text="thank you", **{"as": "sam"})
    await running.until(lambda state: len(dms(state)) == 3)


def told(state: Json) -> list[tuple[str, str, bool, int]]:
    return [(each["text"], each["user"], "thread_ts" in each, int(float(each["ts"]))) for each in dms(state)]


async def connected(running: Sandbox, port: int) -> None:
    assert (await running.post("connect", request_url=f"http://127.0.0.1:{port}/slack/events"))["verified"]


async def test_a_recorded_story_is_told_again_by_other_processes(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(json.dumps(MANIFEST))
    story, usual = tmp_path / "story.jsonl", ("--manifest", str(tmp_path / "manifest.json"))
    async with sandbox(*usual, "--journal", str(story)) as running, bot(APP, running) as port:
        await connected(running, port)
        await story_of(running)
        before = told(await running.state())
        assert await running.ends() == 0
    async with sandbox(*usual, "--replay", str(story)) as running, bot(APP, running) as port:
        await connected(running, port)
        assert await running.line() == "Replayed 6 steps."
        await running.until(lambda state: len(dms(state)) == 3)
        after = told(await running.state())
        assert await running.ends() == 0
    assert [each[:3] for each in after] == [each[:3] for each in before]
    assert all(abs(one[3] - two[3]) < 30 for one, two in zip(before, after, strict=True))
