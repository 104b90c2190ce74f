"""How the shop numbers its member cards, and what the next one is called."""

from app.domain.member_cards import PREFIX
from app.domain.shop_limits import LIMITS
from app.services import member_cards
from app.views.settings.binding import FormCard, SettingsForm
from app.views.shared.cards import Card
from app.views.shared.codes import CodeView
from app.views.shared.desk import Desk
from app.views.shared.fields import LineEdit
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import column, row
from app.views.shared.look import px
from app.views.shared.number_fields import NARROW, WholeField


class NumberingCard(FormCard):
    """Letters in front, running digits, a check digit; the next card as a scanner would read it."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self.scheme, self.prefix = desk, SettingsForm(desk), _Letters()
        self.scheme.put("member_card_prefix", self.prefix, check=self._check)
        self.scheme.put("member_card_digits", WholeField(*LIMITS["member_card_digits"]))
        self.next, self.code = PlainLabel("", "strong"), CodeView(bars=True, size=(220, 56))
        self.told = PlainLabel("", "small", tone="ink2", wrap=True)
        super().__init__(self.scheme)
        self.body.add(Card(column(row(self.next, None), self.code, self.told, gap=8), kind="soft"))

    def retranslate(self) -> None:
        self.say(
            self.tr("Numbers of member cards"),
            self.tr("Cards that were given keep their numbers. Plastic cards with numbers of their own work as well."),
        )
        self.scheme.word(
            {
                "member_card_prefix": self.tr("Letters in front"),
                "member_card_digits": self.tr("Digits of the running number"),
            }
        )
        self.scheme.field("member_card_digits").set_unit(self.tr("digits"))
        self.prefix.setPlaceholderText(self.tr("none"))
        self.told.setText(self.tr("The last digit checks the others: a slip of the finger is noticed at once."))
        self.show_next()

    def show_next(self) -> None:
        """Show what the next card will be called."""
        number = self._desk.gateway.read(member_cards.next_number)
        self.next.setText(self.tr("The next card: {number}").replace("{number}", number))
        self.code.show_code(number)

    def _check(self, letters: object) -> str:
        return "" if PREFIX.fullmatch(str(letters)) else self.tr("At most four letters from A to Z, or none")


class _Letters(LineEdit):
    """Letters are capitals, however they are typed."""

    def value(self) -> str:
        return str(super().value()).upper()

    def relook(self) -> None:
        super().relook()
        self.setFixedWidth(px(NARROW))
