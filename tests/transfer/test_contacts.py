"""Contact cards of a phone brought in as customers: what they say, whom they mean, what is lost and told."""

import base64
from pathlib import Path

import pytest

from app.domain.errors import CodedError
from app.formats.vcard_in import open_vcard
from app.services import transfer
from app.services.customers import set_photo
from app.services.search import find
from app.services.transfer import inspect_file, undo_batch
from app.storage.unit_of_work import UnitOfWork
from tests.transfer.bringing import asked, bring, counts

JPEG = b"\xff\xd8\xff\xe0 a small picture \xff\xd9"
FULL = f"""BEGIN:VCARD
VERSION:3.0
N:欧阳;娜娜;;;
FN:欧阳娜娜
TEL;TYPE=CELL:138 0013 8000
TEL;TYPE=WORK:0514-87654321
EMAIL;TYPE=HOME:nana@example.com
EMAIL;TYPE=WORK:n.ouyang@example.com
ADR;TYPE=HOME:;;文昌路 8 号;扬州市;江苏省;225000;中国
ORG:文昌茶社
BDAY:1990-05-02
ANNIVERSARY:2015-10-01
CATEGORIES:老客,茶友
X-WECHAT:nana_tea
NOTE:爱喝龙井
TITLE:店长
PHOTO;ENCODING=b;TYPE=JPEG:{base64.b64encode(JPEG).decode()}
END:VCARD
"""
OTHER = "BEGIN:VCARD\nVERSION:3.0\nFN:王伟\nTEL:13900139000\nX-ALTBDAY;CALSCALE=chinese:--0815\nEND:VCARD\n"


def cards(folder: Path, text: str, name: str = "contacts.vcf", encoding: str = "utf-8") -> Path:
    target = folder / name
    target.write_bytes(text.replace("\n", "\r\n").encode(encoding))
    return target


def test_a_card_is_filled_with_all_the_contact_says(work: UnitOfWork, tmp_path: Path) -> None:
    assert counts(bring(work, cards(tmp_path, FULL), "customers")) == (1, 0, 0, 0, 0)
    said = "name, company, wechat, note, birth_lunar, birth_year, birth_month, birth_day"
    assert asked(work, f"SELECT {said} FROM customers") == [
        ("欧阳娜娜", "文昌茶社", "nana_tea", "爱喝龙井", 0, 1990, 5, 2)
    ]
    assert asked(work, "SELECT typed, e164, label FROM customer_phones ORDER BY id") == [
        ("138 0013 8000", "+8613800138000", "mobile"),
        ("0514-87654321", "+8651487654321", "work"),
    ]
    assert asked(work, "SELECT address, label FROM customer_emails ORDER BY id") == [
        ("nana@example.com", "home"),
        ("n.ouyang@example.com", "work"),
    ]
    assert asked(work, "SELECT text, label FROM customer_addresses") == [("中国江苏省扬州市文昌路 8 号 225000", "home")]
    assert asked(work, "SELECT name FROM customer_tags ORDER BY id") == [("老客",), ("茶友",)]
    assert asked(work, "SELECT label, year, month, day FROM customer_dates") == [("anniversary", 2015, 10, 1)]
    assert asked(work, "SELECT jpeg FROM customer_photos") == [(JPEG,)]
    assert [hit.title for hit in work.read(find, "ouyang")] == ["欧阳娜娜"]
    assert [hit.title for hit in work.read(find, "87654321")] == ["欧阳娜娜"]


def test_a_birthday_by_the_moon_is_kept_where_there_is_no_other(work: UnitOfWork, tmp_path: Path) -> None:
    both = OTHER.replace("王伟", "李娜").replace("END", "BDAY:1985-01-02\nEND")
    plan = inspect_file(cards(tmp_path, OTHER + both), "customers")
    assert plan.unkept == {"X-ALTBDAY": 1}
    bring(work, plan.path, "customers")
    assert asked(work, "SELECT birth_lunar, birth_year, birth_month, birth_day FROM customers ORDER BY id") == [
        (1, None, 8, 15),
        (0, 1985, 1, 2),
    ]


