"""Talking to a coach: the forms, the preview, and every message as it stands in each state."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from bot.gallery.picture import STRANGE, Picture, days, message, view
from messages import coaching as words
from messages.coaching import TOPICS, Asked, Helper
from messages.forms import AskCoach, SendToCoach
from messages.locale import STAGES, Locale

SOMEBODY, CHANNEL = "<@U0ALEX00001>", "<#C0COACHES01>"
ALEX = Helper("U0ALEX00001", "Alex Rivera", 2, "https://book.example.edu/alex")
OTHERS = (ALEX, Helper("U0ROBIN0001", "Robin" * 12, 1), Helper("U1", STRANGE[1][:60], 5))
TYPED = {
    "more": "I keep thinking about the last round.",
    "times": "Tuesdays after 3",
    "plan": "If it's Tue, then I walk",
}
STATES = ("open", "claimed", "answered", "closed", "gone", "withdrawn", "over")


def forms(locale: Locale) -> Iterator[Picture]:
    for stage, plan, helpers in product(("", *STAGES[1:]), ("", TYPED["plan"]), ((ALEX,), OTHERS)):
        yield view("form to ask a coach", words.form(locale, AskCoach(stage, plan), helpers), stage=stage)
    for shown in _talks("open"):
        sends = SendToCoach(ALEX.user, dict(shown.words))
        yield view("preview for a coach", words.preview(locale, sends, shown, ALEX, offer=()), *_typed(shown))
    yield view("preview for the counselor", words.contact(locale, Asked("", SOMEBODY, SOMEBODY, to_counselor=True)))
    for key in ("nobody", "enough", "sent"):
        yield view(f"a talk: {key}", words.told(locale, key, helper=SOMEBODY))
    yield view("home with a coach", {"type": "home", "blocks": words.at_home(locale)})


def talks(locale: Locale) -> Iterator[Picture]:
    for state in STATES:
        for shown in _talks(state):
            yield message(f"talk with a coach, {state}", words.talk(locale, shown), *_typed(shown))
            receipt = words.receipt(locale, shown, ALEX)
            yield message(f"receipt of a talk, {state}", receipt, *_typed(shown))
    for helper, why, others in product((ALEX, Helper("U1", "")), ("late", "gone"), (False, True)):
        shown = Asked("t", SOMEBODY, SOMEBODY)
        drawn = words.late(locale, shown, helper, why=why, day=days(locale)[0], others=others)
        yield message(f"nobody answered: {why}", drawn)


def _talks(state: str) -> Iterator[Asked]:
    by = SOMEBODY if state in ("claimed", "answered", "closed") else ""
    for topic, place in product(TOPICS, ("", CHANNEL)):
        yield Asked("t", SOMEBODY, SOMEBODY, {"topic": topic}, state, by, place)
        yield Asked("t", SOMEBODY, SOMEBODY, {"topic": topic, "stage": "final_round", **TYPED}, state, by, place)
    for strange in STRANGE:
        yield Asked("t", SOMEBODY, SOMEBODY, {"topic": TOPICS[0], "more": strange}, state, by)
    yield Asked("t", SOMEBODY, SOMEBODY, state=state, by=by, to_counselor=True)


def _typed(shown: Asked) -> tuple[str, ...]:
    return tuple(shown.words[each] for each in words.TYPED if each in shown.words)
