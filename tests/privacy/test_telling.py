"""A person is told all that is kept about them, in one file, in plain words of either language."""

import json
import re
from enum import StrEnum
from pathlib import Path
from zipfile import ZipFile

import pytest

from app.bootstrap import Shop
from app.domain.complaints import ComplaintState, Severity
from app.domain.followups import FollowUpKind
from app.domain.interactions import Channel, Direction, Noticed, Purpose
from app.domain.loyalty.kinds import PointKind
from app.domain.relations import Relation
from app.domain.rewards.kinds import Move, Part, StockMove
from app.domain.staff import Actor, Role
from app.domain.wishes import Wish
from app.resources import privacy as words_of
from app.services import complaints, privacy
from app.services.permissions import NotAllowed
from app.services.privacy.sections import SECTIONS
from app.services.transfer.out.files import FileUnwritable
from tests.privacy.marked import NOW, PHONES, STEM, Marked
from tests.privacy.test_erasing import asked

CODES: tuple[type[StrEnum], ...] = (
    Channel, Direction, Purpose, Noticed, Severity, ComplaintState, FollowUpKind, PointKind, Relation, Wish, Move,
    Part, StockMove,
)  # fmt: skip


def words(language: str = "en") -> privacy.PersonWords:
    lines = (words_of.text("made", language, day="2026-11-23", currency="CNY"),)
    return privacy.PersonWords(
        language, "All <about> you", lines, lambda section, code: words_of.say(section, code, language)
    )


def written(shop: Shop, customer: int, target: Path, language: str = "en") -> dict[str, bytes]:
    shop.work.write(privacy.export_person, customer, target, words(language), at=NOW)
    with ZipFile(target) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_every_word_kept_is_told_in_both_forms(marked: Marked, shop: Shop, tmp_path: Path) -> None:
    """The words on the rows that an erasure would take, and both cards of a merge."""
    found = written(shop, marked.merged, tmp_path / "person.zip")
    page, data = found["page.html"].decode(), found["data.json"].decode()
    kept = {
        word
        for table, column in KEPT
        for (value,) in asked(shop.path, f"SELECT {column} FROM {table} WHERE {column} LIKE '%{STEM}%'")
        for word in re.findall(rf"{STEM}\d{{3}}word", value)
    }
    assert len(kept) > 40
    assert [word for word in sorted(kept) if word not in page] == []
    assert [word for word in sorted(kept) if word not in data] == []
    assert PHONES[0] in page
    assert found["photo.jpg"].startswith(b"\xff\xd8\xff")


KEPT = [
    *(("customers", one) for one in (
        "name", "company", "wechat", "source", "note", "needs", "preferences", "buys_elsewhere", "credit_note",
        "values_ranked", "preferred_channel", "gender",
    )),
    ("customer_phones", "label"), ("customer_emails", "address"), ("customer_addresses", "text"),
    ("customer_dates", "label"), ("customer_tags", "name"), ("pinned_facts", "text"), ("custom_values", "value"),
    ("customer_relations", "kind"), ("consents", "source"), ("interactions", "summary"),
    ("interactions", "objection"), ("interactions", "reply"), ("interactions", "demonstrated"),
    ("interactions", "quoted"),
    ("script_answers", "text"), ("complaints", "words"), ("complaints", "wish"), ("complaints", "remedy"),
    ("complaint_events", "note"), ("complaint_remedies", "note"), ("complaint_attachments", "name"),
    ("followups", "text"), ("followup_series", "text"), ("point_entries", "reason"),
    ("households", "name"),
    ("stored_entries", "reason"), ("visit_entries", "reason"), ("stamp_entries", "reason"),
    ("coupon_entries", "reason"),
]  # fmt: skip


