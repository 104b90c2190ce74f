"""The questions of a contact: who, how, who began, outcome, purpose, words, next step; what else there was unfolds."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.interactions import Channel, Direction, Purpose
from app.services import customers
from app.services.customers import CustomerRow, MaySell
from app.services.interactions import ContactDraft, ContactSeen
from app.views.interactions.folded import FoldedRows
from app.views.interactions.next_step import NextStep, step_day, step_words
from app.views.interactions.noticed import NoticedPanel
from app.views.interactions.parts import PartsBar
from app.views.shared.chips import Chips, ChipView
from app.views.shared.contact_words import channel_words, direction_words
from app.views.shared.customer_picker import CustomerPicker
from app.views.shared.desk import Desk
from app.views.shared.fields import FieldBox, LineEdit, TextArea
from app.views.shared.forms import Form
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import Steps, row
from app.views.shared.notices import Notice
from app.views.shared.selling_words import barrier_words
from app.views.shared.typed_fields import DateField


class ContactForm(Form):
    """Alt+1 to Alt+9 jump to a question. Only who and how must be answered; the rest has its usual answer."""

    person_changed = Signal(object)
    """The CustomerRow in the field, or None."""

    def __init__(self, desk: Desk, *, mending: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(keys=True, parent=parent)
        self.desk, self.mending = desk, mending
        self.person: CustomerRow | None = None
        self.answer: MaySell | None = None
        self._began = False
        self.who = CustomerPicker(desk, allow_anonymous=False, height=44)
        self.how, self.began, self.outcome, self.purpose, self.next = (_answers() for _ in range(5))
        self.meaning = ElidedLabel("", "caption", tone="ink2", align="right")
        self.said, self.what = TextArea(lines=2), LineEdit()
        self.day, self.noticed = DateField(today=desk.today), NoticedPanel()
        self.bar = PartsBar()
        self.brake = Notice(hue="red", icon="ph.hand-palm-fill", low=True)
        self.brake.hide()
        self._offer()
        self._ask()
        self.folded = FoldedRows(self, desk)
        for below in (self.bar, self.noticed):
            self._grid.addWidget(below, self._grid.rowCount(), 0, 1, 2)
        self._listen()
        self.set_values(_USUAL)

    def values(self) -> dict[str, Any]:
        return {**super().values(), "noticed": self.noticed.value()}

    def set_values(self, values: Mapping[str, Any]) -> None:
        super().set_values(values)
        if "noticed" in values:
            self.noticed.set_value(values["noticed"])
        self._show_person()
        self._show_step()
        self.folded.show_filled()

    def show_contact(self, seen: ContactSeen) -> None:
        """Fill in what the log says of a contact."""
        draft = seen.draft
        self._began = True
        self.set_values(
            {
                "who": seen.customer_id,
                "how": draft.channel,
                "began": draft.direction,
                "outcome": draft.reached,
                "purpose": draft.purpose,
                "said": draft.summary,
                "noticed": draft.noticed,
            }
        )
        self.folded.fill(draft, seen.at, seen.script_id)
        self.noticed.show_logged(seen.complaint_number)

    def draft(self) -> ContactDraft:
        """What is to be saved. Call it only after the checks."""
        draft = ContactDraft(
            channel=Channel(str(self.how.value())),
            direction=Direction(str(self.began.value())),
            purpose=self.chosen_purpose(),
            reached=bool(self.outcome.value()),
            summary=self.said.value(),
        )
        return replace(self.folded.into(draft), noticed=self.noticed.value())

    def chosen_purpose(self) -> Purpose:
        return Purpose(str(self.purpose.value()))

    def next_day(self) -> date | None:
        """The day of the next step; None when there is none, or its day is not written yet."""
        return step_day(NextStep(str(self.next.value())), self.day.value(), self.desk.today())

    def _offer(self) -> None:
        care, sell = self.tr("Care"), self.tr("Sell")
        spoke, missed = self.tr("We spoke"), self.tr("Not reached")
        self.how.show_chips([ChipView(way, channel_words(way)) for way in Channel])
        self.began.show_chips([ChipView(side, direction_words(side)) for side in Direction])
        self.outcome.show_chips([ChipView(True, spoke), ChipView(False, missed)])
        self.purpose.show_chips([ChipView(Purpose.CARE, care), ChipView(Purpose.SELL, sell)])
        self.next.show_chips([ChipView(step, step_words(step)) for step in NextStep])
        self.said.setPlaceholderText(self.tr("What it was about, in a line or two"))
        self.what.setPlaceholderText(self.tr("What to do then; empty: the words above"))

    def _ask(self) -> None:
        box = self.add("who", self.tr("Who"), self.who, check=lambda _value: self._nobody())
        _steps(box).addWidget(self.brake)
        self.add(
            "how", self.tr("How"), self.how, check=lambda v: None if v else self.tr("Choose how you were in touch")
        )
        self.add("began", self.tr("Direction"), self.began)
        self.add("outcome", self.tr("Outcome"), self.outcome)
        _put_beside(self.add("purpose", self.tr("Purpose"), self.purpose), self.purpose, self.meaning)
        self.add("said", self.tr("Words"), self.said)
        self.add("next", self.tr("Next step"), self.next)
        self.add("day", self.tr("On"), self.day, check=self._bad_day)
        self.add("what", self.tr("To do"), self.what)

    def _listen(self) -> None:
        self.who.chosen.connect(self._on_who)
        self.how.chosen.connect(self._on_how)
        self.began.chosen.connect(self._on_began)
        self.purpose.chosen.connect(lambda _value: self._explain())
        self.next.chosen.connect(lambda _value: self._show_step())
        self.bar.wanted.connect(self.folded.toggle)

    def _nobody(self) -> str | None:
        if self.who.customer_id is not None:
            return None
        if self.who.edit.text().strip():
            return self.tr("Take somebody from the list with Enter")
        return self.tr("Choose whom the contact was with")

    def _bad_day(self, day: date | None) -> str | None:
        if day is None:
            return self.tr("Choose a day, or another next step")
        return self.tr("That day is over: choose today or later") if day < self.desk.today() else None

    def _on_who(self, customer_id: int | None) -> None:
        """An answer goes on to the next question; a name just taken out stays for another."""
        self._show_person()
        if self.answer is not None and self.answer.braked:
            self.purpose.set_value(Purpose.CARE)
            self._explain()
        if customer_id is not None:
            self.how.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_how(self, way: object) -> None:
        """Who is in the shop came to us, until a person says otherwise."""
        if not self._began:
            self.began.set_value(Direction.IN if way == Channel.VISIT else Direction.OUT)

    def _on_began(self, _side: object) -> None:
        self._began = True

    def _show_person(self) -> None:
        """Who it is, as the list knows them."""
        found = self.desk.gateway.read(customers.rows, [self.who.customer_id]) if self.who.customer_id else []
        self.person = found[0] if found else None
        self.answer = self.desk.gateway.read(customers.may_sell, self.person.id) if self.person else None
        self._explain()
        self.person_changed.emit(self.person)

    def _explain(self) -> None:
        """What counts as which; the brake holds for as long as a complaint is not closed."""
        care = self.chosen_purpose() is Purpose.CARE
        self.brake.show_notice(self._warning(care=care))
        self.meaning.setText(self.tr("help, thanks, greetings") if care else self.tr("an offer, something to buy"))

    def _warning(self, *, care: bool) -> str:
        """An open complaint is said at once, other reasons not to sell once this is to sell."""
        if self.answer is None or self.answer.allowed:
            return ""
        if self.answer.braked:
            if care:
                return self.tr("**Complaint open**: selling waits, care is welcome")
            return self.tr("**Selling while a complaint is open**: settle it first, or make this a call to care")
        if care:
            return ""
        reasons = " · ".join(barrier_words(barrier) for barrier in self.answer.barriers)
        return self.tr("**Not to be sold to**: {reasons}").replace("{reasons}", reasons)

    def _show_step(self) -> None:
        step = NextStep.NONE if self.mending else self.next.value()
        self.set_row_visible("next", not self.mending)
        self.set_row_visible("day", step == NextStep.DATE)
        self.set_row_visible("what", step != NextStep.NONE)


_USUAL = {"began": Direction.OUT, "outcome": True, "purpose": Purpose.CARE, "next": NextStep.NONE}


def _answers() -> Chips:
    return Chips(size="form", digits=True)


def _steps(box: FieldBox) -> Steps:
    layout = box.layout()
    assert isinstance(layout, Steps)
    return layout


def _put_beside(box: FieldBox, field: QWidget, note: QWidget) -> None:
    """A note at the right of a field, in the field's own box."""
    _steps(box).removeWidget(field)
    _steps(box).insertLayout(0, row(field, (note, 1), gap=12))
