"""Which form of a phrase goes with a number: the plural classes of Unicode's CLDR, for the languages likely to come.

Source: CLDR, plural rules (cardinal). Whole numbers below a million only: what a file needs for fractions, and the
``many`` of Spanish, French, Italian and Portuguese, which begins at a million, are left out, since nothing here is
ever so many.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

CLASSES = ("zero", "one", "two", "few", "many", "other")
ENOUGH = 1000  # every class of every rule below is reached, and every rule repeats, before it

Rule = Callable[[int], str]


def _always_other(_: int) -> str:
    return "other"


def _one(n: int) -> str:
    return "one" if n == 1 else "other"


def _none_or_one(n: int) -> str:
    return "one" if n in (0, 1) else "other"


def _czech(n: int) -> str:
    return "one" if n == 1 else "few" if n in (2, 3, 4) else "other"


def _polish(n: int) -> str:
    return "one" if n == 1 else "few" if _ends_in_2_to_4(n) else "many"


def _east_slavic(n: int) -> str:
    return "one" if n % 10 == 1 and n % 100 != 11 else "few" if _ends_in_2_to_4(n) else "many"


def _arabic(n: int) -> str:
    if n <= 2:
        return ("zero", "one", "two")[n]
    return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else "other"


def _ends_in_2_to_4(n: int) -> bool:
    return n % 10 in (2, 3, 4) and n % 100 not in (12, 13, 14)


RULES: Mapping[str, Rule] = {
    "en": _one, "de": _one, "nl": _one, "es": _one, "it": _one, "pt-pt": _one,
    "fr": _none_or_one, "pt": _none_or_one, "hi": _none_or_one,
    "pl": _polish, "uk": _east_slavic, "ru": _east_slavic, "cs": _czech, "ar": _arabic,
    "ja": _always_other, "ko": _always_other, "zh": _always_other,
}  # fmt: skip


def plural(code: str, n: int) -> str:
    """The class of ``n`` in the language of this code. A language without a rule counts as English does."""
    return _rule(code)(n)


@cache
def numbers(code: str) -> Mapping[str, frozenset[int]]:
    """The classes the language needs, each with the numbers below a thousand that fall into it."""
    rule = _rule(code)
    sorted_in = {name: frozenset(n for n in range(ENOUGH) if rule(n) == name) for name in CLASSES}
    return {name: members for name, members in sorted_in.items() if members}


def _rule(code: str) -> Rule:
    code = code.lower()
    return RULES.get(code) or RULES.get(code.split("-", maxsplit=1)[0], _one)
