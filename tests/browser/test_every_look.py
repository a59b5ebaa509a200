"""Every form and what it turns into, on a phone and by night: nothing sticks out or is cut off."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.async_api import expect

from tests.browser.by_keyboard import DESKTOP, PHONE, Keyboard, begins_with_all
from tests.browser.conftest import Stage
from tests.messages.gallery import english

pytestmark = pytest.mark.asyncio(loop_scope="session")

SAID = english().phrase
LOOKS: dict[str, dict[str, Any]] = {
    "desk-by-night": {"size": DESKTOP, "color_scheme": "dark"},
    "phone-by-day": {"size": PHONE, "has_touch": True},
}
# In a thread: the button that opens the form, its title, what is typed into which field, the button that sends it, and
# the title of what it turns into.
FORMS = {
    "note": ("Draft a note", "A draft", {"Who it goes to": "Dana"}, "Show my draft", "Your draft"),
    "question": ("Draft a question", "A draft", {"Your name": "Maya"}, "Show my draft", "Your draft"),
    "reflection": (
        "Three questions", "Three questions", {SAID("reflection.after_keep_label"): "I asked first. " * 9},
        "See my game plan", "Your game plan",
    ),
    "heavy": (
        "Three questions", "Three questions", {SAID("reflection.after_keep_label"): "I want to die"},
        "See my game plan", "Someone to talk to",
    ),
    "plan": (
        "Make my plan", "Plan one next step", {"I will …": "give one role a half hour", "Where?": "the library"},
        "See my plan", "Your plan",
    ),
    "answer": ("I got an answer", "I got an answer", {"One thing to try": "rest"}, "Go on", "What you take with you"),
    "situation": ("More about my situation…", "My situation", {}, "Change the words", ""),
    "times": ("Change time", "Settings", {}, "Save", "Saved"),
}  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
async def test_every_form_of_a_thread_can_be_read(whole: Stage, look: str) -> None:
    her = await begins_with_all(whole, look, **LOOKS[look])
    for name, form in FORMS.items():
        await is_read(her, name, *form)


async def is_read(
    her: Keyboard, name: str, button: str, title: str, typed: dict[str, str], send: str, into: str
) -> None:
    form = await her.comes_to(button, title)
    await her.looks(f"{name}-form")
    for label, words in typed.items():
        await her.fills(label, words)
    await her.sends(send)
    if into:
        await expect(her.dialog(into)).to_be_visible()
        await expect(her.dialog(into).locator(".block").first).to_be_in_viewport(ratio=1)
        await her.looks(f"{name}-{into.lower().replace(' ', '-')}")
        await her.page.keyboard.press("Escape")
    await expect(her.page.get_by_role("dialog")).to_have_count(0)
    await expect(form).to_be_hidden()


@pytest.mark.parametrize("look", LOOKS)
async def test_the_forms_of_many_noes_and_of_my_plans_can_be_read(whole: Stage, look: str) -> None:
    her = await begins_with_all(whole, f"{look}-home", **LOOKS[look])
    await her.comes_to("Make my plan", "Plan one next step")
    await her.fills("I will …", "give one role a half hour")
    await her.ticks("Yes, keep this")
    await her.sends("See my plan")
    await her.is_done(her.dialog("Your plan"))
    await her.page.goto(f"{her.slack.url}/#/app/home")
    await her.comes_to("My plans", "My plans")
    await her.looks("my-plans")
    await her.presses("Discard this plan")
    await expect(her.dialog("Discard it?")).to_be_visible()
    await her.looks("discard")
    await her.page.keyboard.press("Escape")
    await her.page.keyboard.press("Escape")
    await expect(her.page.get_by_role("dialog")).to_have_count(0)
    await her.comes_to("Start a new thread", "A new thread")
    await her.looks("new-thread")
    await her.presses("I've had many")
    await expect(her.dialog("Several noes")).to_be_visible()
    await her.sends("Add them")
    await expect(her.page.get_by_text(SAID("several.none_given"))).to_be_visible()
    await her.looks("many-refused")
