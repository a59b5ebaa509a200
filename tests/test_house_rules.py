"""The rules of the house, read from the code: who may know whom, which library has which door, how large things are."""

from __future__ import annotations

import ast
import graphlib
import re
import sys
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILE_LINES = 250
FUNCTION_LINES = 40

ROOF = ("bot.app", "bot.bolt", "bot.scheduler", "bot.web", "bot.socket", "bot.oauth", "bot.pages",
        "bot.__main__", "bot.commands", "bot.sandbox", "bot.gallery", "bot.readiness", "bot.doctor")  # fmt: skip

# Of the ground floor handlers see the tools and what is pure; everything that acts is reached through the tools.
HANDLERS_MAY = ("messages", "bot.tools", "bot.plan", "bot.steps", "bot.series", "bot.calendars", "bot.zones",
                "bot.countries", "bot.grammar", "bot.kinds", "bot.exceptions", "bot.log", "bot.answers", "bot.written",
                "bot.home", "bot.keeping", "bot.facts", "bot.own_copy", "bot.distress", "bot.listening",
                "bot.situations", "bot.center", "bot.center_home", "bot.staffed", "bot.posting", "bot.coaching",
                "bot.sharing", "bot.store.history_values", "bot.store.thread_values", "bot.store.values")  # fmt: skip
HANDLERS_NEVER = ("sqlalchemy", "apscheduler", "datetime", "time", "os")

# One library, one door.
LIBRARIES = {
    "sqlalchemy": ("bot.database", "bot.together", "bot.tables", "bot.vault", "bot.store", "bot.schema", "migrations"),
    "alembic": ("bot.schema", "migrations"),
    "psycopg": ("bot.database",),
    "apscheduler": ("bot.scheduler",),
    "slack_bolt": (*ROOF, "handlers"),  # and anywhere as a type
    "pydantic_settings": ("bot.settings",),
    "dotenv": ("bot.settings",),
    "holidays": ("bot.calendars",),
    "cryptography": ("bot.vault",),
    "prometheus_client": ("bot.metrics", "bot.web"),
    "structlog": ("bot.log",),
    "typer": ("bot.__main__", "bot.commands"),
    "random": (),  # chance is a stable hash
    "unittest": (),  # what is far is a stand-in on the wire, not a mock
}
CALLS = {
    r"(os\.(environ|getenv|putenv)|environ|getenv)": (
        "bot.settings",
        "bot.commands.screen",
        "bot.sandbox.bot_process",
    ),
    r"((\w+\.)?datetime\.(now|utcnow|today)|(\w+\.)?date\.today|time\.time(_ns)?)": ("bot.clock", "bot.sandbox.clock"),
    r"print": ("bot.commands",),
    r"(importlib\.import_module|__import__)": (),  # an import nobody sees is one these rules cannot hold
}


@dataclass(frozen=True)
class Module:
    name: str
    path: Path

    def __str__(self) -> str:
        return str(self.path.relative_to(ROOT))

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.path.read_text(encoding="utf-8"), str(self))

    @cached_property
    def imports(self) -> tuple[str, ...]:
        return tuple(_imports(self.tree))

    @cached_property
    def imports_at_run_time(self) -> tuple[str, ...]:
        for_types = {id(each) for node in ast.walk(self.tree) if _is_type_checking(node) for each in ast.walk(node)}
        return tuple(_imports(self.tree, without=for_types))

    def lies_in(self, *places: str) -> bool:
        return any(f"{self.name}.".startswith(f"{place}.") for place in places)


def _imports(tree: ast.Module, without: Set[int] = frozenset()) -> Iterator[str]:
    for node in ast.walk(tree):
        if id(node) in without:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (_named(node.module or ".", alias.name) for alias in node.names)


def _named(package: str, name: str) -> str:
    """``from bot import plan`` means the module ``bot.plan``; ``from bot.plan import check_ins`` means ``bot.plan``."""
    place = ROOT.joinpath(*package.split("."), name)
    return f"{package}.{name}" if place.is_dir() or place.with_suffix(".py").exists() else package


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def _module(path: Path) -> Module:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return Module(".".join(parts[:-1] if parts[-1] == "__init__" else parts), path)


def modules(*rooms: str) -> list[Module]:
    return [_module(path) for room in rooms for path in sorted((ROOT / room).rglob("*.py"))]


OURS = modules("messages", "bot", "handlers", "migrations")
NAMES = {module.name for module in OURS}


def inside(name: str, *places: str) -> bool:
    return any(f"{name}.".startswith(f"{place}.") for place in places)


def no_faults(faults: list[str]) -> None:
    assert not faults, "\n" + "\n".join(faults)


def test_messages_know_nobody() -> None:
    no_faults([
        f"{module} imports {name}: messages/ is a leaf, it may import the standard library and itself"
        for module in OURS if module.lies_in("messages") for name in module.imports
        if not inside(name, "messages", *sys.stdlib_module_names)
    ])  # fmt: skip


