"""The words of a message, checked as chat.postMessage checks them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.block_kit import check_attachments, check_message
from bot.sandbox.drawing import kept
from bot.sandbox.kinds import ApiError, Json
from bot.sandbox.platform import Platform
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.workspace import Message

LONGEST_TEXT = 40_000
LONGEST_MARKDOWN = 12_000
LARGEST_METADATA = 16_000


@dataclass
class Content:
    """None means the argument was not given, which for an update is something else than empty."""

    text: str = ""
    text_given: bool = False
    blocks: list[Json] | None = None
    attachments: list[Json] | None = None
    metadata: Json | None = None
    warnings: list[str] = field(default_factory=list)


def read(platform: Platform, args: Arguments, method: str, *, changing: bool = False) -> Content:
    said = Content(args.text("text") or "", args.given("text"))
    if markdown := args.text("markdown_text"):
        said.text, said.text_given = _markdown(args, markdown), True
    said.blocks = _blocks(args)
    said.attachments = _attachments(args)
    said.metadata = _metadata(args)
    nothing_said = not (said.text.strip() or said.blocks or said.attachments)
    if nothing_said and not (changing and said.metadata is not None):
        raise ApiError("no_text")
    _warn(platform, said, method)
    return said


def _markdown(args: Arguments, markdown: str) -> str:
    if args.given("text") or args.given("blocks"):
        raise ApiError("markdown_text_conflict")
    if len(markdown) > LONGEST_MARKDOWN:
        raise ApiError("msg_too_long")
    return markdown


def _blocks(args: Arguments) -> list[Json] | None:
    blocks = args.parsed("blocks", ApiError("invalid_blocks_format"))
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    refuse_blocks(check_message({"blocks": blocks}))
    return blocks


def refuse_blocks(complaints: list[str], error: str = "invalid_blocks") -> None:
    if complaints:
        plain = [each.removeprefix("[ERROR] ") for each in complaints]
        raise ApiError(error, errors=plain, response_metadata={"messages": complaints})


def _attachments(args: Arguments) -> list[Json] | None:
    attachments = args.parsed("attachments", ApiError("invalid_attachments"))
    if attachments is None:
        return None
    if isinstance(attachments, list) and len(attachments) > 100:
        raise ApiError("too_many_attachments")
    refuse_blocks(check_attachments(attachments))
    return list(attachments)


def _metadata(args: Arguments) -> Json | None:
    metadata = args.parsed("metadata", ApiError("invalid_metadata_format"))
    if metadata is None or metadata == {}:
        return None if metadata is None else {}
    if isinstance(metadata, dict) and "event_payload" in metadata and metadata["event_payload"] is None:
        # In the thread of a DM, say() of Bolt's AsyncApp sends the context an assistant would have, or null.
        metadata = metadata | {"event_payload": {}}
    good = isinstance(metadata, dict) and isinstance(metadata.get("event_type"), str) and metadata["event_type"]
    if not good or not isinstance(metadata.get("event_payload"), dict):
        raise ApiError("invalid_metadata_format")
    if len(str(metadata)) > LARGEST_METADATA:
        raise ApiError("metadata_too_large")
    found: Json = metadata
    return found


def _warn(platform: Platform, said: Content, method: str) -> None:
    if not said.text.strip() and (said.blocks or said.attachments):
        said.warnings.append("missing_text_in_message")
        platform.warnings.append(f"{method} without text: a screen reader reads nothing of this message")
    if len(said.text) > LONGEST_TEXT:
        said.text = said.text[:LONGEST_TEXT]
        said.warnings.append("message_truncated")
        platform.warnings.append(f"{method} with more than {LONGEST_TEXT} characters of text, the rest was cut off")


def warned(said: Content) -> Json:
    if not said.warnings:
        return {}
    return {"warning": ",".join(said.warnings), "response_metadata": {"warnings": said.warnings}}


def replace(message: Message, said: Content) -> None:
    """What was given takes the place of what was there."""
    words_only = said.text_given and said.blocks is None
    if said.text_given:
        message.text = said.text
    if said.blocks is not None or words_only:
        message.blocks = kept(said.blocks or ())
    if said.attachments is not None or words_only:
        message.attachments = said.attachments or []
    if said.metadata is not None:
        message.metadata = said.metadata or None


def shared(args: Arguments) -> Content:
    """What stands over shared files: a comment, or blocks in its place."""
    return Content(args.text("initial_comment") or "", args.given("initial_comment"), _blocks(args))


def response_content(body: dict[str, Any]) -> Content:
    """The same checks for a body that came to a response_url or in an acknowledgement."""
    args = Arguments(body)
    said = Content(args.text("text") or "", args.given("text"), _blocks(args), _attachments(args), _metadata(args))
    if not (said.text.strip() or said.blocks or said.attachments):
        raise ApiError("no_text")
    return said
