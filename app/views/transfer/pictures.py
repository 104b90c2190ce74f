"""Makes a picture of a contact card small enough to be kept with a customer."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

LARGEST = 320
MOST_BYTES = 64 * 1024
MOST_PIXELS = 40_000_000
QUALITIES = (85, 70, 50, 30)


def shrink(data: bytes) -> bytes | None:
    """A JPEG of at most 64 kB, None for what is no picture. May be called on any thread."""
    raw = QByteArray(data)
    buffer = QBuffer(raw)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if not size.isValid() or size.width() * size.height() > MOST_PIXELS:
        return None
    image = reader.read()
    if image.isNull():
        return None
    if max(image.width(), image.height()) > LARGEST:
        smooth = Qt.TransformationMode.SmoothTransformation
        image = image.scaled(QSize(LARGEST, LARGEST), Qt.AspectRatioMode.KeepAspectRatio, smooth)
    return next((jpeg for quality in QUALITIES if len(jpeg := _jpeg(image, quality)) <= MOST_BYTES), None)


def _jpeg(image: QImage, quality: int) -> bytes:
    written = QByteArray()
    buffer = QBuffer(written)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.convertToFormat(QImage.Format.Format_RGB32).save(buffer, "JPG", quality)  # type: ignore[call-overload]
    return bytes(written.data())
