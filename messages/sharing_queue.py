"""What staff see of what members want to share without a name: the words, one at a time. Never whose, never when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from messages import blocks, lint
from messages.blocks import Block, Element
from messages.forms import Reading
from messages.locale import Locale
from messages.sharing import REASONS
from messages.sharing_forms import SendBack
from messages.sharing_presses import Approve, LeaveShown, MuteAuthor, NextShared, OpenQueue, OpenSendBack

LONGEST_REASON = 300


def row(locale: Locale, waiting: int | None) -> Block:
    """On the page of the center; None where too few members used the bot for anybody to be hidden among them."""
    name = locale.phrase("labels.sharing_queue")
    if waiting is None:
        return blocks.section(f"*{name}*\n{locale.phrase('sharing_queue.few')}")
    said = locale.count("sharing_queue.waiting", waiting) if waiting else locale.phrase("sharing_queue.nothing")
    return blocks.section(f"*{name}*\n{said}", accessory=OpenQueue().button(name))


@dataclass(frozen=True)
class Waiting:
    """One that staff have to decide about: its id and its words. Nothing else is known of it."""

    share: str
    text: str
    is_answer: bool = False  # a private one that somebody showed them


def page(locale: Locale, first: Waiting | None, *, left: int, said: str = "") -> dict[str, Any]:
    """The one to decide about, and how many there are with it. ``said``: what became of the one before."""
    before = [blocks.section(locale.phrase(f"sharing_queue.{said}"))] if said else []
    if first is None:
        return _reading(locale, [*before, blocks.section(locale.phrase("sharing_queue.nothing"))])
    counted = blocks.section(locale.count("sharing_queue.waiting", left))
    about = [blocks.section(locale.phrase("sharing_queue.about_answer"))] if first.is_answer else []
    care = blocks.small(locale.phrase("sharing_queue.care_answer" if first.is_answer else "sharing_queue.care"))
    buttons = blocks.actions(*_buttons(locale, first, left=left))
    shown = [blocks.divider(), *about, *blocks.written(first.text), buttons]
    return _reading(locale, [*before, counted, *shown, care])


def _buttons(locale: Locale, first: Waiting, *, left: int) -> list[Element]:
    share = first.share
    mute = MuteAuthor(share).button(locale.phrase("labels.queue_mute")) | {"confirm": _sure(locale)}
    later = [NextShared(share).button(locale.phrase("labels.queue_next"))] if left > 1 else []
    if first.is_answer:
        return [LeaveShown(share).button(locale.phrase("labels.queue_leave")), mute, *later]
    approve = Approve(share).button(locale.phrase("labels.queue_approve"), style="primary")
    return [approve, OpenSendBack(share).button(locale.phrase("labels.queue_back")), mute, *later]


def form(locale: Locale, share: str) -> dict[str, Any]:
    options = [blocks.option(locale.phrase(f"sharing_queue.why_{each}"), each) for each in REASONS]
    why = blocks.select("why", locale.phrase("sharing_queue.why_example"), options)
    words = blocks.text_input("words", max_length=LONGEST_REASON, multiline=True)
    return SendBack(share).view(
        title=locale.phrase("sharing_queue.view_title"),
        blocks=[
            blocks.section(locale.phrase("sharing_queue.about_back")),
            blocks.field(locale.phrase("sharing_queue.why_label"), why, optional=False),
            blocks.field(
                locale.phrase("sharing_queue.words_label"), words, hint=locale.phrase("sharing_queue.words_hint")
            ),
        ],
        submit=locale.phrase("labels.queue_send_back"), close=locale.phrase("labels.back"),
    )  # fmt: skip


def flaw(locale: Locale, why: str, words: str) -> str:
    """What is wrong with a reason, in a sentence; empty where nothing is."""
    if not words:
        return locale.phrase("sharing_queue.words_needed") if why == "own" else ""
    found = next(lint.flaws(words, longest=LONGEST_REASON, banned=locale.banned), None)
    return f"{found.what} {found.remedy}" if found else ""


def _sure(locale: Locale) -> blocks.Element:
    title, text = locale.phrase("sharing_queue.mute_title"), locale.phrase("sharing_queue.mute_sure")
    return blocks.confirm(title, text, locale.phrase("labels.queue_mute"), locale.phrase("labels.close"))


def _reading(locale: Locale, drawn: list[Block]) -> dict[str, Any]:
    title = locale.phrase("sharing_queue.view_title")
    return Reading().view(title=title, blocks=drawn, close=locale.phrase("labels.back"))
