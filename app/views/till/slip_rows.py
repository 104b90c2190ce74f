"""The lines of a slip, from a bill or from a close of the day: words at the left, figures at the right."""

from app.domain.money import currency, price_to_minor, quantity_to_decimal_string
from app.domain.rewards.codes import shown_code
from app.domain.rewards.kinds import PlanKind
from app.domain.tiers.rules import Missing
from app.services.loyalty import Standing, TierRow
from app.services.sales import LineRow
from app.services.till import CloseCard, MethodSums, Slip
from app.views.shared.desk import Desk
from app.views.shared.slip_sheet import RULE, SlipRow
from app.views.shared.slip_words import Wording


class TillWording(Wording):
    """Says things in the language of the shop's slips."""

    def tier(self, tier: TierRow) -> str:
        """The shop's own word in that language, else the shipped one."""
        return tier.mark().own_name(self.language) or self.say(tier.code)

    def lack(self, missing: Missing) -> str:
        """An amount, purchase days, or both."""
        if not missing.days:
            return self.money(missing.amount)
        days = self.say("lacks_day" if missing.days == 1 else "lacks_days", days=missing.days)
        return self.say("lacks_both", money=self.money(missing.amount), days=days) if missing.amount else days

    def method(self, code: str, name: str) -> str:
        return name or self.say(code)


def slip_rows(slip: Slip, desk: Desk) -> list[SlipRow]:
    """A bill as it is handed over."""
    w, row = TillWording(desk), slip.card.row
    rows = [SlipRow("title", w.shop.name), SlipRow("centre", w.say("return" if row.is_return else "sale"))]
    if row.voided:
        rows.append(SlipRow("strong", w.say("voided")))
    staff = w.say("owner") if slip.card.staff == "owner" else slip.card.staff
    rows.append(SlipRow("pair", w.say("number", number=row.number), w.moment(row.at)))
    if slip.of_number:
        rows.append(SlipRow("small", w.say("of", number=slip.of_number)))
    rows.append(SlipRow("small", w.say("served", staff=staff)))
    if slip.member is not None:
        rows.append(SlipRow("small", w.say("customer", name=slip.member.name)))
    rows.append(RULE)
    for line in slip.card.lines:
        rows += _line(line, w)
    rows += [RULE, *_sums(slip, w), RULE, *_paid(slip, w)]
    if slip.member is not None:
        rows += [RULE, *_member(slip, w)]
        rows += [RULE, *own] if (own := _cards(slip, w)) else []
    if w.shop.slip_note.strip():
        rows += [RULE, *(SlipRow("centre", part.strip()) for part in w.shop.slip_note.splitlines() if part.strip())]
    return [*rows, SlipRow("code", slip.code)]


def _line(line: LineRow, w: TillWording) -> list[SlipRow]:
    if line.deposit:
        said = line.name or w.say("top_up" if line.amount > 0 else "paid_out")
        return [SlipRow("pair", said, w.money(line.amount))]
    quantity = f"{quantity_to_decimal_string(abs(line.quantity))} {line.unit}".strip()
    price = w.money(price_to_minor(line.unit_price, currency(w.shop.currency).digits))
    amount = w.money(line.amount)
    return [SlipRow("pair", line.name or w.say("open_amount")), SlipRow("pair", f"  {quantity} × {price}", amount)]


