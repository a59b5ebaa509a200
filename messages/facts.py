"""A fact that is kept, and the words for it: what it is, why, in what shape, how long, and who could read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from messages.locale import Locale


class Shape(StrEnum):
    """How it lies in the database: ciphertext, a keyed hash, as Slack gives it, or plain."""

    SEALED = "sealed"
    HASHED = "hashed"
    GIVEN = "given"
    PLAIN = "plain"


class Until(StrEnum):
    """How long at most. A member may delete everything sooner."""

    UNUSED = "unused"  # so many days after the member last did something
    ERASED = "erased"  # until the message is deleted in Slack
    A_DAY = "a_day"
    TWO_WEEKS = "two_weeks"
    A_MONTH = "a_month"
    INSTALLED = "installed"  # until the app is taken out of the workspace
    OPERATOR = "operator"  # until the operator deletes the database


class Reader(StrEnum):
    """Who could read it, beside the member it is about."""

    OPERATOR = "operator"
    STAFF = "staff"
    COACH = "coach"
    UNNAMED = "unnamed"  # staff, who do not see whose it is


@dataclass(frozen=True)
class Fact:
    """``columns`` are ``table.column``. ``ticked``: kept only where the member ticked the box for it."""

    key: str
    columns: tuple[str, ...]
    shape: Shape = Shape.PLAIN
    until: Until = Until.UNUSED
    readers: tuple[Reader, ...] = (Reader.OPERATOR,)
    ticked: bool = False


def what(locale: Locale, fact: Fact) -> str:
    return locale.phrase(f"facts.{fact.key}")


def told(locale: Locale, fact: Fact) -> str:
    """One fact in one line, for a member; where it is not plain, or not kept as long as the rest, it says so."""
    how = [
        *([locale.phrase("privacy.only_ticked")] if fact.ticked else []),
        *([locale.phrase(f"privacy.shape_{fact.shape}")] if fact.shape in (Shape.SEALED, Shape.HASHED) else []),
        *([locale.phrase(f"privacy.until_{fact.until}")] if fact.until is not Until.UNUSED else []),
    ]
    told = {"what": what(locale, fact), "why": locale.phrase(f"facts_why.{fact.key}")}
    return (
        locale.phrase("privacy.fact_so", how=", ".join(how), **told) if how else locale.phrase("privacy.fact", **told)
    )


def sheet(locale: Locale, facts: Sequence[Fact], *, days: int) -> str:
    """The facts as a Markdown table, for whoever has to judge them."""
    head = ("What", "Why", "Kept as", "How long at most", "Who could read it")
    rows = [head, ("---",) * len(head), *(_row(locale, fact, days) for fact in facts)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(locale: Locale, fact: Fact, days: int) -> tuple[str, ...]:
    shape = locale.phrase(f"privacy.shape_{fact.shape}")
    readers = ", ".join(locale.phrase(f"privacy.reader_{reader}") for reader in fact.readers)
    only = f" ({locale.phrase('privacy.only_ticked')})" if fact.ticked else ""
    return (
        what(locale, fact) + only, locale.phrase(f"facts_why.{fact.key}"), shape,
        locale.phrase(f"privacy.until_{fact.until}", days=days), readers,
    )  # fmt: skip
