"""Handing follow-ups over: which ones, to whom, counted before; one act that can be taken back."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.services import followups, staff
from app.services.followups import Which
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import ComboBox
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.paint import figure
from app.views.shared.people_words import staff_name
from app.views.shared.typed_fields import DateField

MARKED = 0
"""In place of a member of staff: those that were marked."""


class HandingOverDialog(Dialog):
    """Who may give away only their own is offered only those; Ctrl+Enter hands over."""

    begins_empty = False

    def __init__(self, desk: Desk, parent: QWidget, marked: Sequence[int] = ()) -> None:
        super().__init__(parent, width=640)
        self._desk, self._marked = desk, tuple(marked)
        self._me = desk.gateway.read(staff.acting)
        self._for_all = desk.gateway.may(followups.hand_over)
        self._holders = desk.gateway.read(followups.holders)
        self.form = Form()
        self.what, self.to = ComboBox(), ComboBox()
        self.first, self.last = DateField(today=desk.today), DateField(today=desk.today)
        self.form.add("what", "", self.what)
        self.form.add("first", "", self.first)
        self.form.add("last", "", self.last, check=self._check_last)
        self.form.add("to", "", self.to)
        self.foreseen = PlainLabel("", "strong", wrap=True)
        self.set_form(self.form)
        self.body.add(self.foreseen)
        self._word()
        self.what.set_value(self._offered()[0][0])
        self._offer_takers()
        self.form.changed.connect(self._on_changed)
        self.submitted.connect(self._on_submitted)
        self._show()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "foreseen"):
            self._word()
            self._show()

    def which(self) -> Which:
        """What is to change hands."""
        if self.what.value() == MARKED:
            return Which(ids=self._marked)
        return Which((), self.what.value(), self.first.value(), self.last.value())

    def _word(self) -> None:
        self.set_title(self.tr("Hand follow-ups over"), self.tr("only what is still to do"))
        labels = {
            "what": self.tr("Which"),
            "first": self.tr("Due from"),
            "last": self.tr("Due until"),
            "to": self.tr("To whom"),
        }
        for name, words in labels.items():
            self.form.set_label(name, words)
        self.first.setPlaceholderText(self.tr("any day"))
        self.last.setPlaceholderText(self.tr("any day"))
        self.what.show_choices(self._offered())
        self._offer_takers()

    def _offered(self) -> list[tuple[int, str]]:
        """Those marked, then everybody's own, the fullest first; whoever has left is said to have."""
        marked = self.tr("%n marked", "", len(self._marked))
        found = [(MARKED, marked)] if self._marked else []
        holders = [one for one in self._holders if one.open and (self._for_all or one.id == self._me.id)]
        for one in sorted(holders, key=lambda one: (one.active, -one.open)):
            said = (
                self.tr("All of {name} · {count}") if one.active else self.tr("All of {name}, who has left · {count}")
            )
            found.append((one.id, said.replace("{name}", staff_name(one.name)).replace("{count}", figure(one.open))))
        return found or [(self._me.id, self.tr("None are open"))]

    def _offer_takers(self) -> None:
        giving = self.what.value()
        kept, takers = self.to.value(), [one for one in self._holders if one.active and one.id != giving]
        self.to.show_choices([(one.id, staff_name(one.name)) for one in takers])
        if kept not in [one.id for one in takers]:
            others = [one.id for one in takers if one.id != self._me.id]
            self.to.set_value(next(iter(others), None))

    def _show(self) -> None:
        """Say what it comes to, after each choice."""
        of_a_time = self.what.value() != MARKED
        self.form.set_row_visible("first", of_a_time)
        self.form.set_row_visible("last", of_a_time)
        count, late, series = 0, 0, 0
        if self.to.value() is not None and not self._check_last(self.last.value()):
            seen = self._desk.gateway.read(followups.load_of, self.which(), self.to.value(), self._desk.today())
            count, late, series = seen.count, seen.late, seen.series
        said = self.tr("%n follow-up(s) go to {name}", "", count).replace("{name}", self.to.currentText())
        if late:
            said += " · " + self.tr("%n of them overdue", "", late)
        if series:
            said += " · " + self.tr("%n series with all that comes later", "", series)
        nothing = self.tr("Nothing of this is still to do.")
        self.foreseen.setText(said if count else nothing)
        self.primary.setText(self.tr("Hand over %n", "", count) if count else self.tr("Hand over"))
        self.primary.setEnabled(count > 0)
        self.primary.setToolTip("" if count else nothing)

    def _check_last(self, last: date | None) -> str | None:
        first = self.first.value()
        return self.tr("This is before the first day") if first and last and last < first else None

    def _on_changed(self, name: str) -> None:
        if name == "what":
            self._offer_takers()
        self._show()

    def _on_submitted(self) -> None:
        if not self.primary.isEnabled():
            return
        service = followups.hand_over if self._for_all else followups.hand_over_own
        which, taker = self.which(), self.to.value()
        count = self._desk.gateway.read(followups.load_of, which, taker, self._desk.today()).count
        said = self.tr("%n follow-up(s) handed to {name}", "", count).replace("{name}", self.to.currentText())
        if self._desk.gateway.write(service, which, taker, said=said) is not None:
            self.accept()


def open_handing_over(desk: Desk, parent: QWidget, marked: Sequence[int] = ()) -> HandingOverDialog:
    """Hand over those that are marked, or all of somebody."""
    dialog = HandingOverDialog(desk, parent, marked)
    dialog.present()
    return dialog
