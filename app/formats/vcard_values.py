"""What the value of a property means: its character set, quoted-printable, escapes, and the parts it is made of."""

import binascii
import re
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from app.domain.text import clean
from app.formats.vcard_lines import Property

_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_UNESCAPED_SEMICOLON = re.compile(r"(?<!\\);")
_SAME = frozenset("\\;:,\"'")
# Names by which vCards call what Python knows under another one, or of which Python's is too narrow.
_CODECS = {
    "GB2312": "gb18030",
    "GBK": "gb18030",
    "GB18030": "gb18030",
    "CP936": "gb18030",
    "BIG5": "big5hkscs",
    "BIG5-HKSCS": "big5hkscs",
    "SHIFT_JIS": "cp932",
    "SHIFT-JIS": "cp932",
    "SJIS": "cp932",
    "WINDOWS-31J": "cp932",
    "EUC-JP": "euc_jp",
    "ISO-2022-JP": "iso2022_jp",
    "EUC-KR": "cp949",
    "KS_C_5601-1987": "cp949",
    "US-ASCII": "utf-8",
    "ASCII": "utf-8",
    "UTF-8": "utf-8",
    "UTF8": "utf-8",
    "KOI8-R": "koi8_r",
}
_NUMBERED = re.compile(r"(?:ISO[-_]8859-(?:[1-9]|1[013456])|WINDOWS-125[0-8])\Z")


@lru_cache(maxsize=64)
def codec_of(charset: str) -> str:
    """The Python codec of a CHARSET, "" for one that is not known (never one that is no character set at all)."""
    name = charset.strip('" ').upper()
    return _CODECS.get(name) or (name.replace("_", "-").lower() if _NUMBERED.match(name) else "")


def decoded(raw: str, charset: str, encoding: str) -> str:
    """Text of characters that are one byte each, in its own character set if it names one, else in the file's."""
    if raw.isascii() and charset.upper() != "ISO-2022-JP":
        return raw
    data = raw.encode("latin-1")
    for codec in (codec_of(charset), encoding) if charset else (encoding,):
        try:
            return data.decode(codec or encoding)
        except UnicodeDecodeError:
            continue
    return data.decode(encoding, "replace")


def text(found: Property, version: str, encoding: str) -> str:
    """A value that is one text, without control characters."""
    if found.encoding == "Q":
        plain = found.raw if version == "2.1" else _unescaped(found.raw)
        return clean(_unquoted(plain, found.charset, encoding))
    whole = decoded(found.raw, found.charset, encoding)
    if version != "2.1":
        return clean(_unescaped(whole))
    # 2.1 has no escapes in a plain text. Android escapes its semicolons all the same, and then all of them.
    return clean(whole if _UNESCAPED_SEMICOLON.search(whole) else whole.replace("\\;", ";"))


def parts(found: Property, encoding: str, sign: str = ";") -> list[str]:
    """A value of several parts, each a text; the signs that part them are never those that are quoted or escaped."""
    if found.encoding == "Q":
        return [clean(_unquoted(_unescaped(part), found.charset, encoding)) for part in pieces(found.raw, sign)]
    return [clean(_unescaped(part)) for part in pieces(decoded(found.raw, found.charset, encoding), sign)]


def names(found: Property, version: str, encoding: str) -> list[str]:
    """The parts of N: from 3.0 on each may be a list, which is read as one text with blanks."""
    if version == "2.1" or found.encoding == "Q" or "," not in found.raw:
        return parts(found, encoding)
    outer = pieces(decoded(found.raw, found.charset, encoding), ";")
    return [clean(" ".join(_unescaped(one).strip() for one in pieces(part, ","))) for part in outer]


def pieces(whole: str, sign: str) -> list[str]:
    """The text parted at every sign without a backslash before it, still escaped."""
    if sign not in whole:
        return [whole]
    if "\\" not in whole:
        return whole.split(sign)
    found: list[str] = []
    held: list[str] = []
    for piece in whole.split(sign):
        held.append(piece)
        if (len(piece) - len(piece.rstrip("\\"))) % 2 == 0:
            found.append(sign.join(held))
            held = []
    return [*found, sign.join(held)] if held else found


def data_uri(value: str) -> tuple[bytes, str] | None:
    """The bytes and the media type of a data: URI; None when it is none."""
    head, comma, body = value.partition(",")
    if not comma or not head.lower().startswith("data:"):
        return None
    media = head[5:].split(";")[0].lower()
    if not head.lower().endswith(";base64"):
        return unquote_to_bytes(body), media
    return from_base64(body), media


def from_base64(body: str) -> bytes:
    """The bytes; b"" for what is no base64."""
    packed = "".join(body.split()).rstrip("=")
    try:
        return binascii.a2b_base64(packed + "=" * (-len(packed) % 4), strict_mode=True)
    except ValueError:
        return b""


def custom_label(found: Property, encoding: str) -> str:
    """A label of the person's own, as Android writes it; "" when there is none."""
    quoted = found.params.get("X-CUSTOM", "")
    return clean(_unquoted(quoted, found.params["X-CUSTOM-CHARSET"], encoding)) if quoted else ""


def _unquoted(raw: str, charset: str, encoding: str) -> str:
    data = binascii.a2b_qp(raw.encode("latin-1"))
    return decoded(data.decode("latin-1"), charset, encoding)


def _unescaped(value: str) -> str:
    if "\\" not in value:
        return value
    return _ESCAPED.sub(_plain, value)


def _plain(found: re.Match[str]) -> str:
    sign = found[1]
    if sign in "nN":
        return "\n"
    return sign if sign in _SAME else found[0]
