"""One row of the table of benchmarks: ours beside the least work that could give the same answer, in the same run.

Two clocks run: the one on the wall, which a person feels, and the processor's own, which does not count what others do
on the same machine meanwhile. Floors and ours take turns, so that both see the same machine.
"""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import median, quantiles
from time import perf_counter, process_time
from typing import Literal, NamedTuple

Act = Callable[[], object]


class Spent(NamedTuple):
    """Seconds on the wall, and of the processor: of this process, or of the programs it waited for."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Row:
    """What the floor and ours spent; `target` is a ratio, `limit` seconds a person feels. None: not set.

    `by` says which clock decides: the processor's where nothing waits, the wall's where the disk is part of the work.
    """

    id: str
    what: str
    ours: Spent
    floor: Spent | None = None
    target: float | None = None
    limit: float | None = None
    note: str = ""
    by: Literal["cpu", "wall"] = "cpu"

    @property
    def ratio(self) -> float | None:
        return self.decided(self.ours) / self.decided(self.floor) if self.floor else None

    @property
    def met(self) -> bool:
        by_ratio = self.target is None or self.ratio is None or self.ratio <= self.target
        return by_ratio and (self.limit is None or self.decided(self.ours) <= self.limit)

    def decided(self, spent: Spent) -> float:
        return spent.cpu if self.by == "cpu" else spent.wall


def spent(act: Act, times: int = 1) -> list[Spent]:
    """What each of `times` runs took."""
    return [_once(act) for _ in range(times)]


def in_turn(floor: Act, ours: Act, times: int) -> tuple[list[Spent], list[Spent]]:
    """What each took of `times` rounds in which one follows the other."""
    rounds = [(_once(floor), _once(ours)) for _ in range(times)]
    return [first for first, _ in rounds], [second for _, second in rounds]


def p95(taken: Iterable[Spent]) -> Spent:
    """The 95th percentile by either clock."""
    walls, cpus = zip(*taken, strict=True)
    return Spent(*(quantiles(clock, n=20, method="inclusive")[-1] for clock in (walls, cpus)))


def middle(taken: Iterable[Spent]) -> Spent:
    """The median by either clock."""
    walls, cpus = zip(*taken, strict=True)
    return Spent(median(walls), median(cpus))


def table(rows: Iterable[Row]) -> str:
    """All rows as text, targets beside what was measured; wall and processor in milliseconds, the ratio by `by`."""
    heads = ("floor wall", "floor cpu", "ours wall", "ours cpu")
    lines = [
        f"{'id':4} {'what':56} {' '.join(f'{head:>10}' for head in heads)} {'ratio':>6} {'by':>4} {'target':>14}  "
    ]
    for row in rows:
        floor = [f"{part * 1000:.2f}" for part in row.floor] if row.floor else ["—", "—"]
        figures = " ".join(f"{words:>10}" for words in (*floor, *(f"{part * 1000:.2f}" for part in row.ours)))
        ratio = f"{row.ratio:.2f}" if row.ratio else "—"
        wanted = [f"≤ {row.target:g}×"] if row.target else []
        wanted += [f"≤ {row.limit * 1000:g} ms"] if row.limit else []
        lines.append(
            f"{row.id:4} {row.what:56} {figures} {ratio:>6} {row.by:>4} {' '.join(wanted):>14}  "
            f"{'ok' if row.met else 'MISSED'} {row.note}"
        )
    return "\n".join(lines)


def _once(act: Act) -> Spent:
    wall, cpu, others = perf_counter(), process_time(), _of_children()
    act()
    return Spent(perf_counter() - wall, process_time() - cpu + _of_children() - others)


def _of_children() -> float:
    """The processor's seconds of the programs that were waited for."""
    times = os.times()
    return times.children_user + times.children_system
