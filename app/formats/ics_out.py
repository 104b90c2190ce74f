"""Write a calendar that phones and mail programs take in: one event for each thing to do, in the shop's time zone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.recurrence import Repeat, days_of
from app.domain.text import clean, one_line
from app.formats.ics_own import OWN

PRODUCT = "-//Regulars//Regulars//EN"
LASTS = timedelta(minutes=30)
MORNING = timedelta(hours=9)
"""After midnight: when an alarm of a whole day goes off."""


@dataclass(frozen=True, slots=True)
class Appointment:
    """One event: all day, or from an hour on for half an hour.

    `uid` and `sequence` tell a calendar that a later file speaks of the same event, and which says it last.
    """

    uid: str
    on: date
    at: time | None
    title: str
    text: str
    category: str
    stamp: datetime
    """When it was written down."""
    sequence: int = 0
    own: Mapping[str, str] = field(default_factory=dict)
    """What only this program reads: field (of `ics_own.OWN`) → text."""
    repeat: Repeat | None = None
    """How it comes again, by a rule of the calendar that begins on `on`."""
    without: Sequence[date] = ()
    """Days of the rule that were taken out."""
    besides: Sequence[date] = ()
    """Days that come besides those of the rule."""
    instead_of: tuple[date, time | None] | None = None
    """The day and hour of the series for which this one stands."""
    reminds: bool = False
    """With an alarm: at its hour, or at nine where it has none."""


def write_ics(target: Path, appointments: Iterable[Appointment], zone: ZoneInfo) -> int:
    """Write a file and return the number of events. OSError passes through."""
    count = 0
    with target.open("wb") as stream:
        stream.write(_head(zone))
        for appointment in appointments:
            stream.write(event(appointment, zone))
            count += 1
        stream.write(b"END:VCALENDAR\r\n")
    return count


def ics_bytes(appointments: Iterable[Appointment], zone: ZoneInfo) -> bytes:
    """The same as bytes, for a single event that is handed to a phone."""
    return b"".join([_head(zone), *_events(appointments, zone), b"END:VCALENDAR\r\n"])


def event(appointment: Appointment, zone: ZoneInfo) -> bytes:
    """One event from BEGIN to END."""
    from icalendar import Event, vText

    made = Event()
    made.add("uid", appointment.uid)
    made.add("dtstamp", appointment.stamp.astimezone(UTC).replace(microsecond=0))
    made.add("sequence", appointment.sequence)
    start = _moment(appointment.on, appointment.at, zone)
    made.add("dtstart", start)
    made.add("dtend", start + (LASTS if isinstance(start, datetime) else timedelta(days=1)))
    if appointment.at is None:
        made.add("transp", "TRANSPARENT")
    _say_repeat(made, appointment, zone)
    made.add("summary", one_line(appointment.title))
    if text := clean(appointment.text).strip():
        made.add("description", text)
    if appointment.category:
        made.add("categories", [one_line(appointment.category)])
    for name, text in appointment.own.items():
        if text:
            made.add(OWN[name], vText(clean(text)))
    if appointment.reminds:
        made.add_component(_alarm(appointment))
    written: bytes = made.to_ical()
    return written


def _say_repeat(made: Any, appointment: Appointment, zone: ZoneInfo) -> None:
    """The rule, and the days that differ from it, all in the kind of value that DTSTART has."""
    from icalendar import vRecur

    at = appointment.at
    if appointment.repeat is not None:
        made.add("rrule", vRecur.from_ical(_rule(appointment.repeat, appointment.on, at, zone)))
    for name, days in (("exdate", appointment.without), ("rdate", appointment.besides)):
        if days:
            made.add(name, [_moment(day, at, zone) for day in days])
    if appointment.instead_of is not None:
        made.add("recurrence-id", _moment(*appointment.instead_of, zone))


def _rule(repeat: Repeat, first: date, at: time | None, zone: ZoneInfo) -> str:
    """With its end: COUNT or UNTIL, never both; UNTIL in universal time where there is an hour (RFC 5545, 3.3.10)."""
    if repeat.until is None:
        return repeat.rule if repeat.times is None else f"{repeat.rule};COUNT={repeat.times}"
    until = repeat.until
    if repeat.times is not None:
        *_, until = islice(days_of(repeat, first, until), repeat.times)
    if at is None:
        return f"{repeat.rule};UNTIL={until:%Y%m%d}"
    moment = datetime.combine(until, at, tzinfo=zone).astimezone(UTC)
    return f"{repeat.rule};UNTIL={moment:%Y%m%dT%H%M%SZ}"


def _moment(day: date, at: time | None, zone: ZoneInfo) -> date | datetime:
    return day if at is None else datetime.combine(day, at, tzinfo=zone)


def _alarm(appointment: Appointment) -> Any:
    from icalendar import Alarm

    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", one_line(appointment.title))
    made.add("trigger", timedelta() if appointment.at is not None else MORNING)
    return made


def _events(appointments: Iterable[Appointment], zone: ZoneInfo) -> Iterator[bytes]:
    return (event(appointment, zone) for appointment in appointments)


@cache
def _head(zone: ZoneInfo) -> bytes:
    """What stands before the events: who wrote it, and when the zone's clocks go forward and back."""
    from icalendar import Timezone

    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "")
    described: bytes = Timezone.from_tzid(zone.key).to_ical()
    return "\r\n".join(lines).encode("utf-8") + described
