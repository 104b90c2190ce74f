"""What the forms of cards, coupons and rewards have in common: one form, saved as new or as a change."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from PySide6.QtWidgets import QWidget

from app.services import products
from app.views.shared.desk import Desk
from app.views.shared.dialogs import Dialog
from app.views.shared.forms import Form


class OfferDialog(Dialog):
    """Enter saves. Fields that do not apply to the chosen kind are not shown."""

    add: Callable[..., Any]
    edit: Callable[..., Any]

    def __init__(self, desk: Desk, parent: QWidget, offer_id: int | None, start: Any) -> None:
        super().__init__(parent, width=640)
        self._desk, self.offer_id = desk, offer_id
        self.form = Form()
        self._make_form()
        self.set_form(self.form)
        self._word()
        if start is not None:
            self.form.set_values(self._values(start))
        self._show_rows()
        self.submitted.connect(self._on_submitted)
        self.form.changed.connect(lambda _name: self._show_rows())

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "form"):
            self._word()

    def draft(self) -> Any:
        """What is filled in."""
        raise NotImplementedError

    def _values(self, start: Any) -> dict[str, Any]:
        """What the fields show of an offer that is changed."""
        return asdict(start)

    def _make_form(self) -> None:
        raise NotImplementedError

    def _word(self) -> None:
        raise NotImplementedError

    def _show_rows(self) -> None:
        raise NotImplementedError

    def _articles(self) -> list[tuple[int, str]]:
        return [(row.id, row.name) for row in self._desk.gateway.read(products.products)]

    def _categories(self) -> list[str]:
        return self._desk.gateway.read(products.categories)

    def _label(self, labels: dict[str, str]) -> None:
        for name, said in labels.items():
            self.form.set_label(name, said)

    def _check_name(self, typed: object) -> str | None:
        return None if str(typed).strip() else self.tr("Say what it is called")

    def _check_some(self, amount: object) -> str | None:
        return None if isinstance(amount, int) and amount > 0 else self.tr("Write an amount above 0")

    def _on_submitted(self) -> None:
        draft, write = self.draft(), self._desk.gateway.write
        if self.offer_id is None:
            said = self.tr("Added {name}").replace("{name}", draft.name)
            done = write(type(self).add, draft, said=said) is not None
        else:
            said = self.tr("Saved {name}").replace("{name}", draft.name)
            done = write(type(self).edit, self.offer_id, draft, said=said) is not None
        if done:
            self.accept()
