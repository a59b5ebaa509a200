"""The career center's page and forms, bare and full."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from bot.center import COLUMNS, SEALED, CardLine, Center, CheckInMode, Coach, Feature, plain
from bot.center_home import FOR_COACHES, OPTIONAL
from bot.countries import by_letter
from bot.gallery.picture import STRANGE, Picture, view
from bot.zones import by_region
from messages import center, center_forms, center_page, staff
from messages.center_page import PARTS, Standing
from messages.center_written import Choices
from messages.locale import STEPS, Locale

BARE = Center()
LACKS = (*OPTIONAL, *FOR_COACHES)
LINES = {step: CardLine("Our desk is open on Tuesdays.", "https://careers.example.edu/desk") for step in STEPS}
FULL = Center(
    channel="C0JOBSEARCH", coach_channel="C0COACHES01", zone="America/New_York", country="US", locale="en",
    check_ins=CheckInMode.ASK, counseling="Riverside Counseling\n555-0100, weekdays from 9 to 5",
    quiet="2026-12-20/2027-01-03\n2027-03-15/2027-03-15", visa_link="https://careers.example.edu/visa",
    unfair_link="https://careers.example.edu/fair", lines=LINES, off=frozenset(Feature),
    coaches=tuple(Coach(f"U0ALEX0000{each}", f"Alex {each}", "https://book.example.edu", each) for each in (1, 2, 3)),
)  # fmt: skip
HOSTILE = tuple(
    Center(counseling=f"{each[:75]}\n{each}", lines={STEPS[0]: CardLine(each[:60])}, coaches=(Coach("U1", each[:60]),))
    for each in STRANGE if not set("<{I") & set(each)
)  # fmt: skip


def facts(shown: Center) -> dict[str, Any]:
    return plain(shown, (*COLUMNS, *SEALED))


def pages(locale: Locale) -> Iterator[Picture]:
    for set_up, paused, trouble, posted in product((BARE, FULL), (False, True), ("", *staff.TROUBLES), (False, True)):
        standing = Standing(["U0ALEX00001"], trouble, has_posted=posted, paused=paused, lacks=LACKS)
        told = f"career center, {'full' if set_up is FULL else 'bare'}, {trouble or 'no trouble'}, paused {paused}"
        yield view(told, center_page.page(locale, facts(set_up), standing))
    for each in HOSTILE:
        yield view("career center with strange words", center_page.page(locale, facts(each), Standing()))
    for key in ("center.hello_sent", "center.dry_run_sent"):
        yield view(key, center.told(locale, key))


def forms(locale: Locale) -> Iterator[Picture]:
    choices = Choices(by_region("America/New_York"), by_letter(), ["en", "de"])
    for part, set_up, undoable in product(PARTS, (BARE, FULL, *HOSTILE), (False, True)):
        drawn = center_forms.form(locale, part, facts(set_up), choices, undoable=undoable)
        yield view(f"form of the career center's {part}", drawn)
    for users in ([], ["U0ALEX00001", "U0ROBIN0001"]):
        yield view("form of the staff", center_forms.staff_form(locale, users))
