"""The story every fresh workspace begins with: Riverside Career Center, where some people look for work together."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.clock import SandboxClock
from bot.sandbox.manifest import Manifest
from bot.sandbox.people import User
from bot.sandbox.workspace import Channel, Message, Workspace

APP = "A0ONWARD001"


@dataclass(frozen=True)
class Place:
    """A workspace by its ids and names. The app has a bot user of its own in each."""

    team: str
    name: str
    domain: str
    bot_user: str
    bot: str


RIVERSIDE = Place("T0RIVERSIDE", "Riverside Career Center", "riverside", "U0ONWARD001", "B0ONWARD001")
LAKESIDE = Place("T0LAKESIDE1", "Lakeside Job Club", "lakeside", "U0ONWARD002", "B0ONWARD002")
_PEOPLE = (
    ("U0MAYA00001", "maya", "Maya", "America/New_York", "member"),
    ("U0SAM000001", "sam", "Sam", "America/Los_Angeles", "member"),
    ("U0NOOR00001", "noor", "Noor", "Europe/Berlin", "member"),
    ("U0ALEX00001", "alex", "Alex", "America/New_York", "coach"),
    ("U0ROBIN0001", "robin", "Robin", "America/Chicago", "admin"),
)
_SAID = (
    (
        "general",
        "robin",
        "Welcome to Riverside! Say hello here, and ask anything about looking for work in #job-search.",
    ),
    ("general", "noor", "Hello everyone. I moved here in spring and I'm looking for work in logistics."),
    ("job-search", "alex", "Mock interviews on Thursday at 4. Two places left, and snacks."),
    ("job-search", "sam", "Third round at last. I will bring my lucky pen."),
    ("job-search", "maya", "Fingers crossed, Sam! Mine is on Friday."),
)


def riverside(manifest: Manifest, clock: SandboxClock, place: Place = RIVERSIDE) -> Workspace:
    """The bot is a member of no channel until somebody invites it, as after every fresh install."""
    workspace = Workspace(place.team, place.name, place.domain)
    for user_id, name, real_name, zone, role in _PEOPLE:
        workspace.users[user_id] = User(user_id, name, real_name, zone, role, team_id=place.team)
    workspace.users[place.bot_user] = User(
        place.bot_user, manifest.bot_name.lower().replace(" ", ""), manifest.bot_name, "America/Los_Angeles", "bot",
        is_bot=True, team_id=place.team, bot_id=place.bot, app_id=APP,
    )  # fmt: skip
    everyone = [person[0] for person in _PEOPLE]
    created = int(clock.unix()) - 30 * 86_400
    workspace.add_channel(Channel("C0GENERAL01", "general", list(everyone), created=created))
    workspace.add_channel(Channel("C0JOBSEARCH", "job-search", list(everyone), created=created))
    workspace.add_channel(Channel("C0COACHES01", "coaches", everyone[3:], is_private=True, created=created))
    _talk(workspace, clock)
    return workspace


def _talk(workspace: Workspace, clock: SandboxClock) -> None:
    """What was said within the last hours, oldest first."""
    for age, (channel_name, name, text) in zip(range(len(_SAID), 0, -1), _SAID, strict=True):
        channel = workspace.channel(channel_name)
        assert channel is not None
        ts = f"{int(clock.unix()) - age * 1700}.{age:06d}"
        workspace.add(Message(channel.id, ts, workspace.user(name).id, text))
