"""The facts of a card as lines under their headings, in the order a front desk needs them."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QCoreApplication

from app.domain.interactions import Channel
from app.services.customers import Card, CustomFieldRow, Fact, Labelled
from app.services.followups import NextContact
from app.views.customers.ask_next import source_choices
from app.views.customers.contact_fields import label_words
from app.views.customers.fact_lines import FactView
from app.views.customers.fact_words import (
    SECTION_OF,
    custom_words,
    day_words,
    fact_words,
    percent,
    place_words,
    reach_words,
    relation_words,
    source_words,
    turning,
    wish_words,
)
from app.views.customers.words import joined
from app.views.shared.desk import Desk
from app.views.shared.people_words import on_day, phone, staff_name

CONSENTED = (Channel.WECHAT, Channel.SMS, Channel.CALL, Channel.EMAIL, Channel.LETTER)
CUSTOM, PINNED = "custom.", "pinned."
"""What the names of the shop's own fields and of pinned facts begin with, before their id."""
Views = dict[str, list[FactView]]


@dataclass(frozen=True)
class Told:
    """All that the lines are made of."""

    card: Card
    desk: Desk
    customs: tuple[CustomFieldRow, ...]
    prices: int = 0

    def custom(self, field: str) -> CustomFieldRow:
        """One of the shop's own fields, by the name of its fact."""
        return next(row for row in self.customs if f"{CUSTOM}{row.id}" == field)


def views(told: Told) -> Views:
    """The lines under each heading; what the card does not say is left out."""
    return {
        "reach": _reach(told),
        "days": _days(told),
        "wants": _wants(told),
        "people": _people(told),
        "own": _own(told),
        "money": _money(told),
        "about": _about(told),
    }


def absent(told: Told) -> list[tuple[str, str]]:
    """What can still be filled in: the name of the fact and what it is called, in reading order."""
    there = {view.field for lines in views(told).values() for view in lines}
    there -= {"relation", "household"}  # one may always belong to one more
    there |= set() if told.card.household else {"household_name"}  # nobody names a house before it is there
    fields = [(field, fact_words(field)) for field in SECTION_OF if field not in there]
    own = [(f"{CUSTOM}{row.id}", row.label) for row in told.customs if f"{CUSTOM}{row.id}" not in there]
    return fields + own


def name_of(field: str, told: Told) -> str:
    """What a fact is called, the shop's own fields by their own word."""
    if field.startswith(PINNED):
        return fact_words("fact")
    return told.custom(field).label if field.startswith(CUSTOM) else fact_words(field)


def pins(card: Card) -> list[FactView]:
    """What is pinned to the card, with who noted each and when."""
    return [_pin(fact) for fact in card.facts]


def next_contact_view(found: NextContact, today: date) -> FactView:
    """When to be in touch again by the shop's own rule; red once its last day has passed."""
    said = QCoreApplication.translate("CardFacts", "Ideally by {day}").replace("{day}", on_day(found.ideal, today))
    last = QCoreApplication.translate("CardFacts", "at the latest {day}").replace("{day}", on_day(found.latest, today))
    label = QCoreApplication.translate("CardFacts", "Next contact")
    tone = "red_text" if found.latest < today else "ink"
    return FactView("next_contact", said, label, "ph.calendar-check", last, tone=tone, act="")


def _pin(fact: Fact) -> FactView:
    noted = joined(staff_name(fact.staff), f"{fact.on:%Y-%m-%d}")
    return FactView(f"{PINNED}{fact.id}", fact.text, "", "ph.push-pin-fill", noted, target=fact.id, removable=True)


def _reach(told: Told) -> list[FactView]:
    draft = told.card.draft
    lines = []
    if draft.do_not_contact:
        said = QCoreApplication.translate("CardFacts", "Do not contact")
        lines.append(FactView("consent", said, fact_words("consent"), "ph.prohibit", tone="red_text"))
    lines += [_labelled("phones", "ph.phone", Labelled(phone(n.text), n.label)) for n in draft.phones]
    if draft.wechat:
        lines.append(_plain("wechat", draft.wechat, "ph.chats-teardrop", fact_words("wechat")))
    lines += [_labelled("emails", "ph.envelope-simple", mail) for mail in draft.emails]
    lines += [_labelled("addresses", "ph.map-pin", address) for address in draft.addresses]
    if draft.preferred_channel:
        said = reach_words(draft.preferred_channel)
        lines.append(_plain("preferred_channel", said, "ph.heart", fact_words("preferred_channel")))
    return lines + _consents(told)


def _consents(told: Told) -> list[FactView]:
    """The channels that were spoken of, each with its mark, and when and where the last word was said."""
    said, today = told.card.consents.current, told.desk.today()
    if not said:
        return []
    marks = [
        f"{'✓' if said[channel].given else '✗'} {reach_words(channel)}"
        for channel in (*CONSENTED, Channel.VISIT)
        if channel in said
    ]
    last = told.card.consents.history[0]
    caption = joined(on_day(last.on, today), place_words(last.source), staff_name(last.staff))
    return [FactView("consent", "   ".join(marks), fact_words("consent"), "ph.shield-check", caption)]


