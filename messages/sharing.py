"""Support without my name: the form, the exact post, and what comes back to its author. It never says who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from messages import blocks, presses
from messages.blocks import Block, Element, Message, escape
from messages.forms import Reading
from messages.locale import Locale
from messages.sharing_forms import NoteForm, ShareForm, ShareIt
from messages.sharing_presses import (
    AnswerNote,
    EndTalk,
    OpenSharing,
    ReplyPrivately,
    ShareAgain,
    ShowStaff,
    TakeBackShared,
)

LONGEST, LONGEST_NAMES, LONGEST_NOTE = 700, 200, 700
MINE = 3  # of one's own posts under the form
REASONS = ("names", "heavy", "selling", "elsewhere", "own")  # that staff choose from; ``own``: in their words
LETTERS = (*REASONS, "unread", "unposted", "muted", "shown")
LAST_WORD = ("muted", "shown")  # after these nothing can be changed and shared again


@dataclass(frozen=True)
class Mine:
    """One of the member's own posts: its text, and where it is (waiting, approved, posted, returned)."""

    share: str
    text: str
    state: str


@dataclass(frozen=True)
class Returned:
    """Why it was not posted: one of ``LETTERS``, and what staff wrote."""

    share: str
    why: str
    words: str = ""


def form(locale: Locale, mine: Sequence[Mine] = (), *, text: str = "", said: str = "") -> dict[str, Any]:
    """Only the words are needed. Below stands what was shared before, each with the way back."""
    example = locale.phrase("sharing.text_example")
    words = blocks.text_input("text", max_length=LONGEST, multiline=True, placeholder=example, initial=text or None)
    names = blocks.text_input("names", max_length=LONGEST_NAMES, placeholder=locale.phrase("sharing.names_example"))
    return ShareForm().view(
        title=locale.phrase("sharing.view_title"),
        blocks=[
            blocks.section(locale.phrase(f"sharing.{said or 'intro'}")),
            blocks.field(locale.phrase("sharing.text_label"), words, optional=False),
            blocks.field(locale.phrase("sharing.names_label"), names, hint=locale.phrase("sharing.names_hint")),
            blocks.small(locale.phrase("sharing.style")),
            *_mine(locale, mine),
        ],
        submit=locale.phrase("labels.sharing_preview"), close=locale.phrase("labels.close"),
    )  # fmt: skip


def only_mine(locale: Locale, why: str, mine: Sequence[Mine]) -> dict[str, Any]:
    """Where nothing can be shared now: why, and what was shared before."""
    drawn = [blocks.section(locale.phrase(f"sharing.{why}")), *_mine(locale, mine)]
    return Reading().view(title=locale.phrase("sharing.view_title"), blocks=drawn, close=locale.phrase("labels.close"))


def preview(
    locale: Locale, there: Locale, text: str, *, place: str, operator: str, cut: bool, offer: Sequence[Block]
) -> dict[str, Any]:
    """Exactly what will stand in the channel, drawn in its language ``there``; ``cut``: something was taken out."""
    taken = [blocks.small(locale.phrase("sharing.cut"))] if cut else []
    return ShareIt(text).view(
        title=locale.phrase("sharing.preview_title"),
        blocks=[
            blocks.section(locale.phrase("sharing.preview", place=place)), blocks.divider(),
            *_post(there, text, there.phrase("sharing.post_answer")), blocks.divider(), *taken,
            blocks.section(locale.phrase("sharing.how")),
            blocks.small(locale.phrase("sharing.honest", operator=escape(operator))), *offer,
        ],
        submit=locale.phrase("labels.sharing_share"), close=locale.phrase("labels.back"),
    )  # fmt: skip


def told(locale: Locale, key: str, *written: str, offer: Sequence[Block] = ()) -> dict[str, Any]:
    """One sentence, and the words it is about. Closing it closes what lies below."""
    about = blocks.written(*written) if written else []
    drawn = [blocks.section(locale.phrase(f"sharing.{key}")), *about, *offer]
    title, close = locale.phrase("sharing.view_title"), locale.phrase("labels.close")
    return Reading().view(title=title, blocks=drawn, close=close) | {"clear_on_close": True}


def post(locale: Locale, share: str, text: str, *, open_to_answers: bool) -> Message:
    """In the channel. The words stand apart, so no notification shows them."""
    last = locale.phrase("sharing.post_answer" if open_to_answers else "sharing.post_closed")
    reply = [blocks.actions(ReplyPrivately(share).button(locale.phrase("labels.sharing_reply")))]
    drawn = (*_post(locale, text, last), *(reply if open_to_answers else []))
    return Message("\n".join([locale.phrase("sharing.post"), last]), drawn)


