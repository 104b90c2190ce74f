"""The threshold that the shop's own sales propose for the highest tier, taken or left with one click."""

from PySide6.QtWidgets import QWidget

from app.services import loyalty
from app.services.loyalty import Proposal
from app.views.members import words
from app.views.shared.buttons import Button
from app.views.shared.cards import Card
from app.views.shared.desk import Desk
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import row
from app.views.shared.tasks import Task


class ProposalCard(Card):
    """Hidden while there is nothing to propose, and for who may not change the tiers."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._desk = desk
        self._proposal: Proposal | None = None
        self._task: Task | None = None
        self.said = PlainLabel("", "small", wrap=True)
        self.take, self.leave = Button("", "secondary", size="small"), Button("", "quiet", size="small")
        super().__init__(row((self.said, 1), self.take, self.leave, gap=12), kind="soft", parent=parent)
        self.take.clicked.connect(self._on_take)
        self.leave.clicked.connect(self._on_leave)
        self.hide()

    def retranslate(self) -> None:
        """Word the proposal again."""
        self.show_proposal(self._proposal)

    def show_proposal(self, proposal: Proposal | None) -> None:
        """Say what the sales propose, or nothing."""
        self._proposal = proposal
        self.setVisible(proposal is not None)
        if proposal is None:
            return
        money = self._money(proposal.amount)
        said = self.tr("{reach} of {buyers} buyers reach {money}, {now} reach {old}. Let {tier} begin there?")
        for name, number in (("reach", proposal.reach), ("buyers", proposal.buyers), ("now", proposal.reach_now)):
            said = said.replace("{" + name + "}", f"{number:,}")
        said = said.replace("{money}", money).replace("{old}", self._money(proposal.now))
        self.said.setText(said.replace("{tier}", words.draft_name(proposal.draft.tiers[-1])))
        self.take.setText(self.tr("Begin at {money}").replace("{money}", money))
        self.leave.setText(self.tr("Keep {money}").replace("{money}", self._money(proposal.now)))

    def _money(self, amount: int) -> str:
        return self._desk.money(amount, drop_zeros=True)

    def _on_take(self) -> None:
        if self._proposal is None or self._task is not None:
            return
        said = self.tr("The highest tier begins at {money}").replace("{money}", self._money(self._proposal.amount))
        draft, day = self._proposal.draft, self._desk.today()
        self.take.setEnabled(False)
        self._task = task = self._desk.gateway.write_later(loyalty.change_tiers, draft, day=day, said=said)
        task.ended.connect(self._on_ended)

    def _on_ended(self) -> None:
        self._task = None
        self.take.setEnabled(True)

    def _on_leave(self) -> None:
        self._desk.gateway.write(loyalty.dismiss_proposal, said=self.tr("The threshold stays as it is"))
