"""The file in which this computer, not the shop, keeps what it remembers."""

from PySide6.QtCore import QSettings


def store() -> QSettings:
    """The file the settings of this computer lie in; tests point `QSettings` elsewhere."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Regulars", "Regulars")
