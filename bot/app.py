"""The composition root: one function makes the whole bot from its parts. Tests call it with other parts."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

import handlers
from bot import backups, home
from bot.calendar_tables import FollowCalendarTables
from bot.center_chores import CenterChores
from bot.check_in_gate import CheckInGate
from bot.clock import Clock
from bot.database import Database, in_front
from bot.delivery import Delivery
from bot.doors_first import DoorsFirst
from bot.erasure import Erasing
from bot.exceptions import Busy, Refusal
from bot.exporting import Exporting
from bot.leaving import Leaving
from bot.log import log, request
from bot.metrics import Metrics
from bot.pace import Pace, Pacer
from bot.profiles import Profiles
from bot.reconcile import Reconcile
from bot.retention import Retention
from bot.scheduler import HOUR, MINUTE, Alarm
from bot.sender import Sender
from bot.settings import Settings
from bot.shape import is_slacks
from bot.skew import Skew
from bot.slack_errors import FAILURES, judge
from bot.stall import Stall
from bot.store import Store
from bot.sweep import Sweep
from bot.tools import Tools
from bot.vault import Vault, keys
from bot.words import Words
from bot.workspaces import Workspaces
from handlers.errors import kind_of, slow
from handlers.middleware import follow, hand_over
from messages.library import WordsError

BAD = 400  # from this HTTP status on, a request is worth a line
DEADLINE = 2.0  # seconds; Slack gives up after 3
SLACK_AGAIN = 5.0  # seconds between attempts to reach Slack at start


class PatientApp(AsyncApp):
    """Bolt, with a deadline at every door. Past it Slack gets a kind answer and the work goes on to its commit."""

    tools: Tools
    metrics: Metrics
    doors_first: DoorsFirst
    unfinished: set[asyncio.Future[BoltResponse]]  # past the deadline, held so that the loop keeps it

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        kind = kind_of(req.body or {})
        in_front.set(True)
        # Before anybody asks the database who this is: where it cannot say, there is a sentence for them all the same.
        req.context.update(tools=self.tools, locale=self.tools.library.locale(None))
        with request(kind), self.metrics.acknowledged.labels(kind).time(), self.doors_first:
            is_ours = is_slacks(req.body or {})
            answer = await self._within_deadline(req) if is_ours else BoltResponse(status=BAD)
            self.metrics.requests.labels(kind, str(answer.status)).inc()
            if answer.status >= BAD:
                log.warning("request_refused", status=answer.status)
        return answer

    async def _answered(self, req: AsyncBoltRequest) -> BoltResponse:
        answer = await super().async_dispatch(req)
        follow(req.context, req.body or {}, self.tools)
        return answer

    async def _within_deadline(self, req: AsyncBoltRequest) -> BoltResponse:
        work = asyncio.ensure_future(self._answered(req))
        try:
            return await asyncio.wait_for(asyncio.shield(work), DEADLINE)
        except TimeoutError:
            self.unfinished.add(work)
            work.add_done_callback(self.unfinished.discard)
            return slow(req, self.tools)


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
    sweep = Sweep(store, clock, skew, sender, doors_first, pace)
    reconcile = Reconcile(store, workspaces, vault, clock, pacer, metrics)
    delivery = Delivery(store, clock, sender, sweep, reconcile, doors_first, pacer)
    tools = Tools(clock, store, library, settings, vault, workspaces, profiles, delivery.wake, delivery.own_lanes.heard)
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
    bolt = _bolt(settings, tools, metrics, doors_first)
    return Onward(
        settings, tools, bolt, delivery, erasing, centers, leaving, retention, exporting, alarm, metrics, skew
    )  # fmt: skip


def _store(settings: Settings, vault: Vault) -> Store:
    if settings.sqlite_file:
        backups.begin(settings.sqlite_file)
    database = Database(settings.database_url)
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


def _bolt(settings: Settings, tools: Tools, metrics: Metrics, doors_first: DoorsFirst) -> PatientApp:
    secret = settings.slack_signing_secret
    app = PatientApp(
        client=tools.workspaces.in_front,
        signing_secret=secret.get_secret_value() if secret else "",
        authorize=_authorize(tools.workspaces),
        process_before_response=True,
        user_facing_authorize_error_message=_not_ready(tools),
    )
    app.tools, app.metrics, app.doors_first, app.unfinished = tools, metrics, doors_first, set()
    app.use(hand_over(tools))
    handlers.register(app)
    return app


def _authorize(workspaces: Workspaces):  # type: ignore[no-untyped-def]
    async def authorize(
        context: AsyncBoltContext, team_id: str | None, enterprise_id: str | None
    ) -> AuthorizeResult | None:
        """From our own rows: no call to Slack stands between a member and the answer."""
        found = await workspaces.acting(team_id or "", enterprise_id, org_wide=bool(context.is_enterprise_install))
        if found is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id, team_id=found.team, bot_user_id=found.bot_user_id, bot_id=found.bot_id,
            bot_token=found.token,
        )  # fmt: skip

    return authorize


def _not_ready(tools: Tools) -> str:
    locale = tools.library.locale(None)
    return locale.phrase("sentences.not_ready", operator=tools.settings.operator_name)
