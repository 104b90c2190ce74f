"""The cards beside the day's list: how the day goes, what waits for a decision, whose birthday is near."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.complaints import written_number
from app.domain.followups import FollowUpKind
from app.services.followups import BirthdayRow, DayFigures, Decision, DecisionKind
from app.views.shared import paint
from app.views.shared.birthday_words import age_words, lunar_words
from app.views.shared.cards import Card, Rule
from app.views.shared.day_words import near_day, short_day, weekday
from app.views.shared.desk import Desk, OpenComplaint, OpenCustomer, OpenPlace, Request, ShowCustomers
from app.views.shared.followup_words import kind_hue, kind_icon
from app.views.shared.labels import ElidedLabel, PlainLabel
from app.views.shared.layouts import Scroll, Steps, box, column, row
from app.views.shared.look import px
from app.views.shared.meters import Meter
from app.views.shared.people_words import tier_name
from app.views.shared.selling_words import held_words
from app.views.today.lines import SideLine

BIRTHDAYS_SHOWN = 5
WIDE = 1420
"""Of a page, at 100 % text: a window of 1600 less the rail."""


class Side(Scroll):
    """Four cards; those with nothing to say are not there."""

    def __init__(self, desk: Desk) -> None:
        self.figures, self.decisions, self.birthdays = FiguresCard(desk), DecisionsCard(desk), BirthdaysCard(desk)
        self.aside = AsideCard(desk)
        super().__init__(box(column(self.figures, self.decisions, self.aside, self.birthdays, None, gap=12)))
        self.setFrameShape(Scroll.Shape.NoFrame)


class FiguresCard(Card):
    """Sold today against the same hours a week ago, customers who came back, follow-ups done."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._last: DayFigures | None = None
        self._left: int | None = None
        self.sales = _Figure()
        self.returning = _Figure()
        self.done_words, self.done_count = PlainLabel("", "small"), PlainLabel("", "small", tone="ink2")
        self.meter = Meter()
        below = column(row(self.done_words, None, self.done_count), self.meter, gap=6)
        super().__init__(row((self.sales, 1), self.returning, gap=12), Rule(), below, gap=10)
        self.retranslate()

    def retranslate(self) -> None:
        self.returning.caption.setText(self.tr("Returning"))
        self.done_words.setText(self.tr("Follow-ups done"))
        if self._last is not None:
            self.show_figures(self._last)

    def show_figures(self, figures: DayFigures) -> None:
        self._last = figures
        now = self.desk.now().astimezone(self.desk.zone)
        self.sales.caption.setText(self.tr("Sales until {hour}").replace("{hour}", f"{now:%H:%M}"))
        self.sales.figure.setText(self.desk.money(figures.net, drop_zeros=True))
        self.sales.below.setText(self._compared(figures))
        self.returning.figure.setText(paint.figure(figures.returning))
        of = self.tr("of {count} · {share}") if figures.bills else self.tr("of {count}")
        share = f"{round(100 * figures.returning / figures.bills)}%" if figures.bills else ""
        self.returning.below.setText(of.replace("{count}", paint.figure(figures.bills)).replace("{share}", share))
        whole = figures.done + (figures.left if self._left is None else self._left)
        self.done_count.setText(f"{paint.figure(figures.done)} / {paint.figure(whole)}")
        self.meter.show_share(figures.done / whole if whole else 0)

    def set_left(self, left: int | None) -> None:
        """How much the list says is left, what nobody booked included; None: as it was counted."""
        self._left = left
        if self._last is not None:
            self.show_figures(self._last)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _compared(self, figures: DayFigures) -> str:
        said = self.tr("%n sale(s)", "", figures.bills)
        if figures.net_before <= 0:
            return said
        change = round(100 * (figures.net - figures.net_before) / figures.net_before)
        against = self.tr("{change} on last {weekday}")
        against = against.replace("{change}", f"{change:+d}%".replace("-", "−"))
        return f"{said} · {against.replace('{weekday}', weekday(self.desk.today()))}"


