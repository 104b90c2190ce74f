"""vCards as phones write them: three versions, every encoding, and the ways around what the format has no field for."""

import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.domain.birthdays import Birthday
from app.formats.vcard_in import open_vcard
from app.formats.vcard_records import Address, Card, LabelledDate, LabelledText, Trouble


def cards(data: bytes | str, encoding: str | None = None) -> list[Card]:
    raw = data.encode() if isinstance(data, str) else data
    return [card for card in open_vcard(raw, encoding).cards() if isinstance(card, Card)]


def card(*lines: str, version: str = "3.0", end: str = "\r\n") -> Card:
    """The one card these lines make."""
    (only,) = cards(end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]))
    return only


def texts(items: tuple[LabelledText, ...]) -> list[tuple[str, str]]:
    return [(item.text, item.label) for item in items]


def test_what_android_writes() -> None:
    found = card(
        "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0;=E4=B8=89;;;",
        "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=BC=A0=E4=B8=89",
        "TEL;CELL;PREF:15888888888",
        "TEL;X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=E5=BA=97=E9=87=8C):010-88886666",
        "NOTE;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=96=9C=E6=AC=A2=E4=B9=8C=",
        "=E9=BE=99=E8=8C=B6=0D=0A=E6=AF=8F=E6=9C=88=E4=B8=A4=E6=AC=A1",
        "X-ANDROID-CUSTOM;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:vnd.android.cursor.item/nickname;=E4=B8=89=E5=93=A5;1;;;;;;;;;;;;;",
        "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2015-10-01;1;;;;;;;;;;;;;",
        "BDAY:--02-03",
        version="2.1",
    )
    assert (found.name, found.family, found.given, found.nickname) == ("张三", "张", "三", "三哥")
    assert texts(found.phones) == [("15888888888", "mobile"), ("010-88886666", "店里")]
    assert found.note == "喜欢乌龙茶\n每月两次"
    assert (found.birthday, found.anniversary) == (Birthday(2, 3), Birthday(10, 1, 2015))
    assert (found.left_out, found.notices) == ((), ())


def test_what_an_iphone_writes() -> None:
    found = card(
        "PRODID:-//Apple Inc.//iOS 18.1//EN",
        "N:丁;小丽;;;",
        "FN:丁 小丽",
        "ORG:云栖茶行;",
        "TEL;type=CELL;type=VOICE:15811111111",
        "item1.TEL;type=pref:0571-56215888",
        "item1.X-ABLabel:茶室",
        "item2.EMAIL;type=INTERNET:ding@example.com",
        "item2.X-ABLabel:_$!<Work>!$_",
        "item3.ADR;type=HOME:;;建国路88号\\n4座;北京市;北京市;100022;中国",
        "item3.X-ABADR:cn",
        "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03",
        "X-ALTBDAY;CALSCALE=chinese:0078004206L15",
        "item4.X-ABDATE;type=pref:2009-08-08",
        "item4.X-ABLabel:_$!<Anniversary>!$_",
        "X-SOCIALPROFILE;type=Wechat;x-user=ding_li:x-apple:ding_li",
        "REV:2018-02-21T05:34:09Z",
    )
    assert (found.name, found.organisation) == ("丁小丽", "云栖茶行")
    assert texts(found.phones) == [("0571-56215888", "茶室"), ("15811111111", "mobile")]
    assert texts(found.emails) == [("ding@example.com", "work")]
    assert [(one.text, one.label) for one in found.addresses] == [("中国北京市建国路88号4座 100022", "home")]
    assert found.birthday == Birthday(2, 3)
    assert found.lunar_birthday == Birthday(6, 15, 2025, lunar=True, leap=True)
    assert found.dates == (LabelledDate(Birthday(8, 8, 2009), "anniversary"),)
    assert (found.wechat, found.rev) == ("ding_li", datetime(2018, 2, 21, 5, 34, 9, tzinfo=UTC))
    assert (found.left_out, found.notices) == ((), ())


