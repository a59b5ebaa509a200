"""What staff write for everybody: who helps, quiet dates, lines on cards, coaches. Looked over before it is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from messages import blocks, lint
from messages.blocks import Block
from messages.center_page import card_line, spans
from messages.center_presses import RemoveCoach
from messages.forms import answer
from messages.locale import STEPS, Locale

LONGEST_LINE, LONGEST_HELP = 160, 300
PROMISES = (1, 2, 3, 5)  # working days in which a coach answers
SPAN = re.compile(r"(\d{4}-\d\d-\d\d)(?:\s*(?:to|/|–|-)\s*(\d{4}-\d\d-\d\d))?")

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Choices:
    """What the menus hold: zones by region, countries as code and name by letter, languages by code."""

    zones: Mapping[str, Sequence[str]] = field(default_factory=dict)
    countries: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)
    languages: Sequence[str] = ()


@dataclass(frozen=True)
class Given:
    """What was given, ready to be kept; or which field is wrong, in a sentence."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


# who helps


def help_fields(locale: Locale, facts: Facts, _choices: Choices) -> list[Block]:
    name, _, how = facts["counseling"].partition("\n")
    return [
        blocks.field(
            locale.phrase("center.counseling_label"), blocks.text_input("name", max_length=75, initial=name or None)
        ),
        blocks.field(
            locale.phrase("center.counseling_how_label"),
            blocks.text_input("how", max_length=LONGEST_HELP, multiline=True, initial=how or None),
            hint=locale.phrase("center.counseling_how_hint"),
        ),
        blocks.field(
            locale.phrase("center.counselor_label"),
            blocks.user_select("counselor", locale.phrase("center.coach_example"), initial=facts["counselor"]),
            hint=locale.phrase("center.counselor_hint"),
        ),
        blocks.field(
            locale.phrase("center.visa_label"), blocks.url_input("visa_link", initial=facts["visa_link"]),
            hint=locale.phrase("center.visa_hint"),
        ),
        blocks.field(
            locale.phrase("center.unfair_label"), blocks.url_input("unfair_link", initial=facts["unfair_link"]),
            hint=locale.phrase("center.unfair_hint"),
        ),
    ]  # fmt: skip


def read_help(locale: Locale, view: Mapping[str, Any], _facts: Facts) -> Given:
    name, how = (" ".join((answer(view, each) or "").split()) for each in ("name", "how"))
    errors = {"how": locale.phrase("center.how_needed")} if name and not how else {}
    errors |= {"name": locale.phrase("center.name_needed")} if how and not name else {}
    links = {each: (answer(view, each) or "").strip() for each in ("visa_link", "unfair_link")}
    errors |= {each: locale.phrase("center.no_address") for each, link in links.items() if not is_address(link)}
    return Given({"counseling": f"{name}\n{how}".strip(), **links, "counselor": answer(view, "counselor")}, errors)


def is_address(link: str) -> bool:
    """Nothing, or an address that Slack's markup holds."""
    return not link or re.fullmatch(r"https://[^\s<>|]+\.[^\s<>|]+", link) is not None


# quiet dates


def quiet_fields(locale: Locale, facts: Facts, _choices: Choices) -> list[Block]:
    written = "\n".join(spans(locale, facts["quiet"]))
    box = blocks.text_input("quiet", max_length=1000, multiline=True, initial=written or None)
    return [blocks.field(locale.phrase("center.quiet_label"), box, hint=locale.phrase("center.quiet_hint"))]


def read_quiet(locale: Locale, view: Mapping[str, Any], _facts: Facts) -> Given:
    kept = []
    for line in (answer(view, "quiet") or "").splitlines():
        if not line.strip():
            continue
        span = read_span(line)
        if span is None:
            return Given(errors={"quiet": locale.phrase("center.no_dates", line=line.strip()[:60])})
        kept.append(span)
    return Given({"quiet": "\n".join(dict.fromkeys(kept))})


def read_span(line: str) -> str | None:
    """``2026-12-20 to 2027-01-03`` or one day as the span it is; None for anything else, or more than a year."""
    found = SPAN.fullmatch(line.strip())
    try:
        first, last = (date.fromisoformat(each) for each in (found[1], found[2] or found[1])) if found else (None, None)
    except ValueError:
        return None
    return f"{first}/{last}" if first and last and 0 <= (last - first).days <= 365 else None