def _sums(slip: Slip, w: TillWording) -> list[SlipRow]:
    row = slip.card.row
    count = sum(-(-abs(line.quantity) // 1000) for line in slip.card.lines)
    rows = [SlipRow("pair", w.say("items", count=count), w.money(row.gross))]
    if row.discount:
        rows.append(SlipRow("pair", w.say("saved"), w.money(-row.discount)))
    for one in slip.coupons:
        if one.used:
            said = w.say("coupon_used", name=one.name) if one.took_off else w.say("coupon_gave", name=one.name)
            rows.append(SlipRow("small", said, w.money(-one.took_off) if one.took_off else ""))
    if row.points_value:
        points = f"{abs(row.points_used):,}"
        rows.append(SlipRow("pair", w.say("points_paid", points=points), w.money(-row.points_value)))
    word = "money_back" if row.is_return else "total"
    return [*rows, SlipRow("strong", w.say(word), w.money(abs(row.total)))]


def _paid(slip: Slip, w: TillWording) -> list[SlipRow]:
    rows = []
    for payment in slip.payments:
        name = w.method(payment.method, payment.name)
        if payment.tendered is not None and payment.tendered != payment.amount:
            rows.append(SlipRow("pair", w.say("handed", method=name), w.money(payment.tendered)))
        else:
            rows.append(SlipRow("pair", name, w.money(abs(payment.amount))))
    if slip.change:
        rows.append(SlipRow("pair", w.say("change"), w.money(slip.change)))
    return rows


def _member(slip: Slip, w: TillWording) -> list[SlipRow]:
    member, row = slip.member, slip.card.row
    assert member is not None
    rows = []
    if row.is_return:
        moved = (("taken", -row.points_earned), ("given", -row.points_used))
    else:
        moved = (("earned", row.points_earned), ("", 0))
    rows += [SlipRow("pair", w.say(code), f"{points:,}") for code, points in moved if points]
    rows.append(SlipRow("pair", w.say("balance"), f"{member.balance:,}"))
    if member.expiring:
        day = f"{member.expiring_by:%Y-%m-%d}"
        rows.append(SlipRow("small", w.say("expiring", day=day), f"{member.expiring:,}"))
    return [*rows, *_standing(slip, w)]


def _cards(slip: Slip, w: TillWording) -> list[SlipRow]:
    """What is left on stored value and cards, and the coupons this bill brought."""
    assert slip.member is not None
    held, rows = slip.member.held, list[SlipRow]()
    if held.stored.total:
        rows.append(SlipRow("pair", w.say("stored_left"), w.money(held.stored.total)))
    if held.stored.bonus:
        ends = held.bonus_ends
        said = w.say("bonus_until", day=ends.isoformat()) if ends else w.say("bonus")
        rows.append(SlipRow("small", said, w.money(held.stored.bonus)))
    for card in held.cards:
        left = w.say("visits_left", count=card.left) if card.kind is PlanKind.VISITS else f"{card.left}/{card.full}"
        rows.append(SlipRow("pair", card.name, left))
        if card.expires_on:
            rows.append(SlipRow("small", w.say("usable_until", day=card.expires_on.isoformat())))
    for one in slip.coupons:
        if not one.used:
            rows.append(SlipRow("pair", w.say("coupon_brought", name=one.name), shown_code(one.code)))
            if one.last:
                rows.append(SlipRow("small", w.say("usable_until", day=one.last.isoformat())))
    return rows


def _standing(slip: Slip, w: TillWording) -> list[SlipRow]:
    """The tier, and either what keeps it or what reaches the next one: whichever is missing first."""
    assert slip.member is not None
    at = slip.member.standing
    name = w.tier(at.tier)
    if at.valid_until is not None and at.tier.rank > 0:
        rows = [SlipRow("small", w.say("tier_until", tier=name, day=at.valid_until.isoformat()))]
    else:
        rows = [SlipRow("small", w.say("tier", tier=name))]
    if at.keep is not None and at.keep_by is not None and (at.keep.amount or _counts_already(at, slip)):
        said = w.say("to_keep", lack=w.lack(at.keep), day=at.keep_by.isoformat(), tier=name)
        rows.append(SlipRow("small", said))
    if at.next is not None and at.next_tier is not None:
        rows.append(SlipRow("small", w.say("to_next", lack=w.lack(at.next), tier=w.tier(at.next_tier))))
    return rows


def _counts_already(at: Standing, slip: Slip) -> bool:
    """Whether purchases from the day of the slip on count for keeping the tier."""
    return at.keep_from is not None and at.keep_from <= slip.card.row.shop_day


def close_rows(card: CloseCard, desk: Desk) -> list[SlipRow]:
    """A close of the day, method by method."""
    w = TillWording(desk)
    rows = [SlipRow("title", w.shop.name), SlipRow("centre", w.say("day_close"))]
    if card.row.undone:
        rows.append(SlipRow("strong", w.say("voided")))
    rows.append(SlipRow("pair", w.say("bills", count=card.bills), w.moment(card.row.at)))
    if card.since is not None:
        rows.append(SlipRow("small", w.say("since", moment=w.moment(card.since))))
    for line in card.lines:
        if line.bills or line.refunds or line.float_before or line.counted:
            rows += [RULE, *_method(line, w)]
    rows += [RULE, SlipRow("strong", w.say("all_methods"), w.money(card.row.taken))]
    if card.row.difference:
        rows.append(SlipRow("pair", w.say("difference"), w.money(card.row.difference)))
    if card.reason:
        rows.append(SlipRow("small", w.say("reason", reason=card.reason)))
    return rows


def _method(line: MethodSums, w: TillWording) -> list[SlipRow]:
    told: list[tuple[str, int | None]] = [
        ("sales_of", line.sales),
        ("refunds_of", -line.refunds or None),
        ("float_before", line.float_before or None),
        ("expected", line.expected),
        ("counted", line.counted),
        ("difference", line.difference or None),
        ("float_after", line.float_after or None),
    ]
    head = SlipRow("strong", w.method(line.method, line.name), w.say("bills", count=line.bills))
    return [head, *(SlipRow("pair", w.say(code), w.money(sum_)) for code, sum_ in told if sum_ is not None)]
