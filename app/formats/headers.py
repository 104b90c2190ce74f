"""Find the row of headers, and say which column holds which field, from Chinese and English header words."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.formats.header_words import KINDS, OWN_FIELD, REPEATED, REQUIRED
from app.formats.tables import Cell

_IN_BRACKETS = re.compile(r"[(（\[【<][^)）\]】>]*[)）\]】>]")
_DIGITS = re.compile(r"\d+")
_NOT_WORD = re.compile(r"[\W_]+")
_LOOKS_LIKE_DATA = re.compile(r"[-+¥$€£]?\s*[\d.,]+%?|\d{2,4}[-/.年]\d{1,2}.*|\+?[\d\s()-]{7,}|\S+@\S+\.\S+|'.*")
_OWN = re.compile(rf"(?i)\s*(?:{'|'.join(map(re.escape, OWN_FIELD))})\s*[:：]\s*(.*\S)\s*", re.DOTALL)
LOOK_AT = 30


@dataclass(frozen=True)
class ColumnMapping:
    """Which column (from 0) holds which field; the columns nobody claimed; the fields without which nothing works.

    A field that may come several times is numbered from its second on: phone, phone_2, phone_3. An alternative that
    is missing is written "name|phone".
    """

    columns: dict[str, int]
    unmapped: tuple[int, ...]
    missing_required: tuple[str, ...]

    def repeated(self, field: str) -> list[int]:
        """The columns of a field that may come several times, in order."""
        return [column for name, column in self.columns.items() if re.fullmatch(rf"{field}(_\d+)?", name)]


def normalise(header: str) -> str:
    """A header as it is looked up: one width, one case, no blanks, no punctuation, no byte order mark."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", header).replace("\ufeff", "").casefold())


def own_label(header: str) -> str:
    """The name of the shop's own field a header speaks of ("Field: Shoe size"), "" for any other header."""
    found = _OWN.fullmatch(header)
    return found[1] if found else ""


@cache
def _lookup(kind: str) -> dict[str, str]:
    return {normalise(word): field for field, words in KINDS[kind].items() for word in (field, *words.split("|"))}


@cache
def _known_words() -> frozenset[str]:
    return frozenset(word for kind in KINDS for word in _lookup(kind))


def _field(header: str, kind: str) -> tuple[str, int] | None:
    """The field of a header, and how sure: 3 as written, 2 without what is in brackets or a number, 1 by its part."""
    table, exact = _lookup(kind), normalise(header)
    if kind == "customers" and own_label(header):
        return "custom", 3
    if exact in table:
        return table[exact], 3
    bare = normalise(_IN_BRACKETS.sub("", header))
    bare = _DIGITS.sub("", bare)
    if bare in table:
        return table[bare], 2
    if bare.endswith(("type", "类型", "方式")):
        return None
    found = [word for word in table if len(word) >= _long_enough(word) and word in bare]
    return (table[max(found, key=len)], 1) if found else None


def _long_enough(word: str) -> int:
    """How long a word must be to count as a part of a longer header: two Han characters say what six letters say."""
    return 6 if word.isascii() else 2


def guess(headers: Sequence[str], kind: str, override: Mapping[str, str | int | None] | None = None) -> ColumnMapping:
    """Map the columns of a file. `override` says field → header text or column from 0, or None for "leave it out".

    Kinds: customers, sales, products, interactions, complaints, points, followups. Raises KeyError for another kind,
    ValueError when an override names a header or a column that is not there.
    """
    chosen = {field: _column(headers, place) for field, place in (override or {}).items()}
    taken = {column for column in chosen.values() if column is not None}
    columns = {field: column for field, column in chosen.items() if column is not None}
    for sure, _, column, field in sorted(_candidates(headers, kind)):
        name = _free_name(field, columns, chosen, by_part=sure == -1)
        if name and column not in taken:
            columns[name] = column
            taken.add(column)
    if "birth_month" in columns and "birthday" in columns:  # three columns: "Birth Day" is then a number
        columns["birth_day"] = columns.pop("birthday")
    missing = tuple(need for need in REQUIRED[kind] if not any(field in columns for field in need.split("|")))
    return ColumnMapping(columns, tuple(i for i in range(len(headers)) if i not in taken), missing)


