"""Support without my name: what was previewed is posted, later and without a name, and it can be taken back."""

from pathlib import Path
from typing import Any

import pytest

from bot.sandbox.slack import Slack
from bot.store.values import Who
from tests.handlers.kept_words import lies_in
from tests.handlers.shared import (
    MAYA,
    WORDS,
    approves,
    chores,
    later,
    letters,
    opens_form,
    opens_queue,
    posted,
    posts,
    shares,
    shown,
    with_a_community,
    writes,
)
from tests.handlers.test_center_channel import TEAM, notes
from tests.living import LivingBot


async def test_exactly_what_was_previewed_is_posted_hours_later_and_nobody_is_named(
    slack: Slack, bot: LivingBot
) -> None:
    await with_a_community(slack, bot)
    await writes(slack, bot)
    previewed = said(slack.modal("maya").blocks)  # type: ignore[union-attr]
    await slack.submits({})
    await slack.closes_all("maya")
    await later(slack, bot, "90m")
    await approves(slack, bot)
    await later(slack, bot, "50m")
    assert posts(slack) == []
    await later(slack, bot, "6h")
    (post,) = posts(slack)
    assert said(post.blocks) == previewed[1:4]
    assert WORDS in str(post.blocks) and WORDS not in post.text and "aya" not in str(post.blocks) + post.text


def said(blocks: list[dict[str, Any]]) -> list[str]:
    texts = [each for block in blocks for each in (block.get("text"), *block.get("elements", ())) if each]
    return [each["text"] for each in texts if each["type"] in ("plain_text", "mrkdwn")]


