"""The calendar in pictures: its four views, what is marked, handing over and printing."""

from typing import TYPE_CHECKING, Any

from app.domain.recurrence import Pattern, Repeat, Unit, rule_of
from app.services import followups
from app.services.followups import FollowUpDraft
from app.views.followups.handing_over import HandingOverDialog
from app.views.followups.kept import View

if TYPE_CHECKING:
    from app.views.shell.window import Window


def _calendar(window: "Window", view: View) -> Any:
    """The calendar in a view, on today. What this computer remembers stays as it was."""
    screen: Any = window.go("followups")
    screen.held.unmark()
    screen.show_view(view)
    screen.acts.today.trigger()
    return screen


def month(window: "Window", _customer: int) -> None:
    _calendar(window, View.MONTH)


def week(window: "Window", _customer: int) -> None:
    _calendar(window, View.WEEK)


def one_day(window: "Window", _customer: int) -> None:
    _calendar(window, View.DAY)


def agenda(window: "Window", _customer: int) -> None:
    _calendar(window, View.AGENDA)


def marked(window: "Window", _customer: int) -> None:
    """Three of today's, chosen together."""
    screen = _calendar(window, View.MONTH)
    for row in screen.agenda.model.rows[:4]:
        screen.held.mark(getattr(row, "item", None))


def print_month(window: "Window", _customer: int) -> None:
    _calendar(window, View.MONTH).acts.print.trigger()


def print_list(window: "Window", _customer: int) -> None:
    _calendar(window, View.AGENDA).acts.print.trigger()


def hand_over(window: "Window", customer: int) -> None:
    marked(window, customer)
    screen: Any = window.go("followups")
    screen.acts.hand_over.trigger()


def hand_over_all(window: "Window", customer: int) -> None:
    """All of the one who is at the till, with a series that goes along."""
    weekly = Repeat(rule_of(Pattern(Unit.WEEK, weekdays=(0,))))
    draft = FollowUpDraft(window.desk.today(), customer_id=customer, repeat=weekly)
    window.desk.gateway.write(followups.book, draft, window.desk.now())
    screen = _calendar(window, View.MONTH)
    screen.acts.hand_over.trigger()
    dialog = window.findChildren(HandingOverDialog)[-1]
    dialog.what.set_value(screen.me.id)
    dialog.form.changed.emit("what")
