"""Bolt as we build it: who may ask comes from our own rows, and every door has a deadline."""

from __future__ import annotations

import asyncio

from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

import handlers
from bot.database import in_front
from bot.doors_first import DoorsFirst
from bot.log import log, request
from bot.metrics import Metrics
from bot.pace import Pace
from bot.settings import Settings
from bot.shape import is_slacks
from bot.tools import Tools
from bot.workspaces import Workspaces
from handlers.errors import kind_of, slow
from handlers.middleware import follow, hand_over

BAD = 400  # from this HTTP status on, a request is worth a line


class PatientApp(AsyncApp):
    """Bolt, with a deadline at every door. Past it Slack gets a kind answer and the work goes on to its commit."""

    tools: Tools
    metrics: Metrics
    doors_first: DoorsFirst
    deadline: float  # seconds
    unfinished: set[asyncio.Future[BoltResponse]]  # held so that the loop keeps what goes on past the deadline

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
        self.unfinished.add(work)
        work.add_done_callback(self.unfinished.discard)
        try:
            return await asyncio.wait_for(asyncio.shield(work), self.deadline)
        except TimeoutError:
            return slow(req, self.tools)


def patient_app(settings: Settings, tools: Tools, metrics: Metrics, doors_first: DoorsFirst, pace: Pace) -> PatientApp:
    """Every listener of ours behind it."""
    secret = settings.slack_signing_secret
    app = PatientApp(
        client=tools.workspaces.in_front,
        signing_secret=secret.get_secret_value() if secret else "",
        authorize=_authorize(tools.workspaces),
        process_before_response=True,
        user_facing_authorize_error_message=_not_ready(tools),
    )
    app.tools, app.metrics, app.doors_first = tools, metrics, doors_first
    app.deadline, app.unfinished = pace.answer, set()
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
