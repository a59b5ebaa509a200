"""The history on Home: a page of noes, the forms that change or join them, and the way back after each of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from messages import blocks, home_presses, keeping
from messages.blocks import Block, Element
from messages.forms import ChangeEntry, JoinEntries
from messages.locale import STAGES, Locale

CHANGE, MERGE, DELETE = "change", "merge", "delete"


@dataclass(frozen=True)
class Item:
    """One no. ``day`` is written, ``name`` company and role as typed."""

    journey: str
    day: str
    stage: str
    name: str = ""


@dataclass(frozen=True)
class Shelf:
    """A page of them, newest first, counted from 0."""

    items: Sequence[Item]
    page: int = 0
    more: bool = False


@dataclass(frozen=True)
class Undo:
    """What was done last and can be undone. ``goes_on`` is the written day of the deletion; empty after a merge."""

    item: Item
    goes_on: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known about one no. ``day`` is YYYY-MM-DD."""

    company: str
    role: str
    stage: str
    day: str


def shelf(locale: Locale, shown: Shelf) -> list[Block]:
    heading = blocks.section(locale.phrase("history.heading"))
    if not shown.items:
        heading = blocks.section(locale.phrase("history.no_more"))
    drawn = [part for item in shown.items for part in _item(locale, item)]
    return [heading, *drawn, *_turn(locale, shown)]


def undo(locale: Locale, last: Undo | None) -> list[Block]:
    if last is None:
        return []
    key = "history.deleted" if last.goes_on else "history.merged"
    button = home_presses.UndoEntry(last.item.journey).button(locale.phrase("labels.undo"))
    line = blocks.section(locale.phrase(key, day=last.goes_on), accessory=button)
    return [line, blocks.quoted(" · ".join(filter(None, (last.item.day, last.item.name))))]


def change(locale: Locale, journey: str, facts: Facts, *, page: int) -> dict[str, Any]:
    """All of it may stay empty but the day."""
    stages = [blocks.option(locale.phrase(f"stages.{key}"), key) for key in STAGES if key != "none"]
    stages.append(blocks.option(locale.phrase("thread.stage_unsaid"), "none"))
    day_label, stage_label = locale.phrase("history.day_label"), locale.phrase("rejected.stage_label")
    drawn = [
        blocks.field(
            locale.phrase("rejected.company_label"), blocks.text_input("company", initial=facts.company or None),
            hint=locale.phrase("rejected.company_hint"),
        ),
        blocks.field(locale.phrase("rejected.role_label"), blocks.text_input("role", initial=facts.role or None)),
        blocks.field(stage_label, blocks.select("stage", stage_label, stages, initial=facts.stage), optional=False),
        blocks.field(day_label, blocks.datepicker("day", day_label, initial=facts.day), optional=False),
    ]  # fmt: skip
    return ChangeEntry(journey, page).view(
        title=locale.phrase("history.change_title"), blocks=drawn, submit=locale.phrase("labels.save"),
        close=locale.phrase("labels.close"),
    )  # fmt: skip


def join(locale: Locale, item: Item, others: Sequence[Item], *, page: int) -> dict[str, Any]:
    """Which other no is the same one. The other one stays."""
    label = locale.phrase("history.join_label")
    options = keeping.threads((each.journey, each.day, each.name or locale.phrase(f"stages.{each.stage}"))
                              for each in others)  # fmt: skip
    drawn = [
        blocks.section(locale.phrase("history.join_intro")),
        blocks.quoted(" · ".join(filter(None, (item.day, item.name)))),
        blocks.field(label, blocks.select("into", label, options), optional=False),
    ]
    return JoinEntries(item.journey, page).view(
        title=locale.phrase("history.join_title"), blocks=drawn, submit=locale.phrase("labels.join"),
        close=locale.phrase("labels.close"),
    )  # fmt: skip


def _item(locale: Locale, item: Item) -> list[Block]:
    menu = home_presses.OfEntry(item.journey)
    options = [blocks.option(locale.phrase(f"history.{each}"), each) for each in (CHANGE, MERGE, DELETE)]
    line = locale.phrase("history.line", day=item.day, stage=locale.phrase(f"stages.{item.stage}"))
    row = blocks.section(line, accessory=blocks.overflow(menu.id, options)) | {"block_id": menu.block_id}
    return [row, *([blocks.quoted(item.name)] if item.name else [])]


def _turn(locale: Locale, shown: Shelf) -> list[Block]:
    """The ways to the pages beside this one."""
    newer = home_presses.Newer(str(shown.page - 1)).button(locale.phrase("labels.newer"))
    older = home_presses.Older(str(shown.page + 1)).button(locale.phrase("labels.older"))
    row: list[Element] = [*([newer] if shown.page else []), *([older] if shown.more else [])]
    return [blocks.actions(*row)] if row else []
