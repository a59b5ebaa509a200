"""Modals on the page: every kind of input, what is checked before the bot hears of it, and stacks."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.conftest import Stage, rejected
from tests.browser.small_bot import button, buttons

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_form_is_checked_before_the_bot_hears_of_it_and_shows_its_errors(stage: Stage) -> None:
    page = await stage.opens()
    await rejected(page)
    opener = page.get_by_role("main").get_by_role("button", name="Plan")
    await opener.click()
    form = page.get_by_role("dialog", name="Your plan")
    await expect(form.get_by_label("What")).to_be_focused()
    heard = len(stage.heard)
    await form.get_by_role("button", name="Keep").click()
    await expect(form.get_by_text("Please complete this required field.")).to_be_visible()
    assert len(stage.heard) == heard
    await form.get_by_label("What").fill("x")
    await form.get_by_label("Which day").fill("2026-11-30")
    async with page.expect_response("**/_sandbox/press"):
        await form.get_by_role("button", name="Look it up").click()
    await form.get_by_role("button", name="Keep").click()
    await expect(form.get_by_text("A little more, please.")).to_be_visible()
    await expect(form.get_by_label("Which day")).to_have_value("2026-11-30")
    looked_up = next(each for each in stage.heard if each.get("actions", [{}])[0].get("action_id") == "look_up")
    assert looked_up["view"]["state"]["values"]["what"]["a"]["value"] == "x"
    await form.get_by_label("What").fill("one letter")
    await page.keyboard.press("Enter")
    await expect(form).to_be_hidden()
    await expect(opener).to_be_focused()


async def opened(stage: Stage, action: str, title: str, **look: Any) -> tuple[Page, Locator]:
    """The page with that modal open, behind a button in the direct messages."""
    client = AsyncWebClient(token=stage.slack.bot_token, base_url=stage.slack.api_url)
    dm = stage.slack.platform.dm_of("U0MAYA00001").id
    await client.chat_postMessage(channel=dm, text="A form", blocks=[buttons(button("Open the form", action))])
    page = await stage.opens("#/app/messages", **look)
    await page.get_by_role("button", name="Open the form").click()
    form = page.get_by_role("dialog", name=title)
    await expect(form).to_be_visible()
    return page, form


async def ticks(form: Locator, label: str, *names: str) -> None:
    for name in names:
        await form.get_by_role("group", name=label).get_by_role("checkbox", name=name).check()


async def sends(page: Page, form: Locator) -> None:
    async with page.expect_response("**/_sandbox/submit"):
        await form.get_by_role("button", name="Send").click()


async def test_every_kind_of_input_arrives_as_slack_sends_it(stage: Stage) -> None:
    """A browser on the other side of the world: the moment is the acting person's, who is in New York."""
    page, form = await opened(stage, "every_input", "Every input", timezone_id="Pacific/Auckland")
    await form.get_by_label("Name").fill("Maya")
    await form.get_by_label("Story").fill("Two lines\nof it")
    await form.get_by_label("Address").fill("https://jobs.example/1")
    await form.get_by_label("Mail").fill("maya@example.org")
    await form.get_by_label("Years").fill("7")
    await form.get_by_label("Stage").select_option(label="Late")
    await ticks(form, "Fields", "Law", "Care")
    await form.get_by_label("Person").select_option(label="Sam")
    await ticks(form, "People", "Sam", "Noor")
    await ticks(form, "Rooms", "#job-search")
    await form.get_by_role("radio", name="No").check()
    await form.get_by_role("checkbox", name="Evenings").check()
    await form.get_by_label("Day").fill("2026-12-01")
    await form.get_by_label("Hour").fill("10:30")
    await form.get_by_label("Moment").fill("2026-12-01T10:30")
    await sends(page, form)
    await expect(form).to_be_hidden()
    held = {name: values["it"] for name, values in stage.heard[-1]["view"]["state"]["values"].items()}
    chosen = {
        name: each.get("value") or [one["value"] for one in each.get("selected_options", [])]
        for name, each in held.items()
    }
    assert {name: chosen[name] for name in ("name", "story", "address", "mail", "years", "fields", "some")} == {
        "name": "Maya", "story": "Two lines\nof it", "address": "https://jobs.example/1", "mail": "maya@example.org",
        "years": "7", "fields": ["law", "care"], "some": ["evenings"],
    }  # fmt: skip
    assert (held["stage"]["selected_option"]["value"], held["one"]["selected_option"]["value"]) == ("late", "no")
    assert (held["person"]["selected_user"], held["people"]["selected_users"]) == (
        "U0SAM000001", ["U0SAM000001", "U0NOOR00001"],
    )  # fmt: skip
    assert held["rooms"]["selected_channels"] == ["C0JOBSEARCH"]
    assert (held["day"]["selected_date"], held["hour"]["selected_time"]) == ("2026-12-01", "10:30")
    assert held["moment"]["selected_date_time"] == 1796139000  # 2026-12-01 15:30 UTC


