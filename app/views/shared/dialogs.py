"""The one door for dialogs: real modal QDialogs that stand inside their window, over a veil."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar, Literal

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QLayout, QScrollArea, QWidget
from shiboken6 import isValid

from app.views.shared import look, paint, reading_order
from app.views.shared.buttons import Button, IconButton
from app.views.shared.cards import Rule
from app.views.shared.forms import Form
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import Scroll, column, row
from app.views.shared.look import px
from app.views.shared.naming import name_parts
from app.views.shared.tokens import RADIUS_DIALOG
from app.views.shared.veil import Veil

Width = Literal[480, 640, 680, 760, 960]
_SHADOW = paint.SHADOW_WIDTH
_MARGINS = (24 + _SHADOW, 20 + _SHADOW, 24 + _SHADOW, 16 + _SHADOW)
_drafts: dict[str, dict[str, Any]] = {}
_LET_THROUGH = (Qt.Key.Key_F1, Qt.Key.Key_F8)
"""Keys of the window that work over every dialog too: a complaint does not wait, nor does a question."""


class Dialog(QDialog):
    """A title, a body, the primary at the bottom right and Esc beside it.

    Enter or Ctrl+Enter says `submitted`; the caller acts and calls `accept()`. Nothing blocks: `present()` shows it.
    With a form and a `draft` name, what was typed is kept when Esc closes it and is there when it opens again.
    """

    submitted = Signal()
    begins_empty: ClassVar[bool] = True
    """Whether the keyboard begins at the first field that is empty, and not at the first of all."""

    def __init__(
        self,
        parent: QWidget,
        *,
        width: Width = 480,
        draft: str | None = None,
        kind: Literal["primary", "danger"] = "primary",
    ) -> None:
        super().__init__(parent.window(), Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        self._width, self._draft, self._form = width, draft, None
        self._veils: list[Veil] = []
        self._before: QWidget | None = None
        self._fresh: dict[str, Any] = {}
        self._make_parts(kind)
        self.retranslate()
        look.follow(self.relook)

    _form: Form | None

    def _make_parts(self, kind: Literal["primary", "danger"]) -> None:
        self.title, self.caption = PlainLabel("", "title"), ElidedLabel("", "small", tone="ink2")
        self.quit = IconButton("ph.x", key="Esc")
        self.quit.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.note = ElidedLabel("", "caption", tone="ink2")
        self.cancel = Button("", "quiet", key="Esc")
        self.primary = Button("", kind, key="Ctrl+Return" if kind == "primary" else None)
        self.primary.setDefault(kind == "primary")
        self.body = column(gap=12)
        self._scroll = _BodyScroll(_Body(self.body))
        self._scroll.grown.connect(self._on_grown)
        self.footer = row((self.note, 1), self.cancel, self.primary, gap=8)
        self._page = column(
            row(self.title, (self.caption, 1), self.quit, gap=10),
            (self._scroll, 1),
            Rule(),
            self.footer,
            gap=16,
            margins=_MARGINS,
        )
        self.setLayout(self._page)
        self.quit.clicked.connect(self.reject)
        self.cancel.clicked.connect(self.reject)
        self.primary.clicked.connect(self._on_primary)
        self.finished.connect(self._on_finished)

    def set_title(self, words: str, caption: str = "") -> None:
        """Word the title and what stands after it."""
        self.title.setText(words)
        self.caption.setText(caption)
        self.setWindowTitle(words)
        name_parts(self, words, by_hint=True)

    def set_note(self, words: str) -> None:
        """A quiet line at the left of the buttons, such as what saving will bring about."""
        self.note.setText(words)

    def set_form(self, form: Form) -> None:
        """Put a form into the body; Enter in it saves."""
        self._form = form
        self.body.add(form)
        form.submitted.connect(self.submitted)

    def present(self) -> None:
        """Show the dialog over its window; the focus goes to its first empty field, or to the first."""
        root = self._root()
        self._before = self._window().focusWidget()
        if not root.findChildren(Veil, options=Qt.FindChildOption.FindDirectChildrenOnly):
            self._veils.append(Veil(root))
        under = QApplication.activeModalWidget()
        if isinstance(under, Dialog) and under is not self:
            self._veils.append(Veil(under, under.card, px(RADIUS_DIALOG)))
        root.installEventFilter(self)
        self._take_up_draft()
        name_parts(self, self.title.text(), by_hint=True)
        self._place()
        self.show()
        if self._form:
            self._form.focus_first(empty=self.begins_empty)
        elif not self.primary.isDefault():
            self.cancel.setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """Word what is the dialog's own."""
        self.cancel.setText(self.tr("Cancel"))
        self.quit.set_name(self.tr("Close"))

    def relook(self) -> None:
        if self.isVisible():
            self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self.isVisible():
            self._place()
        return False

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as the eye does, whenever each part was made, and from the last part to the first."""
        now = self.focusWidget()
        if now is None:
            return super().focusNextPrevChild(forward)
        target = reading_order.neighbour(self, now, forward=forward)
        if target is None:
            target = next(iter(reading_order.stops(self)[:: 1 if forward else -1]), None)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return target is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.primary.isDefault():
            self.primary.click()
            return
        if event.key() in _LET_THROUGH and (action := _act_of(self._root(), event.key())):
            action.trigger()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        card = self.card()
        paint.shadow(p, card, px(RADIUS_DIALOG))
        paint.box(p, card, px(RADIUS_DIALOG), "raised", "line")
        p.end()

    def card(self) -> QRect:
        """The visible part, without the room for its shadow."""
        room = px(paint.SHADOW_WIDTH)
        return self.rect().adjusted(room, room, -room, -room)

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        self.update()

    def _window(self) -> QWidget:
        window = self.parentWidget()
        assert window is not None
        return window

    def _root(self) -> QWidget:
        """The window under it all: a dialog over a dialog stands in the same one."""
        root = self._window()
        while isinstance(root, Dialog):
            root = root._window()
        return root

    def _place(self) -> None:
        """In the middle of its window, and never larger than it."""
        window, room = self._root(), px(paint.SHADOW_WIDTH)
        wide = min(px(self._width), window.width() - px(16)) + 2 * room
        self.setFixedWidth(wide)
        self._scroll.setFixedWidth(wide - 2 * room - 2 * px(24))
        self._page.activate()
        high = min(self.sizeHint().height(), window.height() - px(16) + 2 * room)
        self.resize(wide, high)
        middle = window.mapToGlobal(QPoint(0, 0)) + QPoint((window.width() - wide) // 2, (window.height() - high) // 2)
        self.move(middle)

    def _on_grown(self) -> None:
        if self.isVisible():
            self._place()

    def _on_primary(self) -> None:
        if self._form:
            self._form.submit()
        else:
            self.submitted.emit()

    def _take_up_draft(self) -> None:
        if self._form is None:
            return
        self._fresh = self._form.values()
        kept = _drafts.get(self._draft or "")
        if kept:
            self._form.set_values(kept)
            self.set_note(self.note.text() or self.tr("Your words from before are still here"))

    def _on_finished(self, result: int) -> None:
        if self._draft and self._form:
            self._keep_draft(result == QDialog.DialogCode.Accepted)
        self._root().removeEventFilter(self)
        while self._veils:
            if isValid(veil := self._veils.pop()):  # what it lay over may have gone first
                veil.setParent(None)
                veil.deleteLater()
        self._window().activateWindow()
        if self._before is not None and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_draft(self, saved: bool) -> None:
        assert self._draft is not None and self._form is not None
        if saved or self._form.values() == self._fresh:
            _drafts.pop(self._draft, None)
        else:
            _drafts[self._draft] = self._form.values()


class _Body(QWidget):
    """Asks a scroll area for the least it needs: in a low window its lists and pages give way before it scrolls."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setLayout(layout)

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        return layout.totalMinimumHeightForWidth(width) if layout else -1


