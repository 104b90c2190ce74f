"""Taking goods back, in two steps: which sale, and what of it."""

from uuid import uuid4

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.services import till
from app.services.till import ReturnBill
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.till.return_find import FindSale
from app.views.till.return_take import TakeGoods


class ReturnDialog(Dialog):
    """Enter takes the sale, then posts the return once; Esc goes back a step. `returned` tells the bill's id."""

    returned = Signal(int)

    def __init__(
        self, desk: Desk, parent: QWidget, *, customer_id: int | None = None, sale_id: int | None = None
    ) -> None:
        super().__init__(parent, width=680)
        self._desk, self._sale_id, self._direct = desk, sale_id, sale_id is not None
        self._operation = uuid4().hex
        self._bill: ReturnBill | None = None
        self.search, self.take = FindSale(desk, customer_id), TakeGoods(desk)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.search)
        self.pages.addWidget(self.take)
        self.body.add(self.pages)
        self.search.taken.connect(self._on_taken)
        self.search.without.connect(self._on_without)
        self.search.loose.setVisible(desk.gateway.may(till.take_unlinked_return))
        self.take.changed.connect(self._on_changed)
        self.submitted.connect(self._on_submitted)
        self._word()

    def begin(self) -> None:
        """Show the dialog where it begins: at the search, or at the sale that is known."""
        if self._sale_id is not None and not self._show_sale(self._sale_id):
            self.deleteLater()
            return
        self.present()
        self._shown().setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "pages"):
            self.search.retranslate()
            self.take.retranslate()
            self._word()

    def reject(self) -> None:
        """A step back; from the first, the dialog closes."""
        if self._shown() is self.take and not self._direct:
            self.pages.setCurrentWidget(self.search)
            self._word()
            self.search.setFocus()
            return
        super().reject()

    def _shown(self) -> QWidget:
        return self.take if self.pages.currentWidget() is self.take else self.search

    def _word(self) -> None:
        finding = self._shown() is self.search
        self.set_title(self.tr("Return"), self.tr("Which sale?") if finding else self.tr("What comes back?"))
        self.primary.setVisible(not finding)
        money = self._desk.money(self._bill.money) if self._bill else ""
        self.primary.setText(self.tr("Return {money}").replace("{money}", money) if money else self.tr("Return"))
        self.primary.setEnabled(self._bill is not None)
        self.primary.setToolTip("" if self._bill else self.tr("Tick what comes back first"))

    def _on_taken(self, sale_id: int) -> None:
        if self._show_sale(sale_id):
            self.take.setFocus()

    def _show_sale(self, sale_id: int) -> bool:
        self._operation = uuid4().hex
        if not self.take.show_sale(sale_id):
            return False
        self.pages.setCurrentWidget(self.take)
        self._word()
        return True

    def _on_changed(self, bill: ReturnBill | None) -> None:
        self._bill = bill
        self._word()

    def _on_submitted(self) -> None:
        draft = self.take.draft if self._shown() is self.take else None
        if draft is None or self._bill is None:
            return
        said = self.tr("{money} goes back").replace("{money}", self._desk.money(self._bill.money))
        done = self._desk.gateway.write(
            till.take_return, draft, operation_id=self._operation, at=self._desk.now(), said=said
        )
        if done is not None:
            self.returned.emit(done.return_id)
            self.accept()

    def _on_without(self) -> None:
        from app.views.till.unlinked_dialog import open_unlinked

        dialog = open_unlinked(self._desk, self)
        dialog.returned.connect(self.returned)
        dialog.accepted.connect(self.accept)


def open_return(
    desk: Desk, parent: QWidget, *, customer_id: int | None = None, sale_id: int | None = None
) -> ReturnDialog:
    """Ask which sale came back, or begin with the one that is known."""
    dialog = ReturnDialog(desk, parent, customer_id=customer_id, sale_id=sale_id)
    dialog.begin()
    return dialog
