"""A category that is renamed goes on earning what it earned, and what counts for it goes on counting."""

from datetime import date
from decimal import Decimal

from app.domain.loyalty.rules import EarningRules, GoodsRate
from app.domain.rewards.kinds import PlanKind
from app.services import interactions, products, rewards
from app.services.loyalty import change_rules, earning_rules
from app.services.undo import put_back
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.gateway import way_back

TODAY = date(2026, 11, 23)
TEA, WARE = GoodsRate(Decimal(2), category="Tea"), GoodsRate(Decimal(0), category="Ware")


def goods_of(work: UnitOfWork) -> tuple[GoodsRate, ...]:
    return work.read(earning_rules, TODAY).goods


def test_the_rate_of_a_category_follows_its_name_and_comes_back(work: UnitOfWork) -> None:
    work.write(products.add, products.ProductDraft("Dancong", category="Tea"))
    work.write(change_rules, EarningRules(goods=(TEA,)), day=TODAY)
    _, changes = work.write(products.rename_category, "Tea", "Fine tea")
    assert goods_of(work) == (GoodsRate(Decimal(2), category="Fine tea"),)
    way = way_back(changes)
    assert way is not None
    work.write(way.service, *way.args, **way.named)
    assert goods_of(work) == (TEA,)


def test_of_two_categories_united_the_one_that_stays_keeps_its_rate(work: UnitOfWork) -> None:
    work.write(products.add, products.ProductDraft("Dancong", category="Tea"))
    work.write(change_rules, EarningRules(goods=(TEA, WARE)), day=TODAY)
    work.write(products.rename_category, "Tea", "Ware")
    assert goods_of(work) == (WARE,)


def test_cards_coupons_and_questions_follow_the_name_of_their_category(work: UnitOfWork) -> None:
    work.write(products.add, products.ProductDraft("Dancong", category="Tea"))
    work.write(rewards.add_plan, rewards.PlanDraft(PlanKind.VISITS, "Ten cups", units=10, category="Tea"))
    work.write(rewards.add_kind, rewards.KindDraft("Ten off", amount=1000, categories=("Tea", "Ware")))
    work.write(interactions.add_script, "Taste", "Tea")

    def named() -> tuple[str, tuple[str, ...], str]:
        (plan,), (kind,), (script,) = (
            work.read(rewards.plans),
            work.read(rewards.kinds),
            work.read(interactions.scripts),
        )
        return plan.draft.category, kind.draft.categories, script.category

    _, changes = work.write(products.rename_category, "Tea", "Ware")
    assert named() == ("Ware", ("Ware",), "Ware")
    work.write(put_back, changes.rows)
    assert named() == ("Tea", ("Tea", "Ware"), "Tea")
