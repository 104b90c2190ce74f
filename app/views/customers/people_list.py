"""The list at the left: a field that filters while typing, chips, an order, and a hundred thousand rows."""

from datetime import timedelta
from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QStackedLayout, QWidget

from app.domain.money import currency
from app.services import customers
from app.services.customers import EVERYONE, CustomerRow, Only, Order, SortBy
from app.views.customers.base_completeness import open_completeness
from app.views.customers.bulk_bar import BulkBar
from app.views.customers.people import NEWEST_FIRST, People
from app.views.customers.words import joined
from app.views.shared import look
from app.views.shared.buttons import Button, IconButton
from app.views.shared.cards import Card as Surface
from app.views.shared.chips import Chips, ChipView
from app.views.shared.contact_words import spoken_words
from app.views.shared.desk import Desk, NewCustomer, ShowLookAlikes
from app.views.shared.fields import LineEdit
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.lists import RowList, RowView
from app.views.shared.look import px
from app.views.shared.people_words import ago, tail, tier_badge, tier_name
from app.views.shared.rows_model import PagedRows

WIDTH, ROOMY, WIDEST = 296, 360, 960
PAGE = 30
QUIET_DAYS = 90
"""After so many days without a contact somebody may be looked for."""


class PeopleList(QWidget):
    """Tells who was chosen, and who is to be opened (Enter)."""

    chosen = Signal(object)
    opened = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self.people = desk, People(desk)
        self._silent: tuple[int, ...] | None = None
        self.total = 0
        """How many customers there are, whatever is filtered."""
        self._make_head()
        self.model: PagedRows[CustomerRow] = PagedRows(
            (), self.people.count, self.people.page, self, page_size=PAGE, find=self.people.place, spoken=self._spoken
        )
        self.list = RowList(self._row_view, height=52)
        self.list.setModel(self.model)
        self.bulk = BulkBar(desk, self.list, self.people.ids)
        self.bulk.watch()
        if (head := self._head.layout()) is not None:
            head.addWidget(self.bulk)
        self.empty = Nobody()
        # A stacked layout shows its first page at once: without a widget of its own, as a window on the desktop.
        pages = QWidget(self)
        self._pages = QStackedLayout(pages)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        self.setLayout(column(self._head, (pages, 1), gap=4))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._connect()
        self.retranslate()
        look.follow(self.relook)

    def _make_head(self) -> None:
        self.title, self.number = PlainLabel("", "title"), PlainLabel("", "small", tone="ink2")
        self.filter, self.sort = IconButton("ph.funnel-simple"), IconButton("ph.sort-ascending")
        self.field = LineEdit(icon="ph.magnifying-glass", clear=True)
        self.chips = Chips(may_be_none=True)
        self.told, self.back = ElidedLabel("", "small", tone="accent_text"), IconButton("ph.x")
        self.picked = Surface(row((self.told, 1), self.back, gap=4), kind="soft", margins=(10, 2, 4, 2))
        self.picked.hide()
        head = row(self.title, self.number, None, self.filter, self.sort, gap=8)
        self._head = box(column(head, self.field, self.chips, self.picked, gap=8, margins=(16, 12, 12, 0)))

    def _connect(self) -> None:
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.field.textChanged.connect(self._on_typed)
        self.field.installEventFilter(self)
        self.chips.chosen.connect(lambda _value: self._on_filter())
        self.sort.clicked.connect(lambda: self._menu(self.sort, self._order_menu()))
        self.filter.clicked.connect(lambda: self._menu(self.filter, self._filter_menu()))
        self.back.clicked.connect(self.show_everyone)
        self.empty.add.clicked.connect(lambda: self._desk.ask(NewCustomer(self.field.value())))
        self.empty.everyone.clicked.connect(self.show_everyone)

    def relook(self) -> None:
        beside = ROOMY if self._roomy else WIDTH
        self.setMinimumWidth(px(WIDTH if self._alone else beside))
        self.setMaximumWidth(px(WIDEST if self._alone else beside))

    _alone = _roomy = False

    def set_room(self, *, alone: bool, roomy: bool) -> None:
        """The list is a page of its own where there is no room for the card, and grows where there is plenty."""
        if (alone, roomy) != (self._alone, self._roomy):
            self._alone, self._roomy = alone, roomy
            self.relook()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Customers"))
        self.field.setPlaceholderText(self.tr("Name, pinyin, any digits"))
        self.filter.set_name(self.tr("Filter"))
        self.sort.set_name(self.tr("Sort"))
        self.back.set_name(self.tr("Show everyone"))
        self._word_empty()

    def reload(self) -> None:
        """Read again: the counts, the rows, and in the background who has been away too long."""
        self._show_counts()
        self.people.ask()
        self._refill()
        read_later = self._desk.gateway.read_later
        read_later(customers.silent, self._desk.today(), then=self._on_silent, owner=self)

    def show_people(self, title: str, ids: tuple[int, ...]) -> None:
        """Show just these people, under a title that says who they are."""
        self.field.clear()
        self.chips.set_value(None)
        self.told.setText(title)
        self.picked.show()
        self._ask(Only(ids=ids))
        self.list.choice.choose_place(0)

    def show_everyone(self) -> None:
        """Take every filter back."""
        self.picked.hide()
        self.field.clear()
        self.chips.set_value(None)
        self._ask(EVERYONE)

    def choose(self, customer_id: int) -> bool:
        """Choose somebody; whoever is not in the list as it stands is looked for among everyone."""
        if self.list.choice.choose(customer_id):
            return True
        self.show_everyone()
        return self.list.choice.choose(customer_id)

    def step_back(self) -> bool:
        """One step of Esc: the words, then the filter; False when there is nothing to take back."""
        if self.field.text():
            self.field.clear()
            return True
        if self.picked.isVisible() or self.chips.value() is not None or self.people.choice.only != EVERYONE:
            self.show_everyone()
            return True
        return False

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """↓ and Enter lead from the field into the list, Esc takes a step back."""
        if watched is not self.field or event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() == Qt.Key.Key_Down:
            self._enter_list()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif event.key() == Qt.Key.Key_Escape:
            return self.step_back()
        else:
            return False
        return True

    def _enter_list(self) -> None:
        if self.model.rowCount():
            if not self.list.currentIndex().isValid():
                self.list.choice.choose_place(0)
            self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_enter(self) -> None:
        if self.model.rowCount():
            self.opened.emit(self.list.choice.row())
        elif self.field.value():
            self._desk.ask(NewCustomer(self.field.value()))

    def _on_typed(self, words: str) -> None:
        self.people.ask(words=words)
        if words.strip():
            self.list.selectionModel().clearCurrentIndex()  # the best find is chosen, not who was chosen before
        self._refill()
        if words.strip() and self.model.rowCount():
            self.list.choice.choose_place(0)

    def _on_filter(self) -> None:
        self.picked.hide()
        chosen = self.chips.value()
        only = {
            None: EVERYONE,
            "complaint": Only(complaint=True),
            "silent": Only(ids=self._silent or ()),
            "top": Only(tier_rank=self._top_rank()),
        }[chosen if isinstance(chosen, str) else None]
        self._ask(only)

    def _ask(self, only: Only) -> None:
        self.people.ask(only=only)
        self._refill()

    def _refill(self) -> None:
        self.model.reload()
        found = self.model.rowCount()
        self.number.setText(f"{found:,}")
        self._pages.setCurrentWidget(self.list if found else self.empty)
        if not found:
            self._word_empty()

    # chips

    def _top_rank(self) -> int:
        return max(self._desk.gateway.read(customers.tier_marks), default=0)

    def _show_counts(self) -> None:
        counts, tiers = self._desk.gateway.read(customers.counts), self._desk.gateway.read(customers.tier_marks)
        top = tiers.get(max(tiers, default=0))
        kept, self.total = self.chips.value(), counts.total
        views = [ChipView("top", tier_name(top), counts.by_tier.get(top.rank, 0), hue="gold")] if top else []
        silent = None if self._silent is None else len(self._silent)
        views.append(ChipView("silent", self.tr("Slipping"), silent))
        views.append(ChipView("complaint", self.tr("Cases"), counts.with_complaint, hue="red"))
        self.chips.show_chips(views)
        self.chips.set_value(kept)

    def _on_silent(self, ids: tuple[int, ...]) -> None:
        changed = ids != self._silent
        self._silent = ids
        if changed:
            self._show_counts()
            if self.chips.value() == "silent":
                self._ask(Only(ids=ids))

    # menus

    def _order_menu(self) -> QMenu:
        menu = QMenu(self)
        for by, descending, words in self._orders():
            chosen = menu.addAction(words)
            chosen.setCheckable(True)
            order = Order(by, descending)
            chosen.setChecked((self.people.choice.order or NEWEST_FIRST) == order)
            chosen.triggered.connect(partial(self.show_in, order))
        return menu

    def show_in(self, order: Order, _on: bool = True) -> None:
        """Put the list into another order."""
        self.people.ask(order=order)
        self._refill()

    def _orders(self) -> list[tuple[SortBy, bool, str]]:
        return [
            (SortBy.LAST_SALE, True, self.tr("Last purchase, newest first")),
            (SortBy.LAST_SALE, False, self.tr("Last purchase, oldest first")),
            (SortBy.NAME, False, self.tr("Name")),
            (SortBy.SPENT, True, self.tr("Most spent")),
            (SortBy.VISITS, True, self.tr("Most visits")),
            (SortBy.POINTS, True, self.tr("Most points")),
            (SortBy.TIER, True, self.tr("Highest tier")),
            (SortBy.LAST_CONTACT, False, self.tr("Longest without a contact")),
            (SortBy.LAST_CONTACT, True, self.tr("Last contact, newest first")),
        ]

    def _filter_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(self.tr("Everyone"), self.show_everyone)
        quiet = self.tr("No contact for %n day(s)", "", QUIET_DAYS)
        since = self._desk.today() - timedelta(days=QUIET_DAYS)
        menu.addAction(quiet, partial(self._filter_by, quiet, Only(untouched_since=since)))
        menu.addAction(self.tr("Archived"), partial(self._filter_by, self.tr("Archived"), Only(archived=True)))
        menu.addAction(self.tr("Look-alike cards"), lambda: self._desk.ask(ShowLookAlikes()))
        if self.bulk.allowed:
            menu.addSeparator()
            menu.addAction(self.tr("Choose all of them") + "\tCtrl+A", self.bulk.choose_all)
            menu.addAction(self.tr("How complete the cards are…"), lambda: open_completeness(self._desk, self))
        tags = self._desk.gateway.read(customers.tags)[:20]
        if tags:
            menu.addSeparator()
        for name, number in tags:
            menu.addAction(f"# {name}  {number:,}", partial(self._filter_by, f"# {name}", Only(tag=name)))
        return menu

    def _filter_by(self, title: str, only: Only) -> None:
        self.chips.set_value(None)
        self.told.setText(title)
        self.picked.show()
        self._ask(only)

    def _menu(self, button: QWidget, menu: QMenu) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))

    # words

    def _row_view(self, customer: CustomerRow) -> RowView:
        money = self._desk.money(self._rounded(customer.net), drop_zeros=True) if customer.purchase_days else "—"
        alarmed = customer.open_complaints > 0
        return RowView(
            customer.id,
            customer.name,
            reason=self._reason(customer),
            badge=tier_badge(customer.tier),
            trailing=money,
            reason_tone="red_text" if alarmed else "ink2",
        )

    def _rounded(self, minor: int) -> int:
        """Whole units say enough in a list, and leave the room to the names."""
        unit: int = 10 ** currency(self._desk.settings.currency).digits
        return (minor + unit // 2) // unit * unit

    def _reason(self, customer: CustomerRow) -> str:
        reach = tail(customer.phone) if customer.phone else ""
        if not reach and customer.wechat:
            reach = self.tr("WeChat {id}").replace("{id}", customer.wechat)
        reach = reach or customer.company or self.tr("No phone")
        if customer.open_complaints:
            return joined(reach, self.tr("open complaint"))
        if self._about_contacts():
            return joined(reach, spoken_words(customer.last_contact_on, self._desk.today()))
        if customer.last_sale_on is None:
            return joined(reach, self.tr("no purchase yet"))
        return joined(reach, ago(customer.last_sale_on, self._desk.today()))

    def _about_contacts(self) -> bool:
        """Whether the list is in the order of contacts, or holds those without one: then a row says when that was."""
        choice = self.people.choice
        by_contact = choice.order is not None and choice.order.by is SortBy.LAST_CONTACT
        return by_contact or choice.only.untouched_since is not None

    def _spoken(self, customer: CustomerRow) -> str:
        view = self._row_view(customer)
        return ", ".join((view.title, tier_name(customer.tier), view.reason, view.trailing))

    def _word_empty(self) -> None:
        words = self.field.value()
        shown = look.current().metrics("body").elidedText(words, Qt.TextElideMode.ElideRight, px(84))
        named = self.tr("New customer “{words}”").replace("{words}", shown)
        self.empty.add.setText(named if words else self.tr("New customer"))
        self.empty.everyone.setText(self.tr("Show everyone"))
        filtered = bool(words) or self.people.choice.only != EVERYONE
        for widget in (self.empty.title, self.empty.sentence, self.empty.everyone):
            widget.setVisible(filtered)
        self.empty.add.setVisible(bool(words))
        self.empty.title.setText(self.tr("Nobody found"))
        self.empty.sentence.setText(
            self.tr("No name, pinyin, phone or tag holds these words.") if words else self.tr("Nobody is in this list.")
        )


class Nobody(QWidget):
    """An empty list: what was looked for, as a new customer in one step."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.sentence = PlainLabel("", "strong"), PlainLabel("", "small", tone="ink2", wrap=True)
        self.add, self.everyone = Button("", "primary", key="Ctrl+N"), Button("", "secondary")
        self.setLayout(
            column(
                self.title,
                self.sentence,
                4,
                row(self.add, None),
                row(self.everyone, None),
                None,
                margins=(16, 16, 16, 0),
            )
        )
