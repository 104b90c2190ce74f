"""How a follow-up is spoken of on every screen: its kind, its reason in a sentence, and when it is due."""

import re
from collections.abc import Iterable
from datetime import date, time

from PySide6.QtCore import QCoreApplication

from app.domain.complaints import written_number
from app.domain.followups import FollowUpKind, FollowUpPurpose
from app.domain.text import one_line
from app.services.followups import Facts, FollowUpRow
from app.views.shared import paint
from app.views.shared.day_words import near_day, short_day, weekday
from app.views.shared.selling_words import barrier_words

_ICONS = {
    FollowUpKind.CALL: ("ph.phone", "blue"),
    FollowUpKind.VISIT: ("ph.storefront", "blue"),
    FollowUpKind.WECHAT: ("ph.chats-teardrop", "blue"),
    FollowUpKind.THANKS: ("ph.hand-waving", "accent"),
    FollowUpKind.REORDER: ("ph.arrow-clockwise", "accent"),
    FollowUpKind.BIRTHDAY: ("ph.cake", "plum"),
    FollowUpKind.POINTS_EXPIRING: ("ph.coin", "gold"),
    FollowUpKind.SILENCE: ("ph.moon", ""),
    FollowUpKind.QUOTE: ("ph.receipt", "blue"),
    FollowUpKind.COMPLAINT_CALLBACK: ("ph.smiley", "accent"),
    FollowUpKind.OTHER: ("ph.note-pencil", ""),
}
_FIGURES = re.compile(r"(?<![\w*])(\d[\d,.:]*\d|\d)(?![\w*]|[,.:]\d| ?(?:k?g|m?l|oz|lb)\b)", re.ASCII)
"""Figures that stand alone; the weight in the name of goods ("Longjing 50 g") is no fact of its own."""


def kind_icon(kind: FollowUpKind) -> str:
    return _ICONS[kind][0]


def kind_hue(kind: FollowUpKind) -> str:
    """A hue of the tokens, or nothing for a kind without one."""
    return _ICONS[kind][1]


def kind_words(kind: FollowUpKind) -> str:
    return {
        FollowUpKind.CALL: QCoreApplication.translate("FollowUpWords", "Call"),
        FollowUpKind.VISIT: QCoreApplication.translate("FollowUpWords", "Visit"),
        FollowUpKind.WECHAT: QCoreApplication.translate("FollowUpWords", "WeChat"),
        FollowUpKind.THANKS: QCoreApplication.translate("FollowUpWords", "Thanks"),
        FollowUpKind.REORDER: QCoreApplication.translate("FollowUpWords", "Re-order"),
        FollowUpKind.BIRTHDAY: QCoreApplication.translate("FollowUpWords", "Birthday"),
        FollowUpKind.POINTS_EXPIRING: QCoreApplication.translate("FollowUpWords", "Points ending"),
        FollowUpKind.SILENCE: QCoreApplication.translate("FollowUpWords", "Gone quiet"),
        FollowUpKind.QUOTE: QCoreApplication.translate("FollowUpWords", "Quote"),
        FollowUpKind.COMPLAINT_CALLBACK: QCoreApplication.translate("FollowUpWords", "Complaint call-back"),
        FollowUpKind.OTHER: QCoreApplication.translate("FollowUpWords", "Other"),
    }[kind]


def only_these(said: str, rows: Iterable[FollowUpRow]) -> str:
    """What was done to follow-ups; where some come again, that the others of their series stay as they are."""
    if not any(row.repeats for row in rows):
        return said
    return f"{said} · " + QCoreApplication.translate("FollowUpWords", "of what repeats, only these")


def purpose_words(purpose: FollowUpPurpose) -> str:
    return {
        FollowUpPurpose.CARE: QCoreApplication.translate("FollowUpWords", "Care"),
        FollowUpPurpose.SELL: QCoreApplication.translate("FollowUpWords", "Sell"),
        FollowUpPurpose.COMPLAINT: QCoreApplication.translate("FollowUpWords", "Complaint"),
    }[purpose]


