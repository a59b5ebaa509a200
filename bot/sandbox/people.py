"""The members of the workspace, as users.info shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.sandbox.kinds import Json


@dataclass
class User:
    id: str
    name: str
    real_name: str
    tz: str | None
    role: str = "member"  # or coach, who is a member to Slack; admin; owner; guest
    deleted: bool = False
    is_bot: bool = False
    locale: str = "en-US"
    team_id: str = ""
    bot_id: str | None = None
    app_id: str | None = None
    updated: int = 0

    @property
    def email(self) -> str:
        return "" if self.is_bot else f"{self.name}@riverside.example"

    def as_slack(self, now: datetime, *, include_locale: bool = False) -> Json:
        """A deactivated member keeps name and id but has neither zone nor locale (docs: "The user object")."""
        user: Json = {
            "id": self.id, "team_id": self.team_id, "name": self.name, "deleted": self.deleted,
            "real_name": self.real_name, "is_bot": self.is_bot, "is_app_user": False, "updated": self.updated,
            "profile": self._profile(),
        }  # fmt: skip
        if self.deleted:
            return user
        user |= self._zone(now) | {
            "color": "9f69e7", "is_admin": self.role in ("admin", "owner"), "is_owner": self.role == "owner",
            "is_primary_owner": False, "is_restricted": self.role == "guest",
            "is_ultra_restricted": False, "is_email_confirmed": True, "who_can_share_contact_card": "EVERYONE",
        }  # fmt: skip
        return user | {"locale": self.locale} if include_locale else user

    def _profile(self) -> Json:
        profile: Json = {
            "title": "", "phone": "", "skype": "", "real_name": self.real_name, "display_name": self.name,
            "real_name_normalized": self.real_name, "display_name_normalized": self.name, "status_text": "",
            "status_emoji": "", "status_expiration": 0, "avatar_hash": "", "team": self.team_id,
        }  # fmt: skip
        return profile | {"bot_id": self.bot_id, "api_app_id": self.app_id} if self.is_bot else profile

    def _zone(self, now: datetime) -> Json:
        if self.tz is None:
            return {}
        local = now.astimezone(ZoneInfo(self.tz))
        offset = local.utcoffset()
        seconds = int(offset.total_seconds()) if offset else 0
        return {"tz": self.tz, "tz_label": local.tzname() or self.tz, "tz_offset": seconds}
