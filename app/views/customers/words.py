"""How the entries of a timeline are worded: a title, a second line, what stands at the right edge."""

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.complaints import ComplaintState, written_number
from app.domain.followups import FollowUpKind
from app.domain.interactions import Noticed
from app.domain.loyalty.kinds import PointKind
from app.domain.money import quantity_to_decimal_string
from app.domain.tiers.history import MoveCause
from app.services.customers import (
    AnswerTold,
    ComplaintTold,
    ConsentTold,
    ContactTold,
    Entry,
    FollowUpTold,
    GoodsLine,
    Kind,
    PointsTold,
    SaleTold,
    TierMark,
    TierTold,
)
from app.views.shared import look
from app.views.shared.badges import BadgeView
from app.views.shared.category_words import category_words
from app.views.shared.contact_words import CHANNEL_ICONS, channel_words, purpose_words
from app.views.shared.desk import Desk
from app.views.shared.hit_rows import severity_words
from app.views.shared.people_words import grouped, on_day, staff_name, stamp, tier_name, with_tier

Tiers = dict[int, TierMark]
_MEASURE = 2
"""Letters of the longest measure: "kg", "ml"."""


@dataclass(frozen=True)
class EntryView:
    """One entry as it is painted: `amount` or `badge` at the right edge, `below` in the customer's own words."""

    id: tuple[Kind, int]
    icon: str
    hue: str
    title: str
    when: str
    below: str = ""
    amount: str = ""
    amount_tone: str = "ink"
    badge: BadgeView | None = None

    @property
    def spoken(self) -> str:
        """The entry as a sentence for a screen reader."""
        badge = self.badge.words if self.badge else ""
        return ", ".join(part for part in (self.title, self.when, self.below, self.amount, badge) if part)


@dataclass(frozen=True)
class MonthView:
    """The name of a month, before its first entry."""

    id: str
    words: str


def entry_view(entry: Entry, desk: Desk, tiers: Tiers) -> EntryView:
    """An entry as it is painted."""
    clock = f"{entry.at.astimezone(desk.zone):%H:%M}" if entry.at else ""
    when = stamp(entry.day, clock, desk.today())
    match entry.what:
        case SaleTold():
            return _sale(entry, entry.what, when, desk)
        case ContactTold():
            return _contact(entry, entry.what, when)
        case ComplaintTold():
            return _complaint(entry, entry.what, when)
        case FollowUpTold():
            title = joined(QCoreApplication.translate("Timeline", "Done"), followup_words(entry.what.kind))
            return EntryView(entry.id, "ph.check", "", title, when, entry.what.text)
        case PointsTold():
            return _points(entry, entry.what, when)
        case TierTold():
            return _tier(entry, entry.what, when, desk, tiers)
        case ConsentTold():
            return _consent(entry, entry.what, when)
        case AnswerTold():
            return EntryView(entry.id, "ph.question", "", entry.what.question, when, entry.what.answer)


def joined(*parts: str) -> str:
    """Facts on one line."""
    return " · ".join(part for part in parts if part)


def _sale(entry: Entry, told: SaleTold, when: str, desk: Desk) -> EntryView:
    name = (
        QCoreApplication.translate("Timeline", "Return")
        if told.is_return
        else QCoreApplication.translate("Timeline", "Sale")
    )
    title = joined(name, _goods(told)) if told.goods else joined(name, told.number)
    icon, hue = ("ph.arrow-u-up-left", "") if told.is_return else ("ph.receipt", "")
    return EntryView(entry.id, icon, hue, title, when, _saved(told, desk), desk.money(told.net, drop_zeros=True))


def _goods(told: SaleTold) -> str:
    named = QCoreApplication.translate("Timeline", ", ").join(goods_words(line) for line in told.goods[:2])
    more = told.lines - min(2, len(told.goods))
    if more <= 0:
        return named
    return QCoreApplication.translate("Timeline", "{goods} and %n more", "", more).replace("{goods}", named)


def goods_words(line: GoodsLine) -> str:
    """One line of a bill: its name and how much of it; one piece goes without saying."""
    quantity = quantity_to_decimal_string(abs(line.quantity))
    if quantity == "1" and not line.unit:
        return line.name
    return f"{line.name} {quantity} {_unit(line.unit, quantity)}".strip()


