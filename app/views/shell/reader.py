"""A chapter of the handbook as it is read: Markdown in the look in force, its pictures no wider than the page."""

import re
from collections.abc import Iterator

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QPainter,
    QResizeEvent,
    Qt,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit

from app.resources import chapters
from app.views.shared import look
from app.views.shared.look import px
from app.views.shared.tokens import Role

PICTURE = re.compile(r"\]\((pictures/[^)]+)\)")
PICTURE_SIGN = "\ufffc"
HEADINGS: dict[int, Role] = {1: "title", 2: "section"}
COLUMNS = (20, 30, 20, 30)
LINE = 145
"""Percent of the face: a page is read longer than a form."""


class Reader(QTextBrowser):
    """Links lead to other chapters and are told by `followed`; words can be marked and stepped through."""

    followed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.chapter, self.language = chapters.CHAPTERS[0], ""
        self._words, self._found = "", 0
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.anchorClicked.connect(lambda url: self.followed.emit(url.path().removesuffix(".md")))

    def show_chapter(self, chapter: str, language: str) -> None:
        """Show a chapter from its beginning."""
        self.chapter, self.language = chapter, language
        self.setAccessibleName(chapters.title(chapter, language))
        self._lay()
        self.verticalScrollBar().setValue(0)

    def mark(self, words: str) -> int:
        """Mark these words wherever they stand, and go to the first; how many places there are."""
        self._words, self._found = words, 0
        places = list(self._places())
        self.setExtraSelections([_marked(place) for place in places])
        if places:
            self._go(places[0])
        return len(places)

    def go_on(self, step: int) -> None:
        """Go to the next place that is marked, or with −1 to the one before; round at the ends."""
        places = list(self._places())
        if places:
            self._found = (self._found + step) % len(places)
            self._go(places[self._found])

    def relook(self) -> None:
        """In other colours or larger; what was being read stays in sight."""
        if self.language:
            self._lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.relook()

    def _lay(self) -> None:
        bar, document = self.verticalScrollBar(), QTextDocument()
        read = bar.value() / (bar.maximum() or 1)
        written = chapters.text(self.chapter, self.language)
        document.setDefaultFont(look.font())
        document.setDocumentMargin(px(4))
        document.setIndentWidth(px(20))
        document.setMarkdown(written)
        for name in PICTURE.findall(written):
            document.addResource(QTextDocument.ResourceType.ImageResource, QUrl(name), self._picture(name))
        _dress(document)
        self.setDocument(document)
        self._document = document
        """Held here: a page that is laid anew in place of another would begin with a line of that one."""
        self.setExtraSelections([_marked(place) for place in self._places()])
        bar.setValue(round(read * bar.maximum()))

    def _picture(self, name: str) -> QImage:
        """As wide as it was drawn, or as the page is; framed, since it is often as light as the page."""
        kept = (chapters.folder(self.language) / name).read_bytes()
        image = QImage.fromData(kept).convertToFormat(QImage.Format.Format_RGB32)
        ratio = self.devicePixelRatioF()
        wide = min(px(image.width()), self.viewport().width() - px(12))
        image = image.scaledToWidth(max(1, round(wide * ratio)), Qt.TransformationMode.SmoothTransformation)
        p = QPainter(image)
        p.setPen(look.colour("line"))
        p.drawRect(image.rect().adjusted(0, 0, -1, -1))
        p.end()
        image.setDevicePixelRatio(ratio)
        return image

    def _places(self) -> Iterator[QTextCursor]:
        place = self.document().find(self._words) if self._words else QTextCursor()
        while not place.isNull():
            yield place
            place = self.document().find(self._words, place)

    def _go(self, place: QTextCursor) -> None:
        """With what is said before and after it in sight."""
        self.setTextCursor(place)
        bar, page = self.verticalScrollBar(), self.viewport().height()
        bar.setValue(bar.value() + self.cursorRect(place).top() - page // 3)


def _marked(place: QTextCursor) -> QTextEdit.ExtraSelection:
    marked = QTextEdit.ExtraSelection()
    marked.cursor = place
    marked.format.setBackground(look.colour("gold_soft"))
    marked.format.setForeground(look.colour("ink"))
    return marked


def _dress(document: QTextDocument) -> None:
    """What Markdown says of a text, in the faces and colours of the program."""
    block = document.begin()
    while block.isValid():
        _dress_block(block)
        block = block.next()


def _dress_block(block: QTextBlock) -> None:
    level, cursor = block.blockFormat().headingLevel(), QTextCursor(block)
    table = cursor.currentTable()
    shape = QTextBlockFormat()
    shape.setLineHeight(
        100 if block.text() == "\ufffc" else LINE, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    )
    shape.setTopMargin(px(18 if level == 2 else 0))
    shape.setBottomMargin(px(0 if table else 4 if block.textList() else 8))
    cursor.mergeBlockFormat(shape)
    if table is not None and table.firstPosition() == block.position():
        _dress_table(table)
    for start, end, dress in list(_dresses(block, level)):
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(dress)


def _dress_table(table: QTextTable) -> None:
    """All tables are of keys, two on a line: their columns stand one below the other down the page."""
    framed, of_page = table.format(), QTextLength.Type.PercentageLength
    framed.setBorder(0)
    framed.setCellPadding(px(3))
    framed.setCellSpacing(0)
    framed.setWidth(QTextLength(of_page, 100))
    framed.setColumnWidthConstraints([QTextLength(of_page, share) for share in COLUMNS])
    table.setFormat(framed)


def _dresses(block: QTextBlock, level: int) -> Iterator[tuple[int, int, QTextCharFormat]]:
    place = block.begin()
    while not place.atEnd():
        fragment: QTextFragment = place.fragment()
        dress = _dress_of(fragment.charFormat(), level)
        if dress is not None:
            yield fragment.position(), fragment.position() + fragment.length(), dress
        place += 1


def _dress_of(said: QTextCharFormat, level: int) -> QTextCharFormat | None:
    """Of a heading, a link, a key or a heavier word; none where the page's own face will do."""
    if level:
        dress = _faced(look.font(HEADINGS.get(level, "strong")), look.colour("ink"))
        dress.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)  # Markdown's own, on top of the role's size
        return dress
    if said.anchorHref():
        return _faced(look.font(), look.colour("accent_text"))
    if said.fontFixedPitch():
        dress = _faced(look.font("small", weight=600), look.colour("ink2"))
        dress.setBackground(look.colour("pressed"))
        return dress
    if said.fontWeight() > look.font().weight():
        return _faced(look.font("strong"), look.colour("ink"))
    return None


def _faced(face, colour: QColor) -> QTextCharFormat:  # type: ignore[no-untyped-def]
    dress = QTextCharFormat()
    dress.setFont(face, QTextCharFormat.FontPropertiesInheritanceBehavior.FontPropertiesAll)
    dress.setForeground(colour)
    return dress
