"""Decide in which encoding a file of text was written; the person sees the first rows and can overrule."""

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from app.domain.text import is_han

SAMPLE = 256 * 1024
CHOICES = ("utf-8", "gb18030", "big5hkscs", "utf-16", "shift_jis", "euc_kr", "cp1252", "cp1251", "latin-1")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_KANA = re.compile("[\u3041-\u3096\u30a1-\u30fc]")
_ASIAN = ("gb18030", "big5hkscs", "cp932")
_SINGLE = ["cp1252", "latin_1", "cp1250", "cp1251", "cp1253", "cp1254", "iso8859_2"]

Chunks = Callable[[], Iterable[bytes]]


@dataclass(frozen=True)
class Encoding:
    """A Python codec name; whether the file said so itself (`bom`), and whether no doubt is left (`certain`)."""

    name: str
    bom: bool
    certain: bool


def decide(data: bytes) -> Encoding:
    """The encoding of a whole file: a byte order mark, else strict UTF-8, else the likeliest of the others."""
    return decide_chunks(lambda: [data])


def decide_chunks(chunks: Chunks) -> Encoding:
    """As `decide`, for a file too large to hold: `chunks` is called once or twice and gives its bytes in order."""
    head = _head(chunks)
    for mark, name in _BOMS:
        if head.startswith(mark):
            return Encoding(name, bom=True, certain=True)
    wide = _wide(head)
    if wide and decodes(wide, chunks()):
        return Encoding(wide, bom=False, certain=False)
    if decodes("utf-8", chunks()):
        return Encoding("utf-8", bom=False, certain=True)
    return Encoding(_likeliest(_sample(head, chunks)), bom=False, certain=False)


def decodes(name: str, chunks: Iterable[bytes]) -> bool:
    """Is every byte valid in this encoding?"""
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        for chunk in chunks:
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _head(chunks: Chunks) -> bytes:
    parts: list[bytes] = []
    for chunk in chunks():
        parts.append(chunk[:SAMPLE])
        if sum(map(len, parts)) >= SAMPLE:
            break
    return b"".join(parts)[:SAMPLE]


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: ASCII signs and line ends have their zero byte always on the same side."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < max(2, len(head) // 100):
        return None
    if odd > 20 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 20 * odd else None


def _sample(head: bytes, chunks: Chunks) -> bytes:
    """Lines that hold something but ASCII: the head may be plain for a long while before the first one."""
    lines: list[bytes] = []
    size = 0
    for line in _lines(chunks):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size >= SAMPLE // 4:
                break
    return b"\n".join(lines) or head


def _lines(chunks: Chunks) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks():
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
    yield rest


def _likeliest(sample: bytes) -> str:
    scores = {name: _asian_score(sample, name) for name in _ASIAN}
    best = max(scores, key=lambda name: scores[name])
    if _utf8_damage(sample) < 0.02:
        return "utf-8"
    if scores[best] >= 0.6:
        return best
    return _single_byte(sample)


def _utf8_damage(sample: bytes) -> float:
    """The share of broken places among what is not ASCII when the sample is read as UTF-8."""
    text = sample.decode("utf-8", "replace")
    foreign = sum(1 for char in text if char > "\x7f")
    return text.count("\ufffd") / foreign if foreign else 0.0


@cache
def _common(name: str) -> frozenset[str]:
    """The characters of daily use: the first level of each national standard."""
    if name == "gb18030":
        return frozenset(_plane("gb2312", range(0xB0, 0xD8), range(0xA1, 0xFF)))
    if name == "big5hkscs":
        tails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
        return frozenset(_plane("big5", range(0xA4, 0xC7), tails))
    return frozenset(_plane("shift_jis", range(0x88, 0x99), (*range(0x40, 0x7F), *range(0x80, 0xFD))))


def _plane(codec: str, heads: Iterable[int], tails: Iterable[int]) -> Iterator[str]:
    for head in heads:
        for tail in tails:
            yield bytes((head, tail)).decode(codec, "ignore")


def _asian_score(sample: bytes, name: str) -> float:
    """How much of what is not ASCII is in daily use in this encoding; broken places and oddities count against it."""
    text = sample.decode(name, "replace")
    common = _common(name)
    good = bad = 0
    for char in text:
        if char <= "\x7f":
            continue
        if (
            char in common
            or "\uff01" <= char <= "\uff5e"
            or char in "、。《》「」『』【】（），：；？！…—～·￥"
            or (_KANA.match(char) and name == "cp932")
        ):
            good += 1
        elif is_han(char):
            bad += 1
        else:
            bad += 2
    # In Latin text a lone accent pulls the letter after it into a pair, which is mostly a rare character.
    return good / (good + bad) if good else 0.0


def _single_byte(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    for name in ("cp1252", "latin_1"):
        if decodes(name, [sample]) and _latin_letters(sample.decode(name)) > 0.8:
            return name
    best = from_bytes(sample, cp_isolation=[*_ASIAN, *_SINGLE]).best()
    return best.encoding if best else "latin_1"


def _latin_letters(text: str) -> float:
    """The share of letters Western languages write among what is not ASCII."""
    foreign = [char for char in text if char > "\x7f"]
    letters = sum(
        char in "àâäáãåæçèéêëìíîïñòóôöõøœùúûüýÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØŒÙÚÛÜÝŸ€£°’‘“”–—…«»¡¿" for char in foreign
    )
    return letters / len(foreign) if foreign else 0.0
