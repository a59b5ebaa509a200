"""An Enterprise org adds the app once: its workspaces share the token and nothing else, and may lose it one by one."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.sandbox.casts import ARTS, ENGINEERING
from bot.sandbox.slack import Slack
from bot.store.installs import GRACE
from tests.installing import Browser, Page, town
from tests.living import LivingBot

MANIFEST = json.loads((Path(__file__).parents[2] / "manifest.json").read_text(encoding="utf-8"))


@dataclass
class University:
    arts: Slack
    engineering: Slack
    bot: LivingBot
    page: Page

    async def settles(self) -> None:
        await self.arts.settles()
        await self.bot.settles()

    async def serves(self, slack: Slack) -> bool:
        return await self.bot.onward.tools.workspaces.find(slack.team_id) is not None


@pytest.fixture
async def university(tmp_path: Path) -> AsyncIterator[University]:
    """Theo adds it for the whole org; then Ida and Kofi have a thread each."""
    ready = MANIFEST | {"settings": MANIFEST["settings"] | {"org_deploy_enabled": True}}
    async with town(tmp_path, manifest=ready) as here, Browser(here.bot) as theo:
        arts, engineering = (here.riverside.opens_workspace(each) for each in (ARTS, ENGINEERING))
        asked = await theo.begins()
        page = await theo.opens(await theo.decides(arts, asked, place="E0STATEUNI1", name="Theo"))
        for slack, user in ((arts, "ida"), (engineering, "kofi")):
            assert (await slack.types("/rejected Initech", user)).text.startswith("I'm sorry")
        found = University(arts, engineering, here.bot, page)
        await found.settles()
        yield found


async def test_each_workspace_of_the_org_works_with_the_orgs_token(university: University) -> None:
    assert university.page.status == 200
    assert "State University" in university.page.text and "has written to nobody" in university.page.text
    assert len(university.arts.dm("ida")) == len(university.engineering.dm("kofi")) == 2
    for slack in (university.arts, university.engineering):
        served = await university.bot.onward.tools.workspaces.find(slack.team_id)
        assert served and served.org == "E0STATEUNI1" and served.token == university.arts.bot_token
        assert await university.bot.onward.tools.workspaces.can(slack.team_id, "chat:write")


async def test_taken_out_of_one_workspace_it_stays_in_the_other(university: University) -> None:
    await university.arts.withdraws_the_app()
    await university.settles()
    assert not await university.serves(university.arts) and await university.serves(university.engineering)
    ledger = await university.bot.ledger()
    assert ledger[("check_ins.check_in", "cancelled", "app_uninstalled")] == 4
    assert ledger[("check_ins.check_in", "planned", "")] == 4


async def test_an_org_that_removes_it_removes_it_everywhere(university: University) -> None:
    await university.arts.uninstalls()
    await university.settles()
    assert not await university.serves(university.arts) and not await university.serves(university.engineering)
    await university.engineering.advances(GRACE.total_seconds() + 60)
    await university.bot.onward.leaving.run()
    assert await university.bot.onward.tools.store.workspaces.teams() == []
