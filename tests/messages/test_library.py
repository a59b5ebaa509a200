"""The library starts with good words or says which file is wrong, where, and what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from messages import library
from messages.library import Library, WordsError
from messages.locale import LINES, STAGES, STAND_INS, STEPS, Card, Locale

ENGLISH = library.SHIPPED / "en"
TABLES = (LINES, *STAND_INS)
GOOD_CARD = """+++
title = "Close the loop kindly"
seed_title = "Be Professional"
do = "Write two lines to a person who helped."
+++
That is a hard message to get.
Our center sits in Room 12,
and you are welcome there.
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An operator's folder of words, still empty."""
    folder = tmp_path / "words"
    folder.mkdir()
    return folder


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def complaints(folder: Path) -> str:
    return "\n".join(str(finding) for finding in library.findings(folder))


def language(folder: Path, code: str) -> Path:
    """A whole language, for want of another one written in English words."""
    shutil.copytree(ENGLISH, folder / code)
    return folder / code


def english(**phrases: str) -> Locale:
    return Locale("en", {f"phrases:{key}": words for key, words in phrases.items()})


# what people read


def test_every_step_and_stage_has_its_card() -> None:
    locale = Library.load().locale("en")
    for step in STEPS:
        for stage in STAGES:
            card = locale.card(step, stage)
            assert (card.step, card.stage) == (step, stage)
            assert all((card.title, card.seed_title, card.body, card.do))


def test_a_wrapped_paragraph_is_one_line_in_slack() -> None:
    assert "\n" not in Library.load().locale("en").card("be_professional", "interview").body


def test_a_stage_of_another_version_gets_the_words_that_are_true_for_everyone() -> None:
    locale = Library.load().locale("en")
    assert locale.card("dont_dwell", "third_interview").body == locale.card("dont_dwell", "none").body
    assert locale.opening("third_interview") == locale.opening("none")


def test_the_first_lines_differ_with_the_stage() -> None:
    locale = Library.load().locale("en")
    assert len({locale.opening(stage) for stage in STAGES}) == len(STAGES)


@pytest.mark.parametrize(
    "code", ["en", "en-XA", "en_XA", "EN-xa", "qaa-XA", "qaa", "xx", "", None, "../../etc", "<!channel>"]
)
def test_a_language_nobody_wrote_is_english(code: str | None) -> None:
    assert Library.load().locale(code).code == "en"


def test_a_language_is_found_exactly_then_by_its_first_part(own: Path) -> None:
    language(own, "es")
    write(own, "es-LA/cards/openings.toml", 'none = "Four small steps, in another voice."')
    words = Library.load(own)
    assert words.locale("es-ES").code == "es"
    assert words.locale("es-LA").code == "es-LA"
    assert words.locale("es-LA").opening("none") == "Four small steps, in another voice."
    assert words.locale("es-LA").opening("ghosted") == words.locale("es").opening("ghosted")
    assert words.locale("pt-BR").code == "en"


def test_values_are_put_in_as_given_and_not_read_again() -> None:
    assert english(hello="Hello {name}.").phrase("hello", name="{name} & <b>") == "Hello {name} & <b>."


def test_one_and_many_have_their_own_words() -> None:
    locale = english(**{"steps.one": "{n} step {how}", "steps.other": "{n} steps {how}"})
    assert [locale.count("steps", n, how="done") for n in (0, 1, 2)] == ["0 steps done", "1 step done", "2 steps done"]


def test_a_day_is_written_as_people_say_it() -> None:
    assert Library.load().locale("en").day(date(2026, 11, 24)) == "Tue 24 Nov"


def test_no_encouragement_comes_back_before_all_were_used() -> None:
    locale = Library.load().locale("en")
    bank = sum(name.startswith("encouragements:lines.") for name in locale.texts)
    for seed in ("T1.U1", "T1.U2", ""):
        assert len({locale.encouragement(seed, number) for number in range(bank)}) == bank
        assert locale.encouragement(seed, bank) == locale.encouragement(seed, 0)


def test_an_encouragement_drawn_again_is_the_same_and_differs_between_people() -> None:
    locale, again = Library.load().locale("en"), Library.load().locale("en")
    assert locale.encouragement("U1", 3) == again.encouragement("U1", 3)
    assert len({locale.encouragement(f"U{each}", 0) for each in range(50)}) > 1


def test_a_line_about_rest_does_not_open_the_reminder() -> None:
    locale = Library.load().locale("en")
    bank = sum(name.startswith("encouragements:lines.") for name in locale.texts)
    for seed in ("T1.U1", "T1.U2"):
        before = {table: [locale.encouragement(seed, each, table) for each in range(bank)] for table in TABLES}
        assert not {"Rest can be part of the plan.", "Slow weeks are allowed."} & set(before["reminder"])
        assert not [line for line in before["quiet"] if "progress" in line or "thank-you" in line]
        assert all(len(set(lines)) == bank for lines in before.values())


