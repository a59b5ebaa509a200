"""The one door for free text: every form and message that takes words asks here, before anything is stored or logged.

What was found is shown to the one who wrote, and then it is gone: no row, no line in a log, no number. A strong phrase
pauses check-ins for a week, as a plain date that says no reason.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot import written
from bot.countries import guess
from bot.distress import Tier, listen, listen_to_names
from bot.exceptions import Busy
from bot.store.values import Member
from bot.tools import Tools
from messages import crisis
from messages import listening as words
from messages.blocks import Block
from messages.crisis import Line
from messages.locale import Locale

QUIET_DAYS = 7


@dataclass(frozen=True)
class Heard:
    """``instead`` is the view to answer with, keeping nothing; ``offer`` blocks to end the usual answer with."""

    tier: Tier = Tier.NONE
    instead: dict[str, Any] | None = None
    offer: tuple[Block, ...] = ()


async def hear(
    view: Mapping[str, Any], member: Member, locale: Locale, tools: Tools, *, names: Collection[str] = (),
    goes_out: bool = False,
) -> Heard:  # fmt: skip
    """What a submitted modal says, in every text it takes. ``names`` are the fields for companies, roles and people.

    Whoever was asked and sends it once more has decided: nothing is asked again. Only what ``goes_out`` to others is
    not theirs alone to decide: with a strong phrase it never does.
    """
    tier = _tier(view, locale, names)
    if words.has_asked(view) and not (goes_out and tier is Tier.STRONG):
        return Heard(tier)
    match tier:
        case Tier.STRONG:
            until = await quiet(member, locale, tools)
            card = words.instead(locale, view, lines_of(member), until=until, goes_out=goes_out)
            return Heard(tier, instead=card)
        case Tier.SOMEONE_ELSE:
            return Heard(tier, offer=words.offer_for_someone_else(locale, lines_of(member)))
        case Tier.SOFT:
            return Heard(tier, offer=words.soft_offer(locale))
        case _:
            return Heard()


async def quiet(member: Member, locale: Locale, tools: Tools) -> str:
    """No check-in for a week, or for longer where the member asked for that. Until which day; empty where none come."""
    if not member.check_ins_on:
        return ""
    try:
        ends = await tools.store.members.pause_at_least(member.who, days=QUIET_DAYS, now=tools.clock.now())
    except Busy:
        return ""  # the card matters more; and a line about it would say what was found
    tools.wake()
    return written.day(locale, member, ends)


def lines_of(member: Member) -> tuple[Line, ...]:
    """The center's own line first; then the member's country, else the workspace's, else a guess from the zone.

    Never from the language.
    """
    return lines_in(member, member.country or guess(member.zone))


def lines_in(member: Member, country: str | None) -> tuple[Line, ...]:
    """A center's line never takes the place of a national one: it has hours."""
    return (*crisis.of_the_center(member.counseling), *crisis.lines(country))


def _tier(view: Mapping[str, Any], locale: Locale, names: Collection[str]) -> Tier:
    given = [
        (name, str(state.get("value") or "")) for field in view["state"]["values"].values()
        for name, state in field.items() if state.get("type") == "plain_text_input"
    ]  # fmt: skip
    in_texts = listen(locale, *(text for name, text in given if name not in names))
    return max(in_texts, listen_to_names(locale, *(text for name, text in given if name in names)))
