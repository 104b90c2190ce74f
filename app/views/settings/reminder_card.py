"""Reminders: whether, how long before the hour, when in the morning, and the quiet hours."""

from datetime import time

from app.domain.shop_limits import LIMITS
from app.views.settings.binding import FormCard, SettingsForm
from app.views.shared.desk import Desk
from app.views.shared.fields import CheckBox
from app.views.shared.hour_field import HourField
from app.views.shared.number_fields import WholeField

HOURS = ("reminder_morning", "reminder_quiet_from", "reminder_quiet_until")


class ReminderCard(FormCard):
    """Saved one by one as each field is left."""

    def __init__(self, desk: Desk) -> None:
        self.form = SettingsForm(desk)
        self.form.put("reminders", CheckBox())
        self.form.put("reminder_minutes", WholeField(*LIMITS["reminder_minutes"]))
        for key in HOURS:
            self.form.put(key, HourField(), check=self._check)
        super().__init__(self.form)

    def retranslate(self) -> None:
        self.say(
            self.tr("Reminders"),
            self.tr(
                "Follow-ups with an hour are told before it, the others in the morning; what falls into quiet hours "
                "waits for their end. Quiet from and until the same time: no quiet hours."
            ),
        )
        self.form.word(
            {
                "reminders": self.tr("Remind while the program runs"),
                "reminder_minutes": self.tr("Before its hour"),
                "reminder_morning": self.tr("The day’s others at"),
                "reminder_quiet_from": self.tr("Quiet from"),
                "reminder_quiet_until": self.tr("Quiet until"),
            }
        )
        self.form.field("reminder_minutes").set_unit(self.tr("minutes"))

    def _check(self, hour: object) -> str:
        return "" if isinstance(hour, time) else self.tr("Write an hour such as 14:30")
