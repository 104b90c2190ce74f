"""How the command line says things: refusals come from the one table the window uses too."""

from app.domain.errors import CodedError
from app.resources import refusals


def sentence(trouble: CodedError, language: str) -> str:
    """One plain sentence for standard error."""
    return refusals.sentence(trouble, language)


def bug(place: str, language: str) -> str:
    """What to say when the program itself is at fault, and where the trace lies."""
    return refusals.bug(place, language)
