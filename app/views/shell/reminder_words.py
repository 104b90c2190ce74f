"""The words of reminders, as a notification of the system or a line in the window says them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.services.followups import Reminder
from app.views.shared import paint
from app.views.shared.day_words import near_day
from app.views.shared.desk import OpenPlace, Request, ShowFollowUp
from app.views.shared.followup_words import clock, kind_words, reason, title

NAMED = 3
"""So many are named where many are told at once."""


@dataclass(frozen=True, slots=True)
class Told:
    """One notification: what it says, and where a click on it goes."""

    title: str
    body: str
    goes: Request


def worded(reminders: Sequence[Reminder], today: date) -> list[Told]:
    """What is said of reminders that came up together: what was missed and what is for all of today are summed up,
    what has an hour is said one by one, unless there are many."""
    missed = [one for one in reminders if one.missed]
    fresh = [one for one in reminders if not one.missed]
    by_hour = [one for one in fresh if one.item.due_at is not None]
    whole_day = [one for one in fresh if one.item.due_at is None]
    told = []
    if missed:
        count = len(missed)
        said = QCoreApplication.translate("Reminders", "%n reminder(s) while the program was closed", "", count)
        told.append(_summed(said, missed, today))
    if whole_day:
        count = len(whole_day)
        said = QCoreApplication.translate("Reminders", "%n follow-up(s) for today", "", count)
        told.append(_summed(said, whole_day, today))
    if len(by_hour) > NAMED:
        count = len(by_hour)
        said = QCoreApplication.translate("Reminders", "%n follow-up(s) at this hour", "", count)
        told.append(_summed(said, by_hour, today))
    else:
        told += [_single(one, today) for one in by_hour]
    return told


def _single(one: Reminder, today: date) -> Told:
    """ "14:00 Jack Wu", and under it why."""
    item = one.item
    body = paint.plain(reason(item, one.facts, today)) if item.who else kind_words(item.kind)
    return Told(f"{clock(item.due_at)} {title(item)}".strip(), body, ShowFollowUp(item.id))


def _summed(said: str, found: Sequence[Reminder], today: date) -> Told:
    names = QCoreApplication.translate("Reminders", ", ").join(_name(one, today) for one in found[:NAMED])
    more = len(found) - NAMED
    if more > 0:
        rest = QCoreApplication.translate("Reminders", "{names} and %n more", "", more)
        names = rest.replace("{names}", names)
    goes: Request = ShowFollowUp(found[0].item.id) if len(found) == 1 else OpenPlace("today")
    return Told(said, names, goes)


def _name(one: Reminder, today: date) -> str:
    item = one.item
    if not one.missed:
        return title(item)
    when = f"{near_day(item.due_on, today)} {clock(item.due_at)}".strip()
    return f"{title(item)} ({when})" if item.who else f"{title(item)} {when}"
