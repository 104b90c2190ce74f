"""The card of one customer: head, brake, figures, the next question, the timeline and the facts."""

from datetime import timedelta
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.complaints import written_number
from app.domain.interactions import Channel
from app.services import customers
from app.services.customers import Card, CustomerDraft, Kind
from app.views.customers.ask_next import FACT_OF, AskNext
from app.views.customers.fact_words import SECTION_OF
from app.views.customers.facts import FactsColumn
from app.views.customers.figures import FiguresRow
from app.views.customers.header import CardHead
from app.views.customers.merged_line import MergedLine
from app.views.customers.prices_dialog import open_prices
from app.views.customers.print_dialog import open_print
from app.views.customers.privacy_menu import PrivacyMenu
from app.views.customers.referral_tree import open_referrals
from app.views.customers.timeline import PAGE, Timeline
from app.views.customers.words import EntryView
from app.views.shared import actions
from app.views.shared.buttons import Button
from app.views.shared.cards import Card as Surface
from app.views.shared.cards import Rule
from app.views.shared.desk import (
    BookFollowUp,
    Desk,
    EditContact,
    GiveTier,
    LogComplaint,
    LogContact,
    MergeCards,
    OpenComplaint,
    OpenSale,
    SellTo,
    ShowMemberCard,
)
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.notices import Notice
from app.views.shared.people_words import on_day

NARROW, WIDE, LOW = 640, 1100, 470
ROOMY, TIGHT = (20, 14, 20, 16), (16, 6, 16, 8)
SHORT = 24
"""Letters of a complaint that fit into one line with what holds beside it."""
_DIGITS = {getattr(Qt.Key, f"Key_{digit}"): digit for digit in range(1, 10)}


