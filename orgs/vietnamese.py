"""Vietnamese letters: without accents, with the tone last, and in the order of the alphabet."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0309\u0303\u0301\u0323"
"""The marks of the five tones in the order of the dictionary: huyền, hỏi, ngã, sắc, nặng."""
MARKS = "\u0302\u0306\u031b"
"""The marks that make another letter: â, ă, ơ."""
_PLAIN = str.maketrans("đ", "d", TONES + MARKS)
ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_PLACE = {letter: chr(ord("A") + place) for place, letter in enumerate(ALPHABET)}
_WORD = re.compile(r"\d+|[^\W\d_]+")


def fold(text: str) -> str:
    """The text in lower case without tones, marks and the stroke of đ."""
    return unicodedata.normalize("NFD", text.lower()).translate(_PLAIN)


def tone_last(syllable: str) -> str:
    """The syllable with its tone mark moved to the end, so that "ủy" and "uỷ" compare equal."""
    letters, tone = _letters_and_tone(syllable)
    return letters + tone


@lru_cache(maxsize=5_000)  # the bodies of an office, which stand on many pages
def sort_key(name: str) -> str:
    """ASCII that sorts by bytes as a Vietnamese list sorts names: syllable by syllable, letters before tones.

    Numbers sort by their value.
    """
    return " ".join(_key_of(word) for word in _WORD.findall(unicodedata.normalize("NFC", name).lower()))


def sort_key_of_person(full_name: str) -> str:
    """People stand by their given name, which is the last word; then by the whole name."""
    given = full_name.split()[-1:]
    return f"{sort_key(' '.join(given))}  {sort_key(full_name)}"


def _key_of(word: str) -> str:
    if word.isdecimal():
        return f"{int(word):09d}"
    letters, tone = _letters_and_tone(word)
    places = (_PLACE.get(letter) or _PLACE.get(fold(letter), "~") for letter in letters)
    # A digit stands before every letter in ASCII, so "an" with any tone comes before "anh".
    return "".join(places) + str(TONES.index(tone[0]) + 1 if tone else 0)


def _letters_and_tone(syllable: str) -> tuple[str, str]:
    letters = unicodedata.normalize("NFD", syllable)
    tone = "".join(letter for letter in letters if letter in TONES)
    return unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES)), tone
