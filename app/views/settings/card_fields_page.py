"""The fields a shop adds to its cards: made, called otherwise, put in order and put away, all by keys."""

import re

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.custom_fields import FieldKind
from app.domain.errors import ShopError
from app.resources.refusals import sentence
from app.services import customers
from app.services.customers import CustomFieldRow, FieldNeedsChoices
from app.views.settings.ordered_list import OrderedList
from app.views.settings.page import SettingsPage
from app.views.shared import look
from app.views.shared.badges import BadgeView
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form
from app.views.shared.lists import RowView

_BETWEEN = re.compile("[/／;；,，、\n]")


def kind_words(kind: FieldKind) -> str:
    """What is written in a field."""
    return {
        FieldKind.TEXT: QCoreApplication.translate("CardFields", "Words"),
        FieldKind.NUMBER: QCoreApplication.translate("CardFields", "A number"),
        FieldKind.DATE: QCoreApplication.translate("CardFields", "A day"),
        FieldKind.CHOICE: QCoreApplication.translate("CardFields", "A choice"),
        FieldKind.YES_NO: QCoreApplication.translate("CardFields", "Yes or no"),
    }[kind]


class CardFieldsPage(SettingsPage):
    """One list; fields that were put away stand last and keep what was written in them."""

    watches = frozenset({"customers", "settings"})

    def build(self) -> None:
        self.fields = OrderedList()
        self._rows: list[CustomFieldRow] = []
        self.arrange(self.fields)
        self.fields.added.connect(lambda: FieldDialog(self.desk, self, None).present())
        self.fields.edited.connect(lambda key: FieldDialog(self.desk, self, self.row(key)).present())
        self.fields.moved.connect(self._on_moved)
        self.fields.shelved.connect(self._on_shelved)

    def retranslate(self) -> None:
        self.fields.say(
            self.tr("Card fields"),
            self.tr("What this shop wants to know beyond the usual. They stand on every card under “Of this shop”."),
            self.tr("Nothing yet: size of shoes, a car's plate, the name of the dog…"),
        )
        self._show()

    def reload(self) -> None:
        super().reload()
        self._rows = self.desk.gateway.read(customers.custom_fields, archived=True)
        self._show()

    def row(self, field_id: int) -> CustomFieldRow:
        """One of the fields."""
        return next(found for found in self._rows if found.id == field_id)

    def _show(self) -> None:
        self.fields.show_rows(
            [self._view(row) for row in self._rows], frozenset(r.id for r in self._rows if r.archived)
        )

    def _view(self, row: CustomFieldRow) -> RowView:
        used = self.tr("on %n card(s)", "", row.used)
        reason = " · ".join((kind_words(row.kind), *((" / ".join(row.choices),) if row.choices else ()), used))
        badge = BadgeView(self.tr("put away")) if row.archived else None
        return RowView(row.id, row.label, reason, badge=badge, picture="none", spoken=f"{row.label}, {reason}")

    def _on_moved(self, field_id: int, place: int) -> None:
        self.desk.gateway.write(customers.move_field, field_id, place, said=self.tr("Moved"))

    def _on_shelved(self, field_id: int) -> None:
        row, write = self.row(field_id), self.desk.gateway.write
        if row.archived:
            said = self.tr("{name} is on the cards again").replace("{name}", row.label)
            write(customers.unarchive_field, field_id, said=said)
        else:
            said = self.tr("{name} is off the cards; what was written in it is kept").replace("{name}", row.label)
            write(customers.archive_field, field_id, at=self.desk.now(), said=said)


class FieldDialog(Dialog):
    """What a field is called and what is written in it; the kind of one that is there stays."""

    def __init__(self, desk: Desk, parent: QWidget, row: CustomFieldRow | None) -> None:
        super().__init__(parent, width=680)
        self.desk, self.row, self.form = desk, row, Form()
        self.name, self.choices, self.kind = LineEdit(), LineEdit(), Chips(size="form", digits=True)
        self.kind.show_chips([ChipView(kind, kind_words(kind)) for kind in FieldKind])
        self.choices.setPlaceholderText(self.tr("on paper / by mail"))
        self.form.add("name", self.tr("Name"), self.name)
        self.form.add("kind", self.tr("Written in it"), self.kind)
        self.form.add("choices", self.tr("Choices"), self.choices)
        self.set_form(self.form)
        self.kind.chosen.connect(lambda _kind: self._show_choices())
        self.kind.set_value(row.kind if row else FieldKind.TEXT)
        if row is not None:
            self.form.set_values({"name": row.label, "choices": " / ".join(row.choices)})
            self.form.set_row_visible("kind", False)
        self.set_title(self.tr("New field") if row is None else self.tr("Change"))
        self.primary.setText(self.tr("Save"))
        self._show_choices()
        self.submitted.connect(self._on_submitted)
        desk.gateway.refused.connect(self._on_refused)

    def _show_choices(self) -> None:
        self.form.set_row_visible("choices", self.kind.value() is FieldKind.CHOICE)

    def _on_submitted(self) -> None:
        write, name = self.desk.gateway.write, self.name.value()
        said = self.tr("Saved: {name}").replace("{name}", name)
        choices = tuple(word.strip() for word in _BETWEEN.split(self.choices.value()) if word.strip())
        heard: list[ShopError] = []
        self.desk.gateway.refused.connect(heard.append)
        if self.row is None:
            write(customers.add_field, name, self.kind.value(), choices, said=said)
        else:
            write(customers.edit_field, self.row.id, name, choices, said=said)
        self.desk.gateway.refused.disconnect(heard.append)
        if not heard:
            self.accept()

    def _on_refused(self, refusal: ShopError) -> None:
        if self.isVisible():
            field = "choices" if isinstance(refusal, FieldNeedsChoices) else "name"
            self.form.show_errors({field: sentence(refusal, look.current().language)})
