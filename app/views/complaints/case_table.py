"""The list: a line for each case, sorted by any head, however many there are."""

from collections.abc import Callable, Hashable, Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.complaints import ComplaintState, Severity, written_number
from app.services.complaints import CATEGORIES, CaseCard, SortBy
from app.views.complaints import words
from app.views.complaints.cases import Cases
from app.views.complaints.words import ClockWords, Said
from app.views.shared import look
from app.views.shared.cards import Card
from app.views.shared.category_words import category_words
from app.views.shared.day_words import short_day
from app.views.shared.labels import begun
from app.views.shared.look import px
from app.views.shared.rows_model import Column, PagedRows
from app.views.shared.tables import ROW, Table

NAME, LEAST, SPARE = 136, 80, 2
CELL = 26
"""What a cell needs beside its words."""
LONG_DAY = date(2000, 12, 28)


class LetterTable(Table):
    """Leaves single letters to the place: they are its keys, no search by first letter."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.text() and event.text().isprintable() and plain:
            event.ignore()
        else:
            super().keyPressEvent(event)


class CaseTable(QWidget):
    """Enter opens a case; a head sorts."""

    opened = Signal(int)

    def __init__(self, cases: Cases, clocks: Callable[[], ClockWords], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_clocks, self._clocks = clocks, clocks()
        self.rows: PagedRows[CaseCard] = PagedRows(
            (), cases.count, cases.page, self, find=cases.place, spoken=self._spoken
        )
        self.table = LetterTable()
        self.retranslate()
        self.table.setModel(self.rows)
        look.follow(self.relook)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Card(self.table, margins=(0, 0, 0, 4)))
        self.setFocusProxy(self.table)
        self.table.opened.connect(lambda card: self.opened.emit(card.id))

    def relook(self) -> None:
        """A column of known words is as wide as the longest of them, so that names and their words have the rest."""
        severity = _room(words.severity_words(one) for one in Severity)
        category = _room(category_words(one) for one in CATEGORIES)
        state = _room(words.state_words(one) for one in ComplaintState)
        logged = _room([short_day(LONG_DAY, self._clocks.today)])
        self.table.set_widths(108, severity, NAME, None, category, state, logged, 176, give_way=(4, 6, 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rows.page_size = self.height() // px(ROW) + SPARE

    def retranslate(self) -> None:
        """Word the heads."""
        self._said = NOTHING_SAID
        titles = (
            self.tr("Number"),
            self.tr("Severity"),
            self.tr("Customer"),
            self.tr("In their words"),
            self.tr("About"),
            self.tr("State"),
            self.tr("Logged"),
            self.tr("Clock"),
        )
        severities = {one: words.severity_words(one) for one in Severity}
        states = {one: words.state_words(one) for one in ComplaintState}
        categories = {one: category_words(one) for one in CATEGORIES}
        texts: tuple[Callable[[CaseCard], str], ...] = (
            lambda card: f"{written_number(card.number)} ↑" if card.escalated else written_number(card.number),
            lambda card: severities[card.severity],
            words.name_of,
            lambda card: " ".join(card.words.split()),
            lambda card: categories.get(card.category, card.category),
            lambda card: states[card.state],
            lambda card: begun(self._clocks.logged(card)),
            lambda card: self._pressing(card).words,
        )
        keys = (SortBy.NUMBER, SortBy.SEVERITY, None, None, SortBy.CATEGORY, None, SortBy.OPENED, SortBy.DUE)
        tones = (
            _number_tone,
            _severity_tone,
            None,
            None,
            None,
            None,
            None,
            lambda card: self._pressing(card).tone,
        )
        self.rows.show_columns(
            [
                Column(title, text, key=key and key.value, tone=tone, tip=text if place == WORDS else None)
                for place, (title, text, key, tone) in enumerate(zip(titles, texts, keys, tones, strict=True))
            ]
        )
        self.table.setAccessibleName(self.tr("Complaints"))
        self.relook()

    def reload(self) -> None:
        """Read again; what the clocks say is of this moment."""
        self._clocks, self._said = self._read_clocks(), NOTHING_SAID
        self.rows.reload()

    def card(self) -> CaseCard | None:
        """The chosen case."""
        chosen: CaseCard | None = self.table.choice.row()
        return chosen

    def choose(self, complaint_id: Hashable) -> bool:
        return self.table.choice.choose(complaint_id)

    def _pressing(self, card: CaseCard) -> Said:
        """What the clock of a row says: a row asks for its words and for their tone."""
        if self._said[0] is not card:
            self._said = card, self._clocks.pressing(card)
        return self._said[1]

    def _spoken(self, card: CaseCard) -> str:
        parts = (
            words.severity_words(card.severity),
            words.name_of(card),
            words.told(card),
            words.state_words(card.state),
        )
        return ", ".join((written_number(card.number), *parts, self._clocks.say(card).words))


def _room(said: Iterable[str]) -> int:
    """What the longest of these needs in a column, in lengths of the design."""
    now = look.current()
    return max(LEAST, *(round(now.measure(one) / now.scale) + CELL for one in said))


def _number_tone(card: CaseCard) -> str | None:
    """An arrow and red: it is with the owner."""
    return "red_text" if card.escalated else None


def _severity_tone(card: CaseCard) -> str | None:
    return {"severe": "red_text", "serious": "gold_text"}.get(card.severity.value)


WORDS = 3
NOTHING_SAID: tuple[CaseCard | None, Said] = (None, Said("", "", ""))
