"""The three parts of the page: coupons, rewards for points, cards with what is out of each."""

from dataclasses import dataclass
from typing import Any

from app.domain.rewards.codes import shown_code
from app.domain.rewards.kinds import PlanKind
from app.services import rewards
from app.services.rewards import CardOwed, Coupon, Holder, KindRow, PlanRow, RewardRow
from app.views.rewards import words
from app.views.rewards.section import Section
from app.views.shared import reward_words
from app.views.shared.rows_model import Column

SHOWN = 500


class CouponSection(Section):
    """Kinds of coupons with what was handed out, used and is still open; at the right each coupon."""

    def retranslate(self) -> None:
        super().retranslate()
        self.table.set_widths(None, 96, 72, 72, 72, 72, 92, give_way=(4, 2, 1), least=200)
        self.list.set_widths(148, 120, None, give_way=(1,), least=104)
        self.empty.set_words(
            self.tr("No coupons yet"),
            self.tr("A coupon brings people back: for a birthday, for the next visit, for a friend they bring along."),
        )

    def read(self) -> list[KindRow]:
        return self.desk.gateway.read(rewards.kinds, archived=self.away)

    def columns(self) -> list[Column[KindRow]]:
        money = self.desk.money
        return [
            Column(self.tr("Coupon"), lambda row: f"{row.draft.name} · {words.gives(row, self.desk)}", tone=_faded),
            Column(self.tr("Handed out"), lambda row: reward_words.occasion(row.draft.occasion)),
            Column(self.tr("Issued"), lambda row: f"{row.issued:,}", align="right", sort=lambda row: row.issued),
            Column(self.tr("Used"), lambda row: f"{row.used:,}", align="right", sort=lambda row: row.used),
            Column(self.tr("Expired"), lambda row: f"{row.expired:,}", align="right", sort=lambda row: row.expired),
            Column(self.tr("Open"), lambda row: f"{row.open:,}", align="right", sort=lambda row: row.open),
            Column(
                self.tr("Open worth"),
                lambda row: money(row.worth, drop_zeros=True) if row.worth else "–",
                align="right",
                sort=lambda row: row.worth,
            ),
        ]

    def people_columns(self) -> list[Column[Coupon]]:
        today = self.desk.today()
        return [
            Column(self.tr("Code"), lambda row: shown_code(row.code), tip=self._bearer),
            Column(self.tr("Customer"), self._bearer),
            Column(self.tr("State"), lambda row: reward_words.coupon_state(row, today)),
        ]

    def _bearer(self, row: Coupon) -> str:
        return row.customer or self.tr("whoever bears it")

    def describe(self, row: KindRow) -> tuple[str, str, str]:
        lasting = words.lasts(row, self.desk.today())
        used = self.tr("took {money} off so far").replace("{money}", self.desk.money(row.taken_off, drop_zeros=True))
        under = "\n".join(filter(None, (words.gives(row, self.desk), lasting, used if row.used else "")))
        return row.draft.name, under, self.tr("%n coupon(s)", "", self.desk.gateway.read(rewards.count_coupons, row.id))

    def people_of(self, row: KindRow) -> list[Coupon]:
        return self.desk.gateway.read(rewards.coupons_of_kind, row.id, limit=SHOWN)


