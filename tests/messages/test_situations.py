"""Every card in every situation, read as somebody in it would read them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import combinations, product
from pathlib import Path

import pytest

from bot.sandbox.block_kit import check_message
from messages import library, lint, thread
from messages.blocks import Message
from messages.lint import Banned
from messages.locale import MANY, STAGES, STEPS, Card, Locale
from messages.reading import grade, sentences, words
from messages.shelf import Shelf
from messages.situation_proof import gatherings
from messages.situations import FILE, LINKED, SITUATIONS, fit
from messages.thread import Thread
from tests.messages.gallery import english

PAGE = "https://riverside.example/advice"
SUBSETS = [each for number in range(len(SITUATIONS) + 1) for each in combinations(SITUATIONS, number)]
EVERY = list(product(STEPS, STAGES, gatherings()))  # each alone, each two, all
MOST_WORDS, EASIEST_TO_BEAR = 130, 70  # a whole card in all situations, and in one
UNMET = ("no_reply", "automated")
MEETING = re.compile(r"\b(interview|talk|call|round|offer)\b")


@dataclass(frozen=True)
class Drawn:
    """One card as it is sent, with what it is made of."""

    told: str
    card: Card
    message: Message
    ticked: tuple[str, ...]


def linked(*situations: str) -> Locale:
    own = {f"{FILE}:links.{each}": PAGE for each in situations}
    return replace(english(), texts={**english().texts, **own})


def drawn(locale: Locale, step: str, stage: str, ticked: tuple[str, ...]) -> Drawn:
    states = dict.fromkeys(STEPS, "waiting") | {step: "open"}
    message = thread.card(locale, Thread("J1", stage, states, situations=ticked), step)
    return Drawn(f"{step} at {stage} for {ticked}", fit(locale, locale.card(step, stage), ticked), message, ticked)


def said(card: Card) -> str:
    return "\n".join((card.body, *card.lines, card.do))


def banned(table: str) -> dict[str, str]:
    shelf = Shelf()
    shelf.read(library.SHIPPED / "en")
    return shelf.table(f"banned:{table}.")


def no_faults(faults: list[str]) -> None:
    assert not faults, "\n" + "\n".join(faults)


@pytest.fixture(scope="module", params=[EVERY], ids=[f"{len(EVERY)} cards"])
def cards(request: pytest.FixtureRequest) -> list[Drawn]:
    """Every stage, step and situation: each alone, each two, all."""
    return [drawn(english(), *each) for each in request.param]


def test_slack_would_take_it(cards: list[Drawn]) -> None:
    no_faults([f"{each.told}: {no}" for each in cards for no in check_message(each.message.payload())])


def test_the_text_is_whole_begins_neutrally_and_leaves_no_blank(cards: list[Drawn]) -> None:
    for each in cards:
        text = each.message.text
        assert text.startswith(each.card.title), each.told
        assert all(line in text for line in (each.card.body, *each.card.lines, each.card.do)), each.told
        assert not re.search(r"[{}]|reject", text.lower()), each.told


def test_it_is_short_and_plain(cards: list[Drawn]) -> None:
    for each in cards:
        most = MOST_WORDS if len(each.ticked) == len(SITUATIONS) else EASIEST_TO_BEAR + 30 * len(each.ticked)
        assert len(words(said(each.card))) <= most, (each.told, len(words(said(each.card))))
        assert grade(said(each.card)) <= lint.HARDEST_GRADE, each.told
        assert len(sentences(each.card.body)) <= 3, each.told
        assert max(len(words(sentence)) for sentence in sentences(said(each.card))) <= 20, each.told


def test_it_says_nothing_banned_counts_nothing_and_leans_on_nobody(cards: list[Drawn]) -> None:
    rules = Banned(banned("phrases"), banned("dates"), banned("violence"))
    for each in cards:
        assert not list(lint.banned_in(said(each.card), rules)), each.told
        assert not re.search(r"coach|/\w|\bbutton|\bpress\b|\btap\b|\bclick|\d|%|!|\{", said(each.card).lower())


def test_people_nobody_met_are_not_told_about_a_meeting(cards: list[Drawn]) -> None:
    plain = {(step, stage): english().card(step, stage) for step, stage in product(STEPS, STAGES)}
    for each in cards:
        body = plain[each.card.step, each.card.stage].body
        own = each.card.body if each.card.body != body else ""
        if each.card.stage in UNMET:
            assert not MEETING.search(own.lower()), each.told


def test_after_a_withdrawn_offer_the_lawyer_stays(cards: list[Drawn]) -> None:
    for each in cards:
        if (each.card.step, each.card.stage) == ("be_professional", "offer_withdrawn"):
            assert "legal-aid" in each.card.body and "sign anything" in each.card.body, each.told


@pytest.mark.parametrize("kind", [*STAGES, MANY])
def test_no_first_line_over_such_cards_tells_anybody_to_wait(kind: str) -> None:
    opening = english().texts[f"cards/openings:{kind}"]
    assert list(lint.banned_in(opening, Banned(banned("beside.visa")))) == []


@pytest.mark.parametrize("situation", LINKED)
@pytest.mark.parametrize("links", [(), LINKED], ids=["512 cards", "with links, on the cards that show them"])
def test_beside_these_words_nobody_is_told_to_wait_or_that_it_had_no_reason(
    situation: str, links: tuple[str, ...]
) -> None:
    locale, rules = linked(*links), Banned(banned(f"beside.{situation}"))
    for_all = [text for name, text in locale.texts.items() if name.endswith(".for_all") and situation in name]
    beside = []
    for step, stage, ticked in product(STEPS, STAGES, SUBSETS):
        card = fit(locale, locale.card(step, stage), ticked)
        if any(line in said(card) for line in for_all) if links else situation in ticked:
            beside.append(card)
    assert len(rules.phrases) > 5 and len(beside) >= 256
    assert {said(card) for card in beside if list(lint.banned_in(said(card), rules))} == set()


@pytest.mark.parametrize("stage", STAGES)
def test_a_visa_is_named_with_who_can_advise_where_something_is_decided(stage: str) -> None:
    first = fit(english(), english().card("be_professional", stage), ["visa"])
    assert first.lines[0].startswith(
        "Your visa rules matter here. Please check with your international office or a qualified adviser before you "
        "decide anything."
    )
    assert "visa" in said(fit(english(), english().card("dont_dwell", stage), ["visa"]))


@pytest.mark.parametrize("stage", STAGES)
def test_what_felt_unfair_is_not_argued_with(stage: str) -> None:
    first = fit(english(), english().card("be_professional", stage), ["unfair"])
    assert "That may be true. I can't judge it." in first.lines[0] and "time limits can be short" in first.lines[0]
    assert "dates, names and exact words" in first.do


@pytest.mark.parametrize("stage", [each for each in STAGES if each != "offer_withdrawn"])
def test_somebody_laid_off_is_not_told_to_thank_anybody_first(stage: str) -> None:
    card = fit(english(), english().card("be_professional", stage), ["laid_off"])
    assert "thank" not in said(card) and "benefits" in card.lines[0]


@pytest.mark.parametrize(("step", "stage"), [*product(STEPS, STAGES)])
def test_the_short_form_is_one_sentence_and_what_to_do(step: str, stage: str) -> None:
    plain = english().card(step, stage)
    short = fit(english(), plain, ["many"])
    assert len(sentences(short.body)) <= (2 if stage == "offer_withdrawn" else 1) and short.do == plain.do
    assert len(words(said(short))) < len(words(said(plain)))


def test_the_short_thread_opens_shortly_and_a_withdrawn_offer_as_always() -> None:
    openings = {stage: english().opening(stage, short=True) for stage in STAGES}
    assert openings.pop("offer_withdrawn") == english().opening("offer_withdrawn")
    assert len(set(openings.values())) == 1 and openings["none"].startswith("Another no. That wears anyone down.")


def test_nothing_ticked_changes_nothing() -> None:
    for step, stage in product(STEPS, STAGES):
        assert fit(english(), english().card(step, stage), ()) == english().card(step, stage)


# an operator's own pages


@pytest.mark.parametrize("links", [("visa",), ("unfair",), LINKED])
def test_where_staff_set_a_link_everyone_reads_the_same_whatever_they_ticked(links: tuple[str, ...]) -> None:
    locale = linked(*links)
    for step, stage, ticked in product(STEPS, STAGES, SUBSETS):
        without = tuple(each for each in ticked if each not in links)
        assert drawn(locale, step, stage, ticked).message == drawn(locale, step, stage, without).message
    for stage in STAGES:
        assert drawn(locale, "be_professional", stage, ()).message.text.count(PAGE) == len(links)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "en" / "cards").mkdir(parents=True)
    return tmp_path


def write(own: Path, text: str, name: str = "cards/situations.toml") -> str:
    path = own / "en" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return "\n".join(map(str, library.findings(own)))


def test_an_operator_s_link_reaches_the_card(own: Path) -> None:
    assert write(own, f'[links]\nvisa = "{PAGE}"') == ""
    locale = library.Library.load(own).locale("en")
    assert f"<{PAGE}|Who can advise>" in drawn(locale, "be_professional", "none", ()).message.text


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[links]\nvisa = "riverside.example"', "does not begin with https://"),
        ('[links]\nvisa = "https://e.org|x> <!channel"', "does not begin with https://"),
        ('[links]\nstudent = "https://e.org"', "“links.student” is a name nothing reads"),
        ('[tired.dont_dwell]\nline = "Rest."', "is a name nothing reads"),
        ('[visa.dont_dwell.third_round]\nbody = "Go on."', "is a name nothing reads"),
        ('[student.dont_dwell]\nline = "Ask {name}."', "a placeholder nothing fills"),
        ('[student.dont_dwell]\nline = "Stay strong."', "banned phrase"),
        ('[many.dont_dwell]\nbody = "One. Two. Three. Four."', "has 4 sentences"),
        (f'[laid_off.dont_dwell]\nline = "{"Go on now. " * 12}"', "has 36 words"),
        (f'[laid_off.dont_dwell]\ndo = "{"Go " * 21}on."', "longer than one line"),
        ('[many.dont_dwell]\nbody = "A pause is fine."', "“pause” stands beside the words of “visa”"),
    ],
)
def test_what_is_wrong_is_named(own: Path, text: str, complaint: str) -> None:
    assert complaint in write(own, text)


def test_an_operator_s_card_that_says_wait_is_named_with_what_to_do(own: Path) -> None:
    card = "\n".join([
        "+++", 'title = "Plan one next step"', 'seed_title = "Don\'t Dwell on It"', 'do = "Choose one role."', "+++",
        "Take your time. Rest first.",
    ])  # fmt: skip
    told = write(own, card, "cards/dont_dwell/interview.md")
    assert "dont_dwell/interview.md" in told and "“take your time” stands beside the words of “visa”" in told
    assert "write a body for this stage in cards/situations.toml" in told
