"""Booking a follow-up, and changing one: who, what kind, when, and the words that say why."""

from datetime import date, time

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.followups import PURPOSE_OF, FollowUpKind, FollowUpPurpose
from app.domain.recurrence import Repeat, Scope
from app.domain.staff import Role
from app.services import followups, staff
from app.services.followups import FollowUpDraft, FollowUpGone, FollowUpRow
from app.views.followups.repeat_field import RepeatField
from app.views.followups.when_field import WhenField
from app.views.shared.chips import Chips, ChipView
from app.views.shared.customer_picker import CustomerPicker
from app.views.shared.day_words import near_day
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import ComboBox, TextArea
from app.views.shared.followup_words import kind_icon, kind_words, purpose_words
from app.views.shared.forms import Form
from app.views.shared.keys import keycap
from app.views.shared.scope_question import ask_scope

KINDS = (
    FollowUpKind.CALL,
    FollowUpKind.WECHAT,
    FollowUpKind.VISIT,
    FollowUpKind.THANKS,
    FollowUpKind.REORDER,
    FollowUpKind.QUOTE,
    FollowUpKind.BIRTHDAY,
    FollowUpKind.SILENCE,
    FollowUpKind.OTHER,
    FollowUpKind.POINTS_EXPIRING,
    FollowUpKind.COMPLAINT_CALLBACK,
)
"""The first nine are chosen by their digit."""


