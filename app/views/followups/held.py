"""What is in the hand: follow-ups that are marked together, cut, pasted, or dragged to another day or hour."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from app.services import followups
from app.services.followups import FollowUpRow, Spot
from app.views.shared.day_words import near_day
from app.views.shared.desk import Desk
from app.views.shared.followup_acts import FollowUpActs
from app.views.shared.followup_words import clock, kind_words, only_these, title
from app.views.shared.keys import keycap


class Held(QObject):
    """Marks and cuts are by id, so that they outlive a reload; what is moved is said in a toast and can be undone."""

    changed = Signal()

    def __init__(self, desk: Desk, acts: FollowUpActs, chosen: Callable[[], FollowUpRow | None]) -> None:
        super().__init__(acts)
        self._desk, self._acts, self._chosen = desk, acts, chosen
        self.marked: dict[int, FollowUpRow] = {}
        self.cut: dict[int, FollowUpRow] = {}

    def mark(self, row: FollowUpRow | None) -> None:
        """Mark a follow-up that is still to do, or take its mark away."""
        if row is None:
            return
        if row.id in self.marked:
            del self.marked[row.id]
        elif row.done_at is None:
            self.marked[row.id] = row
        else:
            self._desk.tell(self.tr("What is done stays where it is"))
        self.changed.emit()

    def unmark(self) -> None:
        """Take all marks away, and let go of what was cut."""
        self.marked, self.cut = {}, {}
        self.changed.emit()

    def take(self) -> None:
        """Cut what is marked, else the chosen one."""
        chosen = self._chosen()
        rows = list(self.marked.values()) or ([chosen] if chosen and chosen.done_at is None else [])
        if not rows:
            said = self.tr("What is done stays where it is") if chosen else self.tr("Choose a follow-up first")
            self._desk.tell(said)
            return
        self.cut, self.marked = {row.id: row for row in rows}, {}
        said = self.tr("Cut: {what}. Choose a day and press {key}").replace("{key}", keycap("Ctrl+V"))
        self._desk.tell(said.replace("{what}", self._named(rows)))
        self.changed.emit()

    def paste(self, spot: Spot) -> None:
        """Put what was cut here; once."""
        rows, self.cut = list(self.cut.values()), {}
        if rows:
            self.move(rows, spot)
        self.changed.emit()

    def drop(self, row: FollowUpRow, spot: Spot) -> None:
        """Let go of a strip; with one that is marked go the others that are."""
        self.move(list(self.marked.values()) if row.id in self.marked else [row], spot)

    def move(self, rows: Sequence[FollowUpRow], spot: Spot) -> None:
        """Put follow-ups on a day, and at its hour where the spot names one."""
        moving = [row for row in rows if _moves(row, spot)]
        if len(moving) == 1 and (spot.keeps_hour or moving[0].due_at == spot.hour):
            self._acts.move(moving[0], spot.day)
        elif moving:
            ids, now = [row.id for row in moving], self._desk.now()
            said = only_these(self._moved(moving, spot), moving)
            self._desk.gateway.write(followups.move_many, ids, spot, now, said=said)
        self.marked = {}
        self.changed.emit()

    def _moved(self, rows: Sequence[FollowUpRow], spot: Spot) -> str:
        day = near_day(spot.day, self._desk.today())
        when = f"{day} {clock(spot.hour)}" if spot.hour else day
        said = self.tr("Moved to {day}: {what}").replace("{day}", when)
        return said.replace("{what}", self._named(rows))

    def _named(self, rows: Sequence[FollowUpRow]) -> str:
        if len(rows) == 1:
            return title(rows[0]) or kind_words(rows[0].kind)
        return self.tr("%n follow-up(s)", "", len(rows))


def _moves(row: FollowUpRow, spot: Spot) -> bool:
    return row.due_on != spot.day or not (spot.keeps_hour or row.due_at == spot.hour)
