"""Saved views: choices of cases under a name, the shipped ones and the shop's own."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.complaints import Severity
from app.domain.errors import ShopError
from app.domain.text import one_line
from app.models.complaints import ComplaintView
from app.services.complaints.filters import CaseFilter

LONGEST_NAME = 40
SHIPPED: dict[str, CaseFilter] = {
    "overdue": CaseFilter(overdue=True),
    "mine": CaseFilter(mine=True),
    "week": CaseFilter(days=7),
    "severe": CaseFilter(severities=(Severity.SEVERE,)),
    "reopened": CaseFilter(reopened=True),
    "to_call": CaseFilter(to_call=True),
}
"""By their code; a screen words them. Nobody can lose these."""


class ViewNeedsAName(ShopError):
    """A saved view without a name could not be found again."""


class ViewNameTaken(ShopError):
    """Another saved view has this name. Texts: name."""


@dataclass(frozen=True, slots=True)
class SavedView:
    id: int
    name: str
    only: CaseFilter


def saved_views(session: Session) -> list[SavedView]:
    """The shop's own views, in their order."""
    rows = session.scalars(select(ComplaintView).order_by(ComplaintView.position, ComplaintView.id))
    return [SavedView(row.id, row.name, CaseFilter.loaded(row.chosen)) for row in rows]


def save_view(session: Session, name: str, only: CaseFilter) -> int:
    """Keep a choice of cases under a name, below those there are; returns its id.

    Raises ViewNeedsAName or ViewNameTaken.
    """
    name = _free_name(session, name)
    last = session.scalar(select(func.max(ComplaintView.position))) or 0
    view = ComplaintView(name=name, position=last + 1, chosen=only.kept())
    session.add(view)
    session.flush()
    return view.id


def change_view(session: Session, view_id: int, name: str, only: CaseFilter) -> None:
    """Give a saved view another name or choice. Raises ViewNeedsAName or ViewNameTaken."""
    view = session.get_one(ComplaintView, view_id)
    view.name = _free_name(session, name, but=view_id)
    view.chosen = only.kept()


def drop_view(session: Session, view_id: int) -> None:
    """Forget a saved view; no case is touched."""
    session.delete(session.get_one(ComplaintView, view_id))


def _free_name(session: Session, name: str, but: int | None = None) -> str:
    name = one_line(name)[:LONGEST_NAME]
    if not name:
        raise ViewNeedsAName
    taken = select(ComplaintView.id).where(
        func.lower(ComplaintView.name) == name.lower(), ComplaintView.id != (but or 0)
    )
    if session.scalar(taken) is not None:
        raise ViewNameTaken(name=name)
    return name
