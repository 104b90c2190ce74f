"""Brings in past sales: the same file again adds nothing, a longer one adds what is new (semantics.md, "Files").

The rows stream through in chunks. Of a file of half a million lines only the keys of its sales and the digests of its
lines are kept in mind; sums of a sale that goes on after its chunk are made anew by the database at the end.
"""

from datetime import datetime
from hashlib import blake2b
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.money import currency
from app.formats.values import Refused
from app.models.customers import Customer
from app.models.products import Product
from app.models.sales import Sale
from app.services import search
from app.services.settings import settings
from app.services.transfer.batches import close_batch, open_batch
from app.services.transfer.bills import CHUNK, Bills
from app.services.transfer.columns import Kind
from app.services.transfer.earning import Earned, earn_for_past
from app.services.transfer.goods import Goods
from app.services.transfer.intake import (
    Tally,
    index_changed_customers,
    index_new_customers,
    no_progress,
    refresh_tiers,
    require_workable,
    rows_of,
    undisturbed,
)
from app.services.transfer.lines import DIGEST, Line, LineReader
from app.services.transfer.outcome import Outcome, Rehearsed, SalesFigures
from app.services.transfer.people import Buyers
from app.services.transfer.plan import Plan, Progress
from app.services.transfer.put_away import PutAway
from app.services.transfer.reading import reopened
from app.services.transfer.taking_back import undo_batch
from app.services.transfer.who_and_when import utc_text


@undisturbed()
def import_sales(
    session: Session,
    plan: Plan,
    *,
    at: datetime,
    earn: bool = False,
    rehearse: bool = False,
    progress: Progress = no_progress,
) -> Outcome:
    """Bring in a file of sales, whole or not at all; every row ends as one of five and keeps its reason.

    With `earn` the new sales of known customers earn points by today's rule; otherwise no point moves.
    Raises ColumnsMissing, DateOrderUnknown, FileRefused; Rehearsed at the end of a dry run.
    """
    require_workable(plan)
    batch = open_batch(session, plan, at)
    intake = _Intake(session, plan, batch, at)
    table = reopened(plan)
    for row in rows_of(table, plan.rows, progress):
        if row.problem is not None:
            intake.tally.refuse(row)
            continue
        try:
            line = intake.reader.read(row.cells)
        except Refused as refusal:
            intake.tally.rejections.append(intake.reader.blame(row.line, row.cells, refusal))
            continue
        intake.take(line)
    intake.settle()
    earned = earn_for_past(session, batch, intake.bills, at, lambda: progress(plan.rows, plan.rows)) if earn else None
    outcome = intake.outcome({str(oddity): count for oddity, count in table.warnings.items()}, earned)
    if rehearse:
        raise Rehearsed(outcome)
    progress(plan.rows, plan.rows)
    index_new_customers(session, intake.new_customers)
    index_changed_customers(session, sorted(intake.put_away.met))
    search.index_products(session, intake.new_products)
    progress(plan.rows, plan.rows)
    written = (*intake.buyers.written(), intake.goods.products, intake.bills.sales, intake.bills.lines)
    spans = {earned.rows.table: earned.span} if earned else None
    close_batch(session, outcome, written, (Customer, Product, Sale), undo_batch, spans=spans)
    refresh_tiers(session, at)
    progress(plan.rows, plan.rows)
    return outcome


class _Intake:
    """The running import of one file of sales."""

    def __init__(self, session: Session, plan: Plan, batch: int, at: datetime) -> None:
        shop = settings(session)
        digits = currency(shop.currency).digits
        self._batch, self.tally = batch, Tally()
        self.reader = LineReader(plan, ZoneInfo(shop.timezone), digits, shop.phone_region, at.year + 1)
        self.buyers = Buyers(session, batch, utc_text(at), shop.phone_region)
        self.goods = Goods(session, batch)
        self.bills = Bills(session, batch, self.goods)
        self.put_away = PutAway(session, batch)
        self._chunk: list[tuple[Line, bytes]] = []
        self._seen: set[bytes] = set()
        self._again: dict[bytes, int] = {}
        self._anonymous = self._returns = 0
        self.new_products: list[int] = []

    @property
    def new_customers(self) -> range:
        rows = self.buyers.customers
        return range(rows.first, rows.next)

    def take(self, line: Line) -> None:
        """Hold a line until its chunk is full."""
        self._chunk.append((line, self._identity(line.identity)))
        if len(self._chunk) >= CHUNK:
            self._take_chunk()

    def settle(self) -> None:
        """Write the rest and settle what only the whole file tells."""
        self._take_chunk()
        self._seen.clear()
        self._again.clear()
        self.new_products = self.goods.settle(self.bills.lines.first)
        self.put_away.show(self.bills.changes)
        self.bills.settle()

    def outcome(self, warnings: dict[str, int], earned: Earned | None) -> Outcome:
        """What came of it."""
        tally = self.tally
        if earned and earned.unmatched:
            warnings["returns_unmatched"] = earned.unmatched
        return Outcome(
            Kind.SALES,
            self._batch,
            tally.created,
            tally.updated,
            tally.unchanged,
            tally.skipped,
            tuple(tally.rejections),
            warnings,
            SalesFigures(
                sales=len(self.bills.sales),
                customers_created=len(self.buyers.customers),
                products_created=len(self.goods.products),
                anonymous_lines=self._anonymous,
                return_lines=self._returns,
                net_total=self.bills.revenue - self.bills.returned,
                points_earned=earned.points if earned else None,
            ),
        )

    def _identity(self, digest: bytes) -> bytes:
        """The digest with the ordinal of the line among its equals in this file; the first of them keeps its own."""
        if digest not in self._seen:
            self._seen.add(digest)
            return digest
        ordinal = self._again.get(digest, 0) + 1
        self._again[digest] = ordinal
        return blake2b(digest + ordinal.to_bytes(4, "big"), digest_size=DIGEST).digest()

    def _take_chunk(self) -> None:
        known = self.bills.known([identity for _, identity in self._chunk])
        for line, identity in self._chunk:
            customer = None if line.buyer is None else self.buyers.id_of(line.buyer)
            if identity in known:
                if self.bills.seen_again(line, customer):
                    self.tally.updated += 1
                else:
                    self.tally.unchanged += 1
                continue
            if customer is not None:
                self.put_away.meet(customer)
            self.tally.created += 1
            self._anonymous += customer is None
            self._returns += line.is_return
            self.bills.add(line, identity, customer)
        self._chunk.clear()
        self.buyers.flush()
        self.goods.products.flush()
        self.bills.flush()
