"""What answers the command, the form behind the shortcut, and what it says when it was sent."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.gallery.picture import APP, COMMAND, GENTLE_COMMAND, SOME_ID, STRANGE, Picture, days, message, view
from messages import check_ins, rejected, sentences
from messages.locale import STAGES, Locale


def answers(locale: Locale) -> Iterator[Picture]:
    yield message("pointer", rejected.pointer(locale, link=APP), ephemeral=True)
    again = rejected.pointer(locale, link=APP, repeated=SOME_ID)
    yield message("pointer to the same thread", again, ephemeral=True)
    for command in (COMMAND, GENTLE_COMMAND):
        usage, nothing = rejected.usage(locale, command=command), rejected.history(locale, [], command=command)
        yield message(f"usage of {command}", usage, names_the_command=True, ephemeral=True)
        yield message(f"no history of {command}", nothing, names_the_command=True, ephemeral=True)
    yield message("stopped by a word", check_ins.stopped(locale), ephemeral=True)
    yield message("pause while check-ins are off", check_ins.off(locale), ephemeral=True)
    for name, number in product(("", *STRANGE), (1, 5, 10)):
        stages = (STAGES * 2)[:number]
        lines = [(day, stage, name) for day, stage in zip(days(locale), stages, strict=False)]
        drawn = rejected.history(locale, lines, command=COMMAND)
        yield message(f"history of {number} named {name!r}", drawn, *([name] if name else []), ephemeral=True)


def forms(locale: Locale) -> Iterator[Picture]:
    yield view("form of a new thread", rejected.form(locale))
    yield view("form sent", rejected.started(locale, link=APP))
    yield view("form told sentences.broken", sentences.told(locale, sentences.sentence(locale, "sentences.broken")))
    for key in ("sentences.slow", "sentences.slow_form"):
        yield message(key, sentences.sentence(locale, key), ephemeral=True)
