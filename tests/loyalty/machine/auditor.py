"""Follows the ledger row by row and says which of the twelve rules a row breaks (semantics.md, points ledger).

It knows what was in force when, as the story told it, and the rows as they lie in the file: nothing else.
"""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from tests.loyalty.machine.books import Books, Line, Row

FOREVER = date.max


class RuleBroken(AssertionError):
    """A rule of the ledger, by its number in the design, and how it is broken; 0 stands for the invariants."""

    def __init__(self, number: int, said: str) -> None:
        super().__init__(number, said)
        self.rule = number

    def __str__(self) -> str:
        return f"rule {self.rule}: {self.args[1]}"


def require(holds: bool, rule: int, said: str) -> None:
    if not holds:
        raise RuleBroken(rule, said)


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


@dataclass(frozen=True)
class Terms:
    """What the shop promised at a moment: money in minor units of a currency with two decimals."""

    per_unit: Fraction = Fraction(1)
    visit: int = 0
    months: int = 12
    pending: int = 0
    worth: int = 100
    step: int = 100
    cap: Fraction = Fraction(3, 10)
    back_days: int = 30
    doubled: int | None = None
    """The weekday on which purchases earn twice as much; visits never do."""

    def lasts(self, day: date) -> date:
        year, month = divmod(day.year * 12 + day.month - 1 + self.months, 12)
        return month_end(date(year, month + 1, 1))

    def earns(self, bases: Iterable[int], day: date, visit: bool = True) -> int:
        times = 2 if day.weekday() == self.doubled else 1
        return max(0, floor(sum(bases) * self.per_unit * times / 100)) + (self.visit if visit else 0)


@dataclass
class Lot:
    """Points that came in together, and what is left of them."""

    opened: Row
    left: int
    expired: int = 0

    @property
    def available(self) -> date:
        return self.opened.available or self.opened.day

    @property
    def last(self) -> date:
        return self.opened.expires or FOREVER

    @property
    def turn(self) -> tuple[date, str, int]:
        """Earliest expiry first, then oldest."""
        return (self.last, self.opened.at, self.opened.id)

    def usable(self, day: date) -> bool:
        return self.left > 0 and self.available <= day <= self.last


@dataclass
class SaleBook:
    """What a sale of the story was worked out with, and what the ledger did for it."""

    terms: Terms
    day: date
    lines: list[Line]
    spent: list[tuple[int, int, date]] = field(default_factory=list)
    """Lot, points and last day, in the order of consumption."""
    earned: int = 0
    taken: int = 0
    given: int = 0
    own: set[int] = field(default_factory=set)
    """The lots it opened by earning."""
    back: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """By line, the quantity that came back."""
    void: bool = False

    @property
    def whole(self) -> bool:
        return all(self.back[line.id] == line.quantity for line in self.lines)

    def kept(self) -> list[int]:
        return [line.base - part(line.base, self.back[line.id], line.quantity) for line in self.lines]

    def target(self) -> int:
        """Rule 2 over what remains, with the terms kept; the visit counts until everything came back."""
        return self.terms.earns(self.kept(), self.day, visit=not self.whole)

    def spent_back(self) -> int:
        """The cumulative share of the points paid that falls on the returned lines."""
        points = sum(number for _, number, _ in self.spent)
        shares = by_largest_remainder(points, [line.amount - line.discount for line in self.lines])
        return sum(
            part(share, self.back[line.id], line.quantity) for share, line in zip(shares, self.lines, strict=True)
        )

    def money_back(self) -> int:
        return sum(part(line.base, self.back[line.id], line.quantity) for line in self.lines)


def part(whole: int, back: int, quantity: int) -> int:
    """The share of `whole` that falls on `back` of `quantity`, rounded half up."""
    return floor(Fraction(whole * back, quantity) + Fraction(1, 2))


def by_largest_remainder(whole: int, weights: Sequence[int]) -> list[int]:
    """`whole` parted by `weights`, so that it adds up; of equal remainders the first line has the one more."""
    if not whole or not sum(weights):
        return [0] * len(weights)
    exact = [Fraction(whole * max(0, weight), sum(max(0, each) for each in weights)) for weight in weights]
    shares = [floor(share) for share in exact]
    order = sorted(range(len(weights)), key=lambda at: (shares[at] - exact[at], at))
    for at in order[: whole - sum(shares)]:
        shares[at] += 1
    return shares


