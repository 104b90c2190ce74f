"""A change of theme or text scale reaches every part at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.views.shared import icons, look
from app.views.shared.buttons import Button
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import column
from app.views.shared.look import Theme
from app.views.shared.tokens import DARK, LIGHT, TYPE


def test_a_forced_theme_tells_the_system_too(qapp: QApplication) -> None:
    look.apply(qapp, theme=Theme.DARK)
    assert look.current().dark
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.canvas)
    assert DARK.surface in qapp.styleSheet()
    look.apply(qapp, theme=Theme.LIGHT)
    assert not look.current().dark
    assert LIGHT.surface in qapp.styleSheet()


def test_the_hub_speaks_once_per_change(qtbot: QtBot, qapp: QApplication) -> None:
    heard: list[float] = []
    look.hub().changed.connect(lambda: heard.append(look.current().scale))
    with qtbot.waitSignal(look.hub().changed):
        look.apply(qapp, scale=1.5)
    assert heard == [1.5]


def test_the_scale_stays_between_one_and_two(qapp: QApplication) -> None:
    assert look.apply(qapp, scale=3).scale == 2.0
    assert look.apply(qapp, scale=0.5).scale == 1.0


def test_parts_grow_with_the_text_scale(qtbot: QtBot, qapp: QApplication) -> None:
    page, button, label = QWidget(), Button("Charge", "primary"), PlainLabel("Charge")
    qtbot.addWidget(page)
    page.setLayout(column(button, 16, label, gap=8, margins=16))
    small = (button.sizeHint().width(), page.sizeHint().height())
    look.apply(qapp, scale=2.0)
    assert button.height() == 64
    assert label.height() == 40
    layout = page.layout()
    assert layout is not None
    assert layout.contentsMargins().left() == 32
    assert button.sizeHint().width() > 1.8 * small[0]
    assert page.sizeHint().height() == 2 * small[1]


def test_one_line_is_as_high_in_chinese_as_in_english(qtbot: QtBot) -> None:
    heights = {PlainLabel(words, role).height() for role in ("body",) for words in ("沈静怡", "Joanna")}
    assert heights == {TYPE["body"].line}


def test_figures_all_have_one_width() -> None:
    metrics = QFontMetrics(look.font("figure"))
    assert {metrics.horizontalAdvance(digit * 4) for digit in "0123456789"} == {metrics.horizontalAdvance("0000")}


def test_only_faces_that_exist_are_named_and_han_comes_first_where_chinese_is_typed(qapp: QApplication) -> None:
    families = look.font("body").families()
    assert families == list(look.families_present()) == look.font("body", editable=True).families()
    look.apply(qapp, language="zh_CN")
    typed = look.font("body", editable=True).families()
    assert sorted(typed) == sorted(families)
    if "Noto Sans CJK SC" in families:
        assert typed[0] == "Noto Sans CJK SC"
        assert QFontInfo(look.font("body", editable=True)).family() == "Noto Sans CJK SC"


def test_a_chart_gets_plain_strings_of_the_theme_in_force(qapp: QApplication) -> None:
    assert look.chart_style().ground == LIGHT.surface
    look.apply(qapp, theme=Theme.DARK, scale=2.0)
    style = look.chart_style()
    assert style.series == (DARK.accent, DARK.gold, DARK.blue)
    assert style.caption_points == 18


def test_a_part_that_is_gone_is_not_asked_again(qapp: QApplication, qtbot: QtBot) -> None:
    holder = QObject()
    label = PlainLabel("gone")
    label.deleteLater()
    qtbot.waitUntil(lambda: not _alive(label))
    look.apply(qapp, scale=1.5)
    assert holder.parent() is None


def _alive(label: QLabel) -> bool:
    try:
        label.text()
    except RuntimeError:
        return False
    return True


def test_names_from_files_are_never_read_as_markup(qtbot: QtBot) -> None:
    label = PlainLabel("<b>Ann</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    elided = ElidedLabel("<b>Ann</b> and a name that is far too long for its place")
    qtbot.addWidget(elided)
    elided.resize(60, 20)
    elided.show()
    assert elided.toolTip().startswith("&lt;b&gt;")
    elided.resize(2000, 20)
    assert elided.toolTip() == ""


def test_icons_follow_the_theme_and_keep_their_names(qapp: QApplication) -> None:
    users = icons.icon("ph.users", "ink")
    assert users.name() == "ph.users"
    look.apply(qapp, theme=Theme.LIGHT)
    light = _darkest(users.pixmap(32, 32).toImage())
    look.apply(qapp, theme=Theme.DARK)
    dark = _darkest(users.pixmap(32, 32).toImage())
    assert light == QColor(LIGHT.ink).lightness()
    assert dark == QColor(DARK.ink).lightness()


def _darkest(image: object) -> int:
    """The lightness of the most opaque pixel."""
    colours = [image.pixelColor(x, y) for x in range(32) for y in range(32)]  # type: ignore[attr-defined]
    return max(colours, key=lambda c: c.alpha()).lightness()  # type: ignore[no-any-return]


def test_every_icon_the_design_names_exists() -> None:
    named = """
        sun users calendar-check chat-teardrop-text receipt crown-simple user-plus chart-line-up gear-six phone
        chats-teardrop envelope-simple storefront cake flag coin gift hand-palm arrow-clockwise hand-waving moon
        smiley push-pin-fill note-pencil barcode qr-code money wallet shield-check database clock-counter-clockwise
        magnifying-glass plus minus x check caret-right dots-three funnel-simple sort-ascending copy printer file-pdf
        export users-fill crown-simple-fill hand-palm-fill check-circle-fill warning-circle-fill
    """.split()  # noqa: SIM905
    assert [name for name in named if not icons.known(f"ph.{name}")] == []


def test_the_system_decides_until_a_theme_is_forced(qapp: QApplication) -> None:
    look.apply(qapp, theme=Theme.SYSTEM)
    wanted = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    assert look.current().dark == wanted
