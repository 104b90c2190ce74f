"""Whether this machine can show a window, and what to install where it cannot."""

import ctypes
import importlib
import os
import sys

from app.domain.errors import ShopError

PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 "
    "libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libxcb-image0 libxcb-randr0 libxcb-render-util0"
)
"""What a bare Debian lacks for Qt."""


X_LIBRARIES = ("libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-keysyms.so.1", "libxkbcommon-x11.so.0")


class NoLibraries(ShopError):
    """A system library Qt needs is not there."""


class NoDisplay(ShopError):
    """There is no screen to open a window on."""


def has_display() -> bool:
    """Whether a window would be seen: offscreen counts as none, and so does Linux without X or Wayland."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if platform:
        return platform not in ("offscreen", "minimal")
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def require_libraries() -> None:
    """Raises NoLibraries, with the library and the packages, when Qt cannot be loaded or would find no way to draw."""
    try:
        # By name: the command line itself stands without Qt.
        importlib.import_module("PySide6.QtWidgets")

        for library in X_LIBRARIES if has_display() and _speaks_x() else ():
            ctypes.CDLL(library)
    except (ImportError, OSError) as error:
        raise NoLibraries(library=str(error), packages=PACKAGES) from error


def _speaks_x() -> bool:
    """Whether Qt will take its X plugin, which ends the process when a library of its own is missing."""
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    return platform == "xcb" or (not platform and not os.environ.get("WAYLAND_DISPLAY") and "DISPLAY" in os.environ)
