"""Read calendars as a table: a row for each event and each thing to do, whichever program wrote them.

Each is parsed by itself, under the time zones its file describes, so that a broken one costs no other.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from app.domain.text import clean
from app.formats.encodings import decide
from app.formats.header_titles import title
from app.formats.ics_own import FIELDS, OWN
from app.formats.ics_repeat import Repeated, read_done
from app.formats.tables import Cell, FileRefused, Oddity, Problem, Row

MAX_FILE = 50 * 1024 * 1024
HEADERS = (
    *(title("followups", name, "en") for name in ("due_on", "due_at", *FIELDS, "subject")),
    *("Notes", "Status", title("followups", "done_on", "en"), "Repeat", "UID"),
)
_BEGIN = re.compile(rb"(?i)^[\xef\xbb\xbf\s]*begin:(?:vcalendar|vevent|vtodo|vtimezone)\s")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_DAY_AS_MOMENT = re.compile(r"\b(\d{8})Z?\b")
_KINDS = ("VEVENT", "VTODO")


@dataclass
class IcsTable:
    """A calendar, opened. Its columns are always the same; `line` of a row is where its event begins."""

    text: str
    header_row: int = 0
    headers: list[str] = field(default_factory=lambda: list(HEADERS))
    warnings: Counter[Oddity] = field(default_factory=Counter)
    name: str = ""
    beside: tuple[str, ...] = ()

    def rows(self) -> Iterator[Row]:
        """Every event and every thing to do, in order; may be called again."""
        self.warnings.clear()
        if "\ufffd" in self.text:
            self.warnings[Oddity.UNDECODABLE] = self.text.count("\ufffd")
        zones, blocks = _blocks(self.text)
        for line, block in blocks:
            yield _row(line, block, zones)


def is_calendar(head: bytes) -> bool:
    """Does a file that begins so hold a calendar?"""
    return bool(_BEGIN.match(head))


def open_ics(source: Path) -> IcsTable:
    """Raises FileRefused (too_large, empty_file); OSError passes through."""
    size = source.stat().st_size
    if size > MAX_FILE:
        raise FileRefused("too_large", megabytes=size // 2**20, limit=MAX_FILE // 2**20)
    data = source.read_bytes()
    return IcsTable(data.decode(decide(data).name, "replace").replace("\r\n", "\n").replace("\r", "\n"))


def _blocks(text: str) -> tuple[str, list[tuple[int, str]]]:
    """The time zones of a file as text, and the lines of each event with the number of the first."""
    zones: list[str] = []
    found: list[tuple[int, str]] = []
    held: list[str] = []
    kind, begun = "", 0
    for number, line in enumerate(text.split("\n"), 1):
        word = line.strip().upper()
        if not kind and word.startswith("BEGIN:") and word[6:] in (*_KINDS, "VTIMEZONE"):
            kind, begun, held = word[6:], number, []
        if kind:
            held.append(line)
            if word == f"END:{kind}":
                whole = "\r\n".join(held)
                if kind == "VTIMEZONE":
                    zones.append(whole)
                else:
                    found.append((begun, whole))
                kind = ""
    if kind in _KINDS:
        found.append((begun, ""))  # the file ends in the middle of it
    return "\r\n".join(zones), found


def _row(line: int, block: str, zones: str) -> Row:
    from icalendar import Calendar

    empty: list[Cell] = [None] * len(HEADERS)
    whole = "\r\n".join(part for part in ("BEGIN:VCALENDAR", zones, block, "END:VCALENDAR") if part) + "\r\n"
    try:
        calendar: Any = Calendar.from_ical(whole)
        (entry,) = (one for one in calendar.subcomponents if one.name in _KINDS)
        return Row(line, _cells(entry))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, LookupError, ArithmeticError):
        first = next((one for one in block.split("\r\n") if one.upper().startswith("SUMMARY")), "")
        empty[HEADERS.index("Notes")] = clean(first.partition(":")[2])[:80]
        return Row(line, empty, Problem.BROKEN_EVENT)


def _cells(entry: Any) -> list[Cell]:
    due, hour = _due(entry)
    own = {name: _own(_one(entry, word)) for name, word in OWN.items()}
    ours = any(own.values())
    text = own["text"] if ours else _text(entry, "SUMMARY")
    done = _moment(_one(entry, "COMPLETED"))
    return [
        due,
        hour,
        *(own[name] or (_category(entry) if name == "kind" and not ours else "") for name in FIELDS),
        text,
        "" if ours else _text(entry, "DESCRIPTION"),
        _text(entry, "STATUS") if entry.name == "VTODO" or _text(entry, "STATUS") == "CANCELLED" else "",
        done,
        _repeated(entry, own).cell(),
        _text(entry, "UID"),
    ]


def _repeated(entry: Any, own: Mapping[str, str]) -> Repeated:
    rule = _one(entry, "RRULE")
    return Repeated(
        rule.to_ical().decode("utf-8", "replace") if rule is not None else "",
        tuple(_all_moments(entry, "EXDATE")),
        tuple(_all_moments(entry, "RDATE")),
        _moment(_one(entry, "RECURRENCE-ID")),
        read_done(own["done"]),
        date.fromisoformat(own["since"]) if own["since"] else None,
        own["series"],
    )


def _all_moments(entry: Any, name: str) -> Iterator[date | datetime]:
    """Of a property that may come many times, and hold many each time."""
    from icalendar.prop import vDDDLists

    found = entry.get(name)
    for one in found if isinstance(found, list) else [found]:
        if isinstance(one, vDDDLists):
            yield from (moment for each in one.dts if (moment := _moment(each)) is not None)
        else:  # some write a day as if it were a moment: 20131210Z
            yield from (datetime.strptime(day, "%Y%m%d").date() for day in _DAY_AS_MOMENT.findall(str(one or "")))


def _own(value: Any) -> str:
    """A property of ours, which the library gives as it stands in the file, escapes and all."""
    return clean(_ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], str(value or "")))


def _due(entry: Any) -> tuple[Cell, Cell]:
    """The day, or the moment in its own zone; an hour without a zone beside its day."""
    names = ("DUE", "DTSTART") if entry.name == "VTODO" else ("DTSTART",)
    found = next((moment for name in names if (moment := _moment(_one(entry, name))) is not None), None)
    if isinstance(found, datetime) and found.tzinfo is None:
        return found.date(), time(found.hour, found.minute)
    return found, None


def _moment(value: Any) -> datetime | date | None:
    found = getattr(value, "dt", None)
    return found if isinstance(found, date) else None


def _one(entry: Any, name: str) -> Any:
    """The first of a property that may not come twice, but does."""
    found = entry.get(name)
    return found[0] if isinstance(found, list) and found else found or None


def _text(entry: Any, name: str) -> str:
    return clean(str(_one(entry, name) or "")).strip()


def _category(entry: Any) -> str:
    found = _one(entry, "CATEGORIES")
    return clean(str(next(iter(getattr(found, "cats", None) or ()), "")))
