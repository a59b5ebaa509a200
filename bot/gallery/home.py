"""Home, in every standing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.gallery.picture import ARCHIVE, OPERATORS, SOME_ID, Picture, days, view
from messages import home
from messages.home import Standing
from messages.locale import STAGES, STEPS, Locale


def homes(locale: Locale) -> Iterator[Picture]:
    titles = ("", *(locale.card(step, stage).title for step in STEPS for stage in STAGES))
    for title, day, on, threads, link, operator in product(
        dict.fromkeys(titles), ("", *days(locale)[:2]), (False, True), (False, True), ("", ARCHIVE), OPERATORS
    ):
        standing = Standing(title, day, "10:00", check_ins_on=on, has_threads=threads, link=link)
        told = f"home, {'' if threads else 'no '}threads, check-ins {'on' if on else 'off'}, {day} {title}"
        yield view(told.rstrip(", "), home.home(locale, standing, operator=operator))
    for newest, kept, threads in product(("", SOME_ID), (False, True), (False, True)):
        standing = Standing(has_threads=threads, newest=newest, has_kept=kept)
        told = f"home, {'' if newest else 'no '}newest thread, {'something' if kept else 'nothing'} kept"
        yield view(told, home.home(locale, standing, operator=OPERATORS[0]))
