"""files.*: the upload in three steps (announce, upload, complete), and sharing what was uploaded."""

from __future__ import annotations

from bot.sandbox.files import File
from bot.sandbox.kinds import ApiError, Json, invalid_arguments, random_id
from bot.sandbox.platform import Platform
from bot.sandbox.web_api import content, targets
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.chat import own_message, thread_of
from bot.sandbox.web_api.registry import Method
from bot.sandbox.workspace import Channel


def announce(platform: Platform, args: Arguments) -> Json:
    name, size = args.needed("filename"), args.number("length", 0)
    if size < 1:
        raise invalid_arguments("[ERROR] must be greater than 0 [json-pointer:/length]")
    file_id = random_id("F")
    platform.files[file_id] = File(file_id, name, size, name)
    return {"file_id": file_id, "upload_url": f"{platform.url}/files/upload/{file_id}"}


def complete(platform: Platform, args: Arguments) -> Json:
    """With a channel the files are shared there by the bot, in one message; without one nobody sees them."""
    wanted = args.parsed("files", ApiError("invalid_arguments"))
    if not isinstance(wanted, list) or not wanted:
        raise ApiError("invalid_arguments")
    places = [targets.writable(platform, each) for each in _channels(args)]
    found = [_uploaded(platform, each) for each in wanted]
    for place in places:
        _share(platform, place, args, found)
    return {"files": [each.as_slack(platform.url) for each in found]}


def _channels(args: Arguments) -> list[str]:
    """One channel_id, or several channels with commas between them."""
    named = args.text("channel_id") or args.text("channels") or ""
    return [each.strip() for each in named.split(",") if each.strip()]


def _share(platform: Platform, place: Channel, args: Arguments, files: list[File]) -> None:
    """``blocks`` take the place of the comment."""
    said = content.shared(args)
    message = own_message(platform, place, said, thread_of(platform, place, args))
    message.subtype = "file_share"
    for file in files:
        file.shared_in(place.id)
    message.files = [each.as_slack(platform.url) for each in files]
    platform.post(message)


def info(platform: Platform, args: Arguments) -> Json:
    return {"file": _known(platform, args.text("file")).as_slack(platform.url)}


def delete(platform: Platform, args: Arguments) -> Json:
    """Out of every message it was shared in."""
    gone = _known(platform, args.text("file"))
    del platform.files[gone.id]
    for message in platform.workspace.every():
        message.files = [each for each in message.files if each["id"] != gone.id]
    platform.changes.happened()
    return {}


def _known(platform: Platform, name: str | None) -> File:
    file = platform.files.get(name or "")
    if file is None or file.content is None:
        raise ApiError("file_not_found")
    return file


def _uploaded(platform: Platform, wanted: object) -> File:
    if not isinstance(wanted, dict):
        raise ApiError("invalid_arguments")
    file = _known(platform, str(wanted.get("id")))
    file.title = str(wanted.get("title") or file.name)
    return file


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
