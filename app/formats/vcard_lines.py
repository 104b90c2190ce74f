"""Make properties of a card's lines: folds undone, group, name and parameters read, the value left as it is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from app.formats.vcard_records import Notice, Trouble
from app.formats.vcard_split import RawCard

MAX_LINE = 1_000_000
_BINARY = frozenset({"PHOTO", "LOGO", "SOUND", "KEY"})
_HEAD = re.compile(r"(?:([A-Za-z0-9_-]+)\.)?([A-Za-z0-9_-]+)\s*\Z")
_QUOTED = re.compile(r"(?i);(?:encoding=)?\"?quoted-printable\"?(?=[;:])")
_BASE64 = re.compile(r"(?i);(?:encoding=)?\"?(?:base64|b)\"?(?=[;:])")
_ONLY_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}\s*\Z")
_VERSION = re.compile(r"(?i)version[^:]*:\s*([\d.]+)")
_PARTS = re.compile(r';((?:"[^"]*"|[^;"]|")*)')
_VALUES = re.compile(r'"([^"]*)"|([^,"]+)')
_CUSTOM = re.compile(r"(?i)X-CUSTOM\(CHARSET=([\w-]*),ENCODING=QUOTED-PRINTABLE,([^)]*)\)?")
_CARET = {"^n": "\n", "^'": '"', "^^": "^"}
_ENCODINGS = {"QUOTED-PRINTABLE": "Q", "BASE64": "B", "B": "B"}
_LONGEST_SHARED = 200
_BARE_OTHERS = frozenset({"8BIT", "7BIT", "BINARY", "INLINE", "URI", "URL", "CONTENT-ID", "CID"})


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the colon; the same few heads come with every card, so each is read once and shared."""

    name: str
    group: str = ""
    types: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    pref: int = 101


@dataclass(slots=True)
class Property:
    """One line unfolded. `encoding` is "Q" (quoted-printable), "B" (base64) or ""; `pref` is 1 for the first choice.

    `raw` and all texts of the head have one character a byte; `vcard_values` knows what they mean.
    """

    name: str
    raw: str
    line: int
    group: str
    types: tuple[str, ...]
    params: Mapping[str, str]
    encoding: str
    pref: int

    @property
    def charset(self) -> str:
        return self.params.get("CHARSET", "")


def version_of(card: RawCard) -> str:
    """ "2.1", "3.0" or "4.0"; a card that does not say is read as 3.0 unless it looks like 2.1."""
    for _, line in card.lines:
        if line[:1] in "vV" and (found := _VERSION.match(line)):
            return found[1] if found[1] in ("2.1", "4.0") else "3.0"
    return "2.1" if any(_QUOTED.search(line) for _, line in card.lines) else "3.0"


def properties(card: RawCard, version: str, notices: list[Notice]) -> Iterator[Property]:
    """Every property in order; a line that is none is noted and left."""
    for number, text in _unfolded(card, version):
        found = _parsed(text, number)
        if not found:
            notices.append(Notice(Trouble.BAD_LINE, number, text[:40]))
        elif len(found.raw) > MAX_LINE and found.name not in _BINARY:
            notices.append(Notice(Trouble.LINE_TOO_LONG, number, found.name))
        else:
            yield found


def _unfolded(card: RawCard, version: str) -> Iterator[tuple[int, str]]:
    """Lines made whole. 2.1 folds before a blank and keeps it, the others add the blank that is taken off again."""
    keep = version == "2.1"
    held: list[str] = []
    start = 0
    soft = binary = False
    for number, line in card.lines:
        if soft:
            held[-1] = held[-1].rstrip(" \t")[:-1]
            held.append(line)
        elif held and line[:1] in (" ", "\t"):
            held.append(line if keep and not binary else line[1:])
        elif held and binary and _ONLY_BASE64.match(line):
            held.append(line)
        else:
            if held:
                yield start, "".join(held)
            held, start = ([line], number) if line.strip() else ([], 0)
            binary = ";" in line and bool(_BASE64.search(line))
        soft = "=" in line[-3:] and line.rstrip(" \t").endswith("=") and bool(held and _QUOTED.search(held[0]))
    if held:
        yield start, "".join(held)


def _parsed(text: str, number: int) -> Property | None:
    colon = text.find(":")
    quote = text.find('"', 0, colon) if colon > 0 else -1
    if quote >= 0:
        colon = _colon_outside_quotes(text, colon)
    if colon < 1:
        return None
    read = _head if colon < _LONGEST_SHARED else _head.__wrapped__
    head = read(text[:colon])
    if not head:
        return None
    raw = text[colon + 1 :]
    return Property(head.name, raw, number, head.group, head.types, head.params, head.encoding, head.pref)


@lru_cache(maxsize=1024)
def _head(text: str) -> Head | None:
    first, _, rest = text.partition(";")
    named = _HEAD.match(first.strip())
    if not named:
        return None
    made = _Parameters()
    for part in _PARTS.findall(";" + rest) if rest else ():
        made.take(part.strip())
    group = (named[1] or "").lower()
    return Head(named[2].upper(), group, tuple(made.types), made.params, made.encoding, made.pref)


def _colon_outside_quotes(text: str, first: int) -> int:
    inside = False
    for place, char in enumerate(text):
        if char == '"':
            inside = not inside
        elif char == ":" and not inside:
            return place
    return first  # a quote that is never closed hides nothing


class _Parameters:
    """The parameters of a head while they are read."""

    def __init__(self) -> None:
        self.types: list[str] = []
        self.params: dict[str, str] = {}
        self.encoding = ""
        self.pref = 101

    def take(self, part: str) -> None:
        name, equals, value = part.partition("=")
        name = name.strip().upper()
        if custom := _CUSTOM.match(part):
            # The way Android writes a label of the person's own into a 2.1 card.
            self.params["X-CUSTOM"], self.params["X-CUSTOM-CHARSET"] = custom[2], custom[1]
        elif not equals:
            self._take_bare(part)
        elif name == "TYPE":
            for quoted, plain in _VALUES.findall(value):
                for one in (quoted or plain).split(","):
                    self._take_bare(one.strip())
        elif name == "ENCODING":
            self.encoding = _ENCODINGS.get(value.strip('"').upper(), self.encoding)
        elif name == "PREF":
            self.pref = int(value) if re.fullmatch(r"[0-9]{1,3}", value) else 1
        else:
            self.params[name] = re.sub(r"\^[n'^]", lambda sign: _CARET[sign[0]], value.strip().strip('"'))

    def _take_bare(self, word: str) -> None:
        upper = word.upper()
        if upper == "PREF":
            self.pref = min(self.pref, 1)
        elif upper in _ENCODINGS:
            self.encoding = _ENCODINGS[upper]
        elif word and upper not in _BARE_OTHERS:
            self.types.append(word)
