"""Asks how many of a series an act is about: this one, this one and later ones, or all. A digit answers."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from app.domain.recurrence import Scope
from app.views.shared.chips import Chips, ChipView
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel


class ScopeDialog(Dialog):
    """1, 2 or 3 answers at once; Enter takes the choice shown."""

    def __init__(self, parent: QWidget, question: str, button: str, *, alone: bool = True) -> None:
        super().__init__(parent)
        self.choice = Chips(size="form", digits=True)
        self.choice.setAccessibleName(question)
        self.set_title(question)
        hint = QCoreApplication.translate("ScopeDialog", "This follow-up repeats. What is done stays as it was done.")
        self.body.add(self.choice, PlainLabel(hint, "small", tone="ink2", wrap=True))
        words = {
            Scope.THIS: QCoreApplication.translate("ScopeDialog", "Only this one"),
            Scope.LATER: QCoreApplication.translate("ScopeDialog", "This one and later ones"),
            Scope.ALL: QCoreApplication.translate("ScopeDialog", "All"),
        }
        offered = [scope for scope in Scope if alone or scope is not Scope.THIS]
        self.choice.show_chips([ChipView(scope, words[scope]) for scope in offered])
        self.choice.set_value(offered[0])
        self.primary.setText(button)
        self.choice.moved_on.connect(self._on_primary)
        self.submitted.connect(self.accept)


def ask_scope(
    parent: QWidget, question: str, button: str, on_chosen: Callable[[Scope], object], *, alone: bool = True
) -> ScopeDialog:
    """Ask, and act when answered; `alone`: whether it can be about this one only."""
    dialog = ScopeDialog(parent, question, button, alone=alone)
    dialog.accepted.connect(lambda: on_chosen(Scope(str(dialog.choice.value()))))
    dialog.present()
    dialog.choice.chips()[0].setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog
