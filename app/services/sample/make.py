"""Telling the story of a tea house, day by day, and writing it into an empty shop file."""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.shop_rules import spending_rule
from app.domain.staff import Role
from app.domain.tiers.rules import TierRule
from app.models.customers import Customer
from app.models.products import Product
from app.models.staff import Staff
from app.services.complaints.kept_clocks import refresh as refresh_clocks
from app.services.customers.figures import refresh as refresh_figures
from app.services.loyalty import earning_rules, tiers
from app.services.loyalty import refresh as refresh_tiers
from app.services.loyalty.rules import times_of
from app.services.sample import words
from app.services.sample.bills import Account, Benefit, Bill, Till
from app.services.sample.calendar import Days
from app.services.sample.cards import write_cards
from app.services.sample.care import Desk
from app.services.sample.cases import Complaints
from app.services.sample.goods import Shelf, stock
from app.services.sample.habits import visit_days
from app.services.sample.people import Person, draw_people
from app.services.sample.rows import Rows
from app.services.sample.scripts import write_scripts
from app.services.sample.standing import Climb
from app.services.sample.wallet import Ledger, Wallet
from app.services.search import rebuild
from app.services.settings import settings
from app.services.staff import OWNER_ID
from app.storage.journal import not_taken_back

SEED = 20_260_101
ANONYMOUS, RETURNED = 0.2, 0.013
"""Bills of people who did not say who they are, for each one of a customer; and bills of which a line comes back."""
Progress = Callable[[int, int], None]
Visit = tuple[datetime, int, date]
"""When, who (−1: nobody known), and on which shop day."""


class ShopNotEmpty(ShopError):
    """A sample shop is written into an empty file, and this one holds customers or goods."""


@dataclass(frozen=True, slots=True)
class SampleShop:
    """How much was written."""

    customers: int
    sales: int


def make_sample(
    session: Session,
    *,
    until: datetime,
    customers: int = 400,
    years: int = 2,
    seed: int = SEED,
    language: str = "zh_CN",
    progress: Progress = lambda done, total: None,
) -> SampleShop:
    """Fill an empty shop with people, goods and `years` years of trade up to the moment `until`.

    The same arguments give the same shop. `language` (zh_CN or en) is that of goods and sentences, and of most names;
    the trade is the same in both. Points, tiers and figures follow the shop's own rules.
    Raises ShopNotEmpty, and changes nothing, when there are customers or goods already.
    """
    for kind in (Customer, Product):
        if session.scalar(select(kind.id).limit(1)) is not None:
            raise ShopNotEmpty
    story = _Story(session, until, years, seed, language)
    story.tell(customers, progress)
    refresh_tiers(session, None, story.days.last)
    refresh_figures(session)
    refresh_clocks(session)
    rebuild(session)
    not_taken_back(session)
    return SampleShop(customers, story.till.sales)


class _Story:
    def __init__(self, session: Session, until: datetime, years: int, seed: int, language: str) -> None:
        shop = settings(session)
        self._session, self._language = session, language
        self._rng, self.rows, self._seed = Random(seed), Rows(), seed
        self.days = Days(until, years, ZoneInfo(shop.timezone), self._hire())
        self._tiers, self._benefits = _tiers(session)
        self._window, self._grace = shop.tier_window, shop.tier_grace_days
        self._shelf: Shelf = stock(self.rows, language, 1)
        self._ledger = Ledger(self.rows, self.days, spending_rule(shop))
        self.till = Till(
            self.rows,
            self._rng,
            self._shelf,
            self.days,
            self._ledger,
            earning_rules(session, self.days.last),
            self._benefits,
        )

    def tell(self, customers: int, progress: Progress) -> None:
        """Everything, in the order in which it could have happened."""
        people = draw_people(self.rows, self._rng, self._shelf, self.days, self._language, customers)
        accounts = [self._account(person) for person in people]
        self._trade(accounts, progress)
        desk = Desk(self.rows, self._rng, self.days, self._language)
        for account in accounts:
            account.wallet.expire(self.days.last)
            desk.log_contacts(account)
            self._write_when_full()
        desk.book(accounts)
        write_scripts(self.rows, self._language)
        write_cards(self.rows, self.days, self._shelf, self._language, accounts, self._seed)
        Complaints(self.rows, self._rng, self.days, self._language, desk, self._shelf).write(accounts)
        self.rows.write(self._session)
        self.rows.note(self._session)

    def _hire(self) -> list[int]:
        """Two clerks beside the owner."""
        staff = [OWNER_ID]
        for name in words.names()["staff"]["zh_CN" if self._language.startswith("zh") else "en"]:
            staff.append(OWNER_ID + len(staff))
            self.rows.add(Staff, id=staff[-1], name=name, role=Role.CLERK)
        return staff

    def _account(self, person: Person) -> Account:
        person.visits = visit_days(person.habit, self._rng, self.days.first, self.days.last)
        if self.days.opening_hours_passed == 0:
            person.visits = [day for day in person.visits if day < self.days.last]
        climb = Climb(self._tiers, self._window, self._grace)
        return Account(person, Wallet(self._ledger, person.id), climb)

    def _trade(self, accounts: list[Account], progress: Progress) -> None:
        visits = self._visits(accounts)
        coming_back: list[tuple[datetime, int, Bill]] = []
        order = count()
        for done, (at, who, day) in enumerate(visits):
            while coming_back and coming_back[0][0] < at:
                self._bring_back(heapq.heappop(coming_back))
            bill = self.till.sell(accounts[who] if who >= 0 else None, at, day)
            if self._rng.random() < RETURNED:
                heapq.heappush(coming_back, (at + timedelta(days=self._rng.randint(1, 7)), next(order), bill))
            self._write_when_full()
            if done % 1000 == 0:
                progress(done, len(visits))

    def _bring_back(self, returned: tuple[datetime, int, Bill]) -> None:
        at, _, bill = returned
        self.till.bring_back(bill, at, self.days.day_of(at))

    def _visits(self, accounts: list[Account]) -> list[Visit]:
        """Every purchase of the story, by time."""
        known = (
            (self.days.moment(day, self._rng), who, day)
            for who, account in enumerate(accounts)
            for day in account.person.visits
        )
        visits = list(known)
        visits += self._unknown(round(len(visits) * ANONYMOUS))
        return sorted(visits)

    def _unknown(self, number: int) -> Iterator[Visit]:
        span = (self.days.last - self.days.first).days
        for _ in range(number):
            day = self.days.first + timedelta(days=self._rng.randrange(max(1, span)))
            yield self.days.moment(day, self._rng), -1, day

    def _write_when_full(self) -> None:
        if self.rows.full:
            self.rows.write(self._session)


def _tiers(session: Session) -> tuple[list[TierRule], dict[int, Benefit]]:
    """The shop's own tiers, what they ask for and what they bring, by rank."""
    rows = tiers(session)
    return [row.rule for row in rows], {row.rank: Benefit(row.member_discount, times_of(row)) for row in rows}
