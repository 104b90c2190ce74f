"""Which shop this computer opened last, so that the next start and the command line need not be told."""

import contextlib
import json
import os
import sys
from pathlib import Path

NAME = "last_shop.json"


def machine_folder() -> Path:
    """Where this computer keeps what belongs to the program and to no shop; REGULARS_HOME overrides it."""
    if chosen := os.environ.get("REGULARS_HOME"):
        return Path(chosen)
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "Regulars"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Regulars"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "Regulars"


def last_shop() -> Path | None:
    """The shop opened last, whether it still exists or not."""
    try:
        return Path(json.loads((machine_folder() / NAME).read_text(encoding="utf-8"))["shop"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def remember_shop(path: Path) -> None:
    """Open this one next time. A folder that cannot be written is no reason to fail."""
    with contextlib.suppress(OSError):
        machine_folder().mkdir(parents=True, exist_ok=True)
        (machine_folder() / NAME).write_text(json.dumps({"shop": str(path.resolve())}), encoding="utf-8")
