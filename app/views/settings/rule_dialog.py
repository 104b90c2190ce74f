"""The form of a rule: what it asks for, and under it, as it is filled in, what it would bring."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from app.domain.followup_rules import BEFORE, CHATS, DAYS, GOOD_FOR, Assignee, RuleDraft, RuleKind, Scope
from app.domain.followups import FollowUpPurpose
from app.domain.money import currency
from app.domain.segments.stages import Stage
from app.services import customers, followups, staff
from app.services.followups import RulePreview, RuleRow
from app.views.settings import rule_words
from app.views.shared import followup_words, people_words
from app.views.shared.buttons import Button
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import row
from app.views.shared.number_fields import WholeField
from app.views.shared.saving import PATIENCE
from app.views.shared.tasks import Task
from app.views.shared.typed_fields import MoneyField

PAUSE = 250
"""Milliseconds without a key before what a rule would bring is worked out."""
COUNTS = {RuleKind.POINTS: (0, 1_000_000), RuleKind.SILENCE: (1, 100), RuleKind.REORDER: (3, 100)}
"""What asks for at least so many points or visits."""
OWN_CHANNEL = frozenset({RuleKind.WELCOME, RuleKind.AFTER_CASE, RuleKind.CADENCE})
NEW = RuleDraft(RuleKind.CADENCE, 30, 15, scope=Scope.TIER, match="vip")


class RuleDialog(Dialog):
    """Enter saves; a new one is a rule of the cadence."""

    begins_empty = False

    def __init__(self, desk: Desk, parent: QWidget, rule: RuleRow | None) -> None:
        super().__init__(parent, width=680)
        self._desk, self._rule, self.form = desk, rule, Form()
        self._start = rule.draft if rule else NEW
        self.kind = self._start.kind
        self.told = PlainLabel("", "small", tone="ink2", wrap=True)
        self.usual = Button("", size="small")
        self.usual.hide()
        self._usual_days: int | None = None
        self._task: Task | None = None
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._foresee)
        self._late = QTimer(self, interval=PATIENCE, singleShot=True)
        self._late.timeout.connect(lambda: self.told.setText(self.tr("Working out what it would bring")))
        self._make_form()
        self.set_form(self.form)
        self.body.add(row((self.told, 1), self.usual, gap=12))
        self._fill()
        self.usual.clicked.connect(self._on_usual)
        self.submitted.connect(self._on_submitted)
        self.form.changed.connect(lambda _name: self._on_changed())
        self._foresee()

    def draft(self) -> RuleDraft:
        """What is filled in."""
        said, kind = self.form.values(), self.kind
        days = said.get("days") or (0 if DAYS[kind][0] == 0 else self._start.days)
        latest = said.get("latest")
        good_for = self._start.good_for if latest is None else latest - (days if kind is RuleKind.CADENCE else 0)
        scope: Scope = said["scope"]
        return replace(
            self._start,
            days=days,
            good_for=max(0, good_for),
            least=said.get("least") or 0,
            own_rhythm=bool(said.get("own_rhythm")),
            scope=scope,
            match="" if scope is Scope.EVERYONE else str(said["match"] or ""),
            assignee=said["assignee"],
            staff_id=said["staff_id"] if said["assignee"] is Assignee.PERSON else None,
            channel=said.get("channel") or self._start.channel,
            purpose=said.get("purpose") or self._start.purpose,
            text=said["text"],
        )

    def _make_form(self) -> None:
        add, kind = self.form.add, self.kind
        if kind is RuleKind.CADENCE:
            add(
                "own_rhythm",
                self.tr("How often"),
                self._chips([(False, self.tr("Every so many days")), (True, self.tr("As often as they come"))]),
            )
        if kind not in (RuleKind.CALL_BACK, RuleKind.SILENCE, RuleKind.REORDER):
            add("days", self._days_label(), self._whole(*DAYS[kind], self.tr("days")))
        if kind is RuleKind.CADENCE:
            add(
                "latest",
                self.tr("At the latest after"),
                self._whole(1, DAYS[kind][1] + GOOD_FOR[1], self.tr("days")),
                check=self._check_latest,
            )
        elif kind not in BEFORE:
            add("latest", self.tr("Good for"), self._whole(*GOOD_FOR, self.tr("days")))
        if kind is RuleKind.THANKS:
            add("least", self.tr("Purchase from"), MoneyField(digits=currency(self._desk.settings.currency).digits))
        elif kind in COUNTS:
            unit = self.tr("points") if kind is RuleKind.POINTS else self.tr("visits")
            add("least", self.tr("From"), self._whole(*COUNTS[kind], unit))
        add("scope", self.tr("For whom"), self._chips([(code, rule_words.scope_kind(code)) for code in Scope]))
        add("match", self.tr("Which"), ComboBox(), check=lambda value: None if value else self.tr("Choose one"))
        add("assignee", self.tr("Done by"), self._chips([(code, rule_words.assignee(code)) for code in Assignee]))
        add("staff_id", self.tr("Person"), ComboBox())
        if kind in OWN_CHANNEL:
            add("channel", self.tr("How"), self._chips([(code, followup_words.kind_words(code)) for code in CHATS]))
        if self._start.purpose is not FollowUpPurpose.COMPLAINT:
            add("purpose", self.tr("Purpose"), self._chips(rule_words.purposes()))
        add(
            "text",
            self.tr("In your words"),
            LineEdit(self.tr("empty: the reason in figures, such as “Turns 40 tomorrow”")),
        )
        self.form.field("staff_id").show_choices(
            [(one.id, people_words.staff_name(one.name)) for one in self._desk.gateway.read(staff.everyone)]
        )
        self.set_title(rule_words.title(kind) if self._rule else self.tr("New rule: how often to be in touch"))
        self.primary.setText(self.tr("Save"))

    def _days_label(self) -> str:
        if self.kind is RuleKind.CADENCE:
            return self.tr("Ideally every")
        return self.tr("Before") if self.kind in BEFORE else self.tr("After")

    def _fill(self) -> None:
        start = self._start
        latest = start.good_for + (start.days if self.kind is RuleKind.CADENCE else 0)
        values: dict[str, Any] = {
            "own_rhythm": start.own_rhythm,
            "days": str(start.days),
            "latest": str(latest),
            "least": start.least if self.kind is RuleKind.THANKS else str(start.least),
            "scope": start.scope,
            "assignee": start.assignee,
            "staff_id": start.staff_id,
            "channel": start.channel,
            "purpose": start.purpose,
            "text": start.text,
        }
        self.form.set_values(values)
        self._show_rows()
        self.form.set_values({"match": start.match or None})

    def _show_rows(self) -> None:
        values = self.form.values()
        scope: Scope = values["scope"]
        self.form.field("match").show_choices(self._matches(scope))
        self.form.set_row_visible("match", scope is not Scope.EVERYONE)
        self.form.set_row_visible("staff_id", values["assignee"] is Assignee.PERSON)

    def _matches(self, scope: Scope) -> list[tuple[str, str]]:
        read = self._desk.gateway.read
        if scope is Scope.TIER:
            return [(mark.code, people_words.tier_name(mark)) for mark in reversed(read(customers.tier_marks).values())]
        if scope is Scope.STAGE:
            return [(f"{code.value}", rule_words.stage(code)) for code in reversed(Stage)]
        return [(name, name) for name, _ in read(customers.tags)] if scope is Scope.TAG else []

    def _on_changed(self) -> None:
        self._show_rows()
        self._pause.start()

    def _foresee(self) -> None:
        """What was asked for before is not waited for any more."""
        self._let_go()
        draft, today = self.draft(), self._desk.today()
        if draft.scope is not Scope.EVERYONE and not draft.match:
            return
        later, rule_id = self._desk.gateway.read_long, self._rule.id if self._rule else None
        self._task = later(followups.preview_rule, draft, today, rule_id=rule_id, then=self._on_foreseen, owner=self)
        self._late.start()

    def _let_go(self) -> None:
        self._late.stop()
        if self._task is not None and self._task.running:
            self._task.drop()
            self._task.cancel()
        self._task = None

    def done(self, result: int) -> None:
        """Closed, nobody waits for what it would bring."""
        self._let_go()
        super().done(result)

    def _on_foreseen(self, seen: RulePreview) -> None:
        self._late.stop()
        cap = self._desk.settings.followup_daily_cap
        self.told.setText(rule_words.told(seen, self.kind, cap, self._desk.today()))
        days = self._usual_days = seen.usual_days if self.kind is RuleKind.CADENCE else None
        self.usual.setVisible(days is not None and not self.draft().own_rhythm)
        if days is not None:
            self.usual.setText(self.tr("Take %n day(s)", "", days))

    def _on_usual(self) -> None:
        """What they do by themselves, and half as long again at the latest."""
        if self._usual_days is not None:
            days = max(1, self._usual_days)
            self.form.set_values({"days": str(days), "latest": str(days + max(3, days // 2))})
            self._on_changed()

    def _check_latest(self, value: object) -> str | None:
        days = self.form.field("days").value()
        if isinstance(value, int) and isinstance(days, int) and value < days:
            return self.tr("The latest day is not before the ideal one")
        return None

    def _on_submitted(self) -> None:
        write, said = self._desk.gateway.write, self.tr("Saved: {rule}").replace("{rule}", self.title.text())
        if self._rule is None:
            kept = write(followups.add_cadence, self.draft(), self._desk.today(), said=said)
        else:
            kept = write(followups.change_rule, self._rule.id, self.draft(), version=self._rule.version, said=said)
        if kept is not None:
            self.accept()

    def _whole(self, low: int, high: int, unit: str) -> WholeField:
        field = WholeField(low, high)
        field.set_unit(unit)
        return field

    def _chips(self, choices: list[tuple[Any, str]]) -> Chips:
        chips = Chips(size="form", digits=True)
        chips.show_chips([ChipView(code, words) for code, words in choices])
        return chips
