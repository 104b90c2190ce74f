"""vCards that phones and mail programs really wrote: every card, its name and phones, and what others read in it."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.formats.csv_in import open_csv
from app.formats.vcard_dates import moment, solar
from app.formats.vcard_in import open_vcard
from app.formats.vcard_records import BrokenCard, Card

pytestmark = pytest.mark.real_data


def cards(path: Path) -> list[Card]:
    found = list(open_vcard(path).cards())
    assert not [one for one in found if isinstance(one, BrokenCard)]
    return [one for one in found if isinstance(one, Card)]


def phones(card: Card) -> list[str]:
    return [one.text for one in card.phones]


def test_every_card_of_every_file_arrives_without_a_complaint(shared_data: Path) -> None:
    files = sorted((shared_data / "vcard").glob("*/*.vcf"))
    found = {path.name: cards(path) for path in files}
    assert (len(files), sum(map(len, found.values()))) == (22, 25)
    assert all(card.name and not card.notices for several in found.values() for card in several)


@pytest.mark.parametrize(
    ("file", "name", "numbers"),
    [
        ("android/v21_backslash.vcf", "A;B\\C\\;D:E\\\\", []),
        ("android/v21_japanese_1.vcf", "安藤ロイド", ["0300000000"]),
        ("android/v21_pref_handling.vcf", "Smith", ["2", "1", "3"]),
        ("android/v21_simple_1.vcf", "Roid Ando", []),
        ("android/v21_simple_2.vcf", "Ando Roid", []),
        ("android/v30_pause_wait.vcf", "Pause Wait", ["p1234p5678w9"]),
        ("android/v30_simple.vcf", "And Roid", ["0300000000"]),
        ("android/v40_sort_as.vcf", "安藤 ロイド", []),
        ("ezvcard/John_Doe_BLACK_BERRY.vcf", "John Doe", ["+96123456789"]),
        ("ezvcard/John_Doe_EVOLUTION.vcf", "Mr. John Richter, James Doe Sr.", ["905-666-1234", "905-555-1234"]),
        ("ezvcard/John_Doe_GMAIL.vcf", "Mr. John Richter, James Doe Sr.", ["905-555-1234", "905-666-1234"]),
        ("ezvcard/gmail-single.vcf", "Greg Dartmouth", ["555 555 1111", "555 555 2222"]),
        ("ezvcard/rfc2426-example.vcf", "Frank Dawson", ["+1-919-676-9515", "+1-919-676-9564"]),
        ("ezvcard/rfc6350-example.vcf", "Simon Perreault", ["+1-418-656-9254 ext 102", "+1-418-262-6501"]),
    ],
)
def test_names_and_phones(shared_data: Path, file: str, name: str, numbers: list[str]) -> None:
    card = cards(shared_data / "vcard" / file)[0]
    assert (card.name, phones(card)) == (name, numbers)


def test_outlook_notes_keep_their_lines(shared_data: Path) -> None:
    (card,) = cards(shared_data / "vcard" / "ezvcard" / "outlook-2003.vcf")
    assert card.note == "This is the note field!!\nSecond line\n\nThird line is empty"
    assert [(one.text, one.label) for one in card.phones] == [
        ("BusinessPhone", "work"),
        ("HomePhone", "home"),
        ("MobilePhone", "mobile"),
        ("BusinessFaxPhone", "fax"),
    ]


def jcard(path: Path) -> dict[str, list[list[Any]]]:
    """The expected properties by name, each as parameters, type and values."""
    found: dict[str, list[list[Any]]] = {}
    for name, *rest in json.loads(path.read_text(encoding="utf-8"))[1]:
        found.setdefault(name, []).append(rest)
    return found


def joined(part: str | list[str]) -> str:
    return part if isinstance(part, str) else " ".join(part)


@pytest.mark.parametrize("name", ["vcard", "vcard3"])
def test_another_reader_finds_the_same(shared_data: Path, name: str) -> None:
    folder = shared_data / "vcard" / "icaljs"
    (card,) = cards(folder / f"{name}.vcf")
    expected = jcard(folder / f"{name}.json")

    def first(key: str) -> Any:
        return expected[key][0][2]

    assert card.name == first("fn")
    assert [card.family, card.given, card.additional, card.prefix, card.suffix] == [joined(one) for one in first("n")]
    assert [card.organisation, card.department] == [first("org")[0], " ".join(first("org")[1:])]
    assert {one.text for one in card.emails} == {mail[2] for mail in expected["email"]}
    assert phones(card) == [tel[2].removeprefix("tel:") for tel in expected["tel"]]
    address = card.addresses[0]
    parts = [address.po_box, address.extended, address.street, address.city, address.region, address.postal_code]
    assert parts == first("adr")[:6]
    assert (card.title, card.nickname, card.note) == (first("title"), first("nickname"), first("note"))
    assert (card.birthday, card.rev) == (solar(first("bday")), moment(first("rev")))
    assert list(card.tags) == [tag for one in expected.get("categories", []) for tag in one[2:]]
    if "anniversary" in expected:
        assert card.anniversary == solar(first("anniversary"))


@pytest.mark.parametrize(
    ("table", "vcard", "columns"),
    [
        (
            "gmail.csv",
            "gmail.vcf",
            {"name": "Name", "family": "Family Name", "given": "Given Name", "nickname": "Nickname", "note": "Notes"}
            | {"phones": "Phone {} - Value", "emails": "E-mail {} - Value", "organisation": "Organization 1 - Name"},
        ),
        (
            "tb_plain.csv",
            "tb_plain.vcf",
            {"name": "Display Name", "family": "Last Name", "given": "First Name", "nickname": "Nickname"}
            | {"note": "Notes", "organisation": "Organization", "title": "Job Title", "department": "Department"},
        ),
    ],
)
def test_a_list_and_its_vcard_say_the_same(shared_data: Path, table: str, vcard: str, columns: dict[str, str]) -> None:
    file = open_csv(shared_data / "contacts_csv" / "roundcube" / table)
    row = dict(zip(file.headers, next(iter(file.rows())).cells, strict=True))
    (card,) = cards(shared_data / "vcard" / "roundcube" / vcard)
    for field, column in columns.items():
        value = getattr(card, field)
        if isinstance(value, tuple):
            listed = [row[column.format(i)] for i in range(1, 9) if column.format(i) in row]
            assert [one.text for one in value] == [one for one in listed if one]
        else:
            assert value == row[column]
