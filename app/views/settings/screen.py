"""The place of settings: the pages at the left, the chosen one at the right; everything is saved as it is left."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget

from app.views.settings.card_fields_page import CardFieldsPage
from app.views.settings.cards_page import CardsPage
from app.views.settings.care_page import CarePage
from app.views.settings.look_page import LookPage
from app.views.settings.page import SettingsPage
from app.views.settings.points_page import PointsPage
from app.views.settings.rules_page import RulesPage
from app.views.settings.safety_page import SafetyPage
from app.views.settings.scripts_page import ScriptsPage
from app.views.settings.shop_page import ShopPage
from app.views.settings.till_page import TillPage
from app.views.settings.trail_page import TrailPage
from app.views.shared import look
from app.views.shared.cards import Card
from app.views.shared.fields import ComboBox
from app.views.shared.keys import keycap
from app.views.shared.labels import ElidedLabel, PlainLabel, begun
from app.views.shared.layouts import box, page, row
from app.views.shared.lists import RowList, RowView
from app.views.shared.look import px
from app.views.shared.naming import name_parts
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.screen import Screen
from app.views.shared.tokens import PAGE_HEAD

NARROW = 860
"""Below this width at 100 % text the list of pages gives way."""
ICONS = {
    "shop": "ph.storefront",
    "points": "ph.coin",
    "cards": "ph.wallet",
    "till": "ph.receipt",
    "care": "ph.chat-teardrop-text",
    "rules": "ph.arrows-clockwise",
    "scripts": "ph.question",
    "fields": "ph.identification-card",
    "look": "ph.palette",
    "safety": "ph.shield-check",
    "trail": "ph.clock-counter-clockwise",
}


class SettingsScreen(Screen):
    """Up and down choose a page; Tab goes into it."""

    def build(self) -> None:
        self.title, self.caption = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.pages: dict[str, SettingsPage] = {
            "shop": ShopPage(self.desk),
            "points": PointsPage(self.desk),
            "cards": CardsPage(self.desk),
            "till": TillPage(self.desk),
            "care": CarePage(self.desk),
            "rules": RulesPage(self.desk),
            "scripts": ScriptsPage(self.desk),
            "fields": CardFieldsPage(self.desk),
            "look": LookPage(self.desk),
            "safety": SafetyPage(self.desk),
            "trail": TrailPage(self.desk),
        }
        self.names: RowsModel[RowView] = RowsModel([Column("", lambda view: view.title)], self)
        self.list = RowList(height=52)
        self.list.setModel(self.names)
        self.stack = QStackedWidget()
        for shown in self.pages.values():
            self.stack.addWidget(shown)
        self.side = Card(self.list, margins=(0, 8, 0, 8))
        self.pick = ComboBox()
        self.pick.hide()
        self._head = box(row(self.title, (self.caption, 1), self.pick, gap=12))
        self.setLayout(page(self._head, (row(self.side, (self.stack, 1), gap=16), 1), gap=4))
        self.setFocusProxy(self.list)
        self.list.chosen.connect(self._on_chosen)
        self.pick.changed.connect(self.list.choice.choose)
        look.follow(self.relook)

    def relook(self) -> None:
        self._head.setFixedHeight(px(PAGE_HEAD))
        self.side.setFixedWidth(px(272))
        self._make_room()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Settings"))
        words = self.tr("Saved as soon as you leave a field; {key} takes it back")
        self.caption.setText(words.replace("{key}", keycap("Ctrl+Z")))
        said = {
            "shop": (self.tr("Shop"), self.tr("name, money, hours")),
            "points": (self.tr("Points and tiers"), self.tr("earning, spending, expiry")),
            "cards": (self.tr("Cards"), self.tr("stored value, card numbers")),
            "till": (self.tr("Till and slips"), self.tr("ways to pay, slips, discounts")),
            "care": (self.tr("Complaints and follow-ups"), self.tr("by when, how many")),
            "rules": (self.tr("Follow-up rules"), self.tr("what comes by itself")),
            "scripts": (self.tr("Questions"), self.tr("to find out what people need")),
            "fields": (self.tr("Card fields"), self.tr("what this shop wants to know")),
            "look": (self.tr("Look"), self.tr("language, colours, size")),
            "safety": (self.tr("Safety"), self.tr("copies, restore, check")),
            "trail": (self.tr("What was done"), self.tr("who, when, what")),
        }
        self.pick.show_choices([(name, said[name][0]) for name in self.pages])
        kept = self.list.choice.row()
        self.names.show_rows([_view(name, *said[name]) for name in self.pages])
        for name, shown in self.pages.items():
            name_parts(shown, said[name][0])
        if kept is None:
            self.list.choice.choose_place(0)

    def show_page(self, name: str) -> SettingsPage:
        """Go to a page by its name."""
        self.list.choice.choose(name)
        return self.pages[name]

    def _on_chosen(self, view: RowView | None) -> None:
        if view is not None:
            self.stack.setCurrentWidget(self.pages[str(view.id)])
            self.pick.set_value(view.id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Where list and page do not fit beside each other, a choice in the head takes the place of the list."""
        narrow = self.width() < px(NARROW)
        if narrow == self.side.isHidden():
            return
        had_focus = self.list.hasFocus() or self.pick.hasFocus()
        self.side.setVisible(not narrow)
        self.pick.setVisible(narrow)
        self.setFocusProxy(self.pick if narrow else self.list)
        if had_focus:
            self.setFocus()

    @property
    def keys(self) -> list[str]:
        """Every setting of the shop that has its place on a page."""
        return [key for shown in self.pages.values() for key in shown.keys]


def _view(name: str, title: str, reason: str) -> RowView:
    reason = begun(reason)
    return RowView(name, title, reason, picture="disc", icon=ICONS[name], hue="accent", spoken=f"{title}, {reason}")