class CardPane(QWidget):
    """Everything about one customer. Letters work while its timeline has the focus; Esc gives the focus back."""

    left = Signal()
    wants_form = Signal(str)
    """The form of this card, opened at a field (empty: at its beginning)."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.card: Card | None = None
        self.head, self.figures, self.next = CardHead(desk), FiguresRow(desk), AskNext()
        self.handle = Button("", "link", key="F8", size="small")
        self.brake = Notice("", "red", icon="ph.hand-palm", act=self.handle)
        self.erased = Notice("", "blue", icon="ph.eraser")
        self.merged = MergedLine(desk)
        self.timeline, self.facts = Timeline(desk), FactsColumn(desk)
        self._between, self._folded = Rule(vertical=True), False
        body = Surface(row((self.timeline, 1), self._between, self.facts, gap=0), margins=(0, 1, 0, 1), gap=0)
        parts = (self.head, self.erased, self.merged, self.brake, self.figures, self.next, (body, 1))
        self._page = column(*parts, gap=12, margins=ROOMY)
        self.setLayout(self._page)
        self._make_acts()
        self._connect()
        self.retranslate()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(440), px(280))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @property
    def living(self) -> Card | None:
        """The card that may be acted on: not one that was erased, of which only the books are shown."""
        return self.card if self.card and self.card.erased_at is None else None

    def show_customer(self, customer_id: int) -> None:
        """Show somebody, the newest of their timeline first."""
        today, kinds = self._desk.today(), self.timeline.kinds()
        opened = self._desk.gateway.read(customers.opened, customer_id, today, kinds, PAGE)
        self._show_card(opened.card)
        self.merged.show_card(opened.card)
        self.timeline.show_first(opened)

    def _show_card(self, card: Card) -> None:
        same = self.card is not None and self.card.id == card.id
        self.card = card
        for part in (self.head, self.figures, self.facts):
            part.show_card(card)
        self._make_room()
        self._show_brake(card)
        self._show_erased(card)
        if not same:
            self.timeline.list.scrollToTop()

    def retranslate(self) -> None:
        self.handle.setText(self.tr("Handle it"))
        for part in (self.head, self.next, self.timeline, self.facts):
            part.retranslate()

    def focus_timeline(self) -> None:
        """The keys of the card work from here."""
        self.timeline.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def letters(self, owner: QWidget) -> None:
        """Give a list the letters of the card: L logs, E edits, P pins."""
        only = Qt.ShortcutContext.WidgetShortcut
        actions.act(owner, "customer.log", lambda: self.tr("Log contact"), self.log, key="L", context=only)
        actions.act(owner, "customer.edit", lambda: self.tr("Edit card"), self.edit, key="E", context=only)
        actions.act(owner, "customer.pin", lambda: self.tr("Pin a fact"), self.pin, key="P", context=only)
        actions.act(
            owner, "customer.member_card", lambda: self.tr("Member card"), self.show_member_card, key="M", context=only
        )
        actions.act(owner, "customer.add_fact", lambda: self.tr("Add to the card"), self.add, key="A", context=only)

    def log(self) -> None:
        if self.living:
            self._desk.ask(LogContact(self.living.id))

    def edit(self) -> None:
        if self.living:
            self.wants_form.emit("")

    def pin(self) -> None:
        if self.living:
            self.head.remember.setChecked(self._folded)
            self.facts.start_pinning()

    def add(self) -> None:
        """Offer what the card does not say yet."""
        if self.living:
            self.head.remember.setChecked(self._folded)
            self.facts.offer()

    def edit_field(self, ask: str) -> None:
        """Turn the fact that was asked for into its field, or open the form where it has no line of its own."""
        name = FACT_OF.get(ask, ask)
        if self._folded or name not in SECTION_OF:
            self.wants_form.emit(ask)
        else:
            self.facts.begin(name)

    def print(self) -> None:
        """Show the card as a page of paper."""
        if self.facts.told:
            open_print(self._desk, self, self.facts.told)

    def show_member_card(self) -> None:
        """Show the member card, or give one."""
        if self.card:
            self._desk.ask(ShowMemberCard(self.card.id))

    def sell(self) -> None:
        if self.living:
            self._desk.ask(SellTo(self.living.id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _DIGITS and self.next.choose_digit(_DIGITS[event.key()]):
            return
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _make_room(self) -> None:
        """Narrow: the facts stand behind a button. Low: the next question waits and the margins give way."""
        narrow, low = self.width() < px(NARROW), self.height() < px(LOW)
        self._folded = narrow
        self.head.set_narrow(narrow)
        self._show_facts(not narrow or self.head.remember.isChecked())
        self.facts.set_wide(self.width() > px(WIDE))
        self._page.set_margins(TIGHT if low else ROOMY)
        if self.card is not None:
            self.next.show_card(self.card, quiet=low or self.living is None)

    def _show_facts(self, shown: bool) -> None:
        shown = shown and (self.living is not None or self.card is None)
        self.facts.setVisible(shown)
        self._between.setVisible(shown and not self._folded)
        self.timeline.setVisible(not self._folded or not shown)

    def _make_acts(self) -> None:
        self.letters(self.timeline.list)
        self.menu = QMenu(self)
        self._menu_acts = [
            self.menu.addAction("", self.edit),
            self.menu.addAction("", self._complain),
            self.menu.addAction("", self._book),
            self.menu.addAction("", self.print),
            self.menu.addAction("", self.show_member_card),
            self.menu.addAction("", self._merge),
            self.menu.addAction("", self._give_tier),
            self.menu.addAction("", self._put_away),
        ]
        self.menu.aboutToShow.connect(self._word_menu)
        self.privacy = PrivacyMenu(self.menu, self._desk, lambda: self.card)

    def _connect(self) -> None:
        self.head.log.clicked.connect(self.log)
        self.head.sell.clicked.connect(self.sell)
        self.head.more.clicked.connect(self._show_menu)
        self.head.member_card.clicked.connect(self.show_member_card)
        self.head.remember.toggled.connect(self._show_facts)
        self.handle.clicked.connect(self._handle)
        self.next.answered.connect(self._on_answered)
        self.next.wants_form.connect(self.edit_field)
        self.next.confirmed.connect(self._on_confirmed)
        self.next.consented.connect(self._on_consented)
        self.facts.pinned.connect(self._on_pinned)
        self.facts.unpinned.connect(self._on_unpinned)
        self.facts.outdated.connect(self._on_outdated)
        self.facts.left.connect(self.focus_timeline)
        self.facts.opened.connect(self._on_fact_opened)
        self.timeline.opened.connect(self._on_opened)

    def _show_brake(self, card: Card) -> None:
        if not card.cases:
            self.brake.show_notice("")
            return
        case = card.cases[0]
        since = (self._desk.today() - self._desk.day_of(case.opened_at)) // timedelta(days=1)
        words = self.tr(
            "**Open complaint: promotions paused.** {number} {words}, %n day(s). Service goes on.", "", since
        )
        if not since:
            words = self.tr("**Open complaint: promotions paused.** {number} {words}, today. Service goes on.")
        words = words.replace("{number}", written_number(case.number)).replace("{words}", _short(case.words))
        self.brake.show_notice(words.replace("\n", " "))

    def _show_erased(self, card: Card) -> None:
        if card.erased_at is None:
            self.erased.show_notice("")
            return
        day = self._desk.day_of(card.erased_at)
        words = self.tr("**Erased on {day} at their wish.** Sales, points and tiers stay in the books; nothing else.")
        self.erased.show_notice(words.replace("{day}", on_day(day, self._desk.today())))

    def _handle(self) -> None:
        if self.card and self.card.cases:
            self._desk.ask(OpenComplaint(self.card.cases[0].id))

    def _complain(self) -> None:
        if self.card:
            self._desk.ask(LogComplaint(self.card.id))

    def _book(self) -> None:
        if self.card:
            self._desk.ask(BookFollowUp(self.card.id))

    def _merge(self) -> None:
        if self.card:
            self._desk.ask(MergeCards(self.card.id))

    def _give_tier(self) -> None:
        if self.card:
            self._desk.ask(GiveTier(self.card.id))

    def _put_away(self) -> None:
        if self.card is None:
            return
        write, name = self._desk.gateway.write, self.card.name
        if self.card.archived:
            said = self.tr("{name} is back in the list").replace("{name}", name)
            write(customers.unarchive, self.card.id, said=said)
        else:
            said = self.tr("{name} is archived").replace("{name}", name)
            write(customers.archive, self.card.id, at=self._desk.now(), said=said)

    def _word_menu(self) -> None:
        archived = self.card is not None and self.card.archived
        words = (
            self.tr("Edit card") + "\tE",
            self.tr("Log a complaint") + "\tF8",
            self.tr("Book a follow-up"),
            self.tr("Print card…") + "\tCtrl+P",
            self.tr("Member card…") + "\tM",
            self.tr("Merge with…"),
            self.tr("Tier by hand…"),
            self.tr("Bring back from the archive") if archived else self.tr("Archive"),
        )
        for action, said in zip(self._menu_acts, words, strict=True):
            action.setText(said)

    def _show_menu(self) -> None:
        self.menu.popup(self.head.more.mapToGlobal(self.head.more.rect().bottomLeft()))

    def _on_answered(self, draft: CustomerDraft) -> None:
        if self.card:
            said = self.tr("Noted on the card of {name}").replace("{name}", self.card.name)
            self._desk.gateway.write(customers.edit, self.card.id, draft, version=self.card.version, said=said)

    def _on_confirmed(self, ask: str) -> None:
        if self.card:
            said = self.tr("Noted on the card of {name}").replace("{name}", self.card.name)
            self._desk.gateway.write(customers.confirm_field, self.card.id, ask, on=self._desk.today(), said=said)

    def _on_consented(self, channel: Channel, given: bool) -> None:
        if self.card:
            said = self.tr("Noted on the card of {name}").replace("{name}", self.card.name)
            args = (self.card.id, channel, given, "counter")
            self._desk.gateway.write(customers.record_consent, *args, at=self._desk.now(), said=said)

    def _on_fact_opened(self, name: str) -> None:
        if self.card and name == "brought":
            open_referrals(self._desk, self, self.card)
        elif self.card and name == "prices":
            open_prices(self._desk, self, self.card)

    def _on_pinned(self, words: str) -> None:
        if self.card:
            said = self.tr("Pinned: {fact}").replace("{fact}", words)
            self._desk.gateway.write(customers.pin_fact, self.card.id, words, at=self._desk.now(), said=said)

    def _on_unpinned(self, fact_id: int) -> None:
        self._desk.gateway.write(customers.unpin, fact_id, said=self.tr("Forgotten"))

    def _on_outdated(self) -> None:
        if self.card:
            self.show_customer(self.card.id)

    def _on_opened(self, shown: Any) -> None:
        if not isinstance(shown, EntryView):
            return
        kind, identity = shown.id
        if kind is Kind.COMPLAINT:
            self._desk.ask(OpenComplaint(identity))
        elif kind is Kind.SALE:
            self._desk.ask(OpenSale(identity))
        elif kind is Kind.CONTACT and self.living:
            self._desk.ask(EditContact(identity))


def _short(words: str) -> str:
    """The beginning of somebody's words."""
    bare = words.strip().rstrip(".\u3002!\uff01")
    return bare if len(bare) <= SHORT else f"{bare[:SHORT].rstrip()}…"
