"""What is said when somebody's words weigh much: in the chat, in a form, after a command, about somebody else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from bot.gallery.picture import SOME_ID, STRANGE, Picture, days, message, view
from messages import crisis, listening, reflection, rejected
from messages.forms import Reading, Reflection
from messages.locale import Locale

OPERATOR = "Riverside Career Center"


def cards(locale: Locale) -> Iterator[Picture]:
    """Every country with lines of its own and nowhere; check-ins paused, and off already."""
    for country, until in product((None, *(each.code for each in crisis.countries())), ("", days(locale)[0])):
        lines, told = crisis.lines(country), f"in {country}, {until or 'nothing'} paused"
        yield message(f"card {told}", listening.message(locale, lines, until=until))
        yield message(f"card after a command {told}", listening.answer(locale, lines, until=until), ephemeral=True)
        for name, form in _forms(locale).items():
            yield view(f"card in {name} {told}", listening.instead(locale, form, lines, until=until))
    for on in (False, True):
        yield message(f"two quiet lines, check-ins {on}", listening.menu(locale, check_ins_on=on))
    for country in (None, *(each.code for each in crisis.countries())):
        lines = crisis.lines(country)
        yield message(f"helping somebody else in {country}", listening.for_someone_else(locale, lines))
        yield _at_the_end(
            locale, f"helping somebody else in {country}", listening.offer_for_someone_else(locale, lines)
        )
    yield _at_the_end(locale, "two quiet lines", listening.soft_offer(locale))


def _at_the_end(locale: Locale, told: str, offer: tuple[Any, ...]) -> Picture:
    title, close = locale.phrase("rejected.started_title"), locale.phrase("labels.close")
    return view(f"{told}, in a modal", Reading().view(title=title, blocks=list(offer), close=close))


def _forms(locale: Locale) -> dict[str, Mapping[str, Any]]:
    """Forms as they come back from Slack, with something in every field that takes words."""
    asked = Reflection(SOME_ID)
    drawn = {
        "a new thread": rejected.form(locale),
        "three questions": reflection.form(locale, asked, operator=OPERATOR, words={}),
    }
    return {name: _submitted(each, words) for (name, each), words in zip(drawn.items(), STRANGE, strict=False)}


def _submitted(form: Mapping[str, Any], words: str) -> Mapping[str, Any]:
    inputs = [block for block in form["blocks"] if block["type"] == "input"]
    values = {block["block_id"]: {block["element"]["action_id"]: _state(block["element"], words)} for block in inputs}
    return {**form, "state": {"values": values}}


def _state(element: Mapping[str, Any], words: str) -> dict[str, Any]:
    typed = element["type"] == "plain_text_input"
    return {"type": element["type"], "value": words} if typed else {"type": element["type"]}
