"""Coupon codes: long enough that nobody guesses one, without signs that look alike, with one sign that checks."""

import secrets
import unicodedata
from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs: no 0 and O, no 1, I and L. A prime number, so that the check finds every slip of one sign."""
LENGTH = 10
_PLACE = {sign: place for place, sign in enumerate(ALPHABET)}
_SEPARATORS = frozenset("- ‐–—·_")


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A code nobody can foresee: nine signs (2.6 × 10¹³ of them) and the one that checks."""
    body = "".join(choose(ALPHABET) for _ in range(LENGTH - 1))
    return body + check_sign(body)


def check_sign(body: str) -> str:
    """The sign that makes the weighted sum zero modulo 31: one wrong sign, or two changed about, never pass."""
    total = sum(weight * _PLACE[sign] for weight, sign in enumerate(body, start=2))
    return ALPHABET[-total % len(ALPHABET)]


def read_code(typed: str) -> str | None:
    """The code behind what was typed or scanned: any case, full-width signs, with or without hyphens.

    None when it is no code, or its check sign says that something was mistyped.
    """
    plain = unicodedata.normalize("NFKC", typed).upper()
    signs = "".join(sign for sign in plain if sign not in _SEPARATORS)
    if len(signs) != LENGTH or any(sign not in _PLACE for sign in signs):
        return None
    return signs if check_sign(signs[:-1]) == signs[-1] else None


def shown_code(code: str) -> str:
    """A code as it is printed and read aloud: two groups of five."""
    return f"{code[:5]}-{code[5:]}"
