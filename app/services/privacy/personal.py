"""What in the file tells who somebody is, table by table: what an erasure takes out, and what it leaves for the books.

Every column of every table stands here or hangs on nobody; a test goes through them all, so that a column added later
is not forgotten.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Taken:
    """How the rows of one table are taken: whole, or these columns set to these values.

    `owners`: the columns that name the customer (of what belongs to a complaint: the complaint).
    """

    owners: tuple[str, ...] = ("customer_id",)
    blank: Mapping[str, Any] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        return not self.blank


CARD: Mapping[str, Any] = {
    "external_id": None,
    "name": "",
    "sort_key": "",
    "company": "",
    "gender": "",
    "wechat": "",
    "birth_lunar": False,
    "birth_year": None,
    "birth_month": None,
    "birth_day": None,
    "birth_leap": False,
    "source": "",
    "note": "",
    "preferred_channel": "",
    "needs": "",
    "preferences": "",
    "buys_elsewhere": "",
    "values_ranked": [],
    "credit_note": "",
    "credit_limit": None,
    "personal_discount": None,
    "household_id": None,
}
"""The name becomes the number of the card: it says that there was somebody, and nothing about them."""

OF_CASES = frozenset({"complaint_events", "complaint_marks", "complaint_remedies", "complaint_attachments"})
"""Tables whose rows name a complaint, which in turn names the customer."""

PURSES = ("stored_entries", "visit_entries", "stamp_entries", "coupon_entries", "reward_entries")
"""What is held besides points: the sums stay, the words go."""

TAKEN: Mapping[str, Taken] = {
    "customers": Taken(("id",), CARD),
    "customer_phones": Taken(),
    "customer_emails": Taken(),
    "customer_addresses": Taken(),
    "customer_tags": Taken(),
    "customer_dates": Taken(),
    "customer_photos": Taken(),
    "parked_tickets": Taken(),
    "customer_relations": Taken(("customer_id", "other_id")),
    "customer_merges": Taken(("kept_id", "gone_id")),
    "custom_values": Taken(),
    "field_checks": Taken(),
    "member_card_events": Taken(),
    "not_same": Taken(("low_id", "high_id")),
    "personal_prices": Taken(),
    "pinned_facts": Taken(),
    "script_answers": Taken(),
    "consents": Taken(blank={"source": ""}),
    "interactions": Taken(
        blank={"summary": "", "objection": "", "reply": "", "demonstrated": "", "quoted": "", "identity": None}
    ),
    "complaints": Taken(blank={"words": "", "wish": "", "remedy": "", "prevention": "", "identity": None}),
    "complaint_events": Taken(("complaint_id",), {"note": ""}),
    "complaint_marks": Taken(("complaint_id",), {"note": ""}),
    "complaint_remedies": Taken(("complaint_id",), {"note": ""}),
    "complaint_attachments": Taken(("complaint_id",)),
    "followups": Taken(blank={"text": "", "identity": None, "uid": None, "series_id": None, "occurs_on": None}),
    "followup_series": Taken(),
    "point_entries": Taken(blank={"reason": ""}),
    "tier_floors": Taken(blank={"reason": ""}),
    **{table: Taken(blank={"reason": ""}) for table in PURSES},
}

_MOVED = frozenset(
    [
        "id",
        "customer_id",
        "at",
        "shop_day",
        "move",
        "units",
        "sale_id",
        "opens_lot",
        "lot_id",
        "available_from",
        "expires_on",
        "staff_id",
        "operation_id",
        "ordinal",
    ]
)
"""The columns that every purse's ledger has."""

