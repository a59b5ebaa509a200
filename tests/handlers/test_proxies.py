"""HTTP as it really arrives: trickled, cut off by a proxy, given up half-way, or while the bot is being stopped."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

from yarl import URL

from bot.sandbox import payloads
from bot.sandbox.bot_door import FORM
from bot.sandbox.signing import signed
from bot.sandbox.slack import Slack
from tests.living import QUICK, LivingBot


async def connected(bot: LivingBot) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    here = URL(bot.url)
    return await asyncio.open_connection(here.host, here.port)


def a_command(slack: Slack, text: str = "Initech", *, say: int = 0) -> bytes:
    """A whole request as Slack sends it, ``say`` bytes longer than it is."""
    place, maya = slack.platform.workspace.channels["C0GENERAL01"], slack.platform.workspace.user("maya")
    body = urlencode(payloads.command(slack.platform, maya, place, "/rejected", text)).encode()
    head = {"Host": "bot", "Content-Type": FORM, "Content-Length": str(len(body) + say)}
    head |= signed(body, slack.signing_secret)
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"POST /slack/events HTTP/1.1\r\n{lines}\r\n".encode() + body


async def test_a_proxy_that_cuts_before_it_heard_the_answer_loses_no_thread(slack: Slack, bot: LivingBot) -> None:
    for _ in range(3):  # and nobody gets three for typing it again
        _reader, writer = await connected(bot)
        writer.write(a_command(slack))
        await writer.drain()
        writer.transport.abort()
    await slack.until(lambda: len(slack.dm("maya")) == 2)
    await bot.settles()
    assert len(slack.dm("maya")) == 2


async def test_who_trickles_a_request_is_let_go(slack: Slack, tmp_path: Path) -> None:
    bot = LivingBot(slack, tmp_path, pace=replace(QUICK, body=0.2))
    await bot.start()
    reader, writer = await connected(bot)
    writer.write(a_command(slack, say=1000))
    assert b"408" in await reader.readline()
    writer.close()
    await bot.settles()
    assert slack.dm("maya") == []
    await bot.stop()


async def test_half_a_request_is_none(slack: Slack, bot: LivingBot) -> None:
    _reader, writer = await connected(bot)
    writer.write(a_command(slack)[:-10])
    await writer.drain()
    writer.transport.abort()
    assert (await slack.types("/rejected Hooli")).ok
    await bot.settles()
    assert len(slack.dm("maya")) == 2 and await bot.ledger()


async def test_two_requests_in_one_go_are_two(slack: Slack, bot: LivingBot) -> None:
    reader, writer = await connected(bot)
    writer.write(a_command(slack, "Initech") + a_command(slack, "Hooli"))
    assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 200")
    await slack.until(lambda: len(slack.dm("maya")) == 4)
    writer.close()


async def test_a_request_with_two_lengths_or_a_hidden_second_one_is_refused(slack: Slack, bot: LivingBot) -> None:
    """What a proxy and we could read differently."""
    twice = a_command(slack).replace(b"Content-Length:", b"Content-Length: 3\r\nContent-Length:", 1)
    both = a_command(slack).replace(b"Content-Length:", b"Transfer-Encoding: chunked\r\nContent-Length:", 1)
    for request in (twice, both):
        reader, writer = await connected(bot)
        writer.write(request)
        assert b"400" in await reader.readline()
        writer.close()
    await bot.settles()
    assert slack.dm("maya") == []


async def test_who_heard_an_answer_while_the_bot_was_stopped_gets_the_thread(slack: Slack, tmp_path: Path) -> None:
    bot = LivingBot(slack, tmp_path)
    await bot.start()
    typing = [asyncio.create_task(slack.types(f"/rejected Company {number}")) for number in range(8)]
    await asyncio.wait(typing, return_when=asyncio.FIRST_COMPLETED)
    await bot.stop()
    answers = await asyncio.gather(*typing)
    heard = [each for each in answers if each.text.startswith("I'm sorry")]
    assert heard and all(each in heard or each.error == "dispatch_failed" for each in answers)
    await bot.start()
    await bot.settles()
    assert len(heard) <= len(slack.dm("maya")) / 2 <= 8
    await bot.stop()
