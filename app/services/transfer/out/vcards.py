"""Makes vCards of people: what a phone has a field for, and the rest under names only this program reads."""

from collections.abc import Iterator

from app.formats.code_words import WORDS
from app.formats.lists import joined
from app.formats.vcard_records import Address, Card, LabelledDate, LabelledText, Photo
from app.services.transfer.out.people import Base, Person

OWN_TEXTS = ("external_id", "source", "needs", "preferences", "buys_elsewhere", "credit_note", "preferred_channel")
OWN_TIES = ("referrer", "household", "member_card")


def card_of(person: Person, base: Base, jpeg: bytes | None = None) -> Card:
    """One person as a vCard, with their picture."""
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
        photo=Photo(jpeg, "image/jpeg") if jpeg else None,
        own=tuple(_own(person, base)),
        uid=f"customer-{person.id}-{person.since:%Y%m%d}@regulars",
    )


def _own(person: Person, base: Base) -> Iterator[tuple[str, str]]:
    """What no property of a vCard holds; `contact_own` reads it back."""
    for name in (*OWN_TEXTS, *OWN_TIES):
        if person.texts[name]:
            yield name.upper().replace("_", "-"), person.texts[name]
    yield "SINCE", person.since.isoformat()
    if person.do_not_contact:
        yield "DO-NOT-CONTACT", "yes"
    if person.values:
        yield "VALUES", joined(person.values)
    if person.credit_limit is not None:
        yield "CREDIT-LIMIT", str(base.money(person.credit_limit))
    if person.personal_discount is not None:
        yield "PERSONAL-DISCOUNT", str(person.personal_discount / 10)
    for channel, said in person.consents.items():
        yield "CONSENT", f"{channel} {'yes' if said.given else 'no'} {said.on.isoformat()} {said.source}".strip()
    for number, label, _ in base.fields:
        if value := person.custom.get(number):
            yield "FIELD", joined((label, value))
