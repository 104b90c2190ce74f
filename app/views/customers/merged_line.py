"""A quiet line on a card that answers for others: which cards were merged into it, and the way to take that back."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from app.services import duplicates
from app.services.customers import Card
from app.services.duplicates import MergeRow
from app.views.shared.buttons import Button
from app.views.shared.desk import Desk, TakeApart
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import row
from app.views.shared.people_words import on_day


class MergedLine(QWidget):
    """Hidden on a card that was never merged. "Take apart…" is about the last merge: the earlier ones come after it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._customer = desk, 0
        self.merges: list[MergeRow] = []
        self.words = ElidedLabel("", "small", tone="ink2")
        self.apart = Button("", "link", size="small")
        self.setLayout(row(self.words, self.apart, None, gap=8))
        self.apart.clicked.connect(self._on_apart)
        self.hide()

    def show_card(self, card: Card) -> None:
        """Show what was merged into this card; most have nothing, and nothing is read for them."""
        self._customer = card.id
        self.merges = self._desk.gateway.read(duplicates.merges, card.id) if card.answers_for_others else []
        self.setVisible(bool(self.merges))
        if self.merges:
            self.retranslate()

    def retranslate(self) -> None:
        self.apart.setText(self.tr("Take apart…"))
        may = self._desk.gateway.may(duplicates.unmerge)
        self.apart.setEnabled(may)
        self.apart.setToolTip("" if may else self.tr("Only a manager or the owner takes a merge back"))
        if self.merges:
            said = self.tr(" · ").join(self._said(done) for done in self.merges)
            self.words.setText(self.tr("Merged from: {cards}").replace("{cards}", said))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _said(self, done: MergeRow) -> str:
        day = on_day(self._desk.day_of(done.at), self._desk.today())
        return self.tr("{name} on {day}").replace("{name}", done.gone).replace("{day}", day)

    def _on_apart(self) -> None:
        if self.merges:
            self._desk.ask(TakeApart(self._customer, self.merges[0].id))
