"""Choosing cases by what they are, and keeping the choice under a name."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from app.domain.complaints import ComplaintState, Severity
from app.services import complaints, products, staff
from app.services.complaints import EVERY_CASE, CaseFilter, SavedView
from app.views.complaints import words
from app.views.complaints.filter_words import marks
from app.views.shared.buttons import Button
from app.views.shared.category_words import category_words
from app.views.shared.chips import Chips, ChipView
from app.views.shared.customer_picker import CustomerPicker
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.forms import Form
from app.views.shared.people_words import staff_name
from app.views.shared.typed_fields import DateField

ANY = ""


class FilterDialog(Dialog):
    """Enter shows the cases; with a name they can be shown again by one click."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        only: CaseFilter,
        view: SavedView | None,
        show: Callable[[CaseFilter], object],
    ) -> None:
        super().__init__(parent, width=680)
        self._desk, self._view, self._show = desk, view, show
        self.form = Form("left")
        self.everything, self.forget = Button("", "secondary"), Button("", "danger")
        self._add_fields()
        self.set_form(self.form)
        self._fill(only)
        self.set_title(self.tr("Which complaints?"))
        self.primary.setText(self.tr("Show"))
        self.everything.setText(self.tr("All complaints"))
        self.forget.setText(self.tr("Forget this view"))
        self.footer.insertWidget(0, self.everything)
        self.footer.insertWidget(1, self.forget)
        self.forget.setVisible(view is not None and desk.gateway.may(complaints.drop_view))
        self.submitted.connect(self._on_submitted)
        self.everything.clicked.connect(lambda: self._done(EVERY_CASE))
        self.forget.clicked.connect(self._on_forget)

    def _add_fields(self) -> None:
        use, today = self._desk.gateway.read(complaints.use_of), self._desk.today
        self.states, self.severities, self.marks = (Chips(many=True, size="form") for _ in range(3))
        self.states.show_chips([ChipView(state, words.state_words(state)) for state in ComplaintState])
        self.severities.show_chips([ChipView(severity, words.severity_words(severity)) for severity in Severity])
        self.marks.show_chips([ChipView(flag, said) for flag, said in marks().items()])
        self.category, self.channel, self.staff, self.product = (ComboBox() for _ in range(4))
        self.category.show_choices([(ANY, self.tr("Any")), *((c, category_words(c)) for c, _ in use["category"])])
        self.channel.show_choices([(ANY, self.tr("Any")), *((c, words.channel_words(c)) for c, _ in use["channel"])])
        people = [(who.id, staff_name(who.name)) for who in self._desk.gateway.read(staff.everyone)]
        self.staff.show_choices([(ANY, self.tr("Anybody")), *people])
        goods = self._desk.gateway.read(products.products) if use["product"] else []
        named = {article.id: article.name for article in goods}
        self.product.show_choices(
            [(ANY, self.tr("Any")), *((key, named[key]) for key, _ in use["product"] if key in named)]
        )
        self.customer = CustomerPicker(self._desk, allow_anonymous=False)
        self.first, self.last = DateField(today=today), DateField(today=today)
        self.name = LineEdit(self.tr("Only to keep it as a view"))
        self.form.add("states", self.tr("State"), self.states)
        self.form.add("severities", self.tr("Severity"), self.severities)
        self.form.add("marks", self.tr("Only"), self.marks)
        self.form.add("category", self.tr("About"), self.category)
        self.form.add("channel", self.tr("Channel"), self.channel)
        self.form.add("staff", self.tr("In whose hands"), self.staff)
        self.form.add("product", self.tr("Goods"), self.product)
        self.form.set_row_visible("product", bool(goods))
        self.form.add("customer", self.tr("Customer"), self.customer)
        self.form.add("first", self.tr("Logged from"), self.first, check=lambda _day: self.first.check())
        self.form.add("last", self.tr("Logged until"), self.last, check=lambda _day: self.last.check())
        if self._desk.gateway.may(complaints.save_view):
            self.form.add("name", self.tr("Name of the view"), self.name)

    def _fill(self, only: CaseFilter) -> None:
        self.states.set_values(list(only.states))
        self.severities.set_values(list(only.severities))
        self.marks.set_values([flag for flag in marks() if getattr(only, flag)])
        for field, value in self._combos(only):
            field.set_value(ANY if value is None else value)
        if only.customer_id is not None:
            self.customer.choose(only.customer_id)
        self.first.set_value(only.first)
        self.last.set_value(only.last)
        self._days = only.days
        if self._view is not None:
            self.name.set_value(self._view.name)

    def _combos(self, only: CaseFilter) -> list[tuple[ComboBox, Any]]:
        values = (only.category, only.channel, only.staff_id, only.product_id)
        return list(zip((self.category, self.channel, self.staff, self.product), values, strict=True))

    def only(self) -> CaseFilter:
        """What was chosen."""
        flags = set(self.marks.values())
        return CaseFilter(
            states=tuple(ComplaintState(str(code)) for code in self.states.values()),
            severities=tuple(Severity(str(code)) for code in self.severities.values()),
            category=str(self.category.value() or ""),
            channel=str(self.channel.value() or ""),
            staff_id=_number(self.staff.value()),
            mine="mine" in flags,
            product_id=_number(self.product.value()),
            customer_id=self.customer.customer_id,
            first=self.first.value(),
            last=self.last.value(),
            days=self._days,
            overdue="overdue" in flags,
            escalated="escalated" in flags,
            reopened="reopened" in flags,
            to_call="to_call" in flags,
        )

    def _on_submitted(self) -> None:
        only, name = self.only(), str(self.name.value()).strip()
        if name and not self._keep(name, replace(only, ids=None)):
            return
        self._done(only)

    def _keep(self, name: str, only: CaseFilter) -> bool:
        """False where it was refused, and said so."""
        write, view = self._desk.gateway.write, self._view
        said = self.tr("View kept: {name}").replace("{name}", name)
        if view is None:
            return write(complaints.save_view, name, only, said=said) is not None
        if (view.name, view.only) != (name, only):
            before = self._desk.gateway.read(complaints.saved_views)
            write(complaints.change_view, view.id, name, only, said=said)
            return self._desk.gateway.read(complaints.saved_views) != before
        return True

    def _on_forget(self) -> None:
        assert self._view is not None
        said = self.tr("View forgotten: {name}").replace("{name}", self._view.name)
        self._desk.gateway.write(complaints.drop_view, self._view.id, said=said)
        self._done(EVERY_CASE)

    def _done(self, only: CaseFilter) -> None:
        self.accept()
        self._show(only)


def _number(value: Any) -> int | None:
    return int(value) if value not in (None, ANY) else None
