"""The column of what to remember: pinned facts, what is paused, the note, and how to reach the person."""

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from app.domain.complaints import written_number
from app.services.customers import Card, Fact
from app.views.customers.contact_fields import label_words
from app.views.customers.words import joined
from app.views.shared import look
from app.views.shared.avatars import Glyph
from app.views.shared.buttons import IconButton
from app.views.shared.cards import Rule, SectionHead
from app.views.shared.fields import LineEdit
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import Scroll, box, column, row
from app.views.shared.look import px
from app.views.shared.people_words import phone, staff_name

WIDTH, WIDEST = 240, 360


class FactsColumn(QWidget):
    """At the right of the card; `pinned` and `unpinned` tell what a person wants remembered or forgotten."""

    pinned = Signal(str)
    unpinned = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: Card | None = None
        self.add = IconButton("ph.plus", key="P")
        self.head = SectionHead("", self.add)
        self.field = LineEdit(height=32)
        self.facts, self.about = column(gap=8), column(gap=8)
        self.hint = PlainLabel("", "small", tone="ink3", wrap=True)
        inner = box(
            column(self.head, self.field, self.hint, self.facts, self.about, None, gap=8, margins=(16, 12, 16, 12))
        )
        self.setLayout(column(Scroll(inner), gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.field.hide()
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self._on_pin)
        self.add.clicked.connect(self.start_pinning)
        self.retranslate()
        look.follow(self.relook)

    def relook(self) -> None:
        self.setFixedWidth(px(WIDEST if self._wide else WIDTH))

    def set_wide(self, wide: bool) -> None:
        """Take more room where there is plenty."""
        if wide != self._wide:
            self._wide = wide
            self.relook()

    _wide = False

    def retranslate(self) -> None:
        self.head.set_words(self.tr("Remember"))
        self.add.set_name(self.tr("Pin a fact"))
        self.field.setPlaceholderText(self.tr("Allergic to nuts, pays on the 10th…"))
        self.hint.setText(self.tr("What you pin here is seen at every visit, by whoever is at the counter."))

    def show_card(self, card: Card) -> None:
        """Show somebody's facts."""
        if self._card is None or self._card.id != card.id:
            self.field.clear()
            self.field.hide()
        self._card = card
        _empty(self.facts)
        for fact in card.facts:
            self.facts.add(_FactRow(fact, self.unpinned))
        self.hint.setVisible(not card.facts and self.field.isHidden())
        self._show_about(card)

    def start_pinning(self) -> None:
        """Open the field for a new fact."""
        self.hint.hide()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        pressed = watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self._close_field()
            return True
        return False

    def _close_field(self) -> None:
        self.field.clear()
        self.field.hide()
        self.hint.setVisible(bool(self._card and not self._card.facts))
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pin(self) -> None:
        if words := self.field.value():
            self._close_field()
            self.pinned.emit(words)

    def _show_about(self, card: Card) -> None:
        _empty(self.about)
        if card.cases:
            self._section(self.tr("Suggestions are paused"))
            until = self.tr("until {number} is closed").replace("{number}", written_number(card.cases[0].number))
            self.about.add(_line("ph.hand-palm", until))
        reach = [("ph.phone", phone(number.text), number) for number in card.draft.phones]
        reach += [("ph.envelope-simple", mail.text, mail) for mail in card.draft.emails]
        reach += [("ph.map-pin", address.text, address) for address in card.draft.addresses]
        if reach:
            self._section(self.tr("How to reach them"))
        for icon, words, labelled in reach:
            self.about.add(_line(icon, words, label_words(labelled.label)))
        if card.draft.note:
            self._section(self.tr("Note"))
            self.about.add(PlainLabel(card.draft.note, "small", tone="ink2", wrap=True))

    def _section(self, title: str) -> None:
        self.about.add(Rule(), PlainLabel(title, "strong"))


class _FactRow(QWidget):
    """One pinned fact; the cross forgets it, and undo brings it back."""

    def __init__(self, fact: Fact, unpinned: SignalInstance) -> None:
        super().__init__()
        words = PlainLabel(fact.text, "small", wrap=True)
        noted = ElidedLabel(joined(staff_name(fact.staff), f"{fact.on:%Y-%m-%d}"), "caption", tone="ink3")
        self.cross = IconButton("ph.x", self.tr("Forget this fact"))
        self.cross.clicked.connect(lambda: unpinned.emit(fact.id))
        pin = Glyph("ph.push-pin-fill", "ink3", 14)
        at_top = column(pin, None, gap=0, margins=(0, 3, 0, 0))
        self.setLayout(row(at_top, (column(words, noted, gap=0), 1), column(self.cross, None, gap=0), gap=8))


def _line(icon: str, words: str, caption: str = "") -> QWidget:
    said = column(PlainLabel(words, "small", wrap=True), gap=0)
    if caption:
        said.add(ElidedLabel(caption, "caption", tone="ink3"))
    return box(row(column(Glyph(icon, "ink2", 14), None, gap=0, margins=(0, 3, 0, 0)), (said, 1), gap=8))


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
