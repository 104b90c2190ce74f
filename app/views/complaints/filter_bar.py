"""The line over board and list: words, saved views, and the filter."""

from collections.abc import Hashable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.services import complaints
from app.services.complaints import EVERY_CASE, SHIPPED, CaseFilter, SavedView
from app.views.complaints.cases import Cases
from app.views.complaints.filter_dialog import FilterDialog
from app.views.complaints.filter_words import told
from app.views.shared import look
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.fields import LineEdit
from app.views.shared.layouts import row
from app.views.shared.look import px
from app.views.shared.tokens import Hue

LEAST, WIDE = 168, 248
OWN = "own"
"""The value of the chip of a choice that has no name."""


class FilterBar(QWidget):
    """Tells when something else is asked for; Esc takes one step back: the words, then the choice."""

    changed = Signal()
    entered = Signal()
    """↓ or Enter in the field: the person goes to the cases."""

    def __init__(self, desk: Desk, cases: Cases, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._cases = desk, cases
        self._saved: list[SavedView] = []
        self.field = LineEdit(icon="ph.magnifying-glass", clear=True, height=28)
        self.views = Chips(may_be_none=True)
        self.more = Button("", icon="ph.funnel-simple", size="small")
        self.setLayout(row(self.field, (self.views, 1), self.more, gap=12))
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.views.chosen.connect(self._on_view)
        self.more.clicked.connect(self.open)
        look.follow(self.relook)

    def relook(self) -> None:
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def retranslate(self) -> None:
        self.field.setPlaceholderText(self.tr("Words, number, name"))
        self.more.setText(self.tr("Filter…"))
        self._show_views()

    def reload(self) -> None:
        """Read the saved views again."""
        self._saved = self._desk.gateway.read(complaints.saved_views)
        self._show_views()

    def open(self) -> None:
        """Ask for a choice of cases."""
        named = next((view for view in self._saved if view.id == self.views.value()), None)
        self.dialog = FilterDialog(self._desk, self.window(), self._cases.asked.only, named, self.show_only)
        self.dialog.present()

    def show_only(self, only: CaseFilter) -> None:
        """Show the cases of a choice; a saved one is chosen by its name."""
        self._cases.ask(only=only)
        self.reload()
        self.changed.emit()

    def step_back(self) -> bool:
        """Take the words back, then the choice; False when there is nothing to take back."""
        if self.field.text():
            self.field.clear()
        elif self._cases.asked.only != EVERY_CASE:
            self.show_only(EVERY_CASE)
        else:
            return False
        return True

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if watched is not self.field or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return True
        return event.key() == Qt.Key.Key_Escape and self.step_back()

    def _show_views(self) -> None:
        only = self._cases.asked.only
        chosen = next((value for value, choice in self._choices().items() if choice == only), None)
        chips = [ChipView(code, words, hue=_HUES.get(code, "accent")) for code, words in self._shipped().items()]
        chips += [ChipView(view.id, view.name) for view in self._saved]
        if chosen is None and only != EVERY_CASE:
            chosen = OWN
            chips.append(ChipView(OWN, told(self._desk, only)))
        self.views.show_chips(chips)
        self.views.set_value(chosen)
        self._share()

    def _share(self) -> None:
        """The field gives way before the views need a second line."""
        rest = self.width() - self.views.sizeHint().width() - self.more.sizeHint().width() - 2 * px(12)
        self.field.setFixedWidth(max(px(LEAST), min(px(WIDE), rest)))

    def _shipped(self) -> dict[str, str]:
        return {
            "overdue": self.tr("Overdue"),
            "mine": self.tr("Mine"),
            "week": self.tr("This week"),
            "severe": self.tr("Severe"),
            "reopened": self.tr("Opened again"),
            "to_call": self.tr("To call back"),
        }

    def _on_typed(self, typed: str) -> None:
        self._cases.ask(words=typed)
        self.changed.emit()

    def _on_view(self, value: Hashable | None) -> None:
        if value == OWN:
            return
        self.show_only(self._choices().get(value, EVERY_CASE))

    def _choices(self) -> dict[Hashable, CaseFilter]:
        shipped: dict[Hashable, CaseFilter] = dict(SHIPPED.items())
        return shipped | {view.id: view.only for view in self._saved}


_HUES: dict[str, Hue] = {"overdue": "red", "severe": "red", "to_call": "blue"}
