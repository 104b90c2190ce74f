"""Merging two cards: whose words hold, what is untouched, what is refused, and that taking it back is exact."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.birthdays import Birthday
from app.domain.complaints import Severity
from app.domain.followups import FollowUpKind
from app.models.customers import Customer, CustomerPhoto, CustomField, CustomValue, Household, NotSame, PersonalPrice
from app.models.products import Product
from app.services import complaints, customers, duplicates, followups, loyalty, search
from app.services.backup import check
from app.services.customers import CustomerDraft, Labelled
from app.services.duplicates import AlreadyMerged, CardErased, Choices, MergedSince, MergeTakenBack, SameCard, Side
from app.storage.unit_of_work import UnitOfWork
from tests.duplicates.people import NOW, add, everything, sell, work_read


def merge(work: UnitOfWork, kept: int, gone: int, **sides: Side) -> int:
    return work.write(duplicates.merge, kept, gone, Choices(sides), at=NOW)[0].merge_id


def write(work: UnitOfWork, act: Callable[[Session], None]) -> None:
    """Rows that no service makes yet."""
    with Session(work.engine) as session:
        act(session)
        session.commit()


@pytest.fixture
def two(work: UnitOfWork) -> tuple[int, int]:
    """The same woman twice: the first card is poor, the second rich."""
    first = add(work, "沈若兰", "13800138000", tags=("老茶客",), note="不吃花生")
    second = add(
        work,
        "沈若蘭",
        "138 0013 8000",
        "13912345678",
        birthday=Birthday(5, 17, 1988),
        wechat="ruolan",
        emails=(Labelled("ruolan@example.com"),),
        addresses=(Labelled("平江路 12 号"),),
        tags=("老茶客", "送礼多"),
        note="周末来",
        source="朋友",
        do_not_contact=True,
    )
    return first, second


def test_empty_fields_are_filled_lists_united_and_nothing_said_is_lost(work: UnitOfWork, two: tuple[int, int]) -> None:
    merge(work, *two)
    card = work.read(customers.card, two[1], NOW.date())
    assert card.id == two[0]
    draft = card.draft
    assert (draft.name, draft.wechat, draft.source, draft.birthday) == (
        "沈若兰",
        "ruolan",
        "朋友",
        Birthday(5, 17, 1988),
    )
    assert [phone.text for phone in draft.phones] == ["13800138000", "13912345678"]
    assert draft.tags == ("老茶客", "送礼多")
    assert [*draft.emails, *draft.addresses] == [Labelled("ruolan@example.com"), Labelled("平江路 12 号")]
    assert draft.note == "不吃花生\n周末来"
    assert draft.do_not_contact


def test_a_person_chooses_field_by_field(work: UnitOfWork, two: tuple[int, int]) -> None:
    merge(work, *two, name=Side.GONE, wechat=Side.KEPT, note=Side.GONE, tags=Side.KEPT, phones=Side.GONE)
    draft = work.read(customers.card, two[0], NOW.date()).draft
    assert (draft.name, draft.wechat, draft.note, draft.tags) == ("沈若蘭", "", "周末来", ("老茶客",))
    assert sorted(phone.text for phone in draft.phones) == ["13800138000", "13912345678"]


def test_what_is_proposed_side_by_side_is_what_the_merge_does(work: UnitOfWork, two: tuple[int, int]) -> None:
    shown = work.read(duplicates.side_by_side, *two)
    assert (shown.kept.id, shown.gone.id) == two
    takes = {field.name: field.takes for field in shown.fields}
    assert takes["wechat"] is takes["birthday"] is Side.GONE
    assert takes["name"] is Side.KEPT
    assert takes["note"] is takes["phones"] is Side.BOTH
    assert shown.likeness is not None and not shown.judged
    merge(work, *two)
    again = work.read(customers.card, two[0], NOW.date()).draft
    said = {field.name: (field.kept, field.gone) for field in shown.fields}
    assert again.wechat == said["wechat"][1] and again.birthday == said["birthday"][1]
    assert again.name == said["name"][0]


def test_histories_are_read_through_the_card_that_stays(work: UnitOfWork, two: tuple[int, int]) -> None:
    kept, gone = two
    sell(work, gone, 300, "old")
    sell(work, kept, 200, "new")
    case = complaints.ComplaintDraft("product", Severity.MINOR, "受潮", gone)
    work.write(complaints.log, case, at=NOW)
    merge(work, kept, gone)
    [row] = work.read(customers.rows, [kept])
    assert (row.net, row.points, row.purchase_days, row.open_complaints) == (50000, 500, 1, 1)
    assert work.read(customers.card, kept, NOW.date()).cases[0].words == "受潮"
    assert [row.id for row in work.read(customers.page, limit=10)] == [kept]
    assert work.read(loyalty.standing, kept, NOW.date()).amount == 50000
    assert work.read(search.customer_ids, "13912345678", 5) == work.read(search.customer_ids, "沈若蘭", 5) == [kept]
    sell(work, gone, 100, "after")
    assert work.read(customers.rows, [kept])[0].net == 60000
    assert not work.read(check, NOW.date()).problems


def test_the_ledgers_and_histories_are_not_touched(work: UnitOfWork, two: tuple[int, int]) -> None:
    kept, gone = two
    sell(work, gone, 300, "old")
    before = everything(work)
    merge(work, kept, gone)
    after = everything(work)
    for table in ("sales", "sale_lines", "point_entries", "interactions", "followups", "complaints", "pinned_facts"):
        assert after[table] == before[table]


def test_refusals(work: UnitOfWork, two: tuple[int, int]) -> None:
    kept, gone = two
    third = add(work, "第三位")
    for wrong, pair in ((SameCard, (kept, kept)), (AlreadyMerged, (third, gone)), (AlreadyMerged, (gone, third))):
        if wrong is AlreadyMerged and pair == (third, gone):
            done = merge(work, kept, gone)
        with pytest.raises(wrong):
            merge(work, *pair)
        with pytest.raises(wrong):
            work.read(duplicates.side_by_side, *pair)
    with pytest.raises(AlreadyMerged):  # a circle
        merge(work, gone, kept)
    work.write(duplicates.unmerge, done, at=NOW)
    with pytest.raises(MergeTakenBack):
        work.write(duplicates.unmerge, done, at=NOW)

    def erase_for_test(session: Session) -> None:
        session.get_one(Customer, third).erased_at = NOW

    write(work, erase_for_test)
    with pytest.raises(CardErased):
        merge(work, kept, third)


def test_a_card_that_answers_for_others_can_be_merged_and_the_later_merge_comes_off_first(
    work: UnitOfWork, two: tuple[int, int]
) -> None:
    kept, gone = two
    third = add(work, "若兰姐", "13700137000")
    for customer, units in ((kept, 100), (gone, 200), (third, 400)):
        sell(work, customer, units, f"sale {customer}")
    start = everything(work)
    inner = merge(work, gone, third)
    between = everything(work)
    outer = merge(work, kept, gone)
    assert work.read(customers.rows, [kept])[0].net == 70000
    assert work.read(search.customer_ids, "若兰姐", 5) == [kept]
    assert {row.id for row in work.read(duplicates.merges, kept)} == {inner, outer}
    assert [row.later for row in work.read(duplicates.merges, kept)] == [None, outer]
    with pytest.raises(MergedSince):
        work.write(duplicates.unmerge, inner, at=NOW)
    work.write(duplicates.unmerge, outer, at=NOW)
    assert everything(work) == between
    assert [row.net for row in work.read(customers.rows, [kept, gone, third])] == [10000, 60000, 0]
    work.write(duplicates.unmerge, inner, at=NOW)
    assert everything(work) == start
    assert not work.read(check, NOW.date()).problems


def test_everything_a_card_keeps_comes_over_and_goes_back(work: UnitOfWork, two: tuple[int, int]) -> None:
    kept, gone = two
    others = [add(work, name) for name in ("女儿", "介绍人", "朋友")]

    def fill_for_test(session: Session) -> None:
        session.add_all(
            [
                CustomField(id=1, label="尺码", kind="text", choices=[]),
                Household(id=1, name="沈家"),
                Product(id=1, code="T", name="茶", unit="斤", price=1000000, category="", active=True),
            ]
        )
        session.flush()
        card = session.get_one(Customer, gone)
        card.household_id, card.referrer_id, card.credit_limit = 1, others[1], 50000
        card.values_ranked = ["quality", "price"]
        session.get_one(Customer, others[0]).household_id = 1
        session.get_one(Customer, others[2]).referrer_id = gone
        session.add_all(
            [
                CustomValue(customer_id=gone, field_id=1, value="M"),
                CustomerPhoto(customer_id=gone, jpeg=b"\xff\xd8" + bytes(range(256))),
                PersonalPrice(customer_id=gone, product_id=1, price=900000),
                NotSame(low_id=gone, high_id=others[0], at=NOW, staff_id=1),
                NotSame(low_id=kept, high_id=gone, at=NOW, staff_id=1),
            ]
        )

    write(work, fill_for_test)
    before = everything(work)
    done = merge(work, kept, gone)

    def look(session: Session) -> Any:
        card = session.get_one(Customer, kept)
        return (
            (card.household_id, card.referrer_id, card.credit_limit, card.values_ranked),
            session.scalar(select(CustomValue.value).where(CustomValue.customer_id == kept)),
            session.get_one(CustomerPhoto, kept).jpeg[:2],
            session.scalar(select(PersonalPrice.price).where(PersonalPrice.customer_id == kept)),
            session.get_one(Customer, others[2]).referrer_id,
            {(row.low_id, row.high_id) for row in session.scalars(select(NotSame))},
        )

    pairs = {(kept, others[0]), (gone, others[0])}
    one_value = (1, others[1], 50000, ["quality", "price"])
    assert work_read(work, look) == (one_value, "M", b"\xff\xd8", 900000, kept, pairs)
    work.write(duplicates.unmerge, done, at=NOW)
    assert everything(work) == before


def test_nobody_brings_themselves_after_a_merge(work: UnitOfWork, two: tuple[int, int]) -> None:
    kept, gone = two
    between = add(work, "中间人")

    def tie_for_test(session: Session) -> None:
        session.get_one(Customer, gone).referrer_id = between
        session.get_one(Customer, between).referrer_id = kept

    write(work, tie_for_test)
    merge(work, kept, gone)
    assert work_read(work, lambda session: session.get_one(Customer, kept).referrer_id) is None


def test_what_was_edited_since_stays_and_what_only_the_other_brought_goes(
    work: UnitOfWork, two: tuple[int, int]
) -> None:
    kept, gone = two
    done = merge(work, kept, gone)
    card = work.read(customers.card, kept, NOW.date())
    draft = CustomerDraft(
        "沈若兰",
        (Labelled("13912345678"), Labelled("13600136000")),
        wechat="shen_ruolan",
        birthday=card.draft.birthday,
        source=card.draft.source,
        tags=("老茶客", "送礼多", "开发票"),
        note=card.draft.note,
    )
    work.write(customers.edit, kept, draft, version=card.version)
    work.write(duplicates.unmerge, done, at=NOW)
    mine = work.read(customers.card, kept, NOW.date()).draft
    assert (mine.wechat, mine.birthday, mine.source, mine.note) == ("shen_ruolan", None, "", "不吃花生")
    assert [phone.text for phone in mine.phones] == ["13600136000"]
    assert mine.tags == ("开发票", "老茶客")
    theirs = work.read(customers.card, gone, NOW.date()).draft
    assert (theirs.wechat, theirs.name, theirs.birthday) == ("ruolan", "沈若蘭", Birthday(5, 17, 1988))
    assert [phone.text for phone in theirs.phones] == ["138 0013 8000", "13912345678"]


def test_undo_takes_a_merge_back_and_redo_merges_again_as_it_was_chosen(work: UnitOfWork, two: tuple[int, int]) -> None:
    before = everything(work)
    _, done = work.write(duplicates.merge, *two, Choices({"name": Side.GONE}), at=NOW)
    assert done.taken_back_by is not None
    merged = work.read(customers.card, two[0], NOW.date()).draft
    _, undone = work.write(done.taken_back_by.service, *done.taken_back_by.args, **done.taken_back_by.named)
    assert everything(work) == before
    assert undone.taken_back_by is not None
    work.write(undone.taken_back_by.service, *undone.taken_back_by.args, **undone.taken_back_by.named)
    assert work.read(customers.card, two[1], NOW.date()).draft == merged
    assert merged.name == "沈若蘭"


def test_tiers_are_those_of_both_together_and_part_again(work: UnitOfWork, two: tuple[int, int]) -> None:
    kept, gone = two
    for number, customer in enumerate(two):
        sell(work, customer, 3500, f"big {number}")
    assert [row.tier.code for row in work.read(customers.rows, list(two))] == ["ordinary", "ordinary"]
    done = merge(work, kept, gone)
    assert work.read(customers.rows, [kept])[0].tier.code == "vip"
    assert work.read(loyalty.counts, NOW.date()) == {0: 0, 1: 0, 2: 1}
    work.write(duplicates.unmerge, done, at=NOW + timedelta(days=1))
    assert [row.tier.code for row in work.read(customers.rows, list(two))] == ["ordinary", "ordinary"]


def test_open_things_of_the_card_that_went_are_found_under_the_one_that_stays(
    work: UnitOfWork, two: tuple[int, int]
) -> None:
    kept, gone = two
    work.write(followups.book, followups.FollowUpDraft(NOW.date(), FollowUpKind.CALL, gone), at=NOW)
    merge(work, kept, gone)
    plan = work.read(followups.day, NOW.date(), NOW.date())
    assert [strip.item.who.id for strip in plan.strips if strip.item.who] == [kept]


def test_one_phone_typed_in_two_ways_is_no_difference(work: UnitOfWork) -> None:
    one, two = add(work, "沈静怡", "138 0013 6628"), add(work, "沈静宜", "13800136628")
    phones = next(field for field in work.read(duplicates.side_by_side, one, two).fields if field.name == "phones")
    assert not phones.differs
    work.write(duplicates.merge, one, two)
    assert [phone.text for phone in work.read(customers.card, one, NOW.date()).draft.phones] == ["138 0013 6628"]
