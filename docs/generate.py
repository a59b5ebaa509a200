"""Writes docs/reference/ from the code: ``make reference``. With ``--check`` it only says what is out of date."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

import typer  # noqa: E402 - the checkout has to be found first, since it is not installed
from pydantic_core import PydanticUndefined  # noqa: E402

from bot import oauth, web  # noqa: E402
from bot.__main__ import app  # noqa: E402
from bot.doctor.finding import CHECKS  # noqa: E402
from bot.metrics import Metrics  # noqa: E402
from bot.pages import Pages  # noqa: E402
from bot.settings import Settings  # noqa: E402
from bot.tables import metadata  # noqa: E402
from messages.library import Library  # noqa: E402

WRITTEN = "Written from the code by `make reference`; change it there."


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def settings() -> Iterator[str]:
    """What each is for stands in .env.example, its default in the code."""
    yield "In the environment or in `.env`; the environment wins, and an empty value means “not set”. A wrong one ends"
    yield "the start with one sentence that names it, and exit code 2. `.env.example` is the same list to copy."
    yield ""
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    said = {line.partition("=")[0]: above[2:] for above, line in pairwise(lines) if re.match(r"[A-Z_]+=", line)}
    rows = [(f"`{name}`", words, _default(name.lower())) for name, words in said.items()]
    yield table(("Setting", "What it is", "When empty"), rows)


def _default(field: str) -> str:
    default = Settings.model_fields[field].default
    return "" if default is None or default is PydanticUndefined else f"`{default}`"


def commands() -> Iterator[str]:
    yield "Each is `.venv/bin/python -m bot …`, from the checkout. Exit code 0: done; 1: something is wrong; 2: it"
    yield "cannot be done like this, and one sentence says why."
    yield from _command(typer.main.get_command(app), ())


def _command(command: Any, path: tuple[str, ...]) -> Iterator[str]:
    inner = getattr(command, "commands", {})
    if path and not inner:
        yield f"\n## {' '.join(path)}\n"
        yield re.sub(r"\s+", " ", command.help or "").strip()
        rows = [_parameter(each) for each in command.params if each.name != "help"]
        if rows:
            yield "\n" + table(("Option", "What it does"), rows)
    for name, each in sorted(inner.items()):
        yield from _command(each, (*path, name))


def _parameter(parameter: Any) -> tuple[str, str]:
    if parameter.param_type_name == "argument":
        return f"`{parameter.name.upper()}`", getattr(parameter, "help", "") or ""
    asked = parameter.type_descriptor.annotation
    takes = next((each for each in get_args(asked) if each is not type(None)), asked)
    return f"`{parameter.opts[0]}{_value(takes)}`", parameter.help or ""


def _value(takes: Any) -> str:
    if takes is bool:
        return ""
    if isinstance(takes, type) and issubclass(takes, Enum):
        return f" {'|'.join(each.value for each in takes)}"
    return f" {getattr(takes, '__name__', 'text').upper()}"


def metrics() -> Iterator[str]:
    yield "On `/metrics`, in Prometheus' text format: for this machine alone, or for whoever sends `METRICS_TOKEN` as a"
    yield "bearer token. No label names a member, a workspace, a thread or a company. Beside these come the usual"
    yield "`process_…` ones."
    yield ""
    rows = [
        (f"`{name}`", kind, ", ".join(f"`{label}`" for label in labels), words)
        for name, kind, words, labels in Metrics().families()
    ]
    yield table(("Metric", "Type", "Labels", "What it says"), rows)


def tables() -> Iterator[str]:
    yield "The same on SQLite and PostgreSQL. Columns named `sealed_…` hold ciphertext; `…_at`, `…_until` and `…_due`"
    yield "are whole seconds of Unix UTC. What each is kept for stands in [privacy](../privacy.md)."
    for each in metadata.sorted_tables:
        yield f"\n## {each.name}\n"
        rows = [(f"`{column.name}`", str(column.type).lower(), _key(column)) for column in each.columns]
        yield table(("Column", "Type", ""), rows)


def _key(column: Any) -> str:
    said = ["key"] if column.primary_key else [] if column.nullable else ["always set"]
    return ", ".join([*said, *(f"of `{key.target_fullname}`" for key in column.foreign_keys)])


def labels() -> Iterator[str]:
    yield "What stands on the buttons, in English. The key is what `phrases.toml` calls it, for words of your own."
    yield ""
    locale = Library.load().locale("en")
    named = {key.partition(":")[2]: text for key, text in locale.texts.items() if key.startswith("phrases:labels.")}
    yield table(("Key", "Label"), [(f"`{key}`", text) for key, text in sorted(named.items())])


def checks() -> Iterator[str]:
    yield "`.venv/bin/python -m bot doctor` looks at these and changes nothing. A fault comes with its remedy;"
    yield "what depends on something that is at fault is left out."
    yield ""
    yield table(("Check", "It is in order when"), [(f"`{name}`", words) for name, words in CHECKS.items()])


def addresses() -> Iterator[str]:
    """Read from the site's own routes, each with the first line of its door."""
    yield "The bot listens on `HOST` and `PORT`, in Socket Mode too."
    yield ""
    rows: list[tuple[str, str]] = []
    for doors in (web.Doors, oauth.Doors, Pages):
        code = Path(inspect.getfile(doors)).read_text(encoding="utf-8")
        routes = re.findall(r'router\.add_(get|post)\("(/[a-z][^"]+)", (?:\w+)\.(\w+)\)', code)
        rows += [(f"`{how.upper()} {path}`", _first_line(getattr(doors, name))) for how, path, name in routes]
    yield table(("Address", "What it is for"), rows)


def _first_line(door: Callable[..., object]) -> str:
    return (door.__doc__ or "").strip().split("\n")[0].replace("``", "`")


PAGES: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "settings": ("Settings", settings),
    "commands": ("Commands", commands),
    "metrics": ("Metrics", metrics),
    "addresses": ("Addresses", addresses),
    "checks": ("What the doctor looks at", checks),
    "tables": ("Tables", tables),
    "labels": ("Labels", labels),
}


def pages() -> dict[Path, str]:
    """Every page of the reference as it should be."""
    return {
        HERE / "reference" / f"{name}.md": f"# {title}\n\n" + "\n".join(body()) + f"\n\n*{WRITTEN}*\n"
        for name, (title, body) in PAGES.items()
    }


def main(arguments: Sequence[str]) -> int:
    old = [page for page, body in pages().items() if not page.exists() or page.read_text(encoding="utf-8") != body]
    for page in old:
        sys.stderr.write(f"{page.relative_to(ROOT)} is out of date\n")
        if "--check" not in arguments:
            page.write_text(pages()[page], encoding="utf-8")
    return 1 if old and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
