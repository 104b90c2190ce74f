"""One change on many cards: seen before, made at once, taken back as one act, one entry in the trail."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app.domain.custom_fields import FieldKind
from app.domain.errors import Cancelled
from app.domain.staff import Actor, Role
from app.services import backup, customers, search
from app.services.customers import EVERYONE, BulkChange, BulkKind, CustomerDraft, Only
from app.services.permissions import NotAllowed
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.gateway import Gateway
from tests.duplicates.people import everything

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
KINDS = [
    BulkChange(BulkKind.ADD_TAG, "tea"),
    BulkChange(BulkKind.REMOVE_TAG, "old"),
    BulkChange(BulkKind.SOURCE, "walk_in"),
    BulkChange(BulkKind.CHANNEL, "wechat"),
    BulkChange(BulkKind.DO_NOT_CONTACT, "yes"),
    BulkChange(BulkKind.ARCHIVED, "yes"),
    BulkChange(BulkKind.CUSTOM, "gaiwan", 1),
]


@pytest.fixture
def people(work: UnitOfWork) -> list[int]:
    work.write(customers.add_field, "Cup", FieldKind.TEXT)
    drafts = [
        CustomerDraft("An", tags=("old",), source="street", custom={1: "mug"}),
        CustomerDraft("Bo", tags=("Tea", "OLD"), preferred_channel="wechat"),
        CustomerDraft("Cai", do_not_contact=True, source="walk_in", custom={1: "gaiwan"}),
        CustomerDraft("Di"),
    ]
    return [work.write(customers.add, draft, at=NOW)[0] for draft in drafts]


def said(work: UnitOfWork, card: int) -> CustomerDraft:
    return work.read(customers.card, card, NOW.date()).draft


def test_each_kind_of_change_is_made(work: UnitOfWork, people: list[int]) -> None:
    for change in KINDS:
        work.write(customers.bulk_edit, people, change, at=NOW)
    drafts = [said(work, card) for card in people]
    assert [draft.tags for draft in drafts] == [("tea",), ("Tea",), ("tea",), ("tea",)]
    assert {draft.source for draft in drafts} == {"walk_in"}
    assert {draft.preferred_channel for draft in drafts} == {"wechat"}
    assert {draft.do_not_contact for draft in drafts} == {True}
    assert {draft.custom[1] for draft in drafts} == {"gaiwan"}
    assert work.read(customers.count, EVERYONE) == 0
    assert work.read(customers.count, Only(archived=True)) == 4


@pytest.mark.parametrize("change", KINDS, ids=lambda change: change.kind.value)
def test_the_preview_foretells_the_act(work: UnitOfWork, people: list[int], change: BulkChange) -> None:
    foreseen = work.read(customers.preview_bulk_edit, people, change, at=NOW, first=9)
    assert foreseen.chosen == 4
    assert len(foreseen.first) == foreseen.changing
    assert work.write(customers.bulk_edit, people, change, at=NOW)[0] == foreseen.changing
    again = work.read(customers.preview_bulk_edit, people, change, at=NOW)
    assert (again.changing, again.first) == (0, ())


def test_the_preview_shows_the_first_as_they_were_given(work: UnitOfWork, people: list[int]) -> None:
    change = BulkChange(BulkKind.SOURCE, "expo")
    first = work.read(customers.preview_bulk_edit, people[::-1], change, at=NOW, first=2).first
    assert [(one.name, one.before, one.after) for one in first] == [("Di", None, "expo"), ("Cai", "walk_in", "expo")]


@pytest.mark.parametrize("change", KINDS, ids=lambda change: change.kind.value)
def test_undo_and_redo_are_one_step_each(gateway: Gateway, work: UnitOfWork, change: BulkChange) -> None:
    people = make(work)
    before, found = contents(work), work.read(search.customer_ids, "tea", 9)
    gateway.write(customers.bulk_edit, people, change, at=NOW, said="many changed")
    after = contents(work)
    assert after != before
    assert gateway.undo()
    assert contents(work) == before
    assert work.read(search.customer_ids, "tea", 9) == found
    assert gateway.redo()
    assert contents(work) == after
    assert gateway.undo()
    assert contents(work) == before
    assert work.read(backup.check, NOW.date()).ok


def make(work: UnitOfWork) -> list[int]:
    work.write(customers.add_field, "Cup", FieldKind.TEXT)
    drafts = [
        CustomerDraft("An", tags=("old",), source="street", custom={1: "mug"}),
        CustomerDraft("Bo", tags=("Tea",)),
    ]
    return [work.write(customers.add, draft, at=NOW)[0] for draft in drafts]


def contents(work: UnitOfWork) -> dict[str, Any]:
    """Everything but the numbers rows have: a value that was put back is a new row."""
    found = everything(work)
    parts = ("customer_tags", "custom_values", "field_checks")
    return {name: sorted(row[1:] for row in rows) if name in parts else rows for name, rows in found.items()}


def test_what_was_changed_since_stays(work: UnitOfWork, people: list[int]) -> None:
    _, changes = work.write(customers.bulk_edit, people, BulkChange(BulkKind.SOURCE, "expo"), at=NOW)
    version = work.read(customers.card, people[3], NOW.date()).version
    work.write(customers.set_field, people[3], "source", "friend", version=version)
    way = changes.taken_back_by
    assert way is not None
    assert work.write(way.service, *way.args, **way.named)[0] == 3
    assert [said(work, card).source for card in people] == ["street", "", "walk_in", "friend"]


def test_one_entry_stands_for_all_and_says_what_was(work: UnitOfWork, people: list[int]) -> None:
    with work.engine.connect() as connection:
        top = connection.exec_driver_sql("SELECT max(id) FROM audit_entries").scalar_one()
    work.write(customers.bulk_edit, people, BulkChange(BulkKind.SOURCE, "expo"), at=NOW)
    with work.engine.connect() as connection:
        query = "SELECT action, table_name, row_id, json(change) FROM audit_entries WHERE id > ?"
        ((action, table, row, change),) = connection.exec_driver_sql(query, (top,)).all()
    assert (action, table, row) == ("customers.bulk_edit", "customers", None)
    assert '"customers":4' in change
    assert f'["street",[{people[0]}]]' in change


def test_words_of_search_and_tags_follow(work: UnitOfWork, people: list[int]) -> None:
    work.write(customers.bulk_edit, people, BulkChange(BulkKind.ADD_TAG, "#oolong"), at=NOW)
    assert sorted(work.read(search.customer_ids, "oolong", 9)) == people
    assert ("oolong", 4) in work.read(customers.tags)
    assert work.read(backup.check, NOW.date()).ok


def test_whoever_has_a_card_open_does_not_save_over_it(work: UnitOfWork, people: list[int]) -> None:
    version = work.read(customers.card, people[0], NOW.date()).version
    work.write(customers.bulk_edit, people, BulkChange(BulkKind.CHANNEL, "call"), at=NOW)
    with pytest.raises(customers.ChangedElsewhere):
        work.write(customers.edit, people[0], CustomerDraft("An"), version=version)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (BulkChange(BulkKind.ADD_TAG, " # "), customers.TagUnsaid),
        (BulkChange(BulkKind.CUSTOM, "x", 99), customers.CustomValueRefused),
        (BulkChange(BulkKind.CUSTOM, "much", 2), customers.CustomValueRefused),
    ],
)
def test_what_no_card_could_say_is_refused(
    work: UnitOfWork, people: list[int], change: BulkChange, refusal: type[Exception]
) -> None:
    work.write(customers.add_field, "Cups", FieldKind.NUMBER)
    for service in (customers.preview_bulk_edit, customers.bulk_edit):
        with pytest.raises(refusal):
            work.write(service, people, change, at=NOW)


def test_stopped_it_has_changed_nothing(work: UnitOfWork, people: list[int]) -> None:
    def stop(done: int, total: int) -> None:
        if done == total:
            raise Cancelled

    before = everything(work)
    with pytest.raises(Cancelled):
        work.write(customers.bulk_edit, people, BulkChange(BulkKind.ADD_TAG, "tea"), at=NOW, progress=stop)
    assert everything(work) == before


def test_it_is_for_who_answers_for_the_shop(work: UnitOfWork, people: list[int]) -> None:
    work.actor = Actor(1, Role.CLERK)
    with pytest.raises(NotAllowed):
        work.write(customers.bulk_edit, people, KINDS[0], at=NOW)
