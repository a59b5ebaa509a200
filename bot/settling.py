"""What becomes of a delivery after Slack refused it, or after somebody looked for it. Pure: facts in, an outcome out.

The promises live here: a post that may have arrived is never simply sent again; a thread the member asked for is
posted once more when nobody can look, a check-in is not; and nothing is sent that is not wanted any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.pace import Pace
from bot.slack_errors import Judgement, Verdict
from bot.store.values import Row

LONGEST_WAIT = 300.0  # seconds between two attempts
MENDED_WITHIN = 3600.0  # seconds
BLIND = "could_not_look"  # noted on a row that was put back without a look, which happens once: it may be there twice


@dataclass(frozen=True)
class InDoubt:
    """It may have arrived: nothing is done before somebody has looked."""


@dataclass(frozen=True)
class Again:
    """Into the queue, to be tried ``after`` so many seconds. ``doubted``: the last attempt may have arrived.

    ``why`` is noted on the row until it is sent.
    """

    after: float = 0
    doubted: bool = False
    why: str | None = None


@dataclass(frozen=True)
class LookAgain:
    after: float


@dataclass(frozen=True)
class End:
    state: str
    why: str


Outcome = InDoubt | Again | LookAgain | End


class Seen(Enum):
    """What a look may come to, where the message is not there. Where it is, it was sent."""

    ABSENT = "absent"
    COULD_NOT_LOOK = "could_not_look"


def after_refusal(row: Row, judged: Judgement) -> Outcome:
    """Of a row whose attempt has begun. A redraw may be repeated, so it is never in doubt."""
    match judged.verdict:
        case Verdict.AMBIGUOUS if not row.kind.is_redraw:
            return InDoubt()
        case Verdict.THROTTLED:
            return Again(judged.after)
        case Verdict.TRANSIENT | Verdict.AMBIGUOUS:
            return Again(min(LONGEST_WAIT, judged.after * 2 ** min(row.attempts, 6)))
        case Verdict.INSTALL_DEAD:
            return Again()  # it waits until the workspace has a token that Slack takes
        case _:
            return End("failed", judged.error)


def after_bug(late: float, pace: Pace) -> Again | End:
    """Of a row over which our own code stumbles, so many seconds after it was due. Within the hour it may be mended."""
    return Again(pace.look_again) if late < MENDED_WITHIN else End("failed", "our_bug")


def after_look(row: Row, seen: Seen, pace: Pace, *, wanted: bool, throttled_for: float = 0) -> Outcome:
    """Of a row in doubt. ``wanted``: by the member, now; ``throttled_for``: what Slack asked the look to wait."""
    if seen is Seen.COULD_NOT_LOOK:
        return _without_a_look(row, pace, wanted=wanted, throttled_for=throttled_for)
    if not wanted:
        return End("cancelled", "stopped")
    if row.doubts + 1 >= pace.attempts:
        return End("unknown", "never_arrives")
    return Again(doubted=True)


def _without_a_look(row: Row, pace: Pace, *, wanted: bool, throttled_for: float) -> Outcome:
    if row.looks + 1 < pace.looks:
        return LookAgain(max(pace.look_again, throttled_for))
    if row.kind.was_asked_for and row.reason != BLIND and wanted:
        return Again(doubted=True, why=BLIND)
    return End("unknown", BLIND)
