"""Draws the pictures of the handbook on the sample shop and writes its tables of keys: both as the program has them."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402
from PySide6.QtCore import QSettings  # noqa: E402
from PySide6.QtGui import QImage  # noqa: E402

from app.bootstrap import found_sample, found_shop  # noqa: E402
from app.cli.screenshots import AT  # noqa: E402
from app.views.shared.dialogs import Dialog  # noqa: E402
from app.views.shared.look import Theme  # noqa: E402
from app.views.shared.toasts import Toasts  # noqa: E402
from app.views.shell.key_sheet import groups_of, title_of  # noqa: E402
from app.views.shell.places import PAGES, PLACES  # noqa: E402
from app.views.shell.scenes import SCENES  # noqa: E402
from app.views.shell.screenshots import Setting, close_dialogs, dialogs, picture, sitting, somebody  # noqa: E402
from app.views.shell.start import Session  # noqa: E402
from app.views.shell.window import Window  # noqa: E402

SIZE = (1160, 780)
PICTURES = (
    *("today", "customers", "calendar-month", "till-cash", "products", "held"),
    *("insights", "earning-rules", "log-complaint-on-the-spot", "merge", "import-tried"),
)
"""The scenes that are shown, in an order in which none spoils the next."""
MENUS = ("file", "edit", "customer", "go", "view", "help")
HEADS = {"en": "| Key | Does | Key | Does |", "zh": "| 键 | 作用 | 键 | 作用 |"}
TABLES = "<!-- written by packaging/handbook.py from the key sheet -->"
"""Stands in the chapter of keys above what is written here."""
EVERYWHERE = {"en": "Everywhere", "zh": "到处"}


def main() -> None:
    for language in ("en", "zh_CN"):
        with tempfile.TemporaryDirectory() as place:
            QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, place)
            short, setting = language.partition("_")[0], Setting(language, Theme.LIGHT, SIZE)
            chapters = ROOT / "app" / "resources" / "handbook" / short
            sample, empty = Path(place) / "sample.shop", Path(place) / "empty.shop"
            found_sample(sample, language=language, clock=lambda: AT)
            with sitting(sample, setting, lambda: AT) as session:
                _draw(session, chapters / "pictures")
            found_shop(empty, name="Regulars", currency="CNY", timezone="Asia/Shanghai", clock=lambda: AT)
            with sitting(empty, setting, lambda: AT) as session:
                _write_keys(session, chapters / "keys.md", short)


def _draw(session: Session, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    customer, plays = somebody(session.gateway), {scene.name: scene.play for scene in SCENES}
    for _ in range(3):
        picture(session.window, session.gateway)  # the day opens, step by step
    for name in PICTURES:
        plays[name](session.window, customer)
        for toasts in session.window.findChildren(Toasts):
            toasts.dismiss()  # what was said before belongs to no chapter
        image = _cut(picture(session.window, session.gateway), session.window)
        _pack(image).save(folder / f"{name}.png", optimize=True)
        close_dialogs(session.window)


def _cut(image: QImage, window: Window) -> QImage:
    """Of a scene with a dialog the dialog alone: what is under the veil says nothing."""
    shown = [dialog for dialog in dialogs(window) if isinstance(dialog, Dialog)]
    if not shown:
        return image
    card = shown[-1].card()
    card.moveTopLeft(window.mapFromGlobal(shown[-1].mapToGlobal(card.topLeft())))
    return image.copy(card)


def _pack(image: QImage) -> Image.Image:
    """With 256 colours of its own: the commonest as they are, and others chosen so that a small mark keeps its hue."""
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (plain.width(), plain.height())
    whole = Image.frombytes("RGB", size, bytes(plain.constBits()), "raw", "RGB", plain.bytesPerLine())
    counted: list[Any] = sorted(whole.getcolors(size[0] * size[1]) or [], reverse=True)
    others = whole.quantize(128, method=Image.Quantize.MAXCOVERAGE).getpalette() or []
    chosen = Image.new("P", (1, 1))
    chosen.putpalette([part for _, colour in counted[:128] for part in colour] + others[: 3 * 128])
    return whole.quantize(palette=chosen, dither=Image.Dither.NONE)


def _write_keys(session: Session, chapter: Path, language: str) -> None:
    for place in (*PLACES, *PAGES):
        session.window.go(place.name)
        session.gateway.settle()
    before = chapter.read_text(encoding="utf-8").partition(TABLES)[0]
    tables = "\n".join(_tables(session.window, language))
    chapter.write_text(f"{before}{TABLES}\n\n{tables}", encoding="utf-8", newline="\n")


def _tables(window: Window, language: str) -> Iterator[str]:
    """A heading and a table for everywhere, then one for each place."""
    groups = groups_of(window)
    everywhere = [pair for menu in MENUS for pair in groups.pop(menu, {}).items()]
    yield from _table(EVERYWHERE[language], everywhere, language)
    for name, keys in groups.items():
        yield from _table(title_of(name), list(keys.items()), language)


def _table(title: str, keys: list[tuple[str, str]], language: str) -> Iterator[str]:
    """Two keys on a line."""
    yield from (f"## {title}", "", HEADS[language], "|---|---|---|---|")
    cells = [(f"`{key.replace(' ', '+').replace('↵', 'Enter')}`", said) for key, said in keys]
    cells += [("", "")] * (len(cells) % 2)
    for (key, said), (other, also) in zip(cells[::2], cells[1::2], strict=True):
        yield f"| {key} | {said} | {other} | {also} |"
    yield ""


if __name__ == "__main__":
    main()