def test_what_4_0_writes() -> None:
    found = card(
        "FN:Anna Li",
        'N;SORT-AS="Li,Anna":Li;Anna;Mei,Ling;Dr.;Jr.,M.D.',
        'TEL;VALUE=uri;TYPE="work,voice";PREF=2:tel:+86-10-8888-6666;ext=102',
        'TEL;VALUE=uri;TYPE="cell,text";PREF=1:tel:+86-138-0013-8000',
        'ADR;LABEL="Tea Road 5^nHangzhou":;;Tea Road 5;Hangzhou;Zhejiang;310000;China',
        "BDAY;VALUE=date-and-or-time:19850302T120000",
        "ANNIVERSARY:20090808T1430-0500",
        "GENDER:F;she",
        "CATEGORIES:VIP,tea\\, green,VIP",
        "IMPP:weixin:anna_li",
        "UID:urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1",
        "NOTE:one\\ntwo\\, three\\; four \\\\ five",
        version="4.0",
    )
    assert (found.name, found.additional, found.suffix) == ("Anna Li", "Mei Ling", "Jr. M.D.")
    assert texts(found.phones) == [("+86-138-0013-8000", "mobile"), ("+86-10-8888-6666 ext 102", "work")]
    assert found.addresses[0].text == "Tea Road 5, Hangzhou, Zhejiang 310000, China"
    assert (found.birthday, found.anniversary) == (Birthday(3, 2, 1985), Birthday(8, 8, 2009))
    assert (found.gender, found.tags, found.wechat) == ("female", ("VIP", "tea, green"), "anna_li")
    assert found.note == "one\ntwo, three; four \\ five"
    assert found.uid == "urn:uuid:4fbe8971-0bc3-424c-9c26-36c3e1eff6b1"


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_line_end_and_folds_with_blank_or_tab(end: str) -> None:
    found = card("NOTE:Likes oolong", "  tea a", "\tnd cake", "", "TEL:13800138000", "FN:王小明", end=end)
    assert (found.note, found.name) == ("Likes oolong tea and cake", "王小明")


def test_a_fold_of_2_1_keeps_its_blank() -> None:
    assert card("FN:Anna", "NOTE:Likes oolong", " tea", version="2.1").note == "Likes oolong tea"


def test_a_line_folded_inside_a_sign_is_whole_again() -> None:
    name = "欧阳娜娜".encode()
    data = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:" + name[:7] + b"\r\n " + name[7:] + b"\r\nEND:VCARD\r\n"
    assert [one.name for one in cards(data)] == ["欧阳娜娜"]


CHINESE = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:王;小明;;;\r\nFN:王小明\r\n"
    "NOTE:喜欢乌龙茶，每月来两次，老顾客介绍\r\nEND:VCARD\r\n"
)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_the_encoding_is_decided_for_the_file(codec: str) -> None:
    found = cards(CHINESE.encode(codec) * (1 if "16" in codec else 3))
    assert {(one.name, one.note) for one in found} == {("王小明", "喜欢乌龙茶，每月来两次，老顾客介绍")}


def test_a_charset_wins_over_the_file_and_the_file_can_be_overruled() -> None:
    mixed = CHINESE.encode() + b"BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=GBK:" + "李静怡".encode("gbk")
    mixed += b"\r\nNOTE;CHARSET=BIG5:" + "許功蓋".encode("big5") + b"\r\nEND:VCARD\r\n"
    assert [(one.name, one.note[-3:]) for one in cards(mixed)] == [("王小明", "客介绍"), ("李静怡", "許功蓋")]
    short = "BEGIN:VCARD\r\nFN:陳怡君\r\nEND:VCARD\r\n".encode("big5")
    assert cards(short, "big5")[0].name == "陳怡君"
    wrong = b"BEGIN:VCARD\r\nFN;CHARSET=KLINGON:" + "王".encode() + b"\r\nTEL;CHARSET=hex:1\r\nEND:VCARD\r\n"
    assert cards(wrong)[0].name == "王"


def test_files_put_together_from_two_phones_keep_both() -> None:
    both = CHINESE.encode("gbk") * 3 + CHINESE.replace("小明", "静怡").encode() + b"\xef\xbb\xbf" + CHINESE.encode()
    assert [one.name for one in cards(both)] == ["王小明"] * 3 + ["王静怡", "王小明"]


