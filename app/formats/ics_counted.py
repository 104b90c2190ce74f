"""What comes again so many days after it was done: a calendar has no rule for it, so it leaves as single events.

Each carries the whole series in a property of this program's own, which others pass over (RFC 5545, 3.8.8.2).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

SAID = ("due_at", "kind", "purpose", "text")
"""What the series says, and each follow-up of it unless somebody changed that one alone."""


@dataclass(frozen=True, slots=True)
class DoneDay:
    """One that was done: the day of the series it stands for, when it was due, when done, and what it said else."""

    on: date
    due: date
    at: datetime
    said: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """A series, as one of its events tells it; `on` is the day of the series for which that event stands."""

    uid: str
    on: date
    after_done: int
    until: date | None
    times: int | None
    first: date
    since: date
    said: Mapping[str, str | None]
    gaps: tuple[date, ...] = ()
    done: tuple[DoneDay, ...] = ()

    def text(self) -> str:
        """One line of JSON."""
        plain = {
            **{name: getattr(self, name) for name in ("uid", "after_done", "times")},
            **{name: _written(getattr(self, name)) for name in ("on", "until", "first", "since")},
            "said": dict(self.said),
            "gaps": [_written(day) for day in self.gaps],
            "done": [[_written(one.on), _written(one.due), _written(one.at), dict(one.said)] for one in self.done],
        }
        return json.dumps({name: value for name, value in plain.items() if value}, ensure_ascii=False)


def read_counted(words: str) -> Counted:
    """Raises ValueError for what `Counted.text` has not written."""
    try:
        found = json.loads(words)
        said = _said(found["said"])
        after, times = int(found["after_done"]), found.get("times")
        if after < 1 or not (times is None or int(times) >= 1) or not said["kind"] or not said["purpose"]:
            raise ValueError(words)
        on, first, since = (date.fromisoformat(found[name]) for name in ("on", "first", "since"))
        until = date.fromisoformat(found["until"]) if "until" in found else None
        gaps = tuple(date.fromisoformat(day) for day in found.get("gaps", ()))
        done = tuple(
            DoneDay(date.fromisoformat(on), date.fromisoformat(due), datetime.fromisoformat(at), _said(other))
            for on, due, at, other in found.get("done", ())
        )
        return Counted(str(found["uid"]), on, after, until, times, first, since, said, gaps, done)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(words) from error


def _said(found: Any) -> dict[str, str | None]:
    time.fromisoformat(found.get("due_at") or "00:00")
    return {name: found[name] for name in SAID if name in found and isinstance(found[name], str | None)}


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None
