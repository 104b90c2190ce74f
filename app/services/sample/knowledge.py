"""What the shop of the sample knows of people beyond their cards: what they like, allowed, and who brought whom."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from app.domain.completeness import WEIGHTS
from app.domain.interactions import Channel
from app.domain.wishes import Wish
from app.models.customers import Consent, CustomerRelation, FieldCheck
from app.services.sample.calendar import Days
from app.services.sample.habits import Kind
from app.services.sample.rows import Rows

LIKES = {Kind.LOOKER: 0.08, Kind.ONCE: 0.12, Kind.SELDOM: 0.3, Kind.REGULAR: 0.6, Kind.DEVOTED: 0.85}
"""Of how many of each kind the shop knows what they like."""
ASKED, AGREED, BROUGHT, CONFIRMED = 0.42, 0.85, 0.12, 0.85
OLD_DAYS = 360
BY_A_REGULAR = 1
"""The place of that source in the texts."""
_PLACES = ("counter", "counter", "paper", "message")


class Knowledge:
    """Draws from a stream of its own, so that the story of the shop stays."""

    def __init__(self, rows: Rows, rng: Random, days: Days, said: dict[str, Any]) -> None:
        self._rows, self._rng, self._days, self._said = rows, rng, days, said

    def of_card(self, number: int, kind: Kind) -> dict[str, Any]:
        """Columns of a card: what somebody likes and values, and who brought them (somebody who came before)."""
        rng, known = self._rng, self._rng.random() < LIKES[kind]
        brought = number > 1 and rng.random() < BROUGHT
        told: dict[str, Any] = {"source": self._said["sources"][BY_A_REGULAR]} if brought else {}
        return told | {
            "preferences": rng.choice(self._said["preferences"]) if known else "",
            "needs": rng.choice(self._said["needs"]) if known and rng.random() < 0.4 else "",
            "values_ranked": rng.sample([str(wish) for wish in Wish], 3) if known and rng.random() < 0.3 else [],
            "referrer_id": rng.randint(1, number - 1) if brought else None,
        }

    def ask(self, owner: int, created: datetime) -> None:
        """Whether the shop may write: asked of fewer than half, and most say yes."""
        rng = self._rng
        if rng.random() >= ASKED:
            return
        for channel in (Channel.WECHAT, Channel.SMS)[: rng.choice((1, 1, 2))]:
            self._rows.add(
                Consent,
                customer_id=owner,
                channel=channel,
                given=rng.random() < AGREED,
                at=created,
                shop_day=self._days.day_of(created),
                source=rng.choice(_PLACES),
                staff_id=self._days.staff(rng),
            )

    def confirm(self, owner: int, created: datetime) -> None:
        """What was heard to be still right since the card was made: of the older cards, most fields."""
        rng, first, last = self._rng, self._days.day_of(created), self._days.last
        for name in WEIGHTS if (last - first).days > OLD_DAYS else ():
            if name != "consent" and rng.random() < CONFIRMED:
                on = last - timedelta(days=rng.randint(1, OLD_DAYS))
                self._rows.add(FieldCheck, customer_id=owner, field=name, checked_on=on)

    def relate(self, owner: int, other: int) -> None:
        """Two who share a phone are of one family."""
        kind = self._rng.choice(("spouse", "parent", "child", "sibling"))
        self._rows.add(CustomerRelation, customer_id=owner, other_id=other, kind=kind)