def test_what_stands_in_takes_the_place_of_its_line_and_no_other() -> None:
    locale = Library.load().locale("en")
    place = next(each for each in range(16) if locale.encouragement("U1", each) == "Slow weeks are allowed.")
    assert locale.encouragement("U1", place, "reminder") == "A small step in a slow week still counts."
    assert locale.encouragement("U1", place, "quiet") == "Slow weeks are allowed."


# an operator's own words


def test_an_empty_folder_changes_nothing(own: Path) -> None:
    assert library.findings(own) == []


def test_an_operator_s_card_is_shown_instead_of_ours(own: Path) -> None:
    write(own, "en/cards/be_professional/none.md", GOOD_CARD)
    words = Library.load(own).locale("en")
    assert "Room 12, and you" in words.card("be_professional", "none").body
    assert words.card("be_professional", "interview") == Library.load().locale("en").card(
        "be_professional", "interview"
    )


def test_a_card_may_carry_a_link_and_lose_it_again(own: Path) -> None:
    linked = GOOD_CARD.replace("do =", 'link = "https://example.org/careers"\ndo =')
    write(own, "en/cards/be_professional/none.md", linked)
    card: Card = Library.load(own).locale("en").card("be_professional", "none")
    assert card.link == "https://example.org/careers"
    assert Library.load().locale("en").card("be_professional", "none").link is None


def test_an_operator_changes_one_line_and_keeps_the_others(own: Path) -> None:
    write(own, "en/cards/openings.toml", 'ghosted = "They went silent. That is hard."')
    words = Library.load(own).locale("en")
    assert words.opening("ghosted") == "They went silent. That is hard."
    assert words.opening("none") == Library.load().locale("en").opening("none")


def test_an_operator_takes_an_encouragement_out_and_puts_one_in(own: Path) -> None:
    write(own, "en/encouragements.toml", '[lines]\nrest = ""\nours = "You are welcome here."')
    words = Library.load(own).locale("en")
    bank = {words.encouragement("U1", number) for number in range(40)}
    assert "You are welcome here." in bank
    assert "Rest can be part of the plan." not in bank


def test_an_operator_bans_a_phrase_of_their_own(own: Path) -> None:
    file = write(own, "en/banned.toml", '[phrases]\n"off your list" = "Say what to do."')
    said = "messages/locales/en/cards/be_professional/none.md:4 says it."
    assert complaints(own).startswith(f"{file}:2: “off your list” is banned here, and {said} Write that text anew")


def test_an_operator_s_own_slip_against_their_own_ban_is_named_where_they_said_it(own: Path) -> None:
    write(own, "en/banned.toml", '[phrases]\n"small wins" = "Say what was done."')
    file = write(own, "en/cards/openings.toml", 'none = "Look at your small wins."')
    assert complaints(own) == f"{file}:1: “none”: “small wins” is a banned phrase. Say what was done."


def test_a_file_saved_with_a_byte_order_mark_is_read(own: Path) -> None:
    (own / "en").mkdir()
    (own / "en/encouragements.toml").write_bytes('\ufeff[lines]\nours = "You are welcome here."'.encode())
    assert library.findings(own) == []


# what a writer got wrong


def test_loading_stops_with_every_finding(own: Path) -> None:
    write(own, "en/cards/openings.toml", 'none = "Don\'t worry, and **smile**."\nghosted = ""')
    with pytest.raises(WordsError) as stopped:
        Library.load(own)
    assert len(stopped.value.findings) == 3
    assert str(stopped.value).count("\n") == 2


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "There is no such folder of words." in complaints(tmp_path / "nowhere")


def test_wrong_toml_is_named_with_file_and_line(own: Path) -> None:
    file = write(own, "en/cards/openings.toml", 'none = "Fine."\n\nghosted = "not closed\n')
    assert f"{file}:3: The TOML is not valid" in complaints(own)


def test_a_text_that_never_closes_is_named_with_its_file(own: Path) -> None:
    file = write(own, "en/cards/openings.toml", 'none = """Fine.\n\n')
    assert f"{file}:" in complaints(own)
    assert "The TOML is not valid" in complaints(own)


def test_a_wrong_head_of_a_card_is_named_with_the_line_in_the_file(own: Path) -> None:
    file = write(own, "en/cards/be_professional/none.md", GOOD_CARD.replace('"Be Professional"', "Be Professional"))
    assert f"{file}:3: The TOML is not valid" in complaints(own)


