"""Files: announced, uploaded, shared, and read again by the app or by who sees them."""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import quote

from aiohttp import BodyPartReader, web

from bot.sandbox.kinds import Json

SCOPE = "files:read"


@dataclass
class File:
    """``content`` is None until the bytes have come; ``size`` is what was announced."""

    id: str
    name: str
    size: int
    title: str
    content: bytes | None = None
    channels: list[str] = field(default_factory=list)

    @property
    def mimetype(self) -> str:
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    def shared_in(self, channel: str) -> None:
        if channel not in self.channels:
            self.channels.append(channel)

    def as_slack(self, origin: str) -> Json:
        """The file object (docs: "File object"), with an address on this machine."""
        kind = PurePosixPath(self.name).suffix.lstrip(".") or "binary"
        address = f"{origin}/files/{self.id}/{quote(self.name)}"
        return {
            "id": self.id, "name": self.name, "title": self.title, "size": self.size, "mimetype": self.mimetype,
            "filetype": kind, "pretty_type": kind.upper(), "mode": "hosted", "is_external": False, "is_public": False,
            "url_private": address, "url_private_download": address, "permalink": address,
            "channels": list(self.channels),
        }  # fmt: skip


async def bytes_of(request: web.Request) -> bytes:
    """The bytes themselves, or those of the first part of a multipart form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    part = await (await request.multipart()).next()
    return bytes(await part.read()) if isinstance(part, BodyPartReader) else b""
