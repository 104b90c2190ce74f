"""Recency, frequency, money: scores with honest ties, their value ranges, and the named groups."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

FEW_CUSTOMERS = 50
"""Below this, R and M have three classes."""
FREQUENCY_STEPS = (1, 2, 3, 5, 10)
"""The fewest purchase days for F 1, 2, 3, 4, 5."""
WINDOW_MONTHS = 24
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What one buyer did: days since the last purchase day, purchase days, and net spend in minor units."""

    recency: int
    frequency: int
    money: int


@dataclass(frozen=True, slots=True)
class Scores:
    """From 1, worst, to 5, best."""

    r: int
    f: int
    m: int


def share_scores(values: Sequence[int], *, high_is_good: bool) -> list[int]:
    """1 + ⌊5 × share strictly worse⌋ for each value; under 50 values three classes, scored 1, 3, 5.

    Equal values have equal scores, which quantiles by position do not promise.
    """
    few = len(values) < FEW_CUSTOMERS
    classes, step = (3, 2) if few else (5, 1)
    score, worse = dict[int, int](), 0
    counts = Counter(values)
    for value in sorted(counts, reverse=not high_is_good):
        score[value] = 1 + step * (classes * worse // len(values))
        worse += counts[value]
    return [score[value] for value in values]


def step_scores(values: Iterable[int], steps: Sequence[int] = FREQUENCY_STEPS) -> list[int]:
    """The number of `steps` reached, at least 1: fixed, so that a year can be compared with the one before."""
    return [max(1, bisect_right(steps, value)) for value in values]


def rfm(buyers: Sequence[Behaviour], steps: Sequence[int] = FREQUENCY_STEPS) -> list[Scores]:
    """The scores of every buyer, in the order given; anonymous sales have no place here."""
    r = share_scores([each.recency for each in buyers], high_is_good=False)
    f = step_scores((each.frequency for each in buyers), steps)
    m = share_scores([each.money for each in buyers], high_is_good=True)
    return [Scores(*scores) for scores in zip(r, f, m, strict=True)]


def score_ranges(values: Iterable[int], scores: Iterable[int]) -> dict[int, tuple[int, int]]:
    """The least and the greatest value behind each score that occurs, lowest score first."""
    found: dict[int, tuple[int, int]] = {}
    for value, score in zip(values, scores, strict=True):
        low, high = found.get(score, (value, value))
        found[score] = (min(low, value), max(high, value))
    return dict(sorted(found.items()))


Between = tuple[int, int]
ANY: Between = (1, 5)


@dataclass(frozen=True, slots=True)
class Group:
    """A named group: inclusive bounds for each score."""

    code: str
    r: Between = ANY
    f: Between = ANY
    m: Between = ANY

    def holds(self, scores: Scores) -> bool:
        pairs = ((self.r, scores.r), (self.f, scores.f), (self.m, scores.m))
        return all(low <= score <= high for (low, high), score in pairs)


DEFAULT_GROUPS = (
    Group("champions", (5, 5), (5, 5), (5, 5)),
    Group("potential_loyalists", (3, 5), (3, 5), (2, 5)),
    Group("loyal", (2, 4), (2, 4), (2, 4)),
    Group("promising", (3, 4), (1, 3), (3, 5)),
    Group("new", (4, 5), (1, 3)),
    Group("cant_lose", (1, 2), (3, 4), (4, 5)),
    Group("at_risk", (1, 2), (2, 5), (4, 5)),
    Group("need_attention", (1, 3), (3, 5), (3, 5)),
    Group("about_to_sleep", (2, 3), (1, 3), (1, 4)),
    Group("lost", (1, 1)),
)
"""As shipped; the first that holds counts, and who is in none is among the others."""


def group_of(scores: Scores, groups: Sequence[Group] = DEFAULT_GROUPS) -> str:
    """The code of the first group that holds, or "others"."""
    return next((group.code for group in groups if group.holds(scores)), OTHERS)


def group_all(scores: Sequence[Scores], groups: Sequence[Group] = DEFAULT_GROUPS) -> list[str]:
    """The group of each, looked up once for each of the 125 combinations that occurs."""
    known: dict[tuple[int, int, int], str] = {}
    found = []
    for each in scores:
        key = (each.r, each.f, each.m)
        if key not in known:
            known[key] = group_of(each, groups)
        found.append(known[key])
    return found
