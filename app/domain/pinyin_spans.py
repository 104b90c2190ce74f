"""Which letters of a written-out pinyin a query matched: "sjy" is the s, the j and the y of "shen jing yi"."""

from collections.abc import Iterable, Sequence

Span = tuple[int, int]


def spelled_spans(pinyin: str, words: Iterable[str]) -> tuple[Span, ...]:
    """Half-open spans of a pinyin of syllables with blanks between, in order; a word not spelled here gives none.

    A word is spelled by syllables that follow each other, each whole or by its first letter, the last by a beginning.
    """
    syllables, starts = pinyin.split(" "), [0]
    for syllable in syllables:
        starts.append(starts[-1] + len(syllable) + 1)
    hit: set[int] = set()
    for word in words:
        hit.update(at for start, end in _first(syllables, starts, word) for at in range(start, end))
    return _joined(sorted(hit))


def _joined(letters: Sequence[int]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for at in letters:
        if spans and spans[-1][1] == at:
            spans[-1] = (spans[-1][0], at + 1)
        else:
            spans.append((at, at + 1))
    return tuple(spans)


def _first(syllables: Sequence[str], starts: Sequence[int], word: str) -> list[Span]:
    for place in range(len(syllables)):
        found = _from(syllables, starts, place, word)
        if found:
            return found
    return []


def _from(syllables: Sequence[str], starts: Sequence[int], place: int, rest: str) -> list[Span]:
    if place == len(syllables) or not rest:
        return []
    syllable, start = syllables[place], starts[place]
    if syllable.startswith(rest):
        return [(start, start + len(rest))]
    for step in (len(syllable), 1):
        if rest.startswith(syllable[:step]) and step < len(rest):
            further = _from(syllables, starts, place + 1, rest[step:])
            if further:
                return [(start, start + step), *further]
    return []