def test_the_ground_floor_looks_neither_at_handlers_nor_up_to_the_roof() -> None:
    no_faults([
        f"{module} imports {name}: the ground floor of bot/ knows neither handlers nor the roof"
        for module in OURS if module.lies_in("bot") and not module.lies_in(*ROOF)
        for name in module.imports if inside(name, "handlers", *ROOF)
    ])  # fmt: skip


def test_handlers_know_the_words_and_the_tools_only() -> None:
    no_faults([
        f"{module} imports {name}: handlers know the words, the tools and the pure rules (HANDLERS_MAY)"
        for module in OURS if module.lies_in("handlers") for name in module.imports
        if inside(name, *HANDLERS_NEVER) or (inside(name, "bot") and not inside(name, *HANDLERS_MAY))
    ])  # fmt: skip


def test_handlers_never_know_each_other() -> None:
    no_faults([
        f"{module} imports {name}: only handlers/__init__.py knows them all"
        for module in OURS if module.lies_in("handlers") and module.name != "handlers"
        for name in module.imports if inside(name, "handlers")
    ])  # fmt: skip


def test_the_sandbox_knows_slack_and_not_onward() -> None:
    no_faults([
        f"{module} imports {name}: the sandbox is a Slack, it must not know the bot it is there to test"
        for module in OURS if module.lies_in("bot.sandbox")
        for name in module.imports if inside(name, "bot", "handlers", "messages") and not inside(name, "bot.sandbox")
    ])  # fmt: skip


def test_only_what_shows_its_page_and_tests_know_the_sandbox() -> None:
    no_faults([
        f"{module} imports {name}: what runs for real people does without the sandbox"
        for module in OURS if not module.lies_in("bot.sandbox", "bot.commands.sandbox", "bot.commands.preview")
        for name in module.imports if inside(name, "bot.sandbox")
    ])  # fmt: skip


def test_imports_never_run_in_a_circle() -> None:
    others = {module.name: set(module.imports_at_run_time) - {module.name} for module in OURS}
    graph = {name: NAMES & imports for name, imports in others.items()}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as circle:
        pytest.fail("imports in a circle: " + " ← ".join(circle.args[1]))


@pytest.mark.parametrize("library", LIBRARIES)
def test_each_library_has_one_door(library: str) -> None:
    no_faults([
        f"{module} imports {library}, whose door is {', '.join(LIBRARIES[library]) or 'nowhere'}"
        for module in OURS if not module.lies_in(*LIBRARIES[library])
        for name in (module.imports_at_run_time if library == "slack_bolt" else module.imports) if inside(name, library)
    ])  # fmt: skip


@pytest.mark.parametrize("calls", CALLS, ids=["environment", "clock", "print", "hidden imports"])
def test_each_call_has_one_door(calls: str) -> None:
    no_faults([
        f"{module}:{node.lineno} uses {ast.unparse(node)}, whose door is {', '.join(CALLS[calls]) or 'nowhere'}"
        for module in OURS if not module.lies_in(*CALLS[calls])
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute | ast.Name) and re.fullmatch(calls, ast.unparse(node))
    ])  # fmt: skip


def test_the_time_is_not_asked_for_under_another_name() -> None:
    no_faults([
        f"{module}:{node.lineno} imports the function time.time by name: write time.time(), in bot/clock.py"
        for module in OURS for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom) and node.module == "time"
        and {each.name for each in node.names} & {"time", "time_ns"}
    ])  # fmt: skip


def test_tests_do_without_mocks() -> None:
    no_faults([
        f"{module} imports {name}: let a stand-in answer over the wire"
        for module in modules("tests") for name in module.imports if inside(name, "unittest", "mock", "pytest_mock")
    ])  # fmt: skip


def test_handlers_write_no_id_as_a_bare_string() -> None:
    no_faults([
        f"{module}:{node.lineno} writes {ast.unparse(argument)}: ids live in messages/presses.py and messages/forms.py"
        for module in OURS if module.lies_in("handlers") for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"action", "view", "view_submission", "view_closed", "shortcut", "options"}
        for argument in node.args if any(isinstance(each, ast.Constant) for each in ast.walk(argument))
    ])  # fmt: skip


def test_every_file_can_be_read_in_one_sitting() -> None:
    files = [module.path for module in OURS if not module.lies_in("migrations")]
    files += sorted((ROOT / "bot/sandbox/page").rglob("*.*s"))  # scripts and style sheets
    sizes = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    no_faults([
        f"{path.relative_to(ROOT)} has {lines} lines, more than {FILE_LINES}: split it by noun"
        for path, lines in sizes.items() if lines > FILE_LINES
    ])  # fmt: skip


def test_every_function_has_one_thought() -> None:
    """Migrations are lists of tables, written once."""
    no_faults([
        f"{module}:{node.lineno} {node.name} has {lines} lines, more than {FUNCTION_LINES}: find its parts"
        for module in OURS if not module.lies_in("migrations") for node in ast.walk(module.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ])  # fmt: skip