class _BodyScroll(Scroll):
    """As high as what is in it, for as long as the window has the room."""

    grown = Signal()

    def __init__(self, inner: QWidget) -> None:
        super().__init__(inner, least=24)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """A key may take the focus to what has been scrolled away, or to what has only just found its place."""
        if now is not None and self.isAncestorOf(now):
            QTimer.singleShot(0, self, self._show_focused)

    def _show_focused(self) -> None:
        now = QApplication.focusWidget()
        if now is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self.grown.emit()
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        inner = self.widget() or self
        hint, layout = inner.sizeHint(), inner.layout()
        if layout is not None and layout.hasHeightForWidth():
            hint.setHeight(layout.totalHeightForWidth(self.width()))
        return hint


def _act_of(window: QWidget, key: int) -> QAction | None:
    return next((action for action in window.actions() if action.shortcut() == QKeySequence(key)), None)


def put_draft(name: str, values: dict[str, Any]) -> None:
    """Give a dialog of this draft what was kept elsewhere, unless it has something of its own."""
    _drafts.setdefault(name, values)


def forget_drafts() -> None:
    """Drop every draft, as when the shop is locked or closed."""
    _drafts.clear()


def ask(parent: QWidget, title: str, question: str, yes: str, on_yes: Callable[[], object]) -> Dialog:
    """Ask one question; `yes` words the primary, and `on_yes` runs after it."""
    dialog = Dialog(parent)
    dialog.set_title(title)
    dialog.body.add(_paragraph(question))
    dialog.primary.setText(yes)
    dialog.submitted.connect(dialog.accept)
    dialog.accepted.connect(on_yes)
    dialog.present()
    return dialog


