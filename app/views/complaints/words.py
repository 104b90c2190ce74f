"""How complaints are spoken of: what about, how bad, in which state, and what the clock says."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from app.domain.complaints import ComplaintState, Severity, Term, TermUnit
from app.domain.interactions import Channel
from app.services.complaints import GIVEN_UP_AFTER, CaseCard
from app.views.shared import badges
from app.views.shared.badges import BadgeView
from app.views.shared.category_words import category_words
from app.views.shared.day_words import near_day
from app.views.shared.tokens import Hue

SEVERITY_HUES: dict[Severity, Hue] = {Severity.MINOR: "accent", Severity.SERIOUS: "gold", Severity.SEVERE: "red"}
SOON = 0.75
"""From this share of its term on a case is due soon."""


def channel_words(code: str) -> str:
    return {
        Channel.VISIT.value: QCoreApplication.translate("Complaints", "in the shop"),
        Channel.CALL.value: QCoreApplication.translate("Complaints", "by phone"),
        Channel.WECHAT.value: QCoreApplication.translate("Complaints", "by WeChat"),
        Channel.SMS.value: QCoreApplication.translate("Complaints", "by SMS"),
        Channel.EMAIL.value: QCoreApplication.translate("Complaints", "by e-mail"),
        Channel.LETTER.value: QCoreApplication.translate("Complaints", "by letter"),
    }.get(code, code)


def about(card: CaseCard) -> str:
    """What about, and how it reached the shop."""
    return " · ".join(part for part in (category_words(card.category), channel_words(card.channel)) if part)


def severity_words(severity: Severity) -> str:
    return {
        Severity.MINOR: QCoreApplication.translate("Complaints", "Minor"),
        Severity.SERIOUS: QCoreApplication.translate("Complaints", "Serious"),
        Severity.SEVERE: QCoreApplication.translate("Complaints", "Severe"),
    }[severity]


def severity_badge(severity: Severity) -> BadgeView:
    return badges.severity(severity_words(severity), severity.value)


def spot_badge() -> BadgeView:
    return badges.on_the_spot(QCoreApplication.translate("Complaints", "On the spot"))


def owner_badge() -> BadgeView:
    """A case that went up to the owner."""
    return BadgeView(QCoreApplication.translate("Complaints", "Owner"), "red", "ph.arrow-up")


def state_words(state: ComplaintState) -> str:
    """The name of a lane."""
    return {
        ComplaintState.OPEN: QCoreApplication.translate("Complaints", "Open"),
        ComplaintState.WAITING: QCoreApplication.translate("Complaints", "Waiting for someone"),
        ComplaintState.RESOLVED: QCoreApplication.translate("Complaints", "We think it is solved"),
        ComplaintState.CLOSED: QCoreApplication.translate("Complaints", "The customer agrees"),
    }[state]


def name_of(card: CaseCard) -> str:
    return card.who.name if card.who else QCoreApplication.translate("Complaints", "No name given")


def quoted(words: str) -> str:
    return QCoreApplication.translate("Complaints", "“{words}”").replace("{words}", words)


def told(card: CaseCard) -> str:
    """What they said, and what they want or what was done."""
    parts = [quoted(" ".join(card.words.split()))]
    settled = card.state in (ComplaintState.RESOLVED, ComplaintState.CLOSED)
    if settled and card.remedy:
        parts.append(QCoreApplication.translate("Complaints", " Done: {remedy}").replace("{remedy}", card.remedy))
    elif not settled and card.wish:
        parts.append(QCoreApplication.translate("Complaints", " Wants: {wish}").replace("{wish}", card.wish))
    return "".join(parts)


def moment_words(moment: datetime, zone: ZoneInfo, today: date) -> str:
    """A day and the time of day in the shop's own time."""
    there = moment.astimezone(zone)
    return f"{near_day(there.date(), today)} {there:%H:%M}"


def term_words(term: Term) -> str:
    """How long something may take."""
    many = term.amount
    if term.unit is TermUnit.HOURS:
        return QCoreApplication.translate("Complaints", "%n opening hour(s)", "", many)
    return QCoreApplication.translate("Complaints", "%n day(s)", "", many)


def left_words(left: timedelta, day_length: timedelta) -> str:
    """Opening time that is left, in the largest unit of which there is one; days are opening days."""
    days, hours, minutes = _units(left, day_length)
    if days:
        return QCoreApplication.translate("Complaints", "%n day(s) left", "", days)
    if hours:
        return QCoreApplication.translate("Complaints", "%n hour(s) left", "", hours)
    return QCoreApplication.translate("Complaints", "%n minute(s) left", "", minutes)


def late_words(over: timedelta, day_length: timedelta) -> str:
    """Opening time by which a case is late."""
    days, hours, minutes = _units(over, day_length)
    if days:
        return QCoreApplication.translate("Complaints", "%n day(s) late", "", days)
    if hours:
        return QCoreApplication.translate("Complaints", "%n hour(s) late", "", hours)
    return QCoreApplication.translate("Complaints", "%n minute(s) late", "", minutes)


