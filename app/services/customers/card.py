"""Everything a card shows about one customer, in a handful of indexed statements."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.birthdays import next_date
from app.domain.completeness import Completeness, completeness, fresh_since, named
from app.domain.segments.silence import FEWEST_OWN_GAPS, gaps
from app.domain.shop import ShopSettings
from app.services.customers.consents import Consents, current_of, decisions_of
from app.services.customers.drafts import CustomerDraft
from app.services.customers.families import Person, answered_for, answering, answering_each
from app.services.customers.households import HouseholdSeen, household_of
from app.services.customers.relations import Related, relations_of
from app.services.customers.said import CUSTOM_OF, DATES_OF, draft_of
from app.services.customers.selling import OpenCase, open_cases
from app.services.customers.tier_marks import NO_TIER, TierMark

NEW_SHOP = ShopSettings()
YEAR_DAYS = 365
"""The last so many days, today included: the window of tiers."""


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
    erased_at: datetime | None
    """When all that told who this was was taken out; absent on every other card."""
    tier: TierMark
    points: int
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
    consents: Consents
    relations: tuple[Related, ...]
    household: HouseholdSeen | None
    referrer: Person | None
    brought: int
    """How many they brought themselves; `referrals` tells who, and who those brought."""
    has_photo: bool
    has_personal_prices: bool
    made_by: str
    """Who made the card; "" where nobody noted it."""
    answers_for_others: bool
    """Whether other cards were merged into this one."""

    @property
    def name(self) -> str:
        return self.draft.name


def card(session: Session, customer_id: int, today: date) -> Card:
    """The card that answers for this id (another one where it was merged away).

    Raises NoResultFound when there is none.
    """
    return card_and_family(session, customer_id, today)[0]


def card_and_family(session: Session, customer_id: int, today: date) -> tuple[Card, list[int]]:
    """The card, and the ids of all it answers for."""
    row = _read(session, customer_id)
    if row.merged_into is not None:
        row = _read(session, answering(session, customer_id))
    cards = answered_for(session, row.id) if row.has_others else [row.id]
    family = json.dumps(cards)
    days = _purchase_days(session, cards, today)
    since = today - timedelta(days=YEAR_DAYS)
    year = [net for day, net in days if day > since]
    draft = draft_of(row)
    said = _consents(session, row, cards)
    cases = open_cases(session, cards)
    unasked = {"consent"} if cases else ()  # who waits for an answer to a complaint is not asked for leave to send news
    brought, has_photo, has_prices = _of_family(session, family) if row.has_others else row[-3:]
    shown = Card(
        id=row.id,
        version=row.version,
        draft=draft,
        created_at=datetime.fromisoformat(row.created_at),
        archived=row.archived_at is not None,
        erased_at=datetime.fromisoformat(row.erased_at) if row.erased_at else None,
        tier=_tier(row),
        points=row.points,
        net=row.net,
        purchase_days=row.purchase_days,
        year_spend=sum(year),
        year_days=sum(net > 0 for net in year),
        usual_gap=_usual_gap([day for day, net in days if net > 0]),
        last_sale_on=_day(row.last_sale_on),
        last_contact_on=_day(row.last_contact_on),
        birthday_next=next_date(draft.birthday, today) if draft.birthday else None,
        cases=cases,
        facts=_facts(session, family) if row.has_others or row.has_facts else (),
        completeness=completeness(_checked(row, draft, said, today), fresh_since(today, _fresh_months(row)), unasked),
        consents=said,
        relations=relations_of(session, cards) if row.has_others or row.has_relations else (),
        household=household_of(session, row.household_id, cards) if row.household_id else None,
        referrer=_referrer(session, row.referrer_id),
        brought=brought,
        has_photo=bool(has_photo),
        has_personal_prices=bool(has_prices),
        made_by=row.made_by or "",
        answers_for_others=bool(row.has_others),
    )
    return shown, cards


def draft_in(session: Session, customer_id: int) -> CustomerDraft:
    """What a card says by itself, as it was filled in. Raises NoResultFound when there is none."""
    return draft_of(_read(session, customer_id))


_CARD = """
SELECT c.*, coalesce(f.net, 0) AS net, coalesce(f.points, 0) AS points, coalesce(f.tier_rank, 0) AS tier_rank,
       coalesce(f.purchase_days, 0) AS purchase_days, f.last_sale_on, f.last_contact_on,
       t.code AS tier_code, t.name AS tier_name, t.name_zh AS tier_name_zh, t.hue AS tier_hue,
       (SELECT max(rank) FROM tiers) AS top_rank,
       EXISTS (SELECT 1 FROM customers m WHERE m.merged_into = c.id) AS has_others,
       EXISTS (SELECT 1 FROM pinned_facts p WHERE p.customer_id = c.id) AS has_facts,
       (SELECT json_group_array(json_array(typed, label)) FROM customer_phones WHERE customer_id = c.id) AS phones,
       (SELECT json_group_array(json_array(address, label)) FROM customer_emails WHERE customer_id = c.id) AS emails,
       (SELECT json_group_array(json_array(text, label)) FROM customer_addresses WHERE customer_id = c.id) AS addresses,
       (SELECT json_group_array(name) FROM customer_tags WHERE customer_id = c.id) AS tags,
       {dates} AS dates, {custom} AS custom,
       EXISTS (SELECT 1 FROM customer_phones WHERE customer_id = c.id AND e164 IS NOT NULL) AS has_valid_phone,
       EXISTS (SELECT 1 FROM consents WHERE customer_id = c.id) AS has_consents,
       EXISTS (SELECT 1 FROM customer_relations WHERE customer_id = c.id)
       OR EXISTS (SELECT 1 FROM customer_relations WHERE other_id = c.id) AS has_relations,
       (SELECT json_group_object(field, checked_on) FROM field_checks WHERE customer_id = c.id) AS checks,
       (SELECT name FROM staff WHERE id = c.created_by) AS made_by,
       (SELECT value FROM shop_settings WHERE key = 'field_fresh_months') AS fresh_months,
       (SELECT value FROM shop_settings WHERE key = 'timezone') AS zone,
       (SELECT count(*) FROM customers r WHERE r.referrer_id = c.id AND r.merged_into IS NULL) AS brought,
       EXISTS (SELECT 1 FROM customer_photos WHERE customer_id = c.id) AS has_photo,
       EXISTS (SELECT 1 FROM personal_prices WHERE customer_id = c.id) AS has_prices
