"""All tiers at once: any number of them, what each asks for and brings, over which window; told before it counts."""

from dataclasses import replace
from itertools import count

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.domain.errors import ShopError
from app.domain.shop import TierWindow
from app.domain.shop_limits import LIMITS
from app.resources.refusals import sentence
from app.services import loyalty
from app.services.loyalty import LadderDraft, LadderPreview, TierDraft, settled
from app.services.loyalty.tier_drafts import MOST_TIERS
from app.views.members import preview_words, words
from app.views.members.tier_form import TierForm
from app.views.shared import look
from app.views.shared.buttons import Button
from app.views.shared.cards import Rule
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import box, row
from app.views.shared.number_fields import WholeField
from app.views.shared.saving import Saving
from app.views.shared.tasks import Task

REST = 250
"""Milliseconds without a key before the preview is read."""


class LadderDialog(Dialog):
    """Chips choose a tier, its fields stand under them; what the change would do follows the hand, Ctrl+Enter saves."""

    def __init__(self, desk: Desk, parent: QWidget, chosen: str = "") -> None:
        super().__init__(parent, width=760)
        self._desk = desk
        shop, rows = desk.settings, desk.gateway.read(loyalty.tiers)
        self._found = loyalty.draft_of(rows, shop.tier_window, shop.tier_grace_days)
        self._numbers = count()
        self._tiers: dict[int, TierDraft] = {next(self._numbers): tier for tier in self._found.tiers}
        self._removed: list[TierDraft] = []
        self._lowest = 0
        self._reading: Task | None = None
        self._seen: LadderPreview | None = None
        self._make()
        self._connect()
        self.retranslate()
        self.shared.set_values({"window": shop.tier_window, "grace": shop.tier_grace_days, "since": False})
        keys = [key for key, tier in self._tiers.items() if tier.code == chosen]
        self._choose(keys[0] if keys else max(self._tiers))
        self.look_ahead()

    def _make(self) -> None:
        self.which, self.add = Chips(size="form"), Button("", "quiet", icon="ph.plus", size="small")
        self.remove = Button("", "quiet", icon="ph.minus", size="small")
        self.tier = TierForm(self._desk)
        self.shared = Form()
        self.shared.add("window", "", Chips(size="form"))
        self.shared.add("grace", "", WholeField(*LIMITS["tier_grace_days"]))
        self.shared.add("since", "", Chips(size="form"))
        self.foreseen, self.wrong = (
            PlainLabel("", "small", wrap=True),
            PlainLabel("", "small", tone="red_text", wrap=True),
        )
        self.saving = Saving(self, self._desk.gateway, again=self.look_ahead)
        head = box(row((self.which, 1), self.add, self.remove, gap=8))
        self.body.add(head, self.tier, Rule(), self.shared, Rule(), self.wrong, self.foreseen, self.saving.meter)
        self._soon = QTimer(self, singleShot=True, interval=REST)

    def _connect(self) -> None:
        self._soon.timeout.connect(self.look_ahead)
        self.which.chosen.connect(self._choose)
        self.tier.changed.connect(self._on_tier)
        self.shared.changed.connect(lambda _name: self._soon.start())
        self.shared.field("grace").textChanged.connect(lambda _words: self._soon.start())
        self.shared.submitted.connect(self._on_submitted)
        self.add.clicked.connect(self._on_add)
        self.remove.clicked.connect(self._on_remove)
        self.submitted.connect(self._on_submitted)

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "_soon"):
            return
        self.set_title(self.tr("Tiers"), self.tr("the highest that fits is the one a customer stands in"))
        self.add.setText(self.tr("Add tier"))
        self.remove.setText(self.tr("Remove tier"))
        self.shared.set_label("window", self.tr("Purchases that count"))
        self.shared.set_label("grace", self.tr("Grace before a tier is lost"))
        self.shared.set_label("since", self.tr("The change counts"))
        self.shared.field("grace").set_unit(self.tr("days"))
        self._offer("window", [ChipView(window, words.window(window)) for window in TierWindow])
        since = (False, self.tr("from today on")), (True, self.tr("as if it had always been so"))
        self._offer("since", [ChipView(always, said) for always, said in since])
        self.primary.setText(self.tr("Save"))
        self.tier.retranslate()
        self._show_chips()
        self._say_foreseen()

    def draft(self) -> LadderDraft:
        """The ladder as it is filled in."""
        values = self.shared.values()
        grace = values["grace"]
        return LadderDraft(
            tuple(self._tiers.values()),
            TierWindow(str(values["window"])),
            -1 if grace is None else grace,
            bool(values["since"]),
        )

    def look_ahead(self) -> None:
        """Read what the change would do on a worker thread; what cannot be is told in its place."""
        self._soon.stop()
        self._drop_reading()
        self._seen = None
        fault = self._fault()
        self.wrong.setText(fault)
        self.wrong.setVisible(bool(fault))
        self.primary.setEnabled(False)
        self.primary.setToolTip(fault or self.tr("Being worked out"))
        if fault:
            self.foreseen.hide()
            return
        read = self._desk.gateway.read_long
        self._reading = task = read(loyalty.preview, self.draft(), self._desk.today(), then=self._on_seen, owner=self)
        self.saving.watch(task)

    @property
    def thinking(self) -> bool:
        """Whether what is shown is not yet what the fields would do."""
        return self._soon.isActive() or self._reading is not None

    def reject(self) -> None:
        """Esc stops what is being saved, and closes only what stands still."""
        if not self.saving.stop():
            self._drop_reading()
            super().reject()

    def _offer(self, name: str, chips: list[ChipView]) -> None:
        field: Chips = self.shared.field(name)
        kept = field.value()
        field.show_chips(chips)
        field.set_value(kept)

    def _fault(self) -> str:
        if self.tier.draft() is None:
            self.tier.check()
            return self.tr("Mend the field marked red first")
        try:
            settled(self.draft())
        except ShopError as refusal:
            return sentence(refusal, look.current().language)
        return ""

    def _drop_reading(self) -> None:
        if self._reading is not None and self._reading.running:
            self._reading.drop()
            self._reading.cancel()
        self._reading = None
        self.saving.rest()

    def _on_seen(self, seen: LadderPreview) -> None:
        self._reading, self._seen = None, seen
        self.saving.rest()
        self._in_order()
        self._say_foreseen()
        changed = self._changed()
        self.primary.setEnabled(changed)
        self.primary.setToolTip("" if changed else self.tr("Nothing was changed"))

    def _changed(self) -> bool:
        return replace(settled(self.draft()), from_start=False) != settled(self._found) or self.draft().from_start

    def _in_order(self) -> None:
        """The chips stand as the thresholds put the tiers, the lowest first."""
        places = {id(tier): key for key, tier in self._tiers.items()}
        ordered = sorted(self._tiers.values(), key=lambda tier: (tier.min_amount or 0, tier.min_days or 0))
        self._tiers = {places[id(tier)]: tier for tier in ordered}
        self._show_chips()

    def _say_foreseen(self) -> None:
        if self._seen is None:
            self.foreseen.hide()
            return
        tiers = settled(self.draft()).tiers
        said = preview_words.foretold(self._seen, tiers, self._removed)
        self.foreseen.setText("\n".join(said) if said else self.tr("Nobody would stand elsewhere."))
        self.foreseen.show()

    def _show_chips(self) -> None:
        kept = self.which.value()
        self.which.show_chips([ChipView(key, words.draft_name(tier)) for key, tier in self._tiers.items()])
        self.which.set_value(kept)
        self.add.setVisible(len(self._tiers) < MOST_TIERS)

    def _choose(self, key: object) -> None:
        number = int(str(key))
        self.which.set_value(number)
        self.tier.show_tier(self._tiers[number], lowest=number == self._lowest)
        self.remove.setEnabled(number != self._lowest)
        self.remove.setToolTip("" if number != self._lowest else self.tr("The lowest tier is that of everyone else"))

    def _on_tier(self) -> None:
        draft = self.tier.draft()
        if draft is not None:
            self._tiers[int(str(self.which.value()))] = draft
            self._show_chips()
        self._soon.start()

    def _on_add(self) -> None:
        """A new tier asks for twice what the highest does: seen at once, and nobody moves by accident."""
        highest = max((tier.min_amount or 0 for tier in self._tiers.values()), default=0)
        used = {tier.hue for tier in self._tiers.values()}
        hue = next((hue for hue in ("blue", "plum", "gold", "accent", "red") if hue not in used), "accent")
        key = next(self._numbers)
        self._tiers[key] = TierDraft(name=self.tr("New tier"), hue=hue, min_amount=2 * highest or 100_000)
        self._show_chips()
        self._choose(key)
        self.tier.name.setFocus()
        self.tier.name.selectAll()
        self._soon.start()

    def _on_remove(self) -> None:
        gone = self._tiers.pop(int(str(self.which.value())))
        if gone.code:
            self._removed.append(gone)
        self._show_chips()
        self._choose(max(self._tiers))
        self.which.setFocus()
        self._soon.start()

    def _on_submitted(self) -> None:
        if self.saving.running or not self.primary.isEnabled() or self.thinking:
            return
        write, today = self._desk.gateway.write_later, self._desk.today()
        task = write(loyalty.change_tiers, self.draft(), day=today, said=self.tr("Tiers changed"))
        self.saving.begin(task, stopped=self.tr("Stopped: nothing was changed"))


def open_ladder(desk: Desk, parent: QWidget, chosen: str = "") -> LadderDialog:
    """Edit the tiers, beginning with one of them."""
    dialog = LadderDialog(desk, parent, chosen)
    dialog.present()
    dialog.which.setFocus(Qt.FocusReason.OtherFocusReason)  # nothing to save yet, so not on what would close it
    return dialog
