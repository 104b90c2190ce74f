"""Builds the bundle from the locked packages and nothing else, weighs it, and has it test itself."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD = ROOT / "build"
DIST = ROOT / "dist"
LOCK = ROOT / "packaging" / "requirements.lock"
SPEC = ROOT / "packaging" / "regulars.spec"
TRANSLATIONS = ROOT / "app" / "resources" / "translations"

WINDOWS = sys.platform == "win32"
# On Windows the windowed program has nowhere to print to: the console one beside it is asked.
PROGRAM = DIST / "regulars" / ("regulars-cli.exe" if WINDOWS else "regulars")
# Unpacked. Linux carries the ICU tables (32 MB) and often an unstripped libpython (23 MB); Windows has its own.
BUDGET_MB = {"win32": 170, "linux": 310}


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--here", action="store_true", help="build with this Python, not with a clean one")
    words.add_argument("--no-test", action="store_true", help="do not start the finished bundle")
    options = words.parse_args()
    started = time.monotonic()
    python = Path(sys.executable) if options.here else clean_environment()
    compile_translations(python)
    bundle(python)
    weigh()
    if not options.no_test:
        run(PROGRAM, "selftest")
    print(f"bundle built in {time.monotonic() - started:.0f} s")


def clean_environment() -> Path:
    """An environment with the locked packages and PyInstaller: nothing else must slip into a release."""
    home = BUILD / "environment"
    python = home / ("Scripts/python.exe" if WINDOWS else "bin/python")
    run("uv", "venv", "--quiet", "--clear", "--python", sys.executable, home)
    # PyInstaller compiles what it takes itself; of the rest little is ever imported.
    install = ("uv", "pip", "install", "--quiet", "--no-compile-bytecode", "--python", python)
    run(*install, "--require-hashes", "-r", LOCK)
    run(*install, "--group", "bundle")
    return python


def compile_translations(python: Path) -> None:
    """Make the .qm files the program loads from the .ts files people edit."""
    lrelease = python.with_name("pyside6-lrelease.exe" if WINDOWS else "pyside6-lrelease")
    for source in sorted(TRANSLATIONS.glob("*.ts")):
        run(lrelease, "-silent", source, "-qm", source.with_suffix(".qm"))


def bundle(python: Path) -> None:
    """Run PyInstaller; its warnings lie in build/regulars."""
    options = ("--noconfirm", "--log-level", "WARN", "--distpath", DIST, "--workpath", BUILD)
    run(python, "-m", "PyInstaller", *options, SPEC)


def weigh() -> None:
    """Print the bundle's size. Exits when it has outgrown its budget."""
    files = [file for file in PROGRAM.parent.rglob("*") if file.is_file() and not file.is_symlink()]
    size = sum(file.stat().st_size for file in files) / 1e6
    budget = BUDGET_MB.get(sys.platform)
    print(f"{PROGRAM.parent.relative_to(ROOT)}: {len(files)} files, {size:.0f} MB (budget: {budget or 'none yet'})")
    if budget and size > budget:
        sys.exit(f"the bundle has outgrown its budget of {budget} MB")


def run(*command: str | Path) -> None:
    """Run a step of the build; its failure is ours."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    ran = subprocess.run([str(word) for word in command], cwd=ROOT, env=environment, check=False)
    if ran.returncode:
        sys.exit(f"failed ({ran.returncode}): {' '.join(str(word) for word in command)}")


if __name__ == "__main__":
    main()
