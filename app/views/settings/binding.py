"""A form whose fields are settings of the shop: filled from them, saved one by one as each is left."""

from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from app.domain.shop import ShopSettings
from app.services.settings import change
from app.views.shared.cards import Card
from app.views.shared.chips import Chips
from app.views.shared.desk import Desk
from app.views.shared.fields import CheckBox, ComboBox, TextArea
from app.views.shared.forms import Check, Form
from app.views.shared.labels import PlainLabel
from app.views.shared.look import px

LABELS = 216


class EvenForm(Form):
    """The fields of every form on a page begin at the same place."""

    def relook(self) -> None:
        super().relook()
        self._grid.setColumnMinimumWidth(0, px(LABELS))


class SettingsForm(EvenForm):
    """Rows named by the keys of `ShopSettings`. A wrong value is told under its field and not saved."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._shown: dict[str, Any] = {}
        self._labels: dict[str, str] = {}
        self.submitted.connect(self._on_submitted)

    @property
    def keys(self) -> list[str]:
        """The settings this form shows."""
        return list(self._labels)

    def put(self, key: str, field: QWidget, *, check: Check | None = None) -> None:
        """Add a setting; its label is worded by `word`."""
        box = self.add(key, "", field, check=check)
        if not isinstance(field, TextArea | Chips) and (layout := box.layout()):
            layout.setAlignment(field, Qt.AlignmentFlag.AlignLeft)
        self._labels[key] = ""
        _settled(field).connect(lambda *_told: self.save(key))

    def word(self, labels: dict[str, str]) -> None:
        """Word the labels, as after a change of language."""
        for key, words in labels.items():
            self._labels[key] = words
            self.set_label(key, words)

    def fill(self, shop: ShopSettings) -> None:
        """Show what the shop says; what a person has typed and not yet left stays."""
        for key in self.keys:
            fresh = getattr(shop, key)
            if key not in self._shown or self._value(key) == self._shown[key]:
                self._set(key, fresh)

    def save(self, key: str) -> None:
        """Keep one field, if it holds something new and right."""
        value, shop = self._value(key), self.desk.settings
        fault = self._fault(key)
        self._rows[key].box.set_error(fault)
        if fault or value == getattr(shop, key):
            return
        self._shown[key] = value
        words = QCoreApplication.translate("SettingsForm", "Saved: {what}").replace("{what}", self._labels[key])
        self.desk.gateway.write(change, {key: value}, said=words)
        if getattr(self.desk.settings, key) != value:
            self._set(key, getattr(self.desk.settings, key))

    def _fault(self, name: str) -> str:
        """As the form's, but of chips where many may be chosen every one is looked at."""
        check = self._rows[name].check
        if check is not None and isinstance(self.field(name), Chips):
            return check(self._value(name)) or ""
        return super()._fault(name)

    def _value(self, key: str) -> Any:
        field = self.field(key)
        if isinstance(field, Chips):
            return tuple(field.values())
        if isinstance(field, ComboBox):
            return type(getattr(self.desk.settings, key))(field.value())  # Qt gives a code back as bare text
        return field.value()

    def _set(self, key: str, value: Any) -> None:
        field = self.field(key)
        if isinstance(field, Chips):
            field.set_values(list(value))
        else:
            field.set_value(value)
        self._shown[key] = value

    def _on_submitted(self) -> None:
        for key in self.keys:
            self.save(key)


def _settled(field: Any) -> Any:
    """The signal by which a person says that the value stands: at once where it is chosen, on leaving where typed."""
    if isinstance(field, Chips):
        return field.chosen
    return field.changed if isinstance(field, ComboBox | CheckBox) else field.left


class FormCard(Card):
    """A card with a title, a caption under it, and a form of settings."""

    def __init__(self, form: SettingsForm) -> None:
        self.title, self.caption = PlainLabel("", "strong"), PlainLabel("", "small", tone="ink2", wrap=True)
        super().__init__(self.title, self.caption, form, gap=8)

    def say(self, title: str, caption: str) -> None:
        self.title.setText(title)
        self.caption.setText(caption)
