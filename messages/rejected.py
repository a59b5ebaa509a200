"""The answer to ``/rejected``: a pointer to the private thread, seen only by the one who typed it; and the form."""

from __future__ import annotations

from typing import Any

from messages import blocks, presses
from messages.blocks import Element, Message
from messages.forms import Rejection
from messages.locale import STAGES, Locale
from messages.sentences import sentence


def pointer(locale: Locale, *, link: str, repeated: str = "") -> Message:
    """One warm line and the way to the thread. ``repeated`` is the journey that the same words led to already."""
    line = locale.phrase("rejected.repeated" if repeated else "rejected.pointer")
    way = f"<{link}|{locale.phrase('rejected.pointer_link')}>"
    drawn = [blocks.section(f"{line}\n{way}")]
    if repeated:
        another = presses.AnotherOne(repeated).button(locale.phrase("labels.another"))
        drawn.append(blocks.actions(another, _many(locale)))
    return Message(f"{line} {way}", tuple(drawn))


def usage(locale: Locale, *, command: str) -> Message:
    """What the command understands. It says the name of the command, so it is only ever an ephemeral answer."""
    lines = [locale.phrase(f"help.{part}", command=command) for part in ("intro", "names", "commands")]
    talk = presses.Talk().button(locale.phrase("labels.talk"))
    return Message("\n".join(lines), (*(blocks.section(line) for line in lines), blocks.actions(talk)))


def history(locale: Locale, lines: list[tuple[str, str, str]], *, command: str) -> Message:
    """The latest threads as (day, stage, name); names in plain text of their own."""
    if not lines:
        return sentence(locale, "history.empty", command=command)
    intro = locale.phrase("history.intro")
    said, drawn = [intro], [blocks.section(intro)]
    for day, stage, name in lines:
        line = locale.phrase("history.line", day=day, stage=locale.phrase(f"stages.{stage}"))
        said.append(line)
        drawn += [blocks.section(line)] + ([blocks.quoted(name)] if name else [])
    more = locale.phrase("history.more_at_home")
    return Message("\n".join([*said, more]), (*drawn, blocks.section(more)))


def form(locale: Locale, *, home: bool = False) -> dict[str, Any]:
    """Company, role and stage: each may stay empty. ``home``: it was opened from there."""
    stages = [blocks.option(locale.phrase(f"stages.{key}"), key) for key in STAGES if key != "none"]
    fields = [
        blocks.section(locale.phrase("rejected.form_intro")),
        blocks.field(
            locale.phrase("rejected.company_label"),
            blocks.text_input("company", placeholder=locale.phrase("rejected.company_example")),
            hint=locale.phrase("rejected.company_hint"),
        ),
        blocks.field(
            locale.phrase("rejected.role_label"),
            blocks.text_input("role", placeholder=locale.phrase("rejected.role_example")),
        ),
        blocks.field(
            locale.phrase("rejected.stage_label"),
            blocks.select("stage", locale.phrase("rejected.stage_example"), stages),
        ),
        blocks.actions(_many(locale)),
    ]
    return Rejection(home=home).view(
        title=locale.phrase("rejected.form_title"), blocks=fields, submit=locale.phrase("labels.start"),
        close=locale.phrase("labels.close"),
    )  # fmt: skip


def started(locale: Locale, *, link: str) -> dict[str, Any]:
    """What the form turns into once the thread is on its way."""
    return Rejection().view(
        title=locale.phrase("rejected.started_title"), blocks=list(pointer(locale, link=link).blocks),
        close=locale.phrase("labels.close"),
    )  # fmt: skip


def _many(locale: Locale) -> Element:
    return presses.OpenSeveral().button(locale.phrase("labels.many"))
