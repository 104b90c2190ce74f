"""What is done at the till beside selling: returns, slips, closing the day, and the dialog of several payments."""

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.payments import Paid
from app.services import sales, till
from app.services.till import ParkedRow
from app.views.shared.desk import Desk
from app.views.shared.digit_menu import DigitMenu


class Errands(QObject):
    """Opens the dialogs over the till. Each is imported when it is first asked for: no start waits for them."""

    splitted = Signal(object)
    """The payments a bill was split into."""
    parked_chosen = Signal(int)
    """The ticket that waits and is to be taken up."""

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._over = desk, over

    def split(self, total: int, paid: tuple[Paid, ...]) -> None:
        """Ask how much each method pays."""
        from app.views.till.split_dialog import open_split

        if not total:
            self._desk.tell(self.tr("There is nothing to pay yet"))
            return
        dialog = open_split(self._desk, self._over, self._desk.gateway.read(sales.methods), total, paid)
        dialog.split.connect(self.splitted)

    def choose_parked(self, under: QWidget) -> None:
        """Take up the ticket that waits; of several ask which, the one that waits longest first."""
        waiting = self._desk.gateway.read(till.parked)
        if len(waiting) == 1:
            self.parked_chosen.emit(waiting[0].id)
        elif waiting:
            choices = [(self._told(row), partial(self.parked_chosen.emit, row.id)) for row in waiting]
            DigitMenu(under, choices).pop_up(under.mapToGlobal(under.rect().bottomLeft()))

    def _told(self, row: ParkedRow) -> str:
        said = [f"{row.at.astimezone(self._desk.zone):%H:%M}", row.customer or self.tr("Anonymous")]
        return " · ".join([*said, self.tr("%n line(s)", "", row.lines)])

    def take_return(self, customer_id: int | None) -> None:
        """Goods come back: those of this customer are offered first."""
        from app.views.till.return_dialog import open_return

        open_return(self._desk, self._over, customer_id=customer_id).returned.connect(self.posted)

    def last_slip(self) -> None:
        """Show the slip of the last bill."""
        from app.views.till.slip_dialog import open_slip

        last = self._desk.gateway.read(till.last_bill)
        if last is None:
            self._desk.tell(self.tr("There is no slip yet: nothing was sold here"))
        else:
            open_slip(self._desk, self._over, last)

    def close_day(self) -> None:
        """Count the drawer."""
        from app.views.till.closing_dialog import open_closing

        open_closing(self._desk, self._over)

    def posted(self, bill: int) -> None:
        """What follows a bill: its slip, where the shop wants it by itself."""
        if self._desk.settings.slip_prints:
            from app.views.till.slip_printing import print_slip

            print_slip(self._desk, bill)
