"""Whether putting complaints right pays: the rule, a worked example by hand, and any shop against plain Python."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.domain.complaint_learning import Group, Outcome, apart, came_back, window
from app.domain.complaints import ComplaintState, Severity
from app.domain.segments.rates import Rate, wilson
from app.models.complaints import Complaint, ComplaintEvent
from app.models.customers import Customer
from app.models.sales import Sale, SaleOrigin
from app.services import complaints
from app.services.complaints import Payback
from app.storage.unit_of_work import UnitOfWork
from tests.complaints.story import NOW, SHANGHAI

TODAY = NOW.date()
OPEN, RESOLVED = ComplaintState.OPEN, ComplaintState.RESOLVED


@pytest.mark.parametrize(("median", "within"), [(None, None), (10.0, 20), (7.5, 15), (0.2, 1)])
def test_the_window_is_twice_the_usual_gap(median: float | None, within: int | None) -> None:
    assert window(median) == within


def test_the_day_itself_does_not_count_and_the_last_one_does() -> None:
    since = date(2026, 3, 1)
    for after, back in ((0, False), (1, True), (20, True), (21, False)):
        assert came_back([since + timedelta(days=after)], since, 20) is back


def test_rates_whose_intervals_touch_may_be_chance() -> None:
    assert apart(group(60, 80), group(10, 80))
    assert not apart(group(6, 10), group(4, 10))
    assert not apart(group(9, 9), group(0, 9)), "too few to say anything"


def group(hits: int, of: int) -> Group:
    return Group(Outcome.LATER, Rate(hits, of))


def street(work: UnitOfWork, bought: dict[int, list[date]], cases: list[tuple[int | None, date, int | None]]) -> None:
    """People by number with their purchase days; cases as (who, logged on, minutes until solved or never)."""
    with Session(work.engine) as session:
        for table in (ComplaintEvent, Complaint, Sale, Customer):
            if table is not ComplaintEvent:
                session.query(table).delete()
        for buyer in bought:
            session.add(Customer(id=buyer, name=f"P{buyer}", created_at=NOW))
        session.flush()
        for buyer, days in bought.items():
            for day in days:
                at = datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)
                session.add(Sale(number=f"{buyer}-{day}", customer_id=buyer, at=at, shop_day=day, staff_id=1,
                                 origin=SaleOrigin.TILL, revenue=100, total=100))  # fmt: skip
        for number, (who, day, minutes) in enumerate(cases, 1):
            at = datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)
            state = RESOLVED if minutes is not None else OPEN
            case = Complaint(number=number, customer_id=who, opened_at=at, shop_day=day, staff_id=1, category="wait",
                             severity=Severity.MINOR, words="Long", state=state)  # fmt: skip
            session.add(case)
            session.flush()
            session.add(ComplaintEvent(complaint_id=case.id, at=at, state=OPEN, staff_id=1))
            if minutes is not None:
                solved = at + timedelta(minutes=minutes)
                session.add(ComplaintEvent(complaint_id=case.id, at=solved, state=RESOLVED, staff_id=1))
        session.commit()


def every(days: int, count: int, until: date) -> list[date]:
    return [until - timedelta(days=days * place) for place in range(count)]


def rates(found: Payback) -> dict[Outcome, tuple[int, int]]:
    return {group.outcome: (group.rate.hits, group.rate.of) for group in found.groups}


def test_a_worked_example(work: UnitOfWork) -> None:
    """The usual gap is 10 days, so N is 20. As of 23 November:

    1 and 2 complained on 1 September, solved on the spot: 1 bought on the 11th (back), 2 only on the 1st itself (not).
    3 complained on 1 September, solved the day after, bought on the 22nd, a day too late.
    4 complained on 1 September and was solved 25 days later, when the time was over: not solved; bought on the 5th.
    5 complained on 10 November: too young. Somebody without a name complained too.
    6 never complained: first bought in September on the 3rd and again within 20 days; 7 on the 25th and never again;
    8 bought in October alone, when no counted case was logged.
    """
    september = date(2026, 9, 1)
    steady = every(10, 25, date(2026, 7, 1))
    bought = {
        1: [september + timedelta(days=10)],
        2: [september],
        3: [september + timedelta(days=21)],
        4: [september + timedelta(days=4)],
        5: [],
        6: [date(2026, 9, 3), date(2026, 9, 13)],
        7: [date(2026, 9, 25)],
        8: [date(2026, 10, 5)],
        9: steady,
    }
    day = 24 * 60
    cases = [(1, september, 5), (2, september, 30), (3, september, day), (4, september, 25 * day),
             (5, date(2026, 11, 10), 5), (None, september, 5)]  # fmt: skip
    street(work, bought, cases)  # type: ignore[arg-type]
    found = work.read(complaints.payback, TODAY)
    assert (found.within, found.young, found.nameless) == (20, 1, 1)
    assert rates(found) == {
        Outcome.ON_THE_SPOT: (1, 2),
        Outcome.LATER: (0, 1),
        Outcome.UNRESOLVED: (1, 1),
        Outcome.NEVER: (1, 2),
    }
    assert all(group.thin for group in found.groups)
    spot = found.groups[0]
    assert spot.interval == wilson(1, 2) and len(spot.ids) == 2


def test_without_a_rhythm_nothing_is_said(work: UnitOfWork) -> None:
    street(work, {1: [date(2026, 9, 1)]}, [(1, date(2026, 9, 1), 5)])
    found = work.read(complaints.payback, TODAY)
    assert (found.within, found.groups) == (None, ())


PEOPLE, SPAN = 6, 300
histories = st.dictionaries(
    st.integers(1, PEOPLE),
    st.lists(st.integers(0, SPAN), min_size=5, max_size=9, unique=True),
    min_size=5,
    max_size=PEOPLE,
)
told_cases = st.lists(
    st.tuples(
        st.integers(1, PEOPLE), st.integers(0, SPAN), st.one_of(st.none(), st.sampled_from((5, 31, 20_000, 200_000)))
    ),
    max_size=8,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories, cases=told_cases)
def test_any_shop_is_reckoned_as_plain_python_does(
    shop_of: UnitOfWork, history: dict[int, list[int]], cases: list[tuple[int, int, int | None]]
) -> None:
    bought = {who: sorted(TODAY - timedelta(days=ago) for ago in days) for who, days in history.items()}
    told = [(who, TODAY - timedelta(days=ago), minutes) for who, ago, minutes in cases if who in bought]
    street(shop_of, bought, told)  # type: ignore[arg-type]
    found = shop_of.read(complaints.payback, TODAY)
    gaps = sorted((b - a).days for days in bought.values() for a, b in pairwise(days))
    if len(gaps) < 20:
        assert found.groups == ()
        return
    middle = len(gaps) // 2
    median = gaps[middle] if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle]) / 2
    n = max(1, round(2 * median))
    expected = {outcome: [0, 0] for outcome in Outcome}
    counted = [one for one in told if one[1] + timedelta(days=n) <= TODAY]
    for who, day, minutes in counted:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=SHANGHAI)
        outcome = Outcome.UNRESOLVED
        if minutes is not None and (noon + timedelta(minutes=minutes)).date() <= day + timedelta(days=n):
            outcome = Outcome.ON_THE_SPOT if minutes <= 30 else Outcome.LATER
        expected[outcome][1] += 1
        expected[outcome][0] += any(0 < (later - day).days <= n for later in bought[who])
    for month in {(day.year, day.month) for _, day, _ in counted}:
        for who in bought.keys() - {one[0] for one in told}:
            first = next((day for day in bought[who] if (day.year, day.month) == month), None)
            if first is not None and first + timedelta(days=n) <= TODAY:
                expected[Outcome.NEVER][1] += 1
                expected[Outcome.NEVER][0] += any(0 < (later - first).days <= n for later in bought[who])
    assert found.within == n
    assert rates(found) == {outcome: tuple(pair) for outcome, pair in expected.items()}
    assert found.young == len(told) - len(counted)


@pytest.fixture
def shop_of(work: UnitOfWork) -> UnitOfWork:
    """A shop whose cases may be taken out of the table again, which nobody else may."""
    with Session(work.engine) as session:
        names = (
            session.connection()
            .exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'complaint%'")
            .scalars()
            .all()
        )
        for name in names:
            session.connection().exec_driver_sql(f'DROP TRIGGER "{name}"')
        session.commit()
    return work
