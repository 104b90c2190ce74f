"""The picture of a person on their card: chosen, pasted or dropped, made small, shown round, taken off again."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, Qt
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QGuiApplication,
    QImage,
    QImageReader,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.services import customers
from app.services.customers import Card
from app.views.shared import focus
from app.views.shared.avatars import Avatar
from app.views.shared.desk import Desk

SIDE, MOST_BYTES = 320, 64 * 1024
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


def small_jpeg(image: QImage) -> bytes:
    """A square from the middle of a picture, at most SIDE wide and 64 kB large; nothing of what is no picture."""
    if image.isNull():
        return b""
    side = min(image.width(), image.height())
    middle = image.copy((image.width() - side) // 2, (image.height() - side) // 2, side, side)
    smooth = Qt.TransformationMode.SmoothTransformation
    shown = middle.scaled(min(side, SIDE), min(side, SIDE), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    plain = QImage(shown.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)  # a JPEG knows nothing of what shines through
    p = QPainter(plain)
    p.drawImage(0, 0, shown)
    p.end()
    tries = (_jpeg(plain, quality) for quality in (88, 75, 60, 45, 30))
    return next((jpeg for jpeg in tries if len(jpeg) <= MOST_BYTES), b"")


def read_picture(path: str) -> QImage:
    """A picture file, turned as its camera says; a null image where it is none."""
    reader = QImageReader(path)
    reader.setAutoTransform(True)
    return reader.read()


def _jpeg(image: QImage, quality: int) -> bytes:
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", quality)  # type: ignore[call-overload]
    return bytes(held.data())


class PhotoAvatar(Avatar):
    """The avatar of the card: Enter or a click offers to choose, paste or take off; Ctrl+V and a drop set it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(48, parent=parent)
        self._desk, self._card = desk, None
        self.image = QImage()
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    _card: Card | None

    def show_card(self, card: Card) -> None:
        """Show somebody's photo, or their initials."""
        self._card = card
        jpeg = self._desk.gateway.read(customers.photo, card.id) if card.has_photo else None
        self.image = QImage.fromData(jpeg) if jpeg else QImage()
        self.setAccessibleName(self.tr("Photo of {name}").replace("{name}", card.name))
        self.show_person(card.name, card.id)
        self.setEnabled(card.erased_at is None)

    def menu(self) -> QMenu:
        """What can be done with the photo."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Choose a picture…"), self._choose)
        paste = menu.addAction(self.tr("Paste the picture") + "\tCtrl+V", self.paste)
        paste.setEnabled(QGuiApplication.clipboard().mimeData().hasImage())
        if not self.image.isNull():
            menu.addAction(self.tr("Take the picture off"), self.drop)
        return menu

    def keep(self, image: QImage) -> None:
        """Make this the picture of the person."""
        if self._card is None:
            return
        said = self.tr("Picture of {name} kept").replace("{name}", self._card.name)
        self._desk.gateway.write(customers.set_photo, self._card.id, small_jpeg(image), said=said)

    def paste(self) -> None:
        """Take the picture that was copied."""
        self.keep(QGuiApplication.clipboard().image())

    def drop(self) -> None:
        """Keep no picture of the person."""
        if self._card is not None:
            said = self.tr("Picture of {name} taken off").replace("{name}", self._card.name)
            self._desk.gateway.write(customers.drop_photo, self._card.id, said=said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTERS:
            self._offer()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.key() == Qt.Key.Key_Delete and not self.image.isNull():
            self.drop()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._offer()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        given = event.mimeData()
        if given.hasUrls():
            self.keep(read_picture(given.urls()[0].toLocalFile()))
        elif given.hasImage():
            self.keep(QImage(given.imageData()))
        event.acceptProposedAction()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        focus.came(self, event.reason())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.image.isNull():
            super().paintEvent(event)
            return
        p, ring = QPainter(self), QPainterPath()
        p.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        ring.addEllipse(self.rect())
        p.setClipPath(ring)
        p.drawImage(self.rect(), self.image, QRect(QPoint(0, 0), self.image.size()))
        p.end()

    def _offer(self) -> None:
        menu = self.menu()
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _choose(self) -> None:
        kinds = self.tr("Pictures") + " (*.jpg *.jpeg *.png *.bmp *.gif)"
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a picture"), "", kinds)
        if path:
            self.keep(read_picture(path))
