"""How long what happens once a year counts."""

from enum import StrEnum


class BirthdaySpan(StrEnum):
    """How long a birthday multiplies points."""

    MONTH = "month"
    DAY = "day"
