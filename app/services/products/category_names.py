"""The categories of the goods: how many stand in each, and giving one another name, which may be that of another."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.domain.text import one_line
from app.models.interactions import NeedScript
from app.models.loyalty import EarningGoods
from app.models.products import Product
from app.models.rewards import CardPlan, CouponKind
from app.services.products.editing import BadProduct


@dataclass(frozen=True, slots=True)
class CategoryRow:
    """A category with its goods on sale and those retired."""

    name: str
    on_sale: int
    retired: int

    @property
    def goods(self) -> int:
        return self.on_sale + self.retired


def category_rows(session: Session) -> list[CategoryRow]:
    """Every category by its name, also one with retired goods alone; goods without one are not told."""
    on_sale = func.count().filter(Product.active)
    query = (
        select(Product.category, on_sale, func.count().filter(~Product.active))
        .where(Product.category != "")
        .group_by(Product.category)
        .order_by(Product.category)
    )
    return [CategoryRow(*row) for row in session.execute(query)]


def rename_category(session: Session, name: str, to: str) -> int:
    """Give a category another name; how many goods moved. Where another is called so, the two are one from then on.

    What holds for the goods of a category goes with it: what they earn, the cards and coupons that count for them, the
    questions asked about them.
    Raises BadProduct ("category_without_name").
    """
    new = one_line(to)
    if not new:
        raise BadProduct("category_without_name")
    moved = session.scalars(select(Product).where(Product.category == name)).all() if new != name else ()
    for row in moved:
        row.category = new
    if new != name:
        _rename_in_rules(session, name, new)
        _rename_in_offers(session, name, new)
    return len(moved)


def _rename_in_rules(session: Session, name: str, new: str) -> None:
    """What the category earns goes on under its new name; where the other has a rate of its own, that one holds."""
    taken = set(session.scalars(select(EarningGoods.version_id).where(EarningGoods.category == new)))
    for row in session.scalars(select(EarningGoods).where(EarningGoods.category == name)).all():
        if row.version_id in taken:
            session.delete(row)
        else:
            row.category = new


def _rename_in_offers(session: Session, name: str, new: str) -> None:
    for plan in session.scalars(select(CardPlan).where(CardPlan.category == name)).all():
        plan.category = new
    for script in session.scalars(select(NeedScript).where(NeedScript.category == name)).all():
        script.category = new
    for coupons in session.scalars(select(CouponKind)).all():
        if name in coupons.categories:
            coupons.categories = list(dict.fromkeys(new if one == name else one for one in coupons.categories))
