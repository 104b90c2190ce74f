"""Lists: sorted by any figure, a page at a time, filtered, and each row's place known."""

from collections.abc import Callable
from datetime import timedelta
from itertools import chain
from typing import Any

import pytest

from app.services import customers
from app.services.customers import CustomerRow, Only, Order, SortBy
from app.storage.unit_of_work import UnitOfWork
from tests.customers.lively import PEOPLE, TODAY

VALUE: dict[SortBy, Callable[[CustomerRow], Any]] = {
    SortBy.SPENT: lambda row: row.net,
    SortBy.POINTS: lambda row: row.points,
    SortBy.VISITS: lambda row: row.purchase_days,
    SortBy.TIER: lambda row: row.tier.rank,
    SortBy.COMPLAINTS: lambda row: row.open_complaints,
    SortBy.LAST_SALE: lambda row: (row.last_sale_on is not None, row.last_sale_on),
    SortBy.LAST_CONTACT: lambda row: (row.last_contact_on is not None, row.last_contact_on),
}


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("by", VALUE)
def test_pages_put_together_are_everyone_in_order(
    work: UnitOfWork, ids: dict[str, int], by: SortBy, descending: bool
) -> None:
    order = Order(by, descending)
    pages = [work.read(customers.page, order, offset=at, limit=5) for at in range(0, len(PEOPLE), 5)]
    rows = list(chain.from_iterable(pages))
    assert {row.id for row in rows} == set(ids.values()) and len(rows) == len(ids)
    values = [VALUE[by](row) for row in rows]
    assert values == sorted(values, reverse=descending)
    assert [work.read(customers.place, row.id, order) for row in rows] == list(range(len(rows)))


def test_names_are_sorted_by_pinyin(work: UnitOfWork, ids: dict[str, int]) -> None:
    names = [row.name for row in work.read(customers.page, Order(SortBy.NAME, descending=False))]
    assert names.index("曾国藩") == len(names) - 2  # zeng, a surname, before zhao
    assert names[:2] == ["阿依古丽·买买提", "Emily Chen 陈艾米"]


def test_a_row_says_what_was_bought(work: UnitOfWork, ids: dict[str, int]) -> None:
    row = work.read(customers.rows, [ids["欧阳若兰"]])[0]
    assert (row.net, row.purchase_days, row.last_sale_on) == (4 * 197_900, 4, TODAY - timedelta(days=38))
    assert (row.phone, row.tier.code) == ("13911220417", "vip")


def names(rows: list[CustomerRow]) -> set[str]:
    return {row.name for row in rows}


def test_filters(work: UnitOfWork, ids: dict[str, int]) -> None:
    assert names(work.read(customers.page, None, Only(complaint=True))) == {"沈静怡", "吴建国"}
    assert names(work.read(customers.page, None, Only(tag="送礼多"))) == {"沈静怡", "阿依古丽·买买提"}
    vips = Only(tier_rank=2)
    assert work.read(customers.count, vips) == len(work.read(customers.page, None, vips)) == 4
    picked = (ids["王姐"], ids["冯叔"], 999)
    assert [row.id for row in work.read(customers.page, None, Only(ids=picked))] == list(picked[:2])
    assert work.read(customers.place, ids["冯叔"], None, Only(ids=picked)) == 1
    assert work.read(customers.place, ids["沈静怡"], None, Only(ids=picked)) is None


def test_counts_are_those_of_the_lists(work: UnitOfWork, ids: dict[str, int]) -> None:
    counts = work.read(customers.counts)
    assert (counts.total, counts.with_complaint) == (len(PEOPLE), 2)
    assert counts.by_tier == {rank: sum(p[2] == rank for p in PEOPLE) for rank in (0, 1, 2)}


def test_silent_is_longer_than_twice_the_own_rhythm(work: UnitOfWork, ids: dict[str, int]) -> None:
    """赵国强 comes every 40 days and was last here 96 days ago; 陆明远 every 32 and was here 6 days ago."""
    silent = work.read(customers.silent, TODAY)
    assert ids["赵国强"] in silent
    assert not {ids["陆明远"], ids["沈静怡"], ids["唐一诺"]} & set(silent)


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("limit", [1, 5, 7])
def test_the_far_half_counted_from_its_end_is_the_same(
    work: UnitOfWork, ids: dict[str, int], limit: int, descending: bool
) -> None:
    order = Order(SortBy.SPENT, descending)
    whole = [row.id for row in work.read(customers.page, order)]
    for offset in range(len(whole) + 2):
        page = work.read(customers.ids_of_page, order, offset=offset, limit=limit, of=len(whole))
        assert page == whole[offset : offset + limit]


def test_those_nobody_spoke_to_for_ninety_days_are_found(work: UnitOfWork, ids: dict[str, int]) -> None:
    since = TODAY - timedelta(days=90)
    only = Only(untouched_since=since)
    everyone = work.read(customers.page, Order(SortBy.NAME), limit=100)
    quiet = {row.id for row in everyone if row.last_contact_on is None or row.last_contact_on < since}
    assert 0 < len(quiet) < len(everyone)
    assert {row.id for row in work.read(customers.page, Order(SortBy.NAME), only, 0, 100)} == quiet
    assert work.read(customers.count, only) == len(quiet)
