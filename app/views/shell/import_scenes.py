"""How the window is brought to the scenes of an import: a small list of members with a fault in two of its rows."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.services import transfer
from app.services.sample.words import texts
from app.views.shared import look
from app.views.shared.desk import BringArchive, ShowImports
from app.views.transfer.steps import Step
from app.views.transfer.wizard import Wizard, open_wizard

if TYPE_CHECKING:
    from app.views.shell.window import Window


def reading(window: "Window", _customer: int) -> None:
    _play(window, Step.READING)


def columns(window: "Window", _customer: int) -> None:
    _play(window, Step.COLUMNS)


def tried(window: "Window", _customer: int) -> None:
    _play(window, Step.TRIED)


def done(window: "Window", _customer: int) -> None:
    _play(window, Step.DONE)


def repair(window: "Window", _customer: int) -> None:
    _play(window, Step.REPAIR)


def brought(window: "Window", _customer: int) -> None:
    """The list of imports with one in it."""
    _play(window, Step.DONE).reject()
    window.desk.ask(ShowImports())


def _play(window: "Window", step: Step) -> Wizard:
    """Go through the wizard up to a step, as a person does: by its primary button."""
    window.go("customers")
    said = texts(look.current().language)["members"]
    number = f"{len(window.desk.gateway.read(transfer.batches)):04}"  # nobody who was brought in by the scene before
    with TemporaryDirectory() as folder:
        path = Path(folder) / said["file"]
        path.write_text("\n".join(said["lines"]).replace("{number}", number), encoding="utf-8")
        wizard = open_wizard(window.desk, window, path=str(path))
        _wait(window)
        for _ in range(8):
            if wizard.step is step:
                break
            (wizard.mend if wizard.step is Step.DONE else wizard.primary).click()
            _wait(window)
    return wizard


def _wait(window: "Window") -> None:
    for _ in range(4):
        window.desk.gateway.settle()
        QApplication.processEvents()


def archive(window: "Window", _customer: int) -> None:
    """What is in an archive, before a shop is made of it."""
    window.go("customers")
    path = window.desk.gateway.path.with_name("archive.zip")
    written = window.desk.gateway.read(transfer.export_archive, path, at=window.desk.now())
    window.desk.gateway.write(transfer.hand_over, written)
    window.desk.ask(BringArchive(str(path)))
    window.desk.gateway.settle()
