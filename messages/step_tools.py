"""What there is to do on each card: the buttons of its step's tools, in the order they are drawn."""

from __future__ import annotations

from messages.blocks import Element
from messages.locale import Locale


def tools(locale: Locale, journey: str, stage: str, step: str, state: str) -> list[Element]:
    """At most four buttons. ``state`` is the step's: some tools are for later and stay once it is settled."""
    return []
