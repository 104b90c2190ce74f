"""Draws every scene of a shop to PNG, dialogs over their window, as a person would see them."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QPoint,
    QSettings,
    QSize,
    Qt,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.bootstrap import Clock, open_shop
from app.services import customers
from app.views.search.palette import Palette
from app.views.shared import look
from app.views.shared.dialogs import forget_drafts
from app.views.shared.gateway import Gateway
from app.views.shared.toasts import Toasts
from app.views.shell.first_run import FirstRun
from app.views.shell.scenes import SCENES, Scene
from app.views.shell.start import Session, application, dressed
from app.views.shell.window import Window

RENDER = QWidget.RenderFlag.DrawWindowBackground | QWidget.RenderFlag.DrawChildren


@dataclass(frozen=True, slots=True)
class Setting:
    """One way of looking at the program."""

    language: str
    theme: look.Theme
    size: tuple[int, int] = (1366, 768)
    ratio: int = 1
    text: int = 100

    @property
    def suffix(self) -> str:
        parts = [self.language, self.theme.value]
        parts += [f"{self.size[0]}x{self.size[1]}"] if self.size != (1366, 768) else []
        parts += [f"text-{self.text}"] if self.text != 100 else []
        parts += [f"{self.ratio}x"] if self.ratio != 1 else []
        return "-".join(parts)


def draw_all(
    shop: Path, folder: Path, settings: list[Setting], *, clock: Clock, scenes: Sequence[str] = ()
) -> list[dict[str, str]]:
    """PNGs in `folder`, of the scenes whose names fit a pattern or of all; answers one {name, file} a picture."""
    chosen = [scene for scene in SCENES if any(fnmatchcase(scene.name, each) for each in scenes or ["*"])]
    folder.mkdir(parents=True, exist_ok=True)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder / ".settings"))
    with _quiet():
        return [picture for setting in settings for picture in _draw(shop, folder, setting, clock, chosen)]


def _tell(_kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    sys.stderr.write(f"{words}\n")


@contextmanager
def _quiet() -> Iterator[None]:
    """Qt's offscreen drawing says of every window that it cannot hint at its size; nobody need read that."""

    def hear(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        if "propagateSizeHints" not in words:
            (before or _tell)(kind, context, words)

    before = qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(before)


def index(folder: Path, pictures: list[dict[str, str]]) -> None:
    """Say what the folder holds, in `index.json`."""
    (folder / "index.json").write_text(json.dumps({"screens": pictures}, indent=1), encoding="utf-8")


def _draw(shop: Path, folder: Path, setting: Setting, clock: Clock, scenes: list[Scene]) -> Iterator[dict[str, str]]:
    with sitting(shop, setting, clock) as session:
        window, customer = session.window, somebody(session.gateway)
        for scene in scenes:
            scene.play(window, customer)
            file = f"{scene.name}-{setting.suffix}.png"
            picture(window, session.gateway, setting.ratio).save(str(folder / file))
            close_dialogs(window)
            yield {"name": scene.name, "file": file}


@contextmanager
def sitting(shop: Path, setting: Setting, clock: Clock) -> Iterator[Session]:
    """The window on a shop, dressed for its pictures; gone afterwards."""
    interpreter = dressed(application(), language=setting.language, theme=setting.theme, scale=setting.text / 100)
    session = Session(open_shop(shop, clock=clock), interpreter)
    window = session.window
    window.resize(*setting.size)
    window.show()
    try:
        yield session
    finally:
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def somebody(gateway: Gateway) -> int:
    """Who the pictures are about: with an open complaint, so that the brake is seen, and the most to tell."""
    waiting = [one.customer_id for one in gateway.read(customers.held_back)]
    return max(waiting, key=lambda customer: gateway.read(customers.timeline_count, customer))


def picture(window: Window, gateway: Gateway, ratio: int = 1) -> QImage:
    """The window with whatever stands over it, once everything asked for has arrived."""
    for _ in range(4):
        gateway.settle()
        QApplication.processEvents()
    image = QImage(window.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    window.render(painter, QPoint(0, 0), renderFlags=RENDER)
    for dialog in dialogs(window):
        corner = window.mapFromGlobal(dialog.mapToGlobal(QPoint(0, 0)))
        painter.drawImage(corner, _transparent(dialog, ratio))
    painter.end()
    return image


def dialogs(window: QWidget) -> list[QDialog]:
    """What stands over the window now."""
    return [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]


def close_dialogs(window: QWidget) -> None:
    """Close what stands over the window, keeping no draft."""
    for dialog in dialogs(window):
        dialog.reject()
    for overlay in window.findChildren(Palette):
        overlay.close_palette()
    for toasts in window.findChildren(Toasts):
        toasts.dismiss()
    for page in window.findChildren(FirstRun):
        page.setParent(None)
        page.deleteLater()
    forget_drafts()
    QApplication.processEvents()


def _transparent(dialog: QDialog, ratio: int) -> QImage:
    image = QImage(QSize(dialog.size()) * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    dialog.render(painter, QPoint(0, 0), renderFlags=RENDER)
    painter.end()
    return image
