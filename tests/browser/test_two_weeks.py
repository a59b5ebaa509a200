"""Two weeks on the page while the clocks change: every check-in comes on the day and at the hour that were said."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import Stage
from tests.messages.gallery import english

pytestmark = pytest.mark.asyncio(loop_scope="session")

EARLIEST, LATEST = time(9, 30), time(10, 30)  # "around 10:00"
ANSWERS = ("ok", "not_this_week", "not_yet", None)
# A Thursday with a change of clocks within the fortnight: when it begins, who it is, their zone, and the four days.
CHANGES = {
    "New York falls back": (
        datetime(2026, 10, 29, 15, 0, tzinfo=UTC), "Maya", "America/New_York",
        [date(2026, 10, 30), date(2026, 11, 2), date(2026, 11, 5), date(2026, 11, 12)],
    ),
    "New York springs forward": (
        datetime(2027, 3, 11, 16, 0, tzinfo=UTC), "Maya", "America/New_York",
        [date(2027, 3, 12), date(2027, 3, 15), date(2027, 3, 18), date(2027, 3, 25)],
    ),
    "Berlin springs forward": (
        datetime(2027, 3, 18, 10, 0, tzinfo=UTC), "Noor", "Europe/Berlin",
        [date(2027, 3, 19), date(2027, 3, 22), date(2027, 3, 25), date(2027, 4, 1)],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("whole", "who", "zone", "days"), CHANGES.values(), ids=CHANGES, indirect=["whole"])
async def test_check_ins_come_at_the_same_hour_on_both_sides_of_the_change(
    whole: Stage, who: str, zone: str, days: list[date]
) -> None:
    """The browser stands on the other side of the world: what counts is the member's own zone."""
    page = await whole.opens(timezone_id="Pacific/Auckland")
    await page.get_by_label("Act as").select_option(label=who)
    await page.locator("#composer").fill("/rejected")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Open your thread").click()
    parent = page.get_by_role("log").get_by_role("article").first
    for day in days:
        await expect(parent).to_contain_text(english().day(day))
    seen = [await next_check_in(page, answer) for answer in ANSWERS]
    local = [moment.astimezone(ZoneInfo(zone)) for _, moment in seen]
    assert [each.date() for each in local] == days
    assert [stamp for stamp, _ in seen] == [f"{each:%H:%M}" for each in local]
    assert len({stamp for stamp, _ in seen}) == 1
    assert all(EARLIEST <= each.time() <= LATEST for each in local)
    assert local[0].utcoffset() != local[-1].utcoffset()
    await page.get_by_role("button", name="Next check-in").click()
    await expect(page.get_by_text("Nothing is planned.")).to_be_visible()


async def next_check_in(page: Page, answer: str | None) -> tuple[str, datetime]:
    """Moves the clock there, reads the time it shows and the moment behind it, and answers, since silence drops one."""
    articles = page.get_by_role("log").get_by_role("article")
    before = await articles.count()
    await page.get_by_role("button", name="Next check-in").click()
    await expect(articles).to_have_count(before + 1)
    stamp = articles.last.locator("time.stamp")
    seen = await stamp.inner_text(), datetime.fromisoformat(str(await stamp.get_attribute("datetime")))
    if answer:
        async with page.expect_response("**/_sandbox/press"):
            await articles.last.get_by_role("button", name=english().phrase(f"labels.{answer}")).click()
    return seen
