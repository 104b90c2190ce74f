"""The ledgers of many customers at once: read as accounts, written by the thousand, as an import needs it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.loyalty.account import Account, Entry
from app.domain.loyalty.kinds import PointKind
from app.domain.shop import ShopSettings
from app.models.loyalty import PointEntry
from app.services.customers.families import answering
from app.storage.bulk import BulkRows
from app.storage.unit_of_work import acting_staff

_COLUMNS = (
    "customer_id",
    "at",
    "shop_day",
    "kind",
    "points",
    "sale_id",
    "opens_lot",
    "lot_id",
    "available_from",
    "expires_on",
    "rate",
    "operation_id",
    "ordinal",
)
_LEDGER = text(
    "SELECT id, customer_id, at, shop_day, kind, points, sale_id, opens_lot, lot_id, available_from, expires_on, rate, "
    "operation_id, ordinal FROM point_entries WHERE customer_id IN (SELECT value FROM json_each(:cards)) ORDER BY id"
)
_BY_OTHERS = text(
    "SELECT p.id, p.customer_id, p.at, p.shop_day, p.kind, p.points, p.sale_id, p.opens_lot, p.lot_id, "
    "p.available_from, p.expires_on, p.rate, p.operation_id, p.ordinal, lot.customer_id "
    "FROM point_entries lot JOIN point_entries p ON p.lot_id = lot.id AND p.customer_id <> lot.customer_id "
    "WHERE lot.customer_id IN (SELECT value FROM json_each(:cards))"
)
"""What other cards drew from the lots of these."""
_EVER_MERGED = text("SELECT kept_id FROM customer_merges UNION SELECT gone_id FROM customer_merges")
_MERGED = text("SELECT id FROM customers WHERE merged_into IS NOT NULL")


def owners(session: Session) -> dict[int, int]:
    """Each card that was merged away, with the one that answers for it (semantics.md, points ledger rule 11)."""
    return {card: answering(session, card) for card in session.connection().scalars(_MERGED).all()}


class Accounts:
    """Opens the accounts of some customers after the others, and writes what was posted to them."""

    def __init__(self, session: Session, shop: ShopSettings) -> None:
        self._connection = session.connection()
        self._zone, self._grace = ZoneInfo(shop.timezone), timedelta(days=shop.points_give_back_days)
        self._staff = acting_staff(session)
        self.owners = owners(session)
        self._cards_of: defaultdict[int, list[int]] = defaultdict(list)
        for card, owner in self.owners.items():
            self._cards_of[owner].append(card)
        self._ever_merged = frozenset(self._connection.scalars(_EVER_MERGED))
        self.rows = BulkRows(self._connection, PointEntry, (*_COLUMNS, "staff_id", "reason"))
        self._is_empty = self.rows.first == 1

    def owner_of(self, card: int) -> int:
        return self.owners.get(card, card)

    def cards(self, customers: Iterable[int]) -> list[int]:
        """The cards of these customers: their own and those merged into them."""
        return [card for owner in customers for card in (owner, *self._cards_of.get(owner, ()))]

    def opened(self, customers: Collection[int]) -> Mapping[int, Account]:
        """The accounts of these customers, by the card that answers."""
        accounts = {owner: Account(self._zone, self.rows.take_id, self._grace) for owner in customers}
        if not self._is_empty:
            bound = {"cards": str(self.cards(customers))}
            by_others = self._by_others(customers)
            for row in self._connection.execute(_LEDGER, bound):
                account, entry = accounts[self.owner_of(row[1])], _entry(*row)
                while by_others and by_others[-1][1].id < entry.id:
                    owner, drawn = by_others.pop()
                    accounts[owner].recall_other(drawn)
                account.recall(entry)
            for owner, drawn in reversed(by_others):
                accounts[owner].recall_other(drawn)
        return accounts

    def _by_others(self, customers: Collection[int]) -> list[tuple[int, Entry]]:
        """What cards that answered together once, and have parted, drew from these lots and put back; newest first."""
        cards = self._ever_merged.intersection(self.cards(customers))
        if not cards:
            return []
        rows = self._connection.execute(_BY_OTHERS, {"cards": str(sorted(cards))})
        found = [(self.owner_of(row[-1]), _entry(*row[:-1])) for row in rows]
        parted = [(owner, entry) for owner, entry in found if self.owner_of(entry.customer_id) != owner]
        return sorted(parted, key=lambda each: -each[1].id)

    def write(self, accounts: Iterable[Account], reason: str = "") -> None:
        """Write what was posted; what only ran out has no reason."""
        for account in accounts:
            for entry in account.new:
                said = "" if entry.kind is PointKind.EXPIRE else reason
                self.rows.put((*_stored(entry), self._staff, said))
        self.rows.flush()


def _entry(number: int, customer: int, at: str, day: str, kind: str, points: int, *rest: Any) -> Entry:
    sale, opens_lot, lot, usable, last_day, rate, operation, ordinal = rest
    return Entry(
        number,
        customer,
        datetime.fromisoformat(at),
        date.fromisoformat(day),
        PointKind(kind),
        points,
        sale,
        bool(opens_lot),
        lot,
        _day(usable),
        _day(last_day),
        rate,
        operation,
        ordinal,
    )


def _stored(entry: Entry) -> tuple[Any, ...]:
    number, customer, at, day, kind, points, sale, opens_lot, lot, usable, last_day, *rest = entry
    moment = at.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z"
    days = (usable and usable.isoformat(), last_day and last_day.isoformat())
    return number, customer, moment, day.isoformat(), kind.value, points, sale, int(opens_lot), lot, *days, *rest


@lru_cache(maxsize=1 << 14)
def _day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)
