"""The head of the calendar: what is shown of whom, which view, and turning the page. It gives way step by step."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.views.followups.kept import View
from app.views.followups.pieces import Layer, Layers
from app.views.shared import look
from app.views.shared.buttons import Button, IconButton
from app.views.shared.chips import Chips, ChipView
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.tokens import PAGE_HEAD

GAP = 8


class CalendarHead(QWidget):
    """Layers fold into a button where there is no room for their chips; then words go, last the title."""

    layers_chosen = Signal()
    whose_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = PlainLabel("", "title")
        self.layers, self.views = Chips(many=True), Chips()
        self.folded = Button("", "secondary", icon="ph.stack", size="small")
        self.whose = Button("", "secondary", icon="ph.users", size="small")
        self.glance = Button("", "secondary", icon="ph.list-bullets", size="small")
        self.back, self.on = IconButton("ph.caret-left"), IconButton("ph.caret-right")
        self.today = Button("", "secondary", icon="ph.calendar-blank", size="small")
        self.menu: QMenu | None = None
        self._people: Sequence[tuple[str, str]] = ()
        self.offers: Sequence[QAction] = ()
        """What can be done about whose follow-ups are, at the end of that menu."""
        self._turn = row(self.back, self.today, self.on, gap=4)
        self.setLayout(
            row(
                self.title,
                None,
                self.whose,
                self.folded,
                column(None, self.layers, None),
                column(None, self.views, None),
                self.glance,
                self._turn,
                gap=GAP,
            )
        )
        self.layers.chosen.connect(lambda _layers: self.layers_chosen.emit())
        self.folded.clicked.connect(self._on_folded)
        self.whose.clicked.connect(self._on_whose)
        self._two_halves = True
        look.follow(self.relook)

    def retranslate(self) -> None:
        self.back.set_name(self.tr("The page before"))
        self.on.set_name(self.tr("The page after"))
        self.folded.setText(self.tr("Layers"))
        self.layers.setAccessibleName(self.tr("Layers"))
        self.views.setAccessibleName(self.tr("View"))
        self.layers.show_chips(
            [
                ChipView(Layer.FOLLOWUPS, self.tr("Follow-ups"), icon="ph.calendar-check"),
                ChipView(Layer.BIRTHDAYS, self.tr("Birthdays"), icon="ph.cake", hue="plum"),
                ChipView(Layer.FESTIVALS, self.tr("Festivals"), icon="ph.flag", hue="plum"),
                ChipView(Layer.POINTS, self.tr("Points days"), icon="ph.sparkle", hue="gold"),
            ]
        )

    def show_views(self, words: Sequence[tuple[View, str, str]]) -> None:
        """Offer the views, each with its words and its key."""
        self.views.show_chips([ChipView(view, said) for view, said, _key in words])
        for chip, (_, said, key) in zip(self.views.chips(), words, strict=True):
            chip.setToolTip(f"{said} ({key})")

    def show_people(self, people: Sequence[tuple[str, str]], chosen: str) -> None:
        """Whose follow-ups may be shown; with nobody but one, there is nothing to choose."""
        self._people = people
        self.whose.setVisible(len(people) > 2)
        self.whose.setText(dict(people).get(chosen, ""))
        self.make_room()

    def layers_on(self) -> Layers:
        return frozenset(Layer(str(value)) for value in self.layers.values())

    def relook(self) -> None:
        self.setFixedHeight(px(PAGE_HEAD))
        self.make_room()

    def sizeHint(self) -> QSize:
        return QSize(px(1000), px(PAGE_HEAD))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(320), px(PAGE_HEAD))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room()

    def show_glance(self, shown: bool) -> None:
        """Whether calendar and day are two pages, and a button leads from one to the other."""
        self.glance.setVisible(shown)
        self.make_room()

    def make_room(self) -> None:
        """Take the first step at which everything fits."""
        for step in (self._whole, self._fold_layers, self._drop_words, self.title.hide):
            step()
            if self._needed() <= self.width():
                return

    def _whole(self) -> None:
        self.layers.show()
        self.folded.hide()
        self.title.show()
        for button in (self.folded, self.whose, self.today, self.glance):
            button.set_compact(False)

    def _fold_layers(self) -> None:
        self.layers.hide()
        self.folded.show()

    def _drop_words(self) -> None:
        for button in (self.folded, self.whose, self.today, self.glance):
            button.set_compact(True)

    def _needed(self) -> int:
        parts = (self.title, self.whose, self.folded, self.layers, self.views, self.glance)
        shown = [part for part in parts if not part.isHidden()]
        turn = sum(part.sizeHint().width() for part in (self.back, self.today, self.on)) + 2 * px(4)
        return sum(part.sizeHint().width() for part in shown) + turn + (len(shown) + 1) * px(GAP)

    def _on_folded(self) -> None:
        menu = self._menu()
        for chip in self.layers.chips():
            made = menu.addAction(chip.view.words)
            made.setCheckable(True)
            made.setChecked(chip.isChecked())
            made.triggered.connect(chip.click)
        self._pop(menu, self.folded)

    def _on_whose(self) -> None:
        menu = self._menu()
        for choice, words in self._people:
            made = menu.addAction(words.replace("&", "&&"))
            made.triggered.connect(lambda _on=False, choice=choice: self.whose_chosen.emit(choice))
        menu.addSeparator()
        menu.addActions(self.offers)
        self._pop(menu, self.whose)

    def _menu(self) -> QMenu:
        self.menu = QMenu(self)
        return self.menu

    def _pop(self, menu: QMenu, button: Button) -> Any:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + px(4))))
