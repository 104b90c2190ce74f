"""When something that comes again and again comes next (RFC 5545, RRULE)."""

from datetime import date, datetime, time, timedelta
from itertools import islice

MOST = 20_000
"""Days looked through: a daily rule of fifty years."""


def next_date(rule: str, first: date, today: date) -> date:
    """The first day of a rule that is not before today; the last there is where all lie behind; `first` where the
    rule cannot be read.
    """
    from dateutil.rrule import rrulestr

    start = datetime.combine(first, time())
    try:
        days = rrulestr(_bare(rule), dtstart=start, ignoretz=True)
        found = first
        for moment in islice(days, MOST):
            found = moment.date()
            if found >= today:
                break
    except (ValueError, TypeError, OverflowError, ZeroDivisionError, AttributeError, KeyError, IndexError):
        return first
    return found


def _bare(rule: str) -> str:
    """The rule alone: UNTIL loses its zone, and a rule by hours or minutes is one by days."""
    parts = dict(part.partition("=")[::2] for part in rule.removeprefix("RRULE:").upper().split(";") if "=" in part)
    if parts.get("FREQ") in ("HOURLY", "MINUTELY", "SECONDLY"):
        parts = {"FREQ": "DAILY"} | ({"UNTIL": parts["UNTIL"]} if "UNTIL" in parts else {})
    if until := parts.get("UNTIL"):
        last = datetime.strptime(until[:8], "%Y%m%d") + timedelta(days=1, seconds=-1)
        parts["UNTIL"] = f"{last:%Y%m%dT%H%M%S}"
    kept = {name: value for name, value in parts.items() if name not in ("BYHOUR", "BYMINUTE", "BYSECOND")}
    return ";".join(f"{name}={value}" for name, value in kept.items())
