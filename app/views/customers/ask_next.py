"""The one question to ask next: what the card lacks most, answered by a digit or in one field."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.domain.interactions import Channel
from app.services.customers import Card, CustomerDraft, Labelled
from app.views.customers.fact_words import fact_words, reach_words, wish_words
from app.views.shared.birthday_words import lunar_words
from app.views.shared.buttons import Button
from app.views.shared.cards import Card as Surface
from app.views.shared.chips import Chips, ChipView
from app.views.shared.fields import LineEdit
from app.views.shared.labels import ElidedLabel
from app.views.shared.layouts import column, row
from app.views.shared.meters import Ring
from app.views.shared.people_words import phone

FACT_OF = {"phone": "phones", "preference": "preferences", "address": "addresses"}
"""The fields that count, by the name of the fact on the card where it is another."""


class AskNext(Surface):
    """Hides itself when there is nothing to ask or the question was skipped."""

    answered = Signal(object)
    """The draft with the answer in it."""
    wants_form = Signal(str)
    """The name of a field that needs more room than this line has."""
    confirmed = Signal(str)
    """A field that was heard to be still right."""
    consented = Signal(object, bool)
    """A channel, and whether they may be written to or called by it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(kind="soft", margins=(12, 8, 12, 8), parent=parent)
        self._card: Card | None = None
        self._quiet = False
        self._skipped: set[tuple[int, str]] = set()
        self.ring = Ring()
        self.question, self.caption = ElidedLabel("", "strong", weight=600), ElidedLabel("", "caption", tone="ink2")
        self.chips, self.field = Chips(size="form", digits=True, may_be_none=True), LineEdit(height=32)
        self.open, self.skip = Button(size="small"), Button("", "quiet", size="small")
        said = column(self.question, self.caption, gap=0)
        self.body.add(row(self.ring, (said, 1), self.chips, self.field, self.open, self.skip, gap=12))
        self.chips.chosen.connect(self._on_chosen)
        self.field.returnPressed.connect(lambda: self._answer(self.field.value()))
        self.open.clicked.connect(lambda: self.wants_form.emit(self._card.completeness.ask if self._card else ""))
        self.skip.clicked.connect(self._on_skip)
        self.hide()

    def retranslate(self) -> None:
        if self._card is not None:
            self.show_card(self._card, quiet=self._quiet)

    def show_card(self, card: Card, *, quiet: bool = False) -> None:
        """Ask what this card lacks most; `quiet`: there is no room to ask."""
        self._card, self._quiet = card, quiet
        ask = card.completeness.ask
        self.setVisible(bool(ask) and not quiet and (card.id, ask) not in self._skipped)
        if not ask:
            return
        share = card.completeness.share
        self.ring.show_share(share / 100, f"{share}")
        self.question.setText(self._question(card))
        self.field.setAccessibleName(self.question.text())
        caption = self.tr("Card {share}% complete; {then}% with this").replace("{share}", str(share))
        self.caption.setText(caption.replace("{then}", str(card.completeness.share_then)))
        self.skip.setText(self.tr("Skip"))
        self.open.setText(self.tr("Fill in…"))
        self._offer(ask)

    def choose_digit(self, digit: int) -> bool:
        """Answer by a digit, where the question has choices."""
        return self.isVisible() and not self.chips.isHidden() and self.chips.choose_digit(digit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.field.hasFocus():
            self.field.clear()
        super().keyPressEvent(event)

    def _question(self, card: Card) -> str:
        """What to ask: whether what is old still holds, else the heaviest gap."""
        ask = card.completeness.ask
        if card.completeness.stale and ask != "consent":
            said = self.tr("Still right? {fact}: {value}").replace("{fact}", fact_name(ask))
            return said.replace("{value}", told(card.draft, ask))
        words = question(ask).replace("{channel}", reach_words(channel_to_ask(card.draft)))
        return self.tr("Ask next: {question}").replace("{question}", words)

    def _offer(self, ask: str) -> None:
        stale = bool(self._card and self._card.completeness.stale)
        yes_or_no = stale or ask == "consent"
        self.chips.setVisible(ask == "source" or yes_or_no)
        self.field.setVisible(not yes_or_no and ask in ("phone", "name", "preference", "wechat", "address"))
        self.open.setVisible(not yes_or_no and ask == "birthday")
        self.field.clear()
        if yes_or_no:
            agree = ask == "consent" and not stale
            yes, no = (self.tr("They agree"), self.tr("They refuse")) if agree else (self.tr("Yes"), self.tr("No"))
            self.chips.show_chips([ChipView(True, yes), ChipView(False, no)])
        elif ask == "source":
            self.chips.show_chips([ChipView(code, words) for code, words in source_choices()])
        self.chips.set_value(None)

    def _on_chosen(self, value: object) -> None:
        card = self._card
        if card is None or value is None:
            return
        ask = card.completeness.ask
        if ask == "consent":
            self.consented.emit(channel_to_ask(card.draft), bool(value))
        elif card.completeness.stale and value:
            self.confirmed.emit(ask)
        elif card.completeness.stale:
            self.chips.set_value(None)
            self.wants_form.emit(ask)
        else:
            self._answer(str(value))

    def _answer(self, said: str) -> None:
        if self._card is not None and said:
            self.answered.emit(_with_answer(self._card.draft, self._card.completeness.ask, said))

    def _on_skip(self) -> None:
        if self._card is not None:
            self._skipped.add((self._card.id, self._card.completeness.ask))
            self.hide()


def question(ask: str) -> str:
    """The question that fills a field."""
    return {
        "phone": QCoreApplication.translate("AskNext", "which phone may we call?"),
        "name": QCoreApplication.translate("AskNext", "what is their name?"),
        "birthday": QCoreApplication.translate("AskNext", "when is their birthday?"),
        "preference": QCoreApplication.translate("AskNext", "what do they like?"),
        "source": QCoreApplication.translate("AskNext", "how did they find us?"),
        "wechat": QCoreApplication.translate("AskNext", "what is their WeChat?"),
        "address": QCoreApplication.translate("AskNext", "where do they live?"),
        "consent": QCoreApplication.translate("AskNext", "may we reach them with news? ({channel})"),
    }[ask]


def fact_name(ask: str) -> str:
    """What a field that counts is called on the card."""
    return fact_words(FACT_OF.get(ask, ask))


def told(draft: CustomerDraft, ask: str) -> str:
    """What the card says in a field that counts, short enough for the question."""
    birthday = draft.birthday
    said = {
        "phone": phone(draft.phones[0].text) if draft.phones else "",
        "name": draft.name,
        "birthday": lunar_words(birthday) or f"{birthday.month:02}-{birthday.day:02}" if birthday else "",
        "preference": draft.preferences or ", ".join(wish_words(wish) for wish in draft.values_ranked),
        "source": dict(source_choices()).get(draft.source, draft.source),
        "wechat": draft.wechat,
        "address": draft.addresses[0].text if draft.addresses else "",
    }
    return said[ask]


def channel_to_ask(draft: CustomerDraft) -> Channel:
    """By which way a person would be written to: the one they prefer, else one they can be reached by."""
    if draft.preferred_channel in (Channel.WECHAT, Channel.SMS, Channel.CALL, Channel.EMAIL):
        return Channel(draft.preferred_channel)
    if draft.wechat:
        return Channel.WECHAT
    return Channel.SMS if draft.phones or not draft.emails else Channel.EMAIL


def source_choices() -> list[tuple[str, str]]:
    """How people find a shop: code and words."""
    return [
        ("walk_in", QCoreApplication.translate("AskNext", "Walked in")),
        ("friend", QCoreApplication.translate("AskNext", "A friend")),
        ("online", QCoreApplication.translate("AskNext", "Online")),
        ("event", QCoreApplication.translate("AskNext", "An event")),
    ]


def _with_answer(draft: CustomerDraft, ask: str, said: str) -> CustomerDraft:
    match ask:
        case "phone":
            return replace(draft, phones=(Labelled(said, "mobile"), *draft.phones))
        case "address":
            return replace(draft, addresses=(Labelled(said, "home"), *draft.addresses))
        case "name":
            return replace(draft, name=said)
        case "preference":
            return replace(draft, preferences=said)
        case "wechat":
            return replace(draft, wechat=said)
    return replace(draft, source=said)
