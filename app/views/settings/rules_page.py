"""The rules that bring follow-ups by themselves: switched, changed, put in order, with what each would bring."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.domain.errors import ShopError, StorageError
from app.domain.followup_rules import RuleKind
from app.services import customers, followups
from app.services.customers import TierMark
from app.services.followups import Ran, RulePreview, RuleRow
from app.views.settings import rule_words
from app.views.settings.page import SettingsPage
from app.views.settings.rule_dialog import RuleDialog
from app.views.settings.rule_list import CadenceRules, KindRules
from app.views.settings.rules_ahead import RulesAhead
from app.views.shared.badges import BadgeView
from app.views.shared.lists import RowView


class RulesPage(SettingsPage):
    """Two lists: what the shop waits for, and how often whom to contact. Counts come when they are worked out."""

    watches = frozenset({"followup_rules", "followups", "settings", "customers"})

    def build(self) -> None:
        self.kinds, self.cadences = KindRules(), CadenceRules()
        self._rows: list[RuleRow] = []
        self._seen: dict[int, RulePreview] = {}
        self._tiers: dict[str, TierMark] = {}
        self.ahead = RulesAhead(self.desk)
        self.arrange(self.ahead, self.kinds, self.cadences)
        self.ahead.seen.connect(self._on_foreseen)
        for shown in (self.kinds, self.cadences):
            shown.edited.connect(self._on_edit)
            shown.shelved.connect(self._on_switch)
        self.cadences.added.connect(self._on_add)
        self.cadences.moved.connect(self._on_moved)

    def retranslate(self) -> None:
        self.kinds.say(
            self.tr("Follow-ups by themselves"),
            self.tr("Brought when the day opens, each occasion once; days the program was closed are made up for."),
            "",
        )
        self.cadences.say(
            self.tr("How often to be in touch"),
            self.tr("Counted from the last real contact or purchase. Of several rules the first that fits decides."),
            self.tr("No rule yet: begin with your best customers, such as every 30 days."),
        )
        self.ahead.retranslate()
        self._show()

    def reload(self) -> None:
        super().reload()
        read = self.desk.gateway.read
        self._rows = read(followups.rules)
        self._tiers = {mark.code: mark for mark in read(customers.tier_marks).values()}
        self._show()
        if self.desk.gateway.may(followups.preview_rules):
            self.ahead.work_out()

    def rule(self, rule_id: int) -> RuleRow:
        """One of the rules."""
        return next(row for row in self._rows if row.id == rule_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.ahead.stop():
            return
        super().keyPressEvent(event)

    def _on_foreseen(self, seen: dict[int, RulePreview]) -> None:
        self._seen = seen
        self._show()

    def _show(self) -> None:
        for shown, cadence in ((self.kinds, False), (self.cadences, True)):
            rows = [row for row in self._rows if (row.kind is RuleKind.CADENCE) is cadence]
            off = frozenset(row.id for row in rows if row.on_since is None)
            shown.show_rows([self._view(row) for row in rows], off)

    def _view(self, row: RuleRow) -> RowView:
        meant, on = rule_words.scope(row.draft, self._tiers), row.on_since is not None
        title = rule_words.title(row.kind)
        if row.kind is RuleKind.CADENCE:
            title = meant or rule_words.scope_kind(row.draft.scope)
        elif meant:
            title = f"{title} · {meant}"
        said = [rule_words.sentence(row.draft, self.desk.settings, self._money)]
        if row.id in self._seen:
            said.append(rule_words.foreseen(self._seen[row.id], on=on))
        badge = BadgeView(self.tr("on"), "accent") if on else BadgeView(self.tr("off"), "outline")
        return RowView(row.id, title, " · ".join(said), badge=badge, picture="none")

    def _money(self, units: int) -> str:
        return self.desk.money(units, drop_zeros=True)

    def _on_edit(self, rule_id: int) -> None:
        RuleDialog(self.desk, self, self.rule(rule_id)).present()

    def _on_add(self) -> None:
        dialog = RuleDialog(self.desk, self, None)
        dialog.accepted.connect(self.run)
        dialog.present()

    def _on_switch(self, rule_id: int) -> None:
        row, write = self.rule(rule_id), self.desk.gateway.write
        on = row.on_since is None
        said = self.tr("Switched on: {rule}") if on else self.tr("Switched off: {rule}")
        view = self._view(row)
        write(followups.switch_rule, rule_id, on, self.desk.today(), said=said.replace("{rule}", view.title))
        if on:
            self.run()

    def run(self) -> None:
        """Let what was just switched on bring what it has for today."""
        self.desk.gateway.write_later(
            followups.run_rules, self.desk.today(), at=self.desk.now(), said=self._brought
        ).failed.connect(self._on_failed)

    def _brought(self, ran: Ran) -> str:
        created = ran.created
        return self.tr("%n follow-up(s) brought by the rules", "", created) if created else ""

    def _on_failed(self, trouble: BaseException) -> None:
        """The disk or another window was in the way: it is done when the day is next opened."""
        if not isinstance(trouble, ShopError | StorageError):
            raise trouble

    def _on_moved(self, rule_id: int, place: int) -> None:
        self.desk.gateway.write(followups.move_rule, rule_id, place, said=self.tr("Moved"))
