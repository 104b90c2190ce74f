"""Clean the text that comes in at the door, and make the keys by which texts are compared."""

import re
import unicodedata

Span = tuple[int, int]
"""From one place in a text to another, the second not included."""

# Everything Unicode calls a control character but tab and newline, lone surrogates, and the two
# non-characters that no XML file may hold: none can be seen, and all break a search or an export.
_UNWANTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# For use inside a character class of a pattern.
HAN = "\u3400-\u4dbf\u4e00-\u9fff〇\U00020000-\U0003ffff"
_MAYBE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]|[^\x00-\x7f]")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFFE5: 0xA5}
_BLANKS = re.compile(r"\s+")


def clean(text: str) -> str:
    """The text in NFC, without control characters except tab and newline; every line end becomes a newline."""
    return clean_counted(text)[0]


def clean_counted(text: str) -> tuple[str, int]:
    """The cleaned text, and how many characters were taken out (a carriage return before a newline is not counted)."""
    if text.isascii() and text.isprintable():
        return text, 0
    if not _MAYBE.search(text):
        return text, 0
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text, removed = _UNWANTED.subn("", text)
    return unicodedata.normalize("NFC", text), removed


def half_width(text: str) -> str:
    """Full-width letters, digits, signs and the ideographic blank as their ASCII selves: for keys, not for display."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def one_line(text: str) -> str:
    """The cleaned text with every run of blanks and newlines as one blank, none at the ends."""
    return _BLANKS.sub(" ", clean(text)).strip()


def comparison_key(text: str) -> str:
    """What two texts have in common when a person would call them the same: case, width and blanks do not count."""
    return _BLANKS.sub(" ", half_width(clean(text))).strip().casefold()


def strip_accents(text: str) -> str:
    """Latin letters without their accents ("José" → "Jose"); other scripts are left as they are."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in apart if not "\u0300" <= c <= "\u036f"))


def is_han(char: str) -> bool:
    """Is this one Chinese character (extensions and 〇 included)?"""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or char == "〇" or char >= "\U00020000"
