"""Safety: the copies, making one, bringing one back in three clicks, the full check, and where the files lie."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from app.domain.errors import StorageError
from app.resources import safety
from app.services import backup
from app.views.settings import copy_words
from app.views.settings.page import SettingsPage
from app.views.settings.restore import RestoreDialog, open_restore
from app.views.shared import look, paint
from app.views.shared.avatars import Glyph
from app.views.shared.buttons import Button
from app.views.shared.cards import Card, SectionHead
from app.views.shared.flow import Flow
from app.views.shared.gateway import Copy
from app.views.shared.labels import ElidedLabel, PlainLabel, begun
from app.views.shared.layouts import box, column, row
from app.views.shared.look import px
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import ROW, Table

HEAD_ROW, MOST_SHOWN = 32, 5


class SafetyPage(SettingsPage):
    def build(self) -> None:
        self.dialog: RestoreDialog | None = None
        self._report: backup.Report | None = None
        self._build_copies()
        self._build_check()
        self._build_place()
        self.arrange(self.copies, self.checking, self.place)
        self.gateway.copied.connect(self._on_new_copy)

    def _build_copies(self) -> None:
        self.now, self.elsewhere = Button(kind="primary", icon="ph.shield-check"), Button()
        self.restore, self.other = Button(icon="ph.clock-counter-clockwise"), Button(kind="quiet")
        self.copies_head, self.copies_hint = SectionHead(), self.hint()
        self.rows: RowsModel[Copy] = RowsModel(self._columns(), self, identity=lambda copy: copy.path)
        self.table = Table()
        self.table.setModel(self.rows)
        self.empty = self.hint()
        tools = Flow()
        for button in (self.now, self.elsewhere, self.restore, self.other):
            tools.addWidget(button)
        self.copies = Card(
            self.copies_head,
            self.copies_hint,
            self.table,
            self.empty,
            box(tools),
        )
        self.now.clicked.connect(self._on_now)
        self.elsewhere.clicked.connect(self._on_elsewhere)
        self.restore.clicked.connect(lambda: self.offer(self.table.choice.row()))
        self.table.opened.connect(self.offer)
        self.other.clicked.connect(self._on_other)

    def _build_check(self) -> None:
        self.check_head, self.check_hint = SectionHead(), self.hint()
        self.check_now, self.mend = Button(icon="ph.check-circle"), Button(kind="secondary")
        self.findings = column(gap=4)
        self.found = box(self.findings)
        self.found.hide()
        self.checking = Card(self.check_head, self.check_hint, self.found, row(self.check_now, self.mend, None))
        self.mend.hide()
        self.check_now.clicked.connect(self.check)
        self.mend.clicked.connect(self._on_mend)

    def _build_place(self) -> None:
        self.place_head = SectionHead()
        self.path = ElidedLabel("", "small", tone="ink2")
        self.open = Button(icon="ph.folder-open")
        self.place = Card(self.place_head, row((self.path, 1), self.open, gap=12))
        self.open.clicked.connect(self._on_open)

    def relook(self) -> None:
        super().relook()
        self.table.set_widths(168, None, 96, 104, 96, give_way=(4, 3))
        self._fit_table()

    def _on_new_copy(self, _copy: object) -> None:
        self.refresh()

    def retranslate(self) -> None:
        self.copies_head.set_words(self.tr("Copies"))
        self.copies_hint.setText(
            self.tr("Made every half hour while something changes, on closing, and before every import and upgrade.")
        )
        self.now.setText(self.tr("Back up now"))
        self.elsewhere.setText(self.tr("Back up to…"))
        self.restore.setText(self.tr("Restore…"))
        self.other.setText(self.tr("Another file…"))
        self.empty.setText(self.tr("No copy yet. The first is made when this window closes, or now."))
        self.check_head.set_words(self.tr("Check"))
        self.check_hint.setText(
            self.tr("Looks at every page of the file, every sum of points and sales, and the search.")
        )
        self.check_now.setText(self.tr("Check now"))
        self.mend.setText(self.tr("Put right"))
        self.place_head.set_words(self.tr("Where the files are"))
        self.open.setText(self.tr("Open the folder"))
        self.rows.show_columns(self._columns())
        self._say_findings()

    def reload(self) -> None:
        copies = self.gateway.copies
        self.rows.show_rows(copies)
        self._fit_table()
        self.table.setVisible(bool(copies))
        self.empty.setVisible(not copies)
        self.restore.setEnabled(bool(copies))
        self.restore.setToolTip("" if copies else self.empty.text())
        self.path.setText(str(self.gateway.path.parent))

    def _fit_table(self) -> None:
        """As high as the copies there are, up to the last few."""
        shown = min(max(1, self.rows.rowCount()), MOST_SHOWN)
        self.table.setFixedHeight(px(HEAD_ROW + shown * ROW + 4))

    def check(self) -> None:
        """Look at everything, on another thread; the answer stands on the page."""
        self.check_now.setEnabled(False)
        self._clear_findings()
        self.findings.add(self.hint(self.tr("Checking…")))
        self.found.show()
        task = self.gateway.read_later(backup.check, self.desk.today(), then=self._on_checked, owner=self)
        task.ended.connect(lambda: self.check_now.setEnabled(True))

    def _columns(self) -> list[Column[Copy]]:
        zone, today = self.desk.zone, self.desk.today
        return [
            Column(
                self.tr("When"),
                lambda copy: begun(copy_words.moment(copy.made_at.astimezone(zone), today())),
                sort=lambda copy: copy.made_at,
            ),
            Column(self.tr("Why"), lambda copy: begun(copy_words.reason(copy.manifest.reason))),
            Column(
                self.tr("Size"),
                lambda copy: copy_words.size(copy.manifest.bytes),
                align="right",
                sort=lambda copy: copy.manifest.bytes,
            ),
            Column(self.tr("Customers"), lambda copy: _count(copy, "customers"), align="right"),
            Column(self.tr("Sales"), lambda copy: _count(copy, "sales"), align="right"),
        ]

    # acts

    def _on_now(self) -> None:
        self.gateway.back_up("by-hand").answered.connect(self._on_copied)

    def _on_elsewhere(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, self.tr("Where to put the copy"))
        if folder:
            self.gateway.back_up("by-hand", Path(folder)).answered.connect(self._on_copied)

    def _on_copied(self, copy: Copy) -> None:
        words = self.tr("Backed up and checked: {file}")
        self.desk.tell(words.replace("{file}", copy.path.name))

    def _on_other(self) -> None:
        words, kind = self.tr("Choose a copy"), self.tr("Shops (*.shop)")
        path, _ = QFileDialog.getOpenFileName(self, words, str(self.gateway.path.parent), kind)
        if path:
            self.gateway.look_into(Path(path)).answered.connect(self.offer)

    def offer(self, copy: Copy | None) -> None:
        """Show what a copy would bring, and ask."""
        if copy is None:
            return
        self.dialog = open_restore(self.desk, self, copy)
        self.dialog.accepted.connect(self._on_restored)

    def _on_restored(self) -> None:
        self.desk.tell(self.tr("Restored. What was there before stands first among the copies."))
        self.check()

    def _on_mend(self) -> None:
        self.mend.setEnabled(False)
        task = self.gateway.write_later(backup.rebuild, self.desk.today())
        task.committed.connect(lambda _done: self.check())
        task.failed.connect(self._on_mend_failed)
        task.ended.connect(lambda: self.mend.setEnabled(True))

    def _on_mend_failed(self, trouble: BaseException) -> None:
        if not isinstance(trouble, StorageError):
            raise trouble
        self.gateway.troubled.emit(trouble)

    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.gateway.path.parent)))

    # the check

    def _on_checked(self, report: backup.Report) -> None:
        self._report = report
        self._say_findings()

    def _say_findings(self) -> None:
        self._clear_findings()
        report = self._report
        if report is None:
            return
        language = look.current().language
        if report.ok:
            counts = {"customers": report.customers, "sales": report.sales, "point_entries": report.point_entries}
            said = safety.sentence("all_well", language, **{key: paint.figure(n) for key, n in counts.items()})
            self.findings.add(_finding(said, "accent_text", "ph.check-circle"))
        for problem in report.problems:
            said = safety.fault(problem.code.value, problem.count, problem.ids, language)
            self.findings.add(_finding(said, "red_text", "ph.warning-circle"))
        self.found.setVisible(self.findings.count() > 0)
        self.mend.setVisible(any(problem.mendable for problem in report.problems))

    def _clear_findings(self) -> None:
        while item := self.findings.takeAt(0):
            if widget := item.widget():
                widget.setParent(None)
                widget.deleteLater()


def _finding(words: str, token: str, icon: str) -> QWidget:
    label = PlainLabel(words, "body", tone=token, wrap=True)
    return box(row(Glyph(icon, token, 16), (label, 1), gap=8))


def _count(copy: Copy, table: str) -> str:
    return paint.figure(copy.manifest.counts.get(table, 0))
