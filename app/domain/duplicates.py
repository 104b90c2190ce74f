"""When two cards look like one person: which cards to compare, what speaks for it, and how strongly.

The hints are those of semantics.md ("Completeness and duplicates"). None of them ever merges anybody: families share
phones, and many people share a name.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from app.domain.birthdays import Birthday
from app.domain.names import display
from app.domain.phones import Phone
from app.domain.pinyin import sort_key
from app.domain.text import comparison_key

TAIL = 4
FEWEST_DIGITS = 7
"""Shorter numbers are extensions, or still being typed: their last digits say nothing."""
MOST_IN_BLOCK = 30
"""A phone on more cards than this is the shop's own, or nobody's."""


class Reason(StrEnum):
    SAME_PHONE = "same_phone"
    SAME_PINYIN_AND_TAIL = "same_pinyin_and_tail"
    SAME_NAME_AND_BIRTHDAY = "same_name_and_birthday"
    PHONE_ONE_DIGIT_APART = "phone_one_digit_apart"


class Strength(StrEnum):
    POSSIBLE = "possible"
    LIKELY = "likely"


LIKELY_FROM, POSSIBLE_FROM = 70, 40
"""The two thresholds, out of 100."""
_PHONE, _ONE_DIGIT, _TAIL = 50, 45, 25
_NAME, _PINYIN = 30, 20
_BIRTHDAY_WITH_YEAR, _BIRTHDAY = 45, 30
_OTHER_BIRTHDAY = 25


@dataclass(frozen=True, slots=True)
class Likeness:
    """What speaks for two cards being one person; `score` out of 100."""

    score: int
    reasons: tuple[Reason, ...]

    @property
    def strength(self) -> Strength:
        return Strength.LIKELY if self.score >= LIKELY_FROM else Strength.POSSIBLE


@dataclass(frozen=True, slots=True)
class Face:
    """What of a card is compared. `phones` are keys (equal for two ways of writing one number), `digits` as dialled."""

    id: int
    name: str
    pinyin: str
    phones: frozenset[str]
    digits: frozenset[str]
    birthday: Birthday | None = None

    @property
    def tails(self) -> frozenset[str]:
        """The last four digits of each whole number."""
        return frozenset(number[-TAIL:] for number in self.digits if len(number) >= FEWEST_DIGITS)

    @property
    def heads(self) -> frozenset[str]:
        """All but the last four: two numbers one digit apart share either this or the tail."""
        return frozenset(number[:-TAIL] for number in self.digits if len(number) >= FEWEST_DIGITS)


def face(key: int, name: str, phones: Iterable[Phone], birthday: Birthday | None, spelled: str | None = None) -> Face:
    """The face of a card; `spelled` is its stored sort key where there is one."""
    read = list(phones)
    if spelled is None:
        name = display(name)
        spelled = sort_key(name)
    return Face(
        key,
        _named(name),
        pinyin_of(spelled),
        frozenset(phone.key for phone in read if phone.digits),
        frozenset(phone.digits for phone in read if phone.digits),
        birthday,
    )


def pinyin_of(spelled: str) -> str:
    """The syllables of a sort key; nothing for a name without letters, or one that is only a number."""
    syllables, between, _ = spelled.partition("\t")
    return syllables if between and not syllables.replace(" ", "").isdigit() else ""


def _named(name: str) -> str:
    return comparison_key(name) if any(char.isalpha() for char in name) else ""


def compare(one: Face, other: Face) -> Likeness | None:
    """What speaks for these two being one person; None when no hint of semantics.md holds."""
    same_name = one.name == other.name != ""
    same_pinyin = one.pinyin == other.pinyin != ""
    same_birthday = one.birthday is not None and one.birthday == other.birthday
    reasons, score = [], 0
    if one.phones & other.phones:
        reasons.append(Reason.SAME_PHONE)
        score = _PHONE
    elif same_name and _one_digit_apart(one.digits, other.digits):
        reasons.append(Reason.PHONE_ONE_DIGIT_APART)
        score = _ONE_DIGIT
    elif same_pinyin and one.tails & other.tails:
        reasons.append(Reason.SAME_PINYIN_AND_TAIL)
        score = _TAIL
    if same_name and same_birthday:
        reasons.append(Reason.SAME_NAME_AND_BIRTHDAY)
    if not reasons:
        return None
    score += _NAME if same_name else _PINYIN if same_pinyin else 0
    score += _of_birthdays(one.birthday, other.birthday)
    return Likeness(min(100, max(POSSIBLE_FROM, score)), tuple(reasons))


def _of_birthdays(one: Birthday | None, other: Birthday | None) -> int:
    """Two birthdays by the sun and by the moon, or one without its year, may be the same: they say nothing."""
    if one is None or other is None:
        return 0
    if one == other:
        return _BIRTHDAY_WITH_YEAR if one.year else _BIRTHDAY
    if one.lunar != other.lunar:
        return 0
    same_day = (one.month, one.day, one.leap) == (other.month, other.day, other.leap)
    return 0 if same_day and None in (one.year, other.year) else -_OTHER_BIRTHDAY


def _one_digit_apart(these: Iterable[str], those: Iterable[str]) -> bool:
    others = [number for number in those if len(number) >= FEWEST_DIGITS]
    return any(_differ_once(one, other) for one in these for other in others)


def _differ_once(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


@dataclass(frozen=True, slots=True)
class Pair:
    """Two cards that look alike, by id, the smaller first."""

    low: int
    high: int
    likeness: Likeness


class Shared(StrEnum):
    """What a block of cards has in common."""

    PHONE = "phone"
    PINYIN_AND_TAIL = "pinyin_and_tail"
    NAME_AND_BIRTHDAY = "name_and_birthday"
    NAME_AND_HEAD = "name_and_head"


@dataclass(frozen=True, slots=True)
class TooCommon:
    """Something on so many cards that it says nothing: the shop's own phone. `what` is as the cards have it."""

    shared: Shared
    what: str
    cards: int


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs of a base, the strongest first, and what was left out."""

    pairs: tuple[Pair, ...]
    too_common: tuple[TooCommon, ...]


def find(
    faces: Sequence[Face],
    besides: frozenset[tuple[int, int]] = frozenset(),
    *,
    step: Callable[[int, int], None] = lambda done, total: None,
) -> Found:
    """Every pair that looks alike, but those of `besides` (smaller id first).

    Cards are compared only within blocks that share a phone, pinyin and tail, name and birthday, or name and head, so
    that the work grows with the cards and not with their square. `step` hears how far it is and may raise Cancelled.
    """
    by_id = {each.id: each for each in faces}
    candidates: set[tuple[int, int]] = set()
    common: list[TooCommon] = []
    for done, (shared, keys) in enumerate(_KEYS.items()):
        step(done, len(_KEYS) + 1)
        for what, ids in _blocks(faces, keys):
            if len(ids) > MOST_IN_BLOCK:
                common.append(TooCommon(shared, what, len(ids)))
            else:
                candidates.update(combinations(sorted(ids), 2))
    step(len(_KEYS), len(_KEYS) + 1)
    compared = ((low, high, compare(by_id[low], by_id[high])) for low, high in candidates - besides)
    pairs = [Pair(low, high, likeness) for low, high, likeness in compared if likeness is not None]
    pairs.sort(key=lambda pair: (-pair.likeness.score, pair.low, pair.high))
    common.sort(key=lambda each: (-each.cards, each.what))
    return Found(tuple(pairs), tuple(common))


Key = tuple[Hashable, ...]


def _blocks(faces: Iterable[Face], keys: Callable[[Face], Iterator[Key]]) -> Iterator[tuple[str, list[int]]]:
    """What several cards have in common, in words, and their ids."""
    blocks: defaultdict[Key, list[int]] = defaultdict(list)
    for each in faces:
        for key in keys(each):
            blocks[key].append(each.id)
    for key, ids in blocks.items():
        if len(ids) > 1:
            yield " ".join(part for part in key if isinstance(part, str)), ids


def _phones(each: Face) -> Iterator[Key]:
    return ((phone,) for phone in each.phones)


def _tails(each: Face) -> Iterator[Key]:
    return ((each.pinyin, tail) for tail in each.tails if each.pinyin)


def _birthdays(each: Face) -> Iterator[Key]:
    if each.name and each.birthday is not None:
        yield each.name, each.birthday


def _heads(each: Face) -> Iterator[Key]:
    return ((each.name, head) for head in each.heads if each.name)


_KEYS: dict[Shared, Callable[[Face], Iterator[Key]]] = {
    Shared.PHONE: _phones,
    Shared.PINYIN_AND_TAIL: _tails,
    Shared.NAME_AND_BIRTHDAY: _birthdays,
    Shared.NAME_AND_HEAD: _heads,
}
