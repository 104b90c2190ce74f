"""The ticket while it is put together: its lines, and the tickets that were parked."""

from collections import deque
from dataclasses import dataclass, field, replace
from uuid import uuid4

from app.services.till import Ticket, TicketLine

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
    chosen: int = -1
    operation_id: str = field(default_factory=lambda: uuid4().hex)
    """Of the charge to come: a second click on the same ticket posts nothing."""

    @property
    def empty(self) -> bool:
        return not self.lines

    def ticket(self) -> Ticket:
        return Ticket(self.customer_id, tuple(self.lines), self.discount, self.points, self.payment)

    def add_product(self, product_id: int) -> None:
        """One more of an article: on its line where it has one."""
        for place, line in enumerate(self.lines):
            if line.product_id == product_id and line.unit_price is None:
                self.chosen = place
                self.change(ONE)
                return
        self._append(TicketLine(product_id))

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


class Parked:
    """Tickets put aside. The one that waits longest is taken up first, so that pressing the key goes round."""

    def __init__(self) -> None:
        self._waiting: deque[Basket] = deque()

    def __len__(self) -> int:
        return len(self._waiting)

    def park(self, basket: Basket) -> None:
        self._waiting.append(basket)

    def take_up(self) -> Basket | None:
        return self._waiting.popleft() if self._waiting else None
