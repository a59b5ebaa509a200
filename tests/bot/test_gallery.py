"""The gallery's own walk: what is shown of thousands of states, and what is told when the words are not in order."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.commands.preview import AT_ONCE, answer
from bot.gallery import ROOMS, Picture
from bot.gallery.picture import message
from bot.gallery.walk import Wish, lines, walk
from messages.locale import STAGES, Locale
from messages.sentences import sentence
from tests.messages.gallery import english, room


def said(pictures: Iterator[Picture] | tuple[Picture, ...]) -> set[str]:
    return {line for each in pictures for line in lines(each.payload)}


@pytest.mark.parametrize("name", ROOMS)
def test_the_few_that_are_shown_say_everything_there_is_to_say(name: str) -> None:
    few = tuple(picture for _, picture in walk(english(), Wish(room=name)))
    assert said(few) == said(room(name))
    assert len(few) <= len(room(name))


def test_of_the_many_states_only_some_are_shown_unless_all_are_asked_for() -> None:
    few, all_of_them = (sum(1 for _ in walk(english(), Wish(room="parents", every=every))) for every in (False, True))
    assert few < 60
    assert all_of_them > 1000


def test_whoever_asks_for_a_stage_sees_its_cards_and_nothing_of_another() -> None:
    for stage in (STAGES[0], STAGES[-1]):
        shown = list(walk(english(), Wish(stage=stage)))
        assert {picture.stage for _, picture in shown} == {stage}
        assert "cards" in {name for name, _ in shown}


def test_a_portion_says_whether_there_is_more() -> None:
    first = answer(None, {"room": "parents", "every": "1"})
    assert len(first["pictures"]) == AT_ONCE and first["more"] is True
    forms = answer(None, {"room": "privacy"})
    assert forms["more"] is False and answer(None, {"room": "privacy", "start": "1000"})["pictures"] == []


def test_a_text_that_a_message_needs_and_nobody_wrote_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def torn(locale: Locale) -> Iterator[Picture]:
        yield message("torn", sentence(locale, "rejected.never_written"))

    monkeypatch.setitem(ROOMS, "torn", torn)
    [finding] = [each for each in answer(None, {"room": "torn"})["findings"] if "crisis" not in each["file"]]
    assert finding["file"] == "messages/locales/en/phrases.toml"
    assert finding["what"] == "“rejected.never_written” is not written."


def test_a_folder_of_words_that_is_not_there_is_named(tmp_path: Path) -> None:
    [finding] = answer(tmp_path / "nowhere", {})["findings"]
    assert "nowhere" in finding["file"] and "no such folder" in finding["what"]
