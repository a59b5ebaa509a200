"""Listening for distress in what somebody wrote: how heavy it is, and nothing else. Pure; it keeps nothing.

The phrases are the words' (``distress.toml``). A list like this misses most of what people mean: it is a second net
under the button that is always there, and no assessment. What is done with each tier: docs/safety.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache

from bot.spelling import Spelling, Tree, Word, texts
from messages import distress
from messages.distress import Phrases
from messages.locale import Locale

LOOKS_BACK = 12  # words, to see who a phrase is about
LANGUAGES = 64


class Tier(IntEnum):
    """In the order of what is shown when a text holds more than one."""

    NONE = 0
    SOFT = 1
    SOMEONE_ELSE = 2
    STRONG = 3


def listen(locale: Locale, *written: str | None) -> Tier:
    """The heaviest of what these texts say."""
    ear = _ear(locale)
    return max((ear.tier(text) for text in written if text), default=Tier.NONE)


def listen_to_names(locale: Locale, *names: str | None) -> Tier:
    """The same for companies, roles and people: strong phrases of several words, exactly as they are written."""
    ear = _ear(locale)
    return Tier.STRONG if any(ear.in_name(name) for name in names if name) else Tier.NONE


class Ear:
    """The phrases of one language, ready to be looked for."""

    def __init__(self, phrases: Phrases) -> None:
        known = _words_of((*phrases.strong, *phrases.soft, *phrases.forms))
        self._spelling = Spelling(known, phrases.spellings, _words_of(phrases.fillers))
        self._strong, self._soft, self._forms = map(self._tree, (phrases.strong, phrases.soft, phrases.forms))
        self._idioms, self._strains = map(self._tree, (phrases.idioms, phrases.strains))
        self._subjects = self._tree(phrases.subjects)
        self._negations = Tree(self._spelling.phrase(each)[::-1] for each in phrases.negations)
        self._people, self._own, self._breaks = map(_words_of, (phrases.people, phrases.own, phrases.breaks))
        self._in_names = Tree(phrase for phrase in map(texts, phrases.strong) if len(phrase) > 1)
        self._named = Tree(map(texts, phrases.idioms))

    def tier(self, text: str) -> Tier:
        words = self._spelling.plain(text)
        plain = [word.text for word in words]
        harmless = _reach(self._idioms, plain)
        found = [Tier.SOFT] if self._strained(words, plain) else [Tier.NONE]
        for start in range(len(words)):
            for end in self._strong.ends(plain, start):
                found += [self._weighed(words, start, end)] if end > harmless[start] else []
            for end in self._forms.ends(plain, start):
                found += [self._denied_or(Tier.SOMEONE_ELSE, words, start)] if end > harmless[start] else []
            found += [Tier.SOFT for end in self._soft.ends(plain, start) if end > harmless[start]]
        return max(found)

    def in_name(self, name: str) -> bool:
        plain = texts(name)
        harmless = _reach(self._named, plain)
        return any(end > harmless[start] for start in range(len(plain)) for end in self._in_names.ends(plain, start))

    def _weighed(self, words: list[Word], start: int, end: int) -> Tier:
        """A strong phrase: denied, about somebody else, or meant."""
        tier = Tier.SOMEONE_ELSE if self._about_them(words, start, end) else Tier.STRONG
        return self._denied_or(tier, words, start)

    def _denied_or(self, tier: Tier, words: list[Word], start: int) -> Tier:
        return Tier.SOFT if self._negated(words, start) else tier

    def _negated(self, words: list[Word], start: int) -> bool:
        """Denied right before, in the same breath. That is not trusted: it only makes a strong phrase soft."""
        clause = words[start].clause
        before = [word.text for word in words[max(0, start - LOOKS_BACK) : start] if word.clause == clause][::-1]
        return any(self._negations.ends(before, 0))

    def _about_them(self, words: list[Word], start: int, end: int) -> bool:
        if any(word.text in self._own for word in words[start:end]):
            return False
        for word in reversed(words[max(0, start - LOOKS_BACK) : start]):
            if word.clause != words[start].clause or word.text in self._breaks or word.text in self._own:
                return False
            if word.text in self._people:
                return True
        return False

    def _strained(self, words: list[Word], plain: list[str]) -> bool:
        """A figure of speech for pain and the job search, in one sentence."""
        searching, straining = (
            {words[start].sentence for start in range(len(plain)) if any(tree.ends(plain, start))}
            for tree in (self._subjects, self._strains)
        )
        return bool(searching & straining)

    def _tree(self, phrases: tuple[str, ...]) -> Tree:
        return Tree(map(self._spelling.phrase, phrases))


def _words_of(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in texts(phrase))


def _reach(idioms: Tree, plain: list[str]) -> list[int]:
    """For each word, up to where an idiom that begins here or before it goes."""
    reach, furthest = list[int](), 0
    for start in range(len(plain)):
        furthest = max(furthest, max(idioms.ends(plain, start), default=0))
        reach.append(furthest)
    return reach


@lru_cache(maxsize=LANGUAGES)
def _ear(locale: Locale) -> Ear:
    """Made once a language: every ``/rejected`` is listened to."""
    return Ear(distress.phrases(locale))
