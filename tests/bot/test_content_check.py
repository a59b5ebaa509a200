"""``content check`` and ``run`` on an operator's words, as a counselor meets them: in a shell."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CARD = Path("en/cards/dont_dwell/none.md")
SLIPS = {
    "a banned phrase": (
        "After that,", "Don't worry.",
        ":8: “body”: “don't worry” is a banned phrase. Say what is true: \"It's okay if this worries you.\"",
    ),
    "a quote left open": (
        'seed_title = "', "seed_title = ",
        ':3: The TOML is not valid: Invalid value. Write name = "text", with every quote closed '
        'and a " inside a text as \\".',
    ),
    "a day that passes": (
        "If it keeps", "Yesterday it kept",
        ":6: “body”: “yesterday” is untrue when the message is read on another day. "
        "Leave the day out, or let the code write the date.",
    ),
    "nothing to do": ("do = ", "due = ", ":4: “due” is a name nothing reads. Mend its spelling, or delete it."),
}  # fmt: skip


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with a copy of one card, to change."""
    (tmp_path / "words" / CARD).parent.mkdir(parents=True)
    shutil.copy(ROOT / "messages/locales" / CARD, tmp_path / "words" / CARD)
    return tmp_path / "words"


def spoil(own: Path, old: str, new: str) -> Path:
    text = (own / CARD).read_text("utf-8")
    assert old in text
    (own / CARD).write_text(text.replace(old, new, 1), "utf-8")
    return own / CARD


def bot(own: Path, *asked: str, **given: str) -> subprocess.CompletedProcess[str]:
    paths = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = paths | {"PYTHONPATH": str(ROOT)} | given
    return subprocess.run(
        [sys.executable, "-m", "bot", *asked], cwd=own.parent, env=environment, capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip


def test_good_words_of_ones_own_are_in_order(own: Path) -> None:
    ran = bot(own, "content", "check", "--words-dir", str(own))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "Every word is in order.\n", "")


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_with_file_line_and_remedy(own: Path, slip: str) -> None:
    old, new, told = SLIPS[slip]
    card = spoil(own, old, new)
    ran = bot(own, "content", "check", "--words-dir", str(own))
    assert (ran.returncode, ran.stderr) == (1, "")
    assert f"{card}{told}" in ran.stdout.splitlines()
    assert all(line.startswith(str(card)) for line in ran.stdout.splitlines())


def test_a_bot_told_to_run_with_a_slip_says_the_same_and_does_not_start(own: Path) -> None:
    card = spoil(own, "After that,", "Don't worry.")
    secrets = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "shh"}
    ran = bot(own, "run", WORDS_DIR=str(own), **secrets)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith(f"WORDS_DIR cannot be used:\n{card}:8: “body”: “don't worry” is a banned phrase.")
    assert "Traceback" not in ran.stderr
