"""What is written is read by somebody: no name, phrase or setting lies about that nothing asks for any more."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bot.settings import Settings
from messages import library
from messages.shelf import Shelf

ROOT = Path(__file__).parent.parent
ROOMS = ("messages", "handlers", "bot")
READERS = (*ROOMS, "docs", "benchmarks", "migrations", "tests")
A_KEY = re.compile(r".*[a-z_]{3,}\\?\..*|.*\\?\.[a-z_]{3,}")


@cache
def trees(*rooms: str) -> dict[Path, ast.Module]:
    found = (path for room in rooms for path in sorted((ROOT / room).rglob("*.py")))
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in found}


def names_read() -> Counter[str]:
    """How often each word stands in the code and its tests, in strings too."""
    texts = (path.read_text(encoding="utf-8") for path in trees(*READERS))
    return Counter(word for text in texts for word in re.findall(r"\w+", text))


def names_given(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Functions and classes nobody registered by a decorator, and what a module writes in capitals."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.decorator_list:
            yield node.lineno, node.name
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        yield from ((each.lineno, each.id) for each in targets if isinstance(each, ast.Name) and each.id.isupper())


def test_every_name_is_read_somewhere() -> None:
    """Once is where it is given; a name in ``__all__`` alone is found by its import."""
    read = names_read()
    idle = [
        f"{path.relative_to(ROOT)}:{line} {name}" for path, tree in trees(*ROOMS, "tests").items()
        for line, name in names_given(tree)
        if read[name] == 1 and not name.startswith(("test_", "pytest_", "__", "teardown"))
    ]  # fmt: skip
    assert idle == [], "nothing reads these: drop them, or the last reader went by mistake"


def test_every_phrase_is_said_somewhere() -> None:
    shelf = Shelf()
    shelf.read(library.SHIPPED / "en")
    nodes = [node for tree in trees(*ROOMS).values() for node in ast.walk(tree)]
    written = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    patterns = {pattern for node in nodes if isinstance(node, ast.JoinedStr) and A_KEY.fullmatch(pattern := made(node))}
    every = shelf.table("phrases:").keys()
    counted = {key.removesuffix(".one") for key in every if key.endswith(".one")}  # asked for without the class
    keys = counted | {key for key in every if key.rpartition(".")[0] not in counted}
    built = re.compile("|".join(sorted(patterns)))
    assert sorted(key for key in keys - written if not built.fullmatch(key)) == []


def made(node: ast.JoinedStr) -> str:
    """A pattern of every key the string can become."""
    parts = (re.escape(str(each.value)) if isinstance(each, ast.Constant) else r"[\w.:]+" for each in node.values)
    return "".join(parts)


def test_every_setting_is_read_somewhere() -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in trees("bot", "handlers")}
    everywhere = "\n".join(texts.values())
    assert [name for name in Settings.model_fields if not re.search(rf"\.{name}\b", everywhere)] == []
