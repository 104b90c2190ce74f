"""Logging a contact from anywhere: a call, a visit, a message, with its next step, in a few digits and a line."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.interactions import Noticed, Purpose
from app.services import followups, interactions
from app.services.customers import CustomerRow
from app.services.interactions import ContactDraft
from app.views.interactions.dialog import ContactDialog
from app.views.interactions.next_step import booking
from app.views.shared.contact_words import channel_words
from app.views.shared.day_words import agenda_day, near_day
from app.views.shared.desk import Desk, LogComplaint
from app.views.shared.selling_words import reason_words


class LogDialog(ContactDialog):
    """Who, how, outcome, purpose, words, next step. What was typed survives Esc."""

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int | None) -> None:
        super().__init__(desk, parent, draft=f"contact {customer_id or ''}")
        self.set_title(self.tr("Log contact"))
        self.form.changed.connect(lambda _name: self._note())
        self.form.person_changed.connect(lambda _person: self._note())
        self.form.set_values({"who": customer_id})

    def _note(self) -> None:
        """What saving will bring about."""
        day = self.form.next_day()
        if day is None:
            self.set_note("")
            return
        answer, sells = self.form.answer, self.form.chosen_purpose() is Purpose.SELL
        booked = self.tr("Follow-up on {day}")
        if answer is not None and sells and not answer.allowed:
            booked = self.tr("Follow-up on {day}, held back: {reasons}").replace("{reasons}", reason_words(answer))
        self.set_note(booked.replace("{day}", agenda_day(day)))

    def save(self) -> None:
        """The contact alone, or it and its follow-up as one act."""
        person, contact, day = self.form.person, self.form.draft(), self.form.next_day()
        if person is None:
            return
        contact_id = self._save(person, contact, day)
        if contact_id is None:
            return
        self.accept()
        if contact.noticed is Noticed.DISSATISFIED:
            self.desk.ask(LogComplaint(person.id, contact.summary or contact.objection, contact_id))

    def _save(self, person: CustomerRow, contact: ContactDraft, day: date | None) -> int | None:
        write, at, said = self.desk.gateway.write, self.form.folded.moment.moment(), self._said(person, contact, day)
        if day is None:
            return write(interactions.log_contact, person.id, contact, at=at, said=said)
        then = booking(person.id, contact, day, self.form.what.value())
        return write(followups.log_and_book, person.id, contact, then, at=at, said=said)

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
