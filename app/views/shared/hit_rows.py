"""What a search found, as rows: the picture, the title and facts with the matched letters in the accent, a keycap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.domain.complaints import ComplaintState, Severity
from app.domain.highlight import Span
from app.domain.money import currency, price_to_minor
from app.services.search import Case, Goods, Hit, Part, Person
from app.views.shared import look, paint
from app.views.shared.avatars import paint_avatar, paint_tile
from app.views.shared.badges import BadgeView, badge_width, paint_badge
from app.views.shared.desk import Desk
from app.views.shared.look import px
from app.views.shared.people_words import ago, phone, phone_spans, tier_badge
from app.views.shared.rows_model import RowRole
from app.views.shared.tokens import RADIUS_CONTROL, Role


@dataclass(frozen=True)
class Marked:
    """Words with the letters that were matched."""

    words: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class FoundRow:
    """One row of a list of finds; `id` is what the list knows it by, `what` the find or act behind it."""

    id: Any
    title: Marked
    facts: tuple[Marked, ...] = ()
    badge: BadgeView | None = None
    key: str = ""
    icon: str = ""
    hue: str = ""
    what: Any = None

    @property
    def spoken(self) -> str:
        """The row as a sentence for a screen reader."""
        badge = (self.badge.words,) if self.badge else ()
        return ", ".join((self.title.words, *badge, *(fact.words for fact in self.facts)))


def found_row(hit: Hit, desk: Desk, key: str = "") -> FoundRow:
    """A find as a row."""
    identity, title = (hit.kind, hit.id), Marked(hit.title, hit.spans)
    if isinstance(hit.of, Person):
        facts = (*_facts(hit.parts), *_of_person(hit.of, desk.today()))
        return FoundRow(identity, title, facts, tier_badge(hit.of.tier), key, what=hit)
    if isinstance(hit.of, Goods):
        facts = (*_facts(hit.parts), Marked(_price(hit.of, desk)))
        return FoundRow(identity, title, facts, None, key, "ph.leaf", "accent", what=hit)
    facts = (Marked(state_words(hit.of)), *_facts(hit.parts))
    return FoundRow(identity, title, facts, None, key, "ph.chat-teardrop-text", "red", what=hit)


def state_words(case: Case) -> str:
    """The state of a complaint, in the shop's words."""
    return {
        ComplaintState.OPEN: QCoreApplication.translate("People", "open"),
        ComplaintState.WAITING: QCoreApplication.translate("People", "waiting for someone"),
        ComplaintState.RESOLVED: QCoreApplication.translate("People", "we think it is solved"),
        ComplaintState.CLOSED: QCoreApplication.translate("People", "closed"),
    }[case.state]


def severity_words(severity: Severity) -> str:
    """How bad a complaint is."""
    return {
        Severity.MINOR: QCoreApplication.translate("People", "minor"),
        Severity.SERIOUS: QCoreApplication.translate("People", "serious"),
        Severity.SEVERE: QCoreApplication.translate("People", "severe"),
    }[severity]


def _price(goods: Goods, desk: Desk) -> str:
    digits = currency(desk.settings.currency).digits
    price = desk.money(price_to_minor(goods.price, digits), drop_zeros=True)
    return f"{price} / {goods.unit}" if goods.unit else price


def _facts(parts: Sequence[Part]) -> tuple[Marked, ...]:
    return tuple(_fact(part) for part in parts)


def _fact(part: Part) -> Marked:
    if part.kind == "phone":
        return Marked(phone(part.text), phone_spans(part.text, part.spans))
    if head := _heads().get(part.kind, ""):
        return Marked(head + part.text, tuple((start + len(head), end + len(head)) for start, end in part.spans))
    return Marked(part.text, part.spans)


def _heads() -> dict[str, str]:
    """What stands before a fact that does not say by itself what it is."""
    return {
        "wechat": QCoreApplication.translate("People", "WeChat "),
        "card": QCoreApplication.translate("People", "card "),
        "lost_card": QCoreApplication.translate("People", "LOST card "),
    }


