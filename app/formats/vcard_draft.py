"""A card while its properties are read: what was found so far, what was left out, and the card they make."""

from dataclasses import dataclass, field, replace
from typing import TypeVar

from app.domain.birthdays import Birthday
from app.formats import vcard_values as values
from app.formats.vcard_dates import moment
from app.formats.vcard_labels import label_of
from app.formats.vcard_lines import Property
from app.formats.vcard_names import display_name
from app.formats.vcard_records import Address, Card, LabelledDate, LabelledText, Notice, Photo, Trouble

T = TypeVar("T")
SHOWN = 200


@dataclass(slots=True)
class Draft:
    """`single` holds what there is one of, by the name of its property; lists that have an order carry the pref."""

    version: str
    encoding: str
    labels: dict[str, str] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    single: dict[str, str] = field(default_factory=dict)
    name: list[str] = field(default_factory=list)
    phones: list[tuple[int, LabelledText]] = field(default_factory=list)
    emails: list[tuple[int, LabelledText]] = field(default_factory=list)
    urls: list[tuple[int, LabelledText]] = field(default_factory=list)
    addresses: list[tuple[int, Address]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    tags: dict[str, None] = field(default_factory=dict)
    days: dict[LabelledDate, None] = field(default_factory=dict)
    birthday: Birthday | None = None
    lunar_birthday: Birthday | None = None
    lunar_event: Birthday | None = None
    photo: Photo | None = None
    own: list[tuple[str, str]] = field(default_factory=list)

    def text(self, found: Property) -> str:
        return values.text(found, self.version, self.encoding)

    def line(self, found: Property) -> str:
        """The text in one line: it is clean already."""
        return " ".join(self.text(found).split())

    def parts(self, found: Property, count: int, sign: str = ";") -> list[str]:
        """The parts of a value, at least `count`."""
        got = values.parts(found, self.encoding, sign)
        return got + [""] * (count - len(got))

    def own_label(self, found: Property) -> str:
        """The word a person chose for it, "" for none."""
        return self.labels.get(found.group, "") if found.group else ""

    def label(self, found: Property) -> str:
        return label_of(found, self.own_label(found), self.encoding)

    def leave(self, found: Property) -> None:
        """Keep the name and the beginning of what has no place."""
        beginning = replace(found, raw="" if found.encoding == "B" else found.raw[: 4 * SHOWN])
        self.left_out.append((found.name, self.line(beginning)[:SHOWN]))

    def note(self, trouble: Trouble, found: Property) -> None:
        self.notices.append(Notice(trouble, found.line, found.name))

    def card(self, line: int) -> Card:
        """What was found, as it stays."""
        one = self.single
        family, given, additional, prefix, suffix = [*self.name, "", "", "", "", ""][:5]
        emails = _preferred(self.emails)
        others = (one.get("NICKNAME", ""), one.get("ORG", ""), *(mail.text for mail in emails[:1]))
        if one.get("LABEL") and not self.addresses:
            self.addresses.append((1, Address(one["LABEL"])))
        card = Card(
            name=display_name(one.get("FN", ""), (family, given, additional, prefix, suffix), others),
            family=family,
            given=given,
            additional=additional,
            prefix=prefix,
            suffix=suffix,
            nickname=one.get("NICKNAME", ""),
            organisation=one.get("ORG", ""),
            department=one.get("X-DEPARTMENT", ""),
            title=one.get("TITLE", ""),
            phones=_preferred(self.phones),
            emails=emails,
            addresses=_preferred(self.addresses),
            urls=_preferred(self.urls),
            wechat=one.get("X-WECHAT") or one.get("IMPP", ""),
            birthday=self.birthday,
            lunar_birthday=self.lunar_birthday or self.lunar_event,
            dates=tuple(self.days),
            gender=one.get("GENDER", ""),
            note="\n".join(self.notes),
            tags=tuple(self.tags),
            photo=self.photo,
            uid=one.get("UID", ""),
            rev=moment(one.get("REV", "")),
            own=tuple(self.own),
            left_out=tuple(self.left_out),
            line=line,
            version=self.version,
        )
        return replace(card, notices=tuple(self._all_notices(card)))

    def _all_notices(self, card: Card) -> list[Notice]:
        said = [one.text for one in (*card.phones, *card.emails)] + [one.text for one in card.addresses]
        if any("\ufffd" in one for one in (card.name, card.organisation, card.note, *card.tags, *said)):
            return [*self.notices, Notice(Trouble.UNDECODABLE, card.line)]
        return self.notices


def _preferred(found: list[tuple[int, T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(one for _, one in sorted(found, key=lambda pair: pair[0])))
