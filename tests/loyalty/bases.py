"""What the lines of a bill count for, as the till shares discount and points out among them."""

from collections.abc import Sequence

from app.services.till.pricing import shares


def net_bases(lines: Sequence[int], bill_discount: int, points_value: int) -> list[int]:
    """In minor units: each line less its shares of the discount and of what points paid."""
    parts = shares(lines, bill_discount, points_value)
    return [line - off - paid for line, (off, paid) in zip(lines, parts, strict=True)]
