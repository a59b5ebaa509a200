"""Whatever the docs say to type can be typed, whatever they link to is there, and every page can be found."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shlex
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from bot.__main__ import app
from bot.sandbox.slack import Slack
from docs import generate
from tests.living import ROOMY, LivingBot

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^ *```sh\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
BOT, PYTHON = (".venv/bin/python", "-m", "bot"), ".venv/bin/python"
# Programs that may not be here. What of the repository they name is looked for all the same.
ELSEWHERE = {"docker", "sudo", "journalctl", "pg_dump", "pg_restore", "git", "python3", "cp", "mkdir"}
# These end by themselves and change nothing but the folder they are in.
CAN_RUN = ("manifest", "keys new", "content check", "deliveries", "db", "doctor", "backup", "restore ")


def typed(page: Path) -> Iterator[str]:
    """Each line of its shell blocks, continued lines as one, comments left out."""
    for block in FENCE.findall(page.read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            if words := shlex.split(line, comments=True):
                yield shlex.join(words)


def everything_typed() -> list[tuple[str, str]]:
    return [(str(page.relative_to(ROOT)), line) for page in PAGES for line in typed(page)]


def of_the_bot() -> list[str]:
    lines = {line for _, line in everything_typed() if tuple(shlex.split(line)[:3]) == BOT}
    return sorted(shlex.join(shlex.split(line)[3:]) for line in lines)


@pytest.mark.parametrize(("page", "line"), everything_typed())
def test_every_command_of_the_docs_is_one(page: str, line: str) -> None:
    words = shlex.split(line)
    while "=" in words[0]:
        words.pop(0)  # a setting for this command alone
    if words[0] == "make":
        assert re.search(rf"^{words[1]}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE), line
    elif tuple(words[:3]) == BOT:
        understood(words[3:])
    elif words[:2] == [PYTHON, "-m"]:
        assert words[2] in {"pip", "pytest"}, line
        named_files_are_there(words[3:])
    else:
        assert words[0] in ELSEWHERE, f"{page}: nobody knows whether {words[0]} can be typed"
        named_files_are_there(words[1:])


def understood(words: list[str]) -> None:
    """As the command line takes it apart: an option or command nobody knows is an error."""
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands") and words != ["--help"]:
        command, words = command.commands[words[0]], words[1:]
    if words != ["--help"]:
        command.make_context(command.name, words)


def named_files_are_there(words: list[str]) -> None:
    for word in words:
        path, _, test = word.partition("::")
        if path.startswith(("docs/", "tests/", "requirements", ".env.example")):
            assert (ROOT / path).exists(), f"there is no {path}"
            assert not test or f"def {test}(" in (ROOT / path).read_text(encoding="utf-8")


@pytest.fixture
async def begun(tmp_path: Path) -> AsyncIterator[tuple[Path, dict[str, str]]]:
    """A folder as an operator has it: .env, a database, a folder for backups and a copy in it."""
    async with Slack.open(rates=ROOMY) as slack:
        bot = LivingBot(slack, tmp_path)
        await bot.start()
        await bot.stop()
        environment = {
            "SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": slack.signing_secret, "PORT": "1",
            "SLACK_API_URL": slack.api_url, "DATABASE_URL": f"sqlite:///{tmp_path}/onward.db",
        }  # fmt: skip
        yield tmp_path, environment


@pytest.mark.parametrize("command", [each for each in of_the_bot() if each.startswith(CAN_RUN)])
async def test_what_can_be_run_here_runs(command: str, begun: tuple[Path, dict[str, str]]) -> None:
    folder, environment = begun
    (folder / "backups").mkdir()
    words = shlex.split(command)
    if words[0] == "restore":
        await run(folder, environment, ["backup", words[1]])
    await run(folder, environment, words)


async def run(folder: Path, environment: dict[str, str], words: list[str]) -> None:
    def here() -> Any:
        with contextlib.chdir(folder):
            return CliRunner().invoke(app, words, env=environment)

    ran = await asyncio.to_thread(here)
    assert ran.exit_code == 0, f"{words}: {ran.exception} {ran.output}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in link or link.startswith("mailto:"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link}: there is no {path}"
        on_the_site = ROOT / "docs" not in page.parents or ROOT / "docs" in target.parents
        assert on_the_site, f"{link}: the site ends at docs/, so a page there cannot lead out of it"
        assert not anchor or anchor in anchors(target), f"{link}: no such heading"


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(("page", "body"), generate.pages().items(), ids=lambda each: getattr(each, "stem", ""))
def test_the_reference_says_what_the_code_says(page: Path, body: str) -> None:
    assert page.read_text(encoding="utf-8") == body, "run `make reference` and commit what it wrote"


def test_every_page_is_in_the_index() -> None:
    index = (ROOT / "docs/index.md").read_text(encoding="utf-8").splitlines()
    pages = {str(page.relative_to(ROOT / "docs").with_suffix("")) for page in PAGES if ROOT / "docs" in page.parents}
    missing = pages - set(index) - {"index"}
    assert not missing, f"docs/index.md leads to no {sorted(missing)}: add a line where it belongs"
