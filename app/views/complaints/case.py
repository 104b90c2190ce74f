"""One case with everything that is known about it: who, their words, its clock, what was done, and where it may go."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMenu, QWidget

from app.domain.complaints import MOVES, ComplaintState, brakes, written_number
from app.services import complaints, staff
from app.services.complaints import Case
from app.views.complaints import words
from app.views.complaints.case_papers import open_papers
from app.views.complaints.cause_dialog import open_cause
from app.views.complaints.entry import open_mending
from app.views.complaints.files_strip import FilesStrip
from app.views.complaints.history import History
from app.views.complaints.moving import note_answer, start_move
from app.views.complaints.remedies_section import RemediesSection
from app.views.complaints.words import ClockWords
from app.views.shared.actions import act, retranslate_acts
from app.views.shared.avatars import Avatar, IconDisc
from app.views.shared.badges import Badge
from app.views.shared.buttons import Button
from app.views.shared.cards import Card, Rule
from app.views.shared.cause_words import cause_words
from app.views.shared.day_words import near_day
from app.views.shared.desk import Desk, OpenCustomer, OpenSale, ShowGoods
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.notices import Notice
from app.views.shared.people_words import staff_name, tier_badge
from app.views.shared.tokens import Hue

OPEN, WAITING, RESOLVED, CLOSED = ComplaintState
WATCHED = frozenset({"complaints", "customers", "sales", "till"})
FIRST_MOVE = {OPEN: RESOLVED, WAITING: RESOLVED, RESOLVED: CLOSED, CLOSED: OPEN}
"""What the primary button of a case in this state does."""


class CaseDialog(Dialog):
    """Edit opens the questions again, each move asks what it needs and closes the dialog; the rest is done in place."""

    def __init__(self, desk: Desk, parent: QWidget, complaint_id: int, moved: Callable[[int], object]) -> None:
        super().__init__(parent, width=760)
        self.desk, self.complaint_id, self._moved = desk, complaint_id, moved
        self.case: Case = desk.gateway.read(complaints.case, complaint_id, desk.now())
        self.setAcceptDrops(True)
        self._make()
        self._offer()
        self.submitted.connect(lambda: self._move(FIRST_MOVE[self.case.card.state]))
        desk.gateway.changed.connect(self._on_changed)
        self.reload()

    def _make(self) -> None:
        self.face, self.nobody = Avatar(32), IconDisc("ph.user", 32, "")
        self.who, self.tier = ElidedLabel("", "strong"), Badge()
        self.severity, self.spot = Badge(), Badge()
        self.card_button = Button("", "link", size="small")
        self.card_button.clicked.connect(self._on_card)
        people = row(self.face, self.nobody, self.who, self.tier, None, self.severity, self.spot, self.card_button)
        self.said = PlainLabel("", "body", wrap=True)
        self.wish, self.remedy = PlainLabel("", "small", tone="ink2", wrap=True), PlainLabel("", "small", wrap=True)
        self.facts = ElidedLabel("", "caption", tone="ink2")
        self.sale_button, self.goods_button = Button("", "link", size="small"), Button("", "link", size="small")
        self.sale_button.clicked.connect(self._on_sale)
        self.goods_button.clicked.connect(self._on_goods)
        about = row((self.facts, 1), self.goods_button, self.sale_button, gap=8)
        told = Card(self.said, self.wish, self.remedy, about, kind="well", gap=6)
        self.clock, self.brake = (
            Notice(icon="ph.clock", low=True),
            Notice(hue="red", icon="ph.hand-palm-fill", low=True),
        )
        self.remedies, self.files = RemediesSection(self.desk), FilesStrip(self.desk)
        self.history, self.past = History(), PlainLabel("", "strong")
        self._about_clock = row((self.clock, 1), gap=8)
        self.body.add(people, told, self._about_clock, self.brake, self.remedies, self._make_why(), self.files, Rule())
        self.body.add(self._make_people(), self.past, self.history)

    def _make_why(self) -> QWidget:
        self.why, self.cause = PlainLabel("", "strong"), PlainLabel("", "small", tone="ink2", wrap=True)
        self.cause_button = Button("", "link", key="Alt+C", size="small")
        self.cause_button.clicked.connect(self._on_cause)
        self.no_cause = PlainLabel("", "caption", tone="ink3")
        return box(column(row(self.why, None, self.cause_button), self.no_cause, self.cause, gap=6))

    def _make_people(self) -> QWidget:
        self.people = ElidedLabel("", "small", tone="ink2")
        self.assign = Button("", "link", size="small")
        self.assign.clicked.connect(self._on_assign)
        return box(row((self.people, 1), self.assign))

    def _offer(self) -> None:
        """The other moves stand at the left of the footer, each with its key; the first one is the primary."""
        self.edit = act(self, "complaint.edit", lambda: self.tr("Edit"), self._on_edit, key="Alt+E")
        self.papers = act(self, "complaint.print", lambda: self.tr("Print…"), self._on_print, key="Ctrl+P")
        self.waits = act(self, "complaint.wait", lambda: self._verb(WAITING), lambda: self._move(WAITING), key="Alt+W")
        self.opens = act(self, "complaint.open", lambda: self._verb(OPEN), lambda: self._move(OPEN), key="Alt+O")
        self.answered = act(self, "complaint.answered", lambda: self.tr("Answered"), self._on_answered, key="Alt+A")
        act(self, "complaint.remedy", self.remedies.add.text, self.remedies.give, key="Alt+R")
        act(self, "complaint.cause", self.cause_button.text, self._on_cause, key="Alt+C")
        act(self, "complaint.files", self.files.add.text, self.files.choose, key="Alt+F")
        act(self, "complaint.paste", lambda: self.tr("Paste"), self.files.paste, key="Ctrl+V")
        self.others = {WAITING: Button(), OPEN: Button()}
        for place, (state, move) in enumerate(((WAITING, self.waits), (OPEN, self.opens)), 1):
            self.others[state].set_action(move)
            self.footer.insertWidget(place, self.others[state])
        for offered in (self.papers, self.edit):
            button = Button(kind="quiet")
            button.set_action(offered)
            self.footer.insertWidget(1, button)
        self.answer_button = Button(size="small")
        self.answer_button.set_action(self.answered)
        self._about_clock.addWidget(self.answer_button)

    def reload(self) -> None:
        """Read the case again."""
        self.case = self.desk.gateway.read(complaints.case, self.complaint_id, self.desk.now())
        card = self.case.card
        self.set_title(written_number(card.number), words.state_words(card.state))
        self._show_who()
        self._show_words()
        self._show_clock()
        self.remedies.show_remedies(self.case)
        self.files.show_files(self.case)
        self._show_cause()
        self._show_people()
        self.past.setText(self.tr("History"))
        self.history.show_events(self.case.events, self.desk.zone, self.desk.today(), self.case.marks)
        first = FIRST_MOVE[card.state]
        self.primary.setText(self._verb(first))
        self.cancel.setText(self.tr("Close"))
        retranslate_acts(self)
        for state, button in self.others.items():
            button.setVisible(state in MOVES[card.state] and state is not first)

    def _show_who(self) -> None:
        card = self.case.card
        self.who.setText(words.name_of(card))
        self.face.setVisible(card.who is not None)
        self.nobody.setVisible(card.who is None)
        if card.who:
            self.face.show_person(card.who.name, card.who.id)
        self.tier.show_badge(tier_badge(card.who.tier, crown=True) if card.who else None)
        self.severity.show_badge(words.severity_badge(card.severity))
        self.spot.show_badge(words.spot_badge() if card.on_the_spot else None)
        self.card_button.setText(self.tr("Open card"))
        self.card_button.setVisible(card.who is not None)

    def _show_words(self) -> None:
        card, sale, goods = self.case.card, self.case.sale, self.case.product
        self.said.setText(words.quoted(card.words))
        self.wish.setText(self.tr("Wants: {wish}").replace("{wish}", card.wish))
        self.wish.setVisible(bool(card.wish))
        self.remedy.setText(self.tr("Done: {remedy}").replace("{remedy}", card.remedy))
        self.remedy.setVisible(bool(card.remedy))
        facts = [words.about(card)]
        if card.satisfaction is not None:
            facts.append(self.tr("Satisfaction {answer} / 5").replace("{answer}", str(card.satisfaction)))
        self.facts.setText(" · ".join(facts))
        self.goods_button.setText(goods.name if goods else "")
        self.goods_button.setVisible(goods is not None)
        self.sale_button.setVisible(sale is not None)
        if sale:
            day = near_day(sale.shop_day, self.desk.today())
            said = self.tr("Sale {number}, {day}, {sum}").replace("{number}", sale.number).replace("{day}", day)
            self.sale_button.setText(said.replace("{sum}", self.desk.money(sale.revenue, drop_zeros=True)))

    def _show_clock(self) -> None:
        card, today, zone = self.case.card, self.desk.today(), self.desk.zone
        clocks = ClockWords(self.case.day_length, today, zone)
        said, answer = clocks.say(card), clocks.answer(card)
        parts = [f"**{part.words}**" for part in (answer, said) if part is not None]
        if card.state is OPEN and card.clock.due_at:
            due = words.moment_words(card.clock.due_at, zone, today)
            parts.append(self.tr("due {moment}").replace("{moment}", due))
        if card.state in (OPEN, WAITING):
            term = words.term_words(self.case.target.resolve)
            parts.append(self.tr("promised: within {term}").replace("{term}", term))
        self.answered.setEnabled(card.answer is not None)
        self.answer_button.setVisible(card.answer is not None)
        hues: dict[str, Hue] = {"red_text": "red", "gold_text": "gold"}
        self.clock.show_notice(" · ".join(parts), hues.get(clocks.pressing(card).tone, "blue"), said.icon)
        held = card.who is not None and brakes(card.state)
        self.brake.show_notice(self.tr("**Promotions are paused** until the customer agrees") if held else "")

    def _show_cause(self) -> None:
        held = self.case.cause
        self.why.setText(self.tr("Where it came from"))
        self.cause_button.setText(self.tr("Write down…") if not held.code else self.tr("Change…"))
        parts = [cause_words(held.code, held.name), held.prevention]
        if held.staff:
            parts.append(self.tr("{name} sees to it").replace("{name}", staff_name(held.staff)))
        told = " · ".join(part for part in parts if part)
        self.cause.setText(told)
        self.cause.setVisible(bool(told))
        self.no_cause.setText(self.tr("Nobody has looked into it yet. Causes that come back show where to begin"))
        self.no_cause.setVisible(not told)

    def _show_people(self) -> None:
        case = self.case
        parts = [self.tr("Logged by {name}").replace("{name}", staff_name(case.staff))]
        if case.assignee:
            parts.append(self.tr("{name} looks after it").replace("{name}", staff_name(case.assignee)))
        if case.reopened:
            parts.append(self.tr("opened again %n time(s)", "", case.reopened))
        self.people.setText(" · ".join(parts))
        self.assign.setText(self.tr("Who looks after it…"))

    def _verb(self, state: ComplaintState) -> str:
        if state is OPEN:
            return self.tr("Go on") if self.case.card.state is WAITING else self.tr("Open again")
        return {
            WAITING: self.tr("Wait for someone…"),
            RESOLVED: self.tr("Solved…"),
            CLOSED: self.tr("Ask the customer…"),
        }[state]

    def _move(self, state: ComplaintState) -> None:
        if state in MOVES[self.case.card.state]:
            self.asking = start_move(self.desk, self, self.case.card, state, self._on_moved)

    def _on_moved(self, complaint_id: int) -> None:
        self.accept()
        self._moved(complaint_id)

    def _on_answered(self) -> None:
        note_answer(self.desk, self.case.card, lambda _key: None)

    def _on_edit(self) -> None:
        self.mending = open_mending(self.desk, self, self.case)

    def _on_cause(self) -> None:
        self.learning = open_cause(self.desk, self, self.case)

    def _on_print(self) -> None:
        self.printing = open_papers(self.desk, self, self.case)

    def _on_assign(self) -> None:
        menu = QMenu(self)
        for one in self.desk.gateway.read(staff.everyone):
            chosen = menu.addAction(staff_name(one.name), partial(self._assign, one.id))
            chosen.setCheckable(True)
            chosen.setChecked(one.id == self.case.assignee_id)
        menu.addAction(self.tr("Whoever logged it"), partial(self._assign, None))
        menu.popup(self.assign.mapToGlobal(self.assign.rect().bottomLeft()))
        self.menu = menu

    def _assign(self, staff_id: int | None) -> None:
        said = self.tr("Saved {number}").replace("{number}", written_number(self.case.card.number))
        write, case = self.desk.gateway.write, self.case
        write(complaints.assign, case.card.id, staff_id, version=case.version, said=said)

    def _on_card(self) -> None:
        who = self.case.card.who
        self.reject()
        if who:
            self.desk.ask(OpenCustomer(who.id))

    def _on_sale(self) -> None:
        if self.case.sale:
            self.desk.ask(OpenSale(self.case.sale.id))

    def _on_goods(self) -> None:
        goods = self.case.product
        self.reject()
        if goods:
            self.desk.ask(ShowGoods(goods.id))

    def _on_changed(self, changes: object) -> None:
        if self.isVisible() and getattr(changes, "features", WATCHED) & WATCHED:
            self.reload()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.files.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.files.dropEvent(event)


def open_case(desk: Desk, parent: QWidget, complaint_id: int, moved: Callable[[int], object]) -> CaseDialog:
    """Show one case over `parent`; `moved` hears the id of a case that was moved from here."""
    dialog = CaseDialog(desk, parent, complaint_id, moved)
    dialog.present()
    return dialog
