"""Bills of the sample shop: what was in the basket, what was paid, what came back."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from app.domain.loyalty.earning import discount_shares
from app.domain.loyalty.returns import (
    EarnedFor,
    Spent,
    points_to_take_back,
    remaining_bases,
    returned_total,
    target,
)
from app.domain.loyalty.rules import EarningRules, Goods, TierTimes, Times
from app.domain.loyalty.spending import points_value, redeemable
from app.domain.loyalty.terms import written
from app.models.sales import Payment, Sale, SaleLine, SaleOrigin
from app.services.sample.calendar import Days
from app.services.sample.goods import Good, Shelf, quantity
from app.services.sample.habits import Kind
from app.services.sample.people import Person
from app.services.sample.rows import Rows
from app.services.sample.standing import Climb
from app.services.sample.wallet import Ledger, Posting, Wallet
from app.services.till.pricing import Terms, priced

_SIZES = (1, 2, 3, 4, 5)
_SIZE_WEIGHTS = {Kind.DEVOTED: (30, 32, 20, 11, 7)}
_USUAL_WEIGHTS = (46, 30, 15, 6, 3)
_PAYMENTS, _PAYMENT_WEIGHTS = ("wechat", "alipay", "cash", "card"), (52, 24, 14, 10)
SPENDS, FAVOURS = 0.16, 0.6
"""How often someone with enough points uses them, and picks what they always take."""


@dataclass(frozen=True, slots=True)
class Benefit:
    """What a tier brings: thousandths off, and what it multiplies points by."""

    discount: int
    times: TierTimes


@dataclass(frozen=True, slots=True)
class Line:
    good: Good
    quantity: int
    amount: int
    discount: int
    points_value: int

    @property
    def base(self) -> int:
        """What was paid for it in money."""
        return self.amount - self.discount - self.points_value


@dataclass(slots=True)
class Account:
    """A person at the counter: their points and their way through the tiers."""

    person: Person
    wallet: Wallet
    climb: Climb
    sales: list[tuple[datetime, int]] = field(default_factory=list)

    def sale_before(self, moment: datetime) -> int | None:
        """What they had bought last at that moment."""
        return next((sale_id for at, sale_id in reversed(self.sales) if at <= moment), None)


@dataclass(frozen=True, slots=True)
class Bill:
    """A posted bill, as far as a return needs it."""

    sale_id: int
    first_line: int
    """The id of its first line; the others follow."""
    day: date
    account: Account | None
    lines: tuple[Line, ...]
    earned: int
    lot: int | None
    spent: list[Spent]
    terms: EarnedFor


class Till:
    """Posts bills and returns in the order of time."""

    def __init__(
        self,
        rows: Rows,
        rng: Random,
        shelf: Shelf,
        days: Days,
        ledger: Ledger,
        rules: EarningRules,
        benefits: dict[int, Benefit],
    ) -> None:
        self._rows, self._rng, self._shelf, self._days, self._ledger = rows, rng, shelf, days, ledger
        self._rules, self._benefits = rules, benefits
        self._last_id = self._last_line = 0
        self._numbers: Counter[date] = Counter()

    @property
    def sales(self) -> int:
        """How many bills have been posted, returns among them."""
        return self._last_id

    def sell(self, account: Account | None, at: datetime, day: date) -> Bill:
        """Post one bill."""
        sale_id, staff_id = self._next(), self._days.staff(self._rng)
        lines = self._lines(account, day)
        rule = self._ledger.rule
        bought = (Goods(line.good.id) for line in lines)
        terms = self._rules.terms(bought, self._times(account, day), rule.minor_digits)
        posting = Posting(at, day, staff_id, sale_id, f"sample:{sale_id}", written(terms))
        used, spent = self._spend(account, lines, posting)
        lines = _paid_by_points(lines, points_value(used, rule))
        earned = 0 if account is None else target([line.base for line in lines], _products(lines), False, terms)
        lot = None if account is None else account.wallet.earn(earned, posting)
        first_line = self._last_line + 1
        self._write(sale_id, account, posting, lines, used, earned)
        if account is not None:
            account.climb.buy(day, sum(line.amount - line.discount for line in lines))
            account.sales.append((at, sale_id))
        return Bill(sale_id, first_line, day, account, lines, earned, lot, spent, terms)

    def bring_back(self, bill: Bill, at: datetime, day: date) -> None:
        """One line of a bill comes back, whole."""
        place = self._rng.randrange(len(bill.lines))
        back = [line.quantity if i == place else 0 for i, line in enumerate(bill.lines)]
        sale_id, staff_id = self._next(), self._days.staff(self._rng)
        posting = Posting(at, day, staff_id, bill.sale_id, f"sample:{sale_id}")
        taken, given = self._move_points(bill, back, posting)
        self._write_return(sale_id, bill, place, posting, taken, given)
        if bill.account is not None:
            line = bill.lines[place]
            bill.account.climb.bring_back(bill.day, line.amount - line.discount)

    def _next(self) -> int:
        self._last_id += 1
        return self._last_id

    def _number(self, day: date) -> str:
        self._numbers[day] += 1
        return f"{day:%m%d}-{self._numbers[day]:03}"

    def _lines(self, account: Account | None, day: date) -> tuple[Line, ...]:
        rng = self._rng
        kind = account.person.habit.kind if account else Kind.ONCE
        size = rng.choices(_SIZES, _SIZE_WEIGHTS.get(kind, _USUAL_WEIGHTS))[0]
        basket = dict.fromkeys(self._pick(account) for _ in range(size))
        off = 0 if account is None else self._benefits[account.climb.rank_on(day)].discount
        return tuple(self._line(good, off) for good in basket)

    def _pick(self, account: Account | None) -> Good:
        if account is not None and self._rng.random() < FAVOURS:
            return self._rng.choice(account.person.favourites)
        return self._shelf.pick(self._rng)

    def _line(self, good: Good, off: int) -> Line:
        bought = quantity(good, self._rng)
        price = priced(bought, good.price, Terms(off), self._ledger.rule.minor_digits)
        return Line(good, bought, price.amount, price.saved, 0)

    def _times(self, account: Account | None, day: date) -> tuple[Times, ...]:
        if account is None:
            return ()
        born = account.person.birthday
        is_birthday = born is not None and born[0] == day.month
        return self._rules.times(day, self._benefits[account.climb.rank_on(day)].times, is_birthday=is_birthday)

    def _spend(self, account: Account | None, lines: tuple[Line, ...], posting: Posting) -> tuple[int, list[Spent]]:
        if account is None:
            return 0, []
        account.wallet.expire(posting.day)
        if self._rng.random() >= SPENDS:
            return 0, []
        bill = sum(line.amount - line.discount for line in lines)
        points = redeemable(account.wallet.spendable(posting.day), bill, self._ledger.rule)
        return (points, account.wallet.redeem(points, posting)) if points else (0, [])

    def _move_points(self, bill: Bill, back: list[int], posting: Posting) -> tuple[int, int]:
        """Points taken back and given back by a return (rules 5 and 7); nothing came back of this bill before."""
        if bill.account is None:
            return 0, 0
        wallet, quantities = bill.account.wallet, [line.quantity for line in bill.lines]
        wallet.expire(posting.day)
        kept = remaining_bases([line.base for line in bill.lines], back, quantities)
        wanted = target(kept, _products(bill.lines), back == quantities, bill.terms)
        taken = points_to_take_back(bill.earned, 0, wallet.expired_of(bill.lot), wanted)
        wallet.take_back(bill.lot, taken, posting)
        shares = discount_shares([line.amount - line.discount for line in bill.lines], _points(bill.spent))
        given = returned_total(shares, back, quantities)
        wallet.give_back(bill.spent, given, posting)
        return taken, given

    def _write(
        self, sale_id: int, account: Account | None, posting: Posting, lines: tuple[Line, ...], used: int, earned: int
    ) -> None:
        gross = sum(line.amount for line in lines)
        discount, paid = sum(line.discount for line in lines), sum(line.points_value for line in lines)
        method = self._rng.choices(_PAYMENTS, _PAYMENT_WEIGHTS)[0]
        self._rows.add(
            Sale,
            id=sale_id,
            number=self._number(posting.day),
            customer_id=account.person.id if account else None,
            at=posting.at,
            shop_day=posting.day,
            staff_id=posting.staff_id,
            origin=SaleOrigin.TILL,
            gross=gross,
            discount=discount,
            points_used=used,
            points_value=paid,
            points_earned=earned,
            total=gross - discount - paid,
            payment=method,
            revenue=gross - discount,
            returned=0,
            counted_lines=len(lines),
            returns_id=None,
            operation_id=posting.operation_id,
        )
        self._pay(sale_id, method, gross - discount - paid)
        for line in lines:
            self._write_line(sale_id, line)

    def _write_return(self, sale_id: int, bill: Bill, place: int, posting: Posting, taken: int, given: int) -> None:
        line = bill.lines[place]
        self._rows.add(
            Sale,
            id=sale_id,
            number=self._number(posting.day),
            customer_id=bill.account.person.id if bill.account else None,
            at=posting.at,
            shop_day=posting.day,
            staff_id=posting.staff_id,
            origin=SaleOrigin.TILL,
            gross=-line.amount,
            discount=-line.discount,
            points_used=-given,
            points_value=-line.points_value,
            points_earned=-taken,
            total=-line.base,
            payment="cash",
            revenue=0,
            returned=line.amount - line.discount,
            counted_lines=0,
            returns_id=bill.sale_id,
            operation_id=posting.operation_id,
        )
        self._pay(sale_id, "cash", -line.base)
        self._write_line(sale_id, line, bill.first_line + place)

    def _pay(self, sale_id: int, method: str, amount: int) -> None:
        if amount:
            self._rows.add(Payment, sale_id=sale_id, method=method, amount=amount)

    def _write_line(self, sale_id: int, line: Line, brings_back: int | None = None) -> None:
        self._last_line += 1
        sign = 1 if brings_back is None else -1
        self._rows.add(
            SaleLine,
            id=self._last_line,
            sale_id=sale_id,
            product_id=line.good.id,
            quantity=sign * line.quantity,
            unit_price=line.good.price,
            amount=sign * line.amount,
            discount=sign * line.discount,
            points_value=sign * line.points_value,
            is_return=sign < 0,
            returns_line_id=brings_back,
        )


def _paid_by_points(lines: tuple[Line, ...], value: int) -> tuple[Line, ...]:
    """The lines with their shares of what points paid."""
    if not value:
        return lines
    shares = discount_shares([line.amount - line.discount for line in lines], value)
    return tuple(
        Line(line.good, line.quantity, line.amount, line.discount, share)
        for line, share in zip(lines, shares, strict=True)
    )


def _points(spent: list[Spent]) -> int:
    return sum(row.points for row in spent)


def _products(lines: tuple[Line, ...]) -> list[int | None]:
    return [line.good.id for line in lines]
