"""How cases were dealt with, as rates beside those of as many days before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.segments.rates import Rate
from app.services.complaints.learning.cases import LearnedCase


@dataclass(frozen=True, slots=True)
class Compared:
    """A rate, and the same of as many days before; `ids` are the cases that are not as they should be."""

    now: Rate
    before: Rate
    ids: tuple[int, ...]


def compared(
    now: Sequence[LearnedCase],
    earlier: Sequence[LearnedCase],
    *,
    of: Callable[[LearnedCase], bool],
    hit: Callable[[LearnedCase], bool],
    wrong_is_hit: bool = False,
) -> Compared:
    """Of the cases that count (`of`) how many are so (`hit`); `wrong_is_hit`: so is how they should not be."""
    counted, before = [case for case in now if of(case)], [case for case in earlier if of(case)]
    return Compared(
        Rate(sum(map(hit, counted)), len(counted)),
        Rate(sum(map(hit, before)), len(before)),
        tuple(case.id for case in counted if hit(case) is wrong_is_hit),
    )
