"""Who may be written to or called: a yes or a no by channel, noted at once with where it was said."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.interactions import Channel
from app.services.customers import Card
from app.views.customers.fact_views import CONSENTED
from app.views.customers.fact_words import place_words, reach_words
from app.views.shared.chips import Chips, ChipView
from app.views.shared.fields import CheckBox, ComboBox
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row

PLACES = ("counter", "paper", "phone", "message")


class ConsentField(QWidget):
    """Each answer is a write of its own: `decided` (channel, yes?, where) and `barred` (do not contact)."""

    decided = Signal(object, bool, str)
    barred = Signal(bool)

    def __init__(self, card: Card, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place, self.bar = ComboBox(height=32), CheckBox()
        self.bar.changed.connect(lambda on: self.barred.emit(bool(on)))
        self._names = {channel: PlainLabel("", "small") for channel in CONSENTED}
        self.answers = {channel: Chips(may_be_none=False) for channel in CONSENTED}
        lines = [row((self._names[channel], 1), self.answers[channel], gap=8) for channel in CONSENTED]
        self.setLayout(column(self.place, *lines, self.bar, gap=4))
        for channel, chips in self.answers.items():
            chips.chosen.connect(lambda value, channel=channel: self._on_chosen(channel, value))
        self.retranslate()
        self.place.set_value(PLACES[0])
        self.show_card(card)

    def show_card(self, card: Card) -> None:
        """What holds now."""
        said = card.consents.current
        for channel, chips in self.answers.items():
            chips.set_value(said[channel].given if channel in said else None)
        self.bar.set_value(card.draft.do_not_contact)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.answers[CONSENTED[0]].setFocus(reason)

    def retranslate(self) -> None:
        self.place.show_choices([(code, place_words(code)) for code in PLACES])
        self.bar.setText(self.tr("Do not contact at all"))
        yes, no = self.tr("Yes"), self.tr("No")
        for channel, chips in self.answers.items():
            self._names[channel].setText(reach_words(channel))
            chips.show_chips([ChipView(True, yes), ChipView(False, no, hue="red")])
            chips.setAccessibleName(reach_words(channel))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _on_chosen(self, channel: Channel, value: object) -> None:
        self.decided.emit(channel, bool(value), self.place.value() or PLACES[0])
