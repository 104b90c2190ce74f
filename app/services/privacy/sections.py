"""Which of the tables speak of a person, and what of each the person is told, in reading order."""

from collections.abc import Mapping

from app.services.complaints.standing import MARK_STANDS, STANDS

_THEIRS = "customer_id IN (SELECT value FROM json_each(:family))"
_ON_CARDS = (
    "SELECT e.at, e.move AS movement, p.name AS offer, e.units AS times, e.expires_on, e.reason, s.number AS bill "
    "FROM {ledger} e JOIN card_plans p ON p.id = e.plan_id LEFT JOIN sales s ON s.id = e.sale_id "
    "WHERE e.{theirs} ORDER BY e.at, e.id"
)

SECTIONS: Mapping[str, str] = {
    code: statement.replace("{theirs}", _THEIRS)
    for code, statement in {
        "card": (
            "SELECT id AS card, name, company, gender, wechat, birth_year, birth_month, birth_day, "
            "CASE birth_lunar WHEN 1 THEN 'yes' END AS birth_lunar, CASE birth_leap WHEN 1 THEN 'yes' END AS "
            "birth_leap, source, preferred_channel, CASE do_not_contact WHEN 1 THEN 'yes' END AS do_not_contact, "
            "needs, preferences, buys_elsewhere, nullif(values_ranked, '[]') AS values_ranked, note, credit_note, "
            "credit_limit, personal_discount, external_id, created_at, archived_at, merged_into FROM customers "
            "WHERE id IN (SELECT value FROM json_each(:family)) ORDER BY merged_into IS NOT NULL, id"
        ),
        "phones": "SELECT typed AS phone, label FROM customer_phones WHERE {theirs} ORDER BY id",
        "emails": "SELECT address AS email, label FROM customer_emails WHERE {theirs} ORDER BY id",
        "addresses": "SELECT text AS address, label FROM customer_addresses WHERE {theirs} ORDER BY id",
        "dates": (
            "SELECT label, year, month, day, CASE lunar WHEN 1 THEN 'yes' END AS birth_lunar "
            "FROM customer_dates WHERE {theirs} ORDER BY id"
        ),
        "member_cards": (
            "SELECT e.at, e.number AS card_number, e.kind AS card_event, e.reason FROM member_card_events e "
            "WHERE e.{theirs} ORDER BY e.at, e.id"
        ),
        "tags": "SELECT DISTINCT name AS tag FROM customer_tags WHERE {theirs} ORDER BY name",
        "facts": (
            "SELECT f.shop_day AS day, f.text AS words, w.name AS staff FROM pinned_facts f "
            "JOIN staff w ON w.id = f.staff_id WHERE f.{theirs} ORDER BY f.at"
        ),
        "own": (
            "SELECT d.label, v.value FROM custom_values v JOIN custom_fields d ON d.id = v.field_id "
            "WHERE v.{theirs} ORDER BY d.position, v.id"
        ),
        "relations": (
            "SELECT r.kind AS relation, c.name FROM customer_relations r JOIN customers c ON c.id = r.other_id "
            "WHERE r.{theirs} ORDER BY r.id"
        ),
        "household": (
            "SELECT DISTINCT h.name AS household FROM customers c JOIN households h ON h.id = c.household_id "
            "WHERE c.id IN (SELECT value FROM json_each(:family))"
        ),
        "consents": (
            "SELECT k.at, k.channel, CASE k.given WHEN 1 THEN 'yes' ELSE 'no' END AS given, k.source AS place, "
            "w.name AS staff FROM consents k JOIN staff w ON w.id = k.staff_id WHERE k.{theirs} ORDER BY k.at, k.id"
        ),
        "contacts": (
            "SELECT i.at, i.channel, i.direction, i.purpose, CASE i.reached WHEN 1 THEN 'yes' ELSE 'no' END AS reached,"
            " i.summary AS words, i.noticed, i.objection, i.reply, i.demonstrated, i.quoted, p.name AS article, "
            "w.name AS staff "
            "FROM interactions i JOIN staff w ON w.id = i.staff_id LEFT JOIN products p ON p.id = i.product_id "
            "WHERE i.{theirs} ORDER BY i.at, i.id"
        ),
        "answers": (
            "SELECT a.shop_day AS day, q.text AS question, a.text AS answer FROM script_answers a "
            "JOIN script_questions q ON q.id = a.question_id WHERE a.{theirs} ORDER BY a.shop_day, a.id"
        ),
        "complaints": (
            "SELECT number, opened_at AS at, category, severity, channel, words, wish, remedy, state, satisfaction "
            "FROM complaints WHERE {theirs} ORDER BY opened_at, id"
        ),
        "complaint_steps": (
            "SELECT k.number, e.at, e.state, e.note FROM complaint_events e "  # noqa: S608
            "JOIN complaints k ON k.id = e.complaint_id "
            f"WHERE k.{{theirs}} AND {STANDS} "
            "UNION ALL SELECT k.number, m.at, m.kind, m.note FROM complaint_marks m "
            "JOIN complaints k ON k.id = m.complaint_id "
            f"WHERE k.{{theirs}} AND {MARK_STANDS} ORDER BY 2, 1"
        ),
        "complaint_remedies": (
            "SELECT k.number, r.at, r.kind AS put_right, nullif(r.points, 0) AS points, r.note "
            "FROM complaint_remedies r JOIN complaints k ON k.id = r.complaint_id "
            "LEFT JOIN complaint_remedies b ON b.reverses_id = r.id "
            "WHERE k.{theirs} AND r.reverses_id IS NULL AND b.id IS NULL ORDER BY r.at, r.id"
        ),
        "complaint_files": (
            "SELECT k.number, a.at, a.name AS file FROM complaint_attachments a "
            "JOIN complaints k ON k.id = a.complaint_id WHERE k.{theirs} AND a.removed_at IS NULL ORDER BY a.at, a.id"
        ),
        "followups": (
            "SELECT due_on AS day, due_at AS hour, kind AS task, text AS words, done_at FROM followups "
            "WHERE {theirs} ORDER BY due_on, id"
        ),
        "series": (
            "SELECT first_on AS day, due_at AS hour, kind AS task, text AS words, rule AS repeats, "
            "after_done_days FROM followup_series WHERE {theirs} ORDER BY first_on, id"
        ),
        "sales": (
            "SELECT number AS bill, at, gross, discount, points_used, points_value, total, payment, points_earned, "
            "returned, voided_at FROM sales WHERE {theirs} ORDER BY at, id"
        ),
        "goods": (
            "SELECT s.number AS bill, s.shop_day AS day, coalesce(nullif(l.description, ''), p.name) AS article, "
            "l.quantity, p.unit, l.unit_price, l.discount, l.amount FROM sale_lines l JOIN sales s ON s.id = l.sale_id "
            "LEFT JOIN products p ON p.id = l.product_id WHERE s.{theirs} ORDER BY s.at, s.id, l.id"
        ),
        "points": (
            "SELECT e.at, e.kind AS movement, e.points, e.expires_on, e.reason, s.number AS bill FROM point_entries e "
            "LEFT JOIN sales s ON s.id = e.sale_id WHERE e.{theirs} ORDER BY e.at, e.id"
        ),
        "stored": (
            "SELECT e.at, e.move AS movement, e.part, e.units AS amount, e.expires_on, e.reason, s.number AS bill "
            "FROM stored_entries e LEFT JOIN sales s ON s.id = e.sale_id WHERE e.{theirs} ORDER BY e.at, e.id"
        ),
        "visits": _ON_CARDS.replace("{ledger}", "visit_entries"),
        "stamps": _ON_CARDS.replace("{ledger}", "stamp_entries"),
        "coupons": (
            "SELECT e.at, e.move AS movement, k.name AS offer, coalesce(e.code, l.code) AS code, e.units AS times, "
            "coalesce(e.expires_on, l.expires_on) AS expires_on, e.reason, s.number AS bill FROM coupon_entries e "
            "JOIN coupon_kinds k ON k.id = e.kind_id LEFT JOIN coupon_entries l ON l.id = e.lot_id "
            "LEFT JOIN sales s ON s.id = e.sale_id WHERE e.{theirs} ORDER BY e.at, e.id"
        ),
        "rewards": (
            "SELECT e.at, e.kind AS movement, r.name AS reward, e.points FROM reward_entries e "
            "JOIN rewards r ON r.id = e.reward_id WHERE e.{theirs} ORDER BY e.at, e.id"
        ),
        "tiers": (
            "SELECT m.\"on\" AS day, coalesce(nullif(t.name, ''), t.code) AS tier, m.valid_until FROM tier_moves m "
            'LEFT JOIN tiers t ON t.rank = m.to_rank WHERE m.{theirs} ORDER BY m."on", m.id'
        ),
        "given_tiers": (
            "SELECT f.at, coalesce(nullif(t.name, ''), nullif(g.name, ''), f.tier_code) AS tier, "
            "f.until AS valid_until, f.reason FROM tier_floors f LEFT JOIN tiers t ON t.code = f.tier_code "
            "LEFT JOIN removed_tiers g ON g.code = f.tier_code WHERE f.{theirs} ORDER BY f.at, f.id"
        ),
        "prices": (
            "SELECT p.name AS article, r.price FROM personal_prices r JOIN products p ON p.id = r.product_id "
            "WHERE r.{theirs} ORDER BY p.name"
        ),
    }.items()
}
"""Code → what is read. Of other people no more is told than what they are to this one."""

MOMENTS = frozenset({"at", "created_at", "archived_at", "done_at", "voided_at"})
MONEY = frozenset({"gross", "discount", "points_value", "total", "returned", "amount", "credit_limit"})
PRICES = frozenset({"unit_price", "price"})
QUANTITIES = {"quantity": 3, "personal_discount": 1}
"""Kept in thousandths; a discount is told in percent."""
CODED = frozenset(
    [
        "birth_lunar",
        "birth_leap",
        "do_not_contact",
        "channel",
        "preferred_channel",
        "given",
        "direction",
        "purpose",
        "reached",
        "noticed",
        "severity",
        "state",
        "category",
        "put_right",
        "task",
        "card_event",
        "movement",
        "part",
        "payment",
        "tier",
        "source",
        "place",
        "relation",
        "label",
        "gender",
        "value",
    ]
)
"""Columns that may hold a code of the program; where it is no code it is somebody's own word."""
