"""Ctrl+K: find anybody and anything, do anything, without leaving the keyboard."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.services import search
from app.services.search import Case, Hit, HitKind
from app.views.search.finds import FindList
from app.views.search.hints import Hints
from app.views.search.sections import Section, acts_found, sections_of
from app.views.shared import look, paint
from app.views.shared.actions import Act
from app.views.shared.avatars import Glyph
from app.views.shared.cards import Rule
from app.views.shared.desk import (
    Desk,
    LogComplaint,
    NewCustomer,
    OpenComplaint,
    OpenCustomer,
    Request,
    SellGoods,
    SellTo,
    ShowGoods,
)
from app.views.shared.fields import LineEdit
from app.views.shared.hit_rows import FoundRow, Marked
from app.views.shared.keys import keycap
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_DIALOG
from app.views.shared.veil import Veil

WIDE, TOP, MOST_HIGH, LIMIT = 640, 72, 500, 6
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OWN_KEYS = {Qt.Key.Key_F8, Qt.Key.Key_Escape, *ENTER}


class Palette(QWidget):
    """An overlay of its window. What is chosen is asked of the desk; an act is triggered."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent.window())
        self._window = parent.window()
        self.setObjectName("palette")
        self.desk = desk
        self._acts: Sequence[Act] = ()
        self._veil: Veil | None = None
        self._before: QWidget | None = None
        self.edit, self.count = LineEdit(height=44), PlainLabel("", "small", tone="ink2")
        self.edit.setProperty("bare", "true")
        self.finds, self.hints = FindList(), Hints()
        head = row(
            Glyph("ph.magnifying-glass", "accent_text", 18), (self.edit, 1), self.count, gap=8, margins=(20, 6, 20, 6)
        )
        self.setLayout(column(head, Rule(), (self.finds, 1), Rule(), self.hints, gap=0, margins=paint.SHADOW_WIDTH))
        self.edit.installEventFilter(self)
        self.edit.textChanged.connect(self._on_typed)
        self.finds.taken.connect(self._open)
        self._window.installEventFilter(self)
        self.hide()
        self.retranslate()
        look.follow(self.relook)

    def set_acts(self, acts: Sequence[Act]) -> None:
        """What can be done from here."""
        self._acts = [action for action in acts if action.objectName() != "edit.find"]

    def open_palette(self, words: str = "") -> None:
        """Show it, empty or with words already typed, and take the focus."""
        if self.isHidden():
            self._before = self._window.focusWidget()
            self._veil = Veil(self._window)
        self.edit.setText(words)
        self._on_typed(words)
        self.show()
        self.raise_()
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def close_palette(self) -> None:
        """Hide it and give the focus back."""
        self.hide()
        if self._veil is not None:
            self._veil.setParent(None)  # at once: what the palette opens lays a veil of its own
            self._veil.deleteLater()
            self._veil = None
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        self.edit.setPlaceholderText(self.tr("A name, pinyin, any digits, goods, C- for complaints, > for acts"))
        self.edit.setAccessibleName(self.tr("Find anything"))
        self.hints.retranslate()

    def relook(self) -> None:
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self.edit and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._on_key(event)
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, room = QPainter(self), paint.SHADOW_WIDTH
        card = self.rect().adjusted(px(room), px(room), -px(room), -px(room))
        paint.shadow(p, card, px(RADIUS_DIALOG))
        paint.box(p, card, px(RADIUS_DIALOG), "raised", "line")
        p.end()

    def _is_ours(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        digit = Qt.Key.Key_2 <= event.key() <= Qt.Key.Key_9
        return event.key() in OWN_KEYS or (control and (digit or event.key() in (Qt.Key.Key_N, Qt.Key.Key_K)))

    def _on_key(self, event: QKeyEvent) -> bool:
        key, control = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.finds.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Escape or (control and key == Qt.Key.Key_K):
            self.close_palette()
        elif key in ENTER:
            self._take(self.finds.chosen(), sell=control)
        elif key == Qt.Key.Key_F8:
            self._complain(self.finds.chosen())
        elif control and key == Qt.Key.Key_N:
            self._leave_for(NewCustomer(self.edit.text().strip()))
        elif control and Qt.Key.Key_2 <= key <= Qt.Key.Key_9:
            self._take(self.finds.at_place(key - Qt.Key.Key_1))
        else:
            return False
        return True

    def _on_typed(self, words: str) -> None:
        only_acts = words.startswith(">")
        typed = words[1:].strip() if only_acts else words.strip()
        hits = self.desk.gateway.read(search.find, typed, LIMIT) if typed and not only_acts else []
        sections = [*sections_of(hits, self.desk), Section(self.tr("To do"), self._rows_of_acts(typed, only_acts))]
        self.finds.show_sections(sections)
        self.count.setText(self.tr("%n result(s)", "", len(hits)) if typed and not only_acts else "")
        self._place()

    def _rows_of_acts(self, typed: str, only_acts: bool) -> list[FoundRow]:
        found = acts_found(self._acts, typed, 12 if only_acts else 3) if typed or only_acts else []
        if typed and not only_acts:
            found = [self._new_customer(typed), *found]
        return found or acts_found(self._acts, "", 6)

    def _new_customer(self, typed: str) -> FoundRow:
        title = self.tr("New customer “{words}”").replace("{words}", typed)
        hint = self.tr("A name or a phone is enough")
        ask = NewCustomer(typed)
        return FoundRow("new", Marked(title), (Marked(hint),), None, keycap("Ctrl+N"), "ph.user-plus", "", ask)

    def _open(self, found: object) -> None:
        self._take(found if isinstance(found, FoundRow) else None)

    def _take(self, found: FoundRow | None, *, sell: bool = False) -> None:
        if found is None:
            return
        what = found.what
        if isinstance(what, QAction):
            self.close_palette()
            what.trigger()
        elif isinstance(what, Hit):
            self._take_hit(what, sell)
        elif what is not None:
            self._leave_for(what)

    def _take_hit(self, hit: Hit, sell: bool) -> None:
        if hit.kind is HitKind.CUSTOMER:
            self._leave_for(SellTo(hit.id) if sell else OpenCustomer(hit.id))
        elif hit.kind is HitKind.COMPLAINT:
            self._leave_for(OpenComplaint(hit.id))
        else:
            self._leave_for(SellGoods(hit.id) if sell else ShowGoods(hit.id))

    def _complain(self, found: FoundRow | None) -> None:
        hit = found.what if found else None
        if isinstance(hit, Hit) and hit.kind is HitKind.CUSTOMER:
            self._leave_for(LogComplaint(hit.id))
        elif isinstance(hit, Hit) and isinstance(hit.of, Case):
            self._leave_for(LogComplaint(hit.of.customer_id))
        else:
            self._leave_for(LogComplaint(None))

    def _leave_for(self, request: Request) -> None:
        self.close_palette()
        self.desk.ask(request)

    def _place(self) -> None:
        window, room = self._window, px(paint.SHADOW_WIDTH)
        wide = min(px(WIDE), window.width() - px(32)) + 2 * room
        most = min(px(MOST_HIGH), window.height() - px(TOP) - px(16)) + 2 * room
        self.setFixedWidth(wide)
        fixed = px(44 + 12) + self.hints.sizeHint().height() + 2 + 2 * room
        high = min(most, fixed + self.finds.wanted_height())
        self.setGeometry((window.width() - wide) // 2, px(TOP) - room, wide, high)
