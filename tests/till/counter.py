"""A counter to try the till on: makes people and goods, sells, takes back, and reads what came of it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from app.domain.birthdays import Birthday
from app.services import customers, loyalty, products, till
from app.storage.unit_of_work import Changes, UnitOfWork

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class Counter:
    work: UnitOfWork
    now: datetime = MORNING
    _numbers: Any = field(default_factory=lambda: count(1))

    @property
    def day(self) -> Any:
        return self.now.date()

    def person(self, name: str = "Joanna Shen", birthday: Birthday | None = None) -> int:
        draft = customers.CustomerDraft(name=name, birthday=birthday)
        return self.work.write(customers.add, draft, at=self.now)[0]

    def article(self, name: str = "White gaiwan", price: int = 76_0000, **more: Any) -> int:
        return self.work.write(products.add, products.ProductDraft(name=name, price=price, **more))[0]

    def ticket(self, customer: int | None, *units: int, points: int = 0, discount: int = 0) -> till.Ticket:
        """Open prices in whole units of currency."""
        lines = tuple(till.TicketLine(None, 1000, each * 10_000) for each in units)
        return till.Ticket(customer, lines, discount=discount, points=points)

    def sell(self, ticket: till.Ticket, operation: str = "") -> tuple[till.SaleDone, Changes]:
        return self.work.write(till.sell, ticket, operation_id=operation or f"sale-{next(self._numbers)}", at=self.now)

    def buy(self, customer: int | None, *units: int, points: int = 0, discount: int = 0) -> till.SaleDone:
        return self.sell(self.ticket(customer, *units, points=points, discount=discount))[0]

    def quote(self, ticket: till.Ticket) -> till.Bill:
        return self.work.read(till.quote, ticket, at=self.now)

    def void(self, sale_id: int) -> Changes:
        return self.work.write(till.void_sale, sale_id, operation_id=f"void-{next(self._numbers)}", at=self.now)[1]

    def bring_back(self, sale_id: int, *quantities: int) -> tuple[till.ReturnDone, Changes]:
        """So many thousandths of each line, in their order; all that is left where none is given."""
        sale = self.work.read(till.sold, sale_id)
        some = [till.ReturnLine(line.id, back) for line, back in zip(sale.lines, quantities, strict=False) if back]
        draft = till.ReturnDraft(sale_id, tuple(some) if quantities else None)
        operation = f"return-{next(self._numbers)}"
        return self.work.write(till.take_return, draft, operation_id=operation, at=self.now)

    def adjust(self, customer: int, points: int, reason: str = "as agreed") -> Changes:
        operation = f"adjust-{next(self._numbers)}"
        return self.work.write(loyalty.adjust, customer, points, reason, operation_id=operation, at=self.now)[1]

    def back(self, changes: Changes) -> Changes:
        """Walk the way back that a write has left."""
        way = changes.taken_back_by
        assert way is not None
        return self.work.write(way.service, *way.args, **way.named)[1]

    def balance(self, customer: int) -> int:
        return self.work.read(loyalty.balance, customer)

    def lots(self, customer: int) -> list[int]:
        """What is left in each lot, in spending order."""
        return [lot.remaining for lot in self.work.read(loyalty.holding, customer).lots]

    def debt(self, customer: int) -> int:
        return self.work.read(loyalty.holding, customer).debt

    def rank(self, customer: int) -> int:
        return self.work.read(loyalty.standing, customer, self.day).tier.rank

    def movements(self, customer: int) -> list[tuple[str, int]]:
        """Kind and points, the oldest first."""
        return [(row.kind.value, row.points) for row in reversed(self.work.read(loyalty.ledger, customer))]
