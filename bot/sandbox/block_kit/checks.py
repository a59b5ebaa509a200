"""The small checks the tables are made of. Each takes a value and its place and yields what Slack would say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

ANYWHERE = frozenset({"message", "modal", "home"})


@dataclass(frozen=True)
class Place:
    """Where in the payload we are, and on which surface it will be shown."""

    pointer: str
    surface: str

    def at(self, key: str | int) -> Place:
        return replace(self, pointer=f"{self.pointer}/{key}")

    def says(self, complaint: str) -> str:
        return f"[ERROR] {complaint} [json-pointer:{self.pointer}]"


Check = Callable[[Any, Place], Iterator[str]]
Rule = Callable[[Mapping[str, Any], Place], Iterator[str]]


def string(most: int | None = None, least: int = 1, pattern: str | None = None) -> Check:
    def check(value: Any, place: Place) -> Iterator[str]:
        if not isinstance(value, str):
            yield place.says("must provide a string")
        elif len(value) < least:
            yield place.says(f"must be more than {least - 1} characters")
        elif most is not None and len(value) > most:
            yield place.says(f"must be less than {most + 1} characters")
        elif pattern and not re.fullmatch(pattern, value):
            yield place.says("must match the expected format")

    return check


def flag(value: Any, place: Place) -> Iterator[str]:
    if not isinstance(value, bool):
        yield place.says("must provide a boolean")


def number(least: float | None = None, most: float | None = None, *, whole: bool = True) -> Check:
    def check(value: Any, place: Place) -> Iterator[str]:
        kinds = (int,) if whole else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            yield place.says("must provide an integer" if whole else "must provide a number")
        elif least is not None and value < least:
            yield place.says(f"must be greater than or equal to {least}")
        elif most is not None and value > most:
            yield place.says(f"must be less than or equal to {most}")

    return check


def one_of(*values: str) -> Check:
    def check(value: Any, place: Place) -> Iterator[str]:
        if value not in values:
            yield place.says("must be a valid enum value")

    return check


def many(each: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, place: Place) -> Iterator[str]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            yield place.says("must provide an array")
            return
        if len(value) > most:
            yield place.says(f"no more than {most} items allowed")
        if len(value) < least:
            yield place.says(f"no less than {least} items allowed")
        for index, item in enumerate(value):
            yield from each(item, place.at(index))

    return check


@dataclass(frozen=True)
class Row:
    """One row of a table: what it must have, what it may have, where it may stand, and rules across its fields."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    rules: Iterable[Rule] = ()
    surfaces: frozenset[str] = ANYWHERE

    def check(self, value: Any, place: Place) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield place.says("must provide an object")
            return
        known = {**self.required, **self.optional}
        for name in self.required:
            if name not in value:
                yield place.says(f"missing required field: {name}")
        for name, inner in value.items():
            if name not in known:
                yield place.says(f"invalid additional property: {name}")
            else:
                yield from known[name](inner, place.at(name))
        for rule in self.rules:
            yield from rule(value, place)


def shape(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Rule) -> Check:
    return Row(required, optional or {}, rules).check


def typed(table: Callable[[], Mapping[str, Row]], allowed: Iterable[str] | None = None) -> Check:
    """An object whose ``type`` picks the row. The table comes as a function, since rows may hold rows of their own."""
    names = None if allowed is None else frozenset(allowed)

    def check(value: Any, place: Place) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield place.says("must provide an object")
            return
        kind = value.get("type")
        row = table().get(kind) if isinstance(kind, str) else None
        if kind is None:
            yield place.says("missing required field: type")
        elif row is None or (names is not None and kind not in names) or place.surface not in row.surfaces:
            yield place.at("type").says(f"unsupported type: {kind}")
        else:
            yield from row.check(value, place)

    return check


def exactly_one(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], place: Place) -> Iterator[str]:
        if sum(name in value for name in names) != 1:
            yield place.says(f"must define exactly one of: {', '.join(names)}")

    return rule


def at_least_one(*names: str) -> Rule:
    def rule(value: Mapping[str, Any], place: Place) -> Iterator[str]:
        if not any(value.get(name) for name in names):
            yield place.says(f"must define either {' or '.join(names)}")

    return rule


def unlike(names: Callable[[Mapping[str, Any]], Iterable[Any]], what: str) -> Rule:
    """No two of ``names`` may be the same."""

    def rule(value: Mapping[str, Any], place: Place) -> Iterator[str]:
        seen: set[Any] = set()
        for name in names(value):
            if name in seen:
                yield place.says(f"{what} `{name}` already exists")
            seen.add(name)

    return rule


def items_of(value: Any) -> list[Mapping[str, Any]]:
    """The objects in a list, for rules that look across it; the shape itself is somebody else's to check."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, Sequence) else []
