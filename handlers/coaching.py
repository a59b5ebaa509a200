"""Talk to a coach: a member asks, sees exactly what goes out, sends it; a coach claims, answers, closes."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import coaching, written
from bot.answers import lay_or_show, whisper
from bot.coaching import Talk, asked
from bot.exceptions import NotCoach
from bot.listening import hear
from bot.store.values import Member, NoteKind, Row
from bot.tools import Skip, Tools
from messages import coaching as words
from messages import plans, sentences
from messages.blocks import Message, shorten
from messages.coaching_presses import Answered, Claim, CloseTalk, OnTalk, OpenCoaching, OpenContact, TakeBack
from messages.forms import AskCoach, AskContact, SendToCoach, answer, filled, ticked
from messages.locale import Locale
from messages.presses import OldPress

STATES: dict[str, tuple[type[OnTalk], str]] = {
    Claim.id: (Claim, "claimed"), Answered.id: (Answered, "answered"), CloseTalk.id: (CloseTalk, "closed"),
}  # fmt: skip
COUNSELOR_DAYS = 2  # working days; nobody promised them, but nobody should wait longer without a word


def register(app: AsyncApp) -> None:
    app.action(OpenCoaching.id)(open_form)
    app.action(OpenContact.id)(open_contact)
    app.action(TakeBack.id)(take_back)
    app.view(AskCoach.id)(submitted)
    app.view(SendToCoach.id)(sent)
    app.view(AskContact.id)(contact_sent)
    for press, _ in STATES.values():
        app.action(press.id)(moved)


async def open_form(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member, locale: Locale,
    tools: Tools,
) -> None:  # fmt: skip
    center = await tools.store.centers.find(member.who.team)
    helpers = [coaching.as_helper(each) for each in await coaching.coaches_for(member, center, tools)]
    if not helpers:
        view = words.told(locale, "nobody")
    elif len(await tools.store.coaching.running(member.who)) >= coaching.MOST_RUNNING:
        view = words.told(locale, "enough")
    else:
        view = words.form(locale, await _could_add(tools, member, locale), helpers)
    await lay_or_show(client, body, view, respond, sentences.not_opened(locale))
    await ack()


async def submitted(ack: AsyncAck, view: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    """Nothing is sent yet: the preview takes the form's place, and Slack alone holds the words."""
    heard = await hear(view, member, locale, tools)
    if heard.instead:
        await ack(response_action="update", view=heard.instead)
        return
    center = await tools.store.centers.find(member.who.team)
    user, given = answer(view, "helper") or "", AskCoach.read(view)
    helper = await coaching.find_helper(member, user, tools)
    if helper is None:
        await ack(response_action="update", view=words.told(locale, "nobody"))
        return
    place = await coaching.place_of(member, user, center, tools)
    chosen = _chosen(view, given)
    shown = coaching.to_be(member, user, place or "", chosen)
    preview = words.preview(
        tools.library.locale(center.locale), SendToCoach(user, chosen), shown, helper, offer=heard.offer
    )
    await ack(response_action="update", view=preview)


