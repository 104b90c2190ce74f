"""Brings in what customers held in an old system: points with their last day, a tier, stored value, visits, stamps."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.money import currency
from app.domain.rewards.kinds import PlanKind
from app.domain.text import comparison_key
from app.formats.code_words import WORDS
from app.formats.dates import parse_date
from app.formats.tables import Cell
from app.formats.values import Refused, parse_decimal, parse_whole, text_of
from app.models.base import Base
from app.models.loyalty import PointEntry, TierFloor
from app.models.rewards.ledgers import StampEntry, StoredEntry, VisitEntry
from app.services import loyalty, member_cards, rewards
from app.services.loyalty.adjusting import following
from app.services.loyalty.carrying import bring_points
from app.services.loyalty.floors import bring_tier
from app.services.rewards import BONUS, PRINCIPAL, Opening
from app.services.rewards.by_hand import bring_purse
from app.services.rewards.purses import stamps, visits
from app.services.settings import settings
from app.services.transfer.balances_known import holding_already, kin
from app.services.transfer.batches import close_batch, open_batch
from app.services.transfer.entry_cells import EntryCells
from app.services.transfer.intake import Tally, no_progress, require_workable, rows_of, shop_day, undisturbed
from app.services.transfer.outcome import Outcome, Rehearsed
from app.services.transfer.people import Buyers, by_external_id, by_name_and_phone
from app.services.transfer.plan import Plan, Progress
from app.services.transfer.reading import reopened
from app.services.transfer.taking_back import undo_batch
from app.services.transfer.who_and_when import Buyer, utc_text
from app.services.transfer.whose import Whose
from app.storage import journal
from app.storage.bulk import highest_id

LEDGERS = (PointEntry, TierFloor, StoredEntry, VisitEntry, StampEntry)
PREFIX = "opening:"
MOST, DIGEST = 10**12, 12
_POSTED = text(
    "SELECT operation_id FROM point_entries WHERE operation_id LIKE 'opening:%' UNION "
    "SELECT operation_id FROM tier_floors WHERE operation_id LIKE 'opening:%' UNION "
    "SELECT operation_id FROM stored_entries WHERE operation_id LIKE 'opening:%' UNION "
    "SELECT operation_id FROM visit_entries WHERE operation_id LIKE 'opening:%' UNION "
    "SELECT operation_id FROM stamp_entries WHERE operation_id LIKE 'opening:%'"
)


@undisturbed()
def import_points(
    session: Session, plan: Plan, *, at: datetime, rehearse: bool = False, progress: Progress = no_progress
) -> Outcome:
    """Bring in opening balances, whole or not at all. Nobody is made: a balance of nobody known is rejected.

    The same row again adds nothing, unless its import was taken back. Raises ColumnsMissing, DateOrderUnknown,
    FileRefused; Rehearsed at the end of a dry run.
    """
    require_workable(plan)
    batch = open_batch(session, plan, at)
    connection = session.connection()
    before = {kind: highest_id(connection, kind) for kind in LEDGERS}
    cells, tally, table = EntryCells(session, plan, at), Tally(), reopened(plan)
    intake = _Balances(session, plan, cells, batch, at)
    with journal.told_as_one(session):
        for row in rows_of(table, plan.rows, progress):
            if row.problem is not None:
                tally.refuse(row)
                continue
            try:
                end = intake.take(row.cells)
                setattr(tally, end, getattr(tally, end) + 1)
            except Refused as refusal:
                tally.rejections.append(cells.blame(row.line, row.cells, refusal))
    told = {str(oddity): count for oddity, count in table.warnings.items()}
    ends = (tally.created, tally.updated, tally.unchanged, tally.skipped, tuple(tally.rejections))
    outcome = Outcome(plan.kind, batch, *ends, told)
    if rehearse:
        raise Rehearsed(outcome)
    after = {kind: highest_id(connection, kind) for kind in LEDGERS}
    spans = {kind.__tablename__: (before[kind] + 1, after[kind]) for kind in LEDGERS if after[kind] > before[kind]}
    close_batch(session, outcome, (), LEDGERS, undo_batch, spans=spans)
    return outcome


class Held(NamedTuple):
    """One thing a row says somebody held: how it is posted, under the identity of its row."""

    part: str
    post: Callable[[int, str], object]


@dataclass(frozen=True, slots=True)
class _Row:
    who: Buyer
    said: str
    held: tuple[Held, ...]


class _Balances:
    """The running import. What stands under an operation is known by the last that was posted of it."""

    def __init__(self, session: Session, plan: Plan, cells: EntryCells, batch: int, at: datetime) -> None:
        self._session, self._cells, self._at = session, cells, at
        shop = settings(session)
        self._today, self._order, self._file = shop_day(session, at), plan.date_order, plan.path.name
        self._digits = currency(shop.currency).digits
        self._numbers, self._pairs = by_external_id(session), by_name_and_phone(session)
        self._whose = Whose(session, Buyers(session, batch, utc_text(at), shop.phone_region))
        self._tiers = _by_name(loyalty.tiers(session))
        plans = rewards.plans(session, archived=True)
        self._plans = {(row.draft.kind, comparison_key(row.draft.name)): row.id for row in plans}
        self._last = _last_of(session.connection().scalars(_POSTED))
        self._seen: Counter[str] = Counter()
        self._kin = kin(session)
        self._holding: dict[type[Base], set[int]] = {ledger: holding_already(session, ledger) for ledger in LEDGERS}

    def take(self, cells: Sequence[Cell]) -> str:
        """One row: "created", "unchanged" or "skipped". Raises Refused before anything is posted."""
        if self._cells.is_empty(cells):
            return "skipped"
        row = self._read(cells)
        if not row.held:
            return "skipped"
        customer = self._id_of(row.who)
        said = "\x1f".join((*_named(row.who), row.said))
        self._seen[said] += 1
        told = f"{said}\x1f{self._seen[said]}".encode("utf-8", "surrogatepass")
        identity = PREFIX + blake2b(told, digest_size=DIGEST).hexdigest()
        new = [held for held in row.held if not self._stands(f"{identity}:{held.part}")]
        for held in new:
            operation = f"{identity}:{held.part}"
            last = self._last.get(operation)
            operation = operation if last is None else following(last)
            held.post(customer, operation)
        return "created" if new else "unchanged"

    def _stands(self, operation: str) -> bool:
        """Posted, and not taken back: every other posting takes back the one before it."""
        last = self._last.get(operation)
        return last is not None and _turn(last) % 2 == 0

    def _id_of(self, who: Buyer) -> int:
        """Somebody known, a member card too. Raises Refused: who_unknown, who_unclear."""
        if who.external_id:
            card = None if who.external_id in self._numbers else member_cards.look_up(self._session, who.external_id)
            found = self._numbers.get(who.external_id) or (card.customer_id if card and card.good else None)
        elif who.name and who.phone:
            found = self._pairs.get((who.name, who.phone))
        else:
            return self._whose.id_of(who)
        if found is None:
            raise Refused("who_unknown", who.external_id or who.name)
        return found

    def _read(self, cells: Sequence[Cell]) -> _Row:
        """Raises Refused."""
        who = self._cells.who(cells)
        if who is None:
            raise Refused("no_customer", "")
        reason = self._cells.line("note", cells) or self._file
        held = [*self._points(cells, reason), *self._tier(cells, reason), *self._stored(cells, reason)]
        held += self._cards(cells, reason)
        fields = ("points", "expires_on", "tier", "tier_until", "stored", "stored_bonus", "bonus_until")
        said = [self._cells.text(name, cells) for name in (*fields, "card_plan", "visits", "stamps", "card_until")]
        return _Row(who, "\x1f".join([*said, self._cells.line("note", cells)]), tuple(held))

    def _points(self, cells: Sequence[Cell], reason: str) -> Iterable[Held]:
        points = self._whole("points", cells)
        if points:
            until = self._until("expires_on", cells)
            several = (loyalty.open_points, bring_points)
            yield Held("p", self._poster(PointEntry, *several, points, reason, expires_on=until))

    def _tier(self, cells: Sequence[Cell], reason: str) -> Iterable[Held]:
        """The lowest is where everybody stands: there is nothing to give."""
        named = self._cells.line("tier", cells)
        if not named:
            return
        tier = self._tiers.get(comparison_key(named))
        if tier is None:
            raise Refused("tier_unknown", self._cells.cell("tier", cells))
        if tier.rank:
            until = self._until("tier_until", cells)
            yield Held("t", self._poster(TierFloor, loyalty.give_tier, bring_tier, tier.code, until, reason))

    def _stored(self, cells: Sequence[Cell], reason: str) -> Iterable[Held]:
        if principal := self._money("stored", cells):
            yield Held("m", self._purse(Opening(PRINCIPAL, principal), reason))
        if bonus := self._money("stored_bonus", cells):
            yield Held("b", self._purse(Opening(BONUS, bonus, self._until("bonus_until", cells)), reason))

    def _cards(self, cells: Sequence[Cell], reason: str) -> Iterable[Held]:
        for name, kind, pocket in (("visits", PlanKind.VISITS, visits), ("stamps", PlanKind.STAMPS, stamps)):
            if units := self._whole(name, cells):
                plan = self._plans.get((kind, comparison_key(self._cells.line("card_plan", cells))))
                if plan is None:
                    raise Refused("plan_unknown", self._cells.cell("card_plan", cells))
                yield Held(name[0], self._purse(Opening(pocket(plan), units, self._until("card_until", cells)), reason))

    def _poster(
        self, ledger: type[Base], alone: Callable[..., object], many: Callable[..., object], *args: Any, **named: Any
    ) -> Callable[[int, str], object]:
        """How a balance is posted: `alone` asks what somebody holds and owes; most who come along hold nothing yet."""

        def post(customer: int, operation: str) -> object:
            known = customer in self._kin or customer in self._holding[ledger] or _turn(operation)
            act = alone if known else many
            return act(self._session, customer, *args, **named, operation_id=operation, at=self._at)

        return post

    def _purse(self, opening: Opening, reason: str) -> Callable[[int, str], object]:
        return self._poster(opening.pocket.ledger, rewards.open_purse, bring_purse, opening, reason)

    def _whole(self, name: str, cells: Sequence[Cell]) -> int:
        cell = self._cells.cell(name, cells)
        return self._checked(parse_whole(cell), cell)

    def _money(self, name: str, cells: Sequence[Cell]) -> int:
        """Minor units. A third decimal of the yuan is a slip."""
        cell = self._cells.cell(name, cells)
        amount = parse_decimal(cell)
        minor = None if amount is None else amount.scaleb(self._digits)
        if minor is not None and minor != minor.to_integral_value():
            raise Refused("not_a_number", cell)
        return self._checked(None if minor is None else int(minor), cell)

    def _checked(self, units: int | None, cell: Cell) -> int:
        if units is None:
            return 0
        if units < 0:
            raise Refused("balance_below_zero", cell)
        if units > MOST:
            raise Refused("out_of_range", cell)
        return units

    def _until(self, name: str, cells: Sequence[Cell]) -> date | None:
        """The last usable day. Raises Refused("over_already") for one that has passed."""
        cell = self._cells.cell(name, cells)
        day = parse_date(cell, self._order) if text_of(cell) else None
        if day is not None and day < self._today:
            raise Refused("over_already", cell)
        return day


def _named(who: Buyer) -> tuple[str, ...]:
    """Who is meant, in the words of the file: they stay the same when two cards have become one since."""
    return (who.external_id,) if who.external_id else (who.name, who.phone)


def _by_name(tiers: Sequence[loyalty.TierRow]) -> Mapping[str, loyalty.TierRow]:
    """By everything a tier is called: the shop's own words, the code, the shipped words."""
    found: dict[str, loyalty.TierRow] = {}
    for tier in tiers:
        for word in (tier.name, getattr(tier, "name_zh", ""), tier.code, *WORDS["tier"].get(tier.code, ())):
            if word:
                found.setdefault(comparison_key(word), tier)
    return found


def _last_of(operations: Iterable[str]) -> dict[str, str]:
    """By the first operation of a balance the last that was posted under it."""
    last: dict[str, str] = {}
    for operation in operations:
        first = operation.partition("~")[0]
        if first not in last or _turn(operation) > _turn(last[first]):
            last[first] = operation
    return last


def _turn(operation: str) -> int:
    """How often the balance was turned round: even while it stands."""
    tail = operation.partition("~")[2]
    return int(tail) if tail.isdigit() else 0
