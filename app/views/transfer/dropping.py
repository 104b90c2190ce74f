"""What is dropped on the wizard, or chosen for it: one file, perhaps a whole shop."""

from pathlib import Path

from PySide6.QtGui import QDropEvent

from app.services import transfer


def is_archive(path: Path) -> bool:
    """A whole shop is shown by a dialog of its own; what cannot be opened is told by the look at the file."""
    try:
        return transfer.is_archive(path)
    except OSError:
        return False


def dropped(event: QDropEvent) -> Path | None:
    """The file that is dragged, when it is one."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