class FollowUpForm(Form):
    """Who, what, when, words. The kind brings its purpose until a person says another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.who = CustomerPicker(desk, allow_anonymous=False)
        self.kind, self.purpose = Chips(size="form", digits=True), Chips(size="form", digits=True)
        self.when, self.text, self.staff = WhenField(desk.today), TextArea(lines=2), ComboBox()
        self.repeat = RepeatField(desk.today)
        self._people = desk.gateway.read(staff.everyone)
        self._make_rows()
        self.when.changed.connect(lambda when: self.repeat.set_start(when[0]))
        self.who.chosen.connect(lambda _id: self.kind.setFocus(Qt.FocusReason.OtherFocusReason))
        self.kind.chosen.connect(self._on_kind)
        self.when.quick.moved_on.connect(lambda: self.text.setFocus(Qt.FocusReason.OtherFocusReason))
        self.set_values({"kind": FollowUpKind.CALL, "purpose": FollowUpPurpose.CARE})

    def _make_rows(self) -> None:
        self.add("who", self.tr("Customer"), self.who)
        self.add("kind", self.tr("What"), self.kind)
        self.add("when", self.tr("When"), self.when)
        self.add("repeat", self.tr("Repeats"), self.repeat)
        self.add("text", self.tr("Why"), self.text, check=self._check_words)
        self.add("purpose", self.tr("Purpose"), self.purpose)
        self.add("staff", self.tr("Who does it"), self.staff)
        self.kind.show_chips([ChipView(kind, kind_words(kind), icon=kind_icon(kind)) for kind in KINDS])
        self.purpose.show_chips([ChipView(purpose, purpose_words(purpose)) for purpose in FollowUpPurpose])
        nameless = {Role.OWNER.value: self.tr("Owner")}
        self.staff.show_choices([(person.id, nameless.get(person.name, person.name)) for person in self._people])
        self.text.setPlaceholderText(self.tr("What to say, or what to do"))
        self.set_row_visible("staff", len(self._people) > 1)

    def show_row(self, row: FollowUpRow, repeat: Repeat) -> None:
        """Fill in a follow-up that exists."""
        self.repeat.set_start(row.due_on)
        self.set_row_visible("repeat", row.done_at is None)
        self.set_values(
            {
                "who": row.who.id if row.who else None,
                "kind": row.kind,
                "when": (row.due_on, row.due_at),
                "repeat": repeat,
                "text": row.text,
                "purpose": row.purpose,
                "staff": row.staff_id,
            }
        )

    def draft(self, complaint_id: int | None = None) -> FollowUpDraft:
        """What was filled in; the form has been checked."""
        day, hour = self.when.value()
        assert day is not None
        kind, purpose, repeat = self.kind.value(), self.purpose.value(), self.repeat.value()
        assert isinstance(kind, FollowUpKind) and isinstance(purpose, FollowUpPurpose)
        return FollowUpDraft(
            due_on=day,
            kind=kind,
            customer_id=self.who.customer_id,
            due_at=hour,
            purpose=purpose,
            text=self.text.value(),
            staff_id=self.staff.value() if len(self._people) > 1 else None,
            complaint_id=complaint_id,
            repeat=None if repeat == Repeat() else repeat,
        )

    def _check_words(self, words: str) -> str | None:
        if words or self.who.customer_id is not None:
            return None
        return self.tr("Choose a customer, or write what is to be done.")

    def _on_kind(self, kind: object) -> None:
        if isinstance(kind, FollowUpKind):
            self.purpose.set_value(PURPOSE_OF[kind])


class BookingDialog(Dialog):
    """A new follow-up; what was typed survives Esc."""

    def __init__(
        self, desk: Desk, parent: QWidget, customer_id: int | None, day: date | None, hour: time | None = None
    ) -> None:
        super().__init__(parent, width=680, draft=f"followup {customer_id or ''} {day or ''}")
        self.desk, self.form = desk, FollowUpForm(desk)
        acting = desk.gateway.read(staff.acting)
        self.form.repeat.set_start(day or desk.today())
        self.form.set_values({"who": customer_id, "when": (day or desk.today(), hour), "staff": acting.id})
        self.set_form(self.form)
        self.set_title(
            self.tr("New follow-up"), self.tr("Digits choose, {key} saves").replace("{key}", keycap("Ctrl+Return"))
        )
        self.primary.setText(self.tr("Book"))
        self.submitted.connect(self._on_submitted)

    def _on_submitted(self) -> None:
        draft = self.form.draft()
        said = self.tr("Booked for {day}").replace("{day}", near_day(draft.due_on, self.desk.today()))
        if self.desk.gateway.write(followups.book, draft, self.desk.now(), said=said) is not None:
            self.accept()


class ChangingDialog(Dialog):
    """The same questions, answered; those who saved it meanwhile are not overwritten."""

    def __init__(self, desk: Desk, parent: QWidget, row: FollowUpRow) -> None:
        super().__init__(parent, width=680)
        self.desk, self.row, self.form = desk, row, FollowUpForm(desk)
        self._repeat = Repeat()
        if row.series_id is not None:
            self._repeat = desk.gateway.read(followups.series, row.series_id).repeat
        self.form.show_row(row, self._repeat)
        self.set_form(self.form)
        self.set_title(self.tr("Change follow-up"))
        self.primary.setText(self.tr("Save"))
        self.submitted.connect(self._on_submitted)

    def _on_submitted(self) -> None:
        if self.row.series_id is None or self.row.done_at is not None:
            self._save(Scope.THIS)
            return
        same = self.form.repeat.value() == self._repeat
        ask_scope(self, self.tr("Change which ones?"), self.tr("Save"), self._save, alone=same)

    def _save(self, scope: Scope) -> None:
        draft, row, now = self.form.draft(self.row.complaint_id), self.row, self.desk.now()
        said, write = self.tr("Saved the follow-up"), self.desk.gateway.write
        if write(followups.edit, row.id, draft, version=row.version, at=now, scope=scope, said=said) is not None:
            self.accept()


def open_followup(
    desk: Desk, parent: QWidget, customer_id: int | None, day: date | None, hour: time | None = None
) -> BookingDialog:
    """Book a follow-up; from a card the customer is filled in, from the calendar the day and perhaps the hour."""
    dialog = BookingDialog(desk, parent, customer_id, day, hour)
    dialog.present()
    if customer_id is not None:
        dialog.form.kind.setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog


def open_edit(desk: Desk, parent: QWidget, followup_id: int) -> ChangingDialog | None:
    """Change a follow-up; nothing opens for one that was taken away meanwhile."""
    try:
        row = desk.gateway.read(followups.followup, followup_id)
    except FollowUpGone as gone:
        desk.gateway.refused.emit(gone)
        return None
    dialog = ChangingDialog(desk, parent, row)
    dialog.present()
    return dialog
