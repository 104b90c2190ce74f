"""Choosing a customer anywhere: type a name, pinyin or digits, take one from the list, or add them on the spot."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QListView, QStackedLayout, QWidget

from app.domain.search_keys import query
from app.services import customers, search
from app.services.customers import CustomerDraft, CustomerRow, Labelled
from app.services.search import Hit, HitKind
from app.views.shared import look, paint
from app.views.shared.avatars import paint_avatar
from app.views.shared.badges import badge_width, paint_badge
from app.views.shared.buttons import IconButton
from app.views.shared.compound_field import CompoundField
from app.views.shared.desk import Desk
from app.views.shared.fields import LineEdit
from app.views.shared.hit_rows import FoundDelegate, FoundRow, Marked, found_row
from app.views.shared.layouts import column
from app.views.shared.look import px
from app.views.shared.people_words import tail, tier_badge
from app.views.shared.rows_model import RowRole, RowsModel
from app.views.shared.tokens import RADIUS_CONTROL

AT_MOST, _ROW, _SHOWN = 8, 52, 5


class CustomerPicker(CompoundField):
    """A field that holds one customer or none.

    `chosen` tells what a person chose (an id, or None for anonymous); `choose` fills the field without telling.
    Backspace in a filled field clears it. With `allow_anonymous` an empty field is an answer, and Enter gives it.
    """

    chosen = Signal(object)

    def __init__(
        self, desk: Desk, parent: QWidget | None = None, allow_anonymous: bool = True, *, height: int = 36
    ) -> None:
        super().__init__(parent)
        self._desk, self._anonymous, self._height = desk, allow_anonymous, height
        self._id: int | None = None
        self.edit = LineEdit(icon="ph.magnifying-glass", height=height)
        self.person = _Chosen(height)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.edit)
        self._pages.addWidget(self.person)
        self._pages.setContentsMargins(0, 0, 0, 0)
        self.setFocusProxy(self.edit)
        self.tell_in(self.edit)
        self.popup = _Finds(self)
        self._connect()
        self.retranslate()
        look.follow(self.relook)

    @property
    def customer_id(self) -> int | None:
        """The customer in the field."""
        return self._id

    def choose(self, customer_id: int | None) -> None:
        """Fill the field, or empty it, without telling anyone."""
        found = self._desk.gateway.read(customers.rows, [customer_id]) if customer_id is not None else []
        self._id = found[0].id if found else None
        self.edit.clear()
        self.set_error("")
        self.popup.hide()
        if found:
            self.person.show_person(found[0])
        page: QWidget = self.person if found else self.edit
        had_focus = self.edit.hasFocus() or self.person.hasFocus()
        self._pages.setCurrentWidget(page)
        self.setFocusProxy(page)
        if had_focus:
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> int | None:
        """As a field of a form: the id."""
        return self._id

    def set_value(self, value: Any) -> None:
        self.choose(value)

    def retranslate(self) -> None:
        if self._anonymous:
            self.edit.setPlaceholderText(self.tr("Name, pinyin, any digits; empty: anonymous"))
        else:
            self.edit.setPlaceholderText(self.tr("Name, pinyin, any digits"))
        self.person.cross.set_name(self.tr("Choose somebody else"))

    def relook(self) -> None:
        self.setFixedHeight(px(self._height))

    def sizeHint(self) -> QSize:
        return QSize(px(280), px(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), px(self._height))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys in the field move in the list under it; the field never loses the focus to it."""
        if watched is self.edit and event.type() == QEvent.Type.FocusOut:
            self.popup.hide()
            self.left.emit()
        if watched is self.edit and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._on_typed)
        self.popup.taken.connect(self._on_taken)
        self.person.cleared.connect(self._on_cleared)
        self.person.typed.connect(self._on_typed_over)

    def _on_key(self, event: QKeyEvent) -> bool:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in steps and self.popup.isVisible():
            self.popup.step(steps[Qt.Key(key)])
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not control:
            return self._on_enter()
        if key == Qt.Key.Key_Escape and (self.popup.isVisible() or self.edit.text()):
            self.edit.clear()
            self.popup.hide()
            return True
        if key == Qt.Key.Key_Backspace and not self.edit.text() and self._anonymous:
            self._tell(None)
            return True
        return False

    def _on_enter(self) -> bool:
        from app.views.shared.scanned import lost_card

        if why := lost_card(self._desk, self.edit.text()):
            self.set_error(why)
            self.popup.hide()
            return True
        if self.popup.isVisible():
            self.popup.take()
            return True
        if self._anonymous and not self.edit.text():
            self._tell(None)
            return True
        return False

    def _on_typed(self, words: str) -> None:
        if self._id is not None or not self.isVisible():
            return
        found = self._desk.gateway.read(search.find, words, AT_MOST, (HitKind.CUSTOMER,)) if words.strip() else []
        rows = [found_row(hit, self._desk) for hit in found]
        if words.strip():
            rows.append(self._new_row(words.strip()))
        self.popup.show_rows(rows)

    def _new_row(self, words: str) -> FoundRow:
        title = self.tr("New customer “{words}”").replace("{words}", words)
        hint = self.tr("A name or a phone is enough")
        return FoundRow("new", Marked(title), (Marked(hint),), icon="ph.user-plus", hue="accent", what=words)

    def _on_taken(self, row: FoundRow) -> None:
        if isinstance(row.what, Hit):
            self._take(row.what.id)
        else:
            self._add(str(row.what))

    def _add(self, words: str) -> None:
        said = self.tr("Added {name}").replace("{name}", words)
        added = self._desk.gateway.write(customers.add, _draft(words), at=self._desk.now(), said=said)
        if added is not None:
            self._take(added)

    def _take(self, customer_id: int) -> None:
        self.choose(customer_id)
        self._tell(customer_id)

    def _on_cleared(self) -> None:
        self.choose(None)
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell(None)

    def _on_typed_over(self, words: str) -> None:
        self._on_cleared()
        self.edit.setText(words)

    def _tell(self, customer_id: int | None) -> None:
        self.chosen.emit(customer_id)
        self.changed.emit(customer_id)


