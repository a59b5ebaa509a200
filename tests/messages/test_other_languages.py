"""A language longer than English, and one from right to left with six plural classes: neither exists, both must fit."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.gallery import ROOMS, Picture
from bot.gallery.picture import OPERATORS
from bot.sandbox.block_kit import check_message, check_view
from messages import library, lint
from messages.blocks import SECTION_LENGTH, escape
from messages.library import Library
from tests.messages import pseudo
from tests.messages.test_every_message import is_quoted

# What is no word of ours: a link, a command, and what an operator wrote about themselves.
NAMES = re.compile(r"<[^<>]*>|`[^`]*`|/\w+|\S+@\S+|@\w+|&amp;|\*others\*")
# Rooms full of names: of countries, organisations and zones, and what members wrote.
NAMES_IN = {"talk", "listening", "preferences", "copies of drafts", "drafts written", "feedback forms", "kept",
            "career center", "numbers", "history", "forms of the career center", "notes to staff", "asking a coach",
            "talks with a coach", "sharing without a name", "posts without a name", "private answers",
            "queue of staff"}  # fmt: skip
LATIN = re.compile(r"[A-Za-z]{2,}")
LANGUAGES = {"pl": (pseudo.accented, ""), "ar": (pseudo.right_to_left, pseudo.RIGHT_TO_LEFT_MARK)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An operator's folder with two whole languages in it."""
    made = tmp_path_factory.mktemp("words")
    for code, (say, mark) in LANGUAGES.items():
        pseudo.write_language(made, code, say, mark)
    return made


@pytest.fixture(scope="module")
def words(folder: Path) -> Library:
    return Library.load(folder)


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    return Path(shutil.copytree(folder, tmp_path / "own"))


def complaints(folder: Path) -> list[str]:
    return [str(each) for each in library.findings(folder)]


def texts_of(part: Any) -> Iterator[dict[str, Any]]:
    """Every text object and every button in a payload, wherever it lies."""
    if isinstance(part, dict):
        if isinstance(part.get("text"), str | dict):
            yield part
        part = list(part.values())
    if isinstance(part, list | tuple):
        for each in part:
            yield from texts_of(each)


def said(picture: Picture) -> str:
    """All of it but what a member wrote, which stands alone in plain text."""
    ours = [block for block in picture.payload["blocks"] if not is_quoted(block)]
    return "\n".join(each["text"] for each in texts_of(ours) if isinstance(each["text"], str))


def too_long(picture: Picture) -> Iterator[str]:
    """What Slack would take but a screen would cut."""
    if len(picture.text or "") > SECTION_LENGTH:
        yield f"a text of {len(picture.text or '')}"
    labels = (each["text"]["text"] for each in texts_of(picture.payload) if each.get("type") == "button")
    yield from (f"“{label}”" for label in labels if len(label) > lint.LONGER_BUTTON)


def test_a_whole_language_passes_the_check(folder: Path) -> None:
    assert complaints(folder) == []


def test_the_longer_language_is_two_fifths_longer(words: Library) -> None:
    english, longer = words.locale("en").texts, words.locale("pl").texts
    cards = [name for name in english if name.endswith(":body")]
    growth = sum(len(longer[name]) for name in cards) / sum(len(english[name]) for name in cards)
    assert growth == pytest.approx(1.35, abs=0.05)  # spaces and marks do not grow


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("room", ROOMS)
def test_every_message_fits_in_slack_in_another_language(words: Library, room: str, code: str) -> None:
    faults = set[str]()
    for picture in ROOMS[room](words.locale(code)):
        check = check_view if picture.text is None else check_message
        found = (*check(dict(picture.payload)), *too_long(picture))
        faults |= {f"{picture.title}: {fault}" for fault in found}
    assert not faults, "\n".join(sorted(faults)[:20])


@pytest.mark.parametrize("room", sorted(ROOMS.keys() - NAMES_IN))
def test_no_english_stands_in_the_code(words: Library, room: str) -> None:
    """In a language without one Latin letter, what is still Latin came from no file."""
    found = set[str]()
    for picture in ROOMS[room](words.locale("ar")):
        text = said(picture)
        for name in (*OPERATORS, *map(escape, OPERATORS), *picture.own_words):
            text = text.replace(name, "")
        found |= set(LATIN.findall(NAMES.sub("", text)))
    assert found == set()


# plural classes


def spoil(folder: Path, old: str, new: str) -> Path:
    file = folder / "pl/phrases.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(re.sub(f"(?m)^{re.escape(old)}.*$", new, text), "utf-8")
    return file


def test_a_number_takes_the_form_the_language_has_for_it(words: Library) -> None:
    few = words.locale("pl").texts["phrases:check_ins.day_14_steps.few"]
    assert words.locale("pl").count("check_ins.day_14_steps", 3, steps="a, b, c") == few.format(n=3, steps="a, b, c")
    two = words.locale("ar").texts["phrases:check_ins.day_14_steps.two"]
    assert words.locale("ar").count("check_ins.day_14_steps", 2, steps="a, b") == two.format(n=2, steps="a, b")


def test_a_plural_class_that_is_missing_is_named_with_numbers_it_is_for(own: Path) -> None:
    file = spoil(own, "thread.check_ins.few", "")
    assert complaints(own) == [f"{file}: “thread.check_ins.few” is missing. Add it: it goes with 2, 3, 4 and the like."]


def test_a_plural_class_the_language_does_not_have_is_named(own: Path) -> None:
    file = spoil(
        own, "thread.check_ins.few", 'thread.check_ins.few = "{days} {hour}"\nthread.check_ins.two = "{days} {hour}"'
    )
    (found,) = complaints(own)
    assert found.startswith(str(file)) and "“thread.check_ins.two” is a name nothing reads." in found


def test_only_a_class_of_one_number_may_leave_the_number_out(own: Path) -> None:
    spoil(own, "thread.check_ins_left.one", 'thread.check_ins_left.one = "{days} {hour}"')
    assert complaints(own) == []
    file = spoil(own, "thread.check_ins_left.few", 'thread.check_ins_left.few = "{days} {hour}"')
    (found,) = complaints(own)
    assert found.startswith(str(file)) and "“thread.check_ins_left.few” has lost its placeholder {n}." in found


def test_the_class_for_fractions_may_be_there(own: Path) -> None:
    spoil(
        own, "thread.check_ins.few", 'thread.check_ins.few = "{days} {hour}"\nthread.check_ins.other = "{days} {hour}"'
    )
    assert complaints(own) == []


# a region


def test_a_region_says_only_what_differs(own: Path) -> None:
    (own / "pl-XX").mkdir()
    (own / "pl-XX/phrases.toml").write_text('[labels]\ndone = "Zrobione"', "utf-8")
    region, language = (Library.load(own).locale(code) for code in ("pl-XX", "pl"))
    assert region.phrase("labels.done") == "Zrobione"
    assert region.phrase("labels.stop") == language.phrase("labels.stop")
    assert region.card("dont_dwell", "none") == language.card("dont_dwell", "none")


def test_a_region_without_its_language_must_be_whole(tmp_path: Path) -> None:
    (tmp_path / "pt-BR").mkdir()
    (tmp_path / "pt-BR/phrases.toml").write_text('[labels]\ndone = "Feito"', "utf-8")
    assert f"{tmp_path}/pt-BR/dates.toml: The file is missing. Write it, as in en/dates.toml." in complaints(tmp_path)
