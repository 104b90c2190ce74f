"""Moving a case: each move asks only what it needs, says what happened, and can be undone."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.complaints import MOVES, ComplaintState, answer_reopens, written_number
from app.domain.remedies import RemedyKind
from app.services import complaints
from app.services.complaints import CaseCard
from app.views.complaints import words
from app.views.complaints.remedy import RemedyField
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form

OPEN, WAITING, RESOLVED, CLOSED = ComplaintState
OTHER = RemedyKind.OTHER
"""Says nothing in words of its own."""
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
        super().__init__(parent, width=480 if state is WAITING else 760 if state is CLOSED else 640)
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
            done = RemedyField()
            self.form.add("remedy", self.tr("What was done?"), done)
            given = self.desk.gateway.read(complaints.remedies, self.case.id)
            done.propose(self.case.remedy, [row.kind for row in given if row.counts and row.kind is not OTHER])
        else:
            self._ask_answer()

    def _ask_answer(self) -> None:
        """A digit answers and is the whole call-back; what was said is written before it."""
        self.missed = Button("", "secondary")
        self.missed.setText(self.tr("Not reached, try tomorrow"))
        self.missed.clicked.connect(self._on_missed)
        self.footer.insertWidget(0, self.missed)
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
        self.form.add(
            "note", self.tr("What did they say?"), LineEdit(self.tr("Before the digit, if there is something"))
        )
        chips.moved_on.connect(self.form.submit)

    def _on_missed(self) -> None:
        note = str(self.form.values().get("note", ""))
        if _call(self.desk, self.case, None, note):
            self.accept()
            self._moved(self.case.id)

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
        if self.target is CLOSED:
            done = _call(self.desk, self.case, satisfaction, note)
        else:
            done = _write(self.desk, self.case, self.target, note=note, remedy=remedy)
        if done:
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


def start_call(desk: Desk, parent: QWidget, card: CaseCard, moved: Moved) -> Dialog | None:
    """Ask the customer of a solved case; nothing where there is nobody to ask."""
    if card.state not in (RESOLVED, CLOSED):
        return None
    dialog = MoveDialog(desk, parent, card, CLOSED, moved)
    dialog.present()
    return dialog


def note_answer(desk: Desk, card: CaseCard, moved: Moved) -> None:
    """Note that the customer has heard from us."""
    said = QCoreApplication.translate("Complaints", "{number}: answered").replace(
        "{number}", written_number(card.number)
    )
    before = card.answer
    if before is not None:
        desk.gateway.write(complaints.answer, card.id, desk.now(), said=said)
        moved(card.id)


def _call(desk: Desk, card: CaseCard, answer: int | None, note: str) -> bool:
    """False where it was refused (and said so)."""
    number = written_number(card.number)
    if answer is None:
        said = QCoreApplication.translate("Complaints", "{number}: call again tomorrow").replace("{number}", number)
    else:
        low = answer_reopens(answer, desk.settings.complaint_reopen_at)
        said = f"{number} → {words.state_words(OPEN if low else CLOSED)}"
    done = desk.gateway.write(complaints.call_back, card.id, desk.now(), answer=answer, note=note, said=said)
    return done is not None


def _write(desk: Desk, card: CaseCard, state: ComplaintState, *, note: str = "", remedy: str = "") -> bool:
    """False where it was refused (and said so)."""
    said = f"{written_number(card.number)} → {words.state_words(state)}"
    done = desk.gateway.write(complaints.move, card.id, state, desk.now(), note=note, remedy=remedy, said=said)
    return done is not None
