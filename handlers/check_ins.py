"""Check-ins: what goes out when one is due, and the answers that are only heard.

An answer that is a fact is committed, and the message is folded by a delivery. How somebody feels is no fact of ours:
it is answered in place and forgotten. Answers that move dates live in ``check_in_dates``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond

from bot import plan, written
from bot.answers import in_place, whisper
from bot.series import REMINDER, Purpose, Tempo
from bot.steps import Step
from bot.store.values import Background, CheckIn, Member, NoteKind, Row
from bot.tools import Tools
from messages import check_ins as words
from messages import home_presses, presses, sentences, step_presses
from messages.blocks import Element, Message
from messages.check_ins import Question, Turn
from messages.locale import Locale
from messages.press import pressed_message

FEELINGS: dict[type[presses.OnCheckIn], Callable[[Locale, str], Turn]] = {
    presses.Okay: words.okay, presses.SoSo: words.so_so, presses.Rough: words.rough,
}  # fmt: skip
PLAIN_ANSWERS: dict[type[presses.OnCheckIn], str] = {
    presses.Applied: "applied", presses.NotYet: "not_yet", presses.PlanSet: "plan_set",
    presses.NotThisWeek: "not_this_week", presses.StillWaiting: "still_waiting",
    step_presses.SkipKeepInTouch: "keep_skipped",
}  # fmt: skip
OFTEN = 3  # snoozes in a row after which the reply says that hearing nothing is fine too


def register(app: AsyncApp) -> None:
    for feeling in FEELINGS:
        app.action(feeling.id)(feels)
    for plain in PLAIN_ANSWERS:
        app.action(plain.id)(answers)
    app.action(presses.ShowSteps.id)(show_steps)
    app.action(presses.News.id)(news)
    app.action(presses.Back.id)(back)


async def feels(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], respond: AsyncRespond, member: Member,
    locale: Locale, tools: Tools,
) -> None:  # fmt: skip
    """OK, so-so, rough. That somebody answered is kept; what they said is not."""
    feeling = next(each for each in FEELINGS if each.id == action["action_id"])
    press = feeling.read(action)
    await tools.store.check_ins.answer(member.who, press.check_in, "seen", now=tools.clock.now())
    turn = FEELINGS[feeling](locale, press.check_in)
    await in_place(respond, words.in_between(locale, pressed_message(body), turn))
    await ack()


async def answers(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    """Applied, not yet, a plan set, not this week, still waiting: kept, and nothing else changes."""
    plain = next(each for each in PLAIN_ANSWERS if each.id == action["action_id"])
    press = plain.read(action)
    await tools.store.check_ins.answer(member.who, press.check_in, PLAIN_ANSWERS[plain], now=tools.clock.now())
    tools.wake()
    await ack()


async def news(
    ack: AsyncAck, action: dict[str, Any], body: dict[str, Any], respond: AsyncRespond, locale: Locale
) -> None:
    """What happened? Nothing changes before that is said."""
    turn = words.news(locale, presses.News.read(action).check_in)
    await in_place(respond, words.in_between(locale, pressed_message(body), turn))
    await ack()


async def back(ack: AsyncAck, action: dict[str, Any], member: Member, tools: Tools) -> None:
    """The question again. Where an answer was kept meanwhile, the message shows that one."""
    await tools.store.check_ins.draw_again(member.who, presses.Back.read(action).check_in, now=tools.clock.now())
    tools.wake()
    await ack()


async def show_steps(ack: AsyncAck, respond: AsyncRespond, member: Member, locale: Locale, tools: Tools) -> None:
    """The way back to the newest thread."""
    link = await _link(tools, member)
    way = f"<{link}|{locale.phrase('rejected.pointer_link')}>"
    line = locale.phrase("replies.steps_are", link=way) if link else locale.phrase("replies.no_steps")
    await whisper(respond, sentences.line(line))
    await ack()


async def compose(row: Row, tools: Tools) -> Message:
    """The check-in as it arrives."""
    known = await tools.store.check_ins.background(row.who, row.subject, row.member)
    locale, asked = await _question(known, tools)
    return words.question(locale, asked)


async def compose_fold(row: Row, tools: Tools) -> Message:
    """The check-in once it is answered. An answer taken back makes it a question again."""
    known = await tools.store.check_ins.background(row.who, row.subject, row.member)
    locale, asked = await _question(known, tools)
    if known.found.answer in (None, "seen"):
        return words.question(locale, asked)
    reply, buttons = await _reply(tools, known.member, known.found, locale)
    return words.folded(locale, asked, reply, buttons)


async def _question(known: Background, tools: Tools) -> tuple[Locale, Question]:
    found, member = known.found, known.member
    locale = tools.library.locale(member.locale)
    link = await tools.workspaces.permalink(member.who.team, *known.place) if known.place else ""
    return locale, Question(
        check_in=found.id, purpose=found.purpose, stage=found.stage, softly=found.tempo is Tempo.quieter,
        encouragement=_encouragement(locale, found, tools.vault.pseudonym(*member.who)),
        steps=_titles(locale, known.done), link=link,
        has_plan=Step.DONT_DWELL in known.done or NoteKind.PLAN in known.kept,
        kept=bool(known.kept & {NoteKind.PLAN, NoteKind.GAME_PLAN}), applied=known.applied,
        weekly=found.tempo is Tempo.weekly, open_steps=_titles(locale, known.still_open),
        journey=found.journey or "",
    )  # fmt: skip


def _titles(locale: Locale, steps: list[Step]) -> tuple[str, ...]:
    return tuple(locale.card(step, "none").title for step in steps)


def _encouragement(locale: Locale, found: CheckIn, seed: str) -> str:
    """A line fit to what follows: none about rest before the reminder, none about work where there is no job talk."""
    if not plan.encourages(found.purpose):
        return ""
    is_quiet = found.purpose is Purpose.hello or found.tempo is Tempo.quieter
    before = "quiet" if is_quiet else "reminder" if found.purpose is REMINDER else "lines"
    return locale.encouragement(seed, found.number, before)


async def _link(tools: Tools, member: Member) -> str:
    place = await tools.store.check_ins.newest_place(member.who)
    return await tools.workspaces.permalink(member.who.team, *place) if place else ""


async def _reply(tools: Tools, member: Member, found: CheckIn, locale: Locale) -> tuple[str, list[Element]]:
    """What stands where the buttons were, and the buttons that still make sense."""
    day = await _next_day(tools, member, found, locale)
    key = await _reply_key(tools, member, _about_an_interview(found), bool(day))
    return locale.phrase(f"replies.{key}", day=day), _after(locale, found)


async def _next_day(tools: Tools, member: Member, found: CheckIn, locale: Locale) -> str:
    """Of the next check-in, or of the next about the same thread where this one is about one; empty for none."""
    if found.journey:
        due = await tools.store.wishes.keeps_in_touch_on(member.who, found.journey)
        return written.day(locale, member, due) if due else ""
    planned = await tools.store.check_ins.upcoming(member.who)
    return written.day(locale, member, planned[0][1]) if planned else ""


def _about_an_interview(found: CheckIn) -> str:
    """The answer; after an interview, in words for how close they came before."""
    if found.purpose is not Purpose.interview or found.answer not in ("still_waiting", "another_no"):
        return found.answer or ""
    if found.answer == "another_no":
        return "interview_no"
    return "interview_waiting_close" if found.stage in words.CLOSE else "interview_waiting"


async def _reply_key(tools: Tools, member: Member, answer: str, has_next: bool) -> str:
    if answer == "snoozed" and not has_next:
        return "snoozed_off"
    if answer == "snoozed":
        often = await tools.store.check_ins.snoozed_in_a_row(member.who) >= OFTEN
        return "snoozed_often" if often else "snoozed"
    return "turned_on_with" if answer == "turned_on" and has_next else answer


def _after(locale: Locale, found: CheckIn) -> list[Element]:
    stop = presses.Stop(found.id).button(locale.phrase("labels.stop"))
    steps = presses.ShowSteps(found.id).button(locale.phrase("labels.show_steps"))
    turn_on = presses.TurnOn(check_in=found.id).button(locale.phrase("labels.turn_on"))
    undo = presses.UndoOffer(found.id).button(locale.phrase("labels.undo"))
    prepare = home_presses.Prepare().button(locale.phrase("labels.prepare"))
    make_plan = step_presses.OpenPlanFrom(found.id).button(locale.phrase("labels.make_plan"))
    after = {
        "stopped": [turn_on], "offer": [undo], "another_no": [stop], "snoozed": [stop], "turned_on": [stop],
        "not_yet": [make_plan, steps, stop], "still_waiting": [make_plan, steps, stop],
        "keep_skipped": [stop], "interview": [prepare, steps, stop],
    }  # fmt: skip
    return after.get(found.answer or "", [steps, stop])
