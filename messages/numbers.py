"""Numbers for staff: about how many members, by month, and what they cannot say."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from messages import blocks
from messages.blocks import Message
from messages.center_presses import NumbersToMe
from messages.forms import Reading
from messages.locale import MONTHS, STAGES, Locale

PLAIN = ("began", "did", "applied", "good_news")
WHOLE = 3  # months told whole
CELLS = (*PLAIN, *(f"stage.{stage}" for stage in STAGES))
Released = Mapping[str, Mapping[str, int]]  # by month such as 2027-01, newest first: about how many, by cell


def view(locale: Locale, released: Released) -> dict[str, Any]:
    """The newest months in words, the same to copy as a table, and what they leave out."""
    told = [blocks.section(words) for words in _months(locale, released)]
    table = [blocks.small(locale.phrase("numbers.table")), blocks.preformatted(_table(released))] if told else []
    send = blocks.actions(NumbersToMe().button(locale.phrase("labels.numbers_to_me")))
    shown = [
        blocks.section(locale.phrase("numbers.intro")),
        *(told or [blocks.section(locale.phrase("numbers.nothing"))]),
        *table,
        blocks.section(locale.phrase("numbers.unseen")),
        *([send] if told else []),
    ]
    return Reading().view(title=locale.phrase("center.view_title"), blocks=shown, close=locale.phrase("labels.back"))


def chart(locale: Locale, released: Released) -> Message:
    """The same as a message with a chart. Where Slack takes no chart, the text still says all of it."""
    lines = [locale.phrase("numbers.intro"), *_months(locale, released), locale.phrase("numbers.unseen")]
    drawn = [blocks.section(each) for each in lines]
    points = {_month(locale, month): cells["began"] for month, cells in sorted(released.items()) if cells}
    if points:
        drawn.insert(1, blocks.bar_chart(locale.phrase("numbers.chart"), locale.phrase("numbers.series"), points))
    return Message("\n".join(lines), tuple(drawn))


def _months(locale: Locale, released: Released) -> Iterator[str]:
    """The newest ones whole; of those before them what the chart shows."""
    told = [(month, cells) for month, cells in released.items() if cells]
    for month, cells in told[:WHOLE]:
        lines = [locale.phrase(f"numbers.{cell}", n=cells[cell]) for cell in PLAIN if cell in cells]
        stages = [f"{locale.phrase(f'stages.{each}')}: {cells[cell]}" for each, cell in _stages() if cell in cells]
        lines += [locale.phrase("numbers.stages", stages="\n".join(stages))] if stages else []
        yield "\n".join([f"*{_month(locale, month)}*", *lines])
    if earlier := [f"{_month(locale, month)}: {cells['began']}" for month, cells in told[WHOLE:]]:
        yield locale.phrase("numbers.earlier", months=" · ".join(earlier))


def _stages() -> Iterator[tuple[str, str]]:
    return ((stage, f"stage.{stage}") for stage in STAGES)


def _month(locale: Locale, month: str) -> str:
    year, _, number = month.partition("-")
    return f"{locale.texts[f'dates:months.{MONTHS[int(number) - 1]}']} {year}"


def _table(released: Released) -> str:
    """Comma-separated: a column for each cell that is shown anywhere, an empty field where nothing may be told."""
    used = [cell for cell in CELLS if any(cell in cells for cells in released.values())]
    page = io.StringIO()
    rows = csv.writer(page, lineterminator="\n")
    rows.writerow(["month", *used])
    rows.writerows([month, *(cells.get(cell, "") for cell in used)] for month, cells in released.items())
    return page.getvalue().strip()
