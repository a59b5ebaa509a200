"""What the operator sets, in the environment or in ``.env``. The only door to the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.exceptions import Refusal

SLACK_API_URL = "https://slack.com/api/"
LOOPBACK = {"127.0.0.1", "localhost", "::1"}

# Hosts that give a process a fresh disk on every deploy, each with the variable by which it declares a kept volume.
FORGETFUL_HOSTS = {
    "DYNO": None,
    "RENDER": "RENDER_DISK_PATH",
    "RAILWAY_ENVIRONMENT": "RAILWAY_VOLUME_MOUNT_PATH",
    "K_SERVICE": None,
}

NOT_OF_KIND = {
    "int_parsing": "must be a whole number", "path_type": "must be a folder", "float_parsing": "must be a number",
    "greater_than_equal": "must be at least {ge:g}", "less_than_equal": "must be at most {le:g}",
}  # fmt: skip


class Offline(BaseSettings):
    """What commands go by that speak to nobody, and so need no token."""

    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True)

    public_url: str | None = None
    words_dir: Path | None = None

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, url: str | None) -> str | None:
        parts = urlsplit(url or "https://")
        if parts.scheme not in {"http", "https"} or (url and not parts.hostname):
            raise ValueError("must be an address such as https://bot.example.org")
        return url and url.rstrip("/")


class Settings(Offline):
    """Read once at start. Secrets print as stars."""

    slack_bot_token: SecretStr | None = None
    slack_client_id: str | None = None
    slack_client_secret: SecretStr | None = None
    slack_signing_secret: SecretStr | None = None
    slack_app_token: SecretStr | None = None
    slack_api_url: str = SLACK_API_URL
    database_url: str = "sqlite:///onward.db"
    database_connections: int | None = Field(default=None, ge=4, le=100)
    encryption_key: SecretStr | None = None
    host: str = "127.0.0.1"
    port: int = 3000
    operator_name: str = "The people who run this bot"
    operator_contact: str | None = None
    default_timezone: str | None = None
    default_country: str | None = None
    metrics_token: SecretStr | None = None
    ops_channel: str | None = None
    sandbox_pace: float = Field(default=1, ge=1, le=1000)
    sandbox_fail_at: str | None = None

    @field_validator("database_url")
    @classmethod
    def _with_driver(cls, url: str) -> str:
        if url.startswith("sqlite://"):
            return url
        scheme, _, rest = url.partition("://")
        if scheme not in {"postgres", "postgresql", "postgresql+psycopg"}:
            raise ValueError("must begin with sqlite:/// or postgresql://")
        return f"postgresql+psycopg://{rest}"

    @field_validator("slack_api_url")
    @classmethod
    def _ends_with_slash(cls, url: str) -> str:
        if urlsplit(url).scheme not in {"http", "https"}:
            raise ValueError("must begin with https://")
        return url.rstrip("/") + "/"

    @field_validator("port")
    @classmethod
    def _is_a_port(cls, port: int) -> int:
        if not 0 <= port <= 65535:
            raise ValueError("must be between 0 and 65535")
        return port

    @field_validator("default_timezone")
    @classmethod
    def _is_a_zone(cls, name: str | None) -> str | None:
        try:
            return name and ZoneInfo(name).key
        except (KeyError, ValueError, OSError) as unknown:
            raise ValueError("must be a zone name such as Europe/Berlin") from unknown

    @field_validator("default_country")
    @classmethod
    def _is_a_country(cls, code: str | None) -> str | None:
        if code and not (len(code) == 2 and code.isalpha()):
            raise ValueError("must be a two-letter country code such as US")
        return code and code.upper()

    @field_validator("ops_channel")
    @classmethod
    def _is_a_channel(cls, channel: str | None) -> str | None:
        if channel and not re.fullmatch(r"(T[A-Z0-9]+/)?[CG][A-Z0-9]+", channel):
            raise ValueError("must be a channel's id such as C0123ABCD, or T…/C… among several workspaces")
        return channel

    @field_validator("slack_bot_token")
    @classmethod
    def _is_a_bot_token(cls, token: SecretStr | None) -> SecretStr | None:
        return _starting(token, "xoxb-")

    @field_validator("slack_app_token")
    @classmethod
    def _is_an_app_token(cls, token: SecretStr | None) -> SecretStr | None:
        return _starting(token, "xapp-")

    @model_validator(mode="after")
    def _can_hear_slack(self) -> Self:
        if self.slack_client_id and not self.slack_client_secret and not self.slack_bot_token:
            raise ValueError("SLACK_CLIENT_SECRET is missing: copy it from your Slack app's page Basic Information")
        if not self.slack_bot_token and not self.slack_client_id:
            raise ValueError("SLACK_BOT_TOKEN is missing: copy it from your Slack app's page OAuth & Permissions")
        if not self.slack_signing_secret and not self.slack_app_token:
            raise ValueError("SLACK_SIGNING_SECRET is missing: copy it from your Slack app's page Basic Information")
        return self

    @property
    def by_oauth(self) -> bool:
        """Any workspace may install the app. Beside a token of one workspace, id and secret of the app are not used."""
        return self.slack_bot_token is None

    @property
    def base_path(self) -> str:
        """The path of PUBLIC_URL: a proxy may lead it here as it is, or cut it off."""
        return urlsplit(self.public_url or "").path

    @property
    def on_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def sqlite_file(self) -> Path | None:
        path = self.database_url.partition(":///")[2].partition("?")[0]
        return Path(path) if self.on_sqlite and path and path != ":memory:" else None

    @property
    def pace_factor(self) -> float:
        """How many times faster delivery settles and looks again: 1, but beside a stand-in for Slack."""
        return self.sandbox_pace if self.in_sandbox else 1

    @property
    def in_sandbox(self) -> bool:
        """Slack is on this machine, so it is a stand-in, and only then may the clock be moved from outside."""
        return (urlsplit(self.slack_api_url).hostname or "") in LOOPBACK


Read = TypeVar("Read", bound=Offline)


def _starting(token: SecretStr | None, prefix: str) -> SecretStr | None:
    if token and not token.get_secret_value().startswith(prefix):
        raise ValueError(f"must begin with {prefix}")
    return token


def read(**given: Any) -> Settings:
    """The settings from the environment and ``.env``, with ``given`` above both. Raises Refusal in one sentence."""
    settings = _read(Settings, given)
    _keep_from_bolt()
    return settings


def examine() -> tuple[Settings | None, list[str]]:
    """The settings, or else every sentence that says what is wrong with them."""
    try:
        settings = Settings()
    except ValidationError as wrong:
        return None, [_sentence(each) for each in wrong.errors(include_input=False, include_url=False)]
    _keep_from_bolt()
    return settings, []


def read_offline(**given: Any) -> Offline:
    """The same for a command without Slack. What was not given to it, None, is read."""
    return _read(Offline, {name: value for name, value in given.items() if value is not None})


def _read(kind: type[Read], given: Mapping[str, Any]) -> Read:
    try:
        return kind(**given)
    except ValidationError as wrong:
        raise Refusal(_sentence(wrong.errors(include_input=False, include_url=False)[0])) from None


def _sentence(fault: ErrorDetails) -> str:
    name = ".".join(str(part) for part in fault["loc"]).upper()
    known = NOT_OF_KIND.get(fault["type"], "cannot be read").format_map(fault.get("ctx", {}))
    said = fault["msg"].removeprefix("Value error, ") if fault["type"] == "value_error" else known
    return f"{name} {said}." if name else f"{said}."


def _keep_from_bolt() -> None:
    # Bolt reads these by itself and would build an OAuth flow that keeps tokens in plain files.
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN"):
        os.environ.pop(name, None)


def refuse_forgetful_disk(settings: Settings, environ: Mapping[str, str] = os.environ) -> None:
    """SQLite on a disk that is emptied by every deploy would lose people's threads. Raises Refusal."""
    for host, volume in FORGETFUL_HOSTS.items():
        if settings.sqlite_file and host in environ and not (volume and volume in environ):
            raise Refusal(
                f"DATABASE_URL points to a SQLite file, but this host ({host} is set) forgets its disk: "
                "set DATABASE_URL to a PostgreSQL database, or attach a volume."
            )
