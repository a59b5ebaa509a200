"""Something without a name goes on later, at a round time, by day: no time tells when it was written or where."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.batches import CLOSES, OPENS, TO_A_PERSON, TO_STAFF, TO_THE_CHANNEL, Wait, by_day, later

MOMENTS = st.integers(1_767_225_600, 1_861_920_000).map(lambda unix: datetime.fromtimestamp(unix, UTC))
ZONES = st.sampled_from(["America/New_York", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia", "UTC"])


@pytest.mark.parametrize("wait", [TO_STAFF, TO_THE_CHANNEL, TO_A_PERSON])
@given(moment=MOMENTS, drawn=st.integers(0, 2**64 - 1))
def test_it_waits_no_less_and_no_more_and_ends_at_a_round_time(wait: Wait, moment: datetime, drawn: int) -> None:
    due = later(moment, wait, f"{drawn:x}")
    whole = moment.replace(microsecond=0)
    assert whole + timedelta(minutes=wait.least) <= due <= whole + timedelta(minutes=wait.most + wait.step)
    assert due.timestamp() % (wait.step * 60) == 0 and due == later(moment, wait, f"{drawn:x}")


def test_those_of_one_hour_go_out_together_and_differently_from_their_order() -> None:
    begun = datetime(2027, 1, 13, 16, tzinfo=UTC)
    due = [later(begun + timedelta(minutes=each), TO_THE_CHANNEL, f"{each * 7919:x}") for each in range(40)]
    assert len(set(due)) <= 7 and due != sorted(due)


@given(moment=MOMENTS, zone=ZONES)
def test_by_night_it_waits_for_the_morning(moment: datetime, zone: str) -> None:
    there = ZoneInfo(zone)
    due = by_day(moment, there)
    assert OPENS <= due.astimezone(there).time() < CLOSES
    assert moment <= due <= moment + timedelta(hours=37)  # a day that a zone left out is in between at worst
    assert due == moment or due.astimezone(there).time() == OPENS
