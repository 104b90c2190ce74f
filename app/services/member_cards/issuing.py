"""Giving cards, reporting them lost, giving new ones for them; every act is taken back by another entry."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from app.domain.member_cards import CardEventKind, card_number
from app.domain.text import one_line
from app.models.member_cards import MemberCardEvent
from app.services.customers.families import answering
from app.services.member_cards.reading import cards_of, look_up, next_number, scheme
from app.services.member_cards.refusals import BadCardNumber, CardNumberTaken, LossReasonMissing, NotAGoodCard
from app.storage import journal
from app.storage.unit_of_work import acting_staff


def issue(session: Session, customer_id: int, number: str = "", *, at: datetime) -> str:
    """Give somebody a card; its number, the next of the shop's scheme where none is said.

    Raises BadCardNumber, CardNumberTaken.
    """
    owner = answering(session, customer_id)
    given = _free(session, number)
    _append(session, owner, given, CardEventKind.ISSUED, at)
    journal.taken_back_by(session, withdraw, (given,))
    return given


def issue_many(session: Session, ids: Sequence[int], *, at: datetime) -> int:
    """Give a card of the shop's scheme to each of these who has no good one; how many were given."""
    given: list[str] = []
    for customer_id in ids:
        owner = answering(session, customer_id)
        if not any(card.good for card in cards_of(session, owner)):
            given.append(_free(session, ""))
            _append(session, owner, given[-1], CardEventKind.ISSUED, at)
    if given:
        journal.taken_back_by(session, withdraw, tuple(given))
    return len(given)


def withdraw(session: Session, numbers: Sequence[str]) -> int:
    """Take the issue of these cards back; how many.

    Raises NotAGoodCard when something happened to one of them since.
    """
    holders, at = [], journal.journal_of(session).at
    for number in numbers:
        card = look_up(session, number)
        if card is None or not card.good:
            raise NotAGoodCard
        holders.append((card.customer_id, number))
        _append(session, card.customer_id, number, CardEventKind.WITHDRAWN, at)
    journal.taken_back_by(session, issue_again, tuple(holders))
    return len(holders)


def issue_again(session: Session, holders: Sequence[tuple[int, str]]) -> int:
    """Give cards whose issue was taken back to the same people. Raises CardNumberTaken."""
    at = journal.journal_of(session).at
    for owner, number in holders:
        _append(session, owner, _free(session, number), CardEventKind.ISSUED, at)
    journal.taken_back_by(session, withdraw, tuple(number for _, number in holders))
    return len(holders)


def report_lost(
    session: Session, number: str, reason: str, *, at: datetime, replace: bool = True, new_number: str = ""
) -> str:
    """Refuse a card from now on, and with `replace` give a new one in its place; the number of the new one or "".

    Raises NotAGoodCard, LossReasonMissing, BadCardNumber, CardNumberTaken.
    """
    card, why = look_up(session, number), one_line(reason)
    if card is None or not card.good:
        raise NotAGoodCard
    if not why:
        raise LossReasonMissing
    new = _free(session, new_number) if replace else ""
    _append(session, card.customer_id, card.number, CardEventKind.LOST, at, why, new)
    if new:
        _append(session, card.customer_id, new, CardEventKind.ISSUED, at)
    journal.taken_back_by(session, take_back_loss, card.number, new, why)
    return new


def take_back_loss(session: Session, number: str, new_number: str, reason: str) -> None:
    """The card was not lost: it is good again, and the new one as if it had never been given.

    Raises NotAGoodCard when something else happened to either since.
    """
    card, new = look_up(session, number), look_up(session, new_number) if new_number else None
    if card is None or card.state is not CardEventKind.LOST or (new_number and (new is None or not new.good)):
        raise NotAGoodCard
    at = journal.journal_of(session).at
    _append(session, card.customer_id, number, CardEventKind.FOUND, at)
    if new is not None:
        _append(session, new.customer_id, new_number, CardEventKind.WITHDRAWN, at)
    again = {"replace": bool(new_number), "new_number": new_number}
    journal.taken_back_by(session, report_lost, number, reason, at=at, **again)


def _free(session: Session, typed: str) -> str:
    """A number that no card has; the next of the scheme for none."""
    if not typed.strip():
        return next_number(session)
    number = card_number(typed)
    if not number:
        raise BadCardNumber("card_number_unreadable")
    if scheme(session).is_mistyped(number):
        raise BadCardNumber("card_number_mistyped")
    if (taken := look_up(session, number)) is not None:
        raise CardNumberTaken(customer_id=taken.customer_id)
    return number


def _append(
    session: Session,
    customer_id: int,
    number: str,
    kind: CardEventKind,
    at: datetime,
    reason: str = "",
    replaced_by: str = "",
) -> None:
    said = {"reason": reason, "replaced_by": replaced_by, "staff_id": acting_staff(session)}
    session.add(MemberCardEvent(at=at, customer_id=customer_id, number=number, kind=kind, **said))
    session.flush()
