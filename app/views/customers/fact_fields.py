"""The field a fact turns into, what it holds to begin with, and the write that saves it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.domain.custom_fields import NO, YES, FieldKind
from app.domain.money import currency
from app.domain.relations import Relation
from app.services import customers
from app.services.customers import Card, CustomFieldRow
from app.views.customers.ask_next import source_choices
from app.views.customers.consent_field import ConsentField
from app.views.customers.contact_fields import BirthdayField, LabelledLines
from app.views.customers.dates_field import DatesField
from app.views.customers.fact_views import CONSENTED, CUSTOM, PINNED, Told
from app.views.customers.fact_words import percent, reach_words, read_percent, relation_words, yes_no
from app.views.customers.ranked_field import RankedField
from app.views.shared.compound_field import CompoundField
from app.views.shared.customer_picker import CustomerPicker
from app.views.shared.desk import Desk
from app.views.shared.fields import ComboBox, LineEdit, TextArea
from app.views.shared.layouts import column
from app.views.shared.typed_fields import DateField, MoneyField

LONG = frozenset({"needs", "preferences", "buys_elsewhere", "credit_note", "note"})
TIES = frozenset({"household", "relation"})
"""Facts that are added one by one: their field begins empty."""


@dataclass(frozen=True)
class Write:
    """A service and what it is handed."""

    service: Callable[..., Any]
    args: tuple[Any, ...]
    named: dict[str, Any]


class PercentField(LineEdit):
    """A share in thousandths, typed as percent; None where nothing is said."""

    def value(self) -> int | None:
        try:
            return read_percent(self.text())
        except ValueError:
            return None

    def set_value(self, value: Any) -> None:
        super().set_value("" if value is None else percent(value))

    def check(self) -> str:
        try:
            read_percent(self.text())
        except ValueError:
            return self.tr("Write a percentage such as 5 or 7.5")
        return ""


class DayField(CompoundField):
    """A day of one of the shop's own fields, kept as ISO text."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.day = DateField(today=desk.today)
        self.day.changed.connect(lambda _day: self.changed.emit(self.value()))
        self.tell_in(self.day)
        self.setLayout(column(self.day, gap=0))
        self.setFocusProxy(self.day)

    def value(self) -> str:
        day = self.day.value()
        return day.isoformat() if day else ""

    def set_value(self, value: Any) -> None:
        self.day.set_value(date.fromisoformat(value) if value else None)

    def check(self) -> str:
        return self.day.check()


class TieField(CompoundField):
    """Somebody, and what they are to the person on the card; `value` is (id, word) or None."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.kind, self.who = ComboBox(), CustomerPicker(desk, allow_anonymous=False)
        self.kind.show_choices([(str(kind), relation_words(kind)) for kind in Relation])
        self.kind.set_value(str(Relation.FRIEND))
        self.who.changed.connect(self.changed)
        self.tell_in(self.who)
        self.setLayout(column(self.kind, self.who, gap=4))
        self.setFocusProxy(self.kind)

    def value(self) -> tuple[int, str] | None:
        return None if self.who.customer_id is None else (self.who.customer_id, self.kind.value())

    def set_value(self, value: Any) -> None:
        self.who.choose(None)


def field_for(name: str, told: Told) -> QWidget:
    """The empty field of a fact."""
    desk = told.desk
    if name in LONG:
        return TextArea(lines=2)
    if name.startswith(CUSTOM):
        return own_field(told.custom(name), desk)
    made: dict[str, Callable[[], QWidget]] = {
        "phones": lambda: LabelledLines("mobile", stacked=True),
        "emails": lambda: LabelledLines("home", stacked=True),
        "addresses": lambda: LabelledLines("home", stacked=True),
        "birthday": lambda: BirthdayField(stacked=True),
        "dates": lambda: DatesField(stacked=True),
        "preferred_channel": lambda: _choice([(str(c), reach_words(c)) for c in CONSENTED]),
        "consent": lambda: ConsentField(told.card),
        "values_ranked": RankedField,
        "household": lambda: CustomerPicker(desk, allow_anonymous=False),
        "referrer_id": lambda: CustomerPicker(desk, allow_anonymous=False),
        "relation": lambda: TieField(desk),
        "credit_limit": lambda: money_field(desk),
        "personal_discount": PercentField,
        "source": lambda: source_field(told.card),
    }
    return made.get(name, LineEdit)()


def own_field(row: CustomFieldRow, desk: Desk) -> QWidget:
    """The field of one of the shop's own facts."""
    if row.kind is FieldKind.CHOICE:
        return _choice([(choice, choice) for choice in row.choices])
    if row.kind is FieldKind.YES_NO:
        return _choice([(YES, yes_no(YES)), (NO, yes_no(NO))])
    return DayField(desk) if row.kind is FieldKind.DATE else LineEdit()


def money_field(desk: Desk) -> MoneyField:
    """An amount in the shop's currency."""
    return MoneyField(digits=currency(desk.settings.currency).digits)


def source_field(card: Card | None) -> ComboBox:
    """The usual ways to find the shop, and whatever word a file or an earlier day brought."""
    known, own = source_choices(), card.draft.source if card else ""
    return _choice([*known, *(((own, own),) if own and own not in dict(known) else ())])


def held(name: str, card: Card) -> Any:
    """What a card says in a fact, as its field takes it."""
    if name in TIES or name == "consent":
        return None
    if name.startswith(CUSTOM):
        return card.draft.custom.get(int(name.removeprefix(CUSTOM)), "")
    if name.startswith(PINNED):
        return next((fact.text for fact in card.facts if name == f"{PINNED}{fact.id}"), "")
    if name == "household_name":
        return card.household.name if card.household else ""
    value = getattr(card.draft, name)
    return " ".join(value) if name == "tags" else value


def write_of(name: str, value: Any, card: Card, version: int) -> Write:
    """The one write that saves a fact."""
    if name == "household":
        return Write(customers.join_household, (card.id, value), {})
    if name == "relation":
        return Write(customers.relate, (card.id, *value), {})
    if name == "household_name" and card.household:
        return Write(customers.name_household, (card.household.id, value), {})
    if name.startswith(PINNED):
        return Write(customers.reword_fact, (int(name.removeprefix(PINNED)), value), {})
    if name == "tags":
        value = tags_of(value)
    return Write(customers.set_field, (card.id, name, value), {"version": version})


def without(name: str, card: Card, target: int) -> Write:
    """The write that takes somebody out."""
    if name == "household":
        return Write(customers.leave_household, (target,), {})
    if name == "relation":
        return Write(customers.unrelate, (card.id, target), {})
    return Write(customers.set_referrer, (card.id, None), {})


def tags_of(words: str) -> tuple[str, ...]:
    """Words with commas or blanks between them."""
    for mark in ",，、;；":
        words = words.replace(mark, " ")
    return tuple(words.split())


def nothing(value: Any) -> bool:
    """Whether a field says nothing."""
    return value in (None, "", ())


def _choice(choices: list[tuple[str, str]]) -> ComboBox:
    field = ComboBox()
    field.show_choices([("", QCoreApplication.translate("CardFacts", "—")), *choices])
    return field
