"""Takes an import back: what it created goes, what it changed is restored, what was used since stays and is told."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, select, text, update
from sqlalchemy.orm import Session

from app.domain.member_cards import CardEventKind
from app.models.base import UtcMoment
from app.models.complaints import Complaint, ComplaintEvent
from app.models.customers import (
    Consent,
    Customer,
    CustomerAddress,
    CustomerDate,
    CustomerEmail,
    CustomerPhone,
    CustomerPhoto,
    CustomerTag,
    CustomValue,
    FieldCheck,
    Household,
)
from app.models.every import Base
from app.models.followup_series import FollowUpSeries
from app.models.followups import FollowUp
from app.models.interactions import Interaction
from app.models.loyalty import PointEntry
from app.models.member_cards import MemberCardEvent
from app.models.products import Product
from app.models.sales import Sale, SaleLine
from app.models.transfer import ImportBatch, ImportChange
from app.services import search
from app.services.transfer.balances_back import take_balances_back
from app.services.transfer.batches import AUDIT
from app.services.transfer.intake import index_changed_customers, no_progress, refresh_tiers, shop_day
from app.services.transfer.outcome import BatchUndone, BatchUnknown, Rehearsed
from app.services.transfer.plan import Progress
from app.services.transfer.points_back import PointsBack
from app.services.transfer.sums import renew_sums
from app.services.transfer.uses import Span, Uses, among, delete_span, table_of
from app.services.transfer.who_and_when import utc_text
from app.storage import journal, search_index
from app.storage.unit_of_work import acting_staff

_PARTS = (CustomerPhone, CustomerEmail, CustomerAddress, CustomerTag, CustomerDate, Consent, CustomValue, FieldCheck)
_TITLES: dict[type[Base], str] = {
    Customer: "name",
    Product: "name",
    Sale: "number",
    Complaint: "words",
    Interaction: "summary",
    FollowUp: "text",
}
_SERIES_USED = text(
    "SELECT series_id FROM followups f WHERE series_id BETWEEN :first AND :last AND EXISTS ("
    "SELECT 1 FROM audit_entries WHERE id > :after AND table_name = 'followups' AND row_id = CAST(f.id AS TEXT) "
    "AND action <> 'followups.extend_series') "
    "UNION SELECT series_id FROM followup_gaps g WHERE series_id BETWEEN :first AND :last AND EXISTS ("
    "SELECT 1 FROM audit_entries WHERE id > :after AND table_name = 'followup_gaps' AND row_id = CAST(g.id AS TEXT)) "
    "UNION SELECT CAST(row_id AS INTEGER) FROM audit_entries WHERE id > :after AND table_name = 'followup_series' "
    "AND CAST(row_id AS INTEGER) BETWEEN :first AND :last"
)
"""Series of which somebody has changed, done or taken out a day since; that days were written ahead is no use."""
_RETOUCHED = text("SELECT 1 FROM audit_entries WHERE id > :after AND table_name = :name AND row_id = :row LIMIT 1")
_UNCHECK = text("UPDATE field_checks SET checked_on = :before WHERE id = :id AND checked_on = :after")
_WENT_ON = text("SELECT 1 FROM complaint_events WHERE complaint_id = :case AND id > :last")
_STEPS_BACK = text(
    "INSERT INTO complaint_events (complaint_id, at, state, staff_id, note, takes_back_id) "
    "SELECT complaint_id, max(at, :at), state, :staff, note, id FROM complaint_events "
    "WHERE complaint_id = :case AND id BETWEEN :first AND :last ORDER BY id DESC"
)
_BOOKED = text(
    "SELECT customer_id FROM point_entries WHERE customer_id BETWEEN :first AND :last UNION "
    "SELECT customer_id FROM member_card_events WHERE customer_id BETWEEN :first AND :last"
)
_CARDS = text(
    "SELECT number, customer_id FROM member_card_events e WHERE id BETWEEN :first AND :last "
    "AND id = (SELECT max(id) FROM member_card_events WHERE number = e.number)"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that stays because it was used or changed since: its kind (customer, product, sale), id and title."""

    kind: str
    id: int
    title: str