def test_the_plan_shows_the_first_cards_and_what_has_no_home(tmp_path: Path) -> None:
    plan = inspect_file(cards(tmp_path, FULL + OTHER, "named.csv"), "customers")
    assert (plan.contacts, plan.rows, plan.missing, plan.encoding) == (True, 2, (), "utf-8")
    assert [row[:2] for row in plan.first_rows] == [
        ("欧阳娜娜", "138 0013 8000 0514-87654321"),
        ("王伟", "13900139000"),
    ]
    assert plan.unkept == {"TITLE": 1}
    assert transfer.guess_kind(plan.path) is transfer.Kind.CUSTOMERS


def test_the_encoding_can_be_overruled(work: UnitOfWork, tmp_path: Path) -> None:
    source = cards(tmp_path, OTHER, encoding="gb18030")
    assert inspect_file(source, "customers").first_rows[0][0] == "王伟"
    assert inspect_file(source, "customers", "cp1252").first_rows[0][0] == "ÍõÎ°"
    bring(work, source, "customers", encoding="gb18030")
    assert asked(work, "SELECT name FROM customers") == [("王伟",)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig"])
def test_what_the_file_holds_counts_and_not_its_name(work: UnitOfWork, tmp_path: Path, encoding: str) -> None:
    bring(work, cards(tmp_path, OTHER, "list.txt", encoding), "customers")
    assert asked(work, "SELECT name FROM customers") == [("王伟",)]


def test_the_same_cards_again_change_nothing(work: UnitOfWork, tmp_path: Path) -> None:
    source = cards(tmp_path, FULL + OTHER)
    bring(work, source, "customers")
    assert counts(bring(work, source, "customers")) == (0, 0, 2, 0, 0)


def test_people_are_found_as_in_a_list(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, cards(tmp_path, OTHER), "customers")
    more = cards(tmp_path, OTHER.replace("END", "NOTE:常客\nEND") + OTHER.replace("王伟", "李娜"), "more.vcf")
    assert counts(bring(work, more, "customers")) == (1, 1, 0, 0, 0)
    assert asked(work, "SELECT name, note FROM customers ORDER BY id") == [("王伟", "常客"), ("李娜", "")]


def test_a_broken_card_is_rejected_with_its_line_and_costs_no_other(work: UnitOfWork, tmp_path: Path) -> None:
    empty = "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD\n"
    ruined = OTHER.replace("王伟", "陈静").replace("13900139000", "1.38E+10")
    source = cards(tmp_path, FULL + empty + "nobody's line\n" + ruined + OTHER)
    outcome = bring(work, source, "customers")
    assert counts(outcome) == (2, 0, 0, 0, 3)
    assert outcome.read == inspect_file(source, "customers").rows == 5
    assert [(one.line, one.code) for one in outcome.rejections] == [
        (19, "nothing_in_it"),
        (22, "outside_a_card"),
        (23, "scientific"),
    ]


def test_rejected_cards_are_saved_as_cards_with_their_reason(work: UnitOfWork, tmp_path: Path) -> None:
    source = cards(tmp_path, OTHER + OTHER.replace("王伟", "陈静").replace("13900139000", "1.38E+10"))
    outcome = bring(work, source, "customers")
    target = tmp_path / "rejected.vcf"
    plan = inspect_file(source, "customers")
    assert (
        transfer.write_rejected(target, plan, outcome.rejections, ("Line", "Why"), lambda one: f"原因 {one.code}") == 1
    )
    (card,) = open_vcard(target).cards()
    assert "陈静" in target.read_text(encoding="utf-8")
    assert getattr(card, "own", ()) == (("REASON", "7 原因 scientific"),)
    target.write_bytes(target.read_bytes().replace(b"1.38E+10", b"13800138000"))
    assert counts(bring(work, target, "customers")) == (1, 0, 0, 0, 0)


def test_cards_put_right_are_counted(work: UnitOfWork, tmp_path: Path) -> None:
    source = cards(tmp_path, OTHER.replace("END:VCARD\n", "BDAY:1990-02-31\n") + FULL)
    outcome = bring(work, source, "customers")
    assert counts(outcome) == (2, 0, 0, 0, 0)
    assert dict(outcome.warnings) == {"card_no_end": 1, "card_bad_date": 1}


def test_a_picture_of_another_kind_is_made_smaller_or_counted(work: UnitOfWork, tmp_path: Path) -> None:
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 100).decode()
    source = cards(tmp_path, OTHER.replace("END", f"PHOTO;ENCODING=b;TYPE=PNG:{png}\nEND"))
    outcome = bring(work, source, "customers")
    assert dict(outcome.warnings) == {"photos_left": 1}
    assert asked(work, "SELECT count(*) FROM customer_photos") == [(0,)]
    assert counts(bring(work, source, "customers", shrink=lambda _data: JPEG)) == (0, 1, 0, 0, 0)
    assert asked(work, "SELECT jpeg FROM customer_photos") == [(JPEG,)]