def _unit(unit: str, quantity: str) -> str:
    """A unit is the shop's own word; English counts "2 bags", measures ("2 kg", "3 pcs") stay as they are."""
    counted = len(unit) > _MEASURE and unit.isascii() and unit.isalpha() and not unit.endswith("s")
    if quantity == "1" or not counted or look.current().language != "en":
        return unit
    return unit + ("es" if unit.endswith(("x", "ch", "sh")) else "s")


def _saved(told: SaleTold, desk: Desk) -> str:
    facts, used, earned = [], told.points_used, told.points_earned
    if told.discount > 0:
        said = QCoreApplication.translate("Timeline", "saved {money}")
        facts.append(said.replace("{money}", desk.money(told.discount, drop_zeros=True)))
    if used > 0:
        said = grouped(QCoreApplication.translate("Timeline", "%n point(s) paid {money}", "", used), used)
        facts.append(said.replace("{money}", desk.money(told.points_value, drop_zeros=True)))
    if earned > 0:
        facts.append(grouped(QCoreApplication.translate("Timeline", "%n point(s) earned", "", earned), earned))
    return QCoreApplication.translate("Timeline", ", ").join(facts)


def _contact(entry: Entry, told: ContactTold, when: str) -> EntryView:
    missed = "" if told.reached else QCoreApplication.translate("Timeline", "not reached")
    title = joined(channel_words(told.channel), purpose_words(told.purpose), missed, staff_name(entry.staff))
    return EntryView(
        entry.id, CHANNEL_ICONS[told.channel], "blue", title, when, contact_line(told), badge=_noticed(told.noticed)
    )


def contact_line(told: ContactTold) -> str:
    """What was said in a contact, in one line: words, objection and outcome, what was shown, quoted and answered."""
    return joined(
        told.summary, _objected(told), _shown(told), _quoted(told), *(answer_words(said) for said in told.answers)
    )


def _objected(told: ContactTold) -> str:
    if not told.objection and not told.reply:
        return ""
    said = QCoreApplication.translate("Timeline", "“{words}”").replace("{words}", told.objection or "…")
    if not told.reply:
        return said
    outcome = {
        True: QCoreApplication.translate("Timeline", "worked"),
        False: QCoreApplication.translate("Timeline", "did not work"),
        None: "",
    }[told.reply_worked]
    answer = f"{said} → {told.reply}"
    return f"{answer} ({outcome})" if outcome else answer


def _shown(told: ContactTold) -> str:
    what = " ".join(part for part in (told.demonstrated, told.product if not told.objection else "") if part)
    return QCoreApplication.translate("Timeline", "shown: {what}").replace("{what}", what) if what else ""


def _quoted(told: ContactTold) -> str:
    return (
        QCoreApplication.translate("Timeline", "quoted: {what}").replace("{what}", told.quoted) if told.quoted else ""
    )


def answer_words(told: AnswerTold) -> str:
    """A question and what was answered to it."""
    question, answer = told.question.rstrip(), told.answer
    if question.endswith(("?", "？", ":", "：")):
        return f"{question} {answer}" if question.isascii() else f"{question}{answer}"
    return QCoreApplication.translate("Timeline", "{question}: {answer}").format(question=question, answer=answer)


def _noticed(noticed: Noticed | None) -> BadgeView | None:
    if noticed is None:
        return None
    if noticed is Noticed.COMPLIMENT:
        return BadgeView(QCoreApplication.translate("Timeline", "compliment"), "accent")
    return BadgeView(QCoreApplication.translate("Timeline", "dissatisfied"), "gold")


def _complaint(entry: Entry, told: ComplaintTold, when: str) -> EntryView:
    name = QCoreApplication.translate("Timeline", "Complaint {number}").replace("{number}", written_number(told.number))
    title = joined(name, category_words(told.category), severity_words(told.severity))
    quoted = QCoreApplication.translate("Timeline", "“{words}”").replace("{words}", told.words)
    wish = QCoreApplication.translate("Timeline", " Wants: {wish}").replace("{wish}", told.wish) if told.wish else ""
    tone = "neutral" if told.state is ComplaintState.CLOSED else "red"
    badge = BadgeView(state_words(told.state), tone)  # type: ignore[arg-type]
    return EntryView(entry.id, "ph.chat-teardrop-text", "red", title, when, quoted + wish, badge=badge)


