"""Everything a member can ever see, looked at as Slack looks at it and as a screen reader hears it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.grammar import COMMANDS
from bot.sandbox.block_kit import check_message, check_view
from handlers.errors import SENTENCES
from messages import lint, presses, sentences
from messages.blocks import SECTION_LENGTH, Block
from messages.reading import words
from tests.messages.gallery import COMMAND, OPERATORS, ROOMS, Picture, english, room

ROOT = Path(__file__).parents[2]
# How many pictures hang in each room, so that none is emptied by mistake. Countries and zones come and go with data.
AT_LEAST = {
    "cards": 1024, "parents": 2240, "named parents": 576, "short parents": 24, "cards in a situation": 2048,
    "boxes and several noes": 32, "check-ins": 1182, "answered check-ins": 5184,
    "check-ins answered in place": 2016, "answers": 82, "forms": 4,
    "direct messages": 6, "three questions": 96, "game plans": 78, "plan forms": 12, "plans": 228, "kept": 367,
    "feedback forms": 12, "feedback": 120, "drafts to fill in": 139, "drafts written": 312, "copies of drafts": 138,
    "talk": 60, "listening": 250, "preferences": 400, "privacy": 40, "home": 110, "history": 61, "steps on Home": 96,
    "patterns": 63, "before an interview": 96, "welcome": 3,
    "career center": 80, "forms of the career center": 300, "numbers": 10,
    "guide for everyone": 15, "weekly posts": 20, "previews of posts": 80, "notes to staff": 8,
    "notes to operators": 3, "the end": 3, "hellos in the channel": 6,
    "sharing without a name": 170, "posts without a name": 70, "private answers": 100, "queue of staff": 45,
    "asking a coach": 60, "talks with a coach": 300,
}  # fmt: skip
# A channel by its name, and the one colleague whom the notes to staff are about: neither is called by it.
OUTSIDE = re.compile(r"<(?!https?://|mailto:|slack://|#C|@U0ALEX00001>)")
LEADS_ON = re.compile(r"<[^<>]+>")
AT_LARGE = ("sentences.broken", "sentences.slow", "sentences.slow_form")
SAYS = re.compile(r"(\w+\.)?sentence")
NOT_GRADED = {"talk", "listening"}  # names, numbers and hours as the organisations write them


@pytest.fixture(params=ROOMS, ids=lambda name: f"{name}: {AT_LEAST[name]} or more")
def pictures(request: pytest.FixtureRequest) -> tuple[Picture, ...]:
    return room(request.param)


def no_faults(faults: Iterator[str], looked_at: int) -> None:
    """Each fault once, with how many pictures have it."""
    found = Counter(faults)
    shown = "\n".join(f"{times} times: {fault}" for fault, times in found.most_common(20))
    assert not found, f"{len(found)} faults in {looked_at} pictures:\n{shown}"


def blocks_of(picture: Picture) -> list[Block]:
    return list(picture.payload["blocks"])


def elements_of(block: Block) -> list[Mapping[str, Any]]:
    return [*block.get("elements", ()), *(block[name] for name in ("element", "accessory") if name in block)]


def texts_of(part: Any) -> Iterator[Mapping[str, Any]]:
    """Every text object in a payload, wherever it lies."""
    if isinstance(part, Mapping):
        if part.get("type") in ("plain_text", "mrkdwn"):
            yield part
        part = list(part.values())
    if isinstance(part, list | tuple):
        for each in part:
            yield from texts_of(each)


def is_quoted(block: Block) -> bool:
    """A member's own words stand alone, in plain text, in a block of their own; our sentences are mrkdwn."""
    return block["type"] in ("context", "section") and all(each["type"] == "plain_text" for each in texts_of(block))


def said(picture: Picture) -> str:
    """Everything on the screen that is ours, labels too, and the top-level text."""
    ours = [each["text"] for block in blocks_of(picture) if not is_quoted(block) for each in texts_of(block)]
    around = [each["text"] for name in ("title", "submit", "close") for each in texts_of(picture.payload.get(name))]
    read_aloud = [
        each["accessibility_label"] for block in blocks_of(picture) for each in elements_of(block)
        if "accessibility_label" in each
    ]  # fmt: skip
    return "\n".join([*around, *ours, *read_aloud, picture.text or ""])


def heard(text: str) -> str:
    """As it is read aloud: without marks, wherever its lines end."""
    return " ".join(text.split())


def test_every_room_is_full() -> None:
    hung = {name: len(room(name)) for name in ROOMS}
    lost = {name: f"{hung[name]} of {number}" for name, number in AT_LEAST.items() if hung[name] < number}
    assert not lost, f"{sum(hung.values())} pictures in all; fewer than there were: {lost}"
    assert hung.keys() == AT_LEAST.keys()


