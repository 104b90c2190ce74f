"""Writes the first migration from the mapped classes, for as long as no version is released."""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from app.storage.engine import make_engine  # noqa: E402
from app.storage.schema import create_declared, statements  # noqa: E402

OWNER = "INSERT INTO staff (id, name, role, active) VALUES (1, 'owner', 'owner', 1)"
TARGET = ROOT / "app" / "storage" / "migrations" / "versions" / "0001_first.sql"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(Path(folder) / "declared.shop", create=True)
        with engine.begin() as connection:
            create_declared(connection)
            found = statements(connection)
        engine.dispose()
    lines = (statement.strip() for statement in [*found, OWNER])
    TARGET.write_text("".join(f"{line};;\n" for line in lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
