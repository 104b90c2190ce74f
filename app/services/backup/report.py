"""What a full check found: each kind of damage by its code, with how many rows and the first of them."""

from dataclasses import dataclass
from enum import StrEnum

SHOWN = 20


class Fault(StrEnum):
    """The kinds of damage a check can find."""

    UNREADABLE = "unreadable"
    """A part of the file could not be read at all."""
    PAGES = "pages"
    """SQLite's own check of every page and index."""
    REFERENCES = "references"
    """A row names another one that is not there."""
    HEADER = "header"
    """The file does not say that it is a shop of this version."""
    GUARDS = "guards"
    """A table that may only grow is no longer guarded by its triggers."""
    POINTS_BALANCE = "points_balance"
    """What is left of a customer's lots, less the debt, is not the sum of the ledger."""
    POINTS_LOTS = "points_lots"
    """A lot below zero, or a row that draws on what is no lot."""
    PURSES = "purses"
    """What is left of the lots of a purse, less what is owed, is not the sum of its ledger."""
    PURSE_LOTS = "purse_lots"
    """A lot of a purse, or a coupon, below zero, or a row that draws on what is no lot."""
    REWARDS = "rewards"
    """A reward's stock below zero, or an exchange without its points."""
    SALE_SUMS = "sale_sums"
    """A sale's sums are not those of its lines, or not what was paid for it, or its points not those of the ledger."""
    FIGURES = "figures"
    """The figures lists sort by are not what the sources say."""
    LOTS_KEPT = "lots_kept"
    """What is kept of how much is left of each lot of points is not what the ledger says."""
    CLOCKS = "clocks"
    """What lists of complaints are ordered by is not what their events say."""
    SEARCH = "search"
    """The search index lacks a record, or holds one that is gone."""
    TIERS = "tiers"
    """A customer's tier is not what the purchases say."""


CACHES = frozenset({Fault.FIGURES, Fault.LOTS_KEPT, Fault.CLOCKS, Fault.SEARCH, Fault.TIERS})
"""What can be worked out anew from the rest, and loses nothing by it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One kind of damage: how many rows, and which (the first twenty)."""

    code: Fault
    count: int
    ids: tuple[str, ...]

    @property
    def mendable(self) -> bool:
        """Whether `rebuild` mends it."""
        return self.code in CACHES


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a full check, and how much there was to look at."""

    problems: tuple[Problem, ...]
    customers: int
    sales: int
    point_entries: int

    @property
    def ok(self) -> bool:
        return not self.problems


def problem(code: Fault, found: list[str]) -> Problem | None:
    """The problem these rows are, or None when there are none."""
    return Problem(code, len(found), tuple(found[:SHOWN])) if found else None