def test_slack_would_take_every_one(pictures: tuple[Picture, ...]) -> None:
    def complaints() -> Iterator[str]:
        for each in pictures:
            check = check_view if each.text is None else check_message
            yield from (f"{each.title}: {complaint}" for complaint in check(each.payload))

    no_faults(complaints(), len(pictures))


def test_every_message_can_be_heard_and_is_not_endless(pictures: tuple[Picture, ...]) -> None:
    lengths = {each.title: len(each.text.strip()) for each in pictures if each.text is not None}
    assert not {title: length for title, length in lengths.items() if not 0 < length <= SECTION_LENGTH}


def test_no_notification_shows_the_name_or_the_no(pictures: tuple[Picture, ...]) -> None:
    def leaks() -> Iterator[str]:
        for each in pictures:
            text = (each.text or "").casefold()
            yield from (f"{each.title}: the name" for name in each.own_words if name.strip().casefold() in text)
            if "reject" in text and not each.names_the_command:
                yield f"{each.title}: {text}"

    no_faults(leaks(), len(pictures))


def test_the_no_is_never_called_by_its_hard_name(pictures: tuple[Picture, ...]) -> None:
    hard = (said(each).replace(COMMAND, "") for each in pictures)
    no_faults((text for text in hard if "reject" in text.lower()), len(pictures))


def test_nothing_was_left_to_be_filled_in(pictures: tuple[Picture, ...]) -> None:
    no_faults((f"{each.title}: {said(each)}" for each in pictures if re.search(r"[{}]", said(each))), len(pictures))


def test_whoever_hears_the_text_has_heard_all_that_is_shown(pictures: tuple[Picture, ...]) -> None:
    """Headings, sections and small lines; only the way to a menu or another place is part of the screen alone."""

    def missing() -> Iterator[str]:
        for each in pictures:
            if each.text is not None:
                text = heard(each.text)
                yield from (line for line in shown_lines(each) if heard(line) not in text)

    no_faults(missing(), len(pictures))


def shown_lines(picture: Picture) -> Iterator[str]:
    blocks = blocks_of(picture)
    for number, block in enumerate(blocks):
        before_a_menu = blocks[number + 1 :] and leads_to_a_menu(blocks[number + 1])
        if block["type"] not in ("header", "section", "context") or is_quoted(block):
            continue
        for text in (each["text"] for each in texts_of(block)):
            only_a_link = LEADS_ON.fullmatch(text)
            if not (only_a_link or (block["type"] == "context" and before_a_menu)):
                yield text


def leads_to_a_menu(block: Block) -> bool:
    return any(each["type"] == "static_select" for each in elements_of(block))


def test_a_members_words_stay_plain_text_and_out_of_our_sentences(pictures: tuple[Picture, ...]) -> None:
    def alive() -> Iterator[str]:
        for each in pictures:
            for block in blocks_of(each):
                if is_quoted(block):
                    yield from (f"{each.title}: emoji" for text in texts_of(block) if text.get("emoji") is not False)
            yield from (f"{each.title}: in our words" for name in each.own_words if name in said(each))

    no_faults(alive(), len(pictures))


def test_no_sentence_mentions_anybody_or_is_changed_by_slack(pictures: tuple[Picture, ...]) -> None:
    """`verbatim` keeps Slack from making mentions and links of what is none; nothing else may stand in < and >."""

    def changed() -> Iterator[str]:
        for each in pictures:
            for text in texts_of(each.payload["blocks"]):
                if text["type"] == "mrkdwn" and (text.get("verbatim") is not True or OUTSIDE.search(text["text"])):
                    yield f"{each.title}: {text['text']}"

    no_faults(changed(), len(pictures))


def test_ids_are_told_apart(pictures: tuple[Picture, ...]) -> None:
    def doubled() -> Iterator[str]:
        for each in pictures:
            names = [block["block_id"] for block in blocks_of(each) if "block_id" in block]
            yield from (f"{each.title}: block {name}" for name, times in Counter(names).items() if times > 1)
            for block in blocks_of(each):
                ids = [element["action_id"] for element in elements_of(block) if "action_id" in element]
                yield from (f"{each.title}: {name} in one block" for name, times in Counter(ids).items() if times > 1)

    no_faults(doubled(), len(pictures))


def test_every_label_fits_on_a_phone(pictures: tuple[Picture, ...]) -> None:
    """Buttons and titles 24 characters, what else names something 75: both ends are Slack's or our own limit."""

    def too_long() -> Iterator[str]:
        for each in pictures:
            for label, most in labels(each):
                if not 0 < len(label) <= most:
                    yield f"“{label}” has {len(label)} characters, the most is {most}"

    no_faults(too_long(), len(pictures))


