"""Drafts: what is offered where, how a mail comes of a few words, and that nothing of it is kept."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.slack import Slack
from bot.sandbox.workspace import Message
from tests.living import LivingBot
from tests.process import BotProcess

NOTE, QUESTION = "Draft a note", "Draft a question"
MENU, NAME, MINE = "Which draft?", "Who it goes to", "Your name"
SEND, CHANGE = "Send to my DM", "Change it"
TICK = {"One mail instead of two": ["Also ask one question"]}
# What stands first on the card about a note and on the one about a question; None where nobody could be written to.
FIRST = {
    "Not said": ("thanks_interview", "feedback_short"),
    "No reply": ("follow_up_once", None),
    "Automated no": ("thanks_referrer", None),
    "Recruiter call": ("thanks_recruiter", "feedback_short"),
    "Interview or task": ("thanks_interview", "feedback_short"),
    "Silence after talking": ("follow_up_once", "follow_up_once"),
    "Final round": ("thanks_final_round", "feedback_call"),
    "Offer withdrawn": ("rescinded", "rescinded"),
}
SAME_PERSON = {"Recruiter call", "Interview or task", "Silence after talking", "Final round"}
# What is pasted into which field, and what of it stands in the mail.
HOSTILE = {
    "Who it goes to": ("<!channel> <@U0SAM000001>\n\nDana", "Hi <!channel> <@U0SAM000001> Dana,"),
    "I enjoyed hearing about …": (
        "<https://evil.example|*this* :fire:> @here",
        "<https://evil.example|*this* :fire:> @here",
    ),
    "Your field": ("\u202edata\x00\x1b[31m\u2066.", "background in data [31m."),
    "Something they work on": (" `code` > quote ,", "best with `code` > quote."),
    "Your name": ("  ...  ", "Kind regards"),
}


async def begin(slack: Slack, bot: LivingBot, stage: str = "Not said", typed: str = "") -> None:
    """A thread with every card dealt, and the stage chosen."""
    await slack.types(f"/rejected {typed}".strip())
    await bot.settles()
    if stage != "Not said":
        await slack.chooses("How far did it get?", stage)
        await bot.settles()
    await slack.presses("Show all steps")
    await bot.settles()


def carried(slack: Slack) -> dict[str, Any]:
    """What the open modal knows."""
    view = slack.modal("maya")
    assert view is not None
    found: dict[str, Any] = json.loads(view.private_metadata)
    return found


def letter(slack: Slack) -> list[str]:
    """Subject and text as they can be copied."""
    view = slack.modal("maya")
    assert view is not None
    return framed(view.blocks)


def framed(blocks: list[Json]) -> list[str]:
    return [
        words["text"] for block in blocks if block["type"] == "rich_text" for part in block["elements"]
        if part["type"] == "rich_text_preformatted" for words in part["elements"]
    ]  # fmt: skip


def copies(slack: Slack) -> list[Message]:
    return [each for each in slack.dm("maya") if "draft is here" in each.text]


def labels(slack: Slack) -> list[str]:
    view = slack.modal("maya")
    assert view is not None
    return [block["label"]["text"] for block in view.blocks if block["type"] == "input"]


# what is offered


async def test_the_stage_decides_which_draft_comes_first(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot)
    found, tickable = {}, set()
    for stage in (*FIRST, "Not said")[1:]:
        await slack.chooses("How far did it get?", "none" if stage == "Not said" else stage)
        await bot.settles()
        found[stage] = (await offered(slack, NOTE), await offered(slack, QUESTION))
        tickable |= {stage} if await offered(slack, NOTE, with_field="One mail instead of two") else set()
    assert found == FIRST
    assert tickable == SAME_PERSON


async def offered(slack: Slack, button: str, with_field: str | None = None) -> str | None:
    """The draft behind a button; with nothing filled in it is a mail already."""
    try:
        await slack.presses(button)
    except HandsError:
        return None
    asked, fields = str(carried(slack)["email"]), labels(slack)
    await slack.submits()
    assert len(letter(slack)) == 2 and letter(slack)[1].startswith("Hello,\n\n")
    await slack.closes()
    return asked if with_field is None or with_field in fields else None


async def test_without_a_stage_nothing_filled_in_is_a_whole_mail(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.presses(NOTE)
    assert (await slack.submits()).ok
    subject, text = letter(slack)
    assert subject == "Thank you" and text.endswith("\n\nKind regards") and "I learned from our talk." in text


async def test_company_and_role_of_the_thread_are_there_already(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Automated no", "Initech, Data analyst")
    await slack.presses(NOTE)
    await slack.submits({NAME: "Dana", MINE: "Maya"})
    subject, text = letter(slack)
    assert subject == "Thanks for your help"
    assert text.startswith("Hi Dana,\n\nI heard back from Initech, and it's a no this time.")
    assert text.endswith("Thanks again,\nMaya")


async def test_another_draft_keeps_what_was_typed_and_so_does_the_way_back(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Interview or task")
    await slack.presses(NOTE)
    slack.fills({NAME: "Dana", "Your field": "customer data", **TICK})
    await slack.chooses(MENU, "Thanks after a call")
    assert carried(slack)["email"] == "thanks_recruiter" and "Your field" not in labels(slack)
    slack.fills({"Where you look": "Leeds"})
    await slack.chooses(MENU, "Thanks for a referral")
    await slack.chooses(MENU, "Thanks after an interview")
    await slack.submits()
    text = letter(slack)[1]
    assert text.startswith("Hi Dana,") and "in customer data." in text and "work on first?" in text


async def test_change_it_leads_back_to_what_was_typed(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Final round")
    await slack.presses(NOTE)
    await slack.submits({"Who you met": "Dana and Lee", **TICK})
    await slack.presses(CHANGE)
    await slack.submits({NAME: "Robin"})
    text = letter(slack)[1]
    assert (
        text.startswith("Dear Robin,") and "Meeting Dana and Lee gave" in text and "May I ask for your advice?" in text
    )


async def test_a_question_to_who_went_silent_stands_in_the_follow_up(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Silence after talking")
    await slack.presses(QUESTION)
    assert "One mail instead of two" not in labels(slack)
    await slack.submits()
    assert "advise me to work on first?" in letter(slack)[1]


async def test_after_a_withdrawn_offer_advice_is_named_before_the_draft_and_beside_it(
    slack: Slack, bot: LivingBot
) -> None:
    await begin(slack, bot, "Offer withdrawn")
    await slack.presses(NOTE)
    for _ in range(2):
        drawn = str(slack.modal("maya"))
        assert "Before you send or sign anything, you may want to talk to a legal-aid service." in drawn
        assert "coach" not in drawn
        await slack.submits()


async def test_a_mail_program_gets_the_whole_draft_or_no_link(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Interview or task")
    await slack.presses(NOTE)
    await slack.submits({NAME: "Dana & Söhne"})
    drawn = json.dumps(slack.modal("maya").blocks)  # type: ignore[union-attr]
    assert "<mailto:?subject=Thank%20you&amp;body=Hi%20Dana%20%26%20S%C3%B6hne%2C%0D%0A%0D%0AThank" in drawn
    assert "|Open in your mail program>" in drawn
    await slack.presses(CHANGE)
    await slack.submits({NAME: "株" * 100, "Your field": "式" * 100})
    assert "mailto" not in str(slack.modal("maya")) and "株" * 100 in letter(slack)[1]


# done


def ticks(slack: Slack) -> list[str]:
    return [line for line in slack.dm("maya")[0].text.splitlines() if line.startswith(("☑", "☐"))]


async def test_done_with_a_note_settles_its_step_and_deals_the_next(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.presses(NOTE)
    await slack.submits()
    await bot.settles()
    assert not any("done" in line for line in ticks(slack))
    assert (await slack.submits()).ok and slack.modal("maya") is None
    await bot.settles()
    assert [line[0] for line in ticks(slack)] == ["☑", "☐", "☐", "☐"] and len(slack.dm("maya")) == 3


async def test_done_with_the_question_along_settles_both_steps_once(slack: Slack, bot: LivingBot) -> None:
    await slack.types("/rejected")
    await bot.settles()
    await slack.chooses("How far did it get?", "Recruiter call")
    await bot.settles()
    await slack.presses(NOTE)
    await slack.submits(TICK)
    assert "step 3" in str(slack.modal("maya"))
    await slack.submits()
    await bot.settles()
    assert [line[0] for line in ticks(slack)] == ["☑", "☐", "☑", "☐"]
    question = next(each for each in slack.dm("maya") if each.text.startswith("Learn one thing"))
    assert "☑ Done." in question.text and "Open it again" in question.buttons
    newest = slack.dm("maya")[-1]
    assert newest.text.startswith("Keep what worked") and len(slack.dm("maya")) == 4
    await slack.presses("Done", ts=newest.ts)
    await bot.settles()
    assert slack.dm("maya")[-1].text.startswith("Plan one next step") and len(slack.dm("maya")) == 5


async def test_a_tick_for_a_draft_that_asks_nothing_settles_nothing_more(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Interview or task")
    await slack.presses(NOTE)
    slack.fills(TICK)
    await slack.chooses(MENU, "Thanks for a referral")
    await slack.submits()
    await slack.submits()
    await bot.settles()
    assert [line[0] for line in ticks(slack)] == ["☑", "☐", "☐", "☐"]


async def test_a_draft_of_a_step_that_is_settled_changes_no_step(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Interview or task")
    for _ in range(2):
        await slack.presses(QUESTION)
        await slack.submits()
        await slack.submits()
        await bot.settles()
    assert [line[0] for line in ticks(slack)] == ["☐", "☐", "☑", "☐"] and len(slack.dm("maya")) == 5


# in the member's own messages


async def written(slack: Slack, bot: LivingBot, **facts: str) -> None:
    await begin(slack, bot, "Automated no", "Initech")
    await slack.presses(NOTE)
    await slack.submits({NAME: "Dana"} | facts)


async def test_a_copy_comes_only_after_a_warning_and_shows_nothing_on_a_locked_screen(
    slack: Slack, bot: LivingBot
) -> None:
    await written(slack, bot)
    await bot.settles()
    assert copies(slack) == []
    view = slack.modal("maya")
    assert view is not None
    send = next(each for block in view.blocks for each in block.get("elements", []) if SEND in str(each.get("text")))
    assert "On some plans, workspace owners can export messages." in send["confirm"]["text"]["text"]
    before = letter(slack)
    await slack.presses(SEND)
    assert "On its way to your messages." in str(view.blocks) and SEND not in str(view.blocks)
    await bot.settles()
    (copy,) = copies(slack)
    assert copy.text == "Your draft is here. First its subject, then its text." and not copy.is_reply
    assert framed(copy.blocks) == before == letter(slack) and "Initech" in before[1]
    assert not any("Initech" in each.text for each in slack.dm("maya"))


async def test_pressed_twice_it_is_sent_once_and_a_changed_one_is_another(slack: Slack, bot: LivingBot) -> None:
    await written(slack, bot)
    await asyncio.gather(slack.presses(SEND), slack.presses(SEND))
    await bot.settles()
    assert len(copies(slack)) == 1
    await slack.presses(CHANGE)
    await slack.submits({NAME: "Robin"})
    await slack.presses(SEND)
    await bot.settles()
    assert ["Dana" in str(each.blocks) for each in copies(slack)] == [True, False]
    assert (await bot.ledger())["drafts.copy", "sent", ""] == 2


async def test_a_restart_in_between_loses_the_copy_and_nothing_else(slack: Slack, bot: LivingBot) -> None:
    await written(slack, bot)
    await bot.onward.delivery.close()  # nothing more is sent by this one
    await slack.presses(SEND)
    await bot.stop()
    await bot.start()
    await bot.settles()
    assert copies(slack) == [] and (await bot.ledger())["drafts.copy", "skipped", "gone"] == 1
    await slack.presses(CHANGE)
    await slack.submits()
    await slack.presses(SEND)
    await bot.settles()
    assert len(copies(slack)) == 1 and slack.failures == []


async def test_delete_takes_the_copy_along(slack: Slack, bot: LivingBot) -> None:
    await written(slack, bot)
    await slack.presses(SEND)
    await bot.settles()
    await slack.closes()
    await slack.types("/rejected delete")
    await slack.presses("Delete everything")
    await slack.until(lambda: not slack.dm("maya"), timeout=20)


async def test_what_was_deleted_meanwhile_is_neither_sent_nor_settled_and_that_is_said(
    slack: Slack, bot: LivingBot
) -> None:
    await written(slack, bot)
    await slack.types("/rejected delete")
    ephemeral = slack.ephemerals("maya")[-1]
    await slack.presses("Delete everything", ts=ephemeral.ts)
    await slack.until(lambda: not slack.dm("maya"), timeout=20)
    await slack.presses(SEND)
    assert "it was deleted" in str(slack.modal("maya"))
    await slack.closes()
    assert "Dana" in letter(slack)[1], "the draft itself is still there to copy"
    await slack.submits()
    assert "it was deleted" in str(slack.modal("maya"))
    await slack.closes()
    assert "Dana" in letter(slack)[1]
    await bot.settles()
    assert slack.dm("maya") == []


async def test_nothing_of_a_draft_is_in_any_file_log_or_number(slack: Slack, tmp_path: Path) -> None:
    bot = BotProcess(slack, tmp_path, SANDBOX_PACE="30")
    await bot.start()
    await slack.types("/rejected")
    await slack.until(lambda: len(slack.dm("maya")) == 2, timeout=30)
    await slack.presses(NOTE)
    facts = {NAME: "Zanzibarina", "Something they work on": "quokkaherding", "Your field": "xylophony"}
    slack.fault("views.update", "http_500_before")
    slack.fault("chat.postMessage", "http_500_after")
    slack.fault("chat.postMessage", "invalid_blocks")
    slack.fills(facts)
    await slack.chooses(MENU, "Thanks after a call")
    await slack.submits(facts)
    await slack.presses(SEND)
    await slack.until(lambda: copies(slack), timeout=30)
    told = await bot.metrics()
    running = every_byte(tmp_path)
    assert await bot.stop() == 0
    assert b"drafts.copy" in running and "onward_deliveries_total" in told  # so that the look is worth something
    for words in (*facts.values(), "hear about other roles"):
        assert words.encode() not in running + every_byte(tmp_path) and words not in told


def every_byte(folder: Path) -> bytes:
    """Database, write-ahead log, the bot's own log."""
    return b"".join(each.read_bytes() for each in sorted(folder.iterdir()) if each.is_file())


