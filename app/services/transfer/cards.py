"""Reads one row of a list of customers; a cell that cannot be read refuses the row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from app.domain.birthdays import Birthday
from app.domain.names import display
from app.domain.phones import Phone, normalise
from app.domain.text import is_han, one_line
from app.formats.birthday_in import parse_birthday
from app.formats.dates import parse_moment
from app.formats.tables import Cell
from app.formats.values import Refused, clean_id, parse_gender, parse_phones, split_list, text_of
from app.services.transfer.card_more import NOTHING, More, MoreReader
from app.services.transfer.columns import base_field
from app.services.transfer.outcome import Rejection, rejection_of
from app.services.transfer.plan import Plan
from app.services.transfer.who_and_when import utc_text

_PLAIN = ("company", "wechat", "source", "note")
EARLIEST = datetime(1950, 1, 1, tzinfo=UTC)


@dataclass(slots=True)
class Card:
    """What a row says of one person. `said` holds the columns of the customer it fills, as the file stores them."""

    name: str
    external_id: str
    phones: list[Phone]
    emails: list[str]
    addresses: list[str]
    tags: list[str]
    said: dict[str, str | int | None]
    since: str
    """UTC text of the first day, where the row gives one."""
    line: int = 0
    labels: Mapping[str, str] = field(default_factory=dict)
    """What a phone (by its key), a mail or an address is for, where the file says."""
    dates: tuple[tuple[str, Birthday], ...] = ()
    photo: bytes = b""
    more: More = NOTHING
    referrer: str = ""
    """Who brought them: a number, or a name and a phone, or either."""
    household: str = ""
    member_card: str = ""
    """The numbers of the cards they carry, commas between them."""


class CardReader:
    """Reads rows by the columns of a plan."""

    def __init__(self, plan: Plan, zone: ZoneInfo, region: str, at: datetime, more: MoreReader) -> None:
        self._more = more
        self._plan, self._zone, self._region, self._at = plan, zone, region, at
        self._one = {name: column for name, column in plan.columns.items() if base_field(name) == name}
        self._all = {
            field: [column for name, column in plan.columns.items() if base_field(name) == field]
            for field in ("phone", "email", "address", "tags", "note")
        }

    def read(self, cells: Sequence[Cell]) -> Card | None:
        """The person of a row, None when nothing stands in it. Raises Refused."""
        labels: dict[str, str] = {}
        phones = []
        for column in self._all["phone"]:
            for typed in parse_phones(cells[column]):
                phones.append(phone := normalise(typed, self._region))
                if label := self._more.label("phone", column, cells):
                    labels.setdefault(phone.key, label)
        name = self._name(cells)
        if not name and phones:
            name = phones[0].digits
        if not name:
            if any(text_of(cells[column]) for column in self._plan.columns.values()):
                raise Refused("no_name", "")
            return None
        number = self._number("external_id", cells)
        more = self._more.read(cells)
        addresses = [(words, column) for column in self._all["address"] if (words := text_of(cells[column]))]
        emails = [(one, column) for column in self._all["email"] for one in split_list(cells[column])]
        for name_of_part, parts in (("email", emails), ("address", addresses)):
            for text, column in parts:
                if label := self._more.label(name_of_part, column, cells):
                    labels.setdefault(text, label)
        return Card(
            name,
            number,
            phones,
            [text for text, _ in emails],
            [text for text, _ in addresses],
            self._list("tags", cells),
            {**self._said(cells), **more.said},
            self._since(cells),
            labels=labels,
            dates=more.dates,
            more=more,
            referrer=self._number("referrer", cells),
            household=one_line(self._text("household", cells)),
            member_card=self._number("member_card", cells),
        )

    def blame(self, line: int, cells: Sequence[Cell], refusal: Refused) -> Rejection:
        """The row refused, with the column whose cell it was."""
        return rejection_of(self._plan, line, cells, refusal)

    def _text(self, name: str, cells: Sequence[Cell]) -> str:
        column = self._one.get(name)
        return "" if column is None else text_of(cells[column])

    def _number(self, name: str, cells: Sequence[Cell]) -> str:
        return clean_id(cells[self._one[name]]) if name in self._one else ""

    def _list(self, name: str, cells: Sequence[Cell]) -> list[str]:
        return [one for column in self._all[name] for one in split_list(cells[column])]

    def _name(self, cells: Sequence[Cell]) -> str:
        name = display(self._text("name", cells))
        if name or not ("family_name" in self._one or "given_name" in self._one):
            return name
        family, given = self._text("family_name", cells), self._text("given_name", cells)
        return display(f"{family}{given}" if is_han(family[:1] or given[:1] or " ") else f"{given} {family}")

    def _said(self, cells: Sequence[Cell]) -> dict[str, str | int | None]:
        said: dict[str, str | int | None] = {name: words for name in _PLAIN if (words := self._text(name, cells))}
        if len(self._all["note"]) > 1:
            said["note"] = "\n".join(filter(None, (text_of(cells[column]) for column in self._all["note"])))
        if gender := parse_gender(cells[self._one["gender"]]) if "gender" in self._one else "":
            said["gender"] = gender
        birthday = self._birthday(cells)
        if birthday is not None:
            said["birth_lunar"], said["birth_leap"] = int(birthday.lunar), int(birthday.leap)
            said["birth_year"], said["birth_month"] = birthday.year, birthday.month
            said["birth_day"] = birthday.day
        return said

    def _birthday(self, cells: Sequence[Cell]) -> Birthday | None:
        for name, lunar in (("birthday", False), ("lunar_birthday", True)):
            column = self._one.get(name)
            if column is not None:
                found = parse_birthday(cells[column], self._plan.date_order, lunar=lunar)
                if found is not None:
                    return found
        month, day = self._text("birth_month", cells), self._text("birth_day", cells)
        if not month or not day:
            return None
        year = self._text("birth_year", cells)
        return parse_birthday(f"{year}-{month}-{day}" if year else f"--{month}-{day}")

    def _since(self, cells: Sequence[Cell]) -> str:
        """The first day, unless it lies in the future or before anybody kept files."""
        if "registered_on" not in self._one:
            return ""
        read = parse_moment(cells[self._one["registered_on"]], self._plan.date_order)
        if read is None:
            return ""
        if not isinstance(read, datetime):
            read = datetime.combine(read, time(12))
        moment = read if read.tzinfo else read.replace(tzinfo=self._zone)
        return utc_text(moment) if EARLIEST <= moment <= self._at else ""
