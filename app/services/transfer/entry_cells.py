"""Reads the cells of one row of a log: who, when, by whom, and words that stand for a code."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.text import comparison_key, one_line
from app.formats.code_words import code_of
from app.formats.tables import Cell
from app.formats.values import Refused, parse_yes_no, text_of
from app.models.staff import Staff
from app.services.settings import settings
from app.services.transfer.lines import FIRST_YEAR
from app.services.transfer.outcome import Rejection, rejection_of
from app.services.transfer.plan import Plan
from app.services.transfer.who_and_when import Buyer, buyer_of, local_moment
from app.storage.unit_of_work import acting_staff

Code = TypeVar("Code", bound=StrEnum)


class EntryCells:
    """Reads by the columns of a plan, in the shop's own time; `notes` counts what a person is told besides."""

    def __init__(self, session: Session, plan: Plan, at: datetime) -> None:
        shop = settings(session)
        self.zone, self.at, self.notes = ZoneInfo(shop.timezone), at, Counter[str]()
        self.years = range(FIRST_YEAR, at.year + 6)
        self.order = plan.date_order
        self._plan, self._region, self._acting = plan, shop.phone_region, acting_staff(session)
        people = session.execute(select(Staff.name, Staff.id).order_by(Staff.id.desc()))
        self._staff = {comparison_key(name): number for name, number in people}

    def cell(self, name: str, cells: Sequence[Cell]) -> Cell:
        """What stands in the column of a field; None where the file has none."""
        place = self._plan.columns.get(name)
        return None if place is None else cells[place]

    def text(self, name: str, cells: Sequence[Cell]) -> str:
        return text_of(self.cell(name, cells))

    def line(self, name: str, cells: Sequence[Cell]) -> str:
        return one_line(self.text(name, cells))

    def is_empty(self, cells: Sequence[Cell]) -> bool:
        """Whether nothing stands in any column that is read."""
        return not any(text_of(cells[place]) for place in self._plan.columns.values())

    def who(self, cells: Sequence[Cell]) -> Buyer | None:
        """Raises Refused."""
        number, name, phone = (self.cell(one, cells) for one in ("customer_id", "customer_name", "phone"))
        return buyer_of(number, name, phone, self._region)

    def moment(self, name: str, cells: Sequence[Cell], hour: str = "") -> datetime | None:
        """In the shop's zone, the hour perhaps in a column of its own. Raises Refused."""
        cell = self.cell(name, cells)
        found = local_moment(cell, self.cell(hour, cells) if hour else None, self._plan.date_order, self.zone)
        if found is not None and found.year not in self.years:
            raise Refused("out_of_range", cell)
        return found

    def code(self, group: str, kind: type[Code], name: str, cells: Sequence[Cell], otherwise: Code) -> Code:
        """What a word stands for; one that nobody knows is counted, and taken for `otherwise`."""
        said = self.line(name, cells)
        found = code_of(group, said)
        if not said or found in {one.value for one in kind}:
            return kind(found) if said else otherwise
        self.notes["words_unknown"] += 1
        return otherwise

    def yes(self, name: str, cells: Sequence[Cell]) -> bool | None:
        """Raises Refused."""
        return parse_yes_no(self.cell(name, cells))

    def staff(self, cells: Sequence[Cell]) -> int:
        """Who of the shop it was; whoever brings the file in, where nobody of that name works here."""
        return self.person("staff", cells) or self._acting

    def person(self, name: str, cells: Sequence[Cell]) -> int | None:
        """Who of the shop is named in a column; None where nobody is, or nobody of that name works here."""
        said = self.line(name, cells)
        found = self._staff.get(comparison_key(said))
        if said and found is None:
            self.notes["staff_unknown"] += 1
        return found

    def has(self, name: str) -> bool:
        """Whether the file has a column of this field."""
        return name in self._plan.columns

    def blame(self, line: int, cells: Sequence[Cell], refusal: Refused) -> Rejection:
        """The row refused, with the column whose cell it was."""
        return rejection_of(self._plan, line, cells, refusal)