def test_a_card_without_a_head_is_named(own: Path) -> None:
    file = write(own, "en/cards/be_professional/none.md", "Only a text.\n")
    assert f"{file}:1: The card has no head between two lines of +++." in complaints(own)


def test_a_card_saved_on_windows_is_read(own: Path) -> None:
    path = write(own, "en/cards/be_professional/none.md", "")
    path.write_bytes(GOOD_CARD.replace("\n", "\r\n").encode())
    assert library.findings(own) == []


def test_a_card_that_lacks_what_to_do_is_named(own: Path) -> None:
    write(own, "en/cards/be_professional/none.md", "\n".join(GOOD_CARD.split("\n")[:3] + GOOD_CARD.split("\n")[4:]))
    assert "“do” is missing. Add it." in complaints(own)


def test_a_file_that_is_not_text_is_named(own: Path) -> None:
    file = write(own, "en/cards/openings.toml", "")
    file.write_bytes(b'none = "\xff\xfe"')
    assert f"{file}: The file is not UTF-8 text. Save it as UTF-8." in complaints(own)


def test_a_number_where_a_text_belongs_is_named(own: Path) -> None:
    write(own, "en/cards/openings.toml", "none = 4")
    assert "“none” is not text. Put it in quotes." in complaints(own)


def test_a_banned_phrase_is_named_with_line_and_remedy(own: Path) -> None:
    file = write(own, "en/cards/openings.toml", '# ours\nnone = "Don\'t worry."')
    assert f"{file}:2: “none”: “don't worry” is a banned phrase. Say what is true" in complaints(own)


def test_a_slip_in_the_text_of_a_card_is_named_with_its_own_line(own: Path) -> None:
    file = write(own, "en/cards/be_professional/none.md", GOOD_CARD.replace("Room 12", "Room 12, don't worry"))
    assert f"{file}:7: “body”: “don't worry” is a banned phrase." in complaints(own)


def test_a_word_that_a_date_makes_false_is_named(own: Path) -> None:
    write(own, "en/cards/openings.toml", 'none = "You heard it yesterday."')
    assert "“yesterday” is untrue when the message is read on another day." in complaints(own)


@pytest.mark.parametrize("line", ['none = "Hello {name}."', '[lines]\nours = "Hello {name}."'])
def test_a_placeholder_nothing_fills_is_named(own: Path, line: str) -> None:
    write(own, "en/encouragements.toml" if "lines" in line else "en/cards/openings.toml", line)
    assert "is a placeholder nothing fills. Allowed here: none." in complaints(own)


def test_a_placeholder_with_a_slip_is_named_twice_as_strange_and_as_lost(own: Path) -> None:
    write(own, "en/dates.toml", 'day = "{weekday} {dya} {month}"')
    assert "{dya} in “day” is a placeholder nothing fills. Allowed here: {day}, {month}, {weekday}." in complaints(own)
    assert "“day” has lost its placeholder {day}. Put it back." in complaints(own)


def test_a_phrase_must_keep_the_placeholders_of_the_english(own: Path) -> None:
    write(own, "en/phrases.toml", '[replies]\nsnoozed = "Okay. I will write on {dya}."')
    assert "{dya} in “replies.snoozed” is a placeholder nothing fills." in complaints(own)
    assert "“replies.snoozed” has lost its placeholder {day}." in complaints(own)


def test_a_phrase_nobody_reads_is_named(own: Path) -> None:
    file = write(own, "en/phrases.toml", '[labels]\ndonne = "Done"')
    assert f"{file}:2: “labels.donne” is a name nothing reads." in complaints(own)


def test_a_button_that_is_too_long_is_named(own: Path) -> None:
    write(own, "en/phrases.toml", '[labels]\ndone = "I have done this step already"')
    assert "“labels.done”: The text has 29 characters, the most is 24." in complaints(own)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("Close the loop kindly", "Say thanks"), "not the one of this step's other cards"),
        (("Be Professional", "Be Polite"), "not the seed article's title"),
        (("That is a hard message to get.", "Yes. It is. It was. It will be."), "sentences. Keep 3 at most."),
        (("do =", 'lnik = "https://example.org"\ndo ='), "“lnik” is a name nothing reads."),
        (("do =", 'link = "example.org"\ndo ='), "The link does not begin with https://."),
        (("person who helped.", "person " + "who helped " * 9 + "you."), "What to do is longer than one line."),
        (("welcome there", "welcome [there](https://example.org)"), "Markdown link"),
    ],
)
def test_a_card_that_is_no_card_is_named(own: Path, change: tuple[str, str], complaint: str) -> None:
    step = "be_professional/interview.md"
    write(own, f"en/cards/{step}", GOOD_CARD.replace(*change))
    assert complaint in complaints(own)


