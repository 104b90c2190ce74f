"""Write a calendar that phones and mail programs take in: one event for each thing to do, in the shop's time zone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from app.domain.text import clean, one_line
from app.formats.ics_own import OWN

PRODUCT = "-//Regulars//Regulars//EN"
LASTS = timedelta(minutes=30)


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
    if appointment.at is None:
        made.add("dtstart", appointment.on)
        made.add("dtend", appointment.on + timedelta(days=1))
        made.add("transp", "TRANSPARENT")
    else:
        start = datetime.combine(appointment.on, appointment.at, tzinfo=zone)
        made.add("dtstart", start)
        made.add("dtend", start + LASTS)
    made.add("summary", one_line(appointment.title))
    if text := clean(appointment.text).strip():
        made.add("description", text)
    if appointment.category:
        made.add("categories", [one_line(appointment.category)])
    for name, text in appointment.own.items():
        if text:
            made.add(OWN[name], vText(clean(text)))
    written: bytes = made.to_ical()
    return written


def _events(appointments: Iterable[Appointment], zone: ZoneInfo) -> Iterator[bytes]:
    return (event(appointment, zone) for appointment in appointments)


@cache
def _head(zone: ZoneInfo) -> bytes:
    """What stands before the events: who wrote it, and when the zone's clocks go forward and back."""
    from icalendar import Timezone

    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "")
    described: bytes = Timezone.from_tzid(zone.key).to_ical()
    return "\r\n".join(lines).encode("utf-8") + described