async def sent(ack: AsyncAck, view: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    """Sent twice it is still one talk: it is named after the form."""
    form = SendToCoach.read(view)
    if form.words.get("topic") not in words.TOPICS:
        raise OldPress
    helper = await coaching.find_helper(member, form.helper, tools)
    if helper is None:
        await ack(response_action="update", view=words.told(locale, "nobody"))
        return
    await _ask(tools, member, view, form.helper, form.words, days=helper.days)
    await ack(response_action="update", view=words.told(locale, "sent", helper=f"<@{form.helper}>"))


async def open_contact(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, member: Member, locale: Locale,
    tools: Tools,
) -> None:  # fmt: skip
    center = await tools.store.centers.find(member.who.team)
    view = words.told(locale, "nobody")
    if center.counselor and await coaching.has_counselor(member, center, tools):
        view = words.contact(locale, coaching.to_be(member, center.counselor, "", None))
    await lay_or_show(client, body, view, respond, sentences.not_opened(locale))
    await ack()


async def contact_sent(ack: AsyncAck, view: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    center = await tools.store.centers.find(member.who.team)
    if not center.counselor or not await coaching.has_counselor(member, center, tools):
        await ack(response_action="update", view=words.told(locale, "nobody"))
        return
    await _ask(tools, member, view, center.counselor, None, days=COUNSELOR_DAYS)
    await ack(response_action="update", view=words.told(locale, "sent", helper=f"<@{center.counselor}>"))


async def moved(
    ack: AsyncAck, action: dict[str, Any], respond: AsyncRespond, member: Member, locale: Locale, tools: Tools
) -> None:
    """By whoever was asked, or by another coach. The first press counts; later ones draw what is so."""
    press, state = STATES[action["action_id"]]
    talk = await _talk(tools, member, press.read(action).talk)
    if not await coaching.may_help(member, talk, tools):
        raise NotCoach
    now = tools.clock.now()
    if await tools.store.coaching.move(talk.who.team, talk.id, state, by=member.who.user, now=now):
        tools.wake()
        if state == "claimed":
            await whisper(respond, sentences.sentence(locale, "coaching.for_coach"))
    await ack()


async def take_back(
    ack: AsyncAck, action: dict[str, Any], respond: AsyncRespond, member: Member, locale: Locale, tools: Tools
) -> None:
    done = await tools.store.coaching.take_back(member.who, TakeBack.read(action).talk, now=tools.clock.now())
    if not done:
        raise OldPress
    tools.wake()
    await ack()


async def compose(row: Row, tools: Tools) -> Message | Skip:
    """The talk where it stands, in the language of the center; without a word of it once it is over."""
    talk = await tools.store.coaching.find(row.team, row.subject)
    if talk is None or (talk.state == "withdrawn" and not row.kind.is_redraw):
        return Skip("taken_back")
    center = await tools.store.centers.find(row.team)
    return words.talk(tools.library.locale(center.locale), asked(talk))


async def compose_receipt(row: Row, tools: Tools) -> Message | Skip:
    talk = await tools.store.coaching.find(row.team, row.subject)
    if talk is None:
        return Skip("taken_back")
    member = await tools.store.members.find(row.who)
    helper = await coaching.whom_was_asked(talk, tools)
    return words.receipt(tools.library.locale(member.locale), asked(talk), helper)


async def compose_late(row: Row, tools: Tools) -> Message | Skip:
    """Only where nobody has answered by then."""
    name, _, why = row.subject.partition("/")
    talk = await tools.store.coaching.find(row.team, name)
    if talk is None or talk.state not in ("open", "claimed", "gone"):
        return Skip("answered")
    member = await tools.store.members.find(row.who)
    locale = tools.library.locale(member.locale)
    others = await coaching.coaches_for(member, await tools.store.centers.find(row.team), tools)
    helper, day = await coaching.whom_was_asked(talk, tools), written.day(locale, member, talk.asked)
    another = any(each.user != talk.helper for each in others)
    return words.late(locale, asked(talk), helper, why=why, day=day, others=another)


async def _ask(
    tools: Tools, member: Member, view: dict[str, Any], helper: str, chosen: dict[str, str] | None, *, days: int
) -> None:
    center, now = await tools.store.centers.find(member.who.team), tools.clock.now()
    place = await coaching.place_of(member, helper, center, tools, alone=chosen is None)
    if place is None:
        raise OldPress
    name = tools.vault.pseudonym(member.who.team, view["id"])
    late = coaching.late_at(member, center, days, now)
    await tools.store.coaching.ask(Talk.of(name, member.who, helper, place, chosen, asked=now, late=late), now=now)
    tools.wake()


async def _could_add(tools: Tools, member: Member, locale: Locale) -> AskCoach:
    """What this member has that could go along."""
    journeys = await tools.store.journeys.recent(member.who, limit=1)
    plan = await tools.store.notes.newest(member.who, NoteKind.PLAN)
    stage = journeys[0].stage if journeys and journeys[0].stage != "none" else ""
    told = "\n".join(plans.lines(locale, plan.words)) if plan else ""
    return AskCoach(stage, shorten(told, words.LONGEST_PLAN))


def _chosen(view: dict[str, Any], form: AskCoach) -> dict[str, str]:
    extras = ticked(view, "extras")
    could = {words.STAGE: form.stage, words.PLAN: form.plan}
    return filled(view, ("topic", "more", "times")) | {each: could[each] for each in could if each in extras}


async def _talk(tools: Tools, member: Member, name: str) -> Talk:
    talk = await tools.store.coaching.find(member.who.team, name)
    if talk is None or talk.state in words.OVER:
        raise OldPress
    return talk
