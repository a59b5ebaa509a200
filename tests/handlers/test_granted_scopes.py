"""What a workspace granted is known, so that what needs more can say so instead of failing."""

import json
from pathlib import Path

from bot.sandbox.clock import SandboxClock
from bot.sandbox.slack import Slack
from tests.handlers.test_center import opens_center, shown, staff
from tests.living import ROOMY, WEDNESDAY, LivingBot

ROOT = Path(__file__).parents[2]


async def test_a_token_tells_what_it_may_do(slack: Slack, bot: LivingBot) -> None:
    can = bot.onward.tools.workspaces.can
    assert await can(slack.team_id, "chat:write", "users:read")
    assert not await can(slack.team_id, "chat:write", "users:read.email")
    assert not await can("T0STRANGERS", "chat:write")


async def test_a_token_of_a_poorer_app_may_less(tmp_path: Path) -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text())
    manifest["oauth_config"]["scopes"]["bot"].remove("users:read")
    async with Slack.open(manifest=manifest, clock=SandboxClock(WEDNESDAY), rates=ROOMY) as slack:
        bot = LivingBot(slack, tmp_path)
        await bot.start()
        assert not await bot.onward.tools.workspaces.can(slack.team_id, "users:read")
        await slack.types("/rejected Initech")
        await bot.settles()
        assert len(slack.dm("maya")) == 2
        await bot.stop()


async def test_staff_read_what_was_not_allowed_and_what_follows(tmp_path: Path) -> None:
    manifest = json.loads((ROOT / "manifest.json").read_text())
    for scope in ("groups:history", "mpim:write", "mpim:history"):
        manifest["oauth_config"]["scopes"]["bot"].remove(scope)
    async with Slack.open(manifest=manifest, clock=SandboxClock(WEDNESDAY), rates=ROOMY) as slack:
        bot = LivingBot(slack, tmp_path)
        await bot.start()
        await staff(bot)
        await opens_center(slack, bot)
        page = shown(slack)
        assert "read private channels" in page and "to a member and a coach together" in page
        assert "in a message with a coach" in page and "join channels by myself" not in page
        await bot.stop()
