"""What a case came from, who sees to it, and what is done so that it does not happen again."""

from PySide6.QtWidgets import QWidget

from app.domain.complaints import written_number
from app.services import complaints, staff
from app.services.complaints import Case, CauseDraft
from app.views.shared.cause_words import cause_words
from app.views.shared.chips import Chips, ChipView
from app.views.shared.choice_fields import ComboBox
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import TextArea
from app.views.shared.forms import Form
from app.views.shared.people_words import staff_name


class CauseDialog(Dialog):
    """A digit says the cause. The owner of a cause sees to it: that is not whose fault it was."""

    def __init__(self, desk: Desk, parent: QWidget, case: Case) -> None:
        super().__init__(parent, width=640)
        self._desk, self._case = desk, case
        self.form = Form("above")
        self.cause, self.owner, self.prevention = Chips(size="form", digits=True), ComboBox(), TextArea(lines=2)
        self._ask()
        self.set_form(self.form)
        self.set_title(self.tr("Where it came from"), written_number(case.card.number))
        self.primary.setText(self.tr("Save"))
        self.submitted.connect(self._on_submitted)

    def _ask(self) -> None:
        read, held = self._desk.gateway.read, self._case.cause
        offered = [ChipView(one.code, cause_words(one.code, one.name)) for one in read(complaints.causes)]
        if held.code and held.code not in {chip.value for chip in offered}:
            offered.append(ChipView(held.code, cause_words(held.code, held.name)))
        self.cause.show_chips(offered)
        people = [(one.id, staff_name(one.name)) for one in read(staff.everyone)]
        self.owner.show_choices([(None, self.tr("Nobody yet")), *people])
        self.prevention.setPlaceholderText(self.tr("What do we do differently from now on?"))
        self.form.add("root_cause", self.tr("Cause"), self.cause)
        self.form.add("cause_staff_id", self.tr("Who sees to it"), self.owner)
        self.form.add("prevention", self.tr("So that it does not happen again"), self.prevention)
        self.form.set_values(
            {"root_cause": held.code or None, "cause_staff_id": held.staff_id, "prevention": held.prevention}
        )

    def _on_submitted(self) -> None:
        held = self.form.values()
        draft = CauseDraft(str(held["root_cause"] or ""), held["prevention"], held["cause_staff_id"])
        said = self.tr("Saved {number}").replace("{number}", written_number(self._case.card.number))
        write, card = self._desk.gateway.write, self._case.card
        if write(complaints.say_cause, card.id, draft, version=self._case.version, said=said) is not None:
            self.accept()


def open_cause(desk: Desk, parent: QWidget, case: Case) -> CauseDialog:
    """Ask what a case came from."""
    dialog = CauseDialog(desk, parent, case)
    dialog.present()
    return dialog
