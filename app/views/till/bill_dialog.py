"""One bill as it was posted: its lines, what was paid and how, its points, and what can still be done with it."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.services import complaints, sales, till
from app.services.complaints import LeftOver
from app.services.sales import LineRow, SaleCard
from app.views.shared.buttons import Button
from app.views.shared.day_words import short_day
from app.views.shared.desk import Desk, TakeReturn
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.margin_words import margin_money, margin_words
from app.views.shared.people_words import staff_name
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table
from app.views.till import words
from app.views.till.sums import SumRow

SHOWN = 6


class BillDialog(Dialog):
    """F9 takes goods of it back, F11 and Enter show its slip; what was posted by mistake is taken back whole."""

    def __init__(self, desk: Desk, parent: QWidget, bill_id: int) -> None:
        super().__init__(parent, width=680)
        self._desk, self._id = desk, bill_id
        self.told: SaleCard = desk.gateway.read(sales.sale, bill_id)
        self.lines: RowsModel[LineRow] = RowsModel([], self)
        self.table = Table()
        self.table.setModel(self.lines)
        self.state = PlainLabel("", "small", tone="red_text", wrap=True)
        self.discount, self.points, self.paid = SumRow(), SumRow("gold_text"), SumRow()
        self.moved, self.margin, self.of_all = SumRow("gold_text"), SumRow(), SumRow()
        self.total_words, self.total = PlainLabel("", "small", tone="ink2"), PlainLabel("", "total")
        self.back = Button("", icon="ph.arrow-u-up-left", key="F9")
        self.undo = Button("", "quiet")
        sums = column(self.discount, self.points, self.paid, self.moved, self.margin, self.of_all, gap=2)
        self.body.add(self.state, self.table, row(column(self.total_words, self.total, None, gap=0), 24, (sums, 1)))
        self.footer.insertWidget(1, self.undo)
        self.footer.insertWidget(2, self.back)
        self.back.clicked.connect(self._on_return)
        self.undo.clicked.connect(self._on_undo)
        self.submitted.connect(self._on_slip)
        QShortcut(QKeySequence("F9"), self).activated.connect(self.back.click)
        QShortcut(QKeySequence("F11"), self).activated.connect(self.primary.click)
        desk.gateway.changed.connect(self._on_changed)
        self._word()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "undo"):
            self._word()

    def _on_changed(self, _changes: object) -> None:
        self._reload()

    def _reload(self) -> None:
        self.told = self._desk.gateway.read(sales.sale, self._id)
        self._word()

    def _word(self) -> None:
        card, bill = self.told, self.told.row
        title = self.tr("Return {number}") if bill.is_return else self.tr("Sale {number}")
        at = bill.at.astimezone(self._desk.zone)
        day = f"{short_day(bill.shop_day, self._desk.today())} {at:%H:%M}"
        who = card.customer or self.tr("Anonymous")
        self.set_title(title.replace("{number}", bill.number), " · ".join((who, day, staff_name(card.staff))))
        self.primary.setText(self.tr("Slip…"))
        self.primary.set_key("F11")
        self.cancel.setText(self.tr("Close"))
        self.back.setText(self.tr("Take goods back…"))
        self.undo.setText(self.tr("Take back whole"))
        self._show_lines()
        self._show_sums()
        self._show_state()

    def _show_lines(self) -> None:
        self.lines.show_columns(
            [
                Column(self.tr("Article"), words.line_name),
                Column(self.tr("Quantity"), words.line_quantity, align="right"),
                Column(self.tr("Price"), self._price, align="right"),
                Column(self.tr("Amount"), lambda line: self._desk.money(line.amount), align="right"),
            ]
        )
        self.lines.show_rows(list(self.told.lines))
        self.table.set_widths(None, 104, 112, 120)
        self.table.set_shown(min(SHOWN, max(2, len(self.told.lines))))

    def _price(self, line: LineRow) -> str:
        return "" if line.deposit else words.unit_price(line.unit_price, self._desk)

    def _show_sums(self) -> None:
        bill, money = self.told.row, self._desk.money
        self.total_words.setText(self.tr("Money back") if bill.is_return else self.tr("Paid"))
        self.total.setText(money(abs(bill.total)))
        self.discount.show_sum(self.tr("Discounts"), money(-bill.discount) if bill.discount else "")
        used = words.grouped(self.tr("%n point(s)", "", abs(bill.points_used)), abs(bill.points_used))
        self.points.show_sum(used, money(-bill.points_value) if bill.points_value else "")
        payments = self._desk.gateway.read(till.payments_of, bill.id)
        self.paid.show_sum(self.tr("Paid by"), words.paid_by(payments, self._desk) if payments else "")
        earned = bill.points_earned
        said = self.tr("Points earned") if earned > 0 else self.tr("Points taken back")
        self.moved.show_sum(said, f"{earned:+,}".replace("-", "−") if earned else "")
        self._show_margin()

    def _show_margin(self) -> None:
        """For whoever may know what goods cost: of this bill, and of all its customer ever bought."""
        read, customer = self._desk.gateway.read, self.told.row.customer_id
        may = self._desk.gateway.may(complaints.sale_margin)
        made = read(complaints.sale_margin, self._id) if may else None
        known = made is not None and made.bills is not None
        of_all = read(complaints.customer_margin, customer) if known and customer is not None else None
        self._say_margin(self.margin, self.tr("Margin"), made)
        self._say_margin(self.of_all, self.tr("Margin of all they bought"), of_all)

    def _say_margin(self, shown: SumRow, said: str, left: LeftOver | None) -> None:
        shown.show_sum(margin_words(said, left, self._desk) if left else said, margin_money(left, self._desk))

    def _show_state(self) -> None:
        bill = self.told.row
        self.state.setText(self.tr("Taken back: it counts for nothing any more.") if bill.voided else "")
        self.state.setVisible(bill.voided)
        self.back.setVisible(not (bill.is_return or self._pays_out or bill.voided))
        self.undo.setVisible(bill.of_till and not bill.voided)

    def _on_return(self) -> None:
        self.accept()
        self._desk.ask(TakeReturn(self._id))

    def _on_undo(self) -> None:
        bill, act = self.told.row, self._way_back()
        said = self.tr("Taken back: {number}").replace("{number}", bill.number)
        self._desk.gateway.write(act, self._id, operation_id=f"void:{bill.id}", at=self._desk.now(), said=said)

    @property
    def _pays_out(self) -> bool:
        """Whether it only pays stored value out."""
        return self.told.row.total < 0 and all(line.deposit for line in self.told.lines)

    def _way_back(self) -> Callable[..., None]:
        """What takes a bill of this kind back whole."""
        bill = self.told.row
        if self._pays_out:
            return till.undo_pay_out
        if not bill.is_return:
            return till.void_sale
        return till.void_return if bill.returns_id is not None else till.void_unlinked_return

    def _on_slip(self) -> None:
        from app.views.till.slip_dialog import open_slip

        open_slip(self._desk, self, self._id)


def open_bill(desk: Desk, parent: QWidget, bill_id: int) -> BillDialog:
    """Show a bill."""
    dialog = BillDialog(desk, parent, bill_id)
    dialog.present()
    return dialog
