"""The till: the ways to pay in their order, what slips look like, and how much a clerk may take off."""

from app.domain.errors import ShopError
from app.domain.payments import MethodKind
from app.resources.refusals import sentence
from app.services import sales
from app.services.sales import MethodRow
from app.views.settings.binding import FormCard, SettingsForm
from app.views.settings.kinds import ShareField
from app.views.settings.ordered_list import OrderedList
from app.views.settings.page import SettingsPage
from app.views.shared import look
from app.views.shared.badges import BadgeView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import CheckBox, ComboBox, LineEdit, TextArea
from app.views.shared.forms import Form
from app.views.shared.lists import RowView
from app.views.shared.method_words import method_name


class TillPage(SettingsPage):
    """Ways to pay that were put away stand last, and keep what was paid by them."""

    watches = frozenset({"settings", "sales"})

    def build(self) -> None:
        self.slips, self.discounts = SettingsForm(self.desk), SettingsForm(self.desk)
        self.forms = (self.slips, self.discounts)
        self.methods = OrderedList()
        self._rows: list[MethodRow] = []
        self.slips.put("slip_language", ComboBox())
        self.slips.put("slip_paper", ComboBox())
        self.slips.put("slip_prints", CheckBox())
        self.slips.put("slip_note", TextArea("", lines=2))
        self.discounts.put("clerk_discount", ShareField())
        self.slip_card, self.discount_card = FormCard(self.slips), FormCard(self.discounts)
        self.arrange(self.methods, self.slip_card, self.discount_card)
        self.methods.added.connect(lambda: MethodDialog(self.desk, self, None).present())
        self.methods.edited.connect(lambda key: MethodDialog(self.desk, self, self.row(key)).present())
        self.methods.moved.connect(self._on_moved)
        self.methods.shelved.connect(self._on_shelved)

    def retranslate(self) -> None:
        self.methods.say(
            self.tr("Ways to pay"),
            self.tr("In this order at the till, the first one chosen; Alt and its number takes each."),
            self.tr("No way to pay yet."),
        )
        self.slip_card.say(
            self.tr("Slips"),
            self.tr("What a customer is handed, on paper or as a PDF; F11 shows the last."),
        )
        self.discount_card.say(self.tr("Discounts"), self.tr("Off a whole bill, beside member prices."))
        self._word_forms()
        self._show()

    def reload(self) -> None:
        super().reload()
        known = self.desk.gateway.read(sales.methods, away=True)
        self._rows = [row for row in known if row.kind is not MethodKind.VISITS]  # never chosen, so never put in order
        self._show()

    def row(self, method_id: int) -> MethodRow:
        """One of the ways to pay."""
        return next(found for found in self._rows if found.id == method_id)

    def _word_forms(self) -> None:
        self.slips.word(
            {
                "slip_language": self.tr("Language"),
                "slip_paper": self.tr("Paper"),
                "slip_prints": self.tr("Printing"),
                "slip_note": self.tr("At the foot"),
            }
        )
        self.slips.field("slip_language").show_choices([("zh_CN", "简体中文"), ("en", "English")])
        self.slips.field("slip_paper").show_choices([("roll80", self.tr("Roll, 80 mm")), ("a5", self.tr("A5"))])
        self.slips.field("slip_prints").setText(self.tr("Print each slip by itself"))
        self.slips.field("slip_note").setPlaceholderText(self.tr("Goods come back within 7 days with this slip"))
        self.discounts.word({"clerk_discount": self.tr("A clerk takes off at most")})
        self.discounts.field("clerk_discount").set_unit("%")

    def _show(self) -> None:
        away = frozenset(row.id for row in self._rows if not row.active)
        self.methods.show_rows([self._view(row) for row in self._rows], away)

    def _view(self, row: MethodRow) -> RowView:
        kinds = {
            MethodKind.CASH: self.tr("cash: change is given, the drawer is counted"),
            MethodKind.TRANSFER: self.tr("seen on a statement"),
            MethodKind.STORED: self.tr("what the customer has paid in before"),
        }
        name, reason = method_name(row.code, row.name), kinds[row.kind]
        badge = None if row.active else BadgeView(self.tr("put away"))
        return RowView(row.id, name, reason, badge=badge, picture="none", spoken=f"{name}, {reason}")

    def _on_moved(self, method_id: int, place: int) -> None:
        self.desk.gateway.write(sales.move_method, method_id, place, said=self.tr("Moved"))

    def _on_shelved(self, method_id: int) -> None:
        row, write = self.row(method_id), self.desk.gateway.write
        name = method_name(row.code, row.name)
        if row.active:
            write(sales.archive_method, method_id, said=self.tr("Put away: {name}").replace("{name}", name))
        else:
            write(sales.unarchive_method, method_id, said=self.tr("Used again: {name}").replace("{name}", name))


class MethodDialog(Dialog):
    """The name of a way to pay, and of a new one whether it lies in the drawer."""

    def __init__(self, desk: Desk, parent: TillPage, row: MethodRow | None) -> None:
        super().__init__(parent, width=480)
        self._desk, self._row = desk, row
        self.form, self.name, self.cash = Form(), LineEdit(), CheckBox()
        self.form.add("name", "", self.name)
        self.form.add("cash", "", self.cash)
        self.set_form(self.form)
        if row is not None:
            self.name.set_value(method_name(row.code, row.name))
            self.form.set_row_visible("cash", False)
        self.submitted.connect(self._on_submitted)
        desk.gateway.refused.connect(self._on_refused)
        self._word()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()

    def _word(self) -> None:
        self.set_title(self.tr("New way to pay") if self._row is None else self.tr("Name"))
        self.form.set_label("name", self.tr("Name"))
        self.form.set_label("cash", self.tr("Kind"))
        self.cash.setText(self.tr("It lies in the drawer and is counted"))
        self.primary.setText(self.tr("Save"))

    def _on_submitted(self) -> None:
        name, write, heard = self.name.value(), self._desk.gateway.write, list[ShopError]()
        said = self.tr("Saved: {name}").replace("{name}", name)
        self._desk.gateway.refused.connect(heard.append)
        if self._row is None:
            write(sales.add_method, name, cash=bool(self.cash.value()), said=said)
        else:
            shipped = method_name(self._row.code)
            write(sales.rename_method, self._row.id, "" if name == shipped else name, said=said)
        self._desk.gateway.refused.disconnect(heard.append)
        if not heard:
            self.accept()

    def _on_refused(self, refusal: ShopError) -> None:
        if self.isVisible():
            self.form.show_errors({"name": sentence(refusal, look.current().language)})
