"""The forms of the career center's parts: what they ask, and what was given in them, read and looked over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from messages import blocks
from messages import center_written as written
from messages.blocks import Block
from messages.center_page import FEATURES, weekday
from messages.center_presses import BringBack
from messages.center_written import Choices, Facts, Given
from messages.forms import CenterPart, StaffForm, answer, ticked
from messages.locale import Locale

MODES = ("on", "ask", "off")
LEAST_KEPT, MOST_KEPT = 7, 365  # days
WORKING_DAYS = range(5)


def form(locale: Locale, part: str, facts: Facts, choices: Choices, *, undoable: bool) -> dict[str, Any]:
    about = f"*{locale.phrase(f'labels.center_{part}')}*\n{locale.phrase(f'center.about_{part}')}"
    back = [blocks.actions(BringBack(part).button(locale.phrase("labels.center_bring_back")))] if undoable else []
    return CenterPart(part).view(
        title=locale.phrase("center.view_title"),
        blocks=[blocks.section(about), *FIELDS[part](locale, facts, choices), *back],
        submit=locale.phrase("labels.save"), close=locale.phrase("labels.back"),
    )  # fmt: skip


def given(locale: Locale, view: Mapping[str, Any], part: str, facts: Facts) -> Given:
    """What a submitted form holds."""
    return READERS[part](locale, view, facts)


def staff_form(locale: Locale, staff: Sequence[str]) -> dict[str, Any]:
    menu = blocks.users_select("staff", locale.phrase("center.staff_example"), initial=staff)
    return StaffForm().view(
        title=locale.phrase("center.view_title"),
        blocks=[
            blocks.section(locale.phrase("center.about_staff")),
            blocks.field(locale.phrase("center.staff_label"), menu, optional=False),
        ],
        submit=locale.phrase("labels.save"), close=locale.phrase("labels.back"),
    )  # fmt: skip


# channel


def _channel(locale: Locale, facts: Facts, _choices: Choices) -> list[Block]:
    menu = blocks.channel_select("channel", locale.phrase("center.channel_example"), initial=facts["channel"])
    return [blocks.field(locale.phrase("center.channel_label"), menu)]


def _read_channel(_locale: Locale, view: Mapping[str, Any], _facts: Facts) -> Given:
    return Given({"channel": answer(view, "channel")})


# community


def _community(locale: Locale, facts: Facts, choices: Choices) -> list[Block]:
    zones = {name: [blocks.option(each.replace("_", " "), each) for each in zones]
             for name, zones in choices.zones.items()}  # fmt: skip
    countries = {name: [blocks.option(country, code) for code, country in each]
                 for name, each in choices.countries.items()}  # fmt: skip
    languages = [blocks.option(each, each) for each in choices.languages]
    example = {name: locale.phrase(f"center.{name}_example") for name in ("zone", "country", "locale")}
    spoken = facts["locale"] or choices.languages[0]
    menus = {
        "zone": blocks.grouped_select("zone", example["zone"], zones, initial=facts["zone"]),
        "country": blocks.grouped_select("country", example["country"], countries, initial=facts["country"]),
        "locale": blocks.select("locale", example["locale"], languages, initial=spoken),
    }
    return [
        blocks.field(locale.phrase(f"center.{name}_label"), menu, hint=locale.phrase(f"center.{name}_hint"))
        for name, menu in menus.items()
    ]


def _read_community(_locale: Locale, view: Mapping[str, Any], _facts: Facts) -> Given:
    return Given({name: answer(view, name) for name in ("zone", "country", "locale")})


# check-ins and how long things are kept


def _check_ins(locale: Locale, facts: Facts, _choices: Choices) -> list[Block]:
    modes = [blocks.option(locale.phrase(f"center.check_ins_{each}"), each) for each in MODES]
    mode = blocks.select("check_ins", locale.phrase("center.check_ins_label"), modes, initial=facts["check_ins"])
    kept = blocks.number_input("retention_days", least=LEAST_KEPT, most=MOST_KEPT, initial=facts["retention_days"])
    return [
        blocks.field(locale.phrase("center.check_ins_label"), mode, optional=False),
        blocks.field(
            locale.phrase("center.retention_label"), kept, optional=False, hint=locale.phrase("center.retention_hint")
        ),
    ]


def _read_check_ins(_locale: Locale, view: Mapping[str, Any], facts: Facts) -> Given:
    mode, days = answer(view, "check_ins"), int(answer(view, "retention_days") or facts["retention_days"])
    kept = min(max(days, LEAST_KEPT), MOST_KEPT)
    return Given({"check_ins": mode if mode in MODES else facts["check_ins"], "retention_days": kept})


# weekly posts, features


def _weekly(locale: Locale, facts: Facts, _choices: Choices) -> list[Block]:
    days = [blocks.option(weekday(locale, each), str(each)) for each in WORKING_DAYS]
    boxes = blocks.checkboxes("post_days", days, ticked=[str(each) for each in facts["post_days"]])
    return [blocks.field(locale.phrase("center.weekly_label"), boxes, hint=locale.phrase("center.weekly_hint"))]


def _read_weekly(_locale: Locale, view: Mapping[str, Any], _facts: Facts) -> Given:
    return Given({"post_days": [day for day in WORKING_DAYS if str(day) in ticked(view, "post_days")]})


def _features(locale: Locale, facts: Facts, _choices: Choices) -> list[Block]:
    options = [blocks.option(locale.phrase(f"center.feature_{each}"), each) for each in FEATURES]
    boxes = blocks.checkboxes("on", options, ticked=[each for each in FEATURES if each not in facts["off"]])
    return [blocks.field(locale.phrase("center.features_label"), boxes)]


def _read_features(_locale: Locale, view: Mapping[str, Any], _facts: Facts) -> Given:
    return Given({"off": [each for each in FEATURES if each not in ticked(view, "on")]})


FIELDS: Mapping[str, Callable[[Locale, Facts, Choices], list[Block]]] = {
    "channel": _channel, "community": _community, "check_ins": _check_ins, "help": written.help_fields,
    "quiet": written.quiet_fields, "cards": written.cards_fields, "weekly": _weekly,
    "coaches": written.coaches_fields, "features": _features,
}  # fmt: skip
READERS: Mapping[str, Callable[[Locale, Mapping[str, Any], Facts], Given]] = {
    "channel": _read_channel, "community": _read_community, "check_ins": _read_check_ins, "help": written.read_help,
    "quiet": written.read_quiet, "cards": written.read_cards, "weekly": _read_weekly,
    "coaches": written.read_coaches, "features": _read_features,
}  # fmt: skip
