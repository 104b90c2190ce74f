"""Makes the rows of a card say what a draft says, with as few changes as can be."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy.orm import Session

from app.domain import phones, pinyin
from app.domain.birthdays import Birthday
from app.domain.names import display
from app.domain.staff import Role
from app.domain.text import clean, comparison_key, one_line
from app.models.customers import (
    Customer,
    CustomerAddress,
    CustomerDate,
    CustomerEmail,
    CustomerPhone,
    CustomerTag,
)
from app.services.customers.custom_fields import fill_custom
from app.services.customers.drafts import (
    CreditRefused,
    CustomerDraft,
    Labelled,
    NothingToCallThem,
    PersonalDiscountRefused,
    PhoneUnreadable,
)
from app.services.customers.households import check_household
from app.services.customers.matching import drop, match
from app.services.customers.referrals import check_referrer
from app.services.permissions import NotAllowed
from app.services.settings import settings

FEWEST_DIGITS = 3
WHOLE = 1000
MOST_CREDIT = 10**15
_ROUNDED = re.compile(r"\d[.,]?\d*[eE]\+?\d+")


def fill(session: Session, customer: Customer, draft: CustomerDraft) -> None:
    """Write the draft into the card.

    Raises NothingToCallThem, PhoneUnreadable, CreditRefused, PersonalDiscountRefused, CustomValueRefused,
    NoSuchHousehold, ReferrerRefused, or NotAllowed where a clerk changes what money depends on.
    """
    numbers = _read_phones(draft.phones, settings(session).phone_region)
    name = display(draft.name) or (numbers[0]["typed"] if numbers else "")
    if not name:
        raise NothingToCallThem
    _check_money(session, customer, draft)
    _tie(session, customer, draft)
    for key, value in _columns(name, draft).items():
        setattr(customer, key, value)
    match(customer.phones, CustomerPhone, numbers)
    match(customer.emails, CustomerEmail, [{"label": e.label, "address": e.text} for e in _said(draft.emails)])
    match(customer.addresses, CustomerAddress, [{"label": a.label, "text": a.text} for a in _said(draft.addresses)])
    match(customer.dates, CustomerDate, [_day(label, day) for label, day in draft.dates])
    _match_tags(customer, draft.tags)
    fill_custom(session, customer, draft.custom)


def _check_money(session: Session, customer: Customer, draft: CustomerDraft) -> None:
    if draft.credit_limit is not None and not 0 <= draft.credit_limit <= MOST_CREDIT:
        raise CreditRefused
    if draft.personal_discount is not None and not 0 <= draft.personal_discount <= WHOLE:
        raise PersonalDiscountRefused
    before, after = (customer.credit_limit, customer.personal_discount), (draft.credit_limit, draft.personal_discount)
    if before != after and not session.info["role"].covers(Role.MANAGER):
        raise NotAllowed(needs=Role.MANAGER)


def _tie(session: Session, customer: Customer, draft: CustomerDraft) -> None:
    """Who brought them, and with whom they live."""
    if draft.referrer_id != customer.referrer_id and draft.referrer_id is not None:
        check_referrer(session, customer.id, draft.referrer_id)
    customer.referrer_id = draft.referrer_id
    if draft.household_id != customer.household_id:
        check_household(session, draft.household_id)
    customer.household_id = draft.household_id


def _columns(name: str, draft: CustomerDraft) -> dict[str, Any]:
    birthday = draft.birthday
    return {
        "name": name,
        "sort_key": pinyin.sort_key(name),
        "company": one_line(draft.company),
        "gender": draft.gender,
        "wechat": one_line(draft.wechat),
        "birth_lunar": birthday.lunar if birthday else False,
        "birth_year": birthday.year if birthday else None,
        "birth_month": birthday.month if birthday else None,
        "birth_day": birthday.day if birthday else None,
        "birth_leap": birthday.leap if birthday else False,
        "source": one_line(draft.source),
        "note": clean(draft.note).strip(),
        "preferred_channel": draft.preferred_channel,
        "do_not_contact": draft.do_not_contact,
        "needs": clean(draft.needs).strip(),
        "preferences": clean(draft.preferences).strip(),
        "buys_elsewhere": clean(draft.buys_elsewhere).strip(),
        "values_ranked": _ranked(draft.values_ranked),
        "credit_note": clean(draft.credit_note).strip(),
        "credit_limit": draft.credit_limit,
        "personal_discount": draft.personal_discount,
    }


def _ranked(wishes: Iterable[str]) -> list[str]:
    """Each once, where it first stands."""
    ranked: dict[str, str] = {}
    for wish in filter(None, map(one_line, wishes)):
        ranked.setdefault(comparison_key(wish), wish)
    return list(ranked.values())


def _day(label: str, day: Birthday) -> dict[str, Any]:
    return {
        "label": one_line(label),
        "lunar": day.lunar,
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "leap": day.leap,
    }


def _read_phones(drafts: Sequence[Labelled], region: str) -> list[dict[str, Any]]:
    read: dict[str, dict[str, Any]] = {}
    for place, draft in enumerate(drafts):
        if not draft.text.strip():
            continue
        phone = phones.normalise(draft.text, region)
        if len(phone.digits) < FEWEST_DIGITS or _ROUNDED.fullmatch(phone.typed):
            raise PhoneUnreadable(place=place)
        values = {"label": draft.label, "typed": phone.typed, "e164": phone.e164, "digits": phone.digits}
        read.setdefault(phone.key, values)
    return list(read.values())


def _said(drafts: Iterable[Labelled]) -> list[Labelled]:
    return [Labelled(text, draft.label) for draft in drafts if (text := one_line(draft.text))]


def _match_tags(customer: Customer, wanted: Iterable[str]) -> None:
    names = {comparison_key(name): one_line(name).lstrip("#") for name in wanted if one_line(name).lstrip("#")}
    held = {comparison_key(tag.name) for tag in customer.tags}
    drop(customer.tags, [tag for tag in customer.tags if comparison_key(tag.name) not in names])
    customer.tags.extend(CustomerTag(name=name) for key, name in names.items() if key not in held)
