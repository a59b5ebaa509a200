"""Proofreading drafts: whatever is left empty, what remains must be a whole and short mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from messages import emails, lint
from messages.emails import ITEM, Email, Line
from messages.lint import Finding, Flaw
from messages.reading import words
from messages.shelf import EMAIL_FILES, Shelf, Text

PARTS = frozenset({"title", "hint", "subject"})
OPTIONAL = frozenset({"subject_plain", "note"})
LONGEST = 125  # words; short mails are answered more often
FEWEST = 3  # lines that need no fact: a greeting, something said, a closing
EXAMPLE = 60  # characters, so that it can be read in a field on a phone
LIMITS = {"title": lint.LABEL, "hint": lint.HEADER, "subject": lint.LABEL, "subject_plain": lint.LABEL}


def is_known(key: str) -> bool:
    return key in PARTS | OPTIONAL or key.startswith("body.")


def may_hold(key: str, reference: Shelf) -> frozenset[str]:
    """The facts a text may hold; what must stand whatever is filled in holds none."""
    if not key.startswith("body.") and key != "subject":
        return frozenset()
    return frozenset(name.partition(".")[0] for name in reference.table("emails/facts:"))


def longest(key: str) -> int:
    if key.endswith((".label", ".example")):
        return lint.LABEL if key.endswith(".label") else EXAMPLE
    return LIMITS.get(key, lint.SECTION)


def findings(shelf: Shelf) -> Iterator[Finding]:
    """What is wrong with the drafts of one language beyond the rules for every text."""
    for file in EMAIL_FILES:
        if file in shelf.files - shelf.unreadable:
            texts = {
                name.removeprefix(f"{file}:"): text for name, text in shelf.texts.items() if name.startswith(f"{file}:")
            }
            yield from _email(file.rpartition("/")[2], texts, shelf)


def _email(name: str, texts: Mapping[str, Text], shelf: Shelf) -> Iterator[Finding]:
    email = emails.of(name, {key: text.words for key, text in texts.items()})
    place = next(iter(texts.values()))
    for flaw in _whole(email, shelf):
        yield Finding(place.file, None, flaw.what, flaw.remedy)
    if "subject" in texts and lint.placeholders(texts["subject"].words) and "subject_plain" not in texts:
        what = "The subject needs a fact that may be left empty."
        yield Finding(place.file, texts["subject"].line, what, "Add subject_plain, a subject without any.")
    for paragraph in email.paragraphs:
        for number, line in enumerate(paragraph):
            for flaw in _line(line, paragraph[number - 1] if number else None):
                yield Finding(texts[line.key].file, texts[line.key].line, flaw.what, flaw.remedy)


def _whole(email: Email, shelf: Shelf) -> Iterator[Flaw]:
    standing = [line for each in email.paragraphs for line in emails.standing(each, {}, question=False)]
    if len(standing) < FEWEST:
        yield Flaw("With nothing filled in the draft is no whole mail.", "Add lines that hold no fact.")
    if not all(any(line in standing for line in each) for each in (email.paragraphs[:1] + email.paragraphs[-1:])):
        yield Flaw("Without a name the draft has no greeting or no closing.", "Add one that holds no fact.")
    filled = {fact: shelf.table(f"emails/facts:{fact}.").get("example", fact) for fact in email.facts}
    if email.subjects and (number := len(words(email.write(filled, question=True).text))) > LONGEST:
        yield Flaw(f"With everything filled in the draft has {number} words.", f"Keep {LONGEST} at most.")


def _line(line: Line, before: Line | None) -> Iterator[Flaw]:
    if line.instead and before is None:
        yield Flaw("A line that begins with | has none before it.", "Write first what it takes the place of.")
    elif line.instead and before is not None and not before.facts and not before.asks:
        yield Flaw("This line is never shown: the one before it always stands.", "Delete it, or change their order.")
    if not line.words.endswith((".", "?", "!", ",")) and not line.words.startswith(ITEM) and line.words != "{me}":
        yield Flaw("The line does not end like a sentence.", "End it with a mark, or begin it with - in a list.")
