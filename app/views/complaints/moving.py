"""Moving a case: each move asks only what it needs, says what happened, and can be undone."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.domain.complaints import MOVES, ComplaintState, answer_reopens, written_number
from app.services import complaints
from app.services.complaints import CaseCard
from app.views.complaints import words
from app.views.complaints.remedy import RemedyField
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form

OPEN, WAITING, RESOLVED, CLOSED = ComplaintState
ORDER = (OPEN, WAITING, RESOLVED, CLOSED)
Moved = Callable[[int], object]


def beside(state: ComplaintState, step: int) -> ComplaintState | None:
    """Where Ctrl+→ (1) or Ctrl+← (−1) takes a case: the next lane that way which the rules allow."""
    place = ORDER.index(state)
    lanes = ORDER[place + 1 :] if step > 0 else ORDER[:place][::-1]
    return next((lane for lane in lanes if lane in MOVES[state]), None)


class MoveDialog(Dialog):
    """One question on the way from one lane to the next."""

    def __init__(self, desk: Desk, parent: QWidget, card: CaseCard, state: ComplaintState, moved: Moved) -> None:
        super().__init__(parent, width=480 if state is WAITING else 640)
        self.desk, self.case, self.target, self._moved = desk, card, state, moved
        self.form = Form("above")
        self._ask()
        self.set_form(self.form)
        self.set_title(self._title(), f"{written_number(card.number)} · {words.name_of(card)}")
        self.primary.setText(self.tr("Save") if state is CLOSED else self._title())
        self.submitted.connect(self._on_submitted)

    def _ask(self) -> None:
        if self.target is WAITING:
            field = LineEdit(self.tr("The maker, the carrier, the customer…"))
            self.form.add("note", self.tr("For whom, and for what?"), field)
            self.set_note(self.tr("The clock stops until you go on"))
        elif self.target is RESOLVED:
            self.form.add("remedy", self.tr("What was done?"), RemedyField())
            if self.case.remedy:
                self.form.set_values({"remedy": self.case.remedy})
        else:
            self._ask_answer()

    def _ask_answer(self) -> None:
        """A digit answers and is the whole move."""
        chips = Chips(size="form", digits=True)
        said = (
            self.tr("Very unhappy"),
            self.tr("Unhappy"),
            self.tr("So-so"),
            self.tr("Happy"),
            self.tr("Very happy"),
        )
        low = self.desk.settings.complaint_reopen_at
        chips.show_chips(
            [ChipView(n, told, hue="red" if answer_reopens(n, low) else "accent") for n, told in enumerate(said, 1)]
        )
        label = self.tr("How satisfied is the customer now?")
        self.form.add("answer", label, chips, check=lambda value: None if value else self.tr("Choose 1 to 5"))
        self.set_note(self.tr("%n or less opens the case again", "", low))
        chips.moved_on.connect(self.form.submit)

    def _title(self) -> str:
        return {
            OPEN: self.tr("Go on"),
            WAITING: self.tr("Wait for someone"),
            RESOLVED: self.tr("Solved"),
            CLOSED: self.tr("Ask the customer"),
        }[self.target]

    def _on_submitted(self) -> None:
        held = self.form.values()
        answer = held.get("answer")
        satisfaction = int(answer) if answer is not None else None
        note, remedy = str(held.get("note", "")), str(held.get("remedy", ""))
        if _write(self.desk, self.case, self.target, note=note, remedy=remedy, satisfaction=satisfaction):
            self.accept()
            self._moved(self.case.id)


def start_move(desk: Desk, parent: QWidget, card: CaseCard, state: ComplaintState, moved: Moved) -> Dialog | None:
    """Ask what the move needs, or do it at once where it needs nothing; `moved` hears the id of the case."""
    if state is OPEN:
        if _write(desk, card, state):
            moved(card.id)
        return None
    dialog = MoveDialog(desk, parent, card, state, moved)
    dialog.present()
    return dialog


def _write(
    desk: Desk,
    card: CaseCard,
    state: ComplaintState,
    *,
    note: str = "",
    remedy: str = "",
    satisfaction: int | None = None,
) -> bool:
    """False where it was refused (and said so)."""
    low = desk.settings.complaint_reopen_at
    becomes = OPEN if satisfaction is not None and answer_reopens(satisfaction, low) else state
    said = f"{written_number(card.number)} → {words.state_words(becomes)}"
    write = desk.gateway.write
    done = write(
        complaints.move, card.id, state, desk.now(), note=note, remedy=remedy, satisfaction=satisfaction, said=said
    )
    return done is not None
