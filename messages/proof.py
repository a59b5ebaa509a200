"""Proofreading one language: is every text there, does it hold to the rules of words, is every card a card."""

from __future__ import annotations

from collections.abc import Iterator

from messages import lint
from messages.lint import Banned, Finding, Flaw
from messages.locale import MONTHS, STAGES, WEEKDAYS
from messages.reading import sentences, words
from messages.shelf import CARD_FILES, TOML_FILES, Shelf, Text

LONGEST_BODY, MOST_SENTENCES, LONGEST_DO = 60, 3, 20
SMALLEST_BANK = 8
CARD_PARTS = frozenset({"title", "seed_title", "do", "body"})
DATE_PARTS = frozenset({"day", *(f"weekdays.{each}" for each in WEEKDAYS), *(f"months.{each}" for each in MONTHS)})
DAY_HOLDS = frozenset({"weekday", "day", "month"})


def findings(code: str, shelf: Shelf, reference: Shelf) -> Iterator[Finding]:
    """Everything wrong with one language. ``reference`` is the English we ship: it says which phrases there are."""
    yield from shelf.findings
    yield from _missing(code, shelf, reference)
    yield from _unknown(shelf, reference)
    yield from _placeholders(shelf, reference)
    yield from _worded(code, shelf)
    yield from _cards(shelf)
    yield from _bank(code, shelf)


def _missing(code: str, shelf: Shelf, reference: Shelf) -> Iterator[Finding]:
    for file in (*TOML_FILES, *CARD_FILES):
        ending = "toml" if file in TOML_FILES else "md"
        place = f"{code}/{file}.{ending}"
        if file not in shelf.files:
            yield Finding(place, None, "The file is missing.", f"Write it, as in en/{file}.{ending}.")
        elif file not in shelf.unreadable:
            for key in sorted(_wanted(file, reference) - shelf.table(f"{file}:").keys()):
                written = next((text.file for name, text in shelf.texts.items() if name.startswith(f"{file}:")), place)
                yield Finding(written, None, f"“{key}” is missing.", "Add it.")


def _wanted(file: str, reference: Shelf) -> frozenset[str]:
    if file in CARD_FILES:
        return CARD_PARTS
    wanted = {
        "cards/openings": frozenset(STAGES),
        "dates": DATE_PARTS,
        "phrases": frozenset(reference.table("phrases:")),
    }
    return wanted.get(file, frozenset())


def _unknown(shelf: Shelf, reference: Shelf) -> Iterator[Finding]:
    for name, text in shelf.texts.items():
        file, key = name.split(":", 1)
        known = _wanted(file, reference) | ({"link"} if file in CARD_FILES else set())
        if file not in {"encouragements", "banned"} and key not in known:
            yield Finding(text.file, text.line, f"“{key}” is a name nothing reads.", "Mend its spelling, or delete it.")


def _placeholders(shelf: Shelf, reference: Shelf) -> Iterator[Finding]:
    for name, text in shelf.texts.items():
        file, key = name.split(":", 1)
        if file == "banned":
            continue
        wanted, optional = _holds(file, key, reference)
        held = lint.placeholders(text.words)
        for extra in sorted(held - wanted - optional):
            allowed = ", ".join(f"{{{each}}}" for each in sorted(wanted | optional)) or "none"
            what = f"{{{extra}}} in “{key}” is a placeholder nothing fills."
            yield Finding(text.file, text.line, what, f"Allowed here: {allowed}.")
        for lost in sorted(wanted - held):
            yield Finding(text.file, text.line, f"“{key}” has lost its placeholder {{{lost}}}.", "Put it back.")


def _holds(file: str, key: str, reference: Shelf) -> tuple[frozenset[str], frozenset[str]]:
    """The placeholders a text must hold, and those it may. ``one`` may leave out what ``other`` holds."""
    if file == "dates":
        return (DAY_HOLDS if key == "day" else frozenset()), frozenset()
    if file != "phrases" or f"phrases:{key}" not in reference.texts:
        return frozenset(), frozenset()
    held = lint.placeholders(reference.texts[f"phrases:{key}"].words)
    if key.endswith(".one") and (other := reference.texts.get(f"phrases:{key.removesuffix('.one')}.other")):
        return frozenset(), held | lint.placeholders(other.words)
    return held, frozenset()


def _worded(code: str, shelf: Shelf) -> Iterator[Finding]:
    banned = Banned(*(shelf.table(f"banned:{table}.") for table in ("phrases", "dates", "violence")))
    seed_titles = set(shelf.table("banned:seed_titles.").values())
    english = code.split("-", maxsplit=1)[0] == "en"
    for name, text in shelf.texts.items():
        file, key = name.split(":", 1)
        if file in {"banned", "dates"} or key == "link" or (file == "encouragements" and not text.words):
            continue
        rules = Banned() if text.words in seed_titles else banned
        longest = lint.limit(key) if file == "phrases" else _longest(key)
        for flaw in lint.flaws(text.words, longest=longest, banned=rules, english=english):
            yield _finding(text, key, flaw)


def _longest(key: str) -> int:
    return lint.HEADER if key in {"title", "seed_title", "do"} else lint.SECTION


def _finding(text: Text, key: str, flaw: Flaw) -> Finding:
    return Finding(text.file, text.line, f"“{key}”: {flaw.what}", flaw.remedy)


def _cards(shelf: Shelf) -> Iterator[Finding]:
    for file in CARD_FILES:
        for key, text in _parts(file, shelf).items():
            for flaw in _card_flaws(file.split("/")[1], key, text.words, shelf):
                yield _finding(text, key, flaw)


def _parts(file: str, shelf: Shelf) -> dict[str, Text]:
    keys = (*sorted(CARD_PARTS), "link")
    return {key: shelf.texts[f"{file}:{key}"] for key in keys if f"{file}:{key}" in shelf.texts}


def _card_flaws(step: str, key: str, said: str, shelf: Shelf) -> Iterator[Flaw]:
    """What is wrong with one part of a card beyond the rules for every text."""
    if key == "body" and len(sentences(said)) > MOST_SENTENCES:
        yield Flaw(f"The text has {len(sentences(said))} sentences.", f"Keep {MOST_SENTENCES} at most.")
    if key == "body" and len(words(said)) > LONGEST_BODY:
        yield Flaw(f"The text has {len(words(said))} words.", f"Keep {LONGEST_BODY} at most.")
    if key == "do" and (len(words(said)) > LONGEST_DO or "\n" in said):
        yield Flaw("What to do is longer than one line.", f"Keep {LONGEST_DO} words at most.")
    if key == "title" and said != shelf.texts[f"cards/{step}/{STAGES[0]}:title"].words:
        yield Flaw("The title is not the one of this step's other cards.", f"Use the title in {step}/{STAGES[0]}.md.")
    if key == "seed_title" and said != shelf.table("banned:seed_titles.").get(step):
        yield Flaw("This is not the seed article's title.", "Use the one under [seed_titles] in banned.toml.")
    if key == "link" and not said.startswith("https://"):
        yield Flaw("The link does not begin with https://.", "Write the whole address.")


def _bank(code: str, shelf: Shelf) -> Iterator[Finding]:
    lines = [said for said in shelf.table("encouragements:").values() if said]
    if "encouragements" in shelf.files - shelf.unreadable and len(lines) < SMALLEST_BANK:
        what = f"There are {len(lines)} encouragements."
        remedy = f"Keep at least {SMALLEST_BANK}, so that a series does not say one twice."
        yield Finding(f"{code}/encouragements.toml", None, what, remedy)
