"""How the window is brought to the scenes of one complaint: with files, remedies and a cause, and on paper."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.domain.remedies import CAUSES, RemedyKind
from app.services import complaints, customers
from app.services.complaints import Case, CauseDraft, RemedyDraft
from app.services.sample.words import texts
from app.views.complaints.case import CaseDialog
from app.views.complaints.case_papers import open_papers
from app.views.complaints.cause_dialog import open_cause
from app.views.complaints.entry import open_entry
from app.views.complaints.learning import PERIODS
from app.views.complaints.remedy_dialog import open_remedy
from app.views.shared import look
from app.views.shared.desk import OpenComplaint
from app.views.shared.dialogs import Dialog
from app.views.shared.slip_sheet import A4

if TYPE_CHECKING:
    from app.views.shell.window import Window


def full(window: "Window", customer: int) -> None:
    """A case with all that may belong to one."""
    case, gateway, now = _case(window, customer), window.desk.gateway, window.desk.now()
    told = texts(look.current().language)["complaints"][0]
    key = case.card.id
    if not case.remedies:
        given = (
            RemedyDraft(RemedyKind.POINTS, points=500),
            RemedyDraft(RemedyKind.APOLOGY, note=told["remedy"]),
            RemedyDraft(RemedyKind.DISCOUNT, cost=1500),
        )
        for place, draft in enumerate(given):
            gateway.write(complaints.give_remedy, key, draft, operation_id=f"scene-{place}", at=now)
        last = gateway.read(complaints.remedies, key)[-1].id
        gateway.write(complaints.take_back_remedy, last, operation_id="scene-back", at=now)
        cause = CauseDraft(CAUSES[3], told["wish"], 1)
        gateway.write(complaints.say_cause, key, cause, version=_case(window, customer).version)
    window.desk.ask(OpenComplaint(key))
    dialog = _shown(window)
    if isinstance(dialog, CaseDialog) and not case.attachments:
        for colour in (Qt.GlobalColor.darkYellow, Qt.GlobalColor.darkCyan, Qt.GlobalColor.darkMagenta):
            dialog.files.add_picture(_picture(colour))


def on_the_spot(window: "Window", customer: int) -> None:
    """The entry of a case that was put right at once, with points and a word that stays one."""
    window.go("complaints")
    dialog = open_entry(window.desk, window, customer)
    told = texts(look.current().language)["complaints"][0]
    dialog.form.set_values({"what": "wait", "bad": "minor", "words": told["words"]})
    dialog.form.spot.toggle()
    for digit in (4, 2):
        dialog.form.spot.remedy.chips.choose_digit(digit)
    dialog.form.spot.asked.points.set_value("300")


def remedy(window: "Window", customer: int) -> None:
    window.go("complaints")
    dialog = open_remedy(window.desk, window, _case(window, customer))
    dialog.kind.choose_digit(4)
    dialog.points.set_value("500")
    dialog.points.changed.emit(500)


def cause(window: "Window", customer: int) -> None:
    window.go("complaints")
    open_cause(window.desk, window, _case(window, customer))


def picture(window: "Window", customer: int) -> None:
    full(window, customer)
    dialog: Any = _shown(window)
    dialog.files.tiles[0].click()


def slip(window: "Window", customer: int) -> None:
    window.go("complaints")
    open_papers(window.desk, window, _case(window, customer))


def papers(window: "Window", customer: int) -> None:
    window.go("complaints")
    dialog = open_papers(window.desk, window, _case(window, customer))
    dialog.kinds.set_value(A4)
    dialog.refresh()


def learning(window: "Window", _customer: int) -> None:
    """What the complaints of a year teach."""
    screen: Any = window.go("complaints")
    screen.show_learning(on=True)
    screen.learning.periods.set_value(PERIODS[-1])
    screen.learning.refresh()


def learning_cases(window: "Window", customer: int) -> None:
    """The cases behind one of its figures."""
    learning(window, customer)
    screen: Any = window.go("complaints")
    window.desk.gateway.settle()
    screen.learning.tiles.open(screen.learning.tiles.spot)


def _case(window: "Window", customer: int) -> Case:
    read = window.desk.gateway.read
    number = read(customers.card, customer, window.desk.today()).cases[0].id
    return read(complaints.case, number, window.desk.now())


def _shown(window: "Window") -> Dialog:
    """The dialog that was opened last."""
    return [dialog for dialog in window.findChildren(Dialog) if dialog.isVisible()][-1]


def _picture(colour: Qt.GlobalColor) -> QImage:
    """A cup with a crack, of a kind."""
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(QColor(colour).lighter(170))
    p = QPainter(image)
    p.setRenderHint(QPainter.RenderHint.Antialiasing)
    p.setBrush(QColor(colour))
    p.setPen(Qt.PenStyle.NoPen)
    p.drawEllipse(170, 90, 300, 300)
    p.setPen(QColor(colour).darker(200))
    for x, y in ((320, 90), (300, 180), (340, 260)):
        p.drawLine(x, y, x - 20, y + 90)
    p.end()
    return image
