"""Points for many at once: to whom, how many, what for; counted before, one act that can be taken back."""

from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from app.services import customers, loyalty
from app.services.customers import Only
from app.services.customers.selling import Audience
from app.services.loyalty import BonusDone, BonusPreview
from app.services.loyalty.bonus import MOST_POINTS
from app.views.members.words import name_of
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.forms import Form
from app.views.shared.held_back import HeldBackButton
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import row
from app.views.shared.number_fields import WholeField
from app.views.shared.paint import figure
from app.views.shared.saving import Saving

EVERYBODY = 10_000_000
LISTED, TIER, TAG, ALL = "listed", "tier", "tag", "all"


class BonusDialog(Dialog):
    """The people of a list, a tier, a tag, or everyone; Ctrl+Enter gives, Esc stops what runs."""

    def __init__(self, desk: Desk, parent: QWidget, ids: tuple[int, ...] = (), rank: int | None = None) -> None:
        super().__init__(parent, width=640)
        self._desk, self._ids = desk, ids
        self._operation = uuid4().hex
        self._meant: tuple[object, Audience] | None = None
        self._tiers = desk.gateway.read(loyalty.tiers)
        self._tags = desk.gateway.read(customers.tags)
        self.form = Form()
        self.whom, self.tier, self.tag = Chips(size="form", digits=True), ComboBox(), ComboBox()
        self.points, self.reason = WholeField(1, MOST_POINTS), LineEdit()
        for name, field in (("whom", self.whom), ("tier", self.tier), ("tag", self.tag), ("points", self.points)):
            self.form.add(name, "", field)
        self.form.add("reason", "", self.reason, check=self._check_reason)
        self.foreseen = PlainLabel("", "strong", wrap=True)
        self.saving = Saving(self, desk.gateway, again=self._show)
        self.set_form(self.form)
        self.held = HeldBackButton(desk)
        self.body.add(self.foreseen, row(self.held, None), self.saving.meter)
        self.form.changed.connect(lambda _name: self._show())
        self.submitted.connect(self._on_submitted)
        self._word()
        self.whom.set_value(LISTED if ids else TIER)
        self.tier.set_value(rank if rank is not None else self._tiers[-1].rank)
        self._show()

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "saving"):
            self._word()
            self._show()

    def reject(self) -> None:
        """Esc stops what runs, and closes only what stands still."""
        if not self.saving.stop():
            super().reject()

    def meant(self) -> Audience:
        """Who is meant; read once for each choice, and not with each key of the points or the reason."""
        choice = (self.whom.value(), self.tier.value(), self.tag.value())
        if self._meant is None or self._meant[0] != choice:
            self._meant = choice, self._desk.gateway.read(loyalty.bonus_audience, self._cards())
        return self._meant[1]

    def _cards(self) -> Sequence[int]:
        kind = self.whom.value()
        if kind == LISTED:
            return self._ids
        only = Only()
        if kind == TIER:
            only = Only(tier_rank=self.tier.value())
        elif kind == TAG:
            only = Only(tag=str(self.tag.value() or ""))
        return self._desk.gateway.read(customers.ids_of_page, None, only, 0, EVERYBODY)

    def _word(self) -> None:
        self.set_title(self.tr("Points for many"), self.tr("usable at once, until they expire as always"))
        labels = {
            "whom": self.tr("To whom"),
            "tier": self.tr("Tier"),
            "tag": self.tr("Tag"),
            "points": self.tr("Points for each"),
            "reason": self.tr("Reason"),
        }
        for name, words in labels.items():
            self.form.set_label(name, words)
        self.points.set_unit(self.tr("points"))
        self.reason.setPlaceholderText(self.tr("What for, in a few words"))
        chips = [ChipView(LISTED, self.tr("The list"), len(self._ids))] if self._ids else []
        chips += [ChipView(TIER, self.tr("A tier"))]
        chips += [ChipView(TAG, self.tr("A tag"))] if self._tags else []
        self.whom.show_chips([*chips, ChipView(ALL, self.tr("Everyone"))])
        self.tier.show_choices([(tier.rank, name_of(tier)) for tier in reversed(self._tiers)])
        self.tag.show_choices([(name, f"{name} · {number:,}") for name, number in self._tags])

    def _show(self) -> None:
        """Say what it comes to, after each key."""
        self.form.set_row_visible("tier", self.whom.value() == TIER)
        self.form.set_row_visible("tag", self.whom.value() == TAG)
        points = self.points.value() or 0
        seen = self._desk.gateway.read(loyalty.preview_bonus, self.meant(), points)
        people = self.tr("%n customer(s)", "", seen.people).replace(str(seen.people), figure(seen.people))
        words = self.tr("{people} · {points} points in all, worth {money}")
        money = self._desk.money(seen.worth, drop_zeros=True)
        said = words.replace("{people}", people).replace("{points}", f"{seen.points:,}").replace("{money}", money)
        self.foreseen.setText(said if seen.people else self._nobody(seen))
        self.held.show_held(seen.held)
        self.primary.setText(self.tr("Give points"))
        self.primary.setEnabled(bool(seen.people) and not self.saving.running)
        self.primary.setToolTip("" if seen.people else self._nobody(seen))

    def _nobody(self, seen: BonusPreview) -> str:
        return self.tr("Everybody meant is held back.") if seen.held else self.tr("Nobody is meant.")

    def _said(self, done: BonusDone) -> str:
        said = self.tr("%n customer(s) got {points} points each", "", done.people)
        return said.replace("{points}", f"{done.points // done.people:,}")

    def _check_reason(self, typed: object) -> str | None:
        return None if str(typed).strip() else self.tr("Say why: it stays in the ledger")

    def _on_submitted(self) -> None:
        points, people = self.points.value(), self._cards()
        if points is None or self.saving.running or not people:
            return
        task = self._desk.gateway.write_later(
            loyalty.give_bonus,
            people,
            points,
            self.reason.value(),
            operation_id=self._operation,
            at=self._desk.now(),
            said=self._said,
        )
        self.saving.begin(task, stopped=self.tr("Stopped: nobody got anything"))


def open_bonus(desk: Desk, parent: QWidget, ids: tuple[int, ...] = (), rank: int | None = None) -> BonusDialog:
    """Ask who gets how many points."""
    dialog = BonusDialog(desk, parent, ids, rank)
    dialog.present()
    return dialog
