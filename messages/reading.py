"""How hard a text is to read: words, sentences, syllables and the Flesch-Kincaid grade, for English."""

from __future__ import annotations

import re

LINK = re.compile(r"<[^<>|]+\|([^<>]+)>|<[^<>]+>")
PLACEHOLDER = re.compile(r"\{[^{}]*\}")
SHORTCODE = re.compile(r":[a-z][a-z0-9_+-]*:")
WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
SENTENCE_END = re.compile(r"[.!?…؟।]+[\"'\u201d\u2019)]*(?=\s|$)|[\u3002\uff01\uff1f]+|\n+")

VOWELS = re.compile(r"[aeiouy]+")
SPLIT_VOWELS = re.compile(
    r"i(?:a(?!l\b|g)|o(?!n|us)|u)|eo(?!us|ple)|[aeouy]ing|(?:[aio]|[aeou]y)e(?:rs?|st)\b|(?<!q)ua(?!r|g)|uou"
    r"|creat|real(?!ly)|quie|sci|suici|sms?\b|thms?\b"
)
SILENT_E = re.compile(
    r"[^aeiouyl]e\b|[aeiouyrw]le\b|[^aeiouycgsxzhl]es\b|[aeiouyrw]les\b|[^aeioudtyl]ed\b|[aeiouyrlw]led\b|gue\b"
    r"|[^aeiouy]e(?=(?:ful|less|ly|ty|ment|thing|time|line|where|body|how|what|one|work|day)s?\b)"
)
NOT = re.compile(r"n['\u2019]t$")
CONTRACTED = re.compile(r"['\u2019](?:s|d|m|ve|re|ll|t)$")

# Words the rules above count wrong and that these texts use.
COUNTED = {
    "the": 1, "one": 1, "ones": 1, "someone": 2, "anyone": 3, "everyone": 3, "every": 2, "everything": 3, "being": 2,
    "people": 2, "business": 2, "used": 1, "idea": 3, "ideas": 3, "area": 3, "science": 2, "quiet": 2, "quieter": 3,
    "diet": 2, "client": 2, "create": 2, "created": 3, "react": 2, "reality": 4, "theatre": 3, "poem": 2, "doing": 2,
    "going": 2, "recipe": 3, "maybe": 2, "something": 2, "sometimes": 2, "interested": 3, "different": 2, "evening": 2,
    "wednesday": 2, "favourite": 3, "favorite": 3, "hour": 1, "hours": 1, "our": 1, "fire": 1, "argue": 2, "real": 1,
    "really": 2, "hundred": 2, "video": 3, "media": 3, "period": 3, "radio": 3, "previous": 3, "serious": 3,
    "various": 3, "resume": 3, "advice": 2, "whole": 1, "rely": 2, "reply": 2, "replies": 2, "tries": 1, "cv": 2,
    "ad": 1, "id": 2, "dm": 2, "url": 3, "ok": 2, "mrs": 2, "asked": 1, "everywhere": 3, "moving": 2, "colleague": 2,
    "experience": 4, "situation": 4, "social": 2, "special": 2, "official": 3, "initial": 3, "person": 2,
}  # fmt: skip


def plain(text: str) -> str:
    """The text as it is read aloud: a link by its name, a placeholder as one word, no marks and no emoji codes."""
    shown = PLACEHOLDER.sub("name", LINK.sub(lambda link: link[1] or "link", text))
    return re.sub(r"[*_~`•]", " ", SHORTCODE.sub(" ", shown))


def words(text: str) -> list[str]:
    return WORD.findall(plain(text))


def sentences(text: str) -> list[str]:
    """The sentences that hold a word; the end of a line ends a sentence too."""
    return [each.strip() for each in SENTENCE_END.split(plain(text)) if each and WORD.search(each)]


def syllables(word: str) -> int:
    return max(1, sum(part_syllables(part) for part in word.lower().split("-") if part))


def part_syllables(word: str) -> int:
    if word.isdigit():
        return min(len(word), 3)
    if NOT.search(word):
        return negated_syllables(NOT.sub("", word))
    word = CONTRACTED.sub("", word)
    if word in COUNTED:
        return COUNTED[word]
    if word.endswith("s") and word[:-1] in COUNTED:
        return COUNTED[word[:-1]]
    heard = len(VOWELS.findall(word)) + len(SPLIT_VOWELS.findall(word))
    return max(1, heard - len(SILENT_E.findall(word)))


def negated_syllables(verb: str) -> int:
    """Of "don't" and "wasn't", given what stands before the n't."""
    if verb in {"do", "ca", "wo", "are", "were"}:
        return 1
    return part_syllables(verb) + verb.endswith(("d", "s", "ve"))


def grade(text: str) -> float:
    """The school grade by Flesch and Kincaid: long sentences and long words raise it."""
    spoken, said = words(text), sentences(text)
    if not spoken:
        return 0.0
    weight = sum(syllables(word) for word in spoken) / len(spoken)
    return 0.39 * len(spoken) / len(said) + 11.8 * weight - 15.59
