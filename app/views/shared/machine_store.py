"""What this computer, not the shop, remembers: the file it lies in, and settings declared once with their default."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QSettings

T = TypeVar("T", str, int, float)


def store() -> QSettings:
    """The file the settings of this computer lie in; tests point `QSettings` elsewhere."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Regulars", "Regulars")


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
