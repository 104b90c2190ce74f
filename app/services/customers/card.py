"""Everything a card shows about one customer, in a handful of indexed statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from app.domain.birthdays import Birthday, NoSuchBirthday, next_date
from app.domain.complaints import ComplaintState, Severity
from app.domain.money import currency
from app.domain.segments.silence import FEWEST_OWN_GAPS, gaps
from app.models.complaints import Complaint
from app.models.customers import Customer, CustomerFigures, PinnedFact
from app.models.sales import Sale
from app.models.staff import Staff
from app.services.customers.completeness import Completeness, completeness
from app.services.customers.drafts import CustomerDraft, Labelled
from app.services.customers.families import answered_for, answering
from app.services.customers.tier_marks import NO_TIER, TierMark, tier_marks
from app.services.settings import settings

YEAR_DAYS = 365
"""The last so many days, today included: the window of tiers."""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A complaint that is not closed: while there is one, nothing is promoted (the brake)."""

    id: int
    number: int
    category: str
    severity: Severity
    state: ComplaintState
    opened_at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A pinned fact, with who noted it and when."""

    id: int
    text: str
    on: date
    staff: str


@dataclass(frozen=True, slots=True)
class Card:
    """One customer. Money in minor units; `year_*` over the last 365 days; `usual_gap` in days, the median."""

    id: int
    version: int
    draft: CustomerDraft
    created_at: datetime
    archived: bool
    tier: TierMark
    points: int
    points_worth: int
    net: int
    purchase_days: int
    year_spend: int
    year_days: int
    usual_gap: int | None
    last_sale_on: date | None
    last_contact_on: date | None
    birthday_next: date | None
    cases: tuple[OpenCase, ...]
    facts: tuple[Fact, ...]
    completeness: Completeness

    @property
    def name(self) -> str:
        return self.draft.name


def card(session: Session, customer_id: int, today: date) -> Card:
    """The card that answers for this id (another one where it was merged away).

    Raises NoResultFound when there is none.
    """
    owner = answering(session, customer_id)
    customer = session.get_one(Customer, owner, options=_PARTS)
    family = answered_for(session, owner)
    figures = session.get(CustomerFigures, owner) or CustomerFigures(customer_id=owner, **_NOTHING)
    days = _purchase_days(session, family, today)
    draft = _draft(customer)
    return Card(
        id=owner,
        version=customer.version,
        draft=draft,
        created_at=customer.created_at,
        archived=customer.archived_at is not None,
        tier=tier_marks(session).get(figures.tier_rank, NO_TIER),
        points=figures.points,
        points_worth=_worth(session, figures.points),
        net=figures.net,
        purchase_days=figures.purchase_days,
        year_spend=sum(net for day, net in days if (today - day).days < YEAR_DAYS),
        year_days=sum(net > 0 for day, net in days if (today - day).days < YEAR_DAYS),
        usual_gap=_usual_gap([day for day, net in days if net > 0]),
        last_sale_on=figures.last_sale_on,
        last_contact_on=figures.last_contact_on,
        birthday_next=next_date(draft.birthday, today) if draft.birthday else None,
        cases=_cases(session, family),
        facts=_facts(session, family),
        completeness=completeness(_filled(draft)),
    )


_PARTS = tuple(selectinload(part) for part in (Customer.phones, Customer.emails, Customer.addresses, Customer.tags))
_NOTHING = {"net": 0, "purchase_days": 0, "points": 0, "tier_rank": 0, "open_complaints": 0}


def _draft(customer: Customer) -> CustomerDraft:
    return CustomerDraft(
        name=customer.name,
        phones=tuple(Labelled(phone.typed, phone.label) for phone in customer.phones),
        wechat=customer.wechat,
        emails=tuple(Labelled(email.address, email.label) for email in customer.emails),
        addresses=tuple(Labelled(address.text, address.label) for address in customer.addresses),
        birthday=_birthday(customer),
        tags=tuple(tag.name for tag in customer.tags),
        company=customer.company,
        gender=customer.gender,
        source=customer.source,
        note=customer.note,
        preferred_channel=customer.preferred_channel,
        do_not_contact=customer.do_not_contact,
    )


def _birthday(customer: Customer) -> Birthday | None:
    if customer.birth_month is None or customer.birth_day is None:
        return None
    try:
        return Birthday(
            customer.birth_month, customer.birth_day, customer.birth_year, customer.birth_lunar, customer.birth_leap
        )
    except NoSuchBirthday:
        return None  # an imported oddity must not keep the card shut


def _filled(draft: CustomerDraft) -> frozenset[str]:
    """Which weighty fields say something; a name that is only the phone is none."""
    named = any(char.isalpha() for char in draft.name)
    held = {
        "phone": draft.phones,
        "name": named,
        "birthday": draft.birthday,
        "source": draft.source,
        "wechat": draft.wechat,
        "address": draft.addresses,
    }
    return frozenset(name for name, value in held.items() if value)


def _purchase_days(session: Session, family: Sequence[int], today: date) -> list[tuple[date, int]]:
    """Days with their net, oldest first; a day of returns alone has none above 0."""
    net = func.sum(Sale.revenue - Sale.returned)
    query = (
        select(Sale.shop_day, net)
        .where(Sale.customer_id.in_(family), Sale.voided_at.is_(None), Sale.shop_day <= today)
        .group_by(Sale.shop_day)
        .order_by(Sale.shop_day)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def _usual_gap(days: Sequence[date]) -> int | None:
    """The median gap from three purchase days on; fewer say nothing about a rhythm."""
    between = gaps(days)
    return round(median(between)) if len(between) >= FEWEST_OWN_GAPS else None


def _worth(session: Session, points: int) -> int:
    """What so many points pay for, in minor units, rounded down."""
    shop = settings(session)
    minor: int = max(points, 0) * 10 ** currency(shop.currency).digits // max(shop.points_worth, 1)
    return minor


def _cases(session: Session, family: Sequence[int]) -> tuple[OpenCase, ...]:
    query = (
        select(
            Complaint.id,
            Complaint.number,
            Complaint.category,
            Complaint.severity,
            Complaint.state,
            Complaint.opened_at,
            Complaint.words,
        )
        .where(Complaint.customer_id.in_(family), Complaint.state != ComplaintState.CLOSED)
        .order_by(Complaint.opened_at)
    )
    return tuple(OpenCase(*row) for row in session.execute(query))


def _facts(session: Session, family: Sequence[int]) -> tuple[Fact, ...]:
    query = (
        select(PinnedFact.id, PinnedFact.text, PinnedFact.shop_day, Staff.name)
        .join(Staff, Staff.id == PinnedFact.staff_id)
        .where(PinnedFact.customer_id.in_(family))
        .order_by(PinnedFact.at.desc(), PinnedFact.id.desc())
    )
    return tuple(Fact(*row) for row in session.execute(query))
