"""The files of a case: added by button, drop or paste, pictures shown small, opened in full, taken off again."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractButton, QFileDialog, QMenu, QWidget

from app.services import complaints
from app.services.complaints import AttachmentRow, Case
from app.views.complaints.picture import PictureDialog, found, open_outside, read_picture
from app.views.shared import focus, look, paint
from app.views.shared.buttons import Button
from app.views.shared.desk import Desk
from app.views.shared.flow import Flow
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CONTROL

SIDE = 72
WATCHED_SIZE = 8 * 1024 * 1024
"""A larger file is copied on a worker thread."""


class FileTile(QAbstractButton):
    """One file: Enter or a click opens it, Delete takes it off, the menu key offers the rest."""

    removed = Signal()
    asked = Signal(QPoint)

    def __init__(self, file: AttachmentRow, image: QImage) -> None:
        super().__init__()
        self.file, self._image = file, image
        self.setText(file.name)
        self.setAccessibleName(file.name)
        self.setToolTip(f"{file.name} · {size_words(file.size)}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.follow(self.relook)

    def relook(self) -> None:
        self.setFixedSize(px(SIDE), px(SIDE + 20))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.asked.emit(event.globalPos())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())

    def paintEvent(self, _event: QPaintEvent) -> None:
        p, side = QPainter(self), self.width()
        spot = QRect(0, 0, side, side)
        paint.box(p, spot, px(RADIUS_CONTROL), "sunken", "line")
        if self._image.isNull():
            paint.glyph(p, paint.square(spot.center(), px(28)), "ph.file", "ink2")
        else:
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            shown = self._image.size().scaled(spot.size() - QSize(px(6), px(6)), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(QPoint(0, 0), shown)
            place.moveCenter(spot.center())
            p.drawImage(place, self._image)
        under = QRect(0, side + px(2), side, self.height() - side - px(2))
        paint.say(p, under, self.file.name, "caption", "ink2")
        p.end()


class FilesStrip(QWidget):
    """All files of one case, and the button that adds some. Files may be dropped anywhere on the page it stands on."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.case: Case | None = None
        self._small: dict[str, QImage] = {}
        self.title, self.hint = PlainLabel("", "strong"), PlainLabel("", "caption", tone="ink3")
        self.add = Button("", "link", key="Alt+F", size="small")
        self._flow = Flow()
        self._shown = box(self._flow)
        self.tiles: list[FileTile] = []
        self.setLayout(column(row(self.title, None, self.add), self.hint, self._shown, gap=6))
        self.add.clicked.connect(self.choose)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Files"))
        self.add.setText(self.tr("Add files…"))
        self.hint.setText(self.tr("Drop pictures or receipts here, or paste one with Ctrl+V"))

    def show_files(self, case: Case) -> None:
        """Show the files of a case."""
        self.case = case
        for tile in self.tiles:
            self._flow.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        self.tiles = [self._tile(file) for file in case.attachments]
        for tile in self.tiles:
            self._flow.addWidget(tile)
        self.hint.setVisible(not self.tiles)
        self._shown.setVisible(bool(self.tiles))

    def take(self, given: QMimeData) -> bool:
        """Take in what was dropped or copied; False where it is neither a file nor a picture."""
        paths = [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
        if paths:
            self.add_files(paths)
        elif given.hasImage():
            self.add_picture(QImage(given.imageData()))
        return bool(paths) or given.hasImage()

    def paste(self) -> None:
        """Take in what was copied."""
        if not self.take(QGuiApplication.clipboard().mimeData()):
            self.desk.tell(self.tr("Nothing to paste: copy a picture or a file first"))

    def add_files(self, paths: Sequence[Path]) -> None:
        """Keep these files with the case shown now; one that cannot be kept is told, the others are kept."""
        if self.case is None:
            return
        attach = self._attach_to(self.case.card.id)
        for path in paths:
            if _size(path) > WATCHED_SIZE:
                self.hint.setText(self.tr("Copying {name}…").replace("{name}", path.name))
                self.hint.show()
                copying = self.desk.gateway.with_files_later(partial(_kept, path))
                copying.answered.connect(attach)
                copying.ended.connect(self.retranslate)
            else:
                attach(self.desk.gateway.with_files(partial(_kept, path)))

    def add_picture(self, image: QImage) -> None:
        """Keep a picture that lies in memory."""
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        moment = self.desk.now().astimezone(self.desk.zone)
        name = self.tr("Picture {moment}").replace("{moment}", f"{moment:%Y-%m-%d %H%M%S}")
        data = bytes(held.data())
        if self.case is not None:
            kept = self.desk.gateway.with_files(lambda files: files.keep_bytes(data, f"{name}.png"))
            self._attach_to(self.case.card.id)(kept)

    def open(self, file: AttachmentRow) -> None:
        """A picture is shown here, what the system may open by the system; of anything else the folder."""
        path = found(self.desk, file)
        if path is None or self.case is None:
            return
        if not read_picture(path, SIDE).isNull():
            pictures = [one for one in self.case.attachments if one.mime.startswith("image/")]
            self.shown = PictureDialog(self.desk, self, pictures or [file], file)
            self.shown.present()
        else:
            open_outside(self.desk, path)

    def remove(self, file: AttachmentRow) -> None:
        """Take a file off the case."""
        said = self.tr("{name} taken off").replace("{name}", file.name)
        self.desk.gateway.write(complaints.detach, file.id, at=self.desk.now(), said=said)

    def menu(self, file: AttachmentRow) -> QMenu:
        """What can be done with a file."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Open"), lambda: self.open(file))
        menu.addAction(self.tr("Save a copy…"), lambda: self._save(file))
        menu.addAction(self.tr("Take it off") + "\tDel", lambda: self.remove(file))
        return menu

    def _tile(self, file: AttachmentRow) -> FileTile:
        tile = FileTile(file, self._thumbnail(file))
        tile.clicked.connect(lambda: self.open(file))
        tile.removed.connect(lambda: self.remove(file))
        tile.asked.connect(lambda at: self.menu(file).popup(at))
        return tile

    def _thumbnail(self, file: AttachmentRow) -> QImage:
        if file.stored not in self._small:
            path = self.desk.gateway.files.folder / file.stored
            picture = file.mime.startswith("image/")
            self._small[file.stored] = read_picture(path, SIDE * 2) if picture else QImage()
        return self._small[file.stored]

    def _attach_to(self, case: int) -> Callable[[object], None]:
        """Lets this case have a file that was kept, whichever is shown by then, and be the dialog closed meanwhile."""
        desk, said = self.desk, self.tr("{name} added")

        def attach(kept: object) -> None:
            if kept is not None:
                words = said.replace("{name}", getattr(kept, "name", ""))
                desk.gateway.write(complaints.attach, case, kept, at=desk.now(), said=words)

        return attach

    def choose(self) -> None:
        """Ask for files."""
        paths, _ = QFileDialog.getOpenFileNames(self, self.tr("Add files"))
        self.add_files([Path(path) for path in paths])

    def _save(self, file: AttachmentRow) -> None:
        target, _ = QFileDialog.getSaveFileName(self, self.tr("Save a copy"), file.name)
        if target:
            self.desk.gateway.with_files(lambda files: files.hand_out(file.stored, file.name, Path(target)))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.take(event.mimeData()):
            event.acceptProposedAction()


def size_words(size: int) -> str:
    """Bytes in the unit a person reads."""
    if size < 1 << 20:
        return f"{max(1, round(size / 1024))} kB"
    return f"{size / (1 << 20):.1f} MB"


def _kept(source: Path, files: Any) -> Any:
    return files.keep(source)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