@pytest.mark.parametrize(
    "name",
    [
        "en/phrase.toml",
        "en/cards/be_profesional/none.md",
        "en/cards/dont_dwell/nonne.md",
        "en/cards/be_professional/noreply.md",
        "crisis.toml",
        "english/a.md",
    ],
)
def test_a_file_nothing_reads_is_named(own: Path, name: str) -> None:
    file = write(own, name, 'a = "b"')
    assert f"{file}: Nothing reads this file." in complaints(own)


@pytest.mark.parametrize("name", ["en/cards/be_professional/noreply.md", "en/phrase.toml", "english/phrases.toml"])
def test_a_file_of_ours_that_nothing_reads_is_named_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    shipped = tmp_path / "locales"
    shutil.copytree(library.SHIPPED, shipped)
    monkeypatch.setattr(library, "SHIPPED", shipped)
    assert library.findings() == []
    file = write(shipped, name, GOOD_CARD)
    assert [str(each).partition(" Name it")[0] for each in library.findings()] == [f"{file}: Nothing reads this file."]
    with pytest.raises(WordsError, match="Nothing reads this file"):
        Library.load()


def test_an_operator_s_notes_and_hidden_files_are_left_alone(own: Path) -> None:
    for name in ("README.md", "en/README.md", ".git/config.toml", "en/.phrases.toml", "notes.txt"):
        write(own, name, "anything")
    assert library.findings(own) == []


def test_a_bank_that_is_too_small_is_named(own: Path) -> None:
    shipped = Library.load().locale("en").texts
    names = [name.split(".", 1)[1] for name in shipped if name.startswith("encouragements:lines.")]
    lines = "\n".join(f'{name} = ""' for name in names[7:])
    file = write(own, "en/encouragements.toml", f"[lines]\n{lines}")
    assert complaints(own).startswith(f"{file}:2: There are 7 encouragements. Keep at least 8")


def test_a_line_that_stands_in_for_none_is_named(own: Path) -> None:
    file = write(own, "en/encouragements.toml", '[reminder]\nrets = "A plan can be small."')
    assert f"{file}:2: “reminder.rets” is a name nothing reads." in complaints(own)


def test_a_new_title_on_one_card_is_named_once_and_where_it_was_written(own: Path) -> None:
    new = GOOD_CARD.replace("Close the loop kindly", "Say thanks")
    file = write(own, "en/cards/be_professional/none.md", new)
    kept = "Write it in all 8 cards of this step, or keep “Close the loop kindly”."
    assert complaints(own) == f"{file}:2: “title”: The title is not the one of this step's other cards. {kept}"


def test_a_card_without_a_title_is_named_and_nothing_else_breaks(own: Path) -> None:
    file = write(own, "en/cards/be_professional/none.md", GOOD_CARD.replace('title = "Close the loop kindly"\n', "", 1))
    assert complaints(own) == f"{file}: “title” is missing. Add it."


def test_a_new_language_must_be_whole(own: Path) -> None:
    folder = language(own, "es")
    (folder / "cards/dont_dwell/ghosted.md").unlink()
    (folder / "banned.toml").unlink()
    openings = folder / "cards/openings.toml"
    openings.write_text(openings.read_text(encoding="utf-8").replace("ghosted = ", "ghost = "), encoding="utf-8")
    heard = complaints(own)
    assert (
        "es/cards/dont_dwell/ghosted.md: The file is missing. Write it, as in en/cards/dont_dwell/ghosted.md." in heard
    )
    assert "es/banned.toml: The file is missing." in heard
    assert f"{openings}: “ghosted” is missing. Add it." in heard


def test_what_a_language_of_ours_lacks_is_named_in_its_own_folder(tmp_path: Path) -> None:
    """Beside the shipped English, as somebody who sends us a language writes it. Only this room is needed for that."""
    shutil.copytree(ENGLISH.parents[1], tmp_path / "messages", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "messages/locales/qaa").mkdir()
    asked = "from messages import library; print(*library.findings(), sep='\\n')"
    heard = subprocess.run([sys.executable, "-c", asked], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "messages/locales/qaa/phrases.toml: The file is missing. Write it, as in en/phrases.toml." in heard.stdout
    assert "messages/locales/phrases.toml" not in heard.stdout


def test_a_new_language_may_choose_its_own_encouragements(own: Path) -> None:
    folder = language(own, "es")
    lines = "\n".join(f'line_{number} = "Palabra {number}."' for number in range(9))
    write(folder, "encouragements.toml", f"[lines]\n{lines}")
    assert library.findings(own) == []