def test_sums_are_told_as_the_books_have_them(marked: Marked, shop: Shop, tmp_path: Path) -> None:
    data = json.loads(written(shop, marked.id, tmp_path / "person.zip")["data.json"])
    assert (data["format"], data["customer"], data["currency"]) == ("regulars-person-1", marked.id, "CNY")
    # 120 and 35 less the person's own 3.7 %; a point for each whole unit paid, and 50 by hand.
    assert sorted(one["total"] for one in data["sales"]) == ["115.56", "33.71"]
    assert sum(one["points"] for one in data["points"]) == 115 + 33 + 50
    assert data["card"][0]["credit_limit"] == "7788.99"
    assert data["card"][0]["personal_discount"] == "3.7"
    assert data["consents"][0]["at"] == "2026-11-23T10:00+08:00"
    assert data["prices"] == [{"article": "Oolong", "price": "90.00"}]


def test_nothing_is_told_of_others(marked: Marked, shop: Shop, tmp_path: Path) -> None:
    found = written(shop, marked.id, tmp_path / "person.zip")
    assert b"13900001111" not in found["data.json"]
    assert b"77.00" not in found["data.json"]


def test_the_page_speaks_chinese_and_quotes_what_looks_like_markup(marked: Marked, shop: Shop, tmp_path: Path) -> None:
    page = written(shop, marked.id, tmp_path / "person.zip", "zh_CN")["page.html"].decode()
    assert '<html lang="zh_CN">' in page
    assert "<h1>All &lt;about&gt; you</h1>" in page
    assert all(word in page for word in ("资料卡", "购物所得", "较重", "我们认为已解决", "短信"))
    assert "2026-11-23 10:00" in page


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_section_column_and_code_has_its_words(marked: Marked, shop: Shop, language: str) -> None:
    for code in SECTIONS:
        assert words_of.say("sections", code, language), code
    found = shop.work.read(privacy.personal_data, marked.id, at=NOW)
    assert {section.code for section in found.sections} == set(SECTIONS)
    for section in found.sections:
        for name in section.rows[0]:
            assert words_of.say("columns", name, language), name
    for codes in CODES:
        for code in codes:
            assert words_of.say("codes", code, language), code
    for code in complaints.CATEGORIES:
        assert words_of.say("codes", code, language), code


def test_it_leaves_a_line_in_the_trail_without_a_name(marked: Marked, shop: Shop, tmp_path: Path) -> None:
    written(shop, marked.id, tmp_path / f"{STEM}.zip")
    last = "SELECT action, change FROM audit_entries ORDER BY id DESC LIMIT 1"
    ((action, change),) = asked(shop.path, last)
    assert action == "privacy.export_person"
    assert json.loads(change)["customer"] == marked.id
    assert STEM not in change


def test_a_file_that_cannot_be_written_leaves_nothing(marked: Marked, shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        shop.work.write(privacy.export_person, marked.id, tmp_path / "nowhere" / "person.zip", words(), at=NOW)
    assert list(tmp_path.glob("**/*.part")) == []


def test_a_clerk_hands_nothing_out_and_erases_nobody(marked: Marked, shop: Shop, tmp_path: Path) -> None:
    shop.work.actor = Actor(1, Role.CLERK)
    with pytest.raises(NotAllowed):
        shop.work.write(privacy.export_person, marked.id, tmp_path / "person.zip", words(), at=NOW)
    with pytest.raises(NotAllowed):
        shop.work.write(privacy.erase, marked.id, at=NOW)


def test_what_an_erasure_would_take_is_counted_before(marked: Marked, shop: Shop) -> None:
    seen = shop.work.read(privacy.foresee_erasure, marked.merged, NOW.date())
    assert (seen.customer_id, seen.cards, seen.sales) == (marked.id, 2, 2)
    assert (seen.contacts, seen.complaints, seen.open_complaints, seen.due) == (1, 1, 1, 2)
    assert seen.copies_until.isoformat() == "2027-09-01"
    shop.work.write(privacy.erase, marked.id, at=NOW)
    with pytest.raises(privacy.AlreadyErased):
        shop.work.read(privacy.foresee_erasure, marked.id, NOW.date())
