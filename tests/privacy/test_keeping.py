"""An erased card stays empty: whatever the shop does, nothing about the person is written on it again."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.domain.complaints import ComplaintState, Severity
from app.domain.interactions import Channel
from app.services import complaints, customers, followups, interactions, loyalty, member_cards, privacy, till
from app.services.complaints import ComplaintDraft
from app.services.customers import CustomerDraft, Labelled
from app.services.followups import FollowUpDraft
from app.services.interactions import ContactDraft
from app.services.privacy import PersonErased
from app.storage.unit_of_work import UnitOfWork
from tests.privacy.marked import NOW, Marked
from tests.privacy.test_erasing import TODAY, asked

Write = Callable[[UnitOfWork, int, int], Any]
JPEG = b"\xff\xd8\xff\xe0" + bytes(64) + b"\xff\xd9"
TICKET = (till.TicketLine(None, 1000, 10_000),)


def version(work: UnitOfWork, card: int) -> int:
    return work.read(customers.card, card, TODAY).version


def edit(work: UnitOfWork, card: int, **said: Any) -> Any:
    return work.write(customers.edit, card, CustomerDraft(f"#{card}", **said), version=version(work, card))


def set_field(work: UnitOfWork, card: int, field: str, value: Any) -> Any:
    return work.write(customers.set_field, card, field, value, version=version(work, card))


ACTS: dict[str, Write] = {
    "edit": lambda work, card, _: edit(work, card, do_not_contact=True, note="tall"),
    "name": lambda work, card, _: set_field(work, card, "name", "Wang"),
    "phone": lambda work, card, _: edit(work, card, do_not_contact=True, phones=(Labelled("13800138000"),)),
    "contactable": lambda work, card, _: set_field(work, card, "do_not_contact", False),
    "unarchive": lambda work, card, _: work.write(customers.unarchive, card),
    "pin": lambda work, card, _: work.write(customers.pin_fact, card, "likes oolong", at=NOW),
    "photo": lambda work, card, _: work.write(customers.set_photo, card, JPEG),
    "consent": lambda work, card, _: work.write(customers.record_consent, card, Channel.SMS, True, "", at=NOW),
    "confirm": lambda work, card, _: work.write(customers.confirm_field, card, "name", on=date(2026, 11, 23)),
    "relate": lambda work, card, other: work.write(customers.relate, other, card, "friend"),
    "household": lambda work, card, other: work.write(customers.join_household, other, card),
    "referrer": lambda work, card, other: work.write(customers.set_referrer, card, other),
    "contact": lambda work, card, _: work.write(interactions.log_contact, card, ContactDraft(), at=NOW),
    "follow-up": lambda work, card, _: work.write(followups.book, FollowUpDraft(TODAY, customer_id=card), NOW),
    "complaint": lambda work, card, _: work.write(complaints.log, case(card), NOW),
    "sale": lambda work, card, _: work.write(till.sell, till.Ticket(card, TICKET), operation_id="late", at=NOW),
    "member card": lambda work, card, _: work.write(member_cards.issue, card, at=NOW),
    "adjust": lambda work, card, _: work.write(loyalty.adjust, card, 5, "kind", operation_id="a", at=NOW),
}


def case(card: int) -> ComplaintDraft:
    return ComplaintDraft(category="product", severity=Severity.MINOR, words="stale", customer_id=card)


@pytest.fixture
def marked(marked: Marked, work: UnitOfWork) -> Marked:
    work.write(privacy.erase, marked.id, at=NOW)
    return marked


def test_no_act_says_anything_on_an_erased_card_and_all_do_on_another(work: UnitOfWork, marked: Marked) -> None:
    friend, _ = work.write(customers.add, CustomerDraft("Friend"), at=NOW)
    before = everything(work.path)
    for act in ACTS.values():
        with pytest.raises(PersonErased):
            act(work, marked.id, friend)
    assert everything(work.path) == before
    for name, act in ACTS.items():
        guest, _ = work.write(customers.add, CustomerDraft(f"Guest {name}", do_not_contact=True), at=NOW)
        act(work, guest, friend)


def test_their_cases_are_closed_without_words(work: UnitOfWork, marked: Marked) -> None:
    ((number,),) = asked(work.path, f"SELECT id FROM complaints WHERE customer_id = {marked.id}")
    for note, remedy in (("called her", ""), ("", "a new cup")):
        with pytest.raises(PersonErased):
            work.write(complaints.move, number, ComplaintState.CLOSED, NOW, note=note, remedy=remedy)
    work.write(complaints.move, number, ComplaintState.CLOSED, NOW, satisfaction=5)
    assert asked(work.path, f"SELECT state FROM complaints WHERE id = {number}") == [("closed",)]


def test_what_is_owed_to_time_goes_on(work: UnitOfWork, marked: Marked) -> None:
    """Points run out, a sale is taken back: the books of the card are kept like any other's."""
    assert work.read(loyalty.balance, marked.id) > 0
    work.write(loyalty.open_day, date(2028, 1, 1))
    assert work.read(loyalty.balance, marked.id) == 0


def test_the_card_says_when_it_was_erased(work: UnitOfWork, marked: Marked) -> None:
    card = work.read(customers.card, marked.merged, TODAY)
    assert (card.id, card.erased_at) == (marked.id, NOW)
    assert work.read(customers.card, marked.other, TODAY).erased_at is None


def everything(path: Path) -> list[Any]:
    tables = [name for (name,) in asked(path, "SELECT name FROM sqlite_master WHERE sql LIKE '%STRICT%' ORDER BY 1")]
    return [row for table in tables for row in asked(path, f"SELECT * FROM {table}")]
