"""What the store hands out: plain frozen values, words opened, times as aware UTC or Unix seconds as named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from bot.center import CheckInMode
from bot.kinds import Kind
from bot.series import Purpose, Tempo
from bot.steps import Stage, State, Step


class Who(NamedTuple):
    """A member of a workspace: both ids as Slack gives them."""

    team: str
    user: str


def moment(unix: int | float) -> datetime:
    return datetime.fromtimestamp(unix, UTC)


@dataclass(frozen=True)
class Workspace:
    team: str
    bot_user_id: str
    bot_id: str
    token: str | None
    zone: str | None
    country: str | None
    stopped: str | None
    scopes: frozenset[str] = frozenset()
    """What was granted at the last install; empty where that is not known."""
    installer: str | None = None
    org: str | None = None


@dataclass(frozen=True)
class Install:
    """What Slack granted. ``team`` is the org's id where the whole org installed; ``installer`` the member who did."""

    team: str
    token: str
    bot_user_id: str
    bot_id: str
    scopes: frozenset[str]
    installer: str | None = None
    org_wide: bool = False
    zone: str | None = None
    country: str | None = None


@dataclass(frozen=True)
class Member:
    """A member as remembered. ``zone`` is already the workspace's where the member's own is unknown.

    ``check_ins``, ``quiet``, ``paused`` and ``counseling`` are what their career center set; ``check_ins_on`` is False
    where it switched check-ins off.
    """

    who: Who
    dm: str | None = None
    zone: str | None = None
    hour: str = "morning"
    country: str | None = None
    locale: str | None = None
    check_ins_on: bool = True
    deactivated: bool = False
    looked_up_at: int = 0
    check_ins: CheckInMode = CheckInMode.ON
    quiet: frozenset[date] = frozenset()
    paused: bool = False
    counseling: str = ""
    weekends: bool = False
    locale_chosen: bool = False
    cadence: str = "usual"
    ask_first: bool = False
    paused_until: int | None = None
    active_at: int | None = None
    home_at: int | None = None

    @property
    def none_here(self) -> bool:
        """The career center switched check-ins off for everybody, so no **Turn on** brings them back."""
        return self.check_ins is CheckInMode.OFF


@dataclass(frozen=True)
class Chosen:
    """What a member set for their check-ins. ``language`` None: the one Slack tells; ``cadence`` usual or only_one."""

    hour: str
    zone: str | None
    country: str | None
    weekends: bool = False
    cadence: str = "usual"
    ask_first: bool = False
    language: str | None = None


@dataclass(frozen=True)
class Asked:
    """What a member asked for with one ``/rejected``. ``key`` tells the same words again; with ``once`` at any time."""

    key: str
    company: str | None = None
    role: str | None = None
    stage: Stage = Stage.NONE
    left_out: bool = False
    once: bool = False


@dataclass(frozen=True)
class Started:
    journey: str
    repeated: bool


@dataclass(frozen=True)
class Journey:
    id: str
    who: Who
    stage: Stage
    company: str | None
    role: str | None
    left_out: bool
    started: datetime
    removed: bool
    short: bool = False  # one of many
    states: dict[Step, State] = field(default_factory=dict)
    happened_on: str | None = None  # the day the member gave, as YYYY-MM-DD, where it is another one

    @property
    def name(self) -> str:
        """Company and role as typed; empty where neither was given."""
        return " · ".join(each for each in (self.company, self.role) if each)


class NoteKind(StrEnum):
    """What a member may choose to keep, at most one of each a thread."""

    GAME_PLAN = "game_plan"
    PLAN = "plan"
    FEEDBACK = "feedback"


@dataclass(frozen=True)
class Note:
    """``words`` are the member's own, by the name of the field they stood in."""

    who: Who
    journey: str
    kind: NoteKind
    words: Mapping[str, str]
    kept: datetime


@dataclass(frozen=True)
class CheckIn:
    id: str
    who: Who
    series: str
    purpose: Purpose
    number: int
    answer: str | None
    due: datetime
    """When it was promised, whatever lateness made of it."""
    stage: str
    tempo: Tempo
    series_started: datetime
    journey: str | None = None  # the thread it is about, where it is about one


@dataclass(frozen=True)
class Background:
    """A check-in and what it is drawn from. ``place`` is channel and ts of the thread it leads back to."""

    found: CheckIn
    member: Member
    done: list[Step]  # in threads begun since its series did
    still_open: list[Step]  # for the weekly one, which is about every thread; each step once
    kept: set[NoteKind]
    place: tuple[str, str] | None
    applied: bool


@dataclass(frozen=True)
class Row:
    """One delivery on its way. ``thread_ts`` and ``edits_ts`` are Slack's, of the rows it hangs on."""

    team: str
    id: str
    user: str
    kind: Kind
    subject: str
    due: datetime
    promised: datetime
    attempts: int
    tried_at: int | None
    looks: int
    token: str | None
    channel: str | None
    thread_ts: str | None
    edits_ts: str | None
    doubts: int = 0  # attempts that may have arrived and were put back into the queue
    reason: str | None = None
    address: str = ""  # what the database knows of ``user`` and ``channel``, where it must not know more
    member: Member | None = None  # as the queue found them, where it was asked for the next row
    is_last: bool = False  # of the check-ins of its workspace that were ready then

    @property
    def who(self) -> Who:
        return Who(self.team, self.user)

    @property
    def asks_for_no_profile(self) -> bool:
        """It goes to a place, or to somebody whose profile must not show when it was asked for."""
        return self.kind.is_shared or bool(self.address)

    @property
    def is_dry_run(self) -> bool:
        """Meant for others, and sent to one member who wants to see it first."""
        return self.kind.is_shared and not self.is_to_channel and not self.is_to_group

    @property
    def is_to_group(self) -> bool:
        """``user`` holds several members, who share a conversation."""
        return "," in self.user

    @property
    def place(self) -> str:
        """Where it goes, as staff may know it: a channel, or no more than that it is a group message."""
        return "group" if self.is_to_group else self.user

    @property
    def waits_for_its_channel(self) -> bool:
        """Where the channel takes nothing, it is staff who mend that. Operators' own is theirs: it simply failed."""
        return self.kind.is_shared and not self.is_dry_run and self.kind is not Kind.STALL

    @property
    def is_to_channel(self) -> bool:
        """``user`` is a channel; Slack's ids of channels begin with C or G, of people with U or W."""
        return self.user.startswith(("C", "G"))