async def test_what_was_left_alone_arrives_empty(stage: Stage) -> None:
    page, form = await opened(stage, "every_input", "Every input")
    await form.get_by_label("Name").fill("Maya")
    await sends(page, form)
    values = {name: each["it"] for name, each in stage.heard[-1]["view"]["state"]["values"].items() if name != "name"}
    empty = {name: next(value for key, value in each.items() if key != "type") for name, each in values.items()}
    several = {"fields", "people", "rooms", "some"}
    assert empty == {name: [] if name in several else None for name in empty} and len(empty) == 14


WRONG = (
    ("Name", "", "Maya", "Please complete this required field."),
    ("Name", "M", "Maya", "Please enter at least 2 characters."),
    ("Name", "Maximiliane", "Maya", "Please enter no more than 8 characters."),
    ("Address", "jobs.example", "http://jobs.example", "Please enter a valid URL."),
    ("Mail", "maya@", "maya@example.org", "Please enter a valid email address."),
    ("Years", "seven", "7", "Please enter a valid number."),
    ("Years", "7.5", "7", "Please enter a valid number."),
    ("Years", "-1", "0", "Please enter a number of at least 0."),
    ("Years", "61", "60", "Please enter a number of at most 60."),
)


async def test_what_an_input_cannot_hold_is_told_at_once_and_the_bot_never_hears_of_it(stage: Stage) -> None:
    _, form = await opened(stage, "every_input", "Every input")
    await form.get_by_label("Name").fill("Maya")
    for label, wrong, right, words in WRONG:
        field = form.get_by_label(label)
        await field.fill(wrong)
        await form.get_by_role("button", name="Send").click()
        await expect(form.get_by_text(words, exact=True)).to_be_visible()
        await expect(field).to_be_focused()
        await expect(field).to_have_attribute("aria-invalid", "true")
        await field.fill(right)
    assert stage.heard == []
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_be_hidden()
    assert [each["type"] for each in stage.heard] == ["view_submission"]


async def test_modals_stack_up_to_three_and_each_keeps_what_was_typed(stage: Stage) -> None:
    page, form = await opened(stage, "floors", "Floor 1")
    for number in (1, 2):
        here = page.get_by_role("dialog", name=f"Floor {number}")
        await here.get_by_label("Note").fill(f"from floor {number}")
        await here.get_by_role("button", name="Up").click()
    top = page.get_by_role("dialog", name="Floor 3")
    await expect(top).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(1)
    pushed = [each["view"]["title"]["text"] for each in stage.heard if each["type"] == "pushed"]
    assert pushed == ["Floor 2", "Floor 3"]
    await top.get_by_role("button", name="Down").click()
    second = page.get_by_role("dialog", name="Floor 2")
    await expect(second.get_by_label("Note")).to_have_value("from floor 2")
    await page.keyboard.press("Escape")
    await expect(form.get_by_label("Note")).to_have_value("from floor 1")
    await form.get_by_role("button", name="Up").click()
    await second.get_by_role("button", name="Close", exact=True).click()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    closed = [
        (each["view"]["title"]["text"], each["is_cleared"]) for each in stage.heard if each["type"] == "view_closed"
    ]
    assert closed[:2] == [("Floor 3", False), ("Floor 2", False)]
    assert sorted(closed[2:]) == [("Floor 1", True), ("Floor 2", True)]
