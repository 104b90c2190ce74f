"""The head of a card: who it is, how to reach them, and the three acts."""

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.birthdays import Birthday
from app.domain.member_cards import grouped
from app.services import member_cards
from app.services.customers import Card
from app.views.customers.photos import PhotoAvatar
from app.views.customers.words import joined
from app.views.shared import look, paint
from app.views.shared.badges import Badge
from app.views.shared.birthday_words import lunar_words
from app.views.shared.buttons import Button, IconButton
from app.views.shared.contact_words import spoken_words
from app.views.shared.desk import Desk
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import box, column, row
from app.views.shared.look import px
from app.views.shared.people_words import month, on_day, phone, tier_badge
from app.views.shared.tokens import RADIUS_BADGE

MOST_TAGS = 3


class Tag(QWidget):
    """One tag: a hairline around it, so that it is no standing."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.follow(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(look.current().measure(self._words, "caption") + px(14), px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        p = QPainter(self)
        paint.box(p, self.rect(), px(RADIUS_BADGE), "surface", "line")
        paint.say(p, self.rect(), self._words, "caption", "ink2", paint.CENTRE)
        p.end()


class CardHead(QWidget):
    """Avatar, name, tier, tags, one line of facts; Log, Sell and more."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.avatar = PhotoAvatar(desk)
        self.name, self.facts = ElidedLabel("", "title", weight=600), ElidedLabel("", "small", tone="ink2")
        self.tier, self.tags = Badge(), row(gap=4)
        self.tag_box = box(self.tags)
        self.log = Button("", icon="ph.note-pencil", key="L")
        self.sell = Button("", "primary", icon="ph.receipt", key="F2")
        self.member_card = IconButton("ph.qr-code", kind="secondary", size="normal")
        self.more = IconButton("ph.dots-three", kind="secondary", size="normal")
        self.remember = IconButton("ph.push-pin", size="normal")
        self.remember.setCheckable(True)
        self.remember.hide()
        line = self._line = box(row(self.name, self.tier, self.tag_box, None, gap=8))
        self.setLayout(
            row(
                self.avatar,
                (column(line, self.facts, gap=2), 1),
                self.remember,
                self.log,
                self.sell,
                self.member_card,
                self.more,
                gap=12,
            )
        )
        line.installEventFilter(self)
        self.retranslate()

    _narrow = False

    def retranslate(self) -> None:
        self.log.setText(self.tr("Log contact"))
        self.sell.setText(self.tr("Sell"))
        self.more.set_name(self.tr("More"))
        self._word_card()
        self.remember.set_name(self.tr("Remember"))

    def set_narrow(self, narrow: bool) -> None:
        """Where space is scarce: one button by its icon, no tags, the facts behind a button."""
        self._narrow = narrow
        self.log.set_compact(narrow)
        self.remember.setVisible(narrow and not self.log.isHidden())
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The line also changes with the buttons beside it."""
        if watched is self._line and event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _fit(self) -> None:
        """The tags give way to the name, which gives way to nothing."""
        needed = sum(part.sizeHint().width() + px(8) for part in (self.name, self.tier, self.tag_box))
        self.tag_box.setVisible(not self._narrow and needed <= self._line.width())

    def show_card(self, card: Card) -> None:
        """Show somebody's head."""
        self.avatar.show_card(card)
        living = card.erased_at is None
        for part in (self.log, self.sell, self.member_card, self.more):
            part.setVisible(living)
        self.remember.setVisible(living and self._narrow)
        self.name.setText(card.name if living else self.tr("Customer {number}").replace("{number}", card.name))
        self.tier.show_badge(tier_badge(card.tier, crown=True))
        self._show_tags(card.draft.tags)
        held = self._desk.gateway.read(member_cards.cards_of, card.id)
        self._number = next((one.number for one in held if one.good), "")
        self._word_card()
        self.facts.setText(self._said(card))
        self._fit()

    _number = ""

    def _word_card(self) -> None:
        number = self.tr("Member card {number}").replace("{number}", grouped(self._number))
        self.member_card.set_name(number if self._number else self.tr("Give a member card"))

    def _show_tags(self, tags: tuple[str, ...]) -> None:
        while (item := self.tags.takeAt(0)) is not None:
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        more = [f"+{len(tags) - MOST_TAGS}"] if len(tags) > MOST_TAGS else []
        for words in (*tags[:MOST_TAGS], *more):
            self.tags.add(tag := Tag(words))
            tag.show()  # what is not shown yet counts for nothing when the line is measured

    def _said(self, card: Card) -> str:
        draft = card.draft
        phones = phone(draft.phones[0].text) if draft.phones else ""
        wechat = self.tr("WeChat {id}").replace("{id}", draft.wechat) if draft.wechat else ""
        born = self._birthday(card) if draft.birthday else ""
        since = self.tr("since {month}").replace("{month}", month(self._desk.day_of(card.created_at)))
        spoken = spoken_words(card.last_contact_on, self._desk.today())
        hidden = self.tr("archived") if card.archived and card.erased_at is None else ""
        number = self.tr("card {number}").replace("{number}", grouped(self._number)) if self._number else ""
        return joined(hidden, draft.company, phones, number, wechat, born, since, spoken)

    def _birthday(self, card: Card) -> str:
        birthday, today = card.draft.birthday, self._desk.today()
        if birthday is None or card.birthday_next is None:
            return ""
        if card.birthday_next == today:
            return self.tr("birthday today")
        said = on_day(card.birthday_next, today.replace(year=card.birthday_next.year))
        return self._lunar(birthday, said) if birthday.lunar else self.tr("birthday {day}").replace("{day}", said)

    def _lunar(self, birthday: Birthday, said: str) -> str:
        words = self.tr("{lunar}, this time {day}")
        return words.replace("{lunar}", lunar_words(birthday)).replace("{day}", said)
