"""Every part renders in both themes at every text scale, without a warning and without being cut."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.shared import look
from app.views.shared.buttons import Button
from app.views.shared.chips import Chip
from app.views.shared.labels import PlainLabel
from app.views.shared.look import Theme
from tests.shared.gallery import Gallery


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK])
@pytest.mark.parametrize("scale", [1.0, 1.25, 1.5, 2.0])
def test_no_part_is_narrower_than_its_words(qtbot: QtBot, qapp: QApplication, theme: Theme, scale: float) -> None:
    gallery = Gallery()
    qtbot.addWidget(gallery)
    look.apply(qapp, theme=theme, scale=scale)
    gallery.resize(int(1366 * scale), int(1000 * scale))
    gallery.show()
    image = gallery.grab().toImage()
    assert image.pixelColor(2, 2) == look.colour("canvas")
    for part in [*gallery.findChildren(Button), *gallery.findChildren(Chip)]:
        assert part.width() >= part.sizeHint().width()
    for label in gallery.findChildren(PlainLabel):
        if label.isVisible() and not label.wordWrap():
            assert label.width() >= label.sizeHint().width(), label.text()
