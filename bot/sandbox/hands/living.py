"""What people do around the conversation: look at Home, use shortcuts, move away, be deactivated, uninstall."""

from __future__ import annotations

from typing import Any

from bot.sandbox import payloads
from bot.sandbox.hands.person import Answer, Hands, answer_to
from bot.sandbox.kinds import HandsError, Json
from bot.sandbox.people import User


class Living(Hands):
    async def opens_home(self, as_: str | None = None, tab: str = "home") -> None:
        """Also the Messages tab: Slack says ``app_home_opened`` for both."""
        user = self._actor(as_)
        channel = self.platform.dm_of(user.id)
        self._notes("opens_home", user, {"tab": tab})
        (self._at_home.add if tab == "home" else self._at_home.discard)(user.id)
        event: Json = {
            "type": "app_home_opened", "user": user.id, "channel": channel.id, "tab": tab,
            "event_ts": self.platform.clock.ts(),
        }  # fmt: skip
        home = self.platform.views.homes.get(user.id)
        if home is not None and tab == "home":
            event["view"] = self.platform.view_object(home)
        self.platform.emit("app_home_opened", event)
        self.platform.changes.happened()

    async def uses_shortcut(self, name: str, as_: str | None = None, ts: str | None = None) -> Answer:
        """By callback_id or by the name in the menu; only what the manifest promises exists."""
        user = self._actor(as_)
        for callback_id, promised in self.platform.shortcuts.items():
            if name in (callback_id, promised["name"]):
                return await self._shortcut(user, callback_id, promised, ts)
        raise HandsError(f"the app has no shortcut {name!r}")

    async def _shortcut(self, user: User, callback_id: str, promised: Json, ts: str | None) -> Answer:
        if promised.get("type") == "message":
            message = next((each for each in self.platform.workspace.every() if each.ts == ts), None)
            if message is None:
                raise HandsError("a message shortcut needs the ts of a message")
            self._notes("uses_shortcut", user, {"name": callback_id, "message": self._numbered(message)})
            payload = payloads.message_shortcut(self.platform, user, callback_id, message)
        else:
            self._notes("uses_shortcut", user, {"name": callback_id})
            payload = payloads.shortcut(self.platform, user, callback_id)
        return answer_to(await self.platform.deliver("interaction", payload))

    async def changes_profile(self, user: str, **changes: Any) -> None:
        """``tz="Asia/Tokyo"``, ``deleted=True``, ``real_name=…``: the member is changed and the bot told."""
        changed = self.platform.workspace.user(user)
        for name in changes:
            if not hasattr(changed, name):
                raise HandsError(f"a member has no {name!r}")
        self._notes("changes_profile", None, {"user": changed.name, "changes": changes})
        for name, value in changes.items():
            setattr(changed, name, value)
        changed.updated = int(self.platform.clock.unix())
        if changed.deleted:
            self.platform.views.clear(changed.id)
        shown = changed.as_slack(self.platform.clock.now(), include_locale=True)
        event = {"type": "user_change", "user": shown, "cache_ts": changed.updated}
        self.platform.emit("user_change", event | {"event_ts": self.platform.clock.ts()})
        self.platform.changes.happened()

    async def uninstalls(self) -> None:
        """Somebody takes the app out of the workspace."""
        self._notes("uninstalls")
        self.platform.uninstall("account_inactive")

    async def withdraws_the_app(self) -> None:
        """Out of this one workspace of an organization that installed it for all."""
        self._notes("withdraws_the_app")
        self.platform.withdraw()

    def reloads(self, as_: str | None = None) -> None:
        """The client is started anew: what only this person saw is gone."""
        user = self._actor(as_)
        self._notes("reloads", user)
        for messages in self.platform.workspace.messages.values():
            messages[:] = [each for each in messages if each.ephemeral_to != user.id]
        self.platform.changes.happened()
