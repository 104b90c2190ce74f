"""What speaks for two cards being one person, and how strongly (semantics.md, completeness and duplicates)."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.birthdays import Birthday
from app.domain.duplicates import MOST_IN_BLOCK, Face, Reason, Shared, Strength, compare, face, find
from app.domain.phones import normalise

BORN = Birthday(5, 17, 1988)


def card(key: int, name: str, phones: Iterable[str] = (), birthday: Birthday | None = None) -> Face:
    return face(key, name, [normalise(phone) for phone in phones], birthday)


@pytest.mark.parametrize(
    ("one", "other", "reasons", "strength"),
    [
        (card(1, "王小明", ["13800138000"]), card(2, "李四", ["+86 138 0013 8000"]), ["same_phone"], "possible"),
        (card(1, "王小明", ["13800138000"]), card(2, "王晓明", ["138-0013-8000"]), ["same_phone"], "likely"),
        (card(1, "王小明", ["13800138000"]), card(2, "王晓明", ["13912348000"]), ["same_pinyin_and_tail"], "possible"),
        (card(1, "王小明", ["13800138000"]), card(2, "王小明", ["13800138001"]), ["phone_one_digit_apart"], "likely"),
        (card(1, "王小明", [], BORN), card(2, "王 小明", [], BORN), ["same_name_and_birthday"], "likely"),
        (
            card(1, "王小明", [], Birthday(5, 17)),
            card(2, "王小明", [], Birthday(5, 17)),
            ["same_name_and_birthday"],
            "possible",
        ),
        (
            card(1, "王小明", ["13800138000"], BORN),
            card(2, "王小明", ["13800138000"], BORN),
            ["same_phone", "same_name_and_birthday"],
            "likely",
        ),
    ],
)
def test_each_hint_has_its_reason_and_strength(one: Face, other: Face, reasons: list[str], strength: str) -> None:
    found = compare(one, other)
    assert found is not None and ([*found.reasons], found.strength) == (reasons, strength)
    assert compare(other, one) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (card(1, "王小明"), card(2, "王小明")),
        (card(1, "王小明", ["13800138000"]), card(2, "王晓明", ["13800138001"])),
        (card(1, "王小明", [], BORN), card(2, "王晓明", [], BORN)),
        (card(1, "王小明", ["13800138000"]), card(2, "王小明", ["13800138012"])),
        (card(1, "13800138000", []), card(2, "13800138000", [])),
        (card(1, "王小明", ["8000"]), card(2, "王小明", ["138000"])),
        (card(1, "", [], BORN), card(2, "", [], BORN)),
    ],
)
def test_a_name_a_sound_or_a_birthday_alone_is_no_hint(one: Face, other: Face) -> None:
    assert compare(one, other) is None


def test_a_birthday_that_differs_speaks_against_but_one_by_the_moon_or_without_year_does_not() -> None:
    def score(birthday: Birthday | None) -> int:
        found = compare(card(1, "王小明", ["13800138000"], BORN), card(2, "王晓明", ["13800138000"], birthday))
        assert found is not None
        return found.score

    assert score(Birthday(6, 1, 1990)) < score(None)
    assert score(Birthday(4, 2, 1988, lunar=True)) == score(None) == score(Birthday(5, 17))


def test_the_shops_own_phone_is_named_and_left_out() -> None:
    many = [card(key, f"顾客{key}号", ["051288886666"]) for key in range(1, MOST_IN_BLOCK + 2)]
    twins = [card(900, "沈若兰", ["13800138000"]), card(901, "沈若兰", ["13800138000"])]
    found = find([*many, *twins])
    assert [(pair.low, pair.high) for pair in found.pairs] == [(900, 901)]
    assert [(each.shared, each.cards) for each in found.too_common] == [(Shared.PHONE, MOST_IN_BLOCK + 1)]
    assert "51288886666" in found.too_common[0].what


def test_a_pair_already_judged_is_left_out() -> None:
    twins = [card(1, "沈若兰", ["13800138000"]), card(2, "沈若兰", ["13800138000"])]
    assert find(twins, frozenset({(1, 2)})).pairs == ()


NAMES = st.sampled_from(["王小明", "王晓明", "李四", "Anna Li", "13800138000", ""])
PHONES = st.sampled_from(["13800138000", "13800138001", "13900138000", "+8613800138000", "8000", "02188886666"])
BIRTHDAYS = st.sampled_from([None, BORN, Birthday(5, 17), Birthday(5, 17, lunar=True)])
CARDS = st.lists(st.tuples(NAMES, st.lists(PHONES, max_size=2), BIRTHDAYS), max_size=12)


@given(CARDS)
def test_blocks_miss_no_pair_that_comparing_each_with_each_would_find(
    cards: list[tuple[str, list[str], Birthday | None]],
) -> None:
    faces = [card(key, *said) for key, said in enumerate(cards, 1)]
    everyone = {
        (a.id, b.id): likeness
        for place, a in enumerate(faces)
        for b in faces[place + 1 :]
        if (likeness := compare(a, b)) is not None
    }
    found = find(faces)
    assert {(pair.low, pair.high): pair.likeness for pair in found.pairs} == everyone
    assert [pair.likeness.score for pair in found.pairs] == sorted((e.score for e in everyone.values()), reverse=True)
    assert all(pair.likeness.reasons and pair.likeness.strength in Strength for pair in found.pairs)
    assert all(reason in Reason for pair in found.pairs for reason in pair.likeness.reasons)
