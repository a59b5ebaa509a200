"""Scheduled messages: Slack's own, which the workspace's clock sends when it passes them."""

from __future__ import annotations

from bot.sandbox.kinds import ApiError, Json, random_id
from bot.sandbox.platform import Platform
from bot.sandbox.web_api import content, targets
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.chat import own_message, thread_of
from bot.sandbox.web_api.paging import page_of
from bot.sandbox.web_api.registry import Method

_FURTHEST = 120 * 86_400
_ENDLESS = 10**11
_WINDOW, _IN_WINDOW = 300, 30
_TOO_LATE_TO_DELETE = 60


def schedule(platform: Platform, args: Arguments) -> Json:
    channel = targets.writable(platform, args.text("channel"))
    at, now = args.number("post_at", 0), platform.clock.unix()
    if at <= now:
        raise ApiError("time_in_past")
    if at > now + _FURTHEST:
        raise ApiError("time_too_far")
    here = [each for each in platform.scheduled if each["channel_id"] == channel.id]
    if sum(abs(each["post_at"] - at) < _WINDOW for each in here) >= _IN_WINDOW:
        raise ApiError("restricted_too_many")
    said = content.read(platform, args, "chat.scheduleMessage")
    row: Json = {
        "id": random_id("Q"), "channel_id": channel.id, "post_at": at, "date_created": int(now), "text": said.text,
        "_said": said, "_thread_ts": thread_of(platform, channel, args),
    }  # fmt: skip
    platform.scheduled.append(row)
    return {"channel": channel.id, "scheduled_message_id": row["id"], "post_at": at} | content.warned(said)


def delete(platform: Platform, args: Arguments) -> Json:
    """Up to a minute before it is due (docs: "chat.deleteScheduledMessage"); after that it is as good as posted."""
    channel, wanted = targets.channel(platform, args.text("channel")), args.text("scheduled_message_id")
    last = platform.clock.unix() + _TOO_LATE_TO_DELETE
    kept = [
        each for each in platform.scheduled
        if (each["id"], each["channel_id"]) != (wanted, channel.id) or each["post_at"] <= last
    ]  # fmt: skip
    if len(kept) == len(platform.scheduled):
        raise ApiError("invalid_scheduled_message_id")
    platform.scheduled = kept
    return {}


def list_scheduled(platform: Platform, args: Arguments) -> Json:
    rows = sorted(platform.scheduled, key=lambda each: each["post_at"])
    if args.given("channel"):
        channel = targets.channel(platform, args.text("channel"))
        rows = [each for each in rows if each["channel_id"] == channel.id]
    oldest, latest = args.number("oldest", 0), args.number("latest", _ENDLESS)
    page, more = page_of([each for each in rows if oldest <= each["post_at"] <= latest], args, 100, 1000)
    shown = [{name: value for name, value in each.items() if not name.startswith("_")} for each in page]
    return {"scheduled_messages": shown, "response_metadata": more.get("response_metadata", {"next_cursor": ""})}


def post_due(platform: Platform) -> None:
    """Posts what the clock has passed. What can no longer be posted is dropped, as Slack does."""
    due = [each for each in platform.scheduled if each["post_at"] <= platform.clock.unix()]
    platform.scheduled = [each for each in platform.scheduled if each not in due]
    for row in sorted(due, key=lambda each: each["post_at"]):
        try:
            channel = targets.writable(platform, row["channel_id"])
        except ApiError as gone:
            platform.warnings.append(f"a scheduled message was not posted: {gone.error}")
            continue
        platform.post(own_message(platform, channel, row["_said"], row["_thread_ts"]))


METHODS = (
    Method(
        "chat.scheduleMessage", schedule, "chat:write", "3", ("channel", "post_at"),
        ("text", "blocks", "attachments", "markdown_text", "metadata", "thread_ts", "reply_broadcast", "link_names",
         "parse", "unfurl_links", "unfurl_media", "as_user", "team_id"),
    ),
    Method(
        "chat.deleteScheduledMessage", delete, "chat:write", "3", ("channel", "scheduled_message_id"), ("as_user",)
    ),
    Method(
        "chat.scheduledMessages.list", list_scheduled, None, "3", (),
        ("channel", "cursor", "latest", "limit", "oldest", "team_id"),
    ),
)  # fmt: skip
