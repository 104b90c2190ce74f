"""How finds are grouped in the palette, and which acts fit what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.highlight import Span
from app.services.search import Hit, HitKind
from app.views.shared.actions import Act
from app.views.shared.desk import Desk
from app.views.shared.hit_rows import FoundRow, Marked, found_row
from app.views.shared.keys import keycap


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    title: str
    rows: list[FoundRow]


def sections_of(hits: Sequence[Hit], desk: Desk) -> list[Section]:
    """People first, then goods and papers; each find after the first has its Ctrl+digit."""
    rows = [(hit, found_row(hit, desk, _key(place))) for place, hit in enumerate(hits)]
    people = [row for hit, row in rows if hit.kind is HitKind.CUSTOMER]
    others = [row for hit, row in rows if hit.kind is not HitKind.CUSTOMER]
    return [
        Section(QCoreApplication.translate("Palette", "Customers"), people),
        Section(QCoreApplication.translate("Palette", "Goods and papers"), others),
    ]


def acts_found(acts: Sequence[Act], typed: str, most: int) -> list[FoundRow]:
    """The acts whose words hold all that was typed, in any order; all of them for nothing typed.

    Of acts that are called the same, as a place and the menu's way to it are, the first stands for all.
    """
    words = typed.casefold().split()
    named = [act for act in reversed(acts) if act.text()]
    fitting = {act.text(): act for act in named if all(word in act.text().casefold() for word in words)}
    return [_act_row(act, words) for act in [*fitting.values()][: -most - 1 : -1]]


def _act_row(act: Act, words: Sequence[str]) -> FoundRow:
    text = act.text()
    icon = act.icon_name or "ph.arrow-right"
    return FoundRow(
        act.objectName(), Marked(text, _spans(text, words)), (), None, keycap(act.shortcut()), icon, "", act
    )


def _spans(text: str, words: Sequence[str]) -> tuple[Span, ...]:
    folded = text.casefold()
    found = sorted((folded.find(word), folded.find(word) + len(word)) for word in words)
    kept: list[Span] = []
    for start, end in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)


def _key(place: int) -> str:
    """The first is Enter's; the second to ninth have Ctrl+2 to Ctrl+9."""
    return keycap("Return") if place == 0 else keycap(f"Ctrl+{place + 1}") if place < 9 else ""
