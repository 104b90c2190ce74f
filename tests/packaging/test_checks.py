"""What a change is checked by is the same on every machine: the script for one, the workflow for the rest."""

import re
import shutil
import subprocess

import pytest

from tests.architecture.sources import ROOT

SCRIPT = ROOT / ".ci" / "run"
WORKFLOW = ROOT / ".github" / "workflows" / "check.yml"


def system_packages(text: str) -> set[str]:
    """The Debian packages a file names."""
    return set(re.findall(r"\b(?:lib[a-z]+[a-z0-9.-]*[0-9]|fonts-[a-z-]+|binutils)(?=[\s)]|$)", text))


def steps(text: str) -> list[str]:
    """The commands a file runs through uv, in order."""
    return [line.strip() for line in re.findall(r"\buv run ([^\n]+)", text)]


def test_both_install_the_same_system_packages() -> None:
    wanted = system_packages(SCRIPT.read_text(encoding="utf-8"))
    assert {"libegl1", "fonts-noto-cjk", "binutils"} <= wanted
    assert system_packages(WORKFLOW.read_text(encoding="utf-8")) == wanted


def test_both_take_the_same_steps() -> None:
    here, elsewhere = steps(SCRIPT.read_text(encoding="utf-8")), steps(WORKFLOW.read_text(encoding="utf-8"))
    assert sorted(here) == sorted(elsewhere)
    # The closing line of the tests is what a reader of the script looks for.
    assert here[-1] == "pytest"


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash on this machine")
def test_the_script_is_sound_bash() -> None:
    ran = subprocess.run(["bash", "-n", str(SCRIPT)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
