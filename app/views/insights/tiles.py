"""The five tiles in words: each figure with its change, its line and the counts behind it."""

from PySide6.QtCore import QObject

from app.services.insights import Count, RateTile, Tiles
from app.views.insights import words
from app.views.shared.desk import Desk
from app.views.shared.tiles import Tile, Verdict

POINT = 100
"""Hundredths: a rate changes by percentage points."""


class FigureTiles(QObject):
    """Makes the tiles; the screen lays them out."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.net, self.repeat, self.churn, self.new, self.points = (Tile() for _ in range(5))
        self.all = (self.net, self.repeat, self.churn, self.new, self.points)

    def retranslate(self) -> None:
        for tile, caption, meaning in (
            (self.net, self.tr("Net sales"), self.tr("Sold less returns, known customers and others.")),
            (
                self.repeat,
                self.tr("Repeat rate"),
                self.tr("Customers with two or more purchase days, of all who ever bought."),
            ),
            (self.churn, self.tr("Churn"), self.tr("Buyers of the same days before who did not buy in this period.")),
            (self.new, self.tr("New customers"), self.tr("Whose first purchase fell into this period.")),
            (self.points, self.tr("Points outstanding"), self.tr("What customers can still spend.")),
        ):
            tile.caption.setText(caption)
            tile.setToolTip(meaning)

    def show_tiles(self, tiles: Tiles) -> None:
        """Show the five figures."""
        self._show_count(
            self.net, words.money(self._desk, tiles.net.now), tiles.net, self.tr("%n sale(s)", "", tiles.bills)
        )
        self._show_rate(self.repeat, tiles.repeat, rising_is_good=True)
        self._show_rate(self.churn, tiles.churn, rising_is_good=False)
        self._show_new(tiles)
        worth = self.tr("worth {money}").format(money=words.money(self._desk, tiles.points_worth))
        self._show_count(self.points, words.number(tiles.points.now), tiles.points, worth, judged=False)

    def _show_count(self, tile: Tile, figure: str, count: Count, counts: str, *, judged: bool = True) -> None:
        change = (count.now - count.before) / count.before if count.before > 0 else None
        rising = None if change is None or count.now == count.before else change > 0
        tile.show_figure(
            figure,
            counts=counts,
            change="" if change is None else words.signed(change, "+.1%"),
            rising=rising,
            verdict="good" if rising and judged else "plain",
            line=count.line,
        )

    def _show_new(self, tiles: Tiles) -> None:
        change = tiles.new.now - tiles.new.before
        self.new.show_figure(
            words.number(tiles.new.now),
            counts=self.tr("of %n buyer(s)", "", tiles.buyers),
            change=words.signed(change, "+d") if change else "",
            rising=change > 0 if change else None,
            verdict="good" if change > 0 else "plain",
            line=tiles.new.line,
        )

    def _show_rate(self, tile: Tile, rate: RateTile, *, rising_is_good: bool) -> None:
        now, before = rate.now.value, rate.before.value
        points = 0 if now is None or before is None else round(now * POINT) - round(before * POINT)
        tile.show_figure(
            words.share(now),
            counts=words.counts(rate.now),
            change=self.tr("{points} pt").format(points=words.signed(points, "+d")) if points else "",
            rising=points > 0 if points else None,
            verdict=_verdict(points, rising_is_good),
            line=rate.line,
        )


def _verdict(points: int, rising_is_good: bool) -> Verdict:
    """Good news is coloured, and churn that grows; a share that shrinks is news, not an alarm."""
    if not points:
        return "plain"
    if (points > 0) == rising_is_good:
        return "good"
    return "plain" if rising_is_good else "bad"
