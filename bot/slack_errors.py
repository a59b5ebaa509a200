"""How Slack's refusals and silences are read: one table, one verdict each (docs.slack.dev, errors of each method).

A code that is not in the table is taken as definite and ours.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import Enum

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.in_time import Late


class Verdict(Enum):
    INSTALL_DEAD = "install_dead"  # nothing more can be sent in this workspace with this token
    MEMBER_GONE = "member_gone"  # the account is closed
    TARGET_DEAD = "target_dead"  # this place cannot be written to
    OUR_BUG = "our_bug"  # as it is, it will never be taken
    THROTTLED = "throttled"  # definitely not accepted; come again after the pause
    TRANSIENT = "transient"  # definitely not accepted; come again soon
    AMBIGUOUS = "ambiguous"  # it may have arrived


TABLE: dict[str, Verdict] = {
    **dict.fromkeys(
        ("account_inactive", "token_revoked", "invalid_auth", "not_authed", "token_expired", "team_access_not_granted",
         "enterprise_is_restricted", "ekm_access_denied", "not_allowed_token_type", "missing_scope", "no_permission"),
        Verdict.INSTALL_DEAD,
    ),
    **dict.fromkeys(("user_disabled", "user_not_found", "user_not_visible", "users_not_found"), Verdict.MEMBER_GONE),
    **dict.fromkeys(
        ("channel_not_found", "is_archived", "not_in_channel", "cannot_dm_bot", "messages_tab_disabled",
         "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel",
         "restricted_action_non_threadable_channel", "restricted_action_thread_locked", "cannot_reply_to_message",
         "message_not_found", "cant_update_message", "cant_delete_message", "edit_window_closed",
         "thread_not_found", "file_not_found", "file_deleted"),
        Verdict.TARGET_DEAD,
    ),
    **dict.fromkeys(("ratelimited", "rate_limited", "message_limit_exceeded"), Verdict.THROTTLED),
    **dict.fromkeys(
        ("team_added_to_org", "org_login_required", "external_channel_migrating", "update_failed", "accesslimited",
         "access_denied"),
        Verdict.TRANSIENT,
    ),
    **dict.fromkeys(("internal_error", "fatal_error", "service_unavailable", "request_timeout"), Verdict.AMBIGUOUS),
}  # fmt: skip

SOON = 5.0  # seconds to wait where Slack does not say


@dataclass(frozen=True)
class Judgement:
    """``error`` is Slack's code or the name of what happened on the way: safe to log. ``after`` is in seconds."""

    verdict: Verdict
    error: str
    after: float = SOON

    @property
    def keeps_out(self) -> bool:
        """What staff of a channel should know of: it takes nothing, or not now."""
        return self.verdict in (Verdict.TARGET_DEAD, Verdict.THROTTLED) or self.error == "missing_scope"


# What may come out of a call of the SDK, whatever the weather.
FAILURES = (SlackClientError, aiohttp.ClientError, asyncio.TimeoutError, OSError)


def judge(failure: BaseException) -> Judgement:
    """What a failed call means. Never quotes the failure: its text may hold what was being sent."""
    if isinstance(failure.__cause__, Late):
        return Judgement(Verdict.TRANSIENT, "late", 0)
    if not isinstance(failure, SlackApiError):
        verdict = Verdict.TRANSIENT if isinstance(failure, aiohttp.ClientConnectorError) else Verdict.AMBIGUOUS
        return Judgement(verdict, type(failure).__name__)
    error, status, headers = _answer(failure)
    if status == 429 or error in ("ratelimited", "rate_limited"):
        return Judgement(Verdict.THROTTLED, "ratelimited", _retry_after(headers))
    if status >= 500 or not error:
        return Judgement(Verdict.AMBIGUOUS, error or f"http_{status}")
    return Judgement(TABLE.get(error, Verdict.OUR_BUG), error)


def _answer(failure: SlackApiError) -> tuple[str, int, dict[str, str]]:
    # A 200 that is no JSON gives a raw aiohttp response here, which has no error and another shape.
    response = failure.response
    data = getattr(response, "data", None)
    error = data.get("error") if isinstance(data, dict) else None
    status = int(getattr(response, "status_code", 0) or getattr(response, "status", 500))
    return str(error or ""), status, dict(getattr(response, "headers", {}) or {})


def _retry_after(headers: dict[str, str]) -> float:
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(given) if given.isdigit() else SOON
