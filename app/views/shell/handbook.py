"""The handbook over the window: the chapters at the left, the one that is read beside them, words to look for."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.resources import chapters
from app.views.shared import look
from app.views.shared.actions import act
from app.views.shared.buttons import Button
from app.views.shared.cards import Rule
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit
from app.views.shared.layouts import box, column, row
from app.views.shared.lists import RowList, RowView
from app.views.shared.look import px
from app.views.shared.rows_model import Column, RowsModel
from app.views.shell.reader import Reader
from app.views.shell.requests import topmost

if TYPE_CHECKING:
    from app.views.shell.window import Window

SIDE, AROUND, LEAST = 196, 176, 160
"""The width of the list; what stands above and below the page; the least height of the page."""
CHAPTER_OF = {
    "today": "today-and-follow-ups",
    "customers": "customers",
    "followups": "today-and-follow-ups",
    "complaints": "complaints",
    "till": "till",
    "members": "points-and-tiers",
    "insights": "insights",
    "settings": "first-day",
    "rewards": "cards-and-coupons",
    "duplicates": "look-alikes",
    "products": "goods",
    "points": "points-and-tiers",
    "trial": "points-and-tiers",
}
"""Where F1 opens the handbook, by the screen that is shown."""
OF_SETTINGS = {
    "points": "points-and-tiers",
    "cards": "cards-and-coupons",
    "till": "till",
    "care": "complaints",
    "rules": "today-and-follow-ups",
    "scripts": "customers",
    "fields": "customers",
    "safety": "safety",
    "trail": "safety",
}


class HandbookDialog(Dialog):
    """Ctrl+F looks for words in all chapters, Enter goes to the next place; Alt+← goes back the way of the links."""

    def __init__(self, parent: QWidget, chapter: str) -> None:
        super().__init__(parent, width=960)
        self._trail: list[str] = []
        self.field = LineEdit(icon="ph.magnifying-glass", key="Ctrl+F", clear=True)
        self.names: RowsModel[RowView] = RowsModel([Column("", lambda view: view.title)], self)
        self.list = RowList(height=38)
        self.list.setModel(self.names)
        self.reader = Reader()
        self.back = Button("", "quiet", icon="ph.arrow-left")
        self.back_act = act(self, "handbook.back", lambda: self.tr("Back"), self.go_back, key="Alt+Left")
        self.find_act = act(self, "handbook.find", lambda: self.tr("Find"), self._to_field, key="Ctrl+F")
        self.back.set_action(self.back_act)
        self.footer.insertWidget(1, self.back)
        self._side = box(column(self.field, (self.list, 1), gap=8))
        self.body.add(box(row(self._side, Rule(vertical=True), (self.reader, 1), gap=16)))
        self.cancel.hide()
        self._listen()
        self._word()
        self.show_chapter(chapter)

    def _listen(self) -> None:
        self.field.installEventFilter(self)
        self.field.changed.connect(lambda _typed: self._on_typed())
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda _row: self.reader.setFocus(Qt.FocusReason.OtherFocusReason))
        self.reader.followed.connect(self._on_followed)
        self.submitted.connect(self.accept)

    def present(self) -> None:
        self._fit()
        super().present()
        self.reader.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_chapter(self, chapter: str) -> None:
        """Open the handbook there."""
        if self.reader.chapter != chapter or not self.reader.language:
            self.reader.show_chapter(chapter, look.current().language)
        self.list.choice.choose(chapter)
        self._mark()
        self.back_act.setEnabled(bool(self._trail))
        self.back.setVisible(bool(self._trail))

    def look_for(self, words: str) -> None:
        """Look for words in all chapters."""
        self.field.set_value(words)
        self._on_typed()

    def go_back(self) -> None:
        """To the chapter whose link was followed."""
        if self._trail:
            self.show_chapter(self._trail.pop())

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "back"):
            self._word()
            self.reader.show_chapter(self.reader.chapter, look.current().language)

    def relook(self) -> None:
        if hasattr(self, "back"):
            self.reader.relook()
            self._fit()
        super().relook()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field:
            return event.type() == QEvent.Type.KeyPress and self._on_key(event)
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_F1:  # the handbook is open
            super().keyPressEvent(event)

    def _word(self) -> None:
        self.set_title(self.tr("Handbook"))
        self.primary.setText(self.tr("Close"))
        self.field.setPlaceholderText(self.tr("Find"))
        self.field.setAccessibleName(self.tr("Find in the handbook"))
        self.list.setAccessibleName(self.tr("Chapters"))
        self.back_act.retranslate()
        self._show_names()

    def _fit(self) -> None:
        """The page takes what the window leaves; in a slim window the list stays behind Ctrl+F."""
        root = self._root()
        self._side.setFixedWidth(px(SIDE))
        self._side.setVisible(root.width() > px(3 * SIDE))
        self.reader.setFixedHeight(max(px(LEAST), root.height() - px(AROUND)))

    def _show_names(self) -> None:
        """Those in which the words stand that are looked for; all when none are."""
        language, words = look.current().language, self.field.value()
        found = [each for each in chapters.CHAPTERS if words.casefold() in chapters.plain(each, language).casefold()]
        views = [RowView(each, chapters.title(each, language), picture="none") for each in found]
        with QSignalBlocker(self.list):  # a row that goes would choose another
            self.names.show_rows(views)
            self.list.choice.choose(self.reader.chapter)

    def _on_typed(self) -> None:
        self._show_names()
        shown = [str(view.id) for view in self.names.rows]
        self.show_chapter(self.reader.chapter if self.reader.chapter in shown or not shown else shown[0])

    def _mark(self) -> None:
        words = self.field.value()
        places = self.reader.mark(words)
        said = self.tr("%n place(s) in this chapter", "", places) if places else self.tr("Nothing is found")
        self.set_note(said if words else "")

    def _on_key(self, event: Any) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.reader.go_on(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
            return True
        if event.key() == Qt.Key.Key_Escape and self.field.text():
            self.field.clear()
            self._on_typed()
            return True
        if event.key() == Qt.Key.Key_Down:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return False

    def _on_chosen(self, view: RowView | None) -> None:
        if view is not None and view.id != self.reader.chapter:
            self._trail.clear()
            self.show_chapter(str(view.id))

    def _on_followed(self, chapter: str) -> None:
        if chapter in chapters.CHAPTERS:
            self._trail.append(self.reader.chapter)
            self.show_chapter(chapter)

    def _to_field(self) -> None:
        self._side.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()


def chapter_of(window: "Window") -> str:
    """The chapter about what is on screen."""
    shown: Any = window.pages.currentWidget()
    name = next((name for name, screen in window.screens.items() if screen is shown), "")
    if name == "settings" and (view := shown.list.choice.row()) is not None:
        return OF_SETTINGS.get(str(view.id), CHAPTER_OF[name])
    return CHAPTER_OF.get(name, chapters.CHAPTERS[0])


def open_handbook(window: "Window") -> HandbookDialog:
    """Open the handbook where it tells of what is on screen."""
    dialog = HandbookDialog(topmost(window), chapter_of(window))
    dialog.present()
    return dialog
