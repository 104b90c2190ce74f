"""An erasure takes every trace of a person out of the file, and changes no sum."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from app.bootstrap import Shop
from app.domain.interactions import Channel
from app.models.every import Base
from app.services import backup, customers, duplicates, insights, loyalty, privacy, search
from app.services.privacy import personal
from app.storage.schema import statements
from app.storage.unit_of_work import UnitOfWork
from tests.privacy.marked import NOW, PHONES, STEM, Marked

TODAY = date(2026, 11, 23)
TRACES = (STEM, STEM.upper(), *PHONES, "778899", PHONES[0][-6:])


def traces(folder: Path) -> list[str]:
    """Which markers lie in the bytes of the shop file and of whatever lies beside it, however they are encoded."""
    files = [path for path in folder.iterdir() if path.is_file()]
    held = [(path.name, path.read_bytes()) for path in files]
    return [f"{name}: {mark}" for name, data in held for mark in TRACES for code in CODES if mark.encode(code) in data]


CODES = ("utf-8", "utf-16-le")


def asked(path: Path, statement: str) -> list[tuple[Any, ...]]:
    connection = dbapi2.connect(str(path))
    try:
        return [tuple(row) for row in connection.execute(statement)]
    finally:
        connection.close()


def books(work: UnitOfWork, people: list[int]) -> dict[str, Any]:
    """Every figure the shop lives by."""
    path = work.path
    return {
        "stats": figures(work),
        "outstanding": work.read(loyalty.outstanding, TODAY),
        "sales": asked(path, "SELECT * FROM sales ORDER BY id"),
        "lines": asked(path, "SELECT * FROM sale_lines ORDER BY id"),
        "points": asked(path, f"SELECT {', '.join(sorted(personal.STAYS['point_entries']))} FROM point_entries"),
        "tiers": asked(path, "SELECT * FROM tier_moves ORDER BY id"),
        "balances": [work.read(loyalty.balance, one) for one in people],
        "figures": asked(
            path,
            "SELECT customer_id, net, last_sale_on, last_contact_on, purchase_days, points, tier_rank, "
            "open_complaints FROM customer_figures ORDER BY 1",
        ),
        "check": work.read(backup.check, TODAY),
    }


def figures(work: UnitOfWork) -> dict[str, Any]:
    """The figures of the insight screens; of their best customers what they bought, not what they are called."""
    found = work.read(insights.figures, TODAY)
    told = {name: getattr(found, name) for name in found.__dataclass_fields__ if name != "top"}
    return {**told, "top": [(one.id, one.revenue) for one in found.top]}


def test_before_it_the_markers_are_found(marked: Marked, shop: Shop) -> None:
    assert len(traces(shop.path.parent)) > 3


def test_no_byte_of_the_person_is_left(marked: Marked, shop: Shop) -> None:
    shop.work.write(privacy.erase, marked.id, at=NOW)
    assert traces(shop.path.parent) == []


def test_no_word_of_theirs_is_left_in_the_search(marked: Marked, shop: Shop) -> None:
    shop.work.write(privacy.erase, marked.id, at=NOW)
    connection = dbapi2.connect(str(shop.path))
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'search_words', 'row')")
    terms = {term for (term,) in connection.execute("SELECT term FROM temp.words")}
    connection.close()
    assert not [term for term in terms if STEM[1:] in term or PHONES[0][-5:] in term]
    assert shop.work.read(search.customer_ids, STEM, 10) == []
    assert marked.other in shop.work.read(search.customer_ids, "wang", 10)


def test_every_sum_stays(marked: Marked, shop: Shop) -> None:
    people = [marked.id, marked.other]
    before = books(shop.work, people)
    shop.work.write(privacy.erase, marked.merged, at=NOW)
    assert books(shop.work, people) == before
    assert before["check"].ok


def test_the_schema_is_what_it_was_to_the_letter(marked: Marked, shop: Shop) -> None:
    with shop.work.engine.connect() as connection:
        before = statements(connection)
    shop.work.write(privacy.erase, marked.id, at=NOW)
    with shop.work.engine.connect() as connection:
        assert statements(connection) == before


@pytest.mark.parametrize("table", ["audit_entries", "point_entries"])
def test_the_guards_of_the_ledgers_are_back(marked: Marked, shop: Shop, table: str) -> None:
    shop.work.write(privacy.erase, marked.id, at=NOW)
    connection = dbapi2.connect(str(shop.path))
    with pytest.raises(dbapi2.IntegrityError, match="append-only"):
        connection.execute(f"UPDATE {table} SET staff_id = 2")
    connection.close()


def test_the_trail_still_says_who_did_what_when(marked: Marked, shop: Shop) -> None:
    told = "SELECT id, at, staff_id, action, table_name, row_id, kind FROM audit_entries ORDER BY id"
    before = asked(shop.path, told)
    shop.work.write(privacy.erase, marked.id, at=NOW)
    after = asked(shop.path, told)
    assert after[: len(before)] == before
    assert after[len(before) :] == [(len(before) + 1, *after[-1][1:])]
    assert after[-1][3:5] == ("privacy.erase", "customers")


def test_what_the_trail_says_of_others_stays(marked: Marked, shop: Shop) -> None:
    others = (
        f"SELECT change FROM audit_entries WHERE table_name = 'customers' AND row_id = '{marked.other}' ORDER BY id"
    )
    before = asked(shop.path, others)
    shop.work.write(privacy.erase, marked.id, at=NOW)
    assert asked(shop.path, others) == before
    assert "Wang Fang" in before[0][0]


def test_the_card_says_its_number_and_nobody_may_write_to_it(marked: Marked, shop: Shop) -> None:
    shop.work.write(privacy.erase, marked.id, at=NOW)
    card = shop.work.read(customers.card, marked.id, TODAY)
    assert card.name == f"#{marked.id}"
    assert card.archived
    assert card.draft.do_not_contact
    assert shop.work.read(customers.audience, [marked.id, marked.merged], Channel.SMS).may == ()
    assert asked(shop.path, "SELECT count(*) FROM followups WHERE done_at IS NULL") == [(0,)]
    assert shop.work.read(customers.referrals, marked.id).people[0].id == marked.other


def test_it_is_done_once_and_the_merge_cannot_be_taken_apart(marked: Marked, shop: Shop) -> None:
    _, changes = shop.work.write(privacy.erase, marked.id, at=NOW)
    assert (changes.irreversible, changes.forgets, changes.rows) == (True, True, ())
    for card in (marked.id, marked.merged):
        with pytest.raises(privacy.AlreadyErased):
            shop.work.write(privacy.erase, card, at=NOW)
    assert shop.work.read(duplicates.merges, marked.id) == []


def test_a_person_who_came_after_an_undone_card_keeps_their_trail(work: UnitOfWork, shop: Shop) -> None:
    """A phone of somebody else may have got the number of one that was taken off the erased card."""
    marked = Marked(work)
    asked_for = "SELECT max(id) FROM customer_phones"
    ((highest,),) = asked(shop.path, asked_for)
    version = work.read(customers.card, marked.id, TODAY).version
    draft = customers.CustomerDraft("Temp", phones=(customers.Labelled("02088997766"),))
    made, _ = work.write(customers.add, draft, at=NOW)
    assert asked(shop.path, asked_for) == [(highest + 1,)]
    version = work.read(customers.card, made, TODAY).version
    work.write(customers.edit, made, customers.CustomerDraft("Temp"), version=version)
    work.write(privacy.erase, made, at=NOW)
    work.write(customers.add, customers.CustomerDraft("Li", phones=(customers.Labelled("02011112222"),)), at=NOW)
    work.write(privacy.erase, marked.id, at=NOW)
    row = f"SELECT change FROM audit_entries WHERE table_name = 'customer_phones' AND row_id = '{highest + 1}'"
    said = [change for (change,) in asked(shop.path, row)]
    assert len(said) == 3
    assert [("02011112222" in change, "02088997766" in change) for change in said] == [
        (False, False),
        (False, False),
        (True, False),
    ]


def test_every_column_is_known_to_stay_or_to_go() -> None:
    known = personal.TAKEN.keys() | personal.BOOKS | personal.APART | personal.NOBODY
    assert set(Base.metadata.tables) == known
    for name, taken in personal.TAKEN.items():
        columns = set(Base.metadata.tables[name].columns.keys())
        assert set(taken.owners) <= columns
        if not taken.whole:
            assert set(taken.blank) | personal.STAYS[name] == columns, name
            assert not set(taken.blank) & personal.STAYS[name], name


def test_every_table_that_names_a_customer_is_known_to_be_theirs() -> None:
    customer = Base.metadata.tables["customers"]
    for table in Base.metadata.tables.values():
        if any(key.column.table is customer for key in table.foreign_keys):
            assert table.name not in personal.NOBODY, table.name


def test_changes_of_many_cards_forget_what_stood_on_theirs(marked: Marked, shop: Shop) -> None:
    for value in (marked.word(), "street"):
        change = customers.BulkChange(customers.BulkKind.SOURCE, value)
        shop.work.write(customers.bulk_edit, [marked.id], change, at=NOW)
    both = customers.BulkChange(customers.BulkKind.SOURCE, "expo")
    shop.work.write(customers.bulk_edit, [marked.id, marked.other], both, at=NOW)
    shop.work.write(privacy.erase, marked.id, at=NOW)
    assert traces(shop.path.parent) == []
    batches = "SELECT change FROM audit_entries WHERE action = 'customers.bulk_edit' ORDER BY id"
    last = asked(shop.path, batches)[-1][0]
    assert f"[null, [{marked.other}]]" in last
    assert '"expo"' in last
