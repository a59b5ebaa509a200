"""Text on the page: hostile words stay words, and mrkdwn is drawn as Slack draws it."""

from __future__ import annotations

import pytest
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from tests.browser.conftest import Stage
from tests.browser.small_bot import words

pytestmark = pytest.mark.asyncio(loop_scope="session")


HOSTILE = "<img src=x onerror=alert(1)> <script>alert(1)</script> <javascript:alert(1)|here> a*b*c"
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
