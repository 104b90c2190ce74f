"""Rules laid over everyone at once leave the moves that working every purchase out anew leaves, row for row."""

from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from app.domain.shop import TierWindow
from app.domain.tiers.history import MoveCause
from app.models.sales import Sale, SaleOrigin
from app.models.transfer import ImportBatch
from app.services import duplicates, loyalty, permissions
from app.services.loyalty import LadderDraft
from app.storage.unit_of_work import UnitOfWork, acting_staff
from tests.conftest import FixedClock
from tests.loyalty import ladders
from tests.loyalty.test_services_tier_footing import moves
from tests.till.counter import MORNING, Counter

UNITS = (1, 900, 2000, 2990, 3000, 6000)
ASKED = (200_000, 299_000, 300_100, 600_000, 900_000)


@pytest.fixture(autouse=True)
def own_services(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("moves", "bring"):
        monkeypatch.setitem(permissions.NEEDS, f"{__name__.partition('.')[0]}.{name}", permissions.CLERK)


def bring(session: Session, who: int, day: date, at: datetime) -> None:
    """A purchase of 3,000 that a file of this moment brings, as an import leaves it."""
    batch = ImportBatch(kind="sales", file_name="", sha256="", at=at, staff_id=acting_staff(session))
    session.add(batch)
    session.flush()
    sale = Sale(number="1", customer_id=who, at=at, shop_day=day, staff_id=1, origin=SaleOrigin.IMPORT, revenue=300_000)
    sale.batch_id = batch.id
    session.add(sale)
    session.flush()
    loyalty.refresh(session, None, at.date())


class Story:
    """Some people buy over three years; one has two cards, some have a tier that somebody gave them."""

    def __init__(self, work: UnitOfWork, clock: FixedClock, seed: int) -> None:
        self.work, self.clock, self.random = work, clock, Random(seed)
        self.counter = Counter(work, MORNING - timedelta(days=1100))
        self.people = [self.counter.person(name) for name in ("Ann", "Ben", "Cem", "Dan", "Eve", "Fay", "Gil", "Hal")]

    def pass_days(self, most: int = 90) -> None:
        self.counter.now += timedelta(days=self.random.randrange(1, most))
        self.clock.moment = self.counter.now
        if self.random.random() < 0.6:
            self.work.write(loyalty.open_day, self.counter.day)

    def buy(self) -> None:
        who, chance = self.random.choice(self.people), self.random.random()
        if chance < 0.3:
            day = self.counter.day - timedelta(days=self.random.choice((0, 3, 40)))
            self.work.write(bring, who, day, self.counter.now)
            return
        _, sold = self.counter.sell(self.counter.ticket(who, self.random.choice(UNITS)))
        if chance < 0.4:
            self.counter.back(sold)

    def give(self) -> None:
        operation, until = str(self.random.random()), self.counter.day + timedelta(days=90)
        who, at = self.random.choice(self.people), self.counter.now
        self.work.write(loyalty.give_tier, who, "vip", until, "why", operation_id=operation, at=at)

    def change(self) -> None:
        ladder = ladders.drafted(
            self.work,
            ordinary={"min_days": self.random.choice((1, 2))},
            vip={"min_amount": self.random.choice(ASKED)},
        )
        window = self.random.choice(list(TierWindow)) if self.random.random() < 0.2 else ladder.window
        grace = self.random.choice((0, 30, 100))
        ladders.change(self.work, LadderDraft(ladder.tiers, window, grace), self.counter.day)


def is_as_worked_out_anew(work: UnitOfWork, day: date) -> bool:
    told = work.read(moves)
    work.write(loyalty.refresh, None, day)
    return work.read(moves) == told


@pytest.mark.parametrize("seed", range(8))
def test_new_rules_give_what_working_everything_out_anew_gives(work: UnitOfWork, clock: FixedClock, seed: int) -> None:
    """Rules change after quiet days and on the day of a purchase, an import or another change, opened or not."""
    story = Story(work, clock, seed)
    work.write(duplicates.merge, story.people[0], story.people[1], at=story.counter.now)
    for turn in range(5):
        for _ in range(4):
            story.pass_days()
            story.buy()
        if turn == 2:
            story.give()
        for _ in range(story.random.randrange(3)):
            story.pass_days(400)
        for _ in range(story.random.choice((1, 2, 3))):
            story.change()
            assert is_as_worked_out_anew(work, story.counter.day)
            if story.random.random() < 0.3:
                story.buy()


def test_who_is_not_moved_is_not_written_anew(work: UnitOfWork, clock: FixedClock) -> None:
    """Of all these only Ben moves, and the figures of his card alone are worked out anew."""
    counter = Counter(work, MORNING - timedelta(days=1))
    ann, ben = counter.person("Ann"), counter.person("Ben")
    counter.buy(ann, 10)
    counter.buy(ben, 4000)
    changes = ladders.change(work, ladders.drafted(work, vip={"min_amount": 400_000}))
    assert changes.customers == {ben}
    assert [move.cause for move in work.read(loyalty.tier_history, ben)] == [
        MoveCause.RULES_CHANGED,
        MoveCause.REACHED,
    ]
    assert work.read(loyalty.count_members, 2) == 1


@pytest.mark.parametrize("imported", [False, True])
def test_what_was_bought_before_the_rules_changed_that_day_keeps_a_tier_by_them(
    work: UnitOfWork, clock: FixedClock, imported: bool
) -> None:
    counter = Counter(work, MORNING - timedelta(days=380))
    ann = counter.person("Ann")
    counter.buy(ann, 6000)
    counter.now = MORNING
    if imported:
        work.write(bring, ann, counter.day - timedelta(days=3), counter.now)
    else:
        counter.buy(ann, 3500)
    assert work.read(loyalty.standing, ann, counter.day).valid_until == date(2026, 11, 30)
    ladders.change(work, ladders.drafted(work, vip={"min_amount": 300_000}))
    assert work.read(loyalty.standing, ann, counter.day).valid_until == date(2027, 11, 30)
    assert is_as_worked_out_anew(work, counter.day)


def test_cards_that_answer_together_reach_a_tier_together(work: UnitOfWork, clock: FixedClock) -> None:
    counter = Counter(work, MORNING - timedelta(days=50))
    ann, ben = counter.person("Ann"), counter.person("Ben")
    for card in (ann, ben):
        counter.buy(card, 2000)
    work.write(duplicates.merge, ann, ben, at=counter.now)
    ladders.change(work, ladders.drafted(work, vip={"min_amount": 400_000}))
    assert work.read(loyalty.standing, ben, MORNING.date()).tier.rank == 2
    assert is_as_worked_out_anew(work, MORNING.date())


def test_what_was_given_by_hand_has_no_grace(work: UnitOfWork, clock: FixedClock) -> None:
    counter = Counter(work, MORNING - timedelta(days=50))
    ann, until = counter.person("Ann"), MORNING.date() + timedelta(days=20)
    counter.buy(ann, 10)
    work.write(loyalty.give_tier, ann, "vip", until, "why", operation_id="given", at=counter.now)
    ladder = ladders.drafted(work)
    ladders.change(work, LadderDraft(ladder.tiers, ladder.window, 60))
    assert is_as_worked_out_anew(work, MORNING.date())


def test_tiers_end_by_the_new_grace(work: UnitOfWork, clock: FixedClock) -> None:
    counter = Counter(work, MORNING - timedelta(days=1))
    ann = counter.person("Ann")
    counter.buy(ann, 10)
    last_day = work.read(loyalty.standing, ann, counter.day).valid_until
    assert last_day is not None
    ladder = ladders.drafted(work)
    ladders.change(work, LadderDraft(ladder.tiers, ladder.window, 60))
    work.write(loyalty.open_day, last_day + timedelta(days=59))
    assert work.read(loyalty.count_members, 1) == 1
    work.write(loyalty.open_day, last_day + timedelta(days=60))
    assert work.read(loyalty.count_members, 1) == 0
