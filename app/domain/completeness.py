"""How complete a card is, and what to ask next (semantics.md, completeness and duplicates)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.months import months_before

WEIGHTS = {
    "phone": 30,
    "name": 15,
    "consent": 15,
    "birthday": 10,
    "preference": 10,
    "source": 10,
    "wechat": 5,
    "address": 5,
}
"""The fields that count; they add up to 100, so that a weight is a share in percent."""

NO_NAME = "0123456789０１２３４５６７８９ \u3000+＋-－–—()（）./*#,，;"
"""What a name that is only a phone is made of."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """`share` and `share_then` (with `ask` answered) are percent; `ask` is the heaviest gap, "" with none left.

    `stale`: what `ask` asks for is there, but so old that the question is "still right?".
    """

    share: int
    ask: str
    share_then: int
    stale: bool = False


def named(name: str) -> bool:
    """Whether a name is more than a phone."""
    return bool(name.strip(NO_NAME))


def fresh_since(today: date, months: int) -> date:
    """A field changed or confirmed on this day or later is fresh."""
    return months_before(today, months)


def completeness(checked: Mapping[str, date], since: date, unasked: Collection[str] = ()) -> Completeness:
    """Σ weights of the filled, valid, fresh fields ÷ Σ weights.

    `checked` holds the filled and valid fields, each with the day it was last changed or confirmed; `unasked` those
    that are not asked for now, though they count.
    """
    held = {name for name, on in checked.items() if on >= since}
    gaps = sorted(WEIGHTS.keys() - held - set(unasked), key=lambda name: (-WEIGHTS[name], name))
    share, ask = sum(WEIGHTS[name] for name in held), gaps[0] if gaps else ""
    return Completeness(share, ask, share + WEIGHTS.get(ask, 0), stale=ask in checked)
