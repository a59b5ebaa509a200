"""Weekly posts and their previews, in every state."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.gallery.picture import Picture, days, message, view
from messages import channel_posts as words
from messages.channel_posts import Preview
from messages.locale import Locale

STATES = ("planned", "skipped", "sent", "gone")


def posts(locale: Locale) -> Iterator[Picture]:
    for text, dry_run in product(locale.posts, (False, True)):
        yield message(f"weekly post{', a dry run' if dry_run else ''}", words.post(locale, text, dry_run=dry_run))


def previews(locale: Locale) -> Iterator[Picture]:
    for text, state, edited in product(locale.posts, STATES, (False, True)):
        shown = Preview("2027-01-18", text, "<#C0JOBSEARCH>", days(locale)[0], "10:00", state, edited=edited)
        yield message(f"preview of a post that is {state}", words.preview(locale, shown))
        yield view("form of a post", words.form(locale, shown))
