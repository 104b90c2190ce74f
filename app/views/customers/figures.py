"""Three figures of a card: points, what keeps or reaches a tier, and the last twelve months."""

from datetime import date, timedelta
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.money import currency
from app.services import complaints, loyalty, rewards
from app.services.complaints import LeftOver
from app.services.customers import Card
from app.services.loyalty import Holding, Standing, TierRow
from app.views.customers.words import joined
from app.views.shared import look, reward_words
from app.views.shared.buttons import Button
from app.views.shared.cards import Rule
from app.views.shared.desk import Desk, ShowHeld
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.margin_words import margin_money, margin_words
from app.views.shared.meters import Meter
from app.views.shared.people_words import ago, on_day, tier_name, with_tier
from app.views.shared.tier_words import benefits
from app.views.shared.tokens import Role

SOON_DAYS = 92
"""Points that end within a quarter are worth a word."""


class Figure(QWidget):
    """A caption, a figure with what stands beside it, and a line under it."""

    def __init__(self) -> None:
        super().__init__()
        self.caption, self.figure = ElidedLabel("", "caption", tone="ink2"), ElidedLabel("", "figure", weight=600)
        self.beside, self.below = ElidedLabel("", "small", tone="ink2"), ElidedLabel("", "caption", tone="ink2")
        self.meter = Meter(0, "gold")
        head = row(self.figure, (column(None, self.beside, gap=0, margins=(0, 0, 0, 4)), 1), gap=8)
        self.setLayout(column(self.caption, head, row((self.meter, 1), self.below, gap=8), gap=0))
        self.figure.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.below.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.meter.hide()

    def say(self, caption: str, figure: str, beside: str, below: str, tone: str = "ink2") -> None:
        """Show a figure without a meter."""
        for label, words in (
            (self.caption, caption),
            (self.figure, figure),
            (self.beside, beside),
            (self.below, below),
        ):
            label.setText(words)
        self.below.set_tone(tone)
        self.meter.hide()
        self.below.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def needs(self, role: Role) -> int:
        """How wide the figure is in this size."""
        return look.current().measure(self.figure.text(), role, weight=600) + 2

    def take_size(self, role: Role) -> None:
        """Say the figure in this size; what stands beside it leaves where only its beginning could be read."""
        self.figure.set_role(role)
        self.beside.setVisible(self.width() - self.needs(role) >= min(self.beside.sizeHint().width(), px(72)) + px(8))

    def show_share(self, share: float, hue: str) -> None:
        """Show the meter beside the line under the figure."""
        self.meter.show_share(share, hue)
        self.meter.show()
        self.below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


