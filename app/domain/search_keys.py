"""Tokens for a full-text index of word beginnings, so that any part of a name, pinyin or phone finds its record.

Every record yields two sets: `whole` (what the record begins with) and `inner` (every proper suffix of it), so that a
run of characters from anywhere is the beginning of some token. Tokens and query words are made by the same rules:
lower-case, no accents, no punctuation, half-width, at most MAX_TOKEN characters. They hold letters and digits only.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from app.domain.pinyin import pieces, readings, with_u
from app.domain.text import HAN, half_width, strip_accents

MAX_TOKEN = 32
_RUNS = re.compile(f"[0-9]+|[{HAN}]+|[^\\W\\d_{HAN}]+|[^\\W_]")
_NOT_DIGIT = re.compile(r"\D+")
_LAST_DIGITS = re.compile(r"([0-9]+)[^0-9]{0,3}$")
_COUNTRY_PREFIX = re.compile(r"(?:\+|\b00)86[\s-]*(?=1[3-9])")


class Document(NamedTuple):
    """What the index holds of one record: tokens with blanks between."""

    whole: str
    inner: str


class Query(NamedTuple):
    """What a person typed, as words that must all begin some token."""

    words: tuple[str, ...]


def normalise(text: str) -> str:
    """Half-width, lower-case, without accents: the form tokens and queries share."""
    return text.lower() if text.isascii() else strip_accents(half_width(text)).casefold()


def runs(text: str) -> list[str]:
    """A text cut at blanks, punctuation, and wherever Han, other letters and digits meet: "王8000" → 王, 8000."""
    found: list[str] = _RUNS.findall(normalise(text))
    return found


def query(text: str) -> Query:
    """Read what was typed; no words means nothing to look for."""
    words = dict.fromkeys(word[:MAX_TOKEN] for word in runs(_COUNTRY_PREFIX.sub("", half_width(text))))
    return Query(tuple(words))


def match_expression(words: Sequence[str], column: str | None = None) -> str:
    """An FTS5 expression: every word begins a token, in one column or in any. Raises ValueError for no words."""
    if not words:
        raise ValueError("no words to match")
    terms = " AND ".join('"' + word.replace('"', '""') + '" *' for word in words)
    return terms if column is None else f"{{{column}}} : ({terms})"


class _Tokens:
    """The two sets while they grow, in order and without doubles."""

    __slots__ = ("inner", "whole")

    def __init__(self) -> None:
        self.whole: dict[str, None] = {}
        self.inner: dict[str, None] = {}

    def document(self) -> Document:
        return Document(" ".join(self.whole), " ".join(self.inner))


def _add_name(tokens: _Tokens, name: str) -> None:
    """The name, its pinyin and initials in every reading, and their suffixes by character, syllable and letter."""
    cut = pieces(name)
    if not cut:
        return
    whole, inner, count = tokens.whole, tokens.inner, len(cut)
    joined = "".join(cut)
    whole[joined[:MAX_TOKEN]] = None
    if joined.isascii():  # a foreign name: its words
        for word in cut[1:]:
            inner[word[:MAX_TOKEN]] = None
        whole[cut[0][:MAX_TOKEN]] = None
        letters = "".join([word[0] for word in cut])
        if count > 1:
            whole[letters[:MAX_TOKEN]] = None
        _add_digit_runs(tokens, cut)
        return
    for start in range(1, count):
        inner["".join(cut[start:])[:MAX_TOKEN]] = None
    for reading in readings(cut):
        _add_reading(whole, inner, reading)
    if any(len(piece) > 1 for piece in cut):
        _add_digit_runs(tokens, cut)


def _add_reading(whole: dict[str, None], inner: dict[str, None], reading: tuple[str, ...]) -> None:
    full, letters = "".join(reading), "".join([syllable[0] for syllable in reading])
    whole[full[:MAX_TOKEN]] = None
    whole[letters[:MAX_TOKEN]] = None
    for start in range(1, len(letters)):
        inner[letters[start : start + MAX_TOKEN]] = None
    cut = 0
    for syllable in reading[:-1]:
        cut += len(syllable)
        inner[full[cut : cut + MAX_TOKEN]] = None
    if "v" in full:
        spelled = tuple([with_u(syllable) for syllable in reading])
        if spelled != reading:
            _add_reading(whole, inner, spelled)


def _add_digit_runs(tokens: _Tokens, cut: Iterable[str]) -> None:
    """A query is cut where letters meet digits, so such words are findable by their parts too."""
    for piece in cut:
        if len(piece) > 1 and not piece.isalpha() and not piece.isdigit():
            for part in runs(piece)[1:]:
                tokens.inner[part[:MAX_TOKEN]] = None


def _add_phone(tokens: _Tokens, phone: str) -> None:
    digits = phone if phone.isdecimal() and phone.isascii() else _NOT_DIGIT.sub("", half_width(phone))
    if not digits:
        return
    tokens.whole[digits[:MAX_TOKEN]] = None
    tokens.whole[digits[-4:]] = None
    inner = tokens.inner
    for start in range(1, len(digits)):
        inner[digits[start : start + MAX_TOKEN]] = None


def _add_word(tokens: _Tokens, text: str) -> None:
    """A code, an id or an address: all of it without punctuation, and its runs."""
    parts = runs(text)
    if parts:
        tokens.whole["".join(parts)[:MAX_TOKEN]] = None
        tokens.whole[parts[0][:MAX_TOKEN]] = None
        for part in parts[1:]:
            tokens.inner[part[:MAX_TOKEN]] = None


@lru_cache(maxsize=1024)
def _domain_tokens(domain: str) -> tuple[str, ...]:
    return tuple(part[:MAX_TOKEN] for part in runs(domain))


@lru_cache(maxsize=4096)
def _name_tokens(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of a tag or a category, which many records share."""
    tokens = _Tokens()
    _add_name(tokens, text)
    return tuple(tokens.whole), tuple(tokens.inner)


