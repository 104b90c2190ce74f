"""What the one row that is read of a card says, as the draft it was filled in with."""

import json
from typing import Any

from app.domain.birthdays import Birthday, NoSuchBirthday
from app.services.customers.drafts import CustomerDraft, Labelled

DATES_OF = (
    "(SELECT json_group_array(json_array(label, month, day, year, lunar, leap)) FROM customer_dates "
    "WHERE customer_id = c.id)"
)
CUSTOM_OF = (
    "(SELECT json_group_array(json_array(v.field_id, v.value)) FROM custom_values v "
    "JOIN custom_fields d ON d.id = v.field_id WHERE v.customer_id = c.id AND d.archived_at IS NULL)"
)
"""The columns `dates` and `custom` of the row; `phones`, `emails` and `addresses` are pairs of text and label."""

_NOTHING = "[]"


def draft_of(row: Any) -> CustomerDraft:
    """All columns of the customer, and `phones`, `emails`, `addresses`, `tags`, `dates`, `custom` as JSON."""
    return CustomerDraft(
        name=row.name,
        phones=_labelled(row.phones),
        wechat=row.wechat,
        emails=_labelled(row.emails),
        addresses=_labelled(row.addresses),
        birthday=birthday_of(row.birth_month, row.birth_day, row.birth_year, row.birth_lunar, row.birth_leap),
        tags=tuple(sorted(json.loads(row.tags))) if row.tags != _NOTHING else (),
        company=row.company,
        gender=row.gender,
        source=row.source,
        note=row.note,
        preferred_channel=row.preferred_channel,
        do_not_contact=bool(row.do_not_contact),
        needs=row.needs,
        preferences=row.preferences,
        buys_elsewhere=row.buys_elsewhere,
        values_ranked=tuple(json.loads(row.values_ranked)) if row.values_ranked != _NOTHING else (),
        credit_note=row.credit_note,
        credit_limit=row.credit_limit,
        personal_discount=row.personal_discount,
        dates=_dates(row.dates) if row.dates != _NOTHING else (),
        custom=dict(json.loads(row.custom)) if row.custom != _NOTHING else {},
        referrer_id=row.referrer_id,
        household_id=row.household_id,
    )


def birthday_of(month: int | None, day: int | None, year: int | None, lunar: int, leap: int) -> Birthday | None:
    """The birthday of these columns; None where they say none."""
    if month is None or day is None:
        return None
    try:
        return Birthday(month, day, year, bool(lunar), bool(leap))
    except NoSuchBirthday:
        return None  # an imported oddity must not keep the card shut


def _labelled(pairs: str) -> tuple[Labelled, ...]:
    return () if pairs == _NOTHING else tuple(Labelled(text, label) for text, label in json.loads(pairs))


def _dates(rows: str) -> tuple[tuple[str, Birthday], ...]:
    read = ((label, birthday_of(*columns)) for label, *columns in json.loads(rows))
    return tuple((label, day) for label, day in read if day is not None)
