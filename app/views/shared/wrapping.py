"""Breaks words in which **some** are heavier into lines that can be painted one by one."""

from itertools import groupby

from PySide6.QtGui import QTextLayout, QTextOption

from app.views.shared import look
from app.views.shared.tokens import Role

_WIDOW = 2
_PAUSES = " ，。；：、！？"
"""After these a line may end; Chinese has no blanks."""


def marked_lines(words: str, width: int, most: int, role: Role = "small") -> list[str]:
    """At most so many lines of `width` pixels, each with marks of its own; the last one may be too long."""
    if most == 1 or look.current().measure(words.replace("**", ""), role, weight=600) <= width:
        return [words] if words else []  # most reasons are short, and breaking one takes longer than painting it
    heavy = [(char, place % 2 == 1) for place, part in enumerate(words.split("**")) for char in part]
    ends = _ends(heavy, width, most, role)
    return [_marked(heavy[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def _ends(chars: list[tuple[str, bool]], width: int, most: int, role: Role) -> list[int]:
    """Where each line ends."""
    words = "".join(char for char, _ in chars)
    layout, option = QTextLayout(words, look.font(role)), QTextOption()
    layout.setFormats(_formats([heavy for _, heavy in chars], role))
    ends: list[int] = []
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while len(ends) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        ends.append(line.textStart() + line.textLength())
    layout.endLayout()
    if ends:
        ends[-1] = len(words)
    return _without_widow(words, ends) if words else []


def _without_widow(words: str, ends: list[int]) -> list[int]:
    """A last line of one character or two takes the word before it along."""
    if len(ends) > 1 and len(words[ends[-2] :].strip()) <= _WIDOW:
        start = ends[-3] if len(ends) > 2 else 0
        last = len(words[: ends[-2]].rstrip())
        pause = max(words.rstrip().rfind(pause, start, last) for pause in _PAUSES)
        if pause > start:
            ends[-2] = pause + 1
    return ends


def _formats(heavy: list[bool], role: Role) -> list[QTextLayout.FormatRange]:
    """The heavier face where words are heavier: they are wider in it."""
    ranges, start = [], 0
    for strong, group in groupby(heavy):
        found = QTextLayout.FormatRange()
        found.start, found.length = start, len(list(group))
        found.format.setFont(look.font(role, weight=600 if strong else None))
        ranges.append(found)
        start += found.length
    return ranges


def _marked(chars: list[tuple[str, bool]]) -> str:
    said = [(heavy, "".join(char for char, _ in group)) for heavy, group in groupby(chars, key=lambda char: char[1])]
    return "".join(f"**{part}**" if heavy and part.strip() else part for heavy, part in said).rstrip()