def _units(length: timedelta, day_length: timedelta) -> tuple[int, int, int]:
    """A length in whole days, or hours, or minutes; Qt's extractor of texts reads plain names only."""
    return length // day_length, length // timedelta(hours=1), length // timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Said:
    """What the clock of a case says: words, tone, icon; a bar where the term still matters."""

    words: str
    tone: str
    icon: str
    share: float | None = None
    bar: str = "edge"
    strong: bool = False


class ClockWords:
    """Words the clocks of one board, read on one day of one shop."""

    def __init__(self, day_length: timedelta, today: date, zone: ZoneInfo) -> None:
        self._length, self._today, self._zone = day_length, today, zone

    @property
    def today(self) -> date:
        return self._today

    def logged(self, card: CaseCard) -> str:
        """The day on which it was logged."""
        return near_day(self._day(card.opened_at), self._today)

    def answer(self, card: CaseCard) -> Said | None:
        """What the clock of the first answer says; nothing once the customer has heard from us."""
        clock = card.answer
        if clock is None or card.state is not ComplaintState.OPEN:
            return None
        if clock.late:
            late = late_words(-clock.left, self._length)
            words = QCoreApplication.translate("Complaints", "Answer {late}").replace("{late}", late)
            return Said(words, "red_text", "ph.chat-teardrop-text", strong=True)
        left = left_words(clock.left, self._length)
        words = QCoreApplication.translate("Complaints", "Answer: {left}").replace("{left}", left)
        tone = "gold_text" if clock.share >= SOON else "ink2"
        return Said(words, tone, "ph.chat-teardrop-text", strong=clock.share >= SOON)

    def pressing(self, card: CaseCard) -> Said:
        """What one line says: that an answer is late, else what the foot of the card does."""
        answer = self.answer(card)
        return answer if answer is not None and answer.tone == "red_text" else self.say(card)

    def say(self, card: CaseCard) -> Said:
        """What the foot of a card says."""
        return {
            ComplaintState.OPEN: self._open,
            ComplaintState.WAITING: self._waiting,
            ComplaintState.RESOLVED: self._resolved,
            ComplaintState.CLOSED: self._closed,
        }[card.state](card)

    def _open(self, card: CaseCard) -> Said:
        clock = card.clock
        if clock.late:
            return Said(late_words(-clock.left, self._length), "red_text", "ph.clock", 1.0, "red", strong=True)
        words = left_words(clock.left, self._length)
        if clock.share >= SOON:
            return Said(words, "gold_text", "ph.clock", clock.share, "gold", strong=True)
        return Said(words, "ink2", "ph.clock", clock.share)

    def _waiting(self, card: CaseCard) -> Said:
        if card.clock.late:
            late = late_words(-card.clock.left, self._length)
            words = QCoreApplication.translate("Complaints", "Stopped · {late}").replace("{late}", late)
            return Said(words, "red_text", "ph.clock", 1.0, "red", strong=True)
        days = (self._today - self._day(card.since)).days
        words = QCoreApplication.translate("Complaints", "Stopped since today")
        if days > 0:
            words = QCoreApplication.translate("Complaints", "Stopped for %n day(s)", "", days)
        return Said(words, "ink2", "ph.clock", card.clock.share)

    def _resolved(self, card: CaseCard) -> Said:
        if card.call_back_on is None or card.who is None:
            day = near_day(self._day(card.since), self._today)
            return Said(QCoreApplication.translate("Complaints", "Solved {day}").replace("{day}", day), "ink2", _CHECK)
        return self._to_call(card, card.call_back_on)

    def _to_call(self, card: CaseCard, on: date) -> Said:
        day, late, tries = near_day(on, self._today), on < self._today, card.calls
        if tries:
            words = QCoreApplication.translate("Complaints", "Not reached %n time(s) · call {day}", "", tries)
        elif late:
            words = QCoreApplication.translate("Complaints", "Call due {day}")
        else:
            words = QCoreApplication.translate("Complaints", "Call back {day}")
        tone = "gold_text" if late else "ink2"
        return Said(words.replace("{day}", day), tone, "ph.phone", strong=late)

    def _closed(self, card: CaseCard) -> Said:
        if card.satisfaction is not None:
            words = QCoreApplication.translate("Complaints", "Satisfaction {answer} / 5")
            return Said(words.replace("{answer}", str(card.satisfaction)), "ink2", _CHECK)
        if card.call_back_on is not None and card.who is not None and card.call_back_on >= self._today - GIVEN_UP_AFTER:
            return self._to_call(card, card.call_back_on)
        day = near_day(self._day(card.since), self._today)
        return Said(QCoreApplication.translate("Complaints", "Closed {day}").replace("{day}", day), "ink2", _CHECK)

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(self._zone).date()


_CHECK = "ph.check-circle"
