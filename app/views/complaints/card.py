"""A case as a painted card: number and severity, who, their words, and what the clock says."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.complaints import ON_THE_RAIL, written_number
from app.services.complaints import CaseCard
from app.views.complaints import words
from app.views.complaints.card_pictures import CardPictures
from app.views.complaints.words import ClockWords, Said
from app.views.shared import look, paint
from app.views.shared.avatars import paint_avatar, paint_disc
from app.views.shared.badges import BadgeView, badge_width, paint_badge
from app.views.shared.look import px
from app.views.shared.meters import paint_meter
from app.views.shared.people_words import tier_badge
from app.views.shared.rows_model import RowRole
from app.views.shared.tokens import RADIUS_CARD, Role

PAD, BETWEEN = 12, 8
_LINE, _AVATAR, _BAR = 20, 24, 4
_MOST_OPEN, _MOST_SETTLED = 3, 2
_WORDS: Role = "small"


@dataclass(frozen=True, slots=True)
class CardView:
    """What a card shows; worded once a reload."""

    id: int
    card: CaseCard
    number: str
    severity: BadgeView
    spot: BadgeView | None
    up: BadgeView | None
    """With the owner."""
    answer: Said | None
    name: str
    tier: BadgeView | None
    told: str
    about: str
    said: Said

    @property
    def spoken(self) -> str:
        """The card as one sentence for a screen reader."""
        signs = (sign.words for sign in (self.up, self.spot, self.answer) if sign is not None)
        parts = (self.number, self.severity.words, *signs, self.name, self.told, self.about, self.said.words)
        return ", ".join(part for part in parts if part)


def card_view(card: CaseCard, clocks: ClockWords) -> CardView:
    """Word a case in the language on screen."""
    return CardView(
        id=card.id,
        card=card,
        number=written_number(card.number),
        severity=words.severity_badge(card.severity),
        spot=words.spot_badge() if card.on_the_spot else None,
        up=words.owner_badge() if card.escalated else None,
        answer=clocks.answer(card),
        name=words.name_of(card),
        tier=tier_badge(card.who.tier, crown=True) if card.who and card.who.tier.top else None,
        told=words.told(card),
        about=words.about(card),
        said=clocks.say(card),
    )


def lines_of(said: str, width: int, most: int, role: Role = _WORDS) -> list[str]:
    """Words broken into at most so many lines; the last one is elided where there are more."""
    face = look.font(role)
    lines: list[str] = []
    layout, start = QTextLayout(said, face), 0
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    while len(lines) < most and (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        start = line.textStart()
        lines.append(said[start : start + line.textLength()].rstrip())
    layout.endLayout()
    if lines and start + len(lines[-1]) < len(said.rstrip()):
        lines[-1] = QFontMetrics(face).elidedText(said[start:], Qt.TextElideMode.ElideRight, width)
    return lines


class CardDelegate(QStyledItemDelegate):
    """Paints cards under each other, with a gap beneath each. `active` is asked whether this lane is the one in use.

    `plain`: they lie on another ground than that of the place.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.active = self.plain = False
        self._pictures = CardPictures()
        self._broken: dict[tuple[str, int, int, float], list[str]] = {}

    def displayText(self, value: Any, _locale: Any) -> str:
        return str(value)

    def lines(self, view: CardView, width: int) -> list[str]:
        """The words of a card of this width."""
        most = _MOST_OPEN if view.card.state in ON_THE_RAIL else _MOST_SETTLED
        key = (view.told, width, most, look.current().scale)
        if key not in self._broken:
            if len(self._broken) > 500:
                self._broken.clear()
            self._broken[key] = lines_of(view.told, width - 2 * px(PAD), most)
        return self._broken[key]

    def height(self, view: CardView, width: int) -> int:
        """The height of a card with its gap."""
        text = len(self.lines(view, width)) * px(_LINE)
        bar = px(_BAR) + px(6) if view.said.share is not None else 0
        return 2 * px(PAD) + px(_LINE) + px(6) + px(_AVATAR) + px(6) + text + px(4) + px(_LINE) + bar + px(BETWEEN)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        view, width = index.data(RowRole), self._width(option)
        return QSize(width, self.height(view, width) if view else 0)

    def _width(self, option: QStyleOptionViewItem) -> int:
        """The width words are broken for: as if the scroll bar were there, or its coming would cut the cards."""
        shown: Any = option.widget
        if shown is None:
            return px(240)
        return int(shown.width() - shown.verticalScrollBar().sizeHint().width())

    def paint(self, p: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        view = index.data(RowRole)
        if view is None:
            return
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = self.active and bool(state & QStyle.StateFlag.State_Selected)
        focused = chosen and bool(state & QStyle.StateFlag.State_HasFocus)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        lines = self.lines(view, self._width(option))

        def paint_card(on: QPainter, rect: QRect) -> None:
            _CardPainter(on, rect, view, lines).paint(chosen=chosen, focused=focused, over=over)

        card = area.adjusted(0, 0, 0, -px(BETWEEN))
        if self.plain:
            paint_card(p, card)
        else:
            self._pictures.lay(p, card, view, (chosen, focused, over), paint_card)


class _CardPainter:
    """One card on one painter, from the top down."""

    def __init__(self, p: QPainter, rect: QRect, view: CardView, lines: list[str]) -> None:
        self._p, self._rect, self._view, self._lines = p, rect, view, lines
        self._room = rect.adjusted(px(PAD), px(PAD), -px(PAD), -px(PAD))
        self._y = self._room.top()

    def paint(self, *, chosen: bool, focused: bool, over: bool) -> None:
        ground = "selected" if chosen else "hover" if over else "surface"
        paint.box(self._p, self._rect, px(RADIUS_CARD), ground, "accent" if focused else "line")
        if chosen and not focused:
            bar = QRect(self._rect.left() + 1, self._rect.center().y() - px(14), px(3), px(28))
            paint.box(self._p, bar, px(3) / 2, "accent")
        self._paint_head()
        self._paint_person()
        self._paint_words()
        self._paint_foot()

    def _line(self, high: int) -> QRect:
        line = QRect(self._room.left(), self._y, self._room.width(), px(high))
        self._y += px(high)
        return line

    def _paint_head(self) -> None:
        line = self._line(_LINE)
        middle = line.center().y() + 1
        x = line.left() + paint.say(self._p, line, self._view.number, "small", "ink2") + px(8)
        paint_badge(self._p, x, middle, self._view.severity)
        x += badge_width(self._view.severity) + px(8)
        if self._view.up:
            x += self._paint_up(self._view.up, line, x) + px(8)
        if self._view.spot:
            self._paint_spot(self._view.spot, line, x)
        elif self._view.answer:
            self._paint_answer(self._view.answer, line, x)
        self._y += px(6)

    def _paint_up(self, badge: BadgeView, line: QRect, left: int) -> int:
        """With its words where what stands at the right keeps room for its sign; answers how wide it is."""
        middle, after = line.center().y() + 1, px(24) if self._view.spot or self._view.answer else 0
        if left + badge_width(badge) + after <= line.right() + 1:
            paint_badge(self._p, left, middle, badge)
            return badge_width(badge)
        spot = QPointF(left + px(8), middle)
        paint.glyph(self._p, paint.square(spot, px(16)), badge.icon or "ph.arrow-up", "red_text")
        return px(16)

    def _paint_spot(self, badge: BadgeView, line: QRect, free: int) -> None:
        """On a narrow card only its sign, never over the severity."""
        left, middle = line.right() + 1 - badge_width(badge), line.center().y() + 1
        if left >= free:
            paint_badge(self._p, left, middle, badge)
        else:
            spot = QPointF(line.right() + 1 - px(8), middle)
            paint.glyph(self._p, paint.square(spot, px(16)), "ph.check-circle", "accent_text")

    def _paint_answer(self, said: Said, line: QRect, free: int) -> None:
        """The words where there is room for all of them, else their sign."""
        weight = 600 if said.strong else None
        room = QRect(free, line.top(), line.right() + 1 - free, line.height())
        if look.current().measure(said.words, "caption", weight=weight) <= room.width():
            paint.say(self._p, room, said.words, "caption", said.tone, paint.RIGHT, weight=weight)
        else:
            spot = QPointF(line.right() + 1 - px(8), line.center().y() + 1)
            paint.glyph(self._p, paint.square(spot, px(16)), said.icon, said.tone)

    def _paint_person(self) -> None:
        view, line = self._view, self._line(_AVATAR)
        spot = QRect(line.left(), line.top(), px(_AVATAR), px(_AVATAR))
        if view.card.who:
            paint_avatar(self._p, spot, view.name, view.card.who.id)
        else:
            paint_disc(self._p, spot, "ph.user")
        badge = badge_width(view.tier) + px(8) if view.tier else 0
        left = spot.right() + 1 + px(8)
        area = QRect(left, line.top(), max(0, line.right() + 1 - left - badge), line.height())
        wide = paint.say(self._p, area, view.name, "strong", "ink" if view.card.who else "ink2")
        if view.tier:
            paint_badge(self._p, left + wide + px(8), line.center().y() + 1, view.tier)
        self._y += px(6)

    def _paint_words(self) -> None:
        for words_ in self._lines:
            paint.say(self._p, self._line(_LINE), words_, _WORDS, "ink")
        self._y += px(4)

    def _paint_foot(self) -> None:
        """What about gives way to what the clock says: first how it came, then what it is."""
        said, line = self._view.said, self._line(_LINE)
        weight = 600 if said.strong else None
        wide = min(look.current().measure(said.words, "caption", weight=weight) + 1, line.width() - px(20))
        spot = QRect(line.right() + 1 - wide, line.top(), wide, line.height())
        paint.say(self._p, spot, said.words, "caption", said.tone, paint.RIGHT, weight=weight)
        middle = QPoint(spot.left() - px(11), line.center().y() + 1)
        paint.glyph(self._p, paint.square(QPointF(middle), px(14)), said.icon, said.tone)
        rest = QRect(line.left(), line.top(), max(0, middle.x() - px(14) - line.left()), line.height())
        about = (self._view.about, self._view.about.split(" · ")[0], "")
        measure = look.current().measure
        shown = next(words_ for words_ in about if measure(words_, "caption") <= rest.width() or not words_)
        paint.say(self._p, rest, shown, "caption", "ink2")
        if said.share is not None:
            self._y += px(6)
            paint_meter(self._p, self._line(_BAR), said.share, said.bar)
