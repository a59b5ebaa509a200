"""files.*: the upload in three steps (announce, upload, complete). Their content is not kept."""

from __future__ import annotations

from bot.sandbox.kinds import ApiError, Json, invalid_arguments, random_id
from bot.sandbox.platform import Platform
from bot.sandbox.web_api import targets
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.chat import thread_of
from bot.sandbox.web_api.registry import Method
from bot.sandbox.workspace import Message


def announce(platform: Platform, args: Arguments) -> Json:
    name, size = args.needed("filename"), args.number("length", 0)
    if size < 1:
        raise invalid_arguments("[ERROR] must be greater than 0 [json-pointer:/length]")
    file_id = random_id("F")
    platform.files[file_id] = {"id": file_id, "name": name, "title": name, "size": size, "uploaded": False}
    return {"file_id": file_id, "upload_url": f"{platform.url}/files/upload/{file_id}"}


def complete(platform: Platform, args: Arguments) -> Json:
    """With a channel the files are shared there by the bot, in one message."""
    wanted = args.parsed("files", ApiError("invalid_arguments"))
    if not isinstance(wanted, list) or not wanted:
        raise ApiError("invalid_arguments")
    found = [_uploaded(platform, each) for each in wanted]
    if args.given("channel_id"):
        channel = targets.writable(platform, args.text("channel_id"))
        platform.post(
            Message(
                channel.id, platform.clock.ts(), platform.bot_user_id, args.text("initial_comment") or "",
                bot_id=platform.bot_id, app_id=platform.app_id, thread_ts=thread_of(platform, channel, args),
                files=found, subtype="file_share",
            )
        )  # fmt: skip
    return {"files": found}


def info(platform: Platform, args: Arguments) -> Json:
    file = _known(platform, args)
    return {"file": {name: file[name] for name in ("id", "name", "title", "size")}}


def delete(platform: Platform, args: Arguments) -> Json:
    """Out of every message it was shared in."""
    gone = _known(platform, args)["id"]
    del platform.files[gone]
    for message in platform.workspace.every():
        message.files = [each for each in message.files if each["id"] != gone]
    platform.changes.happened()
    return {}


def _known(platform: Platform, args: Arguments) -> Json:
    file = platform.files.get(args.text("file") or "")
    if file is None or not file["uploaded"]:
        raise ApiError("file_not_found")
    return file


def _uploaded(platform: Platform, wanted: object) -> Json:
    file = platform.files.get(str(wanted.get("id"))) if isinstance(wanted, dict) else None
    if file is None or not file["uploaded"]:
        raise ApiError("file_not_found")
    assert isinstance(wanted, dict)
    return {"id": file["id"], "name": file["name"], "title": wanted.get("title") or file["name"], "size": file["size"]}


METHODS = (
    Method("files.info", info, "files:read", "4", ("file",), ("cursor", "limit")),
    Method("files.delete", delete, "files:write", "3", ("file",)),
    Method(
        "files.getUploadURLExternal", announce, "files:write", "4", ("filename", "length"), ("alt_txt", "snippet_type")
    ),
    Method(
        "files.completeUploadExternal", complete, "files:write", "4", ("files",),
        ("channel_id", "channels", "initial_comment", "thread_ts", "blocks"),
    ),
)  # fmt: skip
