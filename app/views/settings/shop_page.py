"""The shop itself: its name, its money, its hours and days of rest."""

from collections.abc import Sequence
from zoneinfo import available_timezones

from PySide6.QtCore import QSize

from app.domain.holidays import Holiday
from app.domain.money import CURRENCIES, currency
from app.services import backup, settings
from app.views.settings.binding import FormCard, SettingsForm
from app.views.settings.holidays_dialog import HolidaysDialog
from app.views.settings.hours_fields import HolidaysField, WeekField
from app.views.settings.page import SettingsPage
from app.views.shared.buttons import Button
from app.views.shared.fields import ComboBox, LineEdit
from app.views.shared.look import px

REGIONS = {
    "CN": 86,
    "HK": 852,
    "MO": 853,
    "TW": 886,
    "SG": 65,
    "MY": 60,
    "JP": 81,
    "KR": 82,
    "TH": 66,
    "VN": 84,
    "AU": 61,
    "NZ": 64,
    "US": 1,
    "CA": 1,
    "GB": 44,
    "IE": 353,
    "DE": 49,
    "FR": 33,
    "IT": 39,
    "ES": 34,
}
"""Where phones without a country code are from, with the code they then have."""
NEAR = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Macau", "Asia/Taipei", "Asia/Singapore", "Asia/Kuala_Lumpur")


class WideBox(ComboBox):
    """A choice among very many: its width does not ask each of them."""

    def sizeHint(self) -> QSize:
        return QSize(px(260), px(36))


class ShopPage(SettingsPage):
    watches = frozenset({"settings", "sales"})

    def build(self) -> None:
        self.shop, self.hours = SettingsForm(self.desk), SettingsForm(self.desk)
        self.forms = (self.shop, self.hours)
        self.name, self.money = LineEdit(), ComboBox()
        self.shop.put("name", self.name, check=lambda name: "" if name else self.tr("Every shop needs a name"))
        self.shop.put("currency", self.money)
        self.shop.put("timezone", WideBox())
        self.shop.put("phone_region", ComboBox())
        self.days, self.rest = WeekField(), HolidaysField()
        self.hours.put("week", self.days)
        self.hours.put("holidays", self.rest)
        self.propose = Button("", "link", size="small")
        self.propose.clicked.connect(self._on_propose)
        self.hours.add_aside(self.propose)
        self.about, self.week = FormCard(self.shop), FormCard(self.hours)
        self.arrange(self.about, self.week)

    def retranslate(self) -> None:
        self.about.say(self.tr("Shop"), self.tr("The name stands on slips and in the title of the window."))
        self.week.say(
            self.tr("Opening hours"),
            self.tr("The clock of a complaint runs only while the shop is open. A shop may close after midnight."),
        )
        self.shop.word(
            {
                "name": self.tr("Name"),
                "currency": self.tr("Currency"),
                "timezone": self.tr("Time zone"),
                "phone_region": self.tr("Phones are from"),
            }
        )
        self.hours.word(
            {
                "week": self.tr("Open"),
                "holidays": self.tr("Closed on"),
            }
        )
        self.days.retranslate()
        self.rest.retranslate()
        self.propose.setText(self.tr("Propose public holidays…"))
        self._say_choices()

    def reload(self) -> None:
        self._offer_money()
        super().reload()

    def _on_propose(self) -> None:
        self.asking = HolidaysDialog(self.desk, self, self.desk.settings.holidays, self._put_holidays)
        self.asking.present()

    def _put_holidays(self, found: Sequence[Holiday]) -> bool:
        """Among the days of rest there are, in their order; False where that was refused, and said so."""
        kept = {Holiday.parse(words) for words in self.desk.settings.holidays} | set(found)
        holidays = tuple(str(one) for one in sorted(kept))
        said = self.tr("%n day(s) of rest added", "", sum(len(one.days) for one in found))
        return self.gateway.write(settings.change, {"holidays": holidays}, said=said) is not None

    def _say_choices(self) -> None:
        rest = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
        zones = dict.fromkeys((*NEAR, *rest, "UTC", self.desk.settings.timezone))
        self.shop.field("timezone").show_choices([(zone, zone.replace("_", " ")) for zone in zones])
        regions = {**REGIONS, **dict.fromkeys({self.desk.settings.phone_region} - REGIONS.keys())}
        self.shop.field("phone_region").show_choices(
            [(code, f"{code} +{dial}" if dial else code) for code, dial in regions.items()]
        )

    def _offer_money(self) -> None:
        """Other currencies that count the same decimals, and only while nothing was sold."""
        now = currency(self.desk.settings.currency)
        codes = dict.fromkeys((now.code, *(code for code in CURRENCIES if currency(code).digits == now.digits)))
        self.money.show_choices([(code, f"{currency(code).sign.strip()} {code}") for code in codes])
        sold = self.gateway.read(backup.contents).counts["sales"]
        self.money.setEnabled(not sold)
        self.money.setToolTip(self.tr("There are sales in this currency already") if sold else "")
