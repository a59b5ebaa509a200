"""The sandbox's page in a real browser, in front of the real sandbox and a small Bolt bot."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright, expect
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack

pytestmark = pytest.mark.asyncio(loop_scope="module")

MANIFEST = Path(__file__).parents[2] / "manifest.json"
MONDAY = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # ten in the morning for Maya in New York
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 400, "height": 780}
HOSTILE = "<img src=x onerror=alert(1)> <script>alert(1)</script> <javascript:alert(1)|here> a*b*c"


def words(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


def buttons(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "actions", "elements": list(elements)}


def button(text: str, action_id: str, **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": text}, "action_id": action_id, **more}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


SURE = {
    "title": plain("Remove it?"), "text": plain("It goes for good."), "confirm": plain("Remove"), "deny": plain("Keep"),
}  # fmt: skip
STAGES = {
    "type": "static_select", "action_id": "stage", "placeholder": plain("How far did it get?"),
    "options": [{"text": plain("No reply"), "value": "no"}, {"text": plain("Final round"), "value": "final"}],
}  # fmt: skip
PLAN = {
    "type": "modal", "callback_id": "plan", "title": plain("Your plan"), "submit": plain("Keep"),
    "close": plain("Cancel"),
    "blocks": [
        {"type": "input", "block_id": "what", "label": plain("What"),
         "element": {"type": "plain_text_input", "action_id": "a"}},
        {"type": "input", "block_id": "day", "label": plain("Which day"), "optional": True,
         "element": {"type": "datepicker", "action_id": "d"}},
        buttons(button("Look it up", "look_up")),
    ],
}  # fmt: skip


def listeners(app: AsyncApp, heard: list[Any]) -> None:
    """A command, buttons, a menu and a modal with errors: what any small app has."""

    async def command(ack: Any, body: Any, client: Any) -> None:
        link = f"slack://app?team={body['team_id']}&id={body['api_app_id']}&tab=messages"
        await ack(
            text="It waits for you.", blocks=[words("It waits for you."), buttons(button("Open it", "open", url=link))]
        )
        dm = (await client.conversations_open(users=body["user_id"]))["channel"]["id"]
        parent = await client.chat_postMessage(
            channel=dm, text="Your steps",
            blocks=[words("*Your steps*"), buttons(button("Plan", "plan"), button("Remove", "remove", confirm=SURE))],
        )  # fmt: skip
        card = [words("First *step*"), {**words("Stage"), "accessory": STAGES}, buttons(button("Done", "done"))]
        await client.chat_postMessage(channel=dm, text="First step", blocks=card, thread_ts=parent["ts"])

    async def done(ack: Any, body: Any, client: Any) -> None:
        await ack()
        where = {"channel": body["channel"]["id"], "ts": body["message"]["ts"]}
        await client.chat_update(**where, text="First step, done", blocks=[words("First step, done")])

    async def other(ack: Any, body: Any) -> None:
        await ack()
        heard.append(body)

    async def plan(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=PLAN)

    async def submitted(ack: Any, body: Any) -> None:
        value = body["view"]["state"]["values"]["what"]["a"]["value"]
        heard.append(body)
        await ack(response_action="errors", errors={"what": "A little more, please."}) if value == "x" else await ack()

    app.command("/rejected")(command)
    app.action("done")(done)
    app.action("plan")(plan)
    for name in ("open", "remove", "stage", "look_up", "more", "day", "hour", "who", "one", "some"):
        app.action(name)(other)
    app.view("plan")(submitted)


def event_listeners(app: AsyncApp) -> None:
    """Home is drawn when it is opened, and a word in the DM is answered."""

    async def home(event: Any, client: Any) -> None:
        if event["tab"] == "home":
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [words("One next step")]})

    async def message(event: Any, client: Any) -> None:
        if "thread_ts" not in event:
            await client.chat_postMessage(channel=event["channel"], text=f"You said: {event['text']}")

    app.event("app_home_opened")(home)
    app.event({"type": "message", "subtype": None})(message)


@asynccontextmanager
async def small_bot(slack: Slack, heard: list[Any]) -> AsyncIterator[str]:
    client = AsyncWebClient(token=slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret)
    listeners(app, heard)
    event_listeners(app)

    async def serve(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    site = web.Application()
    site.router.add_post("/slack/events", serve)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    await runner.cleanup()


@dataclass
class Stage:
    """The workspace, what the bot heard, and ways to open the page on it."""

    slack: Slack
    heard: list[Any]
    browser: Browser
    trouble: list[str]

    async def opens(self, where: str = "", **look: Any) -> Page:
        """Every request that leaves this machine and every error on the page is remembered as trouble."""
        context = await self.browser.new_context(viewport=look.pop("size", WIDE), reduced_motion="reduce", **look)
        await context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = await context.new_page()
        page.set_default_timeout(5000)
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda line: self.trouble.append(line.text) if line.type == "error" else None)
        page.on("request", lambda asked: self._watch(asked.url))
        await page.goto(f"{self.slack.url}/{where}")
        return page

    def _watch(self, url: str) -> None:
        if not url.startswith((self.slack.url, "data:")):
            self.trouble.append(f"asked {url}")


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield started
        await started.close()


@pytest_asyncio.fixture(loop_scope="module")
async def stage(browser: Browser) -> AsyncIterator[Stage]:
    heard: list[Any] = []
    async with (
        Slack.open(manifest=MANIFEST, clock=SandboxClock(MONDAY), socket_mode=False) as slack,
        small_bot(slack, heard) as address,
    ):
        await slack.connect(address)
        here = Stage(slack, heard, browser, [])
        yield here
        for context in list(browser.contexts):
            await context.close()
    assert here.trouble == []


async def rejected(page: Page) -> None:
    """The main job up to the open thread."""
    await page.get_by_role("textbox", name="Message #general").fill("/rejected")
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Open it").click()
    await page.get_by_role("button", name="1 reply").click()


async def test_a_newcomer_is_told_what_to_type_and_one_click_fills_it_in(stage: Stage) -> None:
    page = await stage.opens()
    await expect(page.get_by_text("New here?")).to_be_visible()
    await page.get_by_role("button", name="Fill it in").click()
    box = page.get_by_role("textbox", name="Message #general")
    await expect(box).to_have_value("/rejected ")
    await expect(box).to_be_focused()


async def test_maya_goes_from_the_command_to_the_done_step_by_keyboard_alone(stage: Stage) -> None:
    page = await stage.opens()
    await page.locator("#composer").focus()
    await page.keyboard.type("/rej")
    await expect(page.get_by_role("option", name="/rejected")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Only visible to you")).to_be_visible()
    await expect(page.get_by_role("link", name="Onward 2 unread")).to_be_visible()
    for _ in range(6):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.textContent") == "Open it":
            break
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("tab", name="Messages")).to_have_attribute("aria-selected", "true")
    await page.get_by_role("button", name="1 reply").focus()
    await page.keyboard.press("Enter")
    thread = page.get_by_role("complementary", name="Thread")
    await expect(thread.get_by_role("heading", name="Thread")).to_be_focused()
    await thread.get_by_role("button", name="Done").focus()
    await page.keyboard.press("Enter")
    await expect(thread.get_by_text("First step, done")).to_be_visible(timeout=1000)
    await page.keyboard.press("Escape")
    await expect(thread).to_be_hidden()
    await expect(page.get_by_role("button", name="1 reply")).to_be_focused()


async def test_a_thread_takes_replies_but_no_commands(stage: Stage) -> None:
    page = await stage.opens()
    await rejected(page)
    box = page.get_by_role("textbox", name="Reply…")
    await box.fill("/rejected")
    await box.press("Enter")
    await expect(page.get_by_role("alert").get_by_text("/rejected is not supported in threads")).to_be_visible()
    await box.fill("thank *you*")
    await box.press("Enter")
    reply = page.get_by_role("log", name="Thread").get_by_role("article", name="Maya")
    await expect(reply.locator(".text strong")).to_have_text("you")


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


async def test_what_only_maya_sees_is_gone_on_reload_and_never_shown_to_sam(stage: Stage) -> None:
    page = await stage.opens()
    await page.locator("#composer").fill("/rejected")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("It waits for you.")).to_be_visible()
    await page.get_by_label("Act as").select_option(label="Sam")
    await expect(page.get_by_text("It waits for you.")).to_be_hidden()
    await page.get_by_role("link", name="Onward", exact=True).click()
    await expect(page.get_by_text("direct messages with Onward")).to_be_visible()
    await expect(page.get_by_text("Your steps")).to_be_hidden()
    await page.get_by_label("Act as").select_option(label="Maya")
    await page.get_by_role("link", name="general").click()
    await expect(page.get_by_text("It waits for you.")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("log")).to_be_visible()
    await expect(page.get_by_text("It waits for you.")).to_be_hidden()


async def test_home_is_drawn_when_somebody_opens_it(stage: Stage) -> None:
    page = await stage.opens("#/app/home")
    await expect(page.get_by_role("tabpanel").get_by_text("One next step")).to_be_visible()


async def test_a_first_word_to_the_bot_opens_the_dm(stage: Stage) -> None:
    page = await stage.opens("#/app/messages")
    await page.get_by_role("textbox", name="Message Onward").fill("hello")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("You said: hello")).to_be_visible()


async def test_commands_that_fail_are_told_as_slack_tells_them(stage: Stage) -> None:
    page = await stage.opens()
    box = page.locator("#composer")
    await box.fill("/nothing here")
    await box.press("Enter")
    await expect(page.get_by_text("/nothing is not a valid command.")).to_be_visible()
    await expect(box).to_have_value("/nothing here")
    await box.fill("/nextstep")  # promised by the manifest, but this bot has no listener for it
    await box.press("Enter")
    await expect(page.get_by_text("/nextstep failed with the error “dispatch_failed”")).to_be_visible()


async def test_hostile_words_stay_words(stage: Stage) -> None:
    await stage.slack.says(HOSTILE, channel="#general")
    dm = stage.slack.platform.dm_of("U0MAYA00001").id
    client = AsyncWebClient(token=stage.slack.bot_token, base_url=stage.slack.api_url)
    await client.chat_postMessage(channel=dm, text=HOSTILE, blocks=[words(HOSTILE)])
    for where in ("", "#/app/messages"):
        page = await stage.opens(where)
        message = page.locator(".message", has_text="onerror=alert(1)").last
        await expect(message).to_contain_text("<img src=x onerror=alert(1)> <script>alert(1)</script>")
        await expect(message).to_contain_text("a*b*c")
        assert await message.locator("img, script, a[href^=javascript]").count() == 0


OUTSIDE = 'target="_blank" rel="noopener noreferrer"'
MRKDWN = (
    ("a*b*c *a*b snake_case_name", "a*b*c *a*b snake_case_name"),
    ("*bold*, _slanted_ and ~struck~", "<strong>bold</strong>, <em>slanted</em> and <s>struck</s>"),
    ("_*both*_ * not * **nor**", "<em><strong>both</strong></em> * not * **nor**"),
    ("`*code*`", "<code>*code*</code>"),
    ("a\n```x < *y*```\nb", "a<pre>x &lt; *y*</pre>b"),
    ("> one\n&gt; two\nthree", "<blockquote>one\ntwo</blockquote>three"),
    ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
    ("<@U0SAM000001>", '<span class="mention">@Sam</span>'),
    ("<#C0GENERAL01|x>", '<a class="mention" href="#/c/C0GENERAL01">#general</a>'),
    ("<!date^1795449600^{date_num} {time}|then>", "2026-11-23 11:00"),
    ("<!date^never^{date}|then>", "then"),
    ("<javascript:alert(1)|press>", "<span>press</span>"),
    ("<https://e.org/?a=1&amp;b=2|out>", f'<a href="https://e.org/?a=1&amp;b=2" {OUTSIDE}>out</a>'),
    ("<slack://app?team=T&id=A&tab=home|home>", '<a href="#/app/home">home</a>'),
)  # fmt: skip


async def test_mrkdwn_is_drawn_as_slack_draws_it(stage: Stage) -> None:
    page = await stage.opens()
    await expect(page.get_by_role("log")).to_be_visible()
    script = """async (text) => {
      const { mrkdwn } = await import("/page/mrkdwn.js");
      const host = document.createElement("div");
      host.append(...mrkdwn(text));
      return host.innerHTML.replace(/<time [^>]*>|<\\/time>/g, "");
    }"""
    for text, drawn in MRKDWN:
        assert await page.evaluate(script, text) == drawn, text


async def test_the_clock_moves_in_the_acting_persons_own_zone(stage: Stage) -> None:
    page = await stage.opens()
    await expect(page.locator(".face")).to_have_text("Mon 23 Nov, 10:00")
    await page.get_by_role("button", name="+1 day").click()
    await expect(page.locator(".face")).to_have_text("Tue 24 Nov, 10:00")
    await page.get_by_label("Act as").select_option(label="Noor")
    await expect(page.locator(".face")).to_have_text("Tue 24 Nov, 16:00")
    await page.get_by_role("button", name="Reset").click()
    await page.get_by_role("button", name="Start over").click()
    await expect(page.locator(".face")).to_have_text("Mon 23 Nov, 16:00")


async def test_the_friday_scene_sets_the_stage_and_leaves_the_word_to_the_person(stage: Stage) -> None:
    page = await stage.opens("#/scene/friday-rejection")
    await expect(page.locator(".face")).to_have_text("Fri 27 Nov, 16:40")
    await expect(page.locator("#composer")).to_have_value("/rejected ")
    await expect(page.locator("#composer")).to_be_focused()


async def test_the_inspector_shows_both_directions_and_the_transcript_can_be_taken_away(stage: Stage) -> None:
    page = await stage.opens()
    await rejected(page)
    await page.get_by_role("button", name="Inspector").click()
    drawer = page.get_by_role("complementary", name="Inspector")
    row = drawer.locator("details", has_text="chat.postMessage").first
    await row.locator("summary").click()
    assert json.loads(await row.get_by_label("Response").inner_text())["ok"] is True
    await expect(drawer.locator(".to_bot").first).to_be_visible()
    await page.get_by_role("button", name="Copy transcript").click()
    await expect(page.get_by_text("Transcript copied.")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert "Your steps" in copied and "    First step" in copied and "[Done]" in copied


async def test_a_phone_sees_one_pane_at_a_time(stage: Stage) -> None:
    page = await stage.opens(size=NARROW)
    sidebar = page.get_by_role("navigation", name="Workspace")
    await expect(sidebar).to_be_hidden()
    await page.get_by_role("button", name="Show the sidebar").click()
    await sidebar.get_by_role("link", name="job-search").click()
    await expect(sidebar).to_be_hidden()
    await page.get_by_role("button", name="Show the sidebar").click()
    await sidebar.get_by_role("link", name="general").click()
    await rejected(page)
    await expect(page.locator("#main")).to_have_attribute("inert", "")
    assert await page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"size": NARROW}], ids=["light", "dark", "narrow"])
async def test_axe_finds_nothing_serious(stage: Stage, look: dict[str, Any]) -> None:
    page = await stage.opens(**look)
    await expect(page.get_by_role("log")).to_be_visible()
    found = await serious(page)
    await rejected(page)
    found += await serious(page)
    await page.keyboard.press("Escape")
    await page.get_by_role("main").get_by_role("button", name="Plan").click()
    await page.get_by_role("dialog").get_by_role("button", name="Keep").click()
    found += await serious(page)
    assert found == []


async def serious(page: Page) -> list[str]:
    violations = (await Axe().run(page)).response["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html']}" for each in violations if each["impact"] in ("serious", "critical")
    ]
