"""Many follow-ups at once: moved to a day and hour, and given to somebody else."""

from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.recurrence import Repeat
from app.domain.staff import Actor, Role
from app.models.followup_series import FollowUpSeries
from app.models.staff import Staff
from app.services import followups
from app.services.followups import FollowUpGone, Load, NobodyThere, NotYours, Spot, Which
from app.services.permissions import NotAllowed
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.gateway import Gateway
from tests.followups.people import NOW, TODAY, book, days, hour, remove

FIONA, GONE = 2, 3


@pytest.fixture
def staffed(work: UnitOfWork) -> UnitOfWork:
    with Session(work.engine) as session:
        session.add(Staff(id=FIONA, name="Fiona", role=Role.CLERK))
        session.add(Staff(id=GONE, name="Gone", role=Role.CLERK, active=False))
        session.commit()
    return work


def owners(work: UnitOfWork, ids: Sequence[int]) -> list[int]:
    return [work.read(followups.followup, one).staff_id for one in ids]


def places(work: UnitOfWork, ids: Sequence[int]) -> list[tuple[object, object]]:
    rows = [work.read(followups.followup, one) for one in ids]
    return [(row.due_on, row.due_at) for row in rows]


def test_several_go_to_one_day_and_come_back_as_one(work: UnitOfWork, gateway: Gateway) -> None:
    ids = [book(work, None, days(n), text=f"{n}", due_at=hour(9) if n else None) for n in range(3)]
    before = places(work, ids)
    gateway.write(followups.move_many, ids, Spot(days(2)), NOW)
    assert places(work, ids) == [(days(2), None), (days(2), hour(9)), (days(2), hour(9))]
    assert gateway.undo()
    assert places(work, ids) == before


def test_an_hour_is_set_kept_or_taken_off(work: UnitOfWork) -> None:
    (one,) = ids = [book(work, None, TODAY, text="Call", due_at=hour(9))]
    work.write(followups.move_many, ids, Spot(TODAY, hour(14, 30), keeps_hour=False), NOW)
    assert places(work, ids) == [(TODAY, hour(14, 30))]
    work.write(followups.move_many, ids, Spot(days(1)), NOW)
    assert places(work, ids) == [(days(1), hour(14, 30))]
    work.write(followups.move_many, [one], Spot(days(1), None, keeps_hour=False), NOW)
    assert places(work, ids) == [(days(1), None)]


def test_what_is_done_stays_and_what_is_gone_is_said(work: UnitOfWork) -> None:
    done, open_ = (book(work, None, TODAY, text=text) for text in ("done", "open"))
    work.write(followups.finish, done, NOW)
    work.write(followups.move_many, [done, open_], Spot(days(1)), NOW)
    assert places(work, [done, open_]) == [(TODAY, None), (days(1), None)]
    remove(work, open_)
    with pytest.raises(FollowUpGone):
        work.write(followups.move_many, [done, open_], Spot(days(2)), NOW)


def test_all_open_ones_of_somebody_in_a_time_change_hands(staffed: UnitOfWork, gateway: Gateway) -> None:
    ids = [book(staffed, None, days(n), text=f"{n}", staff_id=FIONA) for n in (-2, 0, 3, 9)]
    staffed.write(followups.finish, ids[1], NOW)
    which = Which(staff_id=FIONA, last=days(3))
    assert staffed.read(followups.load_of, which, 1, TODAY) == Load(2, late=1)
    assert gateway.write(followups.hand_over, which, 1) == 2
    assert owners(staffed, ids) == [1, FIONA, 1, FIONA]
    assert staffed.read(followups.load_of, which, 1, TODAY) == Load(0, late=0)
    assert gateway.undo()
    assert owners(staffed, ids) == [FIONA] * 4


def heirs(work: UnitOfWork, *repeats: Repeat) -> list[int]:
    """A series of Fiona's of each kind, by the id of its first."""
    return [book(work, None, TODAY, text="x", staff_id=FIONA, repeat=repeat) for repeat in repeats]