STAYS: Mapping[str, frozenset[str]] = {
    "customers": frozenset(
        [
            "id",
            "referrer_id",
            "do_not_contact",
            "created_at",
            "created_by",
            "archived_at",
            "erased_at",
            "merged_into",
            "batch_id",
            "version",
        ]
    ),
    "consents": frozenset(["id", "customer_id", "channel", "given", "at", "shop_day", "staff_id"]),
    "interactions": frozenset(
        [
            "id",
            "customer_id",
            "at",
            "shop_day",
            "staff_id",
            "channel",
            "direction",
            "purpose",
            "reached",
            "noticed",
            "reply_worked",
            "product_id",
            "complaint_id",
            "version",
        ]
    ),
    "complaints": frozenset(
        [
            "id",
            "number",
            "customer_id",
            "opened_at",
            "shop_day",
            "staff_id",
            "assignee_id",
            "category",
            "severity",
            "channel",
            "on_the_spot",
            "sale_id",
            "product_id",
            "root_cause",
            "cause_staff_id",
            "state",
            "satisfaction",
            "version",
        ]
    ),
    "complaint_events": frozenset(["id", "complaint_id", "at", "state", "staff_id", "takes_back_id"]),
    "complaint_marks": frozenset(
        ["id", "complaint_id", "at", "kind", "staff_id", "reached", "answer", "takes_back_id"]
    ),
    "complaint_remedies": frozenset(
        [
            "id",
            "complaint_id",
            "at",
            "shop_day",
            "staff_id",
            "kind",
            "cost",
            "points",
            "coupon_id",
            "return_id",
            "product_id",
            "operation_id",
            "reverses_id",
            "restores_id",
        ]
    ),
    "followups": frozenset(
        [
            "id",
            "customer_id",
            "due_on",
            "due_at",
            "kind",
            "purpose",
            "complaint_id",
            "staff_id",
            "created_at",
            "done_at",
            "done_by",
            "rule",
            "latest_on",
            "planned_on",
            "version",
        ]
    ),
    **{
        table: _MOVED | more
        for table, more in {
            "stored_entries": {"part", "plan_id"},
            "visit_entries": {"plan_id", "worth"},
            "stamp_entries": {"plan_id"},
            "coupon_entries": {"kind_id", "code", "occasion", "worth"},
        }.items()
    },
    "reward_entries": frozenset(
        [
            "id",
            "reward_id",
            "customer_id",
            "at",
            "shop_day",
            "kind",
            "units",
            "points",
            "coupon_id",
            "staff_id",
            "operation_id",
            "ordinal",
        ]
    ),
    "point_entries": frozenset(
        [
            "id",
            "customer_id",
            "at",
            "shop_day",
            "kind",
            "points",
            "sale_id",
            "opens_lot",
            "lot_id",
            "available_from",
            "expires_on",
            "staff_id",
            "rate",
            "operation_id",
            "ordinal",
        ]
    ),
    "tier_floors": frozenset(["id", "customer_id", "at", "shop_day", "tier_code", "until", "staff_id", "operation_id"]),
}
"""What stays of rows that are not taken whole: numbers, days, codes, and who of the shop did it."""

BOOKS = frozenset(
    {"sales", "sale_lines", "payments", "tier_moves", "customer_figures", "complaint_clocks", "point_lots"}
)
"""What was sold, and what is worked out from it: kept as it is, by the number of the card."""

APART = frozenset({"audit_entries", "followup_gaps", "followup_reminders", "households", "import_changes"})
"""Taken by rules of their own: values out of the trail, days taken out of a series that goes, when was reminded of a
follow-up that goes, a household nobody is left in, what an import changed."""

NOBODY = frozenset(
    [
        "card_plans",
        "complaint_categories",
        "complaint_causes",
        "complaint_views",
        "coupon_kinds",
        "custom_fields",
        "day_close_lines",
        "day_closes",
        "earning_days",
        "earning_goods",
        "earning_versions",
        "followup_rules",
        "import_batches",
        "import_mappings",
        "need_scripts",
        "past_tier_rules",
        "past_tier_thresholds",
        "payment_methods",
        "products",
        "removed_occasions",
        "removed_tiers",
        "rewards",
        "rule_runs",
        "script_questions",
        "shop_settings",
        "staff",
        "tier_benefits",
        "tiers",
    ]
)
"""Tables that say nothing about one customer."""

KEYS = frozenset({"id", "customer_id", "other_id", "kept_id", "gone_id", "low_id", "high_id", "complaint_id"})
"""What the trail may go on saying of rows that are taken whole: which, and whose."""
