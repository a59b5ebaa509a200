"""The composition root: one function makes the whole bot from its parts. Tests call it with other parts."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import handlers
from bot import backups, home
from bot.activity import Activity
from bot.bolt import PatientApp, patient_app
from bot.calendar_tables import FollowCalendarTables
from bot.center_chores import CenterChores
from bot.check_in_gate import CheckInGate
from bot.clock import Clock
from bot.database import CONNECTIONS, Database
from bot.delivery import Delivery
from bot.doors_first import DoorsFirst
from bot.erasure import Erasing
from bot.exceptions import Busy, Refusal
from bot.exporting import Exporting
from bot.leaving import Leaving
from bot.log import log
from bot.metrics import Metrics
from bot.pace import Pace, Pacer
from bot.profiles import Profiles
from bot.reconcile import Reconcile
from bot.retention import Retention
from bot.scheduler import HOUR, MINUTE, Alarm
from bot.sender import Sender
from bot.settings import Settings
from bot.skew import Skew
from bot.slack_errors import FAILURES, judge
from bot.stall import Stall
from bot.store import Store
from bot.sweep import Sweep
from bot.tools import Tools
from bot.vault import Vault, keys
from bot.words import Words
from bot.workspaces import Workspaces
from messages.library import WordsError

SLACK_AGAIN = 5.0  # seconds between attempts to reach Slack at start


async def _every(seconds: float) -> AsyncIterator[None]:
    while True:
        await asyncio.sleep(seconds)
        yield


@dataclass
class Onward:
    """A built bot. ``open`` before use, ``close`` after."""

    settings: Settings
    tools: Tools
    bolt: PatientApp
    delivery: Delivery
    erasing: Erasing
    centers: CenterChores
    leaving: Leaving
    retention: Retention
    exporting: Exporting
    alarm: Alarm
    metrics: Metrics
    skew: Skew
    sending: bool = True
    socket: Callable[[], Awaitable[bool]] | None = None  # whether it is connected, where there is one
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def open(self, *, sending: bool = True) -> None:
        """Adopts the workspace of the token, if there is one, and starts to send; not ``sending``, its own lanes only.

        Raises Refusal when Slack refuses the token.
        """
        self.sending = sending
        if not sending:
            self.delivery.only_listens()
        await self.tools.workspaces.open()
        if self.tools.store.database.on_sqlite:
            real, lease = int(self.tools.clock.real()), math.ceil(self.delivery.pace.lease)
            await self.tools.store.leases.take_over(real=real, lease=lease)
        if not self.settings.by_oauth and not await self._adopt():
            self._tasks.append(asyncio.create_task(self._adopt_later()))
        self._tasks.append(asyncio.create_task(self.delivery.run()))
        await self.alarm.start(sending=sending)

    async def close(self) -> None:
        """Begins nothing more, finishes what is under way, lets go of everything."""
        self.alarm.stop()
        await self.delivery.close()
        await self.tools.activity.note()
        for task in self._tasks:
            task.cancel()
        await self.tools.workspaces.close()
        await self.tools.store.close()

    async def _adopt(self) -> bool:
        try:
            await self.tools.workspaces.adopt()
        except FAILURES as failure:
            log.warning("slack_not_reached", error=judge(failure).error)
            return False
        except Busy:
            log.warning("start_waits", why="database")
            return False
        return True

    async def _adopt_later(self) -> None:
        try:
            async for _ in _every(SLACK_AGAIN):
                if await self._adopt():
                    return
        except Refusal as refused:
            log.error("token_refused", remedy=str(refused))


def build(settings: Settings, *, clock: Clock | None = None, pace: Pace = Pace()) -> Onward:  # noqa: B008 - frozen
    """Database, words, Slack and doors, put together. Raises Refusal in a sentence when something does not fit."""
    clock = clock or Clock()
    library = _words(settings)
    vault, metrics = Vault(keys(settings)), Metrics()
    store = _store(settings, vault)
    workspaces = Workspaces(settings, store, clock, pace, metrics.refused)
    profiles, gate = Profiles(store, clock), CheckInGate(store, clock)
    skew = Skew(clock, workspaces)
    pacer, doors_first = Pacer(pace), DoorsFirst()
    sender = Sender(store, workspaces, profiles, gate, vault, clock, pacer, metrics)
    sweep = Sweep(store, workspaces, clock, skew, sender, doors_first, pace)
    reconcile = Reconcile(store, workspaces, vault, clock, pacer, metrics)
    delivery = Delivery(store, clock, sender, sweep, reconcile, doors_first, pacer)
    tools = Tools(
        clock, store, library, settings, vault, workspaces, profiles, Activity(store, clock, pace), delivery.wake,
        delivery.own_lanes.heard,
    )  # fmt: skip
    sender.compose = handlers.composing(tools)
    erasing, leaving = Erasing(store, workspaces, pacer), Leaving(store, clock)
    retention, exporting = Retention(store, clock), Exporting(store, workspaces, library, clock)
    centers = CenterChores(store, vault, clock, delivery.wake)
    calendar_tables = FollowCalendarTables(store, clock, doors_first)
    stall = Stall(store, clock, delivery.wake, settings.ops_channel)
    chores = (
        (erasing.run, pace.chores), (centers.run, pace.chores), (exporting.run, pace.chores),
        (store.leases.repair, MINUTE), (stall.look, MINUTE), (leaving.run, MINUTE), (calendar_tables.run, MINUTE),
        (lambda: home.redraw_passed(tools), MINUTE),
        (lambda: store.prune(now=int(clock.unix())), HOUR), (retention.run, HOUR),
    )  # fmt: skip
    alarm = Alarm(pace, sweep=delivery.sweep, words=library.read_again, chores=chores)
    bolt = patient_app(settings, tools, metrics, doors_first, pace)
    return Onward(
        settings, tools, bolt, delivery, erasing, centers, leaving, retention, exporting, alarm, metrics, skew
    )  # fmt: skip


def _store(settings: Settings, vault: Vault) -> Store:
    if settings.sqlite_file:
        backups.begin(settings.sqlite_file)
    database = Database(settings.database_url, connections=settings.database_connections or CONNECTIONS)
    try:
        store = Store(database, vault)
        store.prepare()
    except Refusal:
        database.close()
        raise
    return store


def _words(settings: Settings) -> Words:
    try:
        return Words(settings.words_dir)
    except WordsError as wrong:
        raise Refusal(f"WORDS_DIR cannot be used:\n{wrong}") from None
