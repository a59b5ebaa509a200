"""Who is there when a workspace begins, and what was said before: Riverside, its neighbour, and a university."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.clock import SandboxClock
from bot.sandbox.manifest import Manifest
from bot.sandbox.people import User
from bot.sandbox.workspace import Channel, Message, Workspace

APP = "A0ONWARD001"


@dataclass(frozen=True)
class Org:
    """An Enterprise organization: several workspaces, one administration."""

    id: str
    name: str
    domain: str


@dataclass(frozen=True)
class Person:
    id: str
    name: str
    real_name: str
    tz: str
    role: str = "member"


@dataclass(frozen=True)
class Cast:
    """``said`` is (channel, person, words), oldest first; everybody is in every public channel."""

    team: str
    name: str
    domain: str
    bot_user: str
    bot: str
    people: tuple[Person, ...]
    channels: tuple[tuple[str, str], ...]
    said: tuple[tuple[str, str, str], ...] = ()
    private: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    org: Org | None = None


RIVERSIDE = Cast(
    "T0RIVERSIDE", "Riverside Career Center", "riverside", "U0ONWARD001", "B0ONWARD001",
    (
        Person("U0MAYA00001", "maya", "Maya", "America/New_York"),
        Person("U0SAM000001", "sam", "Sam", "America/Los_Angeles"),
        Person("U0NOOR00001", "noor", "Noor", "Europe/Berlin"),
        Person("U0ALEX00001", "alex", "Alex", "America/New_York", "coach"),
        Person("U0ROBIN0001", "robin", "Robin", "America/Chicago", "admin"),
    ),
    (("C0GENERAL01", "general"), ("C0JOBSEARCH", "job-search")),
    (
        ("general", "robin",
         "Welcome to Riverside! Say hello here, and ask anything about looking for work in <#C0JOBSEARCH|job-search>."),
        ("general", "noor", "Hello everyone. I moved here in spring and I'm looking for work in logistics."),
        ("job-search", "alex", "Mock interviews on Thursday at 4. Two places left, and snacks."),
        ("job-search", "sam", "Third round at last. I will bring my lucky pen."),
        ("job-search", "maya", "Fingers crossed, Sam! Mine is on Friday."),
    ),
    (("C0COACHES01", "coaches", ("alex", "robin")),),
)  # fmt: skip
HILLSIDE = Cast(
    "T0HILLSIDE1", "Hillside Alumni", "hillside", "U0HILLBOT01", "B0HILLBOT01",
    (
        Person("U0LENA00001", "lena", "Lena", "Europe/Berlin"),
        Person("U0OMAR00001", "omar", "Omar", "America/New_York"),
        Person("U0PRIYA0001", "priya", "Priya", "Asia/Kolkata", "admin"),
    ),
    (("C0HILLGEN01", "general"),),
    (("general", "priya", "Hello, Hillside. The fair is on the first of the month."),),
)  # fmt: skip
STATE = Org("E0STATEUNI1", "State University", "state-university")
ARTS = Cast(
    "T0ARTS00001", "State University, Arts", "state-arts", "U0STATEBOT1", "B0STATEBOT1",
    (
        Person("U0IDA000001", "ida", "Ida", "America/Denver"),
        Person("U0THEO00001", "theo", "Theo", "America/Denver", "admin"),
    ),
    (("C0ARTSGEN01", "general"),), org=STATE,
)  # fmt: skip
ENGINEERING = Cast(
    "T0ENGINEER1", "State University, Engineering", "state-engineering", "U0STATEBOT1", "B0STATEBOT1",
    (
        Person("U0KOFI00001", "kofi", "Kofi", "America/Denver"),
        Person("U0ANA000001", "ana", "Ana", "America/Denver", "admin"),
    ),
    (("C0ENGGEN001", "general"),), org=STATE,
)  # fmt: skip


def begun(cast: Cast, manifest: Manifest, clock: SandboxClock) -> Workspace:
    """The bot is a member of no channel until somebody invites it, as after every fresh install."""
    workspace = Workspace(cast.team, cast.name, cast.domain)
    for one in cast.people:
        workspace.users[one.id] = User(one.id, one.name, one.real_name, one.tz, one.role, team_id=cast.team)
    workspace.users[cast.bot_user] = User(
        cast.bot_user, manifest.bot_name.lower().replace(" ", ""), manifest.bot_name, "America/Los_Angeles", "bot",
        is_bot=True, team_id=cast.team, bot_id=cast.bot, app_id=APP,
    )  # fmt: skip
    created = int(clock.unix()) - 30 * 86_400
    for channel_id, name in cast.channels:
        workspace.add_channel(Channel(channel_id, name, [one.id for one in cast.people], created=created))
    for channel_id, name, inside in cast.private:
        members = [workspace.user(each).id for each in inside]
        workspace.add_channel(Channel(channel_id, name, members, is_private=True, created=created))
    _talk(cast, workspace, clock)
    return workspace


def _talk(cast: Cast, workspace: Workspace, clock: SandboxClock) -> None:
    """What was said within the last hours, oldest first."""
    for age, (channel_name, name, text) in zip(range(len(cast.said), 0, -1), cast.said, strict=True):
        channel = workspace.channel(channel_name)
        assert channel is not None
        ts = f"{int(clock.unix()) - age * 1700}.{age:06d}"
        workspace.add(Message(channel.id, ts, workspace.user(name).id, text))
