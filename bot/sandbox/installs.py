"""Installing the app: its id and secret, what was granted, and the codes (docs: "Installing with OAuth")."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.sandbox.kinds import ApiError

CODE_SECONDS = 600.0


@dataclass
class Grant:
    """What a person allowed, in a workspace or for a whole org. ``redirect_uri`` is None when the app sent none."""

    place: str
    scopes: tuple[str, ...]
    user: str
    redirect_uri: str | None
    born: float
    used: bool = False


class Installs:
    """One app, wherever it is installed. The minutes of a code run on the workspace's clock."""

    def __init__(self, redirect_urls: Sequence[str], scopes: Sequence[str]) -> None:
        self.client_id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}"
        self.client_secret = secrets.token_hex(16)
        self.redirect_urls = list(redirect_urls)
        self._promised = tuple(scopes)
        self.forget()

    def forget(self) -> None:
        """No code is known any more; id and secret stay."""
        self._grants: dict[str, Grant] = {}

    def scopes_asked(self, scope: str) -> tuple[str, ...]:
        """Commas or spaces between them. The manifest says which may be asked for."""
        asked = tuple(dict.fromkeys(scope.replace(",", " ").split()))
        if not asked:
            raise ApiError("no_scopes")
        if set(asked) - set(self._promised):
            raise ApiError("invalid_scope")
        return asked

    def place_to_return(self, redirect_uri: str | None) -> str:
        """The address itself, if it is a configured one or lies below one; without any the first configured one."""
        if redirect_uri is None and self.redirect_urls:
            return self.redirect_urls[0]
        if redirect_uri is None or not any(_lies_below(redirect_uri, each) for each in self.redirect_urls):
            raise ApiError("bad_redirect_uri")
        return redirect_uri

    def grant(self, grant: Grant) -> str:
        code = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(32)}"
        self._grants[code] = grant
        return code

    def is_client(self, client_id: str | None, client_secret: str | None) -> None:
        if client_id != self.client_id:
            raise ApiError("invalid_client_id")
        if client_secret != self.client_secret:
            raise ApiError("bad_client_secret")

    def exchange(self, code: str | None, redirect_uri: str | None, now: float) -> Grant:
        """Once, within ten minutes, with the redirect_uri of the request if there was one."""
        grant = self._grants.get(code or "")
        if grant is None or now - grant.born > CODE_SECONDS:
            raise ApiError("invalid_code")
        if grant.used:
            raise ApiError("code_already_used")
        if grant.redirect_uri != redirect_uri:
            raise ApiError("bad_redirect_uri")
        grant.used = True
        return grant


def _lies_below(address: str, configured: str) -> bool:
    """Same scheme, host and port; the same path or one below it (docs: "Redirect URLs")."""
    asked, known = urlsplit(address), urlsplit(configured)
    if (asked.scheme, asked.netloc) != (known.scheme, known.netloc) or ".." in asked.path:
        return False
    return asked.path == known.path or asked.path.startswith(known.path.rstrip("/") + "/")
