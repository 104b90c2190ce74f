"""The rows of a contact that stay folded until they are needed: questions, objection, what was shown, when and who."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QCoreApplication, Qt

from app.services import interactions, staff
from app.services.interactions import ContactDraft, ReplySeen
from app.views.interactions.moment import MomentField
from app.views.interactions.parts import Part
from app.views.interactions.script_field import ScriptField
from app.views.shared.chips import Chips, ChipView
from app.views.shared.desk import Desk
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.forms import Form
from app.views.shared.people_words import staff_name
from app.views.shared.product_field import ProductField
from app.views.shared.tabbing import tab_through

ROWS = {
    Part.SCRIPT: ("script",),
    Part.OBJECTION: ("objection", "reply", "worked"),
    Part.SHOWN: ("shown", "quoted"),
    Part.WHEN: ("moment", "staff"),
}
_ABOUT_GOODS = frozenset({Part.OBJECTION, Part.SHOWN})
_LONGEST = 40
"""Letters of a reply that fit on a chip."""


class FoldedRows:
    """Adds its rows to a form, folds and unfolds them."""

    def __init__(self, form: Form, desk: Desk) -> None:
        self._form, self._desk = form, desk
        self.shown_parts: set[Part] = set()
        self.script, self.product, self.moment = ScriptField(desk), ProductField(desk), MomentField(desk)
        self.objection, self.reply, self.shown, self.quoted = LineEdit(), LineEdit(), LineEdit(), LineEdit()
        self.replies, self.worked, self.staff = Chips(size="form", digits=True), _outcome(), ComboBox()
        self._acting = desk.gateway.read(staff.acting).id
        self._offer()
        self._ask()
        self.objection.changed.connect(lambda _words: self._show_replies())
        self.product.changed.connect(lambda _id: self._show_replies())
        self.replies.chosen.connect(self._on_reply)
        for part in Part:
            self._show(part)
        self.staff.set_value(self._acting)

    def toggle(self, part: Part) -> None:
        """Unfold a part and go into it; an empty one that is unfolded folds again."""
        if part in self.shown_parts and not self._filled(part):
            self.shown_parts.discard(part)
            self._show(part)
            self._form.field("said").setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.shown_parts.add(part)
        self._show(part)
        self._form.field(ROWS[part][0]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_filled(self) -> None:
        """Unfold what holds something, as of a contact that is mended, or a draft."""
        self.shown_parts = {part for part in Part if self._filled(part)}
        for part in Part:
            self._show(part)
        self._show_replies()

    def fill(self, draft: ContactDraft, at: datetime, script_id: int | None) -> None:
        """Show what a contact in the log says."""
        answers = tuple((answer.question_id, answer.text) for answer in draft.answers)
        self.script.set_value((script_id, answers) if script_id is not None else None)
        for field, words in ((self.objection, draft.objection), (self.reply, draft.reply)):
            field.set_value(words)
        self.worked.set_value(_KNOWN[draft.reply_worked])
        self.shown.set_value(draft.demonstrated)
        self.quoted.set_value(draft.quoted)
        self.product.set_value(draft.product_id)
        self._offer_staff(draft.staff_id)
        self.staff.set_value(draft.staff_id)
        self._acting = draft.staff_id or self._acting
        self.moment.set_value(at)
        self.show_filled()

    def meet(self, objection: str) -> None:
        """Write down an objection as if it were typed."""
        self.objection.set_value(objection)
        self._show_replies()

    def into(self, draft: ContactDraft) -> ContactDraft:
        """The draft with these parts in it."""
        about = bool(self.shown_parts & _ABOUT_GOODS)
        return replace(
            draft,
            objection=self.objection.value(),
            reply=self.reply.value(),
            reply_worked=_WORKED[str(self.worked.value())],
            demonstrated=self.shown.value(),
            quoted=self.quoted.value(),
            product_id=self.product.value() if about else None,
            staff_id=self.staff.value(),
            answers=self.script.answers(),
        )

    def _filled(self, part: Part) -> bool:
        return {
            Part.SCRIPT: self.script.value() is not None,
            Part.OBJECTION: bool(self.objection.value() or self.reply.value()),
            Part.SHOWN: bool(
                self.shown.value() or self.quoted.value() or (self.product.value() and not self.objection.value())
            ),
            Part.WHEN: self.moment.value() is not None or self.staff.value() != self._acting,
        }[part]

    def _show(self, part: Part) -> None:
        for name in ROWS[part]:
            self._form.set_row_visible(name, part in self.shown_parts)
        self._form.set_row_visible("product", bool(self.shown_parts & _ABOUT_GOODS))
        if Part.OBJECTION not in self.shown_parts:
            self._form.set_row_visible("replies", False)

    def _offer(self) -> None:
        self.objection.setPlaceholderText(
            QCoreApplication.translate("ContactForm", "What spoke against it, in their words")
        )
        self.reply.setPlaceholderText(QCoreApplication.translate("ContactForm", "What we said to it"))
        self.shown.setPlaceholderText(QCoreApplication.translate("ContactForm", "What was shown, tasted or tried"))
        self.quoted.setPlaceholderText(
            QCoreApplication.translate("ContactForm", "What was offered at which price; empty: no quote")
        )
        self._offer_staff(None)

    def _offer_staff(self, also: int | None) -> None:
        rows = self._desk.gateway.read(staff.everyone)
        people = [(row.id, staff_name(row.name)) for row in rows]
        if also is not None and also not in {key for key, _name in people}:
            people.append((also, QCoreApplication.translate("ContactForm", "no longer here")))
        self.staff.show_choices(people)

    def _ask(self) -> None:
        add = self._form.add
        add("script", QCoreApplication.translate("ContactForm", "Questions"), self.script)
        add("objection", QCoreApplication.translate("ContactForm", "Objection"), self.objection)
        add("replies", QCoreApplication.translate("ContactForm", "What worked"), self.replies)
        add("reply", QCoreApplication.translate("ContactForm", "Our reply"), self.reply)
        add("worked", QCoreApplication.translate("ContactForm", "Did it work"), self.worked)
        add("shown", QCoreApplication.translate("ContactForm", "Demonstration"), self.shown)
        add("product", QCoreApplication.translate("ContactForm", "About"), self.product)
        add("quoted", QCoreApplication.translate("ContactForm", "Quote"), self.quoted)
        add("moment", QCoreApplication.translate("ContactForm", "When"), self.moment)
        add("staff", QCoreApplication.translate("ContactForm", "Who of us"), self.staff)
        self.script.done.connect(lambda: self._form.field("next").setFocus(Qt.FocusReason.OtherFocusReason))

    def _show_replies(self) -> None:
        """What worked before against an objection like the one that is being typed."""
        seen: list[ReplySeen] = []
        if Part.OBJECTION in self.shown_parts:
            words, about = self.objection.value(), self.product.value()
            seen = self._desk.gateway.read(interactions.replies_that_worked, words, about)
        self.replies.show_chips([ChipView(reply.reply, _reply_words(reply)) for reply in seen])
        self.replies.set_value(None)
        tab_through(self.objection, self.replies)
        self._form.set_row_visible("replies", bool(seen))

    def _on_reply(self, reply: object) -> None:
        self.reply.set_value(reply)
        self._form.changed.emit("reply")


_KNOWN = {True: "yes", False: "no", None: "open"}
_WORKED = {"yes": True, "no": False, "open": None}


def _outcome() -> Chips:
    chips = Chips(size="form", digits=True)
    chips.show_chips(
        [
            ChipView("open", QCoreApplication.translate("ContactForm", "Not known yet")),
            ChipView("yes", QCoreApplication.translate("ContactForm", "It worked")),
            ChipView("no", QCoreApplication.translate("ContactForm", "It did not")),
        ]
    )
    chips.set_value("open")
    return chips


def _reply_words(seen: ReplySeen) -> str:
    short = seen.reply if len(seen.reply) <= _LONGEST else f"{seen.reply[:_LONGEST].rstrip()}…"
    said = QCoreApplication.translate("ContactForm", "“{reply}” worked {times} of {tried}")
    said = said.replace("{times}", str(seen.worked)).replace("{tried}", str(seen.tried))
    return said.replace("{reply}", short)
