"""Makes vCards of people: what a phone has a field for, and the rest under names only this program reads."""

from app.formats.code_words import WORDS
from app.formats.vcard_records import Address, Card, LabelledDate, LabelledText
from app.services.transfer.out.people import Person

OWN_TEXTS = ("external_id", "source", "needs", "preferences", "buys_elsewhere", "credit_note", "preferred_channel")


def card_of(person: Person) -> Card:
    """One person as a vCard."""
    texts, birthday = person.texts, person.birthday
    return Card(
        name=texts["name"],
        organisation=texts["company"],
        phones=tuple(LabelledText(*pair) for pair in person.phones),
        emails=tuple(LabelledText(*pair) for pair in person.emails),
        addresses=tuple(Address(street=text, label=label) for text, label in person.addresses),
        wechat=texts["wechat"],
        birthday=birthday if birthday and not birthday.lunar else None,
        lunar_birthday=birthday if birthday and birthday.lunar else None,
        dates=tuple(LabelledDate(day, label) for label, day in person.dates),
        gender=texts["gender"] if texts["gender"] in WORDS["gender"] else "",
        note=texts["note"],
        tags=person.tags,
        own=tuple((name.upper().replace("_", "-"), texts[name]) for name in OWN_TEXTS if texts[name]),
        uid=f"customer-{person.id}-{person.since:%Y%m%d}@regulars",
    )
