"""Points and tiers: what a purchase earns, what points pay, how long they last; over which time a tier is looked at."""

from decimal import Decimal

from app.domain.money import currency
from app.domain.shop import ShopSettings, TierWindow
from app.domain.shop_limits import LIMITS
from app.views.settings.binding import FormCard, SettingsForm
from app.views.settings.kinds import ShareField
from app.views.settings.page import SettingsPage
from app.views.shared.buttons import Button
from app.views.shared.cards import Card
from app.views.shared.desk import EditRules, OpenPlace
from app.views.shared.fields import CheckBox, ComboBox
from app.views.shared.labels import PlainLabel
from app.views.shared.layouts import row
from app.views.shared.number_fields import WholeField


class PointsPage(SettingsPage):
    def build(self) -> None:
        self.points, self.tiers = SettingsForm(self.desk), SettingsForm(self.desk)
        self.forms = (self.points, self.tiers)
        self.points.put("points_worth", WholeField(*LIMITS["points_worth"]))
        self.points.put("points_step", WholeField(*LIMITS["points_step"]))
        self.points.put("points_cap", ShareField())
        for key in ("points_expiry_months", "points_pending_days", "points_give_back_days"):
            self.points.put(key, WholeField(*LIMITS[key]))
        self.points.put("import_earns", CheckBox())
        self.tiers.put("tier_window", ComboBox())
        self.tiers.put("tier_grace_days", WholeField(*LIMITS["tier_grace_days"]))
        self.rule = PlainLabel("", "body", wrap=True)
        self.example = Card(self.rule, kind="soft")
        self.earning, self.standing = FormCard(self.points), FormCard(self.tiers)
        self.earning.body.insertWidget(2, self.example)
        self.members = Button(kind="link")
        self.members.clicked.connect(lambda: self.desk.ask(OpenPlace("members")))
        self.rules = Button(kind="link")
        self.rules.clicked.connect(lambda: self.desk.ask(EditRules()))
        self.earning.body.add(row(self.rules, None))
        self.standing.body.add(row(self.members, None))
        self.arrange(self.earning, self.standing)

    def retranslate(self) -> None:
        self.earning.say(
            self.tr("Points"),
            self.tr("A changed rule holds for purchases from now on; points that were given keep theirs."),
        )
        self.standing.say(
            self.tr("Tiers"), self.tr("Another window counts every purchase anew at once, and can be undone.")
        )
        self.rules.setText(self.tr("What a purchase earns, and what doubles it →"))
        self.members.setText(self.tr("Thresholds and benefits stand on Members →"))
        self._word_points()
        self._word_tiers()
        self._say_units()

    def reload(self) -> None:
        super().reload()
        self._say_units()
        self.rule.setText(self.sentence(self.desk.settings))

    def sentence(self, shop: ShopSettings) -> str:
        """The whole rule in words, for whoever would rather read than reckon."""
        parts = [
            self.tr("{points} points pay {unit}").replace("{points}", str(shop.points_worth)),
            self.tr("in steps of {step}, at most {share}% of a bill")
            .replace("{step}", str(shop.points_step))
            .replace("{share}", _short(Decimal(shop.points_cap) / 10)),
            self._lasting(shop),
        ]
        if shop.points_pending_days:
            parts.append(self.tr("spendable after %n day(s)", "", shop.points_pending_days))
        said = self.tr("; ").join(parts) + self.tr(".")
        return said.replace("{unit}", self._unit(shop))

    def _lasting(self, shop: ShopSettings) -> str:
        if not shop.points_expiry_months:
            return self.tr("they never expire")
        return self.tr("they expire at the end of the month, %n month(s) later", "", shop.points_expiry_months)

    def _unit(self, shop: ShopSettings) -> str:
        return f"{currency(shop.currency).sign}1"

    def _word_points(self) -> None:
        self.points.word(
            {
                "points_worth": self.tr("Points that pay one unit"),
                "points_step": self.tr("Spent in steps of"),
                "points_cap": self.tr("May pay of a bill at most"),
                "points_expiry_months": self.tr("Last so many months (0: for ever)"),
                "points_pending_days": self.tr("Spendable after"),
                "points_give_back_days": self.tr("Given back by a return, last"),
                "import_earns": self.tr("Past sales"),
            }
        )
        self.points.field("import_earns").setText(self.tr("Imported sales earn points"))

    def _word_tiers(self) -> None:
        self.tiers.word(
            {
                "tier_window": self.tr("Purchases that count"),
                "tier_grace_days": self.tr("Grace before a tier is lost"),
            }
        )
        self.tiers.field("tier_window").show_choices(
            [
                (TierWindow.ROLLING, self.tr("of the last 365 days")),
                (TierWindow.CALENDAR, self.tr("of the calendar year")),
                (TierWindow.LIFETIME, self.tr("of all time")),
            ]
        )

    def _say_units(self) -> None:
        points, days = self.tr("points"), self.tr("days")
        units = {
            "points_worth": points,
            "points_step": points,
            "points_cap": "%",
            "points_expiry_months": self.tr("months"),
            "points_pending_days": days,
            "points_give_back_days": days,
        }
        for key, words in units.items():
            self.points.field(key).set_unit(words)
        self.tiers.field("tier_grace_days").set_unit(days)


def _short(number: Decimal) -> str:
    return f"{number.normalize():f}"