def posted(locale: Locale, share: str, *, place: str, day: str) -> Message:
    line = locale.phrase("sharing.posted", place=place, day=day)
    return Message(line, (blocks.section(line), blocks.actions(_back(locale, share))))


def returned(locale: Locale, back: Returned) -> Message:
    """Kindly, with the words still there to be changed."""
    first = "returned_shown" if back.why == "shown" else "returned"
    lines = [locale.phrase(f"sharing.{first}"), locale.phrase(f"sharing.back_{back.why}")]
    note = blocks.written(back.words) if back.words else []
    last = [] if back.why in LAST_WORD else [locale.phrase("sharing.change")]
    again = ShareAgain(back.share).button(locale.phrase("labels.sharing_again"))
    buttons = [*([again] if last else []), presses.Talk().button(locale.phrase("labels.talk"))]
    drawn = (*map(blocks.section, lines), *note, *map(blocks.section, last), blocks.actions(*buttons))
    return Message("\n".join([*lines, *last]), drawn)


def note_form(locale: Locale, to: NoteForm) -> dict[str, Any]:
    words = blocks.text_input("note", max_length=LONGEST_NOTE, multiline=True)
    about = locale.phrase("sharing.note_intro" if to.share else "sharing.note_again")
    return to.view(
        title=locale.phrase("sharing.note_title"),
        blocks=[
            blocks.section(about),
            blocks.field(
                locale.phrase("sharing.note_label"), words, optional=False, hint=locale.phrase("sharing.note_hint")
            ),
        ],
        submit=locale.phrase("labels.sharing_send"), close=locale.phrase("labels.close"),
    )  # fmt: skip


def note(locale: Locale, talk: str, words: str, *, to_author: bool) -> Message:
    """What the other one wrote, with no name."""
    first = locale.phrase("sharing.note_to_author" if to_author else "sharing.note_to_reader")
    last = locale.phrase("sharing.note_last")
    title, text, yes = (locale.phrase(f"sharing.{each}") for each in ("end_title", "end_sure", "end_yes"))
    sure = blocks.confirm(title, text, yes, locale.phrase("labels.cancel_end"))
    buttons = (
        AnswerNote(talk).button(locale.phrase("labels.sharing_answer")),
        EndTalk(talk).button(locale.phrase("labels.sharing_end")) | {"confirm": sure}, _show_staff(locale, talk),
    )  # fmt: skip
    drawn = (blocks.section(first), *blocks.written(words), blocks.small(last), blocks.actions(*buttons))
    return Message("\n".join([first, last]), drawn)


def written_in(message: Mapping[str, Any]) -> str:
    """The other one's words in a note that was drawn by ``note``; empty where it is none."""
    plain = (block.get("text") or {} for block in message.get("blocks") or () if block.get("type") == "section")
    return "\n".join(str(each.get("text")) for each in plain if each.get("type") == "plain_text")


def said(locale: Locale, key: str) -> Message:
    """In place of a message that was pressed."""
    line = locale.phrase(f"sharing.{key}")
    return Message(line, (blocks.section(line),))


def doors(locale: Locale) -> list[Element]:
    return [OpenSharing().button(locale.phrase("labels.sharing"))]


def at_home(locale: Locale) -> list[Block]:
    return [blocks.section(locale.phrase("sharing.home"), accessory=doors(locale)[0])]


def _post(locale: Locale, text: str, last: str) -> list[Block]:
    return [blocks.section(locale.phrase("sharing.post")), *blocks.written(text), blocks.small(last)]


def _show_staff(locale: Locale, talk: str) -> Element:
    label = locale.phrase("labels.sharing_show")
    title, text = locale.phrase("sharing.show_title"), locale.phrase("sharing.show_sure")
    sure = blocks.confirm(title, text, label, locale.phrase("labels.cancel_end"))
    return ShowStaff(talk).button(label) | {"confirm": sure}


def _mine(locale: Locale, mine: Sequence[Mine]) -> list[Block]:
    """The newest ones; of each its own button, so that a screen reader tells them apart."""
    if not mine:
        return []
    drawn: list[Block] = [blocks.divider(), blocks.section(locale.phrase("sharing.mine"))]
    for place, each in enumerate(mine[-MINE:], 1):
        state, back = locale.phrase(f"sharing.mine_{each.state}", n=place), _back(locale, each.share, place)
        drawn += [blocks.section(state, accessory=back), *blocks.written(each.text)]
    return drawn


def _back(locale: Locale, share: str, place: int = 0) -> Element:
    label = locale.phrase("labels.sharing_back_n", n=place) if place else locale.phrase("labels.sharing_back")
    title, text = locale.phrase("sharing.back_title"), locale.phrase("sharing.back_sure")
    sure = blocks.confirm(title, text, locale.phrase("labels.sharing_back"), locale.phrase("labels.cancel"))
    return TakeBackShared(share).button(label) | {"confirm": sure}
