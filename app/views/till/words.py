"""What the till says: quantities, payments, the tier notice, which points go."""

import unicodedata
from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.domain.money import QUANTITY_UNITS, currency, price_to_minor, quantity_to_decimal_string
from app.domain.tiers.rules import Missing
from app.services.loyalty import Standing, TierRow
from app.services.sales import LineRow, MethodRow
from app.services.till import Bill, LotUse, PaymentRow
from app.views.shared.chips import ChipView
from app.views.shared.desk import Desk
from app.views.shared.method_words import ICONS, KIND_ICONS, method_name
from app.views.shared.people_words import tier_name, with_tier
from app.views.till.basket import MOST


def method_chip(row: MethodRow, digit: int | None = None) -> ChipView:
    """A way to pay as a choice, perhaps with the digit that chooses it."""
    icon = None if digit else ICONS.get(row.code, KIND_ICONS[row.kind])
    return ChipView(row.code, method_name(row.code, row.name), icon=icon, digit=digit)


def paid_by(payments: Sequence[PaymentRow], desk: Desk) -> str:
    """How a bill was paid: "WeChat", or with the amounts where there were several."""
    if len(payments) == 1:
        return method_name(payments[0].method, payments[0].name)
    said = (f"{method_name(row.method, row.name)} {desk.money(abs(row.amount), drop_zeros=True)}" for row in payments)
    return " + ".join(said)


def quantity(thousandths: int) -> str:
    return quantity_to_decimal_string(thousandths)


