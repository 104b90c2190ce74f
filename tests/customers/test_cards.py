"""Adding, changing and putting away a card, each with its way back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.domain.birthdays import Birthday
from app.services import audit, customers, search
from app.services.customers import ChangedElsewhere, CustomerDraft, Labelled, NothingToCallThem, PhoneUnreadable
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from tests.customers.lively import TODAY

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
FULL = CustomerDraft(
    name="沈静怡",
    phones=(Labelled("138 0013 6628", "mobile"), Labelled("0512-67890123", "home")),
    wechat="jingyi_tea",
    emails=(Labelled("jy@example.com", "work"),),
    addresses=(Labelled("平江路 88 号", "home"),),
    birthday=Birthday(4, 30, None, lunar=True, leap=True),
    tags=("老茶客", "爱单丛"),
    company="云栖",
    source="walk_in",
    note="只收微信",
)


def test_a_card_says_back_what_was_filled_in(work: UnitOfWork) -> None:
    added, _ = work.write(customers.add, FULL, at=NOW)
    kept = work.read(customers.card, added, TODAY).draft
    assert replace(kept, tags=tuple(sorted(kept.tags))) == replace(FULL, tags=tuple(sorted(FULL.tags)))


def test_a_title_is_a_full_name_and_a_phone_is_enough(work: UnitOfWork) -> None:
    sister, _ = work.write(customers.add, CustomerDraft(name=" 王 姐 "), at=NOW)
    phone, _ = work.write(customers.add, CustomerDraft(phones=(Labelled("139 1234 5678"),)), at=NOW)
    rows = work.read(customers.rows, [sister, phone])
    assert [(row.name, row.phone) for row in rows] == [("王姐", ""), ("139 1234 5678", "13912345678")]


@pytest.mark.parametrize("draft", [CustomerDraft(), CustomerDraft(name="  ", phones=(Labelled(" "),), wechat="x")])
def test_a_card_without_name_and_phone_is_refused(work: UnitOfWork, draft: CustomerDraft) -> None:
    with pytest.raises(NothingToCallThem):
        work.write(customers.add, draft, at=NOW)
    assert work.read(customers.count) == 0


@pytest.mark.parametrize("typed", ["12", "call me", "1.38E+10", "1.38001E+10"])
def test_what_is_no_phone_is_refused_by_its_place(work: UnitOfWork, typed: str) -> None:
    with pytest.raises(PhoneUnreadable) as refused:
        work.write(customers.add, CustomerDraft(name="A", phones=(Labelled("13800138000"), Labelled(typed))), at=NOW)
    assert refused.value.numbers == {"place": 1}


def test_one_number_typed_twice_is_kept_once(work: UnitOfWork) -> None:
    twice = (Labelled("13800138000"), Labelled("+86 138-0013-8000"))
    added, _ = work.write(customers.add, CustomerDraft(name="A", phones=twice), at=NOW)
    assert work.read(customers.card, added, TODAY).draft.phones == (Labelled("13800138000"),)


def test_a_second_window_is_told_that_the_card_has_changed(work: UnitOfWork) -> None:
    added, _ = work.write(customers.add, FULL, at=NOW)
    opened = work.read(customers.card, added, TODAY)
    other_phone = replace(FULL, phones=(Labelled("13900139000"),))
    work.write(customers.edit, added, other_phone, version=opened.version)
    with pytest.raises(ChangedElsewhere):
        work.write(customers.edit, added, replace(FULL, note="lost?"), version=opened.version)
    assert work.read(customers.card, added, TODAY).draft.note == FULL.note


def test_adding_and_editing_are_taken_back_and_done_again(work: UnitOfWork) -> None:
    added, birth = work.write(customers.add, FULL, at=NOW)
    before = work.read(customers.card, added, TODAY)
    changed = replace(FULL, name="沈小怡", phones=(Labelled("13900139000", "work"),), tags=("爱单丛", "新"))
    _, change = work.write(customers.edit, added, changed, version=before.version)
    assert [hit.id for hit in work.read(search.find, "sxy")] == [added]
    _, back = work.write(put_back, change.rows)
    assert work.read(customers.card, added, TODAY).draft == before.draft
    assert work.read(search.find, "sxy") == []
    work.write(put_back, back.rows)
    assert work.read(customers.card, added, TODAY).name == "沈小怡"
    assert birth.taken_back_by is None


def test_a_new_card_taken_back_is_gone_from_lists_and_search(work: UnitOfWork) -> None:
    _, birth = work.write(customers.add, FULL, at=NOW)
    _, gone = work.write(put_back, birth.rows)
    assert (work.read(customers.count), work.read(search.find, "6628")) == (0, [])
    work.write(put_back, gone.rows)
    assert [hit.title for hit in work.read(search.find, "6628")] == ["沈静怡"]


def test_only_what_changed_is_in_the_trail(work: UnitOfWork) -> None:
    added, _ = work.write(customers.add, FULL, at=NOW)
    work.write(customers.edit, added, replace(FULL, note="只收微信，别打电话"), version=1)
    newest = work.read(audit.trail, limit=1)[0]
    assert (newest.action, newest.table) == ("customers.edit", "customers")
    assert set(newest.change) <= {"note", "version"}
    assert newest.change["note"] == ["只收微信", "只收微信，别打电话"]


def test_archived_ones_leave_the_lists_and_stand_last_in_search(work: UnitOfWork) -> None:
    first, _ = work.write(customers.add, CustomerDraft(name="王一"), at=NOW)
    second, _ = work.write(customers.add, CustomerDraft(name="王二"), at=NOW)
    _, change = work.write(customers.archive, second, at=NOW)
    assert [row.id for row in work.read(customers.page)] == [first]
    assert [hit.id for hit in work.read(search.find, "王")] == [first, second]
    assert work.read(customers.count, customers.Only(archived=True)) == 1
    work.write(put_back, change.rows)
    assert work.read(customers.count) == 2


def test_a_fact_is_pinned_seen_and_taken_off(work: UnitOfWork) -> None:
    added, _ = work.write(customers.add, FULL, at=NOW)
    fact, change = work.write(customers.pin_fact, added, "花生 过敏\n", at=NOW)
    assert [(f.text, f.on) for f in work.read(customers.card, added, TODAY).facts] == [("花生 过敏", TODAY)]
    work.write(customers.unpin, fact)
    assert work.read(customers.card, added, TODAY).facts == ()
    with pytest.raises(customers.EmptyFact):
        work.write(customers.pin_fact, added, " ", at=NOW)
    assert change.customers == {added}
