"""Mending what was logged of a contact, or taking it out of the log."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.interactions import Noticed
from app.services import interactions
from app.services.interactions import ContactSeen
from app.views.interactions.dialog import ContactDialog
from app.views.shared.actions import act
from app.views.shared.buttons import Button
from app.views.shared.desk import Desk, LogComplaint, OpenComplaint


class MendDialog(ContactDialog):
    """The same questions, answered as they were. Removing it can be undone, so nothing asks whether one is sure."""

    def __init__(self, desk: Desk, parent: QWidget, seen: ContactSeen) -> None:
        super().__init__(desk, parent, mending=True)
        self.seen = seen
        self.set_title(self.tr("Edit contact"))
        self.form.show_contact(seen)
        self.form.who.setEnabled(False)
        self.form.noticed.asked.connect(self._on_case)
        self.remove = Button("", "danger")
        self.remove.set_action(act(self, "contacts.remove", lambda: self.tr("Remove"), self._on_remove))
        self.footer.insertWidget(0, self.remove)

    def present(self) -> None:
        """Show it; the words are what is mended most."""
        super().present()
        self.form.said.setFocus(Qt.FocusReason.OtherFocusReason)

    def save(self) -> None:
        """Keep what was changed; dissatisfaction noticed only now leads to a complaint."""
        contact, seen = self.form.draft(), self.seen
        at = self.form.folded.moment.moment()
        write, said = self.desk.gateway.write, self.tr("Contact saved")
        kept = write(interactions.edit_contact, seen.id, contact, at=at, version=seen.version, said=said)
        if kept is None:
            return
        self.accept()
        if contact.noticed is Noticed.DISSATISFIED and seen.complaint_id is None:
            self.desk.ask(LogComplaint(seen.customer_id, contact.summary or contact.objection, seen.id))

    def _on_remove(self) -> None:
        write = self.desk.gateway.write
        if write(interactions.remove_contact, self.seen.id, said=self.tr("Contact removed")) is not None:
            self.accept()

    def _on_case(self) -> None:
        if self.seen.complaint_id is not None:
            self.reject()
            self.desk.ask(OpenComplaint(self.seen.complaint_id))


def open_mending(desk: Desk, parent: QWidget, contact_id: int) -> MendDialog:
    """Mend a contact."""
    dialog = MendDialog(desk, parent, desk.gateway.read(interactions.contact, contact_id))
    dialog.present()
    return dialog
