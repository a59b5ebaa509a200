"""What every handler and composer is handed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.activity import Activity
from bot.clock import Clock
from bot.held import Held
from bot.kinds import Kind
from bot.profiles import Profiles
from bot.settings import Settings
from bot.store import Store
from bot.store.values import Row
from bot.vault import Vault
from bot.words import Words
from bot.workspaces import Workspaces
from messages.blocks import Message


@dataclass(frozen=True)
class Tools:
    """As long-lived as the app. ``wake`` rings the sender after a commit, ``heard`` tells it from whom (workspace and
    member) this process has just heard; ``held`` is what no row may know.
    """

    clock: Clock
    store: Store
    library: Words
    settings: Settings
    vault: Vault
    workspaces: Workspaces
    profiles: Profiles
    activity: Activity
    wake: Callable[[], None]
    heard: Callable[[str, str], None]
    held: Held[Any] = field(default_factory=Held)


@dataclass(frozen=True)
class Skip:
    """A composer's answer when there is nothing to say any more. ``why`` goes into the ledger."""

    why: str


Compose = Callable[[Row, Tools], Awaitable[Message | Skip]]
Composers = Mapping[Kind, Compose]
