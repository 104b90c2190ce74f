"""Paying with points: none, the expiring ones, as many as last time, all that may be, or a number."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.services.till import Bill
from app.views.shared.avatars import Glyph
from app.views.shared.badges import Keycap
from app.views.shared.cards import Card
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.fields import LineEdit
from app.views.shared.keys import keycap
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.till import words
from app.views.till.answering import is_answered


class PointsField(LineEdit):
    """A number of points. One digit alone is a choice, more digits are a number; Enter goes back to the scan field."""

    done = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if is_answered(event):
            self.done.emit()
        else:
            super().keyPressEvent(event)


class PointsBox(Card):
    """The well that says what points pay, which go, what is left and the cap."""

    asked = Signal(int)
    """So many points are to be used."""
    done = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        self._bill: Bill | None = None
        self.title, self.pays = PlainLabel("", "strong"), ElidedLabel("", "strong", tone="gold_text", align="right")
        self.field = PointsField(height=32)
        self.chips = Chips(size="form")
        self.line = ElidedLabel("", "small", tone="ink2")
        head = row(Glyph("ph.coin", "gold_text"), self.title, Keycap(keycap("F6")), (self.pays, 1))
        choose = row(self.field, (self.chips, 1), gap=8)
        super().__init__(column(head, choose, self.line, gap=6), kind="well", margins=(12, 8, 12, 8), parent=parent)
        self.field.setFixedWidth(px(76))
        self.field.changed.connect(self._on_typed)
        self.field.done.connect(self.done)
        self.chips.chosen.connect(self._on_chosen)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Use points"))
        self.field.setAccessibleName(self.tr("Points to use"))
        self.field.setPlaceholderText(self.tr("0 pts"))

    def show_bill(self, bill: Bill, asked: int) -> None:
        """Show what the bill says about the points that were asked for."""
        self._bill = bill
        self.chips.show_chips(self._choices(bill))
        self.chips.set_value(asked if asked in self._offers(bill) else None)
        if not self.field.hasFocus():
            self.field.set_value(asked or "")
        if bill.points:
            pays = self.tr("{points} pay {money}").replace("{points}", f"{bill.points:,}")
            self.pays.setText(pays.replace("{money}", self._desk.money(bill.points_value)))
        else:
            self.pays.setText("")
        self.line.set_tone("ink2")
        self.line.setText(words.points_line(bill, self._desk))

    def say_problem(self, sentence: str) -> None:
        """Why the points asked for cannot be used; what is offered stays offered."""
        self.line.set_tone("red_text")
        self.line.setText(sentence)

    def enter(self) -> None:
        """F6: the next digit chooses."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def relook(self) -> None:
        self.field.setFixedWidth(px(76))

    def _offers(self, bill: Bill) -> list[int]:
        """What the digits stand for: none, expiring, last time, all."""
        return [0, bill.choices.expiring, bill.choices.last, bill.choices.most]

    def _choices(self, bill: Bill) -> list[ChipView]:
        said = [self.tr("None"), self.tr("Expiring"), self.tr("Last time"), self.tr("All")]
        seen: dict[int, ChipView] = {}
        for digit, (points, label) in enumerate(zip(self._offers(bill), said, strict=True)):
            if points or not digit:
                seen.setdefault(points, ChipView(points, label, hue="gold" if digit else "accent", digit=digit))
        return list(seen.values())

    def _on_typed(self, typed: str) -> None:
        if self._bill is None:
            return
        digits = "".join(char for char in str(typed) if char.isdigit())
        offers = self._offers(self._bill)
        if len(digits) == 1 and int(digits) < len(offers):
            self.asked.emit(offers[int(digits)])
        else:
            self.asked.emit(int(digits[:9] or 0))

    def _on_chosen(self, points: object) -> None:
        self.asked.emit(points if isinstance(points, int) else 0)
        self.done.emit()
