"""What may go wrong on Slack's side, switched on per method and for so many calls."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from dataclasses import dataclass

from bot.sandbox.kinds import ApiError

KINDS = (
    "rate_limited", "http_500_before", "http_500_after", "cut_before", "cut_after", "hang", "late", "slow",
    "invalid_blocks", "history_lag",
)  # fmt: skip


@dataclass
class Fault:
    """``before`` Slack took the call or ``after``; ``hang`` never took it and never answers, ``late`` took it and
    answers after ``seconds``, ``slow`` only then takes it, whether or not anybody still waits.

    With ``channel``, ``team`` or ``block`` (a block type) it waits for a call about that channel, of that workspace,
    or with such a block in it.
    """

    method: str
    kind: str
    count: int = 1
    retry_after: float = 1.0
    seconds: float = 30.0
    channel: str | None = None
    block: str | None = None
    team: str | None = None

    def meets(self, method: str, channel: str, content: str, team: str) -> bool:
        if self.method not in (method, "*") or self.channel not in (None, channel) or self.team not in (None, team):
            return False
        return self.block is None or f'"{self.block}"' in content

    @property
    def after_acceptance(self) -> bool:
        return self.kind in ("http_500_after", "cut_after", "late")

    def refusal(self) -> ApiError | None:
        if self.kind.startswith("error:"):
            return ApiError(self.kind.removeprefix("error:"))
        if self.kind != "invalid_blocks":
            return None
        message = "[ERROR] unsupported type: made to fail [json-pointer:/blocks/0/type]"
        return ApiError("invalid_blocks", errors=[message], response_metadata={"messages": [message]})


class Faults:
    def __init__(self) -> None:
        self._armed: list[Fault] = []
        self._calls = itertools.count(1)
        self.chaos = 0
        self._let_go = asyncio.Event()

    async def hold(self, seconds: float) -> None:
        """As long as a call is to hang or to be late, unless it is let go earlier."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._let_go.wait(), seconds)

    def let_go(self) -> None:
        """Every call that hangs or is late now gets its end at once. Later ones hang as before."""
        self._let_go.set()
        self._let_go = asyncio.Event()

    def arm(self, fault: Fault) -> None:
        if fault.kind not in KINDS and not fault.kind.startswith("error:"):
            raise ValueError(f"{fault.kind!r} is no fault; there are {', '.join(KINDS)} and error:<slack_error>")
        self._armed.append(fault)

    def clear(self) -> None:
        self._armed.clear()

    def take(self, method: str, channel: str, content: str = "", team: str = "") -> Fault | None:
        """The next fault meant for this call, used up by one; with chaos every n-th call is turned away."""
        for fault in self._armed:
            if fault.kind != "history_lag" and fault.meets(method, channel, content, team):
                return self._use(fault)
        if self.chaos and next(self._calls) % self.chaos == 0:
            return Fault(method, "rate_limited")
        return None

    def lag(self, method: str) -> float:
        """For how many seconds a fresh message does not show up in history."""
        for fault in self._armed:
            if fault.kind == "history_lag" and fault.method in (method, "*", "chat.postMessage"):
                return self._use(fault).seconds
        return 0.0

    def _use(self, fault: Fault) -> Fault:
        fault.count -= 1
        if fault.count <= 0:
            self._armed.remove(fault)
        return fault
