"""What would come, or has come, of the import: five counts that add up, and each rejected row with its reason."""

from PySide6.QtWidgets import QWidget

from app.services.transfer import Outcome, Plan, Rejection
from app.views.shared.cards import Card
from app.views.shared.desk import Desk
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.notices import Notice
from app.views.shared.rows_model import Column, RowsModel
from app.views.shared.tables import Table
from app.views.transfer import words

SHOWN = 1_000
"""Rejected rows that are listed; the file of rejected rows holds all."""


class Count(Card):
    """One of the five: its number and what it counts."""

    def __init__(self) -> None:
        self.number, self.words = PlainLabel("", "figure"), PlainLabel("", "caption", tone="ink2")
        super().__init__(self.number, self.words, kind="well", gap=2)

    def show_count(self, count: int, said: str, tone: str = "ink") -> None:
        self.number.setText(f"{count:,}")
        self.number.set_tone(tone if count else "ink3")
        self.words.setText(said)
        self.setAccessibleName(f"{said} {count}")


class OutcomePage(QWidget):
    """Shown twice: after the dry run and after the import."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.outcome: Outcome | None = None
        self.said = Notice("", "accent", icon="ph.check-circle")
        self.counts = [Count() for _ in range(5)]
        self.more = PlainLabel("", "small", tone="ink2", wrap=True)
        self.rejected: RowsModel[Rejection] = RowsModel((), self, identity=lambda rejection: rejection.line)
        self.head = PlainLabel("", "strong")
        self.table = Table(compact=True)
        self.table.setModel(self.rejected)
        self.why = PlainLabel("", "small", tone="ink2", wrap=True)
        self.table.chosen.connect(self._on_chosen)
        self.setLayout(
            column(
                self.said,
                row(*((count, 1) for count in self.counts), gap=8),
                self.more,
                self.head,
                self.table,
                self.why,
                gap=12,
            )
        )

    def show_outcome(self, outcome: Outcome, plan: Plan, *, done: bool) -> None:
        """Show the counts, and what stands out."""
        self.outcome = outcome
        sentence = self._sentence(outcome, done)
        self.said.show_notice(sentence, "accent" if done else "blue", "ph.check-circle" if done else "ph.info")
        names = (
            (outcome.created, self.tr("new"), "accent_text"),
            (outcome.updated, self.tr("updated"), "ink"),
            (outcome.unchanged, self.tr("unchanged"), "ink"),
            (outcome.skipped, self.tr("skipped"), "ink"),
            (outcome.rejected, self.tr("rejected"), "red_text"),
        )
        for count, (number, said, tone) in zip(self.counts, names, strict=True):
            count.show_count(number, said, tone)
        more = [*self._sales(outcome), *(words.warning(code, number) for code, number in outcome.warnings.items())]
        self.more.setText(" · ".join(more))
        self.more.setVisible(bool(more))
        self._show_rejected(outcome, plan)

    def relook(self) -> None:
        rows = min(len(self.outcome.rejections), 5) if self.outcome else 0
        self.table.setFixedHeight(px(32 + 28 * rows + 4))
        self.table.set_widths(64, 120, 140, None)

    def _sentence(self, outcome: Outcome, done: bool) -> str:
        if done:
            return self.tr("**Brought in.** A copy of the shop was made before; Undo takes the import back.")
        if outcome.created + outcome.updated == 0:
            return self.tr("**There is nothing new in this file.** Everything it says is in the shop already.")
        return self.tr("**This is what would happen.** Nothing has been changed yet.")

    def _sales(self, outcome: Outcome) -> list[str]:
        figures = outcome.sales
        if figures is None:
            return []
        earned = figures.points_earned
        return [
            self.tr("%n sale(s)", "", figures.sales),
            self.tr("%n new customer(s)", "", figures.customers_created),
            self.tr("%n new product(s)", "", figures.products_created),
            self.tr("%n anonymous line(s)", "", figures.anonymous_lines),
            self.tr("%n returned line(s)", "", figures.return_lines),
            self.tr("net {money}").replace("{money}", self.desk.money(figures.net_total)),
            *([] if earned is None else [self.tr("%n point(s) earned", "", earned)]),
        ]

    def _show_rejected(self, outcome: Outcome, plan: Plan) -> None:
        self.head.setText(self.tr("%n row(s) rejected", "", outcome.rejected))
        self.rejected.show_columns(
            [
                Column(self.tr("Line"), lambda one: plan.place(one.line), align="right", sort=lambda one: one.line),
                Column(self.tr("Column"), lambda one: one.column, sort=lambda one: one.column),
                Column(self.tr("Stands there"), lambda one: one.value),
                Column(self.tr("Why, and what to do"), words.reason, tip=words.reason),
            ]
        )
        self.rejected.show_rows(list(outcome.rejections[:SHOWN]))
        for part in (self.head, self.table, self.why):
            part.setVisible(bool(outcome.rejections))
        if outcome.rejections:
            self.table.choice.choose_place(0)
        self.relook()

    def _on_chosen(self, rejection: Rejection | None) -> None:
        """What to do about the chosen row, whole: the table cuts a long sentence."""
        self.why.setText(words.reason(rejection) if rejection else "")
