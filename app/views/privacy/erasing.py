"""Erasing a person at their wish: what goes, what stays, what copies still hold; done only when the name is typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.errors import ShopError, StorageError
from app.domain.text import comparison_key
from app.services import privacy
from app.services.privacy import ErasureForeseen
from app.views.shared.cards import Card as Surface
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog, forget_drafts, show_trouble
from app.views.shared.fields import LineEdit
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.people_words import month
from app.views.shared.tasks import Task


class EraseDialog(Dialog):
    """Enter never erases: the button is red, no default, and waits until the name stands in the field."""

    def __init__(self, desk: Desk, parent: QWidget, seen: ErasureForeseen) -> None:
        super().__init__(parent, width=640, kind="danger")
        self.desk, self.seen = desk, seen
        self._task: Task | None = None
        self.goes, self.stays, self.copies = (PlainLabel("", "body", wrap=True) for _ in range(3))
        self.asked, self.field = ElidedLabel("", "strong"), LineEdit()
        well = Surface(self.goes, self.stays, self.copies, kind="well", gap=10)
        self.body.add(well, self.asked, self.field, None)
        self.field.textChanged.connect(lambda _words: self._weigh())
        self.submitted.connect(self._on_submitted)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "field"):
            return
        self.set_title(self.tr("Erase this person"), self.seen.name)
        self.primary.setText(self.tr("Erase for good"))
        self.goes.setText(self._what_goes())
        self.stays.setText(self._what_stays())
        self.copies.setText(self._what_copies_hold())
        asked = self.tr("This cannot be undone. To go on, type the name: {name}")
        self.asked.setText(asked.replace("{name}", self.seen.name))
        self.field.setAccessibleName(self.asked.text())
        self._weigh()

    def _what_goes(self) -> str:
        words = self.tr(
            "Goes: the name, every way to reach them, photo, birthday, tags, notes, facts, wishes and relations; the "
            "words of %n contact(s), of complaints and of the record; follow-ups that are due.",
            "",
            self.seen.contacts,
        )
        if self.seen.cards > 1:
            words += self.tr(" %n card(s) merged into this one go along.", "", self.seen.cards - 1)
        return words

    def _what_stays(self) -> str:
        words = self.tr(
            "Stays: %n sale(s), points and tiers, under the number {number} alone, so that no sum of the shop changes. "
            "What was done before in this window can then no longer be undone.",
            "",
            self.seen.sales,
        )
        words = words.replace("{number}", f"#{self.seen.customer_id}")
        if self.seen.open_complaints:
            words += self.tr(" An open complaint stays open, without words.")
        return words

    def _what_copies_hold(self) -> str:
        words = self.tr(
            "Copies made before still hold this person: %n in the folder of backups, the last of which is thinned out "
            "by about {month}. Copies elsewhere, and files written out, you must delete yourself.",
            "",
            len(self.desk.gateway.copies),
        )
        return words.replace("{month}", month(self.seen.copies_until))

    def _weigh(self) -> None:
        typed, wanted = comparison_key(self.field.value()), comparison_key(self.seen.name)
        ready = typed == wanted and self._task is None
        self.primary.setEnabled(ready)
        self.primary.setToolTip("" if ready else self.tr("Type the name first"))

    def _on_submitted(self) -> None:
        if self._task is not None or not self.primary.isEnabled():
            return
        said = self.tr("Erased. The card is now called {number}").replace("{number}", f"#{self.seen.customer_id}")
        gateway = self.desk.gateway
        gateway.changed.connect(self._on_changed)
        self._task = task = gateway.write_later(privacy.erase, self.seen.customer_id, at=self.desk.now(), said=said)
        self.set_note(self.tr("Erasing, and writing the file anew…"))
        self._weigh()
        task.committed.connect(self._on_done)
        task.failed.connect(self._on_failed)

    def _on_changed(self, changes: object) -> None:
        """What came with their complaints and could not go is not kept quiet about."""
        left = len(getattr(changes, "files_left", ()))
        if left:
            words = self.tr(
                "%n file(s) that came with complaints are still in the folder {folder}: a shop file beside yours "
                "cannot be read, or another program holds them open. Move that file away or close the program; they "
                "are then deleted by themselves with the next copy.",
                "",
                left,
            )
            words = words.replace("{folder}", str(self.desk.gateway.files.folder))
            parent = self.parentWidget()
            assert parent is not None
            self.trouble = show_trouble(parent, self.tr("Not every file could be deleted"), words)

    def _on_done(self, _erased: object) -> None:
        forget_drafts()
        self.field.clear()
        self.accept()

    def _on_failed(self, trouble: BaseException) -> None:
        self._task = None
        self.set_note("")
        self._weigh()
        if isinstance(trouble, ShopError):
            self.desk.gateway.refused.emit(trouble)
        elif isinstance(trouble, StorageError):
            self.desk.gateway.troubled.emit(trouble)
        else:
            raise trouble

    def reject(self) -> None:
        """While it runs it cannot be stopped: the file is being written."""
        if self._task is None:
            super().reject()


def open_erase(desk: Desk, parent: QWidget, customer_id: int) -> EraseDialog | None:
    """Say what an erasure would do, and ask; None when it is refused."""
    try:
        seen = desk.gateway.read(privacy.foresee_erasure, customer_id, desk.today())
    except ShopError as refusal:
        desk.gateway.refused.emit(refusal)
        return None
    dialog = EraseDialog(desk, parent, seen)
    dialog.present()
    dialog.field.setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog
