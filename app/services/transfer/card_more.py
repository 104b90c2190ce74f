"""Reads what a row says of a person beyond name and address: labels, days, wishes, credit, consents, own fields."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.custom_fields import FieldKind, canonical
from app.domain.money import currency
from app.domain.text import comparison_key, one_line
from app.formats.birthday_in import parse_birthday
from app.formats.code_words import WORDS, code_of
from app.formats.header_titles import CHANNELS
from app.formats.headers import own_label
from app.formats.lists import parted
from app.formats.tables import Cell
from app.formats.values import Refused, parse_decimal, parse_money, parse_yes_no, text_of
from app.models.customers import CustomField
from app.services.settings import settings
from app.services.transfer.columns import base_field
from app.services.transfer.who_and_when import utc_text

if TYPE_CHECKING:
    from app.services.transfer.plan import Plan

_TEXTS = {
    "needs": "needs",
    "preference": "preferences",
    "buys_elsewhere": "buys_elsewhere",
    "credit_note": "credit_note",
}
_NUMBERED = re.compile(r"\d+")
_CONSENT = re.compile(r"(\S+?)(?:[\s;,，；]+(\d{4}-\d{2}-\d{2}))?(?:[\s;,，；]+(.*))?", re.DOTALL)


Consent = tuple[str, int, str, str, str]
"""Channel, given, moment, shop day, source."""


@dataclass(frozen=True, slots=True)
class More:
    """`said` as the file stores it; a value is (field id, text)."""

    said: Mapping[str, str | int | None] = field(default_factory=dict, hash=False)
    dates: tuple[tuple[str, Birthday], ...] = ()
    consents: tuple[Consent, ...] = ()
    custom: tuple[tuple[int, str], ...] = ()


NOTHING = More()


class MoreReader:
    """Reads rows by the columns of a plan; a file without such columns costs nothing."""

    def __init__(self, session: Session, plan: "Plan", at: datetime) -> None:
        shop = settings(session)
        self._plan, self._at, self._zone = plan, at, ZoneInfo(shop.timezone)
        self._digits = currency(shop.currency).digits
        known = (*_TEXTS, "preferred_channel", "do_not_contact", "values", "credit_limit", "personal_discount", "dates")
        self._columns = {name: plan.columns[name] for name in known if name in plan.columns}
        asked = ((channel, plan.columns.get(f"consent_{channel}")) for channel in CHANNELS)
        self._consents = [(channel, column) for channel, column in asked if column is not None]
        self._custom = _own_columns(session, plan)
        self._labels = {name: _paired(plan, name) for name in ("phone", "email", "address")}
        self.any = bool(self._columns or self._consents or self._custom)

    def label(self, name: str, column: int, cells: Sequence[Cell]) -> str:
        """What the phone, mail or address in this column is for, "" where the file does not say."""
        place = self._labels[name].get(column)
        return "" if place is None else code_of("label", one_line(text_of(cells[place])).lstrip("* "))

    def read(self, cells: Sequence[Cell]) -> More:
        """Raises Refused."""
        if not self.any:
            return NOTHING
        consents = (consent_of(channel, cells[column], self._at, self._zone) for channel, column in self._consents)
        values = ((row.id, value_of(row, cells[column])) for column, row in self._custom)
        return More(
            self._said(cells),
            self._dates(cells),
            tuple(found for found in consents if found is not None),
            tuple((number, value) for number, value in values if value),
        )

    def _said(self, cells: Sequence[Cell]) -> dict[str, str | int | None]:
        cell = {name: cells[column] for name, column in self._columns.items()}
        said: dict[str, str | int | None] = {
            column: words for name, column in _TEXTS.items() if name in cell and (words := text_of(cell[name]))
        }
        channel = code_of("channel", text_of(cell.get("preferred_channel")))
        if channel in WORDS["channel"]:
            said["preferred_channel"] = channel
        barred = parse_yes_no(cell.get("do_not_contact"))
        if barred is not None:
            said["do_not_contact"] = int(barred)
        if wishes := [code_of("wish", one) for one in parted(text_of(cell.get("values")))]:
            said["values_ranked"] = json.dumps(list(dict.fromkeys(wishes)), ensure_ascii=False, sort_keys=True)
        limit, discount = limit_of(cell.get("credit_limit"), self._digits), discount_of(cell.get("personal_discount"))
        if limit is not None:
            said["credit_limit"] = limit
        if discount is not None:
            said["personal_discount"] = discount
        return said

    def _dates(self, cells: Sequence[Cell]) -> tuple[tuple[str, Birthday], ...]:
        column = self._columns.get("dates")
        found = []
        for one in parted(text_of(cells[column])) if column is not None else ():
            label, _, day = one.replace("：", ":").rpartition(":")
            read = parse_birthday(day.strip())
            if read is not None:
                found.append((label.strip(), read))
        return tuple(found)


def consent_of(channel: str, cell: Cell, now: datetime, zone: ZoneInfo) -> Consent | None:
    """A yes or a no, the day it was said, and where: "yes 2026-05-01 paper"; without a day it is said today.

    Raises Refused.
    """
    found = _CONSENT.fullmatch(text_of(cell))
    if found is None:
        return None
    given = parse_yes_no(found[1])
    on = _day(found[2], cell) if found[2] else now.astimezone(zone).date()
    at = min(datetime.combine(on, time(12), tzinfo=zone), now)
    return channel, int(bool(given)), utc_text(at), on.isoformat(), one_line(found[3] or "") or "import"


def limit_of(cell: Cell, digits: int) -> int | None:
    """A credit limit in minor units. Raises Refused."""
    limit = parse_money(cell, digits)
    return None if limit is None else _within(limit, 2**53, cell)


def discount_of(cell: Cell) -> int | None:
    """A discount of a person in tenths of a percent. Raises Refused."""
    percent = parse_decimal(cell)
    return None if percent is None else _within(round(percent * 10), 1000, cell)


def _within(number: int, most: int, cell: Cell) -> int:
    if not 0 <= number <= most:
        raise Refused("out_of_range", cell)
    return number


def _day(text: str, cell: Cell) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refused("no_such_date", cell) from None


def value_of(row: CustomField, cell: Cell) -> str:
    """A value of a field of the shop's own, as the file stores it. Raises Refused."""
    text = text_of(cell)
    if row.kind is FieldKind.YES_NO and text:
        return "yes" if parse_yes_no(cell) else "no"
    try:
        return canonical(row.kind, text, row.choices)
    except ValueError:
        raise Refused("custom_value", cell) from None


def _own_columns(session: Session, plan: "Plan") -> list[tuple[int, CustomField]]:
    """The columns that hold one of the shop's own fields: by the name after the mark, or by the bare name."""
    fields = {comparison_key(row.label): row for row in session.scalars(select(CustomField)) if not row.archived_at}
    marked = [column for name, column in plan.columns.items() if base_field(name) == "custom"]
    named = ((column, own_label(plan.header(column)) or plan.header(column)) for column in (*marked, *plan.left_out))
    return [(column, fields[key]) for column, name in named if (key := comparison_key(name)) in fields]


def _paired(plan: "Plan", name: str) -> dict[int, int]:
    """Column → the column of its label: the one whose header carries the same number."""
    by_number = {
        _number(plan, place): place for one, place in plan.columns.items() if base_field(one) == f"{name}_label"
    }
    columns = (column for one, column in plan.columns.items() if base_field(one) == name)
    return {column: by_number[number] for column in columns if (number := _number(plan, column)) in by_number}


def _number(plan: "Plan", column: int) -> str:
    found = _NUMBERED.search(plan.header(column))
    return found[0] if found else "1"
