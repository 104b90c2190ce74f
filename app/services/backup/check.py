"""The full check of a shop: the file, its ledgers and what is worked out from them; and the mending of the last."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models.customers import Customer
from app.models.loyalty import PointEntry
from app.models.sales import Sale
from app.services import search
from app.services.backup import caches, file_state, ledgers, purses
from app.services.backup.report import Fault, Problem, Report, problem
from app.services.complaints import kept_clocks
from app.services.customers import figures
from app.services.loyalty import lots_kept
from app.services.loyalty import refresh as refresh_tiers
from app.storage import journal
from app.storage.unit_of_work import TROUBLE

Probe = Callable[[Session], list[str]]
Progress = Callable[[int, int], None]


def check(session: Session, day: date) -> Report:
    """Look at everything that can be proved as of the shop day `day`; nothing is changed.

    A part that cannot be read is a problem like the others, so that the rest is still looked at.
    """
    found = [_probe(session, fault, probe) for fault, probe in _probes(day)]
    return Report(
        tuple(problem for problem in found if problem is not None),
        customers=_count(session, Customer.id),
        sales=_count(session, Sale.id),
        point_entries=_count(session, PointEntry.id),
    )


def rebuild(session: Session, day: date, *, progress: Progress = lambda done, total: None) -> None:
    """Work the caches out anew: lots, tiers, figures, clocks, search. Ledgers are never touched: nothing is lost."""
    progress(0, 3)
    lots_kept.rebuild(session)
    refresh_tiers(session, None, day)
    progress(1, 3)
    figures.refresh(session)
    kept_clocks.refresh(session)
    progress(2, 3)
    search.rebuild(session)
    journal.journal_of(session).features.update({"complaints", "customers", "loyalty"})
    journal.not_taken_back(session)


def _probes(day: date) -> list[tuple[Fault, Probe]]:
    return [
        (Fault.PAGES, file_state.broken_pages),
        (Fault.REFERENCES, file_state.lost_references),
        (Fault.HEADER, file_state.wrong_header),
        (Fault.GUARDS, file_state.lost_guards),
        (Fault.POINTS_BALANCE, ledgers.untrue_balances),
        (Fault.POINTS_LOTS, ledgers.broken_lots),
        (Fault.PURSES, purses.untrue_purses),
        (Fault.PURSE_LOTS, purses.broken_lots),
        (Fault.REWARDS, purses.untrue_rewards),
        (Fault.SALE_SUMS, ledgers.untrue_sales),
        (Fault.FIGURES, caches.stray_figures),
        (Fault.LOTS_KEPT, caches.stray_lots),
        (Fault.CLOCKS, caches.stray_clocks),
        (Fault.SEARCH, caches.stray_words),
        (Fault.TIERS, lambda session: caches.stray_tiers(session, day)),
    ]


def _probe(session: Session, fault: Fault, probe: Probe) -> Problem | None:
    try:
        return problem(fault, probe(session))
    except TROUBLE:
        return problem(Fault.UNREADABLE, [fault.value])


def _count(session: Session, column: object) -> int:
    try:
        return session.scalar(select(func.count(column))) or 0  # type: ignore[arg-type]
    except TROUBLE:
        return 0
