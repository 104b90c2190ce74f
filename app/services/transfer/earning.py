"""Points for past sales, when the person says so: each bill of an import earns by the rule of today, on its own day.

Returns take points back from the sale they are matched to; a lot whose last day has passed ends at once. Customers are
worked through a few at a time, so that memory does not grow with the file.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.loyalty.account import Account, Entry, Occasion
from app.domain.loyalty.earning import expiry_of
from app.domain.loyalty.kinds import PointKind
from app.domain.loyalty.matching import Match, Matching, match_returns
from app.domain.loyalty.returns import EarnedFor, points_to_take_back, remaining_bases, target
from app.domain.loyalty.spending import available_from
from app.domain.loyalty.terms import read, written
from app.domain.shop_rules import spending_rule
from app.services.loyalty.accounts import Accounts
from app.services.loyalty.rules import earning_rules, rates_by_product
from app.services.sales.past_lines import PastLine
from app.services.settings import settings
from app.services.transfer.bills import Bills
from app.services.transfer.past_bills import PastBill, PastBills
from app.storage.bulk import BulkRows

AT_ONCE = 200
"""Customers worked through together."""
_MOVED = "UPDATE sales SET points_earned = points_earned + ? WHERE id = ?"
Told = TypeVar("Told", PastBill, PastLine)
_OF_BILLS = frozenset({PointKind.EARN, PointKind.TAKE_BACK})


@dataclass
class Earned:
    """What came of it: points earned, before returns took any, and returned lines whose sale is not in the shop."""

    rows: BulkRows
    points: int = 0
    unmatched: int = 0

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last id written to the ledger; the last before the first where there was nothing.

        Kept even then: it says that the lines of this import earn, when a later one makes a bill longer.
        """
        return self.rows.first, self.rows.next - 1


def earn_for_past(session: Session, batch: int, bills: Bills, at: datetime, told: Callable[[], None]) -> Earned:
    """Post the points of the import's bills. `told` is called after every few customers and may stop it by raising."""
    work = _Earning(session, batch, bills, at)
    customers = work.customers()
    for start in range(0, len(customers), AT_ONCE):
        work.earn(customers[start : start + AT_ONCE])
        told()
    return work.earned


def operation(batch: int, bill: int) -> str:
    """The posting of one bill of one import: the same again after a crash, never a second time."""
    return f"import:{batch}:{bill}"


def settling(batch: int, owner: int) -> str:
    """The posting by which an import pays what this customer owes from what they hold."""
    return f"import:{batch}:{owner}:0"


def bill_of(operation_id: str) -> int:
    """The bill a posting belongs to; 0 for what settles an account."""
    return int(operation_id.split("~")[0].rpartition(":")[2])


def add_to_bills(session: Session, entries: Iterable[Entry]) -> None:
    """Let each bill tell the points it moved: earned, less what it took back of others (`Sale.points_earned`)."""
    moved: defaultdict[int, int] = defaultdict(int)
    for entry in entries:
        if entry.kind in _OF_BILLS:
            moved[bill_of(entry.operation_id)] += entry.points
    if moved:
        session.connection().exec_driver_sql(_MOVED, [(points, bill) for bill, points in sorted(moved.items())])


@dataclass
class _Kept:
    """The lines of one sale that earn, and how much of each has come back."""

    lines: list[PastLine] = field(default_factory=list)
    back: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def products(self) -> list[int | None]:
        return [line.goods.product_id if line.goods else None for line in self.lines]

    def target(self, terms: EarnedFor) -> int:
        """What the sale would have earned had only the kept part been bought."""
        back, quantities = [self.back[line.id] for line in self.lines], [line.quantity for line in self.lines]
        bases = remaining_bases([line.base for line in self.lines], back, quantities)
        return target(bases, self.products, back == quantities, terms)


class _Return(NamedTuple):
    """What one bill brings back of one sale."""

    at: datetime
    bill: PastLine
    sale: int
    matches: tuple[Match, ...]


_Event = tuple[datetime, bool, int, PastBill | _Return]
"""At the same moment a bill earns before a return takes."""


