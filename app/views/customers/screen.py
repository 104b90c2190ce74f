"""The place of the customers: the list at the left, the card of the chosen one at the right."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from app.services.customers import CustomerRow
from app.views.customers.card_pane import CardPane
from app.views.customers.editor import open_editor
from app.views.customers.people_list import PeopleList
from app.views.shared import actions
from app.views.shared.buttons import Button
from app.views.shared.cards import Rule
from app.views.shared.desk import BringIn, NewCustomer
from app.views.shared.empty import EmptyState
from app.views.shared.layouts import row
from app.views.shared.look import px
from app.views.shared.screen import Screen

REST = 90
"""Milliseconds without a key after which the card of the first find is read."""
TINY = 780
"""Narrower than this, the list and the card are two pages with Esc between them."""
WIDE = 1420
"""From this width on the names in the list have more room."""


class CustomersScreen(Screen):
    """↓ goes from the field into the list, Enter on to the card, Esc back, one step each."""

    watches = frozenset(
        {"customers", "member_cards", "sales", "loyalty", "interactions", "complaints", "followups", "transfer"}
    )

    def build(self) -> None:
        self.people, self.card = PeopleList(self.desk), CardPane(self.desk)
        self.none = EmptyState(
            "ph.users", primary=Button("", "primary", icon="ph.user-plus", key="Ctrl+N"), other=Button()
        )
        self.right = QStackedWidget()
        self.right.addWidget(self.none)
        self.right.addWidget(self.card)
        self._between, self._tiny, self._at_card = Rule(vertical=True), False, False
        self.setLayout(row((self.people, 0), self._between, (self.right, 1), gap=0))
        self.setFocusProxy(self.people.field)
        self._soon = QTimer(self, singleShot=True, interval=REST)
        self._soon.timeout.connect(self._on_rest)
        self.people.chosen.connect(self._on_chosen)
        self.people.opened.connect(lambda _row: self._enter_card())
        self.card.left.connect(self._back_to_list)
        self.card.wants_form.connect(self._open_form)
        self.card.letters(self.people.list)
        if self.none.primary:
            self.none.primary.clicked.connect(lambda: self.desk.ask(NewCustomer()))
        if self.none.other:
            self.none.other.clicked.connect(lambda: self.desk.ask(BringIn(kind="customers")))
        actions.act(self, "customer.print", lambda: self.tr("Print card…"), self._print, key="Ctrl+P")
        actions.act(self, "customers.filter", lambda: self.tr("Filter this list"), self._filter, key="Ctrl+F")

    def retranslate(self) -> None:
        actions.retranslate_acts(self)
        self.people.retranslate()
        if self.none.primary and self.none.other:
            self.none.primary.setText(self.tr("New customer"))
            self.none.other.setText(self.tr("Import…"))
        self._word_none()

    def reload(self) -> None:
        self._read_what_rests()
        shown = self.card.card if self.right.currentWidget() is self.card else None
        self.people.reload()
        if self.people.list.choice.row() is None and self.people.model.rowCount():
            self.people.list.choice.choose_place(0)
        self._word_none()
        now = self.people.list.choice.row()
        if now is not None and shown is not None and now.id == shown.id:
            self._show(now.id)

    def _word_none(self) -> None:
        """Without anybody in the shop this is where it begins; else it is only a place beside the list."""
        nobody = self.people.total == 0
        for button in (self.none.primary, self.none.other):
            if button:
                button.setVisible(nobody)
        if nobody:
            sentence = self.tr(
                "Add the first by name or phone, or bring in the list you already keep: "
                "the rest fills itself as they buy."
            )
            self.none.set_words(self.tr("No customers yet"), sentence)
            return
        title = self.tr("Choose somebody at the left")
        self.none.set_words(title, self.tr("Their card shows what they bought, what was said, and what to remember."))

    def show_customer(self, customer_id: int) -> None:
        """Show somebody's card, and where they stand in the list."""
        self._settle()
        if not self.people.choose(customer_id):
            self._show(customer_id)
        self._enter_card()

    def show_people(self, title: str, ids: tuple[int, ...]) -> None:
        """Show these people alone, under a title that says who they are."""
        self._settle()
        self.people.show_people(title, tuple(ids))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(440), px(280))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tiny = self.width() < px(TINY)
        self.people.set_room(alone=tiny, roomy=self.width() > px(WIDE))
        if tiny != self._tiny:
            self._tiny = tiny
            self._turn(at_card=self._at_card)

    def customer_in_view(self) -> int | None:
        """Whom the keys of the window are about; nobody where the card was erased."""
        self._read_what_rests()
        living = self.card.living if self.right.currentWidget() is self.card else None
        return living.id if living else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.people.field.hasFocus():
            self.people.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().keyPressEvent(event)

    def _print(self) -> None:
        if self.customer_in_view() is not None:
            self.card.print()

    def _settle(self) -> None:
        """A screen that was never shown has no rows to choose from yet."""
        if self._stale:
            self._stale = False
            self.reload()

    def _on_chosen(self, chosen: CustomerRow | None) -> None:
        self._soon.stop()
        if chosen is not None and self.people.field.hasFocus():
            self._soon.start()  # while typing the list comes first; the card follows when the hand rests
        elif chosen is not None:
            self._show(chosen.id)
        elif self.card.card is None or self.people.total == 0:
            self.right.setCurrentWidget(self.none)

    def _read_what_rests(self) -> None:
        """A card that is about to be read is read now."""
        if self._soon.isActive():
            self._soon.stop()
            self._on_rest()

    def _on_rest(self) -> None:
        chosen = self.people.list.choice.row()
        if chosen is not None:
            self._show(chosen.id)

    def _show(self, customer_id: int) -> None:
        self.card.show_customer(customer_id)
        self.right.setCurrentWidget(self.card)

    def _enter_card(self) -> None:
        self._read_what_rests()
        self._turn(at_card=True)
        self.card.focus_timeline()

    def _turn(self, *, at_card: bool) -> None:
        """Where there is no room for both, the list and the card are two pages."""
        self._at_card = at_card
        self.people.setVisible(not self._tiny or not at_card)
        self._between.setVisible(not self._tiny)
        self.right.setVisible(not self._tiny or at_card)

    def _back_to_list(self) -> None:
        if self.desk.step_back():
            return
        self._turn(at_card=False)
        self.people.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _filter(self) -> None:
        self._turn(at_card=False)
        self.people.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.people.field.selectAll()

    def _open_form(self, field: str) -> None:
        if self.card.card is not None:
            open_editor(self.desk, self, card=self.card.card, field=field)
