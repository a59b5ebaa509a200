"""Home, in every standing, and what opens from it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.gallery.picture import OPERATORS, SOME_ID, STRANGE, Picture, days, message, view
from messages import history, home, interview, pattern, sentences, thread
from messages.history import Facts, Item, Shelf, Undo
from messages.home import Checking, Standing, Waiting
from messages.locale import STAGES, STEPS, Locale
from messages.pattern import Pattern
from messages.thread import Thread


def homes(locale: Locale) -> Iterator[Picture]:
    day = days(locale)[0]
    yield view("home before anything", home.home(locale, Standing(), operator=OPERATORS[0]))
    for operator, checking, number in product(OPERATORS, _checkings(locale), (0, 1, 2, 30)):
        waiting = _waiting(locale)[:number]
        standing = Standing(waiting, checking, has_threads=True, newest=SOME_ID)
        told = f"home with {number} open steps, next check-in {checking.day or 'none'}, on {checking.on}"
        yield view(told, home.home(locale, standing, operator=operator))
    for operator, threads in product(OPERATORS, (False, True)):
        ending = Standing(has_threads=threads, closes=f"{max(days(locale), key=len)} 2027")
        yield view(f"home before the end, threads {threads}", home.home(locale, ending, operator=operator))
    for name in STRANGE:
        waiting = [Waiting(SOME_ID, STEPS[0], locale.card(STEPS[0], "none").title, name, day)]
        checking, plan = Checking(day, "10:00"), ["I will rest"]
        standing = Standing(waiting, checking, True, SOME_ID, plan, plan_of=SOME_ID, has_kept=True)
        yield view(f"home with {name!r} and a plan", home.home(locale, standing, operator=OPERATORS[0]), name)
    for has_kept, threads, patterned in product((False, True), (False, True), (False, True)):
        standing = Standing(has_threads=threads, has_kept=has_kept, has_pattern=patterned and threads)
        yield view(f"home, kept {has_kept}, threads {threads}", home.home(locale, standing, operator=OPERATORS[0]))


def histories(locale: Locale) -> Iterator[Picture]:
    items = [Item(f"{number}", days(locale)[number % 14], STAGES[number % 8], name)
             for number, name in enumerate(STRANGE)]  # fmt: skip
    for page, more, last in product((0, 3), (False, True), (None, Undo(items[0], days(locale)[3]), Undo(items[1]))):
        shelf = Shelf(items[page : page + 10], page, more)
        standing = Standing(has_threads=True, shelf=shelf, undo=last)
        names = [item.name for item in (*shelf.items, *([last.item] if last else []))]
        yield view(f"history, page {page}", home.home(locale, standing, operator=OPERATORS[0]), *names)
    yield view("history without anything", home.home(locale, Standing(shelf=Shelf([])), operator=OPERATORS[0]))
    for key, title in (("history.join_none", "history.join_title"), ("replies.applied", "sentences.page_title")):
        yield view(key, sentences.page(locale, sentences.sentence(locale, key), title=title))
    for item in items:
        facts = Facts(item.name, item.name, item.stage, "2026-11-24")
        yield view("a no to change", history.change(locale, SOME_ID, facts, page=2), item.name)
        yield view("a no to put together", history.join(locale, item, items[:3], page=0), item.name)


def steps(locale: Locale) -> Iterator[Picture]:
    """The card of a step as it opens on Home."""
    for step, stage, state in product(STEPS, STAGES, ("open", "done", "not_now")):
        here = Thread(SOME_ID, stage, dict.fromkeys(STEPS, state), STRANGE[0])
        yield view(f"{step} at {stage}, {state}", thread.card_view(locale, here, step), STRANGE[0], stage=stage)


def patterns(locale: Locale) -> Iterator[Picture]:
    every = dict.fromkeys(STAGES[1:], 2)
    for stages, done in product((every, *({stage: 5} for stage in STAGES[1:])), ({}, dict.fromkeys(STEPS, 3))):
        found, told = Pattern(stages, done), f"pattern of {', '.join(stages)}"
        yield message(f"{told}, drawn", pattern.message(locale, found))
        for drawn in (False, True):
            yield view(told, pattern.view(locale, found, drawn=drawn))
    for until in ("", *days(locale)):
        yield view("on a break", pattern.on_a_break(locale, until=until))


def interviews(locale: Locale) -> Iterator[Picture]:
    for name in STRANGE:
        for plan, answer in product(({}, {"keep": name}), ({}, {"try": name})):
            words = [name] if plan or answer else []
            yield view("before an interview", interview.view(locale, game_plan=plan, answer=answer), *words)


def _checkings(locale: Locale) -> list[Checking]:
    day, later = days(locale)[:2]
    return [
        Checking(), Checking(on=False), Checking(day, "10:00"), Checking(day, "10:00", paused=later),
        Checking(paused=later), Checking(day, "18:30", interview=later), Checking(on=False, interview=later),
        Checking(on=False, none_here=True), Checking(hello=later), Checking(day, "10:00", hello=later),
    ]  # fmt: skip


def _waiting(locale: Locale) -> list[Waiting]:
    day = days(locale)[0]
    return [Waiting(f"{stage}", step, locale.card(step, stage).title, day=day) for step in STEPS for stage in STAGES]