class _Figure(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.caption, self.below = ElidedLabel("", "caption", tone="ink3"), ElidedLabel("", "caption", tone="ink2")
        self.figure = ElidedLabel("—", "figure")
        self.setLayout(column(self.caption, self.figure, self.below, gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)


class _LinesCard(Card):
    """A title and lines that are made anew whenever there is something else to show."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.title, self.count = PlainLabel("", "strong"), PlainLabel("", "small", tone="ink3")
        self.lines: list[SideLine] = []
        self._rows: Steps = column(gap=2)
        head = row(self.title, None, self.count, margins=(8, 0, 8, 0))
        super().__init__(head, self._rows, gap=6, margins=(8, 12, 8, 8))
        self.hide()

    def _show(self, lines: Sequence[tuple[SideLine, Request]]) -> None:
        for line in self.lines:
            self._rows.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = [line for line, _ in lines]
        for line, request in lines:
            line.clicked.connect(lambda _checked=False, request=request: self.desk.ask(request))
            self._rows.add(line)
        self.setVisible(bool(lines))


class DecisionsCard(_LinesCard):
    """What waits for the owner: each line says what, and goes there."""

    def show_decisions(self, decisions: Sequence[Decision]) -> None:
        self.title.setText(self.tr("Needs your decision"))
        self._show([self._line(decision) for decision in decisions])

    def _line(self, decision: Decision) -> tuple[SideLine, Request]:
        if decision.kind is DecisionKind.TIER_ENDING:
            return self._ending(decision)
        words, icon, tone = {
            DecisionKind.LATE_CASES: (
                self.tr("%n complaint(s) overdue", "", decision.count),
                "ph.warning-circle",
                "red_text",
            ),
            DecisionKind.ESCALATED: (
                self.tr("%n complaint(s) handed up to the owner", "", decision.count),
                "ph.arrow-circle-up",
                "red_text",
            ),
            DecisionKind.CALL_BACKS: (
                self.tr("%n complaint call-back(s) due", "", decision.count),
                "ph.smiley",
                "accent_text",
            ),
        }[decision.kind]
        goes: Request = OpenPlace("complaints")
        if decision.count == 1 and decision.complaint_id is not None:
            goes = OpenComplaint(decision.complaint_id)
        return SideLine(words, self._of_case(decision), icon=icon, tone=tone), goes

    def _of_case(self, decision: Decision) -> str:
        who = decision.name or self.tr("no name given")
        said = f"{written_number(decision.number or 0)} {who}"
        if decision.due_at is None or decision.kind is DecisionKind.CALL_BACKS:
            return said
        due = decision.due_at.astimezone(self.desk.zone)
        when = f"{near_day(due.date(), self.desk.today())} {due:%H:%M}"
        promised = self.tr("promised {when}").replace("{when}", when)
        return f"{said} · {promised}"

    def _ending(self, decision: Decision) -> tuple[SideLine, Request]:
        assert decision.tier is not None and decision.first is not None
        name = tier_name(decision.tier)
        words = self.tr("%n {tier} soon to fall back", "", decision.count).replace("{tier}", name)
        caption = self.tr("the first on {day}").replace("{day}", short_day(decision.first, self.desk.today()))
        if decision.held:
            caption = f"{caption} · {held_words(len(decision.held))}"
        title = self.tr("{tier} soon to fall back").replace("{tier}", name)
        line = SideLine(words, caption, icon="ph.crown-simple", tone="gold_text")
        return line, ShowCustomers(title, decision.customers)


class AsideCard(_LinesCard):
    """Whom rules that are switched off would be about: no rows of the list, but a click away."""

    def show_aside(self, aside: Sequence[tuple[FollowUpKind, tuple[int, ...]]]) -> None:
        self.title.setText(self.tr("Rules that are off"))
        self._show([self._line(kind, who) for kind, who in aside if kind is not FollowUpKind.BIRTHDAY])

    def _line(self, kind: FollowUpKind, who: tuple[int, ...]) -> tuple[SideLine, Request]:
        count = len(who)
        title = self.tr("Gone quiet")
        words = self.tr("%n gone quiet", "", count)
        if kind is FollowUpKind.POINTS_EXPIRING:
            title, words = self.tr("Points about to end"), self.tr("%n with points about to end", "", count)
        line = SideLine(words, "", icon=kind_icon(kind), tone=f"{kind_hue(kind)}_text" if kind_hue(kind) else "ink2")
        return line, ShowCustomers(title, who)


class BirthdaysCard(_LinesCard):
    """Birthdays of the next seven days, by the sun and by the moon."""

    def show_birthdays(self, birthdays: Sequence[BirthdayRow]) -> None:
        self.title.setText(self.tr("Birthdays within a week"))
        self.count.setText(paint.figure(len(birthdays)))
        shown = birthdays[:BIRTHDAYS_SHOWN]
        lines: list[tuple[SideLine, Request]] = [(self._line(row), OpenCustomer(row.who.id)) for row in shown]
        rest = birthdays[BIRTHDAYS_SHOWN:]
        if rest:
            words = self.tr("%n more", "", len(rest))
            ids = tuple(row.who.id for row in birthdays)
            lines.append((SideLine(words, "", icon="ph.cake"), ShowCustomers(self.title.text(), ids)))
        self._show(lines)

    def _line(self, row: BirthdayRow) -> SideLine:
        today = self.desk.today()
        facts = [tier_name(row.who.tier)]
        if row.brake:
            facts.append(self.tr("complaint open: greet only"))
        facts += [words for words in (lunar_words(row.birthday), age_words(row.age)) if words]
        tone = "plum_text" if row.on == today else "ink2"
        return SideLine(
            row.who.name,
            " · ".join(facts),
            person=row.who.id,
            name=row.who.name,
            trailing=near_day(row.on, today),
            trailing_tone=tone,
        )


def side_width(room: int) -> int:
    """296, and 360 where there is plenty of room."""
    return px(360 if room > px(WIDE) else 296)
