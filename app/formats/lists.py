"""Several texts in one cell: parted by commas and the like, in quotation marks where a text holds such a sign."""

import re
from collections.abc import Iterable

_PARTS = re.compile(r"[,;、，；/|\n]+")
_QUOTED = re.compile(r'\s*"((?:[^"]|"")*)"\s*(?=[,;、，；/|\n]|\Z)|([^,;、，；/|\n]*)(?:[,;、，；/|\n]|\Z)')
_NEEDS_QUOTES = re.compile(r'[,;、，；/|\n"]')


def parted(text: str) -> list[str]:
    """What stands between commas, semicolons, strokes and line ends, without blanks around it and in order."""
    if '"' not in text:
        return [part for piece in _PARTS.split(text) if (part := piece.strip())]
    found = (match[1].replace('""', '"') if match[1] is not None else match[2] for match in _QUOTED.finditer(text))
    return [part for piece in found if (part := piece.strip())]


def joined(texts: Iterable[str]) -> str:
    """One cell of several texts, such that `parted` gives them back."""
    return ", ".join('"' + text.replace('"', '""') + '"' if _NEEDS_QUOTES.search(text) else text for text in texts)