def heads(work: UnitOfWork) -> list[int]:
    with Session(work.engine) as session:
        return list(session.scalars(select(FollowUpSeries.staff_id).order_by(FollowUpSeries.id)))


def test_what_a_series_brings_later_is_with_whoever_was_given_all(staffed: UnitOfWork, gateway: Gateway) -> None:
    mondays, chain = heirs(staffed, Repeat("FREQ=WEEKLY;BYDAY=MO"), Repeat(after_done=30))
    assert staffed.read(followups.load_of, Which(staff_id=FIONA), 1, TODAY).series == 2
    gateway.write(followups.hand_over, Which(staff_id=FIONA), 1)
    assert heads(staffed) == [1, 1]
    staffed.write(followups.finish, chain, NOW)
    staffed.write(followups.extend_series, days(60))
    assert {one.name: one.open for one in staffed.read(followups.holders)}["Fiona"] == 0
    assert owners(staffed, [mondays, chain]) == [1, 1]


def test_a_series_stays_with_the_giver_where_only_a_time_or_some_of_it_is_handed_over(
    staffed: UnitOfWork, gateway: Gateway
) -> None:
    mondays, chain = heirs(staffed, Repeat("FREQ=WEEKLY;BYDAY=MO", times=2), Repeat(after_done=30))
    for which, after in (
        (Which(staff_id=FIONA, last=days(3)), [FIONA, FIONA]),
        (Which(ids=(mondays,)), [FIONA, FIONA]),
        (Which(ids=(mondays, mondays + 1)), [1, FIONA]),
        (Which(ids=(chain,)), [FIONA, 1]),
        (Which(staff_id=FIONA, first=days(3)), [1, 1]),
    ):
        assert staffed.read(followups.load_of, which, 1, TODAY).series == after.count(1)
        gateway.write(followups.hand_over, which, 1)
        assert heads(staffed) == after, which
        assert gateway.undo()
        assert heads(staffed) == [FIONA, FIONA]


def test_those_marked_change_hands_whoever_has_them(staffed: UnitOfWork) -> None:
    ids = [book(staffed, None, TODAY, text=f"{who}", staff_id=who) for who in (1, FIONA)]
    other = book(staffed, None, TODAY, text="other", staff_id=1)
    assert staffed.write(followups.hand_over, Which(ids=tuple(ids)), FIONA)[0] == 1
    assert owners(staffed, [*ids, other]) == [FIONA, FIONA, 1]


@pytest.mark.parametrize("taker", [GONE, 99])
def test_nobody_can_be_given_work_who_is_not_there(staffed: UnitOfWork, taker: int) -> None:
    book(staffed, None, TODAY, text="Call")
    with pytest.raises(NobodyThere):
        staffed.write(followups.hand_over, Which(staff_id=1), taker)


def test_a_clerk_gives_away_only_their_own(staffed: UnitOfWork) -> None:
    own, others = (book(staffed, None, TODAY, text="x", staff_id=who) for who in (FIONA, 1))
    staffed.actor = Actor(FIONA, Role.CLERK)
    with pytest.raises(NotAllowed):
        staffed.write(followups.hand_over, Which(ids=(own,)), 1)
    with pytest.raises(NotYours):
        staffed.write(followups.hand_over_own, Which(ids=(own, others)), GONE)
    assert staffed.write(followups.hand_over_own, Which(staff_id=FIONA), 1)[0] == 1
    assert owners(staffed, [own, others]) == [1, 1]


def test_who_has_left_is_still_told_of_with_what_is_theirs(staffed: UnitOfWork) -> None:
    def told() -> dict[str, tuple[bool, int]]:
        return {one.name: (one.active, one.open) for one in staffed.read(followups.holders)}

    assert "Gone" not in told()
    made = book(staffed, None, TODAY, text="x", staff_id=GONE)
    assert told()["Gone"] == (False, 1) and told()["Fiona"] == (True, 0)
    staffed.write(followups.finish, made, NOW)
    assert "Gone" not in told()
