"""Two cards at a glance: why they look alike, who they are, and every field side by side."""

from PySide6.QtWidgets import QWidget

from app.services.duplicates import PairRow, SideBySide
from app.views.duplicates.comparing import FieldLines, line_view
from app.views.duplicates.heads import Heads
from app.views.shared.badges import Badge
from app.views.shared.buttons import Button
from app.views.shared.cards import Rule
from app.views.shared.desk import Desk
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import Scroll, box, column, row
from app.views.shared.likeness_words import reasons_words, shared_phone, strength_badge


class Glance(QWidget):
    """Only shows; the two buttons are the keys of the list, to be clicked."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.pair: PairRow | None = None
        self._shown: SideBySide | None = None
        self.strength, self.reasons = Badge(), PlainLabel("", "body", wrap=True)
        self.heads, self.fields = Heads(desk, both=False), FieldLines(0)
        self.not_same = Button("", "secondary", key="N")
        self.merge = Button("", "primary", key="Return")
        self._scroll = Scroll(box(column(self.fields, None, gap=0)))
        acts = row(None, self.not_same, self.merge, gap=8)
        why = row(self.strength, (self.reasons, 1), gap=10)
        self.setLayout(
            column(why, self.heads, Rule(), (self._scroll, 1), Rule(), acts, gap=10, margins=(20, 14, 20, 12))
        )

    def show_pair(self, pair: PairRow, shown: SideBySide) -> None:
        """Show a pair; its fields in the order of a card, those that differ darker."""
        self.pair, self._shown = pair, shown
        self.heads.show_people(shown.kept, shown.gone)
        self._word()

    def retranslate(self) -> None:
        self.not_same.setText(self.tr("Not the same"))
        self.merge.setText(self.tr("Merge…"))
        self._word()

    def _word(self) -> None:
        if self.pair is None or self._shown is None:
            return
        one, other = self.pair.one, self.pair.other
        likeness = self.pair.likeness
        self.strength.show_badge(strength_badge(likeness))
        same = one.name == other.name
        self.reasons.setText(reasons_words(likeness, shared_phone(one.phone, other.phone), same_name=same))
        views = [line_view(field, self._desk, keeps_left=True, choosing=False) for field in self._shown.fields]
        self.fields.show_groups([("", views)])
