"""The bot beside the sandbox: a process of its own, with a fresh database, told nothing but addresses and secrets."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp

from bot.sandbox.slack import Slack

CHECKOUT = Path(__file__).parents[2]
READY_SECONDS = 60.0
GOODBYE_SECONDS = 10.0
_OURS = (
    "SLACK_", "DATABASE_URL", "ENCRYPTION_KEY", "HOST", "PORT", "PUBLIC_URL", "OPERATOR_NAME", "METRICS_TOKEN",
    "DYNO", "RENDER", "RAILWAY_", "K_SERVICE",
)  # fmt: skip


class BotDied(Exception):
    """The bot ended before it was ready. The words are for the person at the terminal."""


class BotProcess:
    """``python -m bot run`` as an operator would start it; only SLACK_API_URL leads here."""

    def __init__(
        self, slack: Slack, say: Callable[[str], None], *, socket_mode: bool, words_dir: Path | None = None,
        by_oauth: bool = False,
    ) -> None:  # fmt: skip
        self._by_oauth = by_oauth
        self._slack, self._say, self._socket_mode, self._words_dir = slack, say, socket_mode, words_dir
        self._process: asyncio.subprocess.Process | None = None
        self._folder: Path | None = None
        self._watching: asyncio.Task[None] | None = None

    async def start(self) -> None:
        port = _free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="onward-sandbox-"))
        # Another working folder, so that a .env for a real workspace is not read here.
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=self._folder, env=self._environment(port),
            stdout=sys.stderr.fileno(), stderr=sys.stderr.fileno(), start_new_session=True,
        )  # fmt: skip
        await self._until_ready(f"http://127.0.0.1:{port}/readyz")
        self._slack.connect(f"http://127.0.0.1:{port}/slack/events", f"http://127.0.0.1:{port}/_sandbox/clock")
        await self._slack.platform.world.level_clock()
        self._watching = asyncio.create_task(self._watch(self._process))

    def _environment(self, port: int) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
        slack = {"SLACK_SIGNING_SECRET": self._slack.signing_secret, "SLACK_API_URL": self._slack.api_url}
        slack |= self._who(port)
        if self._socket_mode:
            slack["SLACK_APP_TOKEN"] = self._slack.app_token
        if self._words_dir:
            slack["WORDS_DIR"] = str(self._words_dir.resolve())
        path = os.pathsep.join(filter(None, (str(CHECKOUT), kept.get("PYTHONPATH"))))
        return kept | slack | {
            "DATABASE_URL": f"sqlite:///{self._folder}/onward.db", "HOST": "127.0.0.1", "PORT": str(port),
            "OPERATOR_NAME": self._slack.platform.workspace.name, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1",
        }  # fmt: skip

    def _who(self, port: int) -> dict[str, str]:
        """A token; or, where somebody has to install the app first, what it takes to be installed."""
        if not self._by_oauth:
            return {"SLACK_BOT_TOKEN": self._slack.bot_token}
        public = f"http://127.0.0.1:{port}"
        self._slack.platform.installs.redirect_urls[:] = [f"{public}/slack/oauth_redirect"]
        self._slack.platform.world.install_address = f"{public}/slack/install"
        return {
            "SLACK_CLIENT_ID": self._slack.client_id, "SLACK_CLIENT_SECRET": self._slack.client_secret,
            "PUBLIC_URL": public,
        }  # fmt: skip

    async def _until_ready(self, url: str) -> None:
        assert self._process is not None
        async with aiohttp.ClientSession() as session:
            for _ in range(int(READY_SECONDS / 0.1)):
                if self._process.returncode is not None:
                    raise BotDied(f"The bot ended with exit code {self._process.returncode} before it was ready.")
                with contextlib.suppress(aiohttp.ClientError, OSError, TimeoutError):
                    async with session.get(url, timeout=aiohttp.ClientTimeout(total=2)) as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.1)
        raise BotDied(f"The bot was not ready after {READY_SECONDS:.0f} seconds.")

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        code = await process.wait()
        self._say(f"The bot ended with exit code {code}. Reset in the page starts it anew; Ctrl-C ends the sandbox.")

    async def stop(self) -> None:
        if self._watching is not None:
            self._watching.cancel()
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                await asyncio.wait_for(self._process.wait(), GOODBYE_SECONDS)
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    @contextlib.asynccontextmanager
    async def anew(self) -> AsyncIterator[None]:
        """Around a reset: the old bot is gone before the workspace is, the new one comes after."""
        await self.stop()
        yield
        try:
            await self.start()
        except BotDied as died:
            self._say(str(died))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
