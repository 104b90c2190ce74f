"""What was done to put a case right, line by line, with what it has cost; each can be taken back."""

from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.domain.complaints import written_number
from app.services import complaints
from app.services.complaints import Case, RemedyRow
from app.views.complaints import words
from app.views.complaints.remedy_dialog import open_remedy
from app.views.complaints.remedy_words import ICONS, given_words, remedy_words
from app.views.shared import look
from app.views.shared.avatars import IconDisc
from app.views.shared.buttons import Button, IconButton
from app.views.shared.desk import Desk
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import Steps, box, column, row
from app.views.shared.people_words import staff_name


class RemediesSection(QWidget):
    """The cost stands beside the title; "Add" asks what is given."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.case: Case | None = None
        self.title, self.cost = PlainLabel("", "strong"), ElidedLabel("", "small", tone="ink2")
        self.add, self.none = Button("", "link", key="Alt+R", size="small"), PlainLabel("", "caption", tone="ink3")
        self._lines: Steps = column(gap=6)
        self.backs: list[IconButton] = []
        self._widest = 0
        self.setLayout(column(row(self.title, (self.cost, 1), self.add), self.none, self._lines, gap=6))
        self.add.clicked.connect(self.give)

    def show_remedies(self, case: Case) -> None:
        """Show what was done about a case."""
        self.case = case
        self.title.setText(self.tr("Put right"))
        self.add.setText(self.tr("Add remedy…"))
        self.none.setText(self.tr("Refund, replacement, points, coupon: what is given here is posted where it belongs"))
        self.none.setVisible(not case.remedies)
        cost = self.tr("has cost {sum}").replace("{sum}", self.desk.money(case.cost, drop_zeros=True))
        self.cost.setText(cost if case.remedies else "")
        while item := self._lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.backs = []
        sums = (self.desk.money(one.cost, drop_zeros=True) for one in case.remedies if one.cost)
        self._widest = max((look.current().measure(one, "strong") for one in sums), default=0)
        for remedy in case.remedies:
            self._lines.add(self._line(remedy))

    def texts(self) -> list[str]:
        """Each line as one reads it."""
        shown = [item.widget() for place in range(self._lines.count()) if (item := self._lines.itemAt(place))]
        labels = [line.findChildren(PlainLabel) + line.findChildren(ElidedLabel) for line in shown if line]
        return [" ".join(dict.fromkeys(label.text() for label in line if label.text())) for line in labels]

    def give(self) -> None:
        """Ask what is given."""
        if self.case is not None:
            self.asking = open_remedy(self.desk, self, self.case)

    def _line(self, remedy: RemedyRow) -> QWidget:
        gone = not remedy.counts
        tone = "ink3" if gone else "ink"
        moment = words.moment_words(remedy.at, self.desk.zone, self.desk.today())
        who = PlainLabel(f"{moment} · {staff_name(remedy.staff)}", "caption", tone="ink3")
        kind = PlainLabel(remedy_words(remedy.kind), "strong", tone=tone)
        said = given_words(remedy)
        if remedy.taken_back:
            said = self.tr("Taken back: {what}").replace("{what}", said) if said else self.tr("Taken back")
        elif remedy.return_taken_back:
            said = self.tr("The till took the return back: {what}").replace("{what}", said)
        elif remedy.withdrawn:
            said = self.tr("The coupon was withdrawn: {what}").replace("{what}", said)
        sum_ = self.desk.money(0 if gone else remedy.cost, drop_zeros=True)
        cost = PlainLabel(sum_ if remedy.cost and not gone else "", "strong", align="right")
        cost.setMinimumWidth(self._widest)
        parts: list[QWidget] = [kind, ElidedLabel(said, "small", tone="ink2" if not gone else "ink3")]
        back = IconButton("ph.arrow-counter-clockwise")
        back.set_name(self.tr("Take {what} back").replace("{what}", remedy_words(remedy.kind)))
        back.keep_room()
        back.setVisible(not remedy.taken_back)
        back.clicked.connect(lambda: self._take_back(remedy))
        self.backs.append(back)
        disc = IconDisc(ICONS[remedy.kind], 24, "" if gone else "accent")
        return box(row(disc, parts[0], (parts[1], 1), who, cost, back, gap=8))

    def _take_back(self, remedy: RemedyRow) -> None:
        assert self.case is not None
        number = written_number(self.case.card.number)
        said = self.tr("{number}: {what} taken back").replace("{number}", number)
        said = said.replace("{what}", remedy_words(remedy.kind))
        write = self.desk.gateway.write
        write(complaints.take_back_remedy, remedy.id, operation_id=uuid4().hex, at=self.desk.now(), said=said)
