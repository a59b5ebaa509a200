"""The files that start the bot elsewhere name what is there: commands, folders, settings."""

from __future__ import annotations

import json
import re
import shlex
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from bot.__main__ import app
from bot.settings import Settings

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "docs" / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
PROCFILE = dict(line.split(": ", 1) for line in (ROOT / "Procfile").read_text(encoding="utf-8").splitlines())
NOT_OURS = {"PATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


def unit() -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(DEPLOY / "onward.service", encoding="utf-8")
    return parser


def image_starts() -> str:
    found = re.search(r"^CMD (.+)$", DOCKERFILE, re.MULTILINE)
    assert found is not None
    return shlex.join(json.loads(found[1]))


COMMANDS = [
    *(line.rpartition("=0.0.0.0 ")[2] for line in PROCFILE.values()), image_starts(),
    unit()["Service"]["ExecStart"], shlex.join(COMPOSE["services"]["upgrade"]["command"]),
]  # fmt: skip


@pytest.mark.parametrize("line", COMMANDS)
def test_what_is_started_is_a_command_of_the_bot(line: str) -> None:
    python, dash_m, bot, *words = shlex.split(line)
    assert python.endswith("python") and (dash_m, bot) == ("-m", "bot")
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        command, words = command.commands[words[0]], words[1:]
    command.make_context(command.name, words)


def test_a_host_finds_what_it_looks_for_in_the_procfile() -> None:
    assert list(PROCFILE) == ["release", "web", "worker"] and "HOST=0.0.0.0" in PROCFILE["web"]


def test_the_image_has_all_the_bot_needs_and_nothing_it_must_not_have() -> None:
    copied = {
        part for line in re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE) for part in line.split()
    }
    assert {"bot", "handlers", "messages", "migrations", "manifest.json", "requirements.txt"} == copied
    assert all((ROOT / each).exists() for each in copied)
    let_in = set((DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split("\n"))
    assert "*" in let_in and {f"!{each}" for each in copied} <= let_in and not {"!.env", "!docs"} & let_in


def test_nothing_runs_as_root() -> None:
    stages = DOCKERFILE.split("\nFROM ")
    assert re.search(r"^USER onward$", stages[-1], re.MULTILINE) and "--require-hashes" in DOCKERFILE
    assert unit()["Service"]["User"] == "onward"
    assert COMPOSE["services"]["bot"]["cap_drop"] == ["ALL"] and COMPOSE["services"]["bot"]["read_only"] is True


def test_every_setting_they_name_is_one() -> None:
    in_image = {
        each.partition("=")[0] for line in re.findall(r"^ENV (.+)$", DOCKERFILE, re.MULTILINE) for each in line.split()
    }
    in_compose = set(COMPOSE["services"]["bot"]["environment"])
    known = {name.upper() for name in Settings.model_fields}
    assert in_image | in_compose <= known | NOT_OURS


def test_they_give_it_time_to_finish_what_is_under_way() -> None:
    """Ten seconds, and what it takes to end."""
    assert COMPOSE["services"]["bot"]["stop_grace_period"] == "20s" and unit()["Service"]["TimeoutStopSec"] == "20"


def test_a_wrong_setting_is_not_tried_again_and_again() -> None:
    assert unit()["Service"]["RestartPreventExitStatus"] == "2"
