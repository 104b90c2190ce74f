"""What the members page says: movements of points, what a tier asks for and brings, what is missing."""

from datetime import date
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app.domain.loyalty import PointKind
from app.domain.money import currency, divide_half_up
from app.domain.shop import TierWindow
from app.domain.tiers.rules import Missing
from app.services.customers import TierMark
from app.services.loyalty import GivenTier, LedgerRow, Standing, TierDraft, TierRow
from app.views.shared.desk import Desk
from app.views.shared.labels import begun
from app.views.shared.people_words import staff_name, tier_name, with_tier
from app.views.shared.tier_words import benefit

BY_PEOPLE = frozenset({PointKind.ADJUST, PointKind.BONUS})
"""Movements that somebody decided: the ledger says who."""


def name_of(tier: TierRow) -> str:
    return tier_name(tier.mark())


def shipped_name(code: str) -> str:
    """The shipped word for a tier; of one the shop has made itself none."""
    name = tier_name(TierMark(0, code, "", "", top=False))
    return "" if name == code else name


def draft_name(tier: TierDraft) -> str:
    """What a drafted tier is called in the language on screen."""
    return tier_name(TierMark(0, tier.code, tier.name, tier.hue, top=False, name_zh=tier.name_zh))


def hue_name(code: str) -> str:
    return {
        "accent": QCoreApplication.translate("Members", "Green"),
        "gold": QCoreApplication.translate("Members", "Gold"),
        "blue": QCoreApplication.translate("Members", "Blue"),
        "plum": QCoreApplication.translate("Members", "Plum"),
        "red": QCoreApplication.translate("Members", "Red"),
    }[code]


def day(when: date, today: date) -> str:
    """A day, with its year only where it is another one."""
    shown, locale = QDate(when.year, when.month, when.day), QLocale()
    if when.year == today.year:
        return locale.toString(shown, QCoreApplication.translate("Members", "d MMM"))
    return locale.toString(shown, QCoreApplication.translate("Members", "d MMM yyyy"))


def short_day(when: date, today: date) -> str:
    """A day in a column: with its year, in figures, where it is another one."""
    return day(when, today) if when.year == today.year else when.isoformat()


def whole_money(minor: int, desk: Desk) -> str:
    """An amount in whole units, for a column that compares people."""
    unit = 10 ** currency(desk.settings.currency).digits
    return desk.money(divide_half_up(minor, unit) * unit, drop_zeros=True)


def percent(thousandths: int) -> str:
    return f"{thousandths / 10:g}%"


def signed(points: int) -> str:
    return f"+{points:,}" if points > 0 else f"−{-points:,}"


def movement(row: LedgerRow) -> str:
    """What happened: the kind, turned round where the row takes another one back, and what it is about."""
    back = (row.points < 0) if row.kind in (PointKind.EARN, PointKind.BONUS) else (row.points > 0)
    said = _turned_round(row.kind) if back else _plain(row.kind)
    about = row.reason or row.sale_number
    by = staff_name(row.staff) if row.kind in BY_PEOPLE else ""
    return " · ".join(part for part in (said, about, by) if part)


def _plain(kind: PointKind) -> str:
    return {
        PointKind.EARN: QCoreApplication.translate("Members", "Earned"),
        PointKind.BONUS: QCoreApplication.translate("Members", "Bonus"),
        PointKind.REDEEM: QCoreApplication.translate("Members", "Spent"),
        PointKind.EXPIRE: QCoreApplication.translate("Members", "Expired"),
        PointKind.TAKE_BACK: QCoreApplication.translate("Members", "Taken back for a return"),
        PointKind.GIVE_BACK: QCoreApplication.translate("Members", "Given back for a return"),
        PointKind.ADJUST: QCoreApplication.translate("Members", "Taken by hand"),
        PointKind.REPAY: QCoreApplication.translate("Members", "Pays what was owed"),
        PointKind.CORRECT: QCoreApplication.translate("Members", "Corrected after a merge"),
    }[kind]


def _turned_round(kind: PointKind) -> str:
    """The same kinds with the other sign."""
    return {
        PointKind.EARN: QCoreApplication.translate("Members", "Sale undone"),
        PointKind.BONUS: QCoreApplication.translate("Members", "Bonus undone"),
        PointKind.REDEEM: QCoreApplication.translate("Members", "Payment undone"),
        PointKind.ADJUST: QCoreApplication.translate("Members", "Given by hand"),
        PointKind.REPAY: QCoreApplication.translate("Members", "What was owed is paid"),
    }.get(kind, _plain(kind))


