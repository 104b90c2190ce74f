"""What a copy of a shop holds, said in a small file beside it, and how a file is put on the disk for good."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a copy holds, written after it was verified."""

    made_at: str
    reason: str
    sha256: str
    bytes: int
    schema: int
    counts: dict[str, int]
    points: int
    audit_head: int


@dataclass(frozen=True, slots=True)
class Copy:
    """One verified copy on the disk."""

    path: Path
    manifest: Manifest

    @property
    def made_at(self) -> datetime:
        return datetime.fromisoformat(self.manifest.made_at)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def settle(part: Path, path: Path) -> None:
    """On the disk first, under its name second."""
    with part.open("rb+") as file:
        os.fsync(file.fileno())
    part.replace(path)


def manifest_path(path: Path) -> Path:
    """Where the manifest of a copy lies."""
    return path.with_name(path.name + ".json")


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Say what the copy at `path` holds."""
    target = manifest_path(path)
    part = target.with_name(target.name + ".part")
    part.write_text(json.dumps(asdict(manifest), indent=1), encoding="utf-8")
    settle(part, target)


def read_copy(path: Path) -> Copy | None:
    """The copy at `path`, or None where no readable manifest lies beside it."""
    try:
        return Copy(path, Manifest(**json.loads(manifest_path(path).read_text(encoding="utf-8"))))
    except (OSError, ValueError, TypeError):
        return None
