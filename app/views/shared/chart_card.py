"""A chart in a card: drawn when first needed, redrawn with the look, copied, saved, or read as a table of numbers."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QSizePolicy, QStackedWidget, QWidget

from app.domain.errors import StorageError
from app.views.shared import look
from app.views.shared.actions import act, retranslate_acts
from app.views.shared.buttons import IconButton
from app.views.shared.cards import Card
from app.views.shared.chart_surface import Surface
from app.views.shared.desk import Desk
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table

if TYPE_CHECKING:
    from app.charts.drawn import Drawn, Mark

Drawing = Callable[[look.ChartColours], "Drawn"]
LEAST_HIGH = 124
PRINT_DPI = 192


class ChartCard(Card):
    """`opened` carries the mark that was clicked. The last chart stays until the next is drawn."""

    opened = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(gap=4, margins=(16, 12, 12, 8), parent=parent)
        self._desk = desk
        self._drawing: Drawing | None = None
        self._drawn: Drawn | None = None
        self._canvas: QWidget | None = None
        self._shown: tuple[object, str] | None = None
        self.title, self.caption = PlainLabel("", "strong"), ElidedLabel("", "caption", tone="ink3")
        self.place = _Place()
        self.surface = Surface(self.place)
        self.surface.opened.connect(self.opened)
        self.table = Table(compact=True)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.place)
        self._pages.addWidget(self.table)
        self._make_acts()
        head = row((column(self.title, self.caption, gap=0), 1), self.copy_button, self.more_button, gap=0)
        self.body.add(head, (self._pages, 1))
        self.place.installEventFilter(self)
        look.follow(self.relook)

    def _make_acts(self) -> None:
        self.copy_act = act(
            self, "insights.copy", lambda: self.tr("Copy as picture"), self.copy_picture, icon_name="ph.copy"
        )
        self.save_act = act(self, "insights.save", lambda: self.tr("Save as…"), self.ask_where, icon_name="ph.export")
        self.numbers_act = act(
            self, "insights.numbers", lambda: self.tr("Show the numbers"), self.show_numbers, icon_name="ph.list-dashes"
        )
        self.numbers_act.setCheckable(True)
        self.copy_button = IconButton("ph.copy")
        self.copy_button.set_action(self.copy_act)
        self.more_button = IconButton("ph.dots-three")
        self.more_button.clicked.connect(self._on_more)

    # what is shown

    def set_words(self, title: str, caption: str = "") -> None:
        """Say what the chart is of."""
        self.title.setText(title)
        self.caption.setText(caption)
        self.surface.setAccessibleName(title)

    def show_drawing(self, drawing: Drawing, of: object) -> None:
        """Draw this, unless it is `of` the same as before; the mark pointed at stays, where it still exists."""
        shown = (of, look.current().language)
        if shown != self._shown:
            self._shown, self._drawing = shown, drawing
            self.relook()

    def values(self) -> list[tuple[str, str, float]]:
        """What is drawn: label, series and height of every bar, from left to right, in a stack from the bottom up."""
        return [(mark.label, mark.series, mark.value) for mark in self.marks()]

    def marks(self) -> "list[Mark]":
        """The places that can be pointed at."""
        return list(self._drawn.marks) if self._drawn else []

    def relook(self) -> None:
        if self._drawing is not None:
            self._draw(self._drawing)

    def retranslate(self) -> None:
        self.more_button.set_name(self.tr("More"))
        retranslate_acts(self)
        self.copy_button.set_action(self.copy_act)

    def _draw(self, drawing: Drawing) -> None:
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg

        self._drawn = drawing(look.chart_style())
        canvas: QWidget = FigureCanvasQTAgg(self._drawn.figure)  # type: ignore[no-untyped-call]
        canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        old, self._canvas = self._canvas, canvas
        canvas.setParent(self.place)
        self._cover()
        canvas.show()
        canvas.lower()
        if old is not None:
            old.hide()
            old.deleteLater()
        self._fill_table()

    def _cover(self) -> None:
        """Canvas and surface fill the place."""
        for widget in (self._canvas, self.surface):
            if widget is not None:
                widget.setGeometry(self.place.rect())
        self.surface.show_drawn(self._drawn, self.devicePixelRatioF())

    def _fill_table(self) -> None:
        """One row a label, one column a series: what a screen reader gets, and who wants to read the numbers."""
        rows: dict[str, dict[str, str]] = {}
        for mark in self.marks():
            rows.setdefault(mark.label, {})[mark.series] = mark.said
        names = list(dict.fromkeys(mark.series for mark in self.marks()))
        across = self._drawn.axes.get_xlabel() if self._drawn else ""
        columns: list[Column[Any]] = [Column(across or self.tr("Month"), lambda pair: pair[0])]
        columns += [Column(name, partial(_said, name), align="right") for name in names]
        self._rows: RowsModel[Any] = RowsModel(columns, self, identity=lambda pair: pair[0])
        self._rows.show_rows(list(rows.items()))
        self.table.setModel(self._rows)
        self.table.set_widths(*(None for _ in columns))

    # acts

    def copy_picture(self) -> None:
        """Put the chart on the clipboard, as it is seen."""
        if self._canvas is not None:
            QGuiApplication.clipboard().setPixmap(self._canvas.grab())
            self._desk.tell(self.tr("Copied"))

    def ask_where(self) -> None:
        """Ask for a file and save the chart in it."""
        kinds = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
        path, _ = QFileDialog.getSaveFileName(self.window(), self.tr("Save chart"), f"{self.title.text()}.png", kinds)
        if path:
            self.save_to(Path(path))

    def save_to(self, path: Path) -> None:
        """Write the chart as PNG, SVG or PDF, by the file's ending."""
        if self._drawn is None:
            return
        try:
            self._drawn.figure.savefig(path, dpi=PRINT_DPI)
        except OSError:
            self._desk.gateway.troubled.emit(StorageError("disk_trouble"))
            return
        self._desk.tell(self.tr("Saved: {path}").format(path=path.name))

    def show_numbers(self) -> None:
        """Change between chart and numbers."""
        self._pages.setCurrentIndex(1 if self.numbers_act.isChecked() else 0)

    def _on_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([self.copy_act, self.save_act, self.numbers_act])
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.place and event.type() == QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)


def _said(series: str, row: tuple[str, dict[str, str]]) -> str:
    """What one series says in one row of the table."""
    return row[1].get(series, "")


class _Place(QWidget):
    """Where the canvas lies; it gives way down to a height that can still be read."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """As little as can be read: a page that scrolls asks for what its parts would like, and takes it."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(240), px(LEAST_HIGH))


def warm_up() -> None:
    """Import what drawing needs, on any thread: half a second that nobody has to wait for."""
    import matplotlib.backends.backend_agg  # noqa: F401
