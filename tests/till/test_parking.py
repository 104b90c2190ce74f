"""Tickets put aside: they survive, are taken up once, and are charged once."""

import pytest

from app.domain.payments import Paid
from app.services import till
from app.storage.unit_of_work import UnitOfWork
from tests.till.counter import Counter


def test_a_ticket_comes_back_as_it_was_put_aside(counter: Counter, work: UnitOfWork) -> None:
    someone, cup = counter.person(), counter.article()
    lines = (till.TicketLine(cup, 250), till.TicketLine(None, 1000, 5_0000, "Tin"))
    ticket = till.Ticket(someone, lines, 100, 200, "card", (Paid("cash", 1, 2),))
    work.write(till.park, ticket, operation_id="one", at=counter.now)
    waiting = work.read(till.parked)
    assert [(row.customer, row.lines, row.operation_id) for row in waiting] == [("Joanna Shen", 2, "one")]
    taken, _ = work.write(till.take_up, waiting[0].id)
    assert (taken.ticket, taken.operation_id) == (ticket, "one")
    assert work.read(till.parked) == []
    with pytest.raises(till.TicketTakenUp):
        work.write(till.take_up, waiting[0].id)


def test_what_was_charged_is_known_by_its_operation(counter: Counter, work: UnitOfWork) -> None:
    assert work.read(till.charged, "one") == ""
    done, _ = counter.sell(counter.ticket(None, 5), "one")
    assert work.read(till.charged, "one") == done.number