def _draft(words: str) -> CustomerDraft:
    """Mostly digits is a phone, anything else a name."""
    digits = "".join(part for part in query(words).words if part.isdigit())
    if len(digits) >= 5 and len(digits) * 2 > len(words):
        return CustomerDraft(phones=(Labelled(words),))
    return CustomerDraft(name=words)


class _Chosen(QWidget):
    """The customer in the field: picture, name, tier and last digits, and a cross."""

    cleared = Signal()
    typed = Signal(str)

    def __init__(self, height: int) -> None:
        super().__init__()
        self._row: CustomerRow | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.cross = IconButton("ph.x")
        self.cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cross.setParent(self)
        self.cross.clicked.connect(self.cleared)

    def show_person(self, row: CustomerRow) -> None:
        self._row = row
        self.setAccessibleName(row.name)
        self.update()

    def resizeEvent(self, _event: object) -> None:
        hint = self.cross.sizeHint()
        top = (self.height() - hint.height()) // 2
        self.cross.setGeometry(self.width() - hint.width() - px(4), top, hint.width(), hint.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.cleared.emit()
        elif event.text().strip() and event.text().isprintable() and not event.modifiers() & _COMMANDS:
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, row = QPainter(self), self._row
        focused = self.hasFocus()
        paint.box(p, self.rect(), px(RADIUS_CONTROL), "surface", "accent" if focused else "edge", 2 if focused else 1)
        if row is not None:
            self._paint_person(p, row)
        p.end()

    def _paint_person(self, p: QPainter, row: CustomerRow) -> None:
        side = px(24)
        spot = QRect(px(7), (self.height() - side) // 2, side, side)
        paint_avatar(p, spot, row.name, row.id)
        badge, left = tier_badge(row.tier), spot.right() + px(8)
        room = QRect(left, 0, self.cross.x() - left - badge_width(badge) - px(12), self.height())
        x = left + paint.say(p, room, row.name, "strong") + px(8)
        x = paint_badge(p, x, self.height() // 2, badge) + px(8)
        if row.phone:
            rest = QRect(x, 0, max(0, self.cross.x() - x - px(4)), self.height())
            paint.say(p, rest, tail(row.phone), "small", "ink2")


class _Finds(QFrame):
    """The list under the field: a child of the window, so that the field keeps the focus and the input method."""

    taken = Signal(object)

    def __init__(self, picker: CustomerPicker) -> None:
        super().__init__(picker)
        self._picker = picker
        self.hide()
        self.list = QListView()
        self.model: RowsModel[FoundRow] = RowsModel((), self, spoken=lambda row: row.spoken)
        self.list.setModel(self.model)
        self.list.setItemDelegate(FoundDelegate(height=_ROW, parent=self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.viewport().setAutoFillBackground(False)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(lambda index: self.taken.emit(index.data(RowRole)))
        self.setLayout(column(self.list, margins=6))

    def show_rows(self, rows: list[FoundRow]) -> None:
        """Show these finds under the field, or hide when there are none."""
        self.model.show_rows(rows)
        if not rows:
            self.hide()
            return
        self._place(len(rows))
        self.list.setCurrentIndex(self.model.index(0, 0))
        self.list.scrollToTop()
        self.show()
        self.raise_()

    def step(self, by: int) -> None:
        """Move the choice."""
        place = max(0, min(self.list.currentIndex().row() + by, self.model.rowCount() - 1))
        self.list.setCurrentIndex(self.model.index(place, 0))

    def take(self) -> None:
        """Take the row that is chosen."""
        row = self.list.currentIndex().data(RowRole)
        if row is not None:
            self.taken.emit(row)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.box(p, self.rect(), px(RADIUS_CONTROL), "raised", "edge")
        p.end()

    def _place(self, many: int) -> None:
        """Under the field, or over it where there is more room."""
        window = self._picker.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        top = self._picker.mapTo(window, QPoint(0, 0))
        below = window.height() - (top.y() + self._picker.height()) - px(12)
        wanted = px(12) + px(_ROW) * min(many, _SHOWN)
        under = below >= min(wanted, px(12 + _ROW * 2)) or below >= top.y()
        high = min(wanted, below if under else top.y() - px(12))
        y = top.y() + self._picker.height() + px(4) if under else top.y() - high - px(4)
        self.setGeometry(top.x(), y, max(self._picker.width(), px(320)), high)


_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
