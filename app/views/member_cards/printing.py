"""Member cards on paper: one or many, in the size of a credit card, with marks where to cut."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from app.domain.member_cards import grouped
from app.services import customers, member_cards
from app.views.shared.buttons import Button
from app.views.shared.codes import paint_bars, paint_squares
from app.views.shared.desk import Desk
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import row
from app.views.shared.paper import A4, Grid, Paint, letters, say
from app.views.shared.sheet_dialog import SheetDialog

CARD = (85.6, 54.0)
"""Millimetres: ID-1 of ISO/IEC 7810, as every wallet takes it."""
GRIDS = (Grid("a4-10", A4, 2, 5, CARD, (4, 4), marks=True), Grid("single", CARD, 1, 1, CARD))
EDGE, RADIUS = 50, 30


def grid_words(grid: Grid) -> str:
    """A grid in words."""
    if grid.cells == 1:
        return QCoreApplication.translate("MemberCards", "Card printer, one a page")
    return QCoreApplication.translate("MemberCards", "A4, ten to cut apart")


@dataclass(frozen=True, slots=True)
class Printed:
    """What stands on one card."""

    name: str
    number: str


class PrintCardsDialog(SheetDialog):
    """Who has no card yet is told, and given one by a button; the act can be undone."""

    def __init__(self, desk: Desk, parent: QWidget, ids: Sequence[int]) -> None:
        super().__init__(desk, parent, [(grid, grid_words(grid)) for grid in GRIDS], "cards.pdf")
        self._ids = list(dict.fromkeys(ids))
        self._shop = desk.settings.name
        self._printed: list[Printed] = []
        self._without: list[int] = []
        self.told, self.give = PlainLabel("", "small", tone="ink2"), Button("", size="small", icon="ph.plus")
        self.options.add(row(self.told, self.give, None, gap=8))
        self.set_title(self.tr("Print member cards"))
        self.give.clicked.connect(self._on_give)
        desk.gateway.changed.connect(self._on_changed)
        self.reload()

    def reload(self) -> None:
        """Read whose cards there are."""
        read = self._desk.gateway.read
        held = read(member_cards.cards_of_many, self._ids)
        good = {one: next((card.number for card in cards if card.good), "") for one, cards in held.items()}
        names = {row.id: row.name for row in read(customers.rows, self._ids)}
        self._printed = [Printed(names.get(one, ""), number) for one, number in good.items() if number]
        self._without = [one for one, number in good.items() if not number]
        missing = self.tr("%n customer(s) without a card", "", len(self._without)) if self._without else ""
        cards = self.tr("%n card(s)", "", len(self._printed))
        self.told.setText(f"{cards} · {missing}" if missing else cards)
        self.give.setText(self.tr("Give %n card(s)", "", len(self._without)))
        self.give.setVisible(bool(self._without) and self._desk.gateway.may(member_cards.issue_many))
        self.refresh()

    def things(self, grid: Grid) -> tuple[Sequence[Paint], int]:
        return [partial(self._paint, card, grid.marks) for card in self._printed], 0

    def _on_changed(self, _changes: object) -> None:
        self.reload()

    def _on_give(self) -> None:
        said = self.tr("%n member card(s) given", "", len(self._without))
        self._desk.gateway.write(member_cards.issue_many, self._without, at=self._desk.now(), said=said)

    def _paint(self, card: Printed, framed: bool, p: QPainter, cell: QRectF) -> None:
        """Shop above, whose card it is, the QR code at the right, the barcode with its digits below."""
        if framed:
            p.setPen(QPen(Qt.GlobalColor.lightGray, 2))
            p.drawRoundedRect(cell.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        room = cell.adjusted(EDGE, EDGE * 0.9, -EDGE, -EDGE * 0.8)
        left, top, wide = room.left(), room.top(), room.width()
        words = wide - 250
        say(p, QRectF(left, top, words, 56), self._shop, letters(42, bold=True))
        member = QCoreApplication.translate("MemberCards", "Member card")
        say(p, QRectF(left, top + 58, words, 36), member, letters(26), colour=Qt.GlobalColor.darkGray)
        say(p, QRectF(left, top + 130, words, 60), card.name, letters(44))
        paint_squares(p, QRectF(room.right() - 230, top - 10, 240, 240), card.number)
        drawn = paint_bars(p, QRectF(left, top + 250, wide, 140), card.number)
        line = QRectF(left, top + (396 if drawn else 270), wide, 44)
        say(p, line, grouped(card.number), letters(32), Qt.AlignmentFlag.AlignCenter)


def open_print_cards(desk: Desk, parent: QWidget, ids: Sequence[int]) -> PrintCardsDialog:
    """Show the cards of these people as they will be on paper."""
    dialog = PrintCardsDialog(desk, parent, ids)
    dialog.present()
    return dialog
