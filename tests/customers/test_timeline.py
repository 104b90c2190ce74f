"""The timeline: every kind, newest first, in exact pages, by filter."""

from itertools import pairwise

import pytest
from sqlalchemy.orm import Session

from app.domain.completeness import Completeness
from app.models.customers import Customer
from app.models.sales import Sale
from app.services import customers
from app.services.customers import Kind, SaleTold
from app.services.customers.figures import refresh
from app.storage.unit_of_work import UnitOfWork
from tests.customers.lively import TODAY, moment


def test_every_kind_is_told_newest_first(work: UnitOfWork, ids: dict[str, int]) -> None:
    entries = work.read(customers.timeline, ids["沈静怡"])
    assert {entry.kind for entry in entries} == {Kind.SALE, Kind.CONTACT, Kind.COMPLAINT, Kind.POINTS, Kind.TIER}
    assert all(above.cursor > below.cursor for above, below in pairwise(entries))
    assert len(entries) == work.read(customers.timeline_count, ids["沈静怡"])
    assert entries[0].kind is Kind.COMPLAINT
    assert entries[1].at == moment(12)


def test_a_bill_names_its_goods(work: UnitOfWork, ids: dict[str, int]) -> None:
    told = work.read(customers.timeline, ids["沈静怡"], {Kind.SALE})[0].what
    assert isinstance(told, SaleTold)
    assert [(line.name, line.quantity, line.unit) for line in told.goods] == [
        ("凤凰单丛", 250_000, "g"),
        ("白瓷盖碗", 1_000, ""),
    ]
    assert (told.net, told.points_earned, told.lines, told.is_return) == (120_800, 1208, 2, False)


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_pages_put_together_are_the_whole(work: UnitOfWork, ids: dict[str, int], size: int) -> None:
    whole = work.read(customers.timeline, ids["沈静怡"], limit=1000)
    paged: list[customers.Entry] = []
    while page := work.read(customers.timeline, ids["沈静怡"], before=paged[-1].cursor if paged else None, limit=size):
        paged += page
    assert paged == whole


def test_entries_of_one_moment_are_neither_lost_nor_doubled(work: UnitOfWork, ids: dict[str, int]) -> None:
    with Session(work.engine) as session:
        first = session.query(Sale).filter_by(customer_id=ids["沈静怡"]).first()
        assert first is not None
        for number in range(7):
            session.add(
                Sale(
                    number=f"same-{number}",
                    customer_id=ids["沈静怡"],
                    at=first.at,
                    shop_day=first.shop_day,
                    staff_id=1,
                    origin=first.origin,
                    revenue=100,
                )
            )
        session.commit()
    paged: list[customers.Entry] = []
    while page := work.read(customers.timeline, ids["沈静怡"], before=paged[-1].cursor if paged else None, limit=3):
        paged += page
    assert len({entry.id for entry in paged}) == len(paged) == work.read(customers.timeline_count, ids["沈静怡"])


def test_kinds_filter(work: UnitOfWork, ids: dict[str, int]) -> None:
    only = work.read(customers.timeline, ids["沈静怡"], {Kind.CONTACT})
    assert [entry.kind for entry in only] == [Kind.CONTACT] * 2
    assert work.read(customers.timeline_count, ids["沈静怡"], {Kind.CONTACT}) == 2


def test_the_card_has_the_figures_of_its_year(work: UnitOfWork, ids: dict[str, int]) -> None:
    card = work.read(customers.card, ids["沈静怡"], TODAY)
    assert (card.year_spend, card.year_days) == (7 * 120_800, 7)
    assert card.points == 7 * 1208 + 860
    assert (card.usual_gap, card.birthday_next) == (18, TODAY)
    assert [case.number for case in card.cases] == [234]
    assert [fact.text for fact in card.facts] == ["花生过敏，茶点别放花生酥", "只收微信，白天别打电话"]
    assert card.completeness == Completeness(0, "phone", 30, stale=True)  # all is older than two years
    assert (card.tier.code, card.tier.top) == ("vip", True)


def test_a_merged_card_is_answered_for(work: UnitOfWork, ids: dict[str, int]) -> None:
    sister, shen = ids["王姐"], ids["沈静怡"]
    alone = work.read(customers.timeline_count, shen)
    hers = work.read(customers.timeline_count, sister)
    with Session(work.engine) as session:
        session.get_one(Customer, sister).merged_into = shen
        session.commit()
    assert work.read(customers.timeline_count, shen) == alone + hers
    assert work.read(customers.card, sister, TODAY).id == shen


def test_drift_names_what_differs_and_refresh_mends_it(work: UnitOfWork, ids: dict[str, int]) -> None:
    assert work.read(customers.drift) == []
    with Session(work.engine) as session:
        session.connection().exec_driver_sql(
            "UPDATE customer_figures SET net = 1 WHERE customer_id = ?", (ids["王姐"],)
        )
        session.connection().exec_driver_sql("DELETE FROM customer_figures WHERE customer_id = ?", (ids["冯叔"],))
        session.commit()
    found = work.read(customers.drift)
    assert [(d.figure, d.stored, d.true) for d in found if d.customer_id == ids["王姐"]] == [("net", 1, 86_000)]
    assert {d.stored for d in found if d.customer_id == ids["冯叔"]} == {None}
    with Session(work.engine) as session:
        refresh(session)
        session.commit()
    assert work.read(customers.drift) == []
