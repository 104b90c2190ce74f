"""The entry at the counter: fifteen seconds by keyboard, from anywhere in the program."""

from PySide6.QtWidgets import QWidget

from app.domain.complaints import written_number
from app.services import complaints, interactions
from app.services.complaints import Case
from app.views.complaints.form import ComplaintForm
from app.views.shared.actions import act
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog


class EntryDialog(Dialog):
    """Who, what, how bad, words; everything else later. What was typed survives Esc.

    Out of a contact it begins with what was said there, and the contact will say which case came of it.
    """

    def __init__(
        self, desk: Desk, parent: QWidget, customer_id: int | None, *, words: str = "", contact_id: int | None = None
    ) -> None:
        draft = f"complaint {customer_id or ''}" if contact_id is None else f"complaint of contact {contact_id}"
        super().__init__(parent, width=680, draft=draft)
        self.desk, self.contact_id = desk, contact_id
        self.number = desk.gateway.read(complaints.next_number)
        self.form = ComplaintForm(desk)
        if customer_id is not None:
            self.form.set_values({"who": customer_id, "words": words})
        self.set_form(self.form)
        self.body.add(self.form.spot)
        hint = self.tr("these few are enough, the rest can wait")
        self.set_title(self.tr("Log complaint"), f"{written_number(self.number)} · {hint}")
        self.primary.setText(self.tr("Save"))
        self.spot = act(
            self, "complaints.spot", lambda: self.tr("Solved on the spot"), self.form.spot.toggle, key="Ctrl+D"
        )
        self.form.changed.connect(lambda _name: self._note())
        self.submitted.connect(self._on_submitted)
        self._note()

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


class MendingDialog(Dialog):
    """The same questions again, answered, with those that could wait."""

    def __init__(self, desk: Desk, parent: QWidget, case: Case) -> None:
        super().__init__(parent, width=680)
        self.desk, self.case = desk, case
        self.form = ComplaintForm(desk, mending=True)
        self.form.show_case(case.card)
        self.set_form(self.form)
        self.set_title(self.tr("Edit complaint"), written_number(case.card.number))
        self.primary.setText(self.tr("Save"))
        self.submitted.connect(self._on_submitted)

    def _on_submitted(self) -> None:
        said = self.tr("Saved {number}").replace("{number}", written_number(self.case.card.number))
        draft = self.form.draft(sale_id=self.case.sale.id if self.case.sale else None)
        write, card = self.desk.gateway.write, self.case.card
        if write(complaints.edit, card.id, draft, version=self.case.version, said=said) is not None:
            self.accept()


def open_entry(
    desk: Desk, parent: QWidget, customer_id: int | None, *, words: str = "", contact_id: int | None = None
) -> EntryDialog:
    """Log a complaint; from a card the customer is filled in, from a contact the words are too."""
    dialog = EntryDialog(desk, parent, customer_id, words=words, contact_id=contact_id)
    dialog.present()
    return dialog


def open_mending(desk: Desk, parent: QWidget, case: Case) -> MendingDialog:
    """Mend what was logged."""
    dialog = MendingDialog(desk, parent, case)
    dialog.present()
    return dialog
