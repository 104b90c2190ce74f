"""The days whose complaints are learned from, and those they are compared with."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Days:
    """From `first` to `last`, both included."""

    first: date
    last: date

    @property
    def before(self) -> "Days":
        """As many days right before."""
        return Days(self.first - (self.last - self.first) - timedelta(days=1), self.first - timedelta(days=1))

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    @property
    def bound(self) -> dict[str, str]:
        """Both ends as a statement in words takes them."""
        return {"first": self.first.isoformat(), "last": self.last.isoformat()}
