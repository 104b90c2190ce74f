"""Members: how many stand in each tier, who they are, and what happened to each one's points."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtWidgets import QStackedWidget

from app.services import loyalty
from app.services.loyalty import MemberRow, Outstanding, TierRow
from app.services.loyalty.members import Order
from app.views.members import words
from app.views.members.adjusting import open_adjust
from app.views.members.given_tier import open_given_tier
from app.views.members.ladder_editor import open_ladder
from app.views.members.moves import open_moves
from app.views.members.person import MemberPanel
from app.views.members.proposal import ProposalCard
from app.views.members.tier_card import TierCards, TierView
from app.views.shared import look
from app.views.shared.actions import act, retranslate_acts
from app.views.shared.buttons import Button
from app.views.shared.cards import Card
from app.views.shared.desk import EditRules, GiveBonus, OpenCustomer, OpenPlace, PrintMemberCards, SellTo
from app.views.shared.empty import EmptyState
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, page, row
from app.views.shared.look import px
from app.views.shared.people_words import tier_badge
from app.views.shared.rows_model import Column, PagedRows, Sort
from app.views.shared.screen import Screen
from app.views.shared.tables import Table
from app.views.shared.tasks import Task
from app.views.shared.tokens import PAGE_HEAD, Hue


class MembersScreen(Screen):
    """Choosing a tier lists its members, choosing a member shows the ledger; Enter opens the card."""

    watches = frozenset({"loyalty", "sales", "customers", "settings"})

    def build(self) -> None:
        self._tiers: list[TierRow] = []
        self._rank: int | None = None
        self._task: Task | None = None
        self.title, self.context = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.edit, self.adjust = (
            Button("", "secondary", icon="ph.sliders-horizontal"),
            Button("", "secondary", size="small"),
        )
        self.points = Button("", "secondary")
        self.moves, self.give = (
            Button("", "quiet", icon="ph.clock-counter-clockwise"),
            Button("", "secondary", size="small"),
        )
        self.proposal = ProposalCard(self.desk)
        self.held = Button("", "link")
        self.cards = TierCards()
        self.people: PagedRows[MemberRow] = PagedRows((), self._count, self._page, self)
        self.table = Table()
        self.table.setModel(self.people)
        self.empty = EmptyState("ph.crown-simple")
        self.panel = MemberPanel(self.desk, self.adjust, self.give)
        self._left = QStackedWidget()
        self._left.addWidget(self.table)
        self._left.addWidget(self.empty)
        listed = Card((self._left, 1), row(8, self.held, None), gap=4, margins=(4, 4, 4, 4))
        self.print = Button("", "secondary")
        self._head = box(row(self.title, (self.context, 1), self.moves, self.print, self.points, self.edit, gap=12))
        body = row((listed, 34), (self.panel, 37), gap=16)
        self.setLayout(page(self._head, self.proposal, self.cards, (body, 1), gap=12))
        self.setFocusProxy(self.table)
        self.cards.chosen.connect(self._on_tier)
        self.table.chosen.connect(self._on_member)
        self.table.opened.connect(lambda row: self.desk.ask(OpenCustomer(row.id)))
        self._make_acts()
        look.follow(self.relook)

    def _make_acts(self) -> None:
        self.edit_act = act(
            self, "members.edit", lambda: self.tr("Edit tiers"), self._on_edit, icon_name="ph.pencil-simple"
        )
        self.adjust_act = act(
            self, "members.adjust", lambda: self.tr("Adjust points"), self._on_adjust, key="Ctrl+J", icon_name="ph.coin"
        )
        act(
            self,
            "members.sell",
            lambda: self.tr("Sell to this member"),
            self._on_sell,
            key="F2",
            icon_name="ph.receipt",
        )
        rules_act = act(
            self,
            "members.rules",
            lambda: self.tr("Earning rules"),
            lambda: self.desk.ask(EditRules()),
            icon_name="ph.coin",
        )
        points_act = act(
            self,
            "members.points",
            lambda: self.tr("Points owed"),
            lambda: self.desk.ask(OpenPlace("points")),
            key="Ctrl+Shift+P",
            icon_name="ph.coin",
        )
        bonus_act = act(
            self,
            "members.bonus",
            lambda: self.tr("Points for many"),
            lambda: self.desk.ask(GiveBonus(tier_rank=self._rank)),
            key="Ctrl+Shift+J",
            icon_name="ph.gift",
        )
        rules_act.setEnabled(self.gateway.may(loyalty.change_rules))
        bonus_act.setEnabled(self.gateway.may(loyalty.give_bonus))
        self.points.set_action(points_act)
        self.print_act = act(
            self,
            "members.cards",
            lambda: self.tr("Member cards"),
            self._on_cards,
            key="Ctrl+P",
            icon_name="ph.identification-card",
        )
        self.print.set_action(self.print_act)
        self.print.set_compact(True)
        self.moves_act = act(
            self,
            "members.moves",
            lambda: self.tr("Moves"),
            lambda: open_moves(self.desk, self),
            icon_name="ph.clock-counter-clockwise",
        )
        self.give_act = act(
            self,
            "members.give_tier",
            lambda: self.tr("Tier by hand"),
            self._on_give,
            key="Ctrl+T",
            icon_name="ph.crown-simple",
        )
        held_act = act(
            self,
            "members.rewards",
            lambda: self.tr("Cards, coupons and rewards →"),
            lambda: self.desk.ask(OpenPlace("rewards")),
        )
        self.held.set_action(held_act)
        self.edit.set_action(self.edit_act)
        self.moves.set_action(self.moves_act)
        self.give.set_action(self.give_act)
        self.adjust.set_action(self.adjust_act)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Members"))
        self.empty.set_words(
            self.tr("Nobody stands in this tier"),
            self.tr("Customers appear here with the sale that takes them over what it asks for."),
        )
        today = self.desk.today()
        self.people.show_columns(
            [
                Column(self.tr("Name"), lambda row: row.name, key="name"),
                Column(self.tr("Points"), lambda row: f"{row.points:,}", key="points", align="right"),
                Column(self.tr("Bought"), lambda row: words.whole_money(row.net, self.desk), key="net", align="right"),
                Column(
                    self.tr("Last purchase"),
                    lambda row: words.short_day(row.last_sale_on, today) if row.last_sale_on else "–",
                    key="last_sale_on",
                    align="right",
                ),
                Column(
                    self.tr("Tier holds to"),
                    lambda row: words.short_day(row.valid_until, today) if row.valid_until else "–",
                    align="right",
                ),
            ]
        )
        self.table.set_widths(None, 72, 108, 112, 112, give_way=(4, 3))
        self.panel.retranslate()
        self.proposal.retranslate()
        retranslate_acts(self)

    def relook(self) -> None:
        self._head.setFixedHeight(px(PAGE_HEAD))

    def reload(self) -> None:
        self._tiers = self.gateway.read(loyalty.tiers)
        ranks = [tier.rank for tier in self._tiers]
        if self._rank not in ranks:
            self._rank = ranks[-1]
        self._show_cards()
        self._show_people()
        self._ask_outstanding()
        if self.gateway.may(loyalty.proposal):
            later = self.gateway.read_later
            later(loyalty.proposal, self.desk.today(), then=self.proposal.show_proposal, owner=self)

    def show_tier(self, rank: int) -> None:
        """List the members of a tier."""
        self._rank = rank
        self._show_cards()
        self._show_people()

    def _show_cards(self) -> None:
        people = {tier.rank: self.gateway.read(loyalty.count_members, tier.rank) for tier in self._tiers}
        everyone = sum(people.values()) or 1
        top = self._tiers[-1].rank
        views = [
            TierView(
                rank=tier.rank,
                badge=tier_badge(tier.mark(top=tier.rank == top and tier.rank > 0), crown=True),
                people=people[tier.rank],
                counted=self.tr("%n customer(s)", "", people[tier.rank]),
                share=people[tier.rank] / everyone,
                asks=words.asks(tier, self.desk),
                brings=words.brings(tier),
                hue=_hue(tier),
            )
            for tier in reversed(self._tiers)
        ]
        self.cards.show_tiers(views, self._rank or 0)

    def _show_people(self) -> None:
        self.people.reload()
        somebody = self.people.rowCount() > 0
        self._left.setCurrentIndex(0 if somebody else 1)
        if somebody and not self.table.currentIndex().isValid():
            self.table.choice.choose_place(0)
        self._on_member(self.table.choice.row() if somebody else None)

    def _count(self) -> int:
        return self.gateway.read(loyalty.count_members, self._rank or 0)

    def _page(self, offset: int, limit: int, sort: Sort | None) -> Sequence[MemberRow]:
        order = cast(Order, sort.key if sort else "net")
        descending = sort.descending if sort else True
        return self.gateway.read(
            loyalty.members, self._rank or 0, offset=offset, limit=limit, order=order, descending=descending
        )

    def _ask_outstanding(self) -> None:
        """Looking through every lot may take a moment in a large shop."""
        if self._task is not None:
            self._task.drop()
        self._task = self.gateway.read_later(
            loyalty.outstanding, self.desk.today(), then=self._show_outstanding, owner=self
        )

    def _show_outstanding(self, owed: Outstanding) -> None:
        """The sum; until when, and what is not usable yet, stands on the page of points."""
        said = self.tr("{points} points outstanding, worth {money}").replace("{points}", f"{owed.usable:,}")
        self.context.setText(said.replace("{money}", self.desk.money(owed.value)))

    def _on_tier(self, rank: int) -> None:
        self.show_tier(rank)

    def _on_member(self, row: MemberRow | None) -> None:
        self.adjust_act.setEnabled(row is not None)
        self.give_act.setEnabled(row is not None)
        self.panel.show_member(row.id if row else None, row.name if row else "")

    def _on_adjust(self) -> None:
        if self.panel.customer_id is not None:
            open_adjust(self.desk, self, self.panel.customer_id, self.panel.name.text())

    def _on_give(self) -> None:
        if self.panel.customer_id is not None:
            open_given_tier(self.desk, self, self.panel.customer_id)

    def _on_sell(self) -> None:
        self.desk.ask(SellTo(self.panel.customer_id))

    def _on_cards(self) -> None:
        """Of everyone in the tier that is listed."""
        people = self.gateway.read(loyalty.members_of, self._rank or 0, self.desk.today())
        self.desk.ask(PrintMemberCards(people))

    def _on_edit(self) -> None:
        tier = next(tier for tier in self._tiers if tier.rank == self._rank)
        open_ladder(self.desk, self, tier.code)


def _hue(tier: TierRow) -> Hue:
    known: dict[str, Hue] = {"gold": "gold", "blue": "blue", "plum": "plum", "red": "red"}
    return known.get(tier.hue, "accent")
