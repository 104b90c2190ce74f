"""The form of a customer: new, or a card changed. A name or a phone is enough."""

import re
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.errors import ShopError
from app.resources.refusals import sentence
from app.services import customers
from app.services.customers import Card, CustomerDraft, Labelled, NothingToCallThem, PhoneUnreadable
from app.views.customers.ask_next import source_choices
from app.views.customers.contact_fields import BirthdayField, LabelledLines
from app.views.customers.look_alikes import LookAlikes
from app.views.shared import look
from app.views.shared.choice_fields import ComboBox
from app.views.shared.desk import Desk, OpenCustomer
from app.views.shared.dialogs import Dialog
from app.views.shared.fields import LineEdit, TextArea
from app.views.shared.forms import Form

_BETWEEN_TAGS = re.compile(r"[,，、;；\s]+")
_FIELD_OF = {"source": "source", "phone": "phones", "wechat": "wechat", "address": "addresses", "birthday": "birthday"}


class Editor(Dialog):
    """Saves with Enter; what is refused is said under its field."""

    def __init__(self, desk: Desk, parent: QWidget, card: Card | None, name: str) -> None:
        super().__init__(parent, width=680, draft=None if card else "customer")
        self._desk, self.start = desk, card
        self.form = Form()
        self.alike = LookAlikes(desk, self.draft)
        self._make_form(card)
        self.set_form(self.form)
        self._word(card)
        if card is not None:
            self.form.set_values(_values(card.draft))
        elif name:
            self.form.set_values(_guess(name))
        if card is None:
            self._look_out()
        self.submitted.connect(self._on_submitted)
        desk.gateway.refused.connect(self._on_refused)

    def draft(self) -> CustomerDraft:
        """What is filled in; what the form does not show stays as it was."""
        values = self.form.values()
        tags = tuple(tag for tag in _BETWEEN_TAGS.split(values.pop("tags")) if tag)
        mail = values.pop("email")
        emails: tuple[Labelled, ...] = (Labelled(mail, "home"),) if mail else ()
        start = self.start.draft if self.start else CustomerDraft()
        emails += start.emails[1:]
        filled: CustomerDraft = replace(start, **values, tags=tags, emails=emails)
        return filled

    def _make_form(self, card: Card | None) -> None:
        add = self.form.add
        add("name", self.tr("Name"), LineEdit(self.tr("Wang, Sister Wang, a company: whatever you call them")))
        add("phones", self.tr("Phone"), LabelledLines("mobile"))
        self.form.add_aside(self.alike)
        add("wechat", self.tr("WeChat"), LineEdit())
        add("email", self.tr("E-mail"), LineEdit())
        add("birthday", self.tr("Birthday"), BirthdayField())
        add("addresses", self.tr("Address"), LabelledLines("home"))
        add("tags", self.tr("Tags"), LineEdit(self.tr("Words with commas or blanks between them")))
        add("company", self.tr("Company"), LineEdit())
        add("source", self.tr("Found us by"), self._source(card))
        add("note", self.tr("Note"), TextArea(lines=2))

    def _source(self, card: Card | None) -> ComboBox:
        """The usual ways, and whatever word a file or an earlier day brought."""
        field, known = ComboBox(), [("", "—"), *source_choices()]
        own = card.draft.source if card else ""
        if own and own not in dict(known):
            known.append((own, own))
        field.show_choices(known)
        return field

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
        elif isinstance(refusal, NothingToCallThem):
            self.form.show_errors({"name": words})


def _values(draft: CustomerDraft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "phones": draft.phones,
        "wechat": draft.wechat,
        "email": draft.emails[0].text if draft.emails else "",
        "birthday": draft.birthday,
        "addresses": draft.addresses,
        "tags": " ".join(draft.tags),
        "company": draft.company,
        "source": draft.source,
        "note": draft.note,
    }


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
