"""What a remedy said on the spot moves besides words: how many points, which coupon, which return of the till."""

from collections.abc import Collection, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.domain.remedies import MOVES_VALUE, RemedyKind
from app.domain.rewards.kinds import Occasion
from app.domain.staff import Role
from app.services import complaints, rewards, staff
from app.services.complaints import RemedyDraft
from app.views.complaints.remedy import KINDS
from app.views.complaints.remedy_dialog import MOST_POINTS
from app.views.shared.choice_fields import ComboBox
from app.views.shared.day_words import near_day
from app.views.shared.desk import Desk
from app.views.shared.forms import Form
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column
from app.views.shared.number_fields import WholeField

POINTS, COUPON, REFUND = RemedyKind.POINTS, RemedyKind.COUPON, RemedyKind.REFUND
ROWS = ((POINTS, "points"), (COUPON, "coupon"), (REFUND, "return"))


class SpotGiven(QWidget):
    """A row for each remedy that is chosen and can be posted now; of the others a line says why they stay words."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._kinds: list[RemedyKind] = []
        self._customer: int | None = None
        self._sale: int | None = None
        self._offered = False
        self.form, self.why = Form(), PlainLabel("", "caption", tone="ink2", wrap=True)
        self.points, self.coupon, self.back = WholeField(1, MOST_POINTS), ComboBox(), ComboBox()
        self.form.add("points", self.tr("Points"), self.points)
        self.form.add("coupon", self.tr("Coupon"), self.coupon)
        self.form.add("return", self.tr("Return"), self.back)
        self.setLayout(column(self.form, self.why, gap=4))
        self._show()

    def show_kinds(self, chosen: Collection[str]) -> None:
        """Ask for what these remedies move; the one that was just chosen gets the focus where something is typed."""
        before, self._kinds = self._kinds, [KINDS[name] for name in KINDS if name in chosen]
        if self._kinds and not self._offered:
            self._offer()
        self._show()
        if POINTS in self._kinds and POINTS not in before and self._may(POINTS):
            self.points.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_about(self, customer_id: int | None, sale_id: int | None) -> None:
        """Who complains, and about which sale: whose points, and which returns."""
        if (customer_id, sale_id) != (self._customer, self._sale):
            self._customer, self._sale, self._offered = customer_id, sale_id, False
            if self._kinds:
                self._offer()
            self._show()

    def values(self) -> dict[str, Any]:
        """What the rows hold that are asked for, by their names."""
        return {name: self.form.field(name).value() for kind, name in ROWS if self._asks(kind)}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fill the rows again, once their remedies are chosen."""
        self.form.set_values(values)

    def check(self) -> bool:
        """Whether each row that is asked for is filled in; what is missing is said."""
        return self.form.check()

    def given(self) -> tuple[RemedyDraft, ...]:
        """What is to be posted; a remedy that cannot be stays the words alone."""
        asked = {POINTS: {"points": self.points.value()}, COUPON: {"coupon_kind_id": self.coupon.value()}}
        asked[REFUND] = {"return_id": self.back.value()}
        return tuple(RemedyDraft(kind, **asked.get(kind, {})) for kind in self._kinds if self._may(kind))

    def _asks(self, kind: RemedyKind) -> bool:
        return kind in self._kinds and self._may(kind)

    def _may(self, kind: RemedyKind) -> bool:
        return not self._reason(kind)

    def _reason(self, kind: RemedyKind) -> str:
        """Why a remedy cannot be posted now; empty where it can."""
        if kind in MOVES_VALUE and self._customer is None:
            return self.tr("Points and coupons are somebody's: without a name only the words are kept")
        if kind in MOVES_VALUE and not self._manages:
            return self.tr("Points and coupons are given by a manager: only the words are kept")
        if kind is COUPON and not self.coupon.count():
            return self.tr("There is no coupon that is given by hand: only the word is kept")
        if kind is REFUND and self.back.value() is None:
            return self.tr("No return at the till yet: take it there (F9), then add the refund to the case")
        return ""

    def _offer(self) -> None:
        read = self._desk.gateway.read
        self._offered = True
        self._manages = read(staff.acting).role.covers(Role.MANAGER)
        kinds = [one for one in read(rewards.kinds) if one.draft.occasion is Occasion.HAND] if self._manages else []
        self.coupon.show_choices([(one.id, one.draft.name) for one in kinds])
        today, money = self._desk.today(), self._desk.money
        found = read(complaints.untold_returns, self._customer, self._sale)
        self.back.show_choices(
            [(one.id, f"{one.number} · {near_day(one.shop_day, today)} · {money(one.money)}") for one in found]
        )

    _manages = False

    def _show(self) -> None:
        for kind, name in ROWS:
            self.form.set_row_visible(name, self._asks(kind))
        self.form.setVisible(any(self._asks(kind) for kind, _ in ROWS))
        reasons = dict.fromkeys(reason for kind in self._kinds if (reason := self._reason(kind)))
        self.why.setText("\n".join(reasons))
        self.why.setVisible(bool(reasons))
