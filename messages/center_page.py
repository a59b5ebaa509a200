"""The page of the career center: what is set, what is still to do, and the way to each form. Only staff see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from messages import blocks, sharing_queue
from messages.blocks import Block, Element, escape
from messages.center_presses import (
    HelloToMe,
    OpenCenter,
    OpenNumbers,
    OpenPart,
    OpenStaff,
    Pause,
    PostToMe,
    Resume,
    SayHello,
    TryAgain,
)
from messages.forms import CenterPage
from messages.locale import WEEKDAYS, Locale
from messages.staff import trouble

# In the order in which a new center goes through them.
PARTS = ("channel", "community", "check_ins", "help", "quiet", "cards", "weekly", "coaches", "features")
FEATURES = ("weekly", "guide", "coach", "support", "numbers")
Facts = Mapping[str, Any]  # what is set, by its name in ``bot.center``, as JSON holds it


@dataclass(frozen=True)
class Standing:
    """How things are besides what is set. ``trouble`` is Slack's error for the channel; ``staff`` are user ids."""

    staff: Sequence[str] = ()
    trouble: str = ""
    has_posted: bool = False
    paused: bool = False
    lacks: Sequence[str] = ()  # what this workspace did not allow, by the key of its sentence
    shares: bool = False  # whether something can be shared without a name here, were there enough members
    shared: int | None = None  # how much of it waits for staff; None where there are too few


def home(locale: Locale) -> list[Block]:
    """What staff see on their Home besides everybody's."""
    button = OpenCenter().button(locale.phrase("labels.center"))
    return [blocks.section(locale.phrase("center.home"), accessory=button)]


def page(locale: Locale, facts: Facts, standing: Standing) -> dict[str, Any]:
    shown = [
        blocks.section(locale.phrase("center.paused_now" if standing.paused else "center.intro")),
        blocks.section("\n".join(_checklist(locale, facts, standing))),
        *_channel(locale, facts, standing),
        *(_part(locale, part, facts) for part in PARTS),
        _row(locale, "staff", _mentions(standing.staff), OpenStaff()),
        *([sharing_queue.row(locale, standing.shared)] if standing.shares else []),
        *(blocks.small(locale.phrase(f"center.lacks_{each}")) for each in standing.lacks),
        blocks.actions(*_doors(locale, facts, standing)),
    ]
    return CenterPage().view(
        title=locale.phrase("center.view_title"), blocks=shown, close=locale.phrase("labels.close")
    )


def _checklist(locale: Locale, facts: Facts, standing: Standing) -> Iterator[str]:
    yield locale.phrase("center.checklist")
    done = {
        "channel": bool(facts["channel"]), "hello": standing.has_posted and not standing.trouble,
        "zone": bool(facts["zone"]), "help": bool(facts["counseling"]), "second": len(standing.staff) > 1,
    }  # fmt: skip
    for what, is_done in done.items():
        yield locale.phrase(
            "thread.step_done" if is_done else "thread.step_open", title=locale.phrase(f"center.to_{what}")
        )


def _channel(locale: Locale, facts: Facts, standing: Standing) -> Iterator[Block]:
    place = f"<#{facts['channel']}>"
    if facts["channel"] and standing.trouble:
        yield blocks.section(trouble(locale, standing.trouble, place))
        yield blocks.actions(TryAgain().button(locale.phrase("labels.center_try_again"), style="primary"))
    elif facts["channel"] and not standing.has_posted:
        yield blocks.section(locale.phrase("center.invite", place=place))


