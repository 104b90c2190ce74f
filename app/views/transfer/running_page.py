"""While the file is tried out or brought in: how far it has come."""

from PySide6.QtWidgets import QWidget

from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column
from app.views.shared.meters import Meter


class RunningPage(QWidget):
    """A sentence, a meter, and the count beneath."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.said, self.count = PlainLabel("", "body"), PlainLabel("", "caption", tone="ink2")
        self.meter = Meter(0, high=8)
        self.setLayout(column(None, 24, self.said, self.meter, self.count, 24, None, gap=8))

    def begin(self, sentence: str) -> None:
        """Start over with another sentence."""
        self.said.setText(sentence)
        self.show_progress(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """So many rows of so many; the last steps after the rows are not counted."""
        self.meter.show_share(min(done / total, 1.0) if total else 0.0)
        self.count.setText(
            self.tr("{done} of {total} rows").replace("{done}", f"{done:,}").replace("{total}", f"{total:,}")
            if total
            else ""
        )