def test_a_card_within_a_card_is_no_card_of_its_own() -> None:
    found = cards(
        "BEGIN:VCARD\nVERSION:2.1\nFN:Boss\nAGENT:\nBEGIN:VCARD\nVERSION:2.1\nFN:Susan\nTEL;WORK:1\nEND:VCARD\n"
        "TEL;WORK:2\nEND:VCARD\nBEGIN:VCARD\nFN:Next\nEND:VCARD\n"
    )
    assert [one.name for one in found] == ["Boss", "Next"]
    assert (texts(found[0].phones), found[0].left_out) == ([("2", "work")], (("AGENT", "Susan"),))


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["N:王;小明;;;"], "王小明"),
        (["N:欧阳;娜娜;;;", "FN: "], "欧阳娜娜"),
        (["N:Li;Anna;;Dr.;"], "Dr. Anna Li"),
        (["FN:欧阳 娜娜", "N:;;;;"], "欧阳娜娜"),
        (["NICKNAME:三哥", "ORG:茶行"], "三哥"),
        (["N:;;;;", "ORG:云栖茶行;采购"], "云栖茶行"),
        (["EMAIL:anna@example.com"], "anna@example.com"),
        (["TEL:13800138000"], ""),
    ],
)
def test_what_a_person_is_called(lines: list[str], name: str) -> None:
    assert card(*lines).name == name


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("BDAY:1996-04-15", Birthday(4, 15, 1996)),
        ("BDAY:19960415", Birthday(4, 15, 1996)),
        ("BDAY;VALUE=text:1996年4月15日", Birthday(4, 15, 1996)),
        ("BDAY:1987-09-27T08:30:00-06:00", Birthday(9, 27, 1987)),
        ("BDAY:--0203", Birthday(2, 3)),
        ("BDAY:--02-29", Birthday(2, 29)),
        ("BDAY:1604-02-29", Birthday(2, 29)),
        ("BDAY:0000-02-03", Birthday(2, 3)),
        ("X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1990-01-12;3;;", Birthday(1, 12, 1990)),
    ],
)
def test_birthdays(line: str, birthday: Birthday) -> None:
    assert card("FN:王", line).birthday == birthday


@pytest.mark.parametrize("value", ["1996-04", "1996", "---15", "1996-02-30", "19961345", "circa 1800", "--0230"])
def test_a_day_that_is_none_is_noted(value: str) -> None:
    found = card("FN:王", f"BDAY:{value}")
    assert found.birthday is None
    assert [(notice.trouble, notice.line, notice.what) for notice in found.notices] == [(Trouble.BAD_DATE, 4, "BDAY")]


@pytest.mark.parametrize(
    ("line", "birthday"),
    [
        ("X-ALTBDAY;CALSCALE=chinese:007800010101", Birthday(1, 1, 1984, lunar=True)),
        ("X-ALTBDAY;CALSCALE=chinese:007700600815", Birthday(8, 15, 1983, lunar=True)),
        ("X-ALTBDAY;CALSCALE=chinese:--0230", Birthday(2, 30, lunar=True)),
        ("BDAY;CALSCALE=chinese:19850815", Birthday(8, 15, 1985, lunar=True)),
        (
            "X-ANDROID-CUSTOM:vnd.com.miui.cursor.item/lunarBirthday;八月十五;;;;",
            Birthday(8, 15, lunar=True),
        ),
        (
            "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;1985-08-15;0;农历生日;;;",
            Birthday(8, 15, 1985, lunar=True),
        ),
    ],
)
def test_lunar_birthdays(line: str, birthday: Birthday) -> None:
    found = card("FN:王", line)
    assert (found.lunar_birthday, found.birthday, found.notices) == (birthday, None, ())


@pytest.mark.parametrize(
    "line",
    [
        "X-WECHAT:wang_88",
        "X-WEIXIN:wang_88",
        "IMPP;X-SERVICE-TYPE=WeChat:x-apple:wang_88",
        "IMPP;X-SERVICE-TYPE=微信号;type=pref:x-apple:wang_88",
        "IMPP:weixin:wang_88",
        "X-SOCIALPROFILE;TYPE=wechat:x-apple://com.apple.social.wechat?username=wang_88",
        "item1.IMPP:wang_88\r\nitem1.X-ABLabel:微信",
    ],
)
def test_wechat_ids(line: str) -> None:
    found = card("FN:王", line)
    assert (found.wechat, found.left_out) == ("wang_88", ())


