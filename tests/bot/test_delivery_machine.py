"""Every order in which things can happen to a delivery: tried by chance, on the real statements, against the promises.

Slack takes a post or does not, answers or does not; processes die, freeze and wake; looks succeed, fail or are cut
short; members change their minds; time passes. What is pure (bot/settling.py) decides, what is SQL writes it down.
"""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import StaticPool, create_engine, select

from bot.kinds import Kind
from bot.pace import Pace
from bot.settling import BLIND, Again, End, LookAgain, Outcome, Seen, after_look, after_refusal
from bot.slack_errors import Judgement, Verdict
from bot.store import queue
from bot.store.deliveries import Closed, Deliveries
from bot.store.values import Row, Who
from bot.tables import deliveries, metadata, workspaces
from bot.vault import Vault, new_key

PACE = Pace()
NOON = 1_800_000_000
MEMBER = Who("T1", "U1")
LEASE = int(PACE.lease)
REFUSED = (Verdict.THROTTLED, Verdict.TRANSIENT, Verdict.INSTALL_DEAD, Verdict.TARGET_DEAD, Verdict.OUR_BUG)


@dataclass
class Attempt:
    """One post under way in some process."""

    row: Row
    began: int
    taken: bool = False


class DeliveryMachine(RuleBasedStateMachine):
    @initialize()
    def begins(self) -> None:
        self.engine = create_engine("sqlite://", poolclass=StaticPool)
        metadata.create_all(self.engine)
        with self.engine.begin() as connection:
            connection.execute(workspaces.insert().values(team_id="T1", bot_user_id="U0", bot_id="B0"))
        self.rows = Deliveries(None, Vault([new_key()]))  # type: ignore[arg-type]  # its bodies get a connection here
        self.real = NOON
        self.slack: Counter[str] = Counter()
        self.under_way: list[Attempt] = []
        self.lost: list[Attempt] = []  # nobody waits for an answer any more; Slack may still take it for a while
        self.wanted = True
        self.planned = 0

    def run(self, body: Any, *args: Any, **more: Any) -> Any:
        plain: Callable[..., Any] = inspect.unwrap(body)
        with self.engine.begin() as connection:
            return plain(self.rows, connection, *args, **more)

    @rule(kind=st.sampled_from([Kind.CHECK_IN, Kind.PARENT]))
    def something_is_planned(self, kind: Kind) -> None:
        self.planned += 1
        due, subject = datetime.fromtimestamp(self.real, UTC), str(self.planned)
        with self.engine.begin() as connection:
            queue.post(connection, MEMBER, kind, [subject], due=[due])

    @rule()
    def a_process_begins_the_next(self) -> None:
        row = self.next_row()
        asked = {"token": f"t{self.real}/{len(self.lost)}/{len(self.under_way)}", "channel": "D1"}
        begun = row and self.run(Deliveries.begin, row, **asked, real=self.real, lease=LEASE)
        if begun:
            self.under_way.append(Attempt(begun, self.real))

    def next_row(self) -> Row | None:
        asked = {"now": self.real, "real": self.real}
        lanes, _ = self.run(Deliveries.lanes, **asked, closed=Closed())
        found: Row | None = self.run(Deliveries.next_of, next(iter(lanes)), **asked) if lanes else None
        return found or self.run(Deliveries.next_check_in, "T1", **asked)

    @precondition(lambda self: self.under_way)
    @rule(data=st.data())
    def slack_takes_it(self, data: st.DataObject) -> None:
        attempt = data.draw(st.sampled_from(self.under_way))
        if not attempt.taken:
            attempt.taken = True
            self.slack[attempt.row.id] += 1

    @precondition(lambda self: self.under_way)
    @rule(data=st.data())
    def slack_answers(self, data: st.DataObject) -> None:
        """Also to a process that was frozen for long. Whatever it writes then must be harmless."""
        attempt = self.pick(data, self.under_way)
        if attempt.taken:
            if not self.run(Deliveries.sent, attempt.row, ts="1.1", now=self.real):
                self.slack[attempt.row.id] -= 1  # somebody else went on: its message is deleted
        else:
            refusal = Judgement(data.draw(st.sampled_from(REFUSED)), "refused")
            self.apply(attempt.row, after_refusal(attempt.row, refusal))

    @precondition(lambda self: self.under_way)
    @rule(data=st.data())
    def the_answer_is_lost_or_the_process_dies(self, data: st.DataObject) -> None:
        self.lost.append(self.pick(data, self.under_way))

    @precondition(lambda self: self.lost)
    @rule(data=st.data())
    def slack_takes_late_what_nobody_waits_for(self, data: st.DataObject) -> None:
        attempt = self.pick(data, self.lost)
        if not attempt.taken and self.real - attempt.began < PACE.settle:
            self.slack[attempt.row.id] += 1

    @rule(outcome=st.sampled_from(["looks", "looks", "cannot look", "dies looking"]))
    def somebody_looks(self, outcome: str) -> None:
        for row in self.run(Deliveries.ambiguous, real=self.real, after=PACE.after_lease):
            if not self.run(Deliveries.look, row, real=self.real, lease=LEASE) or outcome == "dies looking":
                continue
            wanted = self.wanted or row.kind is not Kind.CHECK_IN
            if outcome == "cannot look":
                self.apply(row, after_look(row, Seen.COULD_NOT_LOOK, PACE, wanted=wanted))
            elif self.slack[row.id]:
                self.run(Deliveries.sent, row, ts="1.1", now=self.real)
            else:
                self.apply(row, after_look(row, Seen.ABSENT, PACE, wanted=wanted))

    @rule(seconds=st.sampled_from([1, 9, 31, 61, 95, 400]))
    def time_passes(self, seconds: int) -> None:
        """No process waits longer than its time-out for Slack, unless it is frozen: then Slack has it already."""
        self.real += seconds
        waiting = [each for each in self.under_way if each.taken or self.real - each.began < PACE.timeout]
        self.lost += [each for each in self.under_way if each not in waiting]
        self.under_way = waiting

    @rule()
    def the_member_stops(self) -> None:
        self.wanted = False

    def apply(self, row: Row, outcome: Outcome) -> None:
        match outcome:
            case Again(after, doubted, why):
                self.run(Deliveries.again, row, real=self.real, after=after, doubted=doubted, why=why)
            case LookAgain(after):
                self.run(Deliveries.looked_in_vain, row, real=self.real, after=after)
            case End(state, why):
                self.run(Deliveries.end, row, state, why=why)

    def pick(self, data: st.DataObject, attempts: list[Attempt]) -> Attempt:
        attempt = data.draw(st.sampled_from(attempts))
        attempts.remove(attempt)
        return attempt

    def ledger(self) -> list[Any]:
        with self.engine.begin() as connection:
            return list(connection.execute(select(deliveries)))

    @invariant()
    def nothing_is_there_twice_and_nothing_is_lost(self) -> None:
        for row in self.ledger():
            copies, once_more = self.slack[row.id], row.reason == BLIND and row.kind != Kind.CHECK_IN
            assert copies <= 1 + once_more, f"{row.id} is there {copies} times"
            assert copies or row.state != "sent", f"{row.id} is said to be sent"

    def teardown(self) -> None:
        """Once Slack is well and every process answers, each row ends."""
        self.under_way.clear()
        for _ in range(40):
            self.real += 301
            self.somebody_looks("looks")
            while row := self.next_row():
                begun = self.run(Deliveries.begin, row, token="last", channel="D1", real=self.real, lease=LEASE)
                self.slack[row.id] += 1
                assert self.run(Deliveries.sent, begun, ts="1.1", now=self.real)
        assert {row.state for row in self.ledger()} <= {"sent", "cancelled", "failed", "unknown"}
        self.nothing_is_there_twice_and_nothing_is_lost()
        self.engine.dispose()


TestDeliveryMachine = DeliveryMachine.TestCase
TestDeliveryMachine.settings = settings(
    max_examples=150, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
