"""Logging a contact from anywhere: a call, a visit, a message, with its next step, in a few digits and a line."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.interactions import Purpose
from app.services import followups, interactions
from app.services.customers import CustomerRow
from app.services.interactions import ContactDraft
from app.views.interactions.form import ContactForm
from app.views.interactions.next_step import booking
from app.views.shared.actions import act
from app.views.shared.contact_words import channel_words
from app.views.shared.day_words import agenda_day, near_day
from app.views.shared.desk import Desk, LogComplaint
from app.views.shared.dialogs import Dialog
from app.views.shared.people_words import ago


class LogDialog(Dialog):
    """Who, how, outcome, purpose, words, next step. What was typed survives Esc."""

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int | None) -> None:
        super().__init__(parent, width=760, draft=f"contact {customer_id or ''}")
        self.desk = desk
        self.form = ContactForm(desk)
        self.set_form(self.form)
        self.body.add(self.form.unhappy)
        self.set_title(self.tr("Log contact"))
        self.primary.setText(self.tr("Save"))
        words = self.form.unhappy.tick.text
        self.unhappy = act(self, "contacts.unhappy", words, self._on_unhappy, key="Ctrl+D")
        self.form.person_changed.connect(self._on_person)
        self.form.changed.connect(lambda _name: self._note())
        self.submitted.connect(self._on_submitted)
        self.form.set_values({"who": customer_id})

    def _on_unhappy(self) -> None:
        """The tick is seen to change, the focus stays where somebody may be writing."""
        self.form.unhappy.toggle()
        self._scroll.ensureWidgetVisible(self.form.unhappy)

    def _on_person(self, person: CustomerRow | None) -> None:
        """When this person was last spoken to, before the same is asked again."""
        if person is None:
            self.caption.setText("")
        elif person.last_contact_on is None:
            self.caption.setText(self.tr("Not spoken to yet"))
        else:
            when = ago(person.last_contact_on, self.desk.today())
            self.caption.setText(self.tr("Last spoken to {when}").replace("{when}", when))
        self._note()

    def _note(self) -> None:
        """What saving will bring about."""
        day, person = self.form.next_day(), self.form.person
        if day is None:
            self.set_note("")
            return
        held = person is not None and person.open_complaints > 0 and self.form.chosen_purpose() is Purpose.SELL
        booked = self.tr("Follow-up on {day}")
        if held:
            booked = self.tr("Follow-up on {day}, held back until the complaint is closed")
        self.set_note(booked.replace("{day}", agenda_day(day)))

    def _on_submitted(self) -> None:
        person = self.form.person
        if person is None or not self._save(person, self.form.draft(), self.form.next_day()):
            return
        unhappy = self.form.unhappy.tick.value()
        self.accept()
        if unhappy:
            self.desk.ask(LogComplaint(person.id))

    def _save(self, person: CustomerRow, contact: ContactDraft, day: date | None) -> bool:
        """The contact alone, or it and its follow-up as one act; False when it was refused."""
        write, at, said = self.desk.gateway.write, self.desk.now(), self._said(person, contact, day)
        if day is None:
            return write(interactions.log_contact, person.id, contact, at=at, said=said) is not None
        then = booking(person.id, contact, day, self.form.what.value())
        return write(followups.log_and_book, person.id, contact, then, at=at, said=said) is not None

    def _said(self, person: CustomerRow, contact: ContactDraft, day: date | None) -> str:
        said = self.tr("Logged: {name}, {how}")
        if day is not None:
            said = self.tr("Logged: {name}, {how} · follow-up {day}").replace("{day}", near_day(day, self.desk.today()))
        return said.replace("{how}", channel_words(contact.channel)).replace("{name}", person.name)


def open_log(desk: Desk, parent: QWidget, customer_id: int | None) -> LogDialog:
    """Log a contact; from a card the customer is filled in."""
    dialog = LogDialog(desk, parent, customer_id)
    dialog.present()
    return dialog