def state_words(state: ComplaintState) -> str:
    """The state of a complaint, short enough for a badge."""
    return {
        ComplaintState.OPEN: QCoreApplication.translate("Timeline", "open"),
        ComplaintState.WAITING: QCoreApplication.translate("Timeline", "waiting"),
        ComplaintState.RESOLVED: QCoreApplication.translate("Timeline", "resolved"),
        ComplaintState.CLOSED: QCoreApplication.translate("Timeline", "closed"),
    }[state]


def _points(entry: Entry, told: PointsTold, when: str) -> EntryView:
    kind = {
        PointKind.BONUS: QCoreApplication.translate("Timeline", "bonus"),
        PointKind.EXPIRE: QCoreApplication.translate("Timeline", "expired"),
        PointKind.ADJUST: QCoreApplication.translate("Timeline", "adjusted by hand"),
        PointKind.CORRECT: QCoreApplication.translate("Timeline", "corrected"),
    }.get(told.kind, "")
    title = joined(QCoreApplication.translate("Timeline", "Points"), told.reason or kind)
    gained = told.points > 0
    amount = f"{'+' if gained else '−'}{abs(told.points):,}"
    tone = "gold_text" if gained else "ink2"
    return EntryView(entry.id, "ph.coin", "gold", title, when, amount=amount, amount_tone=tone)


def _consent(entry: Entry, told: ConsentTold, when: str) -> EntryView:
    """A yes or a no to one channel."""
    said = (
        QCoreApplication.translate("Timeline", "Agreed to hear from us")
        if told.given
        else QCoreApplication.translate("Timeline", "Does not want to hear from us")
    )
    title = joined(said, channel_words(told.channel), staff_name(entry.staff))
    return EntryView(entry.id, "ph.shield-check", "", title, when)


def _tier(entry: Entry, told: TierTold, when: str, desk: Desk, tiers: Tiers) -> EntryView:
    name = tier_name(tiers[told.to_rank]) if told.to_rank in tiers else str(told.to_rank)
    head = (
        QCoreApplication.translate("Timeline", "Up to {tier}")
        if told.to_rank > told.from_rank
        else QCoreApplication.translate("Timeline", "Down to {tier}")
    )
    until = ""
    if told.valid_until:
        until = QCoreApplication.translate("Timeline", "until {day}")
        until = until.replace("{day}", on_day(told.valid_until, desk.today()))
    title = joined(with_tier(head, name), until, _why(told.cause))
    return EntryView(entry.id, "ph.crown-simple", "gold", title, when)


def _why(cause: str) -> str:
    """Why a tier moved, where it was not for what was bought."""
    said: dict[str, str] = {
        MoveCause.BY_HAND: QCoreApplication.translate("Timeline", "given by hand"),
        MoveCause.HAND_ENDED: QCoreApplication.translate("Timeline", "given by hand until then"),
        MoveCause.RULES_CHANGED: QCoreApplication.translate("Timeline", "the shop's rules changed"),
    }
    return said.get(cause, "")


def followup_words(kind: FollowUpKind) -> str:
    """What kind of follow-up was done."""
    return {
        FollowUpKind.CALL: QCoreApplication.translate("Timeline", "call"),
        FollowUpKind.VISIT: QCoreApplication.translate("Timeline", "visit"),
        FollowUpKind.WECHAT: QCoreApplication.translate("Timeline", "WeChat"),
        FollowUpKind.THANKS: QCoreApplication.translate("Timeline", "thanks"),
        FollowUpKind.REORDER: QCoreApplication.translate("Timeline", "re-order"),
        FollowUpKind.BIRTHDAY: QCoreApplication.translate("Timeline", "birthday"),
        FollowUpKind.POINTS_EXPIRING: QCoreApplication.translate("Timeline", "points expiring"),
        FollowUpKind.SILENCE: QCoreApplication.translate("Timeline", "long away"),
        FollowUpKind.QUOTE: QCoreApplication.translate("Timeline", "quote"),
        FollowUpKind.COMPLAINT_CALLBACK: QCoreApplication.translate("Timeline", "call-back"),
        FollowUpKind.OTHER: QCoreApplication.translate("Timeline", "follow-up"),
    }[kind]