def _candidates(headers: Sequence[str], kind: str) -> list[tuple[int, int, int, str]]:
    """Sortable: the surest first, of two as sure the more particular ("交易日期" before "日期"), then by column."""
    found = [(column, header, _field(header, kind)) for column, header in enumerate(headers) if header.strip()]
    return [
        (-hit[1], 0 if hit[0] in REPEATED else -len(normalise(header)), column, hit[0])
        for column, header, hit in found
        if hit
    ]


def _free_name(field: str, columns: Mapping[str, int], chosen: Mapping[str, int | None], by_part: bool) -> str | None:
    if field in chosen and chosen[field] is None:
        return None
    if field not in columns:
        return field
    if field not in REPEATED or by_part:
        return None
    return next(name for n in range(2, 100) if (name := f"{field}_{n}") not in columns)


def _column(headers: Sequence[str], place: str | int | None) -> int | None:
    if place is None:
        return None
    if isinstance(place, int):
        if not 0 <= place < len(headers):
            raise ValueError(f"no column {place}")
        return place
    wanted = normalise(place)
    for column, header in enumerate(headers):
        if normalise(header) == wanted:
            return column
    raise ValueError("no such header")


def find_header(rows: Sequence[tuple[int, Sequence[Cell]]], given: int | None = None) -> tuple[int, list[str]]:
    """The number of the header row among the first rows and its texts; 0 and blanks when there is none.

    `rows` are (number, cells), blank rows left out. `given` is the answer of a person, 0 for none.
    """
    width = _usual_width([cells for _, cells in rows])
    if given is not None:
        cells = next((cells for number, cells in rows if number == given), ())
        return (given, _texts(cells, width)) if given else (0, [""] * width)
    best = max(rows[:LOOK_AT], key=lambda row: (_known(row[1]), -row[0]))
    if _known(best[1]) >= 2 or (width == 1 and _known(best[1])):
        return best[0], _texts(best[1], width)
    for number, cells in rows[:LOOK_AT]:
        if _filled(cells) >= max(1, (width + 1) // 2) and (width == 1 or _filled(cells) > 1):
            return (number, _texts(cells, width)) if _all_words(cells) else (0, [""] * width)
    return 0, [""] * width


def _known(cells: Sequence[Cell]) -> int:
    words = [_IN_BRACKETS.sub("", cell) for cell in cells if isinstance(cell, str) and len(cell) <= 40]
    return sum(normalise(word) in _known_words() for word in words)


def _filled(cells: Sequence[Cell]) -> int:
    return sum(cell is not None and cell != "" for cell in cells)


def _usual_width(rows: Sequence[Sequence[Cell]]) -> int:
    """As many columns as half of the first rows fill, or more; empty ends of a row do not count."""
    widths = sorted(max((i + 1 for i, cell in enumerate(cells) if cell not in (None, "")), default=0) for cells in rows)
    return widths[len(widths) // 2] if widths else 0


def _texts(cells: Sequence[Cell], width: int) -> list[str]:
    texts = ["" if cell is None else str(cell).replace("\ufeff", "").strip() for cell in cells]
    while texts and not texts[-1] and len(texts) > width:
        texts.pop()
    return texts + [""] * (width - len(texts))


def _all_words(cells: Sequence[Cell]) -> bool:
    words = [cell for cell in cells if cell is not None and cell != ""]
    texts = [word.strip() for word in words if isinstance(word, str)]
    if len(texts) < len(words) or len(set(texts)) < len(texts):
        return False
    return not any(_LOOKS_LIKE_DATA.fullmatch(text) or len(text) > 60 for text in texts)
