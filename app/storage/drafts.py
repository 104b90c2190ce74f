"""What was being typed, on the disk beside the shop, so that it outlives a program that was killed."""

import contextlib
import json
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

FOLDER = "drafts"


class Drafts:
    """One small file for each thing being written. A disk that refuses costs the draft and nothing else."""

    def __init__(self, shop: Path) -> None:
        self._shop = shop
        self.folder = shop.parent / FOLDER

    def keep(self, name: str, values: Mapping[str, Any]) -> None:
        """Keep what stands in the fields now; the file changes whole or not at all."""
        path = self._path(name)
        part = path.with_suffix(".part")
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            part.write_text(json.dumps({"name": name, "values": dict(values)}, ensure_ascii=False), encoding="utf-8")
            part.replace(path)

    def drop(self, name: str) -> None:
        """What was written is saved, or given up."""
        with contextlib.suppress(OSError):
            self._path(name).unlink(missing_ok=True)

    def known(self) -> dict[str, dict[str, Any]]:
        """Everything that was kept, by its name; what cannot be read is left out."""
        found: dict[str, dict[str, Any]] = {}
        for path in sorted(self.folder.glob(f"{self._stem()}-*.json")) if self.folder.is_dir() else ():
            with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
                said = json.loads(path.read_text(encoding="utf-8"))
                found[str(said["name"])] = dict(said["values"])
        return found

    def forget(self) -> None:
        """Drop all of them: somebody was erased, and they may speak of that person."""
        for name in self.known():
            self.drop(name)

    def _stem(self) -> str:
        return sha256(self._shop.name.encode()).hexdigest()[:8]

    def _path(self, name: str) -> Path:
        return self.folder / f"{self._stem()}-{re.sub(r'[^a-z0-9]+', '-', name.casefold()).strip('-')}.json"
