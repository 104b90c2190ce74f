"""What complaints are about, in the shop's own order and words: what the question "what" offers.

A category is its word: a case says the word (of a shipped one its code), and so does a file. Calling a category
otherwise rewords the cases that say it; one that is put away stays with its cases and is offered no more.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.domain.errors import ShopError
from app.domain.text import one_line
from app.formats.code_words import code_of
from app.models.complaints import Complaint, ComplaintCategory, ComplaintView
from app.services.complaints.drafts import CATEGORIES
from app.services.settings.ordered import in_order, is_taken, next_place, put_at, put_away
from app.storage import journal


class CategoryNeedsAName(ShopError):
    """A category is called by a word."""


class CategoryNameTaken(ShopError):
    """Another category, used or put away, is called so, or cases that came with a file are."""


class LastCategory(ShopError):
    """Something must be left to choose from."""


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """One category; `code` is what cases say: the code of a shipped one, else the shop's own word."""

    id: int
    code: str
    archived_at: datetime | None


def found_categories(session: Session) -> None:
    """What a new shop chooses from."""
    session.add_all(ComplaintCategory(code=code, position=place) for place, code in enumerate(CATEGORIES))


def categories(session: Session, *, away: bool = False) -> list[CategoryRow]:
    """The categories in their order, which is that of the digits; those put away only when asked for, last."""
    kind = ComplaintCategory
    query = in_order(kind, kind.id, kind.code, kind.archived_at, away=away)
    return [CategoryRow(*row) for row in session.execute(query)]


def add_category(session: Session, name: str) -> int:
    """A new category at the end; returns its id. Raises CategoryNeedsAName, CategoryNameTaken."""
    category = ComplaintCategory(code=_checked(session, name), position=next_place(session, ComplaintCategory))
    session.add(category)
    session.flush()
    return category.id


def rename_category(session: Session, category_id: int, name: str) -> None:
    """Call a category otherwise, and with it every case and saved view that says it.

    Raises CategoryNeedsAName, CategoryNameTaken.
    """
    category = session.get_one(ComplaintCategory, category_id)
    before, after = category.code, _checked(session, name, category_id)
    if after == before:
        return
    if session.scalar(select(Complaint.id).where(Complaint.category == after).limit(1)) is not None:
        raise CategoryNameTaken
    category.code = after
    session.flush()
    session.execute(
        update(Complaint)
        .where(Complaint.category == before)
        .values(category=after, version=Complaint.version + 1)
        .execution_options(synchronize_session=False)
    )
    for view in session.scalars(select(ComplaintView)):
        if view.chosen.get("category") == before:
            view.chosen = {**view.chosen, "category": after}
    journal.taken_back_by(session, rename_category, category_id, before)


def move_category(session: Session, category_id: int, place: int) -> None:
    """Let a category stand at this place (from 0) among those in use."""
    put_at(session, ComplaintCategory, category_id, place)


def archive_category(session: Session, category_id: int, *, at: datetime) -> None:
    """Offer a category no longer; its cases keep it. Raises LastCategory."""
    used = select(func.count()).where(ComplaintCategory.archived_at.is_(None), ComplaintCategory.id != category_id)
    if not session.scalar(used):
        raise LastCategory
    put_away(session, ComplaintCategory, category_id, at)


def unarchive_category(session: Session, category_id: int) -> None:
    """Offer a category again."""
    put_away(session, ComplaintCategory, category_id, None)


def _checked(session: Session, name: str, category_id: int = 0) -> str:
    """The word as cases say it: a shipped word, in either language, is its code."""
    words = one_line(name)
    if not words:
        raise CategoryNeedsAName
    code = code_of("category", words)
    if is_taken(session, ComplaintCategory.code, code, category_id):
        raise CategoryNameTaken
    return code