class FiguresRow(QWidget):
    """The three figures beside each other."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.points, self.tier, self.year = Figure(), Figure(), Figure()
        self.brings = ElidedLabel("", "small", tone="gold_text")
        self.brings.hide()
        figures = row(
            (self.points, 3), Rule(vertical=True), (self.tier, 4), Rule(vertical=True), (self.year, 4), gap=16
        )
        self.held = Button(kind="link", size="small")
        self.held.clicked.connect(self._on_held)
        self.margin = ElidedLabel("", "small", tone="ink2")
        self.margin.hide()
        self._card: Card | None = None
        self.setLayout(column(figures, row(self.held, (self.brings, 1), None, self.margin, gap=12), gap=4))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_card(self, card: Card) -> None:
        """Show somebody's figures."""
        read, today = self._desk.gateway.read, self._desk.today()
        self._show_points(card, read(loyalty.holding, card.id))
        self._show_tier(read(loyalty.standing, card.id, today))
        self._show_year(card)
        if self._card is None or self._card.id != card.id:
            self.margin.hide()
        self._card = card
        self._show_held(read(rewards.held, card.id, today))
        if self._desk.gateway.may(complaints.customer_margin):
            later = self._desk.gateway.read_later
            later(complaints.customer_margin, card.id, then=partial(self._show_margin, card.id), owner=self)
        self._fit()

    def _show_margin(self, customer_id: int, left: LeftOver) -> None:
        """For whoever may know what goods cost; it reads every line they ever bought, so it comes a moment later."""
        if self._card is None or self._card.id != customer_id:
            return
        money = margin_money(left, self._desk)
        said = margin_words(self.tr("Margin"), left, self._desk)
        self.margin.setText(f"{said} {money}")
        self.margin.setVisible(bool(money))

    def _show_held(self, held: rewards.Held) -> None:
        """What is held besides points, in a few words; the words lead to all of it."""
        parts = []
        if held.stored.total:
            stored = self.tr("Stored value {money}")
            parts.append(stored.replace("{money}", self._desk.money(held.stored.total, drop_zeros=True)))
        parts += [f"{card.name}: {reward_words.card_left(card)}" for card in held.cards]
        if held.coupons:
            parts.append(self.tr("%n coupon(s)", "", len(held.coupons)))
        self.held.setText(" · ".join(parts[:3]) if parts else self.tr("Cards and coupons"))

    def _on_held(self) -> None:
        if self._card is not None:
            self._desk.ask(ShowHeld(self._card.id, self._card.name))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """A figure is never cut: where large text leaves no room, all three are said smaller."""
        parts = (self.points, self.tier, self.year)
        sizes: tuple[Role, ...] = ("figure", "title", "strong")
        fitting = (size for size in sizes if all(part.needs(size) <= part.width() for part in parts))
        size: Role = next(fitting, "strong")
        for part in parts:
            part.take_size(size)

    def _show_points(self, card: Card, held: Holding) -> None:
        today = self._desk.today()
        worth = self.tr("≈ {money}").replace("{money}", self._desk.money(self._worth(card.points)))
        ending = [lot for lot in held.lots if lot.usable(today) and lot.expires_on]
        below, tone = "", "ink2"
        if ending and ending[0].expires_on and ending[0].expires_on <= today + timedelta(days=SOON_DAYS):
            last = ending[0].expires_on
            number = sum(lot.remaining for lot in ending if lot.expires_on == last)
            below = self.tr("{points} expire on {day}").replace("{points}", f"{number:,}")
            below, tone = below.replace("{day}", on_day(last, today)), "gold_text"
        if pending := held.pending(today):
            later = self.tr("{points} not yet usable").replace("{points}", f"{pending:,}")
            below = f"{below} · {later}" if below else later
        self.points.say(self.tr("Points"), f"{card.points:,}", worth if card.points > 0 else "", below, tone)

    def _worth(self, points: int) -> int:
        """What so many points pay for, in minor units, rounded down."""
        shop = self._desk.settings
        minor: int = max(points, 0) * 10 ** currency(shop.currency).digits // max(shop.points_worth, 1)
        return minor

    def _show_tier(self, standing: Standing) -> None:
        today, own = self._desk.today(), tier_of(standing.tier)
        until = standing.valid_until
        by = self.tr("by {day}").replace("{day}", on_day(standing.keep_by, today)) if standing.keep_by else ""
        self._show_benefits(standing)
        if standing.keep and standing.keep.amount and _counts_already(standing, today):
            caption = with_tier(self.tr("To keep {tier}"), own)
            self._show_way(caption, standing.keep.amount, by, standing.tier.min_amount, standing.amount)
        elif standing.next and standing.next_tier and standing.next.amount:
            caption = with_tier(self.tr("To reach {tier}"), tier_of(standing.next_tier))
            self._show_way(caption, standing.next.amount, "", standing.next_tier.min_amount, standing.amount)
        elif standing.next and standing.next_tier:
            caption = with_tier(self.tr("To reach {tier}"), tier_of(standing.next_tier))
            self.tier.say(caption, self.tr("%n purchase(s)", "", standing.next.days), "", "")
        else:
            kept = self.tr("kept until {day}").replace("{day}", on_day(until, today)) if until else ""
            self.tier.say(self.tr("Tier"), own, kept, "")
        if standing.by_hand:
            self.tier.beside.setText(self._given(standing, today))

    def _given(self, standing: Standing, today: date) -> str:
        """Up to when the tier was given by hand."""
        until = standing.valid_until
        if until is None:
            return self.tr("given by hand")
        return self.tr("given by hand until {day}").replace("{day}", on_day(until, today))

    def _show_benefits(self, standing: Standing) -> None:
        """What people have to keep themselves: the till cannot apply it."""
        said = benefits(standing.tier)
        self.brings.setText(f"{tier_of(standing.tier)} · {said}" if said else "")
        self.brings.setVisible(bool(said))

    def _show_way(self, caption: str, lacking: int, by: str, whole: int | None, held: int) -> None:
        money = self._desk.money
        total = whole or held + lacking
        there = max(0, total - lacking)
        below = f"{money(there, drop_zeros=True)} / {money(total, drop_zeros=True)}"
        self.tier.say(caption, money(lacking, drop_zeros=True), by, below)
        self.tier.show_share(there / total if total else 0, "gold")

    def _show_year(self, card: Card) -> None:
        today = self._desk.today()
        visits = self.tr("%n visit(s)", "", card.year_days)
        rhythm = self.tr("every %n day(s)", "", card.usual_gap) if card.usual_gap else ""
        last = self.tr("last {ago}").replace("{ago}", ago(card.last_sale_on, today)) if card.last_sale_on else ""
        below = joined(rhythm, last) or self.tr("No purchase yet")
        self.year.say(self.tr("Spent, 12 months"), self._desk.money(card.year_spend, drop_zeros=True), visits, below)


def _counts_already(standing: Standing, today: date) -> bool:
    """Whether what is bought today helps to keep the tier: the window that decides may still lie ahead."""
    return standing.keep_from is not None and standing.keep_from <= today


def tier_of(row_: TierRow) -> str:
    """The name of a tier of the loyalty tables."""
    return tier_name(row_.mark())
