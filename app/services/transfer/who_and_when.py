"""To whom and to when a row belongs: what several columns together say of a customer and of a moment."""

from collections.abc import Container
from datetime import UTC, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.domain.names import display
from app.domain.phones import normalise
from app.formats.dates import DateOrder, parse_moment, parse_time
from app.formats.tables import Cell
from app.formats.values import Refused, clean_id, parse_phones, text_of

NOON = time(12)


def utc_text(moment: datetime) -> str:
    """A moment with a zone as the file stores it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"


class Buyer(NamedTuple):
    """Who is meant, as the file says it: the number of the old system, else a name and a phone (as a key)."""

    external_id: str
    name: str
    phone: str


class Moment(NamedTuple):
    """A moment as the file stores it: UTC text, shop day, and the local minute by which lines are known again."""

    at: str
    day: str
    minute: str


def buyer_of(customer: Cell, name_cell: Cell, phone_cell: Cell, region: str) -> Buyer | None:
    """Who three cells mean, None where they are empty. Raises Refused."""
    number, name, phones = clean_id(customer), display(text_of(name_cell)), parse_phones(phone_cell)
    phone = phones[0] if phones else ""
    if number:
        return Buyer(number, name, phone)
    return Buyer("", name, normalise(phone, region).key if phone else "") if name or phone else None


def local_moment(cell: Cell, hour: Cell, order: DateOrder | str, zone: ZoneInfo) -> datetime | None:
    """The moment of a cell, the hour perhaps in its own; noon where neither says one. None for an empty cell.

    Raises Refused.
    """
    read = parse_moment(cell, order)
    if read is None:
        return None
    if not isinstance(read, datetime):
        read = datetime.combine(read, parse_time(hour) or NOON)
    return read.astimezone(zone) if read.tzinfo else read.replace(tzinfo=zone)


def stored_moment(local: datetime | None, cell: Cell, years: Container[int]) -> Moment:
    """As the file stores it. Raises Refused: no_date for none, out_of_range outside these years."""
    if local is None:
        raise Refused("no_date", cell)
    if local.year not in years:
        raise Refused("out_of_range", cell)
    day = local.date().isoformat()
    return Moment(utc_text(local), day, local.strftime(f"{day}T%H:%M"))
