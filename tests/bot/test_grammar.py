"""What may be typed after the command: which word is a command, and what is a company and a role."""

import pytest

from bot.grammar import LONGEST_NAME, WORDS, Names, lines, names, pause_days, word

COMMANDS = {
    "help": "help", "  HELP ": "help", "Stop": "stop", "history": "history", "settings": "settings", "start": "start",
    "export": "export", "delete": "delete", "privacy": "privacy", "share": "share", "pause": "pause",
    "PAUSE": "pause", "pause 2 weeks": "pause", "pause for 3 days": "pause", "pause 1 month": "pause",
    "pause  10 Day": "pause",
}  # fmt: skip
NAMES = (
    "", "   ", "Help Scout", "help me", "stop it", "Stop & Shop", "started", "pause button", "pause 2",
    "pause weeks", "the privacy company", "history teacher", "delete,", "help, please", "/help", "Initech", "none",
)  # fmt: skip
TYPED = {
    "Initech": ("Initech", None),
    "Initech, Data analyst": ("Initech", "Data analyst"),
    "Initech , Analyst, Berlin, part time": ("Initech", "Analyst, Berlin, part time"),
    "by Initech": ("Initech", None),
    "from  Initech, Analyst": ("Initech", "Analyst"),
    "AT Initech": ("Initech", None),
    "at": ("at", None),
    "By Far": ("Far", None),
    "Atlas, at sea": ("Atlas", "at sea"),
    "Byte Works": ("Byte Works", None),
    ", Analyst": (None, "Analyst"),
    ",": (None, None),
    " \t\n ": (None, None),
    "AT&amp;T": ("AT&T", None),
}


@pytest.mark.parametrize("typed", COMMANDS)
def test_exactly_one_of_the_words_is_a_command(typed: str) -> None:
    assert word(typed) == COMMANDS[typed]


@pytest.mark.parametrize("typed", NAMES)
def test_everything_else_is_a_name_or_nothing(typed: str) -> None:
    assert word(typed) is None


def test_every_word_is_one_alone_and_none_within_a_name() -> None:
    assert [word(each) for each in WORDS] == list(WORDS)
    assert [each for each in WORDS if word(f"{each} Ltd")] == []


@pytest.mark.parametrize("typed", TYPED)
def test_a_company_and_after_the_first_comma_a_role(typed: str) -> None:
    company, role = TYPED[typed]
    assert names(typed) == Names(company, role)


@pytest.mark.parametrize(
    ("company", "role", "kept"),
    [
        (LONGEST_NAME, LONGEST_NAME, (True, True)),
        (LONGEST_NAME + 1, 5, (False, True)),
        (5, LONGEST_NAME + 1, (True, False)),
        (3000, 3000, (False, False)),
    ],
)
def test_a_name_too_long_is_left_out_alone_and_that_is_known(company: int, role: int, kept: tuple[bool, bool]) -> None:
    found = names(f"{'c' * company}, {'r' * role}")
    assert (found.company is not None, found.role is not None) == kept
    assert found.left_out == (not all(kept))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("pause", 14), ("pause 1 day", 1), ("pause 3 days", 3), ("PAUSE 2 Weeks", 14), ("pause for 1 month", 30),
        ("pause 0 days", 1), ("pause 999 months", 365),
    ],
)  # fmt: skip
def test_a_pause_lasts_as_long_as_it_says_two_weeks_where_it_does_not_a_year_at_most(typed: str, days: int) -> None:
    assert word(typed) == "pause" and pause_days(typed) == days


def test_several_noes_are_one_a_line_and_empty_lines_are_none() -> None:
    assert lines("Initech, Analyst\n\n  \nby Hooli\n,Chef") == [
        Names("Initech", "Analyst"), Names("Hooli"), Names(None, "Chef"),
    ]  # fmt: skip
