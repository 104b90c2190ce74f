"""Days on which the shop is closed: single ones and stretches, each with its name, as settings keep them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LONGEST = 366
"""Days of one stretch."""
MOST_DAYS = 1800
"""Of all stretches together: a shop that is closed longer has no clock to speak of."""
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """Closed all day from `first` to `last`, both included."""

    first: date
    last: date
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> "Holiday":
        """From "2026-12-25 Christmas" or "2026-10-01/2026-10-07 国庆节". Raises ValueError for anything else."""
        days, _, name = text.strip().partition(" ")
        first, _, last = days.partition("/")
        found = cls(date.fromisoformat(first), date.fromisoformat(last or first), name.strip())
        if not 0 <= (found.last - found.first).days < LONGEST or len(found.name) > LONGEST_NAME:
            raise ValueError(text)
        return found

    def __str__(self) -> str:
        days = f"{self.first}" if self.first == self.last else f"{self.first}/{self.last}"
        return f"{days} {self.name}".rstrip()

    @property
    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]


def closed_days(holidays: Iterable[str]) -> frozenset[date]:
    """Every day on which the shop is closed. Raises ValueError where one cannot be read, or they are too many."""
    days = frozenset(day for text in holidays for day in Holiday.parse(text).days)
    if len(days) > MOST_DAYS:
        raise ValueError(len(days))
    return days
