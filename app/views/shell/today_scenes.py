"""How the window is brought to the scenes of the day's list: after a call, with rows marked, with a reminder."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.services import followups
from app.services.followups import FollowUpDraft
from app.services.sample.words import texts
from app.services.settings import change
from app.views.shared import look

if TYPE_CHECKING:
    from app.views.shell.window import Window


def _today(window: "Window") -> Any:
    return window.go("today")


def called(window: "Window", _customer: int) -> None:
    """Two rows marked, and how the last call went is asked."""
    board = _today(window).board
    for place in (3, 4):
        board.list.choice.choose_place(place)
        board.acts.mark.trigger()
    shown = board.chosen()
    if shown is not None and shown.item.who is not None:
        board.acts.ask_about(shown)


def full_day(window: "Window", _customer: int) -> None:
    """A day that holds four: the others can wait."""
    window.desk.gateway.write(change, {"followup_daily_cap": 2})
    board = _today(window).board
    board.unmark()
    board.acts.stop_asking()
    board.list.choice.choose_place(1)
    window.desk.gateway.settle()
    board.acts.why.trigger()


def another_day(window: "Window", _customer: int) -> None:
    _today(window).board.acts.move_to.trigger()


def reminder(window: "Window", customer: int) -> None:
    """Of somebody to be called in ten minutes, where the system has no tray."""
    from app.views.shell.reminder_words import worded

    gateway, now, zone = window.desk.gateway, window.desk.now(), window.desk.zone
    hour = (now + timedelta(minutes=10)).astimezone(zone).time()
    said = texts(look.current().language)["followups"]["call"][0]
    draft = FollowUpDraft(window.desk.today(), customer_id=customer, due_at=hour, text=said)
    gateway.write(followups.book, draft, now)
    found = gateway.write(followups.remind, now - timedelta(seconds=1), now)
    _today(window)
    window.reminder.tell(worded(found or (), window.desk.today()))
