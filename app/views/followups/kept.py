"""What this computer remembers of the calendar: the view, the layers, whose follow-ups."""

from enum import StrEnum

from app.domain.staff import Role
from app.services.followups import Whose
from app.services.staff import StaffRow
from app.views.followups.pieces import Layer, Layers
from app.views.shared.machine_store import Remembered


class View(StrEnum):
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    AGENDA = "agenda"


_VIEW, _LAYERS, _WHOSE = (
    Remembered("calendar/view", ""),
    Remembered("calendar/layers", ""),
    Remembered("calendar/who", ""),
)
_NONE, ALL, MINE = "none", "all", "mine"


def kept_view() -> View | None:
    """The view chosen last; None where nobody has chosen yet."""
    return View(_VIEW.get()) if _VIEW.get() in set(View) else None


def keep_view(view: View) -> None:
    _VIEW.set(view.value)


def kept_layers(*, chinese: bool) -> Layers:
    """The layers switched on; festivals are on by themselves only in Chinese (look.md, screen 3)."""
    words = _LAYERS.get()
    if not words:
        return frozenset(Layer) if chinese else frozenset(Layer) - {Layer.FESTIVALS}
    return frozenset(Layer(word) for word in words.split() if word in set(Layer))


def keep_layers(layers: Layers) -> None:
    _LAYERS.set(" ".join(sorted(layers)) or _NONE)


def kept_whose(me: StaffRow) -> str:
    """ "all", "mine" or the number of somebody: whoever may act for all sees all until they choose otherwise."""
    return _WHOSE.get() or (ALL if me.role.covers(Role.MANAGER) else MINE)


def keep_whose(choice: str) -> None:
    _WHOSE.set(choice)


def whose(choice: str, me: StaffRow) -> Whose | None:
    """What to ask for. Who looks at their own also sees what nobody who works here would do otherwise."""
    if choice == MINE:
        return Whose(me.id, with_left=True)
    return Whose(int(choice)) if choice.isdecimal() else None
