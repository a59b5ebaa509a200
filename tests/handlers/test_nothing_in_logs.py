"""A member uses everything that takes words, then deletes all: no line of the log and no byte has any of it."""

import asyncio
from pathlib import Path

from bot.sandbox.slack import Slack
from tests.handlers.kept_words import KEEP
from tests.handlers.test_private import COMPANY, FASTER, ROLE, bots_own, files, found, secrets
from tests.process import BotProcess

OTHER, ACT = "Xanadupolis", "yodel at the marmots"
KEPT, TRIED, ADVICE = "the story of the walrus", "fewer kumquats", "juggle the anvils"
# What fails once on the way, and what is written about it.
TROUBLED = ("chat.update", "views.publish", "chat.postMessage")
TOLD = ("slack_refused", "home_not_published", "not_erased")
WORDS = (COMPANY, ROLE, OTHER, "yodel", "walrus", "kumquats", "anvils")


async def test_after_delete_the_log_has_no_word_of_all_that_was_used(slack: Slack, tmp_path: Path) -> None:
    bot = BotProcess(slack, tmp_path, SANDBOX_PACE=FASTER)
    await bot.start()
    for method in TROUBLED:
        slack.fault(method, "http_500_before")
    await keeps_words(slack)
    await changes_and_merges(slack)
    await takes_along(slack, bot)
    slack.fault("chat.delete", "http_500_before")
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    await slack.until(lambda: not bots_own(slack), timeout=60)
    await slack.advances("90d")
    assert bots_own(slack) == []
    assert await bot.stop() == 0
    written = bot.log.read_text()
    assert all(event in written for event in TOLD) and not found([*WORDS, *secrets(slack)], written)
    assert not found([*WORDS, "U0MAYA00001"], files(tmp_path))


async def keeps_words(slack: Slack) -> None:
    await slack.types(f"/rejected {COMPANY}, {ROLE}")
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=30)
    await slack.chooses("How far did it get?", "Final round")
    await slack.presses("Show all steps")
    await slack.until(lambda: len(slack.dm("maya")) == 5, timeout=30)
    for button, typed in (
        ("Three questions", {"keep": KEPT, "keep_it": KEEP}), ("Make my plan", {"act": ACT, "keep_it": KEEP}),
        ("I got an answer", {"try": TRIED, "keep_it": KEEP}), ("Draft a note", {"me": ADVICE}),
    ):  # fmt: skip
        await slack.presses(button)
        await slack.submits(typed)
        await slack.closes()
    await slack.presses("Remind me once")
    await slack.settles()


async def changes_and_merges(slack: Slack) -> None:
    """On Home, where the history is."""
    await slack.advances("1m")
    await slack.types(f"/rejected {OTHER}")
    await slack.opens_home()
    await slack.until(lambda: any(each.method == "views.publish" for each in slack.calls), timeout=30)
    await slack.opens_home()  # the first time it could not be shown
    await shows(slack, "My history")
    await slack.presses("My history", view_id=home_id(slack))
    await shows(slack, "It's the same as…")
    await chooses(slack, "Change it")
    await slack.submits({"company": OTHER, "role": ROLE, "stage": "Interview or task", "day": "2027-01-12"})
    await shows(slack, "Tue 12 Jan")
    await chooses(slack, "It's the same as…")
    await slack.submits({"into": f"Wed 13 Jan · {COMPANY} · {ROLE}"})
    await shows(slack, "Put together with another one")


async def takes_along(slack: Slack, bot: BotProcess) -> None:
    await slack.advances("70d")
    await slack.until(lambda: [each for each in bots_own(slack) if "remind you once" in each.text], timeout=30)
    await slack.presses("Not this time")
    await slack.types("/rejected export")
    async with asyncio.timeout(60):
        while not [each for each in bots_own(slack) if each.files]:
            await slack.advances("1m")


async def shows(slack: Slack, words: str) -> None:
    """Home, by now: the bot is another process."""
    await slack.until(lambda: (view := slack.home("maya")) and words in str(view.blocks), timeout=30)


async def chooses(slack: Slack, option: str) -> None:
    """In the menu of the newest no."""
    view = slack.home("maya")
    assert view is not None
    menus = [block["block_id"] for block in view.blocks if (block.get("accessory") or {}).get("type") == "overflow"]
    await slack.chooses(menus[0], option, view_id=view.id)


def home_id(slack: Slack) -> str:
    view = slack.home("maya")
    assert view is not None
    return view.id
