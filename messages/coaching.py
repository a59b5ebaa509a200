"""Talk to a coach: what a member is asked, the exact words that go out, and how it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from messages import blocks, presses
from messages.blocks import Block, Element, Message, escape
from messages.coaching_presses import Answered, Claim, CloseTalk, OpenCoaching, OpenContact, TakeBack
from messages.forms import AskCoach, AskContact, Reading, SendToCoach
from messages.locale import Locale

TOPICS = ("next_step", "papers", "interview", "feedback", "visa", "talk")
STAGE, PLAN = "stage", "plan"
LONGEST, LONGEST_TIMES, LONGEST_PLAN = 300, 100, 600
TYPED = ("more", "times", PLAN)  # by the member, and so in no notification
OVER = ("withdrawn", "over")


@dataclass(frozen=True)
class Helper:
    """A coach as members see them: ``days`` is the promise, 0 where there is none; ``booking`` may be empty."""

    user: str
    name: str
    days: int = 0
    booking: str = ""


@dataclass(frozen=True)
class Asked:
    """One talk. ``member``, ``helper`` and ``by`` are mentions; ``words`` what was shared; ``place`` a channel's."""

    talk: str
    member: str
    helper: str
    words: Mapping[str, str] = field(default_factory=dict)
    state: str = "open"
    by: str = ""
    place: str = ""
    to_counselor: bool = False


def form(locale: Locale, asked: AskCoach, helpers: Sequence[Helper]) -> dict[str, Any]:
    """Only the topic has to be chosen. No box is ticked."""
    coaches = [blocks.option(_named(locale, each), each.user) for each in helpers]
    topics = [blocks.option(locale.phrase(f"coaching.topic_{each}"), each) for each in TOPICS]
    who = blocks.select("helper", locale.phrase("coaching.helper_label"), coaches, initial=helpers[0].user)
    about = blocks.select("topic", locale.phrase("coaching.topic_example"), topics)
    more = blocks.text_input("more", max_length=LONGEST, multiline=True)
    times = blocks.text_input("times", max_length=LONGEST_TIMES, placeholder=locale.phrase("coaching.times_example"))
    return asked.view(
        title=locale.phrase("coaching.view_title"),
        blocks=[
            blocks.section(locale.phrase("coaching.intro")),
            blocks.field(locale.phrase("coaching.helper_label"), who, optional=False),
            blocks.field(locale.phrase("coaching.topic_label"), about, optional=False),
            blocks.field(locale.phrase("coaching.more_label"), more, hint=locale.phrase("coaching.more_hint")),
            blocks.field(locale.phrase("coaching.times_label"), times),
            *_extras(locale, asked),
        ],
        submit=locale.phrase("labels.coaching_preview"), close=locale.phrase("labels.close"),
    )  # fmt: skip


def preview(
    locale: Locale, sends: SendToCoach, shown: Asked, helper: Helper, *, offer: Sequence[Block]
) -> dict[str, Any]:
    """Exactly what goes out, and where it will stand."""
    key = "preview_channel" if shown.place else "preview_group"
    where = locale.phrase(f"coaching.{key}", helper=escape(helper.name), place=shown.place)
    return sends.view(
        title=locale.phrase("coaching.preview_title"),
        blocks=[
            blocks.section(where), blocks.divider(), *_said(locale, shown)[1], blocks.divider(),
            blocks.small(" ".join((*_promised(locale, helper), locale.phrase("coaching.two_weeks")))), *offer,
        ],
        submit=locale.phrase("labels.coaching_send"), close=locale.phrase("labels.cancel_soft"),
    )  # fmt: skip


def contact(locale: Locale, shown: Asked) -> dict[str, Any]:
    """The same for the wish to be contacted, which is all that goes out."""
    return AskContact().view(
        title=locale.phrase("coaching.preview_title"),
        blocks=[
            blocks.section(locale.phrase("coaching.contact_about", helper=shown.helper)), blocks.divider(),
            *_said(locale, shown)[1], blocks.divider(), blocks.small(locale.phrase("coaching.two_weeks")),
        ],
        submit=locale.phrase("labels.coaching_send"), close=locale.phrase("labels.cancel_soft"),
    )  # fmt: skip


def told(locale: Locale, key: str, **values: str) -> dict[str, Any]:
    """One sentence in place of a form."""
    drawn = [blocks.section(locale.phrase(f"coaching.{key}", **values))]
    return Reading().view(title=locale.phrase("coaching.view_title"), blocks=drawn, close=locale.phrase("labels.close"))


def talk(locale: Locale, shown: Asked) -> Message:
    """What the coach reads, and the member beside them. Once it is over nothing of it is left."""
    if shown.state in OVER:
        return _lines(locale.phrase(f"coaching.state_{shown.state}"))
    said, drawn = _said(locale, shown)
    state = locale.phrase(f"coaching.state_{shown.state}", by=shown.by)
    buttons = [press.button(label) for press, label in _buttons(locale, shown)]
    rows = [blocks.actions(*buttons)] if buttons else []
    return Message("\n".join([*said, state]), (*drawn, blocks.section(state), *rows))


