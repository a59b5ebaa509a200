"""The files around the code agree with it: locks, settings, Makefile; and none tells where it was made."""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import tomllib
from itertools import pairwise
from pathlib import Path

import psycopg
import pytest

from bot.settings import Settings

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PIN = re.compile(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)", re.MULTILINE)

# Where packages came from, and where somebody keeps things, is no business of the repository. One letter of each stands
# in brackets, so that no host and no path stands here either.
TRACES = (
    r"python[h]osted[.]org|p[y]pi[.]org/simple|regist[r]y[.]np[m]js|de[b][.]deb[i]an[.]org|as[t]ral[.]sh",
    r"--(extra-)?ind[e]x-url|--(f[i]nd-links|trus[t]ed-host)|P[I]P_[A-Z]*IND[E]X|U[V]_[A-Z]*IND[E]X",
    r"(?<![\w/.#~-])/([w]ork|[r]oot|[h]ome|[U]sers)/\w",
    r"fil[e]:/{3}([o]pt|[w]ork|[r]oot|[h]ome|[U]sers|[m]nt)|/[o]pt/([w]heels|p[y]pi)",
)


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text(encoding="utf-8")))


def wanted(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~!; ]", each, maxsplit=1)[0].lower() for each in requirements}


def test_everything_the_project_needs_is_locked() -> None:
    assert wanted(PROJECT["project"]["dependencies"]) <= pins("requirements.txt").keys()
    assert wanted(PROJECT["dependency-groups"]["dev"]) <= pins("requirements-dev.txt").keys()


def test_tests_run_with_the_very_packages_people_run() -> None:
    assert pins("requirements.txt").items() <= pins("requirements-dev.txt").items()


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_has_its_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)[1:]
    bare = [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry]
    assert not bare and len(entries) == len(PIN.findall(text)), f"without a hash: {bare}"


def test_every_setting_is_in_the_example_with_a_line_that_explains_it() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    settings = [
        (line.partition("=")[0].lower(), above) for above, line in pairwise(lines) if re.match(r"[A-Z_]+=", line)
    ]
    named = dict(settings)
    assert named.keys() == Settings.model_fields.keys()
    unexplained = [name for name, before in named.items() if not before.startswith("# ")]
    assert not unexplained, f"write a line of comment above {unexplained}"


def test_the_changelog_knows_the_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{PROJECT['project']['version']}]" in changelog


def test_the_folder_of_tests_is_ours() -> None:
    """Some packages install a ``tests`` of their own (textstat does), which hides ours outside pytest."""
    tests = importlib.import_module("tests")
    assert list(tests.__path__) == [str(ROOT / "tests")]


def test_a_real_postgres_is_there(postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as connection:
        assert connection.info.server_version >= 180000


def test_a_real_chromium_is_there(chromium: str) -> None:
    said = subprocess.run([chromium, "--version"], capture_output=True, text=True, check=True, timeout=60)
    assert "Chrom" in said.stdout


def _files_of_the_repository() -> list[Path]:
    if not (ROOT / ".git").exists():
        assert not os.environ.get("CI"), "CI works on a git checkout"
        pytest.skip("not a git checkout: no telling which files belong to it")  # never in CI, which failed above
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert listed.returncode == 0, listed.stderr.decode()
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_file_tells_where_it_was_made() -> None:
    told = []
    for path in _files_of_the_repository():
        text = path.read_bytes().decode("utf-8", "ignore")
        here = [str(ROOT)] if len(ROOT.parts) > 2 else []
        found = [match.group() for trace in (*TRACES, *map(re.escape, here)) for match in re.finditer(trace, text)]
        told += [f"{path.relative_to(ROOT)}: {each}" for each in dict.fromkeys(found)]
    assert not told, "\n" + "\n".join(told)