FROM customers c LEFT JOIN customer_figures f ON f.customer_id = c.id
LEFT JOIN tiers t ON t.rank = coalesce(f.tier_rank, 0) WHERE c.id = ?
""".replace("{dates}", DATES_OF).replace("{custom}", CUSTOM_OF)
_OF_FAMILY = """
WITH family(id) AS (SELECT value FROM json_each(?))
SELECT (SELECT count(*) FROM customers WHERE referrer_id IN family AND merged_into IS NULL),
       EXISTS (SELECT 1 FROM customer_photos WHERE customer_id IN family),
       EXISTS (SELECT 1 FROM personal_prices WHERE customer_id IN family)
"""
_DAYS = """
SELECT shop_day, sum(revenue - returned) FROM sales
WHERE customer_id {whose} AND voided_at IS NULL AND shop_day <= ?
GROUP BY shop_day ORDER BY shop_day
"""
_DAYS_OF_ONE = _DAYS.replace("{whose}", "= ?")
_DAYS_OF_MANY = _DAYS.replace("{whose}", "IN (SELECT value FROM json_each(?))")
"""One card is looked up by equality: the index then gives the order too."""
_FACTS = """
SELECT f.id, f.text, f.shop_day, w.name FROM pinned_facts f JOIN staff w ON w.id = f.staff_id
WHERE f.customer_id IN (SELECT value FROM json_each(?)) ORDER BY f.at DESC, f.id DESC
"""


def _read(session: Session, customer_id: int) -> Any:
    return session.connection().exec_driver_sql(_CARD, (customer_id,)).one()


def _of_family(session: Session, family: str) -> Any:
    """How many were brought, whether there is a photo, and a personal price, on any of the cards."""
    return session.connection().exec_driver_sql(_OF_FAMILY, (family,)).one()


def _tier(row: Any) -> TierMark:
    if row.tier_code is None:
        return NO_TIER
    top = 0 < row.tier_rank == row.top_rank
    return TierMark(row.tier_rank, row.tier_code, row.tier_name, row.tier_hue, top=top, name_zh=row.tier_name_zh)


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _checked(row: Any, draft: CustomerDraft, said: Consents, today: date) -> dict[str, date]:
    """The weighty fields that are filled and valid, with the day each was last changed or confirmed."""
    held = {
        "phone": row.has_valid_phone,
        "name": named(draft.name),
        "birthday": draft.birthday,
        "preference": draft.preferences or draft.values_ranked,
        "source": draft.source,
        "wechat": draft.wechat,
        "address": draft.addresses,
    }
    made = datetime.fromisoformat(row.created_at).astimezone(ZoneInfo(_setting(row.zone, "timezone"))).date()
    noted = {field: date.fromisoformat(on) for field, on in json.loads(row.checks).items()}
    checked = {field: noted.get(field, made) for field, value in held.items() if value}
    if draft.do_not_contact:
        checked["consent"] = today
    elif said.history:
        checked["consent"] = max(noted.get("consent", date.min), *(decision.on for decision in said.history))
    return checked


def _setting(stored: str | None, key: str) -> Any:
    return getattr(NEW_SHOP, key) if stored is None else json.loads(stored)


def _fresh_months(row: Any) -> int:
    return int(_setting(row.fresh_months, "field_fresh_months"))


def _consents(session: Session, row: Any, cards: Sequence[int]) -> Consents:
    history = decisions_of(session, cards) if row.has_others or row.has_consents else ()
    return Consents(current_of(history), history, bool(row.do_not_contact))


def _referrer(session: Session, referrer_id: int | None) -> Person | None:
    return None if referrer_id is None else answering_each(session, [referrer_id]).get(referrer_id)


def _purchase_days(session: Session, cards: Sequence[int], today: date) -> list[tuple[date, int]]:
    """Days with their net, oldest first; a day of returns alone has none above 0."""
    one = len(cards) == 1
    statement, whose = (_DAYS_OF_ONE, cards[0]) if one else (_DAYS_OF_MANY, json.dumps(list(cards)))
    rows = session.connection().exec_driver_sql(statement, (whose, today.isoformat())).all()
    return [(date.fromisoformat(day), net) for day, net in rows]


def _usual_gap(days: Sequence[date]) -> int | None:
    """The median gap from three purchase days on; fewer say nothing about a rhythm."""
    between = gaps(days)
    return round(median(between)) if len(between) >= FEWEST_OWN_GAPS else None


def _facts(session: Session, family: str) -> tuple[Fact, ...]:
    rows = session.connection().exec_driver_sql(_FACTS, (family,))
    return tuple(Fact(key, text, date.fromisoformat(on), staff) for key, text, on, staff in rows)
