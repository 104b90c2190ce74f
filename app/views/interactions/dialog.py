"""What logging a contact and mending one have in common: the form, its parts by key, and what was noticed."""

from PySide6.QtWidgets import QWidget

from app.domain.interactions import Noticed
from app.services import interactions
from app.services.customers import CustomerRow
from app.views.interactions.form import ContactForm
from app.views.interactions.parts import KEYS, Part
from app.views.shared.actions import act
from app.views.shared.contact_words import ratio_words
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.people_words import ago

YEAR = 365


class ContactDialog(Dialog):
    """The questions under each other; whoever inherits says what saving does."""

    def __init__(self, desk: Desk, parent: QWidget, *, draft: str | None = None, mending: bool = False) -> None:
        super().__init__(parent, width=760, draft=draft)
        self.desk = desk
        self.form = ContactForm(desk, mending=mending)
        self.set_form(self.form)
        self.primary.setText(self.tr("Save"))
        self._make_acts()
        self.form.person_changed.connect(self._on_person)
        self.submitted.connect(self.save)

    def save(self) -> None:
        """Keep what was filled in, and close."""
        raise NotImplementedError

    def _make_acts(self) -> None:
        noticed = self.form.noticed
        for name, what, key, tick in (
            ("contacts.pleased", Noticed.COMPLIMENT, "Ctrl+B", noticed.pleased),
            ("contacts.unhappy", Noticed.DISSATISFIED, "Ctrl+D", noticed.tick),
        ):
            act(self, name, tick.text, lambda what=what: self._on_noticed(what), key=key)  # type: ignore[misc]
        for part in Part:
            words = self.form.bar.buttons[part].text
            slot = self.form.folded.toggle
            act(self, f"contacts.{part}", words, lambda part=part, slot=slot: slot(part), key=KEYS[part])  # type: ignore[misc]

    def _on_noticed(self, what: Noticed) -> None:
        """The tick is seen to change, the focus stays where somebody may be writing."""
        self.form.noticed.toggle(what)
        self._scroll.ensureWidgetVisible(self.form.noticed)

    def _on_person(self, person: CustomerRow | None) -> None:
        """When this person was last spoken to, and how care and selling stand, before the same is asked again."""
        if person is None:
            self.caption.setText("")
            return
        today = self.desk.today()
        said = self.tr("Not spoken to yet")
        if person.last_contact_on is not None:
            said = self.tr("Last spoken to {when}").replace("{when}", ago(person.last_contact_on, today))
        since = today.fromordinal(today.toordinal() - YEAR)
        ratio = self.desk.gateway.read(interactions.service_ratio, person.id, since, today)
        self.caption.setText(" · ".join(part for part in (said, ratio_words(ratio.care, ratio.sell)) if part))