class Auditor:
    """Keeps its own account of every lot, debt and sale, and holds each new row against the rules."""

    def __init__(self, books: Books) -> None:
        self.books = books
        self.lots: dict[int, Lot] = {}
        self.loose: defaultdict[int, int] = defaultdict(int)
        """By card, what moved without a lot: below 0 it is owed."""
        self.sales: dict[int, SaleBook] = {}
        self.family: Mapping[int, frozenset[int]] = {}
        self.gave: tuple[int, ...] = ()
        """The lots in which the last return gave points back."""
        self.merged = False
        """Once cards have answered together, one may owe what the other holds: a merge changes no row (rule 11)."""

    # what a family holds

    def lots_of(self, card: int) -> list[Lot]:
        mine = self.family[card]
        return sorted((lot for lot in self.lots.values() if lot.opened.customer in mine), key=lambda lot: lot.turn)

    def owed(self, card: int) -> int:
        return max(0, -sum(self.loose[each] for each in self.family[card]))

    def balance(self, card: int) -> int:
        held = sum(lot.left for lot in self.lots.values() if lot.opened.customer in self.family[card])
        return held + sum(self.loose[each] for each in self.family[card])

    def picture(self) -> tuple[dict[int, int], dict[int, int]]:
        """What is left in each lot, and what moved without one."""
        lots = {number: lot.left for number, lot in self.lots.items() if lot.left}
        return lots, {card: points for card, points in self.loose.items() if points}

    # taking rows in

    def take_in(self, family: Mapping[int, frozenset[int]]) -> list[Row]:
        """The new rows, added to the accounts one by one, each held against what any row must keep."""
        self.family = family
        rows = list(self.books.fresh())
        for row in rows:
            self._any_row(row)
            self._add(row)
        return rows

    def _any_row(self, row: Row) -> None:
        require(row.points != 0, 1, f"{row} moves nothing")
        lot = self.lots.get(row.lot) if row.lot is not None else None
        if row.lot is None:
            if row.kind == "take_back" and row.points < 0:
                self._take_back(row, None)
            return
        require(lot is not None, 1, f"{row} draws on no lot")
        assert lot is not None
        if row.kind != "correct":
            require(lot.opened.customer in self.family[row.customer], 11, f"{row} draws on the lot of a stranger")
        require(lot.left + row.points >= 0, 0, f"{row} leaves a lot below zero")
        require(lot.left + row.points <= lot.opened.points, 10, f"{row} fills a lot above what came in")
        if row.kind == "redeem" and row.points < 0:
            self._redeem(row, lot)
        if row.kind == "expire":
            self._expire(row, lot)
        if row.kind == "take_back" and row.points < 0:
            self._take_back(row, lot)

    def _redeem(self, row: Row, lot: Lot) -> None:
        require(lot.available <= row.day, 8, f"{row} spends points that are pending until {lot.available}")
        require(row.day <= lot.last, 4, f"{row} spends points that ended on {lot.last}")
        mine = self.lots_of(row.customer)
        over = [each for each in mine if each.left and each.last < row.day]
        require(not over, 4, f"{row} spends while {over} had ended and was not let go")
        first = next(each for each in mine if each.usable(row.day))
        require(first is lot, 3, f"{row} spends before {first.opened}, whose turn it is")

    def _expire(self, row: Row, lot: Lot) -> None:
        require(row.points == -lot.left, 4, f"{row} lets go of a part of {lot.left}")
        require(lot.last < FOREVER and row.day > lot.last, 4, f"{row} ends before {lot.last} is over")

    def _take_back(self, row: Row, lot: Lot | None) -> None:
        """The same lot first, then the customer's other lots, then debt (rule 5)."""
        alive = [each for each in self.lots_of(row.customer) if each.left and each.last >= row.day]
        require(lot is not None or not alive, 5, f"{row} is owed while there is {alive}")
        assert row.sale is not None
        own = self.sales[row.sale].own
        mine = [each for each in alive if each.opened.id in own]
        require(lot is None or lot.opened.id in own or not mine, 5, f"{row} leaves what the sale brought: {mine}")

    def _add(self, row: Row) -> None:
        if row.opens_lot:
            self.lots[row.id] = Lot(row, row.points)
        elif row.lot is not None:
            lot = self.lots[row.lot]
            lot.left += row.points
            if row.kind == "expire":
                lot.expired -= row.points
        else:
            self.loose[row.customer] += row.points

    # what each act must write

    def sold(self, rows: Sequence[Row], sale: int, terms: Terms, points: int, card: int, owed: int) -> None:
        """A sale: redeems in turn, then earns by rule 2, out of which what is owed is paid."""
        day = date.fromisoformat(self.books.one("SELECT shop_day FROM sales WHERE id = ?", sale)[0])
        book = SaleBook(terms, day, self.books.lines(sale))
        self.sales[sale] = book
        spent = [row for row in rows if row.kind == "redeem"]
        require(-sum(row.points for row in spent) == points, 3, f"{points} points were to pay, not {spent}")
        for row in spent:
            require(row.lot is not None, 3, f"{row} has no lot")
            assert row.lot is not None
            book.spent.append((row.lot, -row.points, self.lots[row.lot].last))
        value = points * 100 // terms.worth
        require(sum(line.points_value for line in book.lines) == value, 2, "the shares of the points do not add up")
        earned = [row for row in rows if row.kind == "earn"]
        expected = terms.earns((line.base for line in book.lines), day) if book.lines else 0
        require(sum(row.points for row in earned) == expected, 2, f"{expected} were to be earned, not {earned}")
        for row in earned:
            self.lot_is_dated(row, terms)
            book.own.add(row.id)
        book.earned = expected
        self.debt_is_paid(rows, earned, owed)

    def lot_is_dated(self, row: Row, terms: Terms, waits: bool = True) -> None:
        """Points of a sale wait until it can no longer be returned; those given by hand do not."""
        usable = row.day + timedelta(days=terms.pending if waits else 0)
        require(row.available == usable, 8, f"{row} can be spent on the wrong day")
        require(row.expires == (terms.lasts(row.day) if terms.months else None), 4, f"{row} ends on the wrong day")

    def debt_is_paid(self, rows: Sequence[Row], came: Sequence[Row], owed: int) -> None:
        """By pairs of rows, −n from what came and +n without lot (rule 6)."""
        due = min(owed, sum(row.points for row in came))
        pairs = [row.points for row in rows if row.kind == "repay"]
        ids = {row.id for row in came}
        require(sum(pairs) == 0, 6, f"the repayments {pairs} are no pairs")
        paid = -sum(row.points for row in rows if row.kind == "repay" and row.lot in ids)
        require(paid == due, 6, f"{due} of what came in were owed, {paid} were paid")

    def returned(self, rows: Sequence[Row], sale: int, back: Mapping[int, int], card: int, owed: int) -> int:
        """A return: earned points go by rule 5, spent ones come back by rule 7. The money due, in minor units."""
        book = self.sales[sale]
        before = book.money_back()
        for line, quantity in back.items():
            book.back[line] += quantity
        expired = sum(self.lots[number].expired for number in book.own)
        taken = [row for row in rows if row.kind == "take_back"]
        due = max(0, book.earned - book.taken - expired - book.target())
        require(-sum(row.points for row in taken) == due, 5, f"{due} points were to go, not {taken}")
        book.taken += due
        given = [row for row in rows if row.kind == "give_back"]
        expected = self._given(book, rows[-1].day) if rows else []
        require([(row.points, row.expires or FOREVER) for row in given] == expected, 7, f"{expected} due, not {given}")
        book.given += sum(row.points for row in given)
        self.gave = tuple(row.id for row in given)
        self.debt_is_paid(rows, given, owed - sum(row.points for row in taken if row.lot is None))
        return book.money_back() - before

    def _given(self, book: SaleBook, day: date) -> list[tuple[int, date]]:
        """The next points to give back: the last spent first, each with the last day it had, or 30 days from now."""
        due, skip, found = max(0, book.spent_back() - book.given), book.given, []
        for _, points, last in reversed(book.spent):
            skipped = min(points, skip)
            skip -= skipped
            now = min(points - skipped, due)
            due -= now
            if now:
                found.append((now, last if last >= day else day + timedelta(days=book.terms.back_days)))
        return found

    def return_taken_back(self, sale: int, back: Mapping[int, int], taken: int, gave: Iterable[int]) -> None:
        """What had ended of the points given back stays given: it is not taken twice, and not given twice."""
        book = self.sales[sale]
        for line, quantity in back.items():
            book.back[line] -= quantity
        book.taken -= taken
        book.given -= sum(self.lots[number].opened.points - self.lots[number].expired for number in gave)

    # what must hold after any act

    def all_is_well(self, cards: Iterable[int], day: date) -> None:
        require(min((lot.left for lot in self.lots.values()), default=0) >= 0, 0, "a lot is below zero")
        self._strangers_left_nothing()
        for card in cards:
            alive = [lot for lot in self.lots_of(card) if lot.left and lot.last >= day]
            require(self.merged or not (self.owed(card) and alive), 6, f"card {card} owes while it holds {alive}")
            rest = sum(self.loose[each] for each in self.family[card])
            require(rest <= 0, 6, f"card {card} holds {rest} points without a lot")
        query = "SELECT sale_id, sum(points) FROM point_entries WHERE kind IN ('earn', 'take_back') GROUP BY sale_id"
        net = dict(self.books.all(query))
        for sale, book in self.sales.items():
            self._sale_is_right(sale, book, net.get(sale, 0))

    def _strangers_left_nothing(self) -> None:
        """Whoever parted from a card has nothing on its lots (rule 11)."""
        if not self.merged:
            return
        drawn: defaultdict[int, int] = defaultdict(int)
        query = "SELECT lot_id, customer_id, sum(points) FROM point_entries WHERE lot_id IS NOT NULL GROUP BY 1, 2"
        for number, card, points in self.books.all(query):
            if card not in self.family[self.lots[number].opened.customer]:
                drawn[number] += points
        require(not any(drawn.values()), 11, f"strangers keep {dict(drawn)} of these lots")

    def _sale_is_right(self, sale: int, book: SaleBook, net: int) -> None:
        """Earned − taken back − expired of its lot is never below 0, and rule 2 of the rest when nothing expired."""
        expired = sum(self.lots[number].expired for number in book.own)
        require(net - expired >= 0, 5, f"sale {sale} has less than nothing: {net - expired}")
        if not expired:
            due = 0 if book.void else book.target()
            require(net == due, 5, f"sale {sale} has {net} points, what remains of it earns {due}")
