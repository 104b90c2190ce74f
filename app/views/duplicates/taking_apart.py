"""Taking a merge back: what each card gets, which corrections make both ledgers whole, and then the act."""

from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.errors import ShopError
from app.domain.rewards.kinds import PlanKind
from app.services import customers, duplicates, rewards
from app.services.duplicates import Because, Correction, MergeRow
from app.services.rewards import Pocket, PurseCorrection
from app.views.shared import reward_words
from app.views.shared.cards import Card as Surface
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel
from app.views.shared.people_words import on_day, staff_name

_GIVEN = Because.SPENT_OTHERS_LOT


class ApartDialog(Dialog):
    """Says what will happen before it does; Ctrl+Enter takes the two cards apart."""

    def __init__(
        self,
        desk: Desk,
        parent: QWidget,
        done: MergeRow,
        brings: tuple[Correction, ...],
        purses: tuple[PurseCorrection, ...],
    ) -> None:
        self._ready = False
        super().__init__(parent, width=640)
        self._desk, self.merge, self.brings, self.purses = desk, done, brings, purses
        both: tuple[Correction | PurseCorrection, ...] = (*brings, *purses)
        ids = [done.kept_id, done.gone_id, *(each.customer_id for each in both), *(each.lot_owner for each in both)]
        self._called = desk.gateway.read(rewards.pockets, done.kept_id)
        self._names = {row.id: row.name for row in desk.gateway.read(customers.rows, sorted(set(ids)))}
        self._names.setdefault(done.gone_id, done.gone)
        self.what = PlainLabel("", "body", wrap=True)
        self.title_of_list = PlainLabel("", "strong")
        self.list = PlainLabel("", "small", wrap=True)
        self.corrections = Surface(self.title_of_list, self.list, kind="well", gap=4)
        self.title_of_purses, self.purse_list = PlainLabel("", "strong"), PlainLabel("", "small", wrap=True)
        self.purse_corrections = Surface(self.title_of_purses, self.purse_list, kind="well", gap=4)
        self.body.add(self.what, self.corrections, self.purse_corrections)
        self._ready = True
        self.submitted.connect(self._on_submitted)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        if not self._ready:
            return
        done, today = self.merge, self._desk.today()
        when = on_day(self._desk.day_of(done.at), today)
        by = self.tr("merged {day} by {staff}").replace("{day}", when).replace("{staff}", staff_name(done.staff))
        self.set_title(self.tr("Take the cards apart"), by)
        self.what.setText(
            self._with_names(
                self.tr(
                    "{gone} stands on its own again, with the phones, sales and points it had. "
                    "{kept} loses what came from {gone} alone and keeps what was changed since. "
                    "What was bought, earned or said since the merge stays with {kept}."
                )
            )
        )
        self._word_corrections(today)
        self.primary.setText(self.tr("Take apart"))

    def _word_corrections(self, today: date) -> None:
        self.corrections.setVisible(bool(self.brings))
        self.title_of_list.setText(self.tr("%n correction(s) of points will be written", "", len(self.brings)))
        self.list.setText("\n".join(self._correction(each, today) for each in self.brings))
        self.purse_corrections.setVisible(bool(self.purses))
        said = self.tr("%n correction(s) of stored value and cards will be written", "", len(self.purses))
        self.title_of_purses.setText(said)
        self.purse_list.setText("\n".join(self._of_purse(each, today) for each in self.purses))

    def _correction(self, each: Correction, today: date) -> str:
        """What one pair of rows does, as a sentence."""
        number = f"{each.points:,}"
        if each.because is _GIVEN:
            said = self.tr("{who} spent {points} points of {owner}: {owner} gets them back, {who} owes them.")
        else:
            said = self.tr("{who} paid {points} points that the other owed: {who} gets them back.")
        said = said.replace("{who}", self._name(each.customer_id)).replace("{owner}", self._name(each.lot_owner))
        return self._good_until(said.replace("{points}", number), each.expires_on, today)

    def _of_purse(self, each: PurseCorrection, today: date) -> str:
        """The same of stored value, visits or stamps."""
        if each.customer_id != each.lot_owner:
            said = self.tr("{who} used {amount} of {owner}: {owner} gets it back, {who} owes it.")
        else:
            said = self.tr("{who} paid {amount} that the other owed: {who} gets it back.")
        said = said.replace("{who}", self._name(each.customer_id)).replace("{owner}", self._name(each.lot_owner))
        return self._good_until(said.replace("{amount}", self._amount(each.pocket, each.units)), each.expires_on, today)

    def _amount(self, pocket: Pocket, units: int) -> str:
        """So much of a purse, with what the purse is called."""
        figure = self._desk.money(units) if pocket.kind is PlanKind.STORED else f"{units:,}"
        name = self._called.get(pocket) or reward_words.part(pocket.part)
        return self.tr("{amount} ({purse})").replace("{amount}", figure).replace("{purse}", name)

    def _good_until(self, said: str, expires_on: date | None, today: date) -> str:
        if expires_on is None:
            return said
        until = self.tr("They are good until {day}.").replace("{day}", on_day(expires_on, today))
        return self.tr("{sentence} {more}").replace("{sentence}", said).replace("{more}", until)

    def _name(self, customer_id: int) -> str:
        return self._names.get(customer_id, str(customer_id))

    def _with_names(self, words: str) -> str:
        return words.replace("{gone}", self.merge.gone).replace("{kept}", self._name(self.merge.kept_id))

    def _on_submitted(self) -> None:
        said = self._with_names(self.tr("{gone} and {kept} are two cards again"))
        if self._desk.gateway.write(duplicates.unmerge, self.merge.id, said=said) is not None:
            self.accept()


def open_apart(desk: Desk, parent: QWidget, customer_id: int, merge_id: int) -> ApartDialog | None:
    """Ask whether a merge is to be taken back; None, with the reason said, when it cannot be."""
    gateway = desk.gateway
    done = next((row for row in gateway.read(duplicates.merges, customer_id) if row.id == merge_id), None)
    if done is None:
        return None
    try:
        brings = gateway.read(duplicates.unmerge_brings, merge_id)
        purses = gateway.read(duplicates.unmerge_brings_purses, merge_id)
    except ShopError as refusal:
        gateway.refused.emit(refusal)
        return None
    dialog = ApartDialog(desk, parent, done, brings, purses)
    dialog.present()
    return dialog
