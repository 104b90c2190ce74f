"""The entry at the counter: fifteen seconds by keyboard, from anywhere in the program."""

from typing import Any

from PySide6.QtCore import QLockFile, QTimer
from PySide6.QtWidgets import QWidget

from app.domain.complaints import written_number
from app.services import complaints, interactions, sales
from app.services.complaints import Case
from app.views.complaints.form import ComplaintForm
from app.views.shared.actions import act
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog, put_draft

PAUSE = 400
"""Milliseconds without a key after which what was typed is put on the disk."""


class EntryDialog(Dialog):
    """Who, what, how bad, words; everything else later. What was typed survives Esc, and a program that is killed.

    Out of a contact it begins with what was said there, and the contact will say which case came of it.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        customer_id: int | None,
        *,
        words: str = "",
        contact_id: int | None = None,
        sale_id: int | None = None,
    ) -> None:
        self.name = f"complaint {customer_id or ''}" if contact_id is None else f"complaint of contact {contact_id}"
        super().__init__(parent, width=680, draft=self.name)
        self.desk, self.customer_id, self.contact_id = desk, customer_id, contact_id
        self.number = desk.gateway.read(complaints.next_number)
        self.form = ComplaintForm(desk)
        if customer_id is not None:
            self.form.set_values({"who": customer_id, "words": words})
        self.form.show_sale(sale_id)
        self.set_form(self.form)
        self.body.add(self.form.spot)
        hint = self.tr("these few are enough, the rest can wait")
        self.set_title(self.tr("Log complaint"), f"{written_number(self.number)} · {hint}")
        self.primary.setText(self.tr("Save"))
        self.spot = act(
            self, "complaints.spot", lambda: self.tr("Solved on the spot"), self.form.spot.toggle, key="Ctrl+D"
        )
        self._lock, self._pause = _lock_of(desk, self.name), QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.keep)
        self.form.changed.connect(self._on_typed)
        self.form.spot.changed.connect(self._on_typed)
        self.submitted.connect(self._on_submitted)
        self.finished.connect(self._on_gone)
        self._note()

    def present(self) -> None:
        """Show it, with what was being written here when the program was last stopped."""
        self._lock.tryLock(0)
        kept = self.desk.gateway.drafts.known().get(self.name)
        if kept:
            put_draft(self.name, kept["form"])
            self.form.show_sale(kept["sale_id"])
        super().present()

    def keep(self, *, open_: bool = True) -> None:
        """Put what stands in the fields on the disk; `open_`: still being written, so a next start brings it back."""
        about = {"customer_id": self.customer_id, "contact_id": self.contact_id, "sale_id": self.form.about.sale_id}
        self.desk.gateway.drafts.keep(self.name, {"form": self.form.values(), "open": open_, **about})

    def _on_typed(self, _value: object) -> None:
        self._note()
        self._pause.start()

    def _note(self) -> None:
        """The brake, said before it holds."""
        held = self.form.who.customer_id is not None
        self.set_note(self.tr("Promotions to this customer pause until it is closed") if held else "")

    def _on_submitted(self) -> None:
        said = self.tr("Logged {number}").replace("{number}", written_number(self.number))
        draft, write, at = self.form.draft(), self.desk.gateway.write, self.desk.now()
        if self.contact_id is None:
            logged = write(complaints.log, draft, at, said=said)
        else:
            logged = write(interactions.open_complaint, self.contact_id, draft, at=at, said=said)
        if logged is not None:
            self.accept()

    def _on_gone(self, result: int) -> None:
        """Saved, or nothing was written: nothing to bring back. Else Esc has put it away until it is asked for."""
        waiting = self._pause.isActive()
        self._pause.stop()
        if result == Dialog.DialogCode.Accepted or self.form.values() == self._fresh:
            self.desk.gateway.drafts.drop(self.name)
        elif waiting or self.name in self.desk.gateway.drafts.known():
            self.keep(open_=False)
        self._lock.unlock()


class MendingDialog(Dialog):
    """The same questions again, answered, with those that could wait."""

    def __init__(self, desk: Desk, parent: QWidget, case: Case) -> None:
        super().__init__(parent, width=680)
        self.desk, self.case = desk, case
        self.form = ComplaintForm(desk, mending=True)
        self.form.show_case(case)
        self.set_form(self.form)
        self.set_title(self.tr("Edit complaint"), written_number(case.card.number))
        self.primary.setText(self.tr("Save"))
        self.submitted.connect(self._on_submitted)

    def _on_submitted(self) -> None:
        said = self.tr("Saved {number}").replace("{number}", written_number(self.case.card.number))
        write, card = self.desk.gateway.write, self.case.card
        if write(complaints.edit, card.id, self.form.draft(), version=self.case.version, said=said) is not None:
            self.accept()


def open_entry(
    desk: Desk,
    parent: QWidget,
    customer_id: int | None,
    *,
    words: str = "",
    contact_id: int | None = None,
    sale_id: int | None = None,
) -> EntryDialog:
    """Log a complaint; from a card the customer is filled in, from a contact the words, from the till the bill."""
    if isinstance(parent, EntryDialog):
        return parent
    if sale_id is not None:
        buyer = desk.gateway.read(sales.sale, sale_id).row.customer_id
        customer_id = buyer if customer_id is None else customer_id
        sale_id = sale_id if customer_id in (buyer, None) else None
    dialog = EntryDialog(desk, parent, customer_id, words=words, contact_id=contact_id, sale_id=sale_id)
    dialog.present()
    return dialog


def open_mending(desk: Desk, parent: QWidget, case: Case) -> MendingDialog:
    """Mend what was logged."""
    dialog = MendingDialog(desk, parent, case)
    dialog.present()
    return dialog


def take_up(desk: Desk, parent: QWidget) -> EntryDialog | None:
    """Open again what was being written when the program was killed, unless another window is writing it now."""
    for name, kept in desk.gateway.drafts.known().items():
        if name.startswith("complaint") and kept.get("open"):
            lock = _lock_of(desk, name)
            if lock.tryLock(0):
                lock.unlock()
                return open_entry(desk, parent, kept["customer_id"], contact_id=kept["contact_id"])
    return None


def _lock_of(desk: Desk, name: str) -> Any:
    """Held while something is being written; the lock of a program that was killed counts for nothing."""
    folder = desk.gateway.drafts.folder
    folder.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(folder / f"{desk.gateway.path.stem} {name}.lock"))
    lock.setStaleLockTime(0)
    return lock
