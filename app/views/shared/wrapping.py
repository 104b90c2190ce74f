"""Breaks words in which **some** are heavier into lines that can be painted one by one."""

from itertools import groupby

from PySide6.QtGui import QTextLayout, QTextOption

from app.views.shared import look
from app.views.shared.tokens import Role


def marked_lines(words: str, width: int, most: int, role: Role = "small") -> list[str]:
    """At most so many lines of `width` pixels, each with marks of its own; the last one may be too long."""
    heavy = [(char, place % 2 == 1) for place, part in enumerate(words.split("**")) for char in part]
    ends = _ends("".join(char for char, _ in heavy), width, most, role)
    return [_marked(heavy[start:end]) for start, end in zip([0, *ends], ends, strict=False)]


def _ends(words: str, width: int, most: int, role: Role) -> list[int]:
    """Where each line ends; all are measured heavy, so that no heavier word comes to stand outside."""
    layout, option = QTextLayout(words, look.font(role, weight=600)), QTextOption()
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
    return ends if words else []


def _marked(chars: list[tuple[str, bool]]) -> str:
    said = [(heavy, "".join(char for char, _ in group)) for heavy, group in groupby(chars, key=lambda char: char[1])]
    return "".join(f"**{part}**" if heavy and part.strip() else part for heavy, part in said).rstrip()
