"""The same main job with PostgreSQL under it: what differs is the database and nothing else."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine, make_url, select, text

from bot import schema
from bot.app import build
from bot.exceptions import Refusal
from bot.sandbox.slack import Slack
from bot.settings import read
from bot.store.values import NoteKind
from bot.tables import metadata
from bot.vault import new_key
from tests.handlers import shared as sharing
from tests.handlers.kept_words import MAYA
from tests.handlers.test_check_ins import check_ins
from tests.handlers.test_database_trouble import SORRY
from tests.handlers.test_keep_in_touch import asks, notes
from tests.living import LivingBot


@pytest.fixture
async def bot(slack: Slack, tmp_path: Path, postgres_database: str) -> AsyncIterator[LivingBot]:
    engine = create_engine(postgres_database)
    schema.upgrade(engine)
    engine.dispose()
    bot = LivingBot(slack, tmp_path, database_url=postgres_database, encryption_key=new_key())
    await bot.start()
    yield bot
    await bot.stop()


async def test_a_thread_four_check_ins_and_an_end(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech, Analyst")
    await bot.settles()
    for label in ("Done", "Not now", "Done", "Done"):
        await slack.presses(label)
        await bot.settles()
    assert "You went through all four" in slack.dm("maya")[0].text
    await slack.advances("30d")
    assert len(check_ins(slack)) == 4


async def test_the_same_words_again_stop_and_delete(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await slack.types("/rejected Initech")
    await slack.types("/rejected stop")
    await bot.settles()
    assert len([each for each in slack.dm("maya") if not each.is_reply]) == 1
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    await bot.onward.erasing.run()
    assert slack.dm("maya") == [] and await bot.ledger() == {}


async def test_what_is_shared_without_a_name_is_posted_once_answered_and_taken_back(
    slack: Slack, bot: LivingBot
) -> None:
    await sharing.with_a_community(slack, bot)
    await sharing.shares(slack, bot)
    await sharing.later(slack, bot, "90m")
    for who in ("alex", "robin"):
        await sharing.opens_queue(slack, bot, who)
    await asyncio.gather(*(slack.presses("Post it", who) for who in ("alex", "robin")))
    await sharing.later(slack, bot, "7h")
    await sharing.later(slack, bot, "14h")
    (post,) = sharing.posts(slack)
    await sharing.replies(slack, bot, "It helped me too.", post)
    assert len(sharing.letters(slack, "Somebody answers")) == 1
    rows = await bot.onward.tools.store.database.read(about_sharing)
    assert rows and MAYA.user not in str(rows) and sharing.WORDS not in str(rows)
    await sharing.opens_form(slack, bot)
    await slack.presses("Take back 1")
    await bot.onward.erasing.run()
    assert sharing.posts(slack) == []


def about_sharing(connection: Connection) -> list[str]:
    tables = [each for each in metadata.sorted_tables if each.name.startswith(("sharing", "deliveries"))]
    return [str(row) for each in tables for row in connection.execute(select(each)) if "shar" in str(row)]


async def test_several_noes_make_one_short_thread_one_message_a_week_and_go_together(
    slack: Slack, bot: LivingBot
) -> None:
    await slack.uses_shortcut("I got a rejection")
    await slack.presses("I've had many")
    await slack.submits({"One a line: Company, Role": "Initech\nHooli\nGlobex"})
    await bot.settles()
    assert slack.dm("maya")[0].text.startswith("Another no.")
    await slack.types("/rejected Umbrella")
    await slack.advances("8d")
    (digest,) = check_ins(slack)
    assert "Still open: Close the loop kindly." in digest.text
    await slack.presses("Remove this", ts=slack.dm("maya")[0].ts)
    await bot.settles()
    journeys = await bot.onward.tools.store.journeys.recent(MAYA, limit=9)
    assert [each.name for each in journeys] == ["Umbrella"] and journeys[0].short


async def test_lost_it_says_so_and_the_second_try_brings_one_thread(
    slack: Slack, bot: LivingBot, postgres_database: str
) -> None:
    with lost(postgres_database):
        refused = await slack.types("/rejected Initech")
    assert refused.text == SORRY and refused.seconds < 3
    again = await slack.types("/rejected Initech")
    await bot.settles()
    assert again.text.startswith("I'm sorry") and len(slack.dm("maya")) == 2 and slack.failures == []


async def test_lost_right_after_the_acknowledgement_the_thread_comes_once_it_is_back(
    slack: Slack, bot: LivingBot, postgres_database: str
) -> None:
    slack.fault("users.info", "late", seconds=0.5)
    assert (await slack.types("/rejected Initech")).text.startswith("I'm sorry")
    await slack.until(lambda: [each for each in slack.calls if each.method == "users.info"])
    with lost(postgres_database):
        assert (await slack.types("/rejected Hooli", "sam")).text == SORRY
        assert slack.dm("maya") == []
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=20)
    await bot.settles()
    assert len(slack.dm("maya")) == 2 and slack.dm("sam") == []


@pytest.mark.parametrize("table", ["members", "journeys"])
async def test_locked_it_says_so_within_slacks_three_seconds(
    slack: Slack, bot: LivingBot, postgres_database: str, table: str
) -> None:
    with locked(postgres_database, table):
        refused = await slack.types("/rejected Initech")
    assert refused.text == SORRY and 1.4 < refused.seconds < 3
    await slack.types("/rejected Initech")
    await bot.settles()
    assert len(slack.dm("maya")) == 2 and slack.failures == []


async def test_locked_when_the_shortcut_is_used_it_says_so_there(
    slack: Slack, bot: LivingBot, postgres_database: str
) -> None:
    with locked(postgres_database, "members"):
        await slack.uses_shortcut("I got a rejection")
    told = slack.modal("maya")
    assert told is not None and SORRY in str(told.blocks)


async def test_locked_when_the_bot_starts_it_is_waited_for(
    slack: Slack, bot: LivingBot, postgres_database: str
) -> None:
    await bot.stop()
    with locked(postgres_database, "workspaces"):
        await bot.start()
    await slack.types("/rejected Initech")
    await bot.settles()
    assert len(slack.dm("maya")) == 2


@contextmanager
def lost(url: str) -> Iterator[None]:
    """Every connection is cut and none is let in."""
    name = make_url(url).database
    server = create_engine(make_url(url).set(database="postgres"), isolation_level="AUTOCOMMIT")
    with closing(server.connect()) as other:
        other.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false"))
        other.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"), {"name": name}
        )
        try:
            yield
        finally:
            other.execute(text(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true"))
    server.dispose()


@contextmanager
def locked(url: str, table: str) -> Iterator[None]:
    """Somebody else holds the whole table, and takes their time."""
    engine = create_engine(url)
    with engine.begin() as other:
        other.execute(text(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE"))
        yield
    engine.dispose()


def test_an_old_schema_is_refused_with_the_remedy(postgres_database: str) -> None:
    settings = read(
        slack_bot_token="xoxb-1", slack_signing_secret="shh", database_url=postgres_database, encryption_key=new_key()
    )
    with pytest.raises(Refusal, match="db upgrade"):
        build(settings)


async def test_after_delete_no_row_of_any_table_knows_the_member(slack: Slack, bot: LivingBot) -> None:
    """Their id, their words' ciphertext, their thread: gone from every column there is. The traces name nobody."""
    await slack.types("/rejected Zanzibarium, Quokkaherder")
    await bot.settles()
    (journey,) = await bot.onward.tools.store.journeys.recent(MAYA, limit=9)
    plan = {"act": "call Sam"}
    now = bot.onward.tools.clock.now()
    await bot.onward.tools.store.notes.keep(MAYA, journey.id, NoteKind.PLAN, plan, now=now)
    await slack.types("/rejected export")
    await bot.onward.exporting.run()
    assert {MAYA.user, journey.id} <= {word for word in (MAYA.user, journey.id) if word in await every_row(bot)}
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    await bot.onward.erasing.run()
    await bot.onward.erasing.run()
    await slack.advances("40d")
    left = await every_row(bot)
    found = [word for word in (MAYA.user, journey.id, "Zanzibarium", "Quokkaherder", "call Sam") if word in left]
    assert found == [] and [each for each in slack.dm("maya") if each.bot_id] == []


async def every_row(bot: LivingBot) -> str:
    def read(connection: Connection) -> str:
        return "\n".join(str(connection.execute(select(table)).all()) for table in metadata.sorted_tables)

    return await bot.onward.tools.store.database.read(read)


async def test_one_reminder_of_a_hello_comes_again_after_a_snooze_and_not_after_stop(
    slack: Slack, bot: LivingBot
) -> None:
    await asks(slack, bot)
    await slack.advances("70d")
    await slack.presses("Snooze", ts=notes(slack)[0].ts)
    await slack.presses("In a week")
    await slack.advances("20d")
    assert len(notes(slack)) == 2
    await slack.presses("Snooze", ts=notes(slack)[1].ts)
    await slack.presses("In a week")
    await slack.types("/rejected stop")
    await slack.advances("40d")
    assert len(notes(slack)) == 2
