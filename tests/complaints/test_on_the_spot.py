"""What is given on the spot is posted with the case, and goes and comes with it as one act."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.bootstrap import unit_of_work
from app.domain.interactions import Channel
from app.domain.remedies import RemedyKind
from app.domain.staff import Actor, Role
from app.services import backup, complaints, interactions, loyalty
from app.services.complaints import ComplaintDraft, NobodyToGive, RemedyDraft
from app.services.permissions import NotAllowed
from app.services.undo import ChangedSince
from app.storage.unit_of_work import Changes, UnitOfWork
from tests.complaints.story import MINOR, NOW, OPEN, RESOLVED, at, move, person

GIVEN = (RemedyDraft(RemedyKind.POINTS, points=300), RemedyDraft(RemedyKind.APOLOGY))


def draft(customer_id: int | None, *given: RemedyDraft) -> ComplaintDraft:
    said = {"remedy": "Points, Apologised", "on_the_spot": True}
    return ComplaintDraft("wait", MINOR, "Half an hour", customer_id, **said, given=given, operation_id="spot")  # type: ignore[arg-type]


def walk(work: UnitOfWork, changes: Changes) -> Changes:
    way = changes.taken_back_by
    assert way is not None
    return work.write(way.service, *way.args, **way.named)[1]


def rows(work: UnitOfWork, table: str) -> Any:
    with Session(work.engine) as session:
        return session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def test_the_case_and_what_was_given_go_and_come_as_one(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key, changes = work.write(complaints.log, draft(shen, *GIVEN), NOW)
    for _ in range(2):
        told = work.read(complaints.case, key, NOW)
        assert (told.card.state, told.card.on_the_spot, told.cost) == (RESOLVED, True, 300)
        assert [row.kind for row in told.remedies if not row.taken_back] == [one.kind for one in GIVEN]
        assert work.read(loyalty.balance, shen) == 300
        changes = walk(work, changes)
        assert (rows(work, "complaints"), rows(work, "complaint_remedies")) == (0, 0)
        assert work.read(loyalty.balance, shen) == 0
        changes = walk(work, changes)
    assert work.read(backup.check, NOW.date()).ok


def test_out_of_a_contact_the_contact_goes_back_too(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    contact, _ = work.write(interactions.log_contact, shen, interactions.ContactDraft(channel=Channel.CALL), at=NOW)
    key, changes = work.write(interactions.open_complaint, contact, draft(shen, *GIVEN), at=NOW)
    assert work.read(interactions.contact, contact).complaint_id == key
    walk(work, changes)
    assert work.read(interactions.contact, contact).complaint_id is None
    assert (rows(work, "complaints"), work.read(loyalty.balance, shen)) == (0, 0)


def test_nothing_is_logged_where_something_cannot_be_given(work: UnitOfWork) -> None:
    with pytest.raises(NobodyToGive):
        work.write(complaints.log, draft(None, *GIVEN), NOW)
    clerk = unit_of_work(work.path, work.engine, work.clock, Actor(1, Role.CLERK))
    with pytest.raises(NotAllowed):
        clerk.write(complaints.log, draft(person(work, "沈静怡"), *GIVEN), NOW)
    assert (rows(work, "complaints"), rows(work, "complaint_remedies")) == (0, 0)
    clerk.write(complaints.log, draft(None, GIVEN[1]), NOW)
    assert rows(work, "complaint_remedies") == 1


def test_a_case_that_went_on_keeps_what_was_given(work: UnitOfWork) -> None:
    shen = person(work, "沈静怡")
    key, changes = work.write(complaints.log, draft(shen, *GIVEN), NOW)
    move(work, key, OPEN, at(24))
    with pytest.raises(ChangedSince):
        walk(work, changes)
    assert (work.read(loyalty.balance, shen), work.read(complaints.case, key, NOW).cost) == (300, 300)