@dataclass(frozen=True, slots=True)
class TakenBack:
    """How many rows of the import are gone again (customers, products, sales and their lines), and what stays."""

    removed: int
    kept: tuple[Kept, ...]
    archived: int = 0
    """Customers of the import who are put in the archive: their points came and went, and no ledger is erased."""


def undo_batch(
    session: Session,
    batch_id: int,
    *,
    at: datetime | None = None,
    rehearse: bool = False,
    progress: Progress = no_progress,
) -> TakenBack:
    """Take an import back. What was used since stays and is listed; `progress` may stop it between its steps.

    Raises BatchUnknown, BatchUndone; with `rehearse` nothing is changed and Rehearsed carries the answer.
    """
    batch = session.get(ImportBatch, batch_id)
    if batch is None:
        raise BatchUnknown(batch=batch_id)
    if batch.undone_at is not None:
        raise BatchUndone(batch=batch_id)
    moment = at or journal.journal_of(session).at
    work = _TakingBack(session, batch_id, batch.ranges, moment)
    work.run(progress)
    answer = TakenBack(work.removed, tuple(work.kept), work.archived)
    if rehearse:
        raise Rehearsed(answer)
    session.connection().execute(update(ImportBatch).where(ImportBatch.id == batch_id).values(undone_at=moment))
    session.expire(batch)
    work.index()
    journal.note_batch(session, ImportBatch, {"batch": batch_id, "removed": answer.removed, "kept": len(answer.kept)})
    journal.journal_of(session).features.update(
        {"customers", "products", "sales", "complaints", "interactions", "followups", "loyalty", "rewards"}
    )
    journal.not_taken_back(session)
    refresh_tiers(session, moment)
    return answer


