"""How well complaints are dealt with: four rates over 30 days, each with its counts."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.complaints import ON_THE_RAIL
from app.domain.segments.rates import Rate
from app.models.complaints import Complaint
from app.models.sales import Sale
from app.services.complaints.cards import Cards
from app.services.customers import MaySell, held_back
from app.services.settings import settings

DAYS = 30


@dataclass(frozen=True, slots=True)
class PerSales:
    """So many complaints on so many sales."""

    complaints: int
    sales: int

    @property
    def per_hundred(self) -> float | None:
        """None where nothing was sold."""
        return 100 * self.complaints / self.sales if self.sales else None


@dataclass(frozen=True, slots=True)
class Rates:
    days: int
    """How many shop days are looked back on, the last one included."""
    on_the_spot: Rate
    """Of the cases logged in these days: solved within the visit, and not reopened."""
    on_time: Rate
    """Of those whose term has ended one way or the other (resolved, or late): resolved within it."""
    per_sales: PerSales
    per_sales_before: PerSales
    """The same over as many days before."""
    held_back: tuple[MaySell, ...]
    """Customers whom the brake keeps out of every promotion now."""


def rates(session: Session, day: date, *, at: datetime | None = None) -> Rates:
    """The rates of the 30 shop days that end with `day`, the clocks read `at` (without it: when the day is over)."""
    over = datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(settings(session).timezone))
    cards = Cards(session, at or over)
    first = day - timedelta(days=DAYS - 1)
    logged = cards.of(session.scalars(select(Complaint.id).where(Complaint.shop_day.between(first, day))).all())
    ended = [card for card in logged if card.clock.late or card.state not in ON_THE_RAIL]
    before = first - timedelta(days=DAYS), first - timedelta(days=1)
    return Rates(
        days=DAYS,
        on_the_spot=Rate(sum(card.on_the_spot for card in logged), len(logged)),
        on_time=Rate(sum(not card.clock.late for card in ended), len(ended)),
        per_sales=_per_sales(session, first, day),
        per_sales_before=_per_sales(session, *before),
        held_back=held_back(session),
    )


def _per_sales(session: Session, first: date, last: date) -> PerSales:
    complaints = select(func.count()).select_from(Complaint).where(Complaint.shop_day.between(first, last))
    sales = (
        select(func.count())
        .select_from(Sale)
        .where(Sale.shop_day.between(first, last), Sale.revenue > 0, Sale.voided_at.is_(None))
    )
    return PerSales(session.scalar(complaints) or 0, session.scalar(sales) or 0)
