"""The form of a customer: new, or a card changed. A name or a phone is enough."""

import re
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.errors import ShopError
from app.resources.refusals import sentence
from app.services import customers
from app.services.customers import (
    Card,
    ChangedElsewhere,
    CreditRefused,
    CustomerDraft,
    CustomValueRefused,
    Labelled,
    NothingToCallThem,
    PersonalDiscountRefused,
    PhoneUnreadable,
    ReferrerRefused,
)
from app.services.permissions import NotAllowed
from app.views.customers.contact_fields import BirthdayField, LabelledLines
from app.views.customers.dates_field import DatesField
from app.views.customers.fact_fields import field_for, own_field, source_field
from app.views.customers.fact_views import CUSTOM, Told
from app.views.customers.fact_words import fact_words
from app.views.customers.facts import changed_words
from app.views.customers.look_alikes import LookAlikes
from app.views.shared import look
from app.views.shared.buttons import Button
from app.views.shared.desk import Desk, OpenCustomer
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import CheckBox, LineEdit, TextArea
from app.views.shared.forms import Form

_BETWEEN_TAGS = re.compile(r"[,，、;；\s]+")
_FIRST = ("name", "phones", "wechat", "emails", "birthday", "addresses", "company", "source", "note")
MORE = (
    "dates",
    "needs",
    "preferences",
    "values_ranked",
    "buys_elsewhere",
    "referrer_id",
    "preferred_channel",
    "credit_note",
    "credit_limit",
    "personal_discount",
)
NOBODY: Any = None
"""Whose card is not there yet: none of the fields of MORE asks whose it is."""
_REFUSED_AT: dict[type[ShopError], str] = {
    NothingToCallThem: "name",
    CreditRefused: "credit_limit",
    PersonalDiscountRefused: "personal_discount",
    ReferrerRefused: "referrer_id",
    NotAllowed: "credit_limit",
}
_FIELD_OF = {"source": "source", "phone": "phones", "wechat": "wechat", "address": "addresses", "birthday": "birthday"}


