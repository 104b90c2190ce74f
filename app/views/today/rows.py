"""The rows of the day's list: headings for its parts, and each follow-up as it is painted."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.followups import Due, FollowUpPurpose
from app.services.followups import TodayRow
from app.views.shared.followup_words import due_words, kind_hue, kind_icon, reason, title
from app.views.shared.lists import Heading, RowView
from app.views.shared.people_words import tier_badge

Keys = tuple[tuple[str, str], ...]


def with_headings(rows: Sequence[TodayRow]) -> list[TodayRow | Heading]:
    """The rows in their order, each part under its name and count."""
    shown: list[TodayRow | Heading] = []
    for part in Due:
        within = [row for row in rows if row.part is part]
        if within:
            tone = "red_text" if part is Due.OVERDUE else "ink2"
            shown += [Heading(part.value, part_words(part), len(within), tone), *within]
    return shown


def part_words(part: Due) -> str:
    return {
        Due.OVERDUE: QCoreApplication.translate("TodayRows", "Overdue"),
        Due.TODAY: QCoreApplication.translate("TodayRows", "Today"),
        Due.THIS_WEEK: QCoreApplication.translate("TodayRows", "This week"),
        Due.LATER: QCoreApplication.translate("TodayRows", "Later"),
    }[part]


@dataclass(frozen=True, slots=True)
class RowPainter:
    """Turns a row of the list into what is painted, as of a day; `keys` stand on the chosen row."""

    today: date
    keys: Keys

    def view(self, row: TodayRow | Heading) -> RowView | Heading:
        if isinstance(row, Heading):
            return row
        item, late = row.item, row.part is Due.OVERDUE
        who: Hashable = item.who.id if item.who else item.id
        return RowView(
            who,
            title(item),
            reason(item, row.facts, self.today),
            tier_badge(item.who.tier, crown=True) if item.who else None,
            due_words(item.due_on, item.due_at, self.today),
            "red_text" if late else "ink2",
            icon="ph.chat-teardrop-text" if self._about_complaint(row) else kind_icon(item.kind),
            hue="red" if self._about_complaint(row) else kind_hue(item.kind),
            picture="avatar" if item.who else "disc",
            mark="late" if late else "todo",
            keys=self.keys if item.who else self.keys[-2:],
        )

    @staticmethod
    def _about_complaint(row: TodayRow) -> bool:
        return row.case_late and row.item.purpose is FollowUpPurpose.COMPLAINT
