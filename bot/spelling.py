"""What somebody wrote, as plain words: however it is spelled, spaced, dotted, accented or masked. Pure.

Everything here takes time in proportion to the text, whatever is in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}  # as Slack hands them over
APOSTROPHES = dict.fromkeys(map(ord, "'`\u2019\u2018\u201b\u02bc\u2032\u00b4"))
# Marks on Latin, Greek and Cyrillic letters, and those that change how a sign looks. In other scripts they are letters.
MARKS = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]")
# Scripts without spaces are looked at sign by sign.
SIGN = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3]"
WORD = re.compile(rf"{SIGN}|[$@]?(?:(?!{SIGN})[^\W_])+(?:[!|@$*]+(?:(?!{SIGN})[^\W_])+)*|#")
NUMBER = "#"
SENTENCE_END, CLAUSE_END = re.compile(r"[.!?…。\n\r]"), re.compile(r"[,;:()\u2013\u2014|/]")
DIGITS_AS_LETTERS = str.maketrans("1!|l0@45$73", "iiiioaasste")
LONG_RUN, RUN = re.compile(r"(.)\1\1"), re.compile(r"(.)\1+")
SYMBOLS = re.compile(r"[!|@$*]+")
LONGEST_WORD = 20
LETTERS_IN_A_ROW = 3
END = ""
SWOLLEN = 3  # times; some signs stand for whole sentences, and a text of nothing else would keep everybody waiting


class Word(NamedTuple):
    """``clause`` and ``sentence`` count up; a comma ends a clause, a full stop both."""

    text: str
    clause: int = 0
    sentence: int = 0


class Tree:
    """Phrases, word by word: all that begin at a place are found in one walk."""

    def __init__(self, phrases: Iterable[Sequence[str]] = ()) -> None:
        self._root: dict[str, Any] = {}
        for phrase in phrases:
            node = self._root
            for word in phrase:
                node = node.setdefault(word, {})
            if phrase:
                node[END] = phrase

    def ends(self, words: Sequence[str], start: int) -> Iterator[int]:
        """Where the phrases end that begin at ``start``, shortest first."""
        node = self._root
        for at in range(start, len(words)):
            node = node.get(words[at], {})
            if not node:
                return
            if END in node:
                yield at + 1


class Spelling:
    """``words`` are those worth knowing again in disguise; ``meant`` says what else a few words are written for."""

    def __init__(self, words: Iterable[str], meant: Iterable[tuple[str, str]], fillers: Iterable[str]) -> None:
        pairs = [(tuple(texts(written)), texts(said)) for written, said in meant]
        self._meant = dict(pairs)
        self._written = Tree(self._meant)
        self._fillers = frozenset(fillers)
        known = sorted({*words, *self._fillers, *(each for written in self._meant for each in written), "a", "i"})
        self._known = frozenset(known)
        self._in_digits = {_with_letters(each): each for each in known}
        self._once = {_each_once(each): each for each in known}
        self._masked: dict[tuple[int, str, str], list[str]] = {}
        for each in known:
            self._masked.setdefault(_frame(each), []).append(each)

    def plain(self, text: str) -> list[Word]:
        """What was meant, without fillers; a number is ``#``."""
        repaired = [word._replace(text=each) for word in words(text) for each in self._repaired(word.text)]
        return self._respelled(list(self._joined(repaired)))

    def phrase(self, text: str) -> tuple[str, ...]:
        """A phrase of ours, as it will be found in what ``plain`` gives."""
        return tuple(word.text for word in self._respelled(words(text)))

    def _repaired(self, word: str) -> list[str]:
        if word in self._known or word == NUMBER:
            return [word]
        if word.isnumeric():
            return [NUMBER]
        found = self._undisguised(word) if len(word) >= LETTERS_IN_A_ROW else None
        return [found] if found else [each for each in SYMBOLS.split(word) if each]

    def _undisguised(self, word: str) -> str | None:
        if "*" in word:
            return next((each for each in self._masked.get(_frame(word), ()) if _fits(word, each)), None)
        if not word.isalpha():
            return self._in_digits.get(_with_letters(word))
        return self._once.get(_each_once(word)) if LONG_RUN.search(word) else None

    def _joined(self, given: list[Word]) -> Iterator[Word]:
        """Letters that stand one by one, where they spell words we know."""
        for single, some in groupby(given, key=_is_letter):
            run = list(some)
            spelled = self._words_in("".join(each.text for each in run)) if single and len(run) > 2 else None
            if spelled is None:
                yield from run
                continue
            at = 0
            for text in spelled:
                yield run[at]._replace(text=text)
                at += len(text)

    def _words_in(self, letters: str) -> list[str] | None:
        """The letters cut into as few known words as will do; None where they do not come out even."""
        best: list[tuple[int, int] | None] = [(0, 0)]  # up to here: how many words, and where the last one begins
        for end in range(1, len(letters) + 1):
            ways = (
                (before[0] + 1, start) for start in range(max(0, end - LONGEST_WORD), end)
                if (before := best[start]) and letters[start:end] in self._known
            )  # fmt: skip
            best.append(min(ways, default=None))
        found: list[str] = []
        end = len(letters)
        while end and (last := best[end]):
            found.append(letters[last[1] : end])
            end = last[1]
        return None if end else found[::-1]

    def _respelled(self, given: list[Word]) -> list[Word]:
        heard = [word for word in given if word.text not in self._fillers]
        plain, said, at = [word.text for word in heard], list[Word](), 0
        while at < len(heard):
            end = max(self._written.ends(plain, at), default=at)
            meant = self._meant[tuple(plain[at:end])] if end > at else [plain[at]]
            said += [heard[at]._replace(text=each) for each in meant]
            at = max(end, at + 1)
        return said


def words(text: str) -> list[Word]:
    """Every word with its clause and sentence: small letters, no accents, no apostrophes, nothing invisible."""
    text, found, clause, sentence, last = _normal(text), list[Word](), 0, 0, 0
    for match in WORD.finditer(text):
        gap = text[last : match.start()]
        sentence += bool(SENTENCE_END.search(gap))
        clause += bool(SENTENCE_END.search(gap) or CLAUSE_END.search(gap))
        found.append(Word(match[0], clause, sentence))
        last = match.end()
    return found


def texts(text: str) -> list[str]:
    return [word.text for word in words(text)]


def _normal(text: str) -> str:
    for entity, character in ENTITIES.items():
        text = text.replace(entity, character)
    text = text.translate(APOSTROPHES)
    folded = unicodedata.normalize("NFKC", text)
    text = (folded if len(folded) <= SWOLLEN * len(text) else text).casefold().translate(APOSTROPHES)
    seen = "".join(each for each in text if unicodedata.category(each) not in ("Cf", "Cs"))
    return unicodedata.normalize("NFC", MARKS.sub("", unicodedata.normalize("NFD", seen)))


def _is_letter(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isalpha() and word.text < "\u0e00"


def _with_letters(word: str) -> str:
    return word.translate(DIGITS_AS_LETTERS)


def _each_once(word: str) -> str:
    return RUN.sub(r"\1", word)


def _frame(word: str) -> tuple[int, str, str]:
    return len(word), word[0], word[-1]


def _fits(masked: str, word: str) -> bool:
    return all(each in ("*", letter) for each, letter in zip(masked, word, strict=True))
