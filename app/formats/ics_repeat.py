"""What a calendar says of how an event comes again, as one cell of a table: the rule, and what differs from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

Moment = date | datetime
_SEPARATOR = " "


@dataclass(frozen=True, slots=True)
class Repeated:
    """A rule with its exceptions, or one event that stands for a day of a rule.

    Moments are in the zone of their calendar, days are plain.
    """

    rule: str = ""
    """RRULE, with COUNT and UNTIL."""
    without: tuple[Moment, ...] = ()
    """EXDATE."""
    besides: tuple[Moment, ...] = ()
    """RDATE."""
    instead_of: Moment | None = None
    """RECURRENCE-ID."""
    done: dict[date, datetime] = field(default_factory=dict)
    """Only this program says: which days of the rule were done, and when."""
    since: date | None = None
    """Only this program says: no day before it was written."""
    counted: str = ""
    """Only this program says: how it counts from the day it was done (`ics_counted.Counted`)."""

    def cell(self) -> str:
        """One line for each part, the rule first."""
        parts = {
            "EXDATE": _listed(self.without),
            "RDATE": _listed(self.besides),
            "RECURRENCE-ID": _listed([self.instead_of] if self.instead_of is not None else []),
            "DONE": done_text(self.done),
            "SINCE": self.since.isoformat() if self.since else "",
            "COUNTED": self.counted,
        }
        lines = [self.rule, *(f"{name}:{said}" for name, said in parts.items() if said)]
        return "\n".join(line for line in lines if line)


def read_repeated(cell: str) -> Repeated:
    """Of a cell, as `Repeated.cell` writes it; of a table of another program the rule alone. Raises ValueError."""
    lines = cell.strip().splitlines()
    rule = lines[0].strip() if lines and not lines[0].startswith(_NAMES) else ""
    said = dict(line.split(":", 1) for line in lines if line.startswith(_NAMES))
    moments = {name: tuple(_moment(one) for one in said.get(name, "").split()) for name in _NAMES[:3]}
    return Repeated(
        rule.removeprefix("RRULE:"),
        moments["EXDATE"],
        moments["RDATE"],
        next(iter(moments["RECURRENCE-ID"]), None),
        read_done(said.get("DONE", "")),
        date.fromisoformat(said["SINCE"]) if "SINCE" in said else None,
        said.get("COUNTED", ""),
    )


def done_text(done: dict[date, datetime]) -> str:
    return _SEPARATOR.join(f"{day.isoformat()}={at.isoformat()}" for day, at in sorted(done.items()))


def read_done(words: str) -> dict[date, datetime]:
    """Raises ValueError."""
    pairs = (one.split("=", 1) for one in words.split())
    return {date.fromisoformat(day): datetime.fromisoformat(at) for day, at in pairs}


_NAMES = ("EXDATE", "RDATE", "RECURRENCE-ID", "DONE", "SINCE", "COUNTED")


def _listed(moments: Iterable[Moment]) -> str:
    return _SEPARATOR.join(moment.isoformat() for moment in moments)


def _moment(words: str) -> Moment:
    return datetime.fromisoformat(words) if "T" in words else date.fromisoformat(words)
