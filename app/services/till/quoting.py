"""Working a ticket out: pure reading, asked on each keystroke, and the same numbers that selling then posts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.loyalty.lots import draw, repayment
from app.domain.loyalty.returns import EarnedFor, target
from app.domain.loyalty.rules import Goods, Times
from app.domain.loyalty.spending import SpendingRule, cap_of, check_spending, points_value, redeemable
from app.domain.money import currency, decimal_string
from app.domain.months import month_end
from app.domain.shop import ShopSettings
from app.domain.shop_rules import spending_rule
from app.domain.staff import Role
from app.services.loyalty.holdings import Holding
from app.services.loyalty.rules import earning_rules, times_for
from app.services.loyalty.standing import Ladder, ladder_of
from app.services.settings import settings
from app.services.till.bill import Bill, BillLine, LotUse, PointChoices
from app.services.till.buyer import Buyer, buyer_of, cards_of, points_used_last
from app.services.till.couponed import CouponUsed, with_coupons
from app.services.till.deposits import Deposit, deposits
from app.services.till.pieces import Piece, covered
from app.services.till.pricing import NO_TERMS, THOUSAND, Priced, Terms, priced, shares
from app.services.till.ticket import (
    BadLine,
    DiscountNotAllowed,
    DiscountTooLarge,
    PointsNeedACustomer,
    Ticket,
    TicketLine,
)
from app.storage import plain_sql

NOBODY = Holding((), 0)
NO_CHOICES = PointChoices(0, 0, 0)


def quote(session: Session, ticket: Ticket, *, at: datetime) -> Bill:
    """What the ticket comes to if it were charged at this moment. Changes nothing and refuses only bad lines.

    Raises BadLine.
    """
    bill = quote_for(session, ticket, cards_of(session, ticket.customer_id), settings(session), at)
    return replace(bill, choices=_choices(session, bill, at))


def _choices(session: Session, bill: Bill, at: datetime) -> PointChoices:
    """The amounts of points offered: what the till shows, and posting does not ask for."""
    shop = settings(session)
    rule, day = spending_rule(shop), at.astimezone(ZoneInfo(shop.timezone)).date()
    most = redeemable(bill.spendable, bill.revenue - bill.visits_value, rule)
    if bill.buyer is None or most == 0:
        return NO_CHOICES
    soon = bill.buyer.held.expiring(day, month_end(day, 1))
    last = points_used_last(session, bill.buyer.customer_id)
    return PointChoices(min(most, soon - soon % rule.step), last if last <= most else 0, most)


def quote_for(session: Session, ticket: Ticket, cards: tuple[int, ...], shop: ShopSettings, at: datetime) -> Bill:
    """The same for a buyer whose cards are known, under settings just read; without the choices."""
    day = at.astimezone(ZoneInfo(shop.timezone)).date()
    ladder = ladder_of(session)
    buyer = buyer_of(session, cards, ladder, day)
    terms = Terms(buyer.tier.member_discount, buyer.personal_discount) if buyer else NO_TERMS
    found = _goods(session, ticket.lines, cards, terms, currency(shop.currency).digits)
    return _Worked(session, shop, ladder, day, ticket, buyer, buyer.held if buyer else NOBODY, found).bill()


Found = tuple[TicketLine, Priced, str, str, int, str]
"""A line of the ticket with its price, name, unit, unit price and category."""


@dataclass(slots=True)
class _Worked:
    """One ticket on its way to a bill."""

    session: Session
    shop: ShopSettings
    ladder: Ladder
    day: date
    ticket: Ticket
    buyer: Buyer | None
    held: Holding
    found: Sequence[Found]

    def bill(self) -> Bill:
        rule = spending_rule(self.shop)
        pieces, used, problem = self._parted()
        subtotal = sum(piece.open for piece in pieces)
        discount, problem = self._discount(subtotal, problem)
        spendable = self.held.spendable(self.day)
        points, problem = self._points(spendable, subtotal - discount, rule, problem)
        value = points_value(points, rule)
        lines = self._lines(pieces, shares([piece.open for piece in pieces], discount, value))
        revenue = sum(line.amount - line.off for line in lines)
        sold, problem = self._deposits(problem)
        deposited = sum(each.paid for each in sold)
        times, terms = self._earning(lines, rule.minor_digits)
        earns, balance = self._earns(lines, terms), self.held.balance_on(self.day)
        return Bill(
            buyer=self.buyer,
            lines=lines,
            gross=sum(line.amount for line in lines),
            saved=sum(line.saved for line in lines),
            discount=discount,
            revenue=revenue,
            points=points,
            points_value=value,
            total=revenue - value + deposited,
            spendable=spendable,
            cap=cap_of(subtotal - discount, rule),
            choices=NO_CHOICES,
            lots=self._lots(points),
            earns=earns,
            times=times,
            terms=terms,
            balance=balance,
            balance_after=balance - points + earns,
            pending_after=self._pending(earns, rule),
            problem=problem,
            ladder=self.ladder,
            card_off=sum(line.card_off for line in lines),
            visits_value=sum(line.base for line in lines if line.plan_id is not None),
            coupons=used,
            coupon_off=sum(line.coupon for line in lines),
            deposits=sold,
            deposited=deposited,
        )

    def _parted(self) -> tuple[list[Piece], tuple[CouponUsed, ...], ShopError | None]:
        """The lines as cards and then coupons part them."""
        whole = [Piece(place, *found) for place, found in enumerate(self.found)]
        pieces, problem = covered(self.session, whole, self.ticket.uses, self.buyer, self.day)
        couponed = with_coupons(self.session, pieces, self.ticket.coupons, self.buyer, self.shop, self.day)
        pieces, used, refused = couponed
        return pieces, used, problem or refused

    def _deposits(self, problem: ShopError | None) -> tuple[tuple[Deposit, ...], ShopError | None]:
        sold, refused = deposits(self.session, self.ticket.cards, known=self.buyer is not None)
        return sold, problem or refused

    def _discount(self, subtotal: int, problem: ShopError | None) -> tuple[int, ShopError | None]:
        if not 0 <= self.ticket.discount <= subtotal:
            return 0, problem or DiscountTooLarge(most=subtotal)
        share = self.shop.clerk_discount
        role = self.session.info.get("role", Role.OWNER)
        if not role.covers(Role.MANAGER) and self.ticket.discount * THOUSAND > subtotal * share:
            return 0, problem or DiscountNotAllowed(most=decimal_string(share, 1, at_least=0))
        return self.ticket.discount, problem

    def _points(
        self, spendable: int, revenue: int, rule: SpendingRule, problem: ShopError | None
    ) -> tuple[int, ShopError | None]:
        if not self.ticket.points:
            return 0, problem
        if self.buyer is None:
            return 0, problem or PointsNeedACustomer()
        try:
            check_spending(self.ticket.points, spendable, revenue, rule)
        except ShopError as refusal:
            return 0, problem or refusal
        return self.ticket.points, problem

    def _lines(self, pieces: Sequence[Piece], parts: Sequence[tuple[int, int]]) -> tuple[BillLine, ...]:
        return tuple(
            BillLine(
                piece.line.product_id,
                piece.name,
                piece.line.description,
                piece.unit,
                piece.line.quantity,
                piece.unit_price,
                piece.cost.amount,
                piece.cost.saved,
                *part,
                piece.cost.by,
                piece.category,
                piece.place,
                piece.plan_id,
                piece.card_off,
                piece.coupon,
            )
            for piece, part in zip(pieces, parts, strict=True)
        )

    def _earning(self, lines: Sequence[BillLine], minor_digits: int) -> tuple[tuple[Times, ...], EarnedFor]:
        """What multiplies the points today, and the terms the bill earns under (PTS2)."""
        rules = earning_rules(self.session, self.day)
        times: tuple[Times, ...] = ()
        if self.buyer is not None:
            times = times_for(self.session, rules, self.buyer.tier, self.buyer.customer_id, self.day)
        return times, rules.terms((Goods(line.product_id, line.category) for line in lines), times, minor_digits)

    def _earns(self, lines: Sequence[BillLine], terms: EarnedFor) -> int:
        if self.buyer is None or not lines:
            return 0
        return target([line.base for line in lines], [line.product_id for line in lines], False, terms)

    def _pending(self, earns: int, rule: SpendingRule) -> int:
        """What is owed is paid at once out of what is earned."""
        waits = earns - repayment(self.held.debt, earns) if rule.pending_days else 0
        return self.held.pending(self.day) + waits

    def _lots(self, points: int) -> tuple[LotUse, ...]:
        usable = [lot for lot in self.held.lots if lot.usable(self.day)]
        ends = {lot.id: lot.expires_on for lot in usable}
        uses: dict[date | None, int] = {}
        for lot_id, part in draw(usable, points):
            uses[ends[lot_id]] = uses.get(ends[lot_id], 0) + part
        return tuple(LotUse(part, end) for end, part in uses.items())


_ARTICLES = """
SELECT a.id, a.name, a.unit, a.price, a.category,
       (SELECT p.price FROM personal_prices p
        WHERE p.product_id = a.id AND p.customer_id IN (SELECT value FROM json_each(:cards))
        ORDER BY p.customer_id <> :owner, p.id DESC LIMIT 1) AS agreed
FROM products a WHERE a.id IN (SELECT value FROM json_each(:ids))
"""
"""As the driver takes it. What stands on the buyer's own card goes before that on those merged into it."""


def _goods(
    session: Session, lines: Sequence[TicketLine], cards: tuple[int, ...], terms: Terms, digits: int
) -> list[Found]:
    ids = {line.product_id for line in lines if line.product_id is not None}
    goods: dict[int | None, Any] = {}
    if ids:
        bound = {"ids": json.dumps(list(ids)), "cards": json.dumps(cards), "owner": cards[0] if cards else 0}
        goods = {key: article for key, *article in plain_sql.rows(session, _ARTICLES, bound)}
    return [_line(line, goods.get(line.product_id), terms, digits, place) for place, line in enumerate(lines, 1)]


def _line(line: TicketLine, article: Any, terms: Terms, digits: int, place: int) -> Found:
    name, unit, listed, category, agreed = article or ("", "", None, "", None)
    price = listed if line.unit_price is None else line.unit_price
    if line.quantity <= 0 or price is None or price < 0:
        raise BadLine(line=place)
    cost = priced(line.quantity, price, terms, digits, agreed)
    return line, cost, line.description or name, unit, price, category
