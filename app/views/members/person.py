"""The chosen member: standing, points, and every movement of them."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.months import month_end
from app.services import loyalty
from app.services.loyalty import Holding, LedgerRow, Standing
from app.views.members import words
from app.views.shared.badges import Badge
from app.views.shared.buttons import Button
from app.views.shared.cards import Card, Rule
from app.views.shared.desk import Desk
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.people_words import tier_badge
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table

LEDGER = 500
"""Movements shown; older ones are on the card's timeline."""


class MemberPanel(Card):
    """Hidden while nobody is chosen."""

    def __init__(self, desk: Desk, adjust: Button, give: Button, parent: QWidget | None = None) -> None:
        self._desk = desk
        self.customer_id: int | None = None
        self.name, self.badge = ElidedLabel("", "strong"), Badge()
        self.holds, self.ahead = ElidedLabel("", "small", tone="ink2"), ElidedLabel("", "small", tone="ink2")
        self.points, self.unit = PlainLabel("", "figure"), PlainLabel("", "small", tone="ink2")
        self.ending = ElidedLabel("", "small", tone="gold_text")
        self.ledger: RowsModel[LedgerRow] = RowsModel((), None)
        self.table = Table(compact=True)
        self.table.setModel(self.ledger)
        who = column(row(self.name, self.badge, None, give, gap=8), self.holds, self.ahead, gap=2)
        held = row(self.points, self.unit, (self.ending, 1), adjust, gap=8)
        super().__init__(who, held, Rule(), (self.table, 1), gap=8, parent=parent)
        self.ledger.setParent(self)

    def retranslate(self) -> None:
        """Word the heads; the ledger keeps its rows."""
        today = self._desk.today()
        self.ledger.show_columns(
            [
                Column(self.tr("Day"), lambda row: words.short_day(row.day, today)),
                Column(self.tr("What"), words.movement, tip=words.movement),
                Column(self.tr("Points"), lambda row: words.signed(row.points), align="right", tone=_tone),
                Column(self.tr("Balance"), lambda row: f"{row.balance:,}", align="right"),
                Column(self.tr("Lot ends"), lambda row: _until(row.expires_on, today), align="right"),
            ]
        )
        self.table.set_widths(112, None, 80, 72, 112, give_way=(4, 3), least=148)

    def show_member(self, customer_id: int | None, name: str) -> None:
        """Show one member, or nobody."""
        self.customer_id = customer_id
        self.setVisible(customer_id is not None)
        if customer_id is None:
            self.ledger.show_rows([])
            return
        read, today = self._desk.gateway.read, self._desk.today()
        standing = read(loyalty.standing, customer_id, today)
        self.name.setText(name)
        self.badge.show_badge(tier_badge(standing.tier.mark(top=standing.next_tier is None), crown=True))
        self._show_standing(standing)
        self._show_points(read(loyalty.holding, customer_id), today)
        self.ledger.show_rows(read(loyalty.ledger, customer_id, limit=LEDGER))

    def _show_standing(self, standing: Standing) -> None:
        for label, said in (
            (self.holds, words.holds(standing, self._desk)),
            (self.ahead, words.ahead(standing, self._desk)),
        ):
            label.setText(said)
            label.setVisible(bool(said))

    def _show_points(self, held: Holding, today: date) -> None:
        self.points.setText(f"{held.balance:,}")
        self.unit.setText(self.tr("point(s)", "", held.balance))
        by = month_end(today, 1)
        soon = held.expiring(today, by)
        said = self.tr("{points} end by {day}").replace("{points}", f"{soon:,}")
        parts = [said.replace("{day}", words.day(by, today)) if soon else self._owed(held)]
        if pending := held.pending(today):
            parts.append(self.tr("{points} not yet usable").replace("{points}", f"{pending:,}"))
        self.ending.setText(" · ".join(part for part in parts if part))

    def _owed(self, held: Holding) -> str:
        return self.tr("{points} owed by the customer").replace("{points}", f"{held.debt:,}") if held.debt else ""


def _tone(row: LedgerRow) -> str | None:
    return "accent_text" if row.points > 0 else None


def _until(day: date | None, today: date) -> str:
    return words.short_day(day, today) if day else "–"
