"""One lane of the board: its name and count, and the cards in it, which can be chosen, opened, moved and dropped."""

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QSizePolicy, QWidget

from app.domain.complaints import MOVES, ComplaintState
from app.views.complaints.card import CardDelegate, CardView
from app.views.shared import look, paint
from app.views.shared.buttons import Button
from app.views.shared.choice import Choice
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.rows_model import RowRole, RowsModel
from app.views.shared.tokens import RADIUS_CARD

MIME = "application/x-regulars-case"


class LaneList(QListView):
    """The cards of a lane. Arrows up and down choose, left and right leave for the next lane, Enter opens."""

    opened = Signal(object)
    chosen = Signal(object)
    sideways = Signal(int)
    came = Signal()
    dropped = Signal(int, str)
    """A card was let go here: its id and the state it comes from."""

    def __init__(self, state: ComplaintState) -> None:
        super().__init__()
        self.lane, self._hint, self._over = state, "", False
        self.cards = CardDelegate(self)
        self.rows: RowsModel[CardView] = RowsModel((), self, spoken=lambda view: view.spoken)
        self._pressed: QPoint | None = None
        self._dress()
        self.setItemDelegate(self.cards)
        self.setModel(self.rows)
        self.choice = Choice(self)
        self.choice.watch(self.rows)
        self.choice.changed.connect(self.chosen)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(RowRole)))
        look.follow(self.relook)

    def _dress(self) -> None:
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.viewport().setAutoFillBackground(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def say_hint(self, words: str) -> None:
        """What the empty lane says."""
        self._hint = words
        self.viewport().update()

    def set_active(self, active: bool) -> None:
        """Only the lane in use shows which card is chosen."""
        self.cards.active = active
        self.viewport().update()

    def relook(self) -> None:
        self.verticalScrollBar().setSingleStep(px(20))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(176), px(160))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows.rowCount():
            self.choice.choose_place(0)
        self.came.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in _SIDEWAYS and plain:
            self.sideways.emit(_SIDEWAYS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            if self.currentIndex().isValid():
                self.opened.emit(self.choice.row())
        elif event.text() and event.text().isprintable() and plain:
            event.ignore()  # single letters are no search by first letter
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = event.position().toPoint() if left else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not event.buttons() & Qt.MouseButton.LeftButton or self._pressed is None:
            super().mouseMoveEvent(event)
            return
        far = (event.position().toPoint() - self._pressed).manhattanLength()
        index = self.indexAt(self._pressed)
        if far >= QApplication.startDragDistance() and index.isValid():
            self._pressed = None
            self._drag(index.data(RowRole))

    def _drag(self, view: CardView) -> None:
        drag = QDrag(self)
        drag.setMimeData(load(view.id, self.lane))
        drag.setPixmap(self._picture(view))
        drag.exec(Qt.DropAction.MoveAction)

    def _picture(self, view: CardView) -> QPixmap:
        rect = self.visualRect(self.rows.index(self.rows.place_of(view.id) or 0, 0))
        return self.viewport().grab(rect)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._welcome(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._welcome(event)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._mark(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self._mark(False)
        carried = unload(event.mimeData())
        if carried is None or self.lane not in MOVES[carried[1]]:
            event.ignore()
            return
        event.acceptProposedAction()
        self.dropped.emit(carried[0], carried[1].value)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = QPainter(self.viewport())
        if self._over:
            paint.box(p, self.viewport().rect(), px(RADIUS_CARD), "accent_soft", "accent")
        if not self.rows.rowCount():
            room = QRect(px(4), 0, self.viewport().width() - px(8), px(20))
            paint.say(p, room, self._hint, "caption", "ink3")
        p.end()
        super().paintEvent(event)

    def _welcome(self, event: QDragMoveEvent) -> None:
        carried = unload(event.mimeData())
        fits = carried is not None and self.lane in MOVES[carried[1]]
        self._mark(fits)
        event.setAccepted(fits)

    def _mark(self, over: bool) -> None:
        if over != self._over:
            self._over = self.cards.plain = over
            self.viewport().update()


def load(complaint_id: int, state: ComplaintState) -> QMimeData:
    """A case on its way to another lane."""
    data = QMimeData()
    data.setData(MIME, f"{complaint_id} {state.value}".encode())
    return data


def unload(data: QMimeData) -> tuple[int, ComplaintState] | None:
    """The id of a case and the lane it comes from; None where something else is dragged."""
    if not data.hasFormat(MIME):
        return None
    key, state = bytes(data.data(MIME).data()).decode().split()
    return int(key), ComplaintState(state)


class LaneView(QWidget):
    """A lane with its head; `more` asks for the cards that are not shown."""

    more = Signal()

    def __init__(self, state: ComplaintState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lane = state
        self.name, self.count = ElidedLabel("", "strong", weight=600), PlainLabel("", "small", tone="ink2")
        self.caption = ElidedLabel("", "caption", tone="ink3", align="right")
        self.list = LaneList(state)
        self.rest = Button("", "link", size="small")
        self.rest.clicked.connect(self.more)
        self.rest.hide()
        head = row(self.name, self.count, (self.caption, 1), gap=_GAP, margins=(_EDGE, 0, _EDGE, 0))
        self.setLayout(column(head, (self.list, 1), row(self.rest, None), gap=8))

    def show_cards(self, views: list[CardView], count: int) -> None:
        """Show these cards of so many."""
        self.list.rows.show_rows(views)
        self.list.scheduleDelayedItemsLayout()
        self.count.setText(paint.figure(count))
        self.rest.setVisible(count > len(views))
        self.rest.setText(self.tr("%n more", "", count - len(views)))

    def say(self, name: str, caption: str, hint: str) -> None:
        """Word the lane."""
        self.name.setText(name)
        self.caption.setText(caption)
        self.list.setAccessibleName(name)
        self.list.say_hint(hint)
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """The caption is said whole or not at all; the name of the lane never gives way to it."""
        heads = sum(part.sizeHint().width() for part in (self.name, self.count, self.caption))
        self.caption.setVisible(heads + 2 * px(_GAP) + 2 * px(_EDGE) <= self.width())


_GAP, _EDGE = 8, 4
_SIDEWAYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
