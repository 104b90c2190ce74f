"""What a merge will bring: the one card as it will be, with the points and the history of both."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from app.services import customers
from app.services.customers import Kind
from app.services.duplicates import Side, SideBySide
from app.views.duplicates.values import value_lines
from app.views.shared.avatars import Avatar
from app.views.shared.cards import Card as Surface
from app.views.shared.desk import Desk
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import column, row


class Outcome(QWidget):
    """Name, phones, points together, and how many sales and complaints the one card will show."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.avatar, self.who = Avatar(36), ElidedLabel("", "small", tone="ink2", marked=True)
        self.sums = ElidedLabel("", "small", tone="ink2", marked=True)
        self.promise = PlainLabel("", "caption", tone="ink2", wrap=True)
        words = column(self.who, self.sums, self.promise, gap=2)
        soft = Surface(row(self.avatar, (words, 1), gap=12), kind="soft", margins=(12, 10, 12, 10))
        self.setLayout(column(soft, gap=0))

    def show_outcome(self, pair: SideBySide, sides: Mapping[str, Side]) -> None:
        """Show what the kept card will say with these sides."""
        name = self._one("name", pair, sides)
        self.avatar.show_person(name, pair.kept.id)
        reach = " · ".join(self._phones(pair, sides)) or self.tr("no phone")
        said = self.tr("One card: **{name}** · {phones}")
        self.who.setText(said.replace("{name}", name).replace("{phones}", reach))
        self.sums.setText(self._sums(pair))
        self.promise.setText(
            self.tr(
                "Sales and points stay in both ledgers and one card answers for both. "
                "The merge can be taken apart later."
            )
        )

    def set_low(self, low: bool) -> None:
        """Where the window is low the fields come first: the promise is then in the tooltip."""
        self.promise.setVisible(not low)
        self.setToolTip(self.promise.text() if low else "")

    def _one(self, name: str, pair: SideBySide, sides: Mapping[str, Side]) -> str:
        field = next(field for field in pair.fields if field.name == name)
        return str(field.gone if sides.get(name, field.takes) is Side.GONE else field.kept)

    def _phones(self, pair: SideBySide, sides: Mapping[str, Side]) -> list[str]:
        field = next((field for field in pair.fields if field.name == "phones"), None)
        if field is None:
            return []
        side = sides.get("phones", field.takes)
        held: tuple[Any, ...] = {Side.KEPT: field.kept, Side.GONE: field.gone}.get(side, (*field.kept, *field.gone))
        once = {"".join(filter(str.isdigit, each.text)): each for each in reversed(held)}
        return value_lines("phones", tuple(reversed(once.values())), self._desk)

    def _sums(self, pair: SideBySide) -> str:
        points = pair.kept.points + pair.gone.points
        sales = self._together(pair, Kind.SALE)
        complaints = self._together(pair, Kind.COMPLAINT)
        said = (
            self.tr("**%n point(s)** together", "", points).replace(str(points), f"{points:,}"),
            self.tr("**%n sale(s)**", "", sales),
            self.tr("**%n complaint(s)**", "", complaints),
        )
        return " · ".join(said)

    def _together(self, pair: SideBySide, kind: Kind) -> int:
        ids = (pair.kept.id, pair.gone.id)
        return sum(self._desk.gateway.read(customers.timeline_count, key, (kind,)) for key in ids)
