"""Bringing a copy back: what the shop holds now, what it would hold then, and one button."""

from PySide6.QtWidgets import QGridLayout, QWidget

from app.services import backup
from app.views.settings import copy_words
from app.views.shared import look, paint
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.gateway import Copy
from app.views.shared.labels import PlainLabel
from app.views.shared.look import px

SHOWN = ("customers", "sales", "complaints", "followups", "interactions")


class Compared(QWidget):
    """Rows of counts: now, and after; what differs is heavier."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(0, 1)
        self.setLayout(self._grid)
        look.follow(self.relook)

    def relook(self) -> None:
        self._grid.setHorizontalSpacing(px(24))
        self._grid.setVerticalSpacing(px(8))

    def add_head(self, *words: str) -> None:
        for at, word in enumerate(words):
            self._grid.addWidget(PlainLabel(word, "caption", tone="ink3", align="right" if at else "left"), 0, at)

    def add_row(self, words: str, now: int, then: int) -> None:
        at, differs = self._grid.rowCount(), now != then
        self._grid.addWidget(PlainLabel(words, "body", tone="ink2"), at, 0)
        self._grid.addWidget(PlainLabel(paint.figure(now), "body", tone="ink2", align="right"), at, 1)
        self._grid.addWidget(PlainLabel(paint.figure(then), "strong" if differs else "body", align="right"), at, 2)


class RestoreDialog(Dialog):
    """Nothing is lost by it: the shop as it is now is copied first, and that copy can be brought back the same way."""

    def __init__(self, desk: Desk, parent: QWidget, copy: Copy) -> None:
        super().__init__(parent, width=480)
        self.desk, self.copy = desk, copy
        made = copy_words.moment(copy.made_at.astimezone(desk.zone), desk.today())
        self.set_title(self.tr("Restore a copy"), made)
        self.primary.setText(self.tr("Restore"))
        self.question = PlainLabel("", "body", tone="ink2", wrap=True)
        self.question.setText(
            self.tr(
                "The shop goes back to {moment}. It is copied as it is now first, so this can be taken back."
            ).replace("{moment}", made)
        )
        self.compared = Compared()
        self._compare(desk.gateway.read(backup.contents))
        self.body.add(self.question, self.compared)
        self.submitted.connect(self._on_submitted)

    def _compare(self, now: backup.Contents) -> None:
        names = {
            "customers": self.tr("Customers"),
            "sales": self.tr("Sales"),
            "complaints": self.tr("Complaints"),
            "followups": self.tr("Follow-ups"),
            "interactions": self.tr("Contacts"),
        }
        self.compared.add_head("", self.tr("now"), self.tr("after"))
        for key in SHOWN:
            self.compared.add_row(names[key], now.counts.get(key, 0), self.copy.manifest.counts.get(key, 0))
        self.compared.add_row(self.tr("Points held"), now.points, self.copy.manifest.points)

    def _on_submitted(self) -> None:
        self.primary.setEnabled(False)
        self.set_note(self.tr("Restoring…"))
        task = self.desk.gateway.restore(self.copy.path)
        task.answered.connect(lambda _safety: self.accept())
        task.failed.connect(lambda _trouble: self.reject())


def open_restore(desk: Desk, parent: QWidget, copy: Copy) -> RestoreDialog:
    """Show what a copy would bring, and ask."""
    dialog = RestoreDialog(desk, parent, copy)
    dialog.present()
    return dialog
