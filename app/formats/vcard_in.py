"""Read the vCard files of phones and mail programs, 2.1 to 4.0, card by card: a broken one costs no other."""

import io
import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TextIO

from app.formats.encodings import Encoding, decide, decide_chunks
from app.formats.tables import FileRefused
from app.formats.vcard_card import read_card
from app.formats.vcard_records import BrokenCard, Card, Trouble
from app.formats.vcard_split import RawCard, physical_lines, split

MAX_FILE = 200 * 1024 * 1024
_CHUNK = 1 << 20
_SAMPLE_LINES = 20_000
_WIDE = ("utf-16", "utf-32")
_NOT_TEXT = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format 3\x00")
_BEGIN = re.compile(rb"(?i)begin[ \t]*:[ \t]*vcard")
# No other encoding gives three and three bytes like these, but by an accident of one name in ten thousand.
_ONLY_EASTERN_UTF8 = re.compile(r"(?:[\x00-\x7f]|[\xe3-\xe9\xef][\x80-\xbf]{2}|\xf0[\x9f-\xaf][\x80-\xbf]{2})+")


@dataclass
class VcardFile:
    """A vCard file, opened. `troubles` counts what was wrong, over cards kept and cards lost, as `cards` goes on."""

    encoding: Encoding
    troubles: Counter[Trouble] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    """Properties that have no place here, by name: a person is told before they are gone."""
    _source: Path | bytes = b""

    def cards(self) -> Iterator[Card | BrokenCard]:
        """Every card in order, one at a time; may be called again."""
        self.troubles.clear()
        self.left_out.clear()
        meaning = "utf-8" if _is_wide(self.encoding.name) else self.encoding.name
        doubtful = not self.encoding.certain and meaning != "utf-8"
        with _lines(self._source, self.encoding.name) as lines:
            for raw in split(lines):
                card = read_card(raw, self._meaning(raw) if doubtful else meaning)
                self._count(card)
                yield card

    def raw(self, wanted: Container[int]) -> Iterator[tuple[int, bytes]]:
        """The cards that begin on these lines as they lie in the file (wide characters as UTF-8), for another file."""
        with _lines(self._source, self.encoding.name) as lines:
            for card in split(lines):
                if card.line in wanted:
                    yield card.line, "".join(f"{line}\r\n" for _, line in card.lines).encode("latin-1")

    def _meaning(self, raw: RawCard) -> str:
        """Files are put together from several phones: a card that can only be UTF-8 is."""
        own = "".join(line for _, line in raw.lines if not line.isascii())
        return "utf-8" if _ONLY_EASTERN_UTF8.fullmatch(own) else self.encoding.name

    def _count(self, card: Card | BrokenCard) -> None:
        if isinstance(card, BrokenCard):
            self.troubles[card.trouble] += 1
        else:
            self.troubles.update(notice.trouble for notice in card.notices)
            self.left_out.update(name for name, _ in card.left_out)


def open_vcard(source: Path | str | bytes, encoding: str | None = None) -> VcardFile:
    """Open a file or its bytes; an encoding that is not given is guessed.

    A CHARSET on a property wins over both. Raises FileRefused (empty_file, not_text, too_large, unknown_encoding;
    not_a_vcard: nowhere a BEGIN:VCARD). OSError passes through.
    """
    data = source if isinstance(source, bytes) else Path(source)
    size = len(data) if isinstance(data, bytes) else data.stat().st_size
    if size > MAX_FILE:
        raise FileRefused("too_large", megabytes=size // 2**20, limit=MAX_FILE // 2**20)
    head = next(iter(_chunks(data)), b"")
    if not head.strip():
        raise FileRefused("empty_file")
    if head.startswith(_NOT_TEXT):
        raise FileRefused("not_text")
    file = VcardFile(_chosen(data, encoding), _source=data)
    with _lines(data, file.encoding.name) as lines:
        if not any(_BEGIN.search(line.encode("latin-1")) for line in lines):
            raise FileRefused("not_a_vcard")
    return file


def _chosen(data: Path | bytes, name: str | None) -> Encoding:
    guessed = decide_chunks(lambda: _chunks(data))
    if name is None or guessed.bom:
        return guessed if guessed.certain or _is_wide(guessed.name) else _of_unmarked_lines(data)
    try:
        "".encode(name)
    except LookupError:
        raise FileRefused("unknown_encoding") from None
    return Encoding(name, bom=False, certain=True)


def _of_unmarked_lines(data: Path | bytes) -> Encoding:
    """Decided by the lines that do not name a character set of their own.

    Where most signs are sound UTF-8, the file is UTF-8 and the others are damaged: a bad byte in one card must not
    turn every other name into signs. Some programs fold a line inside a sign, which is not damage.
    """
    with _lines(data, "latin-1") as lines:
        whole = "\n".join(islice(_unmarked(lines), _SAMPLE_LINES)).replace("\n ", "")
    text = whole.encode("latin-1").decode("utf-8", "replace")
    foreign, bad = sum(char > "\x7f" for char in text), text.count("\ufffd")
    if 2 * bad <= foreign:
        return Encoding("utf-8", bom=False, certain=not bad)
    others = "\n".join(line for line in whole.split("\n") if not _ONLY_EASTERN_UTF8.fullmatch(line))
    return decide(others.encode("latin-1"))


def _unmarked(lines: Iterable[str]) -> Iterator[str]:
    marked = False
    for line in lines:
        marked = marked if line[:1] in " \t" else "CHARSET=" in line.upper()
        if not marked and not line.isascii():
            yield line


def _is_wide(name: str) -> bool:
    return name.lower().replace("_", "-").startswith(_WIDE)


def _chunks(source: Path | bytes) -> Iterator[bytes]:
    if isinstance(source, bytes):
        yield from (source[i : i + _CHUNK] for i in range(0, len(source), _CHUNK))
        return
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


@contextmanager
def _lines(source: Path | bytes, encoding: str) -> Iterator[Iterator[str]]:
    """Lines of any end, one character a byte; a file of wide characters is made UTF-8 on the way."""
    raw = io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")
    wide = _is_wide(encoding)
    with io.TextIOWrapper(raw, encoding=encoding if wide else "latin-1", errors="replace", newline=None) as stream:
        yield _narrowed(stream) if wide else physical_lines(stream)


def _narrowed(stream: TextIO) -> Iterator[str]:
    for line in physical_lines(stream):
        yield line.encode("utf-8", "replace").decode("latin-1")
