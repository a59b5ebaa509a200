"""What a look finds: in order, at fault with its remedy, or just good to know."""

from __future__ import annotations

from dataclasses import dataclass

from bot.exceptions import Refusal

OK, WRONG, NOTE = "ok", "wrong", "note"
CORRECT_IT = "Correct it in the environment or in .env, then run this again."


@dataclass(frozen=True)
class Finding:
    """``check`` is one of CHECKS. ``said`` and ``remedy`` are sentences without a secret in them."""

    check: str
    state: str
    said: str
    remedy: str = ""


# Everything that is looked at, and what for: the reference is written from it.
CHECKS = {
    "settings": "each setting can be read",
    "disk": "this host keeps the SQLite file, there is room left, and the folder can be written to",
    "key": "the key is there, nobody else may read its file, and it opens the database",
    "database": "it answers and is not damaged",
    "schema": "every migration was applied",
    "queue": "nothing has been due for more than 15 minutes",
    "words": "every word may go out, WORDS_DIR laid over ours",
    "token": "Slack takes SLACK_BOT_TOKEN",
    "scopes": "the token has every scope of the manifest",
    "clock": "this machine's clock is within 5 minutes of Slack's",
    "secret": "SLACK_SIGNING_SECRET looks like one, and the bot that runs has not refused Slack with it",
    "socket": "Slack takes SLACK_APP_TOKEN, where Socket Mode is on",
    "bot": "the bot that runs here is ready",
    "address": "PUBLIC_URL leads to this bot: a signed question comes back answered",
    "delivery": "with --probe: a message can be posted, found again and deleted",
}


def ok(check: str, said: str) -> Finding:
    return Finding(check, OK, said)


def wrong(check: str, said: str, remedy: str = CORRECT_IT) -> Finding:
    return Finding(check, WRONG, said, remedy)


def note(check: str, said: str) -> Finding:
    return Finding(check, NOTE, said)


def refused(check: str, refusal: Refusal | str) -> Finding:
    """A refusal says what is wrong and, behind the colon, what to do."""
    said, _, remedy = str(refusal).partition(": ")
    return wrong(check, f"{said.rstrip('.')}.", f"{remedy[0].upper()}{remedy[1:]}" if remedy else CORRECT_IT)