def _add_tag(tokens: _Tokens, tag: str) -> None:
    whole, inner = _name_tokens(tag)
    tokens.whole.update(dict.fromkeys(whole))
    tokens.inner.update(dict.fromkeys(inner))


def _add_code(tokens: _Tokens, code: str) -> None:
    """An id or a number on paper: people also type its last digits, or all its digits in one go."""
    _add_word(tokens, code)
    digits = _NOT_DIGIT.sub("", half_width(code))
    if len(digits) < len(code) and digits:
        tokens.inner[digits[:MAX_TOKEN]] = None
    last = _LAST_DIGITS.search(half_width(code))
    if last:
        digits = last[1]
        for start in range(1, len(digits)):
            tokens.inner[digits[start : start + MAX_TOKEN]] = None


def _add_email(tokens: _Tokens, email: str) -> None:
    local, _, domain = email.partition("@")
    _add_word(tokens, local)
    tokens.inner.update(dict.fromkeys(_domain_tokens(domain)))


def customer_document(
    name: str,
    phones: Iterable[str] = (),
    wechat: str = "",
    emails: Iterable[str] = (),
    external_id: str = "",
    tags: Iterable[str] = (),
    codes: Iterable[str] = (),
) -> Document:
    """What finds a customer; `phones` as digits, `codes` are member cards and other numbers printed for them."""
    tokens = _Tokens()
    _add_name(tokens, name)
    for phone in phones:
        _add_phone(tokens, phone)
    if wechat:
        _add_word(tokens, wechat)
    for email in emails:
        _add_email(tokens, email)
    if external_id:
        _add_code(tokens, external_id)
    for code in codes:
        _add_code(tokens, code)
    for tag in tags:
        _add_tag(tokens, tag)
    return tokens.document()


def product_document(
    name: str, code: str = "", barcodes: Iterable[str] = (), category: str = "", tags: Iterable[str] = ()
) -> Document:
    """What finds a product: its name as a customer's, its code and barcodes from either end."""
    tokens = _Tokens()
    _add_name(tokens, name)
    for number in (code, *barcodes):
        if number:
            _add_code(tokens, number)
    for word in (category, *tags):
        if word:
            _add_tag(tokens, word)
    return tokens.document()


def complaint_document(number: str, customer_name: str = "", subject: str = "") -> Document:
    """What finds a complaint: its number from either end, whose it is, and the words of its subject."""
    tokens = _Tokens()
    _add_code(tokens, number)
    _add_name(tokens, customer_name)
    _add_name(tokens, subject)
    return tokens.document()