def receipt(locale: Locale, shown: Asked, helper: Helper) -> Message:
    """The member's own copy, with the way to take it back."""
    if shown.state in OVER:
        return _lines(locale.phrase(f"coaching.receipt_{shown.state}", helper=shown.helper))
    key = "receipt_contact" if shown.to_counselor else "receipt_channel" if shown.place else "receipt"
    first = locale.phrase(f"coaching.{key}", helper=shown.helper, place=shown.place)
    state = locale.phrase(f"coaching.state_{shown.state}", by=shown.by)
    more = " ".join(
        [*(_promised(locale, helper) if shown.state == "open" else []), locale.phrase("coaching.two_weeks")]
    )
    said, drawn = ([], []) if shown.to_counselor else _shared(locale, shown.words)
    text = "\n".join([first, *said, state, more])
    return Message(
        text, (blocks.section(first), *drawn, blocks.section(state), blocks.small(more), _back(locale, shown))
    )


def late(locale: Locale, shown: Asked, helper: Helper, *, why: str, day: str, others: bool) -> Message:
    """Nobody answered in time (``late``), or the coach has left (``gone``), and what else there is."""
    first = locale.phrase(f"coaching.{why}", helper=shown.helper, day=day)
    book = [locale.phrase("coaching.book", link=helper.booking, helper=escape(helper.name))] if helper.booking else []
    another = [OpenCoaching().button(locale.phrase("labels.coaching_another"))] if others else []
    buttons = blocks.actions(*another, presses.Talk().button(locale.phrase("labels.talk")))
    said = [first, *book]
    return Message("\n".join(said), (*map(blocks.section, said), buttons))


def doors(locale: Locale, *, coach: bool, counselor: bool) -> list[Element]:
    """The buttons where there is somebody to ask, and nothing where there is nobody."""
    ask = [OpenCoaching().button(locale.phrase("labels.coaching"))] if coach else []
    return [*ask, *([OpenContact().button(locale.phrase("labels.coaching_contact"))] if counselor else [])]


def at_home(locale: Locale) -> list[Block]:
    button = OpenCoaching().button(locale.phrase("labels.coaching"))
    return [blocks.section(locale.phrase("coaching.home"), accessory=button)]


def _said(locale: Locale, shown: Asked) -> tuple[list[str], list[Block]]:
    """The words of a talk, as text without what was typed, and as blocks with it."""
    if shown.to_counselor:
        line = locale.phrase("coaching.contact", helper=shown.helper, member=shown.member)
        return [line], [blocks.section(line)]
    first = locale.phrase("coaching.hello", helper=shown.helper, member=shown.member)
    last = locale.phrase("coaching.chose_channel" if shown.place else "coaching.chose")
    said, drawn = _shared(locale, shown.words)
    return [first, *said, last], [blocks.section(first), *drawn, blocks.section(last)]


def _shared(locale: Locale, words: Mapping[str, str]) -> tuple[list[str], list[Block]]:
    topic = locale.phrase("coaching.topic", topic=locale.phrase(f"coaching.topic_{words['topic']}"))
    stage = [locale.phrase("coaching.stage", stage=locale.phrase(f"stages.{words[STAGE]}"))] if STAGE in words else []
    typed = [(locale.phrase(f"coaching.given_{each}"), words[each]) for each in TYPED if each in words]
    drawn = [blocks.section("\n".join([topic, *stage]))]
    for label, text in typed:
        drawn += [blocks.section(label), *blocks.written(text)]
    return [topic, *stage, *(label for label, _ in typed)], drawn


def _extras(locale: Locale, asked: AskCoach) -> list[Block]:
    options = [
        *([blocks.option(locale.phrase("coaching.extra_stage", stage=locale.phrase(f"stages.{asked.stage}")), STAGE)]
          if asked.stage else []),
        *([blocks.option(locale.phrase("coaching.extra_plan"), PLAN)] if asked.plan else []),
    ]  # fmt: skip
    boxes = blocks.checkboxes("extras", options)
    return [blocks.field(locale.phrase("coaching.extras_label"), boxes)] if options else []


def _buttons(locale: Locale, shown: Asked) -> list[tuple[Claim | Answered | CloseTalk, str]]:
    claim, answered, close = (
        (press(shown.talk), locale.phrase(f"labels.coaching_{name}"))
        for press, name in ((Claim, "claim"), (Answered, "answered"), (CloseTalk, "close"))
    )
    return {"open": [claim, answered, close], "claimed": [answered, close], "answered": [close]}.get(shown.state, [])


def _back(locale: Locale, shown: Asked) -> Block:
    label = locale.phrase("labels.coaching_back")
    title, text = locale.phrase("coaching.back_title"), locale.phrase("coaching.back_sure")
    sure = blocks.confirm(title, text, label, locale.phrase("labels.cancel"))
    return blocks.actions(TakeBack(shown.talk).button(label) | {"confirm": sure})


def _promised(locale: Locale, helper: Helper) -> list[str]:
    return [locale.count("coaching.promise", helper.days, helper=escape(helper.name))] if helper.days else []


def _named(locale: Locale, helper: Helper) -> str:
    within = locale.count("coaching.within", helper.days)
    return f"{blocks.shorten(helper.name, blocks.BUTTON_LENGTH - len(within) - 2)}, {within}"


def _lines(*said: str) -> Message:
    return Message("\n".join(said), tuple(map(blocks.section, said)))
