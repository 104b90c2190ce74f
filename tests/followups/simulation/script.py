"""What happens in the shop on each day of the year: drawn once from a seed, the same for every run."""

from collections.abc import Iterator, Sequence
from random import Random

Act = tuple[str, int, int]
"""What is done, and two numbers that say to whom, to which, or how much; who does it knows what they mean."""

CLOSED = range(30, 51)
"""Three weeks in which nobody comes: whether the program runs meanwhile must make no difference."""
ONCE: dict[int, tuple[Act, ...]] = {
    3: (("bar", 2, 1),),
    9: (("bar", 2, 0), ("tag", 4, 0)),
    20: (("merge", 0, 1),),
    60: (("switch", 1, 0), ("archive", 7, 0)),
    68: (("switch", 1, 1),),
    120: (("new", 0, 0),),
    200: (("switch", 4, 0),),
    202: (("switch", 4, 1),),
}
ODDS = {
    "contact": 0.2,
    "shown": 0.08,
    "complain": 0.05,
    "solve": 0.08,
    "agree": 0.06,
    "reopen": 0.02,
    "book": 0.06,
    "finish": 0.3,
    "remove": 0.05,
    "postpone": 0.08,
    "late": 0.04,
    "void": 0.03,
}


def story(seed: int, people: int, days: int, sales_a_day: float) -> list[list[Act]]:
    """The acts of each day. Everybody comes at a rhythm of their own; a few come once and never again."""
    rng = Random(seed)
    weights = [rng.choice((0, 1, 1, 2, 4, 8)) for _ in range(people)]
    return [list(_day(rng, number, weights, sales_a_day)) for number in range(days)]


def _day(rng: Random, number: int, weights: Sequence[int], sales_a_day: float) -> Iterator[Act]:
    drawn = [*_sales(rng, weights, sales_a_day), *_rest(rng, len(weights))]
    if number not in CLOSED:
        yield from ONCE.get(number, ())
        yield from drawn


def _sales(rng: Random, weights: Sequence[int], a_day: float) -> Iterator[Act]:
    for _ in range(int(a_day + rng.random())):
        (who,) = rng.choices(range(len(weights)), weights)
        yield "sell", who, rng.choice((40, 120, 300, 700))


def _rest(rng: Random, people: int) -> Iterator[Act]:
    for what, odds in ODDS.items():
        if rng.random() < odds:
            yield what, rng.randrange(people), rng.randrange(1000)
