"""Who belongs to whom and who brought whom: read from either side, through merged cards, whatever the file ties."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.domain.relations import Relation, inverse
from app.models.customers import Customer, CustomerFigures
from app.services import customers
from app.services.customers import CustomerDraft
from app.services.customers.referrals import DEEPEST
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from tests.customers.lively import TODAY

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


@pytest.fixture
def people(work: UnitOfWork) -> dict[str, int]:
    names = ("Ann", "Ben", "Cem", "Dora", "Eve")
    at = (NOW + timedelta(minutes=place) for place in range(len(names)))
    return {name: work.write(customers.add, CustomerDraft(name=name), at=next(at))[0] for name in names}


def related(work: UnitOfWork, customer: int) -> list[tuple[str, str]]:
    seen = work.read(customers.relations, customer)
    assert work.read(customers.card, customer, TODAY).relations == seen
    return [(person.name, person.kind) for person in seen]


def merge(work: UnitOfWork, gone: int, kept: int) -> None:
    with Session(work.engine) as session:
        session.get_one(Customer, gone).merged_into = kept
        session.commit()


@pytest.mark.parametrize("kind", [*Relation, "茶友"])
def test_the_inverse_of_the_inverse_is_the_kind_itself(kind: str) -> None:
    assert inverse(inverse(kind)) == kind


def test_a_relation_is_read_from_either_side(work: UnitOfWork, people: dict[str, int]) -> None:
    ann, ben, cem = people["Ann"], people["Ben"], people["Cem"]
    _, said = work.write(customers.relate, ann, ben, Relation.PARENT)
    work.write(customers.relate, cem, ann, "茶友")
    assert related(work, ann) == [("Ben", "parent"), ("Cem", "茶友")]
    assert related(work, ben) == [("Ann", "child")]
    assert related(work, cem) == [("Ann", "茶友")]
    work.write(customers.unrelate, ann, cem)
    assert related(work, cem) == []
    work.write(put_back, said.rows)
    assert related(work, ben) == []


def test_a_second_word_for_the_same_two_replaces_the_first(work: UnitOfWork, people: dict[str, int]) -> None:
    ann, ben = people["Ann"], people["Ben"]
    work.write(customers.relate, ann, ben, Relation.FRIEND)
    work.write(customers.relate, ben, ann, Relation.EMPLOYER)
    assert (related(work, ann), related(work, ben)) == ([("Ben", "employee")], [("Ann", "employer")])


def test_nobody_is_related_to_themselves_nor_by_no_word(work: UnitOfWork, people: dict[str, int]) -> None:
    ann, ben, cem = people["Ann"], people["Ben"], people["Cem"]
    merge(work, ben, ann)
    with pytest.raises(customers.OneselfRelated):
        work.write(customers.relate, ann, ben, Relation.SPOUSE)
    with pytest.raises(customers.OneselfRelated):
        work.write(customers.join_household, ben, ann)
    with pytest.raises(customers.RelationUnsaid):
        work.write(customers.relate, ann, cem, "  ")


def test_relations_and_households_are_seen_through_merged_cards(work: UnitOfWork, people: dict[str, int]) -> None:
    ann, ben, cem, dora = (people[name] for name in ("Ann", "Ben", "Cem", "Dora"))
    work.write(customers.relate, ann, ben, Relation.SPOUSE)
    house, _ = work.write(customers.join_household, ann, ben)
    merge(work, ben, cem)
    merge(work, cem, dora)
    assert related(work, ann) == [("Dora", "spouse")]
    assert related(work, dora) == [("Ann", "spouse")]
    seen = work.read(customers.card, ann, TODAY).household
    assert seen == customers.HouseholdSeen(house, "", (customers.Person(dora, "Dora"),))
    work.write(customers.unrelate, dora, ann)
    assert related(work, ann) == []


def test_people_join_a_household_name_it_and_leave(work: UnitOfWork, people: dict[str, int]) -> None:
    ann, ben, cem = people["Ann"], people["Ben"], people["Cem"]
    house, made = work.write(customers.join_household, ann, ben)
    assert work.write(customers.join_household, cem, ben)[0] == house
    work.write(customers.name_household, house, " 平江路\n沈家 ")
    seen = work.read(customers.card, ann, TODAY).household
    assert seen is not None and (seen.name, [person.name for person in seen.others]) == ("平江路 沈家", ["Ben", "Cem"])
    work.write(customers.leave_household, ann)
    work.write(customers.leave_household, ben)
    _, last = work.write(customers.leave_household, cem)
    with pytest.raises(customers.NoSuchHousehold):
        card = work.read(customers.card, ann, TODAY)
        work.write(customers.set_field, ann, "household_id", house, version=card.version)
    work.write(put_back, last.rows)
    again = work.read(customers.card, cem, TODAY).household
    assert again is not None and (again.id, again.name) == (house, "平江路 沈家")
    assert made.customers == {ann, ben}


def test_who_joins_another_household_leaves_an_empty_one_behind_for_nobody(
    work: UnitOfWork, people: dict[str, int]
) -> None:
    ann, ben, cem, dora = (people[name] for name in ("Ann", "Ben", "Cem", "Dora"))
    first, _ = work.write(customers.join_household, ann, ben)
    second, _ = work.write(customers.join_household, cem, dora)
    for mover in (ann, ben):
        work.write(customers.join_household, mover, cem)
    card = work.read(customers.card, ann, TODAY)
    assert card.household is not None and card.household.id == second
    assert {person.id for person in card.household.others} == {ben, cem, dora}
    with pytest.raises(customers.NoSuchHousehold):
        work.write(customers.set_field, ann, "household_id", first, version=card.version)


def give_net(work: UnitOfWork, amounts: dict[int, int]) -> None:
    with Session(work.engine) as session:
        for key, net in amounts.items():
            session.get_one(CustomerFigures, key).net = net
        session.commit()


def test_a_branch_counts_all_beneath_it(work: UnitOfWork, people: dict[str, int]) -> None:
    ann, ben, cem, dora, eve = people.values()
    for who, by in ((ben, ann), (cem, ben), (dora, ben), (eve, ann)):
        work.write(customers.set_referrer, who, by)
    give_net(work, {ann: 1, ben: 10, cem: 200, dora: 3000, eve: 40000})
    tree = work.read(customers.referrals, ann)
    told = [(row.name, row.level, row.brought_by, row.beneath, row.branch_net) for row in tree.people]
    assert told == [
        ("Ben", 1, ann, 2, 3210),
        ("Cem", 2, ben, 0, 200),
        ("Dora", 2, ben, 0, 3000),
        ("Eve", 1, ann, 0, 40000),
    ]
    assert (tree.net, tree.deeper) == (43210, False)
    card = work.read(customers.card, ben, TODAY)
    assert (card.referrer, card.brought) == (customers.Person(ann, "Ann"), 2)


def test_a_ring_of_referrers_is_refused(work: UnitOfWork, people: dict[str, int]) -> None:
    ann, ben, cem, dora, _ = people.values()
    work.write(customers.set_referrer, ben, ann)
    work.write(customers.set_referrer, cem, ben)
    merge(work, dora, cem)
    for who, by in ((ann, ann), (ann, cem), (ann, dora), (ann, 999)):
        with pytest.raises(customers.ReferrerRefused):
            work.write(customers.set_referrer, who, by)
    card = work.read(customers.card, ann, TODAY)
    with pytest.raises(customers.ReferrerRefused):
        work.write(customers.set_field, ann, "referrer_id", cem, version=card.version)
    work.write(customers.set_referrer, cem, None)
    work.write(customers.set_referrer, ann, cem)


def test_whom_a_merged_card_brought_stands_beneath_the_one_that_answers(
    work: UnitOfWork, people: dict[str, int]
) -> None:
    ann, ben, cem, dora, _ = people.values()
    work.write(customers.set_referrer, cem, ben)
    work.write(customers.set_referrer, dora, cem)
    merge(work, ben, ann)
    assert [row.name for row in work.read(customers.referrals, ann).people] == ["Cem", "Dora"]
    assert work.read(customers.card, ann, TODAY).brought == 1


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ties=st.lists(st.none() | st.integers(0, 4), min_size=5, max_size=5), root=st.integers(0, 4))
def test_any_ring_a_file_brought_ends(
    work: UnitOfWork, people: dict[str, int], ties: list[int | None], root: int
) -> None:
    ids = list(people.values())
    with Session(work.engine) as session:
        for key, tie in zip(ids, ties, strict=True):
            session.get_one(Customer, key).referrer_id = None if tie is None else ids[tie]
        session.commit()
    reached: set[int] = set()
    frontier = {root}
    while frontier:
        frontier = {place for place, tie in enumerate(ties) if tie in frontier} - reached - {root}
        reached |= frontier
    tree = work.read(customers.referrals, ids[root])
    assert {row.id for row in tree.people} == {ids[place] for place in reached}
    assert len(tree.people) == len(reached)


def test_a_tree_deeper_than_is_read_says_so(work: UnitOfWork) -> None:
    chain = [work.write(customers.add, CustomerDraft(name="P0"), at=NOW)[0]]
    for place in range(1, DEEPEST + 2):
        draft = CustomerDraft(name=f"P{place}", referrer_id=chain[-1])
        chain.append(work.write(customers.add, draft, at=NOW)[0])
    whole = work.read(customers.referrals, chain[0])
    assert (len(whole.people), whole.deeper) == (DEEPEST, True)
    assert not work.read(customers.referrals, chain[1]).deeper