def _of_person(person: Person, today: date) -> tuple[Marked, ...]:
    facts = [Marked(ago(person.last_sale_on, today))] if person.last_sale_on else []
    if person.open_complaints:
        facts.append(Marked(QCoreApplication.translate("People", "open complaint")))
    if person.archived:
        facts.append(Marked(QCoreApplication.translate("People", "archived")))
    return tuple(facts)


class FoundDelegate(QStyledItemDelegate):
    """Paints the rows of a list of finds."""

    def __init__(self, *, height: int = 52, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(px(200), px(self._height))

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        row = index.data(RowRole)
        if not isinstance(row, FoundRow):
            return
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        cell = rect.adjusted(px(8), 1, -px(8), -1)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            paint.box(p, cell, px(RADIUS_CONTROL), "selected" if chosen else "hover")
        self._paint_row(p, cell.adjusted(px(12), 0, -px(12), 0), row)

    def _paint_row(self, p: QPainter, room: QRect, row: FoundRow) -> None:
        side = px(32)
        spot = QRect(room.left(), room.center().y() - side // 2 + 1, side, side)
        if row.icon:
            paint_tile(p, spot, row.icon, row.hue)
        else:
            paint_avatar(p, spot, row.title.words, getattr(row.what, "id", row.id))
        room.setLeft(spot.right() + 1 + px(12))
        room.setRight(room.right() - self._paint_key(p, room, row.key))
        high = px(20)
        top = room.center().y() - (high if row.facts else high // 2)
        self._paint_title(p, QRect(room.left(), top, room.width(), high), row)
        if row.facts:
            joined = between(row.facts)
            say_marked(p, QRect(room.left(), top + high, room.width(), high), joined, "small", "ink2")

    def _paint_key(self, p: QPainter, room: QRect, key: str) -> int:
        if not key:
            return 0
        wide = paint.keycap_width(key)
        paint.keycap(p, room.right() + 1 - wide, room.center().y() + 1, key)
        return wide + px(12)

    def _paint_title(self, p: QPainter, line: QRect, row: FoundRow) -> None:
        needed = badge_width(row.badge) + px(8) if row.badge else 0
        area = QRect(line.left(), line.top(), max(0, line.width() - needed), line.height())
        wide = say_marked(p, area, row.title, "strong", "ink")
        if row.badge:
            paint_badge(p, line.left() + wide + px(8), line.center().y() + 1, row.badge)


def between(facts: Sequence[Marked]) -> Marked:
    """Facts on one line with dots between them."""
    words, spans = "", []
    for fact in facts:
        words += " · " if words else ""
        spans += [(start + len(words), end + len(words)) for start, end in fact.spans]
        words += fact.words
    return Marked(words, tuple(spans))


def say_marked(p: QPainter, rect: QRect, marked: Marked, role: Role, token: str) -> int:
    """One line of words, the matched letters in the accent and heavier; cut at the end; returns its width."""
    x, end = rect.left(), rect.right() + 1
    for words, hot in _runs(marked):
        if x >= end:
            break
        weight = 600 if hot else None
        ink = "accent_text" if hot else token
        x += paint.say(p, QRect(x, rect.top(), end - x, rect.height()), words, role, ink, weight=weight)
    return x - rect.left()


def marked_width(marked: Marked, role: Role) -> int:
    """The width `say_marked` needs."""
    measure = look.current().measure
    return sum(measure(words, role, weight=600 if hot else None) for words, hot in _runs(marked))


def _runs(marked: Marked) -> list[tuple[str, bool]]:
    runs, at = [], 0
    for start, end in marked.spans:
        runs += [(marked.words[at:start], False), (marked.words[start:end], True)]
        at = end
    return [run for run in (*runs, (marked.words[at:], False)) if run[0]]