class _TakingBack:
    """The running undo of one import."""

    def __init__(self, session: Session, batch: int, ranges: Mapping[str, Any], at: datetime) -> None:
        self._session, self._batch, self._at = session, batch, at
        self._connection: Connection = session.connection()
        self._staff = acting_staff(session)
        self._spans: dict[str, Span] = {table: (span[0], span[1]) for table, span in ranges.items() if table != AUDIT}
        self._audit = int(ranges.get(AUDIT, 0))
        self._uses = Uses(self._connection, batch, self._audit, self._spans)
        self._points = PointsBack(session, batch, self._spans.get(PointEntry.__tablename__), at)
        self._told: Callable[[], None] = partial(no_progress, 0)
        self.removed = self.archived = 0
        self.kept: list[Kept] = []
        self._gone: dict[type[Base], list[int]] = {}
        self._changed: set[int] = set()
        self._changed_goods: set[int] = set()

    def run(self, progress: Progress) -> None:
        """Children before parents, so that what is still pointed at is known."""
        steps = (
            self._take_sales,
            self._take_logs,
            self._take_balances,
            self._take_parts,
            self._restore,
            self._take_customers,
            self._take_member_cards,
            self._take_homes,
            self._take_goods,
        )
        for count, step in enumerate(steps):
            self._told = partial(progress, count, len(steps))
            self._told()
            step()

    def index(self) -> None:
        """Let search forget what is gone, and learn again what was restored."""
        for kind, name in ((Customer, "customer"), (Product, "product"), (Complaint, "complaint")):
            search_index.remove(self._connection, name, self._gone.get(kind, []))
        index_changed_customers(self._session, sorted(self._changed - set(self._gone.get(Customer, []))))
        search.index_products(self._session, sorted(self._changed_goods))

    def _take_sales(self) -> None:
        """A bill the ledger speaks of stays, empty and marked, as a sale of the till does that is taken back."""
        span = self._spans.get(SaleLine.__tablename__)
        if span is None:
            return
        used = self._uses.of(Sale, but=(SaleLine, PointEntry)) | self._points.used() | self._uses.brought_back()
        lines = table_of(SaleLine)
        gone = delete(lines).where(lines.c.id.between(*span), ~among(lines.c.sale_id, used))
        sales = list(self._connection.scalars(gone.returning(lines.c.sale_id)))
        self.removed += len(sales)
        bills, touched = table_of(Sale), set(sales)
        left = exists().where(lines.c.sale_id == bills.c.id)
        self._points.take(touched)
        booked = exists().where(table_of(PointEntry).c.sale_id == bills.c.id)
        mine = (bills.c.batch_id == self._batch, among(bills.c.id, touched), ~left)
        marked = update(bills).where(*mine, booked).values(voided_at=self._at)
        self.removed += self._connection.execute(marked).rowcount
        self.removed += self._connection.execute(delete(bills).where(*mine, ~booked)).rowcount
        self._keep(Sale, used)
        renew_sums(self._session, touched)

    def _take_logs(self) -> None:
        """What was written of contacts, complaints and things to do; the steps of a case go with it."""
        self._take(FollowUp, self._uses.of(FollowUp), self._take_series())
        self._take(Interaction, self._uses.of(Interaction))
        span = self._spans.get(Complaint.__tablename__)
        if span is not None:
            used = self._uses.of(Complaint, parts=(ComplaintEvent,))
            self._take(Complaint, used)

    def _take_series(self) -> set[int]:
        """Series go with all their days, or stay with all of them; the days that stay."""
        span, days = self._spans.get(FollowUpSeries.__tablename__), table_of(FollowUp)
        if span is None:
            return set()
        used = set(self._connection.scalars(_SERIES_USED, {**_bound(span), "after": self._audit}))
        mine = days.c.series_id.between(*span)
        self._connection.execute(delete(days).where(mine, ~among(days.c.series_id, used)))
        self.removed += len(delete_span(self._connection, FollowUpSeries, span, used))
        return set(self._connection.scalars(select(days.c.id).where(mine)))

    def _take_balances(self) -> None:
        """Balances brought along: reversed where nobody has used them since."""
        today = shop_day(self._session, self._at)
        gone, kept = take_balances_back(self._session, self._spans, self._at, today, self._told)
        self.removed += gone
        self._keep(Customer, kept)

    def _take_parts(self) -> None:
        """Phones, tags and the like that were added to people who had been there before."""
        own = self._spans.get(Customer.__tablename__, (0, -1))
        for part in _PARTS:
            span = self._spans.get(part.__tablename__)
            if span is not None:
                rows = table_of(part)
                gone = delete(rows).where(
                    rows.c.id.between(*span),
                    ~rows.c.customer_id.between(*own),
                    ~among(rows.c.id, self._uses.touched(part)),
                )
                self._changed.update(self._connection.scalars(gone.returning(rows.c.customer_id)))

    def _take_customers(self) -> None:
        """Whoever has a ledger goes to the archive, whoever has none goes altogether."""
        span = self._spans.get(Customer.__tablename__)
        if span is None:
            return
        own = (*_PARTS, Customer, MemberCardEvent)
        used = self._uses.of(Customer, but=(Sale, PointEntry, CustomerPhoto), parts=own)
        used |= self._uses.buyers() | self._uses.pictured()
        booked = set(self._connection.scalars(_BOOKED, _bound(span))) - used
        used |= self._uses.who_brought(used | booked) - booked
        people = table_of(Customer)
        hidden = update(people).where(among(people.c.id, booked)).values(archived_at=self._at)
        self.archived = self._connection.execute(hidden).rowcount
        self._changed.update(booked)
        self._take_consents(span, used | booked)
        self._gone[Customer] = delete_span(self._connection, Customer, span, used | booked)
        self.removed += len(self._gone[Customer])
        self._keep(Customer, used)

    def _take_member_cards(self) -> None:
        """The issue of each is taken back by another entry, unless something happened to it since."""
        span = self._spans.get(MemberCardEvent.__tablename__)
        kept = {person.id for person in self.kept if person.kind == "customer"}
        for number, customer in self._connection.execute(_CARDS, _bound(span)).all() if span else ():
            if customer not in kept:
                taken = {"kind": CardEventKind.WITHDRAWN, "batch_id": self._batch, "staff_id": self._staff}
                row = {"at": self._at, "customer_id": customer, "number": number, "reason": "", "replaced_by": ""}
                self._connection.execute(insert(MemberCardEvent).values(**row, **taken))
                self._changed.add(customer)

    def _take_consents(self, people: Span, but: Collection[int]) -> None:
        """Of people who go; unlike their phones, consents do not go with them by themselves."""
        span = self._spans.get(Consent.__tablename__)
        if span is not None:
            rows = table_of(Consent)
            whose = rows.c.customer_id.between(*people) & ~among(rows.c.customer_id, but)
            self._connection.execute(delete(rows).where(rows.c.id.between(*span), whose))

    def _take_homes(self) -> None:
        """Households the import made, and that nobody is left in."""
        span = self._spans.get(Household.__tablename__)
        if span is not None:
            delete_span(self._connection, Household, span, self._uses.of(Household))

    def _take_goods(self) -> None:
        self._take(Product, self._uses.of(Product))

    def _take(self, kind: type[Base], used: Collection[int], besides: Collection[int] = ()) -> None:
        """`used` stays and is told, what stands `besides` stays without a word."""
        span = self._spans.get(kind.__tablename__)
        if span is not None:
            self._gone[kind] = delete_span(self._connection, kind, span, {*used, *besides})
            self.removed += len(self._gone[kind])
            self._keep(kind, used)

    def _keep(self, kind: type[Base], used: Collection[int]) -> None:
        rows = table_of(kind)
        query = select(rows.c.id, rows.c[_TITLES[kind]]).where(among(rows.c.id, used)).order_by(rows.c.id)
        name = kind.__tablename__.removesuffix("s")
        self.kept += [Kept(name, number, title) for number, title in self._connection.execute(query)]

    def _restore(self) -> None:
        """Put back what was changed in rows that were there before, where it still says what the import said."""
        changes = table_of(ImportChange)
        query = select(changes.c.table_name, changes.c.row_id, changes.c.change)
        mine = query.where(changes.c.batch_id == self._batch).order_by(changes.c.id.desc())
        for table, row, change in self._connection.execute(mine).all():
            if table == CustomerPhoto.__tablename__:
                self._take_photo(row)
                continue
            if table == FieldCheck.__tablename__:
                before, after = change["checked_on"]
                self._connection.execute(_UNCHECK, {"id": row, "before": before, "after": after})
                continue
            if table == Complaint.__tablename__ and not self._take_steps_back(row):
                self._keep(Complaint, [row])
                continue
            kind = next(kind for kind in _TITLES if kind.__tablename__ == table)
            held = [self._put_back(kind, row, column, *values) for column, values in change.items()]
            if kind is Customer:
                self._changed.add(row)
            elif kind is Product:
                self._changed_goods.add(row)
            if not all(held):
                self._keep(kind, [row])

    def _take_steps_back(self, case: int) -> bool:
        """The steps a later file brought are taken back by further rows; not where the case went on since."""
        first, last = self._spans.get(ComplaintEvent.__tablename__, (0, -1))
        bound = {"case": case, "first": first, "last": last, "at": utc_text(self._at), "staff": self._staff}
        if self._connection.execute(_WENT_ON, bound).first() is not None:
            return False
        self._connection.execute(_STEPS_BACK, bound)
        return True

    def _take_photo(self, customer: int) -> None:
        """A picture that somebody has put in its place since stays."""
        bound = {"after": self._audit, "name": CustomerPhoto.__tablename__, "row": str(customer)}
        if self._connection.execute(_RETOUCHED, bound).first() is None:
            photos = table_of(CustomerPhoto)
            self._connection.execute(delete(photos).where(photos.c.customer_id == customer))

    def _put_back(self, kind: type[Base], row: int, column: str, before: Any, after: Any) -> bool:
        rows = table_of(kind)
        still = rows.c[column].is_not_distinct_from(after)
        value = datetime.fromisoformat(before) if before and isinstance(rows.c[column].type, UtcMoment) else before
        restored = update(rows).where(rows.c.id == row, still).values({column: value})
        return self._connection.execute(restored).rowcount == 1


def _bound(span: Span) -> dict[str, int]:
    return {"first": span[0], "last": span[1]}
