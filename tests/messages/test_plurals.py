"""The plural classes against the samples that Unicode's CLDR gives with each rule (cardinal, whole numbers)."""

from __future__ import annotations

import pytest

from messages.plurals import CLASSES, ENOUGH, RULES, numbers, plural

MANY = "0 2-16 100 1000 10000"  # of the languages that only set one apart
CLDR = {
    "en": {"one": "1", "other": MANY},
    "de": {"one": "1", "other": MANY},
    "nl": {"one": "1", "other": MANY},
    "it": {"one": "1", "other": MANY},
    "es": {"one": "1", "other": MANY},
    "pt-PT": {"one": "1", "other": MANY},
    "pt": {"one": "0 1", "other": "2-17 100 1000 10000"},
    "fr": {"one": "0 1", "other": "2-17 100 1000 10000"},
    "hi": {"one": "0 1", "other": "2-17 100 1000 10000"},
    "pl": {"one": "1", "few": "2-4 22-24 32-34 102 1002", "many": "0 5-19 100 1000 10000"},
    "uk": {"one": "1 21 31 101 1001", "few": "2-4 22-24 32-34 102 1002", "many": "0 5-19 100 1000 10000"},
    "ru": {"one": "1 21 31 101 1001", "few": "2-4 22-24 32-34 102 1002", "many": "0 5-19 100 1000 10000"},
    "cs": {"one": "1", "few": "2-4", "other": "0 5-19 100 1000 10000"},
    "ar": {
        "zero": "0", "one": "1", "two": "2", "few": "3-10 103-110 1003", "many": "11-26 111 1011",
        "other": "100-102 200-202 300-302 400 500 1000 10000",
    },
    "ja": {"other": "0-15 100 1000 10000"},
    "ko": {"other": "0-15 100 1000 10000"},
    "zh": {"other": "0-15 100 1000 10000"},
}  # fmt: skip


def written(samples: str) -> list[int]:
    """``0 2-16 100`` as numbers."""
    ends = [each.split("-") for each in samples.split()]
    return [number for each in ends for number in range(int(each[0]), int(each[-1]) + 1)]


@pytest.mark.parametrize("code", CLDR)
def test_a_number_takes_the_form_that_people_of_the_language_say(code: str) -> None:
    for form, samples in CLDR[code].items():
        assert {number: plural(code, number) for number in written(samples)} == dict.fromkeys(written(samples), form)


@pytest.mark.parametrize("code", CLDR)
def test_a_language_needs_the_classes_its_numbers_reach_and_no_others(code: str) -> None:
    assert numbers(code).keys() == CLDR[code].keys()
    assert [name for name in CLASSES if name in numbers(code)] == list(numbers(code))


def test_every_rule_is_held_against_its_samples() -> None:
    assert {code.lower() for code in CLDR} == RULES.keys()


@pytest.mark.parametrize("code", RULES)
def test_every_class_is_reached_early_and_no_rule_changes_later(code: str) -> None:
    later = [number for number in range(ENOUGH, 3 * ENOUGH) if number % ENOUGH > 2]
    assert [plural(code, number) for number in later] == [plural(code, number % ENOUGH + ENOUGH) for number in later]
    assert {plural(code, number) for number in range(200)} == numbers(code).keys()


@pytest.mark.parametrize(("code", "as_in"), [("en-GB", "en"), ("pt-BR", "pt"), ("ar-EG", "ar"), ("sv", "en")])
def test_a_region_counts_as_its_language_and_an_unknown_language_as_english(code: str, as_in: str) -> None:
    assert [plural(code, number) for number in range(200)] == [plural(as_in, number) for number in range(200)]


def test_portugal_and_brazil_say_zero_differently() -> None:
    assert (plural("pt-PT", 0), plural("pt-BR", 0)) == ("other", "one")
