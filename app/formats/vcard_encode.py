"""Turn one property into the lines of a file: escapes or quoted-printable, and folds that never cut a character."""

import re
from collections.abc import Sequence
from enum import StrEnum

from app.domain.text import clean

_WIDTH = 75
_SHORT = 30
_PLAIN = re.compile(r"[ -:<-\[\]-~]*\Z")
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


class Version(StrEnum):
    """3.0 is what phones import; 4.0 and 2.1 for those that ask for them."""

    V21 = "2.1"
    V30 = "3.0"
    V40 = "4.0"


def text_line(version: Version, head: str, value: str) -> str:
    """A property that is one text. `head` is its name with group and parameters; the text is cleaned first."""
    return parts_line(version, head, [value])


def parts_line(version: Version, head: str, parts: Sequence[str], sign: str = ";") -> str:
    """A property of several parts."""
    cleaned = [clean(part) for part in parts]
    if version is not Version.V21:
        return folded(f"{head}:{sign.join(part.translate(_ESCAPES) for part in cleaned)}")
    plain = sign.join(cleaned)
    # A head with a long label cannot be folded, and a phone number behind it is better left as it is.
    if all(map(_is_plain, cleaned)) and (len(head) + len(plain) < _WIDTH or len(plain) <= _SHORT):
        return f"{head}:{plain}\r\n"
    quoted = sign.join(quoted_printable(part) for part in cleaned)
    return _soft_broken(f"{head};CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:", quoted)


def address_line(version: Version, head: str, value: str) -> str:
    """A property that is the address of something, whose commas and semicolons stay as they are."""
    if version is Version.V21:
        return text_line(version, head, value)
    return folded(f"{head}:{clean(value).replace(chr(92), chr(92) * 2)}")


def folded(line: str) -> str:
    """The line with its end, in pieces of at most 75 bytes, each but the first behind a blank."""
    if line.isascii() and len(line) <= _WIDTH:
        return f"{line}\r\n"
    pieces: list[str] = []
    start = size = 0
    for place, char in enumerate(line):
        width = 1 if char < "\x80" else len(char.encode())
        if size + width > _WIDTH:
            pieces.append(line[start:place])
            start, size = place, 1
        size += width
    return "\r\n ".join([*pieces, line[start:]]) + "\r\n"


def quoted_printable(text: str) -> str:
    """Every byte but ASCII letters, digits and -._/ as =XX, so that no reader can take a sign for its own."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "-._/") else _hex(char) for char in text)


def _hex(char: str) -> str:
    return "".join(f"={byte:02X}" for byte in ("\r\n" if char == "\n" else char).encode())


def _is_plain(part: str) -> bool:
    return bool(_PLAIN.match(part)) and "," not in part and part == part.strip()


def _soft_broken(head: str, quoted: str) -> str:
    lines = []
    current = head
    for token in re.findall(r"(?:=[0-9A-F]{2})|[^=]", quoted):
        if len(current) + len(token) >= _WIDTH:  # the = that breaks it stands on the line too
            lines.append(current + "=")
            current = ""
        current += token
    return "\r\n".join([*lines, current]) + "\r\n"
