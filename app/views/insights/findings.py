"""What the figures say, in sentences that open the people they are about."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.services.insights import Finding, FindingKind
from app.services.interactions import ServiceRatio
from app.views.insights import words
from app.views.shared.avatars import Glyph
from app.views.shared.buttons import Button
from app.views.shared.cards import Card
from app.views.shared.contact_words import ratio_words
from app.views.shared.desk import Desk, ShowCustomers
from app.views.shared.held_back import HeldBackButton
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, row

LINK_PAD = 10
"""What a link has before its words: the sentence above it begins there too."""
_SIGNS = {
    FindingKind.FELL_SILENT: ("ph.moon", "ink2"),
    FindingKind.ROSE: ("ph.crown-simple", "gold_text"),
    FindingKind.FELL: ("ph.crown-simple", "ink2"),
    FindingKind.STAYED_AWAY: ("ph.users", "accent_text"),
}


class FindingsCard(Card):
    """At most four sentences, each with a link to its people."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(gap=4, parent=parent)
        self._desk = desk
        self._lines: list[QWidget] = []
        self.links: list[Button] = []
        self.title = PlainLabel("", "strong")
        self.foot = PlainLabel("", "caption", tone="ink3", wrap=True)
        self.ratio = ElidedLabel("", "small", tone="ink2")
        self.ratio.hide()
        self._said = column(gap=8)
        self.body.add(self.title, 4, self._said, None, self.ratio, self.foot)

    def retranslate(self) -> None:
        self.title.setText(self.tr("What it says"))
        self.foot.setText(self.tr("Rates carry counts; under 100 people, an interval."))

    def show_ratio(self, ratio: ServiceRatio) -> None:
        """How often the shop cared for people, and how often it sold to them."""
        said = ratio_words(ratio.care, ratio.sell)
        self.ratio.setText(self.tr("Contacts: {ratio}").replace("{ratio}", said))
        self.ratio.setVisible(bool(said))

    def show_findings(self, findings: Sequence[Finding], top_tier: str) -> None:
        """Say these; `top_tier` is the name of the highest."""
        for line in self._lines:
            self._said.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.links = []
        self._lines = [self._line(finding, top_tier) for finding in findings]
        if not self._lines:
            self._lines = [PlainLabel(self.tr("Nothing stands out in this period."), "small", tone="ink2", wrap=True)]
        for line in self._lines:
            self._said.add(line)

    def _line(self, finding: Finding, top_tier: str) -> QWidget:
        icon, tone = _SIGNS[finding.kind]
        sentence = self._sentence(finding, top_tier)
        link = Button(self.tr("See the %n →", "", len(finding.people)), "link", size="small")
        link.clicked.connect(lambda: self._desk.ask(ShowCustomers(sentence, finding.people)))
        self.links.append(link)
        held = HeldBackButton(self._desk)
        held.show_held(finding.held)
        told = column(PlainLabel(sentence, "small", wrap=True), margins=(LINK_PAD, 0, 0, 0))
        return box(
            row(column(2, Glyph(icon, tone, 16), None, gap=0), (column(told, row(link, held, None), gap=0), 1), gap=0)
        )

    def _sentence(self, finding: Finding, top_tier: str) -> str:
        count = len(finding.people)
        if finding.kind is FindingKind.FELL_SILENT:
            said = self.tr("%n customer(s) stayed away who usually come every {days} days.", "", count)
            return said.format(days=finding.usual_days)
        if finding.kind is FindingKind.ROSE:
            return self.tr("%n customer(s) reached {tier}.", "", count).format(tier=top_tier)
        if finding.kind is FindingKind.FELL:
            return self.tr("%n customer(s) left {tier}.", "", count).format(tier=top_tier)
        month = words.month_and_year(finding.month) if finding.month else ""
        said = self.tr("Of {of} who first bought in {month}, %n have not come again.", "", count)
        return said.format(of=finding.of, month=month)
