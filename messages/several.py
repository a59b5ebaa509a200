"""Several noes at once: the form for somebody who had many."""

from __future__ import annotations

from typing import Any

from messages import blocks
from messages.forms import Several
from messages.locale import Locale

LINES, NUMBER = "noes", "number"
MOST = 10  # noes at once
NUMBERS = tuple(str(each) for each in range(2, MOST + 1))
LONGEST = 2500  # characters: ten lines of company and role


def form(locale: Locale, *, begun: str = "") -> dict[str, Any]:
    """One no a line, or only how many. ``begun`` is what was typed in the form for one."""
    numbers = [blocks.option(each, each) for each in NUMBERS]
    lines = blocks.text_input(LINES, max_length=LONGEST, multiline=True, initial=begun or None)
    number = blocks.select(NUMBER, locale.phrase("several.number_example"), numbers)
    fields = [
        blocks.section(locale.phrase("several.intro")),
        blocks.field(locale.phrase("several.lines_label"), lines, hint=locale.phrase("several.lines_hint")),
        blocks.field(locale.phrase("several.number_label"), number),
    ]
    return Several().view(
        title=locale.phrase("several.view_title"), blocks=fields, submit=locale.phrase("labels.add"),
        close=locale.phrase("labels.close"),
    )  # fmt: skip