class RewardSection(Section):
    """What points are exchanged for, with what is left of it."""

    icon = "ph.gift"

    def retranslate(self) -> None:
        super().retranslate()
        self.table.set_widths(None, 96, 88, 72, 96, 132, give_way=(5, 1), least=180)
        self.list.set_widths(None, 104)
        self.empty.set_words(
            self.tr("No rewards yet"),
            self.tr("Points are worth more to people who can see what they are saving for."),
        )

    def read(self) -> list[RewardRow]:
        return self.desk.gateway.read(rewards.rewards, archived=self.away)

    def columns(self) -> list[Column[RewardRow]]:
        today = self.desk.today()
        return [
            Column(self.tr("Reward"), lambda row: row.draft.name, sort=lambda row: row.draft.name, tone=_faded),
            Column(self.tr("Kind"), lambda row: words.reward_kind(row.draft.kind)),
            Column(
                self.tr("Points"), lambda row: f"{row.draft.cost:,}", align="right", sort=lambda row: row.draft.cost
            ),
            Column(self.tr("Stock"), words.stock, align="right", sort=lambda row: row.stock or 0),
            Column(self.tr("Exchanged"), lambda row: f"{row.redeemed:,}", align="right", sort=lambda row: row.redeemed),
            Column(self.tr("Offered"), lambda row: words.offered(row, today), align="right"),
        ]

    def people_columns(self) -> list[Column[Holder]]:
        return [
            Column(self.tr("Customer"), lambda row: row.name),
            Column(self.tr("Exchanged"), lambda row: f"{row.units:,}", align="right"),
        ]

    def describe(self, row: RewardRow) -> tuple[str, str, str]:
        cost = self.tr("%n point(s)", "", row.draft.cost).replace(str(row.draft.cost), f"{row.draft.cost:,}", 1)
        parts = [cost, row.article]
        if row.draft.per_customer:
            parts.append(self.tr("at most %n for a customer", "", row.draft.per_customer))
        return row.draft.name, " · ".join(filter(None, parts)), self.tr("%n exchanged", "", row.redeemed)

    def people_of(self, row: RewardRow) -> list[Holder]:
        return self.desk.gateway.read(rewards.redeemers, row.id)


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card on offer, or one of the two parts of stored value; what is out of it."""

    id: str
    plan: PlanRow | None
    owed: CardOwed | None

    @property
    def kind(self) -> PlanKind:
        return self.plan.draft.kind if self.plan else PlanKind.STORED


class CardSection(Section):
    """Cards on offer with what the shop owes on each; at the right whoever holds it."""

    icon = "ph.wallet"

    def retranslate(self) -> None:
        super().retranslate()
        self.table.set_widths(None, 128, 80, 168, 72, 112, 92, give_way=(3, 1, 2), least=150)
        self.list.set_widths(None, 88, 80)
        self.empty.set_words(
            self.tr("No cards yet"),
            self.tr("A punch card, visits paid ahead or stored value give people a reason to come back."),
        )

    def read(self) -> list[CardLine]:
        read = self.desk.gateway.read
        owed = read(rewards.cards_outstanding, self.desk.today())
        by_plan = {one.pocket.plan_id: one for one in owed if one.pocket.plan_id is not None}
        purses = [CardLine(f"{one.pocket.part}", None, one) for one in owed if one.pocket.part and one.units]
        plans = read(rewards.plans, archived=True)
        listed = [plan for plan in plans if self.away or not plan.archived or _holds(by_plan.get(plan.id))]
        return [*purses, *(CardLine(f"plan {plan.id}", plan, by_plan.get(plan.id)) for plan in listed)]

    def columns(self) -> list[Column[CardLine]]:
        return [
            Column(self.tr("Card"), self._name, tone=lambda row: _faded(row.plan) if row.plan else None),
            Column(self.tr("Kind"), lambda row: reward_words.plan_kind(row.kind)),
            Column(self.tr("Price"), self._price, align="right"),
            Column(self.tr("Brings"), self._brings),
            Column(self.tr("People"), lambda row: f"{row.owed.people:,}" if row.owed else "–", align="right"),
            Column(self.tr("Still to use"), self._left, align="right"),
            Column(self.tr("Worth"), self._worth, align="right"),
        ]

    def people_columns(self) -> list[Column[Holder]]:
        today = self.desk.today()
        return [
            Column(self.tr("Customer"), lambda row: row.name),
            Column(self.tr("Left"), self._units, align="right"),
            Column(self.tr("Ends"), lambda row: _ends(row, today), align="right"),
        ]

    def describe(self, row: CardLine) -> tuple[str, str, str]:
        people = self.tr("%n customer(s)", "", row.owed.people if row.owed else 0)
        under = " · ".join(filter(None, (reward_words.plan_kind(row.kind), self._brings(row))))
        return self._name(row), under if row.plan else self._left(row), people

    def people_of(self, row: CardLine) -> list[Holder]:
        if row.owed is None:
            return []
        return self.desk.gateway.read(rewards.holders, row.owed.pocket, self.desk.today())

    def _name(self, row: CardLine) -> str:
        if row.plan:
            return row.plan.draft.name
        return reward_words.part(row.owed.pocket.part if row.owed else None)

    def _price(self, row: CardLine) -> str:
        price = row.plan.draft.price if row.plan else 0
        return self.desk.money(price, drop_zeros=True) if price else "–"

    def _brings(self, row: CardLine) -> str:
        return reward_words.brings(row.plan.draft, row.plan.article, self.desk) if row.plan else ""

    def _left(self, row: CardLine) -> str:
        return words.owed_units(row.kind, row.owed.units, self.desk) if row.owed else "–"

    def _worth(self, row: CardLine) -> str:
        return self.desk.money(row.owed.worth, drop_zeros=True) if row.owed and row.owed.worth else "–"

    def _units(self, person: Holder) -> str:
        return words.owed_units(self.row.kind, person.units, self.desk) if self.row else ""


def _holds(owed: CardOwed | None) -> bool:
    return owed is not None and owed.units > 0


def _faded(row: Any) -> str | None:
    return "ink3" if row.archived else None


def _ends(row: Holder, today: Any) -> str:
    return reward_words.until(row.expires_on, today) if row.expires_on else "–"
