"""The four rates over the board, each with the counts behind it."""

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from app.domain.segments.rates import Rate
from app.services.complaints import PerSales, Rates
from app.views.shared.desk import Desk
from app.views.shared.held_back import HeldBackButton
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.paint import figure


class RateLine(QWidget):
    """One rate: what it is; how much, and of how many."""

    def __init__(self) -> None:
        super().__init__()
        self.caption = ElidedLabel("", "caption", tone="ink2")
        self.figure = PlainLabel("", "section")
        self.counts = ElidedLabel("", "caption", tone="ink2")
        self.setLayout(column(self.caption, row(self.figure, (self.counts, 1), gap=8), gap=0))

    def show_rate(self, shown: str, counts: str, tip: str = "") -> None:
        self.figure.setText(shown)
        self.counts.setText(counts)
        self.setToolTip(tip)
        self.setAccessibleName(f"{self.caption.text()}: {shown}, {counts}")


class RatesStrip(QWidget):
    """Solved on the spot, on time, complaints per hundred sales, and whom the brake holds back."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.spot, self.time, self.sales, self.held = (RateLine() for _ in range(4))
        self.whom = HeldBackButton(desk)
        self.whom.set_compact(True)
        held = row(self.held, column(None, self.whom), gap=4)
        lines = row(self.spot, self.time, self.sales, box(held), None, gap=32)
        self.setLayout(row(box(lines), gap=0))

    def retranslate(self) -> None:
        self.spot.caption.setText(self.tr("Solved on the spot"))
        self.time.caption.setText(self.tr("Solved on time"))
        self.sales.caption.setText(self.tr("Per hundred sales"))
        self.held.caption.setText(self.tr("Promotions paused"))

    def show_rates(self, rates: Rates) -> None:
        """Show the rates of the last days; one without anything to count is a dash."""
        days = self.tr("%n day(s)", "", rates.days)
        self.spot.show_rate(
            _percent(rates.on_the_spot), f"{_of(rates.on_the_spot)} · {days}", self._tip(rates.on_the_spot)
        )
        self.time.show_rate(_percent(rates.on_time), _of(rates.on_time), self._tip(rates.on_time))
        self.sales.show_rate(_per_hundred(rates.per_sales), self._sales_counts(rates))
        self.held.show_rate(figure(len(rates.held_back)), self.tr("until their case is closed"))
        self.whom.show_held(rates.held_back)

    def _sales_counts(self, rates: Rates) -> str:
        counts = f"{figure(rates.per_sales.complaints)} / {figure(rates.per_sales.sales)}"
        if rates.per_sales_before.per_hundred is None:
            return counts
        before = self.tr("before: {rate}").replace("{rate}", _per_hundred(rates.per_sales_before))
        return f"{counts} · {before}"

    def _tip(self, rate: Rate) -> str:
        """Few cases say little: how far the rate can be trusted."""
        if rate.interval is None:
            return ""
        low, high = (str(round(100 * end)) for end in rate.interval)
        return self.tr("With so few cases: between {low} and {high} %").replace("{low}", low).replace("{high}", high)


def _percent(rate: Rate) -> str:
    return "—" if rate.value is None else f"{round(100 * rate.value)}%"


def _of(rate: Rate) -> str:
    return f"{figure(rate.hits)} / {figure(rate.of)}"


def _per_hundred(rate: PerSales) -> str:
    return "—" if rate.per_hundred is None else QLocale().toString(rate.per_hundred, "f", 1)
