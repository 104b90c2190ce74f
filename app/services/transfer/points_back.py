"""Takes back the points of an import: reversing rows on the same lots, customer by customer (points ledger rule 10)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.loyalty.account import Account, Entry, Occasion
from app.domain.loyalty.kinds import PointKind
from app.services.loyalty.accounts import Accounts
from app.services.loyalty.adjusting import following
from app.services.settings import settings
from app.services.transfer.earning import AT_ONCE, add_to_bills, bill_of, settling
from app.services.transfer.uses import Span

_DRAWN_SINCE = text(
    "SELECT e.sale_id FROM point_entries e JOIN point_entries f ON f.lot_id = e.id "
    "WHERE e.id BETWEEN :first AND :last AND e.opens_lot AND f.id > :last AND f.kind <> 'expire' "
    "GROUP BY e.id HAVING sum(f.points) <> 0"
)
_MOVED_SINCE = text(
    "SELECT f.sale_id FROM point_entries f "
    "WHERE f.id > :last AND f.kind IN ('earn', 'take_back') AND f.sale_id IN ("
    "SELECT sale_id FROM point_entries WHERE id BETWEEN :first AND :last AND kind = 'earn') "
    "GROUP BY f.sale_id, f.kind HAVING sum(f.points) <> 0"
)
_CARDS = text("SELECT DISTINCT customer_id FROM point_entries WHERE id BETWEEN :first AND :last")


class PointsBack:
    """The points of one import, on their way back. `span`: what it wrote to the ledger; None for an import without."""

    def __init__(self, session: Session, batch: int, span: Span | None, at: datetime) -> None:
        self._session, self._batch, self._at = session, batch, at
        self._span = span if span and span[0] <= span[1] else None

    def used(self) -> set[int]:
        """Bills whose points somebody has spent since, or a later import has added to or taken from."""
        if self._span is None:
            return set()
        bound = {"first": self._span[0], "last": self._span[1]}
        connection = self._session.connection()
        return {*connection.scalars(_DRAWN_SINCE, bound), *connection.scalars(_MOVED_SINCE, bound)}

    def take(self, bills: Collection[int]) -> None:
        """Reverse what these bills of the import have moved."""
        if self._span is None:
            return
        shop = settings(self._session)
        today = self._at.astimezone(ZoneInfo(shop.timezone)).date()
        accounts = Accounts(self._session, shop)
        bound = {"first": self._span[0], "last": self._span[1]}
        cards = self._session.connection().scalars(_CARDS, bound).all()
        owners = sorted({accounts.owner_of(card) for card in cards})
        for start in range(0, len(owners), AT_ONCE):
            self._reverse(accounts, owners[start : start + AT_ONCE], frozenset(bills), today)

    def _reverse(self, accounts: Accounts, owners: Sequence[int], bills: Collection[int], today: date) -> None:
        opened = accounts.opened(owners)
        for owner, account in opened.items():
            assert self._span is not None
            first, last = self._span
            mine = [entry for entry in account.known if first <= entry.id <= last]
            _Reversal(account, mine, bills, self._at, today).run(settling(self._batch, owner), owner)
        accounts.write(opened.values())
        add_to_bills(self._session, (entry for account in opened.values() for entry in account.new))


class _Reversal:
    """One customer's rows of the import, the last first."""

    def __init__(
        self, account: Account, mine: Sequence[Entry], bills: Collection[int], at: datetime, today: date
    ) -> None:
        self._account, self._at, self._today = account, at, today
        self._mine = mine[::-1]
        self._lots = [entry for entry in self._mine if entry.kind is PointKind.EARN and entry.sale_id in bills]
        self._taken = [
            entry
            for entry in self._mine
            if entry.kind is PointKind.TAKE_BACK and (entry.sale_id in bills or bill_of(entry.operation_id) in bills)
        ]

    def run(self, settling_id: str, owner: int) -> None:
        if not self._lots and not self._taken:
            return
        account = self._account
        account.run_out(self._today)
        for entry in (*self._repaid(), *self._taken):
            account.turn_round(self._on(entry), entry)
        for entry in self._lots:
            account.close_lot(self._on(entry), entry.id)
        account.run_out(self._today)
        account.settle(Occasion(following(settling_id), self._at, self._today, owner))

    def _repaid(self) -> Iterator[Entry]:
        """Pairs by which a lot that goes has paid a debt, or by which a debt that goes was paid."""
        going = {entry.id for entry in self._lots}
        owed = any(entry.lot_id is None for entry in self._taken)
        pairs = [entry for entry in self._mine if entry.kind is PointKind.REPAY]
        for loose, drawn in zip(pairs[::2], pairs[1::2], strict=True):
            lot = self._account.lots[drawn.lot_id or 0]
            if drawn.lot_id in going or (owed and not lot.as_lot(self._at).past(self._today)):
                yield loose
                yield drawn

    def _on(self, entry: Entry) -> Occasion:
        return Occasion(following(entry.operation_id), self._at, self._today, entry.customer_id)