def _doors(locale: Locale, facts: Facts, standing: Standing) -> list[Element]:
    hello = SayHello().button(locale.phrase("labels.center_hello"))
    to_me = HelloToMe().button(locale.phrase("labels.center_hello_to_me"))
    if standing.paused:
        return [Resume().button(locale.phrase("labels.center_resume"), style="primary")]
    sure = blocks.confirm(
        locale.phrase("center.pause_title"), locale.phrase("center.pause_sure"), locale.phrase("labels.center_pause"),
        locale.phrase("labels.close"),
    )  # fmt: skip
    pause = Pause().button(locale.phrase("labels.center_pause")) | {"confirm": sure}
    post = PostToMe().button(locale.phrase("labels.post_to_me"))
    numbers = OpenNumbers().button(locale.phrase("labels.center_numbers"))
    counted = facts["channel"] and "numbers" not in facts["off"]
    return [*([hello, to_me, post] if facts["channel"] else []), *([numbers] if counted else []), pause]


def _part(locale: Locale, part: str, facts: Facts) -> Block:
    return _row(locale, part, now(locale, part, facts), OpenPart(part))


def _row(locale: Locale, part: str, said: str, press: OpenPart | OpenStaff) -> Block:
    name = locale.phrase(f"labels.center_{part}")
    return blocks.section(f"*{name}*\n{said or locale.phrase('center.not_set')}", accessory=press.button(name))


def now(locale: Locale, part: str, facts: Facts) -> str:
    """What is set in this part, in words; empty where nothing is."""
    return IN_WORDS[part](locale, facts)


def _first_lines(*names: str) -> Callable[[Locale, Facts], str]:
    def said(_locale: Locale, facts: Facts) -> str:
        return escape(", ".join(str(facts[each]).splitlines()[0] for each in names if facts[each]))

    return said


def _check_ins(locale: Locale, facts: Facts) -> str:
    mode = locale.phrase(f"center.check_ins_{facts['check_ins']}")
    return f"{mode} {locale.phrase('center.kept_for', days=facts['retention_days'])}"


def _features(locale: Locale, facts: Facts) -> str:
    off = ", ".join(locale.phrase(f"center.feature_{each}") for each in facts["off"])
    return locale.phrase("center.off", what=off) if off else locale.phrase("center.all_on")


IN_WORDS: Mapping[str, Callable[[Locale, Facts], str]] = {
    "channel": lambda _locale, facts: f"<#{facts['channel']}>" if facts["channel"] else "",
    "community": _first_lines("zone", "country", "locale"),
    "check_ins": _check_ins,
    "help": _first_lines("counseling", "visa_link", "unfair_link"),
    "quiet": lambda locale, facts: ", ".join(spans(locale, facts["quiet"])),
    "cards": lambda _locale, facts: "\n".join(card_line(each) for each in facts["lines"].values()),
    "weekly": lambda locale, facts: ", ".join(weekday(locale, each) for each in facts["post_days"]),
    "coaches": lambda _locale, facts: escape(", ".join(each["name"] for each in facts["coaches"])),
    "features": _features,
}


def for_members(locale: Locale, facts: Facts) -> str:
    """What concerns everybody, on the page about who can see what."""
    none = locale.phrase("privacy.center_none")
    on = [locale.phrase(f"center.feature_{each}") for each in FEATURES if each not in facts["off"]]
    quiet = ", ".join(spans(locale, facts["quiet"]))
    mode = locale.phrase(f"center.check_ins_{facts['check_ins']}")
    return locale.phrase("privacy.center", check_ins=mode, quiet=quiet or none, on=", ".join(on) or none)


def card_line(line: Mapping[str, str]) -> str:
    """A line staff added, as it stands on the card."""
    text = escape(line["text"])
    return f"<{line['link']}|{text}>" if line["link"] else text


def spans(locale: Locale, quiet: str) -> Iterator[str]:
    """Quiet dates as staff write them: ``2026-12-20 to 2027-01-03``."""
    for span in quiet.splitlines():
        first, _, last = span.partition("/")
        yield first if first == last else locale.phrase("center.span", first=first, last=last)


def weekday(locale: Locale, day: int) -> str:
    return locale.texts[f"dates:weekdays.{WEEKDAYS[day]}"]


def _mentions(users: Sequence[str]) -> str:
    return ", ".join(f"<@{user}>" for user in users)
