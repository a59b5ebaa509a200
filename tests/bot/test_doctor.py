"""``python -m bot doctor`` on set-ups that are broken, each in its own way: it names the fault and the remedy."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import create_engine, text

from bot.commands import doctor
from bot.doctor.finding import WRONG
from bot.sandbox.slack import Slack
from bot.vault import new_key
from tests.installing import Browser, town
from tests.living import ROOMY, LivingBot

ROOT = Path(__file__).parents[2]
MAYA = "U0MAYA00001"
MOST_S = 60


@dataclass
class SetUp:
    """An installation that is in order, until a test breaks it."""

    slack: Slack
    folder: Path
    given: dict[str, str] = field(default_factory=dict)
    postgres: str = ""

    @property
    def database(self) -> Path:
        return self.folder / "onward.db"

    def environment(self) -> dict[str, str]:
        return {
            "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PORT": "1",
            "SLACK_BOT_TOKEN": self.slack.bot_token, "SLACK_SIGNING_SECRET": self.slack.signing_secret,
            "SLACK_API_URL": self.slack.api_url, "DATABASE_URL": f"sqlite:///{self.database}",
        } | self.given  # fmt: skip

    async def runs(self, *command: str) -> tuple[int, str, str]:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *command, cwd=self.folder, env=self.environment(),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        out, wrong = await asyncio.wait_for(process.communicate(), MOST_S)
        return process.returncode or 0, out.decode(), wrong.decode()

    async def faults(self) -> dict[str, tuple[str, str]]:
        """What is wrong, by check: the sentence and its remedy. In this process, which takes no second to start."""
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(self.folder)
            for name, value in self.environment().items():
                patch.setenv(name, value)
            found = await doctor.findings()
        return {each.check: (each.said, each.remedy) for each in found if each.state == WRONG}

    async def begins(self) -> None:
        """Its database and key are made, as a first start makes them."""
        bot = LivingBot(self.slack, self.folder)
        await bot.start()
        await bot.stop()


@pytest.fixture
async def set_up(tmp_path: Path) -> AsyncIterator[SetUp]:
    async with Slack.open(rates=ROOMY) as slack:
        set_up = SetUp(slack, tmp_path)
        await set_up.begins()
        yield set_up


async def no_token(set_up: SetUp) -> None:
    set_up.given["SLACK_BOT_TOKEN"] = ""


async def token_of_another_kind(set_up: SetUp) -> None:
    set_up.given["SLACK_BOT_TOKEN"] = "xoxp-somebody"


async def token_revoked(set_up: SetUp) -> None:
    set_up.slack.fault("auth.test", "error:token_revoked")


async def slack_out_of_reach(set_up: SetUp) -> None:
    set_up.given["SLACK_API_URL"] = "http://127.0.0.1:1/"


async def scope_missing(set_up: SetUp) -> None:
    set_up.slack.platform.scopes = tuple(each for each in set_up.slack.platform.scopes if each != "im:history")


async def secret_is_a_token(set_up: SetUp) -> None:
    set_up.given["SLACK_SIGNING_SECRET"] = "AbCdEfGhIjKlMnOpQrStUvWx"


async def key_file_lost(set_up: SetUp) -> None:
    set_up.database.with_name("onward.db.key").unlink()


async def key_of_another_database(set_up: SetUp) -> None:
    set_up.given["ENCRYPTION_KEY"] = new_key()


async def key_garbled(set_up: SetUp) -> None:
    set_up.given["ENCRYPTION_KEY"] = "short"


async def key_file_open_to_all(set_up: SetUp) -> None:
    set_up.database.with_name("onward.db.key").chmod(0o644)


async def database_damaged(set_up: SetUp) -> None:
    set_up.database.write_bytes(b"this is no database, but it was one " * 300)


async def database_away(set_up: SetUp) -> None:
    set_up.given |= {"DATABASE_URL": "postgresql://127.0.0.1:1/onward", "ENCRYPTION_KEY": new_key()}


async def schema_behind(set_up: SetUp) -> None:
    engine = create_engine(set_up.postgres)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    engine.dispose()
    set_up.given |= {"DATABASE_URL": set_up.postgres, "ENCRYPTION_KEY": new_key()}


async def nobody_sends(set_up: SetUp) -> None:
    bot = LivingBot(set_up.slack, set_up.folder)
    await bot.start()
    await set_up.slack.types("/rejected Initech")
    await bot.settles()
    await bot.stop()
    with sqlite3.connect(set_up.database) as connection:
        connection.execute("UPDATE deliveries SET due_at = 1000 WHERE state = 'planned'")


async def words_wrong(set_up: SetUp) -> None:
    words = set_up.folder / "words" / "en"
    words.mkdir(parents=True)
    (words / "phrases.toml").write_text('[labels]\ndone = "unfinished', encoding="utf-8")
    set_up.given["WORDS_DIR"] = str(words.parent)


async def socket_refused(set_up: SetUp) -> None:
    set_up.slack.fault("apps.connections.open", "error:invalid_auth")
    set_up.given["SLACK_APP_TOKEN"] = set_up.slack.app_token


async def disk_forgotten(set_up: SetUp) -> None:
    set_up.given["DYNO"] = "web.1"


async def folder_gone(set_up: SetUp) -> None:
    set_up.given["DATABASE_URL"] = f"sqlite:///{set_up.folder}/nowhere/onward.db"


BROKEN: dict[str, tuple[Callable[[SetUp], Awaitable[None]], str, str, str]] = {
    "no token": (no_token, "settings", "SLACK_BOT_TOKEN is missing", "OAuth & Permissions"),
    "a user's token": (token_of_another_kind, "settings", "must begin with xoxb-", "Correct it"),
    "token revoked": (token_revoked, "token", "token_revoked", "Install the app again"),
    "slack out of reach": (slack_out_of_reach, "token", "cannot be reached", "network"),
    "a scope is missing": (scope_missing, "scopes", "lacks im:history", "install it again"),
    "secret is a token": (secret_is_a_token, "secret", "does not look like one", "Signing Secret"),
    "key file lost": (key_file_lost, "key", "is missing", "Put it back from a backup"),
    "key of another database": (key_of_another_database, "key", "does not open", "Put back the key"),
    "key garbled": (key_garbled, "key", "is not a Fernet key", "keys new"),
    "key file open to all": (key_file_open_to_all, "key", "Others may read", "chmod 600"),
    "database damaged": (database_damaged, "database", "cannot be used", "restore"),
    "database away": (database_away, "database", "cannot be used", "Is the server running"),
    "schema behind": (schema_behind, "schema", "older schema", "db upgrade"),
    "nobody sends": (nobody_sends, "queue", "has been due for", "`run` or `work`"),
    "words wrong": (words_wrong, "words", "phrases.toml", ""),
    "socket refused": (socket_refused, "socket", "invalid_auth", "connections:write"),
    "disk forgotten": (disk_forgotten, "disk", "forgets its disk", "PostgreSQL"),
    "folder gone": (folder_gone, "disk", "There is no folder", "Make it"),
}


@pytest.mark.parametrize(("breaks", "check", "said", "remedy"), BROKEN.values(), ids=BROKEN)
async def test_each_fault_is_named_with_its_remedy_and_nothing_else_is(
    set_up: SetUp,
    request: pytest.FixtureRequest,
    breaks: Callable[[SetUp], Awaitable[None]],
    check: str,
    said: str,
    remedy: str,
) -> None:
    if breaks is schema_behind:
        set_up.postgres = request.getfixturevalue("migrated_postgres")
    await breaks(set_up)
    found = await set_up.faults()
    assert list(found) == [check], found
    assert said in found[check][0] and remedy in found[check][1] and found[check][1]
    assert set_up.slack.bot_token not in str(found) and set_up.slack.signing_secret not in str(found)


async def test_what_is_in_order_is_said_to_be_and_nothing_is_changed(set_up: SetUp) -> None:
    before = {each.name: each.read_bytes() for each in set_up.folder.iterdir()}
    code, out, _ = await set_up.runs("doctor")
    assert code == 0 and "FAULT" not in out
    for check in (
        "settings",
        "disk",
        "words",
        "secret",
        "database",
        "schema",
        "key",
        "queue",
        "token",
        "scopes",
        "clock",
    ):
        assert f"ok     {check} " in out, out
    after = {
        each.name: each.read_bytes() for each in set_up.folder.iterdir() if each.suffix not in (".db-wal", ".db-shm")
    }
    assert before == {name: after[name] for name in before}


async def test_before_the_first_start_it_makes_nothing(set_up: SetUp, tmp_path: Path) -> None:
    set_up.folder = tmp_path / "fresh"
    set_up.folder.mkdir()
    assert await set_up.faults() == {} and list(set_up.folder.iterdir()) == []


async def test_a_scope_nobody_has_to_grant_is_no_fault(set_up: SetUp) -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text(encoding="utf-8"))
    optional = manifest["oauth_config"]["scopes"]["bot_optional"]
    set_up.slack.platform.scopes = tuple(each for each in set_up.slack.platform.scopes if each not in optional)
    code, out, _ = await set_up.runs("doctor")
    assert code == 0 and "note   scopes" in out and all(each in out for each in optional)


async def test_several_faults_are_all_named(set_up: SetUp) -> None:
    await scope_missing(set_up)
    await key_of_another_database(set_up)
    await words_wrong(set_up)
    code, out, wrong = await set_up.runs("doctor", "--json")
    assert (code, wrong) == (1, "")
    assert {each["check"] for each in json.loads(out) if each["state"] == "wrong"} == {"scopes", "key", "words"}


async def test_a_clock_that_is_off_is_told_from_slacks_own(set_up: SetUp) -> None:
    async with answering("auth.test", {"Date": "Sat, 02 Jan 2010 10:00:00 GMT"}, set_up) as url:
        set_up.given["SLACK_API_URL"] = url
        found = await set_up.faults()
    assert list(found) == ["clock"] and "ahead of Slack" in found["clock"][0] and "Set its clock" in found["clock"][1]


async def test_the_bot_that_runs_is_asked_and_its_address_tried(set_up: SetUp) -> None:
    bot = LivingBot(set_up.slack, set_up.folder)
    await bot.start()
    set_up.given |= {"PORT": bot.url.rpartition(":")[2], "PUBLIC_URL": bot.url}
    code, out, _ = await set_up.runs("doctor")
    assert code == 0 and "It runs and is ready." in out and "PUBLIC_URL leads to this bot." in out
    await set_up.slack.sends("command", b"command=%2Frejected", secret="f" * 32)
    set_up.given["SLACK_SIGNING_SECRET"] = "0" * 32
    assert "another signing secret" in (await set_up.faults())["address"][0]
    set_up.given["PUBLIC_URL"] = set_up.slack.url
    assert "leads somewhere else" in (await set_up.faults())["address"][0]
    await bot.stop()


async def test_a_bot_that_refused_every_request_has_the_wrong_secret(set_up: SetUp) -> None:
    bot = LivingBot(set_up.slack, set_up.folder, slack_signing_secret="0" * 32)
    await bot.start()
    await set_up.slack.types("/rejected")
    set_up.given |= {"PORT": bot.url.rpartition(":")[2], "SLACK_SIGNING_SECRET": "0" * 32}
    found = await set_up.faults()
    assert "refused every request" in found["secret"][0] and "Basic Information" in found["secret"][1]
    await bot.stop()


async def test_a_probe_posts_looks_and_deletes(set_up: SetUp) -> None:
    code, out, wrong = await set_up.runs("doctor", "--probe", "--member", MAYA)
    assert (code, wrong) == (0, "") and out.count("delivery") == 4, out
    assert set_up.slack.dm("maya") == []
    code, _, wrong = await set_up.runs("doctor", "--probe")
    assert code == 2 and "--member" in wrong


@asynccontextmanager
async def answering(method: str, headers: dict[str, str], set_up: SetUp) -> AsyncIterator[str]:
    """A Slack that answers one method, with headers of its own."""

    async def answer(_: web.Request) -> web.StreamResponse:
        said: dict[str, Any] = {"ok": True, "user": "onward", "team": "Riverside"}
        return web.json_response(said, headers=headers | {"X-OAuth-Scopes": ",".join(set_up.slack.platform.scopes)})

    app = web.Application()
    app.router.add_post(f"/{method}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def test_a_socket_is_asked_for_where_there_is_one(tmp_path: Path) -> None:
    async with Slack.open(rates=ROOMY, socket_mode=True) as slack:
        set_up = SetUp(slack, tmp_path, {"SLACK_APP_TOKEN": slack.app_token})
        code, out, _ = await set_up.runs("doctor")
    assert code == 0 and "Slack would open a socket." in out


async def test_where_workspaces_install_it_each_token_is_tried(tmp_path: Path) -> None:
    async with town(tmp_path) as opened, Browser(opened.bot) as robin:
        for slack in (opened.riverside, opened.lakeside):
            assert (await robin.installs(slack)).status == 200
        await opened.settles()
        given = {"SLACK_BOT_TOKEN": "", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "0" * 32}
        set_up = SetUp(opened.riverside, tmp_path, given | {"PUBLIC_URL": "http://127.0.0.1:1"})
        assert set(await set_up.faults()) == {"address"}
        opened.lakeside.fault("auth.test", "error:account_inactive", team=opened.lakeside.team_id)
        said, remedy = (await set_up.faults())["token"]
    assert "1 of 2 workspaces' tokens (account_inactive)" in said and "install the app again" in remedy
