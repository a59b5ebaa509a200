"""How long Slack waits for the answer to /rejected: on SQLite, over HTTP, ten in flight.

``.venv/bin/python -m benchmarks.rejected [how many]`` prints p50, p99 and the rate. The bot is a process of its own, as
in production, against the local Slack in this one.
"""

from __future__ import annotations

import asyncio
import os
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp

from bot.sandbox.limits import Rates
from bot.sandbox.people import User
from bot.sandbox.slack import Slack

IN_FLIGHT = 10
ROOT = Path(__file__).parent.parent
ROOMY = Rates(
    posts_a_second=1000, post_burst=1000, tiers={"1": 60000, "2": 60000, "3": 60000, "4": 60000, "special": 60000}
)


async def measure(many: int) -> list[float]:
    """Seconds from the request to the acknowledgement, one member each."""
    async with Slack.open(rates=ROOMY) as slack:
        _enrol(slack, many)
        with tempfile.TemporaryDirectory() as folder:
            async with bot(slack, Path(folder)):
                seconds = await _all(slack, many)
                await slack.until(lambda: _threads(slack) == many, timeout=120)
    return seconds


@asynccontextmanager
async def bot(slack: Slack, folder: Path) -> AsyncIterator[None]:
    """``python -m bot run`` on a fresh SQLite file, until it says it is ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    environ = {
        "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret,
        "SLACK_API_URL": slack.api_url, "DATABASE_URL": f"sqlite:///{folder}/onward.db", "PORT": url.rpartition(":")[2],
    }  # fmt: skip
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", cwd=ROOT, env=os.environ | environ, stderr=asyncio.subprocess.DEVNULL
    )
    await _ready(url)
    await slack.connect(f"{url}/slack/events")
    yield
    process.terminate()
    await process.wait()


async def _ready(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(300):
            try:
                async with session.get(f"{url}/readyz") as answer:
                    if answer.ok:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(0.1)
    raise TimeoutError("the bot did not get ready")


def _enrol(slack: Slack, many: int) -> None:
    general = slack.platform.workspace.channel("general")
    assert general is not None
    for number in range(many):
        user = User(f"U{number:08d}", f"m{number}", f"Member {number}", "Europe/Berlin", "member")
        slack.platform.workspace.users[user.id] = user
        general.members.append(user.id)


def _threads(slack: Slack) -> int:
    return sum(call.method == "chat.postMessage" for call in slack.calls) // 2


async def _all(slack: Slack, many: int) -> list[float]:
    places = asyncio.Semaphore(IN_FLIGHT)

    async def one(number: int) -> float:
        async with places:
            answer = await slack.types("/rejected Initech, Analyst", f"m{number}")
            assert answer.error is None, answer.error
            return answer.seconds

    return list(await asyncio.gather(*(one(number) for number in range(many))))


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    began = time.monotonic()
    seconds = sorted(asyncio.run(measure(many)))
    p50, p99 = statistics.median(seconds), seconds[int(len(seconds) * 0.99) - 1]
    sys.stdout.write(
        f"{many} commands, {IN_FLIGHT} in flight: p50 {p50 * 1000:.1f} ms, p99 {p99 * 1000:.1f} ms, "
        f"all in {time.monotonic() - began:.1f} s\n"
    )


if __name__ == "__main__":
    main()
