"""How the window is brought to the scenes of points: what earns them, what is owed, what other rules would bring."""

from decimal import Decimal
from typing import TYPE_CHECKING

from app.domain.loyalty.rules import BonusDay, EarningRules, GoodsRate, RulesDraft, TierTimes
from app.services import loyalty, products
from app.services.sample.words import texts
from app.views.members.bonus_dialog import BonusDialog
from app.views.members.rules_editor import RulesDialog
from app.views.shared import look
from app.views.shared.desk import EditRules, GiveBonus, OpenPlace, TryRules

if TYPE_CHECKING:
    from app.views.shell.window import Window


def _draft(window: "Window") -> RulesDraft:
    """A category that counts double, one that earns none, and two kinds of days."""
    many, *_, few = window.desk.gateway.read(products.categories)
    goods = (GoodsRate(Decimal(2), category=many), GoodsRate(Decimal(0), category=few))
    days = (BonusDay(Decimal(2), weekday=1), BonusDay(Decimal(3), month_day=8))
    now = window.desk.gateway.read(loyalty.rules_draft, window.desk.today())
    tier_times = {**now.tier_times, max(now.tier_times): TierTimes(Decimal("1.5"), Decimal(2))}
    return RulesDraft(EarningRules(goods=goods, days=days), tier_times)


def rules(window: "Window", _customer: int) -> None:
    window.go("members")
    window.desk.ask(EditRules())
    for dialog in window.findChildren(RulesDialog):
        dialog.fill(_draft(window))


def points(window: "Window", _customer: int) -> None:
    window.desk.ask(OpenPlace("points"))
    window.desk.gateway.settle()


def bonus(window: "Window", _customer: int) -> None:
    window.go("members")
    window.desk.ask(GiveBonus())
    for dialog in window.findChildren(BonusDialog):
        dialog.form.set_values({"points": 100, "reason": texts(look.current().language)["sources"][4]})
        dialog.form.changed.emit("points")


def trial(window: "Window", _customer: int) -> None:
    window.desk.ask(TryRules(_draft(window)))
    window.desk.gateway.settle()