class Editor(Dialog):
    """Saves with Enter; what is refused is said under its field."""

    def __init__(self, desk: Desk, parent: QWidget, card: Card | None, name: str) -> None:
        super().__init__(parent, width=680, draft=None if card else "customer")
        self._desk, self.start = desk, card
        self.form = Form()
        self._own = tuple(desk.gateway.read(customers.custom_fields))
        self.alike = LookAlikes(desk, self.draft)
        self._make_form(card)
        self.set_form(self.form)
        self._word(card)
        if card is not None:
            self.form.set_values(self._values(card.draft))
            self._opened = self.form.values()
        elif name:
            self.form.set_values(_guess(name))
        if card is None:
            self._look_out()
        self.submitted.connect(self._on_submitted)
        desk.gateway.refused.connect(self._on_refused)

    def draft(self) -> CustomerDraft:
        """What is filled in; what the form does not show stays as it was."""
        values, start = self.form.values(), self.start.draft if self.start else CustomerDraft()
        tags = tuple(tag for tag in _BETWEEN_TAGS.split(values.pop("tags")) if tag)
        shown = {row.id: values.pop(f"{CUSTOM}{row.id}") or "" for row in self._own}
        custom = {key: said for key, said in {**start.custom, **shown}.items() if said}
        filled: CustomerDraft = replace(start, **values, tags=tags, custom=custom)
        return filled

    def _make_form(self, card: Card | None) -> None:
        add = self.form.add
        add("name", fact_words("name"), LineEdit(self.tr("Wang, Sister Wang, a company: whatever you call them")))
        add("phones", fact_words("phones"), LabelledLines("mobile"))
        self.form.add_aside(self.alike)
        add("wechat", fact_words("wechat"), LineEdit())
        add("emails", fact_words("emails"), LabelledLines("home"))
        add("birthday", fact_words("birthday"), BirthdayField())
        add("addresses", fact_words("addresses"), LabelledLines("home"))
        add("tags", fact_words("tags"), LineEdit(self.tr("Words with commas or blanks between them")))
        add("company", fact_words("company"), LineEdit())
        add("source", fact_words("source"), source_field(card))
        add("note", fact_words("note"), TextArea(lines=2))
        self._make_more(card)

    def _make_more(self, card: Card | None) -> None:
        """What is rarely known at once; on a new card it waits behind a link."""
        told = Told(card or NOBODY, self._desk, self._own)
        self.more = Button(self.tr("All fields"), "link", icon="ph.caret-down", size="small")
        self.more.clicked.connect(self._on_more)
        self.form.add_aside(self.more)
        for name in MORE:
            self.form.add(name, fact_words(name), _wide_field(name, told))
        self.form.add("do_not_contact", "", CheckBox(self.tr("Do not contact at all")))
        for row in self._own:
            self.form.add(f"{CUSTOM}{row.id}", row.label, own_field(row, self._desk))
        self._show_more(card is not None)

    def _show_more(self, shown: bool) -> None:
        self.more.setVisible(not shown)
        for name in (*MORE, "do_not_contact", *(f"{CUSTOM}{row.id}" for row in self._own)):
            self.form.set_row_visible(name, shown)

    def _on_more(self) -> None:
        self._show_more(True)
        self.form.field(MORE[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    _opened: dict[str, Any]

    def _word(self, card: Card | None) -> None:
        if card is None:
            self.set_title(self.tr("New customer"), self.tr("A name or a phone is enough"))
        else:
            self.set_title(self.tr("Edit card"), card.name)
        self.primary.setText(self.tr("Save"))

    def _look_out(self) -> None:
        """Who may be this person already is shown while it is typed; saving stays possible."""
        self.form.changed.connect(lambda _field: self.alike.ask_soon())
        self.alike.watch(self.form.field("name"), self.form.field("phones"))
        self.alike.found.connect(self._on_alike)
        self.alike.opened.connect(self._open_instead)
        self.alike.ask_soon()

    def _on_alike(self, alike: bool) -> None:
        self.primary.setText(self.tr("Add all the same") if alike else self.tr("Save"))

    def _open_instead(self, customer_id: int) -> None:
        self.accept()  # they are here already: what was typed is no draft for somebody else
        self._desk.ask(OpenCustomer(customer_id))

    def _on_submitted(self) -> None:
        write, draft = self._desk.gateway.write, self.draft()
        name = draft.name or (draft.phones[0].text if draft.phones else "")
        if self.start is not None:
            said = self.tr("Saved {name}").replace("{name}", name)
            saved = write(customers.edit, self.start.id, draft, version=self.start.version, said=said)
        else:
            said = self.tr("Added {name}").replace("{name}", name)
            saved = write(customers.add, draft, at=self._desk.now(), said=said)
        if saved is not None:
            self.accept()
        if saved is not None and self.start is None:
            self._desk.ask(OpenCustomer(saved))

    def _on_refused(self, refusal: ShopError) -> None:
        """Say it where it can be mended; what is about no field is a toast of the window."""
        if not self.isVisible():
            return
        words = sentence(refusal, look.current().language)
        if isinstance(refusal, PhoneUnreadable):
            self.form.show_errors({"phones": words})
            self.form.field("phones").set_error(words, refusal.numbers["place"])
        elif isinstance(refusal, ChangedElsewhere) and self.start is not None:
            self._take_in(self.start.id)
        elif name := self._field_of(refusal):
            self.form.show_errors({name: words})

    def _field_of(self, refusal: ShopError) -> str:
        """Where a refusal can be mended; "" where it is about no field of the form."""
        if isinstance(refusal, CustomValueRefused):
            return f"{CUSTOM}{refusal.numbers['field']}"
        return _REFUSED_AT.get(type(refusal), "")

    def _take_in(self, customer_id: int) -> None:
        """Somebody saved the card meanwhile: what they changed is shown, what was typed here stays, for another try."""
        fresh = self._desk.gateway.read(customers.card, customer_id, self._desk.today())
        theirs = self._values(fresh.draft)
        untouched = {name: said for name, said in theirs.items() if self.form.field(name).value() == self._opened[name]}
        self.start = fresh
        self.form.set_values(untouched)
        self._opened = {**self.form.values(), **{name: theirs[name] for name in theirs.keys() - untouched.keys()}}
        self.set_note(changed_words(self._desk, customer_id))

    def _values(self, draft: CustomerDraft) -> dict[str, Any]:
        shown = {name: getattr(draft, name) for name in (*_FIRST, *MORE, "do_not_contact")}
        own = {f"{CUSTOM}{row.id}": draft.custom.get(row.id, "") for row in self._own}
        return {**shown, "tags": " ".join(draft.tags), **own}


def _wide_field(name: str, told: Told) -> QWidget:
    """A field of the form, where it has more room than on the card."""
    if name == "dates":
        return DatesField()
    return field_for(name, told)


def _guess(words: str) -> dict[str, Any]:
    """What was searched for is a phone when it is mostly digits, else a name."""
    digits = re.sub(r"\D", "", words)
    if len(digits) >= 5 and 2 * len(digits) > len(words):
        return {"phones": (Labelled(words, "mobile"),)}
    return {"name": words}


def open_editor(desk: Desk, parent: QWidget, *, name: str = "", card: Card | None = None, field: str = "") -> Editor:
    """Add a customer (perhaps already called `name`), or change a card, beginning at a field."""
    dialog = Editor(desk, parent, card, name)
    dialog.present()
    if card is not None:
        dialog.form.field(_FIELD_OF.get(field, "name")).setFocus(Qt.FocusReason.OtherFocusReason)
    return dialog
