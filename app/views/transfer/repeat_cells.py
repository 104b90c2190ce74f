"""A cell that says how something comes again, read out as on the form of a follow-up."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from app.domain.errors import ShopError
from app.domain.recurrence import Repeat, read_rule
from app.formats.dates import parse_moment
from app.formats.ics_counted import read_counted
from app.formats.ics_repeat import Repeated, read_repeated
from app.services.transfer import Plan
from app.views.shared.day_words import short_day
from app.views.shared.repeat_words import repeat_sentence

_NO_YEAR = date.min
"""As "today": the year is always written, for a file may be of any."""


def cell_words(plan: Plan, cells: Sequence[str], place: int) -> str:
    """What stands in a cell of the file; of how something comes again the sentence, where it can be read."""
    cell = cells[place] if place < len(cells) else ""
    if not cell or plan.columns.get("recurrence") != place:
        return cell
    try:
        return _sentence(read_repeated(cell), _begins(plan, cells)) or cell
    except (ShopError, ValueError):
        return cell


def _begins(plan: Plan, cells: Sequence[str]) -> datetime | date | None:
    place = plan.columns.get("due_on", len(cells))
    return parse_moment(cells[place], plan.date_order) if place < len(cells) else None


def _sentence(said: Repeated, start: datetime | date | None) -> str:
    if said.instead_of is not None:
        words = QCoreApplication.translate("RepeatCells", "in place of {day}")
        return words.replace("{day}", short_day(_day(said.instead_of), _NO_YEAR))
    if said.counted:
        counted = read_counted(said.counted)
        after = Repeat(after_done=counted.after_done, until=counted.until, times=counted.times)
        return repeat_sentence(after, counted.on, _NO_YEAR)
    if not said.rule or start is None:
        return ""
    words = repeat_sentence(read_rule(said.rule, start), _day(start), _NO_YEAR)
    without, besides = len(said.without), len(said.besides)
    more = [
        *([QCoreApplication.translate("RepeatCells", "but for %n day(s)", "", without)] if without else []),
        *([QCoreApplication.translate("RepeatCells", "%n day(s) besides", "", besides)] if besides else []),
    ]
    return " · ".join([words, *more])


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
