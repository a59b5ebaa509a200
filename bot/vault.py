"""What members write is ciphertext at rest, and logs know them by pseudonym. The only door to ``cryptography``."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Sequence
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from bot.exceptions import Refusal
from bot.settings import Settings


class Vault:
    """Seals and opens words. The first key seals; every key opens, so that keys can be rotated."""

    def __init__(self, keys: Sequence[str]) -> None:
        try:
            self._fernets = [Fernet(key) for key in keys]
        except ValueError:
            raise Refusal("ENCRYPTION_KEY is not a Fernet key: make one with `python -m bot keys new`.") from None
        self._fernet = MultiFernet(self._fernets)
        # Pseudonyms must not change with the keys. At first they hang on the oldest one; from then on the database
        # keeps what they hang on, sealed like everything else.
        self._pepper = hashlib.sha256(b"pseudonyms" + keys[-1].encode()).digest()

    @property
    def pepper(self) -> str:
        """What pseudonyms hang on, in hex. A secret: whoever has it can tell which member a pseudonym stands for."""
        return self._pepper.hex()

    def keep_pepper(self, pepper: str) -> None:
        self._pepper = bytes.fromhex(pepper)

    def seal(self, words: str | None) -> str | None:
        return None if words is None else self._fernet.encrypt(words.encode()).decode()

    def open(self, sealed: str | None) -> str | None:
        """Raises Refusal when no key fits: the words are not lost, the right key is missing."""
        try:
            return None if sealed is None else self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            raise Refusal(
                "ENCRYPTION_KEY does not open this database: put back the key that was used with it."
            ) from None

    def reseal(self, sealed: str | None) -> str | None:
        """The same words under the newest key; None where they have it already. Raises Refusal as ``open`` does."""
        if sealed is None:
            return None
        try:
            self._fernets[0].decrypt(sealed.encode())
        except InvalidToken:
            return self.seal(self.open(sealed))
        return None

    def pseudonym(self, *parts: str) -> str:
        """A stable name for a member, thread or text that says nothing about it: 16 hex digits."""
        return hmac.new(self._pepper, "\0".join(parts).encode(), hashlib.sha256).hexdigest()[:16]


def new_key() -> str:
    return Fernet.generate_key().decode()


def keys(settings: Settings) -> list[str]:
    """The keys, newest first: from the settings, or from a key file beside the SQLite file, made on first use."""
    if settings.encryption_key:
        return [key.strip() for key in settings.encryption_key.get_secret_value().split(",") if key.strip()]
    if not settings.on_sqlite:
        raise Refusal("ENCRYPTION_KEY is missing: make one with `python -m bot keys new` and keep a copy of it.")
    if settings.sqlite_file is None:
        return [new_key()]
    return _kept_keys(key_file(settings) or Path(), settings.sqlite_file)


def key_file(settings: Settings) -> Path | None:
    """Where the key lies when ENCRYPTION_KEY is not set: beside the SQLite file."""
    database = settings.sqlite_file
    return database.with_name(database.name + ".key") if database else None


def put_in_front(path: Path) -> None:
    """A new key before those in the key file, which seals from the next start on."""
    fresh = path.with_name(path.name + ".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write("\n".join([new_key(), *path.read_text().split()]) + "\n")
    fresh.replace(path)


def _kept_keys(path: Path, database: Path) -> list[str]:
    try:
        if not path.exists():
            if database.exists() and database.stat().st_size:
                raise Refusal(f"The key file {path.name} is missing beside {database.name}: put it back from a backup.")
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(new_key() + "\n")
        return path.read_text().split()
    except OSError as unreadable:
        raise Refusal(f"The key file {path.name} cannot be used: {unreadable.strerror}.") from None
