"""What the bot says when somebody writes to it: it does not pretend to understand."""

from __future__ import annotations

from messages import blocks, presses
from messages.blocks import Message
from messages.locale import Locale


def menu(locale: Locale, *, said: str = "menu.said", check_ins_on: bool = True) -> Message:
    """One line and the doors that are always open."""
    line = locale.phrase(said)
    switch = presses.Stop() if check_ins_on else presses.TurnOn()
    label = "labels.stop" if check_ins_on else "labels.turn_on"
    return Message(
        line,
        (
            blocks.section(line),
            blocks.actions(
                presses.Talk().button(locale.phrase("labels.talk"), style="primary"),
                presses.ShowSteps().button(locale.phrase("labels.show_steps")),
                presses.Begin().button(locale.phrase("labels.begin")),
                switch.button(locale.phrase(label)),
            ),
        ),
    )