def test_taking_back_removes_what_the_cards_added(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, cards(tmp_path, OTHER), "customers")
    before = asked(work, "SELECT * FROM customers")
    more = FULL.replace("FN:欧阳娜娜", "FN:王伟").replace("138 0013 8000", "13900139000")
    outcome = bring(work, cards(tmp_path, more, "more.vcf"), "customers")
    assert counts(outcome) == (0, 1, 0, 0, 0)
    answer, _ = work.write(undo_batch, outcome.batch)
    assert answer.kept == ()
    assert asked(work, "SELECT name, company, note FROM customers") == [("王伟", "", "")]
    assert len(before) == 1
    for part in ("customer_emails", "customer_addresses", "customer_tags", "customer_dates", "customer_photos"):
        assert asked(work, f"SELECT count(*) FROM {part}") == [(0,)], part


def test_a_picture_somebody_put_in_its_place_stays(work: UnitOfWork, tmp_path: Path) -> None:
    bring(work, cards(tmp_path, OTHER), "customers")
    more = FULL.replace("FN:欧阳娜娜", "FN:王伟").replace("138 0013 8000", "13900139000")
    outcome = bring(work, cards(tmp_path, more, "more.vcf"), "customers")
    work.write(set_photo, 1, b"\xff\xd8\xff another \xff\xd9")
    work.write(undo_batch, outcome.batch)
    assert asked(work, "SELECT jpeg FROM customer_photos") == [(b"\xff\xd8\xff another \xff\xd9",)]


@pytest.mark.parametrize(
    ("name", "content", "kind", "code"),
    [
        ("empty.vcf", "", "customers", "empty_file"),
        ("list.vcf", "姓名,手机\n王伟,13900139000\n", "customers", "not_a_vcard"),
        ("cards.vcf", OTHER, "sales", "only_customers"),
    ],
)
def test_a_file_that_cannot_be_brought_in_is_refused(
    tmp_path: Path, name: str, content: str, kind: str, code: str
) -> None:
    with pytest.raises(CodedError) as refused:
        inspect_file(cards(tmp_path, content, name), kind)
    assert refused.value.code == code


@pytest.mark.real_data
def test_the_cards_of_phones_and_mail_programs_all_arrive(work: UnitOfWork, shared_data: Path) -> None:
    files = sorted((shared_data / "vcard").glob("*/*.vcf"))
    read = 0
    for source in files:
        outcome = bring(work, source, "customers")
        again = bring(work, source, "customers")
        assert (outcome.rejected, counts(again)) == (0, (0, 0, outcome.read, 0, 0)), source.name
        read += outcome.read
    assert read == 25


def test_a_picture_and_what_can_no_longer_be_read(work: UnitOfWork, tmp_path: Path) -> None:
    """The picture goes out with the card; what this program once wrote and nobody understands now is counted."""
    outcome = bring(work, cards(tmp_path, FULL), "customers")
    target = tmp_path / "out.vcf"
    work.write(transfer.hand_over, work.read(transfer.export_table, "customers", target))
    work.write(undo_batch, outcome.batch)
    spoiled = target.read_text(encoding="utf-8").replace(
        "END:VCARD", "X-REGULARS-FIELD:鞋码, 38\nX-REGULARS-CONSENT:pigeon yes 2026-01-01\nEND:VCARD"
    )
    target.write_text(spoiled, encoding="utf-8")
    again = bring(work, target, "customers")
    assert (counts(again), again.warnings["card_own_unreadable"]) == ((1, 0, 0, 0, 0), 2)
    assert asked(work, "SELECT jpeg FROM customer_photos") == [(JPEG,)]
