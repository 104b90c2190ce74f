"""What was done: who changed what and when, newest first, read a page at a time."""

from datetime import datetime

from PySide6.QtCore import Qt

from app.services import audit
from app.services.audit import TrailRow
from app.views.settings import copy_words, trail_words
from app.views.settings.page import SettingsPage
from app.views.shared import look
from app.views.shared.cards import Card, Rule, SectionHead
from app.views.shared.labels import PlainLabel, begun
from app.views.shared.layouts import column
from app.views.shared.look import px
from app.views.shared.rows_model import Column, PagedRows, Sort
from app.views.shared.tables import Table

SHOWN = 10


class TrailPage(SettingsPage):
    """Nothing here can be changed: the file itself refuses it."""

    watches = frozenset(
        {
            "complaints",
            "customers",
            "followups",
            "interactions",
            "loyalty",
            "products",
            "sales",
            "settings",
            "staff",
            "transfer",
        }
    )

    def build(self) -> None:
        self.head, self.caption = SectionHead(), self.hint()
        self.rows: PagedRows[TrailRow] = PagedRows(self._columns(), self._count, self._page, self)
        self.table = Table()
        self.table.setModel(self.rows)
        self.table.chosen.connect(self._show)
        self.detail = PlainLabel("", "small", tone="ink2", wrap=True)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        card = Card(self.head, self.caption, (self.table, 1), Rule(), self.detail)
        self.setLayout(column((card, 1)))
        look.follow(self.relook)

    def relook(self) -> None:
        self.table.set_widths(160, 96, 264, None)
        self.detail.setFixedHeight(px(20 * 2))

    def retranslate(self) -> None:
        self.head.set_words(self.tr("What was done"))
        self.caption.setText(
            self.tr("Every change with who made it and when. Nobody can change or delete what stands here.")
        )
        self.rows.show_columns(self._columns())
        self._show(self.table.choice.row())

    def reload(self) -> None:
        self.rows.reload()

    def _columns(self) -> list[Column[TrailRow]]:
        return [
            Column(self.tr("When"), lambda row: begun(self._spoken(row.at))),
            Column(self.tr("Who"), lambda row: self._who(row.staff)),
            Column(self.tr("What"), lambda row: trail_words.act(row.action)),
            Column(self.tr("On what"), trail_words.touched, tone=lambda _row: "ink2"),
        ]

    def _who(self, name: str) -> str:
        """The first row of staff is the owner, who has no other name until one is given."""
        return self.tr("Owner") if name == "owner" else name

    def _count(self) -> int:
        return self.gateway.read(audit.count)

    def _page(self, offset: int, limit: int, _sort: Sort | None) -> list[TrailRow]:
        return self.gateway.read(audit.trail, offset=offset, limit=limit)

    def _spoken(self, moment: datetime) -> str:
        return copy_words.moment(moment.astimezone(self.desk.zone), self.desk.today())

    def _show(self, row: TrailRow | None) -> None:
        if row is None:
            self.detail.setText(self.tr("Choose a row to see what was and what is."))
            return
        said = trail_words.differences(row, self._spoken)
        more = [self.tr("%n more", "", len(said) - SHOWN)] if len(said) > SHOWN else []
        self.detail.setText(begun(" · ".join([*said[:SHOWN], *more]) or trail_words.touched(row)))
