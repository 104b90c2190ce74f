"""The ticket while it is put together."""

from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from app.domain.payments import Paid
from app.services.till import CardSale, CardUse, ParkedRow, Ticket, TicketLine, kept_ticket, read_ticket

ONE = 1000
MOST = 9_999_999


@dataclass
class Basket:
    """One ticket on the counter. `chosen` is the line that + and − change."""

    customer_id: int | None = None
    lines: list[TicketLine] = field(default_factory=list)
    discount: int = 0
    points: int = 0
    payment: str = "wechat"
    payments: tuple[Paid, ...] = ()
    coupons: tuple[str, ...] = ()
    uses: tuple[CardUse, ...] = ()
    cards: tuple[CardSale, ...] = ()
    chosen: int = -1
    operation_id: str = field(default_factory=lambda: uuid4().hex)
    """Of the charge to come: a second click on the same ticket posts nothing."""

    @property
    def empty(self) -> bool:
        return not self.lines and not self.cards

    def ticket(self) -> Ticket:
        return Ticket(
            self.customer_id,
            tuple(self.lines),
            self.discount,
            self.points,
            self.payment,
            self.payments,
            self.coupons,
            self.uses,
            self.cards,
        )

    def paying(self, due: int) -> Ticket:
        """The ticket to be charged for what was shown: where it comes to something else by now it is refused."""
        ticket = self.ticket()
        return replace(ticket, payments=(Paid(self.payment, due),)) if due and not self.payments else ticket

    @classmethod
    def of(cls, ticket: Ticket, operation_id: str) -> "Basket":
        """A ticket taken up again, its last line chosen."""
        lines = list(ticket.lines)
        return cls(
            ticket.customer_id,
            lines,
            ticket.discount,
            ticket.points,
            ticket.payment,
            ticket.payments,
            ticket.coupons,
            ticket.uses,
            ticket.cards,
            len(lines) - 1,
            operation_id,
        )

    @classmethod
    def taken_up(cls, row: ParkedRow) -> "Basket":
        return cls.of(row.ticket, row.operation_id)

    def keep_only(self, known: Ticket) -> bool:
        """Let go of what is not on this ticket any more; whether there was anything."""
        if known == self.ticket():
            return False
        self.customer_id, self.points, self.uses, self.cards = known.customer_id, known.points, known.uses, known.cards
        self.lines = list(known.lines)
        self.chosen = min(self.chosen, len(self.lines) - 1)
        return True

    def kept(self) -> dict[str, Any]:
        """As this computer keeps it between two starts."""
        return {"ticket": kept_ticket(self.ticket()), "operation_id": self.operation_id}

    @classmethod
    def found(cls, kept: dict[str, Any]) -> "Basket":
        """What was kept. Raises TypeError, KeyError or ValueError where it cannot be read any more."""
        return cls.of(read_ticket(kept["ticket"]), str(kept["operation_id"]))

    def add_product(self, product_id: int, quantity: int = ONE) -> None:
        """So much of an article, in thousandths: on its line where it has one."""
        for place, line in enumerate(self.lines):
            if line.product_id == product_id and line.unit_price is None:
                self.chosen = place
                self.change(quantity)
                return
        self._append(TicketLine(product_id, quantity))

    def add_open(self, unit_price: int, description: str = "") -> None:
        """An amount without an article, in 1/10,000 unit of currency."""
        self._append(TicketLine(None, ONE, unit_price, description))

    def change(self, by: int) -> TicketLine | None:
        """More or less (thousandths) of the chosen line; the line, when nothing of it was left and it went."""
        if not 0 <= self.chosen < len(self.lines):
            return None
        line = self.lines[self.chosen]
        quantity = min(MOST, line.quantity + by)
        if quantity > 0:
            self.lines[self.chosen] = replace(line, quantity=quantity)
            return None
        return self.remove()

    def set_quantity(self, quantity: int) -> bool:
        """Let the chosen line be so much, in thousandths above 0; False where none is chosen."""
        if not 0 <= self.chosen < len(self.lines):
            return False
        self.lines[self.chosen] = replace(self.lines[self.chosen], quantity=min(MOST, quantity))
        return True

    def remove(self) -> TicketLine | None:
        """Take the chosen line off."""
        if not 0 <= self.chosen < len(self.lines):
            return None
        line = self.lines.pop(self.chosen)
        self.chosen = min(self.chosen, len(self.lines) - 1)
        return line

    def step(self, by: int) -> None:
        """Choose the line above or below."""
        if self.lines:
            self.chosen = max(0, min(len(self.lines) - 1, self.chosen + by))

    def count_of(self, product_id: int) -> int:
        """Thousandths of an article on the ticket."""
        return sum(line.quantity for line in self.lines if line.product_id == product_id)

    def _append(self, line: TicketLine) -> None:
        self.lines.append(line)
        self.chosen = len(self.lines) - 1
