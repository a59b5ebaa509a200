"""What the app was promised: commands, shortcuts, events and scopes, read from manifest.json and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.sandbox.kinds import Json

_LIFE = ("archive", "unarchive", "deleted", "rename", "left")
# docs: each event's page names the scope it needs; one of them is enough.
_EVENT_SCOPES = {
    "message.im": ("im:history",), "message.mpim": ("mpim:history",), "message.channels": ("channels:history",),
    "message.groups": ("groups:history",), "user_change": ("users:read",), "team_join": ("users:read",),
    "member_joined_channel": ("channels:read", "groups:read"), "member_left_channel": ("channels:read", "groups:read"),
    "app_mention": ("app_mentions:read",), "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",), "file_shared": ("files:read",),
    **{f"channel_{what}": ("channels:read",) for what in _LIFE},
    **{f"group_{what}": ("groups:read",) for what in _LIFE},
}  # fmt: skip
DEFAULT = Path(__file__).parents[2] / "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """A read-only look at the manifest; what it does not name does not exist."""

    document: Mapping[str, Any]

    @classmethod
    def read(cls, source: Manifest | Mapping[str, Any] | Path | str | None = None) -> Manifest:
        if isinstance(source, Manifest):
            return source
        if isinstance(source, Mapping):
            return cls(source)
        return cls(json.loads(Path(source or DEFAULT).read_text(encoding="utf-8")))

    def _part(self, *path: str) -> Any:
        found: Any = self.document
        for name in path:
            found = found.get(name) if isinstance(found, Mapping) else None
        return found

    @property
    def name(self) -> str:
        return str(self._part("display_information", "name") or "App")

    @property
    def bot_name(self) -> str:
        return str(self._part("features", "bot_user", "display_name") or self.name)

    @property
    def scopes(self) -> tuple[str, ...]:
        return tuple(self._part("oauth_config", "scopes", "bot") or ())

    @property
    def events(self) -> frozenset[str]:
        return frozenset(self._part("settings", "event_subscriptions", "bot_events") or ())

    def promises(self, event: str, granted: Collection[str]) -> bool:
        """Whether the event is sent: subscribed to, and a scope for it was granted."""
        needed = _EVENT_SCOPES.get(event, ())
        return event in self.events and (not needed or any(each in granted for each in needed))

    @property
    def redirect_urls(self) -> tuple[str, ...]:
        return tuple(self._part("oauth_config", "redirect_urls") or ())

    @property
    def commands(self) -> dict[str, Json]:
        return {each["command"]: dict(each) for each in self._part("features", "slash_commands") or ()}

    @property
    def shortcuts(self) -> dict[str, Json]:
        return {each["callback_id"]: dict(each) for each in self._part("features", "shortcuts") or ()}

    @property
    def home_tab(self) -> bool:
        return bool(self._part("features", "app_home", "home_tab_enabled"))

    @property
    def messages_tab(self) -> bool:
        return bool(self._part("features", "app_home", "messages_tab_enabled"))

    @property
    def messages_tab_read_only(self) -> bool:
        return bool(self._part("features", "app_home", "messages_tab_read_only_enabled"))

    @property
    def interactivity(self) -> bool:
        return bool(self._part("settings", "interactivity", "is_enabled"))

    @property
    def socket_mode(self) -> bool:
        return bool(self._part("settings", "socket_mode_enabled"))

    @property
    def org_deploy(self) -> bool:
        """Whether an Enterprise organization can install it for all its workspaces at once."""
        return bool(self._part("settings", "org_deploy_enabled"))
