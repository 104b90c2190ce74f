"""How complete a card is: by weight, only what is filled, valid and fresh; and the same counted over the whole shop."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.completeness import WEIGHTS, Completeness, completeness, named
from app.domain.interactions import Channel
from app.models.customers import Customer
from app.models.staff import Staff
from app.services import customers
from app.services import settings as shop_settings
from app.services.customers import CustomerDraft, Labelled
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from tests.conftest import FixedClock

TODAY = date(2026, 11, 23)
ZONE = ZoneInfo("Asia/Shanghai")
WHOLE = CustomerDraft(
    name="沈静怡",
    phones=(Labelled("138 0013 6628"),),
    wechat="jingyi",
    birthday=Birthday(4, 30),
    preferences="单丛",
    source="walk_in",
    addresses=(Labelled("平江路 88 号"),),
)


def morning(day: date) -> datetime:
    return datetime.combine(day, time(10), ZONE)


def card(work: UnitOfWork, customer: int, today: date = TODAY) -> customers.Card:
    return work.read(customers.card, customer, today)


def made(work: UnitOfWork, draft: CustomerDraft = WHOLE, on: date = TODAY) -> int:
    return work.write(customers.add, draft, at=morning(on))[0]


def test_the_weights_are_those_of_the_rules() -> None:
    assert list(WEIGHTS.values()) == [30, 15, 15, 10, 10, 10, 5, 5]
    assert sum(WEIGHTS.values()) == 100


def test_the_heaviest_gap_is_asked_first(work: UnitOfWork) -> None:
    someone = made(work)
    assert card(work, someone).completeness == Completeness(85, "consent", 100)
    work.write(customers.record_consent, someone, Channel.SMS, False, "counter", at=morning(TODAY))
    assert card(work, someone).completeness == Completeness(100, "", 100)


@pytest.mark.parametrize(
    ("draft", "gap"),
    [
        (replace(WHOLE, phones=(Labelled("12345"),)), "phone"),
        (replace(WHOLE, phones=()), "phone"),
        (replace(WHOLE, name="138 0013-6628"), "name"),
        (replace(WHOLE, birthday=None), "birthday"),
        (replace(WHOLE, preferences=" "), "preference"),
    ],
)
def test_what_is_missing_or_not_valid_is_a_gap(work: UnitOfWork, draft: CustomerDraft, gap: str) -> None:
    someone = made(work, replace(draft, do_not_contact=True))
    assert card(work, someone).completeness == Completeness(100 - WEIGHTS[gap], gap, 100)


def test_what_a_person_values_is_a_preference(work: UnitOfWork) -> None:
    someone = made(work, replace(WHOLE, preferences="", values_ranked=("quality",), do_not_contact=True))
    assert card(work, someone).completeness.share == 100


@pytest.mark.parametrize(("name", "says"), [("王姐", True), ("+86 (138) 0013", False), ("Ann 2", True), ("", False)])
def test_a_name_is_more_than_a_phone(name: str, says: bool) -> None:
    assert named(name) is says


def test_a_field_is_fresh_for_two_years_from_when_the_card_was_made(work: UnitOfWork) -> None:
    someone = made(work, replace(WHOLE, do_not_contact=True), date(2024, 11, 23))
    assert card(work, someone).completeness.share == 100
    late = card(work, someone, TODAY + timedelta(days=1)).completeness
    assert late == Completeness(15, "phone", 45, stale=True)


def test_what_was_changed_or_confirmed_is_fresh_again(work: UnitOfWork, clock: FixedClock) -> None:
    someone = made(work, replace(WHOLE, do_not_contact=True), date(2020, 1, 1))
    version = card(work, someone).version
    version, changed = work.write(customers.set_field, someone, "wechat", "shen", version=version)
    version, _ = work.write(customers.set_field, someone, "note", "nothing that counts", version=version)
    assert card(work, someone).completeness.share == 15 + 5
    _, sure = work.write(customers.confirm_field, someone, "phone", on=TODAY)
    assert card(work, someone).completeness == Completeness(50, "name", 65, stale=True)
    work.write(customers.confirm_field, someone, "phone", on=TODAY + timedelta(days=3))
    assert card(work, someone).completeness.share == 50
    work.write(put_back, changed.rows)
    assert card(work, someone).completeness.share == 45
    assert sure.customers == {someone}
    with pytest.raises(ValueError):
        work.write(customers.confirm_field, someone, "shoe_size", on=TODAY)


def test_a_changed_field_is_noted_on_the_day_of_the_shop(work: UnitOfWork, clock: FixedClock) -> None:
    clock.moment = datetime(2024, 11, 23, 0, 30, tzinfo=ZONE)  # the 22nd in Greenwich
    someone = made(work, replace(WHOLE, do_not_contact=True), date(2020, 1, 1))
    work.write(customers.set_field, someone, "source", "fair", version=1)
    assert card(work, someone).completeness.share == 15 + 10
    assert card(work, someone, TODAY + timedelta(days=1)).completeness.share == 15


def test_a_shop_may_call_a_field_fresh_for_longer(work: UnitOfWork) -> None:
    someone = made(work, replace(WHOLE, do_not_contact=True), date(2021, 12, 1))
    work.write(shop_settings.change, {"field_fresh_months": 60})
    assert card(work, someone).completeness.share == 100


@given(st.dictionaries(st.sampled_from(sorted(WEIGHTS)), st.dates(date(2020, 1, 1), TODAY)), st.dates())
def test_answering_what_is_asked_leads_to_a_whole_card(checked: dict[str, date], since: date) -> None:
    for _ in range(len(WEIGHTS) + 1):
        found = completeness(checked, since)
        if not found.ask:
            break
        assert found.share < found.share_then <= 100
        checked[found.ask] = max(since, TODAY)
        assert completeness(checked, since).share == found.share_then
    assert completeness(checked, since) == Completeness(100, "", 100)


some = st.builds(
    CustomerDraft,
    name=st.sampled_from(["王姐", "13800138000", "(0512) 6789", "Ann"]),
    phones=st.sampled_from([(), (Labelled("13800138000"),), (Labelled("12345"), Labelled("4567"))]),
    wechat=st.sampled_from(["", "jy"]),
    birthday=st.none() | st.sampled_from([Birthday(2, 29), Birthday(2, 30, lunar=True), Birthday(2, 29, 2024)]),
    preferences=st.sampled_from(["", "tea"]),
    values_ranked=st.sampled_from([(), ("price",)]),
    source=st.sampled_from(["", "fair", "friend"]),
    addresses=st.sampled_from([(), (Labelled("road"),)]),
    do_not_contact=st.booleans(),
)
ages = st.sampled_from([0, 700, 730, 731, 732, 800])
told = st.tuples(some, ages, st.dictionaries(st.sampled_from(sorted(WEIGHTS)), ages), st.lists(ages, max_size=2))


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(told, min_size=1, max_size=4))
def test_the_whole_base_is_counted_as_each_card_is(
    work: UnitOfWork, people: list[tuple[CustomerDraft, int, dict[str, int], list[int]]]
) -> None:
    for draft, age, checks, words in people:
        someone = made(work, draft, TODAY - timedelta(days=age))
        for field, ago in checks.items():
            work.write(customers.confirm_field, someone, field, on=TODAY - timedelta(days=ago))
        for ago in words:
            at = morning(TODAY - timedelta(days=ago))
            work.write(customers.record_consent, someone, Channel.SMS, True, "", at=at)
    ids = work.read(customers.ids_of_page, limit=10_000)
    cards = {key: card(work, key) for key in ids}
    base = work.read(customers.base_completeness, TODAY)
    gaps = {field: set(work.read(customers.lacking, TODAY, field)) for field in WEIGHTS}
    for key, seen in cards.items():
        assert seen.completeness.share == sum(WEIGHTS[field] for field in WEIGHTS if key not in gaps[field])
    assert base.everyone.held == {field: len(ids) - len(gaps[field]) for field in WEIGHTS}
    shares: Callable[[list[customers.Card]], int] = lambda some: sum(c.completeness.share for c in some)  # noqa: E731
    assert base.everyone.share == shares(list(cards.values())) // len(ids)
    for source, group in base.by_source.items():
        of_it = [seen for seen in cards.values() if seen.draft.source == source]
        assert (group.cards, group.share) == (len(of_it), shares(of_it) // len(of_it))
        for field, number in group.held.items():
            assert len(work.read(customers.lacking, TODAY, field, source=source)) == group.cards - number


def test_who_made_the_cards_is_counted_and_hidden_cards_are_not(work: UnitOfWork) -> None:
    with Session(work.engine) as session:
        session.add(Staff(id=2, name="Ben", role="clerk"))
        session.commit()
    mine, hers, old = made(work), made(work, replace(WHOLE, source="")), made(work)
    away = made(work)
    work.write(customers.archive, away, at=morning(TODAY))
    with Session(work.engine) as session:
        session.get_one(Customer, hers).created_by = 2
        session.get_one(Customer, old).created_by = None
        session.commit()
    base = work.read(customers.base_completeness, TODAY)
    assert {key: (group.cards, group.share) for key, group in base.by_staff.items()} == {
        customers.NOBODY: (1, 85),
        1: (1, 85),
        2: (1, 75),
    }
    assert base.staff[2] == "Ben" and set(base.staff) == {1, 2}
    assert (base.everyone.cards, base.everyone.held["source"]) == (3, 2)
    assert work.read(customers.lacking, TODAY, "source") == (hers,)
    assert work.read(customers.lacking, TODAY, "consent", made_by=1) == (mine,)
    assert work.read(customers.lacking, TODAY, "consent", made_by=customers.NOBODY) == (old,)


def test_an_empty_shop_has_nothing_to_complete(work: UnitOfWork) -> None:
    base = work.read(customers.base_completeness, TODAY)
    assert (base.everyone.cards, base.everyone.share, base.by_source, base.by_staff) == (0, 0, {}, {})
