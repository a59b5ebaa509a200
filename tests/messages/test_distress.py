"""The list of heavy phrases is in order, a slip in it is named, and the card is easy to read on a hard day."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.gallery.listening import cards
from messages import lint
from messages.distress import phrases
from messages.library import Library, WordsError, findings
from tests.messages.gallery import english

HARDEST = 6.0
ALARM = re.compile(r"detect|alert|warning|risk|flag|report|suicid|concern|emergency!|\bdie\b|kill|!|:\w+:|<@", re.I)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "en").mkdir()
    return tmp_path


def test_no_table_was_emptied_by_mistake() -> None:
    listed = phrases(english())
    sizes = {name: len(part) for name, part in listed._asdict().items()}
    least = {"strong": 140, "soft": 70, "idioms": 100, "negations": 20, "forms": 30, "people": 35, "spellings": 40,
             "subjects": 25, "strains": 12, "own": 8, "breaks": 6, "fillers": 15}  # fmt: skip
    assert not {name: (sizes[name], number) for name, number in least.items() if sizes[name] < number}
    assert sizes.keys() == least.keys()


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ('[stronk]\nours = "want to leave it all"', "“stronk.ours”: This is a name nothing reads."),
        ('[third_person]\nfolks = "uncle"', "“third_person.folks”: This is a name nothing reads."),
        ('strong = "want to leave it all"', "“strong”: This is a name nothing reads."),
        ('[strong]\nours = """\nme\n"""', "“me” is too short"),
        ('[soft]\nours = """\nWant to die\n"""', "“want to die” stands in two places."),
        ('[strong]\nours = ["a list"]', "is not text"),
        ('[strong]\nours = "left open', "The TOML is not valid"),
    ],
)
def test_a_slip_is_named_and_the_bot_does_not_start_with_it(own: Path, written: str, complaint: str) -> None:
    (own / "en" / "distress.toml").write_text(written, encoding="utf-8")
    assert any(complaint in str(each) and "distress.toml" in each.file for each in findings(own))
    with pytest.raises(WordsError):
        Library.load(own)


def test_an_operator_s_group_is_added_to_ours(own: Path) -> None:
    (own / "en" / "distress.toml").write_text('[soft]\ncampus = """\nfinals broke me\n"""', encoding="utf-8")
    listed = phrases(Library.load(own).locale("en"))
    assert "finals broke me" in listed.soft and set(phrases(english()).soft) < set(listed.soft)


def test_the_card_is_easier_to_read_than_anything_else() -> None:
    ours = {name: text for name, text in english().texts.items() if name.startswith("phrases:listening.")}
    assert len(ours) >= 9
    assert {name: grade for name, text in ours.items() if (grade := lint.grade(text)) > HARDEST} == {}
    together = " ".join(text.replace("{day}", "Tue 24 Nov") for text in ours.values())
    assert lint.grade(together) <= HARDEST


def test_no_card_alarms_or_accuses() -> None:
    ours = {name: text for name, text in english().texts.items() if name.startswith("phrases:listening.")}
    assert [name for name, text in ours.items() if ALARM.search(text.replace("*", ""))] == []
    assert not [each.title for each in cards(english()) if '"style": "danger"' in str(each.payload).replace("'", '"')]


def test_a_form_comes_back_with_discard_before_keep_and_every_field_as_it_was() -> None:
    views = [each.payload for each in cards(english()) if each.title.startswith("card") and each.text is None]
    assert len(views) >= 40
    for view in views:
        assert (view["close"]["text"], view["submit"]["text"]) == ("Discard", "Keep it")
        typed = [
            block["element"] for block in view["blocks"] if block.get("element", {}).get("type") == "plain_text_input"
        ]
        assert typed and all(element["initial_value"] for element in typed)
