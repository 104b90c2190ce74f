"""What is left of all somebody bought, once the goods and the putting right of their complaints are paid."""

import json
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.remedies import RemedyKind
from app.services.customers.families import answered_for, answering
from app.services.till import Margin, margin_of_customer

ON_NO_BILL = (RemedyKind.REPLACEMENT, RemedyKind.STORED, RemedyKind.APOLOGY, RemedyKind.OTHER)
"""Remedies that no bill tells of. A refund is a return, a discount, coupon or points lower a bill: they are in its
margin already, and would be taken off twice."""
_COST = text("""
SELECT coalesce(sum(r.cost), 0) FROM complaint_remedies r JOIN complaints c ON c.id = r.complaint_id
WHERE c.customer_id IN (SELECT value FROM json_each(:cards)) AND r.kind IN (SELECT value FROM json_each(:kinds))
""")


@dataclass(frozen=True, slots=True)
class CustomerMargin:
    """Minor units. `bills` is None where no article bought has a cost."""

    bills: Margin | None
    remedies: int
    """What remedies cost that stand on no bill."""

    @property
    def margin(self) -> int | None:
        return None if self.bills is None else self.bills.margin - self.remedies


def customer_margin(session: Session, customer_id: int) -> CustomerMargin:
    """Net sales − cost − points − remedies, of a customer with the cards merged into theirs (SAL5)."""
    owner = answering(session, customer_id)
    bound = {"cards": json.dumps(answered_for(session, owner)), "kinds": json.dumps(ON_NO_BILL)}
    return CustomerMargin(margin_of_customer(session, owner), session.execute(_COST, bound).scalar_one())
