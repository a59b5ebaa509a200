"""table and data_table: rows of cells (docs: "Table block"; data_table has no class in the SDK yet)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.sandbox.block_kit.checks import Check, Place, Row, flag, many, number, one_of, shape, string, typed
from bot.sandbox.block_kit.rich_text import ELEMENTS

TABLE_CHARACTERS = 10_000
_KIND: dict[str, Check] = {"type": string()}
_CELLS = {
    "raw_text": Row(_KIND | {"text": string(least=0)}),
    "raw_number": Row(_KIND | {"value": number(whole=False)}, {"text": string()}),
    "rich_text": Row(_KIND | {"elements": ELEMENTS}, {"block_id": string(255)}),
}
_CELL = typed(lambda: _CELLS)
_COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})


def _nullable(check: Check) -> Check:
    return lambda value, place: iter(()) if value is None else check(value, place)


def _same_width(table: Mapping[str, Any], place: Place) -> Iterator[str]:
    rows = table.get("rows")
    if isinstance(rows, list) and len({len(row) for row in rows if isinstance(row, list)}) > 1:
        yield place.at("rows").says("every row must have the same number of cells")


def _characters(most: int) -> Any:
    def rule(table: Mapping[str, Any], place: Place) -> Iterator[str]:
        if sum(map(len, _words(table.get("rows")))) > most:
            yield place.says(f"must be less than {most + 1} characters")

    return rule


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name == "text" and isinstance(inner, str):
                yield inner
            else:
                yield from _words(inner)
    elif isinstance(value, list):
        for each in value:
            yield from _words(each)


TABLE = Row(
    _KIND | {"rows": many(many(_CELL, 20), 100)},
    {"block_id": string(255), "column_settings": many(_nullable(_COLUMN), 20)},
    (_same_width, _characters(TABLE_CHARACTERS)), frozenset({"message"}),
)  # fmt: skip
DATA_TABLE = Row(
    _KIND | {"caption": string(), "rows": many(many(_CELL, 20), 201, 2)},
    {"block_id": string(255), "page_size": number(1, 100), "row_header_column_index": number(0, 19)},
    (_same_width, _characters(20_000)), frozenset({"message", "home"}),
)  # fmt: skip
