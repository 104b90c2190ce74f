"""One change on many cards at once: looked at before it is made, made in one transaction, taken back as one act."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from app.domain.custom_fields import YES, canonical
from app.domain.errors import ShopError
from app.domain.text import one_line
from app.models.customers import Customer, CustomField
from app.services.customers import many_cards
from app.services.customers.drafts import CustomValueRefused
from app.services.customers.many_cards import Checks, Field, Said
from app.services.settings import settings
from app.storage import journal

LOT = 2_000
"""Cards between two reports of how far it has come."""
Progress = Callable[[int, int], None]
Groups = Sequence[tuple[Said, Sequence[int]]]
"""What was said, and the cards that said it."""


class BulkKind(StrEnum):
    """What can be changed on many cards at once."""

    ADD_TAG = "add_tag"
    REMOVE_TAG = "remove_tag"
    SOURCE = "source"
    CHANNEL = "preferred_channel"
    DO_NOT_CONTACT = "do_not_contact"
    ARCHIVED = "archived"
    CUSTOM = "custom"


class TagUnsaid(ShopError):
    """A tag is a word."""


@dataclass(frozen=True, slots=True)
class BulkChange:
    """One change: `value` is the tag, the source, the channel, "yes" or "no", or the value of the shop's own field."""

    kind: BulkKind
    value: str = ""
    field_id: int | None = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One card that would change: what it says now and would say then (None: nothing)."""

    id: int
    name: str
    before: Said
    after: Said


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """How many cards were chosen, how many of them would change, and the first of those."""

    chosen: int
    changing: int
    first: tuple[Foreseen, ...]


def preview_bulk_edit(
    session: Session, ids: Sequence[int], change: BulkChange, *, at: datetime, first: int = 5
) -> BulkPreview:
    """What the change would do; nothing is changed. Raises TagUnsaid, CustomValueRefused."""
    field = _field(session, _checked(session, change), at)
    held = field.held(ids)
    changing = [card for card in ids if card in held and field.differs(held[card])]
    called = many_cards.names(session.connection(), changing[:first])
    shown = (Foreseen(card, called[card], held[card], field.after) for card in changing[:first])
    return BulkPreview(len(ids), len(changing), tuple(shown))


def bulk_edit(
    session: Session,
    ids: Sequence[int],
    change: BulkChange,
    *,
    at: datetime,
    progress: Progress = lambda done, total: None,
) -> int:
    """Make the change on those of these cards that do not say so already; the number of cards changed.

    Cards that were merged away or erased are left alone. One entry of the trail stands for all, with what each card
    said before. Raises TagUnsaid, CustomValueRefused, or Cancelled through `progress`; nothing is changed then.
    """
    change = _checked(session, change)
    field = _field(session, change, at)
    before = {card: said for card, said in field.held(ids).items() if field.differs(said)}
    changing = list(before)
    for start in range(0, len(changing), LOT):
        progress(start, len(changing))
        field.write(changing[start : start + LOT], field.after)
    if changing:
        checks = _check(session, change, changing, at)
        groups = _grouped(before)
        _note(session, change, groups)
        journal.taken_back_by(session, undo_bulk_edit, change, groups, checks, at=at)
    progress(len(changing), len(changing))
    return len(changing)


def undo_bulk_edit(session: Session, change: BulkChange, before: Groups, checks: Checks = (), *, at: datetime) -> int:
    """Let the cards say again what they said; the number of cards.

    One that says something else by now keeps it: that is the later word. `checks`: when the source of which card was
    last known to be right.
    """
    field = _field(session, change, at)
    restored: dict[int, Said] = {}
    now: dict[int, Said] = {}
    for said, group in before:
        held = field.held(group)
        still = {card: held[card] for card in group if card in held and not field.differs(held[card])}
        field.write(list(still), said)
        now |= still
        restored |= dict.fromkeys(still, said)
    if restored:
        if change.kind is BulkKind.SOURCE:
            then = [(card, on) for card, on in checks if card in restored]
            many_cards.uncheck_source(session.connection(), list(restored), then)
        _note(session, change, _grouped(now))
        journal.taken_back_by(session, bulk_edit, list(restored), change, at=at)
    return len(restored)


def _checked(session: Session, change: BulkChange) -> BulkChange:
    value = one_line(change.value)
    if change.kind in (BulkKind.ADD_TAG, BulkKind.REMOVE_TAG):
        value = value.lstrip("#")
        if not value:
            raise TagUnsaid
    if change.kind is BulkKind.CUSTOM:
        value = _own_value(session, change.field_id, value)
    return BulkChange(change.kind, value, change.field_id)


def _own_value(session: Session, field_id: int | None, value: str) -> str:
    field = session.get(CustomField, field_id) if field_id else None
    if field is None or field.archived_at is not None:
        raise CustomValueRefused(field=field_id, kind="")
    try:
        return canonical(field.kind, value, field.choices)
    except ValueError:
        raise CustomValueRefused(field=field_id, kind=field.kind.value) from None


def _field(session: Session, change: BulkChange, at: datetime) -> Field:
    connection, value = session.connection(), change.value
    match change.kind:
        case BulkKind.ADD_TAG | BulkKind.REMOVE_TAG:
            return many_cards.Tag(connection, value, wanted=change.kind is BulkKind.ADD_TAG)
        case BulkKind.CUSTOM:
            return many_cards.OwnField(connection, change.field_id or 0, value or None)
        case BulkKind.ARCHIVED:
            return many_cards.Column(connection, change.kind.value, _stored(at) if value == YES else None)
        case BulkKind.DO_NOT_CONTACT:
            return many_cards.Column(connection, change.kind.value, YES if value == YES else None)
        case _:
            return many_cards.Column(connection, change.kind.value, value or None)


def _check(session: Session, change: BulkChange, cards: Sequence[int], at: datetime) -> Checks:
    """Where they came from is a field that grows old: it is fresh from this day on. When it was before, for undo."""
    if change.kind is not BulkKind.SOURCE:
        return ()
    before = many_cards.source_checks(session.connection(), cards)
    day = at.astimezone(ZoneInfo(settings(session).timezone)).date()
    many_cards.check_source(session.connection(), cards, day)
    return before


def _grouped(said: Mapping[int, Said]) -> tuple[tuple[Said, tuple[int, ...]], ...]:
    groups: dict[Said, list[int]] = {}
    for card, words in said.items():
        groups.setdefault(words, []).append(card)
    return tuple((words, tuple(cards)) for words, cards in groups.items())


def _note(session: Session, change: BulkChange, before: Groups) -> None:
    """One entry in the trail for all; what lists and search are built from is made anew for these cards alone."""
    cards = [card for _, group in before for card in group]
    told: dict[str, Any] = {"change": change.kind.value, "value": change.value, "customers": len(cards)}
    if change.field_id is not None:
        told["field"] = change.field_id
    journal.note_act(session, Customer, {**told, "before": [[said, list(group)] for said, group in before]})
    book = journal.journal_of(session)
    book.features.add("customers")
    if change.kind in _SEARCHED:
        book.customers.update(cards)
    session.expire_all()


_SEARCHED = frozenset({BulkKind.ADD_TAG, BulkKind.REMOVE_TAG, BulkKind.ARCHIVED, BulkKind.CUSTOM})


def _stored(at: datetime) -> str:
    """A moment as the file keeps it."""
    return f"{at.astimezone(UTC).isoformat(timespec='milliseconds')[:-6]}Z"
