"""Writes requirements.lock: what a release installs, each version with its hashes, and no address of any index."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "packaging" / "requirements.lock"

# One file for every system: markers say what is for Windows or for a later Python only.
COMPILE = (
    *("uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"),
    *("--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate"),
)


def main() -> None:
    """Resolve anew; raises CalledProcessError, and leaves the old lock, when there is no solution."""
    subprocess.run([*COMPILE, "pyproject.toml", "--upgrade", "--output-file", str(LOCK)], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