def title(row: FollowUpRow) -> str:
    """Who it is for; without anybody, what is to be done."""
    return row.who.name if row.who else one_line(row.text)


def reason(row: FollowUpRow, facts: Facts, today: date) -> str:
    """Why it is there, the facts heavier: what a person wrote, else a sentence made of numbers.

    The brake comes before all else.
    """
    said = heavier(one_line(row.text)) if row.text and row.who else _sentence(row, facts, today)
    braked = row.brake and row.purpose is not FollowUpPurpose.COMPLAINT
    if facts.case is not None and row.kind is not FollowUpKind.COMPLAINT_CALLBACK and not braked:
        case = QCoreApplication.translate("FollowUpWords", "Complaint **{number}**")
        said = f"{case.replace('{number}', written_number(facts.case))} · {said}"
    if braked or row.held:
        return f"{brake_words(row)} · {said}"
    return said


def planned(row: FollowUpRow) -> str:
    """In a calendar, which looks no facts up: what it is, by when at the latest, and whether it comes again."""
    said = _planned(row)
    if row.series_id is None:
        return said
    return f"{said} · " + QCoreApplication.translate("FollowUpWords", "comes again")


def _planned(row: FollowUpRow) -> str:
    if row.who and row.text:
        return heavier(row.text.replace("\n", " "))
    by_rule, latest = _by_rule(row, row.due_on), row.latest_on
    if latest is None or (row.rule or "").startswith("cadence"):
        return by_rule or kind_words(row.kind)
    if row.kind is FollowUpKind.BIRTHDAY:
        said = QCoreApplication.translate("FollowUpWords", "Birthday **{day}**")
    else:
        said = QCoreApplication.translate("FollowUpWords", "{what}, at the latest **{day}**")
    return said.replace("{what}", by_rule or kind_words(row.kind)).replace("{day}", short_day(latest, row.due_on))


def brake_words(row: FollowUpRow) -> str:
    """What an open complaint, or another reason not to sell, means for this follow-up."""
    if row.held:
        held = QCoreApplication.translate("FollowUpWords", "**Held back**: {reason}")
        return held.replace("{reason}", barrier_words(row.barriers[0]))
    return QCoreApplication.translate("FollowUpWords", "Complaint open: **greet, do not sell**")


def heavier(words: str) -> str:
    """What a person wrote, its figures marked as facts."""
    return _FIGURES.sub(r"**\1**", words.replace("**", ""))


def _sentence(row: FollowUpRow, facts: Facts, today: date) -> str:
    by_rule = _by_rule(row, today)
    if by_rule:
        return by_rule
    made = {
        FollowUpKind.REORDER: _rhythm,
        FollowUpKind.SILENCE: _silence,
        FollowUpKind.THANKS: _thanks,
        FollowUpKind.BIRTHDAY: _birthday,
        FollowUpKind.POINTS_EXPIRING: _points,
        FollowUpKind.COMPLAINT_CALLBACK: _callback,
        FollowUpKind.QUOTE: _quote,
    }.get(row.kind)
    return (made and made(facts, today)) or kind_words(row.kind)


def _by_rule(row: FollowUpRow, today: date) -> str:
    """Of rules whose follow-ups are calls and visits like any other."""
    rule = row.rule or ""
    if rule.startswith("cadence") and row.latest_on is not None:
        said = QCoreApplication.translate("FollowUpWords", "Time to be in touch, at the latest by **{day}**")
        return said.replace("{day}", short_day(row.latest_on, today))
    if rule == "welcome":
        return QCoreApplication.translate("FollowUpWords", "New customer: say welcome")
    if rule == "after_case":
        return QCoreApplication.translate("FollowUpWords", "closed a while ago: is all well?")
    return ""


def _rhythm(facts: Facts, today: date) -> str:
    if facts.last_on is None:
        return ""
    days = (today - facts.last_on).days
    if facts.usual_days is None:
        return QCoreApplication.translate("FollowUpWords", "Last bought **%n day(s)** ago", "", days)
    usual = facts.usual_days
    said = QCoreApplication.translate(
        "FollowUpWords", "Usually comes every **%n day(s)**; today is day **{days}**", "", usual
    )
    return said.replace("{days}", str(days))