def confirm_destructive(parent: QWidget, title: str, loss: str, button: str, on_yes: Callable[[], object]) -> Dialog:
    """Confirm what cannot be undone: `loss` names what is lost, `button` says what it deletes and how many.

    Enter never confirms: the button is red, is no default, and the focus is on Cancel.
    """
    dialog = Dialog(parent, kind="danger")
    dialog.set_title(title)
    dialog.body.add(_paragraph(loss))
    dialog.primary.setText(button)
    dialog.submitted.connect(dialog.accept)
    dialog.accepted.connect(on_yes)
    dialog.present()
    return dialog


def show_trouble(
    parent: QWidget,
    title: str,
    sentence: str,
    ways_out: Sequence[tuple[str, Callable[[], object]]] = (),
    *,
    details: str = "",
) -> Dialog:
    """Tell of trouble with the disk or the file; the first way out is the primary, the others stand beside it."""
    dialog = Dialog(parent)
    dialog.set_title(title)
    dialog.body.add(_paragraph(sentence))
    if details:
        dialog.body.add(PlainLabel(details, "caption", tone="ink3", wrap=True))
    words, act = ways_out[0] if ways_out else (QCoreApplication.translate("Dialog", "Close"), lambda: None)
    dialog.primary.setText(words)
    dialog.cancel.setVisible(bool(ways_out))
    dialog.submitted.connect(dialog.accept)
    dialog.accepted.connect(act)
    for words, other in ways_out[1:]:
        dialog.footer.insertWidget(1, _closing(dialog, words, other))
    dialog.present()
    return dialog


def picture(window: QWidget) -> QPixmap:
    """A window as it is seen, with the dialogs that stand in it; for print, screenshots and tests."""
    image = window.grab()
    p = QPainter(image)
    for dialog in window.findChildren(Dialog):
        if dialog.isVisible():
            at = dialog.pos() - window.mapToGlobal(QPoint(0, 0))
            dialog.render(p, at, renderFlags=QWidget.RenderFlag.DrawChildren)
    p.end()
    return image


def _closing(dialog: Dialog, words: str, act: Callable[[], object]) -> Button:
    button = Button(words)
    button.clicked.connect(dialog.reject)
    button.clicked.connect(act)
    return button


def _paragraph(words: str) -> PlainLabel:
    return PlainLabel(words, "body", tone="ink2", wrap=True)
