"""What is written is what other programs read, and comes back as it was."""

import base64
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from app.domain.birthdays import Birthday
from app.domain.text import clean, one_line
from app.formats.vcard_encode import Version
from app.formats.vcard_in import open_vcard
from app.formats.vcard_out import vcard_bytes, write_vcards
from app.formats.vcard_records import Address, Card, LabelledDate, LabelledText, Photo

WANG = Card(
    name="王小明",
    phones=(LabelledText("+86 138 0013 8000", "mobile"), LabelledText("010-88886666", "店里")),
    emails=(LabelledText("wang@example.com", "work"),),
    addresses=(Address("建国路88号, 4座; 西门", "home", "北京市", "北京市", "100022", "中国"),),
    birthday=Birthday(2, 3),
    lunar_birthday=Birthday(6, 15, 2025, lunar=True, leap=True),
    dates=(LabelledDate(Birthday(8, 8, 2009), "anniversary"),),
    wechat="wang_88",
    note="一\n二",
    tags=("VIP", "茶, 绿"),
    uid="4fbe8971",
    rev=datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC),
    own=(("TIER", "VIP"),),
)


def lines(card: Card, version: Version) -> list[str]:
    """The lines as a reader sees them once the folds are undone."""
    return vcard_bytes([card], version).decode().replace("\r\n ", "").splitlines()


def again(card: Card, version: Version) -> Card:
    (only,) = open_vcard(vcard_bytes([card], version)).cards()
    assert isinstance(only, Card)
    assert (only.notices, only.left_out, only.version) == ((), (), version)
    return only


def test_3_0_as_phones_import_it() -> None:
    assert lines(WANG, Version.V30) == [
        "BEGIN:VCARD",
        "VERSION:3.0",
        "FN:王小明",
        "N:王;小明;;;",
        "TEL;TYPE=CELL;TYPE=PREF:+86 138 0013 8000",
        "item1.TEL:010-88886666",
        "item1.X-ABLabel:店里",
        "EMAIL;TYPE=WORK:wang@example.com",
        "ADR;TYPE=HOME:;;建国路88号\\, 4座\\; 西门;北京市;北京市;100022;中国",
        "X-WECHAT:wang_88",
        "X-SOCIALPROFILE;TYPE=wechat:x-apple:wang_88",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03",
        "X-ALTBDAY;CALSCALE=chinese:0078004206L15",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2025-06-15;0;农历生日（闰月）" + ";" * 12,
        "item2.X-ABDATE:2009-08-08",
        "item2.X-ABLabel:_$!<Anniversary>!$_",
        "CATEGORIES:VIP,茶\\, 绿",
        "NOTE:一\\n二",
        "UID:4fbe8971",
        "REV:20261122T010203Z",
        "X-REGULARS-TIER:VIP",
        "END:VCARD",
    ]


def test_4_0_and_2_1_where_they_differ() -> None:
    new, old = lines(WANG, Version.V40), lines(WANG, Version.V21)
    assert {"TEL;TYPE=CELL;PREF=1:+86 138 0013 8000", "BDAY:--0203", "ANNIVERSARY:20090808"} <= set(new)
    assert {"TEL;CELL;PREF:+86 138 0013 8000", "BDAY:--02-03"} <= set(old)
    assert "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=E5=BA=97=E9=87=8C):010-88886666" in old
    assert "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B=E5=B0=8F=E6=98=8E" in old


@pytest.mark.parametrize("version", Version)
def test_everything_comes_back(version: Version) -> None:
    assert again(WANG, version) == replace(WANG, family="王", given="小明")


@pytest.mark.parametrize("version", Version)
def test_other_days_by_the_moon_come_back(version: Version) -> None:
    days = (
        LabelledDate(Birthday(8, 15, 1999, lunar=True), "结婚"),
        LabelledDate(Birthday(4, 1, lunar=True, leap=True), "妈妈的生日"),
        LabelledDate(Birthday(5, 6), "店庆"),
    )
    card = replace(WANG, dates=days)
    assert again(card, version) == replace(card, family="王", given="小明")


@pytest.mark.parametrize("version", Version)
def test_lines_end_in_crlf_and_none_is_longer_than_75_bytes(version: Version) -> None:
    # A label of the person's own stands before the colon, where 2.1 knows no fold.
    data = vcard_bytes([replace(WANG, phones=(), note="欧阳娜娜🍵𠮷" * 200)], version)
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no sign was cut in two


@pytest.mark.parametrize("version", Version)
def test_photos_come_back(version: Version) -> None:
    photo = Photo(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, "image/png")
    assert again(Card(name="王", photo=photo, note="after"), version).photo == photo
    head = base64.b64encode(photo.data[:9]).decode()
    assert any(line.startswith("PHOTO") and head in line for line in lines(Card(name="王", photo=photo), version))


