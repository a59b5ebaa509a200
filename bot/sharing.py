"""Support without my name: where it is on, and what the words need to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.center import Feature
from bot.distress import Tier, listen
from bot.scrub import scrub
from bot.store.sharing import Shared
from bot.store.sharing_talks import SharedNote
from bot.store.values import Member
from bot.tools import Tools
from messages import sharing as words
from messages.blocks import Block, Element
from messages.forms import answer
from messages.locale import Locale
from messages.sharing import Mine, Returned

MINE = ("waiting", "approved", "posted", "returned")

__all__ = ["Shared", "SharedNote"]


async def closed(team: str, tools: Tools) -> str:
    """Empty where members can share, else the sentence that says why not: ``off``, or ``closed`` for too few."""
    center = await tools.store.centers.find(team)
    if not center.has(Feature.SUPPORT):
        return "off"
    return "" if await tools.store.sharing.has_community(team) else "closed"


async def doors(member: Member, locale: Locale, tools: Tools) -> list[Element]:
    return [] if await closed(member.who.team, tools) else words.doors(locale)


async def at_home(member: Member, locale: Locale, tools: Tools) -> list[Block]:
    return [] if await closed(member.who.team, tools) else words.at_home(locale)


async def waiting(team: str, tools: Tools) -> int | None:
    """How many wait for staff; None where there are too few members for anybody to be hidden among them."""
    if not await tools.store.sharing.has_community(team):
        return None
    return len(await tools.store.sharing.waiting(team, now=tools.clock.now()))


async def mine(member: Member, tools: Tools) -> list[Mine]:
    own = await tools.store.sharing.own(member.who)
    return [Mine(each.id, each.text, each.state) for each in own if each.text and each.state in MINE]


async def without_names(member: Member, text: str, typed: str, there: Locale, tools: Tools) -> str:
    """As others may read it: without what the member named here or in any thread. ``typed``, with commas."""
    kept = await tools.store.journeys.names(member.who)
    return scrub(there, text, (*kept, *typed.split(",")))


def is_heavy(text: str, *locales: Locale) -> bool:
    """Looked for once more where it would go out: a text like this is never relayed."""
    return any(listen(each, text) is Tier.STRONG for each in locales)


def name_of(member: Member, view: Mapping[str, Any], tools: Tools) -> str:
    """Of what a form leads to, the same however often it is sent; nobody without the key finds the form by it."""
    return tools.vault.pseudonym("shared", member.who.team, str(view["id"]))


def given(view: Mapping[str, Any], name: str) -> str:
    return (answer(view, name) or "").strip()


def returned(shared: Shared) -> Returned:
    why = shared.reason.get("why", "own")
    return Returned(shared.id, why if why in words.LETTERS else "own", shared.reason.get("words", ""))
