"""chat.*: post, update, delete, whisper and point at messages."""

from __future__ import annotations

from bot.sandbox.drawing import kept
from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.platform import Platform
from bot.sandbox.web_api import content, targets
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.registry import Method
from bot.sandbox.workspace import Channel, Message

_WORDS = ("text", "blocks", "attachments", "markdown_text", "metadata", "parse", "link_names", "mrkdwn", "as_user")
_LOOK = ("username", "icon_emoji", "icon_url", "unfurl_links", "unfurl_media", "team_id")
LONGEST_UPDATE = 4000


def post_message(platform: Platform, args: Arguments) -> Json:
    channel = targets.writable(platform, args.text("channel"))
    said = content.read(platform, args, "chat.postMessage")
    message = platform.post(own_message(platform, channel, said, thread_of(platform, channel, args)))
    answer: Json = {"channel": channel.id, "ts": message.ts, "message": platform.workspace.as_slack(message)}
    return answer | content.warned(said)


def own_message(platform: Platform, channel: Channel, said: content.Content, thread_ts: str | None) -> Message:
    return Message(
        channel.id, platform.clock.ts(), platform.bot_user_id, said.text, kept(said.blocks or ()),
        said.attachments or [], bot_id=platform.bot_id, app_id=platform.app_id, thread_ts=thread_ts,
        metadata=said.metadata or None,
    )  # fmt: skip


def thread_of(platform: Platform, channel: Channel, args: Arguments) -> str | None:
    """A thread hangs on its parent; a reply's own ts is no place to reply to."""
    thread_ts = args.text("thread_ts")
    if not thread_ts:
        return None
    parent = platform.workspace.find(channel.id, thread_ts)
    if parent is None or parent.is_reply:
        raise ApiError("cannot_reply_to_message")
    return thread_ts


def update(platform: Platform, args: Arguments) -> Json:
    """Text alone takes the blocks away; blocks alone leave the text; neither changes only the metadata."""
    channel = targets.channel(platform, args.text("channel"))
    message = _own(platform, channel, args, "cant_update_message")
    said = content.read(platform, args, "chat.update", changing=True)
    if len(said.text) > LONGEST_UPDATE:
        raise ApiError("msg_too_long")
    before = platform.workspace.as_slack(message)
    content.replace(message, said)
    if not message.blocks and args.given("text"):
        message.edited = {"user": message.user, "ts": platform.clock.ts()}
    platform.redrawn(message, before)
    shown = platform.workspace.as_slack(message)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown} | content.warned(said)


def delete(platform: Platform, args: Arguments) -> Json:
    channel = targets.channel(platform, args.text("channel"))
    message = _own(platform, channel, args, "cant_delete_message")
    platform.remove(message)
    return {"channel": channel.id, "ts": message.ts}


def _own(platform: Platform, channel: Channel, args: Arguments, otherwise: str) -> Message:
    message = targets.message(platform, channel, args.text("ts"))
    if message.bot_id != platform.bot_id:
        raise ApiError(otherwise)
    return message


def post_ephemeral(platform: Platform, args: Arguments) -> Json:
    channel = targets.writable(platform, args.text("channel"))
    user = platform.workspace.users.get(args.text("user") or "")
    if user is None or user.deleted or user.id not in channel.members:
        raise ApiError("user_not_in_channel")
    said = content.read(platform, args, "chat.postEphemeral")
    message = own_message(platform, channel, said, thread_of(platform, channel, args))
    message.ephemeral_to = user.id
    platform.post(message)
    return {"message_ts": message.ts} | content.warned(said)


def get_permalink(platform: Platform, args: Arguments) -> Json:
    channel = targets.channel(platform, args.text("channel"))
    message = targets.message(platform, channel, args.text("message_ts"))
    address = f"https://{platform.workspace.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        address += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": address}


METHODS = (
    Method(
        "chat.postMessage", post_message, "chat:write", "post", ("channel",),
        (*_WORDS, *_LOOK, "thread_ts", "reply_broadcast"),
    ),
    Method(
        "chat.update", update, "chat:write", "3", ("channel", "ts"),
        (*_WORDS, "reply_broadcast", "file_ids", "unfurl_links", "unfurl_media"),
    ),
    Method("chat.delete", delete, "chat:write", "3", ("channel", "ts"), ("as_user",)),
    Method(
        "chat.postEphemeral", post_ephemeral, "chat:write", "4", ("channel", "user"), (*_WORDS, *_LOOK, "thread_ts")
    ),
    Method("chat.getPermalink", get_permalink, None, "special", ("channel", "message_ts")),
)  # fmt: skip
