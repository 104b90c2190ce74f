"""Logging and mending a complaint: what is kept, what is refused, and how it is taken back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models.complaints import Complaint, ComplaintEvent
from app.models.customers import CustomerFigures
from app.services import complaints, search
from app.services.complaints import CaseChanged, ComplaintDraft, NoCategory, NothingSaid
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from tests.complaints.story import (
    CLOSED,
    MINOR,
    NOW,
    OPEN,
    RESOLVED,
    SERIOUS,
    SEVERE,
    at,
    bill,
    board,
    complain,
    move,
    person,
)


def brake(work: UnitOfWork, customer_id: int) -> int | None:
    with Session(work.engine) as session:
        return session.scalar(select(CustomerFigures.open_complaints).where(CustomerFigures.customer_id == customer_id))


def test_a_case_keeps_what_was_said(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    sale = bill(work, "1120-001", at(20), customer_id=shen)
    key = complain(
        work, customer_id=shen, words=" 盖碗有道裂纹，\n是送人的。 ", wish="换一只", channel="wechat", sale_id=sale
    )
    case = work.read(complaints.case, key, NOW)
    card = case.card
    assert card.who is not None
    assert (card.who.id, card.who.name) == (shen, "沈静怡")
    assert (card.category, card.severity, card.channel) == ("product", SERIOUS, "wechat")
    assert (card.words, card.wish, card.remedy) == ("盖碗有道裂纹，\n是送人的。", "换一只", "")
    assert (card.state, card.on_the_spot, card.opened_at) == (OPEN, False, NOW)
    assert case.sale is not None
    assert (case.sale.number, case.sale.revenue) == ("1120-001", 5000)
    assert [(event.state, event.at) for event in case.events] == [(OPEN, NOW)]


def test_numbers_run_on(work: UnitOfWork) -> None:
    assert work.read(complaints.next_number) == 1
    cases = [complain(work), complain(work)]
    assert [work.read(complaints.case, key, NOW).card.number for key in cases] == [1, 2]
    assert work.read(complaints.next_number) == 3


def test_somebody_without_a_name_may_complain(work: UnitOfWork) -> None:
    assert work.read(complaints.case, complain(work), NOW).card.who is None


def test_solved_on_the_spot_begins_as_resolved(work: UnitOfWork) -> None:
    key = complain(work, on_the_spot=True, remedy="A new lid")
    case = work.read(complaints.case, key, NOW)
    assert (case.card.state, case.card.on_the_spot, case.card.remedy) == (RESOLVED, True, "A new lid")
    assert [event.state for event in case.events] == [OPEN, RESOLVED]
    assert work.read(complaints.unsettled) == 0


@pytest.mark.parametrize(
    ("draft", "refusal"),
    [
        (ComplaintDraft("product", MINOR, " \n "), NothingSaid),
        (ComplaintDraft(" ", MINOR, "Too slow"), NoCategory),
    ],
)
def test_an_empty_complaint_is_refused(work: UnitOfWork, draft: ComplaintDraft, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        work.write(complaints.log, draft, NOW)
    assert work.read(complaints.next_number) == 1


def test_the_brake_counts_until_the_customer_agrees(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    assert brake(work, shen) == 0
    first, _second = (complain(work, customer_id=shen) for _ in range(2))
    assert brake(work, shen) == 2
    move(work, first, RESOLVED)
    assert brake(work, shen) == 2
    move(work, first, CLOSED)
    assert brake(work, shen) == 1
    (held,) = work.read(complaints.rates, NOW.date(), at=NOW).held_back
    assert (held.customer_id, held.name) == (shen, "沈静怡")


def test_a_case_is_found_by_its_number_and_words(work: UnitOfWork) -> None:
    key = complain(work, words="茶饼打开里面有一根头发")
    for typed in ("C-0001", "头发", "tf"):
        found = work.read(search.find, typed)
        assert key in [hit.id for hit in found if hit.kind.value == "complaint"], typed


def test_logging_is_taken_back_and_done_again(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    _, logged = work.write(complaints.log, ComplaintDraft("product", MINOR, "Cold", customer_id=shen), NOW)
    _, undone = work.write(put_back, logged.rows)
    with Session(work.engine) as session:
        assert session.scalars(select(Complaint)).all() == []
        assert session.scalars(select(ComplaintEvent)).all() == []
    assert brake(work, shen) == 0
    work.write(put_back, undone.rows)
    assert [card.words for card in board(work).lane(OPEN).cards] == ["Cold"]
    assert brake(work, shen) == 1


def test_a_case_is_mended(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key = complain(work)
    version = work.read(complaints.case, key, NOW).version
    mended = ComplaintDraft("delivery", SEVERE, "It never came", customer_id=shen, wish="Bring it", channel="call")
    work.write(complaints.edit, key, mended, version=version)
    card = work.read(complaints.case, key, NOW).card
    assert (card.category, card.severity, card.words, card.wish) == ("delivery", SEVERE, "It never came", "Bring it")
    assert brake(work, shen) == 1


def test_two_windows_do_not_overwrite_each_other(work: UnitOfWork) -> None:
    key = complain(work)
    version = work.read(complaints.case, key, NOW).version
    work.write(complaints.edit, key, ComplaintDraft("wait", MINOR, "First"), version=version)
    with pytest.raises(CaseChanged):
        work.write(complaints.edit, key, ComplaintDraft("wait", MINOR, "Second"), version=version)
    assert work.read(complaints.case, key, NOW).card.words == "First"