async def test_what_tells_who_it_is_is_taken_out_and_the_preview_says_so(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await slack.types("/rejected globex, data wrangler")
    await bot.settles()
    text = (
        "Yesterday at 10:30 globex said no, and so did Hooli. I was a data wrangler. "
        "Ask <@U0SAM000001> or me@example.org, or https://maya.example.org. My old school Ravenmoor helped."
    )
    await writes(slack, bot, text, names="Ravenmoor")
    seen = shown(slack)
    told = ("lobex", "Hooli", "rangler", "SAM", "10:30", "esterday", "example", "Ravenmoor")
    assert [each for each in told if each in seen] == [] and "I took out what could tell" in seen
    await slack.submits({})
    await slack.closes_all("maya")
    (kept,) = await bot.onward.tools.store.sharing.own(Who(TEAM, MAYA))
    assert [each for each in told if each in kept.text] == []


async def test_sent_twice_it_is_one(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await writes(slack, bot)
    preview = slack.modal("maya")
    assert preview
    await slack.submits({})
    view = {"type": "modal", "id": preview.id, "callback_id": "sharing.share", "blocks": preview.blocks,
            "private_metadata": preview.spec["private_metadata"], "state": {"values": {}}}  # fmt: skip
    user = {"id": MAYA, "team_id": TEAM}
    await slack.sends("interaction", {"type": "view_submission", "user": user, "team": {"id": TEAM}, "view": view})
    assert len(await bot.onward.tools.store.sharing.own(Who(TEAM, MAYA))) == 1


@pytest.mark.parametrize("text", ["I want to die", "I don't want to be here anymore, and that is that"])
async def test_a_heavy_text_gets_the_card_and_is_never_shared_however_often_it_is_sent(
    slack: Slack, bot: LivingBot, tmp_path: Path, text: str
) -> None:
    await with_a_community(slack, bot)
    await writes(slack, bot, text)
    for _ in range(2):
        assert "carry this alone" in shown(slack) and "were not shared" in shown(slack)
        await slack.submits({"text": text})
    await slack.submits({"text": WORDS})
    assert WORDS in shown(slack) and "Exactly this" in shown(slack)
    await slack.submits({})
    await slack.closes_all("maya")
    (kept,) = await bot.onward.tools.store.sharing.own(Who(TEAM, MAYA))
    assert kept.text == WORDS and not lies_in(tmp_path, text)


async def test_what_nobody_could_read_is_asked_for_again(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    answer = await writes(slack, bot, "\u200b \u2060")
    assert "few words" in answer.errors["text"]


async def test_words_that_weigh_a_little_go_on_with_the_two_quiet_lines(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await writes(slack, bot, "It all feels hopeless and I am worn out.")
    assert "Exactly this" in shown(slack) and "one press away" in shown(slack)


async def test_in_a_small_community_there_is_no_door_and_an_old_one_says_why(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await slack.opens_home()
    await bot.settles()
    assert "Share without my name" in str(slack.home("maya").blocks)  # type: ignore[union-attr]
    await bot.onward.tools.store.privacy.delete(Who(TEAM, "U0CROWD0001"))
    await slack.presses("Share without my name")
    assert "needs 25 or more" in shown(slack)
    await slack.closes_all("maya")
    await slack.opens_home()
    await bot.settles()
    assert "Share without my name" not in str(slack.home("maya").blocks)  # type: ignore[union-attr]
    await slack.opens_home("alex")
    await bot.settles()
    await slack.presses("Career center", "alex")
    assert "it needs 25 or more members" in shown(slack, "alex")


async def test_switched_off_nobody_finds_it(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await slack.opens_home("alex")
    await bot.settles()
    await slack.presses("Career center", "alex")
    await slack.presses("On and off", "alex")
    await slack.submits({"on": ["weekly", "guide", "coach", "numbers"]}, "alex")
    assert "Without a name" not in shown(slack, "alex")
    await slack.opens_home()
    await bot.settles()
    assert "Share without my name" not in str(slack.home("maya").blocks)  # type: ignore[union-attr]


async def test_someone_to_talk_to_has_the_door_too(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await slack.opens_home()
    await bot.settles()
    await slack.presses("Someone to talk to")
    await slack.presses("Share without my name")
    await slack.submits({"text": WORDS})
    assert "Exactly this" in shown(slack)


async def test_staff_see_the_words_some_time_later_and_nothing_else(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await shares(slack, bot)
    await opens_queue(slack, bot)
    assert WORDS not in shown(slack, "alex") and "Nothing waits" in shown(slack, "alex")
    await slack.closes_all("alex")
    await later(slack, bot, "90m")
    assert len([each for each in notes(slack, "alex") if "without a name" in each]) == 1
    await opens_queue(slack, bot)
    assert WORDS in shown(slack, "alex") and "aya" not in shown(slack, "alex") and MAYA not in shown(slack, "alex")


async def test_staff_send_it_back_with_a_reason_and_the_author_can_change_it(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await shares(slack, bot)
    await later(slack, bot, "90m")
    await opens_queue(slack, bot)
    await slack.presses("Send it back…", "alex")
    answer = await slack.submits({"why": "own"}, "alex")
    assert "words" in answer.errors
    await slack.submits({"why": "names", "words": "Could you leave out your neighbour?"}, "alex")
    assert "It went back" in shown(slack, "alex")
    await slack.closes_all("alex")
    await later(slack, bot, "13m")
    (letter,) = letters(slack, "was not posted")
    assert "tells who somebody is" in letter.text and "leave out your neighbour" in str(letter.blocks)
    assert WORDS not in str(letter.blocks) and "alex" not in str(letter.blocks).lower()
    await slack.presses("Change it", ts=letter.ts)
    assert WORDS in shown(slack)
    assert posts(slack) == []


async def test_after_three_working_days_unread_it_goes_back_kindly(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await shares(slack, bot)
    await later(slack, bot, "4d")
    assert letters(slack, "three working days") == []
    await later(slack, bot, "3d")  # a holiday is in between
    await later(slack, bot, "13m")
    (letter,) = letters(slack, "three working days")
    assert "I'm sorry" in letter.text
    await opens_queue(slack, bot)
    assert "Nothing waits" in shown(slack, "alex")


async def test_muted_the_author_can_share_nothing_for_a_while_and_nobody_sees_who_it_is(
    slack: Slack, bot: LivingBot
) -> None:
    await with_a_community(slack, bot)
    await shares(slack, bot)
    await later(slack, bot, "90m")
    await opens_queue(slack, bot)
    await slack.presses("Mute who wrote it", "alex")
    assert "aya" not in shown(slack, "alex") and MAYA not in shown(slack, "alex")
    await later(slack, bot, "13m")
    assert letters(slack, "for 30 days")
    await opens_form(slack, bot)
    assert "can't share" in shown(slack) and "They don't know who you are" in shown(slack)
    await slack.closes_all("maya")
    await slack.opens_home("sam")
    await bot.settles()
    await slack.presses("Share without my name", "sam")
    assert "can't share" not in shown(slack, "sam")
    await slack.advances("31d")
    await chores(slack, bot)
    await opens_form(slack, bot)
    assert "can't share" not in shown(slack)


async def test_taken_back_before_it_is_posted_it_never_comes(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await with_a_community(slack, bot)
    await shares(slack, bot)
    await later(slack, bot, "90m")
    await approves(slack, bot)
    await opens_form(slack, bot)
    assert "will be posted with the next ones" in shown(slack)
    await slack.presses("Take back 1")
    assert "Taken back" in shown(slack)
    await slack.closes_all("maya")
    await later(slack, bot, "8h")
    assert posts(slack) == [] and letters(slack, "What you shared") == []


async def test_taken_back_after_it_was_posted_it_goes_from_the_channel(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await posted(slack, bot)
    await later(slack, bot, "1d")
    (letter,) = letters(slack, "What you shared stands in")
    await slack.presses("Take it back", ts=letter.ts)
    await bot.onward.erasing.run()
    await bot.settles()
    assert posts(slack) == [] and await bot.onward.tools.store.sharing.own(Who(TEAM, MAYA)) == []


async def test_three_at_a_time_are_enough(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    for number in range(3):
        await shares(slack, bot, f"{WORDS} {'Again. ' * number}")
    await opens_form(slack, bot)
    assert "Three of yours" in shown(slack) and "Take back 3" in shown(slack)


async def test_two_of_staff_post_it_once(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await shares(slack, bot)
    await later(slack, bot, "90m")
    for who in ("alex", "robin"):
        await opens_queue(slack, bot, who)
    for who in ("alex", "robin"):
        await slack.presses("Post it", who)
    assert "will be posted" in shown(slack, "alex") and "Somebody else decided" in shown(slack, "robin")
    await later(slack, bot, "8h")
    assert len(posts(slack)) == 1


async def test_after_two_weeks_nothing_tells_whose_it_was(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await with_a_community(slack, bot)
    post = await posted(slack, bot)
    await later(slack, bot, "15d")
    assert posts(slack)[0].ts == post.ts and "Private answers to this have ended" in posts(slack)[0].text
    await later(slack, bot, "2d")
    await bot.onward.erasing.run()
    await bot.settles()
    assert letters(slack, "What you shared stands in") == []
    assert await bot.onward.tools.store.sharing.find(TEAM, "x") is None
    assert [key for key in await bot.ledger() if key[0].startswith("sharing")] == []
