"""Complaints, follow-ups and cards: by when, how many, how fresh."""

from fractions import Fraction

from app.domain.complaints import Severity, Term
from app.domain.shop_limits import LIMITS
from app.domain.shop_rules import opening_hours
from app.views.settings.binding import FormCard, SettingsForm
from app.views.settings.categories_card import CategoriesCard
from app.views.settings.causes_card import CausesCard
from app.views.settings.kinds import ShareField, TermField
from app.views.settings.page import SettingsPage
from app.views.settings.reminder_card import ReminderCard
from app.views.shared.chips import Chips, ChipView
from app.views.shared.day_words import near_day
from app.views.shared.number_fields import WholeField

TERMS = ("minor_answer", "minor_resolve", "serious_answer", "serious_resolve", "severe_answer", "severe_resolve")


class CarePage(SettingsPage):
    watches = frozenset({"settings", "complaints"})

    def build(self) -> None:
        self.complaints, self.followups = SettingsForm(self.desk), SettingsForm(self.desk)
        self.reminders = ReminderCard(self.desk)
        self.forms = (self.complaints, self.followups, self.reminders.form)
        for term in TERMS:
            self.complaints.put(f"complaint_{term}", TermField(self._example))
        self.complaints.put("complaint_escalated", Chips(many=True, size="form"))
        self.complaints.put("complaint_escalate_share", ShareField(), check=self._check_share)
        for key in ("complaint_callback_days", "complaint_reopen_at"):
            self.complaints.put(key, WholeField(*LIMITS[key]))
        for key in ("followup_daily_cap", "field_fresh_months"):
            self.followups.put(key, WholeField(*LIMITS[key]))
        self.solving, self.doing = FormCard(self.complaints), FormCard(self.followups)
        self.categories, self.causes = CategoriesCard(self.desk), CausesCard(self.desk)
        self.arrange(self.solving, self.categories, self.causes, self.doing, self.reminders)

    def retranslate(self) -> None:
        self.reminders.retranslate()
        self.categories.retranslate()
        self.causes.retranslate()
        self.solving.say(
            self.tr("Complaints"),
            self.tr("By when a complaint is answered and solved; the clock runs in opening time only."),
        )
        self.doing.say(
            self.tr("Follow-ups and cards"),
            self.tr(
                "The calendar shows how full a day is, Today folds the rest, and a card shows which details are old."
            ),
        )
        self.complaints.word(
            {
                "complaint_minor_answer": self.tr("Minor: answered within"),
                "complaint_minor_resolve": self.tr("Minor: solved within"),
                "complaint_serious_answer": self.tr("Serious: answered within"),
                "complaint_serious_resolve": self.tr("Serious: solved within"),
                "complaint_severe_answer": self.tr("Severe: answered within"),
                "complaint_severe_resolve": self.tr("Severe: solved within"),
                "complaint_escalated": self.tr("Late ones go up to the owner"),
                "complaint_escalate_share": self.tr("Once so much of the time has passed"),
                "complaint_callback_days": self.tr("Call back after solving"),
                "complaint_reopen_at": self.tr("Opens again at an answer up to"),
            }
        )
        self.followups.word(
            {
                "followup_daily_cap": self.tr("Follow-ups one person does"),
                "field_fresh_months": self.tr("A detail counts as fresh for"),
            }
        )
        for term in TERMS:
            self.complaints.field(f"complaint_{term}").retranslate()
        self._tell()
        chips = [ChipView(code.value, self._severity(code)) for code in Severity]
        self.complaints.field("complaint_escalated").show_chips(chips)
        self.complaints.field("complaint_escalate_share").set_unit("%")
        self.complaints.field("complaint_callback_days").set_unit(self.tr("days"))
        self.complaints.field("complaint_reopen_at").set_unit(self.tr("of 5"))
        self.followups.field("followup_daily_cap").set_unit(self.tr("a day"))
        self.followups.field("field_fresh_months").set_unit(self.tr("months"))

    def _severity(self, code: Severity) -> str:
        return {
            Severity.MINOR: self.tr("Minor"),
            Severity.SERIOUS: self.tr("Serious"),
            Severity.SEVERE: self.tr("Severe"),
        }[code]

    def _check_share(self, share: object) -> str:
        low, high = LIMITS["complaint_escalate_share"]
        fits = isinstance(share, int) and low <= share <= high
        return "" if fits else self.tr("Write a percentage from 10 to 100")

    def reload(self) -> None:
        super().reload()
        self.categories.reload()
        self.causes.reload()
        self._tell()

    def _tell(self) -> None:
        """The examples are of this minute, and of the hours and holidays as they are now."""
        for term in TERMS:
            self.complaints.field(f"complaint_{term}").tell()

    def _example(self, term: Term) -> str:
        """A rule of opening time is best told by a moment."""
        now = self.desk.now()
        due = term.after(now, Fraction(0), opening_hours(self.desk.settings)).astimezone(self.desk.zone)
        said = self.tr("logged now: by {day} {time}").replace("{day}", near_day(due.date(), self.desk.today()))
        return said.replace("{time}", f"{due:%H:%M}")
