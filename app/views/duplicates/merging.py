"""Merging two cards: which one stays, which word holds field by field, and what comes of it."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import ShopError
from app.services import duplicates
from app.services.duplicates import Choices, FieldPair, Merged, SideBySide
from app.views.duplicates.comparing import FieldLines, line_view, side_of
from app.views.duplicates.heads import Heads
from app.views.duplicates.lines import LineView, Take
from app.views.duplicates.outcome import Outcome
from app.views.duplicates.values import field_words
from app.views.shared.buttons import Button
from app.views.shared.desk import Desk, OpenCustomer
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import ElidedLabel
from app.views.shared.look import px
from app.views.shared.notices import Notice

LOW = 520
"""Lower than this, a window keeps its room for the fields."""


class MergeDialog(Dialog):
    """Left and right stay where they are; S says which of them stays. Digits choose, Ctrl+Enter merges."""

    merged = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget, pair: SideBySide) -> None:
        self._ready = False
        super().__init__(parent, width=760)
        self._desk, self.pair, self.keeps_left = desk, pair, True
        self._taken: dict[str, Take] = {}
        self.heads, self.fields, self.outcome = Heads(desk, both=True), FieldLines(6), Outcome(desk)
        self.judged = Notice("", "gold", icon="ph.warning", low=True)
        self.same = ElidedLabel("", "caption", tone="ink2")
        self.swap = Button("", "secondary", icon="ph.swap", key="S")
        self.footer.insertWidget(1, self.swap)
        self.body.add(self.judged, self.heads, self.fields, self.same)
        self._page.insertWidget(2, self.outcome)  # what comes of it stays in sight however many fields there are
        self._may = desk.gateway.may(duplicates.merge)
        self._ready = True
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.swap.clicked.connect(lambda: self.keep_left(not self.keeps_left))
        self.heads.left.clicked.connect(lambda: self.keep_left(True))
        self.heads.right.clicked.connect(lambda: self.keep_left(False))
        self.fields.chosen.connect(self._on_chosen)
        self.fields.passed.connect(lambda: self.primary.setFocus(Qt.FocusReason.TabFocusReason))
        self.submitted.connect(self._on_submitted)

    def keep_left(self, left: bool) -> None:
        """Let the card at the left stay, or the one at the right; what was chosen by hand stays chosen."""
        if left != self.keeps_left:
            self.keeps_left = left
            ids = self.pair.gone.id, self.pair.kept.id
            self.pair = self._desk.gateway.read(duplicates.side_by_side, *ids)
            self._show()

    def choices(self) -> Choices:
        """What was chosen, or stands on screen as proposed."""
        sides = {line.view.name: side_of(line.take(), keeps_left=self.keeps_left) for line in self.fields.lines}
        return Choices(sides)

    def begin(self) -> None:
        """The keys go to the first field that is to be chosen."""
        first = next(iter(self.fields.lines), None)
        (first or self.primary).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def retranslate(self) -> None:
        super().retranslate()
        if not self._ready:
            return
        self.set_title(self.tr("Merge two cards"), self.tr("Are they one person?"))
        self.swap.setText(self.tr("Keep the other"))
        self.primary.setText(self.tr("Merge"))
        if not self._may:
            self.primary.setEnabled(False)
            self.primary.setToolTip(self.tr("Only a manager or the owner merges cards"))
            self.set_note(self.tr("Only a manager or the owner merges cards"))
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._ready:
            self.outcome.set_low(self._root().height() < px(LOW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and not event.modifiers():
            self.swap.click()
            return
        super().keyPressEvent(event)

    def _show(self) -> None:
        people = (self.pair.kept, self.pair.gone) if self.keeps_left else (self.pair.gone, self.pair.kept)
        self.heads.show_people(*people)
        self.heads.left.show_mark(self.keeps_left)
        self.heads.right.show_mark(not self.keeps_left)
        judged = self.tr("**Somebody said before that these are two people.** Merging overrules that.")
        self.judged.show_notice(judged if self.pair.judged else "")
        self._show_fields()
        self._show_outcome()

    def _show_fields(self) -> None:
        differing = [field for field in self.pair.fields if field.differs]
        asked = [field for field in differing if field.kept and field.gone]
        filled = [field for field in differing if not (field.kept and field.gone)]
        groups = [
            (self.tr("They differ: which holds?"), self._views(asked)),
            (self.tr("Only one of them says this"), self._views(filled)),
        ]
        self.fields.show_groups(groups)
        between = self.tr(", ")
        same = between.join(field_words(field) for field in self.pair.fields if not field.differs)
        self.same.setText(self.tr("The same on both: {fields}").replace("{fields}", same) if same else "")
        self.same.setVisible(bool(same))

    def _views(self, fields: list[FieldPair]) -> list[LineView]:
        left, taken = self.keeps_left, self._taken
        return [line_view(field, self._desk, keeps_left=left, choosing=True, taken=taken) for field in fields]

    def _show_outcome(self) -> None:
        self.outcome.show_outcome(self.pair, self.choices().sides)

    def _on_chosen(self, name: str) -> None:
        self._taken[name] = self.fields.line(name).take()
        self._show_outcome()

    def _on_submitted(self) -> None:
        kept, gone = self.pair.kept, self.pair.gone
        said = self.tr("Merged {gone} into {kept}").replace("{gone}", gone.name).replace("{kept}", kept.name)
        done = self._desk.gateway.write(duplicates.merge, kept.id, gone.id, self.choices(), said=said)
        if done is not None:
            self.accept()
            self.merged.emit(done)


def open_merge(desk: Desk, parent: QWidget, kept_id: int, gone_id: int, *, stay: bool = False) -> MergeDialog | None:
    """Put two cards side by side; after the merge the card that stayed is opened, unless one is to `stay` here.

    None when the two cannot be merged: then the reason is said.
    """
    try:
        pair = desk.gateway.read(duplicates.side_by_side, kept_id, gone_id)
    except ShopError as refusal:
        desk.gateway.refused.emit(refusal)
        return None
    dialog = MergeDialog(desk, parent, pair)

    def open_kept(done: Any) -> None:
        if isinstance(done, Merged) and not stay:
            desk.ask(OpenCustomer(done.kept_id))

    dialog.merged.connect(open_kept)
    dialog.present()
    dialog.begin()
    return dialog
