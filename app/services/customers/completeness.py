"""How complete a card is, and what to ask next (semantics.md, completeness and duplicates)."""

from dataclasses import dataclass

WEIGHTS = {"phone": 30, "name": 15, "birthday": 10, "source": 10, "wechat": 5, "address": 5}
"""What the shop keeps of the fields that count, heaviest first among those that can be asked for."""


@dataclass(frozen=True, slots=True)
class Completeness:
    """`share` and `share_then` (with `ask` answered) are percent, rounded down; `ask` is the heaviest gap."""

    share: int
    ask: str
    share_then: int


def completeness(filled: frozenset[str]) -> Completeness:
    """Σ weights of the filled fields ÷ Σ weights; with nothing left to ask, `ask` is empty."""
    total, held = sum(WEIGHTS.values()), sum(WEIGHTS[name] for name in filled)
    empty = sorted(WEIGHTS.keys() - filled, key=lambda name: (-WEIGHTS[name], name))
    ask = empty[0] if empty else ""
    return Completeness(100 * held // total, ask, 100 * (held + WEIGHTS.get(ask, 0)) // total)
