"""The display name of a card: what it says, else what its parts say, else what else it could be called by."""

from collections.abc import Sequence

from app.domain.names import display
from app.domain.text import is_han


def display_name(formatted: str, parts: Sequence[str], others: Sequence[str]) -> str:
    """FN; else N put together; else the first of the others (nickname, firm, mail) that is not empty.

    `parts` are family, given, additional, prefix, suffix. "" when there is nothing.
    """
    for name in (formatted, joined(parts), *others):
        if shown := display(name):
            return shown
    return ""


def joined(parts: Sequence[str]) -> str:
    """The parts of a name in the order of its script: family name first and without blanks where it is all Han."""
    family, given, additional, prefix, suffix = parts
    whole = family + given + additional
    if whole and all(is_han(char) or char in " ·" for char in whole):
        # A title stays where Chinese puts it: behind the name.
        return family + additional + given + (prefix or suffix)
    return " ".join(part for part in (prefix, given, additional, family, suffix) if part)
