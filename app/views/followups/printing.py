"""Printing the calendar: the month, the week, or the days as a list, on paper or as a PDF."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.followups import week_end, week_start
from app.domain.staff import Role
from app.services import staff
from app.services.followups import DayPlan
from app.views.followups.kept import View
from app.views.followups.page import page_days
from app.views.followups.pieces import Layers
from app.views.followups.sheets import Printed, list_pages, month_pages, week_pages
from app.views.shared.day_words import agenda_day, month_title, week_title
from app.views.shared.desk import Desk
from app.views.shared.paper import UNIT, Grid, Paint
from app.views.shared.sheet_dialog import SheetDialog

WIDE, HIGH = (297.0, 210.0), (210.0, 297.0)
MONTH = Grid("month", WIDE, 1, 1, (277, 190))
WEEK = Grid("week", WIDE, 1, 1, (277, 190))
LIST = Grid("list", HIGH, 1, 1, (186, 273))
FORTNIGHT = timedelta(days=13)
Read = Callable[[date, date], list[DayPlan]]


def grid_words(grid: Grid) -> str:
    """What is printed, in words."""
    return {
        MONTH: QCoreApplication.translate("PrintCalendarDialog", "Month"),
        WEEK: QCoreApplication.translate("PrintCalendarDialog", "Week"),
        LIST: QCoreApplication.translate("PrintCalendarDialog", "List to tick"),
    }[grid]


class PrintCalendarDialog(SheetDialog):
    """Opens with what is on the screen; `read` gives the days of whomever is looked at."""

    def __init__(self, desk: Desk, parent: QWidget, read: Read, view: View, day: date, layers: Layers) -> None:
        self._read_days, self._view, self._day, self._layers = read, view, day, layers
        grids = [(grid, grid_words(grid)) for grid in (MONTH, WEEK, LIST)]
        super().__init__(desk, parent, grids, "calendar.pdf")
        self.kinds.set_value({View.MONTH: MONTH.name, View.WEEK: WEEK.name}.get(view, LIST.name))
        self._phones = desk.gateway.read(staff.acting).role.covers(Role.MANAGER)
        self.set_title(self.tr("Print the calendar"))
        self.refresh()

    def things(self, grid: Grid) -> tuple[Sequence[Paint], int]:
        if grid is MONTH:
            days = page_days(self._day)
            return month_pages(self._printed(month_title(self._day), days[0], days[-1]), self._day), 0
        if grid is WEEK:
            first, last = week_start(self._day), week_end(self._day)
            return week_pages(self._printed(week_title(first, last), first, last)), 0
        last = self._day if self._view is View.DAY else self._day + FORTNIGHT
        title = agenda_day(self._day) if last == self._day else f"{agenda_day(self._day)} – {agenda_day(last)}"
        return list_pages(self._printed(title, self._day, last), LIST.cell[1] * UNIT), 0

    def _printed(self, title: str, first: date, last: date) -> Printed:
        plans = self._read_days(first, last)
        return Printed(title, self._desk.settings.name, plans, self._layers, self._desk.today(), self._phones)


def open_print_calendar(
    desk: Desk, parent: QWidget, read: Read, view: View, day: date, layers: Layers
) -> PrintCalendarDialog:
    """Show the page as it will be, and where it can go."""
    dialog = PrintCalendarDialog(desk, parent, read, view, day, layers)
    dialog.present()
    return dialog
