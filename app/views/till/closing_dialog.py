"""Closing the day: what each method should hold, what is there, what stays; and the closes before this one."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.money import currency
from app.domain.payments import NEW_MONEY, MethodKind
from app.services import till
from app.services.till import CloseDraft, MethodSums, ToClose
from app.views.shared import look
from app.views.shared.buttons import Button
from app.views.shared.cards import Rule
from app.views.shared.day_words import near_day
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import FieldBox, LineEdit
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, row
from app.views.shared.look import px
from app.views.shared.method_words import method_name
from app.views.shared.typed_fields import MoneyField


class MethodLine:
    """One method in the grid: what should be there, the field for what is, the difference."""

    def __init__(self, desk: Desk, sums: MethodSums) -> None:
        self.sums, self._desk = sums, desk
        digits = currency(desk.settings.currency).digits
        self.name = PlainLabel(method_name(sums.method, sums.name), "strong")
        self.sales, self.refunds = (PlainLabel("", "small", tone="ink2", align="right") for _ in range(2))
        self.expected = PlainLabel("", "strong", align="right")
        self.counted, self.stays = MoneyField(digits=digits), MoneyField(digits=digits)
        self.difference = PlainLabel("", "small", align="right")
        self.stays.setVisible(self.cash)
        if self.cash and sums.float_before:
            self.stays.set_value(sums.float_before)
        self.counted.setVisible(sums.kind in NEW_MONEY)
        self.counted.setAccessibleName(self.name.text())
        self.show_sums(sums)

    def show_sums(self, sums: MethodSums) -> None:
        """Show what the bills say by now."""
        self.sums, money = sums, self._desk.money
        self.sales.setText(money(sums.sales))
        self.refunds.setText(money(-sums.refunds) if sums.refunds else "")
        self.expected.setText(money(sums.expected))

    @property
    def cash(self) -> bool:
        return self.sums.kind is MethodKind.CASH

    @property
    def off(self) -> int:
        """Counted less expected, 0 while nothing was counted."""
        counted = self.counted.value()
        return 0 if counted is None else counted - self.sums.expected

    def show_difference(self) -> None:
        money = self._desk.money(self.off) if self.off else ""
        self.difference.setText(f"+{money}" if self.off > 0 else money)
        self.difference.set_tone("red_text" if self.off < 0 else "gold_text")


class ClosingDialog(Dialog):
    """Enter closes; a difference asks for its reason. What was closed before stands behind a link."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, width=760)
        self._desk = desk
        self.found: ToClose = desk.gateway.read(till.to_close, desk.today())
        self.lines = [MethodLine(desk, sums) for sums in self.found.lines]
        self.about = PlainLabel("", "small", tone="ink2", wrap=True)
        self.grid = QGridLayout()
        self.heads = [PlainLabel("", "caption", tone="ink3", align="right" if at else "left") for at in range(7)]
        self.why_title, self.why = PlainLabel("", "small", tone="ink2"), LineEdit()
        self._why = box(row(self.why_title, (FieldBox(self.why), 1), gap=12))
        self.before = Button("", "link")
        self._fill()
        self.body.add(self.about, box(self.grid), Rule(), self._why, row(self.before, None))
        self.before.clicked.connect(self._on_before)
        self.submitted.connect(self._on_submitted)
        look.follow(self._space)
        self._word()
        self._changed()

    def begin(self) -> None:
        """Show the dialog, the focus on the cash to count."""
        self.present()
        first = next((line for line in self.lines if line.cash), self.lines[0] if self.lines else None)
        if first is not None:
            first.counted.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "lines"):
            self._word()

    def _space(self) -> None:
        self.grid.setHorizontalSpacing(px(12))
        self.grid.setVerticalSpacing(px(8))

    def _fill(self) -> None:
        self.grid.setContentsMargins(0, 0, 0, 0)
        for at, head in enumerate(self.heads):
            self.grid.addWidget(head, 0, at)
        for at, line in enumerate(self.lines, 1):
            parts = (line.name, line.sales, line.refunds, line.expected, line.counted, line.difference, line.stays)
            for column, part in enumerate(parts):
                self.grid.addWidget(part, at, column)
            line.counted.changed.connect(lambda _value: self._changed())
        self.grid.setColumnStretch(0, 1)

    def _word(self) -> None:
        self.set_title(self.tr("Close the day"), near_day(self._desk.today(), self._desk.today()))
        said = self.tr("%n bill(s) since the last close", "", self.found.bills)
        if self.found.since is not None:
            at = self.found.since.astimezone(self._desk.zone)
            said += self.tr(" on {moment}").replace("{moment}", f"{at:%Y-%m-%d %H:%M}")
        else:
            said = self.tr("%n bill(s) today; the day was never closed before", "", self.found.bills)
        self.about.setText(said)
        heads = (
            self.tr("Method"),
            self.tr("Sales"),
            self.tr("Money back"),
            self.tr("Should be"),
            self.tr("Counted"),
            self.tr("Difference"),
            self.tr("Stays in the drawer"),
        )
        for head, said in zip(self.heads, heads, strict=True):
            head.setText(said)
        for line in self.lines:
            line.counted.setPlaceholderText("" if line.cash else self.tr("not counted"))
            line.stays.setAccessibleName(self.tr("Stays in the drawer"))
            if line.sums.float_before:
                told = self.tr("{money} lay in the drawer").replace("{money}", self._desk.money(line.sums.float_before))
                line.expected.setToolTip(told)
        self.why_title.setText(self.tr("Why there is a difference"))
        self.why.setAccessibleName(self.why_title.text())
        self.before.setText(self.tr("Earlier closes…"))
        self.primary.setText(self.tr("Close the day"))

    def _changed(self) -> None:
        for line in self.lines:
            line.show_difference()
        self._why.setVisible(any(line.off for line in self.lines))

    def draft(self) -> CloseDraft:
        """What was counted."""
        counted = {line.sums.method: value for line in self.lines if (value := line.counted.value()) is not None}
        floats = {line.sums.method: value for line in self.lines if line.cash and (value := line.stays.value())}
        return CloseDraft(counted, floats, self.why.value())

    def _on_submitted(self) -> None:
        if any(line.off for line in self.lines) and not self.why.value():
            self.why.set_error(self.tr("Say why: it stays with the close"))
            self.why.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        said = self.tr("The day is closed")
        done = self._desk.gateway.write(till.close_day, self.draft(), at=self._desk.now(), said=said)
        if done is not None:
            parent, desk = self.parentWidget(), self._desk
            self.accept()
            if parent is not None:
                from app.views.till.slip_dialog import open_close_slip

                open_close_slip(desk, parent, done)
        else:
            self._count_anew()

    def _count_anew(self) -> None:
        """Another counter may have sold since the dialog was opened: what should be there is more by now."""
        self.found = self._desk.gateway.read(till.to_close, self._desk.today())
        now = {sums.method: sums for sums in self.found.lines}
        for line in self.lines:
            line.show_sums(now.get(line.sums.method, line.sums))
        self._word()
        self._changed()

    def _on_before(self) -> None:
        from app.views.till.closes_dialog import open_closes

        open_closes(self._desk, self)


def open_closing(desk: Desk, parent: QWidget) -> ClosingDialog:
    """Ask what is in the drawer."""
    dialog = ClosingDialog(desk, parent)
    dialog.begin()
    return dialog