def _silence(facts: Facts, today: date) -> str:
    if facts.last_on is None:
        return ""
    days = (today - facts.last_on).days
    said = QCoreApplication.translate("FollowUpWords", "Silent for **%n day(s)**", "", days)
    if facts.usual_days is None:
        return said
    usual = QCoreApplication.translate("FollowUpWords", "usually **{days}**").replace("{days}", str(facts.usual_days))
    return QCoreApplication.translate("FollowUpWords", "{one}, {two}").replace("{one}", said).replace("{two}", usual)


def _thanks(facts: Facts, today: date) -> str:
    if facts.last_on is None:
        return ""
    days = (today - facts.last_on).days
    return QCoreApplication.translate("FollowUpWords", "Bought **%n day(s)** ago: say thanks", "", days)


def _birthday(facts: Facts, today: date) -> str:
    if facts.birthday_on is None:
        return ""
    on = short_day(facts.birthday_on, today)
    if facts.birthday_on < today:
        if facts.turns is None:
            return QCoreApplication.translate("FollowUpWords", "Birthday was **{day}**").replace("{day}", on)
        said = QCoreApplication.translate("FollowUpWords", "Turned **{age}** on {day}")
        return said.replace("{age}", str(facts.turns)).replace("{day}", on)
    if facts.birthday_on == today:
        on = QCoreApplication.translate("FollowUpWords", "today")
    if facts.turns is None:
        return QCoreApplication.translate("FollowUpWords", "Birthday **{day}**").replace("{day}", on)
    said = QCoreApplication.translate("FollowUpWords", "Turns **{age}** {day}")
    return said.replace("{age}", str(facts.turns)).replace("{day}", on)


def _points(facts: Facts, today: date) -> str:
    if not facts.points or facts.points_by is None:
        return ""
    said = QCoreApplication.translate("FollowUpWords", "**{points} points** end by {day}")
    return said.replace("{points}", paint.figure(facts.points)).replace("{day}", short_day(facts.points_by, today))


def _quote(facts: Facts, today: date) -> str:
    interest = facts.interest
    if interest is None:
        return ""
    if interest.quoted:
        what, said = interest.quoted, QCoreApplication.translate("FollowUpWords", "Quoted **{day}**: {what}")
    elif interest.shown:
        what, said = interest.shown, QCoreApplication.translate("FollowUpWords", "Shown **{day}**: {what}")
    else:
        what, said = interest.objection, QCoreApplication.translate("FollowUpWords", "Said **{day}**: “{what}”")
    return said.replace("{day}", near_day(interest.on, today)).replace("{what}", heavier(one_line(what)))


def _callback(facts: Facts, today: date) -> str:
    if facts.case is None:
        return ""
    if facts.case_due is not None:
        late = QCoreApplication.translate("FollowUpWords", "Complaint **{number}** was to be solved by **{when}**")
        when = f"{near_day(facts.case_due.date(), today)} {clock(facts.case_due.time())}"
        return late.replace("{number}", written_number(facts.case)).replace("{when}", when)
    said = QCoreApplication.translate("FollowUpWords", "Complaint **{number}**: ask whether all is well now")
    return said.replace("{number}", written_number(facts.case))


def due_words(due_on: date, due_at: time | None, today: date) -> str:
    """When, from today: "2 days late", "14:00", "Today", "Thu 14:00", "30 Nov"."""
    hour, late = clock(due_at), (today - due_on).days
    if late > 0:
        return QCoreApplication.translate("FollowUpWords", "%n day(s) late", "", late)
    if due_on == today:
        return hour or QCoreApplication.translate("FollowUpWords", "Today")
    day = weekday(due_on) if (due_on - today).days < 7 else short_day(due_on, today)
    return f"{day} {hour}".strip()


def clock(moment: time | None) -> str:
    """An hour of the day, or nothing."""
    return "" if moment is None else moment.strftime("%H:%M")