# lines on the cards


def cards_fields(locale: Locale, facts: Facts, _choices: Choices) -> list[Block]:
    shown: list[Block] = []
    for step in STEPS:
        line = facts["lines"].get(step, {"text": "", "link": ""})
        title = locale.card(step, "none").title
        text = blocks.text_input(f"{step}_text", max_length=LONGEST_LINE, initial=line["text"] or None)
        link = blocks.url_input(f"{step}_link", initial=line["link"])
        preview = [blocks.small(f"{locale.phrase('center.on_the_card')} {card_line(line)}")] if line["text"] else []
        shown += [
            blocks.field(locale.phrase("center.line_label", title=title), text),
            blocks.field(locale.phrase("center.line_link_label", title=title), link),
            *preview,
        ]
    return shown


def read_cards(locale: Locale, view: Mapping[str, Any], _facts: Facts) -> Given:
    lines, errors = dict[str, dict[str, str]](), dict[str, str]()
    for step in STEPS:
        text, link = (" ".join((answer(view, f"{step}_{part}") or "").split()) for part in ("text", "link"))
        if link and not text:
            errors[f"{step}_text"] = locale.phrase("center.line_needed")
        if not is_address(link):
            errors[f"{step}_link"] = locale.phrase("center.no_address")
        if flaw := next(lint.flaws(text, longest=LONGEST_LINE, banned=locale.banned), None) if text else None:
            errors[f"{step}_text"] = f"{flaw.what} {flaw.remedy}"
        if text:
            lines[step] = {"text": text, "link": link}
    return Given({"lines": lines}, errors)


# coaches


def coaches_fields(locale: Locale, facts: Facts, _choices: Choices) -> list[Block]:
    promises = [blocks.option(locale.count("center.days", each), str(each)) for each in PROMISES]
    there = [
        blocks.section(
            f"{blocks.escape(each['name'])}, {locale.count('center.days', each['days'])}",
            accessory=RemoveCoach(each["user"]).button(_remove(locale, each["name"])),
        )
        for each in facts["coaches"]
    ]  # fmt: skip
    coach = blocks.user_select("coach", locale.phrase("center.coach_example"))
    booking = blocks.url_input("booking")
    days = blocks.select("days", locale.phrase("center.coach_days_label"), promises, initial="2")
    place = blocks.channel_select(
        "coach_channel", locale.phrase("center.channel_example"), initial=facts["coach_channel"]
    )
    return [
        *there,
        blocks.field(
            locale.phrase("center.coach_channel_label"), place, hint=locale.phrase("center.coach_channel_hint")
        ),
        blocks.field(locale.phrase("center.coach_label"), coach),
        blocks.field(locale.phrase("center.coach_name_label"), blocks.text_input("coach_name", max_length=60)),
        blocks.field(
            locale.phrase("center.coach_booking_label"), booking, hint=locale.phrase("center.coach_booking_hint")
        ),
        blocks.field(locale.phrase("center.coach_days_label"), days),
    ]


def read_coaches(locale: Locale, view: Mapping[str, Any], facts: Facts) -> Given:
    """One coach a time, a new one or what is known of one anew; or only the channel."""
    user, name, booking = (answer(view, each) or "" for each in ("coach", "coach_name", "booking"))
    channel = {"coach_channel": answer(view, "coach_channel")}
    if not (user or name.strip() or booking):
        return Given({"coaches": facts["coaches"], **channel})
    errors = {} if user else {"coach": locale.phrase("center.coach_needed")}
    errors |= {} if name.strip() else {"coach_name": locale.phrase("center.name_needed")}
    errors |= {} if is_address(booking) else {"booking": locale.phrase("center.no_address")}
    days = int(answer(view, "days") or PROMISES[1])
    others = [each for each in facts["coaches"] if each["user"] != user]
    coach = {"user": user, "name": name.strip(), "booking": booking, "days": days}
    return Given({"coaches": [*others, coach], **channel}, errors)


def _remove(locale: Locale, name: str) -> str:
    return blocks.shorten(locale.phrase("labels.center_remove_coach", name=name), lint.BUTTON)