def asks(tier: TierRow, desk: Desk) -> str:
    """What a tier asks for."""
    parts = []
    if tier.min_amount:
        words = QCoreApplication.translate("Members", "from {amount}")
        parts.append(words.replace("{amount}", desk.money(tier.min_amount, drop_zeros=True)))
    if tier.min_days:
        days = tier.min_days
        parts.append(QCoreApplication.translate("Members", "from %n purchase day(s)", "", days))
    if not parts:
        return begun(QCoreApplication.translate("Members", "everyone else"))
    return begun(f"{' + '.join(parts)} · {window(desk.settings.tier_window)}")


def window(code: TierWindow) -> str:
    """The time over which purchases count."""
    return {
        TierWindow.ROLLING: QCoreApplication.translate("Members", "in 365 days"),
        TierWindow.CALENDAR: QCoreApplication.translate("Members", "in a calendar year"),
        TierWindow.LIFETIME: QCoreApplication.translate("Members", "ever"),
    }[code]


def brings(tier: TierRow) -> str:
    """What a tier brings."""
    parts = []
    if tier.member_discount:
        words = QCoreApplication.translate("Members", "price −{percent}")
        parts.append(words.replace("{percent}", percent(tier.member_discount)))
    if tier.points_multiplier > 1:
        words = QCoreApplication.translate("Members", "points ×{times}")
        parts.append(words.replace("{times}", _times(tier.points_multiplier)))
    if tier.birthday_multiplier > 1:
        words = QCoreApplication.translate("Members", "birthday month ×{times}")
        parts.append(words.replace("{times}", _times(tier.birthday_multiplier)))
    parts += [benefit(each) for each in tier.benefits]
    return begun(" · ".join(parts))


def _times(multiplier: Decimal) -> str:
    return f"{multiplier.normalize():f}"


def holds(standing: Standing, desk: Desk) -> str:
    """Until when the tier holds, and what keeps it."""
    if standing.valid_until is None:
        return ""
    until = day(standing.valid_until, desk.today())
    if standing.by_hand:
        words = QCoreApplication.translate("Members", "By hand to {day}; {missing} earns it")
        missing = lacking(standing.keep, desk) if standing.keep else ""
        return words.replace("{day}", until).replace("{missing}", missing)
    if standing.keep is None:
        return QCoreApplication.translate("Members", "Holds to {day}, kept already").replace("{day}", until)
    words = QCoreApplication.translate("Members", "Holds to {day}; {missing} keeps it")
    if standing.keep_by is not None and standing.keep_by > standing.valid_until:
        until = day(standing.keep_by, desk.today())
        words = QCoreApplication.translate("Members", "Has ended; {missing} by {day} keeps it")
    return words.replace("{day}", until).replace("{missing}", lacking(standing.keep, desk))


def ahead(standing: Standing, desk: Desk) -> str:
    """What is missing to the next tier."""
    if standing.next is None or standing.next_tier is None:
        return ""
    words = QCoreApplication.translate("Members", "{missing} to {tier}")
    return words.replace("{missing}", lacking(standing.next, desk)).replace("{tier}", name_of(standing.next_tier))


def given(row: GivenTier, today: date) -> str:
    """What was given by hand, up to when, by whom and why."""
    tier = tier_name(TierMark(0, row.code, row.name, "", top=False, name_zh=row.name_zh))
    words = QCoreApplication.translate("Members", "{tier} was given by hand until {day}")
    until = day(row.until, today) if row.until else ""
    if not until:
        words = QCoreApplication.translate("Members", "{tier} was given by hand without end")
    said = with_tier(words, tier).replace("{day}", until)
    return " · ".join((said, row.reason, staff_name(row.staff)))


def lacking(missing: Missing, desk: Desk) -> str:
    """Money, purchase days, or both."""
    parts = [desk.money(missing.amount, drop_zeros=True)] if missing.amount else []
    if missing.days:
        days = missing.days
        parts.append(QCoreApplication.translate("Members", "%n purchase day(s)", "", days))
    return " + ".join(parts)
