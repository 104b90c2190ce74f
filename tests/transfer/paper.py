"""The points of a file of sales worked out on paper: plain sums from the rules, nothing of the program's own."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction


@dataclass(frozen=True)
class Row:
    """One line of a file: money in minor units, whole pieces; below 0 pieces: brought back."""

    invoice: str
    product: str
    pieces: int
    day: date
    price: int
    customer: str

    def cells(self) -> str:
        price = f"{self.price // 100}.{self.price % 100:02}"
        return f"{self.invoice},{self.product},{self.product},{self.pieces},{self.day} 10:00,{price},{self.customer}"


HEAD = "单号,商品编码,品名,数量,日期,单价,会员号"


def text_of(rows: Sequence[Row]) -> str:
    return "\n".join([HEAD, *(row.cells() for row in rows)])


def last_day(day: date, months: int = 12) -> date:
    """The end of the `months`-th month after."""
    ahead = day.year * 12 + day.month - 1 + months + 1
    return date(ahead // 12, ahead % 12 + 1, 1) - timedelta(days=1)


@dataclass
class Sold:
    row: Row
    left: int


class Paper:
    """One customer whose bills come in one file, nothing spent and nothing owed before; a point a unit."""

    def __init__(self, rows: Sequence[Row], today: date, rate: Fraction = Fraction(1), visit: int = 0) -> None:
        self.rate, self.visit, self.today = rate, visit, today
        self.moves: list[tuple[date, str, str, int]] = []
        """Day, kind, invoice, points."""
        self.unmatched = 0
        self.sold: defaultdict[str, list[Sold]] = defaultdict(list)
        self.lots: dict[str, int] = {}
        self.ends: dict[str, date] = {}
        self.debt = 0
        for day in sorted({row.day for row in rows}):
            self.let_end(day)
            self.sell([row for row in rows if row.day == day and row.pieces > 0])
            self.bring_back([row for row in rows if row.day == day and row.pieces < 0])
        self.let_end(today)

    @property
    def balance(self) -> int:
        return sum(points for *_, points in self.moves)

    def sum_of(self, kind: str, invoice: str) -> int:
        return sum(points for _, what, whose, points in self.moves if (what, whose) == (kind, invoice))

    def worth(self, invoice: str) -> int:
        """Rule 2 over what the customer keeps of a bill."""
        kept = sum(Fraction(line.row.price * line.left, 100) for line in self.sold[invoice])
        something = any(line.left for line in self.sold[invoice])
        return int(kept * self.rate) + (self.visit if something else 0)

    def let_end(self, day: date) -> None:
        for invoice in sorted(self.lots, key=lambda one: self.ends[one]):
            if self.ends[invoice] < day and self.lots[invoice]:
                self.moves.append((self.ends[invoice] + timedelta(days=1), "expire", invoice, -self.lots[invoice]))
                self.lots[invoice] = 0

    def sell(self, rows: Sequence[Row]) -> None:
        for row in rows:
            if row.price:
                self.sold[row.invoice].append(Sold(row, row.pieces))
        for invoice in dict.fromkeys(row.invoice for row in rows):
            points, day = self.worth(invoice), rows[0].day
            if points:
                repaid = min(points, self.debt)
                self.debt -= repaid
                self.moves.append((day, "earn", invoice, points))
                self.lots[invoice], self.ends[invoice] = points - repaid, last_day(day)

    def bring_back(self, rows: Sequence[Row]) -> None:
        touched: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            left = -row.pieces if row.price else 0
            bills = [(bill, line) for bill in reversed(self.sold) for line in reversed(self.sold[bill])]
            for bill, line in bills:
                if line.row.product == row.product and line.left and left:
                    part = min(left, line.left)
                    left, line.left = left - part, line.left - part
                    touched[row.invoice].add(bill)
            self.unmatched += left > 0
        for bill in dict.fromkeys(bill for bills in touched.values() for bill in bills):
            earned, taken = self.sum_of("earn", bill), -self.sum_of("take_back", bill)
            points = max(0, earned - taken + self.sum_of("expire", bill) - self.worth(bill))
            if points:
                self.moves.append((rows[0].day, "take_back", bill, -points))
                self.draw(bill, points, rows[0].day)

    def draw(self, own: str, points: int, day: date) -> None:
        alive = [one for one in self.lots if self.ends[one] >= day]
        for invoice in sorted(alive, key=lambda one: (one != own, self.ends[one])):
            part = min(points, self.lots[invoice])
            self.lots[invoice], points = self.lots[invoice] - part, points - part
        self.debt += points
