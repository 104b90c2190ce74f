"""The list of goods: found by any part of them, changed, priced, labelled, taken off the shelf and put back."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget

from app.services import loyalty, products, search
from app.services.loyalty import TierRow
from app.services.products import ProductRow, Uses
from app.services.search import HitKind
from app.views.products import words
from app.views.products.category_dialog import open_categories
from app.views.products.editor import open_article
from app.views.products.facts import ArticleFacts
from app.views.products.labels import open_labels
from app.views.products.repricing import open_reprice
from app.views.shared import look
from app.views.shared.actions import Act, act, retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.cards import Card
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import BringIn, SellGoods, TakeOut
from app.views.shared.empty import EmptyState
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, page, row
from app.views.shared.look import px
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.screen import Screen
from app.views.shared.tables import Table
from app.views.shared.tokens import PAGE_HEAD

MOST_FOUND = 2_000
EVERY_CATEGORY = ""
NARROW = 980


class ProductsScreen(Screen):
    """Enter changes the chosen article; Ctrl or Shift choose several for new prices and labels."""

    watches = frozenset({"products", "sales", "loyalty", "settings"})

    def build(self) -> None:
        self._goods: list[ProductRow] = []
        self._tiers: list[TierRow] = []
        self._allowed = self.gateway.may(products.edit)
        self._build_head()
        self.words = LineEdit(icon="ph.magnifying-glass", key="Ctrl+F", clear=True)
        self.category, self.states = ComboBox(), Chips()
        self.rows: RowsModel[ProductRow] = RowsModel((), self)
        self.table = Table()
        self.table.setModel(self.rows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.bring, self.first = Button("", "secondary", icon="ph.download-simple"), Button("", "primary")
        self.empty, self.none = EmptyState("ph.package", primary=self.first, other=self.bring), EmptyState("ph.package")
        self._left = QStackedWidget()
        for part in (self.table, self.empty, self.none):
            self._left.addWidget(part)
        self._make_acts()
        buttons = [_act_button(made) for made in (self.edit_act, self.retire_act, self.sell_act, self.remove_act)]
        self.facts = ArticleFacts(self.desk, buttons)
        self.facts.setFixedWidth(px(300))
        tools = row((self.words, 1), self.category, column(None, self.states, None), gap=8)
        listed = Card((self._left, 1), margins=(4, 4, 4, 4))
        self.setLayout(page(self._head, tools, (row((listed, 1), self.facts, gap=16), 1), gap=12))
        self._listen()
        self.setFocusProxy(self.table)
        look.follow(self.relook)

    def _build_head(self) -> None:
        self.title, self.context = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.new = Button("", "primary", icon="ph.plus")
        self.more = [Button("", "quiet", size="small") for _ in range(5)]
        title = row(self.title, (self.context, 1), gap=12)
        self._head = box(row((title, 1), *self.more, 4, self.new, gap=4))

    def _listen(self) -> None:
        self.words.changed.connect(lambda _typed: self._show_goods())
        self.category.changed.connect(lambda _name: self._show_goods())
        self.states.chosen.connect(lambda _state: self._show_goods())
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _row: self._on_edit())
        self.words.returnPressed.connect(self._into_table)

    def _make_acts(self) -> None:
        only = Qt.ShortcutContext.WidgetShortcut
        self.new_act = act(self, "products.new", lambda: self.tr("New article"), self._on_new, key="Ctrl+Shift+N")
        self.edit_act = act(
            self, "products.edit", lambda: self.tr("Change article"), self._on_edit, icon_name="ph.pencil-simple"
        )
        self.retire_act = act(self.table, "products.retire", self._retire_words, self._on_retire, key="R", context=only)
        self.remove_act = act(
            self.table, "products.remove", lambda: self.tr("Delete"), self._on_remove, key="Delete", context=only
        )
        self.sell_act = act(self.table, "products.sell", lambda: self.tr("Sell"), self._on_sell, key="F2", context=only)
        act(self, "products.find", lambda: self.tr("Find goods"), self.words.setFocus, key="Ctrl+F")
        more = (
            ("products.reprice", lambda: self.tr("Change prices"), self._on_reprice, "Ctrl+E", "ph.percent"),
            ("products.labels", lambda: self.tr("Labels"), self._on_labels, "Ctrl+P", "ph.barcode"),
            ("products.categories", lambda: self.tr("Categories"), self._on_categories, "", "ph.tag"),
            ("products.import", lambda: self.tr("Import"), self._on_import, "", "ph.download-simple"),
            ("products.export", lambda: self.tr("Export"), self._on_export, "", "ph.upload-simple"),
        )
        made = [act(self, name, said, slot, key=key, icon_name=icon) for name, said, slot, key, icon in more]
        self.reprice_act, self.labels_act, self.categories_act, self.import_act, self.export_act = made
        for button, one in zip(self.more, made, strict=True):
            button.set_action(one)
        self.new.set_action(self.new_act)
        self.first.set_action(self.new_act)
        self.bring.set_action(self.import_act)
        for one in (self.new_act, self.edit_act, self.retire_act, self.remove_act, self.reprice_act):
            one.setEnabled(self._allowed)
        self.categories_act.setEnabled(self._allowed)

    # words

    def retranslate(self) -> None:
        self.title.setText(self.tr("Goods"))
        self.words.setPlaceholderText(self.tr("Name, pinyin, code or barcode"))
        self.words.setAccessibleName(self.tr("Find goods"))
        self.category.setAccessibleName(self.tr("Category"))
        kept = self.states.value() or "active"
        codes: tuple[words.State, ...] = ("active", "retired", "all")
        self.states.show_chips([ChipView(code, words.state_filter(code)) for code in codes])
        self.states.set_value(kept)
        self.empty.set_words(
            self.tr("No goods yet"),
            self.tr("With a list of goods the till knows names, prices and barcodes. Bring yours in, or add one."),
        )
        self.none.set_words(self.tr("Nothing found"), self.tr("No article fits what is asked for above."))
        self.rows.show_columns(self._columns())
        self.table.set_widths(None, 76, 164, 100, 100, 92, 80, 144, 72, give_way=(8, 6, 5, 4, 2), least=150)
        retranslate_acts(self)

    def relook(self) -> None:
        self._head.setFixedHeight(px(PAGE_HEAD))
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where it is narrow the tools are their icons."""
        for button in self.more:
            button.set_compact(self.width() < px(NARROW))

    def _columns(self) -> list[Column[ProductRow]]:
        shown = self._allowed
        return [
            Column(self.tr("Name"), lambda row: row.name, sort=lambda row: row.name, tone=_tone),
            Column(self.tr("Code"), lambda row: row.code, sort=lambda row: row.code),
            Column(self.tr("Category"), lambda row: row.category, sort=lambda row: row.category),
            Column(self.tr("Price"), self._price, align="right", sort=lambda row: row.price),
            Column(self.tr("Members"), self._member_price, align="right", sort=lambda row: row.price),
            Column(
                self.tr("Cost"),
                lambda row: words.price(row.cost, self.desk) if shown and row.cost is not None else "–",
                align="right",
                sort=lambda row: row.cost or 0,
            ),
            Column(self.tr("Unit"), lambda row: row.unit, sort=lambda row: row.unit),
            Column(self.tr("Barcode"), _barcode, sort=lambda row: row.barcode, tip=lambda row: "\n".join(row.barcodes)),
            Column(self.tr("State"), words.state, sort=lambda row: row.active),
        ]

    def _price(self, row: ProductRow) -> str:
        return words.price(row.price, self.desk)

    def _member_price(self, row: ProductRow) -> str:
        return words.member_price(row, self._tiers, self.desk)

    def _retire_words(self) -> str:
        chosen = self.table.choice.row()
        return self.tr("Retire") if chosen is None or chosen.active else self.tr("Put back on sale")

    # showing

    def reload(self) -> None:
        self._goods = self.gateway.read(products.products, retired=True)
        self._tiers = self.gateway.read(loyalty.tiers)
        kept = self.category.value()
        names = [row.name for row in self.gateway.read(products.category_rows)]
        self.category.show_choices([(EVERY_CATEGORY, self.tr("Every category")), *((name, name) for name in names)])
        self.category.set_value(kept if kept in names else EVERY_CATEGORY)
        self._show_goods()

    def show_article(self, product_id: int | None) -> None:
        """Choose this article, taking away whatever hides it."""
        self.refresh()
        if product_id is not None and not self.table.choice.choose(product_id):
            self.words.clear()
            self.category.set_value(EVERY_CATEGORY)
            self.states.set_value("all")
            self._show_goods()
            self.table.choice.choose(product_id)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen_goods(self) -> list[ProductRow]:
        """The chosen articles, in the order of the list."""
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [found for place in places if (found := self.rows.row_at(place)) is not None]

    def _show_goods(self) -> None:
        self.rows.show_rows(self._wanted())
        some = self.rows.rowCount() > 0
        self._left.setCurrentIndex(0 if some else 2 if self._goods else 1)
        if some and not self.table.currentIndex().isValid():
            self.table.choice.choose_place(0)
        self._on_chosen(self.table.choice.row() if some else None)
        self._show_count()

    def _wanted(self) -> list[ProductRow]:
        state, category, typed = self.states.value(), self.category.value(), self.words.value()
        rows = self._goods
        if typed:
            hits = self.gateway.read(search.find, typed, MOST_FOUND, (HitKind.PRODUCT,))
            by_id = {row.id: row for row in rows}
            rows = [by_id[hit.id] for hit in hits if hit.id in by_id]
        return [
            row
            for row in rows
            if (state == "all" or row.active == (state == "active")) and (not category or row.category == category)
        ]

    def _show_count(self) -> None:
        on_sale = sum(row.active for row in self._goods)
        retired = len(self._goods) - on_sale
        parts = [self.tr("%n on sale", "", on_sale)]
        parts += [self.tr("%n retired", "", retired)] if retired else []
        if self.rows.rowCount() != on_sale:
            parts.append(self.tr("%n listed", "", self.rows.rowCount()))
        self.context.setText(" · ".join(parts) if self._goods else "")
        for one in (self.reprice_act, self.labels_act):
            one.setEnabled(self.rows.rowCount() > 0 and (one is self.labels_act or self._allowed))

    def _into_table(self) -> None:
        if self.rows.rowCount():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # acts

    def _on_chosen(self, article: ProductRow | None) -> None:
        self.facts.show_article(article, self._tiers)
        for one in (self.edit_act, self.retire_act, self.remove_act):
            one.setEnabled(self._allowed and article is not None)
        self.sell_act.setEnabled(article is not None and article.active)
        self.retire_act.retranslate()

    def _on_new(self) -> None:
        open_article(self.desk, self)

    def _on_edit(self) -> None:
        article = self.table.choice.row()
        if article is not None and self._allowed:
            open_article(self.desk, self, article)

    def _on_retire(self) -> None:
        article = self.table.choice.row()
        if article is None:
            return
        said = self.tr("{name} is no longer on sale") if article.active else self.tr("{name} is on sale again")
        said = said.replace("{name}", article.name)
        self.gateway.write(products.retire, article.id, active=not article.active, said=said)

    def _on_remove(self) -> None:
        """What was sold is kept: then the offer is to take it off the shelf."""
        article = self.table.choice.row()
        if article is None:
            return
        used = self.gateway.read(products.uses, article.id)
        if used == Uses(0, 0):
            said = self.tr("{name} deleted").replace("{name}", article.name)
            self.gateway.write(products.remove, article.id, said=said)
        else:
            self._offer_retiring(article, used)

    def _offer_retiring(self, article: ProductRow, used: Uses) -> None:
        from app.views.shared.dialogs import ask

        why = self.tr("It stands on %n bill(s)", "", used.bills) if used.bills else ""
        if used.others:
            also = self.tr("%n other record(s) name it", "", used.others)
            why = f"{why}; {also}" if why else also
        if not article.active:
            self.desk.tell(self.tr("{name} is kept: {why}").replace("{name}", article.name).replace("{why}", why))
            return
        title = self.tr("{name} cannot be deleted").replace("{name}", article.name)
        question = self.tr("{why}. Retired, it leaves the till and the shelf, and what was sold keeps its name.")
        ask(self, title, question.replace("{why}", why), self.tr("Retire"), self._on_retire)

    def _on_sell(self) -> None:
        article = self.table.choice.row()
        if article is not None:
            self.desk.ask(SellGoods(article.id))

    def _on_reprice(self) -> None:
        chosen = [row.id for row in self.chosen_goods()]
        open_reprice(self.desk, self, chosen, [row.id for row in self.rows.rows])

    def _on_labels(self) -> None:
        open_labels(self.desk, self, self.chosen_goods() or self.rows.rows)

    def _on_categories(self) -> None:
        open_categories(self.desk, self)

    def _on_import(self) -> None:
        self.desk.ask(BringIn(kind="products"))

    def _on_export(self) -> None:
        self.desk.ask(TakeOut(kind="products"))


def _act_button(made: Act) -> Button:
    button = Button("", "secondary", size="small")
    button.set_action(made)
    return button


def _tone(row: ProductRow) -> str | None:
    return None if row.active else "ink3"


def _barcode(row: ProductRow) -> str:
    more = len(row.barcodes) - 1
    return f"{row.barcodes[0]} +{more}" if more > 0 else row.barcode
