"""What can be brought in from a file: the kinds of file, and the columns of each that have a home in the shop."""

from enum import StrEnum

from app.formats.header_titles import CHANNELS
from app.formats.header_words import REPEATED, REQUIRED


class Kind(StrEnum):
    CUSTOMERS = "customers"
    SALES = "sales"
    PRODUCTS = "products"
    INTERACTIONS = "interactions"
    COMPLAINTS = "complaints"
    FOLLOWUPS = "followups"
    POINTS = "points"
    """Opening balances: what customers held in an old system."""


_WHO = ("customer_id", "customer_name", "phone")
FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.CUSTOMERS: (
        "name",
        "family_name",
        "given_name",
        "phone",
        "external_id",
        "member_card",
        "wechat",
        "email",
        "birthday",
        "lunar_birthday",
        "birth_year",
        "birth_month",
        "birth_day",
        "gender",
        "tags",
        "company",
        "address",
        "source",
        "registered_on",
        "note",
        "phone_label",
        "email_label",
        "address_label",
        "dates",
        "preferred_channel",
        "do_not_contact",
        *(f"consent_{channel}" for channel in CHANNELS),
        "needs",
        "preference",
        "buys_elsewhere",
        "values",
        "credit_note",
        "credit_limit",
        "personal_discount",
        "referrer",
        "household",
        "custom",
    ),
    Kind.SALES: (
        "moment",
        "time",
        "invoice",
        "customer_id",
        "customer_name",
        "phone",
        "product_code",
        "description",
        "quantity",
        "unit_price",
        "amount",
        "payment",
    ),
    Kind.PRODUCTS: ("code", "name", "unit_price", "category", "unit", "cost", "barcode", "active"),
    Kind.INTERACTIONS: (
        "moment",
        "time",
        *_WHO,
        "channel",
        "direction",
        "purpose",
        "reached",
        "note",
        "noticed",
        "objection",
        "reply",
        "reply_worked",
        "demonstrated",
        "quoted",
        "staff",
    ),
    Kind.COMPLAINTS: (
        "number",
        "moment",
        "time",
        *_WHO,
        "kind",
        "severity",
        "channel",
        "subject",
        "detail",
        "text",
        "demand",
        "state",
        "answered_on",
        "resolved_on",
        "resolution",
        "satisfaction",
        "history",
        "staff",
        "goods",
        "assignee",
        "root_cause",
        "prevention",
    ),
    Kind.FOLLOWUPS: (
        "due_on",
        "due_at",
        *_WHO,
        "kind",
        "purpose",
        "subject",
        "note",
        "done_on",
        "state",
        "recurrence",
        "uid",
        "staff",
    ),
    Kind.POINTS: (
        *_WHO,
        "points",
        "expires_on",
        "tier",
        "tier_until",
        "stored",
        "stored_bonus",
        "bonus_until",
        "card_plan",
        "visits",
        "stamps",
        "card_until",
        "note",
    ),
}
DATES: dict[Kind, tuple[str, ...]] = {
    Kind.CUSTOMERS: ("birthday", "registered_on"),
    Kind.SALES: ("moment",),
    Kind.PRODUCTS: (),
    Kind.INTERACTIONS: ("moment",),
    Kind.COMPLAINTS: ("moment", "answered_on", "resolved_on"),
    Kind.FOLLOWUPS: ("due_on", "done_on"),
    Kind.POINTS: ("expires_on", "tier_until", "bonus_until", "card_until"),
}
"""The columns whose order of day and month must be known."""


def base_field(name: str) -> str:
    """ "phone_2" is one more phone."""
    head, _, tail = name.rpartition("_")
    return head if tail.isdigit() and head in REPEATED else name


def is_kept(kind: Kind, name: str) -> bool:
    """Whether a column of this name has a home in the shop."""
    return base_field(name) in FIELDS[kind]


def is_repeatable(name: str) -> bool:
    """Whether several columns may hold this, as a second phone."""
    return name in REPEATED


def missing(kind: Kind, columns: dict[str, int]) -> tuple[str, ...]:
    """What the file lacks: fields, or alternatives divided by strokes ("name|phone")."""
    return tuple(needed for needed in REQUIRED[kind] if not any(name in columns for name in needed.split("|")))
