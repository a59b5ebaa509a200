"""Buttons and menus on the page: what is pressed and chosen is what the bot hears."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.conftest import Stage, rejected
from tests.browser.small_bot import STAGES, button, buttons, plain, words

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_chosen_option_stays_chosen_and_reaches_the_bot(stage: Stage) -> None:
    page = await stage.opens()
    await rejected(page)
    await page.get_by_role("button", name="How far did it get?").click()
    async with page.expect_response("**/_sandbox/choose"):
        await page.get_by_role("option", name="Final round").click()
    await expect(page.get_by_role("button", name="How far did it get?: Final round")).to_be_focused()
    assert stage.heard[-1]["actions"][0]["selected_option"]["value"] == "final"
    await page.reload()
    await expect(page.get_by_role("button", name="How far did it get?: Final round")).to_be_visible()


async def test_a_button_that_asks_first_does_nothing_until_it_is_told_yes(stage: Stage) -> None:
    page = await stage.opens()
    await rejected(page)
    remove = page.get_by_role("main").get_by_role("button", name="Remove")
    question = page.get_by_role("dialog", name="Remove it?")
    await remove.click()
    await page.keyboard.press("Escape")
    await expect(question).to_be_hidden()
    await remove.click()
    async with page.expect_response("**/_sandbox/press"):
        await question.get_by_role("button", name="Remove").click()
    assert [each["actions"][0]["action_id"] for each in stage.heard].count("remove") == 1


async def test_of_two_buttons_with_one_id_the_one_that_was_pressed_reaches_the_bot(stage: Stage) -> None:
    dm = stage.slack.platform.dm_of("U0MAYA00001").id
    client = AsyncWebClient(token=stage.slack.bot_token, base_url=stage.slack.api_url)
    cards = [
        part
        for step in ("1", "2", "3")
        for part in (words(f"Step {step}"), buttons(button("Open", "open", value=step)))
    ]
    await client.chat_postMessage(channel=dm, text="Steps", blocks=cards)
    page = await stage.opens("#/app/messages")
    for wanted in (1, 2, 0):
        async with page.expect_response("**/_sandbox/press"):
            await page.get_by_role("button", name="Open", exact=True).nth(wanted).click()
    assert [each["actions"][0]["value"] for each in stage.heard] == ["2", "3", "1"]


async def test_every_kind_of_menu_tells_the_bot_what_was_chosen(stage: Stage) -> None:
    dm = stage.slack.platform.dm_of("U0MAYA00001").id
    client = AsyncWebClient(token=stage.slack.bot_token, base_url=stage.slack.api_url)
    options: Any = STAGES["options"]
    kinds: list[dict[str, Any]] = [
        {"type": "overflow", "action_id": "more", "options": options},
        {"type": "datepicker", "action_id": "day", "placeholder": plain("Pick a day")},
        {"type": "timepicker", "action_id": "hour", "placeholder": plain("Pick an hour")},
        {"type": "users_select", "action_id": "who", "placeholder": plain("Pick somebody")},
        {"type": "radio_buttons", "action_id": "one", "options": options},
        {
            "type": "checkboxes",
            "action_id": "some",
            "options": [{**option, "value": f"{option['value']}_"} for option in options],
        },
    ]
    await client.chat_postMessage(channel=dm, text="Menus", blocks=[buttons(kind) for kind in kinds])
    page = await stage.opens("#/app/messages")
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Final round").click()
    await page.get_by_label("Pick a day").fill("2026-12-01")
    await page.keyboard.press("Enter")
    await page.get_by_label("Pick an hour").fill("10:30")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Pick somebody").click()
    await page.get_by_role("listbox", name="Pick somebody").get_by_role("option", name="Sam").click()
    await page.get_by_role("radio", name="No reply").check()
    await page.get_by_role("checkbox", name="No reply").check()
    async with page.expect_response(lambda answer: "final_" in (answer.request.post_data or "")):
        await page.get_by_role("checkbox", name="Final round").check()
    chosen = {each["actions"][0]["action_id"]: each["actions"][0] for each in stage.heard}
    assert chosen["more"]["selected_option"]["value"] == "final"
    assert chosen["day"]["selected_date"] == "2026-12-01"
    assert chosen["hour"]["selected_time"] == "10:30"
    assert chosen["who"]["selected_user"] == "U0SAM000001"
    assert chosen["one"]["selected_option"]["value"] == "no"
    assert [option["value"] for option in chosen["some"]["selected_options"]] == ["no_", "final_"]
