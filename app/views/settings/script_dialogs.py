"""Writing a script and its questions: what it is called, what is asked, the choices, where the answer lands."""

import re

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.interactions import LandsIn
from app.services import interactions
from app.services.interactions import QuestionDraft, QuestionRow, ScriptRow
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form

_BETWEEN = re.compile("[/／;；\n]")


def lands_words(place: LandsIn) -> str:
    """Where an answer is written down."""
    return {
        LandsIn.NOWHERE: QCoreApplication.translate("Scripts", "with the contact alone"),
        LandsIn.NEEDS: QCoreApplication.translate("Scripts", "to needs"),
        LandsIn.PREFERENCES: QCoreApplication.translate("Scripts", "to preferences"),
        LandsIn.BUYS_ELSEWHERE: QCoreApplication.translate("Scripts", "to buys elsewhere"),
        LandsIn.FACT: QCoreApplication.translate("Scripts", "pinned to the card"),
    }[place]


class ScriptDialog(Dialog):
    """A script's name, and the group of goods it is for."""

    def __init__(self, desk: Desk, parent: QWidget, script: ScriptRow | None) -> None:
        super().__init__(parent, width=480)
        self.desk, self.script, self.form = desk, script, Form()
        self.name, self.category = LineEdit(), LineEdit()
        self.name.setPlaceholderText(self.tr("such as: Tea for the office"))
        self.category.setPlaceholderText(self.tr("empty: any goods"))
        self.form.add("name", self.tr("Name"), self.name, check=lambda v: None if v else self.tr("Give it a name"))
        self.form.add("category", self.tr("Goods"), self.category)
        self.set_form(self.form)
        self.set_title(self.tr("New questions") if script is None else self.tr("Change"))
        self.primary.setText(self.tr("Save"))
        if script is not None:
            self.form.set_values({"name": script.name, "category": script.category})
        self.submitted.connect(self._on_submitted)

    def _on_submitted(self) -> None:
        write, said = self.desk.gateway.write, self.tr("Saved: {name}").replace("{name}", self.name.value())
        name, category = self.name.value(), self.category.value()
        if self.script is None:
            kept = write(interactions.add_script, name, category, said=said)
        else:
            kept = write(interactions.edit_script, self.script.id, name, category, said=said)
        if kept is not None:
            self.accept()


class QuestionDialog(Dialog):
    """What is asked; choices make it a closed question."""

    def __init__(self, desk: Desk, parent: QWidget, script_id: int, question: QuestionRow | None) -> None:
        super().__init__(parent, width=680)
        self.desk, self.script_id, self.question, self.form = desk, script_id, question, Form()
        self.text, self.choices, self.lands = LineEdit(), LineEdit(), Chips(size="form", digits=True)
        self.choices.setPlaceholderText(self.tr("for oneself / for the office / as a gift; empty: an open question"))
        self.lands.show_chips([ChipView(place.value, lands_words(place)) for place in LandsIn])
        self.lands.set_value(LandsIn.NOWHERE.value)
        self.form.add(
            "text", self.tr("Question"), self.text, check=lambda v: None if v else self.tr("Write what to ask")
        )
        self.form.add("choices", self.tr("Choices"), self.choices, check=self._lonely)
        self.form.add("lands", self.tr("Answer goes"), self.lands)
        self.set_form(self.form)
        self.set_title(self.tr("New question") if question is None else self.tr("Change the question"))
        self.primary.setText(self.tr("Save"))
        if question is not None:
            self.form.set_values(
                {"text": question.text, "choices": " / ".join(question.choices), "lands": question.lands_in.value}
            )
        self.submitted.connect(self._on_submitted)

    def offered(self) -> tuple[str, ...]:
        """The choices as they were written."""
        return tuple(part for words in _BETWEEN.split(self.choices.value()) if (part := words.strip()))

    def _lonely(self, _value: object) -> str | None:
        return self.tr("Two choices or more, with / between them") if len(self.offered()) == 1 else None

    def _on_submitted(self) -> None:
        draft = QuestionDraft(self.text.value(), self.offered(), LandsIn(str(self.lands.value() or "")))
        write, said = self.desk.gateway.write, self.tr("Saved: {name}").replace("{name}", draft.text)
        if self.question is None:
            kept = write(interactions.add_question, self.script_id, draft, said=said)
        else:
            kept = write(interactions.edit_question, self.question.id, draft, said=said)
        if kept is not None:
            self.accept()
