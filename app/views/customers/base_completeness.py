"""How complete the cards of the whole shop are: by field, by source, by who made them; each bar opens its people."""

from typing import TypeVar

from PySide6.QtWidgets import QWidget

from app.domain.completeness import WEIGHTS
from app.services import customers
from app.services.customers import NOBODY, BaseCompleteness, Gathered
from app.views.customers.ask_next import source_choices
from app.views.customers.bar_rows import Bar, BarRows
from app.views.customers.fact_words import source_words
from app.views.shared.desk import Desk, ShowCustomers
from app.views.shared.dialogs import Dialog
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.meters import Ring
from app.views.shared.paint import figure
from app.views.shared.people_words import staff_name

K = TypeVar("K")
MOST = 12
"""Sources and staff shown; the rest are few cards each."""


class CompletenessDialog(Dialog):
    """Arrows walk the bars, Enter opens the people whose cards have a gap there."""

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent, width=680)
        self.desk = desk
        self.base: BaseCompleteness | None = None
        self.ring, self.told = Ring(0, "", size=48), PlainLabel("", "body", tone="ink2", wrap=True)
        self.heads = [PlainLabel("", "strong") for _ in range(3)]
        self.fields, self.sources, self.staff = BarRows(), BarRows(), BarRows()
        parts = zip(self.heads, (self.fields, self.sources, self.staff), strict=True)
        self.body.add(row(self.ring, (self.told, 1), gap=12), *(column(head, bars, gap=4) for head, bars in parts))
        self.primary.hide()
        self.fields.opened.connect(self._on_field)
        self.sources.opened.connect(self._on_source)
        self.staff.opened.connect(self._on_staff)
        self.retranslate()

    def retranslate(self) -> None:
        super().retranslate()
        if not hasattr(self, "fields"):
            return
        self.set_title(self.tr("How complete the cards are"))
        self.cancel.setText(self.tr("Close"))
        for head, words in zip(self.heads, self._titles(), strict=True):
            head.setText(words)
        self.told.setText(self.tr("Counting…"))
        if self.base is not None:
            self.show_base(self.base)

    def ask(self) -> None:
        """Read every card, on a worker thread."""
        self.desk.gateway.read_later(customers.base_completeness, self.desk.today(), then=self.show_base, owner=self)

    def show_base(self, base: BaseCompleteness) -> None:
        """Show what was counted."""
        self.base, whole = base, base.everyone
        self.ring.show_share(whole.share / 100, str(whole.share))
        words = self.tr(
            "Of %n card(s): a field counts when it is filled, valid, and not too old. Choose a bar to see whose card "
            "has a gap.",
            "",
            whole.cards,
        )
        self.told.setText(words.replace(str(whole.cards), figure(whole.cards), 1))
        self.fields.show_bars([self._field(name, whole) for name in WEIGHTS])
        self.sources.show_bars([self._group(code, self._source(code), part) for code, part in _most(base.by_source)])
        self.staff.show_bars([self._group(key, self._person(key), part) for key, part in _most(base.by_staff)])

    def _titles(self) -> tuple[str, str, str]:
        return self.tr("By field"), self.tr("By source"), self.tr("By who made the card")

    def _field(self, name: str, whole: Gathered) -> Bar:
        held = whole.held[name]
        lack = whole.cards - held
        share = held / whole.cards if whole.cards else 0.0
        told = self.tr("{share}% · %n without", "", lack).replace(str(lack), figure(lack))
        return Bar(name, self.field_words(name), share, told.replace("{share}", str(int(100 * share))))

    def _group(self, key: object, words: str, part: Gathered) -> Bar:
        told = self.tr("{share}% · %n card(s)", "", part.cards).replace(str(part.cards), figure(part.cards))
        return Bar(key, words, part.share / 100, told.replace("{share}", str(part.share)))

    def field_words(self, name: str) -> str:
        """What a field that counts is called."""
        return {
            "phone": self.tr("Phone"),
            "name": self.tr("Name"),
            "consent": self.tr("Consent"),
            "birthday": self.tr("Birthday"),
            "preference": self.tr("Preference"),
            "source": self.tr("Source"),
            "wechat": self.tr("WeChat"),
            "address": self.tr("Address"),
        }[name]

    def _source(self, code: str) -> str:
        return source_words(code, source_choices()) if code else self.tr("Not asked")

    def _person(self, key: int) -> str:
        assert self.base is not None
        return staff_name(self.base.staff[key]) if key != NOBODY else self.tr("Not noted")

    def _on_field(self, name: str) -> None:
        found = self.desk.gateway.read(customers.lacking, self.desk.today(), name)
        self._open(self.tr("Without: {field}").replace("{field}", self.field_words(name)), found)

    def _on_source(self, code: str) -> None:
        found = self.desk.gateway.read(customers.lacking, self.desk.today(), None, source=code)
        self._open(self.tr("With a gap · {from}").replace("{from}", self._source(code)), found)

    def _on_staff(self, key: int) -> None:
        found = self.desk.gateway.read(customers.lacking, self.desk.today(), None, made_by=key)
        self._open(self.tr("With a gap · {from}").replace("{from}", self._person(key)), found)

    def _open(self, title: str, found: tuple[int, ...]) -> None:
        self.accept()
        self.desk.ask(ShowCustomers(title, found))


def _most(parts: dict[K, Gathered]) -> list[tuple[K, Gathered]]:
    """The groups with the most cards, the largest first."""
    return sorted(parts.items(), key=lambda item: -item[1].cards)[:MOST]


def open_completeness(desk: Desk, parent: QWidget) -> CompletenessDialog:
    """Show how complete the shop's cards are."""
    dialog = CompletenessDialog(desk, parent)
    dialog.present()
    dialog.ask()
    return dialog
