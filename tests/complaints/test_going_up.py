"""While a window is open, late cases go up to the owner by themselves, and undo knows nothing of it."""

from PySide6.QtCore import QObject

from app.domain.complaints import MarkKind
from app.services import complaints
from app.storage.unit_of_work import UnitOfWork
from app.views.shared.desk import Desk
from app.views.shared.gateway import Gateway
from app.views.shell.going_up import GoingUp
from tests.complaints.story import NOW, SEVERE, at, complain


def test_the_window_hands_up_what_is_late_once(desk: Desk, gateway: Gateway, work: UnitOfWork) -> None:
    late, fresh = complain(work, at(20), severity=SEVERE), complain(work, at(23, 9))
    parent = QObject()
    going_up = GoingUp(desk, parent)
    going_up.start()
    assert [card.id for card in work.read(complaints.escalated, NOW)] == [late]
    going_up.look()
    marks = [mark.kind for case in (late, fresh) for mark in work.read(complaints.case, case, NOW).marks]
    assert marks == [MarkKind.ESCALATED]
    assert gateway.undoable is None
    going_up.stop()