def labels(picture: Picture) -> Iterator[tuple[str, int]]:
    for name in ("title", "submit", "close"):
        yield from ((text["text"], lint.MODAL_TITLE) for text in texts_of(picture.payload.get(name)))
    for block in blocks_of(picture):
        yield from ((text["text"], lint.LABEL) for text in texts_of(block.get("label")))
        for element in elements_of(block):
            if element["type"] == "button":
                yield element["text"]["text"], lint.BUTTON
            elif element["type"] not in ("plain_text", "mrkdwn"):
                yield from ((text["text"], lint.LABEL) for text in texts_of(dict(element)))
            if "accessibility_label" in element:
                yield element["accessibility_label"], lint.LABEL


def test_no_two_buttons_of_one_message_say_the_same(pictures: tuple[Picture, ...]) -> None:
    def doubled() -> Iterator[str]:
        for each in pictures:
            names = Counter(
                element["text"]["text"] for block in blocks_of(each) for element in elements_of(block)
                if element["type"] == "button"
            )  # fmt: skip
            yield from (f"{each.title}: {name}" for name, times in names.items() if times > 1)

    no_faults(doubled(), len(pictures))


CHECK_INS = [name for name in ROOMS if "check-in" in name]
ENDED = {presses.TurnOn.id, presses.UndoOffer.id}  # where check-ins are off already


@pytest.mark.parametrize("name", CHECK_INS)
def test_every_check_in_can_be_stopped_whatever_was_pressed_on_it(name: str) -> None:
    def lacking() -> Iterator[str]:
        for each in room(name):
            ids = ids_of(each)
            if presses.Talk.id not in ids or not ids & {presses.Stop.id, *ENDED}:
                yield f"{each.title}: no way out among {sorted(ids)}"

    no_faults(lacking(), len(room(name)))


def test_what_is_kept_nowhere_can_be_taken_back() -> None:
    pictures = room("check-ins answered in place")
    no_faults((each.title for each in pictures if presses.Back.id not in ids_of(each)), len(pictures))


@pytest.mark.parametrize("name", CHECK_INS)
def test_a_row_of_a_check_in_fits_on_a_screen(name: str) -> None:
    rows = (block for each in room(name) for block in blocks_of(each) if block["type"] == "actions")
    assert {len(row["elements"]) for row in rows} <= {1, 2, 3, 4, 5}


def ids_of(picture: Picture) -> set[str]:
    return {each["action_id"] for block in blocks_of(picture) for each in elements_of(block) if "action_id" in each}


@pytest.mark.parametrize("name", [name for name in ROOMS if name not in NOT_GRADED])
def test_a_whole_message_is_as_easy_to_read_as_each_of_its_lines(name: str) -> None:
    def hard() -> Iterator[str]:
        for text in {each.text or shown(each) for each in room(name)}:
            ours = without_names(text)
            if len(words(ours)) >= lint.GRADED_FROM and (grade := lint.grade(ours)) > lint.HARDEST_GRADE:
                yield f"grade {grade:.1f}: {ours}"

    no_faults(hard(), len(room(name)))


def shown(picture: Picture) -> str:
    """What a view says in its blocks, in our words."""
    return "\n".join(
        text["text"] for block in blocks_of(picture)
        if block["type"] in ("header", "section", "context") and not is_quoted(block) for text in texts_of(block)
    )  # fmt: skip


def without_names(text: str) -> str:
    """An operator's name may be as long as it is."""
    for name in OPERATORS:
        for written in (name, name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")):
            text = text.replace(written, "Name")
    return text


# every sentence the handlers name by its key


def sentences_named() -> Iterator[tuple[str, str, set[str]]]:
    """Each call of ``sentence`` with a written key: its place, the key, and what is filled in."""
    for path in sorted((ROOT / "handlers").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and SAYS.fullmatch(ast.unparse(node.func)) and len(node.args) > 1):
                continue
            if isinstance(key := node.args[1], ast.Constant):
                filled = {each.arg for each in node.keywords if each.arg}
                yield f"{path.relative_to(ROOT)}:{node.lineno}", str(key.value), filled


def test_every_sentence_the_handlers_name_can_be_said() -> None:
    named = list(sentences_named())
    assert len(named) >= 9, "the search has lost sight of the calls"
    wrong = [
        f"{place}: {key} lacks {sorted(lacking)}" for place, key, filled in named
        if (lacking := lint.placeholders(english().texts[f"phrases:{key}"]) - filled)
    ]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize("key", sorted({*SENTENCES.values(), *AT_LARGE}))
def test_what_is_said_when_something_goes_wrong_needs_to_know_nothing_but_the_command(key: str) -> None:
    """The command named is the gentle one: a press can come from a channel where others look on."""
    told = sentences.sentence(english(), key, command=COMMANDS[-1])
    assert check_message(told.payload()) == []
    assert check_view(sentences.told(english(), told)) == []
    assert "reject" not in told.text.lower() and "{" not in told.text
    assert lint.placeholders(english().texts[f"phrases:{key}"]) <= {"command"}
