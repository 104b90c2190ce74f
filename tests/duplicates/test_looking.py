"""Looking for cards of one person: while typing, over the whole base, and in contact lists that name people twice."""

from itertools import combinations
from pathlib import Path

import pytest

from app.domain.birthdays import Birthday
from app.domain.duplicates import Reason, Strength
from app.formats.vcard_in import open_vcard
from app.formats.vcard_records import Card
from app.services import customers, duplicates, followups
from app.services.customers import CustomerDraft, Labelled
from app.services.duplicates import SameCard
from app.storage.unit_of_work import UnitOfWork
from tests.duplicates.people import NOW, add, everything, sell


def typed(name: str = "", *phones: str, birthday: Birthday | None = None) -> CustomerDraft:
    return CustomerDraft(name, tuple(Labelled(phone) for phone in phones), birthday=birthday)


def test_while_typing_each_hint_finds_its_card_the_likeliest_first(work: UnitOfWork) -> None:
    same = add(work, "王小明", "13800138000", birthday=Birthday(5, 17, 1988))
    sounds = add(work, "王晓明", "13955558000")
    other = add(work, "李四", "+86 138 0013 8000")
    add(work, "赵六", "13700137000")
    found = work.read(duplicates.look_alikes, typed("王小明", "138 0013 8000"))
    assert [each.row.id for each in found] == [same, other, sounds]
    assert [each.likeness.strength for each in found] == [Strength.LIKELY, Strength.POSSIBLE, Strength.POSSIBLE]
    [near] = work.read(duplicates.look_alikes, typed("王小明", "13800138001"), limit=1)
    assert (near.row.id, near.likeness.reasons) == (same, (Reason.PHONE_ONE_DIGIT_APART,))
    [born] = work.read(duplicates.look_alikes, typed("王 小明", birthday=Birthday(5, 17, 1988)))
    assert (born.row.id, born.likeness.reasons) == (same, (Reason.SAME_NAME_AND_BIRTHDAY,))
    assert work.read(duplicates.look_alikes, typed("王小明")) == []
    assert work.read(duplicates.look_alikes, typed("", "138")) == []


def test_the_card_that_is_edited_those_judged_and_those_merged_away_are_left_out(work: UnitOfWork) -> None:
    first, second, third = (add(work, "王小明", "13800138000") for _ in range(3))
    asked = typed("王小明", "13800138000")
    assert len(work.read(duplicates.look_alikes, asked, besides=first)) == 2
    work.write(duplicates.judge_not_same, second, first, at=NOW)
    assert [each.row.id for each in work.read(duplicates.look_alikes, asked, besides=first)] == [third]
    work.write(duplicates.merge, second, third, at=NOW)
    assert work.read(duplicates.look_alikes, asked, besides=first) == []
    assert work.read(duplicates.pair_count) == 0


def test_a_verdict_is_remembered_said_once_and_undone(work: UnitOfWork) -> None:
    from app.services import undo

    one, other = add(work, "王小明", "13800138000"), add(work, "王晓明", "13800138000")
    [pair] = work.read(duplicates.pairs)
    assert {pair.one.id, pair.other.id} == {one, other}
    before = everything(work)
    _, done = work.write(duplicates.judge_not_same, other, one, at=NOW)
    assert work.read(duplicates.pairs) == []
    assert not work.write(duplicates.judge_not_same, one, other, at=NOW)[1].rows
    work.write(undo.put_back, done.rows)
    assert everything(work) == before
    with pytest.raises(SameCard):
        work.write(duplicates.judge_not_same, one, one, at=NOW)


def test_pairs_come_best_first_a_page_at_a_time_with_the_better_customer_first(work: UnitOfWork) -> None:
    people = [add(work, name, "13800138000") for name in ("王小明", "王小明", "李四")]
    sell(work, people[1], 100, "one")
    found = work.read(duplicates.pairs)
    assert next((row.one.id, row.other.id) for row in found) == (people[1], people[0])
    scores = [row.likeness.score for row in found]
    assert scores == sorted(scores, reverse=True) and len(scores) == work.read(duplicates.pair_count) == 3
    assert work.read(duplicates.pairs, 1, 1) == found[1:2]


def test_readers_of_one_customer_count_a_merged_person_once(work: UnitOfWork) -> None:
    kept, gone = (add(work, "沈若兰", "13800138000", tags=("老茶客",), birthday=Birthday(11, 25)) for _ in range(2))
    work.write(duplicates.merge, kept, gone, at=NOW)
    assert work.read(customers.tags) == [("老茶客", 1)]
    plan = work.read(followups.day, NOW.date().replace(day=25), NOW.date())
    assert plan.born == 1


def _brought_in(work: UnitOfWork, folder: Path) -> dict[int, tuple[str, Birthday | None]]:
    """Every card with a name of these files, as plain drafts."""
    made = {}
    for path in sorted(folder.rglob("*.vcf")):
        for card in open_vcard(path).cards():
            if isinstance(card, Card) and card.name:
                phones = tuple(Labelled(each.text) for each in card.phones if sum(map(str.isdigit, each.text)) > 2)
                draft = CustomerDraft(card.name, phones, birthday=card.birthday)
                made[work.write(customers.add, draft, at=NOW)[0]] = (card.name, card.birthday)
    return made


@pytest.mark.real_data
def test_people_who_stand_in_several_contact_lists_are_found_and_no_one_else_is_called_likely(
    work: UnitOfWork, shared_data: Path
) -> None:
    import csv

    made = _brought_in(work, shared_data / "vcard")
    with (shared_data / "contacts_csv/roundcube/gmail.csv").open(encoding="utf-8-sig", newline="") as file:
        lists = [(row["Name"], row["Birthday"]) for row in csv.DictReader(file)]
    with (shared_data / "contacts_csv/roundcube/tb_plain.csv").open(encoding="utf-8-sig", newline="") as file:
        born = ("Birth Year", "Birth Month", "Birth Day")
        lists += [(row["Display Name"], "-".join(row[each] for each in born)) for row in csv.DictReader(file)]
    for name, said in lists:
        year, month, day = map(int, said.split("-"))
        made[add(work, name, birthday=Birthday(month, day, year))] = (name, Birthday(month, day, year))
    expected = {
        (one, other)
        for one, other in combinations(sorted(made), 2)
        if made[one] == made[other] and made[one][1] is not None
    }
    assert len(expected) >= len(lists) == 2
    found = work.read(duplicates.look_over).pairs
    assert expected <= {(pair.low, pair.high) for pair in found}
    likely = {(pair.low, pair.high) for pair in found if pair.likeness.strength is Strength.LIKELY}
    assert {(made[low][0], made[high][0]) for low, high in likely} == {(made[low][0],) * 2 for low, _ in likely}
