"""Solved on the spot: a tick that opens the line of what was done."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.services.complaints import RemedyDraft
from app.views.complaints.remedy import RemedyField
from app.views.complaints.spot_given import SpotGiven
from app.views.shared.cards import Card
from app.views.shared.desk import Desk
from app.views.shared.fields import CheckBox
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import column


class SpotPanel(Card):
    """Ticked, the case begins as solved, with its remedy."""

    changed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(kind="soft", gap=4, margins=(12, 8, 12, 8), parent=parent)
        self.tick = CheckBox(key="Ctrl+D")
        self.hint = ElidedLabel("", "caption", tone="ink2")
        self.remedy, self.asked = RemedyField(), SpotGiven(desk)
        self.body.add(self.tick, self._under(), self.remedy, self.asked)
        self.tick.changed.connect(self._on_ticked)
        self.remedy.changed.connect(self.changed)
        self.remedy.picked.connect(self.asked.show_kinds)
        self.asked.form.changed.connect(lambda _name: self.changed.emit(self.value()))
        self.retranslate()
        self._show()

    def value(self) -> str | None:
        """The remedy, perhaps empty; None while nothing is ticked."""
        return self.remedy.value() if self.tick.value() else None

    def given(self) -> tuple[RemedyDraft, ...]:
        """What is to be posted with the case."""
        return self.asked.given() if self.tick.value() else ()

    def check(self) -> bool:
        return not self.tick.value() or self.asked.check()

    def set_value(self, value: Any) -> None:
        self.tick.set_value(value is not None)
        self.remedy.set_value(value or "")
        self._show()

    def toggle(self) -> None:
        """Ctrl+D: tick and go to the remedy, or take the tick away."""
        self.tick.set_value(not self.tick.value())
        self._on_ticked()

    def retranslate(self) -> None:
        self.tick.setText(self.tr("Solved on the spot"))
        self.hint.setText(self.tr("Then write down what was done: exchange, refund, points, coupon"))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _under(self) -> Any:
        return column(self.hint, margins=(26, 0, 0, 0))

    def _on_ticked(self) -> None:
        self._show()
        if self.tick.value():
            self.remedy.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(self.value())

    def _show(self) -> None:
        self.remedy.setVisible(self.tick.value())
        self.asked.setVisible(self.tick.value())
        self.hint.setVisible(not self.tick.value())
