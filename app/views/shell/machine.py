"""What this computer remembers, not the shop file: language, theme, text scale, where the window stood."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QByteArray, QLocale

from app.views.shared.machine_store import store

T = TypeVar("T", str, int, float)


@dataclass(frozen=True, slots=True)
class Remembered(Generic[T]):
    """One machine setting: declared once, typed, with its default."""

    key: str
    default: T

    def get(self) -> T:
        value: Any = store().value(self.key, self.default)
        try:
            return type(self.default)(value)
        except (TypeError, ValueError):
            return self.default

    def set(self, value: T) -> None:
        store().setValue(self.key, value)


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
