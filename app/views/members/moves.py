"""The moves of the whole shop: who moved when, from where to where, and why, as of any day."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.services import customers, loyalty
from app.services.customers import TierMark
from app.services.loyalty import MoveRow
from app.views.members import move_words, words
from app.views.shared import look
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk, OpenCustomer
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, row
from app.views.shared.rows_model import Column, PagedRows, Sort
from app.views.shared.tables import Table
from app.views.shared.typed_fields import DateField


class MovesDialog(Dialog):
    """Chips choose up or down, the day cuts what came after it; Enter on a row opens the card."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, width=760)
        self._desk = desk
        self._tiers: dict[int, TierMark] = {}
        self.which, self.until = Chips(), DateField(today=desk.today, height=32)
        self.as_of = PlainLabel("", "small", tone="ink2")
        self.rows: PagedRows[MoveRow] = PagedRows((), self._count, self._fetch, self)
        self.table = Table(compact=True)
        self.table.setModel(self.rows)
        self.nothing = PlainLabel("", "body", tone="ink2", wrap=True)
        self.body.add(box(row((self.which, 2), self.as_of, (self.until, 1), gap=8)), self.table, self.nothing)
        self.as_of.setBuddy(self.until)
        self.until.set_value(desk.today())
        self.which.chosen.connect(lambda _value: self.reload())
        self.until.left.connect(self.reload)
        self.until.picked.connect(lambda _day: self.reload())
        self.table.opened.connect(self._on_opened)
        self.submitted.connect(self.accept)
        self.cancel.hide()
        self.relook()
        self.retranslate()
        self.which.set_value("all")
        self.reload()

    def relook(self) -> None:
        if hasattr(self, "table"):
            self.table.setMinimumHeight(look.px(360))
        super().relook()

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "nothing"):
            return
        self.set_title(self.tr("Moves between tiers"))
        self.primary.setText(self.tr("Close"))
        self.as_of.setText(self.tr("up to"))
        self.until.setAccessibleName(self.tr("up to"))
        self.nothing.setText(self.tr("Nobody moved by this day. Moves appear here with the sales that make them."))
        kept = self.which.value()
        choices = ("all", self.tr("All")), ("up", self.tr("Up")), ("down", self.tr("Down"))
        self.which.show_chips([ChipView(code, said) for code, said in choices])
        self.which.set_value(kept)
        self._tiers, today = self._desk.gateway.read(customers.tier_marks), self._desk.today()
        self.rows.show_columns(
            [
                Column(self.tr("Day"), lambda move: words.short_day(move.day, today)),
                Column(self.tr("Customer"), lambda move: move.name),
                Column(self.tr("Tier"), lambda move: move_words.step(move, self._tiers)),
                Column(self.tr("Why"), move_words.cause, tip=move_words.cause),
            ]
        )
        self.table.set_widths(116, 160, 168, None)

    def reload(self) -> None:
        """Read again what is chosen."""
        if self.until.check():
            return
        self.rows.reload()
        somebody = self.rows.rowCount() > 0
        self.table.setVisible(somebody)
        self.nothing.setVisible(not somebody)

    def _day(self) -> date:
        return self.until.value() or self._desk.today()

    def _up(self) -> bool | None:
        return {"up": True, "down": False}.get(str(self.which.value()))

    def _count(self) -> int:
        return self._desk.gateway.read(loyalty.count_tier_history, self._day(), up=self._up())

    def _fetch(self, offset: int, limit: int, _sort: Sort | None) -> Sequence[MoveRow]:
        read = self._desk.gateway.read
        return read(loyalty.shop_tier_history, self._day(), up=self._up(), offset=offset, limit=limit)

    def _on_opened(self, move: MoveRow) -> None:
        self.accept()
        self._desk.ask(OpenCustomer(move.customer_id))


def open_moves(desk: Desk, parent: QWidget) -> MovesDialog:
    """Show who moved."""
    dialog = MovesDialog(desk, parent)
    dialog.present()
    dialog.table.setFocus()
    return dialog