@pytest.mark.parametrize(("name", "parts"), [("王姐", "王;姐;;;"), ("Anna Li", "Li;Anna;;;"), ("", ";;;;")])
def test_a_name_without_parts_is_given_some(name: str, parts: str) -> None:
    """A telephone shows N and not FN: empty parts would be a card without a name."""
    assert f"N:{parts}" in lines(Card(name=name, phones=(LabelledText("13800138000"),)), Version.V30)


def test_a_card_without_a_name_stays_without_one() -> None:
    for version in Version:
        assert again(Card(phones=(LabelledText("13800138000"),)), version).name == ""


def test_a_file_is_written_card_by_card(tmp_path: Path) -> None:
    target = tmp_path / "顾客.vcf"
    assert write_vcards(target, (WANG for _ in range(3))) == 3
    assert target.read_bytes() == vcard_bytes([WANG] * 3)


SIGNS = ['"', "'", "\n", "\r\n", "\\", "\\n", ",", ";", ":", "=", "=\r\n", " ", "\t", "^n", "\x00", "\x85", "é"]
WORDS = ["=1+1", "+86…", "🍵", "𠮷", "e\u0301", "END:VCARD", "BEGIN:VCARD\n", "item1.TEL:", "王小明", "%20", "&amp;"]
LONG = ["x" * 80, "好" * 40]
NASTY = some.sampled_from(SIGNS + WORDS + LONG)
TEXT = some.lists(NASTY, max_size=6).map("".join)
LINE = TEXT.map(one_line)
FILLED = LINE.filter(bool)
LABELS = some.sampled_from(["", "mobile", "home", "work", "fax", "pager", "main", "other", "老妈", "店, 里;前"])
DAYS = some.builds(Birthday, some.integers(1, 12), some.integers(1, 28), some.none() | some.integers(1900, 2100))
LUNAR = some.builds(
    Birthday,
    some.integers(1, 12),
    some.integers(1, 30),
    some.none() | some.integers(1900, 2100),
    some.just(True),
    some.booleans(),
)


def labelled(text: some.SearchStrategy[str]) -> some.SearchStrategy[tuple[LabelledText, ...]]:
    return some.lists(some.builds(LabelledText, text, LABELS), max_size=3, unique=True).map(tuple)


def in_address(part: str) -> str:
    return clean(part).strip()


PARTS = some.builds(Address, *[TEXT.map(in_address), LABELS, *[TEXT.map(in_address)] * 6])
CARDS = some.builds(
    Card,
    name=FILLED.filter(lambda name: "\u3000" not in name),
    family=FILLED,
    given=LINE,
    additional=LINE,
    prefix=LINE,
    suffix=LINE,
    nickname=LINE,
    organisation=FILLED,
    department=LINE,
    title=LINE,
    phones=labelled(FILLED),
    emails=labelled(FILLED),
    addresses=some.lists(
        PARTS.filter(lambda one: any((one.street, one.city, one.region))), max_size=2, unique=True
    ).map(tuple),
    urls=labelled(FILLED),
    wechat=LINE,
    birthday=some.none() | DAYS,
    lunar_birthday=some.none() | LUNAR,
    dates=some.lists(
        some.builds(LabelledDate, DAYS, some.sampled_from(["anniversary", "开业", "other"])), max_size=2, unique=True
    ).map(tuple),
    gender=some.sampled_from(["", "female", "male"]),
    note=TEXT.map(clean).map(str.strip),
    tags=some.lists(FILLED, max_size=3, unique=True).map(tuple),
    uid=LINE,
    rev=some.none() | some.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=some.just(UTC)),
    own=some.lists(some.tuples(some.sampled_from(["TIER", "MEMBER-NUMBER"]), FILLED), max_size=2).map(tuple),
)


def shown(card: Card) -> Card:
    """What a reader makes of the values that have more than one way of being written."""
    from app.domain.names import display
    from app.formats.vcard_contacts import mail, phone

    phones = (replace(one, text=one_line(phone(one.text))) for one in card.phones)
    emails = (replace(one, text=one_line(mail(one.text))) for one in card.emails)
    rev = card.rev.replace(microsecond=0) if card.rev else None
    return replace(card, name=display(card.name), phones=tuple(phones), emails=tuple(emails), rev=rev)


@pytest.mark.parametrize("version", Version)
@given(card=CARDS)
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_any_card_comes_back_as_it_was(version: Version, card: Card) -> None:
    found = again(card, version)
    assert found == shown(card)


@pytest.mark.parametrize("version", Version)
def test_control_characters_are_left_out(version: Version) -> None:
    written = Card(name="王\x00小\x1b明", note="a\x00b\rc\x9fd", phones=(LabelledText("1\x0038"),))
    found = again(written, version)
    assert (found.name, found.note, found.phones[0].text) == ("王小明", "ab\ncd", "138")
