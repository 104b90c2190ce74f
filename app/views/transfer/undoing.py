"""Ctrl+Z after an import: at once where nobody has used any of it, else first the list of what would stay."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from app.services import transfer
from app.services.transfer import Rehearsed, TakenBack
from app.views.shared.desk import Desk, ShowImports
from app.views.shared.tasks import Task


def undo_import(desk: Desk, parent: QWidget, undo: Callable[[], None]) -> Task | None:
    """Look what undoing the last act, an import, would leave; then `undo` or show. None when it is no import."""
    way = desk.gateway.next_way
    if way is None or way.service is not transfer.undo_batch:
        return None
    (batch,) = way.args

    def hear(error: BaseException) -> None:
        found = error.outcome if isinstance(error, Rehearsed) else None
        if isinstance(found, TakenBack) and (found.kept or found.archived):
            desk.ask(ShowImports(batch))
        elif desk.gateway.next_way == way:
            undo()  # a refusal is said by the act itself

    task = desk.gateway.write_later(transfer.undo_batch, batch, at=desk.now(), rehearse=True)
    task.failed.connect(hear)
    parent.destroyed.connect(task.drop)
    return task
