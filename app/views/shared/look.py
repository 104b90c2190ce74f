"""The look in force: theme, text scale and language, swapped as one so that no screen is ever half dark."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cache
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStyleFactory

from app.views.shared.sheet import sheet
from app.views.shared.tokens import DARK, LIGHT, SERIES, TYPE, Palette, Role

LEAST_SCALE, MOST_SCALE = 1.0, 2.0
_FACES: Final = {
    "win32": ("Segoe UI", "Microsoft YaHei UI"),
    "darwin": (".AppleSystemUIFont", "PingFang SC"),
    "linux": ("Inter", "Noto Sans CJK SC", "Noto Sans"),
}
_HAN: Final = frozenset({"Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC"})


class Theme(Enum):
    """Which colours the person asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_WIDTHS_KEPT = 8192


@dataclass(frozen=True)
class Look:
    """What every painter asks: colours, lengths and faces."""

    palette: Palette = LIGHT
    scale: float = 1.0
    language: str = "en"
    theme: Theme = Theme.SYSTEM
    _fonts: dict[tuple[Role, bool, int | None], QFont] = field(default_factory=dict, compare=False, repr=False)
    _colours: dict[str, QColor] = field(default_factory=dict, compare=False, repr=False)
    _pens: dict[tuple[str, float], QPen] = field(default_factory=dict, compare=False, repr=False)
    _metrics: dict[tuple[Role, int | None], QFontMetrics] = field(default_factory=dict, compare=False, repr=False)
    _widths: dict[tuple[str, Role, int | None], int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def dark(self) -> bool:
        return self.palette is DARK

    def px(self, length: float) -> int:
        """A length of the design in device-independent pixels at this text scale."""
        return round(length * self.scale)

    def colour(self, token: str) -> QColor:
        """The colour of a token; a name that is no token is an error."""
        return QColor(self.ink(token))

    def ink(self, token: str) -> QColor:
        """The same for a painter, who changes nothing about it: one for all."""
        found = self._colours.get(token)
        if found is None:
            found = self._colours[token] = QColor(getattr(self.palette, token))
        return found

    def pen(self, token: str, width: float = 1) -> QPen:
        """A line in the colour of a token: one for all painters."""
        found = self._pens.get((token, width))
        if found is None:
            found = self._pens[token, width] = QPen(self.ink(token), width)
        return found

    def font(self, role: Role = "body", *, editable: bool = False, weight: int | None = None) -> QFont:
        """The face of a role, its figures all of one width.

        In an editable field of a Chinese window the Han face comes first: Qt centres a line edit by its first
        family, and Chinese words would ride two pixels high. An English window keeps its Latin face in fields too.
        """
        return QFont(self.face(role, editable=editable, weight=weight))

    def face(self, role: Role, *, editable: bool = False, weight: int | None = None) -> QFont:
        """The same for a painter, who changes nothing about it: one for all."""
        key = (role, editable, weight)
        found = self._fonts.get(key)
        if found is None:
            found = self._fonts[key] = self._make_font(role, editable, weight)
        return found

    def line(self, role: Role) -> int:
        """The height of one line of a role."""
        return self.px(TYPE[role].line)

    def measure(self, words: str, role: Role = "body", *, weight: int | None = None) -> int:
        """The drawn width of one line of words; lists ask for the same again and again, so it is remembered."""
        key = (words, role, weight)
        wide = self._widths.get(key)
        if wide is None:
            if len(self._widths) >= _WIDTHS_KEPT:
                self._widths.clear()
            wide = self._widths[key] = self.metrics(role, weight=weight).horizontalAdvance(words)
        return wide

    def metrics(self, role: Role, *, weight: int | None = None) -> QFontMetrics:
        """The measures of a role's face."""
        key = (role, weight)
        if key not in self._metrics:
            self._metrics[key] = QFontMetrics(self.font(role, weight=weight))
        return self._metrics[key]

    def _make_font(self, role: Role, editable: bool, weight: int | None) -> QFont:
        face, families = QFont(), list(families_present())
        if editable and self.language != "en":
            families.sort(key=lambda name: name not in _HAN)
        if families:
            face.setFamilies(families)
        face.setPixelSize(max(1, self.px(TYPE[role].size)))
        face.setWeight(QFont.Weight(weight or TYPE[role].weight))
        face.setFeature(QFont.Tag("tnum"), 1)
        if sys.platform == "linux":
            face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return face


@dataclass(frozen=True)
class ChartColours:
    """The tokens a chart needs, as plain strings: charts know neither Qt nor this package."""

    ground: str
    ink: str
    ticks: str
    grid: str
    outline: str
    sunken: str
    accent: str
    accent_soft: str
    gold: str
    blue: str
    red: str
    series: tuple[str, ...]
    families: tuple[str, ...]
    caption_points: float


class LookHub(QObject):
    """Says when the look changed; whoever holds sizes or colours connects to it."""

    changed = Signal()


class _Now:
    look: Look = Look()
    applying: bool = False


@cache
def hub() -> LookHub:
    """The one hub of the program."""
    return LookHub()


def current() -> Look:
    """The look in force."""
    return _Now.look


def px(length: float) -> int:
    """A length of the design at the text scale in force."""
    return _Now.look.px(length)


def colour(token: str) -> QColor:
    """A token's colour in the theme in force."""
    return _Now.look.colour(token)


def font(role: Role = "body", *, editable: bool = False, weight: int | None = None) -> QFont:
    """A role's face at the text scale in force."""
    return _Now.look.font(role, editable=editable, weight=weight)


def follow(relook: Callable[[], None]) -> None:
    """Call a widget's bound method now and after every change of look, until the widget is gone."""
    hub().changed.connect(relook)
    relook()


@cache
def families_present() -> tuple[str, ...]:
    """The faces of this system that exist, Latin before Han. Private faces (a leading dot) are never listed."""
    known = set(QFontDatabase.families())
    wanted = _FACES.get(sys.platform, _FACES["linux"])
    return tuple(name for name in wanted if name.startswith(".") or name in known)


def apply(
    app: QApplication, *, theme: Theme | None = None, scale: float | None = None, language: str | None = None
) -> Look:
    """Put a theme, a text scale (1.0 to 2.0) and a language in force; what is not given stays.

    The language here decides faces and shapes only; installing the translator is the caller's.
    """
    was = _Now.look
    theme = theme or was.theme
    _tell_system(theme)
    _Now.look = replace(
        was,
        palette=_palette_for(theme),
        scale=min(MOST_SCALE, max(LEAST_SCALE, scale or was.scale)),
        language=language or was.language,
        theme=theme,
        _fonts={},
        _colours={},
        _pens={},
        _metrics={},
        _widths={},
    )
    _dress(app)
    hub().changed.emit()
    return _Now.look


def follow_system(app: QApplication) -> None:
    """Change colours with the system for as long as no theme is forced."""

    def on_scheme() -> None:
        if not _Now.applying and _Now.look.theme is Theme.SYSTEM:
            apply(app)

    QGuiApplication.styleHints().colorSchemeChanged.connect(on_scheme)


def chart_style(look: Look | None = None) -> ChartColours:
    """The colours and faces of a chart in a look."""
    look = look or current()
    c = look.palette
    return ChartColours(
        ground=c.surface,
        ink=c.ink,
        ticks=c.ink3,
        grid=c.line,
        outline=c.edge,
        sunken=c.sunken,
        accent=c.accent,
        accent_soft=c.accent_soft,
        gold=c.gold,
        blue=c.blue,
        red=c.red,
        series=tuple(getattr(c, name) for name in SERIES),
        families=families_present(),
        caption_points=9 * look.scale,
    )


def _tell_system(theme: Theme) -> None:
    """Title bars and file dialogs must agree with a forced theme."""
    wanted = {Theme.LIGHT: Qt.ColorScheme.Light, Theme.DARK: Qt.ColorScheme.Dark}.get(theme, Qt.ColorScheme.Unknown)
    _Now.applying = True
    try:
        QGuiApplication.styleHints().setColorScheme(wanted)
    finally:
        _Now.applying = False


def _palette_for(theme: Theme) -> Palette:
    if theme is Theme.SYSTEM:
        return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if theme is Theme.DARK else LIGHT


def _dress(app: QApplication) -> None:
    look = _Now.look
    for effect in (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip):
        app.setEffectEnabled(effect, False)  # nothing moves: whoever asked for reduced motion gets the same program
    if app.style().name().lower() != "fusion" and (style := QStyleFactory.create("Fusion")):
        app.setStyle(style)
    app.setFont(look.font())
    app.setPalette(_qt_palette(look))
    app.setStyleSheet(sheet(look.palette, look.px))


def _qt_palette(look: Look) -> QPalette:
    """Fusion draws what the sheet does not reach; it must agree with the tokens."""
    palette, role = QPalette(), QPalette.ColorRole
    for part, token in {
        role.Window: "canvas",
        role.WindowText: "ink",
        role.Base: "surface",
        role.AlternateBase: "sunken",
        role.Text: "ink",
        role.Button: "surface",
        role.ButtonText: "ink",
        role.BrightText: "red_text",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Accent: "accent",
        role.PlaceholderText: "ink3",
        role.ToolTipBase: "ink",
        role.ToolTipText: "canvas",
        role.Link: "accent_text",
        role.Light: "raised",
        role.Midlight: "hover",
        role.Mid: "line",
        role.Dark: "edge",
        role.Shadow: "shadow",
    }.items():
        palette.setColor(part, look.colour(token))
    for part in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, look.colour("ink3"))
    return palette
