"""Tables of facts: merged noes, caps, silence, dates that have passed. Days count from the first no."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.plan import REMINDER, Planned, Purpose, Sent, check_ins, encourages
from tests.bot.plans import D1, MONDAY, UTC_DAYS, a_series, day, days, planned, sent


@pytest.mark.parametrize(
    ("newest", "already", "expected"),
    [
        (day(0, 20), sent(), "day_1:1 day_3:3 day_7:7 day_14:14"),  # two on one day
        (day(1, 9), sent(), "day_1:1 day_3:4 day_7:8 day_14:15"),  # the first check-in is an hour away: it stays
        (day(3, 9), sent(day_1=1), "day_3:7 day_7:10 day_14:17"),
        (day(3), sent(day_1=1, day_3=3), "day_7:10 day_14:17"),
        (day(5), sent(day_1=1, day_3=3), "day_7:14 day_14:21"),  # four days after day 1: not again
        (day(6), sent(day_1=1, day_3=3), "day_1:7 day_7:14 day_14:21"),  # five: once more
        (day(8), sent(day_1=1, day_3=3, day_7=7), "day_1:9 day_14:21"),  # day 14 would be the 22nd
        (day(12), sent(day_1=1, day_3=3, day_7=7), "day_1:14 day_14:21"),
        (day(18), sent(day_1=1, day_3=3, day_7=7), "day_14:21"),  # day 1 gives way to the closing
        (day(20), sent(day_1=1, day_3=3, day_7=7), "day_14:21"),
        (day(15), sent(day_1=1, day_3=3, day_7=7, day_14=14), "day_1:16"),
    ],
)
def test_a_newer_no_joins_the_series(newest: datetime, already: tuple[Sent, ...], expected: str) -> None:
    assert planned(a_series(newest=newest, sent=already), newest) == expected


def test_five_noes_are_one_series_of_six_messages_in_which_the_reminder_comes_once() -> None:
    noes = [0, 4, 8, 11, 15]
    already: tuple[Sent, ...] = ()
    for number, following in zip(noes, [*noes[1:], 99], strict=True):
        plan = check_ins(a_series(newest=day(number), sent=already), UTC_DAYS, now=day(number))
        already += tuple(Sent(item.purpose, item.due) for item in plan if item.due < day(following))
    story = days(tuple(Planned(item.purpose, item.at) for item in already))
    assert story == "day_1:1 day_3:3 day_1:9 day_1:16 day_7:18 day_14:21"


def test_newer_noes_cannot_push_the_reminder_out_of_the_series() -> None:
    series = a_series(newest=day(16), sent=sent(day_1=1, day_3=3))
    assert planned(series, day(16)) == "day_7:18 day_14:21"


def test_too_many_messages_let_day_3_go_first_then_day_1_then_day_14() -> None:
    newest = day(9)
    three = (*sent(day_1=1), Sent(Purpose.interview, day(3, 10)), Sent(Purpose.interview, day(7, 10)))
    assert planned(a_series(newest=newest, sent=three), newest) == "day_1:10 day_7:16 day_14:21"
    four = (Sent(Purpose.interview, day(2)), *three)
    assert planned(a_series(newest=newest, sent=four), newest) == "day_7:16 day_14:21"
    five = (Sent(Purpose.interview, day(2)), Sent(Purpose.interview, day(2)), *three)
    assert planned(a_series(newest=newest, sent=five), newest) == "day_7:16"


@pytest.mark.parametrize("stage", ["no_reply", "automated"])
def test_a_small_event_has_no_first_day_question(stage: str) -> None:
    assert planned(a_series(stage=stage), MONDAY) == "day_3:3 day_7:7 day_14:14"
    newer = a_series(stage=stage, newest=day(8), sent=sent(day_3=3, day_7=7))
    assert planned(newer, day(8)) == "day_14:21"


def test_silence_costs_day_3_and_never_the_reminder() -> None:
    assert planned(a_series(unanswered=2, sent=sent(day_1=1)), day(1)) == "day_7:7 day_14:14"
    assert planned(a_series(unanswered=9, sent=sent(day_1=1, day_3=3)), day(3)) == "day_7:7 day_14:14"


@pytest.mark.parametrize(
    ("now", "already", "expected"),
    [
        (day(1, 10), sent(), "day_1:2 day_3:4 day_7:7 day_14:14"),  # its hour has come: the next day
        (day(2, 9), sent(), "day_3:3 day_7:7 day_14:14"),  # its day has passed: it lapses
        (day(9, 9), sent(day_1=1), "day_7:9 day_14:14"),  # the reminder waits
        (day(11, 11), sent(), "day_7:14 day_14:16"),  # Friday noon: Monday
        (day(30), sent(), "day_7:31"),  # also beyond the 21 days, which end all else
        (day(30), sent(day_7=7), ""),
        (day(4), sent(day_1=1, day_7=4), "day_14:14"),  # nothing earlier comes after the reminder
    ],
)
def test_a_date_that_has_passed_moves_or_lapses(now: datetime, already: tuple[Sent, ...], expected: str) -> None:
    assert planned(a_series(sent=already), now) == expected


def test_all_but_the_first_the_interviews_and_the_hello_encourage() -> None:
    assert {purpose for purpose in Purpose if not encourages(purpose)} == {D1, Purpose.interview, Purpose.keep_in_touch}
    assert encourages(REMINDER)
