"""Refusals and troubles in the language on screen."""

from app.domain.errors import CodedError
from app.resources import refusals
from app.views.shared import look


def sentence(trouble: CodedError) -> str:
    """What to tell the person at the keyboard."""
    return refusals.sentence(trouble, look.current().language)


trouble_sentence = sentence
