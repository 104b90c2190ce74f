"""What the complaints say, in sentences that open the cases they are about."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.complaint_learning import FEWEST, Outcome, apart, per_hundred, vital_few
from app.services.complaints import By, Learned, LeftOver, Payback
from app.views.complaints import learning_words as words
from app.views.complaints.learning_charts import group_words
from app.views.shared.buttons import Button
from app.views.shared.cards import Card
from app.views.shared.desk import Desk
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.margin_words import margin_words

ENOUGH_SOLD = 20
"""Purchases of an article from which on its rate is worth a sentence, if it was complained of more than once."""
Said = tuple[str, tuple[int, ...]]


class LearningFindings(Card):
    """A sentence each: the vital few causes, the article complained of most, whether solving pays, and the margin."""

    wanted = Signal(tuple, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(gap=4, parent=parent)
        self._desk = desk
        self._learned: Learned | None = None
        self._payback: Payback | None = None
        self._margin: LeftOver | None = None
        self._lines: list[QWidget] = []
        self.links: list[Button] = []
        self.title, self.foot = PlainLabel("", "strong"), PlainLabel("", "caption", tone="ink3", wrap=True)
        self._said = column(gap=8)
        self.body.add(self.title, 4, self._said, None, self.foot)

    def retranslate(self) -> None:
        self.title.setText(self.tr("What it says"))
        self.foot.setText(
            self.tr(
                "The 70 and 95 lines are the textbook's: bought again when solved, and when solved fast, small losses."
            )
        )
        self._show()

    def show_learned(self, learned: Learned) -> None:
        self._learned = learned
        self._show()

    def show_payback(self, found: Payback) -> None:
        self._payback = found
        self._show()

    def show_margin(self, left: LeftOver) -> None:
        self._margin = left
        self._show()

    def said(self) -> list[str]:
        """The sentences, for whoever reads them otherwise."""
        return [words for words, _ in self._sentences()]

    def _show(self) -> None:
        for line in self._lines:
            self._said.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.links = []
        self._lines = [self._line(words, ids) for words, ids in self._sentences()]
        for line in self._lines:
            self._said.add(line)

    def _line(self, sentence: str, ids: tuple[int, ...]) -> QWidget:
        told = PlainLabel(sentence, "small", wrap=True)
        if not ids:
            return box(row((told, 1), gap=0))
        link = Button(self.tr("%n case(s) →", "", len(ids)), "link", size="small")
        link.clicked.connect(lambda: self.wanted.emit(ids, sentence))
        self.links.append(link)
        return box(row((told, 1), link, gap=8))

    def _sentences(self) -> Sequence[Said]:
        found = [*self._of_causes(), *self._of_goods(), *self._of_payback(), *self._of_margin()]
        return found or [(self.tr("Nothing stands out in these days."), ())]

    def _of_causes(self) -> list[Said]:
        if self._learned is None or not self._learned.bars[By.CAUSE]:
            return []
        learned, bars = self._learned, self._learned.bars[By.CAUSE]
        few = bars[: vital_few(bars)]
        if len(learned.ids) < FEWEST:
            said = self.tr(
                "Only %n case(s) in these days: each tells its own story, not a pattern.", "", len(learned.ids)
            )
            return [(said, learned.ids)]
        if 2 * len(few) > len(bars):
            said = self.tr("No cause stands out: it takes %n of {of} to bring {share} of the complaints.", "", len(few))
        else:
            said = self.tr("%n cause(s) of {of} bring {share} of the complaints: {names}.", "", len(few))
        names = self.tr(", ").join(words.key_words(By.CAUSE, bar.key, learned) for bar in few[:3])
        said = said.replace("{of}", str(len(bars))).replace("{share}", words.percent(few[-1].so_far))
        return [(said.replace("{names}", names), tuple(key for bar in few for key in bar.ids))]

    def _of_goods(self) -> list[Said]:
        if self._learned is None:
            return []
        learned, bought = self._learned, self._learned.bought[By.GOODS]
        enough = [bar for bar in learned.bars[By.GOODS] if bar.weight > 1 and bought.get(bar.key, 0) >= ENOUGH_SOLD]
        if not enough:
            return []
        worst = max(enough, key=lambda bar: bar.weight / bought[bar.key])
        said = self.tr("Most often complained of: {name}, {rate} per 100 purchases of it ({count} / {of}).")
        for place, value in (
            ("{name}", words.key_words(By.GOODS, worst.key, learned)),
            ("{rate}", words.per_hundred(per_hundred(worst.weight, bought[worst.key]))),
            ("{count}", str(worst.weight)),
            ("{of}", str(bought[worst.key])),
        ):
            said = said.replace(place, value)
        return [(said, worst.ids)]

    def _of_payback(self) -> list[Said]:
        if self._payback is None or not self._payback.groups:
            return []
        group = {one.outcome: one for one in self._payback.groups}
        solved = max((group[Outcome.ON_THE_SPOT], group[Outcome.LATER]), key=lambda one: one.rate.of)
        other = group[Outcome.UNRESOLVED] if not group[Outcome.UNRESOLVED].thin else group[Outcome.NEVER]
        if solved.thin or other.thin:
            return [(self.tr("Whether solving complaints pays cannot be told yet: too few cases are old enough."), ())]
        sure = apart(solved, other)
        said = self.tr("{one}: {share} came back; {other}: {rest}. The difference is beyond chance.")
        if not sure:
            said = self.tr("{one}: {share} came back; {other}: {rest}. That may still be chance.")
        for place, value in (
            ("{one}", words.outcome_words(solved.outcome)),
            ("{share}", group_words(solved)),
            ("{other}", words.outcome_words(other.outcome)),
            ("{rest}", group_words(other)),
        ):
            said = said.replace(place, value)
        return [(said, solved.ids)]

    def _of_margin(self) -> list[Said]:
        left = self._margin
        if left is None or left.margin is None:
            return []
        said = self.tr("{margin}: {money}.").replace("{money}", self._desk.money(left.margin, drop_zeros=True))
        margin = margin_words(self.tr("Margin of these days"), left, self._desk)
        return [(said.replace("{margin}", margin), self._learned.cost_ids if self._learned else ())]
