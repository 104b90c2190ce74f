"""A picture of a case in full: ← and → go to the others."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QImageReader, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.complaints import AttachmentRow
from app.views.shared import paint
from app.views.shared.buttons import Button, IconButton
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import row
from app.views.shared.look import px
from app.views.shared.tokens import RADIUS_CONTROL

HIGH, LONGEST = 440, 2400
OPENED = tuple(
    f".{kind}"
    for kinds in (
        ("jpg", "jpeg", "png", "gif", "bmp", "webp", "heic", "tif", "tiff"),
        ("pdf", "txt", "csv", "docx", "xlsx", "pptx", "odt", "ods"),
        ("mp3", "m4a", "wav", "amr", "ogg", "mp4", "mov", "m4v", "3gp", "webm"),
    )
    for kind in kinds
)
"""What the system may open. Anything else could be a program: only the folder it lies in is shown."""


def found(desk: Desk, file: AttachmentRow) -> Path | None:
    """Where a file of a case lies; None, and said, where it is gone."""
    return desk.gateway.with_files(lambda files: files.path_of(file.stored, file.name))


def open_outside(desk: Desk, path: Path) -> None:
    """Let the system open a file, or show the folder of one that could be a program."""
    if path.suffix in OPENED:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        return
    words = QCoreApplication.translate("Files", "A file of this kind is not opened from here; this is its folder")
    desk.tell(words)
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def read_picture(path: Path, longest: int = LONGEST) -> QImage:
    """A picture no longer than so many pixels, turned as its camera says; a null image where it is none."""
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and max(size.width(), size.height()) > longest:
        reader.setScaledSize(size.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class PictureView(QWidget):
    """A picture as large as its room."""

    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        self.setFixedHeight(px(HIGH))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_picture(self, image: QImage) -> None:
        self.image = image
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.box(p, self.rect(), px(RADIUS_CONTROL), "sunken")
        if not self.image.isNull():
            p.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            shown = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRect(0, 0, shown.width(), shown.height())
            place.moveCenter(self.rect().center())
            p.drawImage(place, self.image)
        p.end()


class PictureDialog(Dialog):
    """One picture after another; Enter and Esc go back to the case."""

    def __init__(self, desk: Desk, parent: QWidget, files: Sequence[AttachmentRow], first: AttachmentRow) -> None:
        super().__init__(parent, width=760)
        self._desk, self.files, self.place = desk, list(files), list(files).index(first)
        self.view, self.facts = PictureView(), ElidedLabel("", "caption", tone="ink2")
        self.before, self.after = IconButton("ph.caret-left", key="Left"), IconButton("ph.caret-right", key="Right")
        self.outside = Button("", "quiet")
        self.body.add(self.view, row((self.facts, 1), self.before, self.after, gap=8))
        self.footer.insertWidget(1, self.outside)
        self.cancel.hide()
        self.before.clicked.connect(lambda: self.step(-1))
        self.after.clicked.connect(lambda: self.step(1))
        self.outside.clicked.connect(self._on_outside)
        self.submitted.connect(self.accept)
        self._word()
        self.step(0)

    def _word(self) -> None:
        self.primary.setText(self.tr("Close"))
        self.outside.setText(self.tr("Open in another program"))
        self.before.set_name(self.tr("The picture before"))
        self.after.set_name(self.tr("The next picture"))

    def step(self, by: int) -> None:
        """Show the picture so many places on."""
        self.place = max(0, min(self.place + by, len(self.files) - 1))
        file = self.files[self.place]
        path = found(self._desk, file)
        self.view.show_picture(read_picture(path) if path else QImage())
        self.set_title(file.name, f"{self.place + 1} / {len(self.files)}")
        moment = f"{file.at.astimezone(self._desk.zone):%Y-%m-%d %H:%M}"
        self.facts.setText(" · ".join((moment, f"{self.view.image.width()} × {self.view.image.height()}")))
        self.before.setEnabled(self.place > 0)
        self.after.setEnabled(self.place < len(self.files) - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps:
            self.step(steps[Qt.Key(event.key())])
            return
        super().keyPressEvent(event)

    def _on_outside(self) -> None:
        file = self.files[self.place]
        path = found(self._desk, file)
        if path:
            open_outside(self._desk, path)
