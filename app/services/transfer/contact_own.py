"""Reads back what this program wrote into a contact card that no property of a vCard holds (`out.vcards`)."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.domain.money import currency
from app.domain.text import comparison_key, one_line
from app.formats.code_words import WORDS
from app.formats.lists import parted
from app.formats.values import Refused
from app.models.customers import CustomField
from app.services.settings import settings
from app.services.transfer.card_more import Consent, consent_of, discount_of, limit_of, value_of
from app.services.transfer.out.vcards import OWN_TEXTS, OWN_TIES
from app.services.transfer.who_and_when import NOON, utc_text


@dataclass(slots=True)
class Own:
    """What was read: `said` as the file stores it, `ties` by name, `since` as UTC text."""

    said: dict[str, str | int | None] = field(default_factory=dict)
    ties: dict[str, str] = field(default_factory=dict)
    consents: list[Consent] = field(default_factory=list)
    custom: list[tuple[int, str]] = field(default_factory=list)
    since: str = ""


class OwnReader:
    """Reads the pairs of a card; what cannot be read any more is counted in `lost` and passed over."""

    def __init__(self, session: Session, at: datetime) -> None:
        shop = settings(session)
        self._at, self._zone, self._digits = at, ZoneInfo(shop.timezone), currency(shop.currency).digits
        fields = session.scalars(select(CustomField))
        self._fields = {comparison_key(row.label): row for row in fields if not row.archived_at}
        self.lost = 0
        self._readers: dict[str, Callable[[Own, str], None]] = {
            "do_not_contact": lambda own, text: own.said.update(do_not_contact=int(text == "yes")),
            "values": self._values,
            "credit_limit": lambda own, text: own.said.update(credit_limit=limit_of(text, self._digits)),
            "personal_discount": lambda own, text: own.said.update(personal_discount=discount_of(text)),
            "consent": self._consent,
            "field": self._field,
            "since": self._since,
        }

    def read(self, pairs: Sequence[tuple[str, str]]) -> Own:
        """What the pairs (name without X-REGULARS-, text) say. A code no list has is passed over."""
        own = Own()
        for name, text in ((name.lower().replace("-", "_"), text) for name, text in pairs):
            if not text:
                continue
            if name in OWN_TEXTS:
                if name != "preferred_channel" or text in WORDS["channel"]:
                    own.said[name] = text
            elif name in OWN_TIES:
                own.ties[name] = one_line(text)
            elif name in self._readers:
                try:
                    self._readers[name](own, text)
                except (Refused, ValueError, KeyError):
                    self.lost += 1
        return own

    def _values(self, own: Own, text: str) -> None:
        own.said["values_ranked"] = json.dumps(list(dict.fromkeys(parted(text))), ensure_ascii=False, sort_keys=True)

    def _consent(self, own: Own, text: str) -> None:
        channel, _, said = text.partition(" ")
        found = consent_of(channel, said, self._at, self._zone) if channel in WORDS["channel"] else None
        if found is None:
            raise ValueError(text)
        own.consents.append(found)

    def _field(self, own: Own, text: str) -> None:
        label, value = parted(text)
        row = self._fields[comparison_key(label)]
        if kept := value_of(row, value):
            own.custom.append((row.id, kept))

    def _since(self, own: Own, text: str) -> None:
        moment = datetime.combine(date.fromisoformat(text), NOON, tzinfo=self._zone)
        own.since = utc_text(min(moment, self._at))