def _days(told: Told) -> list[FactView]:
    draft, today, lines = told.card.draft, told.desk.today(), []
    if draft.birthday:
        said, soon = day_words(draft.birthday, today)
        caption = joined(turning(draft.birthday, today) or fact_words("birthday"), soon)
        lines.append(FactView("birthday", said, fact_words("birthday"), "ph.cake", caption))
    for label, day in draft.dates:
        said, soon = day_words(day, today)
        lines.append(FactView("dates", said, label, "ph.calendar-blank", joined(label, soon)))
    return lines


def _wants(told: Told) -> list[FactView]:
    draft = told.card.draft
    lines = [
        _plain("needs", draft.needs, "ph.target", fact_words("needs")),
        _plain("preferences", draft.preferences, "ph.heart", fact_words("preferences")),
    ]
    if draft.values_ranked:
        ranked = "  ".join(f"{place} {wish_words(code)}" for place, code in enumerate(draft.values_ranked, start=1))
        lines.append(_plain("values_ranked", ranked, "ph.list-numbers", fact_words("values_ranked")))
    lines.append(_plain("buys_elsewhere", draft.buys_elsewhere, "ph.storefront", fact_words("buys_elsewhere")))
    return [line for line in lines if line.words]


def _people(told: Told) -> list[FactView]:
    card, lines = told.card, []
    if card.household:
        called = card.household.name
        lines += [_plain("household_name", called, "ph.house-line", fact_words("household_name"))] if called else []
        for person in card.household.others:
            lines.append(_person("household", person.name, fact_words("household"), person.id, "ph.house-line"))
    for related in card.relations:
        lines.append(_person("relation", related.name, relation_words(related.kind), related.id, "ph.users"))
    if card.referrer:
        lines.append(
            _person("referrer_id", card.referrer.name, fact_words("referrer_id"), card.referrer.id, "ph.hand-waving")
        )
    if number := card.brought:
        said = QCoreApplication.translate("CardFacts", "Brought %n person(s)", "", number)
        lines.append(FactView("brought", said, "", "ph.tree-structure", act="open"))
    return lines


def _own(told: Told) -> list[FactView]:
    said, today = told.card.draft.custom, told.desk.today()
    return [
        FactView(f"{CUSTOM}{row.id}", custom_words(row, said[row.id], today), row.label, caption=row.label)
        for row in told.customs
        if said.get(row.id)
    ]


def _money(told: Told) -> list[FactView]:
    draft, lines = told.card.draft, []
    if draft.credit_note:
        lines.append(_plain("credit_note", draft.credit_note, "ph.notebook", fact_words("credit_note")))
    if draft.credit_limit is not None:
        limit = told.desk.money(draft.credit_limit, drop_zeros=True)
        lines.append(_plain("credit_limit", limit, "ph.wallet", fact_words("credit_limit")))
    if draft.personal_discount is not None:
        off = QCoreApplication.translate("CardFacts", "{percent}% off")
        off = off.replace("{percent}", percent(draft.personal_discount))
        lines.append(_plain("personal_discount", off, "ph.percent", fact_words("personal_discount")))
    if number := told.prices:
        said = QCoreApplication.translate("CardFacts", "%n personal price(s)", "", number)
        lines.append(FactView("prices", said, "", "ph.tag", act="open"))
    return lines


def _about(told: Told) -> list[FactView]:
    card, draft, today = told.card, told.card.draft, told.desk.today()
    found = source_words(draft.source, source_choices()) if draft.source else ""
    made = QCoreApplication.translate("CardFacts", "Customer since {day}")
    made = made.replace("{day}", on_day(told.desk.day_of(card.created_at), today))
    by = QCoreApplication.translate("CardFacts", "Card made by {name}").replace("{name}", staff_name(card.made_by))
    lines = [
        _plain("note", draft.note, "ph.note-pencil", fact_words("note")),
        _plain("tags", "  ".join(f"#{tag}" for tag in draft.tags), "ph.tag", fact_words("tags")),
        _plain("company", draft.company, "ph.buildings", fact_words("company")),
        _plain("source", found, "ph.compass", fact_words("source")),
    ]
    shown = [line for line in lines if line.words]
    shown.append(FactView("created", made, "", "ph.user-plus", by if card.made_by else "", act=""))
    return shown


def _labelled(field: str, icon: str, labelled: Labelled) -> FactView:
    return FactView(field, labelled.text, fact_words(field), icon, label_words(labelled.label))


def _plain(field: str, words: str, icon: str, caption: str) -> FactView:
    return FactView(field, words, caption, icon, caption)


def _person(field: str, name: str, what: str, customer_id: int, icon: str) -> FactView:
    return FactView(field, name, what, icon, what, act="open", target=customer_id, removable=True)
