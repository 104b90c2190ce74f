"""Rules 5 to 7 of the points ledger on whole stories, every row of them worked out by hand (semantics.md)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import pytest

from app.domain.loyalty.kinds import PointKind
from app.domain.loyalty.rules import EarningRules
from app.domain.loyalty.spending import SpendingRule
from tests.loyalty.ledger_book import Book

EARN, REDEEM, EXPIRE, TAKE_BACK, GIVE_BACK, REPAY = (
    PointKind.EARN,
    PointKind.REDEEM,
    PointKind.EXPIRE,
    PointKind.TAKE_BACK,
    PointKind.GIVE_BACK,
    PointKind.REPAY,
)


class Sold(NamedTuple):
    lines: Sequence[tuple[int, int]]
    """Minor units and pieces."""
    points: int = 0


class Back(NamedTuple):
    sale: int
    """The first is 0."""
    pieces: Sequence[int]
    """Of each line, on top of what came back before."""


class Told(NamedTuple):
    """What stands in the ledger after an act: its new rows (day, kind, points, lot), and what is held and owed."""

    rows: Sequence[tuple[str, PointKind, int, int | None]]
    balance: int
    debt: int = 0
    money: int = 0
    """Minor units that have gone back for the sale so far."""


Story = list[tuple[str, Sold | Back, Told]]

IN_PARTS: Story = [
    # ¥100.50, and three cups for ¥60.20: 160.70 × 1.5 × 2 = 482.1, and 5 for the visit.
    ("01-20", Sold([(10050, 1), (6020, 3)]), Told([("01-20", EARN, 487, 1)], 487)),
    # One cup is ¥20.07 of ¥60.20; 140.63 are kept: 421.89 + 5. 487 − 426 go.
    ("01-25", Back(0, [0, 1]), Told([("01-25", TAKE_BACK, -61, 1)], 426, money=2007)),
    # Two cups are ¥40.13, the second ¥20.06 of it; 120.57 are kept: 361.71 + 5. 487 − 61 − 366 go.
    ("01-26", Back(0, [0, 1]), Told([("01-26", TAKE_BACK, -60, 1)], 366, money=4013)),
    # The rest, and with it the points for the visit.
    ("01-27", Back(0, [1, 1]), Told([("01-27", TAKE_BACK, -366, 1)], 0, money=16070)),
]

EXPIRY_BETWEEN: Story = [
    # 200 × 1.5; points last to the end of the month.
    ("01-20", Sold([(20000, 2)]), Told([("01-20", EARN, 300, 1)], 300)),
    # 100 points pay ¥1; 99 × 1.5 = 148.5.
    ("01-25", Sold([(10000, 1)], 100), Told([("01-25", REDEEM, -100, 1), ("01-25", EARN, 148, 2)], 348)),
    # What was left ended in the night to 1 February. 300 − 200 expired − 150 for the kept half is below nothing.
    (
        "02-03",
        Back(0, [1]),
        Told([("02-01", EXPIRE, -200, 1), ("02-01", EXPIRE, -148, 2)], 0, money=10000),
    ),
    # 300 − 200 are the 100 that were spent: nobody holds them any more, so they are owed.
    ("02-03", Back(0, [1]), Told([("02-03", TAKE_BACK, -100, None)], -100, 100, money=20000)),
    # All 148 have expired, none is taken. The 100 spent come back for thirty days, and pay what is owed.
    (
        "02-03",
        Back(1, [1]),
        Told([("02-03", GIVE_BACK, 100, 3), ("02-03", REPAY, -100, 3), ("02-03", REPAY, 100, None)], 0, money=9900),
    ),
]

DEBT_AND_REPAYMENT: Story = [
    ("01-20", Sold([(40000, 4)]), Told([("01-20", EARN, 600, 1)], 600)),
    # 500 points pay ¥5; 295 × 1.5 = 442.5.
    ("01-21", Sold([(30000, 1)], 500), Told([("01-21", REDEEM, -500, 1), ("01-21", EARN, 442, 2)], 542)),
    # 600 go: what is left of their own lot, then the other, then into debt.
    (
        "01-22",
        Back(0, [4]),
        Told(
            [("01-22", TAKE_BACK, -100, 1), ("01-22", TAKE_BACK, -442, 2), ("01-22", TAKE_BACK, -58, None)],
            -58,
            58,
            money=40000,
        ),
    ),
    # 20 × 1.5 pay 30 of the 58.
    (
        "01-23",
        Sold([(2000, 1)]),
        Told([("01-23", EARN, 30, 3), ("01-23", REPAY, -30, 3), ("01-23", REPAY, 30, None)], -28, 28),
    ),
    # 442 go first, all of them into debt: 28 + 442. Then 500 come back and pay the 470; 30 are left, those of the 23rd.
    (
        "01-24",
        Back(1, [1]),
        Told(
            [
                ("01-24", TAKE_BACK, -442, None),
                ("01-24", GIVE_BACK, 500, 4),
                ("01-24", REPAY, -470, 4),
                ("01-24", REPAY, 470, None),
            ],
            30,
            money=29500,
        ),
    ),
]

LAST_SPENT_FIRST: Story = [
    ("01-20", Sold([(10000, 1)]), Told([("01-20", EARN, 150, 1)], 150)),
    ("02-20", Sold([(20000, 1)]), Told([("02-20", EARN, 300, 2)], 450)),
    # ¥500 and five for ¥250; 400 points pay ¥4, ¥2.67 and ¥1.33 of it: 746 × 1.5 = 1,119.
    (
        "03-01",
        Sold([(50000, 1), (25000, 5)], 400),
        Told([("03-01", REDEEM, -150, 1), ("03-01", REDEEM, -250, 2), ("03-01", EARN, 1119, 3)], 1169),
    ),
    # Two of five: ¥99.47 of ¥248.67; 646.53 × 1.5 = 969.795. 53 of the line's 133 points, out of the 250.
    (
        "03-05",
        Back(2, [0, 2]),
        Told([("03-05", TAKE_BACK, -150, 3), ("03-05", GIVE_BACK, 53, 4)], 1072, money=9947),
    ),
    # Its ¥497.33 and 267 points: 197 are left of the 250, 70 of the 150. 149.20 × 1.5 = 223.8 stay.
    (
        "03-06",
        Back(2, [1, 0]),
        Told(
            [("03-06", TAKE_BACK, -746, 3), ("03-06", GIVE_BACK, 197, 5), ("03-06", GIVE_BACK, 70, 6)],
            593,
            money=59680,
        ),
    ),
]

PARTLY_EXPIRED: Story = [
    # Two for ¥100 at 2 × 1.5; points last to the end of the next month.
    ("01-20", Sold([(10000, 2)]), Told([("01-20", EARN, 300, 1)], 300)),
    # Half of it comes back in time: 300 − 150.
    ("01-21", Back(0, [1]), Told([("01-21", TAKE_BACK, -150, 1)], 150, money=5000)),
    # 50 × 2 × 1.5; it lasts a month longer.
    ("02-10", Sold([(5000, 1)]), Told([("02-10", EARN, 150, 2)], 300)),
    # 150 ended with February. 300 − 150 − 150 expired − 0: the other half takes nothing, and nothing of the other sale.
    ("03-02", Back(0, [1]), Told([("03-01", EXPIRE, -150, 1)], 150, money=10000)),
    # Nothing of the second sale has expired.
    ("03-02", Back(1, [1]), Told([("03-02", TAKE_BACK, -150, 2)], 0, money=5000)),
]


def follow(book: Book, story: Story) -> None:
    """Play the story, and hold each act against what is told of it."""
    for day, act, told in story:
        before, on = len(book.rows), date.fromisoformat(f"2026-{day}")
        if isinstance(act, Sold):
            book.sell(on, [amount for amount, _ in act.lines], [pieces for _, pieces in act.lines], act.points // 100)
            money = 0
        else:
            book.bring_back(on, act.sale, act.pieces)
            money = book.sales[act.sale].money_back
        rows = [(f"{row.day:%m-%d}", row.kind, row.points, row.lot) for row in book.rows[before:]]
        assert Told(rows, book.balance, book.debt, money) == told, (day, act)


@pytest.mark.parametrize(
    ("expiry_months", "per_visit", "factors", "story"),
    [
        pytest.param(12, 5, ("1.5", "2"), IN_PARTS, id="in parts"),
        pytest.param(0, 0, ("1.5",), EXPIRY_BETWEEN, id="expiry between"),
        pytest.param(12, 0, ("1.5",), DEBT_AND_REPAYMENT, id="debt and repayment"),
        pytest.param(12, 0, ("1.5",), LAST_SPENT_FIRST, id="last spent first"),
        pytest.param(1, 0, ("2", "1.5"), PARTLY_EXPIRED, id="partly expired"),
    ],
)
def test_a_story_row_by_row(expiry_months: int, per_visit: int, factors: tuple[str, ...], story: Story) -> None:
    follow(Book(SpendingRule(expiry_months=expiry_months), EarningRules(per_visit=per_visit), factors), story)


@pytest.mark.parametrize(
    ("story", "lasts"),
    [
        # Lots 4 and 5 stand for the second, 6 for the first.
        (LAST_SPENT_FIRST, {4: date(2027, 2, 28), 5: date(2027, 2, 28), 6: date(2027, 1, 31)}),
        (DEBT_AND_REPAYMENT, {4: date(2027, 1, 31)}),
    ],
)
def test_what_comes_back_keeps_its_last_day(story: Story, lasts: dict[int, date]) -> None:
    book = Book(SpendingRule())
    follow(book, story)
    assert {number: book.opened[number][1] for number in lasts} == lasts


def test_what_comes_back_after_its_last_day_has_thirty_days() -> None:
    book = Book(SpendingRule(expiry_months=0))
    follow(book, EXPIRY_BETWEEN)
    assert book.opened[3][1] == date(2026, 3, 5)
