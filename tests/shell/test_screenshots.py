"""Every place and dialog is drawn, none of them empty, and the command says which file is which."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from app.cli import display
from app.cli.main import main
from app.views.settings.screen import ICONS
from app.views.shell.places import PLACES
from app.views.shell.scenes import SCENES


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One language, one theme, and a size of its own: the whole journey once, in a process whose look is its own."""
    folder = tmp_path_factory.mktemp("pictures")
    options = ["--lang", "zh_CN", "--theme", "dark", "--size", "1200x700", "--json"]
    ran = subprocess.run([sys.executable, "-m", "app", "screenshots", str(folder), *options], capture_output=True)
    assert (ran.returncode, ran.stderr) == (0, b"")
    return folder


@pytest.mark.long
def test_every_scene_has_its_picture_in_the_size_asked_for(drawn: Path) -> None:
    told = json.loads((drawn / "index.json").read_text(encoding="utf-8"))["screens"]
    assert [picture["name"] for picture in told] == [scene.name for scene in SCENES]
    for picture in told:
        image = QImage(str(drawn / picture["file"]))
        assert (image.width(), image.height()) == (1200, 700), picture["name"]


@pytest.mark.long
def test_no_two_scenes_look_the_same_and_none_is_blank(drawn: Path) -> None:
    images = [QImage(str(path)) for path in sorted(drawn.glob("*.png"))]
    assert len({bytes(image.constBits()) for image in images}) == len(SCENES)
    for image in images:
        assert len({image.pixel(x, y) for x in range(0, 1200, 7) for y in range(0, 700, 7)}) > 20


def test_every_place_and_every_page_of_the_settings_is_a_scene() -> None:
    names = {scene.name for scene in SCENES}
    assert {place.name for place in PLACES} <= names
    assert {f"settings-{page}" for page in ICONS} - names == {"settings-shop"}  # the first page is the place itself


def test_scenes_are_chosen_by_name_or_pattern(tmp_path: Path) -> None:
    chosen = ["--scene", "settings-m*", "--scene", "about", "--lang", "en", "--theme", "light"]
    subprocess.run([sys.executable, "-m", "app", "screenshots", str(tmp_path), *chosen], check=True)
    assert sorted(path.name for path in tmp_path.glob("*.png")) == [
        "about-en-light.png",
        "settings-method-en-light.png",
    ]


@pytest.mark.parametrize("wrong", [["--size", "wide"], ["--theme", "pink"], ["--ratio", "3"], ["--text", "90"]])
def test_what_cannot_be_drawn_is_wrong_usage(tmp_path: Path, wrong: list[str]) -> None:
    assert main(["screenshots", str(tmp_path), *wrong]) == 2


def test_a_missing_library_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setattr(display, "X_LIBRARIES", ("libnowhere.so.0",))
    assert main(["screenshots", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "libnowhere.so.0" in said
    assert "apt install" in said


@pytest.mark.parametrize(
    ("variables", "seen"),
    [
        ({"QT_QPA_PLATFORM": "offscreen", "DISPLAY": ":0"}, False),
        ({"QT_QPA_PLATFORM": "xcb"}, True),
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({}, False),
    ],
)
def test_a_display_is_what_a_window_would_be_seen_on(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], seen: bool
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert display.has_display() is seen


def test_a_window_without_a_display_is_refused_in_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert "--demo" in said[0]
