"""Cards: how stored value and its bonus pay, and how member cards are numbered."""

from app.domain.rewards.bonus import BonusOrder
from app.views.settings.binding import FormCard, SettingsForm
from app.views.settings.kinds import ShareField
from app.views.settings.numbering import NumberingCard
from app.views.settings.page import SettingsPage
from app.views.shared.fields import ComboBox


class CardsPage(SettingsPage):
    watches = frozenset({"settings", "member_cards"})

    def build(self) -> None:
        self.stored = SettingsForm(self.desk)
        self.numbering = NumberingCard(self.desk)
        self.forms = (self.stored, self.numbering.scheme)
        self.stored.put("stored_bonus_order", ComboBox())
        self.stored.put("stored_bonus_share", ShareField())
        self.card = FormCard(self.stored)
        self.arrange(self.card, self.numbering)

    def reload(self) -> None:
        super().reload()
        self.numbering.show_next()

    def retranslate(self) -> None:
        self.numbering.retranslate()
        self.card.say(
            self.tr("Stored value"),
            self.tr("A changed rule holds for payments from now on. A refund pays out what the customer paid in."),
        )
        self.stored.word(
            {
                "stored_bonus_order": self.tr("What pays first"),
                "stored_bonus_share": self.tr("The bonus may pay of one bill at most"),
            }
        )
        self.stored.field("stored_bonus_order").show_choices(
            [
                (BonusOrder.TOGETHER, self.tr("both together, in proportion")),
                (BonusOrder.PRINCIPAL_FIRST, self.tr("the customer's money first")),
                (BonusOrder.BONUS_FIRST, self.tr("the bonus first")),
            ]
        )
        self.stored.field("stored_bonus_share").set_unit("%")
