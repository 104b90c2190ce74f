"""One row of the table of benchmarks: ours beside the least work that could give the same answer, in the same run."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Row:
    """Seconds of the floor and of ours; `target` is a ratio, `limit` seconds a person feels. None: not set."""

    id: str
    what: str
    ours: float
    floor: float | None = None
    target: float | None = None
    limit: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    @property
    def met(self) -> bool:
        by_ratio = self.target is None or self.ratio is None or self.ratio <= self.target
        return by_ratio and (self.limit is None or self.ours <= self.limit)


def seconds(act: Callable[[], object], times: int = 1) -> list[float]:
    """How long each of `times` runs took."""
    found = []
    for _ in range(times):
        start = perf_counter()
        act()
        found.append(perf_counter() - start)
    return found


def p95(taken: Iterable[float]) -> float:
    """The 95th percentile."""
    return quantiles(list(taken), n=20, method="inclusive")[-1]


def table(rows: Iterable[Row]) -> str:
    """All rows as text, targets beside what was measured."""
    lines = [f"{'id':4} {'what':52} {'floor ms':>9} {'ours ms':>9} {'ratio':>6} {'target':>14}  "]
    for row in rows:
        floor = f"{row.floor * 1000:.2f}" if row.floor else "—"
        ratio = f"{row.ratio:.2f}" if row.ratio else "—"
        wanted = [f"≤ {row.target:g}×"] if row.target else []
        wanted += [f"≤ {row.limit * 1000:g} ms"] if row.limit else []
        lines.append(
            f"{row.id:4} {row.what:52} {floor:>9} {row.ours * 1000:>9.2f} {ratio:>6} {' '.join(wanted):>14}  "
            f"{'ok' if row.met else 'MISSED'} {row.note}"
        )
    return "\n".join(lines)
