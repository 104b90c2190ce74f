"""A slip as it will be printed: on a roll of 80 mm or on A5, on paper or as a PDF."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.services import till
from app.views.shared.desk import Desk
from app.views.shared.paper import Grid, Paint
from app.views.shared.sheet_dialog import SheetDialog
from app.views.shared.slip_sheet import A5, ROLL, SlipRow, SlipSheet
from app.views.till.slip_rows import close_rows, slip_rows


def paper_words(paper: str) -> str:
    """A kind of paper as a person asks for it."""
    return {
        ROLL: QCoreApplication.translate("Slips", "Roll, 80 mm"),
        A5: QCoreApplication.translate("Slips", "A5"),
    }[paper]


class SlipDialog(SheetDialog):
    """The paper the shop uses is chosen; the other is one key away."""

    def __init__(self, desk: Desk, parent: QWidget, rows: Sequence[SlipRow], title: str, file_name: str) -> None:
        usual = desk.settings.slip_paper
        papers = sorted((ROLL, A5), key=lambda paper: paper != usual)
        self._sheets_by = {paper: SlipSheet(rows, paper) for paper in papers}
        grids = [(self._sheets_by[paper].grid, paper_words(paper)) for paper in papers]
        super().__init__(desk, parent, grids, file_name)
        self.set_title(title)
        self.refresh()

    def things(self, grid: Grid) -> tuple[Sequence[Paint], int]:
        return self._sheets_by[grid.name].things(), 0


def open_slip(desk: Desk, parent: QWidget, bill_id: int) -> SlipDialog:
    """Show the slip of a bill."""
    made = desk.gateway.read(till.slip, bill_id, at=desk.now())
    words = QCoreApplication.translate("Slips", "Slip {number}")
    number = made.card.row.number
    dialog = SlipDialog(desk, parent, slip_rows(made, desk), words.replace("{number}", number), f"{number}.pdf")
    dialog.present()
    return dialog


def open_close_slip(desk: Desk, parent: QWidget, close_id: int) -> SlipDialog:
    """Show a close of the day as it is printed."""
    card = desk.gateway.read(till.close, close_id)
    title = QCoreApplication.translate("Slips", "Close of the day")
    dialog = SlipDialog(desk, parent, close_rows(card, desk), title, f"close-{card.row.shop_day}.pdf")
    dialog.present()
    return dialog
