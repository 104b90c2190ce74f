"""The figures above the charts, each with its counts, its change, and the cases behind it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.domain.complaint_learning import per_hundred
from app.services.complaints import Compared, Learned
from app.views.complaints import learning_words as words
from app.views.shared.desk import Desk
from app.views.shared.paint import figure
from app.views.shared.tiles import Tile, Verdict


class LearningTiles(QObject):
    """A click on a tile, or Enter, lists its cases: of a rate those that are not as they should be."""

    wanted = Signal(tuple, str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.per, self.spot, self.time, self.reopened, self.cost = self.all = tuple(Tile() for _ in range(5))
        self._ids: dict[Tile, tuple[int, ...]] = {}
        self._titles: dict[Tile, str] = {}
        for tile in self.all:
            tile.setCursor(Qt.CursorShape.PointingHandCursor)
            tile.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tile.installEventFilter(self)

    def retranslate(self) -> None:
        for tile, caption, meaning in (
            (self.per, self.tr("Per 100 purchases"), self.tr("Complaints logged in these days. Click: all of them.")),
            (
                self.spot,
                self.tr("Solved on the spot"),
                self.tr("Within the visit and not reopened. Click: those that were not."),
            ),
            (
                self.time,
                self.tr("Solved on time"),
                self.tr("Of those whose time is over. Click: those that were late."),
            ),
            (
                self.reopened,
                self.tr("Reopened"),
                self.tr("Of those that were solved once. Click: those that came back."),
            ),
            (
                self.cost,
                self.tr("Cost of remedies"),
                self.tr("What putting right cost in these days. Click: its cases."),
            ),
        ):
            tile.caption.setText(caption)
            tile.setToolTip(meaning)

        self._titles = {tile: tile.caption.text() for tile in self.all}
        self._titles |= {self.spot: self.tr("Not solved on the spot"), self.time: self.tr("Not solved on time")}

    def show_learned(self, learned: Learned) -> None:
        """Show the five figures."""
        now = per_hundred(len(learned.ids), learned.purchases)
        before = per_hundred(learned.count_before, learned.purchases_before)
        change = 0.0 if now is None or before is None else round(now, 1) - round(before, 1)
        self.per.show_figure(
            words.per_hundred(now),
            counts=f"{figure(len(learned.ids))} / {figure(learned.purchases)}",
            change=_signed(f"{change:+.1f}") if change else "",
            rising=change > 0 if change else None,
            verdict=_verdict(change, rising_is_good=False),
            line=[month.per_hundred or 0 for month in learned.months],
        )
        self._show_rate(self.spot, learned.on_the_spot, rising_is_good=True)
        self._show_rate(self.time, learned.in_time, rising_is_good=True)
        self._show_rate(self.reopened, learned.reopened, rising_is_good=False)
        more = learned.cost - learned.cost_before
        self.cost.show_figure(
            self._desk.money(learned.cost, drop_zeros=True),
            counts=self.tr("%n case(s)", "", len(learned.cost_ids)),
            change=_signed(self._desk.money(more, drop_zeros=True)) if more else "",
            rising=more > 0 if more else None,
            line=[month.cost for month in learned.months],
        )
        self._ids = {
            self.per: learned.ids,
            self.spot: learned.on_the_spot.ids,
            self.time: learned.in_time.ids,
            self.reopened: learned.reopened.ids,
            self.cost: learned.cost_ids,
        }

    def _show_rate(self, tile: Tile, rate: Compared, *, rising_is_good: bool) -> None:
        now, before = rate.now.value, rate.before.value
        points = 0 if now is None or before is None else round(100 * now) - round(100 * before)
        said = words.counts(rate.now)
        if rate.now.interval is not None:
            low, high = (round(100 * end) for end in rate.now.interval)
            said = f"{said} · {low}–{high}%"
        tile.show_figure(
            words.percent(now),
            counts=said,
            change=self.tr("{points} pt").replace("{points}", _signed(f"{points:+d}")) if points else "",
            rising=points > 0 if points else None,
            verdict=_verdict(points, rising_is_good=rising_is_good),
        )

    def open(self, tile: Tile) -> None:
        """Ask for the cases of a figure."""
        self.wanted.emit(self._ids.get(tile, ()), self._titles[tile])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        opens = event.type() == QEvent.Type.MouseButtonRelease
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            opens = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if opens and isinstance(watched, Tile):
            self.open(watched)
            return True
        return super().eventFilter(watched, event)


def _signed(said: str) -> str:
    return said.replace("-", "\u2212")


def _verdict(change: float, *, rising_is_good: bool) -> Verdict:
    if not change:
        return "plain"
    return "good" if (change > 0) == rising_is_good else "bad"
