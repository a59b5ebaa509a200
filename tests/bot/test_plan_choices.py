"""Tables of facts: what the member chose, an interview, a snooze. Days count from the first no."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from bot.plan import Purpose, Sent, Tempo
from tests.bot.plans import D1, D3, D7, D14, MONDAY, a_series, day, on, planned, sent

FOUR = tuple(Sent(Purpose(name), day(2)) for name in ("day_1", "day_3", "interview", "day_1"))


@pytest.mark.parametrize(
    ("tempo", "expected"),
    [
        (Tempo.usual, "day_1:1 day_3:3 day_7:7 day_14:14"),
        (Tempo.weekly, "day_7:7 day_14:14"),
        (Tempo.only_one, "day_7:7"),
        (Tempo.quieter, "day_7:7 day_14:14"),
        (Tempo.hello, "hello:9"),
        (Tempo.none, ""),
    ],
)
def test_the_member_sets_the_tempo(tempo: Tempo, expected: str) -> None:
    assert planned(a_series(tempo=tempo, chosen_at=day(2)), MONDAY) == expected


def test_the_hello_comes_once_for_each_time_it_was_chosen() -> None:
    series = a_series(tempo=Tempo.hello, chosen_at=day(1), sent=sent(day_1=1, hello=8))
    assert planned(series, day(8)) == ""
    assert planned(replace(series, chosen_at=day(9)), day(9)) == "hello:16"


@pytest.mark.parametrize(
    ("facts", "now", "expected"),
    [
        ({"interview_on": on(3), "interview_asked": day(0, 13)}, MONDAY, "interview:4 day_7:7 day_14:14"),
        (
            {"interview_on": on(9), "interview_asked": day(2), "sent": sent(day_1=1)},
            day(2),
            "interview:10 day_7:14 day_14:16",
        ),
        (
            {"interview_on": on(4), "interview_asked": day(2), "sent": sent(day_1=1)},
            day(2),
            "interview:7 day_7:9 day_14:14",
        ),
        ({"interview_asked": day(2), "sent": sent(day_1=1)}, day(2), "interview:9 day_7:11 day_14:14"),
        ({"interview_on": on(-1), "interview_asked": day(0, 13)}, MONDAY, "interview:1 day_7:7 day_14:14"),
        ({"interview_on": on(30), "interview_asked": day(2), "sent": sent(day_1=1)}, day(2), "interview:31 day_7:35"),
        ({"interview_on": on(3), "interview_asked": day(2), "sent": sent(interview=4)}, day(4), "day_7:7 day_14:14"),
        # "no" was the answer to "how did it go?": the newer no has its own days
        (
            {"interview_on": on(8), "interview_asked": day(2), "newest": day(9), "sent": sent(day_1=1, interview=9)},
            day(9),
            "day_1:11 day_3:14 day_7:16 day_14:21",
        ),
        # it was never asked (nobody was up), and a newer no has come since: too late to ask
        (
            {"interview_on": on(8), "interview_asked": day(2), "newest": day(11), "sent": sent(day_1=1)},
            day(11),
            "day_1:14 day_3:16 day_7:18 day_14:21",
        ),
        # the closing was snoozed beyond the 21 days by the member, so nothing gives way for it
        (
            {
                "interview_on": on(29),
                "interview_asked": day(15),
                "snoozed": D14,
                "snooze_until": on(28),
                "sent": sent(day_7=7, day_14=14),
            },
            day(15),
            "day_14:30 interview:32",
        ),
        ({"interview_on": on(9), "interview_asked": day(2), "tempo": Tempo.only_one}, day(2), "interview:10 day_7:14"),
        ({"interview_on": on(9), "interview_asked": day(2), "tempo": Tempo.none}, day(2), ""),
    ],
)
def test_an_interview_holds_everything_until_the_day_after(
    facts: dict[str, object], now: datetime, expected: str
) -> None:
    assert planned(a_series(**facts), now) == expected


@pytest.mark.parametrize(
    ("facts", "now", "expected"),
    [
        ({}, MONDAY, "day_7:7 day_14:14"),
        # the fourth no came after the usual ones had begun: a week from the last of them
        ({"newest": day(1), "sent": sent(day_1=1)}, day(1), "day_7:8 day_14:15"),
        ({"newest": day(3), "sent": sent(day_1=1, day_3=3)}, day(3), "day_7:10 day_14:17"),
        # newer noes push both, and the week between them stays
        ({"newest": day(10), "sent": sent(day_1=1)}, day(10), "day_7:14 day_14:21"),
        ({"newest": day(15)}, day(15), "day_7:21"),
        # the last of the usual ones came on the 16th: the week gives way, the 21 days do not
        ({"newest": day(17), "sent": sent(day_1=16)}, day(17), "day_7:21"),
        ({"newest": day(9), "sent": sent(day_7=9)}, day(9), "day_14:21"),
        # what the member asked for does not wait a week; what follows it does
        ({"snoozed": D7, "snooze_until": on(9), "sent": sent(day_7=7)}, day(7), "day_7:9 day_14:16"),
        ({"snoozed": D7, "snooze_until": on(17), "sent": sent(day_7=7)}, day(7), "day_7:17"),
        (
            {"interview_on": on(8), "interview_asked": day(7, 13), "sent": sent(day_7=7)},
            day(7),
            "interview:9 day_14:16",
        ),
        ({"interview_on": on(3), "interview_asked": day(1)}, day(1), "interview:4 day_7:11 day_14:18"),
        ({"unanswered": 5, "sent": sent(day_1=1)}, day(1), "day_7:8 day_14:15"),
        ({"paused_until": on(12)}, day(1), "day_7:14 day_14:21"),
    ],
)
def test_with_many_noes_a_week_lies_between_two(facts: dict[str, object], now: datetime, expected: str) -> None:
    assert planned(a_series(tempo=Tempo.weekly, **facts), now) == expected


@pytest.mark.parametrize(
    ("facts", "now", "expected"),
    [
        ({"snoozed": D1, "snooze_until": on(3), "sent": sent(day_1=1)}, day(1), "day_1:3 day_3:7 day_7:9 day_14:14"),
        ({"snoozed": D7, "snooze_until": on(9), "sent": sent(day_1=1, day_3=3, day_7=7)}, day(7), "day_7:9 day_14:14"),
        ({"snoozed": D7, "snooze_until": on(9), "sent": sent(day_7=7) + sent(day_7=9)}, day(9), "day_14:14"),
        ({"snoozed": D3, "snooze_until": on(9), "sent": sent(day_1=1)}, day(2), "day_3:9 day_7:11 day_14:14"),
        ({"snoozed": D3, "snooze_until": on(17), "sent": sent(day_1=1, day_3=3)}, day(3), "day_3:17 day_7:21"),
        ({"snoozed": D7, "snooze_until": on(9), "sent": FOUR + sent(day_7=7)}, day(7), "day_7:9 day_14:14"),
        ({"snoozed": D14, "snooze_until": on(28), "sent": sent(day_7=7, day_14=14)}, day(14), "day_14:28"),
        ({"snoozed": D7, "snooze_until": on(25), "sent": sent(day_7=7)}, day(7), "day_7:25"),
        ({"snoozed": D7, "snooze_until": on(9), "sent": sent(day_7=7), "tempo": Tempo.none}, day(7), ""),
        (
            {"snoozed": Purpose.hello, "snooze_until": on(9), "sent": sent(hello=7), "tempo": Tempo.hello},
            day(7),
            "hello:9",
        ),
    ],
)
def test_what_was_snoozed_comes_again_first(facts: dict[str, object], now: datetime, expected: str) -> None:
    assert planned(a_series(**facts), now) == expected
