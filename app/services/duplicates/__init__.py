"""Two cards of one person: finding them, judging them, merging them, and taking that back."""

from app.services.duplicates.comparing import FieldPair, MergeRow, SideBySide, merges, side_by_side
from app.services.duplicates.corrections import Because, Correction
from app.services.duplicates.fields import Choices, Side
from app.services.duplicates.judging import judge_not_same
from app.services.duplicates.looking import (
    LookAlike,
    PairRow,
    look_alikes,
    look_over,
    pair_count,
    pair_rows,
    pairs,
)
from app.services.duplicates.merging import Merged, Unmerged, merge, unmerge, unmerge_brings, unmerge_brings_purses
from app.services.duplicates.refusals import AlreadyMerged, CardErased, MergedSince, MergeTakenBack, SameCard

__all__ = [
    "AlreadyMerged",
    "Because",
    "CardErased",
    "Choices",
    "Correction",
    "FieldPair",
    "LookAlike",
    "MergeRow",
    "MergeTakenBack",
    "Merged",
    "MergedSince",
    "PairRow",
    "SameCard",
    "Side",
    "SideBySide",
    "Unmerged",
    "judge_not_same",
    "look_alikes",
    "look_over",
    "merge",
    "merges",
    "pair_count",
    "pair_rows",
    "pairs",
    "side_by_side",
    "unmerge",
    "unmerge_brings",
    "unmerge_brings_purses",
]
