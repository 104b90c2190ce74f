"""The imports so far, and taking one back: first what stays because people used it since, then the act."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.errors import CodedError, StorageError
from app.services import transfer
from app.services.transfer import BatchRow, Kept, Rehearsed, TakenBack
from app.views.shared.buttons import Button
from app.views.shared.day_words import short_day
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.empty import EmptyState
from app.views.shared.labels import PlainLabel
from app.views.shared.look import px
from app.views.shared.notices import Notice
from app.views.shared.people_words import staff_name
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table
from app.views.shared.tasks import Task
from app.views.transfer import words

SHOWN = 500
ROWS = 8


class ImportsDialog(Dialog):
    """Two faces: the list, and one import with what would stay of it. Esc goes back, then closes."""

    def __init__(self, desk: Desk, parent: QWidget, batch: int = 0) -> None:
        self.answer: TakenBack | None = None
        super().__init__(parent, width=760)
        self.desk = desk
        self._task: Task | None = None
        self.none = EmptyState("ph.tray", "", "")
        self.batches: RowsModel[BatchRow] = RowsModel((), self)
        self.list = Table()
        self.list.setModel(self.batches)
        self.said = Notice("", "blue")
        self.head = PlainLabel("", "strong", wrap=True)
        self.staying: RowsModel[Kept] = RowsModel((), self, identity=lambda kept: (kept.kind, kept.id))
        self.kept = Table(compact=True)
        self.kept.setModel(self.staying)
        self.back = Button("", "quiet", icon="ph.arrow-left")
        self.footer.insertWidget(1, self.back)
        self.body.add(self.none, self.list, self.said, self.head, self.kept)
        self.submitted.connect(self._on_submitted)
        self.back.clicked.connect(self._show_list)
        self.list.chosen.connect(lambda _row: self._word())
        self.list.opened.connect(lambda _row: self._rehearse())
        self.retranslate()
        self._show_list()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        row = next((row for row in self.batches.rows if row.id == batch), None)
        if row is not None:
            self.list.choice.choose(row.id)
            self._act(row, rehearse=True, said="")

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "kept"):
            return
        self.set_title(self.tr("Imports so far"))
        self.none.set_words(
            self.tr("Nothing was brought in yet"), self.tr("Every file you bring in is listed here, and can be undone.")
        )
        self.back.setText(self.tr("Back"))
        self._show_columns()
        self._word()

    def reject(self) -> None:
        if self._task is not None:
            self._task.cancel()
        elif self.answer is not None:
            self._show_list()
        else:
            super().reject()

    def _show_columns(self) -> None:
        self.batches.show_columns(
            [
                Column(self.tr("When"), self._when),
                Column(self.tr("File"), lambda row: row.file_name, tip=lambda row: row.file_name),
                Column(self.tr("What"), lambda row: words.kind(row.kind)),
                Column(self.tr("Who"), lambda row: staff_name(row.staff)),
                Column(self.tr("Rows"), self._counts, tip=self._counts),
                Column(self.tr("State"), self._state, tone=lambda row: "ink3" if row.undone_at else None),
            ]
        )
        self.staying.show_columns(
            [
                Column(self.tr("What"), lambda kept: words.kept_kind(kept.kind)),
                Column(self.tr("Stays"), lambda kept: kept.title),
            ]
        )
        self.list.set_widths(144, None, 104, 80, 248, 76, give_way=(3,))
        self.kept.set_widths(120, None)

    def _counts(self, row: BatchRow) -> str:
        """The five counts, but those that are nothing."""
        numbers = {code: int(count) for code, count in row.counts.items()}
        said = (
            ("created", self.tr("%n new", "", numbers.get("created", 0))),
            ("updated", self.tr("%n updated", "", numbers.get("updated", 0))),
            ("unchanged", self.tr("%n unchanged", "", numbers.get("unchanged", 0))),
            ("skipped", self.tr("%n skipped", "", numbers.get("skipped", 0))),
            ("rejected", self.tr("%n rejected", "", numbers.get("rejected", 0))),
        )
        return " · ".join(words for code, words in said if numbers.get(code))

    def _when(self, row: BatchRow) -> str:
        local = row.at.astimezone(self.desk.zone)
        return f"{short_day(local.date(), self.desk.today())} {local:%H:%M}"

    def _state(self, row: BatchRow) -> str:
        return self.tr("taken back") if row.undone_at else ""

    def _show_list(self) -> None:
        self.answer = None
        rows = self.desk.gateway.read(transfer.batches)
        self.batches.show_rows(rows)
        self.list.setFixedHeight(px(32 + 36 * min(max(len(rows), 1), ROWS) + 4))
        self.none.setVisible(not rows)
        self.list.setVisible(bool(rows))
        self.none.setFixedHeight(px(200))
        for part in (self.said, self.head, self.kept, self.back):
            part.hide()
        self._word()

    def _word(self) -> None:
        row = self._chosen()
        self.primary.setVisible(self.answer is not None or bool(len(self.batches.rows)))
        self.primary.setEnabled(self._task is None and row is not None and row.undone_at is None)
        doing = self.tr("Take the import back") if self.answer else self.tr("Take back…")
        self.primary.setText(doing)

    def _chosen(self) -> BatchRow | None:
        row = self.list.choice.row()
        return row if isinstance(row, BatchRow) else None

    def _on_submitted(self) -> None:
        if self.answer is None:
            self._rehearse()
        else:
            self._take_back()

    def _rehearse(self) -> None:
        row = self._chosen()
        if row is None or row.undone_at is not None or self._task is not None:
            return
        self._act(row, rehearse=True, said="")

    def _take_back(self) -> None:
        row = self._chosen()
        if row is not None:
            self._act(
                row, rehearse=False, said=self.tr("Took the import of {file} back").replace("{file}", row.file_name)
            )

    def _act(self, row: BatchRow, *, rehearse: bool, said: str) -> None:
        task = self.desk.gateway.write_later(
            transfer.undo_batch, row.id, at=self.desk.now(), rehearse=rehearse, said=said
        )
        self._task = task
        self._word()
        task.committed.connect(self._on_taken_back)
        task.failed.connect(self._on_failed)

    def _on_taken_back(self, answer: TakenBack) -> None:
        self._task = None
        row = self._chosen()
        if row is not None:
            self.desk.gateway.forget(transfer.undo_batch, row.id)
        self._show_list()
        self.set_note(self.tr("%n row(s) taken back", "", answer.removed))

    def _on_failed(self, error: BaseException) -> None:
        self._task = None
        if isinstance(error, Rehearsed) and isinstance(error.outcome, TakenBack):
            self._show_answer(error.outcome)
        elif isinstance(error, StorageError):
            self.desk.gateway.troubled.emit(error)
        elif isinstance(error, CodedError):
            self._show_list()
            self.set_note(words.trouble(error))
        else:
            raise error

    def _show_answer(self, answer: TakenBack) -> None:
        self.answer = answer
        self.set_note("")
        self.none.hide()
        self.list.hide()
        stays = bool(answer.kept or answer.archived)
        icon = "ph.warning-circle" if stays else "ph.info"
        self.said.show_notice(self._sentence(answer), "gold" if stays else "blue", icon)
        self.head.setText(self.tr("%n stay(s), because people used or changed them since", "", len(answer.kept)))
        self.head.setVisible(bool(answer.kept))
        self.staying.show_rows(list(answer.kept[:SHOWN]))
        self.kept.setFixedHeight(px(32 + 28 * min(max(len(answer.kept), 1), ROWS) + 4))
        self.kept.setVisible(bool(answer.kept))
        self.back.show()
        self._word()
        self.primary.setFocus(Qt.FocusReason.OtherFocusReason)

    def _sentence(self, answer: TakenBack) -> str:
        gone = self.tr("**%n row(s) will be gone again.**", "", answer.removed)
        if answer.archived:
            return f"{gone} " + self.tr("%n go to the archive, with their points history.", "", answer.archived)
        return gone


def open_imports(desk: Desk, parent: QWidget, batch: int = 0) -> ImportsDialog:
    """Open the list of imports, perhaps at one of them with what would stay of it."""
    dialog = ImportsDialog(desk, parent, batch)
    dialog.present()
    return dialog
