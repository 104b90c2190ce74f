"""Write vCards that phones and mail programs import: UTF-8, CRLF, 3.0 unless asked for another version."""

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC
from functools import partial
from pathlib import Path

from app.domain.birthdays import Birthday
from app.domain.names import split
from app.domain.text import clean, one_line
from app.formats.vcard_dates import OMITTED_YEAR, lunar_text, solar_text
from app.formats.vcard_encode import Version, address_line, folded, parts_line, quoted_printable, text_line
from app.formats.vcard_labels import type_of
from app.formats.vcard_records import Address, Card, LabelledText, Photo

_EVENT = "vnd.android.cursor.item/contact_event"
# No phone has a field for it, so it stands on the card as a day with a name its owner can read.
LUNAR, LEAP = "农历", "（闰月）"
LUNAR_WORD = f"{LUNAR}生日"
LEAP_WORD = f"{LUNAR_WORD}{LEAP}"


def write_vcards(target: Path, cards: Iterable[Card], version: Version = Version.V30) -> int:
    """Write a file and return the number of cards. What a card left out when it was read is not written."""
    count = 0
    with target.open("w", encoding="utf-8", newline="") as stream:
        for card in cards:
            stream.write(card_text(card, version))
            count += 1
    return count


def vcard_bytes(cards: Iterable[Card], version: Version = Version.V30) -> bytes:
    """The same as bytes, for an archive or a single card."""
    return "".join(card_text(card, version) for card in cards).encode("utf-8")


def card_text(card: Card, version: Version = Version.V30) -> str:
    """One card from BEGIN to END."""
    return "".join(_Lines(card, version).all())


