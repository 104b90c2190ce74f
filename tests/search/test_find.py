"""Search: any part of anything, in a forgiving order, always in step with what was just written."""

from datetime import UTC, datetime

import pytest
from sqlalchemy.orm import Session

from app.models.customers import Customer
from app.services import customers, search
from app.services.customers import CustomerDraft, Labelled
from app.services.search import Case, Goods, HitKind, Person
from app.services.search.index import index_customers, rebuild
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)


def found(work: UnitOfWork, words: str, *kinds: HitKind) -> list[str]:
    return [hit.title for hit in work.read(search.find, words, 20, kinds or (HitKind.CUSTOMER,))]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("沈", "沈静怡"),
        ("静怡", "沈静怡"),
        ("sjy", "沈静怡"),
        ("shenjy", "沈静怡"),
        ("jingyi", "沈静怡"),
        ("6628", "沈静怡"),
        ("00136", "沈静怡"),
        ("67890", "沈静怡"),
        ("沈 6628", "沈静怡"),
        ("6628 shen", "沈静怡"),
        ("老茶客", "沈静怡"),
        ("lck", "沈静怡"),
        ("jingyi_tea", "沈静怡"),
        ("zgf", "曾国藩"),
        ("cgf", "曾国藩"),
        ("emily chen", "Emily Chen 陈艾米"),
        ("chen emily", "Emily Chen 陈艾米"),
        ("maimaiti", "阿依古丽·买买提"),
        ("+86 138 0013 6628", "沈静怡"),
    ],
)
def test_any_part_in_any_order(work: UnitOfWork, ids: dict[str, int], words: str, who: str) -> None:
    assert found(work, words)[0] == who


@pytest.mark.parametrize("words", ["", "  ", "!?", "沈 7752", "zzzz"])
def test_what_is_not_there_is_not_found(work: UnitOfWork, ids: dict[str, int], words: str) -> None:
    assert found(work, words) == []


def test_beginnings_come_before_insides_and_recent_before_old(work: UnitOfWork, ids: dict[str, int]) -> None:
    assert found(work, "陆") == ["陆明远"]
    titles = found(work, "y")
    inside = [i for i, title in enumerate(titles) if title not in ("Emily Chen 陈艾米",)]
    assert inside
    work.write(customers.pin_fact, ids["宋佳颖"], "爱喝生普", at=NOW)
    assert found(work, "s")[0] == "宋佳颖"
    work.write(customers.pin_fact, ids["沈静怡"], "爱喝单丛", at=NOW)
    assert found(work, "s")[0] == "沈静怡"
    assert found(work, "明远") == ["陆明远"]


def test_a_hash_looks_in_tags_alone(work: UnitOfWork, ids: dict[str, int]) -> None:
    work.write(customers.add, CustomerDraft(name="老茶客小店"), at=NOW)
    assert set(found(work, "老茶客")) == {"老茶客小店", "沈静怡"}
    assert found(work, "#老茶") == ["沈静怡"]
    assert found(work, "#lck") == ["沈静怡"]
    assert set(found(work, "#slд".replace("д", "d"))) == {"沈静怡", "阿依古丽·买买提"}


def test_goods_and_complaints(work: UnitOfWork, ids: dict[str, int]) -> None:
    (tea,) = work.read(search.find, "fhdc", 20, (HitKind.PRODUCT,))
    assert tea.title == "凤凰单丛" and isinstance(tea.of, Goods) and tea.of.price == 172 * 10_000
    (case,) = work.read(search.find, "C-0234")
    assert case.kind is HitKind.COMPLAINT and isinstance(case.of, Case) and case.of.customer_id == ids["沈静怡"]
    assert {hit.kind for hit in work.read(search.find, "沈静怡")} == {HitKind.CUSTOMER, HitKind.COMPLAINT}
    assert [hit.title for hit in work.read(search.find, "盖碗", 20, (HitKind.COMPLAINT,))] == ["C-0234 沈静怡"]


def test_a_hit_shows_why_it_was_found(work: UnitOfWork, ids: dict[str, int]) -> None:
    hit = work.read(search.find, "sjy")[0]
    assert (hit.title, hit.spans) == ("沈静怡", ((0, 3),))
    pinyin = hit.parts[0]
    assert (pinyin.text, [pinyin.text[a:b] for a, b in pinyin.spans]) == ("shen jing yi", ["s", "j", "y"])
    phone = next(part for part in work.read(search.find, "7890 shen")[0].parts if part.kind == "phone")
    assert phone.text == "051267890123" and [phone.text[a:b] for a, b in phone.spans] == ["7890"]
    assert isinstance(hit.of, Person) and hit.of.open_complaints == 1


def test_a_merged_card_is_found_as_who_answers_for_it(work: UnitOfWork, ids: dict[str, int]) -> None:
    with Session(work.engine) as session:
        session.get_one(Customer, ids["冯叔"]).merged_into = ids["王姐"]
        session.flush()
        index_customers(session, [ids["冯叔"]])
        session.commit()
    assert found(work, "冯叔") == ["王姐"]
    assert found(work, "2073") == ["王姐"]


def test_undo_and_bulk_keep_the_index_in_step(work: UnitOfWork, ids: dict[str, int]) -> None:
    _, change = work.write(customers.add, CustomerDraft(name="钱钱", phones=(Labelled("13700000000"),)), at=NOW)
    assert found(work, "qq") == ["钱钱"]
    work.write(put_back, change.rows)
    assert found(work, "qq") == []
    assert work.read(search.missing) == {"customer": [], "product": [], "complaint": []}


def test_a_rebuilt_index_finds_the_same(work: UnitOfWork, ids: dict[str, int]) -> None:
    queries = ("s", "6628", "老", "c", "1", "#送")
    before = {query: work.read(search.find, query) for query in queries}
    with Session(work.engine) as session:
        rebuild(session)
        session.commit()
    assert {query: work.read(search.find, query) for query in queries} == before
    assert before["s"]


def test_archived_ones_come_last_also_after_a_rebuild(work: UnitOfWork, ids: dict[str, int]) -> None:
    work.write(customers.archive, ids["沈静怡"], at=NOW)
    assert found(work, "s")[-1] == "沈静怡"
    with Session(work.engine) as session:
        rebuild(session)
        session.commit()
    assert found(work, "s")[-1] == "沈静怡"
