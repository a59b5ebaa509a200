"""Private answers to what was shared without a name: relayed both ways, with no name on either side, until they end."""

import sqlite3
from pathlib import Path

import pytest

from bot.sandbox.slack import Slack
from bot.store.values import Who
from tests.handlers.kept_words import lies_in
from tests.handlers.shared import (
    MAYA,
    SAM,
    WORDS,
    later,
    letters,
    opens_form,
    opens_queue,
    posted,
    posts,
    replies,
    shown,
    with_a_community,
)
from tests.handlers.test_center_channel import TEAM, notes
from tests.living import LivingBot

KIND, THANKS = "I read this twice, and my otter agrees.", "Thank you and greet the otter."
TO_MAYA, TO_SAM = "Somebody answers what you shared", "An answer from whoever shared that"


async def test_an_answer_reaches_the_author_and_the_way_back_works_too(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    post = await posted(slack, bot)
    await replies(slack, bot, KIND, post)
    (answer,) = letters(slack, TO_MAYA)
    assert KIND in str(answer.blocks) and KIND not in answer.text
    assert "sam" not in str(answer.blocks).lower() + answer.text.lower() and SAM not in str(answer.blocks)
    await slack.presses("Answer", ts=answer.ts)
    await slack.submits({"note": THANKS})
    assert THANKS in shown(slack) and "without your name" in shown(slack)
    await slack.closes_all("maya")
    await later(slack, bot, "13m")
    (back,) = letters(slack, TO_SAM, who="sam")
    assert THANKS in str(back.blocks) and "maya" not in str(back.blocks).lower() and MAYA not in str(back.blocks)
    await slack.presses("Answer", "sam", ts=back.ts)
    await slack.submits({"note": "It waves."}, "sam")
    await slack.closes_all("sam")
    await later(slack, bot, "13m")
    assert len(letters(slack, TO_MAYA)) == 2


async def test_once_it_was_sent_the_words_are_kept_nowhere_here(slack: Slack, bot: LivingBot, tmp_path: Path) -> None:
    await with_a_community(slack, bot)
    await replies(slack, bot, KIND, await posted(slack, bot))
    gathered = await bot.onward.tools.store.exports.gather(Who(TEAM, MAYA))
    assert not lies_in(tmp_path, KIND) and KIND not in str(gathered)
    assert len(letters(slack, TO_MAYA)) == 1


async def test_a_letter_and_an_answer_leave_no_time_with_the_member(slack: Slack, bot: LivingBot) -> None:
    """A profile that was looked up at the moment a letter went out would tell whose it was."""
    await with_a_community(slack, bot)
    post = await posted(slack, bot)
    await later(slack, bot, "2d")
    before = row_of(bot, MAYA)
    await replies(slack, bot, KIND, post)
    assert len(letters(slack, TO_MAYA)) == 1 and row_of(bot, MAYA) == before
    assert "users.info" not in [each.method for each in slack.calls if MAYA in str(each)]


def row_of(bot: LivingBot, user: str) -> dict[str, object]:
    with sqlite3.connect(bot.database) as database:
        database.row_factory = sqlite3.Row
        return dict(database.execute("SELECT * FROM members WHERE user_id = ?", (user,)).fetchone())


async def test_names_are_taken_out_of_an_answer_and_its_writer_sees_what_was_sent(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    post = await posted(slack, bot)
    await slack.presses("Reply privately", "sam", ts=post.ts)
    await slack.submits({"note": "Write to me, <@U0SAM000001>, or see https://sam.example.org."}, "sam")
    assert "[somebody]" in shown(slack, "sam") and "example.org" not in shown(slack, "sam")
    await slack.closes_all("sam")
    await later(slack, bot, "13m")
    (answer,) = letters(slack, TO_MAYA)
    assert SAM not in str(answer.blocks) and "sam" not in str(answer.blocks)


async def test_a_heavy_answer_goes_to_nobody_and_its_writer_sees_whom_to_call(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    post = await posted(slack, bot)
    await slack.presses("Reply privately", "sam", ts=post.ts)
    for _ in range(2):
        await slack.submits({"note": "I want to die"}, "sam")
        assert "carry this alone" in shown(slack, "sam")
    await slack.closes_all("sam")
    await later(slack, bot, "1h")
    assert letters(slack, TO_MAYA) == []


async def test_whoever_wrote_it_cannot_answer_it_and_is_told_so_alone(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    post = await posted(slack, bot)
    await slack.presses("Reply privately", ts=post.ts)
    assert "You wrote this" in shown(slack)


async def test_three_in_a_row_are_enough_until_there_is_an_answer(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    post = await posted(slack, bot)
    for number in range(3):
        await replies(slack, bot, f"{KIND} {number}", post)
    await slack.presses("Reply privately", "sam", ts=post.ts)
    await slack.submits({"note": KIND}, "sam")
    assert "three in a row" in shown(slack, "sam")
    await later(slack, bot, "13m")
    assert len(letters(slack, TO_MAYA)) == 3


@pytest.mark.parametrize("who", ["maya", "sam"])
async def test_either_side_ends_it_and_nothing_more_arrives(slack: Slack, bot: LivingBot, who: str) -> None:
    await with_a_community(slack, bot)
    post = await posted(slack, bot)
    await replies(slack, bot, KIND, post)
    (answer,) = letters(slack, TO_MAYA)
    await slack.presses("Answer", ts=answer.ts)
    await slack.submits({"note": THANKS})
    await slack.closes_all("maya")
    await later(slack, bot, "13m")
    (last,) = letters(slack, TO_MAYA if who == "maya" else TO_SAM, who=who)
    await slack.presses("No more of this", who, ts=last.ts)
    await slack.presses("Reply privately", "sam", ts=post.ts)
    assert "have ended" in shown(slack, "sam")
    await slack.closes_all("sam")
    await replies(slack, bot, KIND, post, who="robin")
    assert len(letters(slack, TO_MAYA)) == (1 if who == "maya" else 2)


async def test_when_the_two_weeks_are_over_every_answer_goes_from_both_sides(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    post = await posted(slack, bot)
    await replies(slack, bot, KIND, post)
    await slack.presses("Answer", ts=letters(slack, TO_MAYA)[0].ts)
    await slack.submits({"note": THANKS})
    await slack.closes_all("maya")
    await later(slack, bot, "13m")
    await later(slack, bot, "15d")
    await bot.onward.erasing.run()
    await bot.settles()
    assert letters(slack, TO_MAYA) == [] and letters(slack, TO_SAM, who="sam") == []
    assert "Reply privately" not in str([each.blocks for each in posts(slack)])


async def test_delete_takes_what_was_shared_and_every_answer_out_of_slack(
    slack: Slack, bot: LivingBot, tmp_path: Path
) -> None:
    await with_a_community(slack, bot)
    await replies(slack, bot, KIND, await posted(slack, bot))
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    await slack.until(lambda: not posts(slack) and not slack.dm("maya"), timeout=20)
    await bot.onward.tools.store.prune(now=int(bot.onward.tools.clock.unix()))
    assert not lies_in(tmp_path, MAYA)
    assert [key for key in await bot.ledger() if key[0].startswith("sharing")] == []


async def test_delete_by_who_answered_takes_their_words_from_the_author(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await replies(slack, bot, KIND, await posted(slack, bot))
    await slack.types("/rejected delete", "sam")
    await slack.presses("Delete everything", "sam")
    await slack.until(lambda: not letters(slack, TO_MAYA), timeout=20)
    assert len(posts(slack)) == 1


@pytest.mark.parametrize("how", ["operator", "retention", "closed account"])
async def test_where_somebody_else_deletes_them_the_post_stays_and_nothing_tells_whose_it_was(
    slack: Slack, bot: LivingBot, how: str
) -> None:
    """A post that went at that moment would tell."""
    await with_a_community(slack, bot)
    post = await posted(slack, bot)
    store, now = bot.onward.tools.store, bot.onward.tools.clock.now()
    if how == "operator":
        await store.privacy.delete_for(Who(TEAM, MAYA), now=now, action="deleted")
    elif how == "retention":
        await store.centers.change(TEAM, "check_ins", {"retention_days": 7}, now=now)
        await slack.advances("9d")
        await bot.onward.retention.run()
    else:
        await slack.changes_profile("maya", deleted=True)
    await later(slack, bot, "1m")
    assert [each.ts for each in posts(slack)] == [post.ts] and await store.sharing.own(Who(TEAM, MAYA)) == []
    await slack.presses("Reply privately", "sam", ts=post.ts)
    assert "have ended" in shown(slack, "sam")


async def test_whoever_was_muted_cannot_answer_either(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    post = await posted(slack, bot)
    store, tools = bot.onward.tools.store, bot.onward.tools
    await store.sharing.offer(Who(TEAM, SAM), "another", WORDS, now=tools.clock.now())
    await store.sharing.mute(TEAM, "another", now=tools.clock.now())
    await slack.presses("Reply privately", "sam", ts=post.ts)
    assert "can't share or answer" in shown(slack, "sam") and notes(slack, "sam") == []


async def shows(slack: Slack, bot: LivingBot, words: str) -> None:
    """Maya got it as an answer, and shows it to staff."""
    await with_a_community(slack, bot)
    await replies(slack, bot, words, await posted(slack, bot))
    await slack.presses("Show it to staff", ts=letters(slack, TO_MAYA)[0].ts)
    assert letters(slack, "You did nothing wrong")
    await later(slack, bot, "90m")
    await opens_queue(slack, bot)


async def test_an_answer_shown_to_staff_stands_in_the_queue_without_either_name(slack: Slack, bot: LivingBot) -> None:
    await shows(slack, bot, KIND)
    seen = shown(slack, "alex")
    assert KIND in seen and "Post it" not in seen and "Send it back" not in seen
    assert [each for each in (SAM, MAYA, "Sam", "Maya", WORDS) if each in seen] == []
    for who in (SAM, MAYA):
        assert KIND not in str(await bot.onward.tools.store.exports.gather(Who(TEAM, who)))
    await opens_form(slack, bot, "sam")
    assert KIND not in shown(slack, "sam")


async def test_whoever_wrote_it_is_muted_unseen_and_told_so(slack: Slack, bot: LivingBot) -> None:
    await shows(slack, bot, KIND)
    await slack.presses("Mute who wrote it", "alex")
    assert "share or answer here for 30 days" in shown(slack, "alex") and "Nothing waits" in shown(slack, "alex")
    await later(slack, bot, "13m")
    (letter,) = letters(slack, "Somebody showed staff", who="sam")
    assert "30 days" in letter.text and "Change it" not in str(letter.blocks) and KIND not in str(letter.blocks)
    await slack.presses("Reply privately", "sam", ts=posts(slack)[0].ts)
    assert "can't share or answer" in shown(slack, "sam") or "have ended" in shown(slack, "sam")
    await slack.closes_all("sam")
    await opens_form(slack, bot, "sam")
    assert "can't share or answer" in shown(slack, "sam") and letters(slack, "Somebody showed staff") == []


async def test_staff_can_leave_it_and_then_it_is_gone_and_nobody_is_told(slack: Slack, bot: LivingBot) -> None:
    await shows(slack, bot, KIND)
    await slack.presses("Leave it", "alex")
    assert "Nothing was done about it" in shown(slack, "alex")
    await later(slack, bot, "1h")
    assert letters(slack, "Somebody showed staff", who="sam") == []
    assert await bot.onward.tools.store.sharing.waiting(TEAM, now=bot.onward.tools.clock.now()) == []


async def test_nobody_but_the_two_can_show_it(slack: Slack, bot: LivingBot) -> None:
    await with_a_community(slack, bot)
    await replies(slack, bot, KIND, await posted(slack, bot))
    talks, now = bot.onward.tools.store.sharing_talks, bot.onward.tools.clock.now()
    with sqlite3.connect(bot.database) as database:
        ((talk,),) = database.execute("SELECT id FROM sharing_talks").fetchall()
    assert not await talks.show_staff(Who(TEAM, "U0ROBIN0001"), talk, "n", KIND, now=now)
    assert not await talks.end(Who(TEAM, "U0ROBIN0001"), talk)
