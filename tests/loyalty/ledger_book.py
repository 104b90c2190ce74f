"""A shop's points kept on paper: rows in a list, so that the rules can be watched over long stories."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal

from app.domain.loyalty.earning import (
    discount_shares,
    expiry_of,
)
from app.domain.loyalty.kinds import PointKind
from app.domain.loyalty.lots import Lot, consume, expirable, repayment, spendable
from app.domain.loyalty.returns import (
    EarnedFor,
    Spent,
    give_back,
    points_to_take_back,
    remaining_bases,
    returned_total,
    take_back,
    target,
)
from app.domain.loyalty.rules import EarningRules, Goods, Times, TimesCause
from app.domain.loyalty.spending import SpendingRule, available_from, points_value, redeemable
from tests.loyalty.bases import net_bases


@dataclass(frozen=True)
class Row:
    day: date
    kind: PointKind
    points: int
    sale: int | None = None
    lot: int | None = None
    """Its own number for a row that opens a lot; None for debt."""


@dataclass
class PaperSale:
    quantities: list[int]
    bases: list[int]
    line_points: list[int]
    spent: list[Spent]
    earned: int = 0
    own_lot: int | None = None
    returned: list[int] = field(default_factory=list)
    money_back: int = 0

    @property
    def products(self) -> list[int | None]:
        """Every line is of another article; the first has none."""
        return [place or None for place in range(len(self.bases))]

    def terms(self, rules: EarningRules, factors: Sequence[str]) -> EarnedFor:
        times = [Times(TimesCause.DAY, Decimal(factor)) for factor in factors]
        return rules.terms(map(Goods, self.products), times, 2)


@dataclass
class Book:
    rule: SpendingRule
    earning: EarningRules = field(default_factory=EarningRules)
    factors: Sequence[str] = ("1.5",)
    """What every sale is multiplied by: one and a half, as on a bonus day."""
    rows: list[Row] = field(default_factory=list)
    opened: dict[int, tuple[date, date | None, date]] = field(default_factory=dict)
    sales: list[PaperSale] = field(default_factory=list)

    @property
    def balance(self) -> int:
        return sum(row.points for row in self.rows)

    @property
    def debt(self) -> int:
        return -sum(row.points for row in self.rows if row.lot is None)

    def remaining(self, lot: int) -> int:
        return sum(row.points for row in self.rows if row.lot == lot)

    def lots(self) -> list[Lot]:
        return [
            Lot(number, self.remaining(number), usable, last, datetime(day.year, day.month, day.day, tzinfo=UTC))
            for number, (usable, last, day) in self.opened.items()
        ]

    def sum_of(self, kind: PointKind, sale: int) -> int:
        return sum(row.points for row in self.rows if row.kind is kind and row.sale == sale)

    def expire(self, day: date) -> None:
        for end in expirable(self.lots(), day):
            self.rows.append(Row(end.on, PointKind.EXPIRE, -end.points, lot=end.lot_id))

    def open_lot(self, kind: PointKind, day: date, points: int, usable: date, last: date | None, sale: int) -> int:
        number, debt = len(self.opened) + 1, self.debt
        self.opened[number] = (usable, last, day)
        self.rows.append(Row(day, kind, points, sale, number))
        if paid := repayment(debt, points):
            self.rows += [Row(day, PointKind.REPAY, -paid, lot=number), Row(day, PointKind.REPAY, paid)]
        return number

    def sell(self, day: date, lines: Sequence[int], quantities: Sequence[int], steps: int) -> None:
        self.expire(day)
        bill, number = sum(lines), len(self.sales)
        usable = spendable(self.lots(), day, self.debt)
        points = min(steps * self.rule.step, redeemable(usable, bill, self.rule))
        spent = [Spent(lot, n, self.opened[lot][1]) for lot, n in consume(self.lots(), points, day)]
        self.rows += [Row(day, PointKind.REDEEM, -each.points, number, each.lot_id) for each in spent]
        bases = net_bases(lines, 0, points_value(points, self.rule))
        sale = PaperSale(list(quantities), bases, discount_shares(lines, points), spent, returned=[0] * len(lines))
        self.sales.append(sale)
        sale.earned = target(bases, sale.products, False, sale.terms(self.earning, self.factors))
        if sale.earned:
            last = expiry_of(day, self.rule.expiry_months)
            sale.own_lot = self.open_lot(PointKind.EARN, day, sale.earned, available_from(day, self.rule), last, number)

    def kept_target(self, sale: PaperSale) -> int:
        kept = remaining_bases(sale.bases, sale.returned, sale.quantities)
        return target(kept, sale.products, sale.returned == sale.quantities, sale.terms(self.earning, self.factors))

    def expired_of(self, sale: PaperSale) -> int:
        own = (row for row in self.rows if row.kind is PointKind.EXPIRE and row.lot == sale.own_lot)
        return -sum(row.points for row in own)

    def bring_back(self, day: date, number: int, back: Sequence[int]) -> None:
        """Return `back` more of each line; take_back comes before give_back."""
        self.expire(day)
        sale = self.sales[number]
        sale.returned = [so_far + more for so_far, more in zip(sale.returned, back, strict=True)]
        taken_back = -self.sum_of(PointKind.TAKE_BACK, number)
        points = points_to_take_back(sale.earned, taken_back, self.expired_of(sale), self.kept_target(sale))
        own = () if sale.own_lot is None else (sale.own_lot,)
        for taken in take_back(self.lots(), own, points, day):
            self.rows.append(Row(day, PointKind.TAKE_BACK, -taken.points, number, taken.lot_id))
        given_so_far = self.sum_of(PointKind.GIVE_BACK, number)
        due = returned_total(sale.line_points, sale.returned, sale.quantities) - given_so_far
        for given in give_back(sale.spent, given_so_far, due, day, self.rule.give_back_days):
            self.open_lot(PointKind.GIVE_BACK, day, given.points, day, given.expires_on, number)
        sale.money_back = returned_total(sale.bases, sale.returned, sale.quantities)
