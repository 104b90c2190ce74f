"""A card that was lost: how, and the new one in its place."""

from PySide6.QtWidgets import QWidget

from app.domain.errors import ShopError
from app.domain.member_cards import grouped
from app.resources.refusals import sentence
from app.services import member_cards
from app.services.member_cards import BadCardNumber, CardNumberTaken, MemberCard
from app.views.shared import look
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.forms import Form


class LostDialog(Dialog):
    """Enter refuses the old card from now on and gives a new one; Undo makes the old one good again."""

    def __init__(self, desk: Desk, parent: QWidget, card: MemberCard, name: str) -> None:
        super().__init__(parent, width=480)
        self._desk, self._card, self._name = desk, card, name
        self.form, self.reason, self.replace = Form(), LineEdit(), Chips(size="form", digits=True)
        self.new = LineEdit(icon="ph.barcode")
        self.form.add("reason", "", self.reason, check=self._check_reason)
        self.form.add("replace", "", self.replace)
        self.form.add("new", "", self.new)
        self.set_form(self.form)
        self.submitted.connect(self._on_submitted)
        self.replace.chosen.connect(lambda _value: self._on_replace())
        desk.gateway.refused.connect(self._on_refused)
        self._word()
        self.reason.set_value(self.tr("lost"))
        self.replace.set_value(True)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "new"):
            self._word()

    def _word(self) -> None:
        self.set_title(self.tr("Lost card"), f"{self._name} · {grouped(self._card.number)}")
        self.form.set_label("reason", self.tr("What happened"))
        self.form.set_label("replace", self.tr("A new card"))
        self.form.set_label("new", self.tr("Its number"))
        kept = self.replace.value()
        self.replace.show_chips([ChipView(True, self.tr("Give one now")), ChipView(False, self.tr("Not now"))])
        self.replace.set_value(kept)
        following = self._desk.gateway.read(member_cards.next_number)
        self.new.setPlaceholderText(self.tr("Scan a card, or Enter for {number}").replace("{number}", following))
        self.primary.setText(self.tr("Report lost"))

    def _check_reason(self, typed: object) -> str | None:
        return None if str(typed).strip() else self.tr("Say how it was lost: it stays in the history")

    def _on_replace(self) -> None:
        self.form.set_row_visible("new", bool(self.replace.value()))

    def _on_submitted(self) -> None:
        said = self.tr("The card {number} is refused from now on").replace("{number}", grouped(self._card.number))
        done = self._desk.gateway.write(
            member_cards.report_lost,
            self._card.number,
            self.reason.value(),
            at=self._desk.now(),
            replace=bool(self.replace.value()),
            new_number=self.new.value() if self.replace.value() else "",
            said=said,
        )
        if done is not None:
            self.accept()

    def _on_refused(self, refusal: ShopError) -> None:
        if self.isVisible() and isinstance(refusal, BadCardNumber | CardNumberTaken):
            self.form.show_errors({"new": sentence(refusal, look.current().language)})


def open_lost(desk: Desk, parent: QWidget, card: MemberCard, name: str) -> LostDialog:
    """Ask how a card was lost."""
    dialog = LostDialog(desk, parent, card, name)
    dialog.present()
    dialog.reason.setFocus()
    dialog.reason.selectAll()
    return dialog
