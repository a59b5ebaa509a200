"""A bot that is stopped while Slack answers nothing: it ends at once, and nothing is left open."""

from __future__ import annotations

import gc
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox.slack import Slack
from tests.living import QUICK, LivingBot


@pytest.mark.parametrize("kind", ["hang", "late"])
@pytest.mark.parametrize("method", ["chat.postMessage", "conversations.open"])
async def test_no_test_waits_for_a_call_that_hangs(slack: Slack, tmp_path: Path, method: str, kind: str) -> None:
    bot = LivingBot(slack, tmp_path, pace=replace(QUICK, timeout=30))
    await bot.start()
    slack.fault(method, kind, seconds=30)
    await slack.types("/rejected Initech")
    await slack.until(lambda: any(each.method == method for each in slack.calls))
    began = time.monotonic()
    await bot.stop()
    assert time.monotonic() - began < 5
    gc.collect()  # a transport left open, here or by the test before, says so: every warning is an error
