"""Which letters of a shown text a query matched: for the palette and for lists."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.names import surname_length
from app.domain.pinyin import of_char, surname_readings, with_u
from app.domain.search_keys import normalise
from app.domain.text import Span as Span
from app.domain.text import is_han


@dataclass(frozen=True)
class _Letter:
    """One letter or digit of the text as tokens see it, where it stands, and how it may be typed."""

    at: int
    text: str
    ways: tuple[str, ...]


def matched_spans(text: str, words: Iterable[str]) -> list[Span]:
    """Half-open spans of the text that the words of a query stand for, in order, not touching each other.

    A word matches as it is written (punctuation in the text is skipped), or as pinyin or initials of Han characters.
    """
    letters = _letters(text)
    hit: set[int] = set()
    for word in words:
        hit.update(_written(letters, word) or _spelled(letters, word))
    return _joined(text, hit)


def _letters(text: str) -> list[_Letter]:
    found = [
        _Letter(at, small, of_char(small) if is_han(small) else (small,))
        for at, char in enumerate(text)
        for small in normalise(char)
        if small.isalnum()
    ]
    head = "".join(letter.text for letter in found[:4])
    for i in range(surname_length(head)):
        readings = surname_readings(head[: surname_length(head)])
        ways = dict.fromkeys((*(reading[i] for reading in readings), *found[i].ways))
        found[i] = _Letter(found[i].at, found[i].text, tuple(ways))
    return found


def _written(letters: list[_Letter], word: str) -> list[int]:
    start = "".join(letter.text for letter in letters).find(word)
    return [letter.at for letter in letters[start : start + len(word)]] if start >= 0 else []


def _spelled(letters: list[_Letter], word: str) -> list[int]:
    if not word.isascii():
        return []
    for start in range(len(letters)):
        length = _length(letters, start, word)
        if length:
            return [letter.at for letter in letters[start : start + length]]
    return []


def _length(letters: list[_Letter], start: int, rest: str) -> int:
    """How many letters from `start` on the rest of a word spells, each by an initial, a syllable or its beginning."""
    if not rest:
        return 0
    if start == len(letters):
        return 0
    for way in sorted({*letters[start].ways, *map(with_u, letters[start].ways)}, key=len, reverse=True):
        if way.startswith(rest):
            return 1
        for step in {way, way[0]}:
            if rest.startswith(step):
                further = _length(letters, start + 1, rest[len(step) :])
                if further:
                    return further + 1
    return 0


def _joined(text: str, hit: set[int]) -> list[Span]:
    spans: list[Span] = []
    for at in sorted(hit):
        if spans and all(not char.isalnum() for char in text[spans[-1][1] : at]) and at - spans[-1][1] <= 1:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return spans
