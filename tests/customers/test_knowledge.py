"""All that a card keeps: any draft comes back as it was filled in, field by field too, and undo gives the earlier."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.birthdays import Birthday
from app.domain.custom_fields import FieldKind
from app.domain.staff import Actor, Role
from app.domain.wishes import Wish
from app.services import customers
from app.services.customers import CustomerDraft, Labelled
from app.services.permissions import NotAllowed
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from tests.customers.lively import TODAY

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
words = st.text("茶 abcdef", max_size=12).map(lambda text: " ".join(text.split()))
days = st.builds(
    Birthday, st.integers(1, 12), st.integers(1, 28), st.none() | st.integers(1950, 2020), lunar=st.booleans()
)
drafts = st.builds(
    CustomerDraft,
    name=st.sampled_from(["王姐", "Emily Chen", "沈静怡"]),
    phones=st.sampled_from([(), (Labelled("138 0013 6628", "mobile"),)]),
    wechat=words,
    birthday=st.none() | days,
    tags=st.sampled_from([(), ("爱单丛",), ("爱单丛", "老茶客")]),
    source=words,
    do_not_contact=st.booleans(),
    needs=words,
    preferences=words,
    buys_elsewhere=words,
    values_ranked=st.permutations([*Wish, "包装"]).map(lambda wishes: tuple(str(wish) for wish in wishes[:3])),
    credit_note=words,
    credit_limit=st.none() | st.integers(0, 10**9),
    personal_discount=st.none() | st.integers(0, 1000),
    dates=st.lists(st.tuples(words.filter(bool), days), max_size=2).map(tuple),
    custom=st.fixed_dictionaries({}, optional={1: st.sampled_from(["12.5", "0"]), 2: st.sampled_from(["yes", "no"])}),
)


@pytest.fixture
def fields(work: UnitOfWork) -> None:
    assert work.write(customers.add_field, "杯数", FieldKind.NUMBER)[0] == 1
    assert work.write(customers.add_field, "会员群", FieldKind.YES_NO)[0] == 2


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=drafts, second=drafts)
def test_a_card_says_what_it_was_filled_in_with_and_undo_what_it_said_before(
    work: UnitOfWork, fields: None, first: CustomerDraft, second: CustomerDraft
) -> None:
    added, birth = work.write(customers.add, first, at=NOW)
    before = work.read(customers.card, added, TODAY)
    assert before.draft == first
    _, change = work.write(customers.edit, added, second, version=before.version)
    after = work.read(customers.card, added, TODAY)
    assert (after.draft, after.made_by) == (second, before.made_by)
    _, back = work.write(put_back, change.rows)
    assert work.read(customers.card, added, TODAY).draft == first
    work.write(put_back, back.rows)
    assert work.read(customers.card, added, TODAY).draft == second
    assert birth.taken_back_by is None


@pytest.fixture
def card(work: UnitOfWork, fields: None) -> customers.Card:
    added, _ = work.write(customers.add, CustomerDraft(name="王姐", phones=(Labelled("13800138000"),)), at=NOW)
    return work.read(customers.card, added, TODAY)


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        ("needs", " 送礼\r\n体面 ", "送礼\n体面"),
        ("values_ranked", ("quality", " 包装 ", "quality"), ("quality", "包装")),
        ("dates", (("婚礼", Birthday(5, 20, 2012)),), (("婚礼", Birthday(5, 20, 2012)),)),
        ("credit_limit", 200_000, 200_000),
        ("name", "王 大 姐", "王大姐"),
    ],
)
def test_one_field_is_changed_by_the_rules_of_the_whole(
    work: UnitOfWork, card: customers.Card, field: str, value: Any, kept: Any
) -> None:
    version, change = work.write(customers.set_field, card.id, field, value, version=card.version)
    seen = work.read(customers.card, card.id, TODAY)
    assert (seen.version, seen.draft) == (version, replace(card.draft, **{field: kept}))
    work.write(put_back, change.rows)
    assert work.read(customers.card, card.id, TODAY).draft == card.draft


def test_a_field_of_the_shop_is_set_beside_the_others(work: UnitOfWork, card: customers.Card) -> None:
    version, _ = work.write(customers.set_field, card.id, "custom.1", "１２.50", version=card.version)
    version, _ = work.write(customers.set_field, card.id, "custom.2", "YES", version=version)
    assert work.read(customers.card, card.id, TODAY).draft.custom == {1: "12.5", 2: "yes"}
    work.write(customers.set_field, card.id, "custom.1", "", version=version)
    assert work.read(customers.card, card.id, TODAY).draft.custom == {2: "yes"}


def test_one_field_of_a_card_changed_elsewhere_is_refused(work: UnitOfWork, card: customers.Card) -> None:
    work.write(customers.set_field, card.id, "needs", "茶", version=card.version)
    with pytest.raises(customers.ChangedElsewhere):
        work.write(customers.set_field, card.id, "source", "walk_in", version=card.version)


@pytest.mark.parametrize(
    ("field", "value", "refusal"),
    [
        ("credit_limit", -1, customers.CreditRefused),
        ("personal_discount", 1001, customers.PersonalDiscountRefused),
        ("custom.1", "a dozen", customers.CustomValueRefused),
        ("custom.9", "x", customers.CustomValueRefused),
        ("household_id", 77, customers.NoSuchHousehold),
        ("referrer_id", 77, customers.ReferrerRefused),
        ("phones", (), None),
        ("name", "", None),
    ],
)
def test_what_cannot_be_kept_is_refused_and_changes_nothing(
    work: UnitOfWork, card: customers.Card, field: str, value: Any, refusal: type[Exception] | None
) -> None:
    if refusal is None:
        work.write(customers.set_field, card.id, field, value, version=card.version)
        return
    with pytest.raises(refusal):
        work.write(customers.set_field, card.id, field, value, version=card.version)
    assert work.read(customers.card, card.id, TODAY) == card


def test_a_clerk_may_write_a_card_but_not_what_money_depends_on(work: UnitOfWork, card: customers.Card) -> None:
    version, _ = work.write(customers.set_field, card.id, "personal_discount", 100, version=card.version)
    work.actor = Actor(1, Role.CLERK)
    version, _ = work.write(customers.set_field, card.id, "needs", "茶", version=version)
    for field in ("personal_discount", "credit_limit"):
        with pytest.raises(NotAllowed):
            work.write(customers.set_field, card.id, field, 900, version=version)
    with pytest.raises(NotAllowed):
        work.write(customers.add, CustomerDraft(name="me", personal_discount=1000), at=NOW)


PICTURE = b"\xff\xd8\xff\xe0" + b"x" * 3000 + b"\xff\xd9"


def test_a_photo_is_kept_changed_and_taken_off_each_with_its_way_back(work: UnitOfWork, card: customers.Card) -> None:
    _, first = work.write(customers.set_photo, card.id, PICTURE)
    assert work.read(customers.card, card.id, TODAY).has_photo
    other = PICTURE.replace(b"x", b"y")
    _, second = work.write(customers.set_photo, card.id, other)
    _, gone = work.write(customers.drop_photo, card.id)
    assert work.read(customers.photo, card.id) is None
    for change, seen in ((gone, other), (second, PICTURE), (first, None)):
        work.write(put_back, change.rows)
        assert work.read(customers.photo, card.id) == seen
    assert first.customers == {card.id}


@pytest.mark.parametrize(
    ("bytes_", "refusal"),
    [
        (b"", customers.NotAPhoto),
        (b"\x89PNG\r\n\x1a\n", customers.NotAPhoto),
        (PICTURE[:-2], customers.NotAPhoto),
        (b"\xff\xd8\xff" + b"x" * 65_536 + b"\xff\xd9", customers.PhotoTooLarge),
    ],
)
def test_what_is_no_small_jpeg_is_refused(
    work: UnitOfWork, card: customers.Card, bytes_: bytes, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        work.write(customers.set_photo, card.id, bytes_)
    assert work.read(customers.photo, card.id) is None
