"""Support without a name: form, preview, post, every letter to its author, private answers, the queue of staff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from bot.gallery.picture import OPERATORS, STRANGE, Picture, days, message, view
from messages import sharing as words
from messages import sharing_queue as staff
from messages.locale import Locale
from messages.sharing import LETTERS, REASONS, Mine, Returned
from messages.sharing_forms import NoteForm
from messages.sharing_queue import Waiting

SHARE, CHANNEL = "0123456789abcdef", "<#C0JOBSEARCH>"
TEXT = "The last round went well, and then came three lines. A walk helped me more than the next list of jobs."
STATES = ("waiting", "approved", "posted", "returned")
DECIDED = ("", "approved", "sent_back", "was_muted", "answer_muted", "left_alone", "decided")
TOLD = ("closed", "off", "muted", "enough", "shared", "heavy", "gone", "taken_back", "over", "own", "note_enough")


def forms(locale: Locale) -> Iterator[Picture]:
    mine = [Mine(f"{SHARE}{each}", TEXT, state) for each, state in enumerate(STATES)]
    for some, text, said in product(((), mine[:1], mine), ("", TEXT), ("", "taken_back")):
        yield view("form to share without a name", words.form(locale, some, text=text, said=said), *_texts(text, some))
    for why in ("closed", "off", "muted", "enough"):
        yield view(f"nothing can be shared: {why}", words.only_mine(locale, why, mine), TEXT)
    for operator, cut, text in product(OPERATORS, (False, True), (TEXT, *STRANGE)):
        shown = words.preview(locale, locale, text, place=CHANNEL, operator=operator, cut=cut, offer=())
        yield view("preview of what is shared", shown, text)
    for key in TOLD:
        yield view(f"told: {key}", words.told(locale, key))
    yield view("home where one can share", {"type": "home", "blocks": words.at_home(locale)})


def posts(locale: Locale) -> Iterator[Picture]:
    for text, answers in product((TEXT, *STRANGE), (True, False)):
        yield message("post without a name", words.post(locale, SHARE, text, open_to_answers=answers), text)
    for day in days(locale)[:3]:
        yield message("letter: posted", words.posted(locale, SHARE, place=CHANNEL, day=day))
    for why, said in product(LETTERS, ("", "Thank you. Could you leave out the town?", STRANGE[8])):
        own = (said,) if said else ()
        yield message(f"letter: returned, {why}", words.returned(locale, Returned(SHARE, why, said)), *own)


def notes(locale: Locale) -> Iterator[Picture]:
    for to in (NoteForm(share=SHARE), NoteForm(talk=SHARE)):
        yield view("form of a private answer", words.note_form(locale, to))
    for text, to_author in product((TEXT, *STRANGE), (True, False)):
        yield message("private answer", words.note(locale, SHARE, text, to_author=to_author), text)
        yield view("private answer that was sent", words.told(locale, "note_sent", text), text)
    for key in ("taken_back", "gone", "ended", "over", "shown"):
        yield message(f"in place of a letter: {key}", words.said(locale, key), ephemeral=True)


def queue(locale: Locale) -> Iterator[Picture]:
    for said, left in product(DECIDED, (0, 1, 2, 7)):
        first = Waiting(SHARE, TEXT) if left else None
        yield view("queue of staff", staff.page(locale, first, left=left, said=said), TEXT)
    for left in (1, 2):
        yield view("answer shown to staff", staff.page(locale, Waiting(SHARE, TEXT, is_answer=True), left=left), TEXT)
    for text in STRANGE:
        yield view("queue with strange words", staff.page(locale, Waiting(SHARE, text), left=1), text)
    yield view("form to send it back", staff.form(locale, SHARE))
    for waiting in (None, 0, 1, 5):
        yield view("row of the queue", {"type": "home", "blocks": [staff.row(locale, waiting)]})
    assert set(REASONS) < set(LETTERS)


def _texts(text: str, mine: Sequence[Mine]) -> tuple[str, ...]:
    return (*([text] if text else []), *(each.text for each in mine))