def read_quantity(typed: str) -> int | None:
    """Thousandths from a plain number of at most three decimals; None for anything else, or for nothing at all."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    try:
        thousandths = Decimal(plain) * QUANTITY_UNITS
    except InvalidOperation:
        return None
    whole = thousandths.is_finite() and 0 < thousandths <= MOST and thousandths == int(thousandths)
    return int(thousandths) if whole else None


def line_name(line: LineRow) -> str:
    """What a line of a bill is."""
    if line.name:
        return line.name
    if not line.deposit:
        return QCoreApplication.translate("Till", "Open amount")
    if line.amount > 0:
        return QCoreApplication.translate("Till", "Top-up")
    return QCoreApplication.translate("Till", "Stored value paid out")


def line_quantity(line: LineRow) -> str:
    """How much of a line, with its unit."""
    return f"{quantity(line.quantity)} {line.unit}".strip()


def unit_price(price: int, desk: Desk) -> str:
    """A price of 1/10,000 unit as money."""
    return desk.money(price_to_minor(price, currency(desk.settings.currency).digits), drop_zeros=True)


def name_of(tier: TierRow) -> str:
    return tier_name(tier.mark())


def day(when: date, today: date) -> str:
    """A day, with its year only where it is another one."""
    shown, locale = QDate(when.year, when.month, when.day), QLocale()
    if when.year == today.year:
        return locale.toString(shown, QCoreApplication.translate("Till", "d MMM"))
    return locale.toString(shown, QCoreApplication.translate("Till", "d MMM yyyy"))


def percent(thousandths: int) -> str:
    """A share in thousandths as a person writes it: 30 %, 2.5 %."""
    return f"{thousandths / 10:g}%"


def grouped(said: str, number: int) -> str:
    """Words that Qt counted, with the number in thousands: "4,425 points"."""
    return said.replace(str(number), f"{number:,}", 1)


def points(balance: int) -> str:
    """A balance as it stands beside amounts; below 0 with the same sign as those."""
    return f"{balance:,}".replace("-", "−")


def member_price(tier: TierRow) -> str:
    """What the tier takes off, for the line under the name; nothing where it takes nothing off."""
    if not tier.member_discount:
        return ""
    words = QCoreApplication.translate("Till", "price −{percent}")
    return words.replace("{percent}", percent(tier.member_discount))


def tier_notice(bill: Bill, desk: Desk) -> str:
    """What this ticket does for the tier: reached, renewed, or what then still lacks; nothing where nothing is near."""
    if bill.buyer is None or bill.after is None:
        return ""
    before, after = bill.buyer.standing, bill.after
    if after.tier.rank > before.tier.rank:
        return with_tier(QCoreApplication.translate("Till", "**This sale reaches {tier}**"), name_of(after.tier))
    if _counts_for_keeping(before, desk.today()):
        return _keeping(bill, before, after, desk)
    if before.next and before.next_tier:
        words = QCoreApplication.translate("Till", "**{lack}** to {tier}")
        return _towards(words, before.next, before.next_tier, desk) + _then(bill, after.next, desk)
    return ""


def _counts_for_keeping(standing: Standing, today: date) -> bool:
    """Whether what is bought today counts for keeping the tier, and something is missing."""
    return standing.keep is not None and standing.keep_from is not None and standing.keep_from <= today


def _keeping(bill: Bill, before: Standing, after: Standing, desk: Desk) -> str:
    assert before.keep is not None
    if bill.revenue and (after.valid_until != before.valid_until or after.keep is None):
        return with_tier(QCoreApplication.translate("Till", "**This sale keeps {tier}**"), name_of(before.tier))
    words = QCoreApplication.translate("Till", "**{lack}** keeps {tier}")
    return _towards(words, before.keep, before.tier, desk) + _then(bill, after.keep, desk)


def _towards(words: str, lack: Missing, tier: TierRow, desk: Desk) -> str:
    return with_tier(words, name_of(tier)).replace("{lack}", _lack(lack, desk))


def _lack(lack: Missing, desk: Desk) -> str:
    """An amount, purchase days, or both."""
    money = desk.money(lack.amount, drop_zeros=True)
    if not lack.days:
        return money
    number = lack.days
    days = QCoreApplication.translate("Till", "%n purchase day(s)", "", number)
    if not lack.amount:
        return days
    both = QCoreApplication.translate("Till", "{money} and {days}")
    return both.replace("{money}", money).replace("{days}", days)


def _then(bill: Bill, left: Missing | None, desk: Desk) -> str:
    """What is missing once this is paid; nothing yet where nothing is on the ticket."""
    if not bill.revenue:
        return ""
    words = QCoreApplication.translate("Till", "; {lack} after this")
    return words.replace("{lack}", _lack(left, desk) if left else desk.money(0, drop_zeros=True))


def points_line(bill: Bill, desk: Desk) -> str:
    """Which points go, what is left, and the cap."""
    cap = QCoreApplication.translate("Till", "At most {percent}")
    cap = cap.replace("{percent}", percent(desk.settings.points_cap))
    if not bill.points:
        points = bill.spendable
        held = grouped(QCoreApplication.translate("Till", "%n point(s) can be used", "", points), points)
        return QCoreApplication.translate("Till", "{one}. {two}").replace("{one}", held).replace("{two}", cap)
    goes = _first_and_then(bill.lots, desk)
    left = QCoreApplication.translate("Till", "{number} left")
    left = left.replace("{number}", f"{bill.spendable - bill.points:,}")
    words = QCoreApplication.translate("Till", "{goes}; {left}. {cap}")
    return words.replace("{goes}", goes).replace("{left}", left).replace("{cap}", cap)


def _first_and_then(lots: tuple[LotUse, ...], desk: Desk) -> str:
    first, rest = lots[0], sum(lot.points for lot in lots[1:])
    if first.expires_on is None:
        words = QCoreApplication.translate("Till", "{first} without end go first")
    else:
        words = QCoreApplication.translate("Till", "{first} expiring {day} go first")
        words = words.replace("{day}", day(first.expires_on, desk.today()))
    words = words.replace("{first}", f"{first.points:,}")
    if not rest:
        return words
    return words + QCoreApplication.translate("Till", ", then {rest}").replace("{rest}", f"{rest:,}")
