"""What stands in a cell of a file, in words of the window: kinds, purposes, and how something comes again."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from app.domain.errors import ShopError
from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.recurrence import Repeat, read_rule
from app.formats.dates import parse_moment
from app.formats.ics_counted import read_counted
from app.formats.ics_repeat import Repeated, read_repeated
from app.services.transfer import Kind, Plan
from app.views.shared.day_words import short_day
from app.views.shared.followup_words import kind_words, purpose_words
from app.views.shared.repeat_words import repeat_sentence

_NO_YEAR = date.min
"""As "today": the year is always written, for a file may be of any."""


def cell_words(plan: Plan, cells: Sequence[str], place: int) -> str:
    """What stands in a cell; as it is where there are no better words for it."""
    cell = cells[place] if place < len(cells) else ""
    field = next((name for name, column in plan.columns.items() if column == place), "")
    if not cell or plan.kind is not Kind.FOLLOWUPS or field not in _WORDS:
        return cell
    try:
        return _WORDS[field](plan, cells, cell) or cell
    except (ShopError, ValueError):
        return cell


def _comes_again(plan: Plan, cells: Sequence[str], cell: str) -> str:
    return _sentence(read_repeated(cell), _begins(plan, cells))


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


_WORDS: dict[str, Callable[[Plan, Sequence[str], str], str]] = {
    "recurrence": _comes_again,
    "kind": lambda _plan, _cells, cell: kind_words(FollowUpKind(cell)),
    "purpose": lambda _plan, _cells, cell: purpose_words(FollowUpPurpose(cell)),
}
"""By field; a calendar says kinds and purposes by their codes."""


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
