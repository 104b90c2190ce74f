"""Why a row of the day's list stands where it does, in a line: what the person is worth, what presses."""

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication

from app.domain.followup_priority import Pressing
from app.domain.followups import FollowUpKind
from app.services.followups import TodayRow
from app.views.shared.followup_words import clock, kind_words
from app.views.shared.people_words import grouped, tier_name

Money = Callable[[int], str]


def why_words(row: TodayRow, place: int, money: Money) -> str:
    """The line; `place` is that in the whole list, from 0, and `money` writes minor units."""
    said = QCoreApplication.translate("TodayWhy", "Stands here because: {worth}; {presses}")
    if place == 0:
        said = QCoreApplication.translate("TodayWhy", "First because: {worth}; {presses}")
    comma = QCoreApplication.translate("TodayWhy", ", ")
    return said.replace("{worth}", comma.join(_worth(row, money))).replace("{presses}", comma.join(_presses(row)))


def score_words(row: TodayRow) -> str:
    """The figures behind the line: both sides as parts of a hundred."""
    said = QCoreApplication.translate("TodayWhy", "worth {worth} of 100 × urgency {urgency} of 100")
    standing, pressing = row.priority.standing, row.priority.pressing
    return said.replace("{worth}", _tenth(standing.worth)).replace("{urgency}", _tenth(pressing.urgency))


def _tenth(thousandths: int) -> str:
    return str(round(thousandths / 10))


def _worth(row: TodayRow, money: Money) -> Iterator[str]:
    standing, who = row.priority.standing, row.item.who
    if who is None:
        yield QCoreApplication.translate("TodayWhy", "for nobody in particular")
        return
    yield tier_name(who.tier)
    spent = QCoreApplication.translate("TodayWhy", "nothing bought in the last year")
    if standing.spent > 0:
        spent = QCoreApplication.translate("TodayWhy", "{money} in the last year")
    yield spent.replace("{money}", money(standing.spent))
    if standing.points > 0:
        points = who.points
        yield grouped(QCoreApplication.translate("TodayWhy", "%n point(s) in hand", "", points), points)


def _presses(row: TodayRow) -> Iterator[str]:
    pressing = row.priority.pressing
    late, ahead = pressing.days_late, -pressing.days_late
    if pressing.past_target:
        yield QCoreApplication.translate("TodayWhy", "a complaint past its target")
    elif pressing.kind is not FollowUpKind.OTHER:
        yield kind_words(pressing.kind)
    if late > 0:
        yield QCoreApplication.translate("TodayWhy", "%n day(s) late", "", late)
    elif ahead > 0:
        yield QCoreApplication.translate("TodayWhy", "in %n day(s)", "", ahead)
    elif not pressing.past_target:
        yield QCoreApplication.translate("TodayWhy", "for today")
    yield from _latest(pressing)
    if pressing.hour_come:
        said = QCoreApplication.translate("TodayWhy", "its hour, {hour}, has come")
        yield said.replace("{hour}", clock(row.item.due_at))
    if row.case_late and not pressing.past_target:
        yield QCoreApplication.translate("TodayWhy", "their complaint is past its target")


def _latest(pressing: Pressing) -> Iterator[str]:
    left = pressing.latest_in
    if left is None:
        return
    if pressing.is_over:
        yield QCoreApplication.translate("TodayWhy", "what it was for is over")
    elif left < 0:
        yield QCoreApplication.translate("TodayWhy", "its latest good day has passed")
    elif left == 0:
        yield QCoreApplication.translate("TodayWhy", "today is its latest good day")
    else:
        yield QCoreApplication.translate("TodayWhy", "%n day(s) to its latest good day", "", left)