# what nobody should type or press


async def test_what_is_pasted_stays_words(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Interview or task")
    await slack.presses(NOTE)
    await slack.submits({field: typed for field, (typed, _) in HOSTILE.items()})
    text = letter(slack)[1]
    assert [said for _, said in HOSTILE.values() if said not in text] == [] and text.endswith("\n\nKind regards")
    await slack.presses(SEND)
    await bot.settles()
    (copy,) = copies(slack)
    assert copy.text == "Your draft is here. First its subject, then its text." and framed(copy.blocks) == letter(slack)
    alive = [each for each in texts(copy.blocks) if "channel" in each["text"] and each["type"] != "text"]
    assert alive == [] and slack.failures == []


async def test_a_blank_left_over_is_named_beside_its_field_and_nothing_is_lost(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Interview or task")
    await slack.presses(NOTE)
    for typed in ("{name}", "Dana }", "[Name] {"):
        answer = await slack.submits({NAME: typed, "Your field": "customer data"})
        assert answer.errors == {"name": "Put your own words in place of the braces, or leave this empty."}
    await slack.submits({NAME: "Dana"})
    assert letter(slack)[1].startswith("Hi Dana,") and "customer data" in letter(slack)[1]


async def test_what_no_client_would_send_is_refused_beside_its_field(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Interview or task")
    await slack.presses(NOTE)
    view = slack.modal("maya")
    assert view is not None
    view.values["name"]["name"]["value"] = "x" * 3000
    maya = slack.platform.workspace.user("maya")
    receipt = await slack.sends("interaction", payloads.view_submission(slack.platform, maya, view))
    assert receipt.parsed() == {
        "response_action": "errors",
        "errors": {"name": "This is too long for one line. Keep it to 100 characters."},
    }
    view.values["drafts.which"]["drafts.which"]["selected_option"]["value"] = "love_letter"
    action = {"action_id": "drafts.which", "block_id": "drafts.which", "selected_option": {"value": "love_letter"}}
    assert (await slack.sends("interaction", payloads.view_action(slack.platform, maya, view, action))).status == 200
    assert "older version" in str(slack.modal("maya"))
    await slack.closes()
    action["selected_option"] = {"value": "thanks_recruiter"}
    assert (await slack.sends("interaction", payloads.view_action(slack.platform, maya, view, action))).status == 200
    assert carried(slack)["email"] == "thanks_recruiter" and slack.failures == []


async def test_another_persons_button_opens_nothing(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Interview or task")
    card = next(each for each in slack.dm("maya") if NOTE in each.buttons)
    await presses_raw(slack, "sam", card, NOTE)
    assert slack.modal("sam") is None and "belongs to somebody else" in slack.ephemerals("sam")[-1].text
    await presses_raw(slack, "maya", card, NOTE, value='{"journey": "x", "step": "dont_dwell"}')
    assert slack.modal("maya") is None and slack.dm("sam") == []


async def test_a_card_drawn_before_the_stage_changed_still_opens_a_draft(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Interview or task")
    card = next(each for each in slack.dm("maya") if QUESTION in each.buttons)
    value = button(card, QUESTION)["value"]
    await slack.chooses("How far did it get?", "No reply")
    await bot.settles()
    await presses_raw(slack, "maya", card, "Done", action_id="drafts.open", value=value)
    assert carried(slack)["email"] == "feedback_short"


async def test_heavy_words_in_a_draft_lead_to_people_who_listen(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Interview or task")
    await slack.presses(NOTE)
    await slack.submits({"I enjoyed hearing about …": "nothing, I want to die", "Your field": "nursing"})
    assert "Trained people can" in str(slack.modal("maya")) and letter(slack) == []
    await slack.submits()
    assert "nursing" in letter(slack)[1]
    await bot.settles()
    assert copies(slack) == []


async def test_an_employer_may_be_called_anything(slack: Slack, bot: LivingBot) -> None:
    await begin(slack, bot, "Automated no")
    await slack.presses(NOTE)
    await slack.submits({"The company": "KMS Logistics"})
    assert "I heard back from KMS Logistics, and" in letter(slack)[1]


def button(message: Message, label: str) -> Json:
    return next(
        element | {"block_id": block.get("block_id", "b")} for block in message.blocks
        for element in block.get("elements", []) if element["type"] == "button" and element["text"]["text"] == label
    )  # fmt: skip


async def presses_raw(slack: Slack, user: str, message: Message, label: str, **changed: str) -> None:
    who, action = slack.platform.workspace.user(user), button(message, label) | changed
    receipt = await slack.sends("interaction", payloads.message_action(slack.platform, who, message, action))
    assert receipt.status == 200


def texts(node: Any) -> Iterator[Json]:
    if isinstance(node, dict):
        if isinstance(node.get("text"), str):
            yield node
        node = list(node.values())
    if isinstance(node, list):
        for each in node:
            yield from texts(each)
