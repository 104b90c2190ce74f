"""Several chosen in the list: how many, the button that changes them all, and which they are."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionRange, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.services import customers, loyalty
from app.views.customers.bulk_dialog import open_bulk
from app.views.shared import actions, look
from app.views.shared.buttons import Button, IconButton
from app.views.shared.cards import Card as Surface
from app.views.shared.desk import Desk, GiveBonus, PrintMemberCards, TakeOut
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import row
from app.views.shared.lists import RowList
from app.views.shared.look import px
from app.views.shared.paint import figure

GAP, EDGES = 4, 14
Ids = Callable[[int, int], list[int]]
"""The ids of so many rows of the list as it stands, from a place on."""


class BulkBar(Surface):
    """Shown while more than one row is chosen. Rows that are chosen are not read: a range is two places."""

    def __init__(self, desk: Desk, view: RowList, ids: Ids, parent: QWidget | None = None) -> None:
        self.told, self.none = ElidedLabel("", "small", tone="accent_text"), IconButton("ph.x")
        self.change, self.bonus = Button("", icon="ph.pencil-simple"), IconButton("ph.coin")
        self.cards, self.take_out = IconButton("ph.identification-card"), IconButton("ph.upload-simple")
        super().__init__(
            row((self.told, 1), self.change, self.bonus, self.cards, self.take_out, self.none, gap=GAP),
            kind="soft",
            margins=(10, 2, 4, 2),
            parent=parent,
        )
        self._desk, self._view, self._ids = desk, view, ids
        self._icons = (self.bonus, self.cards, self.take_out, self.none)
        self.allowed = desk.gateway.may(customers.bulk_edit)
        if self.allowed:
            view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
            context = Qt.ShortcutContext.WidgetShortcut
            actions.act(
                view, "customers.bulk", lambda: self.tr("Change those chosen"), self.open, key="Ctrl+E", context=context
            )
        self.change.set_key("Ctrl+E")
        self.change.clicked.connect(self.open)
        self.none.clicked.connect(self.choose_one)
        self.cards.clicked.connect(self.print_cards)
        self.bonus.clicked.connect(self.give_points)
        self.take_out.clicked.connect(self.export)
        self.bonus.setVisible(desk.gateway.may(loyalty.give_bonus))
        self.retranslate()
        self.hide()

    def watch(self) -> None:
        """Hear the choice of the view; to be called once it has its model."""
        self._view.selectionModel().selectionChanged.connect(self._on_chosen)
        self._view.model().modelReset.connect(self._tell)

    def retranslate(self) -> None:
        self.change.setText(self.tr("Change…"))
        self.none.set_name(self.tr("Choose one only"))
        self.cards.set_name(self.tr("Print member cards"))
        self.bonus.set_name(self.tr("Give them points"))
        self.take_out.set_name(self.tr("Export…"))
        self.change.set_compact(False)
        self._whole, self._compact = self.change.sizeHint().width(), False
        self._tell()

    def count(self) -> int:
        """How many rows are chosen."""
        return sum(part.height() for part in self._selection())

    def chosen(self) -> list[int]:
        """Whose they are, in the order of the list."""
        parts = sorted((part.top(), part.height()) for part in self._selection())
        return [found for top, high in parts for found in self._ids(top, high)]

    def open(self) -> None:
        """Change the cards chosen; with one, that one."""
        if self.allowed and self.count():
            open_bulk(self._desk, self._view, tuple(self.chosen()))

    def print_cards(self) -> None:
        """Put the member cards of those chosen on paper."""
        if self.count():
            self._desk.ask(PrintMemberCards(tuple(self.chosen())))

    def give_points(self) -> None:
        """Give points to those chosen."""
        if self.count():
            self._desk.ask(GiveBonus(tuple(self.chosen())))

    def export(self) -> None:
        """Write those chosen to a file."""
        if self.count():
            self._desk.ask(TakeOut("customers", tuple(self.chosen())))

    def choose_all(self) -> None:
        """Choose every row of the list as it stands."""
        self._view.selectAll()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_one(self) -> None:
        """Only the row under the hand stays chosen."""
        self._view.selectionModel().select(
            self._view.currentIndex(), self._view.selectionModel().SelectionFlag.ClearAndSelect
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _selection(self) -> list[QItemSelectionRange]:
        """The ranges that are chosen, however many rows each holds."""
        model = self._view.selectionModel()
        held = model.selection() if model else QItemSelection()
        return [held.at(place) for place in range(held.count())]

    def _on_chosen(self, *_changed: object) -> None:
        self._tell()

    def _tell(self) -> None:
        number = self.count()
        words = self.tr("%n chosen", "", number)
        self.told.setText(words.replace(str(number), figure(number)))
        self.setVisible(number > 1)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """How many there are is never cut: before that, the button that changes them says its words in its tip."""
        icons = [icon for icon in self._icons if not icon.isHidden()]
        needed = look.current().measure(self.told.text(), "small") + sum(icon.sizeHint().width() for icon in icons)
        room = self.width() - needed - px(GAP) * (len(icons) + 1) - px(EDGES)
        if self._compact != (compact := room < self._whole):
            self._compact = compact
            self.change.set_compact(compact)
