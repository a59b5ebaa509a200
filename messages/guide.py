"""The guide for everyone: the whole advice thread in a career center's channel, with the way to one's own."""

from __future__ import annotations

from messages import blocks, presses
from messages.blocks import Message, escape
from messages.center_presses import GuideToMe, ShareGuide
from messages.locale import STAGES, STEPS, Locale


def ask(locale: Locale, *, place: str) -> Message:
    """Staff see what would happen before anything does."""
    line = locale.phrase("guide.ask", place=place)
    buttons = blocks.actions(
        ShareGuide().button(locale.phrase("labels.guide_post"), style="primary"),
        GuideToMe().button(locale.phrase("labels.center_hello_to_me")),
    )
    return Message(line, (blocks.section(line), buttons))


def parent(locale: Locale, *, operator: str, dry_run: bool) -> Message:
    above = [locale.phrase("center.dry_run")] if dry_run else []
    steps = "\n".join(locale.phrase("thread.step_open", title=_title(locale, step)) for step in STEPS)
    below, notice = locale.phrase("guide.open_yours"), locale.phrase("thread.notice", operator=escape(operator))
    said = [*above, locale.phrase("guide.opening"), steps, below, notice]
    buttons = blocks.actions(
        presses.Begin().button(locale.phrase("labels.begin"), style="primary"),
        presses.Talk().button(locale.phrase("labels.talk")), presses.WhoCanSee().button(locale.phrase("labels.who")),
    )  # fmt: skip
    drawn = (*map(blocks.small, above), *map(blocks.section, said[len(above) : -1]), buttons, blocks.small(notice))
    return Message("\n".join(said), drawn)


def card(locale: Locale, step: str, *, from_center: str = "") -> Message:
    """As it is true for everyone: nothing on it knows whose it is."""
    words, number = locale.card(step, STAGES[0]), STEPS.index(step) + 1
    place = locale.phrase("thread.place", seed_title=words.seed_title, number=number)
    added = [locale.phrase("thread.from_center", line=from_center)] if from_center else []
    lines = [words.body, *added, locale.phrase("thread.do", do=words.do)]
    talk = blocks.actions(presses.Talk().button(locale.phrase("labels.talk")))
    drawn = (blocks.header(words.title), blocks.small(place), *map(blocks.section, lines), talk)
    return Message("\n".join([words.title, place, *lines]), drawn)


def _title(locale: Locale, step: str) -> str:
    return locale.card(step, STAGES[0]).title
