"""What is left of what was sold, once the goods and the putting right of complaints are paid (SAL5).

Each cost is told once. What lowers a bill is in the margin of that bill: a refund is a return, and a discount, a coupon
or points are off the bill they are used on. What no bill tells of is taken off here: from the sale, the article and the
customer the case is about, on the day it was given. So the margins of bills, less these, add up to the shop's.
"""

import json
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.domain.remedies import RemedyKind
from app.services.complaints.learning.days import Days
from app.services.customers.families import answered_for, answering
from app.services.till import Margin, margin_of_customer, margin_of_days, margin_of_product, margin_of_sale

ON_NO_BILL = (RemedyKind.REPLACEMENT, RemedyKind.STORED, RemedyKind.APOLOGY, RemedyKind.OTHER)
_COST = """
SELECT coalesce(sum(r.cost), 0) FROM complaint_remedies r JOIN complaints c ON c.id = r.complaint_id
WHERE r.kind IN (SELECT value FROM json_each(:kinds))
"""
_OF_SALE = text(f"{_COST} AND c.sale_id = :sale")
_OF_CARDS = text(f"{_COST} AND c.customer_id IN (SELECT value FROM json_each(:cards))")  # noqa: S608
_OF_PRODUCT = text(f"{_COST} AND c.product_id = :product AND r.shop_day BETWEEN :first AND :last")
_OF_DAYS = text(f"{_COST} AND r.shop_day BETWEEN :first AND :last")
_KINDS = {"kinds": json.dumps(ON_NO_BILL)}


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Minor units. `bills` is None where no article sold has a cost: nothing can be said then."""

    bills: Margin | None
    remedies: int
    """What remedies cost that stand on no bill."""

    @property
    def margin(self) -> int | None:
        return None if self.bills is None else self.bills.margin - self.remedies


def sale_margin(session: Session, sale_id: int) -> LeftOver:
    """Of one bill, with the cases about it."""
    cost = session.execute(_OF_SALE, _KINDS | {"sale": sale_id}).scalar_one()
    return LeftOver(margin_of_sale(session, sale_id), cost)


def customer_margin(session: Session, customer_id: int) -> LeftOver:
    """Of all a customer bought and brought back, with the cards merged into theirs."""
    owner = answering(session, customer_id)
    cards = json.dumps(answered_for(session, owner))
    cost = session.execute(_OF_CARDS, _KINDS | {"cards": cards}).scalar_one()
    return LeftOver(margin_of_customer(session, owner), cost)


def product_margin(session: Session, product_id: int, days: Days) -> LeftOver:
    """Of one article on some days, with the cases about it."""
    bound = _KINDS | {"product": product_id} | days.bound
    cost = session.execute(_OF_PRODUCT, bound).scalar_one()
    return LeftOver(margin_of_product(session, product_id, days.first, days.last), cost)


def margin_of_shop(session: Session, days: Days) -> LeftOver:
    """Of everything sold on some days, with all remedies given on them."""
    cost = session.execute(_OF_DAYS, _KINDS | days.bound).scalar_one()
    return LeftOver(margin_of_days(session, days.first, days.last), cost)
