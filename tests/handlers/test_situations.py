"""More about my situation: what the boxes change, and that nothing of them is kept anywhere."""

import json
import sqlite3
from pathlib import Path

import pytest

from bot.sandbox import payloads
from bot.sandbox.slack import Slack
from bot.situations import ticked_for
from bot.store.values import Who
from tests.handlers.kept_words import MAYA, lies_in, shown
from tests.handlers.test_bad_input import button, presses_raw
from tests.living import LivingBot
from tests.process import BotProcess

MORE = "More about my situation…"
VISA, UNFAIR, LAID_OFF = "Visa rules limit me", "It felt unfair", "I was laid off"
BOXES = "Tick what fits, or nothing"
LINE = "Your visa rules matter here."
# How the situations are called in the code, and the first words of what they say.
TRACES = ("visa", "unfair", "laid_off", "laid off", "student", "benefits")


async def begin(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected Initech")
    await bot.settles()


async def ticks(slack: Slack, bot: LivingBot, *boxes: str) -> None:
    await slack.presses(MORE)
    assert (await slack.submits({BOXES: list(boxes)})).error is None
    await bot.settles()


def first_card(slack: Slack) -> str:
    return slack.dm("maya")[1].text


async def test_the_boxes_change_the_open_card_and_every_card_dealt_later(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    parent, plain = slack.dm("maya")[0].text, first_card(slack)
    await ticks(slack, bot, VISA, UNFAIR)
    assert LINE in first_card(slack) and "I can't judge it." in first_card(slack)
    assert slack.modal("maya") is None and slack.dm("maya")[0].text == parent
    await slack.presses("Done")
    await bot.settles()
    await slack.presses("Show all steps")
    await bot.settles()
    assert "Your visa rules matter for the next step too." in slack.dm("maya")[-1].text
    assert LINE in first_card(slack) and first_card(slack) != plain


async def test_the_form_says_what_becomes_of_it_and_remembers_what_counts_now(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await slack.presses(MORE)
    assert "It is kept nowhere." in shown(slack) and "initial_options" not in shown(slack)
    await slack.submits({BOXES: [LAID_OFF]})
    await slack.presses(MORE)
    ticked = next(each["element"] for each in json.loads(shown(slack)) if each.get("block_id") == "situations")
    assert [each["value"] for each in ticked["initial_options"]] == ["laid_off"]


async def test_nothing_ticked_brings_the_plain_words_back(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    plain = first_card(slack)
    await ticks(slack, bot, LAID_OFF)
    assert "benefits" in first_card(slack)
    await ticks(slack, bot)
    (journey,) = await bot.onward.tools.store.journeys.recent(MAYA, limit=1)
    assert first_card(slack) == plain and ticked_for(bot.onward.tools, journey) == ()


async def test_the_stage_and_the_situation_go_together(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await ticks(slack, bot, VISA)
    await slack.chooses("How far did it get?", "Final round")
    await bot.settles()
    assert LINE in first_card(slack) and "They know you now" in first_card(slack)
    assert "wait" not in first_card(slack)


async def test_a_done_card_keeps_its_words_and_another_thread_its_own(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await slack.types("/rejected Hooli")
    await bot.settles()
    other = slack.dm("maya")[3]
    await slack.presses("Done", ts=slack.dm("maya")[1].ts)
    await bot.settles()
    done = first_card(slack)
    await slack.presses(MORE, ts=slack.dm("maya")[1].ts)
    await slack.submits({BOXES: [VISA]})
    await bot.settles()
    assert first_card(slack) == done and "counts in any country" in slack.dm("maya")[-1].text
    assert [each.text for each in slack.dm("maya") if each.ts == other.ts] == [other.text]


async def test_after_a_restart_the_words_are_the_plain_ones(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await ticks(slack, bot, VISA, LAID_OFF)
    await bot.stop()
    await bot.start()
    await slack.presses("Done")
    await bot.settles()
    assert "visa" not in first_card(slack) and "benefits" not in first_card(slack)
    assert "country" not in slack.dm("maya")[-1].text


async def test_a_day_later_new_words_are_general_again(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await ticks(slack, bot, VISA)
    await slack.advances("25h")
    assert LINE in first_card(slack)
    await slack.presses("Done", ts=slack.dm("maya")[1].ts)
    await bot.settles()
    cards = [each for each in slack.dm("maya") if each.is_reply]
    assert len(cards) == 2 and not any("visa" in each.text or "country" in each.text for each in cards)


async def test_no_row_and_no_byte_tells_what_was_ticked(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await begin(slack, bot)
    before = rows(tmp_path)
    await ticks(slack, bot, *(VISA, UNFAIR, LAID_OFF, "I'm a student or intern", "I've had many noes"))
    await slack.presses("Done")
    await bot.settles()
    assert [trace for trace in TRACES if lies_in(tmp_path, trace)] == []
    after = rows(tmp_path)
    assert {table: number for table, number in after.items() if number != before[table]} == {
        "deliveries": before["deliveries"] + 3  # the redrawn card and parent, and the next card
    }


async def test_no_line_of_the_log_and_no_number_tells_what_was_ticked(slack: Slack, tmp_path: Path) -> None:
    bot = BotProcess(slack, tmp_path)
    await bot.start()
    await slack.types("/rejected Initech")
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=30)
    slack.fault("chat.update", "http_500_before")
    await slack.presses(MORE)
    await slack.submits({BOXES: [VISA, UNFAIR, LAID_OFF]})
    await slack.until(lambda: LINE in first_card(slack), timeout=30)
    told = await bot.metrics()
    await bot.stop()
    written = bot.log.read_text() + told
    assert "slack_refused" in written or "onward_" in told
    assert [trace for trace in TRACES if trace in written.lower()] == []


async def test_delete_forgets_it_at_once(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await ticks(slack, bot, VISA)
    (journey,) = await bot.onward.tools.store.journeys.recent(MAYA, limit=1)
    assert ticked_for(bot.onward.tools, journey) == ("visa",)
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    assert ticked_for(bot.onward.tools, journey) == ()


async def test_another_persons_card_or_form_changes_nothing(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    card = slack.dm("maya")[1]
    await presses_raw(slack, "sam", card, button(card, MORE))
    assert slack.modal("sam") is None and "belongs to somebody else" in slack.ephemerals("sam")[-1].text
    await slack.presses(MORE)
    slack.fills({BOXES: [VISA]})
    modal, sam = slack.modal("maya"), slack.platform.workspace.user("sam")
    assert modal is not None
    answer = (await slack.sends("interaction", payloads.view_submission(slack.platform, sam, modal))).parsed()
    await bot.settles()
    assert "belongs to somebody else" in json.dumps(answer) and first_card(slack) == card.text
    assert await bot.onward.tools.store.journeys.recent(Who(MAYA.team, sam.id), limit=1) == []


@pytest.mark.parametrize("value", ["{}", '{"journey": 7}', "null"])
async def test_an_old_button_says_so(slack: Slack, bot: LivingBot, value: str) -> None:
    await begin(slack, bot)
    card = slack.dm("maya")[1]
    await presses_raw(slack, "maya", card, button(card, MORE) | {"value": value})
    assert slack.modal("maya") is None and "older version" in slack.ephemerals("maya")[-1].text


async def test_a_box_nobody_drew_is_left_out(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    await slack.presses(MORE)
    slack.fills({BOXES: [VISA]})
    modal, maya = slack.modal("maya"), slack.platform.workspace.user("maya")
    assert modal is not None
    payload = json.loads(json.dumps(payloads.view_submission(slack.platform, maya, modal)))
    chosen = payload["view"]["state"]["values"]["situations"]["situations"]["selected_options"]
    chosen.append({"text": {"type": "plain_text", "text": "Tired"}, "value": "tired"})
    assert (await slack.sends("interaction", payload)).status == 200
    await bot.settles()
    assert LINE in first_card(slack) and slack.failures == []


async def test_a_form_that_opens_too_late_says_so(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    slack.fault("views.open", "error:expired_trigger_id")
    await slack.presses(MORE)
    assert "too long to open" in slack.ephemerals("maya")[-1].text


async def test_where_the_operator_set_a_link_everyone_sees_the_line(slack: Slack, tmp_path: Path) -> None:
    page = "https://riverside.example/visas"
    cards = tmp_path / "words" / "en" / "cards"
    cards.mkdir(parents=True)
    (cards / "situations.toml").write_text(f'[links]\nvisa = "{page}"\n', encoding="utf-8")
    bot = LivingBot(slack, tmp_path, words_dir=str(tmp_path / "words"))
    await bot.start()
    await begin(slack, bot)
    plain = first_card(slack)
    assert f"<{page}|Who can advise>" in plain and "If a visa limits you" in plain
    await ticks(slack, bot, VISA)
    assert first_card(slack) == plain
    await bot.stop()


def rows(folder: Path) -> dict[str, int]:
    with sqlite3.connect(folder / "onward.db") as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: database.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}
