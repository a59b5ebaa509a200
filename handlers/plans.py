"""If-then plans: making one, the reminder at its day, and reading or discarding what was kept."""

from __future__ import annotations

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot import written
from bot.answers import show, whisper
from bot.home import draw_home
from bot.keeping import keep_ticked, to_settle
from bot.listening import hear
from bot.series import Purpose
from bot.store.values import Member, NoteKind
from bot.tools import Tools
from messages import blocks, keeping, sentences, step_presses
from messages import plans as words
from messages.forms import Plan, filled, ticked
from messages.locale import Locale
from messages.plans import Kept, Reminder
from messages.presses import OldPress

FARTHEST = 21  # days: a check-in that waits longer would take the whole series along
SHOWN = 60  # notes


def register(app: AsyncApp) -> None:
    app.action(step_presses.OpenPlan.id)(open_form)
    app.action(step_presses.OpenPlanFrom.id)(open_from_check_in)
    app.view(Plan.id)(submitted)
    app.action(step_presses.ShowKept.id)(show_kept)
    app.action(step_presses.KeptOf.id)(show_kept_of)
    app.action(step_presses.Discard.id)(discard)


async def open_form(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    press = step_presses.OpenPlan.read(action)
    journey = await tools.store.journeys.find(member.who, press.journey)
    view = await _form(tools, member, locale, Plan(journey.id))
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def open_from_check_in(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """For the thread of the plan kept last, else for the newest."""
    found = await tools.store.check_ins.find(member.who, step_presses.OpenPlanFrom.read(action).check_in)
    kept = await tools.store.notes.newest(member.who, NoteKind.PLAN)
    journey = kept.journey if kept else await tools.store.check_ins.newest_journey(member.who)
    if journey is None:
        await whisper(respond, sentences.sentence(locale, "replies.no_steps"))
    else:
        view = await _form(tools, member, locale, Plan(journey, found.id))
        await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def submitted(ack: AsyncAck, view: dict[str, Any], member: Member, locale: Locale, tools: Tools) -> None:
    heard = await hear(view, member, locale, tools)
    if heard.instead:
        await ack(response_action="update", view=heard.instead)
        return
    form, typed, remind = Plan.read(view), filled(view, words.FIELDS), words.REMIND in ticked(view, words.REMIND)
    if trouble := _trouble(tools, member, typed.get("day"), remind=remind):
        await ack(response_action="errors", errors={"day": locale.phrase(f"plans.{trouble}")})
        return
    journey = await tools.store.journeys.find(member.who, form.journey)
    kept = await keep_ticked(tools, member, view, journey.id, NoteKind.PLAN, typed)
    about = [blocks.section(await _remind(tools, member, locale, typed["day"]))] if remind else []
    if typed and form.check_in:
        await _answer(tools, member, form.check_in)
    tools.wake()
    shown = keeping.result(
        locale, "plans", words.lines(locale, typed), kept=kept, settles=to_settle(journey, words.STEP),
        about=about, more=heard.offer,
    )  # fmt: skip
    await ack(response_action="update", view=shown)


async def show_kept(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    step_presses.ShowKept.read(action)
    view = await _mine(tools, member, locale)
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def show_kept_of(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    view = await _mine(tools, member, locale, chosen=step_presses.KeptOf.chosen(action) or "")
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await ack()


async def discard(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond,
    member: Member, locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """Gone for good, from the log of the database too."""
    press = step_presses.Discard.read(action)
    await tools.store.notes.discard(member.who, press.journey, _kind(press.note))
    await tools.store.database.shed_deleted_bytes()
    view = await _mine(tools, member, locale, chosen=press.journey)
    await show(client, body, view, respond, instead=sentences.not_opened(locale))
    await draw_home(client, member, locale, tools)
    await ack()


async def _form(tools: Tools, member: Member, locale: Locale, asked: Plan) -> dict[str, Any]:
    """With the plan that is kept, so that it can be moved; a day that has passed is to be chosen anew."""
    kept = await tools.store.notes.find(member.who, asked.journey, NoteKind.PLAN)
    planned = dict(kept.words) if kept else {}
    if _trouble(tools, member, planned.get("day"), remind=False):
        del planned["day"]
    operator, hour = tools.settings.operator_name, written.hour(member)
    return words.form(locale, asked, operator=operator, hour=hour, words=planned)


def _trouble(tools: Tools, member: Member, chosen: str | None, *, remind: bool) -> str | None:
    """The sentence about the day, if it cannot be taken like this."""
    day, now = written.picked(chosen), tools.clock.now()
    if day is None:
        return "no_day" if remind or chosen else None
    if day < written.day_in(member, now, 0):
        return "past_day"
    return "far_day" if remind and day > written.day_in(member, now, FARTHEST) else None


async def _remind(tools: Tools, member: Member, locale: Locale, chosen: str) -> str:
    """Moves the next check-in, and says where it really went."""
    day, now = written.picked(chosen), tools.clock.now()
    due = await tools.store.check_ins.move_next(member.who, day, now=now) if day else None
    current = await tools.store.members.find(member.who)
    if due is None:
        return words.reminded(locale, Reminder(off=not current.check_ins_on))
    shown = written.day(locale, current, due)
    as_chosen = day is not None and shown == locale.day(day)
    return words.reminded(locale, Reminder(shown, written.hour(current), as_chosen))


async def _answer(tools: Tools, member: Member, check_in: str) -> None:
    """Asked for a plan and made one: that is the answer. Whatever else was answered stays."""
    found = await tools.store.check_ins.find(member.who, check_in)
    if found.purpose is Purpose.day_3 and found.answer in (None, "seen"):
        await tools.store.check_ins.answer(member.who, check_in, "plan_set", now=tools.clock.now())


async def _mine(tools: Tools, member: Member, locale: Locale, *, chosen: str = "") -> dict[str, Any]:
    by_thread: dict[str, dict[str, Any]] = {}
    for note in await tools.store.notes.recent(member.who, limit=SHOWN):
        by_thread.setdefault(note.journey, {})[str(note.kind)] = note.words
    threads = [await tools.store.journeys.find(member.who, journey) for journey in by_thread]
    kept = [Kept(each.id, written.day(locale, member, each.started), each.name, by_thread[each.id]) for each in threads]
    return words.mine(locale, kept, chosen=chosen, operator=tools.settings.operator_name)


def _kind(note: str) -> NoteKind:
    try:
        return NoteKind(note)
    except ValueError as unknown:
        raise OldPress from unknown
