"""A tier given by hand: a floor up to its last day, with its reason, taken back, merged and told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.domain.tiers.history import MoveCause
from app.services import duplicates, loyalty
from app.services.backup import check
from app.services.undo import ChangedSince
from app.storage.unit_of_work import Changes, UnitOfWork
from tests.loyalty.ladders import TODAY, change, drafted, undo
from tests.till.counter import Counter

YEAR_END = date(2026, 12, 31)


@pytest.fixture
def counter(work: UnitOfWork) -> Counter:
    return Counter(work)


def give(
    counter: Counter, who: int, code: str = "vip", until: date | None = YEAR_END, reason: str = "the owner's friend"
) -> Changes:
    operation = f"give-{next(counter._numbers)}"
    return counter.work.write(loyalty.give_tier, who, code, until, reason, operation_id=operation, at=counter.now)[1]


def end(counter: Counter, who: int) -> Changes:
    operation = f"end-{next(counter._numbers)}"
    return counter.work.write(loyalty.end_given_tier, who, "no longer", operation_id=operation, at=counter.now)[1]


def holding(work: UnitOfWork, who: int, day: date = TODAY) -> list[tuple[str, date | None, str]]:
    return [(row.code, row.until, row.reason) for row in work.read(loyalty.given_tiers, who, day) if row.holds]


def test_it_counts_at_once_and_up_to_its_last_day(counter: Counter, work: UnitOfWork) -> None:
    who = counter.person("Ann")
    give(counter, who)
    stands = work.read(loyalty.standing, who, TODAY)
    assert (stands.tier.code, stands.valid_until, stands.by_hand, stands.earned.code) == (
        "vip",
        YEAR_END,
        True,
        "potential",
    )
    assert stands.keep is not None and stands.keep.amount == 600_000
    assert (stands.keep_by, stands.falls_on) == (YEAR_END, YEAR_END + timedelta(days=1))
    assert counter.quote(counter.ticket(who, 100)).total == 9500
    assert [row.name for row in work.read(loyalty.members, 2)] == ["Ann"]
    assert work.read(loyalty.standing, who, YEAR_END).tier.code == "vip"
    assert work.read(loyalty.standing, who, YEAR_END + timedelta(days=1)).tier.code == "potential"
    work.write(loyalty.open_day, YEAR_END)
    assert work.read(loyalty.count_members, 2) == 1
    work.write(loyalty.open_day, YEAR_END + timedelta(days=1))
    assert work.read(loyalty.count_members, 2) == 0
    assert [
        (row.day, row.to_rank, row.cause, row.reason, row.staff) for row in work.read(loyalty.tier_history, who)
    ] == [
        (YEAR_END + timedelta(days=1), 0, MoveCause.HAND_ENDED, "", ""),
        (TODAY, 2, MoveCause.BY_HAND, "the owner's friend", "owner"),
    ]
    assert work.read(check, YEAR_END + timedelta(days=1)).problems == ()


def test_a_purchase_above_the_floor_is_earned_and_stays(counter: Counter, work: UnitOfWork) -> None:
    who = counter.person()
    give(counter, who, "ordinary", None)
    counter.buy(who, 6000)
    stands = work.read(loyalty.standing, who, TODAY)
    assert (stands.tier.code, stands.by_hand) == ("vip", False)
    counter.now += timedelta(days=1)
    end(counter, who)
    assert work.read(loyalty.standing, who, TODAY + timedelta(days=1)).tier.code == "vip"


def test_ended_replaced_and_taken_back(counter: Counter, work: UnitOfWork) -> None:
    who = counter.person()
    changes = give(counter, who)
    back = undo(work, changes)
    assert holding(work, who) == [] and counter.rank(who) == 0
    undo(work, back)
    assert holding(work, who) == [("vip", YEAR_END, "the owner's friend")] and counter.rank(who) == 2
    shorter = give(counter, who, "ordinary", None, "agreed anew")
    assert holding(work, who) == [("ordinary", None, "agreed anew")] and counter.rank(who) == 1
    undo(work, shorter)
    assert holding(work, who) == [("vip", YEAR_END, "the owner's friend")]
    ended = end(counter, who)
    assert holding(work, who) == [] and counter.rank(who) == 0
    undo(work, ended)
    assert counter.rank(who) == 2
    assert [row.code for row in work.read(loyalty.given_tiers, who, TODAY)] == [
        "vip",
        "",
        "vip",
        "ordinary",
        "vip",
        "",
        "vip",
    ]


def test_what_somebody_gave_meanwhile_is_not_ended_by_taking_back_what_was_before(
    counter: Counter, work: UnitOfWork
) -> None:
    who = counter.person("Ann")
    first = give(counter, who, "ordinary")
    second = give(counter, who, "vip", None, "the owner said so")
    with pytest.raises(ChangedSince):
        undo(work, first)
    assert holding(work, who) == [("vip", None, "the owner said so")]
    undo(work, second)
    assert holding(work, who) == [("ordinary", YEAR_END, "the owner's friend")]


def test_the_same_operation_again_changes_nothing(counter: Counter, work: UnitOfWork) -> None:
    who = counter.person()
    for _ in range(2):
        work.write(loyalty.give_tier, who, "vip", None, "twice", operation_id="one", at=counter.now)
    assert len(work.read(loyalty.given_tiers, who, TODAY)) == 1


@pytest.mark.parametrize(
    ("code", "until", "reason", "refused"),
    [
        ("vip", TODAY - timedelta(days=1), "x", "ended_before"),
        ("potential", None, "x", "lowest"),
        ("gold", None, "x", "unknown_tier"),
        ("vip", None, " ", "reason_missing"),
    ],
)
def test_what_cannot_be_given(counter: Counter, code: str, until: date | None, reason: str, refused: str) -> None:
    who = counter.person()
    with pytest.raises((loyalty.BadFloor, loyalty.ReasonMissing)) as said:
        give(counter, who, code, until, reason)
    assert said.value.code == refused
    give(counter, who, "vip", TODAY)


def test_there_must_be_something_to_end(counter: Counter) -> None:
    who = counter.person()
    with pytest.raises(loyalty.NothingGiven):
        end(counter, who)
    give(counter, who, until=TODAY)
    counter.now += timedelta(days=1)
    with pytest.raises(loyalty.NothingGiven):
        end(counter, who)


def test_merged_cards_share_what_one_was_given(counter: Counter, work: UnitOfWork) -> None:
    ann, ben = counter.person("Ann"), counter.person("Ben")
    give(counter, ben)
    merge = work.write(duplicates.merge, ann, ben, at=counter.now)[0].merge_id
    assert counter.rank(ann) == 2 and holding(work, ann) == [("vip", YEAR_END, "the owner's friend")]
    work.write(duplicates.unmerge, merge, at=counter.now)
    assert (counter.rank(ann), counter.rank(ben)) == (0, 2)
    work.write(duplicates.merge, ann, ben, at=counter.now)
    ended = end(counter, ann)
    assert counter.rank(ann) == 0
    undo(work, ended)
    assert counter.rank(ann) == 2


def test_a_removed_tier_given_by_hand_reads_as_the_one_below(counter: Counter, work: UnitOfWork) -> None:
    who = counter.person()
    silver = loyalty.TierDraft(name="Silver", min_amount=300_000)
    change(work, drafted(work, silver))
    give(counter, who, "own-1", None)
    assert work.read(loyalty.standing, who, TODAY).tier.name == "Silver"
    told = work.read(loyalty.preview, drafted(work, without="own-1"), TODAY)
    assert told.removed == {"own-1": 1} and told.tiers[1].downs == 1
    changes = change(work, drafted(work, without="own-1"))
    assert work.read(loyalty.standing, who, TODAY).tier.code == "ordinary"
    (row,) = work.read(loyalty.given_tiers, who, TODAY)
    assert (row.name, row.rank, row.holds) == ("Silver", 1, True)
    gold = change(work, drafted(work, loyalty.TierDraft(name="Gold", min_amount=100)))
    assert work.read(loyalty.tiers)[2].code == "own-2"
    undo(work, gold)
    undo(work, changes)
    assert work.read(loyalty.standing, who, TODAY).tier.name == "Silver"


def test_what_was_given_can_be_neither_changed_nor_deleted(counter: Counter, work: UnitOfWork) -> None:
    give(counter, counter.person())
    for statement in ("UPDATE tier_floors SET reason = ''", "DELETE FROM tier_floors"):
        with work.engine.connect() as connection, pytest.raises(IntegrityError):
            connection.execute(text(statement))
