"""How the day goes: what was sold, who came back, how many follow-ups are done."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from app.models.followups import FollowUp
from app.models.sales import Sale
from app.services import sales
from app.services.followups.today import due_count
from app.services.settings import settings

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """One shop day up to a moment; money in minor units."""

    net: int
    """Sold less brought back."""
    bills: int
    net_before: int
    """The same weekday a week before, up to the same hour: a whole day would not be comparable."""
    returning: int
    """Bills of customers who had bought on an earlier day."""
    done: int
    left: int
    """Follow-ups overdue or due, still to do."""


def day_figures(session: Session, day: date, at: datetime) -> DayFigures:
    """The figures of the shop day `day`, as of the moment `at`."""
    sold = sales.day_sales(session, day)
    return DayFigures(
        sold.net,
        sold.bills,
        _net_until(session, day - WEEK, at - WEEK),
        _returning(session, day),
        _done(session, day),
        due_count(session, day),
    )


def _net_until(session: Session, day: date, moment: datetime) -> int:
    query = select(func.coalesce(func.sum(Sale.revenue - Sale.returned), 0)).where(
        Sale.shop_day == day, Sale.at <= moment, Sale.voided_at.is_(None)
    )
    return session.scalars(query).one()


def _returning(session: Session, day: date) -> int:
    earlier = aliased(Sale)
    before = exists().where(
        earlier.customer_id == Sale.customer_id,
        earlier.shop_day < day,
        earlier.revenue > 0,
        earlier.voided_at.is_(None),
    )
    query = select(func.count()).where(Sale.shop_day == day, Sale.revenue > 0, Sale.voided_at.is_(None), before)
    return session.scalars(query).one()


def _done(session: Session, day: date) -> int:
    """Marked done within the shop day."""
    start = datetime.combine(day, time.min, ZoneInfo(settings(session).timezone))
    end = datetime.combine(day + timedelta(days=1), time.min, start.tzinfo)
    query = select(func.count()).where(FollowUp.done_at >= start, FollowUp.done_at < end)
    return session.scalars(query).one()
