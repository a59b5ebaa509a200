"""The private thread: its parent with the checklist, and one card a step."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from messages import blocks, presses
from messages.blocks import Block, Element, Message, escape
from messages.coaching import doors
from messages.forms import StepDone
from messages.keep_in_touch import offered
from messages.locale import STAGES, Locale
from messages.situations import fit
from messages.step_tools import tools

WITH_A_COACH = "dont_dwell"  # the card with a door to a coach, where there is one


@dataclass(frozen=True)
class Thread:
    """What the thread looks like now. ``states`` is step key to waiting, open, done or not_now, in order."""

    journey: str
    stage: str
    states: Mapping[str, str]
    name: str = ""  # company and role as the member typed them; only ever drawn as plain text
    left_out: bool = False
    removed: bool = False
    short: bool = False  # for somebody who had many noes
    situations: Collection[str] = ()  # what the member ticked, for the words of the cards alone
    coach: bool = False  # there is one to plan the next step with
    keeps_in_touch: bool = False  # asked for one note in two or three months
    from_center: str = ""  # a line the career center adds to this card, as Slack marks it up

    @property
    def is_complete(self) -> bool:
        return all(state in ("done", "not_now") for state in self.states.values())


@dataclass(frozen=True)
class Dates:
    """The check-ins as shown on a parent: written days, whether some came already, and why there are none."""

    days: Sequence[str] = field(default=())
    begun: bool = False
    hour: str = ""
    off: bool = False
    no_zone: bool = False
    ask: bool = False  # the member wants to be asked first, and was not yet
    none_here: bool = False  # the career center switched them off for everybody


def parent(locale: Locale, thread: Thread, dates: Dates, *, operator: str) -> Message:
    """The top of the thread. Its text says everything but the name."""
    if thread.removed:
        return _removed(locale, thread)
    closing = [locale.phrase("thread.complete")] if thread.is_complete else []
    left_out = [locale.phrase("thread.left_out")] if thread.left_out else []
    notice = locale.phrase("thread.notice", operator=escape(operator))
    opening = locale.opening(thread.stage, short=thread.short)
    checklist, line = _checklist(locale, thread), check_in_line(locale, dates)
    drawn: list[Block] = [
        blocks.section(opening),
        *([blocks.quoted(thread.name)] if thread.name else []),
        *map(blocks.small, left_out),
        blocks.section(checklist),
        *map(blocks.section, closing),
        blocks.section(line),
        blocks.actions(*_changes(locale, thread, dates)),
        blocks.actions(
            presses.Talk().button(locale.phrase("labels.talk")),
            presses.Remove(thread.journey).button(locale.phrase("labels.remove")),
            presses.WhoCanSee().button(locale.phrase("labels.who")),
        ),
        blocks.small(notice),
    ]
    return Message("\n".join([opening, *left_out, checklist, *closing, line, notice]), tuple(drawn))


def card(locale: Locale, thread: Thread, step: str) -> Message:
    """One step: what it does, how, what to do now, and its buttons."""
    words = fit(locale, locale.card(step, thread.stage), thread.situations)
    number = list(thread.states).index(step) + 1
    place = locale.phrase("thread.place", seed_title=words.seed_title, number=number)
    head = [blocks.header(words.title), blocks.small(place)]
    if thread.removed:
        gone = locale.phrase("thread.card_removed")
        return Message("\n".join((words.title, place, gone)), (*head, blocks.section(gone)))
    do = locale.phrase("thread.do", do=words.do)
    added = [locale.phrase("thread.from_center", line=thread.from_center)] if thread.from_center else []
    lines = [words.body, *words.lines, *added, do]
    said, body = [words.title, place, *lines], [*head, *map(blocks.section, lines)]
    to_use = tools(locale, thread.journey, thread.stage, step, thread.states[step])
    to_use = [*to_use, *doors(locale, coach=thread.coach and step == WITH_A_COACH, counselor=False)]
    line, button = offered(locale, thread.journey, thread.stage, step, asked=thread.keeps_in_touch)
    to_use, said = [*to_use, *button], [*said, *line]
    body += [blocks.small(each) for each in line]
    body += [blocks.actions(*to_use)] if to_use else []
    if thread.states[step] in ("open", "waiting"):
        return Message("\n".join(said), (*body, *_open(locale, thread, step, number)))
    settled = locale.phrase(f"thread.card_{thread.states[step]}")
    menu = _stage_menu(locale, thread) if number == 1 else []
    again = _settled(locale, thread, step, number)
    return Message("\n".join([*said, settled]), (*body, blocks.section(settled), *menu, again))


def card_view(locale: Locale, thread: Thread, step: str) -> dict[str, Any]:
    """The same card on Home: it goes on where Slack hides the thread by now. **Done** settles it."""
    drawn = [each for each in card(locale, thread, step).blocks if each["type"] not in ("actions", "header")]
    drawn = [each for each in drawn if not _leads_to_the_stage(locale, each)]
    named = [blocks.quoted(thread.name)] if thread.name else []
    settled = thread.removed or thread.states[step] in ("done", "not_now")
    to_use = [] if thread.removed else tools(locale, thread.journey, thread.stage, step, thread.states[step])
    talk = presses.Talk().button(locale.phrase("labels.talk"))
    title, form = locale.card(step, thread.stage).title, StepDone(thread.journey, step)
    return form.view(
        title=locale.phrase("home.step_title"),
        blocks=[blocks.header(title), *named, *drawn, blocks.actions(*to_use, talk)],
        submit=None if settled else locale.phrase("labels.done"), close=locale.phrase("labels.close"),
    )  # fmt: skip


def _leads_to_the_stage(locale: Locale, block: Block) -> bool:
    """The line above the menu of stages, which stands in the thread alone."""
    lines = [locale.phrase("thread.how_far"), locale.phrase("thread.how_far_chosen")]
    return block["type"] == "context" and block["elements"][0]["text"] in lines


def check_in_line(locale: Locale, dates: Dates) -> str:
    """When Onward asks how it goes, or why it does not."""
    if dates.off:
        return locale.phrase("thread.check_ins_none_here" if dates.none_here else "thread.check_ins_off")
    if dates.no_zone:
        return locale.phrase("thread.no_zone")
    if not dates.days:
        return locale.phrase("thread.ask_first" if dates.ask else "thread.check_ins_over")
    key = "thread.check_ins_left" if dates.begun else "thread.check_ins"
    return locale.count(key, len(dates.days), days=" · ".join(dates.days), hour=dates.hour)


def _checklist(locale: Locale, thread: Thread) -> str:
    lines = [locale.phrase("thread.steps")]
    for step, state in thread.states.items():
        key = f"thread.step_{state}" if state in ("done", "not_now") else "thread.step_open"
        lines.append(locale.phrase(key, title=locale.card(step, thread.stage).title))
    return "\n".join(lines)


def _changes(locale: Locale, thread: Thread, dates: Dates) -> list[Element]:
    change_time = presses.ChangeTime(thread.journey).button(locale.phrase("labels.change_time"))
    if dates.none_here:
        return [change_time]
    if dates.off:
        turn_on = presses.TurnOn(journey=thread.journey).button(locale.phrase("labels.turn_on"))
        return [turn_on, change_time]
    if dates.ask:
        return [presses.YesCheckIn(thread.journey).button(locale.phrase("labels.yes_check_in")), change_time]
    only_one = presses.OnlyOne(thread.journey).button(locale.phrase("labels.only_one"))
    none = presses.NoCheckIns(thread.journey).button(locale.phrase("labels.no_check_ins"))
    return [*([only_one] if len(dates.days) > 1 else []), *([none] if dates.days else []), change_time]


def _open(locale: Locale, thread: Thread, step: str, number: int) -> list[Block]:
    buttons = [
        presses.Done(thread.journey, step).button(
            locale.phrase("labels.done"), style="primary", label=locale.phrase("thread.done_label", number=number)
        ),
        presses.NotNow(thread.journey, step).button(
            locale.phrase("labels.not_now"), label=locale.phrase("thread.not_now_label", number=number)
        ),
    ]
    if "waiting" in thread.states.values():
        buttons.append(presses.ShowAll(thread.journey).button(locale.phrase("labels.show_all")))
    buttons.append(presses.Talk().button(locale.phrase("labels.talk")))
    return [*(_stage_menu(locale, thread) if number == 1 else []), blocks.actions(*buttons)]


def _stage_menu(locale: Locale, thread: Thread) -> list[Block]:
    menu = presses.ChooseStage(thread.journey)
    options = [blocks.option(locale.phrase(f"stages.{key}"), key) for key in STAGES[1:]]
    unsaid = blocks.option(locale.phrase("thread.stage_unsaid"), STAGES[0])
    chosen = None if thread.stage == STAGES[0] else thread.stage
    select = blocks.select(menu.id, locale.phrase("thread.choose_stage"), [*options, unsaid], initial=chosen)
    line = locale.phrase("thread.how_far_chosen" if chosen else "thread.how_far")
    more = presses.OpenSituations(thread.journey).button(locale.phrase("labels.situations"))
    return [blocks.small(line), blocks.actions(select, more) | {"block_id": menu.block_id}]


def _settled(locale: Locale, thread: Thread, step: str, number: int) -> Block:
    label = locale.phrase("thread.reopen_label", number=number)
    return blocks.actions(
        presses.Reopen(thread.journey, step).button(locale.phrase("labels.reopen"), label=label),
        presses.Talk().button(locale.phrase("labels.talk")),
    )


def _removed(locale: Locale, thread: Thread) -> Message:
    line = locale.phrase("thread.removed")
    undo = presses.Restore(thread.journey).button(locale.phrase("labels.undo"))
    talk = presses.Talk().button(locale.phrase("labels.talk"))
    return Message(line, (blocks.section(line), blocks.actions(undo, talk)))
