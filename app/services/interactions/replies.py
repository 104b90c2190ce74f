"""What was replied to an objection, and how often it worked: the shop's own experience, offered while it is needed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.text import HAN, comparison_key
from app.models.interactions import Interaction

LOOKED_AT = 2000
"""The newest replies that are looked through: what worked ten years ago is no advice."""
ALIKE = 0.34
"""The share of what was typed that an objection must have, to count as the same kind."""
_LONG_WORD = 4
"""Latin words shorter than this ("too", "for") join everything with everything."""
_RUNS = re.compile(f"[{HAN}]+|[a-z0-9]+")
_END = " .,!?。，！？…"


@dataclass(frozen=True, slots=True)
class ReplySeen:
    """A reply that worked `worked` times of the `tried` in which it is known whether it did."""

    reply: str
    worked: int
    tried: int


@dataclass(slots=True)
class _Tally:
    reply: str
    outcomes: list[bool] = field(default_factory=list)

    @property
    def chance(self) -> float:
        """Once of once is less sure than nine of ten (the rule of succession)."""
        return (sum(self.outcomes) + 1) / (len(self.outcomes) + 2)


def replies_that_worked(
    session: Session, objection: str = "", product_id: int | None = None, limit: int = 3
) -> list[ReplySeen]:
    """Replies that worked before against objections like this one, or about this article: the surest first.

    Without words, those about the article; without either, none.
    """
    typed = _tokens(objection)
    if not typed and product_id is None:
        return []
    query = (
        select(Interaction.objection, Interaction.product_id, Interaction.reply, Interaction.reply_worked)
        .where(Interaction.reply != "", Interaction.reply_worked.is_not(None))
        .order_by(Interaction.at.desc())
        .limit(LOOKED_AT)
    )
    tallies: dict[str, _Tally] = {}
    for said, about, reply, worked in session.execute(query):
        if _alike(typed, said) if typed else about == product_id:
            tallies.setdefault(comparison_key(reply).rstrip(_END), _Tally(reply)).outcomes.append(bool(worked))
    proven = [tally for tally in tallies.values() if any(tally.outcomes)]
    proven.sort(key=lambda tally: (-tally.chance, -len(tally.outcomes)))
    return [ReplySeen(tally.reply, sum(tally.outcomes), len(tally.outcomes)) for tally in proven[:limit]]


def _alike(typed: frozenset[str], said: str) -> bool:
    others = _tokens(said)
    return sum(_among(token, others) for token in typed) >= ALIKE * len(typed)


def _among(token: str, others: Iterable[str]) -> bool:
    """The last word may be half typed."""
    return any(other.startswith(token) for other in others)


def _tokens(words: str) -> frozenset[str]:
    """Latin words, and Chinese by pairs of characters; the short words only where there are no others."""
    runs = _RUNS.findall(comparison_key(words))
    latin = [run for run in runs if run.isascii()]
    han = [run[at : at + 2] for run in runs if not run.isascii() for at in range(max(1, len(run) - 1))]
    return frozenset(han + [run for run in latin if len(run) >= _LONG_WORD]) or frozenset(latin)
