"""Points given to many at once, as one act: counted before, posted one by one, taken back by reversing rows."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.loyalty.account import Account, Entry, Occasion
from app.domain.loyalty.earning import expiry_of
from app.domain.loyalty.kinds import PointKind
from app.domain.loyalty.spending import points_value
from app.domain.selling import AT_THE_COUNTER
from app.domain.shop_rules import spending_rule
from app.models.loyalty import PointEntry
from app.services.customers.selling import Audience, MaySell, audience
from app.services.loyalty.accounts import Accounts
from app.services.loyalty.adjusting import NothingToMove, ReasonMissing, TooManyPoints, following, moment
from app.services.loyalty.posting import posted
from app.services.settings import settings
from app.storage import journal

Progress = Callable[[int, int], None]
AT_ONCE = 500
"""Customers worked through together, between two words about how far it has come."""
FEW = 2_000
"""Up to so many the figures of these customers alone are worked out anew, else everyone's."""
MOST_POINTS = 1_000_000
_GIVEN = text(
    "SELECT DISTINCT customer_id FROM point_entries WHERE operation_id > :low AND operation_id < :high "
    "AND kind = 'bonus' ORDER BY customer_id"
)


@dataclass(frozen=True, slots=True)
class BonusPreview:
    """What a bonus would come to, money in minor units; and who is left out because nothing may be promoted to them."""

    people: int
    points: int
    worth: int
    held: tuple[MaySell, ...] = ()


@dataclass(frozen=True, slots=True)
class BonusDone:
    operation_id: str
    people: int
    points: int


def bonus_audience(session: Session, customer_ids: Collection[int]) -> Audience:
    """Who answers for these cards, each once: points are found when somebody comes, so nobody is contacted."""
    return audience(session, customer_ids, AT_THE_COUNTER)


def preview_bonus(session: Session, meant: Audience, points: int) -> BonusPreview:
    """How many of these people would get points, and what so many points for each are worth."""
    total = len(meant.may) * max(0, points)
    return BonusPreview(len(meant.may), total, points_value(total, spending_rule(settings(session))), meant.held)


def give_bonus(
    session: Session,
    customer_ids: Collection[int],
    points: int,
    reason: str,
    *,
    operation_id: str,
    at: datetime,
    progress: Progress = lambda done, total: None,
) -> BonusDone:
    """Give everybody behind these cards so many points, usable at once; what somebody owes is paid from them first.

    Nobody to whom nothing may be sold at the counter gets any (`app.services.customers.selling`).
    One lot a customer under `operation_id:CUSTOMER`; the same operation again posts nothing. `progress` may raise
    Cancelled. Raises NothingToMove, TooManyPoints, ReasonMissing.
    """
    _check(points, reason)
    people = bonus_audience(session, customer_ids).may
    if not people:
        raise NothingToMove
    if not _given(session, operation_id):
        work = _Bonus(session, operation_id, reason.strip(), at)
        work.give(people, points, progress)
        _tell(session, people, {"people": len(people), "points": points})
        journal.taken_back_by(session, undo_bonus, operation_id, operation_id=following(operation_id))
    return BonusDone(operation_id, len(people), len(people) * points)


def undo_bonus(
    session: Session,
    given: str,
    *,
    operation_id: str,
    at: datetime | None = None,
    progress: Progress = lambda done, total: None,
) -> BonusDone:
    """Take a bonus back from everybody by reversing rows on the same lots (rule 10); `at` is now if not given.

    What somebody has spent of it goes from their other lots, then into debt.
    Raises NothingToMove when there is none under that operation id.
    """
    people = _given(session, given)
    if not people:
        raise NothingToMove
    when = at or moment(session)
    first = posted(session, f"{given}:{people[0]}")[0]
    points, reason, since = first.points, first.reason, first.at
    if not _given(session, operation_id):
        _Bonus(session, operation_id, reason, when).take_back(people, given, progress)
        _tell(session, people, {"people": len(people), "points": -points})
        again = {"operation_id": following(operation_id), "at": since}
        journal.taken_back_by(session, give_bonus, people, points, reason, **again)
    return BonusDone(operation_id, len(people), -points * len(people))


class _Bonus:
    """One bonus, or one taken back, on its way through the customers."""

    def __init__(self, session: Session, operation_id: str, reason: str, at: datetime) -> None:
        shop = settings(session)
        self._operation, self._reason, self._at = operation_id, reason, at
        self._zone, self._now = ZoneInfo(shop.timezone), moment(session)
        self._day: date = at.astimezone(self._zone).date()
        self._last_day = expiry_of(self._day, spending_rule(shop).expiry_months)
        self._accounts = Accounts(session, shop)

    def give(self, people: Sequence[int], points: int, progress: Progress) -> None:
        for owner, account in self._opened(people, progress):
            account.run_out(self._day)
            account.open_lot(self._on(owner), PointKind.BONUS, points, None, self._day, self._last_day)
            if self._now > self._at:  # given again: what came to be owed since its own day is owed no longer (rule 6)
                today = self._now.astimezone(self._zone).date()
                account.run_out(today)
                account.settle(self._on(owner)._replace(at=self._now, day=today))

    def take_back(self, cards: Sequence[int], given: str, progress: Progress) -> None:
        """Some of the cards may have been merged since: whoever answers for them gives the points back."""
        people = sorted({self._accounts.owner_of(card) for card in cards})
        for owner, account in self._opened(people, progress):
            account.run_out(self._day)
            self._reverse(account, [entry for entry in account.known if entry.operation_id.startswith(f"{given}:")])
            account.settle(self._on(owner))

    def _reverse(self, account: Account, mine: Sequence[Entry]) -> None:
        for entry in reversed([entry for entry in mine if not entry.opens_lot]):
            account.turn_round(self._on(entry.customer_id), entry)
        for entry in mine:
            if entry.opens_lot:
                account.close_lot(self._on(entry.customer_id), entry.id)

    def _opened(self, people: Sequence[int], progress: Progress) -> Iterator[tuple[int, Account]]:
        """The accounts, some at a time; what was posted to them is written before the next are opened."""
        for start in range(0, len(people), AT_ONCE):
            progress(start, len(people))
            opened = self._accounts.opened(people[start : start + AT_ONCE])
            yield from opened.items()
            self._accounts.write(opened.values(), self._reason)
        progress(len(people), len(people))

    def _on(self, customer_id: int) -> Occasion:
        return Occasion(f"{self._operation}:{customer_id}", self._at, self._day, customer_id)


def _check(points: int, reason: str) -> None:
    if points <= 0:
        raise NothingToMove
    if points > MOST_POINTS:
        raise TooManyPoints(most=MOST_POINTS)
    if not reason.strip():
        raise ReasonMissing


def _given(session: Session, operation_id: str) -> list[int]:
    """Whose ledger has rows of this operation."""
    bound = {"low": f"{operation_id}:", "high": f"{operation_id};"}
    return list(session.connection().scalars(_GIVEN, bound))


def _tell(session: Session, people: Sequence[int], facts: dict[str, int]) -> None:
    """One line in the trail for all of them, and whose figures are stale now."""
    journal.note_act(session, PointEntry, facts)
    book = journal.journal_of(session)
    book.features.add("loyalty")
    if len(people) > FEW:
        book.all_customers = True
    else:
        book.customers.update(people)
