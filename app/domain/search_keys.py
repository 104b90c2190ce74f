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
LONGEST = 128
"""Characters of one name, number or address that are indexed: every run of them is, so their number is squared."""
LONGEST_TEXT = 2_000
"""Characters of what somebody told; each token is short, so this is not squared."""
HAN_RUN = re.compile(f"[{HAN}]")
_RUNS = re.compile(f"[0-9]+|[{HAN}]+|[^\\W\\d_{HAN}]+|[^\\W_]")
_NOT_DIGIT = re.compile(r"\D+")
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
    """The two sets while they grow; doubles and overlong tokens are dealt with at the end, once."""

    __slots__ = ("inner", "whole")

    def __init__(self) -> None:
        self.whole: list[str] = []
        self.inner: list[str] = []

    def document(self) -> Document:
        return Document(_joined(self.whole), _joined(self.inner))


def _joined(tokens: list[str]) -> str:
    if tokens and max(map(len, tokens)) > MAX_TOKEN:
        tokens = [token[:MAX_TOKEN] for token in tokens]
    return " ".join(dict.fromkeys(tokens))


def _suffixes(text: str) -> list[str]:
    return [text[start:] for start in range(1, len(text))]


def _build_name(tokens: _Tokens, name: str) -> None:
    """The name, its pinyin and initials in every reading, and their suffixes by character, syllable and letter."""
    cut = pieces(name)
    if not cut:
        return
    joined = "".join(cut)
    tokens.whole.append(joined)
    if joined.isascii():
        _add_foreign(tokens, cut)
        return
    if len(cut) == len(joined):
        tokens.inner += _suffixes(joined)
    else:
        tokens.inner += ["".join(cut[start:]) for start in range(1, len(cut))]
        tokens.inner += _parts_of_mixed(cut)
    for reading in readings(cut):
        _add_reading(tokens, reading)


def _add_foreign(tokens: _Tokens, words: list[str]) -> None:
    """A name in Latin letters: each of its words, and its initials."""
    tokens.whole.append(words[0])
    if len(words) > 1:
        tokens.whole.append("".join([word[0] for word in words]))
        tokens.inner += words[1:]
    tokens.inner += _parts_of_mixed(words)


def _add_reading(tokens: _Tokens, reading: tuple[str, ...]) -> None:
    full, letters = "".join(reading), "".join([syllable[0] for syllable in reading])
    tokens.whole += (full, letters, reading[0] + letters[1:])
    inner = tokens.inner
    inner += _suffixes(letters)
    cut = 0
    for syllable in reading[:-1]:
        cut += len(syllable)
        inner.append(full[cut:])
    if "v" in full:
        spelled = tuple([with_u(syllable) for syllable in reading])
        if spelled != reading:
            _add_reading(tokens, spelled)


def _parts_of_mixed(words: Iterable[str]) -> list[str]:
    """A query is cut where letters meet digits, so such words are findable by their parts too."""
    mixed = [word for word in words if len(word) > 1 and not word.isalpha() and not word.isdigit()]
    return [part for word in mixed for part in runs(word)[1:]]


def _add_phone(tokens: _Tokens, phone: str) -> None:
    digits = phone if phone.isdecimal() and phone.isascii() else _NOT_DIGIT.sub("", half_width(phone))
    digits = digits[:LONGEST]
    if digits:
        tokens.whole += (digits, digits[-4:])
        tokens.inner += _suffixes(digits)


def _add_word(tokens: _Tokens, text: str) -> list[str]:
    """A code, an id or an address: all of it without punctuation, and its runs."""
    parts = runs(text[:LONGEST])
    if parts:
        tokens.whole += ("".join(parts), parts[0])
        tokens.inner += parts[1:]
    return parts


@lru_cache(maxsize=1024)
def _domain_tokens(domain: str) -> tuple[str, ...]:
    return tuple(runs(domain))


@lru_cache(maxsize=16_384)
def _tokens_of_name(name: str) -> _Tokens:
    tokens = _Tokens()
    _build_name(tokens, name)
    return tokens


def _add_name(tokens: _Tokens, name: str) -> None:
    """Of a person, a product, a tag: many records share one."""
    found = _tokens_of_name(name[:LONGEST])
    tokens.whole += found.whole
    tokens.inner += found.inner


def _add_code(tokens: _Tokens, code: str) -> None:
    """An id or a number on paper: people also type its last digits, or all its digits in one go."""
    parts = [part for part in _add_word(tokens, code) if part.isdecimal()]
    if parts:
        tokens.inner.append("".join(parts))
        tokens.inner += _suffixes(parts[-1])


def _add_email(tokens: _Tokens, email: str) -> None:
    local, _, domain = email.partition("@")
    _add_word(tokens, local)
    tokens.inner += _domain_tokens(domain)


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
        _add_name(tokens, tag)
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
            _add_name(tokens, word)
    return tokens.document()


def complaint_document(number: str, customer_name: str = "", subject: str = "", told: str = "") -> Document:
    """What finds a complaint: its number from either end, whose it is, its subject as spoken, and all it tells."""
    tokens = _Tokens()
    _add_code(tokens, number)
    _add_name(tokens, customer_name)
    _add_name(tokens, subject)
    _add_text(tokens, told)
    return tokens.document()


def _add_text(tokens: _Tokens, text: str) -> None:
    """Long words of a person: of Han any run, of other scripts whole words; no reading, which would be endless."""
    for part in runs(text[:LONGEST_TEXT]):
        tokens.whole.append(part)
        if HAN_RUN.match(part):
            tokens.inner += [part[start : start + MAX_TOKEN] for start in range(1, len(part))]
