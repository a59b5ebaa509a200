"""The arguments of one call, wherever the caller put them: query, form, multipart or JSON."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.sandbox.kinds import ApiError, invalid_arguments

_TRUE = {"1", "true", "True", "yes"}


@dataclass
class Arguments:
    """Values as they came; the readers below turn them into what a method wants."""

    values: dict[str, Any]
    token: str | None = None
    problem: ApiError | None = None
    files: dict[str, bytes] = field(default_factory=dict)

    def text(self, name: str) -> str | None:
        value = self.values.get(name)
        return None if value is None else value if isinstance(value, str) else json.dumps(value)

    def needed(self, name: str) -> str:
        value = self.text(name)
        if not value:
            raise invalid_arguments(f"[ERROR] missing required field: {name}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.values.get(name)
        return default if value is None else value is True or value == 1 or str(value) in _TRUE

    def number(self, name: str, default: int) -> int:
        try:
            return int(self.values.get(name) or default)
        except (TypeError, ValueError):
            raise invalid_arguments(f"[ERROR] must be an integer [json-pointer:/{name}]") from None

    def given(self, name: str) -> bool:
        """Named at all. An empty text counts as not given, an empty list or object counts."""
        return self.values.get(name) not in (None, "")

    def parsed(self, name: str, otherwise: ApiError) -> Any:
        """A JSON value, sent as such or as a string with JSON in it."""
        value = self.values.get(name)
        if isinstance(value, str) and value:
            try:
                return json.loads(value)
            except ValueError:
                raise otherwise from None
        return value or None if value in (None, "") else value


async def read(request: web.Request) -> Arguments:
    arguments = Arguments(dict(request.query))
    kind = request.content_type
    if request.method == "POST" and request.can_read_body:
        if kind == "application/json":
            await _read_json(request, arguments)
        elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
            await _read_form(request, arguments)
        else:
            arguments.problem = ApiError("invalid_post_type")
    arguments.values |= _basic(request.headers)
    arguments.token = _bearer(request.headers) or arguments.text("token")
    arguments.values.pop("token", None)
    return arguments


async def _read_json(request: web.Request, arguments: Arguments) -> None:
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        arguments.problem = ApiError("invalid_json")
        return
    if isinstance(body, dict):
        arguments.values |= body
    else:
        arguments.problem = ApiError("json_not_object")


async def _read_form(request: web.Request, arguments: Arguments) -> None:
    try:
        form = await request.post()
    except ValueError:
        arguments.problem = ApiError("invalid_form_data")
        return
    for name, value in form.items():
        if isinstance(value, web.FileField):
            arguments.files[name] = value.file.read()
        else:
            arguments.values[name] = value


def _basic(headers: Mapping[str, str]) -> dict[str, str]:
    """Id and secret of the app, as the OAuth methods also take them."""
    scheme, _, words = headers.get("Authorization", "").partition(" ")
    if scheme.casefold() != "basic":
        return {}
    try:
        login, _, password = base64.b64decode(words.strip(), validate=True).decode().partition(":")
    except ValueError:
        return {}
    return {"client_id": login, "client_secret": password}


def _bearer(headers: Mapping[str, str]) -> str | None:
    scheme, _, token = headers.get("Authorization", "").partition(" ")
    return token.strip() or None if scheme.casefold() == "bearer" else None