def test_what_has_no_place_is_named_and_counted() -> None:
    file = open_vcard(
        "BEGIN:VCARD\nFN:王\nX-QQ:12345\nX-PHONETIC-FIRST-NAME:Wang\nKEY;ENCODING=b:AAAA\nEND:VCARD\n".encode() * 2
    )
    first = next(iter(file.cards()))
    assert isinstance(first, Card)
    assert first.left_out == (("X-QQ", "12345"), ("X-PHONETIC-FIRST-NAME", "Wang"), ("KEY", ""))
    for _ in range(2):  # reading again counts afresh
        assert len(list(file.cards())) == 2
        assert file.left_out == {"X-QQ": 2, "X-PHONETIC-FIRST-NAME": 2, "KEY": 2}


def test_a_phone_a_spreadsheet_has_rounded_is_refused() -> None:
    found = card("FN:王", "TEL:1.38E+10", "TEL:13800138000")
    assert texts(found.phones) == [("13800138000", "")]
    assert [(notice.trouble, notice.line) for notice in found.notices] == [(Trouble.ROUNDED_PHONE, 4)]


def test_an_address_that_is_only_one_text_is_one() -> None:
    label = "LABEL;WORK;ENCODING=QUOTED-PRINTABLE:TheOffice=0D=0A123 Main St=0D=0AAust=\r\nin"
    assert card("FN:Anna", label, version="2.1").addresses == (Address("TheOffice\n123 Main St\nAustin"),)


def test_escapes_of_2_1_are_those_of_its_writer() -> None:
    assert card("FN:A\\;B", version="2.1").name == "A;B"
    assert card("FN:A;B\\C\\;D", version="2.1").name == "A;B\\C\\;D"
    assert card("FN:A", "NOTE:C:\\new", version="2.1").note == "C:\\new"


def test_a_quote_that_is_never_closed_hides_nothing() -> None:
    assert card("FN:王", 'TEL;TYPE="cell:13800138000').phones[0].text == "13800138000"


def test_photos() -> None:
    pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    for line in (
        f"PHOTO;ENCODING=b;TYPE=JPEG:{pixel}",
        f"PHOTO:data:image/png;base64,{pixel}",
        f"PHOTO;BASE64:\r\n {pixel[:60]}\r\n {pixel[60:]}\r\n",
        f"PHOTO;ENCODING=BASE64;JPEG:{pixel[:60]}\r\n{pixel[60:]}\r\n",
    ):
        found = card("FN:王", line, "TEL:1")
        assert found.photo and found.photo.data.startswith(b"\x89PNG\r\n")
        assert (found.photo.media_type, len(found.photo.data), found.notices) == ("image/png", 70, ())
        assert found.phones
    far = card("FN:王", "PHOTO;VALUE=uri:https://example.com/a.jpg")
    assert (far.photo, far.left_out) == (None, (("PHOTO", "https://example.com/a.jpg"),))


@pytest.mark.parametrize(
    ("body", "trouble"), [("!!!!", Trouble.PHOTO_UNREADABLE), ("/9j/" * 700_000, Trouble.PHOTO_TOO_LARGE)]
)
def test_a_photo_that_cannot_be_kept_is_noted(body: str, trouble: Trouble) -> None:
    found = card("FN:王", f"PHOTO;ENCODING=b:{body}")
    assert (found.photo, [notice.trouble for notice in found.notices]) == (None, [trouble])


def test_a_file_is_read_one_card_at_a_time(tmp_path: Path) -> None:
    many = tmp_path / "many.vcf"
    many.write_bytes(CHINESE.replace("喜欢", "喜欢" * 2_000).encode() * 1_000)
    tracemalloc.start()
    assert sum(1 for _ in open_vcard(many).cards()) == 1_000
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 8 * 2**20 < many.stat().st_size
