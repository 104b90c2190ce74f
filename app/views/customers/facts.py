"""The column of the facts of a card: pinned ones first, then every group, each edited where it stands."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from app.domain.complaints import written_number
from app.domain.errors import ShopError
from app.resources.refusals import sentence
from app.services import audit, customers, followups
from app.services.customers import Card, ChangedElsewhere, CustomFieldRow, PhoneUnreadable
from app.services.followups import NextContact
from app.views.customers.fact_editor import FactEditor
from app.views.customers.fact_fields import TIES, Write, field_for, held, nothing, without, write_of
from app.views.customers.fact_lines import FactLine, FactSection, FactView
from app.views.customers.fact_views import PINNED, Told, absent, name_of, next_contact_view, pins, views
from app.views.customers.fact_words import SECTION_OF, SECTIONS, fact_words, section_words
from app.views.shared import look
from app.views.shared.buttons import Button, IconButton
from app.views.shared.cards import SectionHead
from app.views.shared.customer_picker import CustomerPicker
from app.views.shared.desk import Desk, OpenCustomer
from app.views.shared.fields import LineEdit
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import Scroll, box, column, row
from app.views.shared.look import px
from app.views.shared.people_words import staff_name
from app.views.shared.tasks import Task

WIDTH, WIDEST = 256, 360


class FactsColumn(QWidget):
    """`pinned` and `unpinned` tell what a person wants remembered or forgotten; `opened` names a fact with a page."""

    pinned = Signal(str)
    unpinned = Signal(int)
    opened = Signal(str)
    outdated = Signal()
    """The card was changed in another window: what is shown is old."""
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._told: Told | None = None
        self._customs: tuple[CustomFieldRow, ...] | None = None
        self.editor: FactEditor | None = None
        self._version = 0
        self._make_parts()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        desk.gateway.changed.connect(self._on_changed)
        self.retranslate()
        look.follow(self.relook)

    def _make_parts(self) -> None:
        self.add = IconButton("ph.plus", key="P")
        self.head = SectionHead("", self.add)
        self.field = LineEdit(height=32)
        self.hint = PlainLabel("", "small", tone="ink3", wrap=True)
        self.pins, self.paused, self.contact = FactSection(ruled=False, title=self.head), FactSection(), FactSection()
        self.sections = {name: FactSection() for name in SECTIONS}
        self.more = Button("", "link", icon="ph.plus", key="A", size="small")
        pinning = box(column(self.field, self.hint, gap=8, margins=(8, 4, 8, 0)))
        parts = (self.pins, pinning, self.paused, self.contact, *self.sections.values())
        inner = box(column(*parts, row(self.more, None), None, gap=4, margins=(8, 12, 8, 12)))
        self.page = Scroll(inner)
        self.setLayout(column(self.page, gap=0))
        self.field.hide()
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self._on_pin)
        self.add.clicked.connect(self.start_pinning)
        self.more.clicked.connect(self.offer)
        for section in (self.pins, self.paused, *self.sections.values()):
            section.entered.connect(self._on_entered)
            section.removed.connect(self._on_removed)

    def relook(self) -> None:
        self.setFixedWidth(px(WIDEST if self._wide else WIDTH))

    def set_wide(self, wide: bool) -> None:
        """Take more room where there is plenty."""
        if wide != self._wide:
            self._wide = wide
            self.relook()

    _wide = False
    _asking: Task | None = None

    def retranslate(self) -> None:
        self.head.set_words(self.tr("Remember"))
        self.add.set_name(self.tr("Pin a fact"))
        self.field.setPlaceholderText(self.tr("Allergic to nuts, pays on the 10th…"))
        self.hint.setText(self.tr("What you pin here is seen at every visit, by whoever is at the counter."))
        self.more.setText(self.tr("Add…"))
        self.paused.say(self.tr("Suggestions are paused"))
        self.contact.say(self.tr("Next contact"))
        for name, section in self.sections.items():
            section.say(section_words(name))
        if self._told is not None:
            self.show_card(self._told.card)

    def show_card(self, card: Card) -> None:
        """Show somebody's facts; a field that is open for the same person stays, with what was typed."""
        before = self._told.card.id if self._told else None
        if before != card.id:
            self._close_editor()
            self.field.clear()
            self.field.hide()
        told = self._told = Told(card, self._desk, self._own_fields(), self._prices(card))
        self.pins.show_views(pins(card))
        self.pins.show()
        self.hint.setVisible(not card.facts and self.field.isHidden())
        self.paused.show_views(self._brake(card))
        self._ask_contact(card, same=before == card.id)
        for name, lines in views(told).items():
            self.sections[name].show_views(lines)
        if self.editor is not None and self.editor.name == "consent":
            self.editor.field.show_card(card)  # type: ignore[attr-defined]

    def _ask_contact(self, card: Card, *, same: bool) -> None:
        """A rule for a stage of the lifecycle reads every sale, so the card does not wait for it."""
        if self._asking is not None:
            self._asking.drop()
        if not same:
            self.contact.show_views([])
        read, today = self._desk.gateway.read_later, self._desk.today()
        self._asking = read(followups.next_contact, card.id, today, then=self._on_contact, owner=self)

    def _on_contact(self, found: NextContact | None) -> None:
        self.contact.show_views([next_contact_view(found, self._desk.today())] if found else [])

    def start_pinning(self) -> None:
        """Open the field for a new fact."""
        self.hint.hide()
        self.field.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def offer(self) -> None:
        """Offer what the card does not say yet."""
        if self._told is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, words in absent(self._told):
            menu.addAction(words.replace("&", "&&")).triggered.connect(
                lambda _on=False, name=name: self.opened.emit(name) if name == "prices" else self.begin(name)
            )
        self.page.ensureWidgetVisible(self.more)
        menu.setActiveAction(menu.actions()[0])
        menu.popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def begin(self, name: str) -> None:
        """Turn a fact into its field."""
        if self._told is None or not self._settle():
            return
        card = self._told.card
        editor = FactEditor(name, name_of(name, self._told), field_for(name, self._told), held(name, card))
        self.editor, self._version = editor, card.version
        editor.done.connect(lambda: self._on_done(editor))
        editor.left.connect(self._leave)
        editor.gone_on.connect(self._go_on)
        editor.abandoned.connect(self._settle)
        if name == "consent":
            self._connect_consent(editor)
        if isinstance(editor.field, CustomerPicker):
            editor.field.chosen.connect(lambda chosen: self._on_done(editor) if chosen is not None else None)
        self._section(name).seat(editor, "" if name in TIES else name)
        editor.show()
        editor.begin()
        QTimer.singleShot(0, editor, lambda: self.page.ensureWidgetVisible(editor))

    @property
    def told(self) -> Told | None:
        """What the lines are made of; None before somebody is shown."""
        return self._told

    def lines(self) -> list[FactLine]:
        """Every line there is, from top to bottom."""
        groups = (self.pins, self.paused, self.contact, *self.sections.values())
        return [line for section in groups for line in section.lines()]

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        pressed = watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent)
        if pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]
            self._close_field()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    # saving

    def _on_done(self, editor: FactEditor) -> None:
        """Enter: save, and stand on the line that says it now."""
        if editor is self.editor and self._save():
            self._leave()

    def _save(self) -> bool:
        """Save what was typed; False when it cannot stay as it is."""
        editor, told = self.editor, self._told
        if editor is None or told is None or editor.name == "consent" or not editor.changed:
            return True
        value = editor.value()
        if editor.fault():
            return False
        if editor.name in TIES and nothing(value):
            return True
        refusal = self._write(write_of(editor.name, value, told.card, self._version), name_of(editor.name, told))
        if refusal is not None:
            self._refuse(editor, refusal)
        return refusal is None

    def _write(self, write: Write, label: str) -> ShopError | None:
        heard: list[ShopError] = []
        gateway = self._desk.gateway
        said = self.tr("Saved: {fact}").replace("{fact}", label)
        gateway.refused.connect(heard.append)
        gateway.write(write.service, *write.args, said=said, **write.named)
        gateway.refused.disconnect(heard.append)
        return heard[0] if heard else None

    def _refuse(self, editor: FactEditor, refusal: ShopError) -> None:
        place = refusal.numbers.get("place", 0) if isinstance(refusal, PhoneUnreadable) else 0
        editor.refuse(sentence(refusal, look.current().language), int(place))
        editor.begin()
        if isinstance(refusal, ChangedElsewhere) and self._told is not None:
            self._tell_of_change(editor, self._told.card.id)

    def _tell_of_change(self, editor: FactEditor, customer_id: int) -> None:
        """What they saved is shown around the field; what was typed stays, and Enter saves it over theirs."""
        card = self._desk.gateway.read(customers.card, customer_id, self._desk.today())
        self._version = card.version
        self.outdated.emit()
        editor.refuse(changed_words(self._desk, customer_id))

    def _settle(self) -> bool:
        """Save what is open and close it; False when it stays open because it was refused."""
        if self.editor is None:
            return True
        if not self._save():
            return False
        self._close_editor()
        return True

    def _go_on(self, step: int) -> None:
        """Tab: save, and turn the next fact into its field; people and notes are only gone to."""
        editor = self.editor
        if editor is None or self._told is None:
            return
        place, name = self._place_of(editor), editor.name
        if not self._save():
            return
        self._close_editor()
        lines = self.lines()
        ahead = [line for line in lines if line.view.field != name]
        after = [line for line in lines[place:] if line in ahead] if step > 0 else []
        before = [line for line in lines[:place] if line in ahead]
        target = next(iter(after), None) if step > 0 else next(reversed(before), None)
        if target is None:
            (self.more if step > 0 else self.add).setFocus(Qt.FocusReason.TabFocusReason)
        elif target.view.act == "edit":
            self.begin(target.view.field)
        else:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    def _section(self, name: str) -> FactSection:
        """Where a fact stands."""
        return self.pins if name.startswith(PINNED) else self.sections[SECTION_OF.get(name, "own")]

    def _place_of(self, editor: FactEditor) -> int:
        """Where among all lines the open field stands."""
        lines = self.lines()
        own = [at for at, line in enumerate(lines) if line.view.field == editor.name]
        if own:
            return own[0]
        last = self._section(editor.name).lines()[-1:]
        if last:
            return lines.index(last[0]) + 1
        order = list(SECTIONS)[: list(SECTIONS).index(SECTION_OF.get(editor.name, "own"))]
        return sum(len(self.sections[name].lines()) for name in order) + len(self.pins.lines() + self.paused.lines())

    def _leave(self) -> None:
        """Close the field and stand on its line."""
        name = self.editor.name if self.editor else ""
        self._close_editor()
        line = next((line for line in self.lines() if line.view.field == name), None)
        (line or self.more).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _close_editor(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            self._section(editor.name).seat(None)
            editor.hide()
            editor.deleteLater()

    def _connect_consent(self, editor: FactEditor) -> None:
        field: Any = editor.field
        field.decided.connect(self._on_decided)
        field.barred.connect(self._on_barred)

    def _on_decided(self, channel: Any, given: bool, place: str) -> None:
        if self._told is not None:
            args = (self._told.card.id, channel, given, place)
            self._write(Write(customers.record_consent, args, {"at": self._now()}), fact_words("consent"))

    def _on_barred(self, on: bool) -> None:
        if self._told is not None:
            card = self._told.card
            write = Write(customers.set_field, (card.id, "do_not_contact", on), {"version": card.version})
            if isinstance(self._write(write, fact_words("consent")), ChangedElsewhere):
                self.outdated.emit()

    def _now(self) -> datetime:
        return self._desk.now()

    # lines

    def _on_entered(self, view: FactView) -> None:
        if view.act == "edit":
            self.begin(view.field)
        elif view.target:
            self._desk.ask(OpenCustomer(view.target))
        else:
            self.opened.emit(view.field)

    def _on_removed(self, view: FactView) -> None:
        if view.field.startswith(PINNED):
            self.unpinned.emit(view.target)
        elif self._told is not None:
            said = self.tr("{name} taken out").replace("{name}", view.words)
            write = without(view.field, self._told.card, view.target)
            self._desk.gateway.write(write.service, *write.args, said=said, **write.named)

    def _close_field(self) -> None:
        self.field.clear()
        self.field.hide()
        self.hint.setVisible(bool(self._told and not self._told.card.facts))
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pin(self) -> None:
        if words := self.field.value():
            self._close_field()
            self.pinned.emit(words)

    def _brake(self, card: Card) -> list[FactView]:
        if not card.cases:
            return []
        until = self.tr("until {number} is closed").replace("{number}", written_number(card.cases[0].number))
        return [FactView("brake", until, "", "ph.hand-palm", act="")]

    def _own_fields(self) -> tuple[CustomFieldRow, ...]:
        if self._customs is None:
            self._customs = tuple(self._desk.gateway.read(customers.custom_fields))
        return self._customs

    def _prices(self, card: Card) -> int:
        read = self._desk.gateway.read
        return len(read(customers.personal_prices, card.id)) if card.has_personal_prices else 0

    def _on_changed(self, changes: Any) -> None:
        if changes is None or "customers" in changes.features:
            self._customs = None


def changed_words(desk: Desk, customer_id: int) -> str:
    """Who changed a card elsewhere and when, where the trail knows it."""

    last = desk.gateway.read(audit.last_change, "customers", customer_id)
    if last is None:
        who = QCoreApplication.translate("CardFacts", "Another window changed this card.")
    else:
        who = QCoreApplication.translate("CardFacts", "{who} changed this card at {time}.")
        who = who.replace("{who}", staff_name(last.staff)).replace("{time}", f"{last.at.astimezone(desk.zone):%H:%M}")
    return who + QCoreApplication.translate("CardFacts", " It is shown as it is now; save again to keep your words.")
