"""Reads a file of contact cards, as phones and mail programs write them, into the same records as a list of people."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from app.domain.names import display
from app.domain.phones import normalise
from app.formats import vcard_records as vcard
from app.formats.birthday_out import birthday_text
from app.formats.dates import DateOrder
from app.formats.tables import FileRefused
from app.formats.vcard_in import VcardFile, open_vcard
from app.formats.vcard_records import BrokenCard, Trouble
from app.services.customers.photos import MOST_BYTES
from app.services.transfer.card_more import More
from app.services.transfer.cards import Card
from app.services.transfer.columns import Kind
from app.services.transfer.contact_own import OwnReader
from app.services.transfer.outcome import Rejection
from app.services.transfer.plan import Plan, Progress

SHOWN = ("name", "phone", "email", "company", "birthday", "tags", "note")
"""What a preview shows of a card."""
FIRST_CARDS = 8
EVERY = 200
PHOTOS_LEFT = "photos_left"
OWN_LOST = "card_own_unreadable"
_ENDINGS = (".vcf", ".vcard")
_BEGIN = re.compile(rb"(?im)^[\xef\xbb\xbf \t]*begin[ \t]*:[ \t]*vcard[ \t]*$")
_HEAD = 1 << 18
Shrink = Callable[[bytes], bytes | None]
"""Makes a picture of any kind a JPEG small enough to be kept, or gives up."""


def is_contacts(path: Path) -> bool:
    """Does the file hold contact cards, or say by its name that it means to? OSError passes through."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    plain = head.replace(b"\0", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").replace(b"\r", b"\n")
    return bool(_BEGIN.search(plain)) or (path.suffix.lower() in _ENDINGS and not head.startswith(b"PK\x03\x04"))


def inspect_contacts(path: Path, kind: Kind, encoding: str | None = None) -> Plan:
    """Read every card once and say what is there. Raises FileRefused (its codes, and only_customers)."""
    if kind is not Kind.CUSTOMERS:
        raise FileRefused("only_customers")
    file = open_vcard(path, encoding)
    first: list[tuple[str, ...]] = []
    unkept: Counter[str] = Counter()
    rows = 0
    for card in file.cards():
        rows += 1
        if isinstance(card, vcard.Card):
            unkept.update(_homeless(card))
            if len(first) < FIRST_CARDS:
                first.append(_preview(card))
    return Plan(
        path=path,
        kind=kind,
        encoding=file.encoding.name,
        certain=file.encoding.certain,
        delimiter="",
        sheet="",
        sheets=(),
        header_row=0,
        headers=SHOWN,
        first_rows=tuple(first),
        columns={},
        left_out=(),
        missing=(),
        date_order=DateOrder.YMD,
        rows=rows,
        warnings=_counted(file),
        contacts=True,
        unkept=dict((unkept + file.left_out).most_common()),
    )


class ContactReader:
    """Reads the cards of a plan's file; `warnings` counts what was put right or left behind, as `read` goes on."""

    def __init__(self, plan: Plan, region: str, own: OwnReader, shrink: Shrink | None = None) -> None:
        self._total, self._region, self._own, self._shrink = plan.rows, region, own, shrink
        self._file = open_vcard(plan.path, plan.encoding or None)
        self._photos_left = 0

    @property
    def warnings(self) -> dict[str, int]:
        told = {PHOTOS_LEFT: self._photos_left, OWN_LOST: self._own.lost}
        return _counted(self._file) | {code: count for code, count in told.items() if count}

    def read(self, progress: Progress) -> Iterator[Card | Rejection]:
        """Every card, or why there is none."""
        progress(0, self._total)
        for count, found in enumerate(self._file.cards(), 1):
            if count % EVERY == 0:
                progress(count, self._total)
            yield self._one(found)

    def _one(self, found: vcard.Card | BrokenCard) -> Card | Rejection:
        if isinstance(found, BrokenCard):
            return Rejection(found.line, str(found.trouble), "", found.what)
        ruined = next((one for one in found.notices if one.trouble is Trouble.ROUNDED_PHONE), None)
        if ruined is not None:
            return Rejection(found.line, "scientific", ruined.what, display(found.name))
        phones = [(phone, one.label) for one in found.phones if (phone := normalise(one.text, self._region)).digits]
        name = display(found.name) or (phones[0][0].digits if phones else "")
        if not name:
            return Rejection(found.line, "no_name")
        own = self._own.read(found.own)
        labels = {phone.key: label for phone, label in phones}
        labels |= {one.text: one.label for one in found.emails} | {one.text: one.label for one in found.addresses}
        return Card(
            name,
            str(own.said.pop("external_id", "")),
            [phone for phone, _ in phones],
            [one.text for one in found.emails],
            [one.text for one in found.addresses],
            list(found.tags),
            own.said | _said(found),
            own.since,
            line=found.line,
            labels=labels,
            dates=tuple((day.label, day.date) for day in found.dates),
            photo=self._photo(found),
            more=More(consents=tuple(own.consents), custom=tuple(own.custom)),
            referrer=own.ties.get("referrer", ""),
            household=own.ties.get("household", ""),
            member_card=own.ties.get("member_card", ""),
        )

    def _photo(self, card: vcard.Card) -> bytes:
        if card.photo is None:
            return b""
        data = card.photo.data
        if card.photo.media_type == "image/jpeg" and len(data) <= MOST_BYTES and data.endswith(b"\xff\xd9"):
            return data
        small = self._shrink(data) if self._shrink else None
        self._photos_left += small is None
        return small or b""


def _said(card: vcard.Card) -> dict[str, str | int | None]:
    """The columns of the customer a card fills. A birthday by the sun goes before one by the moon."""
    texts = {"company": card.organisation, "wechat": card.wechat, "gender": card.gender, "note": card.note}
    said: dict[str, str | int | None] = {name: words for name, words in texts.items() if words}
    born = card.birthday or card.lunar_birthday
    if born is not None:
        said |= {"birth_lunar": int(born.lunar), "birth_leap": int(born.leap), "birth_year": born.year}
        said |= {"birth_month": born.month, "birth_day": born.day}
    return said


def _homeless(card: vcard.Card) -> Iterator[str]:
    """What the card says that a customer has no field for."""
    for name, value in (
        ("NICKNAME", card.nickname),
        ("DEPARTMENT", card.department),
        ("TITLE", card.title),
        ("URL", card.urls),
        ("X-ALTBDAY", card.birthday and card.lunar_birthday),
    ):
        if value:
            yield name


def _preview(card: vcard.Card) -> tuple[str, ...]:
    born = card.birthday or card.lunar_birthday
    return (
        display(card.name),
        " ".join(one.text for one in card.phones),
        " ".join(one.text for one in card.emails),
        card.organisation,
        birthday_text(born, "en") if born else "",
        " ".join(card.tags),
        " ".join(card.note.split()),
    )


def _counted(file: VcardFile) -> dict[str, int]:
    """Troubles of cards that are kept; a card that is lost is told row by row."""
    lost = (Trouble.NOTHING_IN_IT, Trouble.CARD_TOO_LARGE, Trouble.OUTSIDE_A_CARD, Trouble.ROUNDED_PHONE)
    return {f"card_{trouble}": count for trouble, count in file.troubles.items() if trouble not in lost}
