"""How the record of what was done is worded: acts, kinds of rows, and the columns a change touched."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.services.audit import TrailRow

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
UNSAID = frozenset({"id", "identity", "operation_id", "ordinal", "sort_key", "version"})
"""What the program keeps for itself."""
NOTHING = (None, "", False)
"""What a new row has where nobody said anything. Looked through one by one: a change may hold what cannot be hashed."""


def act(code: str) -> str:
    """What was done, by the name of the service that did it; one without words is shown as it is called."""
    return {
        "backup.rebuild": QCoreApplication.translate("Trail", "Worked figures and search out anew"),
        "complaints.add_cause": QCoreApplication.translate("Trail", "Added a cause of complaints"),
        "complaints.archive_cause": QCoreApplication.translate("Trail", "Put a cause of complaints away"),
        "complaints.assign": QCoreApplication.translate("Trail", "Let somebody look after a complaint"),
        "complaints.attach": QCoreApplication.translate("Trail", "Put a file with a complaint"),
        "complaints.detach": QCoreApplication.translate("Trail", "Took a file off a complaint"),
        "complaints.answer": QCoreApplication.translate("Trail", "Noted that a complaint was answered"),
        "complaints.call_back": QCoreApplication.translate("Trail", "Called back about a complaint"),
        "complaints.change_view": QCoreApplication.translate("Trail", "Changed a saved view"),
        "complaints.drop_view": QCoreApplication.translate("Trail", "Forgot a saved view"),
        "complaints.escalate": QCoreApplication.translate("Trail", "Handed late complaints up to the owner"),
        "complaints.save_view": QCoreApplication.translate("Trail", "Saved a view of complaints"),
        "complaints.edit": QCoreApplication.translate("Trail", "Changed a complaint"),
        "complaints.add_category": QCoreApplication.translate("Trail", "Added a category of complaints"),
        "complaints.archive_category": QCoreApplication.translate("Trail", "Put a category of complaints away"),
        "complaints.found_categories": QCoreApplication.translate("Trail", "Set up the categories of complaints"),
        "complaints.move_category": QCoreApplication.translate("Trail", "Moved a category of complaints"),
        "complaints.rename_category": QCoreApplication.translate("Trail", "Renamed a category of complaints"),
        "complaints.unarchive_category": QCoreApplication.translate("Trail", "Took up a category of complaints again"),
        "complaints.found_causes": QCoreApplication.translate("Trail", "Set up the causes of complaints"),
        "complaints.give_remedy": QCoreApplication.translate("Trail", "Gave a remedy"),
        "complaints.log": QCoreApplication.translate("Trail", "Logged a complaint"),
        "complaints.move": QCoreApplication.translate("Trail", "Moved a complaint on"),
        "complaints.move_cause": QCoreApplication.translate("Trail", "Moved a cause of complaints"),
        "complaints.rename_cause": QCoreApplication.translate("Trail", "Renamed a cause of complaints"),
        "complaints.say_cause": QCoreApplication.translate("Trail", "Wrote down the cause of a complaint"),
        "complaints.take_back_remedy": QCoreApplication.translate("Trail", "Took a remedy back"),
        "complaints.unarchive_cause": QCoreApplication.translate("Trail", "Took up a cause of complaints again"),
        "complaints.undo_settled": QCoreApplication.translate("Trail", "Took back a complaint with what was given"),
        "complaints.redo_settled": QCoreApplication.translate("Trail", "Logged a complaint again with what was given"),
        "complaints.undo_remedy": QCoreApplication.translate("Trail", "Took a remedy back"),
        "customers.add": QCoreApplication.translate("Trail", "Added a customer"),
        "customers.add_field": QCoreApplication.translate("Trail", "Added a field of the shop"),
        "customers.archive": QCoreApplication.translate("Trail", "Archived a customer"),
        "customers.archive_field": QCoreApplication.translate("Trail", "Put a field of the shop away"),
        "customers.bulk_edit": QCoreApplication.translate("Trail", "Changed many cards at once"),
        "customers.confirm_field": QCoreApplication.translate("Trail", "Heard that a field is still right"),
        "customers.drop_personal_price": QCoreApplication.translate("Trail", "Took a personal price off"),
        "customers.drop_photo": QCoreApplication.translate("Trail", "Took a photo off"),
        "customers.edit": QCoreApplication.translate("Trail", "Changed a customer"),
        "customers.edit_field": QCoreApplication.translate("Trail", "Changed a field of the shop"),
        "customers.join_household": QCoreApplication.translate("Trail", "Put people in one household"),
        "customers.leave_household": QCoreApplication.translate("Trail", "Took somebody out of a household"),
        "customers.move_field": QCoreApplication.translate("Trail", "Moved a field of the shop"),
        "customers.name_household": QCoreApplication.translate("Trail", "Named a household"),
        "customers.pin_fact": QCoreApplication.translate("Trail", "Pinned a fact"),
        "customers.record_consent": QCoreApplication.translate("Trail", "Noted a consent"),
        "customers.relate": QCoreApplication.translate("Trail", "Noted a relation"),
        "customers.reword_fact": QCoreApplication.translate("Trail", "Reworded a pinned fact"),
        "customers.set_field": QCoreApplication.translate("Trail", "Changed a field of a card"),
        "customers.set_personal_price": QCoreApplication.translate("Trail", "Agreed on a personal price"),
        "customers.set_photo": QCoreApplication.translate("Trail", "Kept a photo"),
        "customers.set_referrer": QCoreApplication.translate("Trail", "Noted who brought somebody"),
        "customers.unarchive": QCoreApplication.translate("Trail", "Brought a customer back"),
        "customers.unarchive_field": QCoreApplication.translate("Trail", "Showed a field of the shop again"),
        "customers.undo_bulk_edit": QCoreApplication.translate("Trail", "Took a change of many cards back"),
        "customers.unpin": QCoreApplication.translate("Trail", "Took a pinned fact off"),
        "customers.unrelate": QCoreApplication.translate("Trail", "Took a relation off"),
        "duplicates.judge_not_same": QCoreApplication.translate("Trail", "Said that two cards are two people"),
        "duplicates.merge": QCoreApplication.translate("Trail", "Merged two cards"),
        "duplicates.unmerge": QCoreApplication.translate("Trail", "Took a merge back"),
        "followups.add_cadence": QCoreApplication.translate("Trail", "Made a rule for contacts"),
        "followups.book": QCoreApplication.translate("Trail", "Booked a follow-up"),
        "followups.change_rule": QCoreApplication.translate("Trail", "Changed a follow-up rule"),
        "followups.edit": QCoreApplication.translate("Trail", "Changed a follow-up"),
        "followups.extend_series": QCoreApplication.translate("Trail", "Wrote what comes again"),
        "followups.finish": QCoreApplication.translate("Trail", "Did a follow-up"),
        "followups.finish_many": QCoreApplication.translate("Trail", "Did follow-ups"),
        "followups.found_rules": QCoreApplication.translate("Trail", "Set up the follow-up rules"),
        "followups.hand_out_coupons": QCoreApplication.translate("Trail", "Gave birthday and win-back coupons"),
        "followups.hand_over": QCoreApplication.translate("Trail", "Handed follow-ups over"),
        "followups.hand_over_own": QCoreApplication.translate("Trail", "Handed follow-ups over"),
        "followups.log_and_book": QCoreApplication.translate("Trail", "Logged a contact and booked the next"),
        "followups.log_and_finish": QCoreApplication.translate("Trail", "Logged a contact and did the follow-up"),
        "followups.log_and_put_off": QCoreApplication.translate("Trail", "Logged a contact and put the follow-up off"),
        "followups.move_many": QCoreApplication.translate("Trail", "Moved follow-ups"),
        "followups.move_occurrence": QCoreApplication.translate("Trail", "Moved a follow-up"),
        "followups.move_rule": QCoreApplication.translate("Trail", "Put a follow-up rule in another place"),
        "followups.put_run_back": QCoreApplication.translate("Trail", "Brought follow-ups of the rules back"),
        "followups.remind": QCoreApplication.translate("Trail", "Reminded of follow-ups"),
        "followups.remove_many": QCoreApplication.translate("Trail", "Removed follow-ups"),
        "followups.remove_occurrence": QCoreApplication.translate("Trail", "Removed a follow-up"),
        "followups.reopen": QCoreApplication.translate("Trail", "Opened a follow-up again"),
        "followups.run_rules": QCoreApplication.translate("Trail", "Ran the follow-up rules"),
        "followups.snooze": QCoreApplication.translate("Trail", "Put a follow-up off"),
        "followups.snooze_many": QCoreApplication.translate("Trail", "Put follow-ups off"),
        "followups.switch_rule": QCoreApplication.translate("Trail", "Switched a follow-up rule on or off"),
        "followups.undo_run": QCoreApplication.translate("Trail", "Took back what the follow-up rules brought"),
        "interactions.add_question": QCoreApplication.translate("Trail", "Added a question"),
        "interactions.add_script": QCoreApplication.translate("Trail", "Added questions to ask"),
        "interactions.archive_question": QCoreApplication.translate("Trail", "Put a question away"),
        "interactions.archive_script": QCoreApplication.translate("Trail", "Put questions away"),
        "interactions.edit_contact": QCoreApplication.translate("Trail", "Changed a contact"),
        "interactions.edit_question": QCoreApplication.translate("Trail", "Changed a question"),
        "interactions.edit_script": QCoreApplication.translate("Trail", "Renamed questions to ask"),
        "interactions.log_contact": QCoreApplication.translate("Trail", "Logged a contact"),
        "interactions.move_question": QCoreApplication.translate("Trail", "Moved a question"),
        "interactions.move_script": QCoreApplication.translate("Trail", "Moved questions to ask"),
        "interactions.open_complaint": QCoreApplication.translate("Trail", "Opened a complaint from a contact"),
        "interactions.remove_contact": QCoreApplication.translate("Trail", "Removed a contact"),
        "interactions.unarchive_question": QCoreApplication.translate("Trail", "Asked a question again"),
        "interactions.unarchive_script": QCoreApplication.translate("Trail", "Brought questions back"),
        "loyalty.adjust": QCoreApplication.translate("Trail", "Adjusted points by hand"),
        "loyalty.change_rules": QCoreApplication.translate("Trail", "Changed what purchases earn"),
        "loyalty.change_tiers": QCoreApplication.translate("Trail", "Changed the tiers"),
        "loyalty.dismiss_proposal": QCoreApplication.translate("Trail", "Kept the threshold of the highest tier"),
        "loyalty.end_given_tier": QCoreApplication.translate("Trail", "Ended a tier given by hand"),
        "loyalty.expire": QCoreApplication.translate("Trail", "Let points expire"),
        "loyalty.found_tiers": QCoreApplication.translate("Trail", "Set the first tiers up"),
        "loyalty.give_tier": QCoreApplication.translate("Trail", "Gave a tier by hand"),
        "loyalty.give_bonus": QCoreApplication.translate("Trail", "Gave points to many"),
        "loyalty.open_points": QCoreApplication.translate("Trail", "Brought points along"),
        "loyalty.open_day": QCoreApplication.translate("Trail", "Opened the day"),
        "loyalty.put_given_tier_back": QCoreApplication.translate("Trail", "Put a tier given by hand back"),
        "loyalty.undo_adjust": QCoreApplication.translate("Trail", "Took an adjustment of points back"),
        "loyalty.undo_bonus": QCoreApplication.translate("Trail", "Took points back from many"),
        "member_cards.issue": QCoreApplication.translate("Trail", "Gave a member card"),
        "member_cards.issue_again": QCoreApplication.translate("Trail", "Gave member cards again"),
        "member_cards.issue_many": QCoreApplication.translate("Trail", "Gave many member cards"),
        "member_cards.report_lost": QCoreApplication.translate("Trail", "Reported a member card lost"),
        "member_cards.take_back_loss": QCoreApplication.translate("Trail", "Took the loss of a card back"),
        "member_cards.withdraw": QCoreApplication.translate("Trail", "Took member cards back"),
        "privacy.erase": QCoreApplication.translate("Trail", "Erased a customer at their wish"),
        "privacy.export_person": QCoreApplication.translate("Trail", "Wrote out what is kept about a customer"),
        "products.add": QCoreApplication.translate("Trail", "Added goods"),
        "products.edit": QCoreApplication.translate("Trail", "Changed goods"),
        "products.remove": QCoreApplication.translate("Trail", "Deleted goods"),
        "products.rename_category": QCoreApplication.translate("Trail", "Renamed a category of goods"),
        "products.reprice": QCoreApplication.translate("Trail", "Changed prices of goods"),
        "products.retire": QCoreApplication.translate("Trail", "Took goods off the shelf"),
        "rewards.add_kind": QCoreApplication.translate("Trail", "Made a kind of coupon"),
        "rewards.add_plan": QCoreApplication.translate("Trail", "Offered a card"),
        "rewards.add_reward": QCoreApplication.translate("Trail", "Offered a reward"),
        "rewards.adjust_purse": QCoreApplication.translate("Trail", "Adjusted a card by hand"),
        "rewards.archive_kind": QCoreApplication.translate("Trail", "Put a kind of coupon away"),
        "rewards.archive_plan": QCoreApplication.translate("Trail", "Put a card away"),
        "rewards.archive_reward": QCoreApplication.translate("Trail", "Put a reward away"),
        "rewards.edit_kind": QCoreApplication.translate("Trail", "Changed a kind of coupon"),
        "rewards.edit_plan": QCoreApplication.translate("Trail", "Changed a card on offer"),
        "rewards.edit_reward": QCoreApplication.translate("Trail", "Changed a reward"),
        "rewards.issue": QCoreApplication.translate("Trail", "Gave a coupon"),
        "rewards.issue_batch": QCoreApplication.translate("Trail", "Made coupon codes"),
        "rewards.open_day": QCoreApplication.translate("Trail", "Let cards and coupons expire"),
        "rewards.open_purse": QCoreApplication.translate("Trail", "Brought a balance along"),
        "rewards.redeem": QCoreApplication.translate("Trail", "Exchanged points for a reward"),
        "rewards.refund_stored": QCoreApplication.translate("Trail", "Paid stored value out"),
        "rewards.stock_reward": QCoreApplication.translate("Trail", "Changed the stock of a reward"),
        "rewards.unarchive_kind": QCoreApplication.translate("Trail", "Brought a kind of coupon back"),
        "rewards.unarchive_plan": QCoreApplication.translate("Trail", "Brought a card back"),
        "rewards.unarchive_reward": QCoreApplication.translate("Trail", "Brought a reward back"),
        "rewards.undo_coupons": QCoreApplication.translate("Trail", "Took coupons back"),
        "rewards.undo_purse": QCoreApplication.translate("Trail", "Took an act on a card back"),
        "rewards.undo_redeem": QCoreApplication.translate("Trail", "Took an exchange back"),
        "rewards.withdraw_coupon": QCoreApplication.translate("Trail", "Withdrew a coupon"),
        "sales.add_method": QCoreApplication.translate("Trail", "Added a way to pay"),
        "sales.archive_method": QCoreApplication.translate("Trail", "Put a way to pay away"),
        "sales.found_methods": QCoreApplication.translate("Trail", "Set up the ways to pay"),
        "sales.move_method": QCoreApplication.translate("Trail", "Moved a way to pay"),
        "sales.rename_method": QCoreApplication.translate("Trail", "Renamed a way to pay"),
        "sales.unarchive_method": QCoreApplication.translate("Trail", "Took up a way to pay again"),
        "sample.make_sample": QCoreApplication.translate("Trail", "Filled the sample shop"),
        "settings.change": QCoreApplication.translate("Trail", "Changed a setting"),
        "till.close_day": QCoreApplication.translate("Trail", "Closed the day"),
        "till.park": QCoreApplication.translate("Trail", "Parked a ticket"),
        "till.pay_out": QCoreApplication.translate("Trail", "Paid stored value out"),
        "till.sell": QCoreApplication.translate("Trail", "Sold"),
        "till.take_return": QCoreApplication.translate("Trail", "Took goods back"),
        "till.take_unlinked_return": QCoreApplication.translate("Trail", "Took goods back without their sale"),
        "till.take_up": QCoreApplication.translate("Trail", "Took a parked ticket up"),
        "till.undo_close": QCoreApplication.translate("Trail", "Took a close of the day back"),
        "till.undo_pay_out": QCoreApplication.translate("Trail", "Took a pay-out of stored value back"),
        "till.void_return": QCoreApplication.translate("Trail", "Took a return back"),
        "till.void_sale": QCoreApplication.translate("Trail", "Took a sale back"),
        "till.void_unlinked_return": QCoreApplication.translate("Trail", "Took a return without its sale back"),
        "transfer.bring_archive": QCoreApplication.translate("Trail", "Brought an open archive in"),
        "transfer.forget_mapping": QCoreApplication.translate("Trail", "Forgot how a file's columns were mapped"),
        "transfer.hand_over": QCoreApplication.translate("Trail", "Exported to a file"),
        "transfer.import_complaints": QCoreApplication.translate("Trail", "Imported complaints"),
        "transfer.import_customers": QCoreApplication.translate("Trail", "Imported customers"),
        "transfer.import_followups": QCoreApplication.translate("Trail", "Imported follow-ups"),
        "transfer.import_interactions": QCoreApplication.translate("Trail", "Imported contacts made"),
        "transfer.import_points": QCoreApplication.translate("Trail", "Imported opening balances"),
        "transfer.import_products": QCoreApplication.translate("Trail", "Imported goods"),
        "transfer.import_sales": QCoreApplication.translate("Trail", "Imported sales"),
        "transfer.undo_batch": QCoreApplication.translate("Trail", "Took an import back"),
        "undo.put_back": QCoreApplication.translate("Trail", "Undid or redid an act"),
    }.get(code, code.replace("_", " ").replace(".", ": "))


def kind(table: str) -> str:
    """What a row is."""
    return {
        "card_plans": QCoreApplication.translate("Trail", "Card on offer"),
        "complaint_attachments": QCoreApplication.translate("Trail", "File of a complaint"),
        "complaint_categories": QCoreApplication.translate("Trail", "Category of complaints"),
        "complaint_causes": QCoreApplication.translate("Trail", "Cause of complaints"),
        "complaint_events": QCoreApplication.translate("Trail", "Step of a complaint"),
        "complaint_marks": QCoreApplication.translate("Trail", "Note of a complaint"),
        "complaint_remedies": QCoreApplication.translate("Trail", "Remedy"),
        "complaint_views": QCoreApplication.translate("Trail", "Saved view of complaints"),
        "complaints": QCoreApplication.translate("Trail", "Complaint"),
        "consents": QCoreApplication.translate("Trail", "Consent"),
        "coupon_entries": QCoreApplication.translate("Trail", "Coupon"),
        "coupon_kinds": QCoreApplication.translate("Trail", "Kind of coupon"),
        "custom_fields": QCoreApplication.translate("Trail", "Field of the shop"),
        "custom_values": QCoreApplication.translate("Trail", "Value of the shop's field"),
        "customer_addresses": QCoreApplication.translate("Trail", "Address"),
        "customer_dates": QCoreApplication.translate("Trail", "Day that matters"),
        "customer_emails": QCoreApplication.translate("Trail", "E-mail"),
        "customer_merges": QCoreApplication.translate("Trail", "Merge"),
        "customer_phones": QCoreApplication.translate("Trail", "Phone"),
        "customer_photos": QCoreApplication.translate("Trail", "Photo"),
        "customer_relations": QCoreApplication.translate("Trail", "Relation"),
        "customer_tags": QCoreApplication.translate("Trail", "Tag"),
        "customers": QCoreApplication.translate("Trail", "Customer"),
        "earning_days": QCoreApplication.translate("Trail", "Days with more points"),
        "earning_goods": QCoreApplication.translate("Trail", "Points of goods"),
        "earning_versions": QCoreApplication.translate("Trail", "Earning rules"),
        "day_close_lines": QCoreApplication.translate("Trail", "Method of a close"),
        "day_closes": QCoreApplication.translate("Trail", "Close of the day"),
        "field_checks": QCoreApplication.translate("Trail", "Check of a field"),
        "followup_gaps": QCoreApplication.translate("Trail", "Day taken out of a series"),
        "followup_reminders": QCoreApplication.translate("Trail", "Reminder"),
        "followup_series": QCoreApplication.translate("Trail", "Series of follow-ups"),
        "followup_rules": QCoreApplication.translate("Trail", "Follow-up rule"),
        "followups": QCoreApplication.translate("Trail", "Follow-up"),
        "households": QCoreApplication.translate("Trail", "Household"),
        "import_batches": QCoreApplication.translate("Trail", "Import"),
        "import_mappings": QCoreApplication.translate("Trail", "Remembered columns"),
        "interactions": QCoreApplication.translate("Trail", "Contact"),
        "member_card_events": QCoreApplication.translate("Trail", "Member card"),
        "need_scripts": QCoreApplication.translate("Trail", "Questions"),
        "not_same": QCoreApplication.translate("Trail", "Not the same person"),
        "past_tier_rules": QCoreApplication.translate("Trail", "Tier rules of the past"),
        "past_tier_thresholds": QCoreApplication.translate("Trail", "Threshold of the past"),
        "parked_tickets": QCoreApplication.translate("Trail", "Parked ticket"),
        "payment_methods": QCoreApplication.translate("Trail", "Way to pay"),
        "payments": QCoreApplication.translate("Trail", "Payment"),
        "personal_prices": QCoreApplication.translate("Trail", "Personal price"),
        "pinned_facts": QCoreApplication.translate("Trail", "Pinned fact"),
        "point_entries": QCoreApplication.translate("Trail", "Points"),
        "products": QCoreApplication.translate("Trail", "Goods"),
        "removed_occasions": QCoreApplication.translate("Trail", "Follow-up that does not come again"),
        "removed_tiers": QCoreApplication.translate("Trail", "Removed tier"),
        "reward_entries": QCoreApplication.translate("Trail", "Stock of a reward"),
        "rewards": QCoreApplication.translate("Trail", "Reward"),
        "rule_runs": QCoreApplication.translate("Trail", "Run of the follow-up rules"),
        "sale_lines": QCoreApplication.translate("Trail", "Line of a sale"),
        "sales": QCoreApplication.translate("Trail", "Sale"),
        "script_answers": QCoreApplication.translate("Trail", "Answer"),
        "script_questions": QCoreApplication.translate("Trail", "Question"),
        "shop_settings": QCoreApplication.translate("Trail", "Setting"),
        "staff": QCoreApplication.translate("Trail", "Staff"),
        "tier_benefits": QCoreApplication.translate("Trail", "Benefit of a tier"),
        "tier_floors": QCoreApplication.translate("Trail", "Tier given by hand"),
        "stamp_entries": QCoreApplication.translate("Trail", "Stamps"),
        "stored_entries": QCoreApplication.translate("Trail", "Stored value"),
        "tiers": QCoreApplication.translate("Trail", "Tier"),
        "visit_entries": QCoreApplication.translate("Trail", "Visits"),
    }.get(table, table.replace("_", " "))


def column(name: str) -> str:
    """A column that people know by a word of their own; others are shown as they are called."""
    return {
        "address": QCoreApplication.translate("Trail", "address"),
        "archived_at": QCoreApplication.translate("Trail", "archived"),
        "at": QCoreApplication.translate("Trail", "moment"),
        "birthday": QCoreApplication.translate("Trail", "birthday"),
        "created_at": QCoreApplication.translate("Trail", "added"),
        "customer_id": QCoreApplication.translate("Trail", "customer"),
        "discount": QCoreApplication.translate("Trail", "discount"),
        "done_at": QCoreApplication.translate("Trail", "done"),
        "due_on": QCoreApplication.translate("Trail", "due"),
        "expires_on": QCoreApplication.translate("Trail", "last day"),
        "key": QCoreApplication.translate("Trail", "setting"),
        "kind": QCoreApplication.translate("Trail", "kind"),
        "move": QCoreApplication.translate("Trail", "movement"),
        "name": QCoreApplication.translate("Trail", "name"),
        "number": QCoreApplication.translate("Trail", "number"),
        "points": QCoreApplication.translate("Trail", "points"),
        "price": QCoreApplication.translate("Trail", "price"),
        "reason": QCoreApplication.translate("Trail", "reason"),
        "rows": QCoreApplication.translate("Trail", "rows"),
        "shop_day": QCoreApplication.translate("Trail", "day"),
        "staff_id": QCoreApplication.translate("Trail", "staff"),
        "state": QCoreApplication.translate("Trail", "state"),
        "summary": QCoreApplication.translate("Trail", "words"),
        "text": QCoreApplication.translate("Trail", "words"),
        "total": QCoreApplication.translate("Trail", "total"),
        "units": QCoreApplication.translate("Trail", "units"),
        "value": QCoreApplication.translate("Trail", "value"),
        "voided_at": QCoreApplication.translate("Trail", "taken back"),
    }.get(name, name.replace("_", " "))


def verb(code: str) -> str:
    """What happened to the row."""
    return {
        "insert": QCoreApplication.translate("Trail", "new"),
        "update": QCoreApplication.translate("Trail", "changed"),
        "delete": QCoreApplication.translate("Trail", "removed"),
    }.get(code, QCoreApplication.translate("Trail", "many at once"))


def touched(row: TrailRow) -> str:
    """Which row, and what happened to it: "Customer 12 · changed"."""
    return " · ".join([f"{kind(row.table)} {row.row_id or ''}".strip(), verb(row.kind)])


def differences(row: TrailRow, spoken: Callable[[datetime], str]) -> list[str]:
    """Column by column what was and what is; for many rows at once, what was counted. Blanks are left out.

    `spoken` words a moment.
    """
    if not isinstance(row.change, dict):
        return []
    told = ((name, change) for name, change in row.change.items() if name not in UNSAID and _tells(change))
    return [f"{column(name)}: {_difference(change, spoken)}" for name, change in told]


def _tells(change: Any) -> bool:
    return not isinstance(change, list) or any(value not in NOTHING for value in change)


def _difference(change: Any, spoken: Callable[[datetime], str]) -> str:
    if isinstance(change, list) and len(change) == 2:
        before, after = (_value(value, spoken) for value in change)
        return after if change[0] in NOTHING else f"{before} → {after}"
    return _value(change, spoken)


def _value(value: Any, spoken: Callable[[datetime], str]) -> str:
    if isinstance(value, bool):
        return QCoreApplication.translate("Trail", "yes") if value else QCoreApplication.translate("Trail", "no")
    if isinstance(value, str) and MOMENT.match(value):
        return spoken(datetime.fromisoformat(value))
    return "—" if value in NOTHING else str(value)