class _Earning:
    """The running posting of one import."""

    def __init__(self, session: Session, batch: int, bills: Bills, at: datetime) -> None:
        shop = settings(session)
        self._session, self._batch, self._at = session, batch, at
        self._today = at.astimezone(ZoneInfo(shop.timezone)).date()
        self._rule = spending_rule(shop)
        self._rules = earning_rules(session, self._today)
        self._own_rates = rates_by_product(session, self._rules)
        self._accounts = Accounts(session, shop)
        self._shop = PastBills(session, batch, bills.sales, bills.lines, bills.longer)
        self.earned = Earned(self._accounts.rows)

    def customers(self) -> list[int]:
        """Who answers for the buyers of the import."""
        return sorted({self._accounts.owner_of(card) for card in self._shop.buyers()})

    def earn(self, customers: Sequence[int]) -> None:
        """Post what these customers earned, and what their returns took."""
        accounts, cards = self._accounts.opened(customers), self._accounts.cards(customers)
        bills = self._by_owner(self._shop.bills(cards))
        owners = {self._accounts.owner_of(card) for card in self._shop.returners(cards)}
        lines = self._by_owner(self._shop.lines(self._accounts.cards(owners))) if owners else {}
        for owner, account in accounts.items():
            self._post(owner, account, bills.get(owner, []), lines.get(owner, []))
        self._accounts.write(accounts.values())
        entries = [entry for account in accounts.values() for entry in account.new]
        self.earned.points += sum(entry.points for entry in entries if entry.kind is PointKind.EARN)
        add_to_bills(self._session, entries)

    def _by_owner(self, found: Iterable[Told]) -> Mapping[int, list[Told]]:
        groups: defaultdict[int, list[Told]] = defaultdict(list)
        for one in found:
            groups[self._accounts.owner_of(one.customer_id)].append(one)
        return groups

    def _post(self, owner: int, account: Account, bills: Sequence[PastBill], lines: Sequence[PastLine]) -> None:
        """One customer, in the order of the days."""
        matching = match_returns(line.goods for line in lines if line.goods is not None)
        self.earned.unmatched += sum(self._is_open(line, matching) for line in lines)
        kept = self._kept(lines, matching)
        returns = list(self._returns(lines, matching))
        events: list[_Event] = [(bill.at, False, bill.id, bill) for bill in bills]
        events += [(found.at, True, place, found) for place, found in enumerate(returns)]
        for _, _, _, event in sorted(events, key=lambda event: event[:3]):
            if isinstance(event, PastBill):
                self._earn(account, event)
            else:
                self._take_back(account, event, kept)
        if account.new:
            account.run_out(self._today)
            account.settle(Occasion(settling(self._batch, owner), self._at, self._today, owner))

    def _is_open(self, line: PastLine, matching: Matching) -> bool:
        """Whether the import brought back here what the shop never sold."""
        is_new_return = line.quantity < 0 and line.import_no == self._shop.this_import
        return is_new_return and (line.goods is None or line.id in matching.unmatched)

    def _kept(self, lines: Sequence[PastLine], matching: Matching) -> Mapping[int, _Kept]:
        """The sales as they stood before the import, by number."""
        kept: defaultdict[int, _Kept] = defaultdict(_Kept)
        for line in lines:
            if line.earns and line.quantity > 0:
                kept[line.sale_id].lines.append(line)
                kept[line.sale_id].back[line.id] = line.back
        for match in matching.matches:
            if match.import_no < self._shop.this_import:
                kept[match.sold.sale_id].back[match.sold.id] += match.quantity
        return kept

    def _returns(self, lines: Sequence[PastLine], matching: Matching) -> Iterator[_Return]:
        """What is brought back now, bill by bill and sale by sale, in the order of the days."""
        by_id = {line.id: line for line in lines if line.quantity < 0}
        now = [match for match in matching.matches if match.import_no == self._shop.this_import]
        now.sort(key=lambda match: (match.back.at, match.back.sale_id, match.sold.sale_id))
        for (_, sale), found in groupby(now, key=lambda match: (match.back.sale_id, match.sold.sale_id)):
            matches = tuple(found)
            yield _Return(matches[0].back.at, by_id[matches[0].back.id], sale, matches)

    def _terms(self, account: Account, sale: int, products: Iterable[int | None]) -> EarnedFor:
        """A sale keeps the terms of its first points (semantics.md, points ledger rule 9), and has no multiplier."""
        rate = account.rates.get(sale)
        if rate is not None:
            return read(rate, self._rule.minor_digits)
        own = {product: self._own_rates[product] for product in products if product in self._own_rates}
        return EarnedFor(self._rules.per_unit, (), self._rule.minor_digits, self._rules.per_visit, own)

    def _earn(self, account: Account, bill: PastBill) -> None:
        """What all lines of the bill that earn come to, less what it earned before."""
        account.run_out(bill.day)
        terms = self._terms(account, bill.id, bill.products)
        points = target(bill.bases, bill.products, not bill.bases, terms) - account.earned[bill.id]
        if points > 0:
            on = Occasion(operation(self._batch, bill.id), bill.at, bill.day, bill.customer_id)
            usable, last_day = available_from(bill.day, self._rule), expiry_of(bill.day, self._rule.expiry_months)
            account.open_lot(on, PointKind.EARN, points, bill.id, usable, last_day, written(terms))

    def _take_back(self, account: Account, returned: _Return, kept: Mapping[int, _Kept]) -> None:
        bill, sale = returned.bill, returned.sale
        account.run_out(bill.day)
        held = kept.get(sale, _Kept())
        for match in returned.matches:
            held.back[match.sold.id] += match.quantity
        left = held.target(self._terms(account, sale, held.products))
        points = points_to_take_back(account.earned[sale], account.taken[sale], account.expired_of(sale), left)
        if points:
            on = Occasion(operation(self._batch, bill.sale_id), bill.at, bill.day, bill.customer_id)
            account.take_back(on, PointKind.TAKE_BACK, points, sale)
