"""Who allowed what: every yes and no with its day, place and witness; a new one is noted in four keys."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.interactions import Channel
from app.services import customers
from app.services.customers import Decision
from app.views.privacy import words
from app.views.shared.chips import Chips, ChipView
from app.views.shared.contact_words import channel_words
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import CheckBox
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.people_words import on_day, staff_name
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table


class ConsentsDialog(Dialog):
    """A digit answers and goes on; Ctrl+Enter notes the answer and the dialog stays for the next."""

    def __init__(self, desk: Desk, parent: QWidget, customer_id: int) -> None:
        super().__init__(parent, width=680)
        self.desk, self.customer_id = desk, customer_id
        self.form = Form(keys=True)
        self.channel, self.given, self.place = (Chips(size="form", digits=True) for _ in range(3))
        self.form.add("channel", "", self.channel, check=lambda value: None if value else self._which())
        self.form.add("given", "", self.given, check=lambda value: None if value is not None else self._whether())
        self.form.add("place", "", self.place)
        self.barred = CheckBox()
        self.history: RowsModel[Decision] = RowsModel((), self)
        self.table = Table(compact=True)
        self.table.setModel(self.history)
        self.nothing = PlainLabel("", "body", tone="ink2", wrap=True)
        self.set_form(self.form)
        self.body.add(self.barred, self.nothing, self.table)
        self.submitted.connect(self._on_submitted)
        self.barred.changed.connect(self._on_barred)
        self.retranslate()
        self.place.set_value(words.PLACES[0])
        self.reload()
        desk.gateway.changed.connect(self.reload)

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "nothing"):
            return
        self.set_title(self.tr("May we write or call?"), self._name())
        self.primary.setText(self.tr("Note the answer"))
        self.cancel.setText(self.tr("Close"))
        for name, said in self._labels().items():
            self.form.set_label(name, said)
        self._offer(self.channel, [ChipView(way, channel_words(way)) for way in words.ASKED])
        self._offer(self.given, [ChipView(True, words.answer(True)), ChipView(False, words.answer(False), hue="red")])
        self._offer(self.place, [ChipView(code, words.place(code)) for code in words.PLACES])
        self.barred.setText(self.tr("Do not contact at all: overrules every yes"))
        self.nothing.setText(self.tr("Nothing was noted yet. Silence is a no: nothing is sent to sell something."))
        self.history.show_columns(self._columns())
        self.table.set_widths(160, 88, 80, None, 112)

    def reload(self, _changes: object = None) -> None:
        """Read again what holds and what was said."""
        said = self.desk.gateway.read(customers.consents, self.customer_id)
        self.history.show_rows(said.history)
        self.table.setVisible(bool(said.history))
        self.nothing.setVisible(not said.history)
        self.barred.set_value(said.do_not_contact)

    def _name(self) -> str:
        return self.desk.gateway.read(customers.card, self.customer_id, self.desk.today()).name

    def _labels(self) -> dict[str, str]:
        return {"channel": self.tr("Way"), "given": self.tr("Answer"), "place": self.tr("Said")}

    def _which(self) -> str:
        return self.tr("Choose the way they spoke of")

    def _whether(self) -> str:
        return self.tr("Choose yes or no")

    def _offer(self, chips: Chips, views: list[ChipView]) -> None:
        kept = chips.value()
        chips.show_chips(views)
        chips.set_value(kept)

    def _columns(self) -> list[Column[Decision]]:
        def day(row: Decision) -> str:
            return on_day(row.on, self.desk.today())

        return [
            Column(self.tr("Day"), day),
            Column(self.tr("Way"), lambda row: channel_words(row.channel)),
            Column(self.tr("Answer"), lambda row: words.answer(row.given), tone=_tone),
            Column(self.tr("Said"), lambda row: words.place(row.source)),
            Column(self.tr("Noted by"), lambda row: staff_name(row.staff)),
        ]

    def _on_submitted(self) -> None:
        way, given = Channel(str(self.channel.value())), bool(self.given.value())
        said = self.tr("{way}: {answer}, noted")
        said = said.replace("{way}", channel_words(way)).replace("{answer}", words.answer(given))
        place, at = str(self.place.value() or words.PLACES[0]), self.desk.now()
        write = self.desk.gateway.write
        if write(customers.record_consent, self.customer_id, way, given, place, at=at, said=said) is not None:
            self.channel.set_value(None)
            self.given.set_value(None)
            self.channel.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_barred(self, on: bool) -> None:
        card = self.desk.gateway.read(customers.card, self.customer_id, self.desk.today())
        said = self.tr("{name} is not contacted any more") if on else self.tr("{name} may be contacted again")
        self.desk.gateway.write(
            customers.set_field,
            card.id,
            "do_not_contact",
            on,
            version=card.version,
            said=said.replace("{name}", card.name),
        )
        self.reload()


def _tone(row: Decision) -> Any:
    return None if row.given else "red_text"


def open_consents(desk: Desk, parent: QWidget, customer_id: int) -> ConsentsDialog:
    """Show what somebody allowed, and note what they say now."""
    dialog = ConsentsDialog(desk, parent, customer_id)
    dialog.present()
    dialog.channel.setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog
