"""The chosen article: what it costs whom, what a scanner reads on it, how it sells."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtWidgets import QGridLayout, QWidget

from app.domain.money import QUANTITY_UNITS, quantity_to_decimal_string
from app.services import complaints, products
from app.services.complaints import Days
from app.services.customers import TierMark
from app.services.loyalty import TierRow
from app.services.products import ProductRow
from app.views.products import words
from app.views.shared.badges import Badge, BadgeView
from app.views.shared.buttons import Button
from app.views.shared.cards import Card, Rule
from app.views.shared.codes import CodeView
from app.views.shared.desk import Desk
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import Scroll, box, column, row
from app.views.shared.look import px
from app.views.shared.people_words import ago, tier_name

YEAR = timedelta(days=365)
_PERCENT = 100


class ArticleFacts(Card):
    """Hidden while no article is chosen. Cost and margin are for whoever may change prices."""

    def __init__(self, desk: Desk, buttons: Sequence[Button], parent: QWidget | None = None) -> None:
        self._desk = desk
        self.name, self.badge = PlainLabel("", "section", wrap=True), Badge()
        self.under = ElidedLabel("", "small", tone="ink2")
        self.price = PlainLabel("", "figure")
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.bars, self.digits = CodeView(bars=True, size=(200, 56)), PlainLabel("", "small", tone="ink2")
        acts = [row(*buttons[at : at + 2], None, gap=8) for at in range(0, len(buttons), 2)]
        super().__init__(
            self.name,
            row(self.badge, (self.under, 1), gap=8),
            self.price,
            Rule(),
            (Scroll(box(column(box(self._grid), Rule(), column(self.bars, self.digits, gap=2), None, gap=10))), 1),
            *acts,
            gap=10,
            parent=parent,
        )

    def show_article(self, article: ProductRow | None, tiers: Sequence[TierRow]) -> None:
        """Show one article, or none."""
        self.setVisible(article is not None)
        if article is None:
            return
        self.name.setText(article.name)
        self.under.setText(" · ".join(filter(None, (article.code, article.category))))
        self.badge.show_badge(BadgeView(words.state(article), "accent" if article.active else "neutral"))
        self.price.setText(words.each(article, self._desk))
        self._show_lines([*self._priced(article, tiers), *self._sold(article)])
        self.bars.show_code(article.barcode)
        self.digits.setText("\n".join(article.barcodes))
        self.digits.setFixedHeight(max(1, len(article.barcodes)) * px(18))
        self.digits.setVisible(bool(article.barcodes))

    def said(self) -> dict[str, str]:
        """The lines as they are read, by their labels."""
        cells = (self._grid.itemAtPosition(line, at) for line in range(self._grid.rowCount()) for at in (0, 1))
        labels = [widget.text() for cell in cells if cell and isinstance(widget := cell.widget(), PlainLabel)]
        return dict(zip(labels[::2], labels[1::2], strict=True))

    def _priced(self, article: ProductRow, tiers: Sequence[TierRow]) -> list[tuple[str, str]]:
        lines = []
        for tier in tiers:
            if tier.member_discount:
                name = tier_name(TierMark(tier.rank, tier.code, tier.name, tier.hue, top=False))
                theirs = words.price(words.less(article.price, tier.member_discount), self._desk)
                lines.append((self.tr("For {tier}").replace("{tier}", name), theirs))
        if article.cost is not None and self._desk.gateway.may(products.edit):
            lines.append((self.tr("Cost"), words.price(article.cost, self._desk)))
            if article.price:
                share = (article.price - article.cost) / article.price
                lines.append((self.tr("Margin"), f"{share * _PERCENT:.0f}%"))
        return lines

    def _sold(self, article: ProductRow) -> list[tuple[str, str]]:
        today = self._desk.today()
        figures = self._desk.gateway.read(products.selling, article.id, today - YEAR)
        if figures.last_sold_on is None:
            return [(self.tr("Sold"), self.tr("never yet"))]
        pieces = (
            quantity_to_decimal_string(figures.quantity)
            if figures.quantity % QUANTITY_UNITS
            else (f"{figures.quantity // QUANTITY_UNITS:,}")
        )
        bills = self.tr("on %n bill(s)", "", figures.bills)
        return [
            (self.tr("Sold in 12 months"), f"{pieces} {article.unit}".strip()),
            ("", bills),
            (self.tr("Brought in"), self._desk.money(figures.net, drop_zeros=True)),
            *self._left(article, today),
            (self.tr("Last sold"), ago(figures.last_sold_on, today)),
        ]

    def _left(self, article: ProductRow, today: date) -> list[tuple[str, str]]:
        """What of it was left; remedies for complaints about it stand below, they are off already."""
        if not self._desk.gateway.may(complaints.product_margin):
            return []
        left = self._desk.gateway.read(complaints.product_margin, article.id, Days(today - YEAR, today))
        if left.margin is None:
            return []
        lines = [(self.tr("Left after cost"), self._desk.money(left.margin, drop_zeros=True))]
        if left.remedies:
            less = self.tr("less {cost} of remedies")
            lines.append(("", less.replace("{cost}", self._desk.money(left.remedies, drop_zeros=True))))
        return lines

    def _show_lines(self, lines: Sequence[tuple[str, str]]) -> None:
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self._grid.setVerticalSpacing(px(4))
        self._grid.setHorizontalSpacing(px(12))
        for place, (label, said) in enumerate(lines):
            self._grid.addWidget(PlainLabel(label, "small", tone="ink2"), place, 0)
            self._grid.addWidget(PlainLabel(said, "small", align="right"), place, 1)
