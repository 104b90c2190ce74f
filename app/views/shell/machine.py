"""What this computer remembers, not the shop file: language, theme, text scale, where the window stood."""

from PySide6.QtCore import QByteArray, QLocale

from app.views.shared.machine_store import Remembered, store

LANGUAGE = Remembered("look/language", "")
THEME = Remembered("look/theme", "system")
TEXT_SCALE = Remembered("look/text_scale", 1.0)
PLACE = Remembered("window/place", "today")
GEOMETRY = "window/geometry"


def language() -> str:
    """The language chosen, or that of the system where there is none yet."""
    chosen = LANGUAGE.get()
    if chosen in ("zh_CN", "en"):
        return chosen
    return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def geometry() -> QByteArray | None:
    value = store().value(GEOMETRY)
    return value if isinstance(value, QByteArray) else None


def remember_geometry(value: QByteArray) -> None:
    store().setValue(GEOMETRY, value)
