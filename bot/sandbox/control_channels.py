"""``POST /_sandbox/channel``: what people do with channels, one word each."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.sandbox.hands.gathering import Gathering
from bot.sandbox.kinds import HandsError, Json


async def change_channel(hands: Gathering, body: Json) -> Json:
    """Answers with the id of a channel that was created."""
    done, name, who = body["do"], str(body.get("channel", "")), body.get("as")
    if done == "create":
        more = {"members": body.get("members", ()), "private": bool(body.get("private"))}
        return {"channel": (await hands.creates_channel(_needed(body, "name"), who, **more)).id}
    if done == "invite":
        await hands.invites(_needed(body, "member"), name, who)
    elif done == "rename":
        await hands.renames_channel(name, _needed(body, "name"), who)
    else:
        await _plain(hands, done)(name, who)
    return {}


def _plain(hands: Gathering, done: str) -> Callable[[str, str | None], Awaitable[None]]:
    known: dict[str, Callable[[str, str | None], Awaitable[None]]] = {
        "join": hands.joins, "leave": hands.leaves, "archive": hands.archives, "unarchive": hands.unarchives,
        "delete": hands.deletes_channel, "remove_bot": hands.removes_the_bot,
    }  # fmt: skip
    if done not in known:
        words = ", ".join(["create", "invite", "rename", *known])
        raise HandsError(f"nothing called {done!r} can be done to a channel; there are {words}")
    return known[done]


def _needed(body: Json, name: str) -> str:
    if not body.get(name):
        raise HandsError(f"{body['do']} needs {name}")
    return str(body[name])