class _Lines:
    """The lines of one card; groups (item1.TEL with item1.X-ABLabel) are counted through it."""

    def __init__(self, card: Card, version: Version) -> None:
        self._card, self._version = card, version
        self._old = version is Version.V21
        self._groups = 0

    def all(self) -> Iterator[str]:
        yield f"BEGIN:VCARD\r\nVERSION:{self._version}\r\n"
        yield from self._name()
        yield from self._contacts()
        yield from self._days()
        yield from self._texts()
        if self._card.photo:
            yield self._photo(self._card.photo)
        yield "END:VCARD\r\n"

    def _text(self, head: str, value: str) -> Iterator[str]:
        if value:
            yield text_line(self._version, head, value)

    def _name(self) -> Iterator[str]:
        card = self._card
        yield text_line(self._version, "FN", one_line(card.name))
        parts = [card.family, card.given, card.additional, card.prefix, card.suffix]
        if card.name and not any(parts):
            found = split(card.name)
            # "王姐" is shown as one word only when the title stands where the given name does.
            parts = [found.family, found.given + found.title, "", "", ""]
        yield parts_line(self._version, "N", [one_line(part) for part in parts])
        yield from self._text("NICKNAME", one_line(card.nickname))
        if card.organisation or card.department:
            units = [card.organisation, *([card.department] if card.department else [])]
            yield parts_line(self._version, "ORG", [one_line(unit) for unit in units])
        yield from self._text("TITLE", one_line(card.title))

    def _contacts(self) -> Iterator[str]:
        card, version = self._card, self._version
        text, address = partial(text_line, version), partial(address_line, version)
        yield from self._labelled("TEL", card.phones, text)
        yield from self._labelled("EMAIL", card.emails, text)
        yield from self._labelled("URL", card.urls, address)
        for place, one in enumerate(card.addresses):
            yield from self._address(one, preferred=place == 0 and len(card.addresses) > 1)
        if card.wechat:
            yield text_line(version, "X-WECHAT", one_line(card.wechat))
            if not self._old:
                yield address_line(version, "X-SOCIALPROFILE;TYPE=wechat", f"x-apple:{one_line(card.wechat)}")

    def _labelled(self, name: str, items: Sequence[LabelledText], line: Callable[[str, str], str]) -> Iterator[str]:
        for place, item in enumerate(items):
            head, label = self._head(name, item.label, preferred=place == 0 and len(items) > 1)
            yield line(head, one_line(item.text))
            yield label

    def _address(self, one: Address, preferred: bool) -> Iterator[str]:
        head, label = self._head("ADR", one.label, preferred)
        parts = (one.po_box, one.extended, one.street, one.city, one.region, one.postal_code, one.country)
        yield parts_line(self._version, head, [part.strip() for part in parts])
        yield label

    def _head(self, name: str, label: str, preferred: bool) -> tuple[str, str]:
        """Name and parameters, and the line that carries a label no TYPE can say."""
        pref = {Version.V21: ";PREF", Version.V30: ";TYPE=PREF", Version.V40: ";PREF=1"}[self._version]
        tail = pref if preferred else ""
        label = one_line(label)
        if kind := type_of(label):
            return f"{name};{kind}{tail}" if self._old else f"{name};TYPE={kind}{tail}", ""
        if not label:
            return name + tail, ""
        if self._old:
            quoted = quoted_printable(label)
            return f"{name};X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,{quoted}){tail}", ""
        group = self._group()
        return f"{group}.{name}{tail}", text_line(self._version, f"{group}.X-ABLabel", label)

    def _group(self) -> str:
        self._groups += 1
        return f"item{self._groups}"

    def _days(self) -> Iterator[str]:
        card = self._card
        if card.birthday:
            yield self._day("BDAY", card.birthday)
        if card.lunar_birthday:
            day = card.lunar_birthday
            yield folded(f"X-ALTBDAY;CALSCALE=chinese:{lunar_text(day)}")
            yield self._event(solar_text(day), "0", LEAP_WORD if day.leap else LUNAR_WORD)
        for one in card.dates:
            yield from self._other_day(one.date, one_line(one.label))

    def _other_day(self, day: Birthday, label: str) -> Iterator[str]:
        special = label == "anniversary"
        if day.lunar:
            yield self._event(solar_text(day), "0", f"{LUNAR}{label}{LEAP if day.leap else ''}")
        elif self._old:
            yield self._event(solar_text(day), "1" if special else "0", "" if special else label)
        elif special and self._version is Version.V40:
            yield self._day("ANNIVERSARY", day)
        else:
            group = self._group()
            yield self._day(f"{group}.X-ABDATE", day)
            yield text_line(self._version, f"{group}.X-ABLabel", "_$!<Anniversary>!$_" if special else label)

    def _day(self, head: str, day: Birthday) -> str:
        if self._version is Version.V40:
            return f"{head}:{solar_text(day, dashes=False)}\r\n"
        if day.year is None and not self._old:
            return f"{head};X-APPLE-OMIT-YEAR={OMITTED_YEAR}:{solar_text(day, year_for_none=OMITTED_YEAR)}\r\n"
        return f"{head}:{solar_text(day)}\r\n"

    def _event(self, day: str, kind: str, label: str) -> str:
        return parts_line(self._version, "X-ANDROID-CUSTOM", [_EVENT, day, kind, label, *[""] * 12])

    def _texts(self) -> Iterator[str]:
        card = self._card
        if card.gender:
            letter = "F" if card.gender == "female" else "M"
            yield from self._text("GENDER" if self._version is Version.V40 else "X-GENDER", letter)
        if card.tags:
            yield parts_line(self._version, "CATEGORIES", [one_line(tag) for tag in card.tags], ",")
        yield from self._text("NOTE", clean(card.note).strip())
        yield from self._text("UID", one_line(card.uid))
        if card.rev:
            yield f"REV:{card.rev.astimezone(UTC):%Y%m%dT%H%M%SZ}\r\n"
        for name, value in card.own:
            yield from self._text("X-REGULARS-" + re.sub(r"[^A-Z0-9-]+", "-", name.upper()), value)

    def _photo(self, photo: Photo) -> str:
        body = base64.b64encode(photo.data).decode("ascii")
        kind = photo.media_type.rpartition("/")[2].upper()
        if self._version is Version.V40:
            return folded(f"PHOTO:data:{photo.media_type};base64,{body}")
        if self._old:  # which ends base64 with a blank line
            return folded(f"PHOTO;ENCODING=BASE64;{kind}:{body}") + "\r\n"
        return folded(f"PHOTO;ENCODING=b;TYPE={kind}:{body}")
