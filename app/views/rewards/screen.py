"""Cards, coupons and rewards: what the shop offers, how much of it is out, and with whom."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from app.domain.rewards.kinds import Occasion
from app.services import rewards
from app.views.rewards.batch import open_batch, open_sheet
from app.views.rewards.kind_dialog import KindDialog
from app.views.rewards.plan_dialog import PlanDialog
from app.views.rewards.reward_dialog import RewardDialog
from app.views.rewards.section import Section
from app.views.rewards.sections import CardLine, CardSection, CouponSection, RewardSection
from app.views.rewards.stock_dialog import open_stock
from app.views.shared import look
from app.views.shared.actions import Act, act, retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import OpenPlace, ShowCustomers
from app.views.shared.fields import CheckBox
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, page, row
from app.views.shared.look import px
from app.views.shared.screen import Screen
from app.views.shared.tokens import PAGE_HEAD

PRINTED = 2000


class RewardsScreen(Screen):
    """Three parts behind chips; Enter changes what is chosen, P shows the people behind it."""

    watches = frozenset({"rewards", "customers", "products", "settings", "sales"})

    def build(self) -> None:
        self._allowed = self.gateway.may(rewards.add_plan)
        self.title, self.context = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.new, self.members = Button("", "primary", icon="ph.plus"), Button("", "quiet", size="small")
        self._head = box(row(self.title, (self.context, 1), self.members, self.new, gap=12))
        self.parts, self.away = Chips(), CheckBox()
        self.coupons, self.rewards, self.cards = (
            CouponSection(self.desk),
            RewardSection(self.desk),
            CardSection(self.desk),
        )
        self.sections: dict[str, Section] = {"coupons": self.coupons, "rewards": self.rewards, "cards": self.cards}
        self.stack = QStackedWidget()
        for section in self.sections.values():
            self.stack.addWidget(section)
            section.changed.connect(self._show_acts)
            section.opened.connect(self._on_edit)
        tools = row((column(None, self.parts, None), 1), self.away, gap=12)
        self.setLayout(page(self._head, tools, (self.stack, 1), gap=12))
        self._make_acts()
        self.parts.chosen.connect(lambda name: self.show_part(str(name)))
        self.away.changed.connect(lambda _on: self.reload())
        look.follow(self.relook)

    def _make_acts(self) -> None:
        self.new_act = act(self, "rewards.new", self._new_words, self._on_new, key="Ctrl+Shift+N")
        self.new.set_action(self.new_act)
        members = act(
            self, "rewards.members", lambda: self.tr("Members"), self._on_members, icon_name="ph.crown-simple"
        )
        self.members.set_action(members)
        self.chosen_acts: dict[str, list[Act]] = {}
        for name, section in self.sections.items():
            made = [
                self._on_row(section, "edit", lambda: self.tr("Change"), self._on_edit, ""),
                self._on_row(section, "people", lambda: self.tr("Show people"), self._on_people, "P"),
                self._on_row(section, "away", self._away_words, self._on_away, "R"),
                *self._own_acts(name, section),
            ]
            self.chosen_acts[name] = made
            section.put_buttons([_button(one) for one in made])
            section.first.set_action(self.new_act)

    def _own_acts(self, name: str, section: Section) -> list[Act]:
        if name == "coupons":
            return [
                self._on_row(section, "batch", lambda: self.tr("Make codes"), self._on_batch, "M"),
                self._on_row(section, "print", lambda: self.tr("Print open ones"), self._on_print, "Ctrl+P"),
            ]
        if name == "rewards":
            return [self._on_row(section, "stock", lambda: self.tr("Change stock"), self._on_stock, "S")]
        return []

    def _on_row(self, section: Section, name: str, said: object, slot: object, key: str) -> Act:
        """An act on the chosen row; its key works while the list has the focus."""
        only = Qt.ShortcutContext.WidgetShortcut
        return act(section.table, f"rewards.{name}", said, slot, key=key, context=only)  # type: ignore[arg-type]

    # words

    def retranslate(self) -> None:
        self.title.setText(self.tr("Cards and coupons"))
        self.away.setText(self.tr("Include put away"))
        kept = self.parts.value() or "coupons"
        self.parts.show_chips(
            [
                ChipView("coupons", self.tr("Coupons"), icon="ph.ticket"),
                ChipView("rewards", self.tr("Rewards for points"), icon="ph.gift"),
                ChipView("cards", self.tr("Cards"), icon="ph.wallet"),
            ]
        )
        self.parts.set_value(kept)
        for section in self.sections.values():
            section.retranslate()
            retranslate_acts(section.table)
        retranslate_acts(self)

    def relook(self) -> None:
        self._head.setFixedHeight(px(PAGE_HEAD))

    def _new_words(self) -> str:
        return {
            "coupons": self.tr("New coupon"),
            "rewards": self.tr("New reward"),
            "cards": self.tr("New card"),
        }[self._part]

    def _away_words(self) -> str:
        chosen = self._chosen()
        return self.tr("Offer again") if chosen is not None and chosen.archived else self.tr("Put away")

    # showing

    @property
    def _part(self) -> str:
        return str(self.parts.value() or "coupons")

    @property
    def section(self) -> Section:
        """The part in sight."""
        return self.sections[self._part]

    def show_part(self, name: str) -> None:
        """Go to coupons, rewards or cards."""
        self.parts.set_value(name)
        self.stack.setCurrentWidget(self.section)
        self.setFocusProxy(self.section.table)
        self.new_act.retranslate()
        self._show_acts()

    def reload(self) -> None:
        for section in self.sections.values():
            section.away = bool(self.away.value())
            section.reload()
        owed = self.gateway.read(rewards.cards_outstanding, self.desk.today())
        worth = self.desk.money(sum(one.worth for one in owed), drop_zeros=True)
        people = {one.customer_id for each in owed if each.people for one in self._holders(each)}
        said = self.tr("{money} paid ahead or given on top, with %n customer(s)", "", len(people))
        self.context.setText(said.replace("{money}", worth) if people else "")
        self.show_part(self._part)

    def _holders(self, owed: rewards.CardOwed) -> list[rewards.Holder]:
        return self.gateway.read(rewards.holders, owed.pocket, self.desk.today())

    def _chosen(self) -> rewards.KindRow | rewards.RewardRow | rewards.PlanRow | None:
        """The offer that is chosen; None for a part of stored value, which is no offer."""
        chosen = self.section.row
        return chosen.plan if isinstance(chosen, CardLine) else chosen

    def _show_acts(self) -> None:
        chosen, people = self._chosen(), bool(self.section.customers())
        for one in self.chosen_acts[self._part]:
            named = one.objectName().rpartition(".")[2]
            one.setEnabled(people if named == "people" else self._allowed and chosen is not None)
            one.retranslate()
        self.new_act.setEnabled(self._allowed)

    # acts

    def _on_new(self) -> None:
        self._open(None)

    def _on_edit(self) -> None:
        chosen = self._chosen()
        if chosen is None or not self._allowed:
            return
        if isinstance(chosen, rewards.KindRow) and chosen.draft.occasion is Occasion.REWARD:
            self.desk.tell(self.tr("This coupon is bought with points: change the reward, and it follows"))
        else:
            self._open(chosen)

    def _open(self, chosen: rewards.KindRow | rewards.RewardRow | rewards.PlanRow | None) -> None:
        dialog = {"coupons": KindDialog, "rewards": RewardDialog, "cards": PlanDialog}[self._part]
        start = (chosen.id, chosen.draft) if chosen is not None else (None, None)
        dialog(self.desk, self, *start).present()

    def _on_away(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        away, back = {
            "coupons": (rewards.archive_kind, rewards.unarchive_kind),
            "rewards": (rewards.archive_reward, rewards.unarchive_reward),
            "cards": (rewards.archive_plan, rewards.unarchive_plan),
        }[self._part]
        said = self.tr("{name} is offered again") if chosen.archived else self.tr("{name} is put away")
        said = said.replace("{name}", chosen.draft.name)
        if chosen.archived:
            self.gateway.write(back, chosen.id, said=said)
        else:
            self.gateway.write(away, chosen.id, at=self.desk.now(), said=said)

    def _on_people(self) -> None:
        people = self.section.customers()
        if people:
            self.desk.ask(ShowCustomers(self.section.name.text(), people))

    def _on_batch(self) -> None:
        chosen = self.coupons.row
        if chosen is not None:
            open_batch(self.desk, self, chosen)

    def _on_print(self) -> None:
        chosen = self.coupons.row
        if chosen is None:
            return
        found = self.gateway.read(rewards.coupons_of_kind, chosen.id, limit=PRINTED)
        usable = [one for one in found if one.left > 0]
        if usable:
            open_sheet(self.desk, self, chosen, usable)
        else:
            self.desk.tell(self.tr("No coupon of this kind is open: make codes first"))

    def _on_stock(self) -> None:
        chosen = self.rewards.row
        if chosen is not None and chosen.stock is not None:
            open_stock(self.desk, self, chosen)
        elif chosen is not None:
            self.desk.tell(self.tr("No stock is kept of this reward"))

    def _on_members(self) -> None:
        self.desk.ask(OpenPlace("members"))


def _button(made: Act) -> Button:
    button = Button("", "secondary", size="small")
    button.set_action(made)
    return button
