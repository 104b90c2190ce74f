"""Member cards come and go with their people: in tables, in contact cards, and back when an import is taken back."""

from pathlib import Path

import pytest

from app.bootstrap import open_shop
from app.services import customers, member_cards, search, transfer
from app.services.customers import CustomerDraft
from app.services.transfer import undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import NOW, asked, bring, counts, written

FILE = "会员号,姓名,手机,会员卡卡号\nV1,王伟,13800138000,6688 0001\nV2,李娜,13900139000,M0000018，6688-0002\nV3,陈静,,"


def holders(work: UnitOfWork) -> dict[str, str]:
    """Number → who answers for it, of the cards in use."""
    people = work.read(customers.page, limit=100)
    held = work.read(member_cards.cards_of_many, [row.id for row in people])
    return {card.number: row.name for row in people for card in held[row.id] if card.good}


ALL = {"66880001": "王伟", "M0000018": "李娜", "66880002": "李娜"}


def test_cards_are_given_found_and_known_again(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, FILE)
    assert counts(bring(work, source, "customers")) == (3, 0, 0, 0, 0)
    assert holders(work) == ALL
    (hit,) = work.read(search.find, "66880002")
    assert hit.title == "李娜"
    assert counts(bring(work, source, "customers")) == (0, 0, 3, 0, 0)
    assert asked(work, "SELECT count(*) FROM member_card_events") == [(3,)]
    assert work.read(member_cards.next_number) == "M0000026"


def test_a_new_card_of_a_known_person_is_an_update_and_goes_again(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, written(tmp_path, FILE), "customers")
    more = bring(
        work, written(tmp_path, "会员号,姓名,会员卡卡号\nV1,王伟,66880001\nV3,陈静,A7777", "more.csv"), "customers"
    )
    assert counts(more) == (0, 1, 1, 0, 0)
    assert holders(work) == ALL | {"A7777": "陈静"}
    work.write(undo_batch, more.batch, at=NOW)
    assert holders(work) == ALL
    assert work.read(search.find, "A7777") == []


def test_an_import_of_people_with_cards_is_taken_back(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(tmp_path, FILE)
    first = bring(work, source, "customers")
    done, _ = work.write(undo_batch, first.batch, at=NOW)
    assert (done.removed, done.archived, done.kept) == (1, 2, ())  # a ledger is never erased: its people are put away
    assert holders(work) == {} and work.read(member_cards.look_up, "66880001") is None
    assert counts(bring(work, source, "customers"))[0] == 1
    assert holders(work) == ALL


def test_a_card_that_was_lost_since_stays_lost(work: UnitOfWork, tmp_path: Path) -> None:
    outcome = bring(work, written(tmp_path, FILE), "customers")
    work.write(member_cards.report_lost, "66880001", "taxi", at=NOW, replace=False)
    done, _ = work.write(undo_batch, outcome.batch, at=NOW)
    assert [kept.title for kept in done.kept] == ["王伟"]
    again = bring(work, written(tmp_path, FILE), "customers")
    assert again.warnings["member_card_lost"] == 1
    card = work.read(member_cards.look_up, "66880001")
    assert card is not None and not card.good


def test_a_number_of_somebody_else_and_what_is_no_number_are_told(work: UnitOfWork, tmp_path: Path) -> None:
    source = written(
        tmp_path, "姓名,手机,会员卡卡号\n王伟,13800138000,66880001\n李娜,13900139000,66880001\n陈静,13700137000,1/2"
    )
    outcome = bring(work, source, "customers")
    assert counts(outcome) == (3, 0, 0, 0, 0)
    told = {code: count for code, count in outcome.warnings.items() if code.startswith("member_card")}
    assert told == {"member_card_of_another": 1, "member_card_unreadable": 2}


@pytest.mark.parametrize("ending", ["csv", "xlsx", "vcf"])
def test_what_is_exported_comes_back_in_another_shop(
    work: UnitOfWork, tmp_path: Path, ending: str, empty_shop_file: Path
) -> None:
    bring(work, written(tmp_path, FILE), "customers")
    work.write(member_cards.report_lost, "M0000018", "lost", at=NOW)
    ann = work.write(customers.add, CustomerDraft(name="Ann"), at=NOW)[0]
    work.write(member_cards.issue, ann, at=NOW)
    file = tmp_path / f"people.{ending}"
    made = work.read(transfer.export_table, "customers", file, language="zh_CN")
    work.write(transfer.hand_over, made)
    other = tmp_path / "other.shop"
    other.write_bytes(empty_shop_file.read_bytes())
    shop = open_shop(other, clock=lambda: NOW)
    try:
        assert counts(bring(shop.work, file, "customers"))[0] == 4
        assert holders(shop.work) == holders(work)
    finally:
        shop.close()
