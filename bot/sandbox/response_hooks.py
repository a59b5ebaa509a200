"""What happens at a response_url: a word only the presser sees, a message replaced, or one taken away."""

from __future__ import annotations

import json

from aiohttp import web

from bot.sandbox.drawing import kept
from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.platform import Platform
from bot.sandbox.response_urls import ResponseUrl
from bot.sandbox.web_api import content
from bot.sandbox.workspace import Message


class ResponseHooks:
    """Ephemeral unless the app says ``in_channel``; no membership and no scope is asked for."""

    def __init__(self, platform: Platform) -> None:
        self._platform = platform

    async def serve(self, request: web.Request) -> web.Response:
        platform = self._platform
        hook = platform.response_urls.use(request.path.removeprefix("/hooks/"), platform.clock.unix())
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            body = None
        answer, status = self._answer(hook, body)
        platform.journal.write(
            platform.clock.unix(), "to_slack", "response_url", body, answer, status, team=platform.workspace.team_id
        )
        platform.changes.happened()
        if status == 200:
            return web.Response(text="ok")
        return web.json_response(answer, status=status)

    def _answer(self, hook: ResponseUrl | str, body: object) -> tuple[Json, int]:
        if isinstance(hook, str):
            return {"ok": False, "error": hook}, 404
        if not isinstance(body, dict):
            return {"ok": False, "error": "invalid_payload"}, 400
        try:
            self.respond(hook, body)
        except ApiError as refused:
            return refused.as_slack(), 400
        return {"ok": True}, 200

    def respond(self, hook: ResponseUrl, body: Json) -> Message | None:
        """The same for the body of a slash command's acknowledgement, which costs no use."""
        if body.get("delete_original"):
            self._delete(hook)
            return None
        said = content.response_content(body)
        if body.get("replace_original") and hook.message is not None:
            return self._replace(hook.message, said)
        message = Message(
            hook.channel, self._platform.clock.ts(), self._platform.bot_user_id, said.text, kept(said.blocks or ()),
            said.attachments or [], bot_id=self._platform.bot_id, app_id=self._platform.app_id,
            thread_ts=body.get("thread_ts") or hook.thread_ts,
        )  # fmt: skip
        if body.get("response_type", "ephemeral") != "in_channel":
            message.ephemeral_to = hook.user
        return self._platform.post(message)

    def _delete(self, hook: ResponseUrl) -> None:
        message = hook.message
        if message is not None and message in self._platform.workspace.messages[message.channel]:
            self._platform.remove(message)

    def _replace(self, message: Message, said: content.Content) -> Message:
        before = self._platform.workspace.as_slack(message)
        message.text, message.blocks = said.text, kept(said.blocks or ())
        message.attachments = said.attachments or []
        self._platform.redrawn(message, before)
        return message
